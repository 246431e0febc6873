"""Made readings, custody and reviews for the tests of stores, and a clock that they set."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol

from dateline.model.reading import Claim, Mention, Problem, Reading, Recipe
from dateline.model.review import Review
from dateline.model.text import Report, span_at
from dateline.store.base import Custody

OLD = Recipe(package="0.1", codebook="c1", models=("spacy 3.8",), settings="")
NEW = Recipe(package="0.2", codebook="c2", models=("spacy 3.8",), settings="")
FIRST = datetime(2024, 3, 1, 9, 30, tzinfo=UTC)
HALF = "\ud83d"


class Record(Protocol):
    """What makes writers and views."""

    def writer(self) -> Any: ...
    def view(self, as_of: date | None = None) -> Any: ...


@dataclass(slots=True)
class Clock:
    """A clock that the tests set."""

    now: datetime = FIRST

    def __call__(self) -> datetime:
        return self.now


def claim(report: Report, words: str, **fields: Any) -> Claim:
    """Return a claim whose trigger is the first occurrence of words."""
    start = report.text.index(words)
    span = span_at(report.text, start, start + len(words))
    told: dict[str, Any] = {"type": "strike.shelling", "trigger": span, "evidence": span, **fields}
    return Claim(**{"id": f"{report.id[:8]}{start:08x}", **told})


def reading(text: str, *words: str, recipe: Recipe = OLD, title: str | None = None, **fields: Any) -> Reading:
    """Return a reading of a report with a claim for each of some words, alike but for the trigger."""
    report = Report(text=text, title=title, published=date(2024, 2, 27), published_basis="given")
    claims = tuple(claim(report, word, **fields) for word in words)
    mentions = (
        Mention(kind="actor", span=span_at(text, 0, 1), value={"side": None, "parts": [1, 2.5, "ж"]}),
    )
    problems = (Problem(code="odd", message="something", span=span_at(text, 0, 1), field="place"),)
    return Reading(
        report=report, recipe=recipe, claims=claims, attributions=(), mentions=mentions, problems=problems
    )


def custody(of: Reading, original: str, locator: str = "", **fields: Any) -> Custody:
    """Return the custody of a report."""
    told: dict[str, Any] = {"name": "news.zip", "recorded": FIRST, **fields}
    return Custody(report=of.report.id, original=original, locator=locator, **told)


def review(claim_id: str, kind: Any = "accept", who: str = "ana", **fields: Any) -> Review:
    """Return a decision about a claim."""
    return Review(at=FIRST, who=who, kind=kind, claims=(claim_id,), **fields)


ALEPPO = reading("Shells hit the market in Aleppo.", "hit", title="Aleppo shelled")
IDLIB = reading("Jets bombed Idlib; rockets struck Hama.", "bombed", "struck", type="strike.air")
CAFE = reading("A café in Kraków was raided, naïve witnesses said.", "raided", type="civilians.abduction")
