"""What any store of a record must do: a writer that only adds, and a view of what was known on a day."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from dateline.model.event import Entry
from dateline.model.reading import Certainty, Claim, Polarity, Reading, Reality
from dateline.model.review import Review
from dateline.model.text import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """How a report came into the record: the original it was taken from, where in it, when and from where.

    `original` is the SHA-256 of the file as it came, `locator` the place in it ("" for the whole, "row 17",
    "dir/page.html"), `name` what the user called it, `recorded` the time in UTC, `fetched_url` the address it was
    fetched from, if it was.
    """

    report: str
    original: str
    locator: str
    name: str
    recorded: datetime
    fetched_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the record's history; `hash` covers the step and the hash of the step before it."""

    number: int
    at: datetime
    kind: str
    subject: str
    digest: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something in a record that is not as it was written: where, and what is wrong.

    Not `grave` is what harms nothing kept, as a file that a killed process left behind.
    """

    where: str
    message: str
    grave: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which claims are wanted; what is null or empty asks for nothing.

    `types` are event types or families ("strike"). `earliest` and `latest` bound the claim's days: one day in common
    is enough. `box` is (south, west, north, east) in degrees, over the 180th meridian where west > east. `side` is
    that of the first actor. `reports` are ids.
    """

    types: tuple[str, ...] = ()
    polarity: Polarity | None = None
    reality: Reality | None = None
    certainty: Certainty | None = None
    country: str | None = None
    earliest: date | None = None
    latest: date | None = None
    box: tuple[float, float, float, float] | None = None
    side: str | None = None
    reports: tuple[str, ...] | None = None


EVERY = Filters()


class Writer(Protocol):
    """Adds to a record; nothing in it is ever changed or taken away. What `commit` has returned from is kept."""

    def keep_original(
        self, source: Path | bytes, *, name: str, media_type: str, digest: str | None = None
    ) -> str:
        """Keep a file as it came and return its SHA-256; a file already kept is not kept twice.

        With the digest told, a file already kept is not read; raises StoreError when the file has another one.
        """
        ...

    def add_reading(self, reading: Reading, custody: Custody | None = None) -> bool:
        """Add a report with its reading, or a newer reading of a known report; false if it was there already.

        The same report read with the same recipe adds nothing; a new way by which it came is noted. Raises StoreError
        when the custody names another report, or an original that was not kept.
        """
        ...

    def add_arrival(self, custody: Custody) -> bool:
        """Note how a known report came; false if it is known to have come from that place in that original."""
        ...

    def add_review(self, review: Review) -> str:
        """Add what a person decided and return its id; raises StoreError if a claim or review it names is unknown."""
        ...

    def commit(self) -> None:
        """Make everything added since the last commit lasting, or none of it."""
        ...

    def rollback(self) -> None:
        """Take back everything added since the last commit."""
        ...

    def close(self) -> None:
        """Commit and close."""
        ...


class View(Protocol):
    """What a record held at the end of a day (`as_of`, UTC; null: now); reads only, and is the same on any store."""

    as_of: date | None

    def report_ids(self) -> Iterator[str]:
        """Yield the ids of all reports in the order they came."""
        ...

    def report(self, report_id: str) -> Report:
        """Return a report; raises StoreError if there is none."""
        ...

    def has_reading(self, report_id: str, recipe: str) -> bool:
        """Whether a report was read with the recipe of this digest (`recipe_digest` of codec.py)."""
        ...

    def reading(self, report_id: str) -> Reading:
        """Return the newest reading of a report."""
        ...

    def readings(self, report_ids: Sequence[str] | None = None) -> Iterator[Reading]:
        """Yield the newest reading of each report, in the order the reports came."""
        ...

    def all_readings(self, report_id: str) -> tuple[Reading, ...]:
        """Return every reading of a report, oldest first."""
        ...

    def reports(self, report_ids: Sequence[str] | None = None) -> Iterator[Report]:
        """Yield reports in the order they came; all of them if no ids are named."""
        ...

    def claims(self, filters: Filters = EVERY) -> Iterator[tuple[Claim, str]]:
        """Yield the claims of the newest readings with the ids of their reports, in the order the reports came."""
        ...

    def entries(self, claim_ids: Sequence[str]) -> dict[str, Entry]:
        """Return claims by id, each as it was last read, with its report; unknown ids are left out.

        Also claims that the newest reading of their report lacks. `recorded` is the day on which a reading first held
        the claim. Copies, agencies, sides and reviews are not weighed here: each stands as unreviewed and its own
        original.
        """
        ...

    def report_of(self, claim_id: str) -> str | None:
        """Return the id of the report that a claim was read in, also of a claim that its newest reading lacks."""
        ...

    def custody(self, report_id: str) -> tuple[Custody, ...]:
        """Return every way by which a report came into the record."""
        ...

    def recorded(self, report_id: str) -> datetime:
        """Return when a report came into the record (UTC)."""
        ...

    def reviews(self, kinds: Collection[str] | None = None) -> tuple[Review, ...]:
        """Return all that people decided, oldest first, undone ones included; only that of some kinds if they are named."""
        ...

    def orphaned(self) -> tuple[Review, ...]:
        """Return standing reviews of claims that the newest readings no longer hold."""
        ...

    def search(self, query: str, *, limit: int = 50) -> tuple[tuple[str, str], ...]:
        """Return (report id, snippet) of the reports whose title or text match the words, best first.

        All words must be there, in any case and with or without accents; "some words" is a phrase, -word may not be
        there, word* is a beginning. No query is an error. Around the words found the snippet has `FOUND` of words.py.
        """
        ...

    def history(self, *, after: int = 0) -> Iterator[Step]:
        """Yield the steps of the history behind a number."""
        ...

    def stats(self) -> dict[str, Any]:
        """Count reports, readings, claims by type, reviews, originals, bytes, publishers, days."""
        ...

    def verify(self) -> Iterator[Fault]:
        """Yield every fault: originals that changed, quotes that do not match, a broken chain of history."""
        ...
