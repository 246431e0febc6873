"""Counts of units in time expressions: "two", "24", "a few", "half a", "two hundred and nine"."""

from dataclasses import dataclass

from dateline.reading.times_context import Context
from dateline.reading.times_grammar import Match


@dataclass(frozen=True, slots=True)
class Count:
    """A number of units; `vague` for "several" and a bare plural: the least that they say."""

    value: float
    vague: bool = False

    @property
    def whole(self) -> int:
        """The number rounded down, at least 1 unless it is 0."""
        return int(self.value) if self.value >= 1 else (1 if self.value > 0 else 0)


def count_of(context: Context, match: Match, part: str) -> Count | None:
    """Return the count that a part of a match tells, or null if there is none."""
    span = match.parts.get(part)
    if span is None or span[0] == span[1]:
        return None
    lexemes = context.lexemes
    total, current, vague, seen = 0.0, 0.0, False, False
    for index in range(*span):
        value = lexemes.values[index]
        if lexemes.is_at(index, "and", "or", "to") and seen and not lexemes.is_at(index + 1, "word"):
            break  # "two or three", "two and a half": the first number, for a lower bound
        if lexemes.is_at(index, "dash") and seen and lexemes.is_at(index + 1, "num", "int"):
            break
        if lexemes.is_at(index, "or", "to") and seen:
            break
        if lexemes.is_at(index, "word", "ord", "num", "int", "year"):
            number, seen = float(value), True
            if number == 100 and current:
                current *= 100
            elif number == 1000 and current:
                total, current = total + current * 1000, 0.0
            else:
                current += number
        elif lexemes.is_at(index, "vague"):
            current, seen, vague = float(value), True, lexemes.lowers[index] != "couple"
        elif lexemes.is_at(index, "half") and not seen:
            current, seen = 0.5, True
    if not seen:
        return Count(1) if any(lexemes.is_at(index, "a") for index in range(*span)) else None
    return Count(total + current, vague)
