"""Connections kept for the next that reads: what is written meanwhile is seen, and nobody reads on another's."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.store.readers import Readers
from dateline.store.sqlite import Record, create_record


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return replace(create_record(tmp_path / "record"), readers=Readers(2))


def steps(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM history").fetchone()[0])


def test_a_connection_that_was_left_in_the_middle_of_reading_sees_what_is_new(record: Record) -> None:
    first = record.connection()
    cursor = first.execute("SELECT * FROM sqlite_master")
    assert cursor.fetchone() is not None
    before = steps(first)
    first.close()
    with record.writer() as writer:
        writer.add_step("record", "again", {})
    assert steps(record.connection()) == before + 1


def test_a_connection_closed_twice_is_not_lent_to_two(record: Record) -> None:
    first = record.connection()
    first.close()
    second = record.connection()
    first.close()
    third = record.connection()
    assert second.execute("PRAGMA query_only").fetchone() == (1,)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        first.execute("SELECT 1")
    second.execute("BEGIN")
    assert not third.in_transaction


def test_a_connection_that_wrote_or_is_in_a_transaction_is_not_kept(record: Record) -> None:
    first = record.connection()
    first.execute("PRAGMA query_only = OFF")
    first.execute("CREATE TEMP TABLE mine (one)")
    first.execute("INSERT INTO mine VALUES (1)")
    first.close()
    second = record.connection()
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        second.execute("SELECT * FROM mine")
    second.execute("BEGIN")
    second.close()
    assert not record.connection().in_transaction


def test_connections_are_closed_with_their_keeper(record: Record) -> None:
    first, second = record.connection(), record.connection()
    first.close()
    assert record.readers is not None
    record.readers.close()
    second.close()
    assert not list(record.path.glob("*-wal"))
