"""What reading again changed, as lines for people: counts by kind, examples, and the reviews it left orphaned."""

from collections.abc import Iterator

from dateline.run.changes import Change
from dateline.run.reread import Reread
from dateline.run.summary import counted

_SIGNS = {"added": "+", "gone": "-", "changed": "~"}


def change_lines(change: Change, *, field: str | None = None) -> Iterator[str]:
    """Yield one change: the words around the trigger, and each field as it was and is (or one field alone)."""
    yield f"{_SIGNS[change.kind]} {change.type}  {change.words}  [{change.report}]"
    for part in change.fields:
        if field in (None, part.field):
            yield f"    {part.field}: {part.before} -> {part.after}"


def reread_lines(result: Reread, *, dry_run: bool, examples: bool) -> Iterator[str]:
    """Yield what reading again changed, the most frequent kinds of change first within added, gone and changed."""
    read = "would be read again" if dry_run else "read again"
    yield f"{read}: {result.reports:,} of {counted(result.total, 'report')}, {result.same:,} with the same claims"
    for verb in ("added", "gone", "changed"):
        kinds = [(kind, count) for kind, count in result.counts.most_common() if kind.startswith(f"{verb} ")]
        if kinds:
            noun = "claims changed in" if verb == "changed" else f"claims {verb}"
            yield f"{noun}:"
        for kind, count in kinds:
            name = kind.removeprefix(f"{verb} ")
            yield f"  {count:>7,}  {name}"
            for change in result.examples.get(kind, ()) if examples else ():
                for line in change_lines(change, field=name if verb == "changed" else None):
                    yield f"           {line}"
    if result.orphaned:
        yield f"reviews whose claim is no longer read: {len(result.orphaned):,}"
        for review in result.orphaned:
            claims = ", ".join((*review.claims, *review.others))
            why = f": {review.why}" if review.why else ""
            yield f"  {review.kind} by {review.who} on {review.at.date()}, claim {claims}{why}"
