"""Reports of our own making, as many as are asked for: alike enough to be read fast, no two the same."""

import json
from datetime import date, timedelta
from pathlib import Path

_PLACES = (
    "Kadugli", "Aleppo", "Taiz", "Mosul", "Grozny", "Bukavu", "Homs", "Misrata", "Sloviansk", "Marib", "Goma", "Idlib",
)  # fmt: skip
_EVENTS = (
    "Shells hit the market in {place} on {day} and killed {count} people, hospital staff said.",
    "Warplanes bombed a fuel depot near {place} on {day}, wounding {count} civilians, the governor said.",
    "Rebels captured the airport of {place} on {day}, a commander told reporters; {count} soldiers surrendered.",
    "A roadside bomb killed {count} soldiers outside {place} on {day}, the army said.",
    "The mayor of {place} denied that {count} houses had been burnt on {day}.",
    "Gunmen abducted {count} aid workers in {place} on {day}, according to residents.",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FIRST = date(2021, 1, 4)


def report_text(number: int) -> str:
    """Return the text of a report; the number is in it, so that no two are the same."""
    place = _PLACES[number % len(_PLACES)]
    event = _EVENTS[number // 2 % len(_EVENTS)].format(
        place=place, day=_DAYS[number % 7], count=2 + number % 37
    )
    return f"{event} It was bulletin {number} of the day in {place}."


def write_lines(path: Path, reports: int) -> None:
    """Write so many reports as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(reports):
            row = {
                "text": report_text(number),
                "title": f"{_PLACES[number % len(_PLACES)]}, bulletin {number}",
                "published": (_FIRST + timedelta(days=number % 900)).isoformat(),
                "publisher": f"Courier {number % 5}",
            }
            file.write(json.dumps(row) + "\n")


def write_files(folder: Path, reports: int) -> None:
    """Write so many reports as files of plain text."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(reports):
        day = _FIRST + timedelta(days=number % 900)
        text = f"date {day} Bulletin {number}\n\n{report_text(number)}\n"
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
