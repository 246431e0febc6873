"""Score place names on LGL and GeoVirus: finding them, resolving them, and both.

Usage: python -m benchmarks toponyms --data DIR [--corpus lgl|geovirus] [--every N] [--json OUT] [--errors]
DIR holds lgl.xml and GeoVirus.xml (or has them in geo/ or data/geo/). Scored are:
- spans: a mention counts when its offsets are those of an annotated toponym. Offsets of the corpus that are off are
  realigned to the nearest occurrence of their words. What points back without a name ("the city") is left out.
  LGL annotates "American" and "Iraqis", so demonyms are asked for there; GeoVirus does not.
- gold spans: the places of annotated names with annotated coordinates, the names given: the share within 161 km (100
  miles) and the median error. A name without a point counts as 20,000 km off. Also the share that is within 161 km or
  has the annotated GeoNames id, since annotators put the same id at other points.
- end to end: F1 of mentions with the right span and a point within 161 km, over annotated names with coordinates; a
  mention of an annotated name without coordinates counts on neither side.
Baselines: spaCy's small model for spans (GPE, LOC, FAC; NORP too where demonyms count), and the most populous entry
of the gazetteer for points, countries and their peoples first; end to end both. Datelines, which are not parsed, are
read by `dateline_places` and count as mentions. Intervals draw documents.
"""

import argparse
import hashlib
import re
import statistics
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.quality.distance import km_between
from benchmarks.quality.gold import find_file
from benchmarks.quality.intervals import score as with_intervals
from benchmarks.quality.intervals import shares
from benchmarks.quality.report import Score, announce, arguments, kinds_table, table, write
from dateline.codebook.names import name_key
from dateline.codebook.places import PlaceBooks, place_books
from dateline.model.text import Report
from dateline.reading.mentions import Layout
from dateline.reading.parse import parse
from dateline.reading.places import dateline_places, find_places
from dateline.reading.segment import segment
from dateline.reading.tokens import Parse

FILES = {"lgl": "lgl.xml", "geovirus": "GeoVirus.xml"}
SHOWN = {"lgl": "LGL", "geovirus": "GeoVirus"}
NEAR_KM = 161.0
NOWHERE_KM = 20_000.0
MEASURES = (
    "spans F1",
    "gold spans Acc@161km",
    "gold spans Acc@161km or id",
    "gold spans median km",
    "end to end F1",
)
BASELINE = "spaCy and population: "
Point = tuple[float, float]
Located = tuple[Point | None, int | None]  # point and GeoNames id


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated toponym: offsets, and its point and GeoNames id where annotated."""

    start: int
    end: int
    point: Point | None
    geonames: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A document's counts for one system; `errors_km` are those of the annotated names, given their spans."""

    given: int = 0
    owed: int = 0
    matched: int = 0
    near: int = 0
    right: int = 0
    pointed: int = 0
    placed: int = 0
    placed_given: int = 0
    errors_km: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document's tallies by system ("" is Dateline), and its errors by kind."""

    tallies: Mapping[str, Tally]
    errors: Counter[str] = field(default_factory=Counter)


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


def read_places(
    layout: Layout, parsed: Parse, books: PlaceBooks, *, demonyms: bool, told: Sequence[tuple[int, int]] = ()
) -> dict[tuple[int, int], Located]:
    """Return the place of each mention by its offsets; `told` are spans of names given beforehand."""
    mentions = find_places(parsed, layout, books, demonyms=demonyms, told=told)
    places = [mention.place for mention in mentions] + list(dateline_places(layout, books))
    found: dict[tuple[int, int], Located] = {}
    for place in places:
        if any(letter.isupper() for letter in place.span.quote):
            point = (place.lat, place.lon) if place.lat is not None and place.lon is not None else None
            found[place.span.start, place.span.end] = (point, place.geonames)
    return found


def read_told(
    layout: Layout, parsed: Parse, books: PlaceBooks, golds: Sequence[Gold], *, demonyms: bool
) -> dict[tuple[int, int], Located]:
    """Return the places of annotated names; a mention that covers one ("Kent County" for "Kent") stands for it."""
    spans = [(gold.start, gold.end) for gold in golds]
    found = read_places(layout, parsed, books, demonyms=demonyms, told=spans)
    out: dict[tuple[int, int], Located] = {}
    for start, end in spans:
        covering = [place for place in found if place[0] <= start and end <= place[1]]
        if covering:
            out[start, end] = found[min(covering, key=lambda place: place[1] - place[0])]
    return out


def most_populous(name: str, books: PlaceBooks) -> Located:
    """Return what a population prior takes a name for: a country or people, else the most populous entry."""
    entries = books.entries.get(name_key(name), ())
    country = next((entry for entry in entries if entry.kind == "country"), None)
    if country is None and name.lower() in books.demonyms:
        country = books.countries[books.demonyms[name.lower()]]
    entry = country or max(entries, key=lambda entry: (entry.population, entry.id), default=None)
    return ((entry.lat, entry.lon), entry.geonames) if entry is not None else (None, None)


def tally_of(
    golds: Sequence[Gold],
    found: Mapping[tuple[int, int], Located],
    told: Mapping[tuple[int, int], Located],
) -> Tally:
    """Return the counts of one system: its own mentions, and its places of the annotated names."""
    errors = []
    right = placed = 0
    for gold in golds:
        if gold.point is None:
            continue
        point, ident = told.get((gold.start, gold.end), (None, None))
        errors.append(_off(gold.point, point))
        right += errors[-1] <= NEAR_KM or (gold.geonames is not None and ident == gold.geonames)
        own, _ = found.get((gold.start, gold.end), (None, None))
        placed += _off(gold.point, own) <= NEAR_KM
    spans = {(gold.start, gold.end) for gold in golds}
    bare = {(gold.start, gold.end) for gold in golds if gold.point is None}
    return Tally(
        given=len(found), owed=len(golds), matched=sum(place in found for place in spans),
        near=sum(error <= NEAR_KM for error in errors), right=right, pointed=len(errors), placed=placed,
        placed_given=sum(place not in bare for place in found), errors_km=tuple(errors),
    )  # fmt: skip


