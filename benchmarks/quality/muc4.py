"""Score templates filled from claims against the keys of MUC-4 by its official rules.

Usage: python -m benchmarks muc4 --data DIR [--part test|dev] [--every N] [--json OUT] [--errors] [--models on|off]
DIR holds muc4.tar.gz (or has it in data/). "test" is TST1 and TST2, "dev" what may be developed on. Scores are F over
all templates (muc4_score.py), over all slots and by slot, with recall and precision; intervals draw messages. String
fills are judged by rule (muc4_match.py), where MUC-4 had a person judge them, who could be kinder.
With the trained parts on, noun phrases near Dateline's claims are judged by regressions over what the rules and the
encoder say of them (muc4_learned.py; weights by tools/train_muc4.py from "dev" alone: a score on "dev" is of what was
learnt by heart); with them off, rules alone fill the slots.
Baseline in the same run: one template for each message with a keyword of an incident, of the type of its first
keyword, in the country named most, with the default of every slot that has one.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.quality.gold import find_file
from benchmarks.quality.intervals import score
from benchmarks.quality.muc4_baseline import baseline_templates
from benchmarks.quality.muc4_fill import templates_of
from benchmarks.quality.muc4_keys import SLOTS, Message, Template, read_messages
from benchmarks.quality.muc4_learned import judged_templates
from benchmarks.quality.muc4_model import load_models
from benchmarks.quality.muc4_read import read_message
from benchmarks.quality.muc4_score import Tally, map_templates, score_message
from benchmarks.quality.reader import add_models, kit_of
from benchmarks.quality.report import Score, announce, arguments, kinds_table, write
from dateline.reading.kit import Kit

PARTS = {"test": ("tst1", "tst2"), "dev": ("dev",)}
ALL = "all templates"
BASELINE = "keywords: "
MAIN = (ALL, *SLOTS.values())
Sheet = Mapping[str, "np.ndarray"]


def fill_message(message: Message, kit: Kit) -> list[Template]:
    """Return the templates that are filled from a message's claims: judged by trained parts, or by rules alone.

    What was trained needs the encoder; without it the rules are alone.
    """
    told = read_message(message, kit)
    if told is None:
        return []
    if kit.encoder is None:
        return templates_of(told.reading, kit)
    return judged_templates(told.reading, kit, load_models())


def sheet_of(tallies: Mapping[int, Tally], prefix: str) -> dict[str, "np.ndarray"]:
    """Return the counts of a message by score's name: points, actual and possible."""
    counts = {
        f"{prefix}{SLOTS[slot]}": np.array((tally.points, tally.actual, tally.possible))
        for slot, tally in tallies.items()
    }
    whole = sum(tallies.values(), Tally())
    return {f"{prefix}{ALL}": np.array((whole.points, whole.actual, whole.possible)), **counts}


def f_of(name: str, sheets: Sequence[Sheet]) -> float | None:
    """Return F of a score over messages; null with nothing asked or given."""
    points, actual, possible = np.sum([sheet[name] for sheet in sheets], axis=0)
    return float(2 * points / (actual + possible)) if actual + possible else None


def error_kinds(responses: Sequence[Template], keys: Sequence[Template]) -> Counter[str]:
    """Count what is wrong in a message: templates missed or made up, and types taken for others."""
    kinds: Counter[str] = Counter()
    pairs = map_templates(responses, keys)
    for row, column in pairs:
        ours, right = responses[row].values(4)[0], keys[column].fills[4][0].values
        if ours not in right:
            kinds[f"type {right[0]} read as {ours}"] += 1
    met = {key for _, key in pairs}
    for number, key in enumerate(keys):
        if number not in met and not key.optional:
            kinds[f"template missed: {key.values(4)[0]}"] += 1
    for number, response in enumerate(responses):
        if number not in {row for row, _ in pairs}:
            about = "relevant" if keys else "irrelevant"
            kinds[f"template too many in an {about} message: {response.values(4)[0]}"] += 1
    return kinds


def table(scores: Sequence[Score], sheets: Sequence[Sheet]) -> str:
    """Lay scores out with recall and precision."""
    lines = [f"{'':<34}{'F':>6}{'95 %':>15}{'R':>7}{'P':>7}{'points':>9}{'ours':>7}{'owed':>7}"]
    for one in scores:
        points, actual, possible = np.sum([sheet[one.name] for sheet in sheets], axis=0)
        spread = f"{one.low or 0:.3f}–{one.high or 0:.3f}"
        lines.append(
            f"{one.name:<34}{one.value or 0:>6.3f}{spread:>15}{points / max(possible, 1):>7.3f}"
            f"{points / max(actual, 1):>7.3f}{points:>9.1f}{actual:>7.0f}{possible:>7.0f}"
        )
    return "\n".join(lines)


def main(argv: Sequence[str]) -> int:
    """Score a part of the corpus; see `--help`."""
    parser = arguments("muc4", __doc__ or "")
    add_models(parser)
    parser.add_argument("--part", choices=sorted(PARTS), default="test")
    parser.add_argument("--every", type=int, default=1, help="read each nth message only")
    options = parser.parse_args(argv)
    path: Path = find_file(options.data, "data/muc4.tar.gz", "muc4.tar.gz")
    messages = read_messages(path, PARTS[options.part])[:: options.every]
    kit = kit_of(options.models)
    sheets: list[dict[str, np.ndarray]] = []
    errors: Counter[str] = Counter()
    for message in messages:
        ours = fill_message(message, kit)
        sheets.append(
            {
                **sheet_of(score_message(ours, message.templates), ""),
                **sheet_of(score_message(baseline_templates(message), message.templates), BASELINE),
            }
        )
        errors += error_kinds(ours, message.templates)
    names = [f"{prefix}{name}" for prefix in ("", BASELINE) for name in (ALL, *SLOTS.values())]
    scores = score(sheets, {name: partial(f_of, name) for name in names}, MAIN)
    data = {
        "file": f"muc4.tar.gz ({', '.join(PARTS[options.part])})",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "documents": len(messages),
        "models": options.models,
    }
    announce("muc4", data)
    print(table(scores, sheets))
    if options.errors:
        print(kinds_table(errors))
    if options.json:
        write(options.json, benchmark="muc4", data=data, scores=scores, errors=errors)
    return 0
