"""Train the encoder on all tasks at once: batches of one task each, shuffled, one optimiser, seeds fixed.

Needs torch and numpy alone, so that it can run on a machine without Dateline.
"""

import json
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from encoder_network import INCIDENTS, SIZES, TOLL, Encoder, load_minilm, pooled
from torch import Tensor
from torch.nn import functional

Example = dict[str, Any]
CPU = torch.device("cpu")
SCARCE = 4  # how often a pass takes MEANTIME's few sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train: passes over each task's documents, documents in a batch, weights of the losses, and rates."""

    seed: int = 20220302
    passes: dict[str, float] = field(
        default_factory=lambda: {
            "attribution": 12, "factuality": 4, "toponym": 9, "toll": 5, "incident": 10,
        }
    )  # fmt: skip
    size: dict[str, int] = field(
        default_factory=lambda: {
            "attribution": 16, "factuality": 48, "toponym": 10, "toll": 12, "incident": 10,
        }
    )  # fmt: skip
    weight: dict[str, float] = field(
        default_factory=lambda: {
            "attribution": 1.0, "factuality": 0.5, "toponym": 1.0, "toll": 0.6, "incident": 0.5,
        }
    )  # fmt: skip
    rate: float = 1e-4
    head_rate: float = 5e-4
    decay: float = 0.01
    warm: float = 0.06
    dropout: float = 0.1


def documents(examples: Sequence[Example], part: str, hold: int) -> dict[str, list[list[Example]]]:
    """Group a part's windows by task and document; `hold` leaves a fold's documents out of "train"."""
    grouped: dict[tuple[str, str], list[Example]] = defaultdict(list)
    for number, one in enumerate(examples):
        if one["part"] != part or (part == "train" and hold >= 0 and one["fold"] == hold):
            continue
        # Attribution, toponyms and event words are learnt window by window.
        alone = one["task"] in ("attribution", "factuality", "toponym")
        grouped[one["task"], str(number) if alone else one["doc"]].append(one)
    out: dict[str, list[list[Example]]] = defaultdict(list)
    for (task, _), windows in grouped.items():
        often = SCARCE if part == "train" and windows[0].get("corpus") == "MEANTIME" else 1
        out[task].extend([windows] * often)
    return out


def batches(
    groups: dict[str, list[list[Example]]], plan: Plan, rng: random.Random
) -> list[tuple[str, list[list[Example]]]]:
    """Return every batch of the whole training, shuffled; windows of like length share a batch."""
    out = []
    for task, docs in sorted(groups.items()):
        size = plan.size[task]
        passes = plan.passes.get(task, 0)
        for number in range(int(np.ceil(passes))):
            order = docs[:]
            rng.shuffle(order)
            order = order[: round(len(order) * min(1.0, passes - number))]
            for start in range(0, len(order), size * 20):
                pool = sorted(order[start : start + size * 20], key=lambda doc: len(doc[0]["ids"]))
                out.extend((task, pool[at : at + size]) for at in range(0, len(pool), size))
    rng.shuffle(out)
    return out


def tensors(windows: Sequence[Example], device: torch.device) -> tuple[Tensor, Tensor, Tensor]:
    """Return ids, cases and mask of windows, padded to the longest."""
    longest = max(len(one["ids"]) for one in windows)
    table = np.zeros((3, len(windows), longest), dtype=np.int64)
    for row, one in enumerate(windows):
        length = len(one["ids"])
        table[0, row, :length] = one["ids"]
        table[1, row, :length] = one["cases"]
        table[2, row, :length] = 1
    ids, cases, mask = torch.from_numpy(table).to(device, non_blocking=True)
    return ids, cases, mask


def by_document(scores: Tensor, mask: Tensor, docs: Sequence[Sequence[Example]]) -> tuple[Tensor, Tensor]:
    """Lay the windows of each document side by side: (documents, windows × pieces, numbers), with the mask."""
    most = max(len(doc) for doc in docs)
    length = scores.shape[1]
    rows = [index * most + at for index, doc in enumerate(docs) for at in range(len(doc))]
    index = torch.tensor(rows, device=scores.device)
    wide = scores.new_zeros((len(docs) * most, length, scores.shape[2])).index_copy(0, index, scores)
    seen = mask.new_zeros((len(docs) * most, length)).index_copy(0, index, mask)
    return wide.view(len(docs), most * length, -1), seen.view(len(docs), most * length)


