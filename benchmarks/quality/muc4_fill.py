"""Fill MUC-4 templates from Dateline's claims, slot by slot (task description, section 7)."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from benchmarks.quality.muc4_incidents import (
    Incident,
    country_of,
    fillers,
    human_class,
    incidents_of,
    is_band,
    is_person,
    main_country,
)
from benchmarks.quality.muc4_keys import MONTHS, SLOTS, Fill, Template
from benchmarks.quality.muc4_phrases import (
    PRONOUNS,
    Phrase,
    class_of,
    has_any,
    is_plural,
    nation_of,
    phrase_of,
    phrases_of,
    tables,
)
from dateline.codebook.places import place_books
from dateline.model.reading import Claim, Reading
from dateline.model.values import Filler, Place
from dateline.reading.kit import Kit

_STATE = frozenset(("SV", "GT", "HN", "AR", "BO", "CL", "CO", "EC", "PE", "US", "NI", "PA"))
_CLOSED = {"KIDNAPPING": (6, 7, 12, 13, 14, 15, 16, 17), "ARSON": (6, 7)}
_NOBODY = re.compile(
    r"\bNO (?:CASUALTIES|VICTIMS|INJURIES|INJURED|DEATHS|ONE WAS (?:HURT|INJURED|KILLED)|PERSONAL INJUR)"
    r"|\bNO REPORTS? OF (?:CASUALTIES|VICTIMS|INJUR)"
    r"|\bNOBODY WAS|\bUNHARMED\b|\bUNHURT\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)


def templates_of(reading: Reading, kit: Kit) -> list[Template]:
    """Return the templates of a report."""
    land = main_country(reading)
    names = full_names(reading)
    return [template_of(incident, reading, land, names) for incident in incidents_of(reading, kit)]


def full_names(reading: Reading) -> dict[str, str]:
    """Return the fullest name told of each person, by each of its words but the given name."""
    found: dict[str, str] = {}
    for mention in reading.mentions:
        if mention.kind == "actor" and mention.value.get("kind") == "person":
            name = phrase_of(mention.span.quote).name or ""
            for word in name.split()[1:]:
                if len(name) > len(found.get(word, "")):
                    found[word] = name
    return found


def groups_named(reading: Reading) -> dict[str, str]:
    """Return, by side, the name of each armed group that the report names."""
    found: dict[str, str] = {}
    for mention in reading.mentions:
        side = mention.value.get("side") if mention.kind == "actor" else None
        if side is None or side in _STATE or side == "civilians" or mention.value.get("id") != side:
            continue
        phrase = phrase_of(mention.span.quote)
        last = phrase.words[-1] if phrase.words else ""
        if last in tables()["perpetrator"]["organizations"] or (len(phrase.words) == 1 and phrase.name):
            found.setdefault(side, phrase.text)
    return found


def template_of(incident: Incident, reading: Reading, land: str | None, names: Mapping[str, str]) -> Template:
    """Return the template of one incident."""
    slots: dict[int, list[Fill]] = {slot: [] for slot in SLOTS}
    slots[2] = [Fill(values=(date_of(incident.claims, reading.report.published),))]
    slots[3] = [Fill(values=(location_of(incident.claims, land),))]
    slots[4] = [Fill(values=(incident.kind,))]
    slots[5] = [Fill(values=(stage_of(incident),))]
    _instruments(slots, incident)
    _perpetrators(slots, incident, groups_named(reading))
    _targets(slots, incident, names)
    _unhurt(slots, incident, reading)
    closed = frozenset(_CLOSED.get(incident.kind, ()))
    kept = {slot: tuple(fills) for slot, fills in slots.items() if fills and slot not in closed}
    kept = {slot: tuple(fill for fill in fills if fill.values[0]) for slot, fills in kept.items()}
    return Template(fills=kept, closed=closed)


def day_words(day: date) -> str:
    """Return a day as "04 FEB 90"."""
    return f"{day.day:02} {MONTHS[day.month - 1]} {day.year % 100:02}"


def date_of(claims: Sequence[Claim], published: date | None) -> str:
    """Return the date slot: the first told time; a weekday's or no told time is the default up to the report's day."""
    times = [claim.time for claim in claims if claim.time is not None]
    if not times or (published is not None and _WEEKDAY.search(times[0].span.quote)):
        return f"- {day_words(published)}" if published is not None else ""
    time = min(times, key=lambda time: (time.latest - time.earliest).days)
    if time.earliest == time.latest or time.precision == "part_of_day":
        # A night is dated by the day that it begins on.
        return day_words(time.earliest)
    return f"{day_words(time.earliest)} - {day_words(time.latest)}"


def location_of(claims: Sequence[Claim], land: str | None) -> str:
    """Return the location slot: the country, and the narrowest place that is stated."""
    countries = tables()["countries"]
    iso = next((country for claim in claims if (country := country_of(claim, land))), None)
    country = countries.get(iso or "", ("",))[0] or _country_name(iso)
    places = [claim.place for claim in claims if claim.place is not None and claim.place.basis == "stated"]
    places = [place for place in places if place.kind != "country" and place.country in (iso, None)]
    if not places:
        return country
    place = min(places, key=lambda place: place.precision or 9)
    return f"{country}: {plain(place_words(place))} ({_kind_words(place, iso)})"


def plain(words: str) -> str:
    """Return words in capitals without accents."""
    marks = unicodedata.normalize("NFKD", words.upper())
    return "".join(mark for mark in marks if not unicodedata.combining(mark))


def place_words(place: Place) -> str:
    """Return a place's name in the report's words, without the word of its kind."""
    quote = " ".join(place.span.quote.split())
    return re.sub(
        r"\s+(?:department|province|municipality|region|neighborhood|city|airport)$", "", quote, flags=re.I
    )


def _kind_words(place: Place, iso: str | None) -> str:
    if place.kind == "admin1":
        return tables()["divisions"].get(iso or "", ("DEPARTMENT",))[0]
    return {"admin2": "MUNICIPALITY", "district": "NEIGHBORHOOD"}.get(place.kind or "", "CITY")


def _country_name(iso: str | None) -> str:
    """Return a country's name as MUC-4 writes it; "" for none."""
    entry = place_books().countries.get(iso or "")
    return plain(entry.name) if entry is not None else ""


