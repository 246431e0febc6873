"""Let the attributions of the rules and of the encoder meet: one list, each with the voices that speak for it (`by`).

Both read the same text in their own way. Where their cues meet, an attribution keeps what the rules know of its cue (that
it denies, accuses or doubts) and takes the encoder's content and, where the two name different ones, its source.
What the encoder alone is sure of is added; what the rules alone read goes where the encoder is sure of the opposite.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.codebook.cues import Cue, CueBook
from dateline.model.reading import Attribution
from dateline.model.text import Span
from dateline.reading.cue_model import CueWords
from dateline.reading.encoder import Encoded
from dateline.reading.encoder_heads import cue_odds, spoken_in
from dateline.reading.found import Range, merged, trimmed
from dateline.reading.mentions import ActorMention, AttributionMention, Layout
from dateline.reading.speakers import Speaker, Speakers
from dateline.reading.tokens import Parse, Token
from dateline.reading.voiced import Voiced, overlap, partners, size_of, voiced_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How sure a word must be of a cue, 0 to 1: to add an attribution of the encoder's own, and to let one of the rules fall.

    `falls` is the probability that a word belongs to a cue below which a rule's cue is no cue; `falls_flagged` the
    same for threats, accusations and denials, which are claims of their own. Set on articles of PolNeAR kept out of training.
    """

    adds: float = 0.34
    falls: float = 0.35
    falls_flagged: float = 0.2


TERMS = Terms()
JOINED = frozenset(("conj", "advcl"))
_RELATIVE = frozenset(("who", "which", "that", "what", "whom"))
_SHORT = (
    3  # tokens: a gap in a content as short as this is a slip of the encoder, and so is a piece of content
)


def meet(
    mentions: Sequence[AttributionMention], encoded: Encoded, parse: Parse, layout: Layout,
    actors: tuple[ActorMention, ...], cues: CueBook, words: CueWords | None = None,
    terms: Terms = TERMS,
) -> tuple[AttributionMention, ...]:  # fmt: skip
    """Return the attributions of both readers in text order; `words` weighs the encoder's cue words with their grammar."""
    weighed = words.odds(encoded, parse, layout, mentions, cues) if words is not None else None
    odds = cue_odds(encoded)
    if weighed is not None:
        # A rule's cue falls only where neither the encoder alone nor both weighed take it for one.
        odds = {start: max(value, odds.get(start, 0.0)) for start, value in weighed.items()}
    voiced = [one for spoken in spoken_in(encoded, weighed) if (one := voiced_of(spoken, parse)) is not None]
    speakers = Speakers(parse, actors, cues)
    out: list[AttributionMention] = []
    met: set[int] = set()
    pairs = list(zip(mentions, partners(mentions, voiced, parse), strict=True))
    for mention, number in pairs:
        if number is None:
            if _stands(mention, odds, voiced, layout, terms):
                out.append(mention)
            continue
        rivals = [other for other, theirs in pairs if theirs == number]
        met.add(number)
        if _closest(rivals, voiced[number]) is mention:
            others = [other for other in mentions if other is not mention]
            taken = [part for one in voiced if one is not voiced[number] for part in one.cue]
            mention = _joined(mention, voiced[number], parse, layout, speakers, others, taken)
        out.append(replace(mention, by=("rules", "model")))
    for number, one in enumerate(voiced):
        if number not in met and one.spoken.surety >= terms.adds and one.source:
            out.append(_own(one, parse, layout, speakers, cues))
    return tuple(sorted((_with_partner(mention, out) for mention in out), key=_place))


def _with_partner(mention: AttributionMention, others: Sequence[AttributionMention]) -> AttributionMention:
    """Let whom something is told to pass on all that is told: "witnesses told the paper that …"."""
    told = [
        other for other in others
        if other is not mention and other.cue is not None and other.cue is mention.cue and other.source is not None
        and any(first <= other.source.i <= last for first, last in mention.contents)
    ]  # fmt: skip
    return replace(
        mention, contents=tuple(merged([*mention.contents, *(part for one in told for part in one.contents)]))
    )


