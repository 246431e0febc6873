"""Score the reading of the report that Dateline starts from, item by item."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from benchmarks.quality.distance import km_between
from benchmarks.quality.gold import Document, Offsets, find_file, occurrences
from benchmarks.quality.mapping import PHYSICAL, REAL, Allegiance, allegiance_of_codebook, record_of
from benchmarks.quality.pairing import overlap
from benchmarks.quality.report import Rate, announce, arguments, summarise, table, write
from benchmarks.quality.scoring import words_agree
from benchmarks.quality.wire import Reader, read_document
from dateline.model.reading import Attribution, Claim, Mention, Reading

Item = Mapping[str, Any]
# What the expectations accept beside the value they give: days counted exclusively.
ALSO_EARLIEST = {"s02": "2022-02-23"}
# How alike, of 100, a name must be to the one expected: other romanizations and titles, no bare surname.
NEARLY = 85
UNREAL = frozenset({"threatened", "hypothetical"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What of a reading lies on an item's words: claims of a right type, mentions, attributions."""

    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]
    said: tuple[Attribution, ...]
    allegiance: Allegiance
    text: str

    @property
    def claim(self) -> Claim | None:
        """The claim that is compared."""
        return self.claims[0] if self.claims else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """An item's result: found or not, and for each field expected whether it is right."""

    id: str
    what: str
    found: bool
    fields: Mapping[str, bool]
    claim: Claim | None


def fits(claim: Claim, types: Sequence[str]) -> bool:
    """Tell whether a claim is of one of the types expected, such as `background` or `threat`."""
    if "background" in types or claim.type in types:
        return True
    if "threat" in types:
        return claim.type == "state.threat" or claim.reality == "threatened"
    return "intention" in types and claim.reality == "intended"


def anchors_of(item: Item, text: str) -> tuple[Offsets, ...]:
    """Return where an item's words stand in the report."""
    return tuple(at for words in (item["anchor"], *item.get("also", ())) for at in occurrences(text, words))


def trigger_places(claim: Claim) -> list[Offsets]:
    """Return the offsets of a claim's trigger and of its other tellings."""
    return [(span.start, span.end) for span in (claim.trigger, *claim.tellings)]


def find(item: Item, reading: Reading, allegiance: Allegiance) -> Found:
    """Return what of a reading lies on an item's words; claims with their trigger there come first."""
    anchors = anchors_of(item, reading.report.text)
    claims = [
        claim
        for claim in reading.claims
        if fits(claim, item["types"])
        and overlap([*trigger_places(claim), (claim.evidence.start, claim.evidence.end)], anchors)
    ]
    claims.sort(key=lambda claim: (not overlap(trigger_places(claim), anchors), claim.trigger))
    said = (
        a for a in reading.attributions if overlap([(part.start, part.end) for part in a.content], anchors)
    )
    return Found(
        claims=tuple(claims),
        mentions=tuple(m for m in reading.mentions if overlap([(m.span.start, m.span.end)], anchors)),
        said=tuple(said),
        allegiance=allegiance,
        text=reading.report.text,
    )


def speaker_words(said: Attribution) -> list[str]:
    """Return a speaker's words and the name they were resolved to."""
    source = said.source
    return [] if source is None else [source.span.quote, *([source.name] if source.name else [])]


def source_right(item: Item, found: Found) -> bool:
    """Tell whether the speaker is one expected (null: the outlet); a chain needs all its speakers."""
    expected = item["sources"]
    named = [source.split(" (")[0] for source in expected if source]
    if found.claim is None:
        words = [speaker_words(said) for said in found.said]
        return any(words_agree(word, name) for one in words for word in one for name in named)
    words = [
        speaker_words(said) for said in found.claim.attribution if said.source and said.kind != "reporter"
    ]
    if "chain" in item:
        return all(any(words_agree(word, name) for one in words for word in one) for name in named)
    if not words:
        return None in expected
    named += [item["source_words"]] if "source_words" in item else []
    return any(words_agree(word, name) for word in words[-1] for name in named)


def figure_right(item: Item, found: Found) -> bool:
    """Tell whether the claim has the figure: measure, low, high, and of whom."""
    wanted = tuple(item["figure"][key] for key in ("measure", "low", "high", "of"))
    figures = found.claim.figures if found.claim else ()
    return any((f.measure, f.low, f.high, f.of) == wanted for f in figures)


