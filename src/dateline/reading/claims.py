"""Make claims of event words: attach toll, place, time and speakers, join the tellings of one thing, give ids."""

from dataclasses import replace

from dateline.model.ids import content_id
from dateline.model.reading import Attribution, Claim, Problem
from dateline.model.text import Span, span_at
from dateline.model.values import Figure, Filler, Loss, Place, Time
from dateline.reading.adversaries import with_adversary
from dateline.reading.aspect import goes_on
from dateline.reading.certainty import modality_of
from dateline.reading.clauses import CLAUSE, PARAGRAPH, clause_of
from dateline.reading.context import carry_headline_source, inherit, theatre
from dateline.reading.drafts import Draft
from dateline.reading.event_meeting import hear_events, meet_events, without_slips
from dateline.reading.event_types import decide_type
from dateline.reading.events import find_events
from dateline.reading.factuality import graded
from dateline.reading.fillers import actors_of, targets_of
from dateline.reading.frames import Event
from dateline.reading.locate import locate
from dateline.reading.modality import BEING
from dateline.reading.repeats import join_episodes
from dateline.reading.roles import ENDEAVOURS, is_verbal
from dateline.reading.scene import MOVE_NOUNS, Scene
from dateline.reading.tellings import join_effects, join_labels, join_repeats
from dateline.reading.tokens import Token

CARRIED_KM = 25.0
NAMED_BEFORE = 60  # sentences
ANSWERING = frozenset(("claim", "deny", "reject", "disclaim", "admit", "accept", "acknowledge"))
QUOTE_MARKS = frozenset((("‘", "’"), ("“", "”"), ("'", "'"), ('"', '"')))
REPELLING = frozenset("repel repulse thwart foil beat fend fight rebuff".split())
STANDING = frozenset(("force.siege", "force.fortify", "battle.clash"))
ATTEMPTS = frozenset(("battle.clash", "force.movement", "strike.other", "strike.shelling", "strike.air"))


def find_claims(scene: Scene) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
    """Return the claims of a report in text order, and what could not be read of them."""
    events, unfit = find_events(scene)
    drafts = [draft for event in events if (draft := _draft(event, scene)) is not None]
    unfit += [event.head for event in events if not event.type]
    hearing = hear_events(drafts, unfit, scene)
    drafts = _without_nested(meet_events(drafts, unfit, hearing, scene, _draft_as))
    for draft in drafts:
        locate(draft, scene)
        draft.own = (len(draft.figures) + len(draft.losses), draft.place_rank, draft.time_rank)
    drafts = join_labels(join_repeats(join_effects(drafts, scene), scene), scene)
    drafts = without_slips(drafts, hearing, scene)
    carry_headline_source(drafts, scene)
    inherit(drafts, scene)
    drafts = join_episodes(drafts, scene)
    land = theatre(scene)
    claims = [_claim(draft, land, scene) for draft in drafts]
    claims.sort(key=lambda claim: (claim.trigger.start, claim.trigger.end, claim.type))
    problems = [problem for claim in claims for problem in _problems(claim)]
    return tuple(claims), tuple(problems)


def _draft(event: Event, scene: Scene) -> Draft | None:
    return _draft_as(event, decide_type(event, scene), scene)


def _draft_as(event: Event, kind: str, scene: Scene) -> Draft | None:
    event.type = kind
    if not event.type:
        return None
    holding = scene.holding(event.head)
    # An assault that is attempted happens; an end that is ("to push them out of the town") does not.
    tried = event.type in ATTEMPTS and event.trigger.words[-1] != "of"
    modality = modality_of(event.head, scene.parse, holding, scene.kit.realis, attempt_is_event=tried)
    draft = Draft(
        event=event,
        type=event.type,
        modality=modality,
        holding=holding,
        agents=event.agents,
        patients=event.patients,
    )
    _claimed_by(draft)
    if _in_scare_quotes(event, scene):
        modality.certainty = "disputed"
    if draft.family == "state":
        _speech_act(draft, scene)
    standing = draft.type in STANDING and _stands_now(event.head)
    if modality.reality == "happened" and (standing or goes_on(event.head)):
        modality.reality = "ongoing"
    if "background" in event.trigger.flags and draft.real:
        modality.reality = "background"
    draft.headline = scene.layout.paragraphs[draft.paragraph(scene)].kind == "headline"
    for index in range(event.first, event.last + 1):
        draft.figures.extend(scene.figures_at.get(index, ()))
        draft.losses.extend(scene.losses_at.get(index, ()))
    return draft