def _place(mention: AttributionMention) -> tuple[int, int]:
    span = mention.attribution.cue or mention.attribution.content[0]
    return span.start, span.end


def _stands(
    mention: AttributionMention,
    odds: dict[int, float],
    voiced: Sequence[Voiced],
    layout: Layout,
    terms: Terms,
) -> bool:
    # "Agency: …" is the headlines' own way, which the corpus that the encoder learnt from lacks; what is said within
    # quote marks, or by one whom another speaks of, it mostly leaves out.
    if mention.cue is None or mention.cue.pos == "PUNCT" or _is_quoted(mention.cue, layout):
        return True
    # Nor does it know "strikes were reported", which has no source.
    unnamed = mention.source is None and mention.cue.lemma == "report" and mention.cue.child("auxpass")
    if unnamed or _is_within(mention, voiced):
        return True
    known = odds.get(mention.cue.start)
    if known is None:
        return True
    flagged = mention.commits or mention.accuses or mention.negates
    if flagged and mention.cue.pos == "NOUN":
        return True  # "in a threat to the north, the minister …": the noun alone tells of it
    return known >= (terms.falls_flagged if flagged else terms.falls)


def _is_within(mention: AttributionMention, voiced: Sequence[Voiced]) -> bool:
    """Whether a cue stands in what somebody else says."""
    cue = mention.cue
    return cue is not None and any(first <= cue.i <= last for one in voiced for first, last in one.content)


def carries_claims(mention: AttributionMention, parse: Parse, cues: CueBook) -> bool:
    """Whether claims can hang on an attribution: not where the encoder alone reads what is no statement.

    The corpus that it learnt from also holds attitudes towards a thing ("assessed the damage", "praised the plan").
    """
    if "rules" in mention.by or mention.attribution.direct_quote:
        return True
    cue = mention.cue
    books = (cues.verbs, cues.nominals, cues.adjectives)
    known = next((book[cue.lower] for book in books if cue is not None and cue.lower in book), None)
    words = (token for first, last in mention.contents for token in parse.tokens[first : last + 1])
    clause = any(token.tag in ("VBD", "VBZ", "VBP", "MD") for token in words)
    return known is not None and ("clause" if clause else "object") in known.frames


def _closest(rivals: Sequence[AttributionMention], one: Voiced) -> AttributionMention:
    def shared(mention: AttributionMention) -> tuple[bool, int]:
        source = mention.source
        same = source is not None and any(first <= source.i <= last for first, last in one.source)
        return same, overlap(mention.contents, one.content)

    return max(rivals, key=shared)


def _joined(
    mention: AttributionMention,
    one: Voiced,
    parse: Parse,
    layout: Layout,
    speakers: Speakers,
    others: Sequence[AttributionMention],
    taken: Sequence[Range],
) -> AttributionMention:
    """Give a rule's attribution the encoder's content, and its source where the rules name another or none."""
    own = mention.attribution
    within = _within(one, parse)
    # What is only planned or threatened is a matter of grammar: there the rules say how far it goes.
    content = list(mention.contents)
    if not mention.commits:
        heard = _tied(
            _own_parts(_smooth(one, mention.contents, mention, taken), mention, others),
            mention.contents,
            parse,
        )
        heard = [part for run in heard for part in _before_as(run, mention.contents, parse)]
        # Less than half of a clause that the rules parsed is a slip of the encoder, before words it does not know.
        if 2 * size_of(heard) >= size_of(mention.contents):
            content = heard
    # What runs on beyond the encoder's window ("continued quotations") is the rules' to say.
    beyond = [
        part for first, last in mention.contents
        for part in ((first, min(last, within[0] - 1)), (max(first, within[1] + 1), last)) if part[0] <= part[1]
    ]  # fmt: skip
    contents = tuple(merged([*content, *beyond, *_clauses(content, mention, parse)]))
    source, filler, kind = mention.source, own.source, own.kind
    # One whom the encoder reads as said is cited by the other: "the paper reported …, citing officials".
    named = source is not None and any(
        first <= source.i <= last for first, last in (*one.source, *one.content)
    )
    speaker = None if named else _speaker(one, parse, speakers)
    if speaker is not None and _is_anothers(speaker.head, mention, others):
        speaker = None
    if speaker is not None and (source is None or speaker.head.lower not in _RELATIVE):
        source, filler, kind = speaker.head, speaker.filler, speaker.kind
    attribution = replace(
        own, source=filler, kind=kind, content=tuple(parse.span(*part) for part in contents),
        cue=_cue_span(one, mention.cue, parse) or own.cue, direct_quote=is_direct(contents, layout, parse),
    )  # fmt: skip
    return replace(mention, attribution=attribution, source=source, contents=contents)


