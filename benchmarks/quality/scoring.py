"""Score the claims of one document against its gold: found, typed, fields, figures, traps."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from benchmarks.quality.gold import Record, Value
from benchmarks.quality.mapping import REAL
from benchmarks.quality.pairing import overlap, pair, same_type
from benchmarks.quality.report import Rate

WORD_FIELDS = frozenset({"place", "source", "cue"})
MEASURES = ("killed", "wounded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One error: its kind ("missed", "false alarm", "wrong type", "wrong place", …), where, and what."""

    kind: str
    document: str
    words: str
    ours: str = ""
    gold: str = ""


@dataclass(slots=True, kw_only=True)
class Sheet:
    """The counts and mistakes of one document."""

    document: str
    rates: dict[str, Rate] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def count(self, name: str, rate: Rate) -> None:
        """Add to a score's counts."""
        self.rates[name] = self.rates.get(name, Rate()) + rate

    def note(self, kind: str, words: str, ours: object = "", gold: object = "") -> None:
        """Note a mistake."""
        self.mistakes.append(
            Mistake(kind=kind, document=self.document, words=words, ours=str(ours), gold=str(gold))
        )


def words_of(text: str) -> tuple[str, ...]:
    """Return a text's words without case, "the" and possessive endings."""
    plain = text.lower().replace("’", "'")
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", plain)
    kept = [word.removesuffix("'s") for word in words if word != "the"]
    return tuple(kept or words)


def words_agree(left: str, right: str) -> bool:
    """Tell whether two wordings are equal or one contains the other, word by word."""
    short, long = sorted((words_of(left), words_of(right)), key=len)
    width = len(short)
    if not width:
        return left.strip().lower() == right.strip().lower()
    return any(long[at : at + width] == short for at in range(len(long) - width + 1))


def agree(name: str, ours: Value, gold: Value) -> bool:
    """Tell whether a value of ours is right by one value of the gold; two nulls are."""
    if name in WORD_FIELDS and isinstance(ours, str) and isinstance(gold, str):
        return words_agree(ours, gold)
    return ours == gold


def right(name: str, claim: Record, event: Record) -> bool:
    """Tell whether a field of a claim is right by any accepted value of the event."""
    ours = claim.fields.get(name, (None,))
    return any(agree(name, one, other) for one in ours for other in event.fields[name])


def chain_right(claim: Record, event: Record) -> bool:
    """Tell whether our speakers hold every link of the gold's chain, in its order."""
    links = [link for link in claim.value("chain") or () if isinstance(link, str)]
    for wanted in event.value("chain") or ():
        while links and not words_agree(links[0], str(wanted)):
            links.pop(0)
        if not links:
            return False
        links.pop(0)
    return True


def score_found(sheet: Sheet, claims: Sequence[Record], events: Sequence[Record]) -> dict[int, int]:
    """Count what was found and typed, and return the pairing, claim index to event index.

    A found pair of the wrong type is a miss and a false alarm for the type score; a claim paired with an
    optional event counts nowhere.
    """
    pairing = dict(pair(claims, events))
    ignored = {claim for claim, event in pairing.items() if events[event].optional}
    owed = sum(not event.optional for event in events)
    given = len(claims) - len(ignored)
    kept = {claim: event for claim, event in pairing.items() if claim not in ignored}
    typed = sum(same_type(claims[claim], events[event]) for claim, event in kept.items())
    sheet.count("found", Rate(hit=len(kept), given=given, owed=owed))
    sheet.count("type", Rate(hit=typed, given=given, owed=owed))
    for index, event in enumerate(events):
        if not event.optional and index not in kept.values():
            sheet.note("missed", event.quote, gold=event.type)
    for index, claim in enumerate(claims):
        if index not in pairing:
            sheet.note("false alarm", claim.quote, ours=claim.type)
        elif index in kept and not same_type(claim, events[kept[index]]):
            event = events[kept[index]]
            sheet.note("wrong type", f"{claim.quote} | {event.quote}", claim.type, event.type)
    return pairing


