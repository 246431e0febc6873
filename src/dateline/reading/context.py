"""Pass places and times on inside a report, from the telling that has them to those that speak of the same thing."""

from collections import Counter

from dateline.reading.clauses import CLAUSE, PARAGRAPH, REPORT, SENTENCE, clause_of
from dateline.reading.drafts import Draft
from dateline.reading.mentions import PlaceMention, TimeMention
from dateline.reading.roles import is_passive, is_verbal, subject_of
from dateline.reading.scene import Scene
from dateline.reading.tellings import DEFINITE, OPENING, WINDOW, opening
from dateline.reading.unlike import apart

FINE = 4
NEAR = 2  # paragraphs
NAMED = 10  # mentions of a speaker
TITLE = 40  # tokens of a speaker's name and title
SHARED_DAYS = 2
BEGINNING = frozenset(("begin", "start", "continue", "dawn", "last"))
EPISODIC = frozenset(("strike", "civilians", "harm"))
LOCATIVE = frozenset(("in", "at", "near", "outside", "around", "across", "along", "throughout"))


def inherit(drafts: list[Draft], scene: Scene) -> None:
    """Give each draft what its context says: its paragraph's place and time, then those of the episode it is of.

    An episode is what a report keeps speaking of: "the attack", the deaths in it, the strikes on the same town. A
    strike whose means is not told takes the means told of its episode; deaths in an episode of strikes are its toll.
    A day told later ("Thursday's attack") is the day of the first telling too.
    """
    physical = [draft for draft in drafts if draft.family not in ("state", "unrest")]
    for number, draft in enumerate(drafts[1:]):
        # What is threatened is threatened where the threat was aimed.
        if (
            drafts[number].type == "state.threat"
            and draft.place is None
            and drafts[number].head.sent == draft.head.sent
        ):
            draft.place, draft.place_rank = drafts[number].place, SENTENCE
    focus = _focus(physical, scene)
    for number, draft in enumerate(physical):
        if _is_practice(draft):
            if draft.place_rank <= PARAGRAPH:
                draft.place = None
            continue
        last = physical[number - 1] if number else None
        if last is not None and last.paragraph(scene) == draft.paragraph(scene):
            _from_paragraph(draft, last, scene)
        episode = _episode(draft, before(physical, number), focus, scene)
        if episode is not None:
            if (
                episode.time is None
                and draft.time is not None
                and _is_day(draft.time)
                and _backward(draft, episode)
            ):
                _date_back(draft, episode, physical[:number])
            _from_episode(draft, episode)
            _take_agents(draft, episode, scene)
        if draft.place is None and not draft.headline and opening(draft, scene) and not _elsewhere(draft):
            told = next(
                (other for other in physical[:number] if other.headline and other.place is not None), None
            )
            if told is not None:
                draft.place, draft.place_rank = told.place, REPORT
        if draft.place is None:
            own = _speaker_place(draft, scene)
            if own is not None:
                draft.place, draft.place_rank = own, REPORT
    for number, draft in enumerate(physical):
        if (
            draft.time is None
            and not _is_practice(draft)
            and (episode := _episode(draft, before(physical, number), focus, scene)) is not None
        ):
            _from_episode(draft, episode)
        if draft.time is None and draft.real and not draft.cumulative(scene):
            draft.time = _day_begun(draft, scene)
            draft.time_rank = PARAGRAPH if draft.time is not None else draft.time_rank


def _day_begun(draft: Draft, scene: Scene) -> TimeMention | None:
    """Return the day that the sentence before tells of: "The 90th day of the war has begun. The army shelled …"."""
    number = draft.head.sent - 1
    sentences = scene.parse.sentences
    if number < 0 or sentences[number].paragraph != sentences[draft.head.sent].paragraph:
        return None
    for mention in scene.times_in.get(number, ()):
        for index in range(mention.first, mention.last + 1):
            token = scene.parse.tokens[index]
            if token.dep == "nsubj" and token.head.lemma in BEGINNING and _is_day(mention):
                return mention
    return None


def before(drafts: list[Draft], number: int) -> list[Draft]:
    """Return the earlier drafts that an episode is sought among: the nearest ones and the report's first."""
    start = max(number - WINDOW, 0)
    return drafts[: min(OPENING, start)] + drafts[start:number]


def _focus(drafts: list[Draft], scene: Scene) -> str | None:
    """Return the name of the place that most of a report's events are at, the headline's and lead's counting twice."""
    votes: Counter[str] = Counter()
    for draft in drafts:
        if draft.place is not None and draft.place_rank >= SENTENCE and not _large(draft.place):
            votes[draft.place.place.name] += 2 if draft.headline or draft.paragraph(scene) <= 1 else 1
    return votes.most_common(1)[0][0] if votes else None


def _backward(draft: Draft, episode: Draft) -> bool:
    """Whether a later telling speaks of the same strike or exchange as the first one."""
    return (
        draft.time_rank >= CLAUSE
        and _kin(draft, episode)
        and (
            _points_back(draft)
            or any(child.dep == "poss" for child in draft.head.children)
            or (draft.head.dep in ("acl", "relcl") and draft.event.trigger.pos == "v")
        )
    )


