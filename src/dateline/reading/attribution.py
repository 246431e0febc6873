"""Find who says what: sources, cues and contents, in sentences, quotations and headlines."""

from dateline.codebook.cues import CueBook
from dateline.model.reading import Attribution, SourceKind
from dateline.reading.coordinated import part_coordinated
from dateline.reading.denials import is_negated
from dateline.reading.found import Found, Range, merged
from dateline.reading.headline_tags import headline_attributions
from dateline.reading.mentions import ActorMention, AttributionMention, Layout
from dateline.reading.other_cues import (
    according_to,
    adjective_attribution,
    book_phrase,
    citing,
    noun_attribution,
)
from dateline.reading.quoted import (
    Quotations,
    continue_quotations,
    keep_within,
    mend_sources,
    take_quotations,
    take_trailing,
)
from dateline.reading.speakers import Speaker, Speakers
from dateline.reading.tokens import Parse, Token
from dateline.reading.verb_cues import book_verb, verb_attribution

_PERSONAL = frozenset(("he", "she"))
_COLOURS = frozenset(("believe", "intend", "agree", "find", "ask", "show", "praise", "condemn", "confirm"))
_FIRST_PERSON = frozenset(("i", "we"))
_ANYONE = frozenset(
    "anybody anyone everybody everyone nobody one people somebody someone way you".split()
)  # "one" also of "no one"
_NO_SOURCE = frozenset(("there", "what", "this", "that", "which", "who"))


def find_attributions(
    parse: Parse, layout: Layout, actors: tuple[ActorMention, ...], cues: CueBook
) -> tuple[AttributionMention, ...]:
    """Return every attribution of a report by its cue's place; nested ones are mentions of their own.

    A source that spoke to a medium ("told the BBC") gives a second mention with the medium as its source and
    the same content together with the speaker's words.
    """
    speakers = Speakers(parse, actors, cues)
    quotes = Quotations(parse, layout)
    founds: list[Found] = []
    for token in parse.tokens:
        founds.extend(_at(token, parse, speakers, cues))
    part_coordinated(founds, parse, cues, quotes)
    mend_sources(founds, quotes, parse)
    take_quotations(founds, quotes, parse)
    take_trailing(founds, quotes, parse)
    continue_quotations(founds, quotes, parse, speakers, cues)
    keep_within(founds, quotes)
    founds.extend(headline_attributions(parse, layout, speakers, cues))
    founds = [found for found in founds if found.contents and not _is_idle(found, quotes)]
    founds.sort(key=lambda found: (found.first, found.last, not found.outer))
    mentions: list[AttributionMention] = []
    last_person: Speaker | None = None
    for found in founds:
        speaker = _speaker_of(found, speakers, quotes)
        if (
            speaker is not None
            and speaker.head.lower in _PERSONAL
            and speaker.filler.name is None
            and last_person
        ):
            speaker = _same_as(speaker, last_person)
        elif speaker is not None and speaker.kind == "named_person" and speaker.head.lower not in _PERSONAL:
            last_person = speaker
        if found.medium is not None:
            mentions.append(_medium_mention(found, speakers, parse, quotes))
        mentions.append(_mention(found, speaker, parse, quotes))
    return tuple(mentions)


def _at(token: Token, parse: Parse, speakers: Speakers, cues: CueBook) -> list[Found]:
    phrase = book_phrase(token, cues)
    if phrase is not None:
        if phrase.lemma in ("citing", "quoting"):
            found = citing(token, phrase, parse, speakers)
            if found is not None:
                return [found]
        else:
            found = according_to(token, phrase, parse, cues)
            return [found] if found is not None else []
    verb = book_verb(token, cues)
    if verb is not None:
        return verb_attribution(token, verb, parse, speakers, cues)
    found = None
    if token.pos == "NOUN" and token.lower in cues.nominals:
        found = noun_attribution(token, cues.nominals[token.lower], parse, speakers, cues)
    elif token.pos == "ADJ" and token.lower in cues.adjectives:
        found = adjective_attribution(token, cues.adjectives[token.lower], parse)
    return [found] if found is not None else []


def _is_idle(found: Found, quotes: Quotations) -> bool:
    """Whether a cue inside a quotation only colours what its speaker says ("I think", "we know", "you would say")."""
    if found.main is None or found.cue is None or found.cue.part == "p":
        return False
    if found.cue.group not in _COLOURS and not _may_say(found) and not _is_supposed(found):
        return False
    within = quotes.inside(found.main)
    if within is None or quotes.all[within].scare:
        return False
    return (
        found.source is None
        or found.source.pos == "PRON"
        or found.cue.part in ("n", "a")
        or found.source.lower in _ANYONE
    )


