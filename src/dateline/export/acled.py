"""Events in the columns of ACLED's export (ACLED codebook 2023, 2024 and 2025; names of `inter` as since 2024).

A row is what Dateline's record supports, in ACLED's form; it is not a row of ACLED. Left out are events whose type has
no place in ACLED's scheme (codebook/data/types.toml says which has), that have not happened (intended, threatened,
hypothetical), or that every standing claim denies.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from dateline.export.book import ExportBook
from dateline.export.columns import Cell
from dateline.export.delimited import csv_rows
from dateline.export.sides import CIVILIAN_PARTY, Party, parties, rebels
from dateline.export.summary import denied_in, range_of, reality_of, standing_entries
from dateline.export.words import day_words
from dateline.model.event import Event
from dateline.model.values import Place

HEADER = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction",
    "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude",
    "longitude", "geo_precision", "source", "source_scale", "notes", "tags", "fatalities", "timestamp",
)  # fmt: skip
# In the order of ACLED's codes 1 to 8, which orders the two halves of an interaction.
INTER = (
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians",
    "External/Other forces",
)  # fmt: skip
_REAL = ("happened", "ongoing", "background")
_CROWDS = {"unrest.protest": "Protesters", "unrest.riot": "Rioters"}
# A grenade is thrown, not planted: ACLED has a sub-event for it where the codebook's type has none.
_PLANTED, _GRENADE = "Remote explosive/landmine/IED", "grenade"
_DISORDER = {
    "Battles": "Political violence",
    "Explosions/Remote violence": "Political violence",
    "Violence against civilians": "Political violence",
    "Protests": "Demonstrations",
    "Strategic developments": "Strategic developments",
}


def acled(events: Sequence[Event], book: ExportBook) -> str:
    """Return events as CSV with exactly ACLED's 31 columns."""
    rows = [acled_row(event, book) for event in events if fits_acled(event, book)]
    return csv_rows(HEADER, [[row[name] for name in HEADER] for row in rows])


def fits_acled(event: Event, book: ExportBook) -> bool:
    """Say whether an event has a place in ACLED's scheme."""
    kind = book.types.get(event.type)
    if kind is None or not kind.acled or reality_of(event) not in _REAL:
        return False
    return denied_in(event) < len(standing_entries(event))


def acled_row(event: Event, book: ExportBook) -> dict[str, Cell]:
    """Return an event's row by column; None is an empty cell.

    - `event_date`, `time_precision`: 1 a day; 2 up to seven days; 3 up to 31 days, with the middle day, as ACLED codes
      periods. A longer or unknown time leaves both empty.
    - `sub_event_type`: where the map names two, the taking of territory is told apart by who takes it (the state of
      that country regains; groups and other states overtake); any other pair leaves it empty. An explosion whose
      only named means is a hand grenade is "Grenade".
    - `actor1`, `actor2`: the side named by most claims as acting and as befallen; others are `assoc_actor`s. Names are
      Dateline's; ACLED's own names have years that are not invented here.
    - `inter`: state forces in their own country, other states as external forces, a group that the codebook's wars set
      against that country's state as rebels; other groups are left empty, since militias cannot be told apart.
    - `geo_precision`: 1 from where_prec 1, 2 from 2 and 3, 3 from 4 and 5; of a country or sea alone no coordinates.
    - `fatalities`: what the rule `conservative` gives for killed. Nothing told is an empty cell, never 0.
    - `timestamp`: the day on which its newest claim came into the record, in Unix time. `source_scale`, `admin3`,
      `tags`: always empty, since nothing in the record says them.
    """
    one, two, own, other = _actors(event, book)
    inter1, inter2 = _inter(event, one, book), _inter(event, two, book)
    day, time_precision = _day(event)
    state = book.states.get(event.country or "")
    kind, sub = _kinds(event, one, book)
    first, second = book.divisions_of(event.place)
    located = event.place if event.place and (event.place.precision or 9) <= 5 else None
    return {
        "event_id_cnty": f"{state.iso3 if state else ''}{event.id}",
        "event_date": day,
        "year": day.year if day else None,
        "time_precision": time_precision,
        "disorder_type": _disorder(kind, sub),
        "event_type": kind,
        "sub_event_type": sub,
        "actor1": _name(one, event, state.acled_name if state else None),
        "assoc_actor_1": "; ".join(party.name for party in own[1:]) or None,
        "inter1": inter1,
        "actor2": _name(two, event, state.acled_name if state else None),
        "assoc_actor_2": "; ".join(party.name for party in other[1:]) or None,
        "inter2": inter2,
        "interaction": _interaction(inter1, inter2, bool(two)),
        "civilian_targeting": "Civilian targeting" if two and two.kind == "civilians" else None,
        "iso": state.numeric if state else None,
        "region": (state.acled_region or None) if state else None,
        "country": state.acled_name if state else None,
        "admin1": first.name if first else None,
        "admin2": second.name if second else None,
        "admin3": None,
        "location": located.name if located else None,
        "latitude": located.lat if located else None,
        "longitude": located.lon if located else None,
        "geo_precision": _geo_precision(located),
        "source": _sources(event),
        "source_scale": None,
        "notes": _notes(event),
        "tags": None,
        "fatalities": _fatalities(event),
        "timestamp": _timestamp(event),
    }


