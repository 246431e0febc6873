"""The templates: everything escaped, undefined names an error, strings of the interface from catalogues."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dateline.desk.job_words import job_words
from dateline.desk.language import LANGUAGES, Language, language_of
from dateline.desk.size_words import size_words
from dateline.desk.words import WORDS, side_name, word
from dateline.export.html_text import shown
from dateline.export.plain import plain, web_address
from dateline.export.words import (
    chain_words,
    count_words,
    country_name,
    extent_words,
    figure_words,
    filler_words,
    loss_words,
    place_words,
    source_words,
    squeezed,
    sure_words,
    where_words,
)
from dateline.model.words import days_words

if TYPE_CHECKING:
    from dateline.desk.call import Call

_HERE = Path(__file__).parent


class Templates:
    """Fills the templates of the desk."""

    def __init__(self) -> None:
        # One environment for each language: the strings are taken in when a template is compiled.
        self._environments = {code: _environment(language_of(code)) for code in LANGUAGES}

    def render(self, name: str, call: "Call", page: Any) -> str:
        """Fill a template with a page; `call`, `person`, `desk` and the anti-forgery `token` are there too."""
        template = self._environments[call.language.code].get_template(name)
        return template.render(page=page, call=call, person=call.person, desk=call.desk, token=call.token)


def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_finalized,
        extensions=["jinja2.ext.i18n", "jinja2.ext.loopcontrols"],
    )
    environment.install_gettext_callables(language.gettext, language.ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals |= {"ngettext": _counting(language), "gettext": _filled(language)}
    environment.filters |= {
        "web": web_address, "squeezed": squeezed, "place": place_words, "extent": extent_words, "sure": sure_words,
        "chain": chain_words, "source": source_words, "filler": filler_words, "figure": figure_words,
        "loss": loss_words, "where": where_words, "segment": _segment, "query": query_of, "isolated": isolated,
        "word": lambda value, kind: language.gettext(word(value, kind)) if value else "",
        "side": side_name, "country": country_name,
        "day": language.day, "number": language.number, "moment": language.moment,
    }  # fmt: skip
    environment.globals |= {
        "language": language, "languages": LANGUAGES, "count_words": count_words, "days_words": _days,
        "role_name": _role_names(language).__getitem__, "role_words": _role_words(language).__getitem__,
        **job_words(language), "size_words": size_words,
        "event_types": tuple(WORDS["type"]),
    }  # fmt: skip
    return environment


def _role_names(language: Language) -> dict[str, str]:
    _ = language.gettext
    return {"reader": _("reader"), "coder": _("coder"), "lead": _("lead")}


def _role_words(language: Language) -> dict[str, str]:
    _ = language.gettext
    return {
        "reader": _("Reader: looks at everything and exports."),
        "coder": _("Coder: also adds reports and decides."),
        "lead": _("Lead: also settles conflicts, makes releases and keeps the accounts."),
    }


def _counting(language: Language) -> Callable[..., Markup]:
    """Return what `ngettext` is in templates: as Jinja's, but the number is written as the language does."""

    def ngettext(singular: str, plural: str, number: int, **values: Any) -> Markup:
        words = Markup(language.ngettext(singular, plural, number))  # noqa: S704
        return words % {"num": language.number(number), **_safe(values)}

    return ngettext


def _filled(language: Language) -> Callable[..., Markup]:
    """Return what `_` is in templates: as Jinja's, but what is filled in is written as all other text is."""

    def gettext(words: str, /, **values: Any) -> Markup:
        return Markup(language.gettext(words)) % _safe(values)  # noqa: S704

    return gettext


def _safe(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _finalized(value) for name, value in values.items()}


def _finalized(value: Any) -> Any:
    """Write nothing for null, and replace in text what may stand in no page."""
    if value is None:
        return ""
    if isinstance(value, Markup):
        return value
    return shown(plain(value)) if isinstance(value, str) else value


def isolated(value: str) -> Markup:
    """Return text in an element of its own direction, so that it turns nothing around it."""
    return Markup("<bdi>{}</bdi>").format(shown(plain(value)))


def _segment(value: str) -> str:
    """Quote a text as one part of a path."""
    return quote(value, safe="")


def query_of(pairs: Sequence[tuple[str, str | int]]) -> str:
    """Return the query of an address, with its question mark; nothing for no pairs."""
    return f"?{urlencode(list(pairs))}" if pairs else ""


def _days(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    return days_words(first, last)
