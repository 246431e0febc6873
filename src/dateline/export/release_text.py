"""The pages of a release that are read as text: README.md and LICENSE.md."""

from collections.abc import Mapping
from typing import Any

from dateline.export.columns import TABLES

LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/"),
    "CC0-1.0": ("Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODbL-1.0": ("Open Data Commons Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    "CC-BY-NC-4.0": ("Creative Commons Attribution-NonCommercial 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
}  # fmt: skip


def readme(manifest: Mapping[str, Any]) -> str:
    """Return the README of a release, from its manifest without the list of files."""
    counts, protections, changes = manifest["counts"], manifest["protections"], manifest["changes"]
    lines = [
        f"# {manifest['title']}",
        "",
        f"Release {manifest['number']:04d}, as of {manifest['as_of']}: {counts['events']:,} events, "
        f"{counts['claims']:,} claims, {counts['reports']:,} reports.",
        "",
        "A **claim** is what one report says; an **event** is what claims about one occurrence add up to. Neither is a "
        "finding of fact. Open `index.html` in a browser: it needs no network.",
        "",
        "## Files",
        "",
        "| file | what it holds |",
        "| --- | --- |",
        *(f"| `csv/{t.name}.csv`, `jsonl/{t.name}.jsonl`, `parquet/{t.name}.parquet` | {t.row} |" for t in TABLES),
        "| `events.geojson` | the events; vague places are areas |",
        "| `datapackage.json` | every column with type and meaning (Frictionless Data Package) |",
        "| `changes.json` | what changed since the release before |",
        "| `manifest.json` | recipe, filter, protections, counts, and the SHA-256 of every file |",
        "",
        "In CSV a text that a spreadsheet would take for a formula has an apostrophe before it; take one away if one or "
        "more apostrophes stand before `=`, `+`, `-`, `@`, a tab or a line's end.",
        "",
        "## How tolls are made",
        "",
        "Every figure stands in `figures`, with source, day and words. `ranges` gives low, best and high by two named "
        "rules, and says how each was applied; the columns `killed_low` and so on of `events` are the rule `ucdp`. "
        "Origins are counted once, however many reports repeat them.",
        "",
        "## What is held back",
        "",
        f"- Private people: {protections['private_people']}.",
        f"- Places: {_coarse(protections['coarsened_to'])}.",
        f"- Fresh events: {_delay(protections)}.",
        "- Texts of reports are not part of a release; quotes are the clauses that claims were read from. Offsets count "
        "code points of the text as it was published.",
        "",
        "## Since the release before",
        "",
        _changes(manifest["previous"], changes),
        "",
        "## Check it",
        "",
        "`dateline release --verify FOLDER` compares every file with `manifest.json`. The same record, recipe and options "
        "give the same bytes.",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _coarse(to: float | str | None) -> str:
    if to is None:
        return "as precise as the reports' words allow, never more"
    grid = "first-order divisions" if isinstance(to, str) else f"a grid of {to:g} km"
    return f"coarsened to {grid}; quotes, titles and addresses are dropped"


def _delay(protections: Mapping[str, Any]) -> str:
    days = protections["delay_days"]
    if not days:
        return "none held back"
    return f"those of the last {days} days left out ({protections['events_delayed']:,})"


def _changes(previous: Mapping[str, Any] | None, changes: Mapping[str, int]) -> str:
    if previous is None:
        return "This is the first release."
    words = ", ".join(f"{count:,} {name}" for name, count in changes.items())
    return f"Compared with `{previous['folder']}`: {words} (`changes.json`)."


def licence(name: str, holder: str) -> str:
    """Return the licence note; the data's licence does not reach the reports that it quotes."""
    title, url = LICENCES.get(name, (name, ""))
    where = f" ({url})" if url else ""
    return (
        f"# Licence\n\nThe tables of this release are published by {holder} under {title}{where}.\n\n"
        "Quotes are short extracts of published reports and stay their publishers'. Place names and points come from "
        "GeoNames (CC BY 4.0); the base map is Natural Earth (public domain).\n"
    )
