"""Splink 5 on the same episodes, pairs and levels: Fellegi and Sunter's model with u by sampling and m by labels.

Splink is not needed by Dateline; where it is not installed, the benchmark says so and goes on.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np

from benchmarks.quality.incidents_rivals import Labels, connected
from benchmarks.quality.linking_lessons import Shootings
from dateline.codebook.kinship import KinshipBook
from dateline.linking.episodes import Episode
from dateline.linking.score import COMPARISONS
from dateline.linking.table import Ints, row_of, table_of

CUTS = tuple(float(weight) for weight in range(-6, 21, 2))
MOST_PAIRS = 100_000
SEED = 20220302


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


def groups_by_splink(side: Side, kinship: KinshipBook, settings: dict[str, Any]) -> Callable[[float], Labels]:
    """Return a grouping of articles: connected parts of the episodes whose match weight reaches a cut."""
    linker = _linker(side, kinship, settings)
    found = linker.inference.predict().as_pandas_dataframe()
    left, right = found["unique_id_l"].to_numpy(), found["unique_id_r"].to_numpy()
    weights = found["match_weight"].to_numpy()
    known = side.shootings

    def group(cut: float) -> Labels:
        kept = weights >= cut
        parts = connected(
            known.compared.count, list(zip(left[kept].tolist(), right[kept].tolist(), strict=True))
        )
        labels = [-1 - number for number in range(len(known.incidents))]
        for row in np.flatnonzero(known.leading).tolist():
            labels[known.article[row]] = parts[row]
        return labels

    return group


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
        "link_type": "dedupe_only", "comparisons": comparisons, "retain_intermediate_calculation_columns": False,
        "retain_matching_columns": False, "additional_columns_to_retain": [],
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": "l.pair = r.pair", "sql_dialect": "duckdb", "arrays_to_explode": ["pair"]}
        ],
    }  # fmt: skip


def _linker(side: Side, kinship: KinshipBook, settings: dict[str, Any]) -> Any:
    import duckdb
    import pandas
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    logging.getLogger("splink").setLevel(logging.ERROR)
    known = side.shootings
    rows = [row_of(one, report, kinship) for report, told in enumerate(side.episodes) for one in told]
    table = table_of(rows, kinship)
    connection = duckdb.connect()
    for one in COMPARISONS:

        def level(left: Any, right: Any, one: Any = one) -> Any:
            import pyarrow

            sides: list[Ints] = [
                np.asarray(column.to_numpy(zero_copy_only=False), np.int64) for column in (left, right)
            ]
            return pyarrow.array(np.asarray(one.find(table, *sides), np.int32))

        connection.create_function(f"level_{one.name}", level, ["BIGINT", "BIGINT"], "INTEGER", type="arrow")
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
    return Linker(api.register(frame), settings, validate_settings=False)
