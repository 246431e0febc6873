"""A baseline for MUC-4: one template for each message with a keyword, filled with what is commonest."""

import re

from benchmarks.quality.muc4_keys import Fill, Message, Template
from benchmarks.quality.muc4_settings import day_words

# Keywords of incident types, in the order of their weight where several stand in a message.
_KEYWORDS = {
    "KIDNAPPING": r"\bKIDNAP\w*|\bABDUCT\w*|\bHOSTAGES?\b",
    "BOMBING": r"\bBOMB(?:S|ING|INGS|ED)?\b|\bDYNAMITE\w*|\bEXPLOSI\w+|\bEXPLODED\b|\bBLEW UP\b",
    "ATTACK": r"\bMURDER\w*|\bASSASSINAT\w*|\bKILLED\b|\bATTACK(?:S|ED)?\b|\bSHOT\b|\bMASSACRE\w*",
    "ARSON": r"\bARSON\b|\bBURNED\b|\bSET FIRE\b",
}
_COUNTRIES = {
    "EL SALVADOR": r"\bSALVADOR", "GUATEMALA": r"\bGUATEMALA", "HONDURAS": r"\bHONDUR", "ARGENTINA": r"\bARGENTIN",
    "BOLIVIA": r"\bBOLIVIA|\bLA PAZ\b", "CHILE": r"\bCHILE|\bSANTIAGO\b", "COLOMBIA": r"\bCOLOMBIA|\bBOGOTA\b|\bMEDELLIN\b",
    "ECUADOR": r"\bECUADOR|\bQUITO\b", "PERU": r"\bPERU|\bLIMA\b",
}  # fmt: skip
_BANDS = re.compile(r"\b(?:TERRORISTS|GUERRILLAS|REBELS|SUBVERSIVES|EXTREMISTS)\b")
_PEOPLE = re.compile(r"\b(?:PEASANTS|CIVILIANS|PRIESTS|PEOPLE|PERSONS|JUDGE|MAYOR|JOURNALISTS?)\b")


def baseline_templates(message: Message) -> list[Template]:
    """Return one template for a message with a keyword; none without."""
    text = " ".join(message.body.upper().split())
    met = [(found.start(), kind) for kind, words in _KEYWORDS.items() for found in re.finditer(words, text)]
    if not met:
        return []
    kind = min(met)[1]
    where = f"{message.header.upper()} {text}"
    country = max(_COUNTRIES, key=lambda name: len(re.findall(_COUNTRIES[name], where)))
    fills = {
        3: [country], 4: [kind], 5: ["ACCOMPLISHED"], 8: ["TERRORIST ACT"],
        9: _first(_BANDS, text), 19: _first(_PEOPLE, text),
    }  # fmt: skip
    if message.published is not None:
        fills[2] = [f"- {day_words(message.published)}"]
    slots = {slot: tuple(Fill(values=(value,)) for value in values) for slot, values in fills.items()}
    for victim in slots[19]:
        for slot, value in ((20, "CIVILIAN"), (21, "PLURAL"), (23, "DEATH")):
            slots[slot] = (Fill(values=(value,), refs=victim.values),)
    return [Template(fills=slots)]


def _first(pattern: re.Pattern[str], text: str) -> list[str]:
    found = pattern.search(text)
    return [found[0]] if found is not None else []
