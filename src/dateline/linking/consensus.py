"""What most independent origins agree on: the type, the days and the place of an event."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dateline.codebook.names import name_key
from dateline.codebook.places import distance_km
from dateline.linking.independence import counting, origin_of_claims, told_as_fact
from dateline.model.event import Entry, Origin
from dateline.model.values import Place, Time

# Families of types from those that say what was done to those that say what came of it or was said of it.
ACTS = frozenset(("strike", "battle", "civilians", "force", "unrest"))
EFFECTS = frozenset(("civilians.toll", "force.loss", "harm.property", "harm.displacement"))
UNKNOWN_PRECISION = 5  # a place that no gazetteer knows is still less than a country
SLACK_KM = 2.0  # a gazetteer's points of one town differ by as much


def factual(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries that count and tell of something that happened; all that count if none does."""
    kept = counting(entries)
    return tuple(entry for entry in kept if told_as_fact(entry.claim)) or kept


def best_type(entries: Iterable[Entry], found: Sequence[Origin]) -> str:
    """Return the type best supported by independent origins, acts before their effects before words.

    A strike with its toll is the strike. Within the best supported family the best supported specific type goes
    before one that leaves the means open ("strike.other"). Raises ValueError if no entry counts.
    """
    support = _support(((entry, entry.claim.type) for entry in factual(entries)), found)
    if not support:
        raise ValueError("no entry counts: an event needs a claim that nobody rejected")
    rank = min(_rank(kind) for kind in support)
    acts = {kind: who for kind, who in support.items() if _rank(kind) == rank}
    families: dict[str, set[str]] = defaultdict(set)
    for kind, who in acts.items():
        families[kind.split(".")[0]] |= who
    family = min(families, key=lambda one: (-len(families[one]), one))
    kinds = [kind for kind in acts if kind.split(".")[0] == family]
    specific = [kind for kind in kinds if not kind.endswith(".other")] or kinds
    return min(specific, key=lambda kind: (-len(acts[kind]), kind))


def _rank(kind: str) -> int:
    if kind in EFFECTS:
        return 1
    return 0 if kind.split(".")[0] in ACTS else 2


def best_time(entries: Iterable[Entry], found: Sequence[Origin]) -> Time | None:
    """Return the narrowest time told that most independent origins are consistent with; null if none is told.

    Two times are consistent if they share a day. It is a time as some report told it, never a sharper one.
    """
    told = [(entry, entry.claim.time) for entry in factual(entries) if entry.claim.time is not None]
    by_claim = origin_of_claims(found)
    spans: dict[tuple[date, date], set[str]] = defaultdict(set)
    for entry, time in told:
        spans[time.earliest, time.latest].add(by_claim[entry.claim.id].id)
    if not spans:
        return None

    def order(span: tuple[date, date]) -> tuple[int, int, int, date]:
        fit = {who for other, all_of in spans.items() if share_days(span, other) for who in all_of}
        return -len(fit), (span[1] - span[0]).days, -len(spans[span]), span[0]

    best = min(spans, key=order)
    return next(time for _, time in told if (time.earliest, time.latest) == best)


def share_days(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Say whether two intervals of days, ends included, overlap."""
    return one[0] <= other[1] and other[0] <= one[1]


def best_place(entries: Iterable[Entry], found: Sequence[Origin]) -> Place | None:
    """Return the narrowest place told that most independent origins are consistent with; null if none is told.

    Two places are consistent if their areas overlap; a place of no known point only with its namesake and with whole
    divisions and countries. It is a place as some report told it, never a sharper one.
    """
    told = [(entry, entry.claim.place) for entry in factual(entries) if entry.claim.place is not None]
    by_claim = origin_of_claims(found)
    stated = [row for row in told if row[1].basis == "stated"]
    places: dict[tuple[str, str], tuple[Place, set[str]]] = {}
    for entry, place in stated or told:
        key = (place.name, place.relation or "")
        places.setdefault(key, (place, set()))[1].add(by_claim[entry.claim.id].id)
    if not places:
        return None

    def order(key: tuple[str, str]) -> tuple[int, int, float, int, tuple[str, str]]:
        place, own = places[key]
        fit = {who for other, all_of in places.values() if compatible(place, other) for who in all_of}
        return -len(fit), place.precision or UNKNOWN_PRECISION, place.radius_km or 1e6, -len(own), key

    return places[min(places, key=order)][0]


def compatible(one: Place, other: Place) -> bool:
    """Say whether two places may be one."""
    if name_key(one.name) == name_key(other.name):
        return True
    if between_km(one, other) is not None:
        return not apart(one, other)
    return max(one.precision or 0, other.precision or 0) >= 4


def apart(one: Place, other: Place) -> bool:
    """Say whether the areas of two places cannot overlap; false where either is not known well enough."""
    distance = between_km(one, other)
    if distance is None:
        return False
    if (one.precision or 9) >= 6 or (other.precision or 9) >= 6:
        return bool(one.country and other.country and one.country != other.country)
    return distance > (one.radius_km or 0.0) + (other.radius_km or 0.0) + SLACK_KM


def between_km(one: Place, other: Place) -> float | None:
    """Return the distance of two places' points in km; null without points."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return distance_km(one.lat, one.lon, other.lat, other.lon)


def best_country(entries: Iterable[Entry], found: Sequence[Origin]) -> str | None:
    """Return the country that most independent origins place it in, null if none is told."""
    rows = ((entry, entry.claim.country) for entry in factual(entries) if entry.claim.country)
    support = _support(rows, found)
    return min(support, key=lambda one: (-len(support[one]), one)) if support else None


def best_names(names: Iterable[tuple[Entry, str]], found: Sequence[Origin]) -> tuple[str, ...]:
    """Return names in order of the independent origins that tell them."""
    rows = list(names)
    support = _support(rows, found)
    often = Counter(name for _, name in rows)
    return tuple(sorted(support, key=lambda one: (-len(support[one]), -often[one], one)))


def _support(rows: Iterable[tuple[Entry, str | None]], found: Sequence[Origin]) -> Mapping[str, set[str]]:
    by_claim = origin_of_claims(found)
    support: dict[str, set[str]] = defaultdict(set)
    for entry, value in rows:
        if value:
            support[value].add(by_claim[entry.claim.id].id)
    return support