def _in_scare_quotes(event: Event, scene: Scene) -> bool:
    """Whether a text keeps off a word by quote marks of its own: "the army ‘neutralised’ 11 rebels"."""
    tokens = scene.parse.tokens
    if event.trigger.pos != "v" or event.first == 0 or event.last + 1 >= len(tokens):
        return False
    return (tokens[event.first - 1].text, tokens[event.last + 1].text) in QUOTE_MARKS


def _stands_now(head: Token) -> bool:
    """Whether a state is told of in the present: "they are encircled", "both sides are locked in battle"."""
    verb = clause_of(head)
    if head.dep == "acomp" and head.head.lower in BEING:
        return True
    present = any(
        child.dep in ("aux", "auxpass") and child.lower in BEING and child.i < verb.i
        for child in verb.children
    )
    return present and verb.tag in ("VBN", "JJ")


def _claimed_by(draft: Draft) -> None:
    """Give an attack that somebody claims, or denies, responsibility for that somebody as its actor."""
    said = draft.holding[-1] if draft.holding else None
    if said is None or said.cue is None or said.source is None or draft.agents:
        return
    if said.cue.lemma in ANSWERING and any(
        child.lemma in ("responsibility", "credit", "blame") for child in said.cue.children
    ):
        draft.agents = [said.source]


def _speech_act(draft: Draft, scene: Scene) -> None:
    """Give a threat, an accusation or a demand its speaker; a threat is as real as what is threatened."""
    own = next((mention for _, mention in scene.said_by_cue.get(draft.head.i, ())), None)
    if own is not None:
        draft.holding = (*draft.holding, own)
        if not draft.agents and own.source is not None:
            draft.agents = [own.source]
    if draft.type != "state.threat" or draft.modality.reality != "happened":
        return
    content = (
        scene.parse.tokens[own.contents[0][0] : own.contents[-1][1] + 1]
        if own is not None and own.contents
        else ()
    )
    conditional = any(
        token.lower in ("would", "could", "if") and token.dep in ("aux", "mark") for token in content
    )
    draft.modality.reality = "hypothetical" if conditional else "threatened"


def _without_nested(drafts: list[Draft]) -> list[Draft]:
    """Join an event noun into the event verb it depends on: "repelled an attack", "the advance has stalled"."""
    kept: list[Draft] = []
    beside: dict[int, list[Draft]] = {}
    for draft in drafts:
        beside.setdefault(draft.head.sent, []).append(draft)
    for draft in drafts:
        near = beside[draft.head.sent]
        above = next((other for other in near if other is not draft and _carries(other, draft)), None)
        if above is not None:
            above.tellings.append(draft.event)
            if not above.agents or draft.head in above.agents:
                above.agents = draft.agents or above.agents
        elif not (
            draft.event.trigger.words == ("resistance",) and any(draft.head in other.agents for other in near)
        ):
            kept.append(draft)
    return kept


