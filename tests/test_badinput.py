"""Bad input never crashes, hangs or misquotes: hundreds of broken reports and inputs made to hurt."""

from pathlib import Path

import pytest
from benchmarks.mutations import hostile, mutations
from benchmarks.robust import feed

REPORTS = (
    "date 2016-09-28 Clinic hit as siege tightens\n\nALEPPO, Sept 28 (Levant Wire) — Two barrel"
    " bombs struck a clinic in the east of Aleppo before dawn on Wednesday, killing at least "
    "six people, a nurse said.\n\n“We pulled out children,” she said. “There is no\n\n“other "
    "clinic left.”\n\nThe army denied the bombing.",
    "Rebels say they shot down a jet near Sanaa - TV\n\nHouthi fighters claimed on Sunday to "
    "have downed a drone 20 km north of Marib; the coalition did not comment. Some 40 "
    "soldiers were reportedly killed last week.",
    'LIVE: 14:05 - Explosions heard in Omdurman. The RSF "may attack" the bridge, witnesses '
    "fear. About 3,500 people have fled since 15 April, the UN says (IOM: 4,000).",
)


def test_mutations_of_reports(tmp_path: Path) -> None:
    tally = feed(mutations(REPORTS, 200, seed=7), tmp_path)
    assert tally.wrong == []
    assert tally.outcomes["Reading"] > 120


@pytest.mark.parametrize(
    ("name", "data", "ending"), [pytest.param(*case, id=case[0]) for case in hostile(4_000)]
)
def test_hostile_input(name: str, data: bytes, ending: str, tmp_path: Path) -> None:
    tally = feed([(name, data, ending)], tmp_path)
    assert tally.wrong == []
    assert sum(tally.outcomes.values()) == 1


def test_mutations_are_the_same_for_the_same_seed() -> None:
    assert list(mutations(REPORTS, 40, seed=3)) == list(mutations(REPORTS, 40, seed=3))
    assert list(mutations(REPORTS, 40, seed=3)) != list(mutations(REPORTS, 40, seed=4))
