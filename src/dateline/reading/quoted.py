"""Join quotations to the cues that introduce, continue or close them."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from dateline.codebook.cues import CueBook
from dateline.reading.found import Found, Range, merged
from dateline.reading.mentions import Layout
from dateline.reading.speakers import Speakers
from dateline.reading.tokens import Parse, Sentence, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A quotation as token ranges, one for each part; `nested` when it stands inside another."""

    parts: tuple[Range, ...]
    scare: bool
    nested: bool


def quoted_parts(parse: Parse, layout: Layout) -> list[Quoted]:
    """Return the layout's quotations as token ranges."""
    starts = [token.start for token in parse.tokens]
    found: list[Quoted] = []
    reach = -1
    for quotation in layout.quotations:
        parts: list[Range] = []
        for start, end in quotation.parts:
            first, last = bisect_left(starts, start), bisect_right(starts, end - 1) - 1
            if first <= last:
                parts.append((first, last))
        if parts:
            found.append(Quoted(parts=tuple(parts), scare=quotation.scare, nested=parts[-1][1] <= reach))
            reach = max(reach, parts[-1][1])
    return found


class Quotations:
    """The quotations of one report, and which attribution has taken which."""

    def __init__(self, parse: Parse, layout: Layout) -> None:
        self._parse = parse
        self.all = [quote for quote in quoted_parts(parse, layout) if not quote.nested]
        self._starts = [quote.parts[0][0] for quote in self.all]
        self._part_starts: list[int] = []
        self._part_owner: list[int] = []
        for index, quote in enumerate(self.all):
            for first, _ in quote.parts:
                self._part_starts.append(first)
                self._part_owner.append(index)
        self.taken: dict[int, Found] = {}

    def within(self, first: int, last: int) -> list[int]:
        """Return the indexes of quotations with a part that overlaps a token range."""
        at = max(bisect_right(self._part_starts, first) - 1, 0)
        out: list[int] = []
        while at < len(self._part_starts) and self._part_starts[at] <= last:
            index = self._part_owner[at]
            if index not in out and any(a <= last and b >= first for a, b in self.all[index].parts):
                out.append(index)
            at += 1
        return out

    def inside(self, token: Token) -> int | None:
        """Return the index of the quotation that a token stands in, or null."""
        found = self.within(token.i, token.i)
        return found[0] if found else None

    def take(self, index: int, found: Found) -> None:
        """Give a whole quotation to an attribution's content."""
        found.contents.extend(self.all[index].parts)
        self.taken[index] = found

    def starting_after(self, token_index: int) -> int | None:
        """Return the index of the first quotation that begins behind a token."""
        at = bisect_right(self._starts, token_index)
        return at if at < len(self._starts) else None


def take_quotations(founds: list[Found], quotes: Quotations, parse: Parse) -> None:
    """Widen contents to the whole quotations they touch, and give cues without content the next one."""
    for found in founds:
        if found.main is None or found.cue is None or quotes.inside(found.main) is not None:
            continue
        speech = "quote" in found.cue.frames or "clause" in found.cue.frames
        if not speech:
            continue
        for span in list(found.contents):
            for index in quotes.within(*span):
                quote = quotes.all[index]
                if not quote.scare or any(b - a >= 2 for a, b in quote.parts):
                    quotes.take(index, found)
        if any(last < found.main.i for _, last in found.contents):
            _take_second(found, found.main, quotes, parse)
        if found.rest:
            _take_near(found, found.main, quotes, parse)
        found.contents = merged(found.contents)


def _take_second(found: Found, main: Token, quotes: Quotations, parse: Parse) -> None:
    """Give a cue between two halves of a quotation the second half ("…," he said, "…")."""
    sentence = parse.sentences[main.sent]
    before = quotes.within(sentence.first, main.i - 1)
    if not before or quotes.taken.get(before[-1]) is not found:
        return
    for index in quotes.within(main.i + 1, sentence.last):
        first = quotes.all[index].parts[0][0]
        if index not in quotes.taken and first > main.i and not quotes.all[index].scare:
            between = parse.tokens[main.i + 1 : first]
            if not any(token.tag in ("VBD", "VBZ", "VBP") for token in between):
                quotes.take(index, found)
            return


