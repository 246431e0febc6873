"""Report cues and source nouns: the words by which a text says who says something."""

from dataclasses import dataclass

from dateline.codebook.inflect import noun_forms, verb_forms
from dateline.codebook.tables import Sources, words_of

CLASSES = frozenset(
    ("say", "report", "claim", "deny", "accuse", "condemn", "praise", "warn", "order", "ask", "believe",
     "intend", "agree", "confirm", "find", "show", "hear")
)  # fmt: skip
FLAGS = frozenset(("negates", "accuses", "doubts", "commits"))
PARTS = frozenset(("v", "n", "a", "p"))
PREPOSITIONS = frozenset(
    ("about", "against", "as", "at", "for", "in", "of", "on", "out", "over", "to", "with")
)  # fmt: skip
FRAMES = frozenset(("clause", "quote", "infinitive", "object_infinitive", "gerund", "object")) | PREPOSITIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A report cue; see data/cues.csv for what its class, frames and flags mean."""

    lemma: str
    part: str
    group: str
    frames: frozenset[str]
    negates: bool
    accuses: bool
    doubts: bool
    commits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CueBook:
    """Cues by the lower-case forms they take, and the nouns and names that stand for sources.

    `nouns` maps a lower-case form to "unnamed", "institution", "document", "reporter" or "media"; `outlets`
    holds words of the names of news media; `topics` the nouns that open a headline as its topic; `withheld` what can
    be denied to somebody; `falsehoods` what a denied claim is called.
    """

    verbs: dict[str, Cue]
    nominals: dict[str, Cue]
    adjectives: dict[str, Cue]
    phrases: dict[str, Cue]
    nouns: dict[str, str]
    outlets: frozenset[str]
    topics: frozenset[str]
    withheld: frozenset[str]
    falsehoods: frozenset[str]


def load_cues(sources: Sources) -> CueBook:
    """Read cues.csv and sources.toml; unknown classes, frames and flags are faults."""
    books: dict[str, dict[str, Cue]] = {"v": {}, "n": {}, "a": {}, "p": {}}
    for row in sources.rows("cues.csv", ("cue", "class", "frames", "flags", "forms", "source")):
        cue = _cue(sources, row)
        if cue is None:
            continue
        forms = list(words_of(row["forms"]))
        if cue.part == "v":
            forms.extend(verb_forms(cue.lemma))
        elif cue.part == "n":
            forms.extend(noun_forms(cue.lemma))
        for form in (cue.lemma, *forms):
            books[cue.part].setdefault(form, cue)
    lists = sources.toml("sources.toml")
    nouns: dict[str, str] = {}
    for kind in ("document", "media", "reporter", "institution", "unnamed"):
        for word in _words(sources, lists, kind, "words"):
            for form in noun_forms(word):
                nouns.setdefault(form, kind)
    return CueBook(
        verbs=books["v"],
        nominals=books["n"],
        adjectives=books["a"],
        phrases=books["p"],
        nouns=nouns,
        outlets=frozenset(_words(sources, lists, "media", "names")),
        topics=_nouns(sources, lists, "topic"),
        withheld=_nouns(sources, lists, "withheld"),
        falsehoods=_nouns(sources, lists, "false"),
    )


def _cue(sources: Sources, row: dict[str, str]) -> Cue | None:
    lemma, _, part = row["cue"].rpartition("/")
    frames, flags = frozenset(words_of(row["frames"])), frozenset(row["flags"].split())
    for word in sorted((frames - FRAMES) | (flags - FLAGS) | ({row["class"]} - CLASSES)):
        sources.fault("cues.csv", row["cue"], f"unknown class, frame or flag {word!r}")
    if part not in PARTS or not lemma or not frames:
        sources.fault("cues.csv", row["cue"], "needs a cue such as say/v, n, a or p, and a frame")
        return None
    return Cue(
        lemma=lemma, part=part, group=row["class"], frames=frames, negates="negates" in flags,
        accuses="accuses" in flags, doubts="doubts" in flags, commits="commits" in flags,
    )  # fmt: skip


def _nouns(sources: Sources, lists: dict[str, object], table: str) -> frozenset[str]:
    return frozenset(form for word in _words(sources, lists, table, "words") for form in noun_forms(word))


def _words(sources: Sources, lists: dict[str, object], table: str, key: str) -> list[str]:
    found = lists.get(table)
    words = found.get(key) if isinstance(found, dict) else None
    if not isinstance(words, str):
        sources.fault("sources.toml", f"{table}.{key}", "needs a text of words")
        return []
    return words.split()
