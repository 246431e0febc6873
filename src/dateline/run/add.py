"""Read inputs into a record: one process walks and writes, the others read; what is committed stays."""

import gzip
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import BinaryIO, cast

from dateline.errors import DatelineError, StoreError
from dateline.intake.arrival import FailedInput, LeftOut
from dateline.intake.columns import columns_of
from dateline.intake.item import Item
from dateline.intake.table import table_header
from dateline.intake.walk import items
from dateline.model.reading import Reading
from dateline.reading.kit import load_kit
from dateline.run.interrupt import Interrupts
from dateline.run.pool import Pool
from dateline.run.summary import Summary
from dateline.run.work import Known, Outcome, lost, set_up, slim, work
from dateline.settings import Settings
from dateline.store.base import Custody
from dateline.store.sqlite import Record
from dateline.store.sqlite_writer import SqliteWriter

EVERY_S = 1.0
_MOST = 500

Walked = Item | FailedInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """What a commit added: the ids of its reports, and how far the walk has come in bytes of the originals."""

    reports: tuple[str, ...]
    done_bytes: int


@dataclass(slots=True)
class _Way:
    """How far the walk has come: bytes of the originals that were passed, and of the one it is in."""

    passed: int = 0
    size: int = 0
    digest: str = ""
    within: int = 0

    def go(self, item: Item) -> int:
        """Step on to an item and return the bytes done; those of packed items are no more than their original's."""
        if item.original.digest != self.digest:
            self.passed += self.size
            self.digest, self.size, self.within = item.original.digest, item.original.size, 0
        self.within += len(item.data)
        return self.passed + min(self.within, self.size)


@dataclass(slots=True)
class _Batch:
    """What was read and not yet written; the record is locked only while a batch is written."""

    writer: SqliteWriter
    summary: Summary
    told: Callable[[Committed], None]
    every_s: float
    rows: list[tuple[Walked, Outcome]] = field(default_factory=list)
    way: _Way = field(default_factory=_Way)
    done_bytes: int = 0
    since: float = field(default_factory=monotonic)

    @property
    def due(self) -> bool:
        """Whether it is time to write."""
        return len(self.rows) >= _MOST or monotonic() - self.since > self.every_s

    def take(self, item: Walked, outcome: Outcome) -> None:
        """Note what came of an item; its bytes, which may be many, are let go."""
        if isinstance(item, Item):
            self.done_bytes = self.way.go(item)
            item = replace(item, data=b"")
        self.rows.append((item, outcome))

    def write(self) -> None:
        """Write and commit; the summary counts only what was committed."""
        counts, reports = Summary(), []
        unkept = self._keep_originals(counts)
        for item, outcome in self.rows:
            if isinstance(item, Item) and item.original.digest in unkept:
                outcome = FailedInput(name=item.name, message=unkept[item.original.digest])
            report = self._write_one(item, outcome, counts)
            if report is not None:
                reports.append(report)
        self.writer.commit()
        self._count(counts)
        self.rows.clear()
        self.since = monotonic()
        self.told(Committed(reports=tuple(reports), done_bytes=self.done_bytes))

    def _keep_originals(self, counts: Summary) -> dict[str, str]:
        """Keep the originals of reports; return by digest why some could not be kept."""
        unkept: dict[str, str] = {}
        needed = {
            item.original.digest: item.original
            for item, outcome in self.rows
            if isinstance(item, Item) and isinstance(outcome, Reading | Known)
        }
        for digest, original in needed.items():
            source = original.path or original.data or b""
            new = not self.writer.originals.has(digest)
            try:
                self.writer.keep_original(
                    source, name=original.name, media_type=original.media_type, digest=digest
                )
                counts.originals += new
            except StoreError as error:
                unkept[digest] = str(error)
        return unkept

    def _write_one(self, item: Walked, outcome: Outcome, counts: Summary) -> str | None:
        if isinstance(item, FailedInput):
            counts.failed.append(item)
            return None
        if isinstance(outcome, FailedInput):
            counts.failed.append(outcome)
            return None
        if isinstance(outcome, LeftOut):
            counts.left_out.append(outcome)
            return None
        report = outcome.report if isinstance(outcome, Known) else outcome.report.id
        custody = _custody(item, report)
        if isinstance(outcome, Reading):
            return self._write_reading(outcome, custody, counts)
        counts.known += 1
        counts.ways += self.writer.add_arrival(custody)
        return report

    def _write_reading(self, reading: Reading, custody: Custody, counts: Summary) -> str:
        known = self.writer.has_report(custody.report)
        came = known and self.writer.add_arrival(custody)
        if not self.writer.add_reading(reading, custody):
            # The same report twice in one batch: the second was read before the first was written.
            counts.known += 1
            counts.ways += came
            return custody.report
        counts.claims += len(reading.claims)
        if known:
            counts.reread += 1
        else:
            counts.added += 1
            counts.languages.update(_language(reading))
        return custody.report

    def _count(self, counts: Summary) -> None:
        total = self.summary
        for name in ("added", "reread", "known", "ways", "claims", "originals"):
            setattr(total, name, getattr(total, name) + getattr(counts, name))
        total.languages.update(counts.languages)
        total.left_out += counts.left_out
        total.failed += counts.failed


