"""The claims of a report sorted into occurrences; how far apart places are; what the words of a text weigh."""

from dataclasses import replace
from datetime import date
from math import isclose, log, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook.places import EARTH_KM, distance_km
from dateline.linking.areas import area_of, days_apart, places_apart
from dateline.linking.episodes import Episode, episodes_of
from dateline.linking.terms import (
    Frequencies,
    full_names_of,
    load_frequencies,
    names_of,
    number_of,
    weigh,
    words_of,
)
from made_entries import town
from occurred import kit, read

DAY = date(2016, 10, 17)
FLAT = Frequencies(
    most=8.0, weights={number_of("the"): 0.1, number_of("said"): 1.0, number_of("shells"): 4.0}
)


def episodes(text: str, **parting: object) -> tuple[Episode, ...]:
    """Return the occurrences that a report of Monday, 17 October 2016, tells of."""
    one = read(text, DAY.isoformat(), "Outlet")
    return episodes_of(
        one.report, one.claims, DAY.toordinal(), kit().kinship, kit().frequencies, **parting  # type: ignore[arg-type]
    )  # fmt: skip


def told(text: str) -> list[tuple[str | None, tuple[str, ...], str]]:
    """Return place, types and realm of each."""
    return [(one.place.name if one.place else None, one.types, one.realm) for one in episodes(text)]


def test_a_round_up_of_three_towns_is_three() -> None:
    text = (
        "Shells hit a market in Kadugli on Sunday, killing four people, a doctor said.\n\n"
        "In Goma in eastern Congo, gunmen attacked a bar on Saturday and killed two people, police said.\n\n"
        "A car bomb exploded in Baidoa, Somalia, on Friday, wounding six people, police said."
    )
    assert [place for place, _, _ in told(text)] == ["Kadugli", "Goma", "Baidoa"]
    assert [one.lead for one in episodes(text)] == [True, False, False]


def test_a_strike_and_its_toll_are_one() -> None:
    text = (
        "An air strike hit a hospital in Aleppo on Sunday. Fourteen people were killed, rescue workers said. "
        "The hospital was destroyed."
    )
    (one,) = episodes(text)
    assert one.types == ("strike.air",)
    assert ("killed", 14, 14) in one.figures
    assert len(one.claims) == len(set(one.claims)) >= 2
    assert one.days == (date(2016, 10, 16).toordinal(),) * 2
    assert one.told == DAY.toordinal()


def test_what_is_planned_or_threatened_is_told_apart() -> None:
    text = (
        "Shells hit the port of Latakia on Sunday, killing two people, police said. Rebels threatened to shell the port "
        "of Latakia again."
    )
    claims = {c.id: c for c in read(text, DAY.isoformat(), "Outlet").claims}
    for one in episodes(text):
        threatened = {claims[claim].reality == "threatened" for claim in one.claims}
        assert threatened == {one.realm == "untold"}
    shelled = {one.realm: one for one in episodes(text) if "strike.shelling" in one.types}
    assert set(shelled) == {"told", "untold"}
    assert (shelled["told"].lead, shelled["untold"].figures) == (True, ())


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit Kadugli on Sunday, killing four people. Shells hit Kadugli on Friday too, killing nine people.",
        "Shells killed four people in Kadugli on Sunday. Shells killed nine people in Dilling on Sunday.",
        "Troops arrested ten protesters in Khartoum on Sunday. A car bomb exploded in Khartoum on Sunday.",
    ],
)
def test_another_day_place_or_deed_is_another_occurrence(text: str) -> None:
    assert len(episodes(text)) == 2


def test_every_claim_but_statements_is_in_one_episode() -> None:
    text = (
        "Shells hit a market in Kadugli on Sunday, killing four people, the mayor said. The mayor spoke to reporters. "
        "He said he was sad. Jets bombed Dilling. Rebels plan to storm Dilling."
    )
    held = [claim for one in episodes(text) for claim in one.claims]
    wanted = [c.id for c in read(text, DAY.isoformat(), "Outlet").claims if c.type != "state.statement"]
    assert sorted(held) == sorted(wanted)
    assert len(held) == len(set(held))
    assert all(one.id == one.claims[0] for one in episodes(text))


def test_the_order_of_claims_decides_nothing() -> None:
    text = "Shells hit Kadugli on Sunday, killing four people. Jets bombed Goma on Sunday. A clinic in Goma was destroyed."
    one = read(text, DAY.isoformat(), "Outlet")
    told = (DAY.toordinal(), kit().kinship, kit().frequencies)
    assert episodes_of(one.report, one.claims[::-1], *told) == episodes_of(one.report, one.claims, *told)


def test_a_person_parts_what_a_report_tells_as_one() -> None:
    text = (
        "Shells hit a market in Aleppo on Sunday, the mayor said. Medics said the shells had hit the market."
    )
    (one,) = episodes(text)
    assert len(one.claims) == 2
    parted = episodes(text, part=lambda left, right: {left, right} == set(one.claims))
    assert [each.claims for each in parted] == [(claim,) for claim in one.claims]


