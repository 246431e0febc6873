"""What an event's claims say together, in the few values that tables and other formats need."""

from collections.abc import Iterator, Sequence

from dateline.model.event import Entry, Event, Range, Rule
from dateline.model.reading import Certainty, Reality
from dateline.model.text import Report
from dateline.model.values import Measure

MEASURES: tuple[Measure, ...] = (
    "killed", "wounded", "captured", "missing", "displaced", "destroyed", "damaged",
)  # fmt: skip
_REALITIES: tuple[Reality, ...] = (
    "happened", "ongoing", "background", "intended", "threatened", "hypothetical",
)  # fmt: skip
_CERTAINTIES: tuple[Certainty, ...] = ("certain", "hedged", "disputed")


def standing_entries(event: Event) -> tuple[Entry, ...]:
    """Return the entries that no person rejected; all of them if every one was rejected."""
    return tuple(entry for entry in event.entries if entry.state != "rejected") or event.entries


def reality_of(event: Event) -> Reality:
    """Return the most real way in which the event is told: "happened" if any standing claim says so."""
    told = {entry.claim.reality for entry in standing_entries(event)}
    return next((reality for reality in _REALITIES if reality in told), "happened")


def certainty_of(event: Event) -> Certainty:
    """Return the surest way in which the event is told: "certain" if any standing claim tells it flatly."""
    told = {entry.claim.certainty for entry in standing_entries(event)}
    return next((certainty for certainty in _CERTAINTIES if certainty in told), "hedged")


def denied_in(event: Event) -> int:
    """Return how many standing claims say that it did not happen."""
    return sum(entry.claim.polarity == "negative" for entry in standing_entries(event))


def range_of(event: Event, measure: Measure, rule: Rule) -> Range | None:
    """Return the event's range of a measure by a rule, or null if nothing was told of it."""
    return next((found for found in event.ranges if (found.measure, found.rule) == (measure, rule)), None)


def reports_of(events: Sequence[Event]) -> dict[str, tuple[Report, Entry, list[Event]]]:
    """Return each report by id with an entry that holds it and the events that rest on it, by first use."""
    found: dict[str, tuple[Report, Entry, list[Event]]] = {}
    for event, entry in entries_of(events):
        kept = found.setdefault(entry.report.id, (entry.report, entry, []))
        if not kept[2] or kept[2][-1] is not event:
            kept[2].append(event)
    return found


def entries_of(events: Sequence[Event]) -> Iterator[tuple[Event, Entry]]:
    """Yield every claim with its event."""
    for event in events:
        for entry in event.entries:
            yield event, entry
