"""The inflected forms of English verbs and nouns, from their lemmas."""

import re

IRREGULAR = {
    "hit": ("hits", "hit", "hit", "hitting"), "strike": ("strikes", "struck", "struck", "striking"),
    "shoot": ("shoots", "shot", "shot", "shooting"), "fight": ("fights", "fought", "fought", "fighting"),
    "fall": ("falls", "fell", "fallen", "falling"), "take": ("takes", "took", "taken", "taking"),
    "retake": ("retakes", "retook", "retaken", "retaking"), "overrun": ("overruns", "overran", "overrun", "overrunning"),
    "lose": ("loses", "lost", "lost", "losing"), "sink": ("sinks", "sank", "sunk", "sinking"),
    "flee": ("flees", "fled", "fled", "fleeing"), "withdraw": ("withdraws", "withdrew", "withdrawn", "withdrawing"),
    "blow": ("blows", "blew", "blown", "blowing"), "set": ("sets", "set", "set", "setting"),
    "hold": ("holds", "held", "held", "holding"), "beat": ("beats", "beat", "beaten", "beating"),
    "leave": ("leaves", "left", "left", "leaving"), "drive": ("drives", "drove", "driven", "driving"),
    "come": ("comes", "came", "come", "coming"), "slay": ("slays", "slew", "slain", "slaying"),
    "throw": ("throws", "threw", "thrown", "throwing"), "lay": ("lays", "laid", "laid", "laying"),
    "dig": ("digs", "dug", "dug", "digging"), "send": ("sends", "sent", "sent", "sending"),
    "give": ("gives", "gave", "given", "giving"), "bring": ("brings", "brought", "brought", "bringing"),
    "catch": ("catches", "caught", "caught", "catching"), "cut": ("cuts", "cut", "cut", "cutting"),
    "put": ("puts", "put", "put", "putting"), "shut": ("shuts", "shut", "shut", "shutting"),
    "break": ("breaks", "broke", "broken", "breaking"), "make": ("makes", "made", "made", "making"),
    "shake": ("shakes", "shook", "shaken", "shaking"), "begin": ("begins", "began", "begun", "beginning"),
    "burn": ("burns", "burned", "burnt", "burning"), "hurt": ("hurts", "hurt", "hurt", "hurting"),
    "swap": ("swaps", "swapped", "swapped", "swapping"), "trap": ("traps", "trapped", "trapped", "trapping"),
    "ram": ("rams", "rammed", "rammed", "ramming"), "wrest": ("wrests", "wrested", "wrested", "wresting"),
    "stop": ("stops", "stopped", "stopped", "stopping"), "drop": ("drops", "dropped", "dropped", "dropping"),
    "bog": ("bogs", "bogged", "bogged", "bogging"), "hack": ("hacks", "hacked", "hacked", "hacking"),
    "wipe": ("wipes", "wiped", "wiped", "wiping"), "seek": ("seeks", "sought", "sought", "seeking"),
    "step": ("steps", "stepped", "stepped", "stepping"), "repel": ("repels", "repelled", "repelled", "repelling"),
    "annex": ("annexes", "annexed", "annexed", "annexing"), "die": ("dies", "died", "died", "dying"),
    "lob": ("lobs", "lobbed", "lobbed", "lobbing"), "rocket": ("rockets", "rocketed", "rocketed", "rocketing"),
    "pummel": ("pummels", "pummelled", "pummelled", "pummelling"), "level": ("levels", "levelled", "levelled", "levelling"),
    "kidnap": ("kidnaps", "kidnapped", "kidnapped", "kidnapping"), "defect": ("defects", "defected", "defected", "defecting"),
    "build": ("builds", "built", "built", "building"), "foil": ("foils", "foiled", "foiled", "foiling"),
    "be": ("is", "was", "been", "being"), "rebuild": ("rebuilds", "rebuilt", "rebuilt", "rebuilding"),
    "spring": ("springs", "sprang", "sprung", "springing"), "gun": ("guns", "gunned", "gunned", "gunning"),
    "mow": ("mows", "mowed", "mown", "mowing"), "win": ("wins", "won", "won", "winning"),
    "strafe": ("strafes", "strafed", "strafed", "strafing"), "get": ("gets", "got", "got", "getting"),
    "forbid": ("forbids", "forbade", "forbidden", "forbidding"), "let": ("lets", "let", "let", "letting"),
    "mean": ("means", "meant", "meant", "meaning"), "think": ("thinks", "thought", "thought", "thinking"),
    "go": ("goes", "went", "gone", "going"), "rip": ("rips", "ripped", "ripped", "ripping"),
    "tear": ("tears", "tore", "torn", "tearing"), "gut": ("guts", "gutted", "gutted", "gutting"),
    "stab": ("stabs", "stabbed", "stabbed", "stabbing"), "expel": ("expels", "expelled", "expelled", "expelling"),
    "run": ("runs", "ran", "run", "running"), "lie": ("lies", "lay", "lain", "lying"),
    "gas": ("gasses", "gassed", "gassed", "gassing"),
    "feed": ("feeds", "fed", "fed", "feeding"), "find": ("finds", "found", "found", "finding"),
    "lead": ("leads", "led", "led", "leading"), "fly": ("flies", "flew", "flown", "flying"),
    "hang": ("hangs", "hung", "hanged", "hanging"), "keep": ("keeps", "kept", "kept", "keeping"),
    "creep": ("creeps", "crept", "crept", "creeping"), "sweep": ("sweeps", "swept", "swept", "sweeping"),
    "grind": ("grinds", "ground", "ground", "grinding"), "bleed": ("bleeds", "bled", "bled", "bleeding"),
    "draw": ("draws", "drew", "drawn", "drawing"), "quit": ("quits", "quit", "quit", "quitting"),
    "thrust": ("thrusts", "thrust", "thrust", "thrusting"), "burst": ("bursts", "burst", "burst", "bursting"),
    "cost": ("costs", "cost", "cost", "costing"), "overthrow": ("overthrows", "overthrew", "overthrown", "overthrowing"),
}  # fmt: skip
AMERICAN = {"pummel": ("pummeled", "pummeling"), "level": ("leveled", "leveling"), "kidnap": ("kidnaped",)}