def _take_near(found: Found, main: Token, quotes: Quotations, parse: Parse) -> None:
    """Give a cue without content a quotation of its sentence, or the one right behind the sentence."""
    sentence = parse.sentences[main.sent]
    near = quotes.within(sentence.first, sentence.last)
    for index in near:
        if index not in quotes.taken:
            quotes.take(index, found)
    if near or _take_before(found, sentence, quotes, parse):
        return
    follows = quotes.starting_after(sentence.last)
    if follows is None:
        return
    first = quotes.all[follows].parts[0][0]
    colon = any(token.lower == ":" for token in parse.tokens[main.i : first])
    gap = sum(1 for token in parse.tokens[sentence.last + 1 : first] if token.pos not in ("PUNCT", "SPACE"))
    if gap == 0 and colon and follows not in quotes.taken:
        quotes.take(follows, found)


def _take_before(found: Found, sentence: Sentence, quotes: Quotations, parse: Parse) -> bool:
    """Give a sentence that opens with its cue ("said Jane Doe") the quotation that ends right before it."""
    if found.first - sentence.first > 8 or sentence.first == 0:
        return False
    before = quotes.within(max(0, sentence.first - 2), sentence.first - 1)
    same = parse.sentences[sentence.index - 1].paragraph == sentence.paragraph
    if (
        not before
        or not same
        or before[-1] in quotes.taken
        or parse.text[parse.tokens[sentence.first].start].isupper()
    ):
        return False
    quotes.take(before[-1], found)
    return True


def keep_within(founds: list[Found], quotes: Quotations) -> None:
    """Cut what is told inside a quotation off at its marks: “… I remember …,” she told the paper."""
    for found in founds:
        index = quotes.inside(found.main) if found.main is not None else None
        if index is None or quotes.all[index].scare:
            continue
        found.contents = [
            (max(first, start), min(last, end))
            for first, last in found.contents for start, end in quotes.all[index].parts
            if max(first, start) <= min(last, end)
        ]  # fmt: skip


def take_trailing(founds: list[Found], quotes: Quotations, parse: Parse) -> None:
    """Lengthen a content to a quotation left over in its sentence ("said it had left, but “we stay”")."""
    cue_at = sorted(found.main.i for found in founds if found.main is not None)
    for found in tuple(founds):
        if found.main is None or found.cue is None or "quote" not in found.cue.frames or not found.contents:
            continue
        end = max(last for _, last in found.contents)
        if end < found.main.i or quotes.inside(found.main) is not None:
            continue
        sentence = parse.sentences[found.main.sent]
        for index in quotes.within(end + 1, sentence.last):
            first = quotes.all[index].parts[0][0]
            between = bisect_left(cue_at, first) - bisect_right(cue_at, end)
            if index not in quotes.taken and not quotes.all[index].scare and first > end and between == 0:
                if found.cue.negates and not _is_joined(end, first, parse):
                    _giving(found, index, founds, quotes)
                else:
                    found.contents.append((end + 1, first))
                    quotes.take(index, found)
                break
        found.contents = merged(found.contents)


def _is_joined(end: int, first: int, parse: Parse) -> bool:
    """Whether a quotation goes on with the words before it ("and “…”") and is not set off by a colon or dash."""
    between = [token for token in parse.tokens[end + 1 : first] if token.text not in "“\"‘'«„``"]
    return not any(token.lower in (":", "–", "—", "--", "-", ";") for token in between)


def mend_sources(founds: list[Found], quotes: Quotations, parse: Parse) -> None:
    """Replace a source that the parser took from inside the words quoted ("“The fact that …,” Doe said")."""
    for found in founds:
        if found.main is None or found.source is None or found.main.pos != "VERB":
            continue
        inside = quotes.inside(found.source)
        if inside is None or inside == quotes.inside(found.main) or quotes.all[inside].scare:
            continue
        end = max(last for _, last in quotes.all[inside].parts)
        region = parse.tokens[end + 1 : found.first] if end < found.first else ()
        heads = [
            t
            for t in region
            if t.pos in ("PROPN", "NOUN", "PRON") and t.head.i not in range(end + 1, found.first)
        ]
        found.source = heads[-1] if heads else None


