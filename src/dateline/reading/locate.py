"""Tie places and times to event words: the nearest in the event's own phrase, then its clause, then its sentence."""

from dateline.reading.clauses import CLAUSE, OWN, PARAGRAPH, SENTENCE, behind_event, clause_of, inside
from dateline.reading.drafts import HARM, Draft
from dateline.reading.locate_times import nearest_time
from dateline.reading.mentions import PlaceMention
from dateline.reading.roles import carrier_of, is_verbal
from dateline.reading.scene import PLACE_NOUNS, STRIKE_NOUNS, Scene
from dateline.reading.tokens import Token

KIN = frozenset(
    "mother father son daughter wife husband brother sister uncle aunt cousin family parents widow".split()
)
HOLDING = frozenset(
    "in across on of over inside throughout near into at around against within for over".split()
)
LARGE = frozenset((5, 6, 7))
POWERS = frozenset(
    "aggression army force troop military soldier navy fleet government leadership authority side losses".split()
)
DEFENDER = "defender"  # "defenders of the town" are in it
QUARTERS = frozenset("east west north south northeast northwest southeast southwest".split())


def locate(draft: Draft, scene: Scene) -> None:
    """Set a draft's place and time from its own sentence."""
    head = draft.head
    draft.place, draft.place_rank = _nearest_place(head, draft, scene)
    draft.time, draft.time_rank = nearest_time(head, draft, scene)
    draft.listed = draft.place is not None and _heads_others(draft.place, scene)


def _nearest_place(head: Token, draft: Draft, scene: Scene) -> tuple[PlaceMention | None, int]:
    sentence = scene.parse.sentences[head.sent]
    own: list[tuple[int, int, int, int, PlaceMention]] = []
    carrier = carrier_of(head) if not is_verbal(head) else None
    clause = clause_of(head)
    arguments = {token.i for token in draft.patients}
    compass = _compass(head)
    for number, mention in enumerate(scene.places_in.get(head.sent, ())):
        if mention.last < sentence.first or mention.first > sentence.last:
            continue
        if mention.use == "actor" or _of_speaker(mention, draft):
            continue
        if _bearing(mention, scene) or (draft.type not in HARM and behind_event(mention.last, head, scene)):
            continue
        if _heads_list(mention, scene) or _later_in_list(mention, scene) or _ranks(mention, scene):
            continue
        if _where(mention, clause):
            return mention, OWN
        if draft.family == "strike" and _fired_from(mention, scene):
            continue
        if compass is not None and not inside(mention.first, mention.last, compass):
            continue
        if any(index in arguments for index in range(mention.first, mention.last + 1)):
            rank = OWN
        elif (
            mention.use == "modifier"
            and not _event_modifier(mention, head, scene)
            and not _of_place(mention, scene)
        ):
            token = scene.parse.tokens[mention.last]
            held = any(
                one.lemma == DEFENDER and inside(mention.first, mention.last, one) for one in draft.agents
            )
            if not held and (
                token.dep != "pobj"
                or not any(inside(mention.first, mention.last, patient) for patient in draft.patients)
            ):
                continue
            rank = CLAUSE
        elif any(
            inside(mention.first, mention.last, token) and _within_clause(mention, token, scene)
            for token in (head, *draft.patients)
        ):
            rank = OWN
        elif (
            carrier is not None
            and inside(mention.first, mention.last, carrier)
            and _within_clause(mention, carrier, scene)
        ):
            rank = OWN if mention.use == "locative" else CLAUSE
        elif inside(mention.first, mention.last, clause) and _within_clause(mention, clause, scene):
            rank = CLAUSE
        elif _beside(mention, clause, scene):
            rank = PARAGRAPH
        elif _aside(mention, head, scene) or (
            clause.dep in ("advcl", "relcl") and _bound(mention, scene) and not _of_place(mention, scene)
        ):
            continue
        else:
            rank = SENTENCE
        if _owner(mention, scene):
            continue
        if mention.place.precision == 6 and mention.place.id and not _holds_events(mention, arguments, scene):
            continue
        precision = _fineness(mention)
        distance = min(abs(mention.first - head.i), abs(mention.last - head.i))
        fine = precision not in LARGE
        own.append((rank if fine or rank == OWN else rank - 1, -precision, -distance, -number, mention))
    if not own:
        return None, 0
    best = max(own)
    finer = _finer(best[4], scene)
    return finer, best[0]


