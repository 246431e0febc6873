"""Credits: the agencies and outlets that a report names as where its text comes from.

A credit is a form of words at a report's edge ("KYIV, March 2 (Reuters) -", "Source: TASS"); "according to a Reuters
report" names a speaker within the text, an attribution, and is none. So is a credit of a photograph.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dateline.codebook.agencies import Agency, AgencyBook
from dateline.model.text import Report, Span, span_at

LEAD_WORDS = (
    20  # a line of so many is a paragraph of the report; credits stand in the first and last, or beyond them
)
MOST_LINES = 6  # at each end
# "Photo: AP", "Ana Brown/The Gazette via AP"
PHOTO = re.compile(
    r"\b(?:photo|image|picture|video|footage|graphic|map)s?\b[^.]{0,30}$|\w/[^.\n]{2,40} via $", re.IGNORECASE
)
_LINE = re.compile(r"[^\n]+")
_SIGN_OFF = re.compile(
    r"\(?(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Cc]ompiled) by [^\n]{3,160}?;? ?[Ee]diting by [^\n]{3,80}"
)
_LIST = r"(?:[Tt]he )?NAME(?:(?:\s*[,/&|]\s*|,?\s+and\s+)(?:[Tt]he )?NAME)*"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_PLACE = r"[^\W\d_][^\n()/;:?!]{0,60}?"
_PERSON = r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}"
# Form of a credit -> its pattern for one line (LIST stands for names of agencies), whether a name that is an ordinary
# word is believed in it, and whether it is one in a title too: "Rebels take town - Reuters" is an attribution.
FORMS: dict[str, tuple[str, bool, bool]] = {
    "dateline": (
        rf"^\W{{0,3}}(?:{_PLACE}\s*)?[(/]\s*(LIST)\s*[)/]\s*(?:\.?\s*[-–—:|]|(?<=/)\.)",
        True,
        False,
    ),
    "dated": (rf"^(LIST),\s+(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})\b", True, False),
    "brackets": (r"[(\[]\s*(?:[Ww]ith \w+(?: \w+)? (?:from|by) )?(LIST)\s*[)\]]\W*$", True, True),
    "slashes": (r"(?:^|\s)/\s*(LIST)\s*/\W*$", True, True),
    "dash": (r"(?:^|[.…!?”\"]\s*)[-–—]{1,2}\s*(LIST)\.?\s*$", False, False),
    "via": (r"(?:^|\W)[Vv]ia (LIST)\s*\W?$", False, True),
    "label": (
        r"^\W*(?:(?:[Ss]ources?|SOURCE|[Aa]gency|[Cc]redits?)\s*:|(?:[Oo]riginally |[Ff]irst )?[Pp]ublished by:?)"
        r"\s*(LIST)(?=\W|$)",
        True,
        True,
    ),
    "copyright": (r"(?:©|\([Cc]\)|[Cc]opyright)\s*(?:©\s*)?(?:\d{4},?\s*)?(?:by )?(LIST)", True, False),
    "with": (
        r"[Ww]ith (?:\w+ )?(?:files|reporting|inputs?|material|dispatches|contributions?)(?: from| by) (LIST)",
        True,
        False,
    ),
    "contributed": (r"(?:^|\. )(LIST) (?:also )?contributed (?:to|reporting)", False, False),
    "byline": (
        rf"^\W*(?:[Bb]y )?(?:(?<=[Bb]y ){_PERSON}(?:,| of| for| at|\s*[|–—-])\s*)?(LIST)(?: [Ss]taff| [Ww]riters?"
        rf"| [Cc]orrespondents?| news agency)*\W*$",
        False,
        False,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A credit: the words that name the agency, in the title or the text, the agency, and the form of the credit.

    `name`, `agency` (its id in agencies.csv) and `kind` ("agency" or "outlet") are null for a sign-off that names
    persons alone ("Reporting by …; Editing by …").
    """

    part: str
    span: Span
    form: str
    name: str | None
    agency: str | None
    kind: str | None


def credits(report: Report, book: AgencyBook) -> tuple[Credit, ...]:
    """Return the credits of a report in order, title first; each agency once in each place it is named."""
    found: dict[tuple[str, int, int], Credit] = {}
    texts = [("title", report.title)] if report.title else []
    for part, text in (*texts, ("text", report.text)):
        for start, end in _edges(text):
            for credit in _line_credits(part, text, start, end, book):
                found.setdefault((part, credit.span.start, credit.span.end), credit)
    return tuple(sorted(found.values(), key=lambda credit: (credit.part != "title", credit.span)))


def _edges(text: str) -> Iterator[tuple[int, int]]:
    lines = [match.span() for match in _LINE.finditer(text) if match.group().strip()]
    first = _until_paragraph(text, lines)
    last = _until_paragraph(text, lines[::-1])
    yield from sorted({*first, *last})


def _until_paragraph(text: str, lines: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    for count, (start, end) in enumerate(lines[:MOST_LINES], 1):
        if len(text[start:end].split()) >= LEAD_WORDS:
            return list(lines[:count])
    return list(lines[:MOST_LINES])


def _line_credits(part: str, text: str, start: int, end: int, book: AgencyBook) -> Iterator[Credit]:
    line = text[start:end]
    named = False
    for form, pattern, trusts_words, heads in _patterns(book.pattern):
        for match in pattern.finditer(line) if heads or part == "text" else ():
            if PHOTO.search(line[: match.start(1)]) or _is_defined(line, match):
                continue
            for name in re.finditer(book.pattern, match.group(1)):
                agency = book.named(name.group())
                if agency is not None and (trusts_words or not _is_ordinary(agency, name.group())):
                    at = start + match.start(1) + name.start()
                    named = True
                    yield Credit(
                        part=part,
                        span=span_at(text, at, at + len(name.group())),
                        form=form,
                        name=agency.name,
                        agency=agency.id,
                        kind=agency.kind,
                    )
    sign_off = _SIGN_OFF.search(line)
    if sign_off and not named:
        span = span_at(text, start + sign_off.start(), start + sign_off.end())
        yield Credit(part=part, span=span, form="sign-off", name=None, agency=None, kind=None)


def _is_ordinary(agency: Agency, name: str) -> bool:
    return agency.ordinary and " " not in name


def _is_defined(line: str, match: re.Match[str]) -> bool:
    """Say whether "(AP)" only gives the initials of the words before it."""
    letters = match.group(1)
    if not (letters.isupper() and line[: match.start(1)].rstrip().endswith(("(", "["))):
        return False
    words = re.findall(r"[^\W\d_]+", line[: match.start(1)])
    capitals = "".join(word[0] for word in words if word[0].isupper())
    return capitals.endswith(letters) and len(words) >= len(letters) and not words[-1].isupper()


@lru_cache(maxsize=4)
def _patterns(name: str) -> tuple[tuple[str, re.Pattern[str], bool, bool], ...]:
    names = _LIST.replace("NAME", name)
    return tuple(
        (form, re.compile(text.replace("LIST", names)), trusts, heads)
        for form, (text, trusts, heads) in FORMS.items()
    )