def test_words_are_shared_out_among_the_occurrences() -> None:
    text = (
        "Shells hit a granary in Kadugli on Sunday, killing four people.\n\nIn Goma, gunmen attacked a bar owned by "
        "Chantal Mwamba on Saturday and killed two people, police said."
    )
    first, second = episodes(text)
    name = number_of("Chantal Mwamba")
    # The first is what the report is about, so that all of it describes it.
    assert name in dict(first.terms.names)
    assert name in dict(second.terms.names)
    granary = number_of("granary")
    assert granary in dict(first.terms.words)
    assert granary not in dict(second.terms.words)
    assert number_of("Goma") not in dict(second.terms.names)


def test_no_claims_are_no_occurrence() -> None:
    assert episodes("Cassava prices rose for a third week in the market hall.") == ()


def test_distances() -> None:
    # A degree of latitude, a quarter of the equator, and Paris to London by the haversine formula.
    assert isclose(distance_km(10, 20, 11, 20), EARTH_KM * pi / 180, rel_tol=1e-9)
    assert isclose(distance_km(0, 0, 0, 90), EARTH_KM * pi / 2, rel_tol=1e-9)
    assert distance_km(48.8566, 2.3522, 51.5074, -0.1278) == pytest.approx(343.6, abs=0.5)
    assert distance_km(0, 179.9, 0, -179.9) == pytest.approx(22.24, abs=0.01)
    assert distance_km(90, 0, -90, 0) == pytest.approx(EARTH_KM * pi)


_LAT, _LON = st.floats(-90, 90), st.floats(-180, 180)


@given(_LAT, _LON, _LAT, _LON)
def test_distance_is_even_and_within_half_the_earth(a: float, b: float, c: float, d: float) -> None:
    there = distance_km(a, b, c, d)
    assert there == pytest.approx(distance_km(c, d, a, b), abs=1e-6)
    assert 0 <= there <= EARTH_KM * pi + 1e-6
    assert distance_km(a, b, a, b) == 0


def test_areas() -> None:
    goma = town("Goma", -1.67, 29.22)
    assert area_of(goma) == (-1.67, 29.22, 5.0)
    assert area_of(replace(goma, radius_km=None, precision=2)) == (-1.67, 29.22, 25.0)
    assert [area_of(replace(goma, precision=precision)) for precision in (6, 7, None)] == [None] * 3
    assert area_of(replace(goma, lat=None)) is None
    assert area_of(None) is None


def test_places_apart() -> None:
    goma, bukavu = town("Goma", -1.67, 29.22), town("Bukavu", -2.5, 28.86)
    assert places_apart(goma, bukavu)
    assert not places_apart(goma, replace(bukavu, radius_km=120.0))
    assert not places_apart(goma, None)
    assert not places_apart(goma, replace(bukavu, precision=6))
    assert places_apart(goma, replace(goma, country="RW"))
    assert not places_apart(goma, replace(goma, country=None))


def test_days_between() -> None:
    assert days_apart((5, 7), (9, 9)) == days_apart((9, 9), (5, 7)) == 2
    assert days_apart((5, 9), (7, 7)) == 0
    assert days_apart(None, (1, 2)) is None


def test_words_are_counted_whatever_their_case() -> None:
    counts = words_of("Shells, shells and S-300s: 5,000 shells; O'Brien’s map")
    assert counts[number_of("SHELLS")] == 3
    assert {number_of("s-300s"), number_of("5,000"), number_of("O'Brien")} <= counts.keys()
    assert words_of("") == {}
    assert sum(words_of("x" * 500).values()) == 1


def test_names_are_words_with_a_capital_inside_a_sentence() -> None:
    found = names_of("Troops met Omar K. Haddad in Aleppo. Shells fell.")
    assert {number_of("Omar"), number_of("Aleppo"), number_of("Omar Haddad")} <= found
    assert not {number_of("Troops"), number_of("Shells"), number_of("met")} & found
    assert full_names_of("He saw Omar K. Haddad and Omar Haddad") == {number_of("Omar Haddad")}
    assert names_of("école élémentaire") == frozenset()


def test_rare_words_weigh_more_and_common_ones_nothing() -> None:
    words = words_of("the shells, the shells, Dilling said")
    terms = weigh(words, names_of("In the town of Dilling"), FLAT, places=frozenset())
    weights = dict(terms.words)
    assert number_of("the") not in weights
    assert number_of("said") not in weights
    assert weights[number_of("dilling")] > weights[number_of("shells")] > 0
    ratio = weights[number_of("shells")] / weights[number_of("dilling")]
    assert ratio == pytest.approx((1 + log(2)) * 4.0 / 8.0, abs=1e-3)
    assert sum(weight * weight for weight in weights.values()) == pytest.approx(1, abs=1e-3)
    assert dict(terms.names) == {number_of("Dilling"): 8.0}
    assert (
        weigh(
            words, names_of("In the town of Dilling"), FLAT, places=frozenset((number_of("Dilling"),))
        ).names
        == ()
    )
    assert weigh({}, (), FLAT, places=frozenset()).words == ()


def test_packaged_frequencies() -> None:
    packaged = load_frequencies()
    assert packaged.weight(number_of("the")) < packaged.weight(number_of("shelling")) < packaged.most
    assert packaged.weight(number_of("qqqqqq")) == packaged.most


@given(st.text())
def test_any_text_has_terms(text: str) -> None:
    terms = weigh(words_of(text), names_of(text), FLAT, places=frozenset())
    assert len(terms.words) <= 48
    assert len(terms.names) <= 32
    assert [term for term, _ in terms.words] == sorted({term for term, _ in terms.words})
