"""Reality, polarity and certainty of an event word, from all that governs it up to the speaker's cue.

After the factuality profiles of FactBank (Sauri and Pustejovsky 2009): modals, negation, implicatives, plans, threats,
fears, conditionals and hedges are gathered while climbing the parse from the event word.
"""

from dateline.codebook.lexicon import RealisBook
from dateline.reading.governors import climb
from dateline.reading.mentions import AttributionMention
from dateline.reading.modality import (
    ENDINGS,
    Modality,
    around_noun,
    is_infinitive,
    is_past,
    is_to_end,
    marks,
)
from dateline.reading.presupposed import is_content, told_false
from dateline.reading.roles import is_verbal
from dateline.reading.tokens import Parse, Token

ASKING = frozenset("why how who when where which what".split())


def modality_of(
    head: Token,
    parse: Parse,
    holding: tuple[AttributionMention, ...],
    book: RealisBook,
    *,
    attempt_is_event: bool,
) -> Modality:
    """Return what the text says of the reality, polarity and certainty of the event at `head`.

    `holding` are the attributions whose content holds it; `attempt_is_event` says that trying to do it is doing it
    (an assault), as against an attempt to reach an end (a capture).
    """
    found = Modality()
    cues = {mention.cue.i for mention in holding if mention.cue is not None}
    token = head
    if marks(token, found, book):
        found.unreal("hypothetical")
    around_noun(token, found, book)
    _by_whom(token, found, book)
    if _any_to_come(head):
        found.unreal("hypothetical")
    for _ in range(12):
        above = token.head
        if above is token or not climb(token, above, head, found, book, attempt_is_event):
            break
        if above.i in cues:
            break
        token = above
    if token.head is token and is_infinitive(token):
        found.unreal("intended")  # "Government to withdraw troops"
    _speakers(head, found, holding, book)
    last = parse.tokens[parse.sentences[head.sent].last]
    ending = any(token.lemma in ENDINGS for token in parse.tokens[head.i + 1 : last.i])
    if last.text == "?" and ending and any(child.lower == "the" for child in head.children):
        found.reality = "ongoing"  # "When will the shelling end?"
    elif last.text == "?" and found.reality == "happened" and not _asks_how(head, parse):
        found.unreal("hypothetical")
    return found


def _any_to_come(head: Token) -> bool:
    """Whether whatever may come is spoken of: "any attack would be answered"."""
    verb = head.head
    return (
        any(child.dep == "det" and child.lower == "any" for child in head.children)
        and head.dep in ("nsubj", "nsubjpass")
        and any(child.dep == "aux" and child.tag == "MD" for child in verb.children)
    )


def _by_whom(head: Token, found: Modality, book: RealisBook) -> None:
    """Take up a hedge on who or what did it: "killed, apparently by a landmine"."""
    for phrase in head.children:
        if phrase.dep != "agent":
            continue
        for child in phrase.children:
            if child.dep == "advmod" and book.words.get(child.lower) == "hedge":
                found.hedge(child)


def _speakers(
    head: Token, found: Modality, holding: tuple[AttributionMention, ...], book: RealisBook
) -> None:
    """Take up the cues of the attributions that hold the event."""
    for mention in holding:
        if mention.negates:
            found.polarity = "negative" if found.polarity == "positive" else found.polarity
            found.certainty = "disputed"
        if mention.cue is None:
            continue
        _of_the_cue(mention.cue, mention.source, found, book)
        if (
            mention.source is None
            and mention.cue.lemma == "report"
            and mention.cue.child("auxpass") is not None
        ):
            found.hedge(mention.cue)  # "strikes were reported": by whom is not told
        kind = (
            book.verbs.get(mention.cue.lemma) if is_verbal(mention.cue) else book.nouns.get(mention.cue.lemma)
        )
        if kind == "hedge" and not (mention.cue.dep == "pobj" and not is_verbal(mention.cue)):
            found.hedge(mention.cue)
        if (
            mention.commits
            and not is_past(head)
            and (not is_verbal(head) or head.tag in ("VB", "VBG") or is_infinitive(head))
            and found.reality in ("happened", "ongoing")
            and mention.cue.head is not head
            and is_content(mention.cue, head, book)
            and not is_to_end(head, mention.cue)
        ):
            found.unreal("threatened" if kind == "threaten" else "intended")


def _of_the_cue(cue: Token, source: Token | None, found: Modality, book: RealisBook) -> None:
    """Take up what is said of the telling: "unconfirmed reports said", "no evidence that", "the claim is false"."""
    for token in (source, cue):
        for child in token.children if token is not None and not is_verbal(token) else ():
            if child.dep == "amod" and book.words.get(child.lower) == "hedge":
                found.hedge(child)
    if is_verbal(cue):
        return
    verb = cue.head
    negated = any(child.dep == "neg" for child in verb.children) and cue.dep in ("dobj", "attr")
    if negated or any(child.dep in ("det", "neg") and child.lower == "no" for child in cue.children):
        found.certainty = "disputed"
    if cue.dep == "nsubj" and told_false(cue, book):
        found.polarity, found.certainty = "negative", "disputed"


def _asks_how(head: Token, parse: Parse) -> bool:
    """Whether a question takes the event for known: "Why did they attack?", "Who blew up the bridge?"; not "What if"."""
    for token in parse.tokens_of(parse.sentences[head.sent]):
        # "Did rebels who hold the port attack?" asks whether.
        aside = any(above.dep in ("relcl", "advcl") for above in (token, *token.ancestors()))
        if token.i < head.i and token.lower in ASKING and not aside:
            return parse.tokens[token.i + 1].lower not in ("if", "likely", "about")
    return False