def verb_forms(lemma: str) -> dict[str, str]:
    """Return each form of a verb with its Penn tag: VB, VBZ, VBD, VBN or VBG (VBD where VBN looks the same)."""
    if lemma in IRREGULAR:
        third, past, participle, gerund = IRREGULAR[lemma]
    else:
        third, past, gerund = _third(lemma), _past(lemma), _gerund(lemma)
        participle = past
    forms = {lemma: "VB", third: "VBZ", gerund: "VBG"}
    forms.setdefault(participle, "VBN")
    if past != lemma:
        forms[past] = "VBD"
    for variant in AMERICAN.get(lemma, ()):
        forms[variant] = "VBG" if variant.endswith("ing") else "VBD"
    if lemma == "be":
        forms.update({"are": "VBZ", "were": "VBD", "'s": "VBZ", "'re": "VBZ"})
    return forms


def noun_forms(lemma: str) -> tuple[str, ...]:
    """Return a noun's singular and plural."""
    if lemma.endswith("fe"):
        return lemma, lemma[:-2] + "ves"
    if lemma.endswith("man"):
        return lemma, lemma[:-2] + "en"
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return lemma, lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma, lemma[:-1] + "ies"
    return lemma, lemma + "s"


def _third(lemma: str) -> str:
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ied"
    return _doubled(lemma) + "ed"


def _gerund(lemma: str) -> str:
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return lemma[:-1] + "ing"
    return _doubled(lemma) + "ing"


def _doubled(lemma: str) -> str:
    """Double the last letter of a verb of one short syllable: "drag", "dragged"."""
    return lemma + lemma[-1] if re.fullmatch(r"[^aeiou]*(?:qu)?[aeiou][^aeiouwxy]", lemma) else lemma
