"""The languages of the interface: catalogues of strings, and how dates and numbers are written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

LANGUAGES = {"en": "English", "uk": "Українська"}
_LOCALE = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language: its code, the strings of the interface, and the ways of writing numbers and days."""

    code: str
    strings: NullTranslations
    locale: Locale

    @property
    def gettext(self) -> Callable[[str], str]:
        """The translation of a string."""
        return self.strings.ugettext

    @property
    def ngettext(self) -> Callable[[str, str, int], str]:
        """The translation of a string that goes with a number."""
        return self.strings.ungettext

    def number(self, value: float) -> str:
        """Write a number."""
        # All languages here write small whole numbers in the same signs.
        if type(value) is int and 0 <= value < 1_000:
            return str(value)
        return _number(self.code, value)

    def decimal(self, value: float, places: int) -> str:
        """Write a number with so many digits after the separator."""
        return str(format_decimal(value, f"0.{'0' * places}", locale=self.locale))

    def signed(self, value: float) -> str:
        """Write a number with its sign and one digit after the separator, "+2.5"."""
        return _signed(self.code, round(value, 1))

    def day(self, value: date | None) -> str:
        """Write a day, "2 Mar 2022"; nothing for none."""
        return _day(self.code, value) if value else ""

    def days(self, first: date | None, last: date | None) -> str:
        """Write days as briefly as it is clear: "24–26 Feb 2022", "28 Feb – 2 Mar 2022"; nothing for none."""
        if first is None or last is None:
            return ""
        if first == last:
            return self.day(last)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{self.day(last)}"
        begun = "d MMM" if first.year == last.year else "d MMM y"
        return f"{format_date(first, begun, locale=self.locale)} – {self.day(last)}"

    def moment(self, value: datetime | None) -> str:
        """Write a time in UTC, "2 Mar 2022, 14:05 UTC"."""
        return str(format_datetime(value, "d MMM y, HH:mm 'UTC'", locale=self.locale)) if value else ""


@lru_cache(maxsize=20_000)
def _number(code: str, value: float) -> str:
    return str(format_decimal(value, locale=language_of(code).locale))


@lru_cache(maxsize=2_000)
def _signed(code: str, value: float) -> str:
    return str(format_decimal(value, "+0.0;−0.0", locale=language_of(code).locale))


@lru_cache(maxsize=20_000)
def _day(code: str, value: date) -> str:
    return str(format_date(value, "d MMM y", locale=language_of(code).locale))


@cache
def language_of(code: str) -> Language:
    """Return a language by its code; English for one that is not known."""
    known = code if code in LANGUAGES else "en"
    path = _LOCALE / known / "LC_MESSAGES" / "desk.po"
    strings: NullTranslations = NullTranslations()
    if path.is_file():
        with path.open("rb") as source:
            catalogue = read_po(source, locale=known)
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        strings = Translations(compiled)
    return Language(code=known, strings=strings, locale=Locale.parse(known))


def chosen_language(cookie: str | None, accepted: str) -> Language:
    """Return the language that was chosen, or else the first accepted one (Accept-Language) that is known."""
    if cookie in LANGUAGES:
        return language_of(cookie)
    weighed = []
    for place, part in enumerate(accepted.split(",")[:20]):
        code, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), place, code.split("-")[0].lower()))
        except ValueError:
            continue
    return language_of(next((code for _, _, code in sorted(weighed) if code in LANGUAGES), "en"))
