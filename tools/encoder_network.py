"""The encoder that tools/train_encoder.py trains: MiniLM's six layers, written out, with heads for several tasks.

One pass over a window gives `tokens` (numbers per piece, named in TOKENS) and `links` (per pair of pieces: how likely
the second is cue, source or content of the attribution whose cue begins at the first).
"""

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

HIDDEN, LAYERS, ATTENTION, INNER, CASES = 384, 6, 12, 1536, 7
FROM = 3  # the layer whose states the branch of events takes
RELATIONS = ("cue", "source", "content")
WIDTH, REACH = 64, 128
TOLL = 7  # classes 0 to 5, and 6 or more
INCIDENTS = ("ARSON", "ATTACK", "BOMBING", "FORCED WORK STOPPAGE", "KIDNAPPING", "ROBBERY", "relevant")
SLOTS = ("PERP: INDIVIDUAL ID", "PERP: ORGANIZATION ID", "PHYS TGT: ID", "HUM TGT", "INCIDENT: INSTRUMENT ID")
SIZES = {
    "cue": 3, "source": 1, "content": 1, "toponym": 3, "factuality": 1, "slots": len(SLOTS),
    "killed": 1 + TOLL, "injured": 1 + TOLL, "incident": 1 + len(INCIDENTS),
}  # fmt: skip
TOKENS: dict[str, tuple[int, int]] = {}
_at = 0
for _name, _size in SIZES.items():
    TOKENS[_name] = (_at, _at + _size)
    _at += _size


class Layer(nn.Module):
    """One layer of BERT (Devlin et al. 2019): self-attention and two linear maps, each added and normalised."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(HIDDEN, HIDDEN) for _ in range(3))
        self.joined = nn.Linear(HIDDEN, HIDDEN)
        self.first_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up, self.down = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.second_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return the next hidden states; `mask` (batch, 1, 1, pieces) is added to the scores."""
        batch, length, _ = x.shape

        def heads(y: Tensor) -> Tensor:
            return y.view(batch, length, ATTENTION, HIDDEN // ATTENTION).transpose(1, 2)

        query, key, value = heads(self.query(x)), heads(self.key(x)), heads(self.value(x))
        if self.training:
            mixed = functional.scaled_dot_product_attention(
                query, key, value, attn_mask=mask.to(query.dtype), dropout_p=self.dropout.p
            )
        else:
            scores = query @ key.transpose(-1, -2) / math.sqrt(HIDDEN // ATTENTION) + mask
            mixed = scores.softmax(-1) @ value
        mixed = mixed.transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.first_norm(x + self.dropout(self.joined(mixed)))
        return self.second_norm(x + self.dropout(self.down(functional.gelu(self.up(x)))))


def small(out: int, inner: int = 128) -> nn.Sequential:
    """Return a head of two linear maps."""
    return nn.Sequential(nn.Linear(HIDDEN, inner), nn.GELU(), nn.Dropout(0.1), nn.Linear(inner, out))


class Encoder(nn.Module):
    """MiniLM with a case embedding and all heads."""

    def __init__(self, vocabulary: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, HIDDEN)
        self.places = nn.Embedding(512, HIDDEN)
        self.cases = nn.Embedding(CASES, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.heads = nn.ModuleDict({name: small(size) for name, size in SIZES.items()})
        self.link_from = nn.Linear(HIDDEN, len(RELATIONS) * WIDTH)
        self.link_to = nn.Linear(HIDDEN, len(RELATIONS) * WIDTH)
        self.link_bias = nn.Linear(HIDDEN, len(RELATIONS))
        self.distance = nn.Parameter(torch.zeros(len(RELATIONS), 2 * REACH + 1))
        nn.init.zeros_(self.cases.weight)
        nn.init.constant_(self.link_bias.bias, -2.0)

    def hidden(self, ids: Tensor, cases: Tensor, mask: Tensor) -> Tensor:
        """Return the last hidden states; `mask` (batch, pieces) is 1 where there is a piece."""
        return self.hidden_inside(ids, cases, mask)[1]

    def hidden_inside(self, ids: Tensor, cases: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return the hidden states after layer `FROM`, which the branch of events takes, and the last ones."""
        at = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.words(ids) + self.places(at)[None] + self.cases(cases)))
        added = (1.0 - mask.float())[:, None, None, :] * -10_000.0
        inside = x
        for number, layer in enumerate(self.layers, 1):
            x = layer(x, added)
            inside = x if number == FROM else inside
        return inside, x

    def links(self, x: Tensor) -> Tensor:
        """Return the scores of pairs: (batch, relation, from, to)."""
        batch, length, _ = x.shape

        def parts(y: Tensor) -> Tensor:
            return y.view(batch, length, len(RELATIONS), WIDTH).transpose(1, 2)

        scores = parts(self.link_from(x)) @ parts(self.link_to(x)).transpose(-1, -2) / math.sqrt(WIDTH)
        at = torch.arange(length, device=x.device)
        apart = (at[None, :] - at[:, None]).clamp(-REACH, REACH) + REACH
        return scores + self.distance[:, apart][None] + self.link_bias(x).transpose(1, 2)[:, :, None, :]

    def head(self, name: str, x: Tensor) -> Tensor:
        """Return one head's numbers per piece."""
        out: Tensor = self.heads[name](x)
        return out

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return `tokens` (batch, pieces, all heads), `links` (batch, relation, pieces, pieces) and the states inside."""
        inside, x = self.hidden_inside(ids, cases, mask)
        return torch.cat([self.heads[name](x) for name in SIZES], -1), self.links(x), inside


def pooled(scores: Tensor, mask: Tensor) -> Tensor:
    """Return one row of class scores: each piece's, weighed by the softmax of its first number.

    `scores` is (batch, pieces, 1 + classes); attention pooling for weak labels after Ilse et al. 2018.
    """
    weights = scores[..., 0].float().masked_fill(mask == 0, -1e4).softmax(-1)
    return (weights[..., None] * scores[..., 1:].float()).sum(-2)


def load_minilm(network: Encoder, state: dict[str, Any]) -> None:
    """Copy MiniLM's weights (names as in its safetensors file) into an encoder; the segment's goes into the places."""
    own = network.state_dict()

    def put(name: str, value: Tensor) -> None:
        own[name].copy_(value.float())

    put("words.weight", state["embeddings.word_embeddings.weight"])
    kinds = state["embeddings.token_type_embeddings.weight"].float()[0]
    put("places.weight", state["embeddings.position_embeddings.weight"].float() + kinds)
    names = {
        "attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value",
        "attention.output.dense": "joined", "attention.output.LayerNorm": "first_norm",
        "intermediate.dense": "up", "output.dense": "down", "output.LayerNorm": "second_norm",
    }  # fmt: skip
    for end in ("weight", "bias"):
        put(f"norm.{end}", state[f"embeddings.LayerNorm.{end}"])
        for number in range(LAYERS):
            for theirs, ours in names.items():
                put(f"layers.{number}.{ours}.{end}", state[f"encoder.layer.{number}.{theirs}.{end}"])
