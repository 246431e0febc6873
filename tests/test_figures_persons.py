"""Figures of single persons and of people struck or brought to hospital, in crime and in war."""

import pytest

from dateline.codebook.quantities import QuantityBook, load_quantities
from dateline.codebook.tables import Sources
from dateline.model.text import Report
from dateline.reading.figures import find_figures
from dateline.reading.parse import parse
from dateline.reading.quantities import find_quantities
from dateline.reading.segment import segment


@pytest.fixture(scope="module")
def book() -> QuantityBook:
    return load_quantities(Sources())


def figures(text: str, book: QuantityBook) -> list[tuple[str, int, int | None, str]]:
    read = parse(segment(Report(text=text)))
    found = find_figures(read, find_quantities(read, book), book)
    return [(f.figure.measure, f.figure.low, f.figure.high, f.figure.span.quote) for f in found]


def headline(line: str) -> str:
    return f"{line}\n\nThe town hall stayed open on that day."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A 14-year-old was killed on Wednesday in the valley.", [("killed", 1, 1, "A 14-year-old")]),
        ("Soldiers shot a 15-year-old in the leg.", [("wounded", 1, 1, "a 15-year-old")]),
        ("Kellner was pronounced dead at the scene.", [("killed", 1, 1, "Kellner")]),
        (
            headline("7-year-old dead, three others wounded in shelling"),
            [("killed", 1, 1, "7-year-old"), ("wounded", 3, 3, "three")],
        ),
        (
            headline("2 shot dead, 2 injured in Garissa"),
            [("killed", 2, 2, "2"), ("wounded", 2, 2, "2")],
        ),
        (headline("Six shot in three separate incidents"), [("wounded", 6, 6, "Six")]),
        (headline("Teenager shot, killed in southern quarter identified"), [("killed", 1, 1, "Teenager")]),
        (headline("Police: child shot & killed lived near the front"), [("killed", 1, 1, "child")]),
        (headline("Police: girl dies after blast"), [("killed", 1, 1, "girl")]),
        (headline("Mother of boy killed in shelling speaks"), [("killed", 1, 1, "boy")]),
        (
            headline("Guard who shot 4, including 2 clerks, is killed by soldiers, officials say"),
            [("wounded", 4, 4, "4"), ("killed", 1, 1, "Guard")],
        ),
        ("They were just hanging out in front of the shop.", []),
        ("The boy was taking out the trash.", []),
        (headline("Boy, 16, dies after blast"), []),
        (
            headline("Parish man kills 7-year-old daughter, himself"),
            [("killed", 2, 2, "old daughter, himself")],
        ),
        (
            "A man shot and killed his wife, their son and then himself, police said.",
            [("killed", 3, 3, "his wife, their son and then himself")],
        ),
        (
            "He killed his wife, son and daughter on the farm.",
            [("killed", 3, 3, "his wife, son and daughter")],
        ),
        ("His deputy, a poet and teacher, was killed.", [("killed", 1, 1, "His deputy")]),
        (
            "One man was killed and another injured when a shell hit the market.",
            [("killed", 1, 1, "One"), ("wounded", 1, 1, "another")],
        ),
        (
            "The wounded soldier has passed away.",
            [("wounded", 1, 1, "The wounded soldier"), ("killed", 1, 1, "The wounded soldier")],
        ),
        (headline("4 found shot dead in Ostrava cellar"), [("killed", 4, 4, "4")]),
        (headline("Four people shot outside bar in Vista"), [("wounded", 4, 4, "Four")]),
    ],
)
def test_one_person_is_counted_where_no_number_is(
    text: str, expected: list[tuple[str, int, int | None, str]], book: QuantityBook
) -> None:
    assert figures(text, book) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A guard fired a rifle which struck a juvenile in the neck.", [("wounded", 1, 1, "a")]),
        ("Gunmen opened fire, hitting five adults and a farmer.", [("wounded", 6, 6, "five adults and a farmer")]),
        ("The bullet went through the door and hit Larissa Tovik in the back.", [("wounded", 1, 1, "Larissa Tovik")]),
        ("The girl was airlifted to the Northern Medical Centre.", [("wounded", 1, 1, "The girl")]),
        (
            "Two men and one woman were transported to Karel Hospital.",
            [("wounded", 3, 3, "Two men and one woman")],
        ),
        ("He was arrested over the fatal shooting of a baker.", [("captured", 1, 1, "He"), ("killed", 1, 1, "a")]),
        ("The mission was taken to the conference centre.", []),
        ("The minister struck a deal and hit the road.", []),
        (
            "Four people were hit by bullets and a fifth was struck by debris.",
            [("wounded", 4, 4, "Four"), ("wounded", 1, 1, "a fifth")],
        ),
        ("The last time Kyiv was hit was in April.", []),
        ("Two people found with gunshot wounds were treated at the scene.", [("wounded", 2, 2, "Two")]),
        ("Medics found a man suffering from a shrapnel wound.", [("wounded", 1, 1, "a")]),
    ],
)  # fmt: skip
def test_people_struck_or_brought_to_hospital_are_hurt(
    text: str, expected: list[tuple[str, int, int | None, str]], book: QuantityBook
) -> None:
    assert figures(text, book) == expected
