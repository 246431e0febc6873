"""A record in a folder: guarded against change, locked for one writer, brought to newer schemas, checked and copied."""

# ruff: noqa: S603, S608
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dateline.errors import StoreError
from dateline.store import migrations
from dateline.store.base import Fault
from dateline.store.migrations import DERIVED, guarded
from dateline.store.sqlite import Record, create_record, open_record
from store_made import ALEPPO, CAFE, IDLIB, NEW, custody, reading, review

OLDEST = Path(__file__).parent / "records" / "schema-1.sqlite"
TABLES = ("history", "originals", "recipes", "reports", "arrivals", "readings", "claims", "reviews")


@pytest.fixture
def record(tmp_path: Path) -> Record:
    made = create_record(tmp_path / "record", timeout_s=0.2)
    with made.writer() as writer:
        for each in (ALEPPO, IDLIB, replace(IDLIB, recipe=NEW), CAFE):
            data = each.report.text.encode()
            original = writer.keep_original(data, name="a.txt", media_type="text/plain")
            writer.add_reading(each, custody(each, original))
        writer.add_review(review(ALEPPO.claims[0].id, why="seen"))
    return made


def faults(record: Record) -> list[Fault]:
    with record.view() as view:
        return list(view.verify())


@pytest.mark.parametrize("table", TABLES)
def test_nothing_kept_can_be_changed(record: Record, table: str) -> None:
    connection = record.connection(write=True)
    column = connection.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchall()[-1][0]
    for statement in (
        f"UPDATE {table} SET {column} = {column}",
        f"DELETE FROM {table}",
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    ):
        with pytest.raises(sqlite3.IntegrityError, match=r"only added to|UNIQUE"):
            connection.execute(statement)
    connection.close()
    assert faults(record) == []


def test_every_kept_table_is_guarded(record: Record) -> None:
    connection = record.connection()
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    triggers = {
        name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    }
    connection.close()
    kept = {name for name in names if not name.startswith((DERIVED, migrations.SEARCH, "sqlite_"))}
    assert kept == set(TABLES)
    guards = {name for name in triggers if not name.startswith(DERIVED)}
    assert guards == {f"{name}_no_{verb}" for name in kept for verb in ("update", "delete")}


def test_a_view_cannot_write(record: Record) -> None:
    with record.view() as view, pytest.raises(sqlite3.OperationalError, match="readonly"):
        view.connection.execute("INSERT INTO recipes VALUES (99, 'x', '{}')")


def tampered(record: Record, *statements: str) -> list[str]:
    """Change the database as someone would who knows how, and say where verifying finds faults."""
    connection = sqlite3.connect(record.database, isolation_level=None)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for _, sql in triggers:
        connection.execute(sql)
    connection.close()
    return [fault.where for fault in faults(record) if fault.grave]


REPORT = f"report {ALEPPO.report.id}"
READING = f"reading {ALEPPO.report.id}"


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE reports SET text = 'Shells hat the market in Aleppo.' WHERE id = '{report}'", [REPORT, READING]),
        ("UPDATE reports SET title = 'Calm' WHERE id = '{report}'", [REPORT]),
        ("UPDATE reports SET name = 'other' WHERE id = '{report}'", [REPORT]),
        ("UPDATE reports SET id = '0123456789abcdef' WHERE id = '{report}'", ["report 0123456789abcdef"]),
        ("UPDATE arrivals SET locator = 'row 9' WHERE step = 4", [f"arrival {ALEPPO.report.id}"]),
        ("UPDATE originals SET name = 'b.txt' WHERE step = 2", ["original "]),
        ("UPDATE recipes SET content = replace(content, '0.1', '9')", ["recipe "]),
        ("UPDATE claims SET type = 'strike.air' WHERE report = 3", [READING]),
        ("DELETE FROM claims WHERE report = 3", [READING]),
        ("UPDATE readings SET claims = (SELECT claims FROM readings LIMIT 1 OFFSET 1) WHERE report = 3", [READING]),
        ("UPDATE readings SET rest = x'00' WHERE report = 3", ["reading"]),
        ("UPDATE reviews SET content = replace(content, 'accept', 'reject')", ["review "]),
        ("DELETE FROM reviews", ["review "]),
        ("DELETE FROM history WHERE number = 5", ["history, step 6"]),
        ("DELETE FROM history WHERE number = (SELECT max(number) FROM history)", ["review "]),
        ("UPDATE history SET at = '2001-01-01T00:00:00.000000+00:00' WHERE number = 3", ["history, step 3"]),
        ("UPDATE history SET digest = hash WHERE number = 3", ["history, step 3"]),
        ("UPDATE history SET kind = 'rumour' WHERE number = 3", ["history, step 3"]),
        ("INSERT INTO words (words) VALUES ('delete-all')", ["search index"]),
        ("DROP INDEX claims_by_id", ["schema, claims_by_id"]),
        ("CREATE TRIGGER t AFTER INSERT ON reviews BEGIN SELECT 1; END", ["schema, t"]),
    ],
)  # fmt: skip
def test_tampering_is_found(record: Record, statement: str, where: list[str]) -> None:
    found = tampered(record, "PRAGMA foreign_keys = OFF", statement.format(report=ALEPPO.report.id))
    for wanted in where:
        assert any(place.startswith(wanted) for place in found), found


