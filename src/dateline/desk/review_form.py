"""What a person puts right in a claim, from the fields of a form to the value of a decision."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any, get_args

from dateline.codebook.tables import Sources
from dateline.codebook.types import load_types
from dateline.desk.call import Call, DeskError
from dateline.desk.places import found_places, place_value
from dateline.export.html_text import shown
from dateline.export.plain import plain
from dateline.linking.reviewed import corrected
from dateline.model.reading import Certainty, Claim, Polarity, Reality
from dateline.model.text import Span, span_at
from dateline.model.values import Measure
from dateline.wire import claim_to_json

COUNTED = ("people", "civilians", "combatants")
# The fields that have a form of their own, and what they are called.
FIELDS: Mapping[str, str] = {
    "type": "What kind of event",
    "place": "Where",
    "time": "When",
    "figures": "Figures",
    "roles.actor": "Who did it",
    "roles.target": "To whom",
    "reality": "Whether it happened",
    "polarity": "Said or denied",
    "certainty": "How surely",
}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "reality": get_args(Reality), "polarity": get_args(Polarity), "certainty": get_args(Certainty),
}  # fmt: skip
MEASURES: tuple[str, ...] = get_args(Measure)
_SIDE = re.compile(r"[\w.:-]{1,60}")
_LONGEST = 2_000
# The choice of a place that the gazetteer does not list.
UNLISTED = "unlisted"
_MOST_PEOPLE = 10**10


@cache
def type_names() -> tuple[str, ...]:
    """Return the event types of the codebook, sorted."""
    return tuple(sorted(load_types(Sources())))


def correction(call: Call, claim: Claim, text: str) -> tuple[str, Any]:
    """Return the field that a form corrects and its value, in the JSON of the claim.

    `claim` is the claim as it stands, `text` that of its report. Raises DeskError for what does not fit, as words that
    the report does not have.
    """
    field = call.field("field")
    maker = _MAKERS.get(field)
    if maker is None:
        raise DeskError(f"{field!r} is none of the fields that can be corrected: {', '.join(FIELDS)}")
    value = maker(call, claim, text, field)
    corrected(claim, field, value)
    return field, value


def machine_value(claim: Claim, field: str) -> tuple[str, Any]:
    """Return a field of a claim with its value in JSON, so that a decision can set it to what it was."""
    if field not in (*FIELDS, "losses", "country", "roles", "roles.instrument"):
        raise DeskError(f"{field!r} is none of the fields that can be corrected: {', '.join(FIELDS)}")
    value: Any = claim_to_json(claim)
    for part in field.split("."):
        value = value[part]
    return field, value


def words_of(call: Call, claim: Claim, text: str) -> Span | None:
    """Return the words of the report that a form names, null if it names none.

    With "start" and "end" (code points) they are just those, and must be what "quote" says. Without, the quote is
    looked for in the text; of several places that nearest to the claim's words is taken.
    """
    quote = " ".join(call.field("quote").split())
    if len(quote) > _LONGEST:
        raise DeskError(f"select fewer words: {len(quote):,} characters are more than {_LONGEST:,}")
    start, end = call.field("start"), call.field("end")
    if start or end:
        try:
            span = span_at(text, int(start), int(end))
        except ValueError:
            raise DeskError(f"{start!r} to {end!r} is no run of the report's text") from None
        if not (0 <= span.start < span.end <= len(text)) or " ".join(as_shown(span.quote).split()) != quote:
            raise DeskError(
                f"the words {quote!r} do not stand at {start} to {end} of the report; select them again"
            )
        return _stripped(text, span)
    if not quote:
        return None
    return _nearest(text, quote, claim.evidence.start)


def as_shown(words: str) -> str:
    """Return words of a report as the page shows them, each code point in its place.

    A browser would make one of a CR and its LF, and a codec one of two halves of a surrogate pair.
    """
    return shown(plain(shown(words).replace("\r\n", " \n").replace("\r", "\n")))


def _stripped(text: str, span: Span) -> Span:
    left = len(span.quote) - len(span.quote.lstrip())
    return span_at(text, span.start + left, span.start + len(span.quote.rstrip()))


def _nearest(text: str, quote: str, near: int) -> Span:
    pattern = re.compile(r"\s+".join(map(re.escape, quote.split())))
    found = [match.span() for match in pattern.finditer(text)]
    if not found:
        raise DeskError(
            f"the report does not have the words {quote!r}; copy them from its text, letter by letter"
        )
    start, end = min(found, key=lambda place: abs(place[0] - near))
    return span_at(text, start, end)


def _with_words(call: Call, claim: Claim, text: str, value: dict[str, Any]) -> dict[str, Any]:
    span = words_of(call, claim, text)
    if span is None:
        return value
    return {**value, "quote": span.quote, "start": span.start, "end": span.end}


def _type(call: Call, claim: Claim, text: str, field: str) -> Any:
    return _chosen(call.field("value"), type_names())


def _choice(call: Call, claim: Claim, text: str, field: str) -> Any:
    return _chosen(call.field("value"), CHOICES[field])


def _chosen(value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise DeskError(f"{value!r} is none of {', '.join(known)}")
    return value


def _time(call: Call, claim: Claim, text: str, field: str) -> Any:
    if call.field("none"):
        return None
    first = _day(call.field("first"))
    last = _day(call.field("last") or call.field("first"))
    precision = "day" if first == last else "range"
    value = {
        "earliest": first.isoformat(),
        "latest": last.isoformat(),
        "precision": precision,
        "basis": "stated",
    }
    return _with_words(call, claim, text, value)


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise DeskError(f"{value!r} is no day; write it as 2022-03-02") from None


def _place(call: Call, claim: Claim, text: str, field: str) -> Any:
    if call.field("none"):
        return None
    name, choice = call.field("place"), call.field("choice")
    if not name:
        raise DeskError("name the place, or say that the claim tells none")
    found = {one.id: one for one in found_places(name)}
    if len(found) == 1 and not choice:
        (choice,) = found
    if choice and choice != UNLISTED and choice not in found:
        raise DeskError(f"the gazetteer has no {choice!r} by the name {name!r}; look the place up again")
    if found and not choice:
        raise DeskError(
            f"{name!r} is the name of {len(found)} places: look it up and choose one, or say that none of them is meant"
        )
    value = place_value(found[choice]) if choice in found else {"name": name[:_LONGEST]}
    return _with_words(call, claim, text, value)


def _figures(call: Call, claim: Claim, text: str, field: str) -> Any:
    def made() -> dict[str, Any]:
        low = _number(call.field("low"), "low")
        high = None if call.field("open") else _number(call.field("high") or call.field("low"), "high")
        if high is not None and high < low:
            raise DeskError(f"the highest, {high}, is below the lowest, {low}")
        return {
            "measure": _chosen(call.field("measure"), MEASURES), "low": low, "high": high,
            "of": _chosen(call.field("of") or "people", COUNTED),
        }  # fmt: skip

    return _list(call, claim, text, claim_to_json(claim)["figures"], made)


def _number(value: str, name: str) -> int:
    cleaned = value.replace(",", "").replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    if not cleaned.isascii() or not cleaned.isdigit() or int(cleaned) > _MOST_PEOPLE:
        raise DeskError(f"{name}: {value!r} is no whole number of 0 or more")
    return int(cleaned)


def _role(call: Call, claim: Claim, text: str, field: str) -> Any:
    def made() -> dict[str, Any]:
        name, side = call.field("name"), call.field("side")
        if not name:
            raise DeskError("say who it is")
        if side and not _SIDE.fullmatch(side):
            raise DeskError(f"{side!r} is no side; sides are as RU, UA, civilians, unknown")
        return {"name": name[:_LONGEST], "side": side or None, "id": None}

    return _list(call, claim, text, claim_to_json(claim)["roles"][field.split(".")[1]], made)


def _list(
    call: Call, claim: Claim, text: str, held: list[dict[str, Any]], made: Callable[[], dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return a list of values with one of them replaced, taken away, or added to the end."""
    which = call.field("which", "new")
    if which == "new":
        return [*held, _with_words(call, claim, text, made())]
    if not (which.isascii() and which.isdigit()) or int(which) >= len(held):
        raise DeskError(f"there is no value number {which!r} any more; open the page again")
    place = int(which)
    if call.field("remove"):
        return [*held[:place], *held[place + 1 :]]
    kept = {name: held[place].get(name) for name in ("quote", "start", "end")}
    return [*held[:place], _with_words(call, claim, text, {**kept, **made()}), *held[place + 1 :]]


_MAKERS: Mapping[str, Callable[[Call, Claim, str, str], Any]] = {
    "type": _type, "place": _place, "time": _time, "figures": _figures, "roles.actor": _role, "roles.target": _role,
    "reality": _choice, "polarity": _choice, "certainty": _choice,
}  # fmt: skip
