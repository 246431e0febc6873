"""Train the branch of the encoder that tells events, and write it as int8 ONNX.

Usage: PYTHONPATH=src:.:tools python tools/train_events.py DATA [--out FILE] [--hold TEXT ...] [--passes N]
DATA holds ruwa/, articles/ and re3d/ (or data/ with them): the marks of benchmarks/quality/own/mentions.jsonl are looked up
there, those of invented.jsonl bring their texts. The encoder itself stays as it is, so that it must be trained first. Needs
torch, onnx and onnxruntime; a quarter of an hour on two cores. Seeds are fixed; sums differ in the last bits between
processors. With `--hold`, passages whose id begins with one of the texts are left out of training, and the mentions
found in them are scored; without it all are learnt from.
"""

import argparse
import io
import math
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from benchmarks.quality.mentions import load_mentions
from encoder_export import quantise
from encoder_network import HIDDEN
from event_examples import IGNORE, REALITIES, Example, examples_of, f1_of
from event_network import ROLES, Branch
from torch import Tensor, nn
from torch.nn import functional

from dateline.reading.encoder import WEIGHTS
from dateline.reading.event_model import FILE, TYPES
from dateline.reading.kit import load_kit

SEED, BATCH, PASSES = 20220302, 16, 8
RATE, HEAD_RATE, DECAY, WARM = 3e-4, 1e-3, 0.05, 0.06
MARKED = 1.5  # how much a marked word weighs against one that tells of nothing
OF_TYPE, OF_REALITY, OF_ROLES = 4.0, 0.5, 0.3


def laid(windows: Sequence[Example]) -> tuple[Tensor, ...]:
    """Return hidden states, mask, rules, types and realities of windows, padded to the longest."""
    longest = max(len(one.types) for one in windows)
    hidden = np.zeros((len(windows), longest, HIDDEN), dtype=np.float32)
    whole = np.zeros((4, len(windows), longest), dtype=np.int64)
    whole[2:] = IGNORE
    for row, one in enumerate(windows):
        length = len(one.types)
        hidden[row, :length] = one.hidden
        for table, values in zip(whole, (1, one.rules, one.types, one.realities), strict=True):
            table[row, :length] = values
    return (torch.from_numpy(hidden), *torch.from_numpy(whole))


def roles_loss(scores: Tensor, windows: Sequence[Example]) -> Tensor:
    """Return the loss of who fills each role of a marked word: any piece of any place that names it is right."""
    marks = [(row, at, sets) for row, one in enumerate(windows) for at, sets in one.roles]
    if not marks:
        return scores.sum() * 0
    rows, ats, all_sets = zip(*marks, strict=True)
    gold = torch.zeros((len(marks), len(ROLES), scores.shape[-1]), dtype=torch.bool)
    for number, sets in enumerate(all_sets):
        for role, pieces in enumerate(sets):
            gold[number, role, list(pieces)] = True
    odds = scores[torch.tensor(rows), :, torch.tensor(ats)].float().log_softmax(-1)
    asked = gold.any(-1)
    each = -torch.logsumexp(odds.masked_fill(~gold, -1e4), -1)
    return (each * asked).sum() / asked.sum().clamp(min=1)


def loss_of(branch: Branch, windows: Sequence[Example]) -> Tensor:
    """Return the loss of one batch."""
    hidden, mask, rules, types, realities = laid(windows)
    with torch.autocast("cpu", torch.bfloat16):
        of_types, of_realities, fillers = branch(hidden, mask, rules)
    weight = torch.full((len(TYPES),), MARKED)
    weight[0] = 1.0
    loss = OF_TYPE * functional.cross_entropy(
        of_types.float().flatten(0, 1), types.flatten(), weight=weight, ignore_index=IGNORE
    )
    if bool((realities >= 0).any()):
        given = of_realities.float().flatten(0, 1)
        loss = loss + OF_REALITY * functional.cross_entropy(given, realities.flatten(), ignore_index=IGNORE)
    return loss + OF_ROLES * roles_loss(fillers, windows)


