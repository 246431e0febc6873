"""Values of a claim in words for people, in a language; those of export/words are its English."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dateline.desk.language import Language, language_of
from dateline.desk.words import N_, WORDS, side_name, word
from dateline.export.words import country_name, figure_words, filler_words, loss_words, place_words, squeezed
from dateline.model.reading import Attribution, Claim
from dateline.model.values import Figure, Loss, Place

# Compass points, and relations of a place to a name that are no distance.
_POINTS: Mapping[str, str] = {
    "north": N_("north"), "south": N_("south"), "east": N_("east"), "west": N_("west"),
}  # fmt: skip
_RELATIONS: Mapping[str, str] = {
    "north": N_("north of %(place)s"), "south": N_("south of %(place)s"), "east": N_("east of %(place)s"),
    "west": N_("west of %(place)s"), "outskirts": N_("outskirts of %(place)s"), "near": N_("near %(place)s"),
    "from": N_("away from %(place)s"), "direction": N_("in the direction of %(place)s"),
    "around": N_("around %(place)s"), "between": N_("between %(place)s and another place"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is said of values, in one language."""

    language: Language

    @property
    def _english(self) -> bool:
        return self.language.code == "en"

    def said(self, words: str, **values: object) -> str:
        """Return a string of the catalogues in the language, with values in it; nothing for nothing."""
        if not words:
            return ""
        found = self.language.gettext(words)
        return found % values if values else found

    def days(self, first: date | None, last: date | None) -> str:
        """Write an interval as briefly as it is clear, "24–26 Feb 2022"; nothing for none."""
        return self.language.days(first, last)

    def count(self, low: int, high: int | None) -> str:
        """Write a count with its bounds: "6,000", "at least 50", "up to 50", "6–8"."""
        number = self.language.number
        if high is None:
            return self.said(N_("at least %(low)s"), low=number(low))
        if low == high:
            return number(low)
        return (
            self.said(N_("up to %(high)s"), high=number(high))
            if low == 0
            else f"{number(low)}–{number(high)}"
        )

    def figure(self, figure: Figure) -> str:
        """Write a figure, "at least 50 civilians killed"."""
        # Where nouns have cases, a number and what it counts stand side by side and not in one phrase.
        if self._english:
            return figure_words(figure)
        return self.said(
            N_("%(measure)s (%(of)s): %(count)s"), measure=self.said(word(figure.measure, "measure")),
            of=self.said(word(figure.of, "of")), count=self.count(figure.low, figure.high),
        )  # fmt: skip

    def loss(self, loss: Loss) -> str:
        """Write a loss, "3 tanks destroyed"; the thing stands in the report's words."""
        if self._english:
            return loss_words(loss)
        item = squeezed(loss.item)
        if loss.count is not None and not item[:1].isdigit():
            item = f"{self.language.number(loss.count)} {item}"
        return f"{item}: {self.said(word(loss.status, 'measure'))}"

    def place(self, place: Place) -> str:
        """Write a place with its relation and country: "near Chernihiv, UA", "32 km from Kyiv, UA"."""
        if self._english:
            return place_words(place)
        country = f", {place.country}" if place.country and place.country != place.name else ""
        name = f"{place.name}{country}"
        if place.relation is None:
            return name
        if place.distance_km is None:
            return self.said(_RELATIONS[place.relation], place=name) if place.relation in _RELATIONS else name
        km = self.language.number(float(f"{place.distance_km:g}"))
        if place.relation in _POINTS:
            point = self.said(_POINTS[place.relation])
            return self.said(N_("%(km)s km %(point)s of %(place)s"), km=km, point=point, place=name)
        return self.said(N_("%(km)s km from %(place)s"), km=km, place=name)

    def extent(self, place: Place) -> str:
        """Say how precisely a place is known: "within 5 km, precision 2"; empty if nothing is known."""
        parts = []
        if place.radius_km:
            parts.append(
                self.said(N_("within %(km)s km"), km=self.language.number(float(f"{place.radius_km:.3g}")))
            )
        if place.precision:
            parts.append(self.said(N_("precision %(num)s"), num=place.precision))
        if place.basis == "context":
            parts.append(self.said(N_("from what was told before")))
        return ", ".join(parts)

    def where(self, claim: Claim) -> str:
        """Write a claim's place, or its country alone where no place is told, or nothing."""
        if claim.place:
            return self.place(claim.place)
        if not claim.country:
            return ""
        return self.said(N_("%(country)s (from the report's context)"), country=self.country(claim.country))

    def country(self, code: str | None) -> str:
        """Return the name of a country by its ISO code; the code itself if nobody names it."""
        if not code:
            return ""
        if self._english:
            return country_name(code)
        return str(self.language.locale.territories.get(code) or country_name(code))

    def side(self, side: str) -> str:
        """Return the name of a side: of a country in the language, else as the codebook has it."""
        if not self._english and len(side) == 2 and side.isupper():
            return self.country(side)
        return self.said(word(side, "side")) if side in WORDS["side"] else side_name(side)

    def in_english(self, side: str) -> bool:
        """Whether `side` names it in English though the language is another: only the codebook has its name."""
        return not self._english and side not in WORDS["side"] and not (len(side) == 2 and side.isupper())

    def inhabitants(self, number: int) -> str:
        """Write how many live in a place, "1,000 people"."""
        words = self.language.ngettext("%(num)s person", "%(num)s people", number)
        return words % {"num": self.language.number(number)}

    def source(self, attribution: Attribution) -> str:
        """Name a speaker; one that the text leaves out is "not named"."""
        return filler_words(attribution.source) if attribution.source else self.said(N_("not named"))

    def chain(self, claim: Claim) -> str:
        """Write who says a claim, outermost speaker first: "BBC › Justin Bronk"."""
        return " › ".join(map(self.source, claim.attribution)) or self.said(N_("the outlet itself"))

    def sure(self, claim: Claim) -> str:
        """Say how surely a claim is told: certainty, denial, and what has not happened."""
        parts = [word(claim.certainty, "certainty")]
        if claim.polarity == "negative":
            parts.append(word("negative", "polarity"))
        if claim.reality != "happened":
            parts.append(word(claim.reality, "reality"))
        return ", ".join(map(self.said, parts))

    def size(self, size: int) -> str:
        """Write a size in bytes, "20 MB"."""
        for unit, words in (
            (1_000_000_000, N_("%(num)s GB")),
            (1_000_000, N_("%(num)s MB")),
            (1_000, N_("%(num)s kB")),
        ):
            if size >= unit:
                return self.said(words, num=self.language.number(float(f"{size / unit:.3g}")))
        return self.said(N_("%(num)s bytes"), num=self.language.number(size))


ENGLISH = Phrases(language_of("en"))
