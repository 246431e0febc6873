"""Score the tolls read in articles on shootings against the archive's numbers of killed and injured.

Usage: python -m benchmarks toll --data DATA_FOLDER [--half odd|even|all] [--every N] [--json FILE] [--errors]
DATA_FOLDER holds articles.jsonl.gz and incidents.json of the Gun Violence Archive (or has them in gva/ or data/gva/).
Incidents whose id has an odd MD5 are for reporting; on the even ones the choice of tolls was trained, so that
their scores flatter it. The archive's last word is not always the article's: an early report tells fewer dead.
Two baselines stand below: the commonest number, and plain regular expressions. The intervals draw incidents.
"""

import gzip
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.report import Rate, announce, arguments, summarise, table, write
from dateline.codebook.quantities import QuantityBook, load_quantities
from dateline.codebook.tables import Sources
from dateline.codebook.toll_words import TollWords, load_toll_words
from dateline.model.text import Report
from dateline.reading.parse import parse
from dateline.reading.report_toll import ReportToll, report_toll
from dateline.reading.segment import segment
from dateline.reading.toll_model import Chooser, load_chooser

Toll = tuple[int, int]
SCORES = ("killed", "injured", "both", "killed on 2+", "both on 2+")
SYSTEMS = ("", "commonest: ", "patterns: ")
MAIN = SCORES

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = rf"(\d{{1,3}}|{'|'.join(_WORDS)})"
_PERSON = (
    r"(?:man|woman|boy|girl|male|female|teen|teenager|child|toddler|baby|infant|son|daughter|wife|husband|mother|father"
    r"|brother|sister|person|officer|deputy|student|victim|suspect|gunman|old)"
)
_GAP = r"(?:[\w'-]+ ){0,4}?"
_CLOSE = r"(?:(?:was|were|is|are|has|have|been|being|people|others?|more|men|women|persons?|victims|later) )*"
_DEATH = r"(?:(?:fatally )?(?:shot|stabbed) and killed|killed|dead|slain|died|dies|fatally (?:shot|wounded)|shot to death)"
_HURT = r"(?:injured|wounded|hurt|hospitali[sz]ed|shot(?! and killed| dead| to death|s))"
LEAD = 1200  # characters that the patterns read


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article with the archive's numbers of its incident."""

    id: str
    incident: str
    text: str
    killed: int
    injured: int


def find_archive(folder: Path) -> Path:
    """Return the folder itself, or the one inside it, that holds the archive's files."""
    places = (folder, folder / "gva", folder / "data" / "gva")
    return next((place for place in places if (place / "incidents.json").exists()), folder)


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
                id=row["article_id"], incident=row["incident_id"], text=f"{row['title']}\n\n{row['text']}",
                killed=incident["num_killed"], injured=incident["num_injured"],
            )  # fmt: skip


def read_toll(text: str, book: QuantityBook, words: TollWords, chooser: Chooser) -> ReportToll:
    """Return the toll that Dateline reads in a text."""
    layout = segment(Report(text=text))
    return report_toll(layout, parse(layout), book, words, chooser)


def toll_of(toll: ReportToll) -> Toll:
    """Return killed and injured as the archive counts: perpetrators too, nobody both killed and injured."""
    return toll.killed.number, toll.injured.number


def patterns(text: str) -> Toll:
    """Return the toll that regular expressions find in a text's opening: the highest number, else one person."""
    lead = text[:LEAD].lower()
    killed = _highest(
        lead, rf"\b{_NUMBER} {_GAP}{_DEATH}\b", rf"\b(?:kill(?:s|ed|ing)|slay(?:s|ing)) {_NUMBER}\b"
    )
    single = rf"\b{_PERSON}(?:, \d+,)? {_GAP}{_DEATH}\b|\bkill(?:s|ed|ing) (?:a|an|his|her|him)\b"
    if not killed and re.search(rf"{single}|\bpronounced dead|\bfatal\b|\bhomicide|\bmurder\b", lead):
        killed = 1
    shot = _highest(lead, rf"\b{_NUMBER} {_CLOSE}shot\b(?! and killed| dead| to death)")
    hurt = _highest(
        lead, rf"\b{_NUMBER} {_CLOSE}(?:\w+ly )?(?:injured|wounded|hurt|hospitali[sz]ed)\b",
        rf"\b(?:injur(?:es|ed|ing)|wound(?:s|ed|ing)) {_NUMBER}\b",
    )  # fmt: skip
    hurt = max(hurt, shot - killed)
    if not hurt and not killed and re.search(rf"\b{_PERSON}(?:, \d+,)? {_GAP}{_HURT}\b", lead):
        hurt = 1
    return killed, hurt


def _highest(text: str, *expressions: str) -> int:
    found = [match[1] for expression in expressions for match in re.finditer(expression, text)]
    values = [int(word) if word.isdigit() else _WORDS.index(word) + 1 for word in found]
    return max((value for value in values if value < 100), default=0)


def sheet_of(article: Article, tolls: Mapping[str, Toll]) -> dict[str, Rate]:
    """Return the scores of one article for each system by its prefix."""
    sheet: dict[str, Rate] = {}
    for system, (killed, injured) in tolls.items():
        right = (killed == article.killed, injured == article.injured)
        shares = dict(zip(SCORES, (*right, all(right), right[0], all(right)), strict=True))
        for name, good in shares.items():
            if article.killed > 1 or not name.endswith("2+"):
                sheet[system + name] = Rate.share(good)
    return sheet


def main(argv: Sequence[str]) -> int:
    """Score one half of the archive's articles; see `--help`."""
    parser = arguments("toll", __doc__ or "")
    parser.add_argument("--half", default="odd", choices=("odd", "even", "all"))
    parser.add_argument("--every", type=int, default=1, help="read each nth incident only")
    options = parser.parse_args(argv)
    folder = find_archive(options.data)
    sources = Sources()
    book, words, chooser = load_quantities(sources), load_toll_words(sources), load_chooser()
    articles = list(read_articles(folder, options.half, options.every))
    commonest = (
        Counter(article.killed for article in articles).most_common(1)[0][0],
        Counter(article.injured for article in articles).most_common(1)[0][0],
    )
    incidents: dict[str, dict[str, Rate]] = defaultdict(dict)
    for article in articles:
        toll = toll_of(read_toll(article.text, book, words, chooser))
        tolls = dict(zip(SYSTEMS, (toll, commonest, patterns(article.text)), strict=True))
        sheet = incidents[article.incident]
        for name, rate in sheet_of(article, tolls).items():
            sheet[name] = sheet.get(name, Rate()) + rate
        if options.errors and toll != (article.killed, article.injured):
            print(
                f"{article.id} killed {toll[0]} of {article.killed}, injured {toll[1]} of {article.injured}"
            )
    digest = hashlib.sha256((folder / "articles.jsonl.gz").read_bytes()).hexdigest()
    data = {
        "file": "articles.jsonl.gz", "sha256": digest, "half": options.half, "documents": len(articles),
        "incidents": len(incidents),
    }  # fmt: skip
    names = [system + name for system in SYSTEMS for name in SCORES]
    scores = summarise(list(incidents.values()), names, MAIN)
    announce("toll", data)
    print(table(scores))
    if options.json:
        write(options.json, benchmark="toll", data=data, scores=scores)
    return 0