def test_dropped_triggers_are_found(record: Record) -> None:
    connection = sqlite3.connect(record.database)
    connection.execute("DROP TRIGGER reviews_no_delete")
    connection.close()
    assert [str(fault) for fault in faults(record)] == ["schema, reviews_no_delete: is missing"]


def original(record: Record) -> Path:
    return next(path for path in record.originals.files() if path.read_bytes() == ALEPPO.report.text.encode())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda path: path.write_bytes(b"s" + path.read_bytes()[1:]), "SHA-256 differs"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "bytes, not the"),
        (lambda path: path.unlink(), "is missing"),
    ],
    ids=["a byte changed", "cut short", "deleted"],
)
def test_a_changed_original_is_found(record: Record, change: Callable[[Path], None], message: str) -> None:
    path = original(record)
    path.chmod(0o644)
    change(path)
    (fault,) = faults(record)
    assert path.name in fault.where
    assert message in fault.message
    assert fault.grave


def test_originals_are_read_only_and_named_by_content(record: Record) -> None:
    path = original(record)
    assert path.stat().st_mode & 0o777 == 0o444
    assert path.parent.name == path.name[:2]


def test_what_a_killed_process_leaves_is_noted_and_harms_nothing(record: Record) -> None:
    record.originals.write(b"half written")
    originals = record.originals
    digest, _ = originals.put(b"renamed, but its row was not committed")
    originals.settle()
    found = faults(record)
    assert [fault.grave for fault in found] == [False, False]
    with record.writer() as writer:
        writer.keep_original(b"renamed, but its row was not committed", name="x", media_type="text/plain")
    assert originals.path(digest).exists()
    assert len(faults(record)) == 1


def test_a_damaged_database_is_named(record: Record) -> None:
    connection = record.connection(write=True)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    data = bytearray(record.database.read_bytes())
    data[4096 * 3 : 4096 * 3 + 64] = os.urandom(64)
    record.database.write_bytes(data)
    assert any(fault.grave for fault in faults(record))


def test_one_writer_at_a_time(record: Record) -> None:
    with record.writer() as first, record.writer() as second:
        first.add_review(review(CAFE.claims[0].id))
        with pytest.raises(StoreError, match=rf"is being written by .* \(process {os.getpid()} on .* since"):
            second.add_review(review(IDLIB.claims[0].id))
        first.commit()
        second.add_review(review(IDLIB.claims[0].id))
    assert faults(record) == []
    with record.view() as view:
        assert len(view.reviews()) == 3


def test_readers_see_the_last_commit_while_another_writes(record: Record) -> None:
    with record.writer() as writer, record.view() as view:
        writer.add_review(review(CAFE.claims[0].id))
        assert len(view.reviews()) == 1
        assert [fault.message for fault in faults(record)] == [
            "could not be checked now (database is locked)"
        ]
        writer.commit()
        assert len(view.reviews()) == 2


def test_a_failure_takes_back_what_was_not_committed(record: Record) -> None:
    writer = record.writer()
    other = replace(CAFE, recipe=NEW, claims=(replace(CAFE.claims[0], id="0" * 16, country="\ud800"),))
    writer.add_review(review(CAFE.claims[0].id))
    with pytest.raises(StoreError, match="was taken back"):
        writer.add_reading(other)
    writer.close()
    with record.view() as view:
        assert len(view.reviews()) == 1
    assert faults(record) == []


def test_a_full_disk_loses_nothing_that_was_committed(record: Record) -> None:
    writer = record.writer()
    pages = writer.connection.execute("PRAGMA page_count").fetchone()[0]
    writer.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match=r"full.*was taken back"):
        writer.add_reading(reading("word " * 100_000, "word"))
    writer.close()
    assert faults(record) == []
    with record.view() as view:
        assert view.stats()["reports"] == 3


