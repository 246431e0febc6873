"""Places: find the names of places in a report, choose what each means, and say how precisely it locates."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from dateline.codebook.names import name_key
from dateline.codebook.places import WATER_KINDS, Entry, PlaceBooks
from dateline.model.text import span_at
from dateline.model.values import Place
from dateline.reading.mentions import Layout, PlaceMention
from dateline.reading.places_definite import find_definite
from dateline.reading.places_relation import Relation, relation_of, use_of
from dateline.reading.places_resolve import (
    Evidence,
    country_evidence,
    outlet_country,
    resolve,
    set_aside_strays,
)
from dateline.reading.places_spot import Toponym, is_name, spot
from dateline.reading.places_told import SURE, tell
from dateline.reading.places_unknown import country_of, find_unknown, mend
from dateline.reading.places_weigh import weigh
from dateline.reading.places_words import DIRECTIONS, LOCATIVE, TITLES, word_set
from dateline.reading.tokens import Parse

FACILITY_KINDS = frozenset(
    (
        "airport",
        "airbase",
        "base",
        "port",
        "plant",
        "building",
        "station",
        "prison",
        "bridge",
        "dam",
        "crossing",
        "camp",
        "mine",
        "tunnel",
    )
)
NEAR_KM = 25.0
# A river or a national park is no point.
WIDE_KM = 20.0
SPEAKING = word_set("say tell speak announce add warn reporter press conference briefing")
TOWN_KINDS = frozenset(("settlement", "town_area"))
SHARED_RELATIONS = frozenset(("near", "around", "outskirts", "direction"))
_DATELINE = re.compile(
    r"\s*[^\W\d_][^\d,(—–]{1,40}(?:,\s*(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))[^\d,(—–]{1,30})?"
)
_ALONE = Relation(kind=None, first=0)


def find_places(
    parse: Parse, layout: Layout, books: PlaceBooks, *, publisher: str | None = None, demonyms: bool = False,
    told: Sequence[tuple[int, int]] = (),
) -> tuple[PlaceMention, ...]:  # fmt: skip
    """Return the mentions of places in a report, in order; needs parse and layout.

    `publisher` is a weak hint on the country; with `demonyms`, "Syrian" and such are mentions too. `told` are spans
    (half-open offsets) known beforehand to name places: each is a mention, with a point if a gazetteer has its name.
    """
    toponyms = spot(parse, books, demonyms=demonyms)
    sure: list[Toponym] = []
    if told:
        toponyms, sure = tell(toponyms, told, parse, books)
    nameless = [toponym for toponym in sure if not toponym.entries]
    toponyms = [toponym for toponym in toponyms if toponym.entries]
    surnames = _surnames(parse, books, toponyms)
    weigh(toponyms, parse, books, surnames)
    for toponym in sure:
        toponym.score = SURE
    _join_lists(toponyms, parse)
    unknown = find_unknown(parse, toponyms + nameless, books, surnames)
    evidence = country_evidence(toponyms, parse, books, publisher)
    datelines = dateline_places(layout, books, publisher=publisher)
    for place in datelines:
        if place.country:
            evidence[place.country] += 1.5
    resolve(toponyms, parse, books, evidence)
    homes = {place.country for place in datelines} | {outlet_country(publisher, books)}
    accepted = [toponym for toponym in toponyms if toponym.score >= 1.0]
    set_aside_strays(accepted, parse, books, evidence, frozenset(iso for iso in homes if iso))
    people = books.words["first"] | books.words["last"]
    unknown += [toponym for toponym in toponyms if toponym.unknown and toponym.key not in people]
    unknown += nameless
    known = [toponym for toponym in toponyms if toponym.score >= 1.0 and toponym.chosen is not None]
    lean = _countries_meant(known, evidence)
    mentions = [
        _mention(toponym, parse, books, toponym.chosen, lean)
        for toponym in known
        if toponym.chosen is not None
    ]
    for toponym in unknown:
        country = country_of(toponym, parse, known, lean)
        entry = mend(toponym, books, country)
        toponym.chosen = entry
        mentions.append(_mention(toponym, parse, books, entry, lean, country=country))
    definite = find_definite(parse, known + unknown, books, _scene(mentions, datelines, parse))
    mentions += [_mention(toponym, parse, books, entry, lean, definite=True) for toponym, entry in definite]
    mentions.sort(key=lambda mention: (mention.first, mention.last))
    return tuple(_share_relations(mentions, parse))


def _scene(mentions: list[PlaceMention], datelines: tuple[Place, ...], parse: Parse) -> list[tuple[int, str]]:
    """Return the countries where things are, with the token that says so; where one speaks is no scene."""
    found = [(0, place.country) for place in datelines if place.country]
    for mention in mentions:
        country = mention.place.country
        if mention.use != "locative" or country is None or mention.place.kind == "continent":
            continue
        governor = parse.tokens[mention.last].head
        if governor.dep == "prep" and governor.head.lemma in SPEAKING:
            continue
        found.append((mention.first, country))
    return sorted(found)


def _share_relations(mentions: list[PlaceMention], parse: Parse) -> list[PlaceMention]:
    """Carry the relation of the first name of a list to the others: "near A, B and C"."""
    shared: list[PlaceMention] = []
    for number, mention in enumerate(mentions):
        mention = _share_direction(mention, mentions[number + 1 : number + 5], parse)
        before = shared[-1] if shared else None
        relation = before.place.relation if before is not None else None
        if before is not None and relation in SHARED_RELATIONS and mention.place.relation is None:
            between = [token.lower for token in parse.tokens[before.last + 1 : mention.first]]
            listed = bool(between) and all(word in (",", "and", "or") for word in between)
            kind = mention.place.kind or ""
            if listed and kind not in ("country", "admin1", "continent") and mention.place.lat is not None:
                precision, radius = _precision(
                    kind, mention.place.radius_km or 0.0, Relation(kind=relation, first=mention.first)
                )
                place = replace(mention.place, relation=relation, precision=precision, radius_km=radius)
                mention = replace(mention, place=place)
        shared.append(mention)
    return shared


def _share_direction(mention: PlaceMention, following: list[PlaceMention], parse: Parse) -> PlaceMention:
    """Carry "directions" back to the names before it: "in the A, B and C directions"."""
    here = mention
    for there in following:
        between = [token.lower for token in parse.tokens[here.last + 1 : there.first]]
        if not between or any(word not in (",", "and", "or") for word in between):
            break
        after = parse.tokens[there.last + 1].lower if there.last + 1 < len(parse.tokens) else ""
        if (
            after in ("directions", "axes")
            and mention.place.lat is not None
            and mention.place.relation is None
        ):
            relation = Relation(kind="direction", first=mention.first)
            precision, radius = _precision(mention.place.kind or "", mention.place.radius_km or 0.0, relation)
            place = replace(mention.place, relation="direction", precision=precision, radius_km=radius)
            return replace(mention, place=place, use="locative")
        here = there
    return mention


def _surnames(parse: Parse, books: PlaceBooks, toponyms: list[Toponym]) -> frozenset[str]:
    """Return the last words of the people's names in a report: names after a given name or a title, and those
    the statistical reader takes for people with more than one word."""
    tokens = parse.tokens
    given, titles = books.words["first"], TITLES
    surnames: set[str] = set()
    for here, there in pairwise(tokens):
        if not (is_name(here) and is_name(there)) or here.sent != there.sent or there.start - here.end > 1:
            continue
        word = here.lower
        if word in LOCATIVE or word in DIRECTIONS:
            continue
        person = here.ent == "PERSON" and there.ent == "PERSON"
        if there.pos == "PROPN" and (
            person or (word in given and here.pos == "PROPN") or (word in titles and there.ent == "PERSON")
        ):
            key = name_key(there.text)
            if key and not any(
                entry.edited and entry.kind == "country" for entry in books.entries.get(key, ())
            ):
                surnames.add(key)
    # A name that stands after a place word somewhere is a place there too: leave it to its own evidence.
    return frozenset(surnames)


def _join_lists(toponyms: list[Toponym], parse: Parse) -> None:
    """Lift names that stand in a list with accepted ones ("in A, B and C"), and those accepted elsewhere."""
    tokens = parse.tokens
    for here, there in pairwise(toponyms):
        between = [token.lower for token in tokens[here.last + 1 : there.first]]
        if tokens[here.first].sent != tokens[there.first].sent or not between or len(between) > 3:
            continue
        if all(word in (",", "and", "or", "the", "/", "-") for word in between):
            best = max(here.score, there.score)
            if best >= 2.0:
                here.score += 0.7 if here.score < best else 0
                there.score += 0.7 if there.score < best else 0
    best_by_key: dict[str, float] = {}
    for toponym in toponyms:
        best_by_key[toponym.key] = max(best_by_key.get(toponym.key, -9.0), toponym.score)
    for toponym in toponyms:
        if toponym.score < 1.0 <= best_by_key[toponym.key] - 1.5 and toponym.score > -1.0:
            toponym.score = 1.0
    _plural_classes(toponyms, parse)


def _plural_classes(toponyms: list[Toponym], parse: Parse) -> None:
    """Carry the class of "A, B and C regions" back to A and B."""
    tokens = parse.tokens
    for place in range(len(toponyms) - 1, 0, -1):
        there, here = toponyms[place], toponyms[place - 1]
        between = [token.lower for token in tokens[here.last + 1 : there.first]]
        if here.wants is not None or there.wants not in ("admin1", "admin2") or not between:
            continue
        if there.name_last + 1 >= len(tokens) or not all(
            word in (",", "and", "or", "the") for word in between
        ):
            continue
        after = tokens[there.name_last + 1].lower
        if (
            after.endswith("s")
            and after[:-1] in ("region", "oblast", "province", "district", "governorate", "state")
        ) or there.within == "list":
            here.wants = there.wants
            here.score += 2.0
            here.within = there.within = "list"
    for toponym in toponyms:
        if toponym.within == "list":
            toponym.within = None


def dateline_places(layout: Layout, books: PlaceBooks, *, publisher: str | None = None) -> tuple[Place, ...]:
    """Return the place of each dateline ("GOMA, Congo, March 2 (Agency) —"), whose words are not parsed.

    A town that several countries know is the largest, unless the dateline names its country or division.
    """
    found: list[Place] = []
    for paragraph in layout.paragraphs:
        if paragraph.kind != "dateline":
            continue
        match = _DATELINE.match(layout.text[paragraph.start : paragraph.end])
        if match is None:
            continue
        town, _, rest = match[0].partition(",")
        entry = _datelined(town.strip(), rest.strip(" ,(—–-"), books, outlet_country(publisher, books))
        if entry is not None:
            start = paragraph.start + match.start() + len(town) - len(town.lstrip())
            found.append(
                Place(
                    span=span_at(layout.text, start, start + len(town.strip())),
                    name=entry.name,
                    geonames=entry.geonames,
                    id=entry.id,
                    country=entry.country,
                    lat=entry.lat,
                    lon=entry.lon,
                    radius_km=entry.radius_km,
                    precision=_precision(entry.kind, entry.radius_km, _ALONE)[0],
                    kind=entry.kind,
                )
            )
    return tuple(found)


def _datelined(town: str, rest: str, books: PlaceBooks, home: str | None) -> Entry | None:
    entries = [entry for entry in books.find(name_key(town)) if entry.bare]
    if not entries or name_key(town) in books.words["never"]:
        return None
    shortened = books.abbreviations.get(rest)
    around = (shortened,) if shortened else books.find(name_key(rest)) if rest else ()
    divisions = {entry.admin1 for entry in around if entry.kind == "admin1"}
    countries = {entry.country for entry in around if entry.kind == "country"}

    def fit(entry: Entry) -> tuple[bool, bool, bool, bool, int, str]:
        known = (entry.admin1 in divisions and entry.kind != "admin1", entry.country in countries)
        return (*known, entry.edited, entry.country == home, entry.population, entry.id)

    return max(entries, key=fit)


def _countries_meant(known: list[Toponym], evidence: Evidence) -> Evidence:
    """Count countries again, now by what the names were resolved to."""
    lean: Evidence = defaultdict(float)
    for iso, count in evidence.items():
        lean[iso] = count * 0.5
    for toponym in known:
        if toponym.chosen is not None and toponym.chosen.country:
            lean[toponym.chosen.country] += 0.5 if toponym.chosen.kind == "country" else 1.0
    return lean


def _mention(
    toponym: Toponym, parse: Parse, books: PlaceBooks, entry: Entry | None, lean: Evidence, *,
    country: str | None = None, definite: bool = False,
) -> PlaceMention:  # fmt: skip
    relation = relation_of(toponym, parse)
    capital = (
        entry is not None and entry.country is not None and entry.name == books.capitals.get(entry.country)
    )
    of_state = entry is not None and (entry.kind == "country" or capital) and not definite
    place = _place(toponym, parse, entry, relation, country)
    return PlaceMention(
        first=toponym.first, last=toponym.last, whole_first=min(relation.first, toponym.first),
        whole_last=toponym.last,
        place=place, use=use_of(toponym, parse, relation, of_state=of_state),
    )  # fmt: skip


def _place(
    toponym: Toponym, parse: Parse, entry: Entry | None, relation: Relation, country: str | None
) -> Place:
    span = parse.span(toponym.first, toponym.last)
    related = parse.span(relation.first, toponym.first - 1) if relation.first < toponym.first else None
    if entry is None:
        kind = "settlement" if toponym.wants is None else toponym.wants
        precision = {"admin1": 4, "admin2": 3}.get(kind, 6 if country else None)
        return Place(
            span=span, name=span.quote, country=country, precision=precision, relation=relation.kind,
            distance_km=relation.distance_km, relation_span=related if relation.kind else None, kind=kind,
        )  # fmt: skip
    kind, name, radius = entry.kind, entry.name, entry.radius_km
    geonames: int | None = entry.geonames
    if kind == "settlement" and toponym.wants in FACILITY_KINDS:
        kind, name, radius, geonames = (
            toponym.wants,
            f"{entry.name} {_tail(toponym, parse)}",
            radius + 5.0,
            None,
        )
    elif kind == "settlement" and toponym.wants == "admin2":
        kind, name, radius, geonames = "admin2", f"{entry.name} {_tail(toponym, parse)}".strip(), 25.0, None
    elif kind == "settlement" and toponym.wants == "admin1" and toponym.last > toponym.name_last:
        kind, name, radius, geonames = "admin1", f"{entry.name} {_tail(toponym, parse)}", 80.0, None
    precision, radius = _precision(kind, radius, relation)
    return Place(
        span=span, name=name, geonames=geonames, id=entry.id, country=entry.country, lat=entry.lat,
        lon=entry.lon,
        radius_km=radius, precision=precision, relation=relation.kind, distance_km=relation.distance_km,
        relation_span=related if relation.kind else None, kind=kind,
    )  # fmt: skip


def _tail(toponym: Toponym, parse: Parse) -> str:
    return parse.span(toponym.name_last + 1, toponym.last).quote if toponym.last > toponym.name_last else ""


def _precision(kind: str, radius_km: float, relation: Relation) -> tuple[int, float]:
    """Return UCDP's where_prec and the radius in km of the area that a place with its relation allows."""
    if kind in WATER_KINDS or relation.part == "coast":
        return 7, max(radius_km, NEAR_KM)
    if kind == "country":
        return (5, round(radius_km * 0.6, 1)) if relation.part in DIRECTIONS.values() else (6, radius_km)
    if kind in ("informal", "continent"):
        return 5, radius_km
    if kind == "admin1":
        return 4, radius_km
    if kind in ("admin2", "district"):
        return 3, radius_km
    if kind not in TOWN_KINDS and radius_km > WIDE_KM:
        return 5, radius_km
    if relation.kind is None:
        return 1, radius_km
    if relation.distance_km is not None:
        return (2 if relation.distance_km <= NEAR_KM else 5), round(radius_km + relation.distance_km * 1.2, 1)
    if relation.kind in ("between", "direction"):
        return 5, round(radius_km + 2 * NEAR_KM, 1)
    if relation.kind == "outskirts":
        return 2, round(radius_km + 5.0, 1)
    return 2, round(radius_km + NEAR_KM, 1)
