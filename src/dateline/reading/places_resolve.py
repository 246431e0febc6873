"""Choose what each name means: one sense per report, by the countries, divisions and places around it."""

import math
from collections import Counter, defaultdict
from itertools import pairwise

from dateline.codebook.places import Entry, PlaceBooks, distance_km
from dateline.reading.places_spot import Toponym
from dateline.reading.tokens import Parse

NEAR_KM = 150.0
BESIDE = 0.25
STRAY_PEOPLE = 100_000
TOWN_PEOPLE = 5_000
# How much a report points at each country (ISO code), in mentions.
Evidence = defaultdict[str, float]

GREAT_CITY = 300_000


def country_evidence(
    toponyms: list[Toponym], parse: Parse, books: PlaceBooks, publisher: str | None
) -> Evidence:
    """Count what in a report points at each country: its name, its people, places that lie nowhere else."""
    evidence: Evidence = defaultdict(float)
    for token in parse.tokens:
        if token.text[:1].isupper():
            iso = books.demonyms.get(token.lower) or books.groups.get(token.text)
            if iso is not None:
                evidence[iso] += 0.7
    for toponym in toponyms:
        if toponym.score < 1.0 or toponym.demonym:
            continue
        iso = _sure_country(toponym)
        if iso is not None:
            evidence[iso] += 1.5 if toponym.entries[0].kind == "country" else 1.0
    home = outlet_country(publisher, books)
    if home is not None:
        evidence[home] += 1.5
    return evidence


def _sure_country(toponym: Toponym) -> str | None:
    """Return the one country that a name can lie in; null where a land without a state is meant too."""
    strong = {entry.country for entry in toponym.entries if entry.edited and entry.bare}
    sure = strong or {entry.country for entry in toponym.entries[:6] if entry.country}
    return sure.pop() if len(sure) == 1 else None


def outlet_country(publisher: str | None, books: PlaceBooks) -> str | None:
    """Return the country where an outlet is at home, or null."""
    if not publisher:
        return None
    name = publisher.lower()
    for outlet, country in books.outlets.items():
        if outlet in name:
            return country
    return None


def resolve(toponyms: list[Toponym], parse: Parse, books: PlaceBooks, evidence: Evidence) -> None:
    """Choose an entry for every accepted name, in two rounds: the second knows where the first ones lie."""
    total = sum(evidence.values())
    shares = {iso: count / total for iso, count in evidence.items()} if total else {}
    groups: dict[tuple[str, str | None], list[Toponym]] = defaultdict(list)
    for toponym in toponyms:
        if toponym.score >= 1.0:
            groups[(toponym.key, toponym.wants)].append(toponym)
    _mark_within(toponyms, parse)
    beside = _beside(groups, toponyms, parse, books)
    anchors: list[Entry] = []
    states = _support(groups)
    for _ in range(2):
        chosen: dict[tuple[str, str | None], Entry | None] = {}
        for group in groups:
            members = groups[group]
            within = next((member.within for member in members if member.within), None)
            near = {**shares, **{iso: shares.get(iso, 0.0) + BESIDE for iso in beside[group]}}
            entry = _best(members[0], within, near, states, anchors)
            chosen[group] = entry
            for member in members:
                own = member.within
                member.chosen = (
                    entry if own == within or own is None else _best(member, own, near, states, anchors)
                )
        anchors = [
            entry
            for entry in chosen.values()
            if entry is not None and entry.kind not in ("country", "continent")
        ]
        counts = Counter(entry.admin1 for entry in anchors if entry.admin1)
        states = {
            state: min(2.0, count * 0.8 + states.get(state, 0.0) * 0.5) for state, count in counts.items()
        }


def _beside(
    groups: dict[tuple[str, str | None], list[Toponym]],
    toponyms: list[Toponym],
    parse: Parse,
    books: PlaceBooks,
) -> dict[tuple[str, str | None], set[str]]:
    """Return the countries named, by name or people, in the sentences that hold each name."""
    named: dict[int, set[str]] = defaultdict(set)
    for token in parse.tokens:
        iso = books.demonyms.get(token.lower) or books.groups.get(token.text)
        if iso is not None and token.text[:1].isupper():
            named[token.sent].add(iso)
    for toponym in toponyms:
        if toponym.score >= 1.0 and len({entry.country for entry in toponym.entries}) == 1:
            country = toponym.entries[0].country
            if country is not None:
                named[parse.tokens[toponym.first].sent].add(country)
    return {
        group: set().union(*(named[parse.tokens[member.first].sent] for member in members))
        for group, members in groups.items()
    }


def set_aside_strays(
    toponyms: list[Toponym], parse: Parse, books: PlaceBooks, evidence: Evidence, told: frozenset[str]
) -> None:
    """Leave towns unresolved that lie in countries of which a report otherwise says nothing.

    `told` are the countries known from elsewhere: the publisher's, a dateline's. A village that the gazetteer
    lacks often has namesakes elsewhere; no point is better than a wrong one. What such a name said for its
    own country is taken out of `evidence`.
    """
    holders: dict[str, set[str]] = defaultdict(set)
    for iso in told:
        holders[iso].add("")
    for token in parse.tokens:
        land = books.demonyms.get(token.lower) or books.groups.get(token.text)
        if land is not None and token.text[:1].isupper():
            holders[land].add(token.lower)
    for toponym in toponyms:
        entry = toponym.chosen
        if entry is not None and entry.country is not None:
            # Two villages of one division vouch for each other, a lone one not for itself.
            holders[entry.country].add(toponym.key)
    for toponym in toponyms:
        entry = toponym.chosen
        if entry is None or toponym.within is not None or not _doubtful(entry, toponym, len(holders)):
            continue
        if not holders[entry.country or ""] - {toponym.key}:
            toponym.chosen = None
            toponym.unknown = True
            own = _sure_country(toponym)
            if own is not None:
                evidence[own] = max(0.0, evidence[own] - 1.0)