def test_a_derived_table_may_be_emptied(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    script = f"CREATE TABLE {DERIVED}links (left TEXT, right TEXT) STRICT;"
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, script))
    newer = open_record(record.path)
    for _ in range(2):
        with newer.transaction() as connection:
            connection.execute(f"DELETE FROM {DERIVED}links")
            connection.execute(f"INSERT INTO {DERIVED}links VALUES ('a', 'b')")
    with pytest.raises(ZeroDivisionError), newer.transaction() as connection:
        connection.execute(f"DELETE FROM {DERIVED}links WHERE 1 / {1 // 0}")
    connection = newer.connection()
    assert connection.execute(f"SELECT * FROM {DERIVED}links").fetchall() == [("a", "b")]
    connection.close()
    assert faults(newer) == []


def test_an_older_schema_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "old"
    old.mkdir()
    (old / "record.sqlite").write_bytes(OLDEST.read_bytes())
    script = "CREATE TABLE remarks (step INTEGER PRIMARY KEY, words TEXT) STRICT;\n" + guarded("remarks")
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, script))
    record = open_record(old)
    with record.view() as view:
        assert [each.report.title for each in view.readings()] == ["Aleppo shelled", None]
        assert view.connection.execute("SELECT count(*) FROM remarks").fetchone() == (0,)
        assert [fault.where for fault in view.verify() if not fault.where.startswith("original ")] == []
    with record.writer() as writer:
        assert writer.add_reading(CAFE)
    (copy,) = old.glob("record.before-schema-*.sqlite")
    connection = sqlite3.connect(copy)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert connection.execute("SELECT count(*) FROM reports").fetchone() == (2,)
    connection.close()


def test_a_migration_that_fails_changes_nothing(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    script = "CREATE TABLE remarks (step INTEGER) STRICT; INSERT INTO nowhere VALUES (1);"
    known = migrations.MIGRATIONS
    monkeypatch.setattr(migrations, "MIGRATIONS", (*known, script))
    with pytest.raises(StoreError, match="is unchanged"):
        open_record(record.path)
    monkeypatch.setattr(migrations, "MIGRATIONS", known)
    assert faults(open_record(record.path)) == []


def test_a_newer_schema_is_refused(record: Record) -> None:
    connection = record.connection(write=True)
    connection.execute("PRAGMA user_version = 1000")
    connection.close()
    with pytest.raises(StoreError, match=r"newer Dateline \(schema 1000"):
        open_record(record.path)


def test_what_is_no_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is no record"):
        open_record(tmp_path / "none")
    other = tmp_path / "other"
    other.mkdir()
    connection = sqlite3.connect(other / "record.sqlite")
    connection.execute("CREATE TABLE t (a)")
    connection.close()
    with pytest.raises(StoreError, match="not that of a record"):
        open_record(other)
    (other / "record.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match="not a database"):
        open_record(other)
    with pytest.raises(StoreError, match="is a record already"):
        create_record(other)
    with pytest.raises(StoreError, match="holds other files"):
        create_record(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="is a file"):
        create_record(tmp_path / "file")


def test_a_record_half_made_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    folder.mkdir()
    (folder / "record.sqlite.new").write_bytes(b"half")
    (folder / "record.sqlite.new-wal").write_bytes(b"half")
    assert faults(open_record(folder, must_exist=False)) == []
    assert open_record(folder, must_exist=False).path == folder


def test_a_backup_is_a_record(record: Record, tmp_path: Path) -> None:
    target = tmp_path / "copies" / "monday"
    record.backup(target)
    copied = open_record(target)
    assert faults(copied) == []
    with record.view() as view, copied.view() as other:
        assert list(view.history()) == list(other.history())
        assert list(view.readings()) == list(other.readings())
    assert len(list(copied.originals.files())) == 3
    with copied.writer() as writer:
        writer.add_review(review(CAFE.claims[0].id))
    assert faults(copied) == []


def test_a_backup_overwrites_nothing_and_tells_of_faults(record: Record, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("x")
    for target in (tmp_path / "full", tmp_path / "full" / "file", record.path):
        with pytest.raises(StoreError, match="is there already"):
            record.backup(target)
    with pytest.raises(StoreError, match="in the record itself"):
        record.backup(record.path / "copy")
    path = original(record)
    path.chmod(0o644)
    path.write_bytes(b"changed")
    with pytest.raises(StoreError, match="the copy has 1 faults"):
        record.backup(tmp_path / "copy")


def test_as_of_sees_through_a_later_process(record: Record) -> None:
    with record.view(as_of=date(2000, 1, 1)) as view:
        assert list(view.report_ids()) == []
    code = (
        "import sys; from pathlib import Path; from dateline.store.sqlite import open_record\n"
        "print(len(list(open_record(Path(sys.argv[1])).view().report_ids())))"
    )
    command = [sys.executable, "-c", code, str(record.path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert told.stdout == "3\n"
