"""Dateline reads published reports of armed conflict as claims, each beside its exact words and who says it."""

from dataclasses import replace
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
    null without it. `publisher` names the outlet, `title` the headline if it is not in the text; what is not given is
    read from the text where it says so ("date 2022-03-02 …", a dateline, a closing outlet line). Returns the claims,
    attributions, mentions and problems; raises InputError for an empty text or a date that is none.
    """
    from dateline.errors import InputError
    from dateline.intake.arrival import Arrival
    from dateline.intake.read import read_text
    from dateline.reading.kit import load_kit
    from dateline.run.local import read_arrival
    from dateline.settings import Settings

    if isinstance(published, str):
        try:
            published = date.fromisoformat(published)
        except ValueError:
            raise InputError(f"published: {published!r} is no date; write it as YYYY-MM-DD") from None
    settings = Settings(published=published, publisher=publisher, title=title)
    arrived = read_text(text, name="the text", settings=settings)
    if not isinstance(arrived, Arrival):
        raise InputError(str(arrived))
    if url is not None:
        arrived = replace(arrived, report=replace(arrived.report, url=url))
    return read_arrival(arrived, load_kit(models=settings.models), settings)


__all__ = ["__version__", "read"]
