"""What an event says of several reports: one story of stories.toml each, of another war and another trap."""

from dataclasses import replace
from datetime import date

import pytest

from dateline.linking.derive import derive_event
from dateline.linking.figures import figures_series
from dateline.model.event import Entry
from stories import (
    STORIES,
    Told,
    counting,
    entries_of,
    event_of,
    kinds,
    names,
    of_kind,
    range_of,
    standings,
    story,
    toll,
)


def test_a_toll_that_grew_is_no_dispute_and_its_last_figure_stands() -> None:
    event = story("growing")
    assert standings(event) == [(12, "superseded"), (19, "superseded"), (23, "counts")]
    assert toll(event) == (23, 23, 23)
    assert event.growing == ("killed",)
    assert event.contradictions == ()


def test_two_sides_that_tell_other_numbers_and_name_each_other_contradict() -> None:
    event = story("dispute")
    assert toll(event, of="civilians") == (2, 2, 9)
    assert toll(event, of="civilians", rule="conservative") == (None, 2, None)
    assert kinds(event) == {"figures", "actor"}
    assert "9 civilians killed according to Armenian officials" in of_kind(event, "figures")[0].words
    assert event.growing == ()
    assert set(event.actor_sides) == {"AM", "AZ"}


def test_a_dispute_between_sides_stays_one_when_the_higher_figure_comes_later() -> None:
    first, second = STORIES["dispute"]
    event = event_of(
        (second, replace(first, on="2020-10-08", text=first.text.replace("Monday", "October 5")))
    )
    assert "figures" in kinds(event)
    assert toll(event, of="civilians") == (2, 2, 9)


def test_ten_reprints_of_an_agency_are_one_origin() -> None:
    event = story("reprints")
    assert [(origin.name, origin.kind, len(origin.claims)) for origin in event.origins] == [
        ("Reuters", "agency", 10)
    ]
    assert len(event.origins[0].copies) == 9
    assert toll(event) == (14, 14, 14)
    assert range_of(event).why == "one independent origin says 14"


def test_a_denial_is_a_contradiction_and_corroborates_nothing() -> None:
    event = story("denial")
    stances = {origin.name: origin.stance for origin in event.origins}
    assert stances == {"rebel spokesman": "says", "Armed Forces of Myanmar": "denies"}
    assert kinds(event) == {"denied"}
    assert event.type == "strike.air"


def test_a_rumour_raises_only_the_high() -> None:
    event = story("rumour")
    assert standings(event) == [(51, "counts"), (200, "hedged")]
    assert toll(event) == (51, 51, 200)
    assert toll(event, rule="conservative") == (None, 51, None)


def test_of_hedged_figures_alone_neither_low_nor_best_is_known() -> None:
    event = event_of(STORIES["rumour"][1:])
    assert toll(event) == (None, None, 200)
    assert not [one for one in event.ranges if one.rule == "conservative"]


def test_a_source_that_takes_its_figure_down_has_corrected_it() -> None:
    event = story("corrected")
    assert [(one.low, one.left_out) for one in event.counts] == [
        (7, "corrected to 5 on 23 Jul 2014"),
        (5, None),
    ]
    assert toll(event) == (5, 5, 5)
    assert event.growing == ()
    assert event.contradictions == ()


def test_a_governor_is_one_origin_by_name_by_office_and_by_both() -> None:
    event = story("governor")
    assert [(origin.name, len(origin.claims), origin.side) for origin in event.origins] == [
        ("Pavlo Kyrylenko", 3, "UA")
    ]


def test_a_ministry_and_its_spokesman_are_one_origin() -> None:
    event = story("spokesperson")
    assert names(event) == {"Ministry of Defence of Russia (Igor Konashenkov)"}
    assert event.origins[0].side == "RU"


def test_officials_of_a_state_are_one_origin_and_witnesses_of_two_outlets_are_two() -> None:
    event = story("officials")
    told = {origin.name: len(origin.claims) for origin in event.origins}
    assert told == {"Somali official": 2, "witnesses": 1, "residents": 1}
    assert toll(event) == (100, 100, 100)


def test_witnesses_in_copied_text_are_one_origin() -> None:
    witnesses = STORIES["officials"][2]
    copied = replace(witnesses, by="Sky News", text=witnesses.text + " (Sky)", copies=0)
    assert len(event_of((witnesses, copied)).origins) == 1


def test_the_toll_of_a_whole_war_is_left_out_with_a_reason() -> None:
    event = story("wide")
    wide = next(one for one in event.counts if one.low == 6500)
    assert wide.standing == "wider"
    assert "Mar 2015" in (wide.left_out or "")
    assert toll(event) == (51, 51, 51)
    assert (event.earliest, event.latest) == (date(2018, 8, 9), date(2018, 8, 9))
    assert event.place is not None
    assert event.place.name == "Dahyan"


def test_children_are_a_part_of_the_total_and_not_another_toll() -> None:
    event = story("wide")
    children = next(one for one in event.counts if one.low == 40)
    assert children.standing == "part"
    assert not [one for one in event.ranges if one.of == "civilians"]


def test_vague_counts_are_lower_bounds_and_counted_low_by_the_conservative_rule() -> None:
    event = story("vague")
    assert toll(event) == (24, 200, 200)
    assert toll(event, rule="conservative") == (None, 12, None)
    assert "“dozens”, counted as 12" in range_of(event, rule="conservative").why
    assert not of_kind(event, "figures")