def _bearing(mention: PlaceMention, scene: Scene) -> bool:
    """Whether a place only says where the place before it lies: "Soba, a suburb south of Khartoum, was shelled"."""
    token = scene.parse.tokens[mention.last]
    if token.dep != "pobj" or token.head.lower not in ("of", "from") or token.head.head.lower not in QUARTERS:
        return False
    noun = token.head.head
    for _ in range(2):
        if noun.dep != "appos":
            noun = noun.head
    return noun.dep == "appos" and any(
        index in scene.place_cover for index in range(noun.head.left, noun.left)
    )


def _ranks(mention: PlaceMention, scene: Scene) -> bool:
    """Whether a place is only that in which a thing comes first: "Europe's largest nuclear plant"."""
    token = scene.parse.tokens[mention.last]
    return token.dep == "poss" and any(child.tag in ("JJS", "RBS") for child in token.head.children)


def _of_speaker(mention: PlaceMention, draft: Draft) -> bool:
    """Whether a place says where the speakers are: "officials in Khartoum who said the army had left"."""
    for said in draft.holding:
        source = said.attribution.source
        if source is not None and source.span.start < mention.place.span.start < source.span.end:
            return True
        if said.source is not None and said.cue is not None:
            if said.source.i < mention.first and mention.last < said.cue.i < draft.head.i:
                return True
    return False


def _compass(head: Token) -> Token | None:
    """Return "in" of an event told of with a quarter of the land alone: "battle rages in the east"; else null."""
    for above in (head, head.head) if head.dep in ("compound", "nsubj") else (head,):
        for child in above.children:
            inner = child.child("pobj") if child.dep == "prep" and child.lower == "in" else None
            if inner is not None and inner.lower in QUARTERS:
                return child
    return None


def _fired_from(mention: PlaceMention, scene: Scene) -> bool:
    """Whether a place is where fire came from, not where it fell: "missiles launched from the sea"."""
    token = scene.parse.tokens[mention.last]
    if token.dep != "pobj" or token.head.lower != "from" or token.head.dep != "prep":
        return False
    return is_verbal(token.head.head) or token.head.head.lemma in STRIKE_NOUNS


def _of_place(mention: PlaceMention, scene: Scene) -> bool:
    """Whether a modifying place locates a place or a thing built: "Kyiv-area towns", "a Kharkiv school"."""
    token = scene.parse.tokens[mention.last]
    for _ in range(2):
        if token.dep not in ("compound", "nmod", "amod", "poss") or token.head is token:
            return False
        token = token.head
        if token.lemma in PLACE_NOUNS or token.lower in scene.kit.structures:
            return mention.place.precision != 6
    return False


def _beside(mention: PlaceMention, clause: Token, scene: Scene) -> bool:
    """Whether a place stands in the clause joined to the event's: "faced attacks but held out in the valley"."""
    token = scene.parse.tokens[mention.last]
    for above in token.ancestors():
        if is_verbal(above) and above.dep != "amod":
            return above.dep == "conj" and above.head is clause
    return False


def _bound(mention: PlaceMention, scene: Scene) -> bool:
    """Whether a place is a word of another noun's name: "the Chernobyl disaster"."""
    return scene.parse.tokens[mention.last].dep in ("compound", "nmod", "amod", "poss")


def _aside(mention: PlaceMention, head: Token, scene: Scene) -> bool:
    """Whether a place belongs to a clause that does not hold the event's."""
    token = scene.parse.tokens[mention.last]
    for above in (token, *token.ancestors()):
        if is_verbal(above) and above.dep not in ("amod", "compound"):
            while_so = any(
                child.dep == "mark" and child.lower in ("while", "when") for child in above.children
            )
            if above.tag == "VBG" and while_so and above.head is head:
                return False  # "killed while defending the town"
            return not (above.left <= head.i <= above.right) and above.dep != "ROOT"
    return False


def _heads_list(mention: PlaceMention, scene: Scene) -> bool:
    """Whether a region only says where the towns named behind it lie: "the Donetsk cities of X and Y"."""
    token = scene.parse.tokens[mention.last]
    if token.dep not in ("compound", "nmod", "amod") or token.head.lemma not in (
        "city",
        "town",
        "village",
        "settlement",
    ):
        return False
    behind = [
        child.child("pobj") for child in token.head.children if child.dep == "prep" and child.lower == "of"
    ]
    return any(inner is not None and inner.i in scene.place_cover for inner in behind)


