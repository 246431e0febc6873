"""What tests of several modules share: a browser, and a record of the own-written stories."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browsing import WITHOUT_WEBGL, launched, started_playwright
from dateline.run.add import add
from dateline.run.link import link
from dateline.run.summaries import refresh
from dateline.settings import Settings
from dateline.store.sqlite import create_record
from desk_served import Served, served
from desk_watch import hostile_rows, made_record
from occurred import TOLD, kit


@pytest.fixture(scope="session")
def playwright() -> Iterator[Any]:
    """The driver of browsers, of which a process has but one."""
    yield from started_playwright()


@pytest.fixture(scope="session")
def browser(playwright: Any) -> Iterator[Any]:
    """A browser for all tests of a process."""
    started = launched(playwright)
    yield started
    started.close()


@pytest.fixture(scope="session")
def without_webgl(playwright: Any) -> Iterator[Any]:
    """A browser that cannot draw maps."""
    started = launched(playwright, WITHOUT_WEBGL)
    yield started
    started.close()


@pytest.fixture(scope="session")
def stories_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a record of all stories, added from a file and linked; tests that change it copy it first."""
    folder = tmp_path_factory.mktemp("stories")
    source = folder / "stories.jsonl"
    rows = [
        {"text": told.text, "published": told.on, "publisher": told.by, "title": told.title,
         "url": f"https://example.org/{told.story}/{number}"}
        for number, told in enumerate(TOLD)
    ]  # fmt: skip
    source.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    record = create_record(folder / "record")
    add([str(source)], record, Settings())
    link(record, kit())
    refresh(record, kit())
    return record.path


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A desk over reports made to hurt, in every field and in the name of their file."""
    folder = tmp_path_factory.mktemp("hostile")
    record = made_record(folder, hostile_rows(), name="<img src=x onerror=alert(8)> {{ 7*7 }}.jsonl")
    with served(record.path) as running:
        yield running
