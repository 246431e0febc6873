"""Write a trained encoder as ONNX, and quantise it to int8."""

import io
from pathlib import Path
from typing import Any

import onnx
import torch
from encoder_network import Encoder
from onnxruntime.quantization import QuantType, quantize_dynamic


def export(network: Encoder, path: Path) -> None:
    """Write the network in float32; batch and length are free."""
    ids = torch.tensor([[101, 2054, 102, 0], [101, 2054, 2003, 102]])
    buffer = io.BytesIO()
    torch.onnx.export(
        network.eval(), (ids, torch.zeros_like(ids), (ids > 0).long()), buffer, dynamo=False, opset_version=17,
        input_names=["ids", "cases", "mask"], output_names=["tokens", "links", "hidden"],
        dynamic_axes={
            name: {0: "batch", 1: "pieces"} for name in ("ids", "cases", "mask", "tokens", "hidden")
        } | {"links": {0: "batch", 2: "pieces", 3: "pieces"}},
    )  # fmt: skip
    path.write_bytes(buffer.getvalue())


def quantise(source: Path, target: Path, keep: tuple[str, ...] = ()) -> None:
    """Write the float32 model at `source` with int8 weights, per channel; nodes whose name holds one of `keep` stay."""
    model: Any = onnx.load(source)
    stay = [node.name for node in model.graph.node if any(part in node.name for part in keep)]
    quantize_dynamic(
        source, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=False, nodes_to_exclude=stay,
        op_types_to_quantize=["MatMul", "Gather"],
        extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip
