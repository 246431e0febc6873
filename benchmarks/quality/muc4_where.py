"""Choose the places of an incident's location slot among those that a message names."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from benchmarks.quality.muc4_evidence import Features, word_of
from benchmarks.quality.muc4_incidents import Incident, country_of
from benchmarks.quality.muc4_model import Models
from benchmarks.quality.muc4_phrases import tables
from benchmarks.quality.muc4_scene import Scene
from benchmarks.quality.muc4_settings import country_name, plain
from dateline.codebook.places import place_books
from dateline.model.reading import Mention

# Words beside a name that say what kind of place it is, with MUC-4's word for it, the wider before the narrower.
_SORTS = {
    "department": "DEPARTMENT", "province": "PROVINCE", "region": "REGION", "state": "DEPARTMENT",
    "municipality": "MUNICIPALITY", "city": "CITY", "town": "TOWN", "village": "TOWN", "port": "CITY",
    "neighborhood": "NEIGHBORHOOD", "district": "NEIGHBORHOOD", "suburb": "NEIGHBORHOOD", "colony": "NEIGHBORHOOD",
    "university": "UNIVERSITY", "farm": "FARM", "highway": "HIGHWAY", "airport": "AIRPORT",
}  # fmt: skip
# Words that point to a place named elsewhere.
_POINTERS = frozenset(
    (
        "there",
        "here",
        "capital",
        "area",
        "zone",
        "country",
        "home",
        "border",
        "north",
        "south",
        "east",
        "west",
    )
)
LEAST = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place that a message names: its first word in capitals and without accents, its sort, its mention."""

    name: str
    sort: str
    mention: Mention


def places_of(scene: Scene) -> list[Where]:
    """Return the places named that are no countries, in text order."""
    found = []
    for mention in scene.reading.mentions:
        if mention.kind != "place" or mention.value.get("precision") in (6, 7):
            continue
        words = plain(" ".join(mention.span.quote.split())).split()
        sort = ""
        while len(words) > 1 and words[-1].lower() in _SORTS:
            sort = _SORTS[words.pop().lower()]
        name = " ".join(words)
        if name.lower() in _POINTERS or name.lower() in _SORTS:
            continue
        if name in _country_names():
            # "Guatemala City" is a town, Guatemala none.
            if scene.parse.text[mention.span.end : mention.span.end + 5].upper() != " CITY":
                continue
            name, sort = f"{name} CITY", "CITY"
        found.append(Where(name=name, sort=sort or _sort(scene, mention), mention=mention))
    return found


@cache
def _country_names() -> frozenset[str]:
    return frozenset(name for names in tables()["countries"].values() for name in names)


def land_of(scene: Scene) -> str | None:
    """Return the country of MUC-4's that a message tells most of, by its places and by nationalities."""
    counts: Counter[str] = Counter()
    for mention in scene.reading.mentions:
        if mention.kind == "place" and mention.value.get("country"):
            counts[mention.value["country"]] += 1
    demonyms = place_books().demonyms
    for token in scene.parse.tokens:
        if token.lower in demonyms:
            counts[demonyms[token.lower]] += 1
    within = {iso: count for iso, count in counts.items() if iso in tables()["countries"]}
    return max(within, key=lambda iso: (within[iso], iso)) if within else None


def country_in(scene: Scene, incident: Incident) -> str | None:
    """Return the country of an incident, one of MUC-4's where any is told."""
    land = land_of(scene)
    told = (country_of(claim, land) for claim in incident.claims)
    return next((iso for iso in told if iso in tables()["countries"]), land)


def _sort(scene: Scene, mention: Mention) -> str:
    after = scene.parse.text[mention.span.end : mention.span.end + 16].split()
    before = scene.parse.text[max(0, mention.span.start - 24) : mention.span.start].lower().split()
    if after and after[0].lower().strip(".,;") in _SORTS:
        return _SORTS[after[0].lower().strip(".,;")]
    if before[-1:] == ["of"] and len(before) > 1 and before[-2] in _SORTS:
        return _SORTS[before[-2]]
    level = mention.value.get("precision")
    if level == 4:
        return tables()["divisions"].get(mention.value.get("country") or "", ("DEPARTMENT",))[0]
    return "MUNICIPALITY" if level == 3 else "CITY"


def place_features(scene: Scene, incident: Incident, where: Where, places: Sequence[Where]) -> Features:
    """Return what speaks for an incident's having happened at a place."""
    span, value = where.mention.span, where.mention.value
    names = {f"sort={where.sort}", f"level={value.get('precision')}", f"use={value.get('use')}"}
    names.add(f"relation={value.get('relation')}")
    tokens = scene.parse.tokens
    at = next((token for token in tokens if token.end > span.start), None)
    if at is not None:
        names.add(f"before={word_of(tokens[at.i - 1]) if at.i else 'start'}")
        names.add(f"before={word_of(tokens[at.i - 1]) if at.i else 'start'}|{where.sort}")
        names.add(f"head={word_of(at.head)}")
        names.add(f"dep={at.dep}")
    apart = 10_000
    within = False
    for claim in incident.claims:
        if claim.place is not None:
            same = claim.place.span.start < span.end and span.start < claim.place.span.end
            if same:
                names.add(f"of claim|{claim.place.basis}")
            elif plain(claim.place.span.quote) == where.name:
                names.add("named of claim")
            else:
                names.add("claim elsewhere")
        within = within or claim.evidence.start <= span.start < claim.evidence.end
        apart = min(apart, abs(claim.trigger.start - span.start))
    names.add(f"within={within}")
    names.add(f"within={within}|{where.sort}")
    names.add(f"apart={next(step for step in (40, 80, 160, 320, 640, 1500, 10_000) if apart <= step)}")
    names.add(f"opens={span.start < 40}")
    first = next((one for one in places if one.mention.span.start >= 40), None)
    names.add(f"first={first is where}")
    names.add(f"many={min(5, len({one.name for one in places}))}")
    names.add(f"times={min(4, sum(one.name == where.name for one in places))}")
    names.add(f"country={country_of(incident.claims[0], None) == value.get('country')}")
    nearest = min(
        places,
        key=lambda one: min(abs(one.mention.span.start - claim.trigger.start) for claim in incident.claims),
    )
    names.add(f"nearest={nearest.name == where.name}")
    names.add(f"kind={incident.kind}")
    return {**dict.fromkeys(names, 1.0), "bias": 1.0}


def places_near(scene: Scene, incident: Incident) -> list[Where]:
    """Return the places named that lie in an incident's country, or nobody knows where."""
    iso = country_in(scene, incident)
    return [one for one in places_of(scene) if one.mention.value.get("country") in (iso, None)]


def location_told(scene: Scene, incident: Incident, models: Models) -> str:
    """Return the location slot: the country, and the likely places from the widest to the narrowest."""
    places = places_near(scene, incident)
    scored: dict[str, tuple[float, Where]] = {}
    for where in places:
        odds = models["place"].odds(place_features(scene, incident, where, places))["place"]
        if odds > scored.get(where.name, (LEAST, where))[0]:
            scored[where.name] = (odds, where)
    iso = country_in(scene, incident)
    country = tables()["countries"].get(iso or "", ("",))[0] or country_name(iso)
    best: dict[int, tuple[float, Where]] = {}
    for odds, where in scored.values():
        rank = _rank(where)
        if odds > best.get(rank, (0.0, where))[0]:
            best[rank] = (odds, where)
    path = [f"{where.name} ({where.sort})" for _, (_, where) in sorted(best.items(), key=lambda one: one[0])]
    return ": ".join([country, *path])


def _rank(where: Where) -> int:
    sort = where.sort
    if sort in ("DEPARTMENT", "PROVINCE", "REGION"):
        return 0
    return {"MUNICIPALITY": 1, "CITY": 2, "TOWN": 2, "NEIGHBORHOOD": 3}.get(sort, 4)