def _day(event: Event) -> tuple[date | None, int | None]:
    if event.earliest is None or event.latest is None:
        return None, None
    days = (event.latest - event.earliest).days + 1
    if days > 31:
        return None, None
    return event.earliest + timedelta((days - 1) // 2), 1 if days == 1 else 2 if days <= 7 else 3


def _kinds(event: Event, one: Party | None, book: ExportBook) -> tuple[str, str | None]:
    kind, _, subs = book.types[event.type].acled.partition(" / ")
    choices = [sub.strip() for sub in subs.split(";") if sub.strip()]
    if choices == [_PLANTED] and _means(event) == {_GRENADE}:
        return kind, "Grenade"
    if len(choices) == 1:
        return kind, choices[0]
    if "Government regains territory" in choices and one is not None and event.country is not None:
        regained = one.kind == "state" and one.side == event.country
        return kind, "Government regains territory" if regained else "Non-state actor overtakes territory"
    return kind, None


def _means(event: Event) -> set[str | None]:
    return {means.name for entry in standing_entries(event) for means in entry.claim.instruments}


def _disorder(kind: str, sub: str | None) -> str | None:
    if kind == "Riots":
        return {"Violent demonstration": "Demonstrations", "Mob violence": "Political violence"}.get(
            sub or ""
        )
    return _DISORDER.get(kind)


Parties = tuple[Party, ...]


def _actors(event: Event, book: ExportBook) -> tuple[Party | None, Party | None, Parties, Parties]:
    own = parties(event, "actors", book)
    other = tuple(party for party in parties(event, "targets", book) if party not in own)
    # The type itself says whom it befell, or who protests.
    if event.type.startswith("civilians.") and not other:
        other = (CIVILIAN_PARTY,)
    if event.type in _CROWDS and not own:
        own = (CIVILIAN_PARTY,)
        other = tuple(party for party in other if party not in own)
    return (own[0] if own else None), (other[0] if other else None), own, other


def _name(party: Party | None, event: Event, country: str | None) -> str | None:
    if party is None or party.kind != "civilians":
        return party.name if party else None
    crowd = _CROWDS.get(event.type, "Civilians")
    return f"{crowd} ({country})" if country else crowd


def _inter(event: Event, party: Party | None, book: ExportBook) -> str | None:
    if party is None:
        return None
    if party.kind == "civilians":
        return _CROWDS.get(event.type, "Civilians")
    if party.kind == "state":
        return "State forces" if party.side == event.country else "External/Other forces"
    return "Rebel group" if rebels(party.side, event.country, book) else None


def _interaction(one: str | None, two: str | None, opposed: bool) -> str | None:
    if one is None or (opposed and two is None):
        return None
    if two is None:
        return f"{one} only"
    return "-".join(sorted((one, two), key=INTER.index))


def _geo_precision(place: Place | None) -> int | None:
    if place is None or place.lat is None or place.precision is None:
        return None
    return {1: 1, 2: 2, 3: 2, 4: 3, 5: 3}[place.precision]


def _sources(event: Event) -> str | None:
    publishers = dict.fromkeys(
        entry.report.publisher for entry in event.entries if entry.report.publisher is not None
    )
    return "; ".join(publishers) or None


def _notes(event: Event) -> str:
    entry = min(standing_entries(event), key=lambda entry: (entry.told, entry.claim.id))
    quote = " ".join(entry.claim.evidence.quote.split())
    said = (
        f" “{quote}” ({entry.report.publisher or 'publisher not known'}, {day_words(entry.told)})"
        if quote
        else ""
    )
    return f"{event.title}.{said}"


def _fatalities(event: Event) -> int | None:
    killed = range_of(event, "killed", "conservative")
    if killed is None:
        return None
    return killed.best if killed.best is not None else killed.low


def _timestamp(event: Event) -> int:
    newest = max(entry.recorded for entry in event.entries)
    return int(datetime(newest.year, newest.month, newest.day, tzinfo=UTC).timestamp())
