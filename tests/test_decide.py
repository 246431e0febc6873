"""Keeping decisions: no doubles, no crossings unseen, and conflicts between people."""

import contextlib
import threading
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.linking.conflicts import conflicts
from dateline.linking.reviewed import apply_reviews
from dateline.model.review import Review, ReviewKind, review_from_json, review_to_json, standing
from dateline.run.decide import Superseded, decide
from dateline.run.decisions import DecisionLog, decisions_of, with_new
from dateline.run.events import Events
from dateline.store.sqlite import Record
from made_entries import entry, figure, said_by
from occurred import claims_of, kit, members, record_of, story

FIRST = datetime(2024, 1, 1, tzinfo=UTC)
ENTRY = entry(said_by("Omar Haddad"), figures=(figure(12, 12),))
CLAIM = ENTRY.claim.id
Case = tuple[str, ReviewKind, Any]


def made(kind: ReviewKind, minute: int = 0, who: str = "ana", claim: str = CLAIM, **fields: Any) -> Review:
    return Review(at=FIRST + timedelta(minutes=minute), who=who, kind=kind, claims=(claim,), **fields)


def toll(number: int) -> dict[str, Any]:
    return {
        "field": "figures",
        "value": [{"measure": "killed", "low": number, "high": number, "of": "people"}],
    }


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return record_of(tmp_path / "record", story("kadugli", "goma"))


@pytest.fixture
def claim(record: Record) -> str:
    return sorted(claims_of(story("goma")))[0]


def test_a_review_without_what_came_later_has_the_id_that_it_had() -> None:
    old = {
        "at": "2024-01-01T00:00:00.000000+00:00", "who": "ana", "kind": "accept", "claims": ["abc"], "others": [],
        "field": None, "value": None, "why": None, "undoes": None,
    }  # fmt: skip
    review = review_from_json(old)
    assert review_to_json(review) == old
    # Worked out by the version before.
    assert review.id == "d39ce7eb538a6fd2"


def test_what_came_later_is_kept_and_counts_for_the_id() -> None:
    plain = made("accept")
    full = replace(plain, seen={"decisions": []}, key="k", settles=("x",))
    assert review_from_json(review_to_json(full)) == full
    assert len({plain.id, full.id, replace(full, key="l").id}) == 3


def test_a_form_that_is_sent_twice_is_one_decision(record: Record, claim: str) -> None:
    first = decide(record, made("accept", claim=claim, key="form 1"), expected=(), kit=kit())
    again = decide(record, made("accept", 5, claim=claim, key="form 1"), expected=(), kit=kit())
    assert (first.already, again.already) == (False, True)
    assert again.id == first.id
    other = decide(record, made("accept", 6, "ben", claim, key="form 1"), kit=kit())
    assert not other.already
    with record.view() as view:
        assert len(view.reviews()) == 2


def test_what_others_decided_meanwhile_is_told_and_nothing_kept(record: Record, claim: str) -> None:
    theirs = decide(record, made("reject", who="ben", claim=claim), kit=kit())
    with pytest.raises(Superseded, match="ben: reject") as raised:
        decide(record, made("accept", 1, claim=claim), expected=(), kit=kit())
    assert [one.id for one in raised.value.meanwhile] == [theirs.id]
    assert (
        decide(record, made("accept", 1, claim=claim), expected=(theirs.id,), kit=kit()).review.who == "ana"
    )
    decide(record, Review(at=FIRST, who="ben", kind="undo", undoes=theirs.id), kit=kit())
    with pytest.raises(Superseded, match="1 taken back") as raised:
        decide(record, made("unsure", 2, claim=claim), expected=(theirs.id,), kit=kit())
    assert raised.value.gone == (theirs.id,)


def test_who_may_not_see_others_is_held_against_their_own_alone(record: Record, claim: str) -> None:
    decide(record, made("reject", who="ben", claim=claim), kit=kit())
    mine = decide(record, made("accept", 1, claim=claim), expected=(), kit=kit(), hidden={claim})
    with pytest.raises(Superseded, match="ana: accept"):
        decide(record, made("unsure", 2, claim=claim), expected=(), kit=kit(), hidden={claim})
    assert not mine.already


