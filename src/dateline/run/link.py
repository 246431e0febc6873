"""Join what a record holds into events: only what is new and what it touches; resumable, in short transactions."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dateline.linking.decided import KINDS, decided
from dateline.model.review import Review, standing
from dateline.run.link_chunk import JOINING, Chunk
from dateline.run.link_kit import LinkKit, LinkSummary, load_link_kit
from dateline.store.linked import Linked
from dateline.store.sqlite import Record
from dateline.store.sqlite_view import SqliteView

__all__ = ["LinkKit", "LinkSummary", "link", "link_view", "load_link_kit"]

# Reports linked in one transaction: each chunk is whole or not there at all.
REPORTS = 2_000


def link(
    record: Record,
    kit: LinkKit,
    *,
    anew: bool = False,
    at_once: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> LinkSummary:
    """Join what was not joined yet; `progress` is told the reports that are done and that there are.

    `at_once` are the reports of one transaction, so that a run that is killed goes on where it was. With another kit
    than the last time, or `anew`, everything is joined again; an event that went into another is found under its old
    id.
    """
    summary = LinkSummary()
    with record.view() as view, record.session() as session:
        reviews = _decisions(view)
        known = decided(reviews.values())
        with session.transaction() as connection:
            linked = Linked(connection)
            if anew or linked.state("kit") != kit.digest:
                linked.clear()
                linked.note("kit", kit.digest)
            Chunk(linked, view, kit, known, summary).take_in(reviews)
            pending = linked.pending()
        step = at_once or REPORTS
        for start in range(0, len(pending), step):
            chunk = pending[start : start + step]
            with session.transaction() as connection, _uncollected():
                Chunk(Linked(connection), view, kit, known, summary).run(chunk)
            progress(start + len(chunk), len(pending))
        with session.transaction() as connection:
            Linked(connection).name_former()
    return summary


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for cycles of objects once, at the end: a chunk holds millions of objects, and next to no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
            gc.collect()


def _decisions(view: SqliteView) -> dict[str, Review]:
    """Return the standing decisions about which claims are one event, by id, in the order made."""
    return {review.id: review for review in standing(view.reviews(JOINING)) if review.kind in KINDS}


def link_view(record: Record, view: SqliteView, kit: LinkKit) -> Linked:
    """Join what a view sees, on its own and for this process alone; whoever asks closes the connection."""
    linked = Linked(record.connection(), view.last_step)
    linked.begin_anew()
    known = decided(_decisions(view).values())
    pending = linked.pending()
    for start in range(0, len(pending), REPORTS):
        Chunk(linked, view, kit, known, LinkSummary()).run(pending[start : start + REPORTS])
    return linked