def continue_quotations(
    founds: list[Found], quotes: Quotations, parse: Parse, speakers: Speakers, cues: CueBook
) -> None:
    """Give quotations that no cue has taken, and that are whole sentences, to the speaker before them."""
    by_sentence: dict[int, list[Found]] = {}
    for found in founds:
        if found.main is not None and found.source is not None and not found.outer:
            by_sentence.setdefault(found.main.sent, []).append(found)
    last: Found | None = None
    sentence_index = 0
    for index, quote in enumerate(quotes.all):
        first = quote.parts[0][0]
        sentence = parse.tokens[first].sent
        while sentence_index <= sentence:
            speaking: list[Found] = []
            for found in by_sentence.get(sentence_index, ()):
                if _is_speaking(found, first, quotes):
                    speaking.append(found)
            last = _outermost(speaking) or last
            sentence_index += 1
        taker = quotes.taken.get(index)
        if taker is not None:
            last = taker
            continue
        if quote.scare:
            continue
        if _stands_alone(quote, parse):
            if last is not None and last.first >= 0 and _near(last, first, parse):
                last = _giving(last, index, founds, quotes)
        else:
            made = _uncued(quote, parse, speakers, cues)
            if made is not None:
                quotes.taken[index] = made
                founds.append(made)
                last = made
    for found in founds:
        found.contents = merged(found.contents)


def _is_speaking(found: Found, before: int, quotes: Quotations) -> bool:
    """Whether a cue before a token speaks in the outlet's own sentence."""
    if found.main is None or found.cue is None or not found.contents or "quote" not in found.cue.frames:
        return False
    return found.main.i < before and quotes.inside(found.main) is None


def _outermost(speaking: list[Found]) -> Found | None:
    """Return the last of a sentence's cues that stands in no other's content: "…, said X" before what X tells."""
    for found in reversed(speaking):
        at = found.first
        if not any(
            first <= at <= last for other in speaking if other is not found for first, last in other.contents
        ):
            return found
    return speaking[-1] if speaking else None


def _giving(speaker: Found, index: int, founds: list[Found], quotes: Quotations) -> Found:
    """Give a quotation to a speaker; behind a denial it is what the speaker holds, in an attribution of its own."""
    taker = speaker
    if speaker.cue is not None and speaker.cue.negates:
        first = quotes.all[index].parts[0][0]
        taker = Found(main=None, cue=None, source=speaker.source, first=first, last=first)
        founds.append(taker)
    quotes.take(index, taker)
    return taker


def _near(last: Found, first: int, parse: Parse) -> bool:
    """Whether a quotation begins in the paragraph of a speaker's words or in the next one."""
    spoken = max(last.contents[-1][1] if last.contents else -1, last.last)
    here = parse.sentences[parse.tokens[first].sent].paragraph
    there = parse.sentences[parse.tokens[min(spoken, len(parse.tokens) - 1)].sent].paragraph
    return here - there <= 1 and first > last.first


def _stands_alone(quote: Quoted, parse: Parse) -> bool:
    """Whether a quotation is made of whole sentences, with nothing but its marks around it."""
    first, last = quote.parts[0][0], quote.parts[-1][1]
    opens, closes = parse.sentences[parse.tokens[first].sent], parse.sentences[parse.tokens[last].sent]
    before = [token for token in parse.tokens[opens.first : first] if token.pos != "PUNCT"]
    after = [token for token in parse.tokens[last + 1 : closes.last + 1] if token.pos != "PUNCT"]
    return not before and not after and last - first >= 3


def _uncued(quote: Quoted, parse: Parse, speakers: Speakers, cues: CueBook) -> Found | None:
    """Read a quotation without a verb of speech ("In a threat, the minister a war “would …”")."""
    first = quote.parts[0][0]
    sentence = parse.sentences[parse.tokens[first].sent]
    before = parse.tokens[sentence.first : first]
    threat = next((t for t in before if t.pos == "NOUN" and t.lower in cues.nominals), None)
    if threat is None or any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in before):
        return None
    speaker = next((t for t in reversed(before) if t.ent == "PERSON" or _is_person(t, speakers)), None)
    if speaker is None or speaker.i < threat.i:
        return None
    cue = cues.nominals[threat.lower]
    found = Found(main=threat, cue=cue, source=speaker, first=threat.i, last=threat.i)
    start = speakers.bounds(speaker)[1] + 1
    found.contents = [(start, quote.parts[0][1]), *quote.parts[1:]]
    return found


def _is_person(token: Token, speakers: Speakers) -> bool:
    actor = speakers.actor_at(token)
    return actor is not None and actor.kind == "person"
