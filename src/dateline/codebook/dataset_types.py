"""What the codes of other data sets mean in our event types."""

from collections.abc import Container, Mapping

from dateline.codebook.tables import Sources


def load_dataset_types(sources: Sources, types: Container[str]) -> Mapping[str, Mapping[str, str]]:
    """Return data set -> code -> event type ("" where none fits), in the file's order; unknown types are faults."""
    found: dict[str, dict[str, str]] = {}
    for row in sources.entries("dataset_types.csv", ("dataset", "code", "type", "source")):
        if row["type"] and row["type"] not in types:
            sources.fault("dataset_types.csv", row["code"], f"unknown event type {row['type']!r}")
            continue
        found.setdefault(row["dataset"], {})[row["code"]] = row["type"]
    return found
