"""A record in memory: the same as any store, for tests and for one-off runs; gone with the process."""

import copy
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from dateline.errors import StoreError
from dateline.model.event import Entry
from dateline.model.reading import Claim, Reading, Recipe
from dateline.model.review import Review, standing
from dateline.model.text import Report
from dateline.store import rows
from dateline.store.base import EVERY, Custody, Fault, Filters, Step
from dateline.store.chain import START, content_digest, next_step, step_hash, written
from dateline.store.codec import pack, recipe_digest, recipe_text
from dateline.store.words import FOUND, sought

_WORD = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class Kept:
    """All that a record holds: what was added, by the number of its step in the history."""

    history: list[Step] = field(default_factory=list)
    originals: dict[int, tuple[str, str, str, bytes]] = field(default_factory=dict)
    reports: dict[int, Report] = field(default_factory=dict)
    arrivals: dict[int, Custody] = field(default_factory=dict)
    recipes: dict[int, Recipe] = field(default_factory=dict)
    readings: dict[int, Reading] = field(default_factory=dict)
    reviews: dict[int, Review] = field(default_factory=dict)


@dataclass(slots=True)
class MemoryRecord:
    """A record in memory; what its writer commits, its views see."""

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    kept: Kept = field(default_factory=Kept)

    def __post_init__(self) -> None:
        if not self.kept.history:
            with self.writer() as writer:
                writer.add("record", "memory", {})

    def writer(self) -> "MemoryWriter":
        """Return what adds to the record."""
        return MemoryWriter(self, _copied(self.kept))

    def view(self, as_of: date | None = None) -> "MemoryView":
        """Return what the record held at the end of a day (UTC), or holds now."""
        return MemoryView(self, as_of)


def _copied(kept: Kept) -> Kept:
    return Kept(*(copy.copy(getattr(kept, name)) for name in Kept.__slots__))


@dataclass(slots=True)
class MemoryWriter:
    """Adds to a record in memory; a commit puts the writer's copy in its place."""

    record: MemoryRecord
    kept: Kept

    def add(self, kind: str, subject: str, value: Any) -> int:
        """Add a step to the history and return its number."""
        last = self.kept.history[-1] if self.kept.history else None
        at, digest = self.record.clock(), content_digest(value)
        self.kept.history.append(next_step(last, at=at, kind=kind, subject=subject, digest=digest))
        return self.kept.history[-1].number

    def keep_original(
        self, source: Path | bytes, *, name: str, media_type: str, digest: str | None = None
    ) -> str:
        """Keep a file as it came and return its SHA-256; a file already kept is not kept twice."""
        data = source if isinstance(source, bytes) else source.read_bytes()
        own = hashlib.sha256(data).hexdigest()
        if digest is not None and own != digest:
            raise StoreError(f"{name}: was changed while it was being read; add it again")
        if all(own != kept[0] for kept in self.kept.originals.values()):
            step = self.add("original", own, rows.original_value(own, name, media_type, len(data)))
            self.kept.originals[step] = (own, name, media_type, data)
        return own

    def add_reading(self, reading: Reading, custody: Custody | None = None) -> bool:
        """Add a report with its reading, or a newer reading of a known report; false if it was there already."""
        report = reading.report.id
        if custody is not None:
            if custody.report != report:
                raise StoreError(f"the custody of report {custody.report} was given with report {report}")
            self._check_original(custody)
        if all(report != known.id for known in self.kept.reports.values()):
            self.kept.reports[self.add("report", report, rows.report_value(report, reading.report))] = (
                reading.report
            )
        if custody is not None:
            self.add_arrival(custody)
        recipe = recipe_digest(reading.recipe)
        if any(
            known.report.id == report and recipe_digest(known.recipe) == recipe
            for known in self.kept.readings.values()
        ):
            return False
        if reading.recipe not in self.kept.recipes.values():
            step = self.add("recipe", recipe, rows.recipe_value(recipe_text(reading.recipe)))
            self.kept.recipes[step] = reading.recipe
        value = rows.reading_value(report, recipe, pack(reading).digest)
        self.kept.readings[self.add("reading", report, value)] = reading
        return True

    def add_arrival(self, custody: Custody) -> bool:
        """Note how a known report came; false if it is known to have come from that place in that original."""
        if all(custody.report != known.id for known in self.kept.reports.values()):
            raise StoreError(f"there is no report {custody.report} in the record; add its reading first")
        self._check_original(custody)
        if any(_way(known) == _way(custody) for known in self.kept.arrivals.values()):
            return False
        self.kept.arrivals[self.add("arrival", custody.report, rows.custody_value(custody))] = custody
        return True

    def add_review(self, review: Review) -> str:
        """Add what a person decided and return its id; raises StoreError if a claim or review it names is unknown."""
        claims = {claim.id for reading in self.kept.readings.values() for claim in reading.claims}
        for claim in (*review.claims, *review.others):
            if claim not in claims:
                raise StoreError(
                    f"there is no claim {claim} in the record, so nothing can be decided about it"
                )
        known = {known.id for known in self.kept.reviews.values()}
        if review.undoes is not None and review.undoes not in known:
            raise StoreError(f"there is no review {review.undoes} in the record, so it cannot be taken back")
        if review.id not in known:
            self.kept.reviews[self.add("review", review.id, rows.review_value(review))] = review
        return review.id

    def commit(self) -> None:
        """Make everything added since the last commit lasting."""
        self.record.kept = _copied(self.kept)

    def rollback(self) -> None:
        """Take back everything added since the last commit."""
        self.kept = _copied(self.record.kept)

    def close(self) -> None:
        """Commit and close."""
        self.commit()

    def __enter__(self) -> "MemoryWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.rollback()
        self.close()

    def _check_original(self, custody: Custody) -> None:
        if all(custody.original != kept[0] for kept in self.kept.originals.values()):
            raise StoreError(
                f"there is no original {custody.original} in the record; keep it before its reports"
            )