def add(
    inputs: Iterable[str],
    record: Record,
    settings: Settings,
    *,
    workers: int = 1,
    every_s: float = EVERY_S,
    told: Callable[[Committed], None] = lambda committed: None,
) -> Summary:
    """Read inputs into a record and return what came of it; `told` is called after each commit, about `every_s`
    seconds apart.

    On Ctrl-C what was read is committed and the summary says that it was interrupted; the same call goes on from
    there. Raises DatelineError when the codebook has faults or the record cannot be written; what was committed stays.
    """
    # Faults of the codebook are told before anything is read, and once, not by every process.
    load_kit(settings.codebook_folders, models=settings.models)
    summary = Summary()
    pool: Pool[Walked, Outcome] = Pool(
        workers=workers, set_up=set_up, arguments=(record.path, settings), work=work, lost=lost, size=_size, slim=slim,
    )  # fmt: skip
    with Interrupts().open() as interrupts, record.writer() as writer:
        batch = _Batch(writer=writer, summary=summary, told=told, every_s=every_s)
        try:
            for item, outcome in pool.map(_walk(inputs, settings, summary)):
                batch.take(item, outcome)
                if batch.due:
                    with interrupts.held():
                        batch.write()
        except KeyboardInterrupt:
            summary.interrupted = True
        finally:
            pool.close()
        interrupts.holding = True
        batch.write()
    return summary


def _walk(inputs: Iterable[str], settings: Settings, summary: Summary) -> Iterator[Walked]:
    """Walk the inputs, and note of each table which columns were taken for what."""
    for item in items(inputs, settings):
        if isinstance(item, Item) and item.kind == "row" and item.locator.startswith("row "):
            if item.original.name not in summary.columns:
                summary.columns[item.original.name] = _columns(item, settings)
        yield item


def _columns(item: Item, settings: Settings) -> str:
    """Say which columns of a table were taken for which field; of a table in an archive it is not told."""
    original = item.original
    name = Path(original.name)
    packed = name.suffix.lower() == ".gz"
    suffix = (name.with_suffix("") if packed else name).suffix.lower()
    try:
        with ExitStack() as opened:
            stream = original.path.open("rb") if original.path else BytesIO(original.data or b"")
            file = cast(BinaryIO, opened.enter_context(stream))
            if packed:
                file = cast(BinaryIO, opened.enter_context(gzip.open(file)))
            header = table_header(file, suffix, settings.limits.line_bytes)
        named = columns_of(header, settings.columns)
        return ", ".join(f"{field} = {column!r}" for field, column in named.items())
    except (OSError, EOFError, DatelineError):
        return "as in each table of it"


def _custody(item: Item, report: str) -> Custody:
    original = item.original
    return Custody(
        report=report, original=original.digest, locator=item.locator, name=original.name,
        recorded=datetime.now(UTC), fetched_url=original.final_url or original.url,
    )  # fmt: skip


def _language(reading: Reading) -> list[str]:
    """Return the language of a reading that was not read for it, as its problem names it."""
    told = next((problem for problem in reading.problems if problem.code == "language"), None)
    return [told.message.removeprefix("the text is in ").partition(";")[0]] if told else []


def _size(item: Walked) -> int:
    return len(item.data) if isinstance(item, Item) else 0