def _date_back(draft: Draft, episode: Draft, earlier: list[Draft]) -> None:
    """Give the day of a later telling to the episode's earlier ones, at the same place, that lack one."""
    for known in (episode, *earlier[-WINDOW:]):
        same = known is episode or (
            known.place is not None
            and episode.place is not None
            and known.place.place.name == episode.place.place.name
        )
        if same and known.time is None and known.real and _kin(known, draft) and known.family == draft.family:
            known.time, known.time_rank = draft.time, REPORT


def _is_day(mention: TimeMention) -> bool:
    """Whether a time is a day or two, which a later telling may share; periods belong to their own sentence."""
    time = mention.time
    return time is not None and (time.latest - time.earliest).days <= SHARED_DAYS


def _from_paragraph(draft: Draft, last: Draft, scene: Scene) -> None:
    if draft.modality.polarity != last.modality.polarity:
        return
    vague = draft.place is None or (_large(draft.place) and draft.place_rank <= PARAGRAPH)
    if (
        draft.cumulative(scene)
        or _moves_on(draft, scene)
        or (draft.real and not last.real and last.head.sent != draft.head.sent)
    ):
        return
    if vague and not _elsewhere(draft) and last.place is not None and not _large(last.place):
        draft.place, draft.place_rank = last.place, PARAGRAPH
    if draft.time is None and last.time is not None and last.real and draft.real and last.time_rank > REPORT:
        if not apart(last.place, draft.place) and last.family == draft.family and _is_day(last.time):
            draft.time, draft.time_rank = last.time, PARAGRAPH


def _moves_on(draft: Draft, scene: Scene) -> bool:
    """Whether a sentence leaves the place of the one before: "Elsewhere", "Meanwhile", "In neighbouring Mali"."""
    sentence = scene.parse.sentences[draft.head.sent]
    opening_words = {token.lower for token in scene.parse.tokens_of(sentence)[:4]}
    return bool(
        opening_words & {"elsewhere", "meanwhile", "separately", "neighbouring", "neighboring", "nationwide"}
    )


def _kin(one: Draft, other: Draft) -> bool:
    return one.type == other.type or (one.family in EPISODIC and other.family in EPISODIC)


def _episode(draft: Draft, earlier: list[Draft], focus: str | None, scene: Scene) -> Draft | None:
    """Return the nearest earlier draft of the episode that a draft is of, or null."""
    if draft.family not in EPISODIC and draft.type not in ("force.surrender", "force.loss"):
        return None
    if draft.cumulative(scene) or _moves_on(draft, scene):
        return None
    nearest: Draft | None = None
    for known in reversed(earlier):
        kin = known.type == draft.type or (
            known.family in EPISODIC and (draft.family in EPISODIC or _toll(draft))
        )
        if not kin or not known.real or apart(known.place, draft.place):
            continue
        if draft.time is not None and known.time is not None and _other_day(draft, known):
            continue
        near = draft.paragraph(scene) - known.paragraph(scene)
        same_place = (
            draft.place is not None
            and known.place is not None
            and not _large(draft.place)
            and draft.place_rank >= CLAUSE
        )
        if same_place or near == 0 or (near == 1 and known.family == draft.family):
            return known
        if _points_back(draft) or (near <= NEAR and (draft.place is None or draft.place_rank <= PARAGRAPH)):
            if known.place is not None and known.place.place.name == focus:
                return known
            nearest = nearest or known
    return nearest


def _toll(draft: Draft) -> bool:
    return draft.type == "force.loss" and draft.place_rank <= PARAGRAPH


def _points_back(draft: Draft) -> bool:
    """Whether an event noun is definite and has no place of its own: "the attack", "the strikes", "the swap"."""
    if draft.event.trigger.pos != "n" or draft.place_rank > PARAGRAPH:
        return False
    return any(child.dep in ("det", "poss") and child.lower in DEFINITE for child in draft.head.children)


def _other_day(draft: Draft, known: Draft) -> bool:
    one, other = draft.time, known.time
    if one is None or other is None or one.time is None or other.time is None:
        return False
    return one.time.latest < other.time.earliest or other.time.latest < one.time.earliest


def _is_practice(draft: Draft) -> bool:
    """Whether a denial is of what somebody does at all, nowhere and never: "denies targeting civilians"."""
    bare = all(
        token.tag == "NNS" and token.child("det", "poss", "nummod") is None for token in draft.patients
    )
    return draft.modality.polarity == "negative" and draft.head.tag == "VBG" and bool(draft.patients) and bare


def _from_episode(draft: Draft, known: Draft) -> None:
    if draft.place is None and known.place is not None and (not _large(known.place) or _points_back(draft)):
        draft.place, draft.place_rank = known.place, REPORT
    if draft.time is None and known.time is not None and draft.real and _is_day(known.time):
        if known.type == draft.type or known.family == "strike":
            draft.time, draft.time_rank = known.time, REPORT
    if known.family != "strike":
        return
    if draft.type == "strike.other" or (
        draft.type == "civilians.toll" and draft.event.trigger.type == "harm.*"
    ):
        draft.type = known.type


