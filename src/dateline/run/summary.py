"""What came of adding to a record, counted as it is committed, and said in words."""

from collections import Counter
from dataclasses import dataclass, field

from dateline.intake.arrival import FailedInput, LeftOut


@dataclass(slots=True)
class Summary:
    """Counts of what is in the record for good, and what did not come in.

    `added` are new reports, `reread` known ones with a newer reading, `known` those whose reading was there already;
    `ways` counts the new ways by which known reports came. `languages` counts those of the added that were kept
    and not read, since they are not in English. `columns` tells of each table which column was taken for what.
    """

    added: int = 0
    reread: int = 0
    known: int = 0
    ways: int = 0
    claims: int = 0
    originals: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    left_out: list[LeftOut] = field(default_factory=list)
    failed: list[FailedInput] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    interrupted: bool = False

    @property
    def done(self) -> int:
        """How many items are dealt with for good."""
        return self.added + self.reread + self.known + len(self.left_out) + len(self.failed)

    def lines(self) -> list[str]:
        """Return the counts as lines for people, without the names of what failed."""
        lines = [f"added: {counted(self.added, 'report')} with {counted(self.claims, 'claim')}"]
        if self.reread:
            lines.append(f"read again: {counted(self.reread, 'report')} that an older recipe had read")
        if self.known:
            ways = f"; {self.ways:,} came by a new way" if self.ways else ""
            lines.append(f"already there: {counted(self.known, 'report')}{ways}")
        if self.left_out:
            lines.append(
                f"left out: {counted(len(self.left_out), 'report')} published after the day of --as-of"
            )
        for language, count in self.languages.most_common():
            lines.append(f"kept but not read: {counted(count, 'report')} in {language}")
        if self.failed:
            lines.append(f"unreadable: {counted(len(self.failed), 'input')}")
        return lines


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless it is one."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