def test_deaths_without_a_number_are_three_or_ten_by_the_conservative_rule_alone() -> None:
    event = event_of((Told(by="Dawn", on="2019-04-02", text="A bomb killed soldiers in Quetta on Monday."),))
    assert standings(event) == [(2, "unnumbered")]
    assert toll(event, of="combatants", rule="conservative") == (3, 3, 10)
    assert not [one for one in event.ranges if one.rule == "ucdp"]


def test_civilians_are_kept_apart_from_the_total() -> None:
    event = story("mixed")
    assert toll(event) == (18, 18, 18)
    assert toll(event, of="civilians") == (8, 8, 8)
    assert event.contradictions == ()


def test_a_part_above_the_total_is_a_contradiction() -> None:
    first, second = STORIES["mixed"]
    event = event_of((first, replace(second, text=second.text.replace("8 civilians", "30 civilians"))))
    assert "a part cannot be more than all" in of_kind(event, "figures")[0].words


def test_other_days_and_other_places_are_told_apart() -> None:
    event = story("apart")
    assert kinds(event) == {"place", "date"}
    assert event.place is not None
    assert event.place.name == "Gao"
    assert event.earliest == date(2021, 8, 8)
    assert "km away, according to diplomat" in of_kind(event, "place")[0].words


def test_an_outlets_own_rise_makes_a_lower_figure_of_that_day_a_stage() -> None:
    event = story("hospital")
    assert standings(event) == [(64, "superseded"), (80, "superseded"), (90, "superseded"), (150, "counts")]
    assert event.growing == ("killed",)


def test_exact_figures_of_one_day_that_differ_are_a_dispute() -> None:
    hospital = STORIES["hospital"]
    event = event_of((hospital[0], hospital[2]))
    assert toll(event) == (64, 64, 80)
    assert kinds(event) == {"figures"}


def test_a_later_report_below_an_earlier_one_contradicts_it() -> None:
    early, _, other, _ = STORIES["hospital"]
    later = replace(other, on="2017-06-03", text=other.text.replace("Wednesday", "May 31"))
    assert kinds(event_of((early, later))) == {"figures"}


def test_a_far_higher_figure_of_another_makes_no_stage_of_a_risen_toll() -> None:
    rumour = Told(
        by="The Sun",
        on="2024-06-20",
        text="The shelling of the market in El Fasher on June 8 killed 900 people.",
    )
    event = event_of((*STORIES["growing"], rumour))
    assert {one.low for one in counting(event)} == {23, 900}
    assert toll(event) == (23, 23, 900)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("growing", "Shelling of a market, El Fasher, 8 Jun 2024"),
        ("wide", "Air strike on a school bus, Dahyan, 9 Aug 2018"),
        ("governor", "Shelling, Avdiivka, 9 May 2022"),
        ("officials", "Car bombing, Mogadishu, 29 Oct 2022"),
    ],
)
def test_titles_say_what_where_and_when(name: str, title: str) -> None:
    assert story(name).title == title


def test_a_strike_with_its_toll_is_the_strike() -> None:
    text = "A missile hit a market in Goma on Friday. The death toll from the market in Goma rose to 9, police said."
    kind = event_of((Told(by="Radio Okapi", on="2023-05-06", text=text),)).type
    assert kind == "strike.shelling"


def test_running_ranges_show_what_was_known_on_a_day() -> None:
    rows = figures_series([story("growing")], "killed")
    known = [(row.count.low, row.range.best if row.range else None) for row in rows]
    assert known == [(12, 12), (19, 19), (23, 23)]
    assert figures_series([story("growing")], "wounded") == ()
    assert len(figures_series([story("growing")], "killed", until=date(2024, 6, 9))) == 2


def _reject(entries: tuple[Entry, ...], number: int) -> list[Entry]:
    return [replace(entry, state="rejected") if i == number else entry for i, entry in enumerate(entries)]


def test_a_rejected_claim_is_listed_and_counts_for_nothing() -> None:
    entries = entries_of(STORIES["dispute"])
    event = derive_event(_reject(entries, 1), id="e1")
    assert len(event.entries) == 2
    assert len(event.origins) == 1
    assert toll(event, of="civilians") == (9, 9, 9)
    assert (2, "rejected") in standings(event)
    assert event.contradictions == ()
    assert event.state == "corrected"


def test_an_event_of_rejected_claims_only_stands_as_rejected() -> None:
    entries = [replace(entry, state="rejected") for entry in entries_of(STORIES["growing"])]
    event = derive_event(entries, id="e1", pinned=True)
    assert event.state == "rejected"
    assert event.ranges == ()
    assert event.pinned
    assert event.title.startswith("Shelling")


def test_an_event_needs_a_claim() -> None:
    with pytest.raises(ValueError, match="no entries"):
        derive_event((), id="e1")


def test_those_found_since_the_last_count_are_no_correction_of_the_toll() -> None:
    event = story("found_since")
    assert toll(event) == (119, 119, 119)
    assert event.growing == ("killed",)
    assert not [one for one in event.counts if one.low == 2 and one.standing == "counts"]


def test_a_higher_figure_of_the_other_side_is_no_dispute_once_the_own_side_says_as_much() -> None:
    tell = "Russian troops shelled the town of Izium on Monday and killed {} people, {} said."
    own = Told(by="Ukrinform", on="2022-05-10", text=tell.format(11, "the mayor"))
    other = Told(by="RT", on="2022-05-11", text=tell.format(18, "the Russian defence ministry"))
    later = Told(by="BBC", on="2022-05-11", text=tell.format("at least 20", "Ukrainian officials"))
    assert any(one.words.startswith("11") for one in of_kind(event_of((own, other)), "figures"))
    words = [one.words for one in of_kind(event_of((own, other, later)), "figures")]
    assert len(words) == 1
    assert not words[0].startswith("11")
