"""The scorer of MUC-4 on the worked examples of its guidelines, and on published score reports."""

import pytest
from benchmarks.quality.muc4_keys import Fill, Template, read_fill, read_keys, split_messages
from benchmarks.quality.muc4_match import match, worth_of
from benchmarks.quality.muc4_score import Tally, map_templates, score_message, tally_pair

KEY = """\
;;; a note
0.  MESSAGE: ID                     DEV-MUC3-9001 (NOSC)
1.  MESSAGE: TEMPLATE               1 (OPTIONAL)
2.  INCIDENT: DATE                  - 04 FEB 90
3.  INCIDENT: LOCATION              PERU: LIMA (CITY): MIRAFLORES (NEIGHBORHOOD)
4.  INCIDENT: TYPE                  KIDNAPPING
5.  INCIDENT: STAGE OF EXECUTION    ACCOMPLISHED / ATTEMPTED
6.  INCIDENT: INSTRUMENT ID         *
12. PHYS TGT: ID                    *
18. HUM TGT: NAME                   -
19. HUM TGT: DESCRIPTION            "MINER" / "OLD MINER"
                                    ?"CLERK"
23. HUM TGT: EFFECT OF INCIDENT     NO INJURY / NO INJURY OR DEATH: "MINER" /
                                    "OLD MINER"

0.  MESSAGE: ID                     DEV-MUC3-9002 (NOSC)
1.  MESSAGE: TEMPLATE               *
2.  INCIDENT: DATE                  *
"""


def test_a_key_is_read_with_alternatives_references_and_options() -> None:
    keys = read_keys(KEY)
    assert keys["DEV-MUC3-9002"] == []
    (template,) = keys["DEV-MUC3-9001"]
    assert template.optional
    assert template.closed == {6, 12}
    assert template.fills[3] == (Fill(values=("PERU: LIMA (CITY): MIRAFLORES (NEIGHBORHOOD)",)),)
    assert template.fills[5] == (Fill(values=("ACCOMPLISHED", "ATTEMPTED")),)
    assert template.fills[18] == ()
    miner, clerk = template.fills[19]
    assert miner == Fill(values=("MINER", "OLD MINER"))
    assert clerk.optional
    assert template.fills[23] == (
        Fill(values=("NO INJURY", "NO INJURY OR DEATH"), refs=("MINER", "OLD MINER")),
    )


@pytest.mark.parametrize(
    ("slot", "line", "values", "refs"),
    [
        (
            11,
            'REPORTED AS FACT / POSSIBLE: "FRONT" / "FR"',
            ("REPORTED AS FACT", "POSSIBLE"),
            ("FRONT", "FR"),
        ),
        (19, '"HEAD OF THE BANK" / "MR": "DOE"', ("HEAD OF THE BANK", "MR"), ("DOE",)),
        (21, '~10: "MINERS"', ("~10",), ("MINERS",)),
        (12, r'"\"NORTH\" MILL" / "MILL"', ('"NORTH" MILL', "MILL"), ()),
        (16, 'NO DAMAGE: "-"', ("NO DAMAGE",), ("-",)),
    ],
)
def test_a_fill_is_read(slot: int, line: str, values: tuple[str, ...], refs: tuple[str, ...]) -> None:
    assert read_fill(slot, line) == Fill(values=values, refs=refs)


def test_messages_are_split_at_their_ids() -> None:
    texts = split_messages("DEV-MUC3-0001 (X)\n\n  LIMA, 4 FEB 90 -- [TEXT] A\n\nDEV-MUC3-0002\n B\n")
    assert texts == {"DEV-MUC3-0001": "LIMA, 4 FEB 90 -- [TEXT] A", "DEV-MUC3-0002": "B"}


