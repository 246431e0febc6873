"""A few kills of each command that writes to a record; `python -m benchmarks kill` does many more."""

import random
from pathlib import Path

import pytest
from benchmarks.kill import CASES, Tally, check, run_case
from benchmarks.synthetic import write_lines

from dateline.reading.kit import load_kit
from dateline.run.add import add
from dateline.settings import Settings
from dateline.store.codec import recipe_digest
from dateline.store.sqlite import create_record


# The case with several processes takes long to start; the benchmark has it.
@pytest.mark.parametrize("name", ["add many files", "reread"])
def test_nothing_is_lost_doubled_or_broken(name: str) -> None:
    tally = run_case(name, CASES[name], times=2, reports=60, rng=random.Random(len(name)))
    assert tally.kills == 2
    assert (tally.failures, tally.said) == (0, [])


def test_losses_would_be_seen(tmp_path: Path) -> None:
    lines, record = tmp_path / "news.jsonl", create_record(tmp_path / "record")
    write_lines(lines, 5)
    add([str(lines)], record, Settings())
    recipe, tally = recipe_digest(load_kit().recipe), Tally()
    with record.view() as view:
        ids = set(view.report_ids())
    check(record.path, ids, recipe, tally, "here")
    assert tally.failures == 0
    check(record.path, {*ids, "0" * 16}, recipe, tally, "here")
    assert tally.lost == 1
    check(record.path, ids, "another recipe", tally, "here")
    assert tally.lost == 6
    check(tmp_path / "none", ids, recipe, tally, "here")
    assert tally.lost == 11
    connection = record.connection(write=True)
    connection.execute("DROP TRIGGER reports_no_update")
    connection.close()
    check(record.path, ids, recipe, tally, "here")
    assert tally.faults == 1
