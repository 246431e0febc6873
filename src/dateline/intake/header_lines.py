"""Recognise the lines in which a text says when, where and by whom it was published, for intake and reading both."""

import re
from dataclasses import dataclass
from datetime import date

from dateline.intake.dates import MONTH, match_date

_LABEL = re.compile(
    r"(?:publi(?:shed|cation)|post(?:ed)?|released?|issued|filed|(?:last )?updated|dated?)"
    r"(?:\s+(?:date|on|at))?\s*:?\s+",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"[T,]?\s*(?:at\s+)?\d{1,2}[:.]\d{2}(?::\d{2})?(?:\.\d+)?"
    r"\s*(?:(?i:[ap]\.?m\.?|Z|GMT|UTC)|(?i:[a-z]{2,4}t)\b|[+-]\d{2}:?\d{2})?"
)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?!\d)")
_AFTER = re.compile(r"[ \t]*(?:[-–—|:]+[ \t]+|\r?\n|$)|[ \t]+")

_CAPS = r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.'’-]*"
PLACE = r"[A-Z\u00c0-\u00de][\w.'’-]*"
_DATE_IN_LINE = rf"(?:{MONTH}\.?\s+\d{{1,2}}|\d{{1,2}}\s+{MONTH}\.?|no date)(?:,?\s+\d{{2,4}})?"
_AGENCY = r"[A-Z][\w .,/&'’-]{1,40}"
_DASH = r"(?:—|–|--|-|:)"
_TAGS = r"(?:\s*\[[A-Za-z ,.'’-]{3,60}\])*"
_DATELINE = re.compile(
    rf"(?:{_TAGS}\s*)?(?:"
    rf"{PLACE}(?:[ ,/]+(?:{PLACE}|of|de|el|al|and)){{0,6}}(?:\s+\([\w .,'’-]{{2,30}}\))?,?\s+"
    rf"(?:(?P<date>(?i:{_DATE_IN_LINE})),?\s*(?:\((?P<agency>{_AGENCY})\))?|\((?P<alone>{_AGENCY})\))\s*{_DASH}"
    rf"|{_CAPS}(?:[ ,/]+{PLACE}){{0,5}}\s*(?:—|–|--)"
    rf"|{_CAPS}(?:[ ,/]+{PLACE}){{0,3}}\s+-(?=\s)"
    rf"|{PLACE}/{PLACE}(?:,\s+{PLACE})?\s*(?:—|–|--|:)"
    rf"){_TAGS}\s+(?=[\"'“‘«(\[]?\S)"
)
_DATELINE_LENGTH = 160
_OUTLET_WORDS = 5
_SMALL = frozenset({"the", "of", "and", "for", "in", "on", "&", "de", "del", "la", "le", "al", "el"})


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderDate:
    """A date at the start of a line: the day, where its words end, and where the line goes on behind it.

    `announces` tells whether it stands as a header does: with a label, in ISO form, alone in its line, or before
    a dash. `dotted` dates (2.3.2022) are day, month, year.
    """

    day: date
    end: int
    goes_on: int
    announces: bool
    alone: bool
    dotted: bool


def header_date_at(text: str, start: int) -> HeaderDate | None:
    """Read the date, perhaps with a label before it and a clock time behind, at which a text's line begins."""
    head = text[start : start + 200]
    label = _LABEL.match(head)
    at = label.end() if label else 0
    found = _date_at(head, at)
    if found is None:
        return None
    day, end, dotted = found
    iso = head[at:end].startswith(day.isoformat())
    clock = _CLOCK.match(head, end)
    end = clock.end() if clock else end
    after = _AFTER.match(head, end)
    mark = after[0].strip() if after else ""
    alone = after is not None and not mark and ("\n" in after[0] or after.end() == len(head))
    announces = after is not None and (label is not None or iso or alone or bool(mark))
    return HeaderDate(
        day=day,
        end=start + end,
        goes_on=start + (after.end() if after else end),
        announces=announces,
        alone=alone,
        dotted=dotted,
    )


def label_end(head: str) -> int:
    """Return where a label of a date ("Published on:") ends at the start of a text; 0 if there is none."""
    label = _LABEL.match(head)
    return label.end() if label else 0


def _date_at(head: str, at: int) -> tuple[date, int, bool] | None:
    found = match_date(head[at:])
    if found is not None:
        return found[0], at + found[1], False
    dotted = _DOTTED.match(head, at)
    if dotted is None:
        return None
    year = int(dotted[3])
    try:
        return date(year if year > 99 else 2000 + year, int(dotted[2]), int(dotted[1])), dotted.end(), True
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """A line's opening that says where and when it was filed: where it ends, and its agency and date as written."""

    end: int
    agency: str | None
    written: str | None


def dateline_at(text: str, start: int, end: int) -> Dateline | None:
    """Recognise a dateline ("KYIV, March 2 (Agency) —") at the start of a paragraph that goes on behind it."""
    end = min(end, start + _DATELINE_LENGTH)
    match = _DATELINE.match(text, start, end)
    if match is None or match.end() >= end:
        return None
    agency = match["agency"] or match["alone"]
    return Dateline(end=match.end(), agency=agency.strip() if agency else None, written=match["date"])


def is_outlet_name(line: str) -> bool:
    """Whether a line is a bare name of up to five capitalised words ("The Sun")."""
    words = line.split()
    if not 0 < len(words) <= _OUTLET_WORDS or line[-1:] in ".!?:;,…\"”’'":
        return False
    return all(word[0].isupper() or word.lower() in _SMALL for word in words) and words[0][0].isupper()
