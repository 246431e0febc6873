"""Score attributions against PolNeAR: cue and content words, sources, and both together.

Usage: python -m benchmarks polnear --data DIR [--part dev|train] [--limit N] [--json FILE] [--errors]
DIR holds polnear.tar.gz (or has it in data/), read in memory. Of an article's annotators the first by name counts.
Measures: F1 of the words in any content, and in any cue; of the annotated attributions with a source, the share of
those with at least half of their content covered by one that was read whose source shares a word with theirs; and the
same over all that have a source. "cue token F1, outermost" leaves out cues within another's content: the corpus gives
a word one role (its README: "each token … is involved in at most one attribution"), so that it marks no cue within a
content, where Dateline keeps chains of speakers. Baselines in the same run: report verbs over the parse, and quotations
with the nearest report verb. The ceiling: each annotator against each other one, on the articles that have several.
Intervals draw articles.
"""

import hashlib
import io
import re
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import permutations
from pathlib import Path

from benchmarks.quality.gold import find_file
from benchmarks.quality.intervals import score, shares
from benchmarks.quality.polnear_rivals import Spans, by_quotes, by_verbs
from benchmarks.quality.reader import add_models
from benchmarks.quality.report import announce, arguments, kinds_table, table, write
from dateline.codebook.cues import load_cues
from dateline.codebook.tables import Sources
from dateline.model.text import Report
from dateline.reading.attribution import find_attributions
from dateline.reading.attribution_meeting import meet
from dateline.reading.cue_model import load_cue_words
from dateline.reading.encoder import load_encoder
from dateline.reading.mentions import AttributionMention
from dateline.reading.parse import parse
from dateline.reading.segment import TEXT_KINDS, segment

ANNOTATORS = "annotators among themselves: "
BRAT = re.compile(r"[TE]\d+\t\w+[ :]")
WORD = re.compile(r"\w+")
MEASURES = (
    "content token F1", "cue token F1", "cue token F1, outermost", "source where content is covered",
    "both right over all",
)  # fmt: skip


@dataclass(slots=True)
class Relation:
    """One attribution as sets of character offsets."""

    source: set[int] = field(default_factory=set)
    cue: set[int] = field(default_factory=set)
    content: set[int] = field(default_factory=set)


def read_archive(path: Path, part: str) -> dict[str, tuple[str, str]]:
    """Return each article's text and its first annotator's annotations, by article name."""
    return {name: (text, found[0]) for name, (text, found) in read_annotators(path, part).items()}


