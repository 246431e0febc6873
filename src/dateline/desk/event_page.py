"""The page of one event: what is said field by field, figures, origins, contradictions, and why its claims are one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from dateline.desk.call import Person
from dateline.desk.deciding import new_key, seen_of
from dateline.desk.desk import Desk
from dateline.desk.event_fields import MANY, FieldSaid, fields_said
from dateline.desk.event_figures import Chart, MeasureSaid, chart_of, measures_said
from dateline.desk.event_joins import DecisionMade, Joins, Neighbour, decisions_on, joins_of, neighbours_of
from dateline.desk.event_places import bounds_of
from dateline.desk.kinds import TypeSaid, type_said
from dateline.desk.quoted import ClaimSaid, claim_said
from dateline.model.event import Contradiction, Event, OriginKind, Range, ReviewState, Stance
from dateline.model.values import Measure, Place

# How many origins the page holds at first, and claims and copies of each; of an event of many claims the second.
ORIGINS = ((100, 10), (100, 2), (100, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginSaid:
    """An independent origin of an event's claims, as the model's `Origin`; with the days it told it on.

    `claims` are in the order told, without `copies`, the claims of reports that only copy another of this origin.
    """

    id: str
    name: str
    kind: OriginKind
    side: str | None
    stance: Stance
    claims: tuple[str, ...]
    copies: tuple[str, ...]
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """An event, derived anew from its claims, with what a person needs to check it.

    `id`, `title`, `state`, `pinned`, `earliest`, `latest`, `place`, `country`, `actors`, `targets` are those of the
    event; `bounds` are those of a map of the place (west, south, east, north in degrees), null where it has no point.
    `agreeing` counts the independent origins that say it happened, `reports` the reports (copies included),
    `told_first` and `told_last` the days on which it was told. `toll` is the best known figure of each measure by
    UCDP's rule. `fields` says each field with all its values, `claims` cites every claim by id, `rejected` are those
    a person rejected. `measures` are the figures, `contradictions` what cannot both be true, `origins` where it all
    comes from. `joins` says why the claims are one, `neighbours` which events may be the same, `decisions` what
    people decided about it. `seen` is what was known of that, as JSON for the forms ({"decisions": [ids, oldest
    first]}), `key` what makes a form one. `whole` names the parts that are sent whole.
    """

    id: str
    title: str
    type: TypeSaid
    state: ReviewState
    pinned: bool
    earliest: date | None
    latest: date | None
    place: Place | None
    bounds: tuple[float, ...] | None
    country: str | None
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    agreeing: int
    reports: int
    told_first: date
    told_last: date
    toll: tuple[Range, ...]
    fields: tuple[FieldSaid, ...]
    measures: tuple[MeasureSaid, ...]
    contradictions: tuple[Contradiction, ...]
    origins: tuple[OriginSaid, ...]
    claims: Mapping[str, ClaimSaid]
    rejected: tuple[str, ...]
    joins: Joins
    neighbours: tuple[Neighbour, ...]
    decisions: tuple[DecisionMade, ...]
    whole: frozenset[str]
    seen: str
    key: str

    @property
    def many(self) -> bool:
        """Whether it has so many claims that the page holds a part of them at first."""
        return len(self.claims) > MANY

    def first(self, part: str, most: int, of_many: int) -> int | None:
        """Return how many of a list the page holds at first, null for all, as where somebody asked for the part."""
        return None if part in self.whole else of_many if self.many else most

    def cited(self) -> frozenset[str]:
        """Return the claims that the page holds with their words in the list of origins, or as rejected."""
        origins, claims, copies = (self.first("origins", *limits) for limits in ORIGINS)
        return frozenset(self.rejected).union(
            *((*one.claims[:claims], *one.copies[:copies]) for one in self.origins[:origins])
        )


def event_page(
    desk: Desk, name: str, *, whole: frozenset[str] = frozenset(), person: Person | None = None
) -> EventPage:
    """Return the page of an event by its id; raises StoreError if there is none.

    In the fields that `whole` names all claims are cited, else of each value the first of every origin. For a person,
    without decisions of others that they may not see yet.
    """
    # A form that is sent twice is one; each person gets a key of their own with the page.
    unseen = desk.unseen_by(person) if person else frozenset[str]()
    key = (name, whole, unseen, desk.mark())
    page: EventPage = desk.event_pages.get(key, lambda: _page(desk, name, whole, person))
    return replace(page, key=new_key())


def _page(desk: Desk, name: str, whole: frozenset[str], person: Person | None) -> EventPage:
    with desk.events(person) as events:
        event = events.event(name)
        joins, neighbours = joins_of(events, event), neighbours_of(events, event)
        fields = fields_said(event, events.books, whole=whole)
        decisions = events.decisions
    origin_of = {claim: origin for origin in event.origins for claim in origin.claims}
    made = decisions_on(event, decisions)
    claims = {entry.claim.id: claim_said(entry, origin_of.get(entry.claim.id)) for entry in event.entries}
    return EventPage(
        id=event.id, title=event.title, type=type_said(event.type), state=event.state, pinned=event.pinned,
        earliest=event.earliest, latest=event.latest, place=event.place,
        bounds=tuple(bounds_of(event.place)) if event.place and event.place.lat is not None else None,
        country=event.country,
        actors=event.actors, targets=event.targets,
        agreeing=sum(origin.stance in ("says", "both") for origin in event.origins),
        reports=len({entry.report.id for entry in event.entries}),
        told_first=event.entries[0].told, told_last=event.entries[-1].told, toll=_toll(event), fields=fields,
        measures=measures_said(event), contradictions=event.contradictions, origins=_origins(event, claims),
        claims=claims,
        rejected=tuple(entry.claim.id for entry in event.entries if entry.state == "rejected"), joins=joins,
        neighbours=neighbours, decisions=made, whole=whole,
        seen=seen_of(decisions, claims), key=new_key(),
    )  # fmt: skip


def event_chart(desk: Desk, name: str, measure: Measure, *, person: Person | None = None) -> Chart:
    """Return the figures of a measure of an event as series; raises StoreError if there is no such event."""
    with desk.events(person) as events:
        return chart_of(events.event(name), measure)


def _toll(event: Event) -> tuple[Range, ...]:
    """Return one range of each measure by UCDP's rule: that of all people, else of the kinds told."""
    found: list[Range] = []
    for measure in dict.fromkeys(one.measure for one in event.ranges):
        rows = [one for one in event.ranges if one.measure == measure and one.rule == "ucdp"]
        found += [one for one in rows if one.of == "people"] or rows
    return tuple(found)


def _origins(event: Event, claims: Mapping[str, ClaimSaid]) -> tuple[OriginSaid, ...]:
    return tuple(
        OriginSaid(
            id=origin.id, name=origin.name, kind=origin.kind, side=origin.side, stance=origin.stance,
            claims=tuple(claim for claim in origin.claims if claim not in origin.copies), copies=origin.copies,
            first=min(claims[claim].told for claim in origin.claims),
            last=max(claims[claim].told for claim in origin.claims),
        )
        for origin in event.origins
    )  # fmt: skip
