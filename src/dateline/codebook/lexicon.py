"""Words that bear on reality and certainty, and the nouns of things that an attack may hit."""

from dataclasses import dataclass

from dateline.codebook.inflect import noun_forms
from dateline.codebook.tables import Sources

REALIS_CLASSES = frozenset(
    (
        "hedge approx intend threaten hypothetical fear negate prevent deny begin cause end attempt "
        "future doubt thing natural"
    ).split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RealisBook:
    """Words by part of speech and what they do to what they govern; see data/realis.csv.

    `verbs` and `nouns` map a lemma, alone or with the preposition behind it ("argue for"), `words` an adjective, adverb
    or function word, to its class; `things` are nouns that an event noun before them names the kind of ("attack aircraft").
    """

    verbs: dict[str, str]
    nouns: dict[str, str]
    words: dict[str, str]
    things: frozenset[str]


def load_realis(sources: Sources) -> RealisBook:
    """Read realis.csv; an unknown class or part of speech is a fault."""
    books: dict[str, dict[str, str]] = {"v": {}, "n": {}, "r": {}, "j": {}, "d": {}, "p": {}}
    things = set()
    name = "realis.csv"
    for row in sources.entries(name, ("word", "class", "pos")):
        if row["class"] not in REALIS_CLASSES:
            sources.fault(name, row["word"], f"unknown class {row['class']!r}")
        elif row["pos"] not in books:
            sources.fault(name, row["word"], f"unknown pos {row['pos']!r}")
        elif row["class"] == "thing":
            things.add(row["word"])
        else:
            books[row["pos"]][row["word"]] = row["class"]
    words = {**books["p"], **books["d"], **books["j"], **books["r"]}
    return RealisBook(verbs=books["v"], nouns=books["n"], words=words, things=frozenset(things))


def load_structures(sources: Sources) -> dict[str, str]:
    """Read structures.csv: each form of a noun to its class (civilian, infrastructure or military)."""
    found: dict[str, str] = {}
    for row in sources.rows("structures.csv", ("word", "class")):
        if row["class"] not in ("civilian", "infrastructure", "military"):
            sources.fault("structures.csv", row["word"], f"unknown class {row['class']!r}")
        for form in noun_forms(row["word"]):
            found[form] = row["class"]
    return found
