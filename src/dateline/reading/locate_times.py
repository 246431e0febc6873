"""Tie times to event words: the nearest in the event's own phrase, then its clause, then its sentence."""

from dataclasses import replace

from dateline.reading.clauses import CLAUSE, OWN, SENTENCE, behind_event, clause_of, inside
from dateline.reading.drafts import Draft
from dateline.reading.mentions import TimeMention
from dateline.reading.roles import is_verbal
from dateline.reading.scene import Scene
from dateline.reading.tokens import Token

# A period of months is the time of what lasts or adds up, not of one strike ("the first since April").
LONG_DAYS = 31
YEAR = 360  # days
SINCE_WORDS = 12
LASTING = frozenset(
    [
        "force.siege",
        "harm.displacement",
        "civilians.toll",
        "force.loss",
        "battle.capture",
        "strike.shelling",
        "civilians.abduction",
    ]
)


def nearest_time(head: Token, draft: Draft, scene: Scene) -> tuple[TimeMention | None, int]:
    sentence = scene.parse.sentences[head.sent]
    found: list[tuple[int, int, int, TimeMention]] = []
    clause = clause_of(head)
    cues = scene.said_by_cue
    lasting = (
        draft.type in LASTING
        or bool(draft.figures)
        or (draft.modality.reality == "ongoing" and clause.tag != "VBN")
    )
    for number, mention in enumerate(scene.times_in.get(head.sent, ())):
        if mention.time is None or mention.last < sentence.first or mention.first > sentence.last:
            continue
        if (mention.time.latest - mention.time.earliest).days > LONG_DAYS and not lasting:
            continue
        if _yet_to_come(mention, draft, scene):
            continue
        stretched = _since_noun(mention, head, scene)
        if stretched is not None and lasting:
            distance = abs(mention.first - head.i)
            found.append((CLAUSE, -distance, -number, stretched))
            continue
        if behind_event(mention.last, head, scene):
            continue
        governor = _governor(mention, scene)
        if _before_it(mention, governor, clause) or _dates_its_noun(mention, clause, scene):
            continue
        if governor is not None and _of_telling(clause_of(governor), head):
            continue
        if (
            governor is not None
            and governor.i in cues
            and governor is not head
            and inside(head.i, head.i, governor)
        ):
            continue
        since = _since(governor, clause, mention, scene)
        if since is not None:
            rank, mention = CLAUSE, since
        elif inside(mention.first, mention.last, head) and (
            governor is None or not is_verbal(head) or clause_of(governor) in (clause, head)
        ):
            rank = OWN
        elif governor is not None and clause_of(governor) is clause:
            rank = CLAUSE
        elif governor is not None and is_verbal(governor) and _foreign(governor, clause):
            continue
        else:
            rank = SENTENCE
        found.append((rank, -min(abs(mention.first - head.i), abs(mention.last - head.i)), -number, mention))
    if not found:
        return None, 0
    best = max(found)
    return best[3], best[0]


def _before_it(mention: TimeMention, governor: Token | None, clause: Token) -> bool:
    """Whether a time and an event stand on two sides of "having": "Having lost the port in May, they shelled it"."""
    verb = clause_of(governor) if governor is not None else None
    done = _having(clause)
    if done is not None and not inside(mention.first, mention.last, done):
        return True
    past = _having(verb) if verb is not None else None
    return past is not None and past is not done


def _having(verb: Token) -> Token | None:
    """Return the head of the "having done" clause that a verb stands in; else null."""
    for token in (verb, *verb.ancestors()):
        if token.tag in ("VBN", "VBD") and any(child.lower == "having" for child in token.children):
            return token
        if token.child("nsubj", "nsubjpass") is not None:
            return None
    return None


def _dates_its_noun(mention: TimeMention, clause: Token, scene: Scene) -> bool:
    """Whether an event is only told of what a time is counted in: "in the first days of a war that killed thousands"."""
    if clause.dep != "relcl":
        return False
    noun = clause.head
    return mention.first <= noun.i <= mention.last or (
        scene.parse.tokens[mention.first].left <= noun.i < clause.i
        and any(mention.first <= above.i <= mention.last for above in noun.ancestors())
    )


def _yet_to_come(mention: TimeMention, draft: Draft, scene: Scene) -> bool:
    """Whether a time reaches days past publication, so that nothing told as done can be of it."""
    published, time = scene.report.published, mention.time
    if published is None or time is None or draft.modality.reality != "happened":
        return False
    return (time.latest - published).days > 1 and (time.latest - time.earliest).days < YEAR


def _of_telling(governor: Token, head: Token) -> bool:
    """Whether a time is of the telling: "repeated the claim on Sunday, adding that eight had been taken"."""
    token = head
    for _ in range(8):
        above = token.head
        if above is token or above is governor:
            return False
        if token.dep == "ccomp" and above.dep == "advcl" and above.tag == "VBG" and above.head is governor:
            return True
        token = above
    return False


def _since(governor: Token | None, clause: Token, mention: TimeMention, scene: Scene) -> TimeMention | None:
    """Return the span from a day to publication for "fled since the army attacked on 3 May"; else null."""
    published = scene.report.published
    if governor is None or published is None or mention.time is None or mention.time.latest > published:
        return None
    verb = clause_of(governor)
    marked = any(child.dep == "mark" and child.lower == "since" for child in verb.children)
    if verb.dep != "advcl" or verb.head is not clause or not marked:
        return None
    return replace(mention, time=replace(mention.time, latest=published, precision="period"))


def _since_noun(mention: TimeMention, head: Token, scene: Scene) -> TimeMention | None:
    """Return the span to publication for "killed since the invasion of the country in February"; else null.

    The time is that of what "since" brings, with nothing but its noun phrase between; however the parser hangs it.
    """
    published, tokens = scene.report.published, scene.parse.tokens
    if published is None or mention.time is None or mention.time.latest > published:
        return None
    for index in range(mention.first - 1, max(head.i, mention.first - SINCE_WORDS), -1):
        token = tokens[index]
        if token.lower == "since":
            if index + 1 == mention.first:
                return None  # "since February": stretched where it was read
            return replace(mention, time=replace(mention.time, latest=published, precision="period"))
        if is_verbal(token) or token.pos == "PUNCT":
            return None
    return None


def _governor(mention: TimeMention, scene: Scene) -> Token | None:
    """Return the word outside a time expression that it hangs on, past its preposition."""
    token = scene.parse.tokens[mention.first]
    for _ in range(8):
        if token.head is token:
            return None
        token = token.head
        if not mention.first <= token.i <= mention.last and token.pos != "ADP" and token.dep != "prep":
            return token
    return None


def _foreign(governor: Token, clause: Token) -> bool:
    """Whether a time hangs on a verb of a relative or reported clause that does not hold the event's clause."""
    verb = clause_of(governor)
    return verb.dep in ("relcl", "acl", "ccomp") and not (verb.left <= clause.i <= verb.right)