# Section 3 of the scoring guidelines, example by example.
@pytest.mark.parametrize(
    ("slot", "response", "key", "worth"),
    [
        (19, "THE 3 PEASANTS", "PEASANTS", 1.0),
        (19, "OLD PEASANTS WHO WERE WITNESSES", "PEASANTS", 1.0),
        (19, "THE 3 PEASANTS, WHICH THE GOVERNMENT ADMITTED WAS A MISTAKE", "PEASANTS", 0.5),
        (18, "TORRES", "ALBERTO ROBERTO TORRES", 0.5),
        (10, "BRIGADE", "6TH INFANTRY BRIGADE", 0.5),
        (12, "OIL", "OIL PIPELINE", 0.5),
        (10, "ARMY OF NATIONAL LIBERATION (ELN)", "ARMY OF NATIONAL LIBERATION", 1.0),
        (10, "ARMY OF NATIONAL LIBERATION (ELN)", "ELN", 1.0),
        (19, "MAYOR", "MAYOR OF ACHI", 1.0),
        (18, "MR. XYZ", "XYZ", 1.0),
        (9, "BANDITS", "URBAN TERRORISTS", 0.0),
        (2, "26 AUG 89", "25 AUG 89 - 26 AUG 89", 0.5),
        (2, "26 AUG 89", "- 26 AUG 89", 0.5),
        (2, "25 AUG 89", "- 26 AUG 89", 0.5),
        (2, "- 26 AUG 89", "25 AUG 89 - 26 AUG 89", 0.5),
        (2, "- 26 AUG 89", "26 AUG 89", 0.5),
        (2, "- 26 AUG 89", "16 AUG 89", 0.0),
        (2, "- 26 AUG 89", "25 AUG 89", 0.0),
        (2, "- 26 AUG 89", "24 AUG 89 - 25 AUG 89", 0.0),
        (2, "06 SEP 89", "6 SEP 89", 1.0),
        (3, "COLOMBIA: MEDELLIN (CITY)", "COLOMBIA: MEDELLIN (CITY) - CALI (CITY)", 0.5),
        (3, "BOLIVIA: ANTIOQUIA (DEPARTMENT): MEDELLIN (CITY)", "COLOMBIA: ANTIOQUIA (DEPARTMENT): MEDELLIN (CITY)", 0.5),
        (3, "COLOMBIA", "COLOMBIA: MEDELLIN (CITY)", 0.5),
        (3, "COLOMBIA: CALI (CITY)", "COLOMBIA: ANTIOQUIA (DEPARTMENT): MEDELLIN (CITY)", 0.5),
        (3, "COLOMBIA: CALI (CITY)", "COLOMBIA", 0.5),
        (4, "ATTACK", "BOMBING", 0.5),
        (4, "BOMBING", "ATTACK", 0.0),
        (7, "GUN", "MACHINE GUN", 0.5),
        (7, "MACHINE GUN", "GUN", 0.0),
        (11, "SUSPECTED OR ACCUSED", "SUSPECTED OR ACCUSED BY AUTHORITIES", 0.5),
        (13, "POLITICAL FIGURE OFFICE OR RESIDENCE", "GOVERNMENT OFFICE OR RESIDENCE", 0.5),
        (14, "7", "5 - 7", 0.5),
        (14, "7", "~7", 0.5),
        (14, "6", "5 - 7", 0.0),
        (16, "DESTROYED", "SOME DAMAGE", 0.5),
        (16, "SOME DAMAGE", "DESTROYED", 0.0),
        (20, "GOVERNMENT OFFICIAL", "FORMER GOVERNMENT OFFICIAL", 0.5),
        (20, "POLITICAL FIGURE", "GOVERNMENT OFFICIAL", 0.5),
        (23, "NO INJURY", "NO INJURY OR DEATH", 0.5),
        (23, "NO DEATH", "NO INJURY OR DEATH", 0.5),
    ],
)  # fmt: skip
def test_the_guidelines_examples_are_scored_as_they_say(
    slot: int, response: str, key: str, worth: float
) -> None:
    assert worth_of(slot, response, key) == worth


