"""Copies are found whatever was cut, moved or added; two days of one column, notices and namesakes are none."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.linking.copies import (
    CopyIndex,
    are_copies,
    candidates,
    compare_texts,
    fingerprints,
    group_copies,
    join_pairs,
)

LEAD = (
    "Two rockets fell on the harbour of Vardal before dawn and set a grain store on fire, the head of the port said,"
    " adding that three workers were hurt."
)
BRIEF = f"Rockets hit Vardal harbour\n\n{LEAD}"
PARAGRAPHS = (
    LEAD,
    "Crews from four districts fought the flames until noon, and the quay stayed closed to ships while divers looked"
    " for a barge that had sunk at its mooring. The harbour master, Ilen Torv, said the crane by the second dock was"
    " bent beyond repair.",
    "People in the streets above the port told of two blasts some seconds apart. “The windows came in on us,” said"
    " Marta Oss, who runs a bakery there. She had been up since four to light the ovens.",
    "The army of the northern province said its air defence had brought down six of eight rockets and that the other"
    " two struck an empty store. It gave no proof. The rebel command in Esk did not answer questions about the attack.",
    "Grain from the valley leaves the country through Vardal, and traders said the fire would hold back shipments for"
    " at least a week. Prices rose by a tenth on the exchange in Port Lune when it opened on Tuesday.",
    "Last month a court in Port Lune dropped its case against the owners of the store, who had been accused of keeping"
    " fertiliser there without a permit after the fire of 2019.",
)
ARTICLE = "Harbour of Vardal burns after rockets\n\n" + "\n\n".join(PARAGRAPHS)
COLUMN = (
    "Shelling over the last day: summary for {day}\n\nOver the last day the enemy shelled {places} in the {region}"
    " region with mortars and tube artillery, the regional administration said in its morning summary. As a result of"
    " the shelling {killed} civilians were killed and {hurt} more were wounded, and {houses} houses and a power line"
    " were damaged. Rescue teams worked at all the sites through the night, the summary said."
)
DAYS = (
    {"day": "June 3", "places": "Orsk and Lenno", "region": "Vardal", "killed": 4, "hurt": 11, "houses": 23},
    {"day": "June 4", "places": "Tiva and Brant", "region": "Esk", "killed": 2, "hurt": 7, "houses": 41},
)


def is_copy(a: str, b: str) -> bool:
    verdicts = {are_copies(compare_texts(one, other)) for one, other in ((a, b), (b, a))}
    assert len(verdicts) == 1
    return verdicts.pop()


@pytest.mark.parametrize(
    "copy",
    [
        ARTICLE.upper(),
        ARTICLE.replace("“", '"').replace("”", '"').replace("\n\n", "\r\n  "),
        "Fire in port after night attack\n\n" + "\n\n".join(PARAGRAPHS),
        "\n\n".join(PARAGRAPHS),
        "\n\n".join(PARAGRAPHS[:3]),
        "Port on fire\n\n" + "\n\n".join(PARAGRAPHS[1:4]),
        "\n\n".join(PARAGRAPHS[::-1]),
        "VARDAL, June 3 (Reuters) - "
        + "\n\n".join(PARAGRAPHS)
        + "\n\nReporting by Ana Brown; Editing by Tom Hill",
        "Harbour burns\n\nBy Ana Brown\n\n"
        + "\n\n".join(PARAGRAPHS[:4])
        + "\n\n© 2022 AP. All rights reserved.",
        ARTICLE + "\n\nPlease sign in to your account to read the comments on this page.",
        ARTICLE.replace("empty store", "disused store").replace("at least a week", "about a week"),
    ],
)
def test_an_edited_article_is_a_copy(copy: str) -> None:
    assert is_copy(ARTICLE, copy)


@pytest.mark.parametrize(
    "copy",
    [
        LEAD,
        f"Grain store burns in night attack\n\n{LEAD}",
        f"{BRIEF} — Ukrinform.",
        f"Attack on port\n\n{LEAD.split(', adding')[0]}.",
        f"Attack on port\n\nVARDAL (AP) - {LEAD.split(', adding')[0]}.",
        f"{BRIEF}\n\nGood reporting costs money, so help us keep it free for all with a small gift.",
    ],
)
def test_an_edited_brief_is_a_copy(copy: str) -> None:
    assert is_copy(BRIEF, copy)


@pytest.mark.parametrize(
    "other",
    [
        "Harbour of Vardal reopens\n\nThe harbour of Vardal opened to ships again on Friday, the head of the port said,"
        " a week after rockets set a grain store on fire and hurt workers there.",
        BRIEF.replace("three workers", "nine workers").replace("Two rockets", "Seven rockets"),
        BRIEF.replace("Vardal", "Lenno").replace("three", "five"),
        PARAGRAPHS[4],
        "",
    ],
)
def test_another_report_is_none(other: str) -> None:
    assert not is_copy(BRIEF, other)


def test_two_days_of_a_column_are_no_copies() -> None:
    one, other = (COLUMN.format(**day) for day in DAYS)
    likeness = compare_texts(one, other)
    assert not are_copies(likeness)
    assert likeness.numbers_differing >= 3
    assert {("4", "2"), ("11", "7"), ("23", "41")} & {
        *likeness.differing,
        *(p[::-1] for p in likeness.differing),
    }


def test_the_same_day_of_a_column_is_a_copy() -> None:
    text = COLUMN.format(**DAYS[0])
    assert is_copy(text, text.split("\n\n")[1])
    assert is_copy(text, "Four killed in shelling\n\n" + text.split("\n\n")[1])


def test_numbers_that_change_places_are_seen() -> None:
    swapped = {**DAYS[0], "killed": 11, "hurt": 4}
    assert not is_copy(COLUMN.format(**DAYS[0]), COLUMN.format(**{**swapped, "houses": 30}))


def test_a_number_in_words_is_the_same_number() -> None:
    assert is_copy(BRIEF, BRIEF.replace("Two rockets", "2 rockets").replace("three", "3"))


def test_a_notice_under_many_headlines_makes_no_copies() -> None:
    notice = (
        "The town paper has moved to a new house by the river this spring. Doors open at nine in the morning and close"
        " at five, and old issues may be seen in the reading room on the second floor on all working days."
    )
    titles = ("Bridge shelled in Orsk", "Mayor of Tiva freed", "Convoy leaves Brant", "Mine kills farmer near Esk",
              "Harbour reopens to ships", "Court frees captain", "Truce holds in valley")  # fmt: skip
    assert group_copies([(title, f"{title}\n\n{notice}") for title in titles]) == ()


def test_a_menu_is_no_text_to_copy() -> None:
    menu = "\n".join(f"{n}:15 Video of the {word} in the town by the river" for n, word in enumerate(
        ("parade", "market", "flood", "school fair", "night train", "old mill", "harvest", "new bridge")))  # fmt: skip
    texts = [("a", f"Convoy shelled near Orsk\n{menu}"), ("b", f"Captain freed in exchange\n{menu}")]
    assert group_copies(texts) == ()


def test_stories_in_a_digest_stay_apart() -> None:
    one, other = "\n\n".join(PARAGRAPHS[:3]), "\n\n".join(PARAGRAPHS[3:])
    reports = [
        ("digest", f"{one}\n\n{other}"),
        ("a", one),
        ("b", other),
        ("b2", f"Grain held back\n\n{other}"),
    ]
    groups = group_copies(reports)
    assert not any({"a", "b"} <= set(group) for group in groups)
    assert any({"b", "b2"} <= set(group) for group in groups)


def test_copying_does_not_chain() -> None:
    steps = ["\n\n".join(PARAGRAPHS[i : i + 3]) for i in range(4)]
    assert all(compare_texts(a, b).shared for a, b in pairwise(steps))
    groups = group_copies([(str(i), step) for i, step in enumerate(steps)])
    assert not any({"0", "3"} <= set(group) for group in groups)


def test_fingerprints_fit_a_database_integer_and_come_from_the_words_alone() -> None:
    prints = fingerprints(ARTICLE)
    assert prints == tuple(sorted(set(prints)))
    assert all(0 <= value < 2**63 for value in prints)
    assert fingerprints(ARTICLE.upper()) == fingerprints(ARTICLE.replace("\n", "\n \n"))
    assert fingerprints("") == ()
    # Stored fingerprints must stay readable by later versions.
    assert fingerprints("Rockets fell on the harbour before dawn") == (FIRST_PRINT,)


FIRST_PRINT = 2350181512258958711


def test_candidates_share_fingerprints() -> None:
    stored = {"a": fingerprints(ARTICLE), "b": fingerprints(COLUMN.format(**DAYS[0]))}
    found = candidates(
        fingerprints(BRIEF),
        lambda value: [id for id in stored if value in stored[id]],
        lambda id: len(stored[id]),
    )
    assert found == ("a",)


def test_join_pairs_needs_every_two_to_be_related() -> None:
    likeness = compare_texts(BRIEF, BRIEF)
    pairs = {("a", "b"): likeness, ("b", "c"): likeness}
    assert join_pairs(pairs, lambda one, other: True) == (("a", "b", "c"),)
    assert join_pairs(pairs, lambda one, other: False) == (("a", "b"),)


def test_texts_of_other_scripts_are_compared() -> None:
    text = "港口起火\n\n两枚火箭弹在黎明前落在港口,引发粮仓大火,港口负责人说有三名工人受伤,消防队员一直工作到中午。"
    assert is_copy(text, text.split("\n\n")[1])
    cyrillic = (
        "Две ракеты упали на гавань до рассвета и подожгли зернохранилище, сообщил глава порта в среду утром"
    )
    assert is_copy(cyrillic, f"Пожар в порту\n\n{cyrillic}")


sentences = st.lists(
    st.lists(st.sampled_from("rocket harbour fire crew dawn store port quay ship grain fell rose said the a in on of".split()),
             min_size=4, max_size=9).map(" ".join), min_size=2, max_size=8,
).map(lambda parts: ". ".join(parts) + ".")  # fmt: skip


@given(st.text(max_size=300))
def test_a_text_is_a_copy_of_itself(text: str) -> None:
    likeness = compare_texts(text, text)
    assert are_copies(likeness) == bool(fingerprints(text))


@given(st.lists(sentences, min_size=2, max_size=7), st.randoms(use_true_random=False), st.integers(0, 6))
@settings(deadline=None, max_examples=60)
def test_order_and_parts_of_adding_change_nothing(texts: list[str], rng: random.Random, cut: int) -> None:
    edits = [". ".join(text.split(". ")[1:]) for text in texts]
    reports = [(f"r{i}", text) for i, text in enumerate([*texts, *edits])]
    whole = group_copies(reports)
    rng.shuffle(reports)
    index = CopyIndex(reports[:cut])
    index.groups()
    for id, text in reports[cut:]:
        index.add(id, text)
    assert index.groups() == whole == group_copies(reports)


names = st.lists(
    st.text("bdfgklmnprstvz", min_size=3, max_size=6).map(lambda stem: stem.capitalize() + "ovo"),
    min_size=6, max_size=6, unique=True,
)  # fmt: skip
numbers = st.lists(st.integers(21, 9999), min_size=6, max_size=6, unique=True)


@given(names, numbers)
@settings(deadline=None)
def test_a_template_filled_with_other_places_and_numbers_is_no_copy(
    places: list[str], counts: list[int]
) -> None:
    days = [
        COLUMN.format(day=f"June {3 + i}", places=f"{a} and {b}", region=c, killed=x, hurt=y, houses=z)
        for i, (a, b, c, x, y, z) in enumerate(((*places[:3], *counts[:3]), (*places[3:], *counts[3:])))
    ]
    assert not is_copy(*days)
    assert group_copies(list(zip("ab", days, strict=True))) == ()
