"""Recognise what stands around a report's sentences: date headers, datelines, bylines, outlets, notices."""

import re
from datetime import date

from dateline.intake.header_lines import PLACE, dateline_at, header_date_at, is_outlet_name

_STAMP = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})\s+\d{1,2}:\d{2}\s+[-–—]\s+(?=\S)")

_BYLINE = re.compile(
    r"(?:by|words by|report(?:ing|ed)? by|from|writing by|editing by|additional reporting by)\s+"
    rf"{PLACE}(?:(?:,?\s+|,\s*|\s*[/|&]\s*)(?:{PLACE}|and|in|at|of|the|for|with)){{0,14}}[.;]?$",
    re.IGNORECASE,
)
_FILED_FROM = re.compile(
    rf"{PLACE} {PLACE}(?: {PLACE})? in {PLACE}(?: {PLACE})?"
    rf"(?:(?:,| and) {PLACE} {PLACE} in {PLACE})*$"
)

_NOTICE = re.compile(
    r"(?:view (?:\w+ )?news\b|sign up\b|subscribe\b|read more\b|read (?:also|next)\b|see also\b|related:"
    r"|click here\b|photo(?:graph)?s?\s*(?:by|:|credit)|picture:|image (?:credit|source|caption)\b"
    r"|images?:|credit:|source:|watch:|watch (?:the )?(?:live|video|more)\b|listen(?: to)?:|advertisement\b"
    r"|live$|live updates?\b|follow (?:us|our|the)\b|share (?:this|on)\b|download (?:the|our)\b|updated at\b"
    r"|last (?:updated|modified)\b|for more news\b|get in touch\b|news agencies contributed\b"
    r"|with (?:reuters|afp|the associated press|agencies)\b"
    r"|copyright\b|©|all rights reserved\b|this article (?:was|is|first|originally)\b"
    r"|story continues\b|skip (?:past|to)\b|loading\b|cookies?\b|comments?$|print this\b|our standards:"
    r"|\(?reporting by\b)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\bview (?:\w+ )?news\.?$", re.IGNORECASE)
_SIGNATURE = re.compile(r"(?<=[.!?…\"”’])\s*(?:—|–|--|-|\|)\s*([A-Z][\w.&’' -]{1,30}?)\.?$")
_SITE = re.compile(r"\s+(?:«|\|)\s+[^«|]{2,60}(?:(?:«|\|)\s*[^«|]{2,40})?$")
# A page's stamp and media labels behind its headline: "(16.07.22 07:28)", ". VIDEO", "PHOTOS".
_PAGE_STAMP = re.compile(r"\s*\(\d{1,2}[./]\d{1,2}[./]\d{2,4}(?:,?\s+\d{1,2}:\d{2})?\)$")
_MEDIA_LABEL = re.compile(
    r"(?<=[.!?\"”»)])\s+(?:VIDEO|PHOTOS?|INFOGRAPHICS?|DOCUMENTS?|MAPS?|AUDIO)(?:\s*[&,+/]\s*[A-Z]+)*\.?$"
)
_NUMBER = re.compile(r"[A-Z]+\d*-[A-Z0-9-]*\d+(?:\s+\([^)]{1,60}\))?$")
_SMALL = frozenset({"the", "of", "and", "for", "in", "on", "&"})


def header_date(text: str) -> tuple[date | None, int]:
    """Read a publication date that opens a text, and where the text goes on behind it.

    The date must carry a label ("date 2022-03-02", "Published: 3 May 2011"), be in ISO form, or stand alone
    in its line or before a dash; otherwise (None, 0). Numbers with dots are day.month.year; numbers
    with slashes are not read, as their order differs between countries.
    """
    found = header_date_at(text, len(text) - len(text.lstrip()))
    return (found.day, found.goes_on) if found is not None and found.announces else (None, 0)


def dateline_end(text: str, start: int, end: int) -> int:
    """Return where a dateline ("KYIV, March 2 (Agency) —") at a paragraph's start ends, or start if none."""
    stamp = _STAMP.match(text, start, end)
    if stamp and stamp.end() < end:
        return stamp.end()
    line = dateline_at(text, start, end)
    return line.end if line is not None else start


def is_byline(text: str, start: int, end: int) -> bool:
    """Whether a line names its writers ("By Jane Doe in Goma")."""
    if end - start > 120:
        return False
    line = text[start:end]
    match = _BYLINE.match(line)
    if match:
        # IGNORECASE also frees the names; they must be capitalised all the same.
        words = [
            word
            for word in re.findall(r"[^\W\d_]+", line)[1:]
            if word.lower() not in _SMALL | {"by", "in", "at", "with"}
        ]
        return bool(words) and all(word[0].isupper() for word in words)
    return _FILED_FROM.match(line) is not None


def is_notice(text: str, start: int, end: int) -> bool:
    """Whether a line is a page's own text (newsletter, credit, link), no part of the report."""
    return end - start <= 200 and _NOTICE.match(text, start, end) is not None


def is_number(text: str, start: int, end: int) -> bool:
    """Whether a line is an archive's document number ("DEV-MUC3-0601")."""
    return end - start <= 90 and _NUMBER.match(text[start:end]) is not None


def is_outlet(text: str, start: int, end: int) -> bool:
    """Whether a closing line is a bare name of up to five capitalised words ("The Sun")."""
    return is_outlet_name(text[start:end].strip("—–-() "))


def tails(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Cut link text and an agency's signature off a paragraph's end: (start, end, kind) of each, in order."""
    cut: list[tuple[int, int, str]] = []
    near = max(start, end - 60)
    for pattern, kind in ((_TAIL, "notice"), (_SIGNATURE, "outlet")):
        match = pattern.search(text, near, end)
        if match and match.start() > start:
            cut.insert(0, (match.start() + len(match[0]) - len(match[0].lstrip()), end, kind))
            end = len(text[start : match.start()].rstrip()) + start
    return cut


def site_name(text: str, start: int, end: int) -> int:
    """Return where a site's name behind a headline begins ("… | Agency"), or end if there is none."""
    match = _SITE.search(text, max(start, end - 110), end)
    if match and match.start() > start:
        end = match.start()
    for pattern in (_PAGE_STAMP, _MEDIA_LABEL):
        match = pattern.search(text, max(start, end - 40), end)
        if match and match.start() > start:
            end = match.start()
    return end