def _carries(verb: Draft, noun: Draft) -> bool:
    if verb.event.trigger.words[0] in REPELLING and noun.family in ("battle", "force", "strike"):
        # "Repulsed an attempt of rebels to break through": what was tried is what was repulsed.
        tried = (one for one in verb.patients if one.lemma in ENDEAVOURS)
        if any(one.left <= noun.head.i <= one.right for one in tried):
            return True
    if noun.event.trigger.pos != "n" or verb.event.trigger.pos != "v":
        return False
    if verb.event.first < noun.head.i <= verb.event.last and noun.type == verb.type:
        return True  # "launched its invasion", "launch … invasion" being a trigger too
    if noun.head in verb.agents and verb.modality.polarity == "negative" != noun.modality.polarity:
        return False  # "the attack did not hit the plant"
    if noun.head in verb.agents or noun.head in verb.patients:
        if noun.type == verb.type:
            return True
        if verb.type == "force.movement" and noun.head.lemma in MOVE_NOUNS and noun.type == "battle.clash":
            return True
        if verb.type == "battle.clash" and noun.type == "force.movement" and noun.head in verb.patients:
            return True  # "resist the push of the rebels"
    behind = verb.head.sent == noun.head.sent and 0 < noun.event.first - verb.event.last <= 3
    if behind and verb.event.trigger.type == "battle.clash" and noun.type in ("battle.clash", "strike.other"):
        return True
    if verb.head is not noun.head.head or noun.head.dep not in ("dobj", "pobj", "nsubjpass"):
        return False
    return verb.type == "battle.clash" and noun.type in ("battle.clash", "strike.other")


def _claim(draft: Draft, land: str | None, scene: Scene) -> Claim:
    parse = scene.parse
    best = draft.fullest()
    trigger = parse.span(best.event.first, best.event.last)
    evidence = _evidence(best.head, scene)
    others = {parse.span(event.first, event.last) for event in (draft.event, *draft.tellings)} - {trigger}
    hedges = tuple(sorted({parse.span(token.i, token.i) for token in draft.modality.hedges}))
    place = _named(_place(draft, best), scene)
    country = place.country if place and place.country else land
    actors, targets = with_adversary(draft, actors_of(draft, scene), targets_of(draft, scene), scene)
    claim = Claim(
        id="", type=draft.type, trigger=trigger, evidence=evidence,
        actors=actors, targets=targets, instruments=_instruments(draft, scene),
        figures=_figures(draft, best), losses=_losses(draft),
        place=place, country=country, country_basis=("place" if place and place.country else "context") if country else None,
        time=_time(draft), polarity=draft.modality.polarity, reality=draft.modality.reality,
        certainty=draft.modality.certainty, hedges=hedges,
        factuality=round(graded(draft.modality, best.head.start, scene.heard), 1), attribution=_chain(draft),
        tellings=tuple(sorted(others)), by=draft.voices,
    )  # fmt: skip
    return replace(claim, id=claim_id(scene.report.id, claim))


def claim_id(report_id: str, claim: Claim) -> str:
    """Return a hash of what a claim says and where it stands; the recipe is left out, so reviews outlive upgrades."""
    return content_id(
        [
            report_id, claim.type, claim.trigger.start, claim.trigger.end, claim.polarity, claim.reality, claim.certainty,
            [[filler.span.start, filler.name, filler.side] for filler in (*claim.actors, *claim.targets)],
            [[figure.measure, figure.low, figure.high, figure.of] for figure in claim.figures],
            [[loss.item, loss.count, loss.status] for loss in claim.losses],
            [claim.place.name, claim.place.precision] if claim.place else None,
            [claim.time.earliest.isoformat(), claim.time.latest.isoformat()] if claim.time else None,
            [_source_words(attribution) for attribution in claim.attribution],
        ]
    )  # fmt: skip


def _source_words(attribution: Attribution) -> str | None:
    return attribution.source.span.quote if attribution.source else None


def _evidence(head: Token, scene: Scene) -> Span:
    """Return the clause read: the subtree of the event's verb, or of the noun's clause."""
    verb = clause_of(head)
    first, last = (verb.left, verb.right) if is_verbal(verb) else (head.left, head.right)
    first, last = min(first, head.left), max(last, head.right)
    tokens = scene.parse.tokens
    while (
        first < last
        and tokens[first].pos in ("PUNCT", "CCONJ", "SCONJ")
        and tokens[first].lower not in ("if",)
    ):
        first += 1
    while last > first and tokens[last].pos in ("PUNCT", "SPACE"):
        last -= 1
    return span_at(scene.parse.text, tokens[first].start, tokens[last].end)


