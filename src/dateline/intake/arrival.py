"""What comes out of intake: a report with what was wrong with it, or a failed input."""

from dataclasses import dataclass

from dateline.model.reading import Problem
from dateline.model.text import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A report ready to be read, and the problems that were met on the way in.

    `language` names the language of a text that is not English and is therefore not read for claims.
    `read_end` is the offset up to which the text is read; null: all of it.
    """

    report: Report
    problems: tuple[Problem, ...] = ()
    language: str | None = None
    read_end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedInput:
    """An input that is no report: its name (file and perhaps line), what is wrong and what to do."""

    name: str
    message: str

    def __str__(self) -> str:
        return f"{self.name}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A report that was left out on the user's word (published after the day of --as-of), and why."""

    name: str
    message: str

    def __str__(self) -> str:
        return f"{self.name}: {self.message}"
