"""Events in the columns of UCDP's Georeferenced Event Dataset (GED codebook, versions 23.1 to 25.1).

A row is what Dateline's record supports, in GED's form; it is not a row of UCDP. Like GED it holds only events with
deaths: those whose range of killed, by the rule `ucdp`, reaches one. Left out are also events that have not happened,
and those that every standing claim denies. UCDP's own numbers of conflicts, dyads and sides are not invented.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import date

from dateline.export.book import ExportBook
from dateline.export.columns import Cell
from dateline.export.delimited import csv_rows
from dateline.export.sides import CIVILIAN_PARTY, Party, parties
from dateline.export.summary import denied_in, range_of, reality_of, standing_entries
from dateline.export.words import place_words
from dateline.model.event import Entry, Event, Range
from dateline.model.ids import content_id

HEADER = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id",
    "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources",
    "source_article", "source_office", "source_date", "source_headline", "source_original", "where_prec",
    "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt",
    "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end",
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
_REAL = ("happened", "ongoing", "background")


def ged(events: Sequence[Event], book: ExportBook) -> str:
    """Return events as CSV with exactly GED's 49 columns."""
    rows = [ged_row(event, book) for event in events if fits_ged(event)]
    return csv_rows(HEADER, [[row[name] for name in HEADER] for row in rows])


def fits_ged(event: Event) -> bool:
    """Say whether an event happened, is not only denied, and took at least one life by some account."""
    killed = range_of(event, "killed", "ucdp")
    if killed is None or not any((killed.low, killed.best, killed.high)):
        return False
    return reality_of(event) in _REAL and denied_in(event) < len(standing_entries(event))


def ged_row(event: Event, book: ExportBook) -> dict[str, Cell]:
    """Return an event's row by column; None is an empty cell.

    - `id`: the first 60 bits of the event's id as a number; `relid`: the id itself.
    - `type_of_violence`: 3 where the type is an attack on civilians and who did it is known; 1 between two armed sides
      of which one is a state, 2 between two groups; else empty. In 1 side A is a state, in 3 side B is "Civilians".
    - `number_of_sources`: reports, copies included. `source_original`: the independent origins.
    - `event_clarity`: 2 for a toll that no single occurrence is told for, else 1.
    - `date_prec`: 1 a day, 2 two to six days, 3 a week, 4 up to 31 days, 5 up to a year; longer: empty.
    - `deaths_*` sum to `best`: all in `deaths_civilians` if every account that allows `best` counts civilians, else all
      in `deaths_unknown`; sources seldom say more, and nothing is split by guess.
    - `best`, `high`, `low`: the rule `ucdp`; where no upper bound was told, `high` is empty.
    """
    killed = range_of(event, "killed", "ucdp")
    a, b, violence = _sides(event, book)
    state = book.states.get(event.country or "")
    first, second = book.divisions_of(event.place)
    place = event.place
    point = place is not None and place.lat is not None and place.lon is not None
    lat, lon = (place.lat, place.lon) if place and point else (None, None)
    entries = _by_report(event.entries)
    row: dict[str, Cell] = dict.fromkeys(HEADER)
    row |= {
        "id": _number(event.id),
        "relid": event.id,
        "year": event.earliest.year if event.earliest else None,
        "type_of_violence": violence,
        "dyad_name": f"{_name(a, book)} - {_name(b, book)}" if a and b else None,
        "side_a": _name(a, book),
        "side_b": _name(b, book),
        "number_of_sources": len(entries),
        "source_article": _joined(_article(entry) for entry in entries),
        "source_office": _joined(entry.report.publisher for entry in entries),
        "source_date": _joined(_iso(entry.report.published) for entry in entries),
        "source_headline": _joined(entry.report.title for entry in entries),
        "source_original": _joined(origin.name for origin in event.origins),
        "where_prec": place.precision if place else None,
        "where_coordinates": place.name if place else None,
        "where_description": place_words(place) if place else None,
        "adm_1": first.name if first else None,
        "adm_2": second.name if second else None,
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": f"POINT ({lon} {lat})" if point else None,
        "priogrid_gid": priogrid_gid(lat, lon) if lat is not None and lon is not None else None,
        "country": state.ged_name if state else None,
        "country_id": state.gw if state else None,
        "region": (state.ged_region or None) if state else None,
        "event_clarity": 2 if event.type == "civilians.toll" else 1,
        "date_prec": date_prec(event.earliest, event.latest),
        "date_start": _midnight(event.earliest),
        "date_end": _midnight(event.latest),
        "gwnoa": _gw(a, book),
        "gwnob": _gw(b, book),
    }
    return row | _deaths(event, killed)


