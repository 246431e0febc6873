"""Fill the dates and locations of MUC-4 templates by rule."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from benchmarks.quality.muc4_incidents import country_of
from benchmarks.quality.muc4_keys import MONTHS
from benchmarks.quality.muc4_phrases import tables
from dateline.codebook.places import place_books
from dateline.model.reading import Claim
from dateline.model.values import Place

_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)


def day_words(day: date) -> str:
    """Return a day as "04 FEB 90"."""
    return f"{day.day:02} {MONTHS[day.month - 1]} {day.year % 100:02}"


def date_of(claims: Sequence[Claim], published: date | None) -> str:
    """Return the date slot: the first told time; a weekday's or no told time is the default up to the report's day."""
    times = [claim.time for claim in claims if claim.time is not None]
    if not times or (published is not None and _WEEKDAY.search(times[0].span.quote)):
        return f"- {day_words(published)}" if published is not None else ""
    time = min(times, key=lambda time: (time.latest - time.earliest).days)
    if time.earliest == time.latest or time.precision == "part_of_day":
        # A night is dated by the day that it begins on.
        return day_words(time.earliest)
    return f"{day_words(time.earliest)} - {day_words(time.latest)}"


def location_of(claims: Sequence[Claim], land: str | None) -> str:
    """Return the location slot: the country, and the narrowest place that is stated."""
    countries = tables()["countries"]
    iso = next((country for claim in claims if (country := country_of(claim, land))), None)
    country = countries.get(iso or "", ("",))[0] or country_name(iso)
    places = [claim.place for claim in claims if claim.place is not None and claim.place.basis == "stated"]
    places = [place for place in places if place.kind != "country" and place.country in (iso, None)]
    if not places:
        return country
    place = min(places, key=lambda place: place.precision or 9)
    return f"{country}: {plain(place_words(place))} ({_kind_words(place, iso)})"


def plain(words: str) -> str:
    """Return words in capitals without accents."""
    marks = unicodedata.normalize("NFKD", words.upper())
    return "".join(mark for mark in marks if not unicodedata.combining(mark))


def place_words(place: Place) -> str:
    """Return a place's name in the report's words, without the word of its kind."""
    quote = " ".join(place.span.quote.split())
    return re.sub(
        r"\s+(?:department|province|municipality|region|neighborhood|city|airport)$", "", quote, flags=re.I
    )


def _kind_words(place: Place, iso: str | None) -> str:
    if place.kind == "admin1":
        return tables()["divisions"].get(iso or "", ("DEPARTMENT",))[0]
    return {"admin2": "MUNICIPALITY", "district": "NEIGHBORHOOD"}.get(place.kind or "", "CITY")


def country_name(iso: str | None) -> str:
    """Return a country's name as MUC-4 writes it; "" for none."""
    entry = place_books().countries.get(iso or "")
    return plain(entry.name) if entry is not None else ""