def stage_of(incident: Incident) -> str:
    """Return the stage of execution."""
    stage = tables()["stage"]
    first = incident.claims[0]
    if all(claim.reality in ("threatened", "intended") for claim in incident.claims):
        return "THREATENED" if has_any(incident.words, stage["threatened"]) else "ATTEMPTED"
    near = first.evidence.quote.lower()
    return "ATTEMPTED" if has_any(near, stage["attempted"][:8]) else "ACCOMPLISHED"


def _instruments(slots: dict[int, list[Fill]], incident: Incident) -> None:
    """Fill the instruments and their types; a firing that names none is of a gun."""
    act = tables()["act"]
    for filler in fillers(incident.claims, "instruments"):
        phrase = phrase_of(filler.span.quote)
        kind = class_of("instrument", phrase.words, head_only=True)
        if kind is None or phrase.text in [fill.values[0] for fill in slots[6]]:
            continue
        slots[6].append(Fill(values=(phrase.text,)))
        slots[7].append(Fill(values=(kind,), refs=(phrase.text,)))
    if slots[7]:
        return
    if incident.kind == "BOMBING":
        slots[7].append(Fill(values=("BOMB",), refs=("-",)))
    elif has_any(incident.words, act["firing"]):
        slots[7].append(Fill(values=("GUN",), refs=("-",)))


def _perpetrators(slots: dict[int, list[Fill]], incident: Incident, groups: Mapping[str, str]) -> None:
    """Fill perpetrators: organizations by name, others as individuals, and how surely they did it."""
    words = tables()["perpetrator"]
    state = False
    for filler in fillers(incident.claims, "actors"):
        told = filler.name if filler.span.quote.lower() in PRONOUNS else filler.span.quote
        phrase = phrase_of(told or "")
        if not phrase.words or phrase.words[0] in PRONOUNS:
            continue
        state = state or is_state(filler, phrase)
        if is_organization(filler, phrase):
            slots[10].append(Fill(values=(phrase.text,)))
            slots[11].append(Fill(values=(confidence_of(incident.claims),), refs=(phrase.text,)))
            continue
        if class_of("human", phrase.words, head_only=True) is None and not _is_one_of(
            phrase, (*words["bands"], *words["state"])
        ):
            if not is_person(phrase):
                continue
        slots[9].append(Fill(values=(phrase.text,)))
        named = organization_within(filler, phrase) or groups.get(filler.side or "")
        if named:
            slots[10].append(Fill(values=(named,)))
            slots[11].append(Fill(values=(confidence_of(incident.claims),), refs=(named,)))
    for slot in (9, 10):
        slots[slot] = list({fill.values[0]: fill for fill in slots[slot]}.values())
    slots[11] = list({fill.refs[0]: fill for fill in slots[11]}.values())
    slots[8] = [Fill(values=("STATE-SPONSORED VIOLENCE" if state else "TERRORIST ACT",))]