# Section 3.1.2: a set fill that refers to something.
@pytest.mark.parametrize(
    ("response", "tagged", "worth"),
    [("MACHINE GUN", True, 1.0), ("MACHINE GUN", False, 0.5), ("GUN", False, 0.5), ("BOMB", True, 0.0)],
)
def test_a_reference_that_is_wrong_leaves_half(response: str, tagged: bool, worth: float) -> None:
    key = Fill(values=("MACHINE GUN",), refs=("AK-47",))
    assert match(7, Fill(values=(response,)), key, tagged) == worth


def test_a_reference_counts_by_what_its_name_was_scored_against() -> None:
    key = Template(
        fills={
            18: (Fill(values=("ANA MARIA RUIZ",)), Fill(values=("LUIS PAZ",))),
            23: (
                Fill(values=("DEATH",), refs=("ANA MARIA RUIZ",)),
                Fill(values=("INJURY",), refs=("LUIS PAZ",)),
            ),
        }
    )
    response = Template(
        fills={
            18: (Fill(values=("RUIZ",)), Fill(values=("LUIS PAZ",))),
            23: (Fill(values=("DEATH",), refs=("RUIZ",)), Fill(values=("INJURY",), refs=("RUIZ",))),
        }
    )
    tallies = tally_pair(response, key)
    assert tallies[18] == Tally(right=1, partial=1)
    assert tallies[23] == Tally(right=1, partial=1)


def made(kind: str, *, place: str = "PERU", name: str = "DOE", optional: bool = False) -> Template:
    fills = {3: place, 4: kind, 5: "ACCOMPLISHED", 18: name}
    return Template(
        fills={slot: (Fill(values=(value,)),) for slot, value in fills.items()}, optional=optional
    )


def test_templates_are_mapped_by_content_and_to_the_most_points() -> None:
    keys = [made("BOMBING", name="ROE"), made("BOMBING", name="DOE")]
    assert map_templates([made("BOMBING"), made("ATTACK", name="ROE")], keys) == [(0, 1), (1, 0)]
    # The type alone does not do, nor does a victim with another type.
    assert map_templates([made("BOMBING", name="POE")], keys) == []
    assert map_templates([made("ARSON")], keys) == []


def test_templates_without_a_partner_are_missing_or_spurious_but_optional_ones_cost_nothing() -> None:
    keys = [made("BOMBING"), made("ARSON", optional=True)]
    total = sum(score_message([made("KIDNAPPING")], keys).values(), Tally())
    assert total == Tally(missing=4, spurious=4)
    total = sum(score_message([made("ARSON")], keys).values(), Tally())
    assert total == Tally(right=4, missing=4)


def test_what_is_left_on_both_sides_of_a_slot_is_incorrect() -> None:
    key = Template(fills={19: (Fill(values=("MINERS",)), Fill(values=("CLERK",), optional=True))})
    response = Template(fills={19: (Fill(values=("NURSE",)), Fill(values=("GUARD",)))})
    assert tally_pair(response, key)[19] == Tally(incorrect=1, spurious=1)
    assert tally_pair(Template(fills={}), key)[19] == Tally(missing=1)


# Rows of the summary report of one system on TST2 (MUC-3 proceedings, appendix F, table F1): what was counted there,
# and recall and precision as printed.
@pytest.mark.parametrize(
    ("tally", "possible", "actual", "recall", "precision"),
    [
        (Tally(right=75, partial=11, incorrect=11, missing=21), 118, 97, 68, 83),
        (Tally(right=172, partial=11, incorrect=11, missing=1278, spurious=124), 1472, 318, 12, 56),
        (Tally(right=172, partial=11, incorrect=11, missing=1278, spurious=248), 1472, 442, 12, 40),
        (Tally(right=172, partial=11, incorrect=11, missing=1043, spurious=124), 1237, 318, 14, 56),
    ],
)
def test_a_published_report_is_reproduced(
    tally: Tally, possible: int, actual: int, recall: int, precision: int
) -> None:
    assert (tally.possible, tally.actual) == (possible, actual)
    assert (round(100 * tally.recall), round(100 * tally.precision)) == (recall, precision)
