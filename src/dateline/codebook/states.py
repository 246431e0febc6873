"""What countries are called and numbered in other data sets: ISO, Gleditsch and Ward, ACLED, UCDP GED."""

from collections.abc import Mapping
from dataclasses import dataclass

from dateline.codebook.tables import Sources

COLUMNS = ("iso", "iso3", "numeric", "gw", "ged_name", "ged_region", "acled_name", "acled_region")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A country's names and codes elsewhere; null or "" where a data set has none.

    `numeric` is ISO 3166-1's number, `gw` that of Gleditsch and Ward, which UCDP GED has as country_id.
    """

    iso: str
    iso3: str
    name: str
    numeric: int | None
    gw: int | None
    ged_name: str
    ged_region: str
    acled_name: str
    acled_region: str


def load_states(sources: Sources) -> Mapping[str, State]:
    """Read states.csv with the names of countries.csv, by ISO code; a number that is none is a fault."""
    names = {row["iso"]: row["name"] for row in sources.rows("countries.csv", ("iso", "name"))}
    found: dict[str, State] = {}
    for row in sources.rows("states.csv", COLUMNS):
        name = names.get(row["iso"], row["iso"])
        found[row["iso"]] = State(
            iso=row["iso"],
            iso3=row["iso3"],
            name=name,
            numeric=_number(row, "numeric", sources),
            gw=_number(row, "gw", sources),
            ged_name=row["ged_name"] or name,
            ged_region=row["ged_region"],
            acled_name=row["acled_name"] or name,
            acled_region=row["acled_region"],
        )
    return found


def _number(row: dict[str, str], column: str, sources: Sources) -> int | None:
    if not row[column]:
        return None
    if not row[column].isdigit():
        sources.fault("states.csv", f"{row['iso']}.{column}", f"{row[column]!r} is no number")
        return None
    return int(row[column])