def _way(custody: Custody) -> tuple[str, str, str, str | None]:
    return custody.report, custody.original, custody.locator, custody.fetched_url


@dataclass(slots=True)
class MemoryView:
    """What a record in memory held at the end of a day (UTC), or holds now."""

    record: MemoryRecord
    as_of: date | None = None

    def report_ids(self) -> Iterator[str]:
        """Yield the ids of all reports in the order they came."""
        yield from (report.id for report in self.reports())

    def report(self, report_id: str) -> Report:
        """Return a report; raises StoreError if there is none."""
        for report in self.reports([report_id]):
            return report
        raise StoreError(f"there is no report {report_id} in the record; search or list the reports")

    def reports(self, report_ids: Sequence[str] | None = None) -> Iterator[Report]:
        """Yield reports in the order they came; all of them if no ids are named."""
        found = self._seen(self.record.kept.reports).values()
        yield from (report for report in found if report_ids is None or report.id in report_ids)

    def has_reading(self, report_id: str, recipe: str) -> bool:
        """Whether a report was read with the recipe of this digest."""
        found = self._seen(self.record.kept.readings).values()
        return any(known.report.id == report_id and recipe_digest(known.recipe) == recipe for known in found)

    def reading(self, report_id: str) -> Reading:
        """Return the newest reading of a report."""
        return self.all_readings(report_id)[-1]

    def readings(self, report_ids: Sequence[str] | None = None) -> Iterator[Reading]:
        """Yield the newest reading of each report, in the order the reports came."""
        newest = {reading.report.id: reading for reading in self._seen(self.record.kept.readings).values()}
        yield from (newest[report.id] for report in self.reports(report_ids))

    def all_readings(self, report_id: str) -> tuple[Reading, ...]:
        """Return every reading of a report, oldest first."""
        self.report(report_id)
        found = self._seen(self.record.kept.readings).values()
        return tuple(reading for reading in found if reading.report.id == report_id)

    def claims(self, filters: Filters = EVERY) -> Iterator[tuple[Claim, str]]:
        """Yield the claims of the newest readings with the ids of their reports, in the order the reports came."""
        for reading in self.readings(filters.reports):
            yield from ((claim, reading.report.id) for claim in reading.claims if wanted(claim, filters))

    def entries(self, claim_ids: Sequence[str]) -> dict[str, Entry]:
        """Return claims by id, each as it was last read, with its report; unknown ids are left out."""
        entries: dict[str, Entry] = {}
        first: dict[str, date] = {}
        for step, reading in self._seen(self.record.kept.readings).items():
            for claim in reading.claims:
                day = first.setdefault(claim.id, self.record.kept.history[step - 1].at.date())
                report = self.report(reading.report.id)
                entries[claim.id] = Entry(claim=claim, report=report, recorded=day, copy_of=report.id)
        return {claim_id: entries[claim_id] for claim_id in claim_ids if claim_id in entries}

    def report_of(self, claim_id: str) -> str | None:
        """Return the id of the report that a claim was read in, also of a claim that its newest reading lacks."""
        entry = self.entries([claim_id]).get(claim_id)
        return entry.report.id if entry else None

    def custody(self, report_id: str) -> tuple[Custody, ...]:
        """Return every way by which a report came into the record."""
        self.report(report_id)
        found = self._seen(self.record.kept.arrivals).values()
        return tuple(custody for custody in found if custody.report == report_id)

    def recorded(self, report_id: str) -> datetime:
        """Return when a report came into the record (UTC)."""
        self.report(report_id)
        return next(step.at for step in self.history() if (step.kind, step.subject) == ("report", report_id))

    def reviews(self, kinds: Collection[str] | None = None) -> tuple[Review, ...]:
        """Return all that people decided, oldest first, undone ones included; only that of some kinds if they are named."""
        kept = self._seen(self.record.kept.reviews).values()
        return tuple(review for review in kept if kinds is None or review.kind in kinds)

    def orphaned(self) -> tuple[Review, ...]:
        """Return standing reviews of claims that the newest readings no longer hold."""
        held = {claim.id for claim, _ in self.claims()}
        return tuple(
            review for review in standing(self.reviews()) if not {*review.claims, *review.others} <= held
        )

    def search(self, query: str, *, limit: int = 50) -> tuple[tuple[str, str], ...]:
        """Return (report id, snippet) of the reports whose title or text match the words, most words first."""
        asked = sought(query)
        found: list[tuple[int, str, str]] = []
        for report in self.reports() if asked.wanted or asked.unwanted else ():
            fields = [_folded(report.title or ""), _folded(report.text)]
            if any(_count(part, fields) for part in asked.unwanted):
                continue
            counts = [_count(part, fields) for part in asked.wanted]
            if all(counts):
                found.append((-sum(counts), report.id, _snippet(report, asked.wanted)))
        found.sort(key=lambda one: one[0])
        return tuple((report, snippet) for _, report, snippet in found[:limit])

    def history(self, *, after: int = 0) -> Iterator[Step]:
        """Yield the steps of the history behind a number."""
        yield from self._steps()[after:]

    def stats(self) -> dict[str, Any]:
        """Count reports, readings, claims by type, reviews, originals, bytes, publishers, days."""
        kept, reports, steps = self.record.kept, list(self.reports()), self._steps()
        types = Counter(claim.type for claim, _ in self.claims())
        originals = self._seen(kept.originals)
        days = sorted(report.published.isoformat() for report in reports if report.published)
        publishers = Counter(report.publisher for report in reports if report.publisher)
        return {
            "reports": len(reports),
            "readings": len(self._seen(kept.readings)),
            "arrivals": len(self._seen(kept.arrivals)),
            "originals": len(originals),
            "reviews": len(self._seen(kept.reviews)),
            "recipes": len(self._seen(kept.recipes)),
            "claims": sum(types.values()),
            "claims_by_type": dict(types.most_common()),
            "original_bytes": sum(len(original[3]) for original in originals.values()),
            "database_bytes": 0,
            "publishers": dict(publishers.most_common()),
            "without_date": len(reports) - len(days),
            "first_published": days[0] if days else None,
            "last_published": days[-1] if days else None,
            "steps": len(steps),
            "last_added": written(steps[-1].at) if steps else None,
            "head": steps[-1].hash if steps else None,
        }

    def verify(self) -> Iterator[Fault]:
        """Yield every fault of the history and of the originals."""
        previous = START
        for step in self.record.kept.history:
            values = (step.number, written(step.at), step.kind, step.subject, step.digest, previous)
            if step.previous != previous or step.hash != step_hash(*values):
                yield Fault(
                    where=f"history, step {step.number}", message="its hash is not that of what it says"
                )
            previous = step.hash
        for digest, name, _, data in self.record.kept.originals.values():
            if hashlib.sha256(data).hexdigest() != digest:
                yield Fault(where=f"original {digest} ({name})", message="its content is no longer what came")

    def close(self) -> None:
        """Close the view."""

    def __enter__(self) -> "MemoryView":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _steps(self) -> list[Step]:
        steps = self.record.kept.history
        return [step for step in steps if self.as_of is None or step.at.astimezone(UTC).date() <= self.as_of]

    def _seen(self, added: dict[int, Any]) -> dict[int, Any]:
        last = len(self._steps())
        return {step: value for step, value in added.items() if step <= last}


