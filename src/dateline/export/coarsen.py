"""Events whose places are known no more sharply than a grid or a division, with every text that could betray more gone.

What is left of an event is its type, days, country, sides, counts and who (by side and kind) said so. Quotes, titles,
addresses and names of sources can hold place names, so they are dropped, not searched.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Literal

from dateline.export.book import ExportBook
from dateline.export.withheld import without_text
from dateline.export.words import time_words
from dateline.model.event import Count, Entry, Event, Origin
from dateline.model.ids import content_id
from dateline.model.reading import Attribution, Claim
from dateline.model.text import Report, Span
from dateline.model.values import Filler, Loss, Place, Time

KM_PER_DEGREE = 111.195
# UCDP's precision 2 is "within about 25 km of a known point"; a wider grid is 5, "larger".
_NEAR_KM = 25.0
To = float | Literal["admin1"]
Coarse = Callable[[Place], Place | None]


def coarsened(events: Sequence[Event], to: To, book: ExportBook) -> tuple[Event, ...]:
    """Return events coarsened to a grid of so many km, or to first-order divisions.

    A place is never made sharper: its area lies inside the new one. A place in no known division keeps its country alone.
    """

    def coarse(place: Place) -> Place | None:
        return on_grid(place, to) if isinstance(to, int | float) else in_division(place, book)

    return tuple(_event(event, coarse, book) for event in events)


def on_grid(place: Place, km: float) -> Place | None:
    """Return the cell of a grid in which a place's centre lies, with a radius that holds the cell and the place.

    Rows are `km` high from the equator, columns as near to `km` wide at the row's middle as a whole number of them
    around the globe allows. The radius is a multiple of `km`, since the old one could tell a town by its size.
    """
    if place.lat is None or place.lon is None:
        return None
    height = km / KM_PER_DEGREE
    lat = max(-90.0, min(90.0, (math.floor(place.lat / height) + 0.5) * height))
    columns = max(1, math.floor(360 * math.cos(math.radians(lat)) / height))
    width = 360 / columns
    lon = (math.floor((place.lon + 180) / width) % columns + 0.5) * width - 180
    cell = math.hypot(km, width * KM_PER_DEGREE * math.cos(math.radians(lat))) / 2
    radius = math.ceil((cell + (place.radius_km or 0.0)) / km) * km
    precision = max(place.precision or 1, 2 if radius <= _NEAR_KM else 5)
    lat, lon = round(lat, 4), round(lon, 4)
    name = f"area of {radius:g} km around {lat:.2f}, {lon:.2f}"
    return Place(
        span=_BLANK,
        name=name,
        country=place.country,
        lat=lat,
        lon=lon,
        radius_km=float(radius),
        precision=precision,
    )


def in_division(place: Place, book: ExportBook) -> Place | None:
    """Return the first-order division that a place is known to lie in, or null if none is known."""
    division, _ = book.divisions_of(place)
    if division is None:
        return None
    return Place(
        span=_BLANK, name=division.name, id=division.id, country=place.country, lat=division.lat, lon=division.lon,
        radius_km=max(division.radius_km, place.radius_km or 0.0), precision=max(place.precision or 4, 4),
    )  # fmt: skip


_BLANK = Span(start=0, end=0, quote="")


def _event(event: Event, coarse: Coarse, book: ExportBook) -> Event:
    place = coarse(event.place) if event.place else None
    entries = tuple(_entry(entry, coarse, book) for entry in event.entries)
    origins = {origin.id: _origin(origin, book) for origin in event.origins}
    return replace(
        event,
        title=_title(event, place),
        place=place,
        entries=entries,
        actors=_names(filler for entry in entries for filler in entry.claim.actors),
        targets=_names(filler for entry in entries for filler in entry.claim.targets),
        origins=tuple(origins.values()),
        counts=tuple(_count(count, origins, book) for count in event.counts),
        ranges=tuple(replace(found, why="") for found in event.ranges),
        contradictions=tuple(replace(found, words="") for found in event.contradictions),
    )


def _title(event: Event, place: Place | None) -> str:
    where = place.name if place else event.country
    if event.earliest and event.latest:
        span = Time(
            span=_BLANK, earliest=event.earliest, latest=event.latest, precision="day", basis="stated"
        )
        return f"{event.type}, {where or 'place not known'}, {time_words(span)}"
    return f"{event.type}, {where or 'place not known'}"


def _names(fillers: Iterable[Filler]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filler.name for filler in fillers if filler.name))


def _entry(entry: Entry, coarse: Coarse, book: ExportBook) -> Entry:
    return replace(
        entry,
        claim=_claim(entry.claim, coarse, book),
        report=_report(entry.report, book),
        agency=_outlet(entry.agency, book),
    )


def _claim(claim: Claim, coarse: Coarse, book: ExportBook) -> Claim:
    return replace(
        claim,
        trigger=_blank(claim.trigger),
        evidence=_blank(claim.evidence),
        actors=tuple(_filler(filler, book) for filler in claim.actors),
        targets=tuple(_filler(filler, book) for filler in claim.targets),
        instruments=(),
        figures=tuple(replace(figure, span=_blank(figure.span), of_span=None) for figure in claim.figures),
        losses=tuple(_loss(loss) for loss in claim.losses),
        place=coarse(claim.place) if claim.place else None,
        time=replace(claim.time, span=_blank(claim.time.span)) if claim.time else None,
        hedges=tuple(_blank(hedge) for hedge in claim.hedges),
        attribution=tuple(_attribution(attribution, book) for attribution in claim.attribution),
        tellings=(),
    )


def _blank(span: Span) -> Span:
    return replace(span, quote="")


def _loss(loss: Loss) -> Loss:
    return replace(loss, span=_blank(loss.span), item="equipment")


def _filler(filler: Filler, book: ExportBook) -> Filler:
    """Keep who it is only as far as the codebook knows the actor or its side."""
    known = book.actors.actors.get(filler.id or "") or book.actors.actors.get(filler.side or "")
    name = known.name if known else filler.side or ""
    return Filler(
        span=_blank(filler.span),
        name=name,
        side=filler.side,
        id=known.id if known and known.id == filler.id else None,
    )


def _attribution(attribution: Attribution, book: ExportBook) -> Attribution:
    source = attribution.source
    kept = _filler(source, book) if source else None
    if kept is not None and not kept.name:
        kept = replace(kept, name="a source")
    cue = _blank(attribution.cue) if attribution.cue else None
    return replace(attribution, source=kept, cue=cue, content=())


def _report(report: Report, book: ExportBook) -> Report:
    return without_text(report, title=None, url=None, publisher=_outlet(report.publisher, book))


def _outlet(name: str | None, book: ExportBook) -> str | None:
    """Keep an outlet or agency that the codebook knows; a local paper tells where it is read."""
    return name if name and book.actors.outlet(name) is not None else None


def _origin(origin: Origin, book: ExportBook) -> Origin:
    name = _outlet(origin.name, book) if origin.kind != "source" else None
    if name is None:
        known = book.actors.actors.get(origin.side or "")
        whose = f" ({known.name if known else origin.side})" if origin.side else ""
        name = f"{'a source' if origin.kind == 'source' else f'an {origin.kind}'}{whose}"
    return replace(origin, id=content_id(origin.id), name=name)


def _count(count: Count, origins: dict[str, Origin], book: ExportBook) -> Count:
    origin = origins.get(count.origin)
    return replace(
        count,
        origin=origin.id if origin else content_id(count.origin),
        source=origin.name if origin else "a source",
        publisher=_outlet(count.publisher, book),
        quote="",
    )
