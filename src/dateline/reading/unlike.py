"""Tell whether two tellings cannot be of one thing: by their places, days, figures, sides or numbers."""

from math import cos, hypot, radians

from dateline.model.values import Place
from dateline.reading.drafts import Draft
from dateline.reading.mentions import PlaceMention
from dateline.reading.roles import is_verbal
from dateline.reading.scene import Scene
from dateline.reading.tokens import Token

STEM = 5
KM_PER_DEGREE = 111.2


def apart(one: PlaceMention | None, other: PlaceMention | None) -> bool:
    """Whether two places cannot be the same or one within the other."""
    if one is None or other is None or one is other:
        return False
    first, second = one.place, other.place
    if first.name == second.name or (first.geonames is not None and first.geonames == second.geonames):
        return False
    if first.country and second.country and first.country != second.country:
        return True
    one_word, other_word = first.span.quote.split()[0].lower(), second.span.quote.split()[0].lower()
    if one_word[:STEM] == other_word[:STEM] and len(one_word) >= STEM:
        # A town and the district or region named after it.
        return False
    if _far(one, other):
        return True
    fine = 3
    if _sharp(first) <= fine and _sharp(second) <= fine:
        return not _nested(one, other)
    return False


def _sharp(place: Place) -> int:
    """Return a place's precision code, that of the town itself for "towards the town"."""
    return 2 if place.relation == "direction" and place.kind == "settlement" else place.precision or 5


def _far(one: PlaceMention, other: PlaceMention) -> bool:
    """Whether two areas of one country, smaller than it, have no ground in common."""
    first, second = one.place, other.place
    if 6 in (first.precision, second.precision) or not first.radius_km or not second.radius_km:
        return False
    if first.lat is None or first.lon is None or second.lat is None or second.lon is None:
        return False
    north = (first.lat - second.lat) * KM_PER_DEGREE
    east = (first.lon - second.lon) * KM_PER_DEGREE * cos(radians(first.lat))
    return hypot(north, east) > first.radius_km + second.radius_km


def _nested(one: PlaceMention, other: PlaceMention) -> bool:
    first, second = one.place, other.place
    if None in (first.lat, first.lon, second.lat, second.lon):
        return False
    assert first.lat is not None
    assert first.lon is not None
    assert second.lat is not None
    assert second.lon is not None
    reach = max(first.radius_km or 5.0, second.radius_km or 5.0) / 111
    return abs(first.lat - second.lat) < reach and abs(first.lon - second.lon) < reach * 1.6


def counts_apart(known: Draft, draft: Draft, scene: Scene) -> bool:
    """Say whether two event nouns are told with unlike numbers: "4 missile and 5 air strikes, more than 90 attacks"."""
    one, other = (
        {
            child.lower
            for token in scene.parse.tokens[draft.event.first : draft.event.last + 1]
            if not is_verbal(token)
            for child in token.children
            if child.dep == "nummod"
        }
        for draft in (known, draft)
    )
    return bool(one and other and not one & other)


def times_apart(known: Draft, draft: Draft) -> bool:
    """Say whether two tellings are told of times that cannot be the same."""
    if known.time is None or draft.time is None or known.time.time is None or draft.time.time is None:
        return False
    one, other = known.time.time, draft.time.time
    return one.latest < other.earliest or other.latest < one.earliest


def figures_apart(known: Draft, draft: Draft) -> bool:
    """Say whether two tellings give one measure figures whose ranges do not meet."""
    for one in known.figures:
        for other in draft.figures:
            if one.figure.measure == other.figure.measure and (one.figure.low, one.figure.high) != (
                other.figure.low, other.figure.high,
            ):  # fmt: skip
                high_one = one.figure.high if one.figure.high is not None else 10**9
                high_other = other.figure.high if other.figure.high is not None else 10**9
                if high_one < other.figure.low or high_other < one.figure.low:
                    return True
    return False


def sides_apart(one: list[Token], other: list[Token], scene: Scene) -> bool:
    """Say whether the known sides of two groups of words have none in common."""
    first = {side for token in one if (side := scene.side(token))}
    second = {side for token in other if (side := scene.side(token))}
    return bool(first and second and not first & second)


def accused_apart(known: Draft, draft: Draft, scene: Scene) -> bool:
    """Say whether another speaker names who did what the first left open: "the rebels said that the army did it".

    Joined, it would stand as the first speaker's own accusation. Who owns up to it himself may be joined.
    """
    if not known.holding or not draft.holding or known.speaker == draft.speaker:
        return False
    first, second = (
        [agent for agent in one.agents if scene.side(agent) or agent.i in scene.actor_cover]
        for one in (known, draft)
    )
    source = draft.holding[-1].attribution.source
    own = source is not None and any(source.span.start <= one.start < source.span.end for one in second)
    return bool(second) and not first and not own
