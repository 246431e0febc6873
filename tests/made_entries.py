"""Made entries for the laws of comparing: claims by hand, so that anything can be told by anybody."""

from datetime import date, timedelta
from itertools import count

from hypothesis import strategies as st

from dateline.model.event import Entry
from dateline.model.ids import content_id
from dateline.model.reading import Attribution, Certainty, Claim, Polarity, Reality, SourceKind
from dateline.model.text import Report, Span
from dateline.model.values import Figure, Filler, Measure, Place, Time

DAY = date(2020, 3, 10)
_SERIAL = count()


def words(text: str, start: int = 0) -> Span:
    """Return a span whose place in the text does not matter."""
    return Span(start=start, end=start + len(text), quote=text)


def said_by(
    name: str, *, id: str | None = None, side: str | None = None, kind: SourceKind = "named_person"
) -> Attribution:
    """Return an attribution to a source."""
    source = Filler(span=words(name), name=name, side=side, id=id)
    return Attribution(source=source, kind=kind, cue=words("said"), content=(), direct_quote=False)


NOBODY = Attribution(source=None, kind="unnamed", cue=words("reportedly"), content=(), direct_quote=False)


def figure(low: int, high: int | None, measure: Measure = "killed", of: str = "people") -> Figure:
    """Return a figure of people."""
    known = {"people": "people", "civilians": "civilians", "combatants": "soldiers"}[of]
    return Figure(
        span=words(str(low) if high is not None else f"at least {low}"),
        measure=measure,
        low=low,
        high=high,
        of=of,  # type: ignore[arg-type]
        of_span=words(known),
    )


def entry(
    *by: Attribution,
    on: date = DAY,
    publisher: str | None = "Kivu Morning Post",
    figures: tuple[Figure, ...] = (),
    copy_of: str | None = None,
    agency: str | None = None,
    kind: str = "strike.shelling",
    actors: tuple[Filler, ...] = (),
    place: Place | None = None,
    time: Time | None = None,
    polarity: Polarity = "positive",
    reality: Reality = "happened",
    certainty: Certainty = "certain",
    text: str | None = None,
) -> Entry:
    """Return an entry of a report of its own, told on a day by an outlet on the word of speakers, outermost first."""
    text = text if text is not None else f"Report number {next(_SERIAL)}."
    report = Report(text=text, published=on, publisher=publisher)
    claim = Claim(
        id=content_id([report.id, kind, [str(one) for one in by], [str(one) for one in figures], polarity]),
        type=kind,
        trigger=words("shelled"),
        evidence=words(text),
        actors=actors,
        figures=figures,
        place=place,
        time=time,
        polarity=polarity,
        reality=reality,
        certainty=certainty,
        attribution=by,
    )
    return Entry(claim=claim, report=report, recorded=DAY, copy_of=copy_of or report.id, agency=agency)


def town(name: str, lat: float = 0.5, lon: float = 29.4, radius_km: float = 5.0, precision: int = 1) -> Place:
    """Return a place."""
    return Place(
        span=words(name), name=name, country="CD", lat=lat, lon=lon, radius_km=radius_km, precision=precision
    )


def days(first: date, last: date) -> Time:
    """Return a time."""
    return Time(span=words("then"), earliest=first, latest=last, precision="day", basis="stated")


_SPEAKERS = st.sampled_from(
    (
        said_by("Zelensky", id="volodymyr-zelenskyy", side="UA"),
        said_by("Defence Ministry", side="UA", kind="named_organization"),
        said_by("Ukrainian officials", side="UA", kind="unnamed"),
        said_by("officials", kind="unnamed"),
        said_by("witnesses", kind="unnamed"),
        said_by("a doctor", side="civilians", kind="unnamed"),
        said_by("Omar Haddad"),
        said_by("Haddad"),
        said_by("O. Haddad"),
        said_by("the regional governor", side="UA", kind="unnamed"),
        said_by("Donetsk governor Pavlo Kyrylenko", id="pavlo-kyrylenko", side="UA"),
        said_by("Russian Defence Ministry", side="RU", kind="named_organization"),
        said_by("Igor Konashenkov", id="igor-konashenkov", side="RU"),
        said_by("reports", kind="document"),
        said_by("BBC", id="bbc", kind="named_organization"),
        NOBODY,
    )
)


_ACTORS = ((), (Filler(span=words("army"), side="RU"),), (Filler(span=words("troops"), side="UA"),))


@st.composite
def entries(draw: st.DrawFn, least: int = 1, most: int = 7) -> tuple[Entry, ...]:
    """Draw entries of one event, each of a report of its own."""
    found = []
    for number in range(draw(st.integers(least, most))):
        low = draw(st.integers(1, 60))
        told = draw(st.lists(st.sampled_from(("people", "civilians", "combatants")), max_size=2, unique=True))
        found.append(
            entry(
                *draw(st.lists(_SPEAKERS, max_size=2)),
                on=DAY + timedelta(days=draw(st.integers(0, 3))),
                publisher=draw(st.sampled_from(("Reuters", "BBC", "The Sun", "Kivu Morning Post", "Unknown Gazette", None))),
                agency=draw(st.sampled_from((None, None, "AFP", "Reuters"))),
                figures=tuple(figure(low, draw(st.sampled_from((low, low + 5, None))), of=of) for of in told),
                polarity=draw(st.sampled_from(("positive", "positive", "positive", "negative"))),
                certainty=draw(st.sampled_from(("certain", "certain", "hedged", "disputed"))),
                actors=draw(st.sampled_from(_ACTORS)),
                place=draw(st.sampled_from((None, town("Goma", -1.67, 29.22), town("Bukavu", -2.5, 28.86)))),
                time=draw(st.sampled_from((None, days(DAY, DAY), days(DAY - timedelta(days=40), DAY)))),
                text=f"Drawn report number {number}.",
            )
        )  # fmt: skip
    return tuple(found)
