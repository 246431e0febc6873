"""Make the page of scores from runs: `python -m benchmarks page FILES... > docs/benchmarks.md`.

FILES are what benchmarks wrote with --json. What was asked and what the field reaches stands in bars.toml.
"""

import argparse
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

BARS = Path(__file__).with_name("bars.toml")
NOTE = "<!-- Made by `python -m benchmarks page FILES...` from runs written with --json; do not edit by hand. -->"
LEAD = """\
# Benchmarks

Each table is one run of `python -m benchmarks NAME --data DIR --json FILE` on Dateline as it is shipped; the page is made
from those files. Beside each score stands its 95 % interval (bootstrap over documents), what was asked of it, and the
baselines of the same run. What the field reaches was published or measured beforehand by its own programs, and is
comparable only as far as it says. Scores are on development data that the rules were written with, unless a title says
otherwise. What makes a benchmark's own form of a reading (MUC-4's templates, CASE 2021's labels) stands in benchmarks/.
"""
WORST_FIRST = 8  # kinds of errors shown


def page(runs: Sequence[Mapping[str, Any]], bars: Mapping[str, Any]) -> str:
    """Return the page of runs, in the order of the bars; raises KeyError for a run of a benchmark without bars."""
    by_name = {run["benchmark"]: run for run in runs}
    unknown = sorted(set(by_name) - set(bars))
    if unknown:
        raise KeyError(f"no bars for {', '.join(unknown)}: add them to bars.toml")
    parts = [NOTE, LEAD]
    for name, bar in bars.items():
        if name in by_name:
            parts += section(name, by_name[name], bar)
    return "\n".join(parts).rstrip() + "\n"


def section(name: str, run: Mapping[str, Any], bar: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of one benchmark: what was scored, its table, its commonest errors."""
    data = run["data"]
    count = f"{data['documents']:,} documents, " if "documents" in data else ""
    yield f"## {bar['title']}\n"
    yield f"`{name}`: {count}SHA-256 of the data {data['sha256'][:12]}…"
    if bar["field"]:
        yield f"The field: {bar['field']}."
    yield ""
    scores = run.get("scores") or {key: {"value": value} for key, value in run["measures"].items()}
    rivals = baselines(scores, bar["scores"])
    yield "| measure | asked | Dateline (95 %) |" + "".join(f" {rival} |" for rival in rivals)
    yield "| --- | --- | --- |" + " --- |" * len(rivals)
    for measure, asked in bar["scores"].items():
        if measure not in scores:
            continue
        cells = [number(scores[name_of(measure, rival)]["value"]) for rival in rivals]
        yield f"| {measure} | {number(asked) if asked else '–'} | {shown(scores[measure])} |" + "".join(
            f" {cell} |" for cell in cells
        )
    yield ""
    errors = list(run.get("errors", {}).items())
    if errors:
        total = sum(count for _, count in errors)
        told = "; ".join(f"{kind} {count}" for kind, count in errors[:WORST_FIRST])
        yield f"Errors, {total:,} in all, the commonest kinds: {told}.\n"


def baselines(scores: Mapping[str, Any], measures: Mapping[str, Any]) -> list[str]:
    """Return the names of a run's baselines: what stands before a measure's name with a colon."""
    found: dict[str, None] = {}
    for name in scores:
        rival, colon, rest = name.partition(": ")
        if not colon:
            continue
        for measure in measures:
            corpus = measure.split(" ")[0]
            if rest == measure:
                found[rival] = None
            elif rival.startswith(f"{corpus} ") and f"{corpus} {rest}" == measure:
                found[rival.removeprefix(f"{corpus} ")] = None
    return [rival for rival in found if all(name_of(m, rival) in scores for m in measures if m in scores)]


def name_of(measure: str, rival: str) -> str:
    """Return the name of a baseline's score; a corpus named first stays first."""
    corpus, _, rest = measure.partition(" ")
    if corpus in ("LGL", "GeoVirus", "UDS_IH2", "MEANTIME"):
        return f"{corpus} {rival}: {rest}"
    return f"{rival}: {measure}"


def shown(score: Mapping[str, Any]) -> str:
    """Return a score with its interval."""
    if score.get("low") is None:
        return number(score["value"])
    return f"{number(score['value'])} ({number(score['low'])}–{number(score['high'])})"


def number(value: float | None) -> str:
    """Return a number as tables show it."""
    if value is None:
        return "–"
    return f"{value:.3f}".lstrip("0") if abs(value) < 1 and value >= 0 else f"{value:,.2f}"


def main(argv: Sequence[str]) -> int:
    """Print the page made from runs; see the module's docstring."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks page", description=main.__doc__)
    parser.add_argument("runs", type=Path, nargs="+", help="files that benchmarks wrote with --json")
    options = parser.parse_args(argv)
    runs = [json.loads(path.read_text(encoding="utf-8")) for path in options.runs]
    print(page(runs, tomllib.loads(BARS.read_text(encoding="utf-8"))), end="")
    return 0
