"""Pass places and times on inside a report, from the telling that has them to those that speak of the same thing."""

from collections import Counter

from dateline.reading.drafts import Draft
from dateline.reading.locate import PARAGRAPH, REPORT, clause_of
from dateline.reading.mentions import PlaceMention
from dateline.reading.scene import Scene

FINE = 4
LOCATIVE = frozenset(("in", "at", "near", "outside", "around", "across", "along", "throughout"))


def inherit(drafts: list[Draft], scene: Scene) -> None:
    """Give each draft without a place that of its context: its paragraph's, then the report's own."""
    focus = _focus(drafts, scene)
    last: Draft | None = None
    for draft in drafts:
        if draft.place is None or _large(draft.place):
            source = last if last is not None and last.paragraph(scene) == draft.paragraph(scene) and not _elsewhere(draft) else None
            if source is not None and source.place is not None and not _large(source.place):
                draft.place, draft.place_rank = source.place, PARAGRAPH
            elif draft.place is None and (own := _speaker_place(draft, scene)) is not None:
                draft.place, draft.place_rank = own, REPORT
            elif focus is not None and draft.place is None and not _elsewhere(draft):
                draft.place, draft.place_rank = focus, REPORT
        if draft.time is None and last is not None and last.paragraph(scene) == draft.paragraph(scene):
            if last.time is not None and last.real and draft.real:
                draft.time, draft.time_rank = last.time, PARAGRAPH
        if draft.place is not None:
            last = draft


def carry_headline_source(drafts: list[Draft], scene: Scene) -> None:
    """Give the lead's own-voice claims the speaker that the headline is tagged with: "… - General Staff"."""
    tags = [
        mention
        for mention in scene.found.attributions
        if mention.attribution.source is not None and _is_headline(mention.attribution.source.span.start, scene)
    ]
    if len(tags) != 1:
        return
    for draft in drafts:
        if not draft.holding and _is_lead(draft, scene):
            draft.holding = (tags[0],)


def _is_headline(start: int, scene: Scene) -> bool:
    return any(
        paragraph.kind == "headline" and paragraph.start <= start < paragraph.end for paragraph in scene.layout.paragraphs
    )


def _is_lead(draft: Draft, scene: Scene) -> bool:
    """Whether a draft stands in the only paragraph after a headline: the lead of a short report."""
    body = [n for n, paragraph in enumerate(scene.layout.paragraphs) if paragraph.kind in ("body", "bullet")]
    return len(body) == 1 and draft.paragraph(scene) == body[0]


def _elsewhere(draft: Draft) -> bool:
    """Whether an event says where it was in words that name no place: "in the east", "at the border"."""
    verb = clause_of(draft.head)
    for head in {draft.head, verb}:
        for child in head.children:
            if child.dep == "prep" and child.lower in LOCATIVE:
                inner = child.child("pobj")
                if inner is not None and inner.pos in ("NOUN", "PROPN") and inner.ent not in ("DATE", "TIME", "PERSON", "NORP"):
                    return True
    return False


def _speaker_place(draft: Draft, scene: Scene) -> PlaceMention | None:
    """Return the place in a speaker's title: "a Kharkiv official says"."""
    for said in draft.holding:
        if said.source is not None:
            for mention in scene.found.places:
                token = scene.parse.tokens[mention.last]
                if said.source.left <= mention.first <= said.source.right and token is not said.source and not _large(mention):
                    return mention
    return None


def _large(mention: PlaceMention) -> bool:
    return (mention.place.precision or 5) > FINE


def _focus(drafts: list[Draft], scene: Scene) -> PlaceMention | None:
    """Return the place of the report's first event, where headline or lead give one."""
    for draft in drafts:
        if draft.place is not None and not _large(draft.place) and draft.paragraph(scene) <= 2 and draft.real:
            return draft.place
    return None


def theatre(scene: Scene) -> str | None:
    """Return the one country where a report's events are, from its places, else from the war its sides are in."""
    votes: Counter[str] = Counter()
    for mention in scene.found.places:
        country = mention.place.country
        if country is not None and mention.use == "locative":
            votes[country] += 1 if mention.place.precision == 6 else 3
    ranked = votes.most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] > 2 * ranked[1][1]):
        return ranked[0][0]
    book = scene.kit.actors
    sides = {side for actor in scene.found.actors if (side := actor.filler.side)}
    sides |= {side for token in scene.parse.tokens if (side := scene.demonym_side(token))}
    camps = book.invasion(scene.report.published, sorted(sides), frozenset(votes))
    if camps is not None:
        invaded = camps.a[0] if camps.invader in camps.b else camps.b[0]
        return invaded
    return ranked[0][0] if ranked else None
