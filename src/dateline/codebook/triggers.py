"""The words that tell of an event, indexed by the forms they take in a text."""

from dataclasses import dataclass
from typing import Literal

from dateline.codebook.inflect import noun_forms, verb_forms
from dateline.codebook.tables import Sources, words_of

CLASSES = frozenset(
    (
        "force state weapon people civilian combatant captive structure place equipment strike move unit "
        "ground other -"
    ).split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A word or phrase that tells of an event; see data/triggers.csv for what its columns mean."""

    key: str
    words: tuple[str, ...]
    pos: Literal["v", "n", "a"]
    type: str
    subject: frozenset[str]
    object: frozenset[str]
    flags: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerBook:
    """All triggers: `starts` maps a lower-case form of a first word to the triggers it may begin, longest first."""

    triggers: tuple[Trigger, ...]
    starts: dict[str, tuple[Trigger, ...]]
    forms: dict[str, frozenset[str]]


def load_triggers(sources: Sources, types: frozenset[str] = frozenset()) -> TriggerBook:
    """Read triggers.csv; unknown types, classes and parts of speech are faults."""
    name = "triggers.csv"
    triggers: list[Trigger] = []
    for row in sources.rows(name, ("key", "words", "pos", "type", "subject", "object", "flags")):
        subject, object_ = frozenset(words_of(row["subject"])), frozenset(words_of(row["object"]))
        for word in sorted((subject | object_) - CLASSES):
            sources.fault(name, row["key"], f"unknown class {word!r}")
        if row["pos"] not in ("v", "n", "a") or not row["words"]:
            sources.fault(name, row["key"], "needs words and a pos of v, n or a")
            continue
        if types and not row["type"].endswith(".*") and row["type"] not in types | {"strike.bomb", "none"}:
            sources.fault(name, row["key"], f"unknown type {row['type']!r}")
        triggers.append(
            Trigger(
                key=row["key"],
                words=tuple(row["words"].split()),
                pos=_pos(row["pos"]),
                type=row["type"],
                subject=subject,
                object=object_,
                flags=frozenset(row["flags"].split()),
            )
        )
    return _index(triggers)


def _pos(cell: str) -> Literal["v", "n", "a"]:
    return "v" if cell == "v" else "n" if cell == "n" else "a"


def forms_of(word: str, pos: str) -> tuple[str, ...]:
    """Return the lower-case forms in which a trigger's word may be printed."""
    if pos == "v":
        return tuple(verb_forms(word))
    return noun_forms(word) if pos == "n" else (word,)


def _index(triggers: list[Trigger]) -> TriggerBook:
    starts: dict[str, list[Trigger]] = {}
    forms: dict[str, frozenset[str]] = {}
    for trigger in triggers:
        for position, word in enumerate(trigger.words):
            known = forms.get(word, frozenset())
            forms[word] = (
                known
                | {word, *noun_forms(word)}
                | (set(verb_forms(word)) if position and trigger.pos == "v" else set())
            )
        for form in forms_of(trigger.words[0], trigger.pos):
            starts.setdefault(form, []).append(trigger)
    ordered = {
        form: tuple(sorted(found, key=lambda trigger: (-len(trigger.words), trigger.key)))
        for form, found in starts.items()
    }
    return TriggerBook(triggers=tuple(triggers), starts=ordered, forms=forms)
