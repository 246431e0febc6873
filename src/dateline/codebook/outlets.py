"""The outlets of outlets.csv: whose they are, where they are at home, which are news agencies."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from dateline.codebook.actors import word_key
from dateline.codebook.tables import Sources, words_of

Owner = Literal["state", "public", "private", "party", "nonprofit", "unknown"]
COLUMNS = ("id", "name", "variants", "sites", "country", "side", "owner", "agency", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A publisher of news.

    `country` is the ISO 3166 code of its home, null if it has none; `side` the codebook side it is counted with,
    null for one that stands with no side, exiled and local independent media included. `owner` is "state" (run or
    directed by a government or an armed side), "public" (publicly funded with a charter of independence), "private",
    "party" (of a party or movement), "nonprofit" or "unknown". `agency` is true of a news agency, whose texts others
    print.
    """

    id: str
    name: str
    country: str | None
    side: str | None
    owner: Owner
    agency: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletBook:
    """All outlets, by their ids and by the keys of their names, variants and sites."""

    outlets: Mapping[str, Outlet]
    keys: Mapping[str, Outlet]

    def find(self, publisher: str | None) -> Outlet | None:
        """Return the outlet of a publisher's name or address ("The Guardian", "https://www.tass.com/x"), or null."""
        if not publisher or not publisher.strip():
            return None
        site = publisher.strip().lower().removeprefix("https://").removeprefix("http://").split("/")[0]
        parts = site.removeprefix("www.").split(".")
        for start in range(max(len(parts) - 1, 1)):
            found = self.keys.get(".".join(parts[start:]))
            if found is not None:
                return found
        return self.keys.get(_name_key(publisher))

    def side(self, publisher: str | None) -> str | None:
        """Return the side of a publisher, null if it is not known or stands with none."""
        outlet = self.find(publisher)
        return outlet.side if outlet else None


def load_outlets(sources: Sources) -> OutletBook:
    """Read outlets.csv; an unknown owner, a doubled name or a wrong mark is a fault."""
    outlets: dict[str, Outlet] = {}
    keys: dict[str, Outlet] = {}
    for row in sources.rows("outlets.csv", COLUMNS):
        if row["owner"] not in get_args(Owner):
            known = ", ".join(get_args(Owner))
            sources.fault("outlets.csv", row["id"], f"owner {row['owner']!r} is none of {known}")
            continue
        if row["agency"] not in ("", "yes"):
            sources.fault("outlets.csv", row["id"], f"agency is {row['agency']!r}, not yes or empty")
        outlet = Outlet(
            id=row["id"], name=row["name"], country=row["country"] or None, side=row["side"] or None,
            owner=cast(Owner, row["owner"]), agency=row["agency"] == "yes",
        )  # fmt: skip
        outlets[outlet.id] = outlet
        for key in _keys(row):
            if keys.setdefault(key, outlet) is not outlet:
                sources.fault("outlets.csv", row["id"], f"{key!r} is also a name of {keys[key].id}")
    return OutletBook(outlets=outlets, keys=keys)


def _keys(row: dict[str, str]) -> list[str]:
    names = [_name_key(name) for name in (row["name"], *words_of(row["variants"]))]
    sites = [site.lower() for site in words_of(row["sites"])]
    return list(dict.fromkeys(key for key in (*names, *sites) if key))


def _name_key(name: str) -> str:
    return word_key(name.strip().lower().removeprefix("the ").replace(" ", ""))
