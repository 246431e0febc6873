"""Find the words that tell of an event: triggers of the codebook whose arguments fit their frames."""

from dateline.codebook.triggers import Trigger
from dateline.reading.frames import Event, fit
from dateline.reading.scene import Scene
from dateline.reading.tokens import Token

GAP = 3
GOES_ON = frozenset(
    (
        "rages continues erupts intensifies resumes escalates breaks flares reported continued erupted raged"
    ).split()
)


def find_events(scene: Scene) -> tuple[list[Event], list[Token]]:
    """Return the events whose frames fit, in text order, and the words of triggers that no frame fits.

    Types are decided in event_types.py.
    """
    events: list[Event] = []
    unfit: list[Token] = []
    taken = -1
    tokens = scene.parse.tokens
    starts = scene.kit.triggers.starts
    for token in tokens:
        if token.i <= taken:
            continue
        known = False
        for trigger in starts.get(token.lower, ()):
            matched = _match(trigger, token, scene)
            if matched is None:
                continue
            known = True
            if trigger.type == "none":
                taken = matched[-1].i
                break
            event = fit(trigger, token, matched, scene)
            if event is not None and not _likened(event):
                events.append(event)
                if len(trigger.words) > 1 and matched[-1].i - token.i < len(trigger.words):
                    taken = matched[-1].i
                break
        if known and not (events and events[-1].first == token.i):
            unfit.append(token)
    return events, unfit


def _likened(event: Event) -> bool:
    """Whether an event noun is only what something is like: "the tactic is like a medieval siege"."""
    head = event.head
    return event.trigger.pos == "n" and head.dep == "pobj" and head.head.lower in ("like", "unlike")


def _match(trigger: Trigger, token: Token, scene: Scene) -> list[Token] | None:
    """Return the tokens of a trigger's words, or null: the first fits its part of speech, the rest follow closely."""
    if trigger.type != "none" and not _fits_pos(trigger, token, scene):
        return None
    found = [token]
    sentence = scene.parse.sentences[token.sent]
    for word in trigger.words[1:]:
        forms = scene.kit.triggers.forms.get(word, frozenset((word,)))
        limit = found[-1].i + (1 if trigger.pos == "n" or word == "-" else GAP + 1)
        following = None
        for index in range(found[-1].i + 1, sentence.last + 1):
            candidate = scene.parse.tokens[index]
            # "Ran over an anti-tank mine": neither the article nor the hyphen and what it joins take up the gap.
            if trigger.pos == "v":
                limit += 1 if candidate.pos == "DET" else 2 if candidate.text == "-" else 0
            if index > min(limit, sentence.last):
                break
            bound = trigger.pos == "v" and candidate.dep == "compound" and word == trigger.words[-1]
            if candidate.lower in forms and not bound:
                following = candidate
                break
            if (candidate.pos == "PUNCT" and candidate.text != ",") or candidate.pos in ("VERB", "SCONJ"):
                break
        if following is None:
            return None
        found.append(following)
    return found


def _fits_pos(trigger: Trigger, token: Token, scene: Scene) -> bool:
    if trigger.pos == "v":
        if token.tag == "VBG" and _nominal(token, scene):
            return not any(other.pos == "n" for other in scene.kit.triggers.starts.get(token.lower, ()))
        if token.pos in ("VERB", "AUX") or token.tag.startswith("VB"):
            return True
        # A participle read as an adjective, or a verb read as a name in a headline.
        if token.lower.endswith(("ed", "en")):
            return token.pos in ("ADJ", "PROPN", "NOUN")
        if token.dep == "ROOT" and token.child("nsubj") is not None and token.child("dobj") is not None:
            return True  # a past form the tagger took for a noun
        if token.pos not in ("NOUN", "PROPN"):
            return False
        # "Army downs 13 drones", "rebels again repel soldiers"
        base = token.lower == trigger.words[0] and not any(
            other.pos == "n" and other.type != "none"
            for other in scene.kit.triggers.starts.get(token.lower, ())
        )
        after = trigger.words[1] if len(trigger.words) > 1 else ""
        return (token.lower.endswith("s") or base) and _headline_verb(token, scene, plural=base, phrase=after)
    if trigger.pos == "n":
        if token.pos == "ADJ" and token.dep == "amod" and len(trigger.words) == 1:
            return False  # "the offensive line"
        if token.pos in ("NOUN", "PROPN", "ADJ"):
            return True
        if token.tag == "VBG" and _nominal(token, scene):
            return True
        return (
            token.tag == "VBG"
            and len(trigger.words) == 1
            and token.dep in ("pobj", "dobj", "nsubj", "compound", "nsubjpass", "conj")
        )
    return True


def _nominal(token: Token, scene: Scene) -> bool:
    """Whether a gerund is a noun by the word before it: "Ukrainian shelling", "the bombing"."""
    after = scene.parse.tokens[token.i + 1].lower if token.i + 1 < len(scene.parse.tokens) else ""
    if after in GOES_ON:
        return True
    if token.i == 0 or any(child.dep in ("aux", "dobj") for child in token.children):
        return False
    before = scene.parse.tokens[token.i - 1]
    if before.sent != token.sent or before.dep in ("nsubj", "nsubjpass"):
        return False
    return before.lower in ("the", "a", "this", "'s", "’s") or scene.demonym_side(before) is not None


def _headline_verb(token: Token, scene: Scene, *, plural: bool, phrase: str) -> bool:
    """Whether a noun of a sentence without a verb is that verb: "Ukraine downs 13 drones"; a bare form if `plural`."""
    sentence = scene.parse.sentences[token.sent]
    words = [other for other in scene.parse.tokens_of(sentence) if other.pos != "PUNCT" or other.text == ":"]
    at = words.index(token)
    if not 0 < at < len(words) - 1:
        return False
    beyond_adverb = at > 1 and words[at - 1].pos == "ADV"
    before, after = words[at - 2 if beyond_adverb else at - 1], words[at + 1]
    start = max((number for number in range(at) if words[number].text == ":"), default=-1) + 1
    if (
        plural
        and before.tag not in ("NNS", "NNPS")
        and not (before.pos == "PROPN" and before.text[-1] == "s")
    ):
        return False
    weapon = before.i in scene.instrument_cover or "equipment" in scene.classes(before)
    actor = weapon or before.i in scene.actor_cover or before.i in scene.place_cover or before.pos == "PROPN"
    told = bool(phrase) and after.lower in scene.kit.triggers.forms.get(phrase, frozenset((phrase,)))
    opens = told or after.pos in ("NUM", "DET", "PROPN", "ADJ", "PRON") or after.tag in ("NNS", "CD", "IN")
    finite = any(
        other.tag in ("VBZ", "VBD", "VBP", "MD") and other.dep in ("ROOT", "nsubj", "aux", "auxpass")
        for other in words[start:]
    )
    return actor and opens and not finite
