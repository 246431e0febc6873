"""What changed from one release to the next: events added, gone, merged, parted, and fields that differ."""

from collections.abc import Iterable, Mapping
from typing import Any

Rows = Iterable[Mapping[str, Any]]


def compare_releases(
    old_events: Rows, old_claims: Rows, new_events: Rows, new_claims: Rows
) -> dict[str, list[Any]]:
    """Compare the `events` and `claims` tables of two releases; each list is sorted by id.

    An event of the old release that is no longer there is `merged` if its claims are now in one event that has others
    too, `split` if they are in several, else `gone`. A new event that took in no claim of the old release is `added`;
    one that did is named by the events merged or split into it. `changed` gives old and new value of each field.
    """
    before = {str(row["id"]): row for row in old_events}
    after = {str(row["id"]): row for row in new_events}
    homes = {str(row["id"]): str(row["event"]) for row in new_claims}
    held: dict[str, list[str]] = {}
    for row in old_claims:
        held.setdefault(str(row["event"]), []).append(str(row["id"]))
    found: dict[str, list[Any]] = {"added": [], "gone": [], "merged": [], "split": [], "changed": []}
    successors: set[str] = set()
    for event in sorted(before.keys() - after.keys()):
        into = sorted({homes[claim] for claim in held.get(event, ()) if claim in homes})
        successors.update(into)
        if not into:
            found["gone"].append(event)
        elif len(into) == 1:
            found["merged"].append({"event": event, "into": into[0]})
        else:
            found["split"].append({"event": event, "into": into})
    found["added"] = sorted(after.keys() - before.keys() - successors)
    for event in sorted(before.keys() & after.keys()):
        fields = _differing(before[event], after[event])
        if fields:
            found["changed"].append({"event": event, "fields": fields})
    return found


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    names = [*old, *(name for name in new if name not in old)]
    return {
        name: {"old": old.get(name), "new": new.get(name)} for name in names if old.get(name) != new.get(name)
    }
