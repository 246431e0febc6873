"""Hand-made events for the tests of what is published: named victims, a denial, a vague place, hostile words.

All texts are of our own writing; people, outlets and what happens are invented.
"""

import csv
import io
from dataclasses import replace
from datetime import date
from typing import Any

from dateline.model.event import Contradiction, Count, Entry, Event, Origin, Range
from dateline.model.reading import Attribution, Claim
from dateline.model.text import Report, Span, span_at
from dateline.model.values import Figure, Filler, Place, Time

HOSTILE = "=cmd|' /C calc'!A0 <script>alert(1)</script> <img src=x onerror=alert(2)> \"quoted\" & \u202e"
MARKET = (
    "Shells kill 12 at Kadugli market, teacher Amal Tirab among the dead\n\n"
    "Shells fired by the army hit a market in Kadugli on Monday and killed 12 people, Governor Hassan Idris said. "
    "Among the dead was Amal Tirab, 34, a teacher. “Amal was buying bread,” her brother Yusuf Tirab told the "
    "Nile Courier. TIRAB's school stays closed, said witness Nadia el-Fadil.\n"
)
DENIAL = (
    "Army denies shelling\n\n"
    "The army denied that it shelled Kadugli. A spokesman, Colonel Omar Bashir Nur, said Tirab's family was mistaken "
    "and that about 8 people had died.\n"
)
VAGUE = "A drone crashed somewhere off the islands in early March, a shopkeeper, Tevita Moala, said.\n"
PRIVATE = ("Amal", "Tirab", "Yusuf", "Nadia", "Fadil", "Tevita", "Moala")
PUBLIC = ("Hassan Idris", "Omar Bashir Nur")


def span(text: str, words: str, at: int = 0) -> Span:
    """Return an occurrence of words in a text, counted from 0."""
    start = -1
    for _ in range(at + 1):
        start = text.index(words, start + 1)
    return span_at(text, start, start + len(words))


def filler(text: str, words: str, **fields: Any) -> Filler:
    return Filler(span=span(text, words), **fields)


def said(text: str, source: str, kind: Any, cue: str) -> Attribution:
    return Attribution(
        source=filler(text, source, name=source),
        kind=kind,
        cue=span(text, cue),
        content=(),
        direct_quote=False,
    )


def kadugli(text: str, at: int = 0, **fields: Any) -> Place:
    known: dict[str, Any] = {
        "name": "Kadugli", "geonames": 373141, "id": "geonames:373141", "country": "SD", "lat": 11.01111,
        "lon": 29.71833, "radius_km": 3.2, "precision": 2, "kind": "settlement",
    }  # fmt: skip
    return Place(span=span(text, "Kadugli", at), **{**known, **fields})


def monday(text: str) -> Time:
    day = date(2024, 3, 4)
    return Time(span=span(text, "Monday"), earliest=day, latest=day, precision="day", basis="relative")


R1 = Report(
    text=MARKET, title="Shells kill 12 at Kadugli market, teacher Amal Tirab among the dead",
    published=date(2024, 3, 5), published_basis="metadata", publisher="Nile Courier", publisher_basis="metadata",
    url="https://example.org/2024/03/05/amal-tirab-killed?x=1", name="amal-tirab.txt",
)  # fmt: skip
R2 = Report(text=DENIAL, title="Army denies shelling", published=date(2024, 3, 6), publisher="Army Daily")
R3 = Report(
    text=VAGUE, title=HOSTILE, published=date(2024, 3, 9), publisher=HOSTILE, url="javascript:alert(1)"
)
STRIKE = Claim(
    id="a" * 16, type="strike.shelling", trigger=span(MARKET, "hit"),
    evidence=span(
        MARKET, "Shells fired by the army hit a market in Kadugli on Monday and killed 12 people"
    ),
    actors=(filler(MARKET, "the army", name="Army of Sudan", side="SD"),),
    targets=(filler(MARKET, "12 people", name="people", side="civilians"),),
    instruments=(filler(MARKET, "Shells"),),
    figures=(Figure(span=span(MARKET, "12", 1), measure="killed", low=12, high=12, of="people"),),
    place=kadugli(MARKET, 1), country="SD", country_basis="place", time=monday(MARKET),
    attribution=(said(MARKET, "Governor Hassan Idris", "named_person", "said"),),
)  # fmt: skip
VICTIM = Claim(
    id="b" * 16, type="civilians.attack", trigger=span(MARKET, "dead", 1),
    evidence=span(MARKET, "Among the dead was Amal Tirab, 34, a teacher"),
    targets=(filler(MARKET, "Amal Tirab", name="Amal Tirab", side="civilians"),),
    place=kadugli(MARKET, 1, basis="context"), country="SD", country_basis="place", time=monday(MARKET), certainty="hedged",
    hedges=(span(MARKET, "Among"),),
    attribution=(said(MARKET, "Yusuf Tirab", "named_person", "told"),),
)  # fmt: skip
DENIED = Claim(
    id="c" * 16, type="strike.shelling", trigger=span(DENIAL, "shelled"),
    evidence=span(DENIAL, "The army denied that it shelled Kadugli. A spokesman, Colonel Omar Bashir Nur, said Tirab's "
                  "family was mistaken and that about 8 people had died"),
    actors=(filler(DENIAL, "The army", name="Army of Sudan", side="SD"),),
    figures=(Figure(span=span(DENIAL, "about 8"), measure="killed", low=7, high=9, of="people"),),
    place=kadugli(DENIAL), country="SD", country_basis="place", polarity="negative",
    attribution=(said(DENIAL, "Colonel Omar Bashir Nur", "named_person", "said"),),
)  # fmt: skip
CRASH = Claim(
    id="d" * 16, type="strike.air", trigger=span(VAGUE, "crashed"),
    evidence=span(VAGUE, "A drone crashed somewhere off the islands in early March"),
    targets=(filler(VAGUE, "the islands", name=HOSTILE),),
    place=Place(
        span=span(VAGUE, "the islands"), name="Taveuni", country="FJ", lat=-16.9, lon=179.98, radius_km=60.0,
        precision=5, relation="near", relation_span=span(VAGUE, "off"),
    ),
    country="FJ", country_basis="place",
    time=Time(span=span(VAGUE, "early March"), earliest=date(2024, 3, 1), latest=date(2024, 3, 8), precision="month_part",
              basis="relative"),
    reality="happened",
    attribution=(said(VAGUE, "Tevita Moala", "named_person", "said"),),
)  # fmt: skip