def priogrid_gid(lat: float, lon: float) -> int:
    """Return the PRIO-GRID cell of a point in degrees.

    Cells of half a degree, 720 columns from 180 W eastwards and 360 rows from 90 S northwards, both counted from 1:
    gid = (row - 1) * 720 + column (Tollefsen, Strand and Buhaug 2012; PRIO-GRID codebook). The last column and row
    take in their far edge.
    """
    column = min(math.floor((lon + 180) * 2), 719) + 1
    row = min(math.floor((lat + 90) * 2), 359) + 1
    return (row - 1) * 720 + column


def date_prec(earliest: date | None, latest: date | None) -> int | None:
    """Return GED's precision of an interval of days, both ends included; null if unknown or longer than a year."""
    if earliest is None or latest is None:
        return None
    days = (latest - earliest).days + 1
    for most, code in ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5)):
        if days <= most:
            return code
    return None


def _sides(event: Event, book: ExportBook) -> tuple[Party | None, Party | None, int | None]:
    own, other = parties(event, "actors", book), parties(event, "targets", book)
    armed = [party for party in own if party.kind != "civilians"]
    against = [party for party in other if party.kind != "civilians" and party not in armed[:1]]
    a, b = (armed[0] if armed else None), (against[0] if against else None)
    if event.type.startswith("civilians."):
        return a, CIVILIAN_PARTY, 3 if a else None
    if a is None or b is None:
        return a, b, None
    if b.kind == "state" and a.kind != "state":
        a, b = b, a
    return a, b, 1 if a.kind == "state" else 2


def _deaths(event: Event, killed: Range | None) -> dict[str, Cell]:
    if killed is None:
        return {}
    found: dict[str, Cell] = {"best": killed.best, "high": killed.high, "low": killed.low}
    best = killed.best
    if best is None:
        return found
    allowing = {
        count.of
        for count in event.counts
        if count.measure == "killed" and count.polarity == "positive" and count.low <= best
        if count.high is None or best <= count.high
    }
    civilians = allowing == {"civilians"}
    return found | {
        "deaths_a": 0,
        "deaths_b": 0,
        "deaths_civilians": best if civilians else 0,
        "deaths_unknown": 0 if civilians else best,
    }


def _number(event_id: str) -> int:
    try:
        return int(event_id[:15], 16)
    except ValueError:
        return int(content_id(event_id)[:15], 16)


def _name(party: Party | None, book: ExportBook) -> str | None:
    if party is None:
        return None
    return f"Government of {book.states[party.side].ged_name}" if party.kind == "state" else party.name


def _gw(party: Party | None, book: ExportBook) -> int | None:
    return book.states[party.side].gw if party and party.kind == "state" else None


def _by_report(entries: Sequence[Entry]) -> list[Entry]:
    return list({entry.report.id: entry for entry in reversed(entries)}.values())[::-1]


def _article(entry: Entry) -> str:
    report = entry.report
    return ",".join(part for part in (report.publisher, _iso(report.published), report.title) if part)


def _joined(parts: Iterable[str | None]) -> str | None:
    return ";".join(part for part in parts if part) or None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _midnight(day: date | None) -> str | None:
    return f"{day.isoformat()} 00:00:00.000" if day else None
