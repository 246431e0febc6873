"""Copies among the reports of a record: found however they come in, and no origins of their own."""

import random
from pathlib import Path

import pytest

from dateline.linking.copies import group_copies
from dateline.model.event import Event
from dateline.model.reading import Reading
from dateline.run.events import Events
from dateline.run.link import link
from dateline.store.linked_copies import LinkedCopies
from dateline.store.sqlite import Record, open_record
from occurred import everything, kit, put, read, record_of

WIRE = (
    "Shells hit the grain market in the town of Dilling on Saturday evening and killed nine people, a doctor at the "
    "rural hospital said by telephone.\n\nThe shells came from the army's hill east of the town, two traders said. "
    "Stalls burned until midnight and the road to Kadugli was closed.\n\nThe governor of South Kordofan called for "
    "calm. It was the third shelling of the market since the rains began, and the doctor asked for blood and lamps."
)
OTHER = (
    "Fishermen on the lake of Kivu found two mines near the jetty of Bukavu on Friday, the harbour master said. The "
    "mines were blown up by engineers of the provincial army command, and nobody was hurt.\n\nThe lake has been closed "
    "to boats since Thursday night. Traders complained of losses, and a ferry with cattle was turned back to Goma."
)
PRINTED = (("Wire Desk", "2024-06-02"), ("Morning Paper", "2024-06-03"), ("Evening Paper", "2024-06-01"))


def reprints() -> list[Reading]:
    """Return one text as three outlets print it, one of them with changes of its own."""
    cut = WIRE.replace("nine people", "9 people").rsplit("\n\n", 1)[0]
    texts = (WIRE, f"KHARTOUM - {WIRE}", cut)
    return [read(text, day, by) for text, (by, day) in zip(texts, PRINTED, strict=True)]


def groups(record: Record) -> set[frozenset[str]]:
    """Return the groups of copies of a record."""
    connection = record.connection()
    try:
        kept = LinkedCopies(connection)
        return {frozenset(kept.members(original)) for original, _ in kept.groups()}
    finally:
        connection.close()


def strike(found: Events) -> Event:
    """Return the event of the shelling that the wire's story tells of."""
    (event,) = [one for one in found.events() if "Dilling" in one.title]
    return event


def test_reprints_are_a_group_by_its_earliest(tmp_path: Path) -> None:
    readings = reprints()
    record = record_of(tmp_path / "a", [*readings, read(OTHER, "2024-06-02", "Lake Post"), *everything()])
    ids = [one.report.id for one in readings]
    assert groups(record) == {frozenset(ids)}
    with Events(record, kit=kit()) as found:
        event = strike(found)
    assert {entry.copy_of for entry in event.entries} == {ids[2]}


def test_a_copy_adds_no_origin(tmp_path: Path) -> None:
    first, *others = reprints()
    record = record_of(tmp_path / "a", [first])
    with Events(record, kit=kit()) as found:
        before = strike(found)
    put(record, others)
    link(record, kit())
    with Events(record, kit=kit()) as found:
        after = strike(found)
    assert len({entry.report.id for entry in after.entries}) == 3
    assert len(after.origins) == len(before.origins)
    assert sum(len(origin.copies) for origin in after.origins) > 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_groups_in_parts_are_those_at_once(tmp_path: Path, seed: int) -> None:
    readings = [
        *reprints(),
        read(OTHER, "2024-06-02", "Lake Post"),
        read(OTHER, "2024-06-04", "Copyist"),
        *everything(),
    ]
    random.Random(seed).shuffle(readings)
    record = record_of(tmp_path / "a")
    for start in range(0, len(readings), 5):
        put(record, readings[start : start + 5])
        link(record, kit())
    wanted = group_copies([(one.report.id, one.report.text) for one in readings])
    assert groups(record) == {frozenset(group) for group in wanted}
    assert len(groups(record)) == 2


def test_an_earlier_copy_that_comes_later_is_the_one_copied(tmp_path: Path) -> None:
    first, second, earliest = reprints()
    record = record_of(tmp_path / "a", [first, second])
    kept = {one.report.id for one in (first, second)}
    connection = record.connection()
    assert set(LinkedCopies(connection).originals(kept).values()) == {first.report.id}
    put(record, [earliest])
    link(record, kit())
    everyone = {*kept, earliest.report.id}
    assert set(LinkedCopies(connection).originals(everyone).values()) == {earliest.report.id}
    link(record, kit(), anew=True)
    assert set(LinkedCopies(connection).originals(everyone).values()) == {earliest.report.id}
    connection.close()


def test_reports_without_words_are_no_copies(tmp_path: Path) -> None:
    record = record_of(tmp_path / "a", [read(text, "2024-06-02") for text in ("…", "?!", "– –")])
    assert groups(record) == set()


def test_the_title_of_a_column_is_no_copy_on_another_day(tmp_path: Path) -> None:
    title = "The war in Darfur: what you need to know today"
    texts = [
        (title, "2024-06-02"),
        (title, "2024-06-02"),
        (title, "2024-06-09"),
        (f"{title} again", "2024-06-16"),
    ]
    readings = [read(text, day, f"Paper {number}") for number, (text, day) in enumerate(texts)]
    record = record_of(tmp_path / "a", readings)
    assert groups(record) == {frozenset(one.report.id for one in readings[:2])}


def test_a_record_linked_before_texts_had_sketches(tmp_path: Path) -> None:
    first, second, third = reprints()
    record = record_of(tmp_path / "a", [first, second, *everything()])
    connection = record.connection(write=True)
    connection.execute("DROP INDEX derived_aliases_by_event")
    connection.execute("DROP TABLE derived_sketches")
    connection.execute("PRAGMA user_version = 3")
    connection.close()
    older = open_record(record.path)
    assert groups(older) == {frozenset((first.report.id, second.report.id))}
    put(older, [third])
    assert link(older, kit()).reports == 1
    assert groups(older) == {frozenset(one.report.id for one in (first, second, third))}
    connection = older.connection()
    (sketches,) = connection.execute("SELECT count(*) FROM derived_sketches").fetchone()
    connection.close()
    # That of the new report, and that of the one text which the others have.
    assert sketches == 2