def _later_in_list(mention: PlaceMention, scene: Scene) -> bool:
    """Whether a place is joined to one named before it: of "in Donetsk and Luhansk" the first stands for both."""
    token = scene.parse.tokens[mention.last]
    first = token
    while first.dep == "conj" and first.head is not first:
        first = first.head
    if first is token or first.dep not in ("pobj", "dobj"):
        return False
    other = scene.place_cover.get(first.i)
    return (
        other is not None
        and other is not mention
        and other.use == "locative"
        and _fineness(other) <= _fineness(mention)
    )


def _heads_others(mention: PlaceMention, scene: Scene) -> bool:
    """Whether other places are joined to a place, in a list that stands for one stretch of ground."""
    token = scene.parse.tokens[mention.last]
    return any(child.dep == "conj" and child.i in scene.place_cover for child in token.children)


def _where(mention: PlaceMention, clause: Token) -> bool:
    """Whether a clause tells what was at a place named before it: "Hodeidah, where a clinic was hit"."""
    if clause.dep == "advcl" and clause.tag == "VBG":
        clause = clause.head  # "Aden, where a school was hit, killing three"
    if clause.dep != "relcl" or not mention.first <= clause.head.i <= mention.last:
        return False
    return any(child.lower == "where" for child in clause.children)


def _owner(mention: PlaceMention, scene: Scene) -> bool:
    """Whether a capital or country stands for those whose something is: "Moscow's forces"."""
    token = scene.parse.tokens[mention.last]
    if token.dep != "poss":
        return False
    if token.head.lemma in KIN:
        return True  # a person, whatever the gazetteer says
    seat = "state" in scene.classes(token) or scene.demonym_side(token) is not None
    return seat and not _of_place(mention, scene)


def _fineness(mention: PlaceMention) -> int:
    """Return a place's precision code; a name that no gazetteer knows is taken for a settlement's."""
    if mention.place.id is None and mention.place.geonames is None:
        return 2
    if mention.place.relation == "direction" and mention.place.kind == "settlement":
        return 2  # "towards the town" is about the town, though nothing says how near to it
    return mention.place.precision or 5


def _holds_events(mention: PlaceMention, arguments: set[int], scene: Scene) -> bool:
    """Whether a country is where something is: "in Sudan", "invaded Sudan", but not "by Sudan" or "deported to Sudan"."""
    token = scene.parse.tokens[mention.last]
    while token.dep == "conj" and token.head is not token:
        token = token.head
    if token.dep == "pobj" and token.head.lower == "of" and token.head.head.lemma in POWERS:
        return False  # "because of the aggression of Sudan"
    if token.dep == "pobj" and token.head.lower == "of" and token.head.head.lemma in PLACE_NOUNS:
        token = token.head.head  # "the territory of Sudan"
        if token.i in arguments:
            return True
    if token.dep == "pobj":
        return token.head.lower in HOLDING
    return token.i in arguments or (token.dep in ("poss", "compound", "nmod") and _of_place(mention, scene))


def _event_modifier(mention: PlaceMention, head: Token, scene: Scene) -> bool:
    """Whether a modifying place names where the event was: "the Kharkiv shelling", "Kyiv airstrikes"."""
    token = scene.parse.tokens[mention.last]
    if token.dep == "poss" and "state" in scene.classes(token):
        return False
    return (
        token.head is head
        and token.dep in ("compound", "nmod", "amod", "poss")
        and mention.place.precision != 6
    )


def _within_clause(mention: PlaceMention, verb: Token, scene: Scene) -> bool:
    """Whether no other clause stands between a verb and a place."""
    token = scene.parse.tokens[mention.last]
    for _ in range(10):
        if token is verb:
            return True
        if token.dep == "acl" and token.head is verb and token.tag == "VBN":
            return True  # "offensives centred on the town"
        if token.dep in ("ccomp", "relcl", "advcl", "acl") or (token.dep == "conj" and is_verbal(token)):
            return False
        if token.head is token:
            return False
        token = token.head
    return False


def _finer(mention: PlaceMention, scene: Scene) -> PlaceMention:
    """Return the settlement or facility that a region only places: "Nova Mayachka, Kherson region"."""
    if _fineness(mention) < 3:
        return mention
    for other in scene.places_in.get(scene.parse.tokens[mention.first].sent, ()):
        near = (
            0 < mention.first - other.last <= 4
            and scene.parse.tokens[other.last].sent == scene.parse.tokens[mention.first].sent
        )
        if near and _fineness(other) < _fineness(mention) and other.use == "locative":
            return other
    return mention
