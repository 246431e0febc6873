"""Score the tolls read in articles on shootings against the archive's numbers of killed and injured.

Usage: python -m benchmarks toll --data DATA_FOLDER [--half odd|even|all] [--every N] [--json FILE] [--errors]
DATA_FOLDER holds articles.jsonl.gz and incidents.json of the Gun Violence Archive (or has them in gva/).
Incidents whose id has an odd MD5 are for reporting, the even ones for tuning. The archive's last word is not
always the article's: an early report tells fewer dead.
"""

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.report import Rate, announce, arguments, summarise, table, write
from dateline.codebook.quantities import QuantityBook, load_quantities
from dateline.codebook.tables import Sources
from dateline.model.text import Report
from dateline.reading.figures import find_figures
from dateline.reading.mentions import FigureMention
from dateline.reading.parse import parse
from dateline.reading.quantities import find_quantities
from dateline.reading.segment import segment

SCORES = ("killed", "injured", "both")
LEAD = 6  # sentences, the title's included
SHOTS = frozenset({"shoot", "shoots", "shot", "shooting"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article with the archive's numbers of its incident."""

    id: str
    text: str
    killed: int
    injured: int


def read_articles(folder: Path, half: str, every: int) -> Iterator[Article]:
    """Yield the articles of one half of the incidents, by the parity of their id's MD5, each nth incident."""
    incidents = json.loads((folder / "incidents.json").read_text(encoding="utf-8"))
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            digest = hashlib.md5(row["incident_id"].encode(), usedforsecurity=False).hexdigest()
            number = int(digest, 16)
            if (
                (half == "odd" and number % 2 == 0)
                or (half == "even" and number % 2)
                or (number // 2) % every
            ):
                continue
            incident = incidents[row["incident_id"]]
            yield Article(
                id=row["article_id"], text=f"{row['title']}\n\n{row['text']}", killed=incident["num_killed"],
                injured=incident["num_injured"],
            )  # fmt: skip


def read_figures(text: str, book: QuantityBook) -> list[tuple[int, FigureMention]]:
    """Return the figures of a text with the index of their sentence."""
    parsed = parse(segment(Report(text=text)))
    return [(f.predicate.sent, f) for f in find_figures(parsed, find_quantities(parsed, book), book)]


def toll_of(figures: Sequence[tuple[int, FigureMention]]) -> tuple[int, int]:
    """Choose an article's killed and injured: the highest of the lead, or of the rest if the lead tells none.

    Those shot and not killed are injured. One person told as hurt who is also told as dead is not injured.
    """
    killed = _highest([item for item in figures if item[1].figure.measure == "killed"])
    wounded = [item for item in figures if item[1].figure.measure == "wounded"]
    shot = _highest([item for item in wounded if item[1].predicate.lower in SHOTS])
    injured = _highest([item for item in wounded if item[1].predicate.lower not in SHOTS])
    injured = max(injured, shot - killed)
    dead = {_who(item[1]) for item in figures if item[1].figure.measure == "killed"}
    if killed and injured == 1 and all(_who(item[1]) in dead for item in wounded):
        injured = 0
    return killed, injured


def _who(mention: FigureMention) -> str | None:
    """Return the noun of a figure; null for a pronoun or a bare number."""
    return mention.noun.lower if mention.noun is not None else None


def _highest(figures: Sequence[tuple[int, FigureMention]]) -> int:
    lead = [item for item in figures if item[0] < LEAD]
    return max((item[1].figure.low for item in lead or figures), default=0)


def main(argv: Sequence[str]) -> int:
    """Score one half of the archive's articles; see `--help`."""
    parser = arguments("toll", __doc__ or "")
    parser.add_argument("--half", default="odd", choices=("odd", "even", "all"))
    parser.add_argument("--every", type=int, default=1, help="read each nth incident only")
    options = parser.parse_args(argv)
    folder = options.data if (options.data / "incidents.json").exists() else options.data / "gva"
    book = load_quantities(Sources())
    sheets: list[dict[str, Rate]] = []
    for article in read_articles(folder, options.half, options.every):
        killed, injured = toll_of(read_figures(article.text, book))
        right = (killed == article.killed, injured == article.injured)
        sheets.append(dict(zip(SCORES, map(Rate.share, (*right, all(right))), strict=True)))
        if options.errors and not all(right):
            print(f"{article.id} killed {killed} of {article.killed}, injured {injured} of {article.injured}")
    digest = hashlib.sha256((folder / "articles.jsonl.gz").read_bytes()).hexdigest()
    data = {"file": "articles.jsonl.gz", "sha256": digest, "half": options.half, "documents": len(sheets)}
    scores = summarise(sheets, SCORES, SCORES)
    announce("toll", data)
    print(table(scores))
    if options.json:
        write(options.json, benchmark="toll", data=data, scores=scores)
    return 0