def test_a_decision_is_taken_back_once(record: Record, claim: str) -> None:
    kept = decide(record, made("accept", claim=claim), kit=kit())
    decide(record, Review(at=FIRST, who="ana", kind="undo", undoes=kept.id, key="a"), kit=kit())
    again = decide(record, Review(at=FIRST, who="ana", kind="undo", undoes=kept.id, key="a"), kit=kit())
    assert again.already
    with pytest.raises(Superseded):
        decide(record, Review(at=FIRST, who="ana", kind="undo", undoes=kept.id, key="b"), kit=kit())


def test_a_merge_joins_and_its_undo_parts(record: Record) -> None:
    before = members(record)
    claims = sorted(claims_of(story("goma", "kadugli")))
    kept = decide(record, Review(at=FIRST, who="ana", kind="merge", claims=tuple(claims)), kit=kit())
    assert (kept.joined, len(kept.events)) == (True, 1)
    assert set(members(record)[kept.events[0]]) == set(claims)
    back = decide(record, Review(at=FIRST, who="ana", kind="undo", undoes=kept.id), kit=kit())
    assert back.joined
    assert len(back.events) == 2
    assert members(record) == before


def test_a_process_that_dies_before_joining_leaves_it_to_the_next(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = tuple(sorted(claims_of(story("goma", "kadugli"))))
    merge = Review(at=FIRST, who="ana", kind="merge", claims=claims, key="m")

    def dies(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("dateline.run.decide.link", dies)
        with pytest.raises(KeyboardInterrupt):
            decide(record, merge, expected=(), kit=kit())
    again = decide(record, merge, expected=(), kit=kit())
    assert (again.already, len(again.events)) == (True, 1)


def test_twenty_threads_lose_and_double_nothing(record: Record, claim: str) -> None:
    log = DecisionLog(record)
    outcomes: Counter[str] = Counter()

    def work(person: int) -> None:
        for round_ in range(5):
            review = made("accept", person, f"person {person}", claim, key=f"{person} {round_}")
            for _ in range(2):
                decide(record, review, kit=kit(), log=log)
        try:
            decide(record, made("reject", 99, f"person {person}", claim), expected=(), log=log)
        except Superseded:
            outcomes["superseded"] += 1

    threads = [threading.Thread(target=work, args=(person,)) for person in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    with record.view() as view:
        kept = view.reviews()
        assert not list(view.verify())
    assert outcomes["superseded"] == 20
    assert Counter(one.who for one in kept) == {f"person {person}": 5 for person in range(20)}
    assert len({(one.who, one.key) for one in kept}) == 100
    assert set(log.now().made) == set(kept)


def test_only_one_of_many_who_saw_the_same_decides(record: Record, claim: str) -> None:
    log = DecisionLog(record)
    kept: list[str] = []

    def work(person: int) -> None:
        with contextlib.suppress(Superseded):
            kept.append(decide(record, made("accept", 1, f"p{person}", claim), expected=(), log=log).id)

    threads = [threading.Thread(target=work, args=(person,)) for person in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    with record.view() as view:
        assert [one.id for one in view.reviews()] == kept
    assert len(kept) == 1


@pytest.mark.parametrize(
    ("cases", "fields"),
    [
        ((("ana", "accept", {}), ("ben", "accept", {})), set()),
        ((("ana", "accept", {}), ("ben", "reject", {})), {None}),
        ((("ana", "accept", {}), ("ben", "unsure", {})), {None}),
        ((("ana", "accept", {}), ("ana", "reject", {})), set()),
        ((("ana", "accept", {}), ("ben", "reject", {}), ("ben", "accept", {})), set()),
        ((("ana", "accept", {}), ("ben", "note", {})), set()),
        ((("ana", "accept", {}), ("ben", "correct", toll(3))), set()),
        ((("ana", "reject", {}), ("ben", "correct", toll(3))), {None}),
        ((("ana", "correct", toll(4)), ("ben", "correct", toll(3))), {"figures"}),
        ((("ana", "correct", toll(3)), ("ben", "correct", toll(3))), set()),
        ((("ana", "correct", {"field": "roles", "value": {"actor": [{"name": "A"}]}}),
          ("ben", "correct", {"field": "roles.actor", "value": [{"name": "B"}]})), {"roles.actor"}),
    ],
)  # fmt: skip
def test_two_people_are_in_conflict(cases: tuple[Case, ...], fields: set[str | None]) -> None:
    reviews = [made(kind, minute, who, **more) for minute, (who, kind, more) in enumerate(cases)]
    found = conflicts(reviews)
    assert {one.field for one in found} == fields
    assert (apply_reviews(ENTRY, reviews).state == "unsure") == bool(fields)


def test_words_beside_one_value_are_no_conflict() -> None:
    place = {"name": "Goma", "geonames": 216281, "quote": "Goma", "start": 0, "end": 4}
    other = {**place, "quote": "in Goma", "start": 3, "end": 10}
    reviews = [
        made("correct", 0, "ana", field="place", value=place),
        made("correct", 1, "ben", field="place", value=other),
    ]
    assert conflicts(reviews) == ()


def test_the_machines_value_stands_while_people_disagree_about_a_field() -> None:
    reviews = [made("correct", 0, "ana", **toll(4)), made("correct", 1, "ben", **toll(3))]
    found = apply_reviews(ENTRY, reviews)
    assert (found.state, found.claim.figures) == ("unsure", ENTRY.claim.figures)


def test_a_settlement_ends_a_conflict_until_it_is_taken_back() -> None:
    ana, ben = made("accept", 0), made("reject", 1, "ben")
    lead = made("reject", 2, "lea", settles=(ana.id, ben.id))
    assert conflicts([ana, ben, lead]) == ()
    assert apply_reviews(ENTRY, [ana, ben, lead]).state == "rejected"
    back = Review(at=FIRST + timedelta(minutes=3), who="lea", kind="undo", undoes=lead.id)
    assert len(conflicts([ana, ben, lead, back])) == 1
    again = made("accept", 4, "ana")
    (found,) = conflicts([ana, ben, lead, again])
    assert [one.who for one in found.sides] == ["lea", "ana"]


def test_a_settled_field_is_the_leads_value() -> None:
    ana, ben = made("correct", 0, **toll(4)), made("correct", 1, "ben", **toll(3))
    fixed = made("correct", 2, "lea", settles=(ana.id, ben.id), **toll(5))
    found = apply_reviews(ENTRY, [ana, ben, fixed])
    assert (found.state, found.claim.figures[0].low) == ("corrected", 5)
    machine = made("accept", 2, "lea", settles=(ana.id, ben.id))
    found = apply_reviews(ENTRY, [ana, ben, machine])
    assert (found.state, found.claim.figures) == ("accepted", ENTRY.claim.figures)


def test_a_settled_verdict_leaves_a_correction_that_nobody_disputes() -> None:
    ana, ben = made("correct", 0, **toll(4)), made("reject", 1, "ben")
    found = apply_reviews(ENTRY, [ana, ben, made("accept", 2, "lea", settles=(ana.id, ben.id))])
    assert (found.state, found.claim.figures[0].low) == ("accepted", 4)


PEOPLE, KINDS = ("ana", "ben", "lea"), ("accept", "reject", "unsure", "note", "correct", "undo", "pin")


@st.composite
def histories(draw: Any) -> list[Review]:
    reviews: list[Review] = []
    for minute in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from(KINDS))
        who, claim = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from(("c1", "c2")))
        if kind == "undo":
            if not reviews:
                continue
            undoes = draw(st.sampled_from(reviews)).id
            reviews.append(Review(at=FIRST + timedelta(minutes=minute), who=who, kind="undo", undoes=undoes))
            continue
        more: dict[str, Any] = toll(draw(st.integers(1, 3))) if kind == "correct" else {}
        if reviews and draw(st.booleans()):
            more["settles"] = (draw(st.sampled_from(reviews)).id,)
        reviews.append(made(kind, minute, who, claim, **more))
    return reviews


@given(histories(), st.integers(0, 12))
def test_decisions_taken_in_step_by_step_are_those_taken_in_at_once(made: list[Review], cut: int) -> None:
    known = with_new(decisions_of(made[:cut]), made[cut:], step=7)
    whole = decisions_of(made, step=7)
    assert known == whole
    assert {one.claim for one in conflicts(made)} == set(whole.in_conflict)
    assert all(whole.stands(one.id) for one in standing(tuple(made)))


@given(histories())
def test_one_person_alone_is_never_in_conflict(made: list[Review]) -> None:
    assert conflicts([one for one in made if one.who == "ana" and one.kind != "undo"]) == ()


def test_an_event_in_conflict_is_unsure(record: Record, claim: str) -> None:
    decide(record, made("accept", claim=claim), kit=kit())
    decide(record, made("reject", 1, "ben", claim), kit=kit())
    with Events(record, kit=kit()) as events:
        event = next(one for one in events.events() if claim in {entry.claim.id for entry in one.entries})
    assert event.state == "unsure"
