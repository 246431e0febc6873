"""Golden cases: short reports of our own and the claims that belong in them, one a line.

Each folder of tests/golden holds report.txt, source.toml (what is known of its publication), ledger.jsonl and
why.md. `DATELINE_WRITE_GOLDEN=1 pytest tests/test_golden.py` writes the ledgers; read the diff before you
keep it.
"""

import json
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

import dateline
from dateline.model.reading import Claim, Reading
from dateline.model.values import Filler

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())


def entry(claim: Claim) -> dict[str, Any]:
    """Return what a careful reader would write down of a claim; what is not told is left out."""
    place, time = claim.place, claim.time
    values: dict[str, Any] = {
        "trigger": claim.trigger.quote,
        "type": claim.type,
        "actor": names(claim.actors),
        "target": names(claim.targets),
        "figures": [f"{f.measure} {f.low}-{'' if f.high is None else f.high} {f.of}" for f in claim.figures],
        "losses": [f"{loss.count} {loss.item} {loss.status}" for loss in claim.losses],
        "place": f"{place.relation + ' ' if place.relation else ''}{place.name}, {place.country}"
        if place
        else None,
        "time": f"{time.earliest}/{time.latest}" if time else None,
        "says": [said.source.span.quote if said.source else None for said in claim.attribution],
        "told": [claim.polarity, claim.reality, claim.certainty],
        "hedges": [hedge.quote for hedge in claim.hedges],
        "tellings": [telling.quote for telling in claim.tellings],
    }
    return {name: value for name, value in values.items() if value not in (None, [])}


def names(fillers: tuple[Filler, ...]) -> list[str]:
    return [filler.span.quote for filler in fillers]


def ledger(reading: Reading) -> str:
    """Write the entries of a reading, one a line, sorted."""
    lines = sorted(json.dumps(entry(claim), ensure_ascii=False) for claim in reading.claims)
    return "".join(line + "\n" for line in lines)


@pytest.mark.parametrize("case", CASES)
def test_golden(case: str) -> None:
    folder = GOLDEN / case
    source = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8"))
    written = ledger(dateline.read((folder / "report.txt").read_text(encoding="utf-8"), **source))
    path = folder / "ledger.jsonl"
    if os.environ.get("DATELINE_WRITE_GOLDEN"):
        path.write_text(written, encoding="utf-8")
    assert written == path.read_text(encoding="utf-8")


def test_every_case_says_why() -> None:
    assert CASES
    for case in CASES:
        assert (GOLDEN / case / "why.md").read_text(encoding="utf-8").strip(), case
