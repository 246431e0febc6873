"""The codebook of quantities: numbers, units, people, equipment, instruments, words of toll and loss."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from dateline.codebook.phrases import Phrases, forms_of, phrase_words, phrases_of, plural_of
from dateline.codebook.tables import Sources, words_of
from dateline.model.values import LossStatus, Measure

Of = Literal["civilians", "combatants", "people"]
Way = Literal["verb", "phrase", "befalls", "adjective", "noun", "body", "counted", "noun_on"]
MEANS = ("air", "shelling", "explosive", "suicide", "chemical", "small_arms", "melee")
MEASURES: tuple[Measure, ...] = ("killed", "wounded", "captured", "missing", "displaced")
STATUSES: tuple[LossStatus, ...] = ("destroyed", "damaged", "captured", "abandoned")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of measure; `factor` leads to the SI unit, null when it has no fixed size."""

    id: str
    dimension: str
    si: str
    factor: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleNoun:
    """A noun of people: whom it counts, whether this form is a plural, and how many one of it is."""

    of: Of
    plural: bool
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """A kind of military equipment; `plural` says whether this form is one."""

    id: str
    kind: str
    plural: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """What attacks are made with, and the means it stands for."""

    id: str
    name: str
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """A word that says what befell people or equipment: measure or status, lemma, and how it ties to them."""

    what: str
    lemma: str
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Number words and what stands around them."""

    numerals: Mapping[str, int]
    scales: Mapping[str, int]
    suffixes: Mapping[str, int]
    vague: Mapping[str, int]
    collections: frozenset[str]
    fractions: Mapping[str, float]
    bounds: Phrases[str]
    bounds_after: Phrases[str]
    subset_before: Phrases[bool]
    subset_after: Phrases[bool]
    months: frozenset[str]
    money_symbols: frozenset[str]
    money_words: frozenset[str]
    percent: Phrases[bool]
    clock: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fates:
    """Words of fate by their form, and phrasal ones ("shot down") by the form of their verb."""

    words: Mapping[str, tuple[Fate, ...]]
    phrasal: Mapping[str, tuple[tuple[tuple[str, ...], Fate], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityBook:
    """All that the quantities step knows of words."""

    numbers: Numbers
    units: Phrases[Unit]
    people: Phrases[PeopleNoun]
    equipment: Phrases[Equipment]
    instruments: Phrases[Instrument]
    tolls: Fates
    losses: Fates
    strict: frozenset[str]
    places_too: frozenset[str]
    persons: frozenset[str]
    toll_heads: Phrases[Measure]
    lives: frozenset[str]
    life_verbs: frozenset[str]
    losing: frozenset[str]
    losing_nouns: frozenset[str]
    suffering: frozenset[str]
    suffered: frozenset[str]
    struck: frozenset[str]
    striking: frozenset[str]
    conditions: frozenset[str]
    body_parts: frozenset[str]
    guns: frozenset[str]
    firing: frozenset[str]
    hospitals: frozenset[str]
    conveying: frozenset[str]
    lying: frozenset[str]
    gatherings: frozenset[str]
    pieces: frozenset[str]
    institutions: frozenset[str]
    organisations: frozenset[str]


def load_quantities(sources: Sources) -> QuantityBook:
    """Load the book from numbers, tolls and losses (TOML) and units, people, equipment, instruments (CSV).

    Faults are noted in `sources`; a faulty row is left out and the rest is read.
    """
    numbers = sources.toml("numbers.toml")
    tolls = sources.toml("tolls.toml")
    losses = sources.toml("losses.toml")
    killed, wounded = tolls.get("killed", {}), tolls.get("wounded", {})
    irregular = tolls.get("irregular", {})
    heads: Phrases[Measure] = Phrases()
    for measure in MEASURES:
        for phrase in tolls.get(measure, {}).get("tolls", ()):
            heads.add(phrase, measure)
    return QuantityBook(
        numbers=_numbers(numbers),
        units=_units(sources),
        people=_people(sources),
        equipment=_equipment(sources),
        instruments=_instruments(sources),
        tolls=_fates(MEASURES, tolls, irregular),
        losses=_fates(STATUSES, losses, irregular),
        strict=frozenset(tolls.get("strict", {}).get("words", ())),
        places_too=frozenset(tolls.get("places_too", {}).get("words", ())),
        persons=frozenset(tolls.get("persons", {}).get("words", ())),
        toll_heads=heads,
        lives=frozenset(killed.get("lives", ())),
        life_verbs=_all_forms(killed.get("life_verbs", ()), irregular),
        losing=_all_forms(killed.get("losing", ()), irregular),
        losing_nouns=_with_plurals(killed.get("losing_nouns", ())),
        suffering=_all_forms(wounded.get("suffering", ()), irregular),
        suffered=_with_plurals(wounded.get("suffered", ())),
        struck=_all_forms(wounded.get("struck", ()), irregular),
        striking=_with_plurals(wounded.get("striking", ())),
        conditions=frozenset(wounded.get("conditions", ())),
        body_parts=_with_plurals(wounded.get("body_parts", ())),
        guns=_with_plurals(wounded.get("guns", ())),
        firing=_all_forms(wounded.get("firing", ()), irregular),
        hospitals=_with_plurals(wounded.get("hospitals", ())),
        conveying=_all_forms(wounded.get("conveying", ()), irregular),
        lying=_all_forms(wounded.get("lying", ()), irregular),
        pieces=_with_plurals(losses.get("pieces", {}).get("words", ())),
        institutions=frozenset(tolls.get("institutions", {}).get("words", ())),
        organisations=_with_plurals(losses.get("organisations", {}).get("words", ())),
        gatherings=_with_plurals(losses.get("gatherings", {}).get("words", ())),
    )


def _all_forms(verbs: list[str], irregular: dict[str, list[str]]) -> frozenset[str]:
    return frozenset(form for verb in verbs for form in forms_of(verb, irregular))


def _with_plurals(nouns: list[str]) -> frozenset[str]:
    return frozenset(nouns) | {plural_of(noun) for noun in nouns}


def _numbers(table: dict[str, Any]) -> Numbers:
    bounds: Phrases[str] = Phrases()
    after: Phrases[str] = Phrases()
    for found, name in ((bounds, "bounds"), (after, "bounds_after")):
        for kind, phrases in table.get(name, {}).items():
            for phrase in phrases:
                found.add(phrase, kind)
    money, subsets = table.get("money", {}), table.get("subsets", {})
    return Numbers(
        numerals=table.get("numerals", {}),
        scales=table.get("scales", {}),
        suffixes=table.get("suffixes", {}),
        vague=table.get("vague", {}),
        collections=frozenset(table.get("collections", {}).get("words", ())),
        fractions=table.get("fractions", {}),
        bounds=bounds,
        bounds_after=after,
        subset_before=phrases_of(subsets.get("before", ()), True),
        subset_after=phrases_of(subsets.get("after", ()), True),
        months=frozenset(table.get("months", {}).get("words", ())),
        money_symbols=frozenset(money.get("symbols", ())),
        money_words=frozenset(money.get("words", ())),
        percent=phrases_of(table.get("percent", {}).get("words", ()), True),
        clock=frozenset(table.get("clock", {}).get("words", ())),
    )


def _units(sources: Sources) -> Phrases[Unit]:
    units: Phrases[Unit] = Phrases()
    for row in sources.rows("units.csv", ("id", "names", "dimension", "si", "factor", "source")):
        try:
            factor = float(row["factor"]) if row["factor"] else None
        except ValueError:
            sources.fault("units.csv", row["id"], f"factor is no number: {row['factor']}")
            continue
        unit = Unit(id=row["id"], dimension=row["dimension"], si=row["si"], factor=factor)
        for name in words_of(row["names"]):
            units.add(name, unit)
    return units


def _people(sources: Sources) -> Phrases[PeopleNoun]:
    people: Phrases[PeopleNoun] = Phrases()
    for row in sources.rows("people_nouns.csv", ("noun", "plural", "of", "count", "source")):
        if row["of"] not in ("civilians", "combatants", "people"):
            sources.fault("people_nouns.csv", row["noun"], f"of is no group of people: {row['of']}")
            continue
        of = cast(Of, row["of"])
        count = int(row["count"]) if row["count"].isdigit() else 1
        head, _, last = row["noun"].rpartition(" ")
        plural = row["plural"] or f"{head} {plural_of(last)}".strip()
        people.add(row["noun"], PeopleNoun(of=of, plural=False, count=count))
        people.add(plural, PeopleNoun(of=of, plural=True, count=count))
    return people


def _equipment(sources: Sources) -> Phrases[Equipment]:
    equipment: Phrases[Equipment] = Phrases()
    for row in sources.rows("equipment.csv", ("id", "name", "variants", "class", "source")):
        for name in (row["name"], *words_of(row["variants"])):
            value = Equipment(id=row["id"], kind=row["class"], plural=False)
            equipment.add_noun(name, Equipment(id=row["id"], kind=row["class"], plural=True))
            equipment.add(name, value)
    return equipment


def _instruments(sources: Sources) -> Phrases[Instrument]:
    instruments: Phrases[Instrument] = Phrases()
    for row in sources.rows("instruments.csv", ("id", "name", "variants", "means", "source")):
        if row["means"] not in MEANS:
            sources.fault(
                "instruments.csv", row["id"], f"means is none of {', '.join(MEANS)}: {row['means']}"
            )
            continue
        value = Instrument(id=row["id"], name=row["name"], means=row["means"])
        for name in (row["name"], *words_of(row["variants"])):
            instruments.add_noun(name, value)
    return instruments


def _fates(kinds: tuple[str, ...], table: dict[str, Any], irregular: dict[str, list[str]]) -> Fates:
    words: dict[str, list[Fate]] = {}
    phrasal: dict[str, list[tuple[tuple[str, ...], Fate]]] = {}
    for kind in kinds:
        group = table.get(kind, {})
        for form, fate in _single_words(kind, group, irregular):
            entries = words.setdefault(form, [])
            if fate not in entries:
                entries.append(fate)
        ways: tuple[tuple[str, Way], ...] = (("phrases", "phrase"), ("befalls", "befalls"))
        for phrase, way in ((phrase, way) for name, way in ways for phrase in group.get(name, ())):
            if " " not in phrase:
                continue
            verb, *rest = phrase_words(phrase)
            fate = Fate(what=kind, lemma=phrase, way=way)
            for form in forms_of(verb, irregular):
                phrasal.setdefault(form, []).append((tuple(rest), fate))
    return Fates(
        words={form: tuple(fates) for form, fates in words.items()},
        phrasal={form: tuple(fates) for form, fates in phrasal.items()},
    )


def _single_words(
    kind: str, group: dict[str, Any], irregular: dict[str, list[str]]
) -> Iterator[tuple[str, Fate]]:
    verbal: tuple[tuple[str, Way], ...] = (("verbs", "verb"), ("befalls", "befalls"))
    nominal: tuple[tuple[str, Way], ...] = (
        ("nouns", "noun"), ("bodies", "body"), ("counted", "counted"), ("nouns_on", "noun_on"),
    )  # fmt: skip
    for name, way in verbal:
        for lemma in group.get(name, ()):
            if " " in lemma:
                continue  # a phrase: see _fates
            for form in forms_of(lemma, irregular):
                yield form, Fate(what=kind, lemma=lemma, way=way)
    for lemma in group.get("adjectives", ()):
        yield lemma, Fate(what=kind, lemma=lemma, way="adjective")
    for name, way in nominal:
        for lemma in group.get(name, ()):
            for form in (lemma, plural_of(lemma)):
                yield form, Fate(what=kind, lemma=lemma, way=way)
