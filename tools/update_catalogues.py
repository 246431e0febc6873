"""Bring the catalogues of the desk's strings up to date with its templates and code: `python tools/update_catalogues.py`.

Strings that are new stand in desk.po of each language with an empty translation (in English with themselves); those
that are gone are taken out. tests/test_desk_language.py fails while any is missing or not translated.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

DESK = Path(__file__).parent.parent / "src" / "dateline" / "desk"
LOCALE = DESK / "locale"
_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
_OPTIONS = {
    "templates/**.html": {
        "trimmed": "true",
        "newstyle_gettext": "true",
        "extensions": "jinja2.ext.loopcontrols",
        "silent": "false",
    }
}
_KEYWORDS: dict[str, Any] = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}


def strings() -> Catalog:
    """Return a catalogue of all strings of the desk, in order of file and line."""
    catalogue = Catalog(project="Dateline", charset="utf-8", fuzzy=False)
    found = extract_from_dir(DESK, _METHODS, _OPTIONS, _KEYWORDS)
    for file, line, message, comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        catalogue.add(message, None, [(file, line)], auto_comments=comments, context=context)
    return catalogue


def catalogues() -> Iterator[tuple[str, Path]]:
    """Yield each language that has a catalogue, with its file."""
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/desk.po")):
        yield path.parent.parent.name, path


def updated(language: str, path: Path) -> bytes:
    """Return a language's catalogue as it should be written: every string, those translated kept."""
    with path.open("rb") as source:
        catalogue = read_po(source, locale=language)
    begun = catalogue.creation_date
    catalogue.update(strings(), no_fuzzy_matching=True)
    # A catalogue changes with its strings alone.
    catalogue.creation_date = begun
    catalogue.header_comment = f"# Strings of Dateline's desk: {catalogue.locale_identifier}\n#"
    catalogue.version = catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = (
        "-"
    )
    catalogue.obsolete.clear()
    if language == "en":
        for message in catalogue:
            message.string = message.string if not message.id else message.id
            message.flags.discard("fuzzy")
    written = BytesIO()
    write_po(written, catalogue, width=110, omit_header=False, sort_output=False, include_lineno=False)
    return written.getvalue()


def main() -> None:
    """Write all catalogues."""
    for language, path in catalogues():
        path.write_bytes(updated(language, path))
        with path.open("rb") as source:
            untold = [one.id for one in read_po(source, locale=language) if one.id and not one.string]
        print(f"{path}: {len(untold)} not translated" if language != "en" else f"{path}: written")


if __name__ == "__main__":
    main()