def _is_anothers(named: Token, mention: AttributionMention, others: Sequence[AttributionMention]) -> bool:
    """Whether the encoder names who says another thing: "the agency has seen none, as X denies it" is X's denial."""
    source, cue = mention.source, mention.cue
    own = source is not None and cue is not None and source.dep == "nsubj" and source.head is cue
    return own and any(other.source is named and other.cue is not cue for other in others)


def _before_as(run: Range, rules: Sequence[Range], parse: Parse) -> list[Range]:
    """Cut off what the rules leave to the outlet behind "as": "says it downed a drone as fighting goes on"."""
    for _, last in rules:
        if run[0] <= last < run[1]:
            opens = parse.tokens[last + 1]
            if opens.lower == "as" and opens.dep == "mark" and opens.head.dep == "advcl":
                return [part for part in (trimmed(parse, run[0], last),) if part]
    return [run]


def _clauses(kept: Sequence[Range], mention: AttributionMention, parse: Parse) -> list[Range]:
    """Return what the rules' content holds of the cue's sentence and the encoder leaves out, though grammar joins it.

    Clauses that hang on what it kept ("three were killed, the mayor said, while ten were wounded"), and the words on the
    other side of a cue in the middle ("among those freed, the army said, were 43 of its men").
    """
    inside = {i for first, last in kept for i in range(first, last + 1)}
    found = []
    for first, last in mention.contents:
        words = parse.tokens[first : last + 1]
        beside = mention.cue is not None and {token.sent for token in words} == {mention.cue.sent}
        if beside and not any(token.i in inside for token in words):
            found.append((first, last))
        for token in words:
            joined = token.i not in inside and not token.is_root and token.head.i in inside
            if joined and token.dep in JOINED and token.left >= first and token.right <= last:
                found.append((token.left, token.right))
    return [part for one in found if (part := trimmed(parse, *one)) is not None]


def _smooth(
    one: Voiced, rules: Sequence[Range], mention: AttributionMention | None = None, cues: Sequence[Range] = ()
) -> list[Range]:
    """Return the encoder's content with its gaps filled: short ones, and those that the rules' content covers.

    A gap that holds this one's cue stays, and a short one that holds another's of `cues`.

    Stray pieces that the rules' content does not share are left out, if anything longer is there.
    """
    held = [*one.cue, *one.source]
    if mention is not None:
        # Another's cue and source, which the encoder ties to this one, are words that this speaker says.
        own = {token.i for token in (mention.cue, mention.source) if token is not None}
        held = [part for part in held if any(part[0] <= i <= part[1] for i in own)] or held
    out: list[Range] = []
    for part in merged(list(one.content)):
        gap = (out[-1][1] + 1, part[0] - 1) if out else (0, -1)
        short = gap[1] - gap[0] < _SHORT and not overlap([gap], cues)
        filled = short or overlap([gap], rules) == gap[1] - gap[0] + 1
        if out and filled and not overlap([gap], held):
            out[-1] = (out[-1][0], part[1])
        else:
            out.append(part)
    longer = [part for part in out if part[1] - part[0] >= _SHORT or overlap([part], rules)]
    return longer or out


