"""Pairs of tellings in reports of a war, judged by reading both; kept without text, by row and offset.

`war_pairs.csv` has one judgement a line: the row of each report in the file of the corpus (from 0), the offset of the
first trigger of the occurrence in its text (title, blank line, text), the label, who judged (a to d), the round, and
the stratum of the second round. "same" is one occurrence, "part" one within the other (a strike and the night's
strikes), "diff" two, "unsure" not to be told from the texts. A language model judged each pair from the two texts,
publishers and dates by written guidelines, without seeing any weight; the second of each two annotators judged some
pairs again. The first round was drawn evenly over the weights of a first model, the second in strata of the weights of
the next one, so that it can stand for all pairs that were compared.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.linking.cluster import components
from dateline.linking.episodes import Episode
from dateline.model.reading import Claim, Reading

JUDGED = Path(__file__).with_name("war_pairs.csv")
# How many compared pairs there were in each stratum of the second round, from the lowest weights to the highest.
POPULATION = {1: 41_306, 2: 15_150, 3: 8_300, 4: 3_990, 5: 1_935, 6: 880}
# An occurrence whose trigger is read elsewhere by now is the one told nearest, within so many characters.
NEAR = 100
Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Two tellings (row, offset) and whether they are one occurrence; `stratum` is null for the first round."""

    left: Place
    right: Place
    same: bool
    stratum: int | None

    @property
    def id(self) -> str:
        """What tells the pair from others."""
        return "-".join(f"{row}:{start}" for row, start in (self.left, self.right))


def read_judged(path: Path = JUDGED) -> list[Judged]:
    """Read the pairs that were judged the same or different; those on which two judgements differ are left out."""
    labels: dict[tuple[Place, Place], set[str]] = defaultdict(set)
    strata: dict[tuple[Place, Place], int | None] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            left, right = (
                (int(row["row"]), int(row["start"])),
                (int(row["other_row"]), int(row["other_start"])),
            )
            labels[left, right].add(row["label"])
            strata[left, right] = int(row["stratum"]) if row["stratum"] else None
    return [
        Judged(left=pair[0], right=pair[1], same=found == {"same"}, stratum=strata[pair])
        for pair, found in sorted(labels.items())
        if found in ({"same"}, {"diff"})
    ]


def agreement(path: Path = JUDGED) -> tuple[int, int]:
    """Return on how many of the pairs that two annotators decided they agree, and how many there are."""
    labels: dict[tuple[str, ...], list[str]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            labels[row["row"], row["start"], row["other_row"], row["other_start"]].append(row["label"])
    both = [found for found in labels.values() if len(found) == 2 and "unsure" not in found]
    return sum(one == other for one, other in both), len(both)


def find_episode(
    place: Place, readings: Sequence[Reading], episodes: Sequence[Sequence[Episode]]
) -> str | None:
    """Return the id of the episode told at an offset of a row's report, null if none is told there by now."""
    row, start = place
    home = {claim: episode.id for episode in episodes[row] for claim in episode.claims}
    claims = [claim for claim in readings[row].claims if claim.id in home]
    nearest = min(claims, key=lambda claim: _distance(claim, start), default=None)
    return home[nearest.id] if nearest is not None and _distance(nearest, start) <= NEAR else None


def _distance(claim: Claim, start: int) -> int:
    return min(abs(span.start - start) for span in (claim.trigger, *claim.tellings))


def stands_for(pairs: Iterable[Judged]) -> Mapping[int | None, float]:
    """Return how many compared pairs a judged one of each stratum stands for; 0 for those of the first round."""
    drawn = Counter(pair.stratum for pair in pairs)
    weights: dict[int | None, float] = {
        stratum: POPULATION[stratum] / count for stratum, count in drawn.items() if stratum is not None
    }
    return {**weights, None: 0.0}


def parts_of(pairs: Sequence[Judged]) -> list[int]:
    """Return for each pair a number that pairs share which are connected through reports, so that folds can be kept."""
    groups = components({row for pair in pairs for row in (pair.left[0], pair.right[0])},
                        [(pair.left[0], pair.right[0]) for pair in pairs])  # fmt: skip
    part = {row: number for number, rows in enumerate(groups) for row in rows}
    return [part[pair.left[0]] for pair in pairs]
