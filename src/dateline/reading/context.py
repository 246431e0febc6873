"""Pass places and times on inside a report, from the telling that has them to those that speak of the same thing."""

from collections import Counter

from dateline.reading.drafts import Draft
from dateline.reading.locate import PARAGRAPH, REPORT
from dateline.reading.mentions import PlaceMention
from dateline.reading.scene import Scene

FINE = 4


def inherit(drafts: list[Draft], scene: Scene) -> None:
    """Give each draft without a place that of its context: its paragraph's, then the report's own."""
    focus = _focus(drafts, scene)
    last: Draft | None = None
    for draft in drafts:
        if draft.place is None or _large(draft.place):
            source = last if last is not None and last.paragraph(scene) == draft.paragraph(scene) else None
            if source is not None and source.place is not None and not _large(source.place):
                draft.place, draft.place_rank = source.place, PARAGRAPH
            elif focus is not None and draft.place is None:
                draft.place, draft.place_rank = focus, REPORT
        if draft.time is None and last is not None and last.paragraph(scene) == draft.paragraph(scene):
            if last.time is not None and last.real and draft.real:
                draft.time, draft.time_rank = last.time, PARAGRAPH
        if draft.place is not None:
            last = draft


def _large(mention: PlaceMention) -> bool:
    return (mention.place.precision or 5) > FINE


def _focus(drafts: list[Draft], scene: Scene) -> PlaceMention | None:
    """Return the place of the report's first event, where headline or lead give one."""
    for draft in drafts:
        if draft.place is not None and not _large(draft.place) and draft.paragraph(scene) <= 2 and draft.real:
            return draft.place
    return None


def theatre(scene: Scene) -> str | None:
    """Return the one country where a report's events are, from its places, else from the war its sides are in."""
    votes: Counter[str] = Counter()
    for mention in scene.found.places:
        country = mention.place.country
        if country is not None and mention.use == "locative":
            votes[country] += 1 if mention.place.precision == 6 else 3
    ranked = votes.most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] > 2 * ranked[1][1]):
        return ranked[0][0]
    book = scene.kit.actors
    sides = {side for actor in scene.found.actors if (side := actor.filler.side)}
    sides |= {side for token in scene.parse.tokens if (side := scene.demonym_side(token))}
    camps = book.invasion(scene.report.published, sorted(sides), frozenset(votes))
    if camps is not None:
        invaded = camps.a[0] if camps.invader in camps.b else camps.b[0]
        return invaded
    return ranked[0][0] if ranked else None
