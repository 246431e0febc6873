"""The pool of processes: in order, bounded, and alive after a process dies."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import pool_work
from dateline.errors import DatelineError
from dateline.run.pool import Pool


def pool(workers: int, set_up: object = pool_work.set_up) -> Pool[str, str]:
    assert callable(set_up)
    return Pool(
        workers=workers, set_up=set_up, arguments=("did",), work=pool_work.work, lost=pool_work.lost,
        size=len, slim=str.strip,
    )  # fmt: skip


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order(workers: int) -> None:
    tasks = [f"task {number}" for number in range(50)]
    assert list(pool(workers).map(tasks)) == [(task, f"did {task}") for task in tasks]


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken = 0

    def tasks() -> Iterator[str]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield str(number)

    made = pool(2)
    results = made.map(tasks())
    assert next(results)[0] == "0"
    assert taken < 200
    results.close()  # type: ignore[attr-defined]


def test_only_what_kills_a_process_is_lost(tmp_path: Path) -> None:
    tasks = [f"task {number}" for number in range(60)]
    tasks[3], tasks[30], tasks[45] = "die", "die", f"die once {tmp_path / 'once'}"
    results = dict(pool(2).map(tasks))
    assert len(results) == 59
    assert results["die"] == "lost die"
    assert all(answer == f"did {task}" for task, answer in results.items() if task != "die")


def test_processes_that_cannot_start_end_it() -> None:
    with pytest.raises(DatelineError, match="die one after another"):
        list(pool(2, pool_work.set_up_and_die).map(map(str, range(400))))