def read_annotators(path: Path, *parts: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return each article's text and the annotations of each of its annotators, by article name."""
    texts: dict[str, str] = {}
    annotations: defaultdict[str, list[str]] = defaultdict(list)
    with tarfile.open(fileobj=io.BytesIO(path.read_bytes())) as archive:
        for member in sorted(archive.getmembers(), key=lambda item: item.name):
            file = archive.extractfile(member) if member.isfile() else None
            name = Path(member.name)
            if file is None or not set(parts) & set(name.parts):
                continue
            if name.suffix == ".txt":
                texts[name.stem] = file.read().decode("utf-8")
            elif name.suffix == ".ann":
                annotations[name.stem.rsplit("_", 1)[0]].append(file.read().decode("utf-8"))
    return {stem: (texts[stem], tuple(annotations[stem])) for stem in sorted(texts) if annotations.get(stem)}


def relations_of(annotation: str) -> list[Relation]:
    """Read brat lines: T lines hold spans, E lines tie them to an attribution."""
    spans: dict[str, set[int]] = {}
    out: list[Relation] = []
    # Lines stand in no fixed order: all spans first, then what ties them.
    for line in sorted(annotation.splitlines(), reverse=True):
        cells = line.split("\t")
        # A span's text may hold line breaks, whose rest looks like a line of its own.
        if not BRAT.match(line):
            continue
        if line.startswith("T"):
            held = spans[cells[0]] = set()
            for piece in cells[1].split(" ", 1)[1].split(";"):
                start, end = piece.split()
                held.update(range(int(start), int(end)))
        else:
            relation = Relation()
            for argument in cells[1].split():
                role, key = argument.split(":")
                kind = role.rstrip("0123456789").lower()
                if kind in ("source", "cue", "content"):
                    getattr(relation, kind).update(spans[key])
            out.append(relation)
    return out


def read_report(text: str, models: bool = True) -> dict[str, list[Relation]]:
    """Read a text with Dateline's own steps up to attribution, without actors: "" as shipped, and each half alone."""
    layout = segment(Report(text=text))
    parsed = parse(layout)
    rules = find_attributions(parsed, layout, (), CUES)
    encoder = load_encoder() if models else None
    if encoder is None:
        return {"": _told(rules)}
    parts = ((part.start, part.end) for part in layout.paragraphs if part.kind in TEXT_KINDS)
    encoded = encoder.read(layout.text, parts)
    return {
        "": _told(meet(rules, encoded, parsed, layout, (), CUES, load_cue_words())),
        "rules alone: ": _told(rules),
        "model alone: ": _told(meet((), encoded, parsed, layout, (), CUES)),
    }


def _told(mentions: Iterable[AttributionMention]) -> list[Relation]:
    out: list[Relation] = []
    for mention in mentions:
        value = mention.attribution
        relation = Relation()
        if value.source is not None:
            relation.source.update(range(value.source.span.start, value.source.span.end))
        if value.cue is not None:
            relation.cue.update(range(value.cue.start, value.cue.end))
        for span in value.content:
            relation.content.update(range(span.start, span.end))
        out.append(relation)
    return out


def words_in(text: str, offsets: set[int]) -> set[int]:
    """Return the starts of the words that begin inside a set of offsets."""
    return {match.start() for match in WORD.finditer(text) if match.start() in offsets}


@dataclass(slots=True, kw_only=True)
class Article:
    """An article's counts by system ("" is Dateline's), and its errors by kind."""

    counts: dict[str, Counter[str]]
    errors: Counter[str]


def score_article(text: str, annotation: str, models: bool = True) -> Article:
    """Read an article with each system and count against its annotations."""
    gold = relations_of(annotation)
    own = read_report(text, models)
    read = own[""]
    systems = {**own, **{name: _relations(rival(text)) for name, rival in RIVALS.items()}}
    return Article(
        counts={name: count(text, gold, items) for name, items in systems.items()},
        errors=error_kinds(text, gold, read),
    )


def agreement(text: str, annotations: Sequence[str]) -> Article:
    """Count each annotator of an article against each other one, as a reading is counted against the first."""
    read = [relations_of(annotation) for annotation in annotations]
    counts: Counter[str] = Counter()
    for gold, other in permutations(read, 2):
        counts.update(count(text, gold, other))
    return Article(counts={ANNOTATORS: counts}, errors=Counter())


def _relations(spans: Iterable[Spans]) -> list[Relation]:
    return [Relation(source=source, cue=cue, content=content) for source, cue, content in spans]


def count(text: str, gold: list[Relation], read: list[Relation]) -> Counter[str]:
    """Return the counts behind the measures for one article."""
    counts: Counter[str] = Counter()
    for kind, items in (("content", read), ("cue", read), ("outer cue", outermost(read))):
        name = kind.split()[-1]
        wanted = words_in(text, set().union(*(getattr(item, name) for item in gold)))
        given = words_in(text, set().union(*(getattr(item, name) for item in items)))
        counts[f"{kind} both"] += len(wanted & given)
        counts[f"{kind} all"] += len(wanted) + len(given)
    tally(text, gold, read, counts)
    return counts


def measure(name: str, system: str, articles: Sequence[Article]) -> float | None:
    """Return a measure of a system over articles; null where nothing is asked."""

    def total(key: str) -> int:
        return sum(article.counts[system][key] for article in articles)

    if name == "source where content is covered":
        return shares(total("source"), total("covered"))
    if name == "both right over all":
        return shares(total("source"), total("sourced"))
    kind = {"content token F1": "content", "cue token F1": "cue"}.get(name, "outer cue")
    return shares(2 * total(f"{kind} both"), total(f"{kind} all"))


def error_kinds(text: str, gold: list[Relation], read: list[Relation]) -> Counter[str]:
    """Count annotated attributions by what was wrong with them, and those read that none is annotated for."""
    kinds: Counter[str] = Counter()
    sets = [tuple(words_in(text, part) for part in (item.source, item.cue, item.content)) for item in read]
    for item in gold:
        source, cue, content = (words_in(text, part) for part in (item.source, item.cue, item.content))
        if not content:
            continue
        best = max(sets, key=lambda one: len(one[2] & content), default=(set(), set(), set()))
        if 2 * len(best[2] & content) < len(content):
            kinds["content missed" if not best[2] & content else "content less than half covered"] += 1
        elif source and not source & best[0]:
            kinds["another source" if best[0] else "no source read"] += 1
        elif cue and not cue & best[1]:
            kinds["another cue" if best[1] else "no cue read"] += 1
        elif len(best[2] - content) > len(content):
            kinds["content more than twice as long"] += 1
    wanted = words_in(text, set().union(*(item.content for item in gold)))
    kinds["read where none is annotated"] += sum(bool(one[2]) and not one[2] & wanted for one in sets)
    return kinds


def outermost(read: list[Relation]) -> list[Relation]:
    """Leave out attributions whose cue stands in another's content: the corpus gives a word one role."""
    contents: Counter[int] = Counter()
    for item in read:
        contents.update(item.content)
    return [
        item for item in read if not item.cue or contents[min(item.cue)] == (min(item.cue) in item.content)
    ]


def tally(text: str, gold: list[Relation], read: list[Relation], counts: Counter[str]) -> None:
    """Count the gold attributions whose content is half covered, and those whose source is shared too."""
    at: defaultdict[int, list[int]] = defaultdict(list)
    for index, item in enumerate(read):
        for word in words_in(text, item.content):
            at[word].append(index)
    counts["gold"] += len(gold)
    counts["read"] += len(read)
    for item in gold:
        content, source = words_in(text, item.content), words_in(text, item.source)
        if not source:
            continue
        counts["sourced"] += 1
        shared = Counter(index for word in content for index in at[word])
        covering = [index for index, number in shared.items() if number * 2 >= len(content)]
        if covering:
            counts["covered"] += 1
            counts["source"] += any(source & words_in(text, read[index].source) for index in covering)


CUES = load_cues(Sources())
RIVALS = {"report verbs: ": by_verbs, "quotes and verbs: ": by_quotes}


def main(argv: Sequence[str]) -> int:
    """Score a part of the corpus; see `--help`."""
    parser = arguments("polnear", __doc__ or "")
    parser.add_argument("--part", default="dev", choices=("dev", "train"))
    parser.add_argument("--limit", type=int, help="read only the first articles by name")
    add_models(parser)
    options = parser.parse_args(argv)
    path = find_file(options.data, "data/polnear.tar.gz", "polnear.tar.gz")
    rows = list(read_archive(path, options.part).values())[: options.limit]
    articles = [score_article(text, annotation, options.models == "on") for text, annotation in rows]
    measures = {
        f"{system}{name}": partial(measure, name, system)
        for system in articles[0].counts
        for name in MEASURES
    }
    scores = score(articles, measures, MEASURES)
    # Few articles have more than one annotator, hence those of both parts.
    shared = [item for item in read_annotators(path, "train", "dev").values() if len(item[1]) > 1]
    pairs = [agreement(text, annotations) for text, annotations in shared]
    told = {f"{ANNOTATORS}{name}": partial(measure, name, ANNOTATORS) for name in MEASURES}
    scores += score(pairs, told, ())
    errors: Counter[str] = sum((article.errors for article in articles), Counter())
    data = {
        "file": f"polnear.tar.gz ({options.part})", "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "documents": len(articles), "articles with several annotators": len(shared),
        "attributions": sum(article.counts[""]["gold"] for article in articles),
    }  # fmt: skip
    announce("polnear", data)
    print(table(scores))
    if options.errors:
        print(kinds_table(errors))
    if options.json:
        write(options.json, benchmark="polnear", data=data, scores=scores, errors=errors)
    return 0
