"""Score times on WikiWars (TIMEX2).

Usage: python -m benchmarks times --data DIR [--json OUT] [--errors]
DIR holds the `*.key.xml` files of the corpus (or has them in data/time/wikiwars).
Scored are the outermost TIMEX2 of each document's text, read as a story without publication date:
- extent, strict (the same offsets) and lenient (any overlap, one to one);
- value: of the expressions that overlap, those whose interval of days is that of the TIMEX2 value, over
  all of each side (F1, so that a missed or spurious expression counts as wrong). A value that is no date
  of the calendar (a bare duration, a set, "now", a year BC) is right where the reading gives none. A
  value with a modifier ("early 1943") or with unknown days ("later that month") is right where the
  interval read lies within its calendar unit; a duration with an anchor ("the next two weeks") where the
  interval begins or ends there, or none is given. WikiWars annotates "3 to 5 May" as two expressions,
  Dateline reads it as one interval: a mention that covers two annotations counts as two, whose values are
  right where its first day is that of the first and its last that of the last.
Baseline in the same run: dateparser's search, given the last date with a year to count from. Reports with a publication
date are scored by the dates of events in the benchmarks wire and articles.
"""

import hashlib
import html
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.quality import report
from benchmarks.quality.report import Rate
from benchmarks.quality.times_rivals import dateparser_mentions
from dateline.codebook.wars import WarBook, load_wars
from dateline.model.text import Report
from dateline.reading.mentions import TimeMention
from dateline.reading.parse import parse
from dateline.reading.segment import segment
from dateline.reading.times import find_times
from dateline.reading.times_calendar import Window, make_day, month_window, season_window, years_window

NAMES = ("strict", "lenient", "value", "value_of_found")
BASELINE = "dateparser: "
FOLDERS = ("", "data/time/wikiwars", "time/wikiwars", "wikiwars")
_TAG = re.compile(r"<(/?)TIMEX2([^>]*)>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_VALUE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?$|(\d{4})-(\d\d)(?:-XX.*)?$|(\d{4})$|(\d{3})$|(\d{2})$")
_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated expression: offsets, TIMEX2 value ("" if none) and whether a modifier narrows it."""

    start: int
    end: int
    value: str
    modified: bool
    anchor: str = ""


def read_document(path: Path) -> tuple[str, list[Gold]]:
    """Return the plain text of a key file and its outermost expressions."""
    raw = path.read_text(encoding="utf-8")
    found = re.search(r"<TEXT>(.*)</TEXT>", raw, re.DOTALL)
    if found is None:
        raise SystemExit(f"{path}: has no <TEXT>; is this a WikiWars key file?")
    text, golds, open_tags, last = "", [], [], 0
    body = found.group(1)
    for tag in _TAG.finditer(body):
        text += html.unescape(body[last : tag.start()])
        last = tag.end()
        if not tag.group(1):
            open_tags.append((len(text), dict(_ATTRIBUTE.findall(tag.group(2)))))
            continue
        start, attributes = open_tags.pop()
        if not open_tags:
            golds.append(
                Gold(
                    start,
                    len(text),
                    attributes.get("val", ""),
                    "mod" in attributes,
                    attributes.get("anchor_val", ""),
                )
            )
    return text + html.unescape(body[last:]), golds


def gold_window(value: str) -> tuple[Window | None, bool]:
    """Return the interval of a TIMEX2 value (null: no calendar date), and whether its days are unknown."""
    season = re.match(r"(\d{4})-(SP|SU|FA|WI)", value)
    if season:
        return season_window(int(season.group(1)), *_SEASONS[season.group(2)]), False
    half = re.match(r"(\d{4})-([HQ])(\d)", value)
    if half:
        return years_window(int(half.group(1)), 1, "year"), True
    week = re.match(r"(\d{4})-W(\d\d)", value)
    if week:
        monday = date.fromisocalendar(int(week.group(1)), int(week.group(2)), 1)
        return Window(monday, date.fromordinal(monday.toordinal() + 6), "week"), False
    found = _VALUE.match(value)
    if found is None:
        return None, False
    if found.group(1):
        day = make_day(int(found.group(1)), int(found.group(2)), int(found.group(3)))
        return (Window(day, day, "day") if day else None), False
    if found.group(4):
        return month_window(int(found.group(4)), int(found.group(5))), "XX" in value
    if found.group(6):
        return years_window(int(found.group(6)), 1, "year"), False
    if found.group(7):
        return years_window(int(found.group(7)) * 10, 10, "decade"), False
    return years_window(int(found.group(8)) * 100, 100, "century"), False


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: offsets, value, and `side` "first" or "last" for one end of an interval."""

    start: int
    end: int
    mention: TimeMention
    side: str = ""


def is_right(gold: Gold, read: Read) -> bool:
    """Say whether what was read has the value of an annotation."""
    window, unknown = gold_window(gold.value)
    time = read.mention.time
    if window is None or time is None:
        anchor = gold_window(gold.anchor)[0] if gold.value.startswith("P") else None
        if time is not None and anchor is not None:
            ends = (anchor.earliest, anchor.latest)
            near = [abs((day - end).days) <= 1 for day in (time.earliest, time.latest) for end in ends]
            return any(near)
        return window is None and time is None
    if read.side:
        return window.earliest == time.earliest if read.side == "first" else window.latest == time.latest
    if gold.modified or unknown:
        return window.earliest <= time.earliest and time.latest <= window.latest
    return (window.earliest, window.latest) == (time.earliest, time.latest)


