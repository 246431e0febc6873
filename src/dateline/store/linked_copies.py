"""The copies among a record's reports as kept in its database: distinct texts, their fingerprints, who copies whom."""

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from dateline.linking.sketch import Sketch


@dataclass(frozen=True, slots=True)
class LinkedCopies:
    """Reads and writes what is known of copies; texts and reports are steps of the history."""

    connection: sqlite3.Connection

    def text_with(self, words: bytes) -> int | None:
        """Return the first report that has just these words, by their digest."""
        row = self.connection.execute("SELECT report FROM derived_texts WHERE words = ?", (words,)).fetchone()
        return int(row[0]) if row else None

    def add_text(self, words: bytes, report: int, prints: Collection[int]) -> None:
        """Add a distinct text, by the first report that has it, with its fingerprints."""
        self.connection.execute("INSERT INTO derived_texts VALUES (?, ?, ?)", (words, report, len(prints)))
        self.connection.executemany(
            "INSERT OR IGNORE INTO derived_prints VALUES (?, ?)", ((value, report) for value in prints)
        )

    def add_sketch(self, report: int, sketch: Sketch) -> None:
        """Keep the sketch of a text."""
        self.connection.execute(
            "INSERT OR REPLACE INTO derived_sketches VALUES (?, ?, ?, ?, ?, ?)",
            (
                report,
                sketch.words,
                sketch.shingles,
                sketch.least,
                sketch.body.tobytes(),
                sketch.whole.tobytes(),
            ),
        )

    def sketches(self, texts: Collection[int]) -> dict[int, Sketch]:
        """Return the sketches of those of these texts that have one."""
        query = (
            "SELECT report, words, shingles, least, body, whole FROM json_each(?) AS j "
            "CROSS JOIN derived_sketches ON report = j.value"
        )
        return {
            report: Sketch(
                words=words,
                shingles=shingles,
                least=least,
                body=np.frombuffer(body, np.uint16),
                whole=np.frombuffer(whole, np.uint16),
            )
            for report, words, shingles, least, body, whole in self.connection.execute(
                query, (json.dumps(list(texts)),)
            )
        }

    def add_report(self, report: int, text: int) -> None:
        """Note which text a report has; it copies nothing until that is found."""
        self.connection.execute(
            "INSERT OR REPLACE INTO derived_copies VALUES (?, ?, ?)", (report, text, report)
        )

    def sharing(self, text: int, prints: Collection[int], share: float, most: int) -> list[int]:
        """Return the other texts that share fingerprints with a text: this share of the fewer of the two texts.

        Fingerprints that more than `most` texts have are passed over.
        """
        query = """
            WITH telling AS MATERIALIZED (
              SELECT value AS print FROM json_each(:prints) AS j
              WHERE (SELECT count(*) FROM (SELECT 1 FROM derived_prints WHERE print = j.value LIMIT :over)) < :over),
            size AS MATERIALIZED (SELECT count(*) AS size FROM telling),
            shared AS (
              SELECT p.report, count(*) AS shared FROM telling AS w CROSS JOIN derived_prints AS p ON p.print = w.print
              WHERE p.report <> :text GROUP BY p.report)
            SELECT s.report FROM shared AS s CROSS JOIN size CROSS JOIN derived_texts AS t ON t.report = s.report
            WHERE s.shared >= :least / size * min(size, t.prints)"""
        values = {
            "text": text,
            "prints": json.dumps(list(prints)),
            "least": share * len(prints),
            "over": most + 1,
        }
        return [row[0] for row in self.connection.execute(query, values)]

    def count(self, value: int, most: int) -> int:
        """Count the texts with a fingerprint, up to `most`."""
        query = "SELECT count(*) FROM (SELECT 1 FROM derived_prints WHERE print = ? LIMIT ?)"
        return int(self.connection.execute(query, (value, most)).fetchone()[0])

    def day(self, report: int) -> str | None:
        """Return the day of publication of a report, null if it is not known."""
        row = self.connection.execute("SELECT published FROM reports WHERE step = ?", (report,)).fetchone()
        return row[0] if row else None

    def words(self, report: int) -> str:
        """Return the text of a report."""
        return str(
            self.connection.execute("SELECT text FROM reports WHERE step = ?", (report,)).fetchone()[0]
        )

    def add_alike(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Keep pairs of texts that are copies (lower, higher)."""
        self.connection.executemany("INSERT OR IGNORE INTO derived_alike VALUES (?, ?)", pairs)

    def alike_around(self, texts: Collection[int]) -> set[tuple[int, int]]:
        """Return the pairs of copies in the connected parts that hold these texts."""
        found: set[tuple[int, int]] = set()
        seen: set[int] = set()
        edge = set(texts)
        while edge:
            seen |= edge
            query = (
                "SELECT low, high FROM json_each(:texts) AS j CROSS JOIN derived_alike ON low = j.value UNION "
                "SELECT low, high FROM json_each(:texts) AS j CROSS JOIN derived_alike ON high = j.value"
            )
            rows = self.connection.execute(query, {"texts": json.dumps(sorted(edge))}).fetchall()
            found.update(rows)
            edge = {text for pair in rows for text in pair} - seen
        return found

    def group(self, texts: Collection[int]) -> None:
        """Let all reports with these texts be copies of the earliest of them, by day published and then by arrival."""
        query = """
            SELECT c.report FROM json_each(?) AS j JOIN derived_copies AS c ON c.text = j.value
            JOIN reports ON reports.step = c.report
            ORDER BY coalesce(reports.published, '9999'), c.report"""
        reports = [row[0] for row in self.connection.execute(query, (json.dumps(sorted(texts)),))]
        self.connection.executemany(
            "UPDATE derived_copies SET original = ? WHERE report = ?",
            ((reports[0], report) for report in reports),
        )

    def originals(self, report_ids: Collection[str]) -> dict[str, str]:
        """Return the id of the earliest copy of each of these reports, its own where it has none."""
        query = """
            SELECT r.id, o.id FROM json_each(?) AS j JOIN reports AS r ON r.id = j.value
            JOIN derived_copies AS c ON c.report = r.step JOIN reports AS o ON o.step = c.original"""
        return dict(self.connection.execute(query, (json.dumps(list(report_ids)),)).fetchall())

    def groups(self) -> list[tuple[str, int]]:
        """Return the id of each report that has copies, with their number, the most copied first."""
        query = """
            SELECT o.id, count(*) FROM derived_copies AS c JOIN reports AS o ON o.step = c.original
            GROUP BY c.original HAVING count(*) > 1 ORDER BY 2 DESC, 1"""
        return self.connection.execute(query).fetchall()

    def members(self, original: str) -> list[str]:
        """Return the ids of the reports of a group by that of its earliest, in the order they came."""
        query = """
            SELECT r.id FROM reports AS o JOIN derived_copies AS c ON c.original = o.step
            JOIN reports AS r ON r.step = c.report WHERE o.id = ? ORDER BY c.report"""
        return [row[0] for row in self.connection.execute(query, (original,))]
