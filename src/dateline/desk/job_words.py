"""The words for jobs, in a language: what they do, how they stand, what of a report a column holds."""

from collections.abc import Callable
from typing import Any

from dateline.desk.language import Language


def job_words(language: Language) -> dict[str, Callable[[Any], str]]:
    """Return by name the functions that templates put jobs into words with."""
    _ = language.gettext
    kinds = {
        "files": _("Adding files"), "text": _("Adding a text"), "address": _("Fetching an address"),
        "sample": _("Adding the sample"),
        "link": _("Joining reports into events"),
    }  # fmt: skip
    states = {
        "receiving": _("being sent"), "asking": _("waits for you"), "waiting": _("in the queue"),
        "running": _("under way"), "done": _("done"), "failed": _("failed"), "cancelled": _("stopped"),
    }  # fmt: skip
    stages = {
        "": _("Waits to begin"), "starting": _("Getting ready"), "reading": _("Reading the reports"),
        "linking": _("Joining claims into events"), "summarising": _("Summing up the events"),
    }  # fmt: skip
    fields = {
        "text": _("Text"), "lead": _("Lead or summary"), "title": _("Title"), "published": _("Day of publication"),
        "publisher": _("Publisher"), "url": _("Address"),
    }  # fmt: skip

    def duration(seconds: int) -> str:
        if seconds < 90:
            return language.ngettext("%(num)s second", "%(num)s seconds", seconds) % {"num": seconds}
        minutes = round(seconds / 60)
        if minutes < 90:
            return language.ngettext("%(num)s minute", "%(num)s minutes", minutes) % {"num": minutes}
        hours = round(minutes / 60)
        return language.ngettext("%(num)s hour", "%(num)s hours", hours) % {"num": hours}

    return {
        "job_words": kinds.__getitem__, "state_words": states.__getitem__, "stage_words": stages.__getitem__,
        "field_words": fields.__getitem__, "duration": duration,
    }  # fmt: skip
