"""Bring a claim of Dateline to the form of the annotations."""

from collections.abc import Callable

from benchmarks.quality.gold import Record, Value
from dateline.model.reading import Attribution, Claim, Reading
from dateline.model.values import Figure, Filler

# The types of the annotation guidelines: physical events and tolls. Others (state.*, unrest.*) are dropped.
# fmt: off
PHYSICAL = frozenset(
    {
        "battle.clash", "battle.capture",
        "strike.air", "strike.shelling", "strike.explosive", "strike.suicide", "strike.chemical",
        "strike.other",
        "civilians.attack", "civilians.abduction", "civilians.sexual", "civilians.toll",
        "force.movement", "force.surrender", "force.loss", "force.siege", "force.fortify",
        "harm.property", "harm.displacement",
    }
)
# fmt: on
# Types that the guidelines fold into a wider one.
FOLDED = {
    "strike.suicide": "strike.explosive",
    "strike.chemical": "strike.other",
    "civilians.sexual": "civilians.attack",
}
REAL = frozenset({"happened", "ongoing"})
CODES = {"RU": "RUS", "UA": "UKR", "civilians": "CIV"}

# A codebook side -> the side that leads or sponsors it; itself when it stands for itself.
Allegiance = Callable[[str], str | None]


def allegiance_of_codebook() -> Allegiance:
    """Return the packaged codebook's allegiance of sides."""
    from dateline.reading.kit import load_kit

    return load_kit().actors.allegiance


def records_of(reading: Reading, allegiance: Allegiance) -> list[Record]:
    """Return the records of a reading's physical claims, whatever their reality and polarity."""
    return [record_of(claim, allegiance) for claim in reading.claims if claim.type in PHYSICAL]


def record_of(claim: Claim, allegiance: Allegiance) -> Record:
    """Bring one claim to a record; its trigger words are those of all its tellings.

    The speaker is the innermost source that is not the report's own reporter, and the cue is that speaker's.
    """
    speakers = [said for said in claim.attribution if said.kind != "reporter"]
    speaker = next((said for said in reversed(speakers) if said.source is not None), None)
    if speaker is None and speakers:
        speaker = speakers[-1]
    fields: dict[str, tuple[Value, ...]] = {
        "place": _place_words(claim),
        "country": (claim.country or (claim.place.country if claim.place else None),),
        "date": (_days(claim),),
        "actor": (_code(claim.actors, allegiance),),
        "target": (_code(claim.targets, allegiance),),
        "killed": (_figure(claim.figures, "killed"),),
        "wounded": (_figure(claim.figures, "wounded"),),
        "source": _source_words(speaker),
        "certainty": (claim.certainty,),
        "cue": (speaker.cue.quote if speaker and speaker.cue else None,),
        "reality": (claim.reality,),
        "polarity": (claim.polarity,),
        "chain": (tuple(said.source.span.quote for said in speakers if said.source is not None),),
    }
    tellings = sorted(
        {(span.start, span.end) for span in claim.tellings} - {(claim.trigger.start, claim.trigger.end)}
    )
    spans = ((claim.trigger.start, claim.trigger.end), *tellings)
    kind = FOLDED.get(claim.type, claim.type)
    return Record(types=(kind,), quote=claim.trigger.quote, spans=spans, fields=fields)


def is_real(record: Record) -> bool:
    """Tell whether a record is said to have happened or to be going on; gold of the wire has nothing else."""
    return "reality" not in record.fields or record.value("reality") in REAL


def is_told(record: Record) -> bool:
    """Tell whether the wire's guidelines record it: of their types, real, and affirmed or disputed."""
    if record.type == "force.fortify":
        return False
    affirmed = record.value("polarity") == "positive" or record.value("certainty") == "disputed"
    return is_real(record) and affirmed


def _place_words(claim: Claim) -> tuple[Value, ...]:
    return (claim.place.span.quote, claim.place.name) if claim.place else (None,)


def _days(claim: Claim) -> Value:
    return (claim.time.earliest.isoformat(), claim.time.latest.isoformat()) if claim.time else None


def _code(fillers: tuple[Filler, ...], allegiance: Allegiance) -> str | None:
    """Return the code of the first filler whose side is known."""
    side = next((filler.side for filler in fillers if filler.side), None)
    return None if side is None else CODES.get(allegiance(side) or side, "OTH")


def _figure(figures: tuple[Figure, ...], measure: str) -> Value:
    """Return low and high of the largest figure of a measure, since a total holds its parts."""
    counts = [(figure.low, figure.high) for figure in figures if figure.measure == measure]
    return max(counts, key=lambda count: (count[0], count[1] or count[0]), default=None)


def _source_words(speaker: Attribution | None) -> tuple[Value, ...]:
    if speaker is None or speaker.source is None:
        return (None,)
    source = speaker.source
    return (source.span.quote, source.name) if source.name else (source.span.quote,)
