"""Counts over a record."""

import sqlite3
from typing import Any

from dateline.store.queries import NEWEST_CLAIMS

_COUNTS = ("reports", "readings", "arrivals", "originals", "reviews", "recipes")


def stats(connection: sqlite3.Connection, last: int) -> dict[str, Any]:
    """Count what stands up to a step: things kept, the claims of the newest readings by type, publishers, days."""

    def rows(query: str) -> list[Any]:
        return connection.execute(query, {"last": last}).fetchall()

    def count(query: str) -> Any:
        return rows(query)[0][0]

    types = dict(
        rows(f"SELECT c.type, count(*) {NEWEST_CLAIMS} GROUP BY c.type ORDER BY count(*) DESC, c.type")
    )
    first, latest = rows("SELECT min(published), max(published) FROM reports WHERE step <= :last")[0]
    publishers = rows(
        "SELECT publisher, count(*) FROM reports WHERE step <= :last AND publisher IS NOT NULL "
        "GROUP BY publisher ORDER BY count(*) DESC, publisher"
    )
    head = rows("SELECT number, at, hash FROM history WHERE number <= :last ORDER BY number DESC LIMIT 1")
    steps, added, digest = head[0] if head else (0, None, None)
    return {
        **{name: count(f"SELECT count(*) FROM {name} WHERE step <= :last") for name in _COUNTS},  # noqa: S608
        "claims": sum(types.values()),
        "claims_by_type": types,
        "original_bytes": count("SELECT coalesce(sum(size), 0) FROM originals WHERE step <= :last"),
        "database_bytes": count("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"),
        "publishers": dict(publishers),
        "without_date": count("SELECT count(*) FROM reports WHERE step <= :last AND published IS NULL"),
        "first_published": first,
        "last_published": latest,
        "steps": steps,
        "last_added": added,
        "head": digest,
    }
