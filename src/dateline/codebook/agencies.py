"""The news agencies and outlets of agencies.csv, by the names that credits use."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dateline.codebook.tables import Sources, words_of

COLUMNS = ("id", "name", "variants", "country", "kind", "ordinary", "source")
KINDS = ("agency", "outlet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """One agency or outlet: its names as credits print them, and its home (ISO 3166, null if in no one country).

    `ordinary` says that a name of it is also a word, a place or a person's name.
    """

    id: str
    name: str
    variants: tuple[str, ...]
    country: str | None
    kind: str
    ordinary: bool


class AgencyBook:
    """All agencies, and one pattern that finds any of their names: longest first, capitals as written."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self.agencies = tuple(agencies)
        self._by_name = {name: agency for agency in self.agencies for name in (agency.name, *agency.variants)}
        names = sorted(self._by_name, key=lambda name: (-len(name), name))
        self.pattern = rf"(?<![\w-])(?:{'|'.join(map(re.escape, names)) or '(?!)'})(?![\w-])"

    def named(self, name: str) -> Agency | None:
        """Return the agency of a name as written; null if there is none."""
        return self._by_name.get(name)


@cache
def packaged_agencies() -> AgencyBook:
    """Return the packaged agencies, loaded once per process."""
    return load_agencies()


def load_agencies(sources: Sources | None = None) -> AgencyBook:
    """Load agencies.csv; a row with a bad kind or country, or a name that another row has, is a fault."""
    sources = sources or Sources()
    countries = {row["iso"] for row in sources.rows("countries.csv", ("iso",))}
    agencies: list[Agency] = []
    taken: dict[str, str] = {}
    for row in sources.rows("agencies.csv", COLUMNS):
        names = (row["name"], *words_of(row["variants"]))
        twice = [name for name in names if name in taken]
        if row["kind"] not in KINDS:
            sources.fault("agencies.csv", row["id"], f"kind is {row['kind']!r}, not {' or '.join(KINDS)}")
        elif row["ordinary"] not in ("", "yes"):
            sources.fault("agencies.csv", row["id"], f"ordinary is {row['ordinary']!r}, not yes or empty")
        elif row["country"] and row["country"] not in countries:
            sources.fault("agencies.csv", row["id"], f"no country has the code {row['country']!r}")
        elif twice or not row["name"]:
            other = taken.get(twice[0]) if twice else None
            sources.fault(
                "agencies.csv", row["id"], f"{twice[0]!r} names {other} too" if other else "has no name"
            )
        else:
            taken.update(dict.fromkeys(names, row["id"]))
            agencies.append(
                Agency(
                    id=row["id"],
                    name=row["name"],
                    variants=words_of(row["variants"]),
                    country=row["country"] or None,
                    kind=row["kind"],
                    ordinary=row["ordinary"] == "yes",
                )
            )
    return AgencyBook(agencies)