def _is_one_of(phrase: Phrase, listed: Sequence[str]) -> bool:
    text = " ".join(phrase.words)
    return any(re.search(rf"\b{re.escape(word)}s?$", text) for word in listed)


def is_state(filler: Filler, phrase: Phrase) -> bool:
    """Say whether who acted is of a state: by side, or by word."""
    return filler.side in _STATE or (
        filler.side is None and _is_one_of(phrase, tables()["perpetrator"]["state"])
    )


def is_organization(filler: Filler, phrase: Phrase) -> bool:
    """Say whether a phrase names an organization, and not its members."""
    words = tables()["perpetrator"]
    last = phrase.words[-1]
    if last.rstrip("s") in words["bands"] or class_of("human", phrase.words[-1:]) not in (
        None,
        "ACTIVE MILITARY",
    ):
        return False
    if _is_one_of(phrase, words["organs"]):
        return True
    acronym = len(phrase.words) == 1 and 2 < len(last) < 7 and phrase.name is not None
    named = filler.id is not None or phrase.name is not None
    return acronym or (named and last in words["organizations"])


def organization_within(filler: Filler, phrase: Phrase) -> str | None:
    """Return the organization that a phrase of its members names ("FMLN REBELS", "MEMBERS OF THE ELN")."""
    found = re.search(r"\b(?:OF|FROM|BELONGING TO) (?:THE )?(.+)$", phrase.text)
    if found is not None:
        inner = phrase_of(found[1])
        last = inner.words[-1] if inner.words else ""
        if last in tables()["perpetrator"]["organizations"] or (inner.name and len(inner.words) == 1):
            return inner.text
    first = phrase.words[0]
    if len(phrase.words) > 1 and phrase.name is None and filler.side not in (None, "civilians", *_STATE):
        told = phrase.text.split()[0]
        if (
            2 < len(first) < 6
            and first not in tables()["perpetrator"]["plain"]
            and nation_of((first,)) is None
        ):
            return told
    return None


def confidence_of(claims: Sequence[Claim]) -> str:
    """Return how an organization is held responsible, by the decision tree of the task description, part 2."""
    for claim in claims:
        for said in claim.attribution:
            cue = said.cue.quote.lower() if said.cue else ""
            if "claim" in cue and "responsib" in claim.evidence.quote.lower():
                return "CLAIMED OR ADMITTED"
    sayings = [said for claim in claims for said in claim.attribution]
    if any(claim.certainty != "certain" for claim in claims) or sayings:
        names = " ".join(said.source.span.quote.lower() for said in sayings if said.source)
        authority = has_any(
            names, ("police", "army", "military", "government", "minist", "president", "official", "coprefa")
        )
        if authority:
            return "SUSPECTED OR ACCUSED BY AUTHORITIES"
        if any(claim.certainty != "certain" for claim in claims):
            return "SUSPECTED OR ACCUSED"
    return "REPORTED AS FACT"


def _unhurt(slots: dict[int, list[Fill]], incident: Incident, reading: Reading) -> None:
    """Fill what befell nobody, and the freedom that the kidnapped regained."""
    end = incident.claims[-1].evidence.end
    near = reading.report.text[incident.claims[0].evidence.start : end + 250]
    if incident.kind == "KIDNAPPING":
        freed = any(
            claim.type == "force.surrender" and claim.polarity == "positive" and claim.reality == "happened"
            for claim in reading.claims
        )
        if freed and has_any(reading.report.text.lower(), ("released", "freed", "rescued", "set free")):
            for fill in slots[20]:
                slots[23].append(Fill(values=("REGAINED FREEDOM",), refs=fill.refs))
    elif not slots[23] and _NOBODY.search(near):
        slots[23].append(Fill(values=("NO INJURY OR DEATH",), refs=("-",)))


def _targets(slots: dict[int, list[Fill]], incident: Incident, names: Mapping[str, str]) -> None:
    for claim in incident.claims:
        for filler in claim.targets:
            told = filler.name if filler.span.quote.lower() in PRONOUNS else filler.span.quote
            for phrase in phrases_of(told or ""):
                if phrase.name is not None and phrase.name.split()[-1] in names:
                    full = names[phrase.name.split()[-1]]
                    phrase = replace(phrase, name=full, text=full if phrase.title is None else phrase.text)
                _target(slots, incident, claim, filler, phrase)


