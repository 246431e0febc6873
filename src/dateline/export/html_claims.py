"""The claims in the HTML page: one card each, every value beside the report's own words."""

from dateline.export.html_element import Markup, element, joined
from dateline.export.html_text import shown
from dateline.export.words import (
    MODEL_ALONE,
    REALITIES,
    extent_words,
    figure_words,
    filler_words,
    loss_words,
    place_words,
    source_words,
    squeezed,
    time_words,
    where_words,
)
from dateline.model.reading import Attribution, Claim, Reading
from dateline.model.text import Span
from dateline.model.values import Filler


def claims_of(reading: Reading, prefix: str) -> Markup:
    """Return the list of a reading's claims, or a sentence that there are none."""
    if not reading.claims:
        return element("p", "No claims were read in this report.", class_="none")
    return element(
        "ol", *(_card(claim, n, prefix) for n, claim in enumerate(reading.claims, 1)), class_="claims"
    )


def _card(claim: Claim, number: int, prefix: str) -> Markup:
    link = element(
        "a",
        element("span", str(number), class_="number"),
        " ",
        element("span", shown(claim.type), class_="type"),
        href=f"#{prefix}t{number}",
        class_="to-text",
    )
    heading = element("h4", link, " ", *_chips(claim))
    return element(
        "li",
        heading,
        element("dl", *_rows(claim)),
        id=f"{prefix}c{number}",
        class_="card",
        data_c=str(number),
    )


def _chips(claim: Claim) -> list[Markup]:
    """Return how sure the claim is told, as words in small frames."""
    chips = [element("span", claim.certainty, class_=f"chip {claim.certainty}")]
    if claim.polarity == "negative":
        chips.append(element("span", "said not to have happened", class_="chip denied"))
    if REALITIES[claim.reality]:
        chips.append(element("span", REALITIES[claim.reality], class_=f"chip {claim.reality}"))
    spaced: list[Markup] = []
    for chip in chips:
        spaced.extend((chip, Markup(" ")))
    return spaced


def _rows(claim: Claim) -> list[Markup]:
    rows = [
        *_fillers("Who", claim.actors),
        *_fillers("Whom", claim.targets),
        *_fillers("By what", claim.instruments),
    ]
    if claim.figures:
        rows.append(
            _row("Toll", [_value(figure_words(figure), figure.span, "figure") for figure in claim.figures])
        )
    if claim.losses:
        rows.append(_row("Losses", [_value(loss_words(loss), loss.span, "loss") for loss in claim.losses]))
    if claim.place:
        extent = element("span", f" {extent_words(claim.place)}", class_="extent")
        rows.append(
            _row("Where", [joined([_value(place_words(claim.place), claim.place.span, "place"), extent])])
        )
    elif claim.country:
        rows.append(_row("Where", [element("span", where_words(claim), class_="extent")]))
    if claim.time:
        extent = element(
            "span", f" {claim.time.basis}, to the {claim.time.precision.replace('_', ' ')}", class_="extent"
        )
        rows.append(_row("When", [joined([_value(time_words(claim.time), claim.time.span, "time"), extent])]))
    rows.append(_row("Says who", [_said(attribution) for attribution in claim.attribution] or [_own_voice()]))
    if claim.hedges:
        rows.append(
            _row(
                "Hedged by", [element("q", shown(squeezed(h.quote)), class_="v-hedge") for h in claim.hedges]
            )
        )
    if claim.by == ("model",):
        rows.append(_row("Read by", [element("span", MODEL_ALONE, class_="extent")]))
    return rows


def _fillers(name: str, fillers: tuple[Filler, ...]) -> list[Markup]:
    """Return the row of a role, each name once, or nothing where nobody fills it."""
    first: dict[str, Filler] = {}
    for filler in fillers:
        first.setdefault(filler_words(filler).casefold(), filler)
    values = [_value(filler_words(filler), filler.span, "actor") for filler in first.values()]
    return [_row(name, values)] if values else []


def _row(name: str, values: list[Markup]) -> Markup:
    return joined([element("dt", name), *(element("dd", value) for value in values)])


def _value(words: str, span: Span, kind: str) -> Markup:
    """Return a value, and the report's words where they differ from it."""
    value = element("span", shown(words), class_=f"v-{kind}")
    quote = squeezed(span.quote)
    if quote.casefold() in (words.casefold(), words.casefold().rpartition(", ")[0]):
        return value
    return joined([value, Markup(" "), element("q", shown(quote))])


def _said(attribution: Attribution) -> Markup:
    source = element("span", shown(source_words(attribution)), class_="v-source")
    cue = element("q", shown(squeezed(attribution.cue.quote)), class_="v-cue") if attribution.cue else None
    direct = element("span", " in quote marks", class_="extent") if attribution.direct_quote else None
    return joined([source, *([Markup(" "), cue] if cue else []), *([direct] if direct else [])])


def _own_voice() -> Markup:
    return element("span", "the outlet, in its own voice", class_="extent")
