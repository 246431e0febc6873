"""Errors that are told to a person in words with values: in their language on pages, in English in logs and JSON."""

from collections.abc import Mapping

from dateline.desk.language import Language
from dateline.desk.phrases import ENGLISH, Phrases
from dateline.errors import DatelineError


class Term(str):
    """A word of the catalogues among the values of an error."""

    __slots__ = ()


class Size(int):
    """A size in bytes among the values of an error."""


class ToldError(DatelineError):
    """An error whose words are a string of the catalogues: `message` with the named values in it, "%(name)s".

    The text of the error is English. A value that is itself a word of the catalogues is a `Term`, one in bytes a `Size`;
    whole numbers are written with the separators of the language.
    """

    def __init__(self, message: str, **values: object) -> None:
        self.message, self.values = message, values
        super().__init__(_filled(message, values, ENGLISH))

    def told(self, language: Language) -> str:
        """Return the words in a language."""
        return _filled(language.gettext(self.message), self.values, Phrases(language))


def told(error: Exception, language: Language) -> str:
    """Return what an error says in a language: English where it comes from below the desk."""
    return error.told(language) if isinstance(error, ToldError) else str(error)


def _filled(words: str, values: Mapping[str, object], phrases: Phrases) -> str:
    return words % {name: _written(value, phrases) for name, value in values.items()} if values else words


def _written(value: object, phrases: Phrases) -> object:
    if isinstance(value, Term):
        return phrases.said(value)
    if isinstance(value, Size):
        return phrases.size(value)
    return phrases.language.number(value) if isinstance(value, int) and not isinstance(value, bool) else value
