"""Choose the day of an incident's date slot among the times that a message tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.quality.muc4_evidence import Features
from benchmarks.quality.muc4_incidents import RECENT, Incident
from benchmarks.quality.muc4_model import Models
from benchmarks.quality.muc4_scene import Scene
from benchmarks.quality.muc4_settings import day_words
from dateline.model.reading import Mention

LEAST = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time that a message tells: its days, both included, and its mention."""

    earliest: date
    latest: date
    mention: Mention

    @property
    def words(self) -> str:
        """The date slot of this time."""
        # A night is dated by the day that it begins on.
        if self.earliest == self.latest or self.mention.value.get("precision") == "part_of_day":
            return day_words(self.earliest)
        return f"{day_words(self.earliest)} - {day_words(self.latest)}"


def times_of(scene: Scene) -> list[When]:
    """Return the times told that may be an incident's: of the two months before the report."""
    published = scene.reading.report.published
    found = []
    for mention in scene.reading.mentions:
        if mention.kind != "time" or not mention.value.get("earliest"):
            continue
        first, last = (_day(mention.value[name]) for name in ("earliest", "latest"))
        if first is None or last is None or (last - first).days > 45:
            continue
        if published is None or (published - RECENT <= last and first <= published + timedelta(days=2)):
            found.append(When(earliest=first, latest=last, mention=mention))
    return found


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    return date.fromisoformat(value[:10]) if isinstance(value, str) else None


def time_features(scene: Scene, incident: Incident, when: When, times: Sequence[When]) -> Features:
    """Return what speaks for an incident's having happened at a time."""
    span, value = when.mention.span, when.mention.value
    published = scene.reading.report.published
    days = (published - when.latest).days if published is not None else -9
    words = span.quote.lower().split()
    names = {f"ago={min(days, 9)}", f"precision={value.get('precision')}", f"basis={value.get('basis')}"}
    names.add(f"days={min(5, (when.latest - when.earliest).days)}")
    names.update(f"word={word}" for word in words if word.isalpha())
    apart, within, own = 10_000, False, False
    for claim in incident.claims:
        if claim.time is not None:
            if claim.time.span.start < span.end and span.start < claim.time.span.end:
                own = True
                names.add("of first claim" if claim is incident.claims[0] else "of claim")
            elif (claim.time.earliest, claim.time.latest) == (when.earliest, when.latest):
                names.add("same as claim")
            else:
                names.add("claim of other time")
        within = within or claim.evidence.start <= span.start < claim.evidence.end
        apart = min(apart, abs(claim.trigger.start - span.start))
    names.add(f"own={own}|{min(days, 3)}")
    names.add(f"within={within}")
    names.add(f"apart={next(step for step in (40, 80, 160, 320, 640, 1500, 10_000) if apart <= step)}")
    names.add(f"opens={span.start < 60}")
    names.add(f"many={min(5, len(times))}")
    nearest = min(
        times,
        key=lambda one: min(abs(one.mention.span.start - claim.trigger.start) for claim in incident.claims),
    )
    names.add(f"nearest={nearest is when}")
    names.add(f"kind={incident.kind}")
    return {**dict.fromkeys(names, 1.0), "bias": 1.0}


def date_told(scene: Scene, incident: Incident, models: Models) -> str:
    """Return the date slot: the likeliest time told, else the default, any day up to the report's."""
    times = times_of(scene)
    scored = [
        (models["time"].odds(time_features(scene, incident, when, times))["time"], when) for when in times
    ]
    best = max(scored, key=lambda one: one[0], default=None)
    if best is not None and best[0] > LEAST:
        return best[1].words
    published = scene.reading.report.published
    return f"- {day_words(published)}" if published is not None else ""
