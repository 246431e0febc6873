"""Choose one report's toll of its main event: how many killed, how many injured, with the words that say so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.codebook.quantities import QuantityBook
from dateline.codebook.toll_words import TollWords
from dateline.model.text import Span
from dateline.reading.figures import find_figures
from dateline.reading.mentions import FigureMention, Layout
from dateline.reading.quantities import QuantityMention, find_quantities
from dateline.reading.tokens import Parse
from dateline.reading.toll_evidence import Evidence, gather
from dateline.reading.toll_features import Facts, Side, candidates, describe, facts_of
from dateline.reading.toll_lexis import grams_of
from dateline.reading.toll_model import Chooser
from dateline.reading.toll_story import story_of
from dateline.reading.victims import Victim, find_victims

_RIVALS = 3  # numbers shown beside the one chosen
_WAYS = frozenset({"number", "sum", "one", "some", "ordinal", "multiple", "counts", "perpetrators", "beside"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TollChoice:
    """A number chosen, how sure it is (0 to 1; all candidates sum to 1), its words, and the likeliest others.

    `grounds` are what tells this very number; where nothing does, each person counted.
    """

    number: int
    surety: float
    grounds: tuple[Span, ...]
    rivals: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportToll:
    """A report's toll of its main event; those who did it count like all others, the dead are not also injured."""

    killed: TollChoice
    injured: TollChoice


def report_toll(
    layout: Layout, parse: Parse, book: QuantityBook, words: TollWords, chooser: Chooser
) -> ReportToll:
    """Read the toll of a report's main event: of each number that could be it, the likeliest.

    Sums of past cases, planned and denied deaths are weighed down by where and how they are told; a report that
    tells no deaths has a toll of 0.
    """
    quantities = find_quantities(parse, book)
    figures = find_figures(parse, quantities, book)
    evidence, victims, facts = sift(layout, parse, figures, quantities, book, words)
    heard = chooser.lexis.hear(grams_of(parse, story_of(layout, parse), quantities))
    facts = replace(facts, voice=heard)
    killed = choose(facts, "killed", chooser)
    injured = choose(facts, "injured", chooser, killed[0])
    return ReportToll(
        killed=_choice("killed", killed, evidence, victims, parse),
        injured=_choice("injured", injured, evidence, victims, parse),
    )


def sift(
    layout: Layout, parse: Parse, figures: Sequence[FigureMention], quantities: Sequence[QuantityMention],
    book: QuantityBook, words: TollWords,
) -> tuple[tuple[Evidence, ...], tuple[Victim, ...], Facts]:  # fmt: skip
    """Return the evidence of a report's toll, its single victims, and both sorted for weighing."""
    evidence = gather(parse, figures, quantities, words, book)
    victims = find_victims(figures, quantities, words)
    return evidence, victims, facts_of(evidence, victims, story_of(layout, parse))


def choose(
    facts: Facts, side: Side, chooser: Chooser, dead: tuple[int, float] = (0, 0.0)
) -> list[tuple[int, float]]:
    """Return every number that could be the toll with its surety, the likeliest first.

    For the injured, `dead` is the toll of the killed with its surety. Of equals the smaller comes first.
    """
    numbers = candidates(facts, side, dead[0])
    described = [describe(facts, side, number, *dead) for number in numbers]
    weighed = zip(numbers, chooser.sureties(side, described), strict=True)
    return sorted(weighed, key=lambda item: (-item[1], item[0]))


def _choice(
    side: Side, weighed: Sequence[tuple[int, float]], evidence: Sequence[Evidence], victims: Sequence[Victim],
    parse: Parse,
) -> TollChoice:  # fmt: skip
    number, surety = weighed[0]
    grounds = tuple(sorted(set(_grounds(side, number, evidence, victims, parse)))) if number else ()
    return TollChoice(
        number=number, surety=round(surety, 3), grounds=grounds,
        rivals=tuple((other, round(odds, 3)) for other, odds in weighed[1 : 1 + _RIVALS]),
    )  # fmt: skip


def _grounds(
    side: Side, number: int, evidence: Sequence[Evidence], victims: Sequence[Victim], parse: Parse
) -> Iterator[Span]:
    fates = ("killed",) if side == "killed" else ("wounded", "struck")
    exact = [
        one for one in evidence
        if one.fate in fates and one.way in _WAYS and one.low == number and not one.unreal
    ]  # fmt: skip
    for one in exact:
        yield parse.span(min(one.first, one.last), max(one.first, one.last))
    if exact:
        return
    for victim in victims:
        told = victim.dead if side == "killed" else [] if victim.dead else victim.hurt
        if told:
            yield parse.span(told[0].i, told[0].i)
    for one in evidence:
        told_of = one.fate in fates or (side == "injured" and one.fate == "any")
        if told_of and one.low > 1 and one.way in ("number", "sum", "loose", "ordinal") and not one.unreal:
            yield parse.span(min(one.first, one.last), max(one.first, one.last))
