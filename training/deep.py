"""A teacher of 110 million parameters: MPNet-base under the reader's own heads.

In:   the weights of `all-mpnet-base-v2` (Apache-2.0).   Out: an encoder that takes the reader's word pieces.
Knows nothing of: heads, losses. Nothing of it ships: it only tells the small reader what it makes of words (teach.py).

MPNet (Song et al. 2020) has BERT's layers and its word pieces, in another order, and beside embeddings of places a bias
for each pair of them by their distance, in 32 buckets as T5 has them (Raffel et al. 2020).
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from training.model import Encoder

SIZES = {"layers": 12, "dim": 768, "heads": 12, "inner": 3072}
BUCKETS, FARTHEST = 32, 128
FROZEN = 4  # layers that stay as they are: a fifth of the time, and little to learn in them
SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>"}


class DeepEncoder(Encoder):
    """MPNet. Its lowest layers do not learn; the surface features come in above them."""

    def __init__(self, vocab: int = 30522) -> None:
        super().__init__(**SIZES, vocab=vocab)
        self.near = nn.Embedding(BUCKETS, SIZES["heads"])
        for norm in [self.norm, *(n for layer in self.layers for n in (layer.norm1, layer.norm2))]:
            norm.eps = 1e-5
        for part in (self.word, self.position, self.near, self.norm, *self.layers[:FROZEN]):
            part.requires_grad_(False)
        for layer in self.layers[:FROZEN]:
            layer.drop.p = 0.0

    def forward(
        self, ids: Tensor, case: Tensor, quote: Tensor, brk: Tensor, mask: Tensor, who: Tensor | None = None
    ) -> list[Tensor]:
        """As `Encoder.forward`."""
        annotator = self.annotator.weight[-1][None, None] if who is None else self.annotator(who)[:, None]
        places = torch.arange(ids.shape[1], device=ids.device)
        out = []
        with torch.no_grad():
            bias = self.near(buckets(places[None] - places[:, None])).permute(2, 0, 1)[None]
            bias = bias.masked_fill(~mask[:, None, None, :], float("-inf"))
            x = self.norm(self.word(ids) + self.position(places)[None])
            if torch.is_autocast_enabled("cpu"):
                bias = bias.bfloat16()
            for layer in self.layers[:FROZEN]:
                x = layer(x, bias)
                out.append(x)
        x = x + self.case(case) + self.quote(quote) + self.brk(brk) + annotator
        for layer in self.layers[FROZEN:]:
            x = layer(x, bias)
            out.append(x)
        return out

    def load_mpnet(self, folder: Path, pieces: list[str]) -> None:
        """Copies the weights; ``pieces``: the reader's vocabulary, in its order."""
        w = load_file(folder / "model.safetensors")
        numbers = {p: i for i, p in enumerate((folder / "vocab.txt").read_text(encoding="utf-8").splitlines())}
        order = [numbers[SPECIAL.get(piece, piece)] for piece in pieces]
        own = {
            "word.weight": w["embeddings.word_embeddings.weight"][order],
            "position.weight": w["embeddings.position_embeddings.weight"][2:],  # places are counted from two there
            "near.weight": w["encoder.relative_attention_bias.weight"],
        }
        names = {"norm": "embeddings.LayerNorm"}
        for i in range(len(self.layers)):
            old, new = f"encoder.layer.{i}.", f"layers.{i}."
            names |= {
                f"{new}out": f"{old}attention.attn.o",
                f"{new}norm1": f"{old}attention.LayerNorm",
                f"{new}up": f"{old}intermediate.dense",
                f"{new}down": f"{old}output.dense",
                f"{new}norm2": f"{old}output.LayerNorm",
            }
            for kind in ("weight", "bias"):
                own[f"{new}qkv.{kind}"] = torch.cat([w[f"{old}attention.attn.{n}.{kind}"] for n in "qkv"])
        own |= {f"{a}.{kind}": w[f"{b}.{kind}"] for a, b in names.items() for kind in ("weight", "bias")}
        missing, extra = self.load_state_dict(own, strict=False)
        assert not extra and set(missing) == {f"{n}.weight" for n in ("case", "quote", "brk", "annotator")}


def encoder_of(weights: dict[str, Tensor]) -> Encoder:
    """An encoder of the shape of a run's weights."""
    return DeepEncoder() if "encoder.near.weight" in weights else Encoder(layers=len(weights["mix"]))


def buckets(distance: Tensor) -> Tensor:
    """The bucket of how far a place lies behind another: one each for near ones, then ever wider ones."""
    half = BUCKETS // 2
    exact = half // 2
    far = distance.abs()
    wide = exact + ((far.clamp(min=1) / exact).log() / torch.tensor(FARTHEST / exact).log() * (half - exact)).long()
    return torch.where(far < exact, far, wide.clamp(max=half - 1)) + half * (distance > 0)
