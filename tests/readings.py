"""Hand-made readings for the tests of what is shown: every field set, marks that nest and overlap."""

from datetime import date

from dateline.model.reading import Attribution, Claim, Mention, Problem, Reading, Recipe
from dateline.model.text import Report, Span, span_at
from dateline.model.values import Figure, Filler, Loss, Place, Time

TITLE = "Rockets <hit> depot & school in Taiz"
TEXT = (
    f"{TITLE}\n\n"
    "Rockets fired from hills 12 km north of Taiz hit a school on Monday, reportedly killing 6 to 8 pupils, "
    "a doctor told Aden Post, which cited medics. Two tanks were destroyed.\n\n"
    "The army denied the attack.\n"
)
RECIPE = Recipe(package="0.1.0", codebook="c0de", models=("spacy 3.8",), settings="")


def span(words: str, text: str = TEXT) -> Span:
    """Return the span of the first occurrence of words behind the title."""
    start = text.index(words, len(TITLE) if words not in TITLE else 0)
    return span_at(text, start, start + len(words))


def filler(words: str, name: str | None = None, side: str | None = None, id: str | None = None) -> Filler:
    """Return a filler for words of the text."""
    return Filler(span=span(words), name=name, side=side, id=id)


DOCTOR = Attribution(
    source=filler("a doctor"),
    kind="unnamed",
    cue=span("told"),
    content=(
        span("Rockets fired from hills"),
        span("hit a school on Monday, reportedly killing 6 to 8 pupils"),
    ),
    direct_quote=False,
)
POST = Attribution(
    source=filler("Aden Post", name="The Aden Post"),
    kind="named_organization",
    cue=span("cited"),
    content=(span("Rockets fired from hills 12 km north of Taiz hit a school"),),
    direct_quote=True,
)
NOBODY = Attribution(source=None, kind="unnamed", cue=None, content=(), direct_quote=False)
PLACE = Place(
    span=span_at(TEXT, TEXT.index("Taiz hit"), TEXT.index("Taiz hit") + 4),
    name="Taiz",
    geonames=70225,
    id="taiz-ye",
    country="YE",
    lat=13.58,
    lon=44.02,
    radius_km=6.0,
    precision=2,
    relation="north",
    distance_km=12.0,
    relation_span=span("12 km north of"),
    kind="settlement",
)
MONDAY = Time(
    span=span("on Monday"),
    earliest=date(2017, 5, 1),
    latest=date(2017, 5, 1),
    precision="day",
    basis="relative",
)
STRIKE = Claim(
    id="a" * 16,
    type="strike.shelling",
    trigger=span("hit a school"),
    evidence=span("Rockets fired from hills 12 km north of Taiz hit a school on Monday"),
    actors=(filler("The army", name="Army", side="YE", id="ye-army"),),
    targets=(filler("school"),),
    instruments=(filler("Rockets"),),
    figures=(
        Figure(
            span=span("6 to 8"),
            measure="killed",
            low=6,
            high=8,
            of="civilians",
            of_span=span("6 to 8 pupils"),
        ),
    ),
    place=PLACE,
    time=MONDAY,
    certainty="hedged",
    hedges=(span("reportedly"),),
    attribution=(POST, DOCTOR),
    tellings=(span("killing"),),
)
LOSS = Claim(
    id="b" * 16,
    type="force.loss",
    trigger=span("destroyed"),
    evidence=span("Two tanks were destroyed"),
    country="YE",
    country_basis="context",
    losses=(Loss(span=span("Two tanks"), item="tanks", count=2, status="destroyed"),),
)
DENIAL = Claim(
    id="d" * 16,
    type="strike.other",
    trigger=span("school on Monday"),
    evidence=span("The army denied the attack"),
    polarity="negative",
    certainty="disputed",
    reality="background",
    attribution=(NOBODY,),
)
FULL = Reading(
    report=Report(
        text=TEXT,
        title=TITLE,
        published=date(2017, 5, 2),
        published_basis="given",
        publisher="Aden <Post>",
        publisher_basis="metadata",
        url="https://example.org/taiz?a=1&b=2",
        name="taiz.txt",
    ),
    recipe=RECIPE,
    claims=(STRIKE, LOSS, DENIAL),
    attributions=(DOCTOR, POST),
    mentions=(
        Mention(kind="place", span=PLACE.span, value={"name": "Taiz"}),
        Mention(kind="time", span=MONDAY.span, value={"earliest": date(2017, 5, 1), "span": MONDAY.span}),
    ),
    problems=(
        Problem(
            code="place-unknown",
            message="the hills are not in the gazetteer",
            span=span("hills"),
            field="place",
        ),
        Problem(code="place-unknown", message="the hills are not in the gazetteer"),
    ),
)


def plain(text: str, **fields: object) -> Reading:
    """Return a reading of a text in which nothing was read."""
    report = Report(text=text, **fields)  # type: ignore[arg-type]
    return Reading(report=report, recipe=RECIPE, claims=(), attributions=(), mentions=(), problems=())