def score_triggers(sheet: Sheet, claims: Sequence[Record], events: Sequence[Record]) -> None:
    """Count what is found when a claim's other tellings in the report are left out."""
    pairing = pair([replace(claim, spans=claim.spans[:1]) for claim in claims], events)
    ignored = sum(events[event].optional for _, event in pairing)
    owed = sum(not event.optional for event in events)
    sheet.count("found by trigger", Rate(hit=len(pairing) - ignored, given=len(claims) - ignored, owed=owed))


def score_figures(
    sheet: Sheet, claims: Sequence[Record], events: Sequence[Record], pairing: Mapping[int, int]
) -> None:
    """Count figures, low and high both exact, over all events: those of unpaired claims are false alarms.

    A figure of ours that only an accepted other value holds, or that a null among them excuses, is ignored.
    """
    by_event = {event: claim for claim, event in pairing.items()}
    for name in MEASURES:
        for index, claim in enumerate(claims):
            if index not in pairing and claim.value(name) is not None:
                sheet.count("figures", Rate(given=1))
        for index, event in enumerate(events):
            if event.optional:
                continue
            paired = claims[by_event[index]] if index in by_event else None
            _score_figure(sheet, name, paired, event)


def _score_figure(sheet: Sheet, name: str, claim: Record | None, event: Record) -> None:
    ours = claim.value(name) if claim else None
    gold = event.fields.get(name, (None,))
    if ours is None and gold[0] is None:
        return
    if ours in gold and gold[0] is not None and ours is not None:
        sheet.count("figures", Rate(hit=1, given=1, owed=1))
    elif ours not in gold:
        sheet.count("figures", Rate(given=int(ours is not None), owed=int(gold[0] is not None)))
        sheet.note(f"wrong {name}", event.quote, ours, gold[0])


def score_fields(
    sheet: Sheet,
    claims: Sequence[Record],
    events: Sequence[Record],
    pairing: Mapping[int, int],
    names: Sequence[str],
) -> None:
    """Count for each field the pairs in which it is right, optional events left out."""
    for claim_index, event_index in pairing.items():
        claim, event = claims[claim_index], events[event_index]
        if event.optional:
            continue
        for name in names:
            if name not in event.fields:
                continue
            good = chain_right(claim, event) if name == "chain" else right(name, claim, event)
            sheet.count(name, Rate.share(good))
            if not good:
                sheet.note(f"wrong {name}", event.quote, claim.value(name), event.value(name))


def is_trap(event: Record) -> bool:
    """Tell whether an event is planned, threatened, feared or denied: not to be recorded as a fact."""
    return event.value("reality") not in REAL or event.value("polarity") == "negative"


def springs(claim: Record, event: Record) -> bool:
    """Tell whether a claim records as having happened what the event, a trap, only plans, fears or denies.

    Of a denied event a disputed claim is right: it keeps the denial beside the telling.
    """
    if claim.value("reality") not in REAL or claim.value("polarity") != "positive":
        return False
    if event.value("reality") in REAL and claim.value("certainty") == "disputed":
        return False
    return overlap(claim.spans, event.spans) > 0


def score_traps(
    sheet: Sheet, claims: Sequence[Record], events: Sequence[Record], pairing: Mapping[int, int]
) -> None:
    """Count the traps that no claim sprang, given the pairing of the claims and events that are real.

    A claim that is paired with another event, one that did happen, springs none.
    """
    free = [
        claim for index, claim in enumerate(claims) if index not in pairing or is_trap(events[pairing[index]])
    ]
    for event in events:
        if event.optional or not is_trap(event):
            continue
        sprung = [claim for claim in free if springs(claim, event)]
        sheet.count("traps avoided", Rate.share(not sprung))
        if sprung:
            gold = f"{event.value('reality')}, {event.value('polarity')}"
            sheet.note("trap", f"{sprung[0].quote} | {event.quote}", sprung[0].type, gold)
