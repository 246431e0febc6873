"""The words that tell a report's toll beside its figures: multiples, ordinals, charges, suicides, other times."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dateline.codebook.phrases import Phrases, phrases_of
from dateline.codebook.tables import Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class TollWords:
    """What report_toll.toml holds, each list as a set of lower-case words or as phrases."""

    multiples: Mapping[str, int]
    ordinals: Mapping[str, int]
    deaths: frozenset[str]
    attacks: frozenset[str]
    attempts: frozenset[str]
    counts: frozenset[str]
    fatal: frozenset[str]
    dying: frozenset[str]
    living: frozenset[str]
    hospital: frozenset[str]
    struck: frozenset[str]
    suicide: Phrases[bool]
    shots: Phrases[bool]
    perpetrators: frozenset[str]
    past: Phrases[bool]
    victim: frozenset[str]
    victims: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    kin: frozenset[str]
    parents: frozenset[str]
    beside_killed: frozenset[str]
    beside_wounded: frozenset[str]
    beside_struck: frozenset[str]
    beside_links: frozenset[str]


def load_toll_words(sources: Sources) -> TollWords:
    """Load report_toll.toml; a list that is missing is empty."""
    table = sources.toml("report_toll.toml")

    def words(group: str, name: str = "words") -> frozenset[str]:
        return frozenset(_list(table, group, name))

    return TollWords(
        multiples=table.get("multiples", {}), ordinals=table.get("ordinals", {}),
        deaths=words("charges", "deaths"), attacks=words("charges", "attacks"),
        attempts=words("charges", "attempts"), counts=words("charges", "counts"),
        fatal=words("fatal"), dying=words("fatal", "dying"),
        living=words("fares", "living"), hospital=words("fares", "hospital"), struck=words("fares", "struck"),
        suicide=phrases_of(_list(table, "suicide", "phrases"), True),
        shots=phrases_of(_list(table, "suicide", "shots"), True), perpetrators=words("perpetrators"),
        past=phrases_of(_list(table, "past", "phrases"), True),
        victim=words("victims"), victims=words("victims", "nouns"),
        male=words("gender", "male"), female=words("gender", "female"),
        kin=words("gender", "kin"), parents=words("gender", "parents"),
        beside_killed=words("beside", "killed"), beside_wounded=words("beside", "wounded"),
        beside_struck=words("beside", "struck"), beside_links=words("beside", "links"),
    )  # fmt: skip


def _list(table: dict[str, Any], group: str, name: str) -> list[str]:
    found = table.get(group, {}).get(name, [])
    return [str(word) for word in found]
