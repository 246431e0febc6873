"""Name the speakers that attributions leave open: pronouns, papers by their makers, speakers of joined clauses."""

from dataclasses import replace

from dateline.model.reading import Attribution, SourceKind
from dateline.model.values import Filler
from dateline.reading.mentions import ActorMention, AttributionMention
from dateline.reading.roles import is_verbal
from dateline.reading.tokens import Parse, Token

SINGULAR = frozenset(("he", "she"))
PLURAL = frozenset(("they", "both"))
THING = frozenset(("it",))
PUBLISH = frozenset("release publish post share issue provide circulate present".split())
MAKERS = frozenset(("organization", "government", "force", "person", "media"))
NEAR = 4  # sentences
SPEAKING = frozenset(["say", "add", "claim", "warn", "note", "tell"])


def name_sources(
    mentions: tuple[AttributionMention, ...], parse: Parse, actors: tuple[ActorMention, ...]
) -> tuple[AttributionMention, ...]:
    """Return the attributions with open sources named where the text makes it plain; the others as they came."""
    heads = {actor.head.i: actor for actor in actors}
    order = sorted(range(len(mentions)), key=lambda number: _place(mentions[number]))
    found = list(mentions)
    for position, number in enumerate(order):
        mention = found[number] = _to_its_verb(found[number], parse)
        if mention.source is None or mention.attribution.source is None:
            continue
        if mention.source.lower in SINGULAR | PLURAL | THING:
            earlier = [found[before] for before in order[:position]]
            found[number] = _by_last_speaker(mention, earlier)
        elif mention.attribution.kind == "document":
            found[number] = _by_maker(mention, parse, heads)
        elif mention.cue is not None and mention.cue.tag == "VBG" and mention.cue.dep == "advcl":
            found[number] = _by_main_subject(mention, heads)
    return tuple(found)


def _to_its_verb(mention: AttributionMention, parse: Parse) -> AttributionMention:
    """Stretch "reports of them" to "reports of them damaging …", where the parser takes the cue for the subject."""
    cue = mention.cue
    if cue is None or is_verbal(cue) or cue.head.tag != "VBG" or cue.dep != "nsubj" or not mention.contents:
        return mention
    first, last = mention.contents[0][0], cue.head.right
    while last > first and parse.tokens[last].pos == "PUNCT":
        last -= 1
    if last <= mention.contents[-1][1]:
        return mention
    attribution = replace(mention.attribution, content=(parse.span(first, last),))
    return replace(mention, attribution=attribution, contents=((first, last),))


def _place(mention: AttributionMention) -> tuple[int, int]:
    anchor = mention.cue or mention.source
    return (anchor.i if anchor is not None else 0, mention.contents[0][0] if mention.contents else 0)


def _by_last_speaker(mention: AttributionMention, earlier: list[AttributionMention]) -> AttributionMention:
    """Name a pronoun by the last speaker before it of the same number, if the actors left it open."""
    pronoun, source = mention.source, mention.attribution.source
    if pronoun is None or source is None or (source.id or (source.name or "").lower() != pronoun.lower):
        return mention
    for other in reversed(earlier):
        named = other.attribution.source
        if other.source is None or named is None or (named.id is None and other.source.pos == "PRON"):
            continue
        if pronoun.sent - other.source.sent > NEAR:
            return mention
        if _agrees(pronoun.lower, other):
            filler = Filler(span=source.span, name=named.name, side=named.side, id=named.id)
            return _with_source(mention, filler, other.attribution.kind)
    return mention


def _agrees(pronoun: str, other: AttributionMention) -> bool:
    kind, head = other.attribution.kind, other.source
    if head is None or kind in ("document", "reporter"):
        return False
    plural = head.tag in ("NNS", "NNPS")
    if pronoun in SINGULAR:
        return not plural and kind != "named_organization"
    if pronoun in PLURAL:
        return plural
    return kind == "named_organization" or (not plural and kind != "named_person")


def _by_maker(
    mention: AttributionMention, parse: Parse, heads: dict[int, ActorMention]
) -> AttributionMention:
    """Name a report, statement or video by who made or released it, where the sentence says who."""
    head = mention.source
    if head is None or head.lemma in ("footage", "image", "photo", "photograph", "picture"):
        return mention
    for child in head.children:
        if child.dep == "acl" and child.lemma in PUBLISH | {"write", "produce", "compile", "send"}:
            for inner in child.children:
                if inner.dep in ("agent", "prep") and inner.lower == "by":
                    maker = inner.child("pobj")
                    if maker is not None and maker.i in heads and heads[maker.i].kind in MAKERS:
                        return _named(mention, heads[maker.i])
    if head.dep == "dobj" and head.head.lemma in PUBLISH:
        subject = head.head.child("nsubj")
        if subject is not None and subject.i in heads and heads[subject.i].kind in MAKERS:
            return _named(mention, heads[subject.i])
    return mention


def _by_main_subject(mention: AttributionMention, heads: dict[int, ActorMention]) -> AttributionMention:
    """Give "…, saying that …" the subject of the sentence's main verb, when the nearest subject is no speaker."""
    cue = mention.cue
    if cue is None or cue.lemma not in SPEAKING or cue.child("nsubj") is not None:
        return mention
    if mention.source is not None and mention.source.i in heads:
        return mention
    root: Token = cue
    while root.head is not root:
        root = root.head
    subject = root.child("nsubj")
    if subject is None or subject.i not in heads:
        return mention
    return _named(mention, heads[subject.i])


def _named(mention: AttributionMention, actor: ActorMention) -> AttributionMention:
    kind: SourceKind = "named_person" if actor.kind == "person" and actor.filler.id else "named_organization"
    if actor.filler.id is None and actor.filler.name == actor.filler.span.quote.lower():
        kind = "unnamed"
    attribution = replace(mention.attribution, source=actor.filler, kind=kind)
    return replace(mention, attribution=attribution, source=actor.head)


def _with_source(mention: AttributionMention, filler: Filler, kind: SourceKind) -> AttributionMention:
    attribution: Attribution = replace(mention.attribution, source=filler, kind=kind)
    return replace(mention, attribution=attribution)
