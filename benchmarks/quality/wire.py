"""Score the reading of short reports: events found, typed, and their fields."""

from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.quality.gold import Corpus, Document, Record, find_file, load
from benchmarks.quality.mapping import Allegiance, allegiance_of_codebook, is_told, records_of
from benchmarks.quality.report import announce, arguments, summarise, table, write
from benchmarks.quality.scoring import (
    Mistake,
    Sheet,
    score_fields,
    score_figures,
    score_found,
    score_triggers,
)
from dateline.model.reading import Reading

FIELDS = ("place", "date", "source", "country", "actor", "target", "certainty")
MAIN = ("found", "type", "figures", *FIELDS)

Reader = Callable[[Document], Reading]
Scorer = Callable[[Document, list[Record]], Sheet]


def read_document(document: Document) -> Reading:
    """Read a document's text with Dateline, told its date and publisher."""
    import dateline

    return dateline.read(document.text, published=document.published, publisher=document.publisher)


def score_document(document: Document, claims: list[Record]) -> Sheet:
    """Score one report's physical claims against its events."""
    sheet = Sheet(document=document.id)
    told = [claim for claim in claims if is_told(claim)]
    pairing = score_found(sheet, told, document.events)
    score_triggers(sheet, told, document.events)
    score_figures(sheet, told, document.events, pairing)
    score_fields(sheet, told, document.events, pairing, FIELDS)
    return sheet


def score_corpus(corpus: Corpus, scorer: Scorer, reader: Reader, allegiance: Allegiance) -> list[Sheet]:
    """Read and score every document."""
    return [scorer(document, records_of(reader(document), allegiance)) for document in corpus.documents]


def main(argv: Sequence[str], reader: Reader = read_document) -> int:
    """Score a file of short reports; see `--help`."""
    return run(
        argv,
        benchmark="wire",
        description=score_document.__doc__ or "",
        names=("wire/dev.jsonl", "dev.jsonl"),
        scorer=score_document,
        scores=("found", "found by trigger", *MAIN[1:]),
        main=MAIN,
        reader=reader,
    )


def run(
    argv: Sequence[str],
    *,
    benchmark: str,
    description: str,
    names: Sequence[str],
    scorer: Scorer,
    scores: Sequence[str],
    main: Sequence[str],
    reader: Reader,
) -> int:
    """Load the documents, read and score them, print the table, and write what was asked for."""
    parser = arguments(benchmark, description)
    parser.add_argument("--gold", type=Path, help="annotations by id, or without text (looked up in --data)")
    options = parser.parse_args(argv)
    corpus = load_corpus(options.data, options.gold, names)
    sheets = score_corpus(corpus, scorer, reader, allegiance_of_codebook())
    data = {
        "file": corpus.file,
        "sha256": corpus.sha256,
        "documents": len(corpus.documents),
        "events": sum(len(document.events) for document in corpus.documents),
    }
    summary = summarise([sheet.rates for sheet in sheets], scores, main)
    announce(benchmark, data)
    print(table(summary))
    if options.errors:
        print(listing([mistake for sheet in sheets for mistake in sheet.mistakes]))
    if options.json:
        write(options.json, benchmark=benchmark, data=data, scores=summary)
    return 0


def load_corpus(data: Path, gold: Path | None, names: Sequence[str]) -> Corpus:
    """Load the gold of the data folder, or a gold file of its own with the texts it belongs to."""
    if gold is None:
        return load(find_file(data, *names))
    from benchmarks.quality.textless import is_textless, load_textless

    return load_textless(gold, data) if is_textless(gold) else load(data, gold)


def listing(mistakes: Sequence[Mistake]) -> str:
    """Lay mistakes out by kind, in the order of documents."""
    lines = []
    for kind in sorted({mistake.kind for mistake in mistakes}):
        same = [mistake for mistake in mistakes if mistake.kind == kind]
        lines.append(f"\n{kind}: {len(same)}")
        for mistake in same:
            lines.append(f"  {mistake.document}  {mistake.words}  ours={mistake.ours} gold={mistake.gold}")
    return "\n".join(lines)
