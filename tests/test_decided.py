"""What people decided about claims: the later decision holds, also through a third claim; nothing is decided twice."""

from datetime import UTC, datetime
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from dateline.linking.decided import Decided, decided
from dateline.model.review import Review, ReviewKind, standing

AT = datetime(2024, 1, 1, tzinfo=UTC)


def made(kind: ReviewKind, claims: str, others: str = "", undoes: str | None = None) -> Review:
    """Return a decision about claims of one letter each."""
    return Review(at=AT, who="ana", kind=kind, claims=tuple(claims), others=tuple(others), undoes=undoes)


def one(known: Decided, left: str, right: str) -> bool:
    """Whether two claims are decided to be one event."""
    return any(left in group and right in group for group in (*known.together, *known.pinned))


def two(known: Decided, left: str, right: str) -> bool:
    """Whether two claims are decided to be two events, not by a pin."""
    return any((left in a and right in b) or (left in b and right in a) for a, b in known.apart)


def test_a_merge_and_a_split() -> None:
    known = decided([made("merge", "ab"), made("split", "c", "de")])
    assert one(known, "a", "b")
    assert (two(known, "c", "d"), two(known, "e", "c"), two(known, "d", "e")) == (True, True, False)
    assert known.part("c", "d")
    assert not known.part("d", "e")
    assert decided([]) == Decided()


def test_the_later_holds() -> None:
    cut = decided([made("merge", "abc"), made("split", "a", "b")])
    assert (one(cut, "a", "b"), two(cut, "a", "b")) == (False, True)
    # Split off were the claims named first; what neither names stays where it was.
    assert (one(cut, "b", "c"), one(cut, "a", "c")) == (True, False)
    healed = decided([made("split", "a", "b"), made("merge", "ab")])
    assert (one(healed, "a", "b"), two(healed, "a", "b")) == (True, False)


def test_a_merge_leaves_standing_what_it_does_not_name() -> None:
    known = decided([made("split", "ax", "by"), made("merge", "ab")])
    assert one(known, "a", "b")
    assert (two(known, "a", "y"), two(known, "x", "b"), two(known, "x", "y")) == (True, True, True)


def test_a_split_cuts_merges_that_meet_in_a_third_claim() -> None:
    known = decided([made("merge", "ab"), made("merge", "bc"), made("split", "a", "c")])
    assert two(known, "a", "c")
    # Of the two merges that led over b, the later stands.
    assert (one(known, "b", "c"), one(known, "a", "b")) == (True, False)


def test_pins() -> None:
    known = decided([made("pin", "ab")])
    assert known.pinned == (frozenset("ab"),)
    assert (known.part("a", "c"), known.part("a", "b")) == (True, False)
    later = decided([made("pin", "ab"), made("pin", "bc")])
    assert later.pinned == (frozenset("bc"),)


def test_a_later_split_cuts_a_pin_and_both_parts_stay_pinned() -> None:
    known = decided([made("pin", "abc"), made("split", "c", "ab")])
    assert set(known.pinned) == {frozenset("ab"), frozenset("c")}


def test_a_later_merge_widens_a_pin() -> None:
    known = decided([made("pin", "ab"), made("merge", "abcd")])
    assert known.pinned == (frozenset("abcd"),)
    both = decided([made("pin", "ab"), made("pin", "cd"), made("merge", "abcd")])
    assert both.pinned == (frozenset("abcd"),)


def test_a_later_pin_overrules_merges_and_splits() -> None:
    known = decided([made("merge", "bc"), made("split", "a", "b"), made("pin", "ab")])
    assert known.pinned == (frozenset("ab"),)
    assert not one(known, "b", "c")
    assert not known.part("a", "b")


def test_what_is_undone_decides_nothing() -> None:
    merge = made("merge", "ab")
    undo = made("undo", "", undoes=merge.id)
    again = made("undo", "", undoes=undo.id)
    assert decided(standing((merge, undo))) == Decided()
    assert one(decided(standing((merge, undo, again))), "a", "b")


def test_decisions_about_one_claim_alone_join_nothing() -> None:
    assert decided([made("accept", "a"), made("note", "b"), made("merge", "a")]) == Decided()


_CLAIMS = "abcdef"
_SETS = st.lists(st.sampled_from(_CLAIMS), min_size=1, max_size=4, unique=True).map("".join)


@st.composite
def decisions(draw: st.DrawFn) -> list[Review]:
    """Draw decisions in the order made."""
    found = []
    for kind in draw(st.lists(st.sampled_from(("merge", "split", "pin")), max_size=6)):
        ours = draw(_SETS)
        others = "".join(c for c in draw(_SETS) if c not in ours) if kind == "split" else ""
        found.append(made(kind, ours, others))  # type: ignore[arg-type]
    return found


@given(decisions())
def test_no_two_claims_are_decided_to_be_one_and_two(drawn: list[Review]) -> None:
    known = decided(drawn)
    groups = [frozenset(group) for group in (*known.together, *known.pinned)]
    assert all(not left & right for left, right in combinations(groups, 2))
    assert all(not (a & group and b & group) for a, b in known.apart for group in groups)


@given(decisions())
def test_the_last_decision_always_holds(drawn: list[Review]) -> None:
    known = decided(drawn)
    if not drawn:
        return
    last = drawn[-1]
    if last.kind == "split":
        pinned = set().union(*known.pinned, set())
        for left in last.claims:
            for right in last.others:
                assert known.part(left, right) or {left, right} <= pinned
                assert not one(known, left, right)
    elif len(last.claims) > 1 or last.kind == "pin":
        assert any(set(last.claims) <= set(group) for group in (*known.together, *known.pinned))
