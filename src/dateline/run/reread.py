"""Read the reports of a record again by the present recipe, and tell what that changes."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from dateline.intake.arrival import Arrival, FailedInput
from dateline.intake.read import readable
from dateline.model.reading import Reading
from dateline.model.review import Review, standing
from dateline.reading.kit import load_kit
from dateline.run.add import EVERY_S, Committed
from dateline.run.changes import Change, changes
from dateline.run.interrupt import Interrupts
from dateline.run.local import read_guarded
from dateline.run.pool import Pool
from dateline.run.work import DIED
from dateline.settings import Settings
from dateline.store.codec import recipe_digest
from dateline.store.sqlite import Record, open_record
from dateline.store.sqlite_view import SqliteView
from dateline.store.sqlite_writer import SqliteWriter

_EXAMPLES = 3
# Problems that are found again when a report is read again; all others were met on its way in and stay.
OF_READING = frozenset({"no-place", "no-time", "no-publication-date", "language", "text-cut"})


@dataclass(slots=True)
class Reread:
    """What reading again changed: counts, some examples of each kind, and the reviews that lost their claim.

    `counts` are by kind of change: "added strike.air", "gone strike.air", "changed place".
    """

    reports: int = 0
    same: int = 0
    total: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[Change]] = field(default_factory=dict)
    orphaned: list[Review] = field(default_factory=list)
    failed: list[FailedInput] = field(default_factory=list)
    interrupted: bool = False

    def note(self, change: Change) -> None:
        """Count a change, and keep it if it is among the first of its kind."""
        kinds = (
            [f"changed {part.field}" for part in change.fields]
            if change.kind == "changed"
            else [f"{change.kind} {change.type}"]
        )
        for kind in kinds:
            self.counts[kind] += 1
            if self.counts[kind] <= _EXAMPLES:
                self.examples.setdefault(kind, []).append(change)


_view: SqliteView | None = None
_settings = Settings()


def set_up(record: Path, settings: Settings) -> None:
    """Make this process ready to read the reports of a record again."""
    global _view, _settings
    load_kit(settings.codebook_folders, models=settings.models)
    _view, _settings = open_record(record).view(), settings


def work(report: str) -> tuple[Reading, Reading] | FailedInput:
    """Return the newest reading of a report and the present one, or why there is none."""
    if _view is None:
        raise RuntimeError("set_up was not called in this process")
    old = _view.reading(report)
    new = read_guarded(
        arrival_of(old, _settings), load_kit(_settings.codebook_folders, models=_settings.models), _settings
    )
    return new if isinstance(new, FailedInput) else (old, new)


def lost(report: str) -> tuple[Reading, Reading] | FailedInput:
    """Return what stands for the reading of a report that kills the process that reads it."""
    return FailedInput(name=f"report {report}", message=DIED)


def arrival_of(old: Reading, settings: Settings) -> Arrival:
    """Return a report as it came in, with the problems that were met on its way; a pure function of its reading."""
    problems = tuple(problem for problem in old.problems if problem.code not in OF_READING)
    return readable(old.report, problems, settings.limits)


@dataclass(slots=True)
class _Batch:
    """Readings that wait to be written; nothing is written without a writer."""

    writer: SqliteWriter | None
    told: Callable[[Committed], None]
    every_s: float
    readings: list[Reading] = field(default_factory=list)
    since: float = field(default_factory=monotonic)

    @property
    def due(self) -> bool:
        """Whether it is time to write."""
        return monotonic() - self.since > self.every_s

    def write(self) -> None:
        """Write and commit."""
        if self.writer is not None:
            for reading in self.readings:
                self.writer.add_reading(reading)
            self.writer.commit()
        ids = tuple(reading.report.id for reading in self.readings)
        self.readings.clear()
        self.since = monotonic()
        self.told(Committed(reports=ids, done_bytes=0))


def reread(
    record: Record,
    settings: Settings,
    *,
    workers: int = 1,
    dry_run: bool = False,
    every_s: float = EVERY_S,
    told: Callable[[Committed], None] = lambda committed: None,
    shown: Callable[[Change], None] = lambda change: None,
) -> Reread:
    """Read all reports again that were not read by the present recipe; `shown` is called with each change.

    With `dry_run` nothing is written. On Ctrl-C what was read is committed; the same call goes on from there.
    """
    recipe = recipe_digest(load_kit(settings.codebook_folders, models=settings.models).recipe)
    with record.view() as view:
        wanted = [report for report in view.report_ids() if not view.has_reading(report, recipe)]
        total = sum(1 for _ in view.report_ids())
        reviews = standing(view.reviews())
        orphaned = {review.id for review in view.orphaned()}
    result = Reread(total=total)
    gone: set[str] = set()
    pool: Pool[str, tuple[Reading, Reading] | FailedInput] = Pool(
        workers=workers, set_up=set_up, arguments=(record.path, settings), work=work, lost=lost, size=len, slim=str,
    )  # fmt: skip
    writer = None if dry_run else record.writer()
    batch = _Batch(writer=writer, told=told, every_s=every_s)
    with Interrupts().open() as interrupts:
        try:
            for _, outcome in pool.map(wanted):
                if isinstance(outcome, FailedInput):
                    result.failed.append(outcome)
                    continue
                with interrupts.held():
                    gone |= _compare(*outcome, result, shown)
                    batch.readings.append(outcome[1])
                    if batch.due:
                        batch.write()
        except KeyboardInterrupt:
            result.interrupted = True
        finally:
            pool.close()
        interrupts.holding = True
        batch.write()
        if writer is not None:
            writer.close()
    result.orphaned = [
        review for review in reviews if review.id not in orphaned and gone & {*review.claims, *review.others}
    ]
    return result


def _compare(old: Reading, new: Reading, result: Reread, shown: Callable[[Change], None]) -> set[str]:
    """Count what changed, and return the ids of the claims that are no longer there."""
    result.reports += 1
    found = list(changes(old, new))
    result.same += not found
    for change in found:
        result.note(change)
        shown(change)
    return {claim.id for claim in old.claims} - {claim.id for claim in new.claims}
