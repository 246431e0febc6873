"""Sum the counts of documents to scores with confidence intervals; print and write them."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

RESAMPLES = 1000
SEED = 20220302


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Counts behind a score: right ones, ours, and those owed; a plain share has as many ours as owed."""

    hit: int = 0
    given: int = 0
    owed: int = 0

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(hit=self.hit + other.hit, given=self.given + other.given, owed=self.owed + other.owed)

    @classmethod
    def share(cls, good: bool) -> "Rate":
        """Return the counts of one thing that is right or not."""
        return cls(hit=int(good), given=1, owed=1)

    @property
    def precision(self) -> float | None:
        """Right ones of ours; null when there are none of ours."""
        return self.hit / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """Right ones of those owed; null when none is owed."""
        return self.hit / self.owed if self.owed else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall (of a share: itself); null with nothing to score."""
        return 2 * self.hit / (self.given + self.owed) if self.given + self.owed else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A named score: its value (F1 or share), 95 % interval over documents, and the counts.

    `main` scores are those that floors keep from sinking.
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    precision: float | None
    recall: float | None
    hit: int
    given: int
    owed: int
    main: bool


def summarise(
    sheets: Sequence[Mapping[str, Rate]], names: Sequence[str], main: Sequence[str]
) -> tuple[Score, ...]:
    """Sum each named score over documents, one mapping each, in the order of names.

    The interval is the percentile bootstrap: documents drawn with replacement, 1,000 times, fixed seed.
    """
    draws = np.random.default_rng(SEED).integers(0, max(len(sheets), 1), size=(RESAMPLES, len(sheets)))
    scores = []
    for name in names:
        rates = [sheet.get(name, Rate()) for sheet in sheets]
        total = sum(rates, Rate())
        low, high = _interval(rates, draws)
        scores.append(
            Score(
                name=name,
                value=total.f1,
                low=low,
                high=high,
                precision=total.precision,
                recall=total.recall,
                hit=total.hit,
                given=total.given,
                owed=total.owed,
                main=name in main,
            )
        )
    return tuple(scores)


def _interval(rates: Sequence[Rate], draws: Any) -> tuple[float | None, float | None]:
    counts = np.array([(rate.hit, rate.given + rate.owed) for rate in rates], dtype=float).reshape(-1, 2)
    sums = counts[draws].sum(axis=1)
    sums = sums[sums[:, 1] > 0]
    if not len(sums):
        return None, None
    low, high = np.percentile(2 * sums[:, 0] / sums[:, 1], [2.5, 97.5])
    return float(low), float(high)


def table(scores: Sequence[Score]) -> str:
    """Lay scores out as a plain table, one a line."""
    width = max([22, *(len(score.name) + 1 for score in scores)])
    if not any(score.given or score.owed for score in scores):
        return "\n".join(
            f"{score.name:<{width}}{_cell(score.value):>9}  ({_cell(score.low)}–{_cell(score.high)})"
            for score in scores
        )
    lines = [f"{'':<{width}}{'F1':>6}{'95 %':>13}{'P':>7}{'R':>7}{'right':>7}{'ours':>6}{'owed':>6}"]
    for score in scores:
        spread = f"{_cell(score.low)}–{_cell(score.high)}"
        lines.append(
            f"{score.name:<{width}}{_cell(score.value):>6}{spread:>13}{_cell(score.precision):>7}"
            f"{_cell(score.recall):>7}{score.hit:>7}{score.given:>6}{score.owed:>6}"
        )
    return "\n".join(lines)


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def kinds_table(kinds: Mapping[str, int]) -> str:
    """Lay errors out by kind, the commonest first, with their share of all."""
    total = sum(kinds.values())
    rows = sorted(kinds.items(), key=lambda row: (-row[1], row[0]))
    lines = [f"{'error':<46}{'count':>7}{'share':>8}"]
    return "\n".join(
        [*lines, *(f"{kind:<46}{count:>7}{count / total:>8.3f}" for kind, count in rows if count)]
    )


def write(
    path: Path,
    *,
    benchmark: str,
    data: Mapping[str, Any],
    scores: Sequence[Score],
    errors: Mapping[str, int] | None = None,
) -> None:
    """Write a run as JSON: benchmark, data (file, sha256, documents), scores by name, and errors by kind."""
    run = {
        "benchmark": benchmark,
        "data": dict(data),
        "scores": {score.name: {k: v for k, v in asdict(score).items() if k != "name"} for score in scores},
    }
    if errors is not None:
        run["errors"] = dict(sorted(errors.items(), key=lambda row: (-row[1], row[0])))
    path.write_text(json.dumps(run, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def arguments(name: str, description: str) -> argparse.ArgumentParser:
    """Return a parser with the options that every benchmark of quality has."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks {name}", description=description)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder of the data, or the data file itself"
    )
    parser.add_argument("--json", type=Path, help="also write the scores to this file")
    parser.add_argument(
        "--errors", action="store_true", help="list the errors by kind, with the reports' words"
    )
    return parser


def announce(benchmark: str, data: Mapping[str, Any]) -> None:
    """Print what was scored."""
    told = ", ".join(f"{key} {value}" for key, value in data.items())
    print(f"{benchmark}: {told}", file=sys.stdout)