Found = Iterable[tuple[int, int, TimeMention]]
Reader = Callable[[str], Found]


def reader_of(wars: WarBook) -> Reader:
    """Return what reads a document as Dateline does."""

    def found(text: str) -> Found:
        layout = segment(Report(text=text))
        parsed = parse(layout)
        for mention in find_times(parsed, layout, None, wars):
            span = mention.time.span if mention.time else parsed.span(mention.first, mention.last)
            yield span.start, span.end, mention

    return found


def read_mentions(found: Found, golds: list[Gold]) -> list[Read]:
    """Return what was found; a mention over two annotations becomes two."""
    reads = []
    for start, end, mention in found:
        inside = [gold for gold in golds if start <= gold.start and gold.end <= end]
        if len(inside) < 2:
            reads.append(Read(start, end, mention))
        else:
            reads.append(Read(start, inside[0].end, mention, "first"))
            reads.append(Read(inside[-1].start, end, mention, "last"))
    return reads


def score(text: str, golds: list[Gold], reader: Reader) -> tuple[dict[str, Rate], list[str]]:
    """Read a document and compare; return its counts and a line for each fault, its kind first."""
    reads = read_mentions(reader(text), golds)
    faults: list[str] = []
    taken: set[int] = set()
    strict = right = 0
    for gold in golds:
        near = text[max(0, gold.start - 40) : gold.end + 30].replace("\n", " ")
        pairs = [i for i, read in enumerate(reads) if read.start < gold.end and gold.start < read.end]
        pairs = [i for i in pairs if i not in taken]
        if not pairs:
            faults.append(f"missed {text[gold.start : gold.end]!r} {gold.value} | {near}")
            continue
        best = max(pairs, key=lambda i: (min(reads[i].end, gold.end) - max(reads[i].start, gold.start), -i))
        taken.add(best)
        read = reads[best]
        quote = text[read.start : read.end]
        if (read.start, read.end) == (gold.start, gold.end):
            strict += 1
        else:
            faults.append(f"extent {text[gold.start : gold.end]!r} read {quote!r}")
        if is_right(gold, read):
            right += 1
        else:
            time = read.mention.time
            value = f"{time.earliest}..{time.latest}" if time else read.mention.why
            faults.append(f"value {quote!r} {gold.value} read {value} | {near}")
    for number, read in enumerate(reads):
        if number not in taken:
            near = text[max(0, read.start - 40) : read.end + 30].replace("\n", " ")
            faults.append(f"spurious {text[read.start : read.end]!r} {read.mention.why} | {near}")
    given, owed = len(reads), len(golds)
    counts = {
        "strict": Rate(hit=strict, given=given, owed=owed),
        "lenient": Rate(hit=len(taken), given=given, owed=owed),
        "value": Rate(hit=right, given=given, owed=owed),
        "value_of_found": Rate(hit=right, given=len(taken), owed=len(taken)),
    }
    return counts, faults


def kind_of(fault: str) -> str:
    """Return the kind of a fault for the table of errors: what went wrong, and with what sort of expression."""
    kind, _, words = fault.partition(" ")
    if kind in ("extent", "spurious"):
        return f"{kind}: {_sort(words)}"
    value = re.search(r"['\"] (\S*)(?: read| \||$)", words)
    told = value[1] if value else ""
    if told.startswith("P"):
        sort = "past or present" if told.endswith("_REF") else "duration"
    elif told in ("FUTURE_REF", ""):
        sort = "no calendar value"
    elif told.startswith(("BC", "X")):
        sort = "before our era" if told.startswith("BC") else "set or unknown year"
    else:
        sort = "calendar date"
    return f"{kind}: {sort}"


def _sort(words: str) -> str:
    if re.search(r"\d{4}", words):
        return "with a year"
    return "with digits" if re.search(r"\d", words) else "words"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark, print its table, and write JSON where asked."""
    options = report.arguments("times", __doc__ or "").parse_args(argv)
    folder = next(
        (options.data / name for name in FOLDERS if any((options.data / name).glob("*.key.xml"))), None
    )
    if folder is None:
        print(
            f"{options.data}: no *.key.xml files; give the folder of the WikiWars key files", file=sys.stderr
        )
        return 2
    paths = sorted(folder.glob("*.key.xml"))
    reader = reader_of(load_wars())
    sheets: list[dict[str, Rate]] = []
    faults: list[str] = []
    kinds: Counter[str] = Counter()
    for path in paths:
        text, golds = read_document(path)
        counts, found = score(text, golds, reader)
        rival, _ = score(text, golds, dateparser_mentions)
        sheets.append({**counts, **{f"{BASELINE}{name}": rate for name, rate in rival.items()}})
        kinds.update(kind_of(fault) for fault in found)
        faults += [f"{path.name} {fault}" for fault in found]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
    data = {"file": "wikiwars", "sha256": digest, "documents": len(paths)}
    names = (*NAMES, *(f"{BASELINE}{name}" for name in NAMES))
    scores = report.summarise(sheets, names, ("strict", "lenient", "value"))
    report.announce("times", data)
    print(report.table(scores))
    if options.errors:
        print(report.kinds_table(kinds))
        print("\n".join(faults))
    if options.json:
        report.write(options.json, benchmark="times", data=data, scores=scores, errors=kinds)
    return 0