def _doubtful(entry: Entry, toponym: Toponym, countries: int) -> bool:
    """Tell whether a name needs its country told of: small towns, and camps or quarters of other lands."""
    if entry.edited:
        return countries > 1 and entry.kind in ("camp", "town_area", "district")
    if entry.kind != "settlement" or entry.population >= STRAY_PEOPLE or entry.capital:
        return False
    # A middling town that has no namesake abroad needs none where no other land is told of.
    alone = len({other.country for other in toponym.entries if other.kind == "settlement"}) == 1
    return not (alone and countries == 1 and entry.population >= TOWN_PEOPLE)


def _support(groups: dict[tuple[str, str | None], list[Toponym]]) -> dict[str, float]:
    """Return how much a report's names support each division: a name's weight is shared by its candidates."""
    support: dict[str, float] = defaultdict(float)
    for members in groups.values():
        named = {entry.admin1 for entry in members[0].entries if entry.admin1}
        states = {entry.admin1 for entry in members[0].entries if entry.kind == "admin1" and entry.bare}
        for state in named:
            support[state] += (2.0 if state in states else 1.0) / len(named)
    return {state: min(2.0, weight) for state, weight in support.items() if weight > 0.15}


def _mark_within(toponyms: list[Toponym], parse: Parse) -> None:
    """Note the division or country that directly follows a name: "Paris, Texas"."""
    for here, there in pairwise(toponyms):
        between = parse.tokens[here.last + 1 : there.first]
        words = [token.lower for token in between]
        joined = words in (
            [","],
            [",", "in"],
            ["in"],
            ["("],
            ["in", "the"],
            ["of"],
            ["of", "the"],
            [",", "in", "the"],
            [],
        )
        if not joined or parse.tokens[here.first].sent != parse.tokens[there.first].sent:
            continue
        for entry in there.entries:
            if entry.kind == "admin1" and (
                entry.bare or there.wants == "admin1" or _seat(here, entry, words)
            ):
                here.within = entry.admin1
                break
            if entry.kind == "country":
                here.within = entry.country
                break


def _seat(here: Toponym, division: Entry, words: list[str]) -> bool:
    """Tell whether the largest place of a name lies in the division named after it: "Seattle, Washington"."""
    if words != [","]:
        return False
    largest = max(here.entries, key=lambda entry: (entry.population, entry.id))
    return largest.admin1 == division.admin1 and largest.country == "US"


def _best(
    toponym: Toponym,
    within: str | None,
    shares: dict[str, float],
    states: dict[str, float],
    anchors: list[Entry],
) -> Entry | None:
    best: Entry | None = None
    best_score = -math.inf
    towns = {entry.country for entry in toponym.entries if entry.kind == "settlement"}
    for entry in toponym.entries[:40]:
        score = _fit(entry, toponym, within, shares, states)
        if entry.kind == "admin1" and toponym.wants is None and not entry.edited and entry.country in towns:
            # "Khartoum" is the town unless "state" stands beside it.
            score -= 6.0
        if anchors and entry.kind not in ("country", "continent"):
            score += _nearness(entry, anchors)
        if score > best_score:
            best, best_score = entry, score
    return best


def _fit(
    entry: Entry, toponym: Toponym, within: str | None, shares: dict[str, float], states: dict[str, float]
) -> float:
    score = 0.35 * math.log(entry.population + 1)
    if entry.kind == "settlement":
        score += 0.5 if entry.main else -0.5
        if entry.population >= GREAT_CITY:
            # A great city is meant unless its namesake is placed by its division or country.
            score += 2.5
    else:
        score += {"country": 1.5, "admin1": 0.5, "admin2": 2.0}.get(entry.kind, 5.5)
    if entry.edited:
        score += 2.0
    elif entry.capital:
        score += 1.2
    score += _wanted(entry, toponym.wants)
    if entry.country:
        score += 4.0 * shares.get(entry.country, 0.0)
    if entry.admin1:
        score += 1.5 * states.get(entry.admin1, 0.0)
    if within is not None:
        if entry.admin1 == within and entry.kind != "admin1":
            score += 7.0
        elif entry.country == within and entry.kind != "country":
            score += 5.0
        elif entry.country and entry.country == within.split(".")[0]:
            score += 2.0
    return score


def _wanted(entry: Entry, wants: str | None) -> float:
    if wants is None or wants == "settlement":
        if entry.kind == "admin1" and not entry.bare:
            return -8.0
        if wants == "settlement":
            return 4.0 if entry.kind in ("settlement", "town_area", "camp") else -2.0
        return 0.0
    if wants == "admin1":
        return 6.0 if entry.kind in ("admin1", "informal") else 0.0
    if wants == "admin2":
        return 5.0 if entry.kind in ("admin2", "district") else (-4.0 if entry.kind == "admin1" else 0.0)
    return 4.0 if entry.kind == wants else (-6.0 if entry.kind == "admin1" and not entry.bare else 0.0)


def _nearness(entry: Entry, anchors: list[Entry]) -> float:
    near = 0
    for anchor in anchors[:40]:
        if anchor.id == entry.id or abs(anchor.lat - entry.lat) > 3:
            continue
        if distance_km(anchor.lat, anchor.lon, entry.lat, entry.lon) < NEAR_KM:
            near += 1
            if near == 3:
                break
    return 0.9 * near