def _take_agents(draft: Draft, known: Draft, scene: Scene) -> None:
    """Give an event of an episode whose doer its own words leave open that of the episode: "the attack"."""
    if known.family not in ("strike", "civilians") or draft.family not in EPISODIC or draft.headline:
        return
    # Who is found dead or is missing may be so by anybody's deed.
    if draft.event.trigger.type == "body.*" or draft.event.trigger.flags & {"dead", "missing"}:
        return
    if (
        any(scene.side(token) is not None for other in draft.every() for token in other.agents)
        or not known.agents
        or draft.modality.polarity == "negative"
    ):
        return
    subject = subject_of(draft.head) if is_verbal(draft.head) else None
    if is_verbal(draft.head) and not is_passive(draft.head, transitive=True):
        # An active verb has a doer of its own, though it was not read: all but "the missiles hit …".
        if subject is None or not scene.classes(subject) & {"weapon", "strike"}:
            return
    sides = {side for token in known.agents if (side := scene.side(token)) is not None}
    hit = {side for other in draft.every() for token in other.patients if (side := scene.side(token))}
    if sides and not sides & hit:
        draft.agents = known.agents


def carry_headline_source(drafts: list[Draft], scene: Scene) -> None:
    """Give the lead's own-voice claims the speaker that the headline is tagged with: "… - General Staff"."""
    tags = [
        mention
        for mention in scene.found.attributions
        if mention.attribution.source is not None
        and not mention.commits
        and _is_headline(mention.attribution.source.span.start, scene)
    ]
    if len(tags) != 1:
        return
    for draft in drafts:
        if not draft.holding and _is_lead(draft, scene):
            draft.holding = (tags[0],)


def _is_headline(start: int, scene: Scene) -> bool:
    return any(
        paragraph.kind == "headline" and paragraph.start <= start < paragraph.end
        for paragraph in scene.layout.paragraphs
    )


def _is_lead(draft: Draft, scene: Scene) -> bool:
    """Whether a draft stands in the only paragraph after a headline: the lead of a short report."""
    body = [n for n, paragraph in enumerate(scene.layout.paragraphs) if paragraph.kind in ("body", "bullet")]
    return len(body) == 1 and draft.paragraph(scene) == body[0]


def _elsewhere(draft: Draft) -> bool:
    """Whether an event says where it was in words that name no place: "in the east", "at the border"."""
    verb = clause_of(draft.head)
    for head in [draft.head, verb, *([draft.head.head] if draft.head.dep in ("compound", "nsubj") else [])]:
        for child in head.children:
            if child.dep == "prep" and child.lower in LOCATIVE:
                inner = child.child("pobj")
                if (
                    inner is not None
                    and inner.pos in ("NOUN", "PROPN")
                    and inner.ent not in ("DATE", "TIME", "PERSON", "NORP")
                ):
                    return True
    return False


def _speaker_place(draft: Draft, scene: Scene) -> PlaceMention | None:
    """Return the place in a speaker's title, here or where the speaker was named: "the mayor of Bucha"."""
    for said in reversed(draft.holding):
        source = said.attribution.source
        if source is None:
            continue
        heads = [said.source] if said.source is not None else []
        if source.id or said.attribution.kind == "named_person":
            heads += [scene.parse.tokens[i] for i in scene.named_by(source.name)[:NAMED]]
        for head in heads:
            for index in range(head.left, min(head.right, head.left + TITLE) + 1):
                mention = scene.place_cover.get(index)
                if (
                    mention is not None
                    and not _large(mention)
                    and not mention.first <= head.i <= mention.last
                    and scene.demonym_side(scene.parse.tokens[mention.last]) is None
                ):
                    return mention
    return None


def _large(mention: PlaceMention) -> bool:
    return (mention.place.precision or 5) > FINE


def theatre(scene: Scene) -> str | None:
    """Return the one country where a report's events are, from its places, else from the war its sides are in."""
    votes: Counter[str] = Counter()
    for mention in scene.found.places:
        country = mention.place.country
        if country is not None and mention.use == "locative":
            votes[country] += 1 if mention.place.precision == 6 else 3
    ranked = votes.most_common(2)
    clear = bool(ranked) and (len(ranked) == 1 or ranked[0][1] > 2 * ranked[1][1])
    fine = any(mention.place.precision != 6 for mention in scene.found.places if mention.use == "locative")
    if clear and fine:
        return ranked[0][0]
    book = scene.kit.actors
    sides = {side for actor in scene.found.actors if (side := actor.filler.side)}
    sides |= {side for token in scene.parse.tokens if (side := scene.demonym_side(token))}
    camps = book.invasion(scene.report.published, sorted(sides), frozenset(votes))
    if camps is not None:
        invaded = camps.a[0] if camps.invader in camps.b else camps.b[0]
        # A state named as such is no ground yet: "Russia unable to hold …" is not told of Russia's land.
        if not clear or ranked[0][0] in (*camps.a, *camps.b):
            return invaded
    return ranked[0][0] if ranked else None