def _is_supposed(found: Found) -> bool:
    """Whether nobody in particular speaks, or nobody yet: "people say", "you would not boast", "a way to ask"."""
    if found.main is None or found.cue is None or found.cue.commits or found.cue.negates or found.cue.accuses:
        return False
    could = found.main.tag == "VB" and any(
        child.dep == "aux" and child.tag in ("MD", "TO") for child in found.main.children
    )
    return could or found.source is None or found.source.lower in _ANYONE


def _may_say(found: Found) -> bool:
    """Whether a speaker only leads up to what he says: "we can say that", "I must say"."""
    first = found.source is not None and found.source.lower in _FIRST_PERSON
    return (
        first
        and found.main is not None
        and any(child.tag == "MD" and child.dep == "aux" for child in found.main.children)
    )


def _speaker_of(found: Found, speakers: Speakers, quotes: Quotations) -> Speaker | None:
    """Resolve a source; "we" inside a quotation are those who speak it."""
    source = found.source
    if source is None or (source.lower in _NO_SOURCE and not source.text.isupper()):
        return None
    speaker = speakers.speaker(source, alone=source is found.main, within=found.within)
    if source.lower in _FIRST_PERSON:
        within = quotes.inside(source)
        taker = quotes.taken.get(within) if within is not None else None
        other = taker.source if taker is not None and taker is not found else None
        if other is not None and other.lower not in _FIRST_PERSON | _NO_SOURCE:
            return _same_as(speaker, speakers.speaker(other))
    return speaker


def _same_as(speaker: Speaker, named: Speaker) -> Speaker:
    """Give a pronoun the name of somebody who spoke."""
    value = named.filler
    filler = type(value)(span=speaker.filler.span, name=value.name, side=value.side, id=value.id)
    return Speaker(head=speaker.head, filler=filler, kind=named.kind)


def _mention(found: Found, speaker: Speaker | None, parse: Parse, quotes: Quotations) -> AttributionMention:
    contents = merged(found.contents)
    cue = found.cue
    kind: SourceKind = speaker.kind if speaker is not None else "unnamed"
    attribution = Attribution(
        source=speaker.filler if speaker is not None else None,
        kind=kind,
        cue=parse.span(found.first, found.last) if found.main is not None else None,
        content=tuple(parse.span(first, last) for first, last in contents),
        direct_quote=_is_direct(contents, quotes),
    )
    return AttributionMention(
        attribution=attribution,
        source=speaker.head if speaker is not None else None,
        cue=found.main,
        contents=tuple(contents),
        negates=cue is not None and cue.negates,
        accuses=cue is not None and cue.accuses,
        doubts=cue is not None and (cue.doubts or _is_unconfirmed(found)),
        commits=cue is not None and cue.commits and not _tells_of_past(found),
    )


def _is_unconfirmed(found: Found) -> bool:
    """Whether a cue says that its content could not be confirmed."""
    if found.cue is None or found.main is None or found.cue.group != "confirm":
        return False
    return is_negated(found.main)


def _tells_of_past(found: Found) -> bool:
    """Whether a cue of what is to come has a content that already is ("warned that they had left")."""
    if found.main is None:
        return False
    clause = found.main.child("ccomp")
    if clause is None or (clause.i < found.main.i and clause.tag == "VB"):
        return False
    if any(part.tag == "MD" or part.lower in ("to", "'ll", "’ll", "going") for part in clause.children):
        return False
    return clause.tag in ("VBD", "VBZ", "VBP") or any(
        part.dep in ("aux", "auxpass") for part in clause.children
    )


def _medium_mention(found: Found, speakers: Speakers, parse: Parse, quotes: Quotations) -> AttributionMention:
    """Return the mention of the medium that was told, its content the speaker, the cue and the words."""
    assert found.medium is not None
    medium = speakers.speaker(found.medium)
    contents = list(found.contents)
    if found.source is not None:
        contents.append((min(found.source.i, found.first), found.last))
    outer = Found(
        main=found.main, cue=found.cue, first=found.first, last=found.last, contents=merged(contents)
    )
    named = Speaker(head=medium.head, filler=medium.filler, kind="named_organization")
    return _mention(outer, named, parse, quotes)


def _is_direct(contents: list[Range], quotes: Quotations) -> bool:
    """Whether a content stands in quote marks, but for the words that lead into them."""
    inside = total = 0
    for first, last in contents:
        total += last - first + 1
        for index in quotes.within(first, last):
            inside += sum(max(0, min(b, last) - max(a, first) + 1) for a, b in quotes.all[index].parts)
    return total > 0 and inside >= 0.6 * total
