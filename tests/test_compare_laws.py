"""Laws that hold for any reports of one event, on drawn entries."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.export.event_json import event_line
from dateline.linking.compare import counts, ranges
from dateline.linking.derive import derive_event
from dateline.linking.independence import origins
from dateline.model.event import Entry
from made_entries import DAY, entries, entry, figure

LAW = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@LAW
@given(entries(), st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(drawn: tuple[Entry, ...], random: object) -> None:
    mixed = list(drawn)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert derive_event(mixed, id="e1") == derive_event(drawn, id="e1")


@LAW
@given(entries(), st.data())
def test_a_copy_never_adds_an_origin(drawn: tuple[Entry, ...], data: st.DataObject) -> None:
    copied = data.draw(st.sampled_from(drawn))
    report = replace(
        copied.report,
        text=copied.report.text + " (reprinted)",
        published=copied.told + timedelta(days=data.draw(st.integers(0, 3))),
        publisher=data.draw(st.sampled_from(("Daily Reprint", "BBC", "TASS", None))),
    )
    claim = replace(copied.claim, id=copied.claim.id + "-copy")
    more = replace(copied, claim=claim, report=report, copy_of=copied.copy_of)
    before, after = origins(drawn), origins([*drawn, more])
    assert len(after) == len(before)
    assert claim.id in {one for origin in after for one in origin.copies}


@LAW
@given(entries(), st.integers(0, 500))
def test_a_rejected_claim_changes_no_range_and_no_origin(drawn: tuple[Entry, ...], low: int) -> None:
    more = replace(
        entry(figures=(figure(low, low),), on=DAY + timedelta(days=9), text="Rejected."), state="rejected"
    )
    one, other = derive_event(drawn, id="e1"), derive_event([*drawn, more], id="e1")
    assert other.ranges == one.ranges
    assert other.origins == one.origins
    assert other.contradictions == one.contradictions
    assert (other.type, other.place, other.earliest) == (one.type, one.place, one.earliest)
    assert more in other.entries


@LAW
@given(entries())
def test_every_claim_has_one_origin_and_every_figure_one_row(drawn: tuple[Entry, ...]) -> None:
    found = origins(drawn)
    claims = [claim for origin in found for claim in origin.claims]
    assert sorted(claims) == sorted({one.claim.id for one in drawn})
    assert len({origin.id for origin in found}) == len(found)
    table = counts(drawn, found)
    assert len(table) == sum(len(one.claim.figures) for one in drawn)
    assert all((one.standing == "counts") == (one.left_out is None) for one in table)


@LAW
@given(entries())
def test_ranges_are_ordered_and_made_of_figures_told(drawn: tuple[Entry, ...]) -> None:
    table = counts(drawn, origins(drawn))
    told = {limit for one in table for limit in (one.low, one.high) if limit is not None}
    for one in ranges(table):
        known = [limit for limit in (one.low, one.best, one.high) if limit is not None]
        assert known == sorted(known)
        assert set(known) <= told
        assert known


@LAW
@given(entries())
def test_time_and_place_are_as_some_report_told_them(drawn: tuple[Entry, ...]) -> None:
    event = derive_event(drawn, id="e1")
    assert event.place is None or event.place in {one.claim.place for one in drawn}
    times = {(one.claim.time.earliest, one.claim.time.latest) for one in drawn if one.claim.time}
    assert event.earliest is None or (event.earliest, event.latest) in times
    assert event_line(event) == event_line(derive_event(drawn, id="e1"))