def loss_of(
    network: Encoder, task: str, docs: list[list[Example]], device: torch.device, rng: random.Random
) -> Tensor:
    """Return the loss of one batch."""
    windows = [window for doc in docs for window in doc]
    ids, cases, mask = tensors(windows, device)
    if rng.random() < 0.03:  # as in headlines in capitals
        cases = torch.where((cases > 0) & (cases < 6), torch.full_like(cases, 4), cases)
    x = network.hidden(ids, cases, mask)
    if task == "attribution":
        return attribution_loss(network, x, mask, windows)
    if task == "factuality":
        places = [(row, at, value) for row, one in enumerate(windows) for at, value in one["values"]]
        rows, ats, values = (torch.tensor(part, device=device) for part in zip(*places, strict=True))
        given = network.head("factuality", x)[rows, ats, 0].float()
        return functional.smooth_l1_loss(given, values.float(), beta=0.5)
    if task == "toponym":
        tags = torch.full(ids.shape, -100, dtype=torch.long)
        for row, one in enumerate(windows):
            tags[row, : len(one["tags"])] = torch.tensor(one["tags"])
        scores = network.head("toponym", x).float()
        weight = torch.tensor([1.0, 1.5, 1.5], device=device)
        return functional.cross_entropy(scores.reshape(-1, 3), tags.to(device).view(-1), weight=weight) * 4
    if task == "toll":
        loss = x.new_zeros(())
        for name in ("killed", "injured"):
            scores = pooled(*by_document(network.head(name, x), mask, docs))
            gold = torch.tensor([min(doc[0][name], TOLL - 1) for doc in docs], device=device)
            loss = loss + functional.cross_entropy(scores, gold)
        return loss
    assert task == "incident"
    scores = pooled(*by_document(network.head("incident", x), mask, docs))
    types = torch.tensor([doc[0]["types"] for doc in docs], device=device).float()
    loss = functional.binary_cross_entropy_with_logits(scores, types)
    slots = torch.zeros((*ids.shape, SIZES["slots"]))
    for row, one in enumerate(windows):
        slots[row, : len(one["slots"])] = torch.tensor(one["slots"]).float()
    given = network.head("slots", x).float()
    each = functional.binary_cross_entropy_with_logits(
        given,
        slots.to(device),
        reduction="none",
        pos_weight=torch.full((SIZES["slots"],), 3.0, device=device),
    )
    return loss + 8 * (each * mask[..., None]).sum() / (mask.sum() * SIZES["slots"])


def attribution_loss(network: Encoder, x: Tensor, mask: Tensor, windows: list[Example]) -> Tensor:
    """Return the loss of cue tags, of source and content tags, and of what belongs to each cue."""
    device = x.device
    batch, length = mask.shape
    cue = torch.zeros((batch, length), dtype=torch.long)
    tags = torch.zeros((2, batch, length))
    anchors: list[tuple[int, int]] = []
    golds: list[Tensor] = []
    for row, one in enumerate(windows):
        for sets in one["attributions"]:
            gold = torch.zeros((3, length))
            for relation, pieces in enumerate(sets):
                gold[relation, pieces] = 1
            cue[row, sets[0]] = 2
            tags[0, row, sets[1]] = 1
            tags[1, row, sets[2]] = 1
            anchors.append((row, sets[0][0]))
            golds.append(gold)
        for sets in one["attributions"]:
            cue[row, sets[0][0]] = 1
    cue[mask.cpu() == 0] = -100
    weight = torch.tensor([1.0, 2.0, 2.0], device=device)
    loss = 3 * functional.cross_entropy(
        network.head("cue", x).float().reshape(-1, 3), cue.to(device).view(-1), weight=weight
    )
    tags = tags.to(device)
    for number, name in enumerate(("source", "content")):
        given = network.head(name, x)[..., 0].float()
        each = functional.binary_cross_entropy_with_logits(given, tags[number], reduction="none")
        loss = loss + (each * mask).sum() / mask.sum()
    if anchors:
        rows, ats = (torch.tensor(part, device=device) for part in zip(*anchors, strict=True))
        given = network.links(x)[rows, :, ats].float()
        each = functional.binary_cross_entropy_with_logits(
            given, torch.stack(golds).to(device), reduction="none"
        )
        loss = loss + (each * mask[rows][:, None]).sum() / len(anchors) / 20
    return loss


def fit(
    examples: Sequence[Example],
    state: dict[str, Tensor],
    plan: Plan,
    device: torch.device,
    hold: int = -1,
    stop: int | None = None,
) -> Encoder:
    """Return the encoder trained on the examples' training part, less fold `hold`; `stop` ends early, for a trial."""
    torch.manual_seed(plan.seed)
    rng = random.Random(plan.seed)
    network = Encoder(state["embeddings.word_embeddings.weight"].shape[0], plan.dropout)
    load_minilm(network, state)
    network.to(device).train()
    body, heads = [], []
    for name, parameter in network.named_parameters():
        (heads if name.startswith(("heads", "link", "distance", "cases")) else body).append(parameter)
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": plan.rate}, {"params": heads, "lr": plan.head_rate}],
        weight_decay=plan.decay, fused=device.type == "cuda",
    )  # fmt: skip
    work = batches(documents(examples, "train", hold), plan, rng)[:stop]
    warm = max(1, int(plan.warm * len(work)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (len(work) - step) / (len(work) - warm + 1)))
    )
    begun = time.perf_counter()
    losses: dict[str, list[Tensor]] = defaultdict(list)
    for step, (task, docs) in enumerate(work, 1):
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda"):
            loss = plan.weight[task] * loss_of(network, task, docs, device, rng)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        losses[task].append(loss.detach())
        if step % 1000 == 0 or step == len(work):
            told = {name: round(float(torch.stack(held).mean()), 3) for name, held in losses.items()}
            print(
                f"{step} of {len(work)}, {time.perf_counter() - begun:.0f} s, {json.dumps(told)}", flush=True
            )
            losses.clear()
    return network.eval()


def outputs(
    network: Encoder, windows: Sequence[Example], device: torch.device, most: int = 32
) -> Iterator[Any]:
    """Yield per window, in order, its `tokens` and `links` as float32 arrays without the padding."""
    with torch.no_grad():
        for start in range(0, len(windows), most):
            some = windows[start : start + most]
            tokens, links, _ = network(*tensors(some, device))
            for row, one in enumerate(some):
                length = len(one["ids"])
                yield (
                    tokens[row, :length].float().cpu().numpy(),
                    links[row, :, :length, :length].float().cpu().numpy(),
                )


__all__ = ["CPU", "INCIDENTS", "Plan", "fit", "outputs"]
