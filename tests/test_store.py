"""The stores of a record, each by the same contract, and what is SQLite's own: files, locks, schema."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from dateline.store.memory import MemoryRecord
from dateline.store.sqlite import create_record
from store_contract import StoreContract
from store_made import Record


class TestMemory(StoreContract):
    def made(self, path: Path, clock: Callable[[], datetime]) -> Record:
        return MemoryRecord(clock)


class TestSqlite(StoreContract):
    def made(self, path: Path, clock: Callable[[], datetime]) -> Record:
        return create_record(path, clock=clock)
