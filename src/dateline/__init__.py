"""Dateline reads published reports of armed conflict as claims, each beside its exact words and who says it."""

from datetime import date
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.model.reading import Reading

__version__ = version("dateline")


def read(
    text: str,
    *,
    published: date | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> "Reading":
    """Read one report's text with the packaged codebook.

    `published` is the publication date (a date, or "YYYY-MM-DD"): relative times are resolved against it, and stay
    null without it. `publisher` names the outlet, `title` the headline if it is not in the text. Returns the claims,
    attributions, mentions and problems; raises InputError for an empty text or a date that is none.
    """
    from dateline.errors import InputError
    from dateline.model.text import Report
    from dateline.reading.kit import load_kit
    from dateline.reading.read import read_report

    if isinstance(published, str):
        try:
            published = date.fromisoformat(published)
        except ValueError:
            raise InputError(f"published: {published!r} is no date; write it as YYYY-MM-DD") from None
    if not text.strip():
        raise InputError("the text is empty; give the words of a report")
    report = Report(
        text=text, title=title, published=published, published_basis="given" if published else None,
        publisher=publisher, publisher_basis="given" if publisher else None, url=url,
    )  # fmt: skip
    return read_report(report, load_kit())


__all__ = ["__version__", "read"]
