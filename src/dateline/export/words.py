"""Values of a claim in words for people; the terminal view and the HTML page share them."""

from functools import cache

from dateline.codebook.tables import Sources
from dateline.model.reading import Attribution, Claim
from dateline.model.values import Figure, Filler, Loss, Place, Time
from dateline.model.words import count_words as count_words
from dateline.model.words import day_words as day_words
from dateline.model.words import days_words, people_words

BASES = {
    "given": "as given",
    "metadata": "from the metadata",
    "text": "from the text",
    "as_of": "assumed from --as-of",
}
MODEL_ALONE = "the trained model alone"
REALITIES = {
    "happened": "",
    "ongoing": "going on",
    "intended": "intended, not happened",
    "threatened": "threatened, not happened",
    "hypothetical": "hypothetical, not happened",
    "background": "background",
}


def time_words(time: Time) -> str:
    """Write an interval as briefly as it is clear: "27 Feb 2022", "24–26 Feb 2022", "28 Feb – 2 Mar 2022"."""
    return days_words(time.earliest, time.latest)


def filler_words(filler: Filler) -> str:
    """Name a filler by its preferred name, or else by the report's words."""
    return filler.name or squeezed(filler.span.quote)


def figure_words(figure: Figure) -> str:
    """Write a figure as "at least 50 civilians killed"."""
    return f"{people_words(figure.low, figure.high, figure.of)} {figure.measure}"


def loss_words(loss: Loss) -> str:
    """Write a loss as "3 tanks destroyed"; without a count as "tanks destroyed"."""
    count = f"{loss.count:,} " if loss.count is not None else ""
    item = squeezed(loss.item)
    return f"{item if item[:1].isdigit() else count + item} {loss.status}"


def place_words(place: Place) -> str:
    """Write a place with its relation and country: "near Chernihiv, UA", "20 miles from Kyiv, UA"."""
    country = f", {place.country}" if place.country and place.country != place.name else ""
    return f"{_relation_words(place)}{place.name}{country}"


def where_words(claim: Claim) -> str:
    """Write a claim's place, or its country alone where no place is told, or nothing."""
    if claim.place:
        return place_words(claim.place)
    return f"{country_name(claim.country)} (from the report's context)" if claim.country else ""


@cache
def country_name(code: str) -> str:
    """Return the name of a country by its ISO code; the code itself if the codebook has none."""
    return next(
        (row["name"] for row in Sources().rows("countries.csv", ("iso", "name")) if row["iso"] == code), code
    )


def _relation_words(place: Place) -> str:
    if place.relation is None:
        return ""
    if place.distance_km is not None:
        direction = f" {place.relation}" if place.relation in ("north", "south", "east", "west") else ""
        return f"{place.distance_km:g} km{direction} {'of' if direction else 'from'} "
    if place.relation in ("outskirts", "north", "south", "east", "west"):
        return f"{place.relation} of "
    words = {"from": "away from ", "direction": "in the direction of "}
    return words.get(place.relation, f"{place.relation} ")


def extent_words(place: Place) -> str:
    """Say how precisely a place is known: "within 5 km, precision 2"; empty if nothing is known."""
    radius = f"within {place.radius_km:,.3g} km" if place.radius_km else ""
    precision = f"precision {place.precision}" if place.precision else ""
    carried = "from what was told before" if place.basis == "context" else ""
    return ", ".join(part for part in (radius, precision, carried) if part)


def source_words(attribution: Attribution) -> str:
    """Name a speaker; one that the text leaves out is "not named"."""
    return filler_words(attribution.source) if attribution.source else "not named"


def chain_words(claim: Claim) -> str:
    """Write who says a claim, outermost speaker first: "BBC › Justin Bronk"."""
    return " › ".join(source_words(attribution) for attribution in claim.attribution) or "the outlet itself"


def sure_words(claim: Claim) -> str:
    """Say how sure the claim is told: certainty, denial, and what has not happened."""
    parts: list[str] = [claim.certainty]
    if claim.polarity == "negative":
        parts.append("said not to have happened")
    if REALITIES[claim.reality]:
        parts.append(REALITIES[claim.reality])
    return ", ".join(parts)


def squeezed(words: str) -> str:
    """Put words on one line."""
    return " ".join(words.split())
