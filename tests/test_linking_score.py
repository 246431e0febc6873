"""Which episodes are compared and how: keys, pairs, levels of evidence, their words and weights."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook.kinship import load_kinship
from dateline.codebook.tables import PACKAGED, Fault, Sources
from dateline.codebook.types import load_types
from dateline.linking.block import EVER, MOST, WINDOW, flat_keys, keys_of, pairs_of, reach_of
from dateline.linking.episodes import Episode
from dateline.linking.join import compare
from dateline.linking.score import COMPARISONS, levels_of, load_model, pieces_of, weights_of
from dateline.linking.table import UNKNOWN, Table, row_of, table_of
from dateline.linking.terms import Terms, number_of
from dateline.model.values import Place
from made_entries import town
from occurred import kit

KINSHIP, MODEL = kit().kinship, load_model()
DAY = date(2015, 6, 1).toordinal()
NO_TERMS = Terms(words=(), names=())


def episode(**fields: Any) -> Episode:
    """Return a strike in Goma on a day, told that day by one outlet."""
    told: dict[str, Any] = {
        "id": "a", "report": "r", "outlet": "Post", "claims": ("a",), "types": ("strike.air",), "realm": "told",
        "days": (DAY, DAY), "told": DAY, "place": town("Goma", -1.67, 29.22), "country": "CD", "figures": (),
        "actors": frozenset(), "targets": frozenset(), "terms": NO_TERMS, "lead": True, "rarity": 7.0,
    }  # fmt: skip
    return Episode(**{**told, **fields})


def table(*episodes: Episode) -> Table:
    """Return the table of episodes, each of a report of its own."""
    return table_of([row_of(one, number, KINSHIP) for number, one in enumerate(episodes, 1)], KINSHIP)


def level(name: str, left: Episode, right: Episode) -> str:
    """Return in words the level of a comparison, which is the same both ways."""
    index = [comparison.name for comparison in COMPARISONS].index(name)
    both = table(left, right)
    found = {int(levels_of(both, np.array([a]), np.array([1 - a]))[0, index]) for a in (0, 1)}
    assert len(found) == 1
    return COMPARISONS[index].levels[found.pop()]


def far(km: float, **fields: Any) -> Place:
    """Return a place so far north of Goma."""
    return replace(town("X", -1.67 + km / 111.195, 29.22), **fields)


LEVELS = [
    ("type", {}, "the same type"),
    ("type", {"types": ("harm.property",)}, "deed and effect"),
    ("type", {"types": ("strike.shelling",)}, "types of one family"),
    ("type", {"types": ("battle.clash",)}, "types told of one another"),
    ("type", {"types": ("state.aid",)}, "types that do not go together"),
    ("day", {}, "the same day"),
    ("day", {"days": None}, "one tells a day"),
    ("day", {"days": (DAY - 1, DAY + 1)}, "days that meet within 3"),
    ("day", {"days": (DAY - 5, DAY)}, "days that meet within 11"),
    ("day", {"days": (DAY - 40, DAY)}, "long spans that meet"),
    ("day", {"days": (DAY + 1, DAY + 1)}, "the day before or after"),
    ("day", {"days": (DAY + 3, DAY + 3)}, "2 or 3 days apart"),
    ("day", {"days": (DAY + 10, DAY + 12)}, "4 to 10 days apart"),
    ("day", {"days": (DAY + 11, DAY + 12)}, "over 10 days apart"),
    ("told", {}, "reported the same day, few names in common"),
    ("told", {"told": DAY + 3}, "reported 2 or 3 days apart, few names in common"),
    ("told", {"told": DAY + 31}, "reported over 30 days apart, few names in common"),
    ("outlet", {"outlet": None}, "an outlet is not known"),
    ("outlet", {"outlet": "Other"}, "two outlets"),
    ("outlet", {"outlet": "POST", "told": DAY + 1}, "one outlet, a day apart"),
    ("place", {"country": "RW"}, "different countries"),
    ("place", {"place": None}, "the same country, no place in one"),
    ("place", {"place": None, "country": None}, "no place in one"),
    ("place", {}, "the same point, rarely told of"),
    ("place", {"rarity": 5.0}, "the same point, told of now and then"),
    ("place", {"rarity": 3.0}, "the same point, often told of"),
    ("place", {"place": far(8)}, "areas of up to 30 km that meet"),
    ("place", {"place": far(50, radius_km=60.0)}, "areas of up to 100 km that meet"),
    ("place", {"place": far(50, radius_km=160.0)}, "wide areas that meet"),
    ("place", {"place": far(45)}, "areas within 50 km of one another"),
    ("place", {"place": far(90)}, "areas apart"),
    ("killed", {}, "neither tells a number"),
    ("killed", {"figures": (("killed", 4, 4),)}, "one tells a number"),
    ("actor", {}, "not told by both"),
    ("words", {}, "likeness of words below 0.03"),
    ("names", {}, "names in common worth below 3 nats"),
]


@pytest.mark.parametrize(("name", "fields", "wanted"), LEVELS)
def test_levels_of_evidence(name: str, fields: dict[str, Any], wanted: str) -> None:
    assert level(name, episode(), episode(**fields)) == wanted


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        ((1, 1), (1, 1), "both tell one"),
        ((3, 3), (3, 3), "the same small number (2 or 3)"),
        ((9, 9), (9, 9), "the same number (4 to 9)"),
        ((10, 10), (10, 10), "the same number (10 or more)"),
        ((10, None), (14, 14), "numbers that can both be true"),
        ((10, 15), (14, 20), "numbers that can both be true"),
        ((10, 10), (12, 12), "numbers within a fifth"),
        ((3, 3), (4, 4), "numbers within a fifth"),
        ((10, 10), (21, 21), "numbers within the double"),
        ((10, 10), (22, 22), "numbers far apart"),
    ],
)
def test_levels_of_counts(left: tuple[int, int | None], right: tuple[int, int | None], wanted: str) -> None:
    for measure in ("killed", "wounded"):
        both = [episode(figures=((measure, *told),)) for told in (left, right)]
        assert level(measure, *both) == wanted


def test_levels_of_sides_words_and_names() -> None:
    ours, theirs = episode(actors=frozenset(("RU",))), episode(actors=frozenset(("RU", "UA")))
    assert level("actor", ours, theirs) == "a side in common"
    assert level("actor", ours, episode(actors=frozenset(("SY",)))) == "different sides"
    told = Terms(words=((2, 0.6), (4, 0.8)), names=((6, 5.0), (8, 8.0)))
    both = episode(terms=told), episode(terms=replace(told, words=((4, 0.8), (10, 0.6))))
    assert level("words", *both) == "likeness of words 0.5 to 0.65"
    assert level("names", *both) == "names in common worth 12 to 16 nats"
    assert level("told", *both) == "reported the same day, some names in common"


def test_every_type_is_of_one_kind_with_itself() -> None:
    assert "force.fortify" in KINSHIP.groups
    for kind in KINSHIP.groups:
        assert level("type", episode(types=(kind,)), episode(types=(kind,))) == "the same type"


def test_the_pieces_sum_to_the_weight() -> None:
    both = table(episode(), episode(outlet="Other", days=None, figures=(("killed", 4, 4),)))
    left, right = np.array([0]), np.array([1])
    pieces = pieces_of(levels_of(both, left, right)[0].tolist(), MODEL)
    assert [piece.name for piece in pieces] == ["prior", *(comparison.name for comparison in COMPARISONS)]
    assert sum(piece.weight for piece in pieces) == pytest.approx(
        weights_of(both, left, right, MODEL)[0], abs=1e-3
    )


def weight(left: Episode, right: Episode) -> float:
    """Return the weight of a pair."""
    return float(weights_of(table(left, right), np.array([0]), np.array([1]), MODEL)[0])


def test_what_never_is_one_weighs_the_floor() -> None:
    assert weight(episode(), episode(realm="untold")) == MODEL.floor
    one = [row_of(episode(), 1, KINSHIP)] * 2
    assert weights_of(table_of(one, KINSHIP), np.array([0]), np.array([1]), MODEL).tolist() == [MODEL.floor]
    assert weight(episode(), episode(outlet="Other")) > 0


def test_places_apart_are_joined_only_by_names_in_common() -> None:
    named = Terms(words=(), names=((6, 9.0), (8, 9.0)))
    for other in ({"country": "RW"}, {"place": far(300)}):
        assert weight(episode(), episode(outlet="Other", **other)) == MODEL.floor
        both = episode(terms=named), episode(terms=named, outlet="Other", **other)
        assert weight(*both) > MODEL.floor


def test_an_empty_table() -> None:
    nothing = table_of([], KINSHIP)
    none = np.array([], np.int64)
    assert (len(nothing), levels_of(nothing, none, none).shape) == (0, (0, len(COMPARISONS)))
    assert weights_of(nothing, none, none, MODEL).tolist() == []
    assert list(pairs_of(none, none, none)) == []
    assert list(compare(nothing, none, none, np.array([], bool), MODEL)) == []


def test_a_row_keeps_what_is_not_known() -> None:
    row = row_of(
        episode(outlet=None, country=None, place=None, days=None, figures=(("killed", 3, None),)), 1, KINSHIP
    )
    one = table_of([row], KINSHIP)
    assert (one.outlet[0], one.country[0], one.first[0], one.last[0]) == (UNKNOWN,) * 4
    assert np.isnan(one.lat[0])
    assert np.isnan(one.wounded[0])
    assert (one.killed[0], one.killed_high[0]) == (3, np.inf)


def pairs(keys: Sequence[int], rows: Sequence[int], told: Sequence[int]) -> list[tuple[int, int]]:
    """Return the pairs of rows that share a key."""
    chunks = pairs_of(np.array(keys, np.int64), np.array(rows, np.int64), np.array(told, np.int64))
    return [(a, b) for left, right in chunks for a, b in zip(left.tolist(), right.tolist(), strict=True)]


_DRAWN = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), max_size=40, unique=True)


@given(
    _DRAWN, st.lists(st.integers(DAY, DAY + 60), min_size=10, max_size=10), st.randoms(use_true_random=False)
)
def test_pairs_are_those_that_share_a_key_in_reach(
    drawn: list[tuple[int, int]], told: list[int], rng: Any
) -> None:
    found = pairs([key for key, _ in drawn], [row for _, row in drawn], told)
    wanted = {
        frozenset((a, b))
        for key, a in drawn
        for other, b in drawn
        if key == other and a != b and abs(told[a] - told[b]) <= reach_of(key)
    }
    assert len(found) == len(set(found))
    assert set(map(frozenset, found)) == wanted
    assert all((told[a], a) < (told[b], b) for a, b in found)
    rng.shuffle(drawn)
    assert sorted(pairs([key for key, _ in drawn], [row for _, row in drawn], told)) == sorted(found)


def test_the_reach_of_a_key() -> None:
    assert (reach_of(2), reach_of(3)) == (WINDOW, EVER)
    assert pairs([2, 2, 2], [0, 1, 2], [DAY, DAY + WINDOW, DAY + 2 * WINDOW + 1]) == [(0, 1)]
    assert pairs([3, 3], [0, 1], [DAY, DAY + EVER]) == [(0, 1)]
    assert pairs([3, 3], [0, 1], [DAY, DAY + EVER + 1]) == []


def test_a_key_that_many_share_tells_nothing() -> None:
    few = pairs([2] * (MOST + 1), list(range(MOST + 1)), [DAY] * (MOST + 1))
    assert len(few) == (MOST + 1) * MOST // 2
    many = pairs([2] * (MOST + 9), list(range(MOST + 9)), [DAY] * (MOST + 9))
    assert len(many) == len(few)
    # Long after, the key tells again.
    later = pairs([2] * (MOST + 9), list(range(MOST + 9)), [DAY] * (MOST + 7) + [DAY + WINDOW + 1] * 2)
    assert (MOST + 7, MOST + 8) in later


def test_many_rows_come_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    keys, rows, told = [2] * 30, list(range(30)), [DAY + number // 3 for number in range(30)]
    whole = pairs(keys, rows, told)
    monkeypatch.setattr("dateline.linking.block.CHUNK", 7)
    assert sorted(pairs(keys, rows, told)) == sorted(whole)
    assert len(set(whole)) == 435


def test_keys_say_where_when_and_with_what_words() -> None:
    here, near = keys_of(episode()), keys_of(episode(place=far(8), days=(DAY + 1, DAY + 1)))
    assert set(here) & set(near)
    assert not set(here) & set(keys_of(episode(place=far(200))))
    assert not set(here) & set(keys_of(episode(days=(DAY + 9, DAY + 9))))
    assert not set(here) & set(keys_of(episode(realm="untold")))
    assert keys_of(episode(place=None)) == ()
    rare = Terms(words=((number_of("otter"), 0.9),), names=((number_of("Dibrova"), 9.0),))
    assert {reach_of(key) for key in keys_of(episode(place=None, terms=rare))} == {WINDOW, EVER}
    assert all(0 <= key < 2**63 for key in (*here, *near))


def test_keys_in_columns() -> None:
    keys, rows = flat_keys([episode(place=None), episode(), episode(place=far(200))])
    assert set(rows.tolist()) == {1, 2}
    assert len(keys) == len(rows)
    assert flat_keys([])[0].tolist() == []


def test_only_pairs_with_something_new_are_compared() -> None:
    rows = [row_of(episode(id=str(n), outlet=f"Outlet {n}"), n, KINSHIP) for n in range(3)]
    keys, at = flat_keys([episode()] * 3)
    fresh = np.array([False, False, True])
    found = [
        (a, b)
        for left, right, _ in compare(table_of(rows, KINSHIP), keys, at, fresh, MODEL)
        for a, b in zip(left.tolist(), right.tolist(), strict=True)
    ]
    assert sorted(found) == [(0, 2), (1, 2)]


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ('effects = ["harm.*", "none.such"]\n[groups]\nx = ["strikes.*"]\n', ["effects", "groups.x"]),
        ('effects = "harm.property"\n[groups]\nx = [1]\n', ["effects", "groups.x"]),
        ("groups = 3\n", ["groups"]),
    ],
)
def test_faults_of_kinship_are_told(tmp_path: Path, written: str, keys: list[str]) -> None:
    (tmp_path / "linking.toml").write_text(written)
    faults: list[Fault] = []
    sources = Sources(folders=(PACKAGED, tmp_path), faults=faults)
    load_kinship(sources, load_types(sources))
    assert [fault.key for fault in faults] == keys
