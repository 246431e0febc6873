"""Splink 5 on the same episodes, pairs and levels: Fellegi and Sunter's model with u by sampling and m by labels.

Splink is not needed by Dateline; where it is not installed, the benchmark says so and goes on.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np

from benchmarks.quality.incidents_rivals import Labels
from benchmarks.quality.linking_lessons import Shootings
from dateline.codebook.kinship import KinshipBook
from dateline.linking.cluster import cluster, components
from dateline.linking.episodes import Episode
from dateline.linking.score import COMPARISONS, Comparison
from dateline.linking.table import Ints, Table, row_of, table_of

CUTS = tuple(float(weight) for weight in range(0, 41, 2))
MOST_PAIRS = 100_000
SEED = 20220302
Weights = dict[tuple[int, int], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One half: its episodes by article, and what was compared."""

    episodes: Sequence[Sequence[Episode]]
    shootings: Shootings


def is_there() -> bool:
    """Whether Splink is installed."""
    return find_spec("splink") is not None


def train(side: Side, kinship: KinshipBook) -> dict[str, Any]:
    """Return the settings of a model: u of random pairs of episodes, m of the principal episodes of one incident."""
    linker = _linker(side, kinship, _settings())
    linker.training.estimate_u_using_random_sampling(max_pairs=MOST_PAIRS, seed=SEED)
    linker.training.estimate_m_from_label_column("incident")
    found: dict[str, Any] = linker.misc.save_model_to_json(out_path=None)
    return found


def weigh(side: Side, kinship: KinshipBook, settings: dict[str, Any]) -> Weights:
    """Return the match weight in bits of every pair of episodes that Dateline compares, by their rows."""
    found = _linker(side, kinship, settings).inference.predict().as_pandas_dataframe()
    rows = zip(found["unique_id_l"].tolist(), found["unique_id_r"].tolist(), strict=True)
    return dict(zip(((min(pair), max(pair)) for pair in rows), found["match_weight"].tolist(), strict=True))


def groups_by_parts(side: Side, weights: Weights) -> Callable[[float], Labels]:
    """Return a grouping of articles: connected parts of the episodes whose weight reaches a cut, as Splink groups."""

    def group(cut: float) -> Labels:
        kept = [pair for pair, weight in weights.items() if weight >= cut]
        return _of_articles(side, components(range(side.shootings.compared.count), kept))

    return group


def groups_by_average(side: Side, weights: Weights) -> Callable[[float], Labels]:
    """Return a grouping of articles: average linkage, as Dateline groups; a pair that is not compared weighs 0."""
    kept = {pair: weight for pair, weight in weights.items() if weight > 0}

    def group(cut: float) -> Labels:
        return _of_articles(
            side, cluster(range(side.shootings.compared.count), kept, threshold=cut, floor=0.0)
        )

    return group


def _of_articles(side: Side, groups: Sequence[Sequence[int]]) -> Labels:
    """Return the group of each article's principal episode, a number of its own where there is none."""
    known = side.shootings
    group_of = {row: number for number, rows in enumerate(groups) for row in rows}
    labels = [-1 - number for number in range(len(known.incidents))]
    for row in np.flatnonzero(known.leading).tolist():
        labels[known.article[row]] = group_of[row]
    return labels


def _settings() -> dict[str, Any]:
    """Return settings with a comparison for each of Dateline's, whose levels a function of the database tells."""
    comparisons = []
    for number, one in enumerate(COMPARISONS):
        told = f"level_{one.name}(row_l, row_r)"
        levels = [
            {"sql_condition": f"{told} = {level}", "label_for_charts": words}
            for level, words in enumerate(one.levels[:-1])
        ]
        levels.append({"sql_condition": "ELSE", "label_for_charts": one.levels[-1]})
        comparisons.append({"output_column_name": f"c{number}_{one.name}", "comparison_levels": levels})
    return {
        "link_type": "dedupe_only",
        # What a pair weighs before it is compared; it moves all weights alike, and the cut is chosen after.
        "probability_two_random_records_match": 1e-4,
        "comparisons": comparisons, "retain_intermediate_calculation_columns": False,
        "retain_matching_columns": False, "additional_columns_to_retain": [],
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": "l.pair = r.pair", "sql_dialect": "duckdb", "arrays_to_explode": ["pair"]}
        ],
    }  # fmt: skip


def _linker(side: Side, kinship: KinshipBook, settings: dict[str, Any]) -> Any:
    import duckdb
    import pandas
    from duckdb.func import PythonUDFType
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    known = side.shootings
    rows = [row_of(one, report, kinship) for report, told in enumerate(side.episodes) for one in told]
    table = table_of(rows, kinship)
    connection = duckdb.connect()
    for one in COMPARISONS:
        # DuckDB counts parameters, so what is compared is bound outside of the function.
        name, level = f"level_{one.name}", _level(one, table)
        connection.create_function(name, level, ["BIGINT", "BIGINT"], "INTEGER", type=PythonUDFType.ARROW)
    pairs: list[list[int]] = [[] for _ in rows]
    wanted = ~known.compared.barred
    sides = zip(known.compared.left[wanted].tolist(), known.compared.right[wanted].tolist(), strict=True)
    for number, (left, right) in enumerate(sides):
        pairs[left].append(number)
        pairs[right].append(number)
    incidents = np.array(known.incidents, object)[known.article]
    incidents[~known.leading] = None
    frame = pandas.DataFrame(
        {"unique_id": range(len(rows)), "row": range(len(rows)), "pair": pairs, "incident": incidents}
    )
    api = DuckDBAPI(connection)
    return Linker(api.register(frame), settings, log_level=logging.ERROR, validate_settings=False)


def _level(one: Comparison, table: Table) -> Callable[[Any, Any], Any]:
    """Return a function of the database: the level of a comparison for columns of rows."""
    import pyarrow

    def level(left: Any, right: Any) -> Any:
        sides: list[Ints] = [
            np.asarray(side.to_numpy(zero_copy_only=False), np.int64) for side in (left, right)
        ]
        return pyarrow.array(np.asarray(one.find(table, *sides), np.int32))

    return level
