"""Keep the summaries of a record's events: derive those that are missing, in short transactions; resumable."""

import hashlib
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from dateline.codebook.digest import codebook_digest
from dateline.codebook.tables import PACKAGED
from dateline.model.event import Event
from dateline.model.summary import OriginSummary, Summary, Toll
from dateline.run.events import Events
from dateline.run.link_kit import LinkKit, load_link_kit
from dateline.run.pool import Pool
from dateline.run.summarize import summarize
from dateline.store.sqlite import Record, Session, open_record
from dateline.store.summaries import Changes, Short, Summaries

__all__ = [
    "Changes", "OriginSummary", "RefreshSummary", "Summary", "Toll", "is_fresh", "origins_of", "refresh", "summaries",
]  # fmt: skip

# Raised when summaries of the same events become others.
VERSION = "1"
# Events derived and kept in one transaction.
EVENTS = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshSummary:
    """What a refresh did: how many events it derived, how many are still to be, and those that could not be.

    `anew`: all were to be derived, since they had been made by another version or codebook, or never.
    """

    derived: int = 0
    left: int = 0
    failed: tuple[str, ...] = ()
    anew: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Derived:
    """Summaries as of a moment, which holds as long as the record's `touched` is the same; and the ids that failed."""

    touched: int
    shorts: tuple[Short, ...] = ()
    failed: tuple[str, ...] = ()


def refresh(
    record: Record,
    kit: LinkKit | None = None,
    *,
    events: Collection[str] | None = None,
    workers: int = 1,
    limit: int | None = None,
    at_once: int = EVENTS,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> RefreshSummary:
    """Derive the summaries that are missing, of `events` or of all, those told last first, `limit` at most.

    Each transaction keeps `at_once` summaries, and holds others up only while it writes them; what was kept stays
    kept if the process is killed. What changes while it is being derived is derived again. `progress` is told how
    many are done and how many there are to do.
    """
    kit = kit or load_link_kit()
    with record.session() as session:
        anew = _begin(session, digest_of(kit))
        kept = Summaries(session.connection)
        missing = kept.missing() if events is None else kept.lacking(events)
        todo = missing if limit is None else missing[:limit]
        done, failed = 0, list[str]()
        deriver = Deriver(record, kit)
        try:
            for ids, derived in _all_derived(
                record,
                deriver,
                [tuple(todo[at : at + at_once]) for at in range(0, len(todo), at_once)],
                workers,
            ):
                failed += _keep(session, deriver, ids, derived).failed
                done += len(ids)
                progress(done, len(todo))
        finally:
            deriver.close()
        with session.transaction() as connection:
            Summaries(connection).trim()
    return RefreshSummary(
        derived=done - len(failed), left=len(missing) - done, failed=tuple(failed), anew=anew
    )


def is_fresh(record: Record, kit: LinkKit) -> bool:
    """Whether no summary is missing, and all were made by this version and codebook."""
    connection = record.connection()
    try:
        kept = Summaries(connection)
        return kept.digest() == digest_of(kit) and not kept.any_missing()
    finally:
        connection.close()


def summaries(connection: sqlite3.Connection, ids: Collection[str] | None = None) -> Iterator[Summary]:
    """Yield the summaries that are kept, by event id in that order; all of them if none are named."""
    return Summaries(connection).summaries(ids)


def origins_of(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, tuple[OriginSummary, ...]]:
    """Return how the origins of each of these events stand beside one another, those with most claims first."""
    return Summaries(connection).origins(ids)


def digest_of(kit: LinkKit) -> str:
    """Return what tells whether summaries were made by this version of the code, this codebook and this kit."""
    parts = (VERSION, version("dateline"), _codebook(), kit.digest)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@cache
def _codebook() -> str:
    return codebook_digest([PACKAGED])


def _begin(session: Session, digest: str) -> bool:
    if Summaries(session.connection).digest() == digest:
        return False
    with session.transaction() as connection:
        Summaries(connection).begin_anew(digest)
    return True


def _all_derived(
    record: Record, deriver: "Deriver", batches: Sequence[tuple[str, ...]], workers: int
) -> Iterator[tuple[tuple[str, ...], _Derived]]:
    """Yield batches with what was derived of them."""
    if workers <= 1 or len(batches) < 2:
        yield from ((ids, deriver.derive(ids)) for ids in batches)
        return
    pool: Pool[tuple[str, ...], _Derived] = Pool(
        workers=workers, set_up=_set_up, arguments=(record.path,), work=_work, lost=_lost, size=_size, slim=tuple,
    )  # fmt: skip
    yield from pool.map(batches)


def _keep(session: Session, deriver: "Deriver", ids: Sequence[str], derived: _Derived) -> _Derived:
    """Keep summaries; what has changed since they were derived is derived again while nobody else can write."""
    with session.transaction() as connection:
        kept = Summaries(connection)
        wanted = kept.lacking(ids)
        if derived.touched != kept.touched():
            derived = deriver.derive(wanted)
        there = set(wanted)
        kept.put([short for short in derived.shorts if short.summary.id in there])
    return derived


class Deriver:
    """Derives summaries on connections of its own, which see what was committed."""

    def __init__(self, record: Record, kit: LinkKit) -> None:
        self.record, self.kit = record, kit
        self.connection = record.connection()
        self.events: Events | None = None
        self.touched = -1

    def close(self) -> None:
        """Close the connections."""
        self.connection.close()
        if self.events is not None:
            self.events.close()
            self.events = None

    def derive(self, ids: Sequence[str]) -> _Derived:
        """Derive the summaries of events as they stand; one that cannot be derived does not keep others from it."""
        events = self._opened()
        try:
            shorts, failed = _shorts(events, ids), list[str]()
        except Exception:
            shorts, failed = [], []
            for event in ids:
                try:
                    shorts += _shorts(events, [event])
                except Exception:
                    failed.append(event)
        return _Derived(touched=self.touched, shorts=tuple(shorts), failed=tuple(failed))

    def _opened(self) -> Events:
        """Return the events as they stand: people's decisions are read when they are opened."""
        now = Summaries(self.connection).touched()
        if self.events is None or now != self.touched:
            if self.events is not None:
                self.events.close()
            # The number first: what changes after it was read makes what is derived here count for nothing.
            self.touched = now
            self.events = Events(self.record, kit=self.kit)
        return self.events


def _shorts(events: Events, ids: Sequence[str]) -> list[Short]:
    joined = Summaries(events.linked.connection).joined(ids)

    def short(event: Event) -> Short:
        return summarize(event, joined[event.id])

    return [short(event) for event in events.events(ids) if event.id in joined]


_working: list[Deriver] = []


def _set_up(path: Path) -> None:
    """Prepare a process of the pool."""
    _working[:] = [Deriver(open_record(path), load_link_kit())]


def _work(ids: tuple[str, ...]) -> _Derived:
    return _working[0].derive(ids)


def _lost(ids: tuple[str, ...]) -> _Derived:
    """Stand for what a process that died has derived: nothing, so that it is tried again here."""
    return _Derived(touched=-1)


def _size(ids: tuple[str, ...]) -> int:
    return len(ids)
