"""What people's decisions make of an entry."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from dateline.linking.derive import derive_event, event_state
from dateline.linking.reviewed import CorrectionError, apply_reviews
from dateline.model.event import Entry, ReviewState
from dateline.model.review import Review, ReviewKind
from dateline.wire import claim_to_json
from made_entries import entry, figure, said_by
from stories import STORIES, entries_of

ENTRY = entry(said_by("Omar Haddad"), figures=(figure(12, 12),))
FIRST = datetime(2024, 1, 1, tzinfo=UTC)


def review(kind: ReviewKind, minute: int = 0, of: Entry = ENTRY, **fields: Any) -> Review:
    return Review(at=FIRST + timedelta(minutes=minute), who="ana", kind=kind, claims=(of.claim.id,), **fields)


@pytest.mark.parametrize(
    ("made", "state"),
    [
        ((), "unreviewed"),
        (("accept",), "accepted"),
        (("reject",), "rejected"),
        (("unsure",), "unsure"),
        (("note",), "unreviewed"),
        (("accept", "reject"), "rejected"),
        (("reject", "accept"), "accepted"),
        (("accept", "note"), "accepted"),
    ],
)
def test_the_last_decision_gives_the_state(made: tuple[ReviewKind, ...], state: ReviewState) -> None:
    reviews = [review(kind, minute) for minute, kind in enumerate(made)]
    assert apply_reviews(ENTRY, reviews).state == state


def test_a_review_of_another_claim_changes_nothing() -> None:
    assert apply_reviews(ENTRY, [replace(review("reject"), claims=("another",))]) == ENTRY


def test_a_decision_taken_back_counts_no_more() -> None:
    reject = review("reject")
    undo = replace(review("undo", 1, undoes=reject.id), claims=())
    assert apply_reviews(ENTRY, [reject, undo]).state == "unreviewed"


def test_corrections_add_up_and_outlast_an_acceptance() -> None:
    value = [{"measure": "killed", "low": 14, "high": 14, "of": "civilians"}]
    reviews = [
        review("correct", 0, field="figures", value=value),
        review("correct", 1, field="time", value={"earliest": "2020-03-09", "latest": "2020-03-09"}),
        review("accept", 2),
    ]
    found = apply_reviews(ENTRY, reviews)
    assert found.state == "accepted"
    assert apply_reviews(ENTRY, reviews[:2]).state == "corrected"
    assert (found.claim.figures[0].low, found.claim.figures[0].of) == (14, "civilians")
    assert found.claim.figures[0].span == ENTRY.claim.evidence
    assert found.claim.time is not None
    assert found.claim.time.earliest == date(2020, 3, 9)
    assert found.claim.id == ENTRY.claim.id


@pytest.mark.parametrize(
    "field",
    ["type", "figures", "losses", "place", "country", "time", "roles", "polarity", "reality", "certainty"],
)
def test_a_field_set_to_itself_leaves_the_claim_as_it_was(field: str) -> None:
    for one in entries_of(STORIES["wide"]):
        value = claim_to_json(one.claim)[field]
        claim = apply_reviews(one, [review("correct", of=one, field=field, value=value)]).claim
        assert claim_to_json(claim) == claim_to_json(one.claim)


def test_an_absent_value_can_be_taken_away() -> None:
    one = entries_of(STORIES["wide"])[0]
    assert apply_reviews(one, [review("correct", of=one, field="place", value=None)]).claim.place is None


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("mood", "grim", "field 'mood' cannot be corrected"),
        ("figures", [{"measure": "killed", "low": -1, "high": 2, "of": "people"}], "no whole number"),
        ("figures", [{"measure": "killed", "low": 5, "high": 2, "of": "people"}], "high 2 is below low 5"),
        ("figures", [{"measure": "annoyed", "low": 5, "of": "people"}], "'annoyed' is none of killed"),
        ("figures", 5, "does not fit"),
        ("polarity", "perhaps", "'perhaps' is none of positive, negative"),
        ("time", {"earliest": "yesterday", "latest": "2020-03-09"}, "Invalid isoformat"),
        ("time", {"earliest": "2020-03-10", "latest": "2020-03-09"}, "is before earliest"),
        ("place", {"lat": 3.0}, "KeyError"),
        ("type", 7, "no event type"),
    ],
)
def test_a_correction_that_does_not_fit_is_told(field: str, value: Any, message: str) -> None:
    with pytest.raises(CorrectionError, match=message):
        apply_reviews(ENTRY, [review("correct", field=field, value=value)])


def test_a_corrected_toll_is_the_events_toll() -> None:
    fixed = apply_reviews(
        ENTRY,
        [
            review(
                "correct", field="figures", value=[{"measure": "killed", "low": 3, "high": 3, "of": "people"}]
            )
        ],
    )
    event = derive_event([fixed], id="e1")
    assert [(one.rule, one.best) for one in event.ranges] == [("ucdp", 3), ("conservative", 3)]
    assert event.state == "corrected"


@pytest.mark.parametrize(
    ("states", "state"),
    [
        (("unreviewed", "accepted"), "accepted"),
        (("accepted", "rejected"), "corrected"),
        (("accepted", "unsure"), "unsure"),
        (("rejected", "rejected"), "rejected"),
        (("unreviewed", "unreviewed"), "unreviewed"),
    ],
)
def test_an_event_is_as_its_claims_were_decided(states: tuple[ReviewState, ...], state: ReviewState) -> None:
    assert event_state([replace(ENTRY, state=one) for one in states]) == state