def wanted(claim: Claim, filters: Filters) -> bool:
    """Whether a claim passes filters, but for that of reports."""
    for name in ("polarity", "reality", "certainty", "country"):
        if getattr(filters, name) not in (None, getattr(claim, name)):
            return False
    if filters.side is not None and (not claim.actors or claim.actors[0].side != filters.side):
        return False
    if filters.types and not any(claim.type == t or claim.type.startswith(f"{t}.") for t in filters.types):
        return False
    if filters.earliest is not None and (claim.time is None or claim.time.latest < filters.earliest):
        return False
    if filters.latest is not None and (claim.time is None or claim.time.earliest > filters.latest):
        return False
    return filters.box is None or _inside(claim, filters.box)


def _inside(claim: Claim, box: tuple[float, float, float, float]) -> bool:
    if claim.place is None or claim.place.lat is None or claim.place.lon is None:
        return False
    south, west, north, east = box
    lat, lon = claim.place.lat, claim.place.lon
    beside = west <= lon <= east if west <= east else lon >= west or lon <= east
    return south <= lat <= north and beside


def _folded(text: str) -> list[str]:
    """Return the words of a text without case and accents."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return [word.lower() for word in _WORD.findall(plain)]


def _count(part: str, fields: list[list[str]]) -> int:
    """Count where a word, a phrase or a beginning stands."""
    words, open_end = _folded(part), part.endswith("*")
    size = len(words)
    return sum(
        field[at : at + size - 1] == words[:-1]
        and (field[at + size - 1].startswith(words[-1]) if open_end else field[at + size - 1] == words[-1])
        for field in fields
        for at in range(len(field) - size + 1)
    )


def _snippet(report: Report, parts: tuple[str, ...]) -> str:
    for found in _WORD.finditer(report.text):
        if any(_folded(found.group()) == _folded(part)[:1] for part in parts):
            start, end = max(0, found.start() - 60), found.end() + 60
            before, behind = report.text[start : found.start()], report.text[found.end() : end]
            return f"{before}{FOUND[0]}{found.group()}{FOUND[1]}{behind}"
    return report.text[:120]
