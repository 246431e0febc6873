"""Score place names on LGL and GeoVirus.

Usage: `python -m benchmarks toponyms --data DIR [--corpus lgl|geovirus] [--json OUT]`.

DIR holds lgl.xml and GeoVirus.xml. Scored are:
- spans: a mention counts when its offsets are those of an annotated toponym. Offsets of the corpus
  that are off are realigned to the nearest occurrence of their words. What points back without a name ("the
  city") is left out.
  LGL annotates "American" and "Iraqis", so demonyms are asked for there; GeoVirus does not.
- points, over matched spans with annotated coordinates: the share within 161 km (100 miles), the same with a
  right GeoNames id counted as right at any distance, the share over all annotated ones (a missed
  span is wrong), and the median error in km. A mention without a point counts as 20,000 km off.
Datelines, which are not parsed, are read by `dateline_places` and count as mentions.
"""

import argparse
import hashlib
import json
import re
import statistics
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.quality.distance import km_between
from dateline.codebook.places import PlaceBooks, place_books
from dateline.model.text import Report
from dateline.model.values import Place
from dateline.reading.parse import parse
from dateline.reading.places import dateline_places, find_places
from dateline.reading.segment import segment

FILES = {"lgl": "lgl.xml", "geovirus": "GeoVirus.xml"}
NEAR_KM = 161.0
NOWHERE_KM = 20_000.0


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated toponym: offsets, and its point and GeoNames id where annotated."""

    start: int
    end: int
    point: tuple[float, float] | None
    geonames: int | None


@dataclass(slots=True)
class Tally:
    """Counts of a run; `errors_km` are those of matched spans with a point."""

    documents: int = 0
    words: int = 0
    seconds: float = 0.0
    gold: int = 0
    found: int = 0
    matched: int = 0
    pointed: int = 0
    near: int = 0
    right: int = 0
    errors_km: list[float] = field(default_factory=list)

    def scores(self) -> dict[str, float]:
        """Return the scores named in the module's docstring, and the microseconds per word."""
        matched = max(1, len(self.errors_km))
        return {
            "precision": round(self.matched / max(1, self.found), 4),
            "recall": round(self.matched / max(1, self.gold), 4),
            "f1": round(2 * self.matched / max(1, self.found + self.gold), 4),
            "acc161": round(self.near / matched, 4),
            "acc161_or_id": round(self.right / matched, 4),
            "acc161_of_all": round(self.near / max(1, self.pointed), 4),
            "median_km": round(statistics.median(self.errors_km or [NOWHERE_KM]), 1),
            "us_per_word": round(self.seconds / max(1, self.words) * 1e6, 1),
        }


def read_lgl(path: Path) -> Iterator[tuple[str, list[Gold]]]:
    """Yield each article's text and toponyms."""
    for article in ElementTree.parse(path).getroot():  # noqa: S314 - a local corpus file
        text = article.findtext("text") or ""
        golds = []
        for node in article.iter("toponym"):
            tag = node.find("gaztag")
            latitude = tag.findtext("lat") if tag is not None else None
            golds.append(
                _gold(
                    text,
                    node.findtext("start"),
                    node.findtext("phrase"),
                    latitude,
                    tag.findtext("lon") if tag is not None else None,
                    tag.get("geonameid") if tag is not None else None,
                )
            )
        yield text, [gold for gold in golds if gold is not None]


def read_geovirus(path: Path) -> Iterator[tuple[str, list[Gold]]]:
    """Yield each article's text and toponyms."""
    for article in ElementTree.parse(path).getroot():  # noqa: S314 - a local corpus file
        text = article.findtext("text") or ""
        golds = [
            _gold(
                text,
                node.findtext("start"),
                node.findtext("name"),
                node.findtext("lat"),
                node.findtext("lon"),
                None,
            )
            for node in article.iter("location")
        ]
        yield text, [gold for gold in golds if gold is not None]


def _gold(
    text: str, start: str | None, name: str | None, lat: str | None, lon: str | None, ident: str | None
) -> Gold | None:
    if not name or start is None:
        return None
    places = [found.start() for found in re.finditer(re.escape(name), text)]
    if not places:
        return None
    first = min(places, key=lambda place: abs(place - int(start)))
    point = (float(lat), float(lon)) if lat and lon else None
    return Gold(first, first + len(name), point, int(ident) if ident else None)


def score(text: str, golds: list[Gold], books: PlaceBooks, *, demonyms: bool) -> Tally:
    """Return the counts of one document."""
    layout = segment(Report(text=text))
    parsed = parse(layout)
    started = time.perf_counter()
    mentions = find_places(parsed, layout, books, demonyms=demonyms)
    seconds = time.perf_counter() - started
    places: dict[tuple[int, int], Place] = {}
    for place in (*(mention.place for mention in mentions), *dateline_places(layout, books)):
        if any(letter.isupper() for letter in place.span.quote):
            places[place.span.start, place.span.end] = place
    tally = Tally(documents=1, words=len(parsed.tokens), seconds=seconds, gold=len(golds), found=len(places))
    for gold in golds:
        tally.pointed += gold.point is not None
        place_read = places.get((gold.start, gold.end))
        if place_read is None:
            continue
        tally.matched += 1
        if gold.point is not None:
            _score_point(tally, gold, gold.point, place_read)
    return tally


def _score_point(tally: Tally, gold: Gold, point: tuple[float, float], place: Place) -> None:
    off = NOWHERE_KM
    if place.lat is not None and place.lon is not None:
        off = km_between(*point, place.lat, place.lon)
    tally.errors_km.append(off)
    tally.near += off <= NEAR_KM
    tally.right += off <= NEAR_KM or (gold.geonames is not None and place.geonames == gold.geonames)


def add(total: Tally, tally: Tally) -> None:
    """Add a document's counts to a corpus's."""
    for name in ("documents", "words", "seconds", "gold", "found", "matched", "pointed", "near", "right"):
        setattr(total, name, getattr(total, name) + getattr(tally, name))
    total.errors_km += tally.errors_km


def main(argv: list[str] | None = None) -> int:
    """Run the benchmark, print its table, and write JSON where asked."""
    parser = argparse.ArgumentParser(description="Score place names on LGL and GeoVirus.")
    parser.add_argument("--data", type=Path, required=True, help="folder with lgl.xml and GeoVirus.xml")
    parser.add_argument("--corpus", choices=sorted(FILES), help="only this corpus")
    parser.add_argument("--json", type=Path, help="write the scores here")
    options = parser.parse_args(argv)
    results: list[dict[str, object]] = []
    books = place_books()
    for corpus in [options.corpus] if options.corpus else sorted(FILES):
        path = options.data / FILES[corpus]
        if not path.exists():
            print(f"{path}: not found; give the folder of the geo corpora", file=sys.stderr)
            return 2
        total = Tally()
        for text, golds in read_lgl(path) if corpus == "lgl" else read_geovirus(path):
            add(total, score(text, golds, books, demonyms=corpus == "lgl"))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        scores = total.scores()
        if not results:
            print(f"{'corpus':10}" + "".join(f"{name:>15}" for name in scores))
        print(f"{corpus:10}" + "".join(f"{value:15}" for value in scores.values()))
        print(f"  documents: {total.documents}  toponyms: {total.gold}  data: {digest}")
        results.append(
            {
                "benchmark": "toponyms",
                "corpus": corpus,
                "documents": total.documents,
                "data": digest,
                **scores,
            }
        )
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