def _target(
    slots: dict[int, list[Fill]], incident: Incident, claim: Claim, filler: Filler, phrase: Phrase
) -> None:
    if not phrase.words or phrase.words[0] in PRONOUNS or is_band(phrase):
        return
    human, thing = human_class(phrase), class_of("physical", phrase.words, head_only=True)
    if human is None and thing is None and phrase.name is not None:
        known = [fill.values[0].split()[-1] for fill in slots[18]]
        if phrase.name in known:
            _effect(
                slots,
                incident,
                claim,
                filler,
                next(f.values[0] for f in slots[18] if f.values[0].endswith(phrase.name)),
            )
            return
        if is_person(phrase) or claim.type.startswith("civilians."):
            human = "CIVILIAN"
    if human is not None and (thing is None or phrase.name is not None):
        _human(slots, incident, claim, filler, phrase, human)
    elif thing is not None:
        _thing(slots, incident, claim, phrase, thing)


def _thing(slots: dict[int, list[Fill]], incident: Incident, claim: Claim, phrase: Phrase, kind: str) -> None:
    text = phrase.text
    if any(fill.values[0] == text for fill in slots[12]):
        return
    slots[12].append(Fill(values=(text,)))
    slots[13].append(Fill(values=(kind,), refs=(text,)))
    slots[14].append(Fill(values=(number_of(phrase),), refs=(text,)))
    words = claim.evidence.quote.lower()
    act = tables()["act"]
    if incident.kind == "ROBBERY":
        slots[16].append(Fill(values=("PROPERTY TAKEN FROM TARGET",), refs=(text,)))
    elif has_any(words, act["destroyed"]):
        slots[16].append(Fill(values=("DESTROYED",), refs=(text,)))
    elif has_any(words, act["damaged"]):
        slots[16].append(Fill(values=("SOME DAMAGE",), refs=(text,)))


def number_of(phrase: Phrase) -> str:
    """Return the number slot of a phrase."""
    if phrase.number:
        return phrase.number
    return "PLURAL" if phrase.name is None and is_plural(phrase.words) else "1"


def _human(
    slots: dict[int, list[Fill]], incident: Incident, claim: Claim, filler: Filler, phrase: Phrase, kind: str
) -> None:
    alone = phrase.name is not None and phrase.name == phrase.text
    named = phrase.name if is_person(phrase) or (phrase.name and phrase.title) or alone else None
    ref = named or phrase.text
    if any(fill.values[0] == ref for fill in (*slots[18], *slots[19])):
        return
    if named:
        slots[18].append(Fill(values=(named,)))
        if phrase.title:
            slots[19].append(Fill(values=(phrase.title,), refs=(named,)))
            kind = class_of("human", phrase.title.lower().split()) or kind
    else:
        slots[19].append(Fill(values=(phrase.text,)))
    slots[20].append(Fill(values=(kind,), refs=(ref,)))
    slots[21].append(Fill(values=("1" if named else number_of(phrase),), refs=(ref,)))
    land = nation_of(tuple(phrase.text.lower().split()))
    if land is not None and (name := _country_name(land)) and not slots[3][0].values[0].startswith(name):
        slots[22].append(Fill(values=(name,), refs=(ref,)))
    _effect(slots, incident, claim, filler, ref)


def _effect(slots: dict[int, list[Fill]], incident: Incident, claim: Claim, filler: Filler, ref: str) -> None:
    effect = effect_of(incident, claim, filler)
    if effect and not any(fill.refs == (ref,) for fill in slots[23]):
        slots[23].append(Fill(values=(effect,), refs=(ref,)))


def effect_of(incident: Incident, claim: Claim, filler: Filler) -> str | None:
    """Return what befell a human target: by the figure that counts it, else by the claim's only measure."""
    if incident.kind == "KIDNAPPING":
        return None
    here = [
        figure.measure
        for figure in claim.figures
        if figure.of_span is not None
        and figure.of_span.start < filler.span.end
        and filler.span.start < figure.of_span.end
    ]
    measures = set(here) or {figure.measure for figure in claim.figures}
    if "killed" in measures:
        return "DEATH"
    if "wounded" in measures:
        return "INJURY"
    if claim.type == "civilians.attack" and has_any(
        claim.trigger.quote.lower(),
        ("kill", "murder", "assassinat", "execut", "massacr", "slay", "slain", "death"),
    ):
        return "DEATH"
    return None