def _own_parts(
    parts: Sequence[Range], mention: AttributionMention, others: Sequence[AttributionMention]
) -> list[Range]:
    """Leave out parts that another says: those wholly within its content, its cue left out, and not in one's own."""
    own = [
        part
        for part in parts
        if overlap([part], mention.contents)
        or not any(
            overlap([part], other.contents) == part[1] - part[0] + 1
            and not (other.cue is not None and part[0] <= other.cue.i <= part[1])
            for other in others
        )
    ]
    return own or list(mention.contents)


def _tied(parts: Sequence[Range], rules: Sequence[Range], parse: Parse) -> list[Range]:
    """Let parts run on over words of the rules' content that grammar ties to them, up to the next punctuation.

    The encoder, which learnt from news of another field, may stop in the middle of a phrase, before a name or a verb
    that it does not know.
    """
    out: list[Range] = []
    for first, last in parts:
        while any(start <= last < end for start, end in rules):
            following = parse.tokens[last + 1]
            tied = not following.is_root and first <= following.head.i <= last
            leads = any(
                not token.is_root and token.head.i == last + 1 for token in parse.tokens[first : last + 1]
            )
            if following.pos == "PUNCT" or not (tied or leads):
                break
            last += 1
        out.append((first, last))
    return merged(out)


def _within(one: Voiced, parse: Parse) -> Range:
    starts = [token.start for token in parse.tokens]
    start, end = one.spoken.window
    return bisect_left(starts, start), bisect_left(starts, end) - 1


def _cue_span(one: Voiced, cue: Token | None, parse: Parse) -> Span | None:
    own = [part for part in one.cue if cue is None or part[0] <= cue.i <= part[1]]
    return parse.span(*own[0]) if own else None


def _speaker(one: Voiced, parse: Parse, speakers: Speakers) -> Speaker | None:
    if not one.source:
        return None
    first, last = one.source[0]
    heads = [
        token for token in parse.tokens[first : last + 1]
        if token.pos != "PUNCT" and (token.is_root or not first <= token.head.i <= last)
    ]  # fmt: skip
    nouns = [token for token in heads if token.pos in ("NOUN", "PROPN", "PRON")]
    head = next(iter(nouns or heads), None)
    while (
        head is not None
        and head.dep in ("amod", "compound", "det", "nmod", "nummod")
        and head.head.i > head.i
    ):
        # The encoder may hold only the first words of a name or description.
        head = head.head
    return speakers.speaker(head) if head is not None else None


def _own(one: Voiced, parse: Parse, layout: Layout, speakers: Speakers, cues: CueBook) -> AttributionMention:
    """Return a mention of what the encoder alone reads."""
    first, last = one.cue[0]
    words = parse.tokens[first : last + 1]
    verbs = [token for token in words if token.pos in ("VERB", "AUX")]
    main = next((token for token in verbs if cues.verbs.get(token.lower)), None) or (verbs or list(words))[-1]
    known: Cue | None = cues.verbs.get(main.lower) if main.pos in ("VERB", "AUX") else None
    speaker = _speaker(one, parse, speakers)
    contents = tuple(merged(_smooth(one, ())))
    attribution = Attribution(
        source=speaker.filler if speaker is not None else None,
        kind=speaker.kind if speaker is not None else "unnamed",
        cue=parse.span(first, last), content=tuple(parse.span(*part) for part in contents),
        direct_quote=is_direct(contents, layout, parse),
    )  # fmt: skip
    return AttributionMention(
        attribution=attribution, source=speaker.head if speaker is not None else None, cue=main, contents=contents,
        negates=known is not None and known.negates, accuses=known is not None and known.accuses,
        doubts=known is not None and known.doubts, by=("model",),
    )  # fmt: skip


def is_direct(contents: Sequence[Range], layout: Layout, parse: Parse) -> bool:
    """Whether a content stands in quote marks, but for the words that lead into them."""
    total = inside = 0
    for first, last in contents:
        for token in parse.tokens[first : last + 1]:
            total += 1
            inside += _is_quoted(token, layout)
    return total > 0 and inside >= 0.6 * total


def _is_quoted(token: Token, layout: Layout) -> bool:
    parts = (part for quotation in layout.quotations if not quotation.scare for part in quotation.parts)
    return any(start <= token.start < end for start, end in parts)