def place_right(item: Item, found: Found) -> bool:
    """Tell whether the claim's place is the GeoNames entry expected or lies within the tolerance."""
    place = found.claim.place if found.claim else None
    wanted = item["place"]
    if place is None:
        return False
    if place.geonames == int(wanted["geonames"]):
        return True
    if place.lat is None or place.lon is None or "lat" not in wanted:
        return False
    apart_km = km_between(place.lat, place.lon, wanted["lat"], wanted["lon"])
    return apart_km <= float(wanted["tolerance_km"])


def time_right(item: Item, found: Found) -> bool:
    """Tell whether the claim's days (those of a time mention, where there is no claim) are those expected."""
    wanted = item["time"]
    earliest = {wanted["earliest"], ALSO_EARLIEST.get(item["id"], wanted["earliest"])}
    times = [mention.value for mention in found.mentions if mention.kind == "time"]
    days = [(str(value.get("earliest")), str(value.get("latest"))) for value in times]
    if found.claim and (found.claim.time or "background" not in item["types"]):
        time = found.claim.time
        days = [(time.earliest.isoformat(), time.latest.isoformat())] if time else []
    return any(start in earliest and end == wanted["latest"] for start, end in days)


def losses_right(item: Item, found: Found) -> bool:
    """Tell whether every loss expected is there, by item, count and status."""
    ours = [loss for claim in found.claims for loss in claim.losses]
    return all(
        any(
            words_agree(loss.item, wanted["item"])
            and loss.count == wanted["count"]
            and loss.status == wanted["status"]
            for loss in ours
        )
        for wanted in item["losses"]
    )


def instruments_right(item: Item, found: Found) -> bool:
    """Tell whether every instrument expected is there, in any claim of the item."""
    ours = [filler.span.quote for claim in found.claims for filler in claim.instruments]
    return all(any(words_agree(quote, wanted) for quote in ours) for wanted in item["instruments"])


def hedges_right(item: Item, found: Found) -> bool:
    """Tell whether one of the hedges expected stands with the claim."""
    ours = [span.quote for span in found.claim.hedges] if found.claim else []
    return any(words_agree(quote, wanted) for quote in ours for wanted in item["hedges"])


def reality_right(item: Item, found: Found) -> bool:
    """Tell whether the claim's reality is as expected; of a threat, threatened and hypothetical both are."""
    accepted = UNREAL if "threat" in item["types"] else {item["reality"]}
    return found.claim is not None and found.claim.reality in accepted


def cue_right(item: Item, found: Found) -> bool:
    """Tell whether the speaker's cue is the one expected; a cue that the paragraph lacks is not asked for."""
    at = found.text.find(item["anchor"])
    paragraph = found.text[:at].rpartition("\n\n")[2] + found.text[at:].partition("\n\n")[0]
    if item["cue"] not in paragraph:
        return True
    cues = [said.cue.quote for said in found.said if said.cue]
    if found.claim:
        cues = [str(record_of(found.claim, found.allegiance).value("cue") or "")]
    return any(words_agree(cue, item["cue"]) for cue in cues)


def direct_right(item: Item, found: Found) -> bool:
    """Tell whether the claim is read from a direct quotation."""
    return found.claim is not None and any(said.direct_quote for said in found.claim.attribution)


def same(name: str) -> Callable[[Item, Found], bool]:
    """Return a check that a field of the claim's record equals the one expected."""

    def check(item: Item, found: Found) -> bool:
        return found.claim is not None and record_of(found.claim, found.allegiance).value(name) == item[name]

    return check


# The key of an expectation -> the check of it; the other keys describe.
CHECKS: dict[str, Callable[[Item, Found], bool]] = {
    "sources": source_right,
    "cue": cue_right,
    "direct_quote": direct_right,
    "actor": same("actor"),
    "target": same("target"),
    "instruments": instruments_right,
    "figure": figure_right,
    "losses": losses_right,
    "place": place_right,
    "time": time_right,
    "polarity": same("polarity"),
    "reality": reality_right,
    "certainty": same("certainty"),
    "hedges": hedges_right,
}


def judge(item: Item, reading: Reading, allegiance: Allegiance) -> Verdict:
    """Compare an item with that claim on its words that gets most fields right."""
    found = find(item, reading, allegiance)
    is_found = bool(found.claims) or ("background" in item["types"] and bool(found.mentions))
    names = [name for name in CHECKS if name in item]
    best = {name: is_found and CHECKS[name](item, found) for name in names}
    chosen = found.claim
    for claim in found.claims[1:]:
        order = (claim, *(other for other in found.claims if other is not claim))
        view = replace(found, claims=order)
        fields = {name: CHECKS[name](item, view) for name in names}
        if sum(fields.values()) > sum(best.values()):
            best, chosen = fields, claim
    return Verdict(id=item["id"], what=item["what"], found=is_found, fields=best, claim=chosen)


