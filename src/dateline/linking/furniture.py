"""The lines of a text that are a report and not its page: headline and body without menus, notices and bylines."""

import re
import unicodedata
from collections.abc import Sequence

HEADLINE_WORDS = 25
TITLE_WORD = 4  # letters of a word that has a capital in a Title Case line
TITLED = 0.7  # of such words; more, and the line is a headline even with a full stop
LONG_LINE = 25  # words
SHORTEST_BODY = 8  # words; with fewer, the first line is no headline
_STOP = re.compile(r"[.!…。]['’”\"»)]*(?:\s|$)")
_SENTENCE_END = re.compile(r"(?<!\.)\.['’”\"»)]*$")
# Lines of the page and not of the report, at its start or end. Kept here and not in the codebook: fingerprints
# are stored, so they must not change with a user's lists.
_FURNITURE = re.compile(
    r"(?:read (?:more|also|next|the full)|see also|related(?: stories| articles| news)?\s*:?$|more on this|recommended"
    r"|subscribe|sign up|follow us|join (?:us|our)|share (?:this|on|via)|click here|download our|get (?:the|our) (?:app|latest)"
    r"|advertisement|loading|listen to|watch (?:the video|live|:)|comments?$|print$|e-?mail$|tweet$|facebook$"
    r"|(?:image|photo|picture|video|file photo)(?: (?:credit|source|caption|by))?\s*[:/]|image (?:copyright|source)"
    r"|©|\(c\)|copyright|all rights reserved|this (?:material|article|story|content) (?:may not|was (?:originally|first))"
    r"|(?:first )?published (?:at|on|:|\d)|(?:last )?(?:updated|modified)\b.{0,40}\d|posted (?:at|on|:|\d)"
    r"|(?:additional )?(?:reporting|editing|writing|compiled|edited|written|reported) by\b|source\s*:"
    r"|(?:by|from) (?:[A-Z][\w.'’-]+ ?){1,4}(?:[,|–-].{0,40})?$|for more (?:news|stories|information)"
    r"|our standards|the associated press contributed|with files from|with reporting by)",
    re.IGNORECASE,
)
FURNITURE_WORDS = 30  # a longer line is read as part of the report, whatever its first words
# "KYIV, March 2 (Reuters) - " and "KYIV (AP) — " before the first words of a body.
_DATELINE = re.compile(
    r"^[^\W\d_][^\n()]{0,60}\([^()\n]{2,40}\)\s*[-–—:]+\s*|^[A-Z][A-Z .,'’-]{2,40}\s[–—-]{1,2}\s"
)
# What pages say to their readers about accounts, cookies and newsletters.
_NOTICE = frozenset(
    "you your youll please click sign log login email emails account accounts register registration subscribe subscriber"
    " subscribers subscription password profile newsletter newsletters notification notifications inbox spam cookies"
    " browser link privacy terms verification print comment comments tweet tweets twitter facebook online website app"
    " page saving saved submitting premium".split()
)
NOTICE_SHARE = 0.12  # of a line's words
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def lines_of(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the headline (empty if none is told apart) and the lines of the body, dateline off."""
    lines = [line.strip() for line in unicodedata.normalize("NFKC", text).splitlines()]
    lines = _without_furniture([line for line in lines if line])
    if len(lines) > 1 and _is_headline(lines[0]):
        body = _without_dateline(lines[1:])
        if sum(len(line.split()) for line in body) >= SHORTEST_BODY:
            return lines[0], body
    return "", _without_dateline(lines)


def is_prose(lines: Sequence[str]) -> bool:
    """Say whether half of the words stand in sentences: lines with a full stop, or long; menus and lists have few."""
    counts = [(line, len(line.split())) for line in lines]
    told = sum(
        count for line, count in counts if count >= (SHORTEST_BODY if _STOP.search(line) else LONG_LINE)
    )
    return 2 * told >= sum(count for _, count in counts)


def _is_headline(line: str) -> bool:
    words = line.split()
    if len(words) > HEADLINE_WORDS:
        return False
    long = [word for word in words if len(word) >= TITLE_WORD]
    titled = sum(word[0].isupper() for word in long) > TITLED * len(long)
    return titled or _SENTENCE_END.search(line) is None


def _without_dateline(lines: Sequence[str]) -> tuple[str, ...]:
    return (_DATELINE.sub("", lines[0], count=1), *lines[1:]) if lines else ()


def _without_furniture(lines: list[str]) -> list[str]:
    lines = [line for line in lines if not _is_notice(line)] or lines
    first, last = 0, len(lines)
    while first < last and _is_furniture(lines[first]):
        first += 1
    # The line under the headline may be a byline.
    head = lines[first : first + 1]
    first += len(head)
    while first < last and _is_furniture(lines[first]):
        first += 1
    while last > first and _is_furniture(lines[last - 1]):
        last -= 1
    return (head + lines[first:last]) or lines


def _is_furniture(line: str) -> bool:
    line = line.lstrip("-–—*•|([ ")
    return not line or (_FURNITURE.match(line) is not None and len(line.split()) <= FURNITURE_WORDS)


def _is_notice(line: str) -> bool:
    words = [word.replace("’", "").replace("'", "") for word in _WORDS.findall(line.casefold())]
    told = [word for word in words if word in _NOTICE]
    return len(set(told)) >= 2 and len(told) >= NOTICE_SHARE * len(words)