def _instruments(draft: Draft, scene: Scene) -> tuple[Filler, ...]:
    found: dict[Span, Filler] = {}
    for event in (draft.event, *draft.tellings):
        for index in event.instruments:
            mention = scene.instrument_cover[index]
            span = scene.parse.span(mention.first, mention.last)
            found.setdefault(span, Filler(span=span, name=mention.name, side=None, id=None))
    return tuple(found[span] for span in sorted(found))


def _figures(draft: Draft, best: Draft) -> tuple[Figure, ...]:
    """Return the toll, the fullest telling's counts first; of two tellings of one count the fuller one's."""
    exact = {item.figure.measure for item in draft.figures if item.number is not item.noun}
    # "Killed civilians" are "two or more" only where no telling gives their number.
    kept = [
        item for item in draft.figures if item.number is not item.noun or item.figure.measure not in exact
    ]
    ordered = sorted(kept, key=lambda item: item.predicate.sent != best.head.sent)
    found: dict[tuple[str, int], Figure] = {}
    for item in ordered:
        found.setdefault((item.figure.measure, item.figure.low), item.figure)
    return tuple(found.values())


def _losses(draft: Draft) -> tuple[Loss, ...]:
    """Return the equipment lost, each thing once."""
    found: dict[tuple[str, int | None, str], Loss] = {}
    for item in draft.losses:
        found.setdefault((item.loss.item.lower(), item.loss.count, item.loss.status), item.loss)
    return tuple(found.values())


def _named(place: Place | None, scene: Scene) -> Place | None:
    """Show a place told of as "the city" by the words that name it, nearest before."""
    if place is None or not place.span.quote[:1].islower():
        return place
    sentence = scene.sentence_at(place.span.start)
    named = [
        mention.place.span
        for back in range(NAMED_BEFORE)
        for mention in scene.places_in.get(sentence - back, ())
        if mention.place.name == place.name and mention.place.span.end <= place.span.start
        and mention.place.span.quote[:1].isupper()
    ]  # fmt: skip
    return replace(place, span=max(named)) if named else place


def _place(draft: Draft, best: Draft) -> Place | None:
    """Return the place of the fullest telling where that tells it itself, else the draft's."""
    if best is not draft and best.place is not None and best.own[1] >= CLAUSE:
        coarser = draft.place is None or (best.place.place.precision or 5) <= (
            draft.place.place.precision or 5
        )
        if coarser or best.place.place.geonames is None:
            return best.place.place
    if draft.place is None:
        return None
    place = draft.place.place
    if draft.place_rank > PARAGRAPH:
        return place
    # What is carried over is no sharper than "within about 25 km of a known point".
    precision = max(2, place.precision) if place.precision is not None else None
    radius = max(CARRIED_KM, place.radius_km) if place.radius_km is not None else None
    return replace(place, basis="context", precision=precision, radius_km=radius)


def _time(draft: Draft) -> Time | None:
    return draft.time.time if draft.time is not None else None


def _chain(draft: Draft) -> tuple[Attribution, ...]:
    """Return the speakers outermost first, each once."""
    chain: list[Attribution] = []
    for mention in draft.holding:
        known = [(item.source, item.cue) for item in chain]
        if (mention.attribution.source, mention.attribution.cue) not in known:
            chain.append(mention.attribution)
    return tuple(chain)


def _problems(claim: Claim) -> list[Problem]:
    found = []
    if claim.place is None:
        found.append(
            Problem(
                code="no-place", message="the text names no place for this", span=claim.trigger, field="place"
            )
        )
    if claim.time is None:
        found.append(
            Problem(code="no-time", message="the text does not say when", span=claim.trigger, field="time")
        )
    return found
