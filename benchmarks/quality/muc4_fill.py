"""Fill MUC-4 templates from Dateline's claims by rule, slot by slot (task description, section 7)."""

from collections.abc import Mapping

from benchmarks.quality.muc4_incidents import Incident, fillers, incidents_of, main_country
from benchmarks.quality.muc4_keys import SLOTS, Fill, Template
from benchmarks.quality.muc4_perpetrators import fill_perpetrators, groups_named
from benchmarks.quality.muc4_phrases import class_of, has_any, phrase_of, tables
from benchmarks.quality.muc4_settings import date_of, location_of
from benchmarks.quality.muc4_targets import fill_targets, fill_unhurt, full_names
from dateline.model.reading import Reading
from dateline.reading.kit import Kit

CLOSED = {"KIDNAPPING": (6, 7, 12, 13, 14, 15, 16, 17), "ARSON": (6, 7)}


def templates_of(reading: Reading, kit: Kit) -> list[Template]:
    """Return the templates of a report."""
    land = main_country(reading)
    names = full_names(reading)
    return [template_of(incident, reading, land, names) for incident in incidents_of(reading, kit)]


def template_of(incident: Incident, reading: Reading, land: str | None, names: Mapping[str, str]) -> Template:
    """Return the template of one incident."""
    slots: dict[int, list[Fill]] = {slot: [] for slot in SLOTS}
    slots[2] = [Fill(values=(date_of(incident.claims, reading.report.published),))]
    slots[3] = [Fill(values=(location_of(incident.claims, land),))]
    slots[4] = [Fill(values=(incident.kind,))]
    slots[5] = [Fill(values=(stage_of(incident),))]
    _instruments(slots, incident)
    fill_perpetrators(slots, incident, groups_named(reading))
    fill_targets(slots, incident, names)
    fill_unhurt(slots, incident, reading)
    closed = frozenset(CLOSED.get(incident.kind, ()))
    kept = {slot: tuple(fills) for slot, fills in slots.items() if fills and slot not in closed}
    kept = {slot: tuple(fill for fill in fills if fill.values[0]) for slot, fills in kept.items()}
    return Template(fills=kept, closed=closed)


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
