"""Which event types may tell of one occurrence: the codebook's effects and groups."""

from collections.abc import Collection
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Literal

from dateline.codebook.tables import Sources

Kinship = Literal["same", "effect", "family", "group", "none"]
FILE = "linking.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class KinshipBook:
    """Types that are effects of others, and the groups that each type is in, of which there may be none."""

    effects: frozenset[str]
    groups: dict[str, frozenset[str]]

    def kinship(self, left: str, right: str) -> Kinship:
        """Say how near two event types are: the same, deed and effect, one family, one group, or not at all."""
        if left == right:
            return "same"
        shared = self.groups.get(left, frozenset()) & self.groups.get(right, frozenset())
        if shared and (left in self.effects or right in self.effects):
            return "effect"
        if left.split(".")[0] == right.split(".")[0] and shared:
            return "family"
        return "group" if shared else "none"


def load_kinship(sources: Sources, types: Collection[str]) -> KinshipBook:
    """Load the effects and groups of event types; a pattern that fits no type is a fault."""
    table = sources.toml(FILE)
    effects = _named("effects", table.get("effects", []), types, sources)
    # Also a type in no group may be told of twice.
    groups: dict[str, set[str]] = {name: set() for name in types}
    named = table.get("groups", {})
    if not isinstance(named, dict):
        sources.fault(FILE, "groups", "is no table of groups")
        named = {}
    for group, patterns in named.items():
        for name in _named(f"groups.{group}", patterns, types, sources):
            groups[name].add(group)
    return KinshipBook(effects=effects, groups={name: frozenset(found) for name, found in groups.items()})


def _named(key: str, patterns: Any, types: Collection[str], sources: Sources) -> frozenset[str]:
    """Return the types that fit one of these patterns."""
    found: set[str] = set()
    if not isinstance(patterns, list) or not all(isinstance(pattern, str) for pattern in patterns):
        sources.fault(FILE, key, "is no list of event types")
        return frozenset()
    for pattern in patterns:
        fitting = {name for name in types if fnmatchcase(name, pattern)}
        if not fitting:
            sources.fault(FILE, key, f"{pattern!r} is no event type")
        found |= fitting
    return frozenset(found)
