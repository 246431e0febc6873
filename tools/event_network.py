"""The branch of the encoder that tells events: the encoder's own last layers, slimmer, learning anew on its hidden states.

Needs torch, numpy and onnx alone. The branch begins after layer `FROM` of the shipped encoder, whose own numbers stay as
they are; its layers begin as the encoder's layers above that, with the inner units kept that weigh most.
"""

import math
from pathlib import Path
from typing import Any

import onnx
import torch
from encoder_network import FROM, HIDDEN, LAYERS, Layer
from onnx import numpy_helper
from torch import Tensor, nn

INNER = 1152  # inner units of a layer; the encoder has 1,536
ROLES = ("actor", "target", "place")
WIDTH, REACH = 48, 24


def shipped_layer(model: Any, number: int) -> dict[str, Tensor]:
    """Return a layer's weights out of the encoder's int8 graph, as float32, by the names of `Layer`."""
    held = {tensor.name: tensor for tensor in model.graph.initializer}
    out: dict[str, Tensor] = {}
    for node in model.graph.node:
        if node.op_type == "MatMulInteger" and f"/layers.{number}/" in node.name:
            base = node.input[1].removesuffix("_quantized")
            whole, scale, zero = (
                numpy_helper.to_array(held[name]).astype("float32")
                for name in (node.input[1], f"{base}_scale", f"{base}_zero_point")
            )
            out[node.name.split("/")[2] + ".weight"] = torch.tensor((whole - zero) * scale).T.contiguous()
    for name, tensor in held.items():
        if name.startswith(f"layers.{number}."):
            out[name.split(".", 2)[2]] = torch.tensor(numpy_helper.to_array(tensor).copy())
    return out


def slimmed(layer: dict[str, Tensor], inner: int) -> dict[str, Tensor]:
    """Return a layer with the inner units whose ways in and out weigh most."""
    weight = layer["up.weight"].norm(dim=1) * layer["down.weight"].norm(dim=0)
    keep = weight.topk(inner).indices.sort().values
    return {
        **layer,
        "up.weight": layer["up.weight"][keep], "up.bias": layer["up.bias"][keep],
        "down.weight": layer["down.weight"][:, keep],
    }  # fmt: skip


class Branch(nn.Module):
    """Layers over the encoder's hidden states and the rules' types: type and reality of each word, and where its roles stand."""

    def __init__(
        self, types: int, realities: int, encoder: Path | None = None, dropout: float = 0.15
    ) -> None:
        super().__init__()
        # What the rules may say beside the types: an event of another kind, and a word whose frame does not fit.
        self.rules = nn.Embedding(types + 2, HIDDEN)
        self.bias = nn.Embedding(types + 2, types)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS - FROM))
        for layer in self.layers:
            layer.up, layer.down = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.types = nn.Sequential(
            nn.Linear(HIDDEN, 192), nn.GELU(), nn.Dropout(dropout), nn.Linear(192, types)
        )
        self.realities = nn.Sequential(
            nn.Linear(HIDDEN, 64), nn.GELU(), nn.Dropout(dropout), nn.Linear(64, realities)
        )
        self.query = nn.Linear(HIDDEN, len(ROLES) * WIDTH)
        self.key = nn.Linear(HIDDEN, len(ROLES) * WIDTH)
        self.nobody = nn.Linear(HIDDEN, len(ROLES))
        self.distance = nn.Parameter(torch.zeros(len(ROLES), 2 * REACH + 1))
        nn.init.normal_(self.rules.weight, 0, 0.02)
        nn.init.zeros_(self.bias.weight)
        # Most words tell of no event.
        last = self.types[3]
        nn.init.constant_(last.bias, -2.0)
        last.bias.data[0] = 2.0
        if encoder is not None:
            model = onnx.load(str(encoder))
            for number, layer in enumerate(self.layers, FROM):
                layer.load_state_dict(slimmed(shipped_layer(model, number), INNER))

    def forward(self, hidden: Tensor, mask: Tensor, rules: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return log odds per piece: of types, of realities, and (batch, role, word, 1 + piece) of who fills its roles."""
        x = self.dropout(hidden) + self.rules(rules)
        away = (1.0 - mask.float())[:, None, None, :] * -10_000.0
        for layer in self.layers:
            x = layer(x, away)
        return self.types(x) + self.bias(rules), self.realities(x), self.fillers(x, away)

    def fillers(self, x: Tensor, away: Tensor) -> Tensor:
        """Return scores of every piece as filler of every word's roles, nobody first."""
        batch, length, _ = x.shape

        def parts(y: Tensor) -> Tensor:
            return y.view(batch, length, len(ROLES), WIDTH).transpose(1, 2)

        scores = parts(self.query(x)) @ parts(self.key(x)).transpose(-1, -2) / math.sqrt(WIDTH)
        at = torch.arange(length, device=x.device)
        apart = (at[None, :] - at[:, None]).clamp(-REACH, REACH) + REACH
        scores = scores + self.distance[:, apart][None] + away
        return torch.cat([self.nobody(x).transpose(1, 2)[..., None], scores], -1)