def entry(claim: Claim, report: Report, **fields: Any) -> Entry:
    return Entry(
        **{"claim": claim, "report": report, "recorded": date(2024, 3, 10), "copy_of": report.id, **fields}
    )


def count(claim: Claim, report: Report, source: str, at: int = 0, **fields: Any) -> Count:
    figure = claim.figures[at]
    return Count(**{
        "told": report.published, "origin": f"person:{source}", "source": source, "side": None, "claim": claim.id,
        "report": report.id, "publisher": report.publisher, "measure": figure.measure, "of": figure.of,
        "low": figure.low, "high": figure.high, "certainty": claim.certainty, "polarity": claim.polarity,
        "reality": claim.reality, "quote": figure.span.quote, "start": figure.span.start, "end": figure.span.end,
        **fields,
    })  # fmt: skip


def origin(name: str, *claims: Claim, **fields: Any) -> Origin:
    ids = tuple(claim.id for claim in claims)
    return Origin(
        **{"id": f"person:{name}", "name": name, "kind": "source", "side": None, "claims": ids, **fields}
    )


SHELLING = Event(
    id="e1" + "0" * 14, type="strike.shelling", title="Shelling in Kadugli, 4 Mar 2024",
    entries=(entry(STRIKE, R1, state="accepted"), entry(VICTIM, R1), entry(DENIED, R2, state="rejected")),
    earliest=date(2024, 3, 4), latest=date(2024, 3, 4), place=kadugli(MARKET, 1), country="SD",
    actors=("Army of Sudan",), targets=("people", "Amal Tirab"),
    origins=(origin("Governor Hassan Idris", STRIKE), origin("Yusuf Tirab", VICTIM),
             origin("Colonel Omar Bashir Nur", DENIED, side="SD")),
    counts=(count(STRIKE, R1, "Governor Hassan Idris"), count(DENIED, R2, "Colonel Omar Bashir Nur", side="SD")),
    ranges=(
        Range(
            measure="killed", of="people", rule="ucdp", low=7, best=12, high=12, why="most told by two origins",
        ),
        Range(measure="killed", of="people", rule="conservative", low=7, best=7, high=12, why="the lowest of two origins"),
    ),
    contradictions=(
        Contradiction(kind="denied", field="event", left=STRIKE.id, right=DENIED.id,
                      words="The army denies what Yusuf Tirab and others say"),
    ),
    state="accepted",
)  # fmt: skip
DRONE = Event(
    id="e2" + "0" * 14, type="strike.air", title="Air strike near Taveuni, 1–8 Mar 2024",
    entries=(entry(CRASH, R3),), earliest=date(2024, 3, 1), latest=date(2024, 3, 8), place=CRASH.place, country="FJ",
    targets=(HOSTILE,), origins=(origin("Tevita Moala", CRASH),),
)  # fmt: skip
THREAT = Event(
    id="e3" + "0" * 14, type="state.threat", title="Threat, day not known",
    entries=(entry(replace(CRASH, id="f" * 16, type="state.threat", reality="threatened", place=None, country=None, time=None,
                           targets=(), attribution=()), R3),),
    earliest=None, latest=None, place=None, country=None,
)  # fmt: skip
EVENTS = (SHELLING, DRONE, THREAT)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))