def happened(reading: Reading) -> list[Claim]:
    """Return the physical claims that are recorded as having happened."""
    return [
        claim
        for claim in reading.claims
        if claim.type in PHYSICAL and claim.reality in REAL and claim.polarity == "positive"
    ]


def broken(rule: Mapping[str, Any], reading: Reading) -> list[str]:
    """Return what of a reading breaks a rule on what must not be recorded.

    Raises ValueError for a rule that is none of the three kinds known.
    """
    words = rule["rule"]
    text = reading.report.text
    anchors = [at for anchor in rule.get("anchors", ()) for at in occurrences(text, anchor)]
    before = re.search(r"dated before (\d{4}-\d\d-\d\d)", words)
    if before:
        day = date.fromisoformat(before.group(1))
        return [c.trigger.quote for c in happened(reading) if c.time and c.time.earliest < day]
    if "event that happened anchored in" in words:
        return [c.trigger.quote for c in happened(reading) if overlap(trigger_places(c), anchors)]
    if "person or armed group" in words:
        fillers = [filler.span for claim in reading.claims for filler in (*claim.actors, *claim.targets)]
        actors = [m.span for m in reading.mentions if m.kind == "actor" and m.value.get("kind") != "media"]
        return [span.quote for span in (*fillers, *actors) if overlap([(span.start, span.end)], anchors)]
    raise ValueError(f"a rule of an unknown kind: {words}")


def is_one(entity: Mapping[str, Any], reading: Reading) -> bool:
    """Tell whether the mentions of all spellings of a name have one name, nearly the one expected."""
    shared: set[str] | None = None
    for surface in entity["surface"]:
        places = occurrences(reading.report.text, surface)
        names = {
            str(mention.value["name"])
            for mention in reading.mentions
            if mention.value.get("name") and overlap([(mention.span.start, mention.span.end)], places)
        }
        shared = names if shared is None else shared & names
    return any(fuzz.ratio(name, entity["name"]) >= NEARLY for name in shared or ())


def score(
    expected: Mapping[str, Any], reading: Reading, allegiance: Allegiance
) -> tuple[list[str], dict[str, Rate]]:
    """Return the lines to print, one an item and a rule, and the counts."""
    verdicts = [judge(item, reading, allegiance) for item in expected["items"]]
    lines = []
    rates = dict.fromkeys(("found", "fields", "rules kept", "names"), Rate())
    for verdict in verdicts:
        wrong = [name for name, good in verdict.fields.items() if not good]
        state = "missed" if not verdict.found else "wrong: " + ", ".join(wrong) if wrong else "right"
        told = f"  [{verdict.claim.type}: {verdict.claim.trigger.quote}]" if verdict.claim else ""
        lines.append(f"{verdict.id}  {verdict.what}: {state}{told}")
        rates["found"] += Rate.share(verdict.found)
        for good in verdict.fields.values():
            rates["fields"] += Rate.share(good)
    for rule in expected["forbidden"]:
        breaches = broken(rule, reading)
        lines.append(f"rule  {rule['rule']}: {'broken by ' + ', '.join(breaches) if breaches else 'kept'}")
        rates["rules kept"] += Rate.share(not breaches)
    for entity in expected["entities"]:
        one = is_one(entity, reading)
        lines.append(f"name  {entity['name']}: {'right' if one else 'not every spelling is resolved to it'}")
        rates["names"] += Rate.share(one)
    return lines, rates


def main(argv: Sequence[str], reader: Reader = read_document) -> int:
    """Score the first report's reading against what a careful reader records from it."""
    options = arguments("seed", main.__doc__ or "").parse_args(argv)
    expectations: Path = find_file(options.data, "seed/expected.json", "expected.json")
    report = expectations.with_name("report.txt")
    digest = hashlib.sha256(report.read_bytes() + expectations.read_bytes()).hexdigest()
    expected = json.loads(expectations.read_text(encoding="utf-8"))
    document = Document(
        id="seed",
        text=report.read_text(encoding="utf-8"),
        published=date.fromisoformat(expected["report"]["published"]),
        publisher=expected["report"]["publisher"],
        events=(),
    )
    lines, rates = score(expected, reader(document), allegiance_of_codebook())
    data = {"file": expectations.name, "sha256": digest, "documents": 1, "items": len(expected["items"])}
    summary = summarise([rates], list(rates), list(rates))
    announce("seed", data)
    print("\n".join(lines))
    print(table(summary))
    if options.json:
        write(options.json, benchmark="seed", data=data, scores=summary)
    return 0