def fit(windows: Sequence[Example], passes: int) -> Branch:
    """Return the branch trained on windows."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    branch = Branch(len(TYPES), len(REALITIES), WEIGHTS / "encoder.onnx").train()
    heads = [value for name, value in branch.named_parameters() if not name.startswith("layers")]
    optimiser = torch.optim.AdamW(
        [{"params": branch.layers.parameters(), "lr": RATE}, {"params": heads, "lr": HEAD_RATE}],
        weight_decay=DECAY,
    )
    steps = passes * math.ceil(len(windows) / BATCH)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (WARM * steps)) * max(0.0, 1 - step / steps)
    )
    begun = time.monotonic()
    for number in range(passes):
        losses = []
        for batch in batches(windows, rng):
            loss = loss_of(branch, batch)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
            optimiser.step()
            rate.step()
            losses.append(float(loss.detach()))
        spent = time.monotonic() - begun
        print(f"pass {number + 1} of {passes}: loss {np.mean(losses):.3f}, {spent:.0f} s", flush=True)
    return branch.eval()


def batches(windows: Sequence[Example], rng: random.Random) -> list[list[Example]]:
    """Return a pass's batches, shuffled; windows of like length share a batch."""
    order = list(windows)
    rng.shuffle(order)
    out = []
    for start in range(0, len(order), BATCH * 10):
        pool = sorted(order[start : start + BATCH * 10], key=lambda one: len(one.types))
        out.extend(pool[at : at + BATCH] for at in range(0, len(pool), BATCH))
    rng.shuffle(out)
    return out


def export(branch: Branch, path: Path) -> None:
    """Write the branch as ONNX with int8 weights; batch and length are free."""
    pieces = torch.ones((1, 5), dtype=torch.long)
    axes = {name: {0: "batch", 1: "pieces"} for name in ("hidden", "mask", "rules", "types", "realities")}
    buffer = io.BytesIO()
    torch.onnx.export(
        branch, (torch.randn(1, 5, HIDDEN), pieces, pieces * 0), buffer, dynamo=False, opset_version=17,
        input_names=["hidden", "mask", "rules"], output_names=["types", "realities", "fillers"],
        dynamic_axes={**axes, "fillers": {0: "batch", 2: "pieces", 3: "fillers"}},
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "events.fp32.onnx"
        whole.write_bytes(buffer.getvalue())
        quantise(whole, path)


@torch.no_grad()
def score(branch: Branch, windows: Sequence[Example], level: float) -> str:
    """Return how well marked words are found and typed by the branch and by the rules alone."""
    heard = []
    for one in windows:
        hidden, mask, rules, _, _ = laid([one])
        odds = branch(hidden, mask, rules)[0][0].softmax(-1).numpy()
        heard.append(np.where(1 - odds[:, 0] >= level, 1 + odds[:, 1:].argmax(-1), 0))
    out = []
    for name, given in (("rules", [one.rules for one in windows]), ("branch", heard)):
        found, typed = f1_of(windows, given)
        out.append(f"{name}: found F1 {found:.3f}, with type {typed:.3f}")
    return "; ".join(out)


def main(argv: Sequence[str]) -> int:
    """Train and write, or score what is held out."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=FILE, help="where the ONNX file goes")
    parser.add_argument("--hold", nargs="*", default=[], help="beginnings of ids to leave out and score")
    parser.add_argument("--passes", type=int, default=PASSES, help="times that every passage is learnt from")
    options = parser.parse_args(argv)
    passages = load_mentions(options.data)
    held = [one for one in passages if one.id.startswith(tuple(options.hold))] if options.hold else []
    known = {one.id for one in held}
    kit = load_kit()
    learnt: Any = examples_of([one for one in passages if one.id not in known], kit)
    branch = fit(learnt, options.passes)
    if held:
        windows = examples_of(held, kit)
        for level in (0.4, 0.6):
            print(f"{len(held)} passages held out, level {level}: {score(branch, windows, level)}")
    export(branch, options.out)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB, from {len(learnt)} windows")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
