"""The conditions of queries over claims and newest readings."""

import json
from typing import Any

from dateline.store.base import Filters

# The newest reading of each report among those that a view sees.
NEWEST = (
    "FROM reports JOIN readings AS d ON d.report = reports.step WHERE d.step <= :last AND NOT EXISTS "
    "(SELECT 1 FROM readings AS n WHERE n.report = d.report AND n.step > d.step AND n.step <= :last)"
)
# The claims of those readings.
NEWEST_CLAIMS = NEWEST.replace(" WHERE ", " JOIN claims AS c ON c.reading = d.step WHERE ", 1)


def where(filters: Filters) -> tuple[str, dict[str, Any]]:
    """Return a condition over `claims AS c` and its values; empty when everything is wanted."""
    parts: list[str] = []
    values: dict[str, Any] = {}
    for name in ("polarity", "reality", "certainty", "country"):
        if (value := getattr(filters, name)) is not None:
            parts.append(f"c.{name} = :{name}")
            values[name] = value
    if filters.side is not None:
        parts.append("c.actor_side = :side")
        values["side"] = filters.side
    if filters.types:
        named = [f"(c.type = :type{n} OR c.type GLOB :type{n} || '.*')" for n in range(len(filters.types))]
        parts.append(f"({' OR '.join(named)})")
        values |= {f"type{n}": kind for n, kind in enumerate(filters.types)}
    if filters.earliest is not None:
        parts.append("c.latest >= :earliest")
        values["earliest"] = filters.earliest.isoformat()
    if filters.latest is not None:
        parts.append("c.earliest <= :latest")
        values["latest"] = filters.latest.isoformat()
    if filters.box is not None:
        south, west, north, east = filters.box
        beside = "c.lon BETWEEN :west AND :east" if west <= east else "(c.lon >= :west OR c.lon <= :east)"
        parts.append(f"c.lat BETWEEN :south AND :north AND {beside}")
        values |= {"south": south, "west": west, "north": north, "east": east}
    if filters.reports is not None:
        parts.append("reports.id IN (SELECT value FROM json_each(:reports))")
        values["reports"] = json.dumps(filters.reports)
    return " AND ".join(parts), values
