"""Sources that a report names in one bare word after it told in full who is meant: "the ministry", "minister says"."""

import re
from collections.abc import Iterable, Mapping, Sequence

from dateline.codebook.actors import word_key
from dateline.codebook.names import loose_key, name_key
from dateline.linking.identity import Label
from dateline.linking.voices import Voice
from dateline.model.event import Entry

Spoken = tuple[Voice | None, frozenset[Label]]
_BARE = frozenset(("body", "office", "officials", "words"))
_NAMED = r"\b{noun},?\s+([A-Z][\w’'-]+)\s(?:[A-Z]\.?\s)?([A-Z][\w’'-]+)"


def with_fuller(spoken: Mapping[str, Spoken], entries: Iterable[Entry]) -> dict[str, Spoken]:
    """Let each bare source go by the labels of the one fuller source of its report that its word fits, too.

    That is another source of the report with that word in its name, or else the one person whom the text names
    behind the word ("minister Ibrahim Khatir"). Where several fit, the bare source stays one of its own.
    """
    reports: dict[str, list[Entry]] = {}
    for entry in entries:
        reports.setdefault(entry.report.id, []).append(entry)
    found = dict(spoken)
    for told in reports.values():
        for entry in told:
            voice, labels = spoken[entry.claim.id]
            noun = _bare(voice)
            if noun is not None:
                found[entry.claim.id] = (
                    voice,
                    labels | _fuller(noun, [spoken[one.claim.id] for one in told], entry),
                )
    return found


def _bare(voice: Voice | None) -> str | None:
    """Return the one word that a source is named in, if it is no name."""
    if voice is None or voice.kind not in _BARE or voice.id is not None:
        return None
    words = voice.name.split()
    return word_key(words[0]) if len(words) == 1 and words[0].islower() else None


def _fuller(noun: str, spoken: Sequence[Spoken], entry: Entry) -> frozenset[Label]:
    fitting = {
        labels
        for voice, labels in spoken
        if voice is not None
        and len(voice.name.split()) > 1
        and noun in {word_key(word) for word in voice.name.split()}
    }
    if len(fitting) == 1:
        return next(iter(fitting))
    names = (
        set(re.findall(_NAMED.format(noun=re.escape(noun)), entry.report.text, re.IGNORECASE))
        if not fitting
        else ()
    )
    persons = {(given, surname) for given, surname in names if given[:1].isupper() and surname[:1].isupper()}
    if len(persons) != 1:
        return frozenset()
    given, surname = persons.pop()
    return frozenset((("name", loose_key(name_key(surname)), word_key(given), ""),))
