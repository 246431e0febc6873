"""The templates: everything escaped, undefined names an error, strings of the interface from catalogues."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from dateline.desk.job_words import job_words
from dateline.desk.language import LANGUAGES, Language, language_of
from dateline.desk.phrases import Phrases
from dateline.desk.static_files import static_path
from dateline.desk.words import WORDS, word
from dateline.export.html_text import shown
from dateline.export.plain import plain, web_address
from dateline.export.words import filler_words, squeezed

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
    phrases = Phrases(language)
    environment.install_gettext_callables(language.gettext, language.ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals |= {
        "ngettext": _counting(language),
        **dict.fromkeys(("gettext", "_"), _translating(language)),
    }
    environment.filters |= {
        "web": web_address, "squeezed": squeezed, "place": phrases.place, "extent": phrases.extent,
        "sure": phrases.sure, "chain": phrases.chain, "source": phrases.source, "filler": filler_words,
        "figure": phrases.figure, "loss": phrases.loss, "where": phrases.where, "said": phrases.said,
        "segment": _segment, "query": query_of, "isolated": isolated,
        "word": lambda value, kind: language.gettext(word(value, kind)) if value else "",
        "side": phrases.side, "country": phrases.country, "titled": _titled(language),
        "day": language.day, "iso_day": lambda value: language.day(date.fromisoformat(value)),
        "number": language.number, "moment": language.moment,
        "decimal": language.decimal, "signed": language.signed, "bar": weight_bar,
    }  # fmt: skip
    environment.tests["in_english"] = phrases.in_english
    environment.globals |= {
        "language": language, "languages": LANGUAGES, "count_words": phrases.count, "days_words": phrases.days,
        "role_name": _role_names(language).__getitem__, "role_words": _role_words(language).__getitem__,
        **job_words(language), "size_words": phrases.size,
        "event_types": tuple(WORDS["type"]), "map_types": _all(WORDS["type"], phrases),
        "static": static_path(), "map_families": _all(WORDS["sign"], phrases),
    }  # fmt: skip
    return environment


def _all(words: Mapping[str, str], phrases: Phrases) -> dict[str, str]:
    return {name: phrases.said(said) for name, said in words.items()}


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


def _translating(language: Language) -> Callable[..., Markup]:
    """Return what `_` is in templates: as Jinja's, but a string without values is translated once."""

    @cache
    def constant(words: str) -> Markup:
        return Markup(language.gettext(words)) % {}  # noqa: S704

    def gettext(words: str, /, **values: Any) -> Markup:
        return Markup(language.gettext(words)) % _safe(values) if values else constant(words)  # noqa: S704

    return gettext


def _counting(language: Language) -> Callable[..., Markup]:
    """Return what `ngettext` is in templates: as Jinja's, but the number is written as the language does."""

    def ngettext(singular: str, plural: str, number: int, **values: Any) -> Markup:
        words = Markup(language.ngettext(singular, plural, number))  # noqa: S704
        return words % {"num": language.number(number), **_safe(values)}

    return ngettext


def _safe(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _finalized(value) for name, value in values.items()}


def _finalized(value: Any) -> Any:
    """Write nothing for null, and replace in text what may stand in no page."""
    if value is None:
        return ""
    if isinstance(value, Markup):
        return value
    return _seemly(value) if isinstance(value, str) else value


def _seemly(text: str) -> str:
    """Return a text with what may stand in no page replaced; what is printable, as most is, stays as it is."""
    return text if text.isprintable() else shown(plain(text))


def isolated(value: str) -> Markup:
    """Return text in an element of its own direction, so that it turns nothing around it."""
    return Markup(f"<bdi>{escape(_seemly(value))}</bdi>")  # noqa: S704


def _titled(language: Language) -> Callable[[str], Markup]:
    """Return what writes words that Dateline makes of a record in English, whatever the language of the page."""
    code = "" if language.code == "en" else ' lang="en"'
    return lambda value: Markup(f"<bdi{code}>{escape(_seemly(value))}</bdi>")  # noqa: S704


def weight_bar(weight: float) -> Markup:
    """Return the drawing of a weight in bits: a bar from the middle, to the left where it speaks against."""
    return _bar(round(max(min(abs(weight) / 12, 1) * 50, 0.6), 1), weight < 0)


@lru_cache(maxsize=2_000)
def _bar(width: float, minus: bool) -> Markup:
    drawing = Markup(
        '<svg class="bar {}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="axis" x="49.6" width=".8" height="10"/><rect x="{}" y="1.5" width="{}" height="7"/></svg>'
    )
    return drawing.format("minus" if minus else "plus", round(50 - width, 1) if minus else 50, width)


def _segment(value: str) -> str:
    """Quote a text as one part of a path."""
    return quote(value, safe="")


def query_of(pairs: Sequence[tuple[str, str | int]]) -> str:
    """Return the query of an address, with its question mark; nothing for no pairs."""
    return f"?{urlencode(list(pairs))}" if pairs else ""
