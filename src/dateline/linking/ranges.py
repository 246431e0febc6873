"""Low, best and high of a toll by named rules: UCDP's, and the most conservative as ACLED's."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dateline.linking.books import Books, load_books
from dateline.linking.counts import is_unnumbered, vague_word
from dateline.linking.series import Series, top
from dateline.model.event import Count, CountedOf, Range
from dateline.model.values import Measure
from dateline.model.words import count_words


def ranges(table: Iterable[Count], books: Books | None = None) -> tuple[Range, ...]:
    """Return the ranges of every measure and kind of people by both rules, in order of measure, people and rule.

    Rule "ucdp". UCDP codes three estimates: best, "the aggregated most reliable numbers"; where reports differ and
    no source can be called the more reliable, "as a rule the lower figure"; low, the lowest reliable estimate; high,
    the highest, to which what is uncertain is added. Here: the figures that stand, one for each independent origin,
    are the reliable ones; the best is the one that most origins say or are consistent with, among equals the lower;
    a hedged figure can only raise the high. Source: UCDP, Definitions (Best, Low, High estimate); UCDP GED Codebook,
    variables best, low, high (Högbladh 2023; Sundberg and Melander 2013, doi:10.1177/0022343313484347).

    Rule "conservative". Where reports differ or an estimate is vague, the most conservative one is taken; "tens" is
    10, "dozens" 12, "hundreds" 100; deaths in a plural without a number are 3, or 10 in an active war zone. It is one number,
    so low and high stay open, but for a toll of unknown number. Source: ACLED, FAQs: ACLED Fatality Methodology;
    ACLED Codebook, Fatalities.
    """
    books = books or load_books()
    groups: dict[Series, list[Count]] = defaultdict(list)
    for one in table:
        groups[one.measure, one.of].append(one)
    found: list[Range] = []
    for measure, of in sorted(groups):
        rows = groups[measure, of]
        firm = [one for one in rows if one.standing == "counts"]
        hedged = [one for one in rows if one.standing == "hedged" and not is_unnumbered(one, books)]
        bare = [one for one in rows if one.standing == "unnumbered"]
        kind = rows[0].of
        if firm or hedged:
            stages = sum(one.standing == "superseded" for one in rows)
            found.append(_ucdp(measure, kind, firm, hedged, stages, books))
        if firm or (bare and measure == "killed"):
            found.append(_conservative(measure, kind, firm, bare, books))
    return tuple(sorted(found, key=lambda one: (one.measure, _OF.index(one.of), one.rule != "ucdp")))


_OF: tuple[CountedOf, ...] = ("people", "civilians", "combatants")


def _ucdp(
    measure: Measure, of: CountedOf, firm: Sequence[Count], hedged: Sequence[Count], stages: int, books: Books
) -> Range:
    """Return the range of figures that stand; of hedged ones alone only the high."""
    uncertain = max((_most(one) for one in hedged), default=0)
    if not firm:
        words = f"only told as uncertain, up to {uncertain:,}"
        return Range(measure=measure, of=of, rule="ucdp", low=None, best=None, high=uncertain, why=words)
    exact = _not_vaguer(firm, books)
    by_value: dict[int, set[str]] = {}
    for one in exact:
        by_value[one.low] = {other.origin for other in firm if other.low <= one.low <= top(other)}
    best = min(by_value, key=lambda value: (-len(by_value[value]), value))
    low = min(one.low for one in exact)
    high = max(max(_most(one) for one in exact), uncertain)
    why = _because(best, len(by_value[best]), len({one.origin for one in firm}))
    if stages:
        why += f"; {stages} earlier figure{'s are' if stages > 1 else ' is'} superseded"
    if uncertain > max(_most(one) for one in exact):
        why += f"; the high is told as uncertain ({uncertain:,})"
    return Range(measure=measure, of=of, rule="ucdp", low=low, best=best, high=high, why=why)


def _because(best: int, agree: int, all_of_them: int) -> str:
    if all_of_them == 1:
        return f"one independent origin says {best:,}"
    if agree == all_of_them:
        return f"all {agree} independent origins say {best:,} or are consistent with it"
    if agree > 1:
        return f"{agree} of {all_of_them} independent origins say {best:,} or are consistent with it"
    return f"{all_of_them} independent origins differ: the lower figure"


def _most(one: Count) -> int:
    """Return the highest number a count tells of; of "at least 50" that is 50."""
    return one.low if one.high is None else one.high


def _not_vaguer(firm: Sequence[Count], books: Books) -> list[Count]:
    """Return the figures without those that are only a vaguer way of saying another ("dozens" beside 52)."""
    kept = [
        one for one in firm
        if not any(
            other is not one and one.low <= other.low and _most(other) <= top(one)
            and (one.high is None) and (other.high is not None or _firmer(other, one, books))
            for other in firm
        )
    ]  # fmt: skip
    return kept or list(firm)


def _firmer(one: Count, other: Count, books: Books) -> bool:
    """Say whether an open count is the firmer of two: not a vague word, and higher."""
    if vague_word(other, books) is not None:
        return vague_word(one, books) is None
    return vague_word(one, books) is None and one.low > other.low and one.origin == other.origin


def _conservative(
    measure: Measure, of: CountedOf, firm: Sequence[Count], bare: Sequence[Count], books: Books
) -> Range:
    """Return the lowest of the figures that stand, vague ones at ACLED's number."""
    book = books.comparing
    if not firm:
        why = f"no number is told: {book.unknown_outside}, or {book.unknown_inside} in an active war zone"
        return Range(
            measure=measure, of=of, rule="conservative", low=book.unknown_outside, best=book.unknown_outside,
            high=book.unknown_inside, why=why,
        )  # fmt: skip
    values: dict[int, str] = {}
    for one in _not_vaguer(firm, books):
        word = vague_word(one, books)
        coded = book.vague[word] if word is not None else one.low
        said = f"“{' '.join(one.quote.split())}”" if word is not None else count_words(one.low, one.high)
        values.setdefault(coded, said)
    best = min(values)
    counted = f", counted as {best:,}" if values[best].startswith("“") else ""
    many = "the lowest of the figures that stand" if len(values) > 1 else "the only figure that stands"
    why = f"{many}: {values[best]}{counted}"
    return Range(measure=measure, of=of, rule="conservative", low=None, best=best, high=None, why=why)