def _off(gold: Point, point: Point | None) -> float:
    return km_between(*gold, *point) if point is not None else NOWHERE_KM


def score_document(text: str, golds: Sequence[Gold], books: PlaceBooks, *, demonyms: bool) -> Document:
    """Read a document with Dateline and the baselines and count."""
    layout = segment(Report(text=text))
    parsed = parse(layout)
    found = read_places(layout, parsed, books, demonyms=demonyms)
    told = read_told(layout, parsed, books, golds, demonyms=demonyms)
    named = named_entities(parsed, demonyms=demonyms)
    rival = {span: most_populous(text[slice(*span)], books) for span in named}
    rival_told = {(gold.start, gold.end): most_populous(text[gold.start : gold.end], books) for gold in golds}
    return Document(
        tallies={"": tally_of(golds, found, told), BASELINE: tally_of(golds, rival, rival_told)},
        errors=error_kinds(golds, found, told),
    )


def named_entities(parsed: Parse, *, demonyms: bool) -> list[tuple[int, int]]:
    """Return the offsets of what spaCy's own reader takes for places, an article left out."""
    labels = {"GPE", "LOC", "FAC"} | ({"NORP"} if demonyms else set())
    spans: list[tuple[int, int]] = []
    last = None
    for token in parsed.tokens:
        if token.ent not in labels:
            last = None
            continue
        joined = (
            last is not None and last.ent == token.ent and last.i == token.i - 1 and last.sent == token.sent
        )
        if joined:
            spans[-1] = (spans[-1][0], token.end)
        elif token.lower != "the":
            spans.append((token.start, token.end))
        else:
            continue
        last = token
    return spans


def error_kinds(
    golds: Sequence[Gold],
    found: Mapping[tuple[int, int], Located],
    told: Mapping[tuple[int, int], Located],
) -> Counter[str]:
    """Count errors by kind: names missed, made up or cut otherwise; points missing, or how far off."""
    kinds: Counter[str] = Counter()
    spans = {(gold.start, gold.end) for gold in golds}
    for span in spans - found.keys():
        overlaps = any(other[0] < span[1] and span[0] < other[1] for other in found)
        kinds["span: other boundaries" if overlaps else "span: missed"] += 1
    for span in found.keys() - spans:
        if not any(other[0] < span[1] and span[0] < other[1] for other in spans):
            kinds["span: no annotated name"] += 1
    for gold in golds:
        if gold.point is None:
            continue
        off = _off(gold.point, told.get((gold.start, gold.end), (None, None))[0])
        if off == NOWHERE_KM:
            kinds["point: none"] += 1
        elif off > NEAR_KM:
            kinds["point: 161 to 1,000 km off" if off <= 1000 else "point: over 1,000 km off"] += 1
    return kinds


def measure(name: str, system: str, documents: Sequence[Document]) -> float | None:
    """Return a measure of a system over documents; null where nothing is asked."""
    tallies = [document.tallies[system] for document in documents]

    def total(field_name: str) -> int:
        return sum(getattr(tally, field_name) for tally in tallies)

    if name == "spans F1":
        return shares(2 * total("matched"), total("given") + total("owed"))
    if name == "end to end F1":
        return shares(2 * total("placed"), total("placed_given") + total("pointed"))
    if name == "gold spans Acc@161km":
        return shares(total("near"), total("pointed"))
    if name == "gold spans Acc@161km or id":
        return shares(total("right"), total("pointed"))
    errors = [error for tally in tallies for error in tally.errors_km]
    return statistics.median(errors) if errors else None


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark, print its table, and write JSON where asked."""
    parser = arguments("toponyms", __doc__ or "")
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--corpus", choices=sorted(FILES), help="only this corpus")
    parser.add_argument("--every", type=int, default=1, help="read each nth document only")
    options = parser.parse_args(argv)
    books = place_books()
    scores: list[Score] = []
    errors, digest, count = Counter[str](), hashlib.sha256(), 0
    corpora = [options.corpus] if options.corpus else sorted(FILES)
    for corpus in corpora:
        path = find_file(options.data, f"data/geo/{FILES[corpus]}", f"geo/{FILES[corpus]}", FILES[corpus])
        digest.update(path.read_bytes())
        rows = list(read_lgl(path) if corpus == "lgl" else read_geovirus(path))[:: options.every]
        documents = [score_document(text, golds, books, demonyms=corpus == "lgl") for text, golds in rows]
        count += len(documents)
        shown = SHOWN[corpus]
        measures = {
            f"{shown} {system}{name}": partial(measure, name, system)
            for system in ("", BASELINE)
            for name in MEASURES
        }
        main_scores = [f"{shown} {name}" for name in MEASURES if "km" not in name.split()[-1:]]
        scores += with_intervals(documents, measures, main_scores)
        for document in documents:
            errors.update({f"{shown} {kind}": number for kind, number in document.errors.items()})
    data = {
        "file": "+".join(FILES[corpus] for corpus in corpora),
        "sha256": digest.hexdigest(),
        "documents": count,
    }
    announce("toponyms", data)
    print(table(scores))
    if options.errors:
        print(kinds_table(errors))
    if options.json:
        write(options.json, benchmark="toponyms", data=data, scores=scores, errors=errors)
    return 0
