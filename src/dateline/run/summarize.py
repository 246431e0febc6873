"""Make the summary of an event, and tell how each of its origins stands beside the others."""

from datetime import date

from dateline.export.areas import is_point, reach_km
from dateline.export.summary import MEASURES, certainty_of, range_of, reality_of
from dateline.linking.independence import corroborating, told_as_fact
from dateline.model.event import Event, Origin
from dateline.model.summary import OriginSummary, Summary, Toll
from dateline.store.summaries import Joined, Short


def summarize(event: Event, joined: Joined) -> Short:
    """Return the summary of an event with those of its origins."""
    place = event.place
    told = [entry.told for entry in event.entries]
    summary = Summary(
        id=event.id, type=event.type, title=event.title, state=event.state, pinned=event.pinned, told=joined.told,
        episodes=joined.episodes, earliest=event.earliest, latest=event.latest, told_first=min(told),
        told_last=max(told), country=event.country, place=place.name if place else None, places=_places(event),
        lat=place.lat if place else None, lon=place.lon if place else None,
        radius_km=reach_km(place) if place else None, precision=place.precision if place else None,
        point=place is not None and place.lat is not None and place.lon is not None and is_point(place),
        actors=event.actors, targets=event.targets, actor_sides=event.actor_sides, target_sides=event.target_sides,
        certainty=certainty_of(event), reality=reality_of(event), claims=len(event.entries),
        reports=len({entry.report.id for entry in event.entries}), steps=joined.steps, origins=len(event.origins),
        corroborated_by=len(corroborating(event.origins)), origin_ids=tuple(one.id for one in event.origins),
        origin_names=tuple(one.name for one in event.origins),
        publishers=tuple(sorted({entry.report.publisher for entry in event.entries if entry.report.publisher})),
        contradictions=tuple(sorted({one.kind for one in event.contradictions})), growing=event.growing,
        tolls={
            measure: Toll(of=found.of, low=found.low, best=found.best, high=found.high)
            for measure in MEASURES
            if (found := range_of(event, measure, "ucdp")) is not None
        },
    )  # fmt: skip
    return Short(summary=summary, origins=origins_of_event(event))


def _places(event: Event) -> tuple[str, ...]:
    """Return the names by which claims place an event, as `run.events.at_place` compares them."""
    places = [event.place, *(entry.claim.place for entry in event.entries)]
    names = {name.casefold() for place in places if place for name in (place.name, place.span.quote)}
    return tuple(sorted(names))


def origins_of_event(event: Event) -> tuple[OriginSummary, ...]:
    """Return how each origin of an event stands beside the others."""
    told = {entry.claim.id: entry.told for entry in event.entries}
    saying = _first_said(event)
    found: list[OriginSummary] = []
    for origin in event.origins:
        own = set(origin.claims)
        said = saying.get(origin.id)
        others = [day for key, day in saying.items() if key != origin.id] if said is not None else []
        against = [
            (one.kind, told[one.left], told[one.right]) if one.left in own else (one.kind, told[one.right], told[one.left])
            for one in event.contradictions
            if (one.left in own) != (one.right in own)
        ]  # fmt: skip
        days = [told[claim] for claim in origin.claims]
        found.append(
            OriginSummary(
                event=event.id, id=origin.id, name=origin.name, kind=origin.kind, side=origin.side, stance=origin.stance,
                claims=len(origin.claims), copies=len(origin.copies), told_first=min(days), told_last=max(days),
                confirmed=bool(others), confirmed_later=said is not None and any(day > said for day in others),
                contradicted=tuple(sorted({kind for kind, _, _ in against})),
                contradicted_later=any(other > mine for _, mine, other in against),
            )
        )  # fmt: skip
    return tuple(found)


def _first_said(event: Event) -> dict[str, date]:
    """Return the day on which each origin that says that it happened first said so."""
    facts = {
        entry.claim.id: entry.told
        for entry in event.entries
        if entry.state != "rejected" and told_as_fact(entry.claim)
    }

    def first(origin: Origin) -> date:
        return min(facts[claim] for claim in origin.claims if claim in facts)

    return {origin.id: first(origin) for origin in corroborating(event.origins)}
