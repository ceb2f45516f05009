"""The reader's network: a BERT encoder with surface features, a CRF and link heads."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from crf import N_TAGS, Params, allowed
from decode import LINK_DIM, N_BETWEEN, N_DISTANCE, N_PARAGRAPH
from safetensors.torch import load_file
from torch import Tensor, nn


class Layer(nn.Module):
    """One transformer layer (post-norm, as BERT)."""

    def __init__(self, dim: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim)
        self.out = nn.Linear(dim, dim)
        self.norm1 = nn.LayerNorm(dim, eps=1e-12)
        self.up = nn.Linear(dim, inner)
        self.down = nn.Linear(inner, dim)
        self.norm2 = nn.LayerNorm(dim, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Hidden states to hidden states."""
        b, t, d = x.shape
        qkv = self.qkv(x).view(b, t, 3, self.heads, d // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.drop(self.out(a.transpose(1, 2).reshape(b, t, d))))
        out: Tensor = self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))
        return out


class Encoder(nn.Module):
    """BERT with three more, zero-initialised input embeddings."""

    def __init__(
        self,
        layers: int = 6,
        dim: int = 384,
        heads: int = 12,
        inner: int = 1536,
        vocab: int = 30522,
        positions: int = 512,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.heads = heads
        self.word = nn.Embedding(vocab, dim)
        self.position = nn.Embedding(positions, dim)
        self.case = nn.Embedding(6, dim)
        self.quote = nn.Embedding(4, dim)
        self.brk = nn.Embedding(3, dim)
        self.norm = nn.LayerNorm(dim, eps=1e-12)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dim, heads, inner, dropout) for _ in range(layers))
        for e in (self.case, self.quote, self.brk):
            nn.init.zeros_(e.weight)

    def forward(self, ids: Tensor, case: Tensor, quote: Tensor, brk: Tensor, mask: Tensor) -> Tensor:
        """Pieces and features to hidden states."""
        x = (
            self.word(ids)
            + self.position(torch.arange(ids.shape[1], device=ids.device))[None]
            + self.case(case)
            + self.quote(quote)
            + self.brk(brk)
        )
        x = self.drop(self.norm(x))
        bias = mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        out: Tensor = x
        return out

    def load_bert(self, path: str) -> None:
        """Copies the weights of a BERT checkpoint (safetensors)."""
        w = load_file(path)
        own = {
            "word.weight": w["embeddings.word_embeddings.weight"],
            "position.weight": w["embeddings.position_embeddings.weight"]
            + w["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": w["embeddings.LayerNorm.weight"],
            "norm.bias": w["embeddings.LayerNorm.bias"],
        }
        names = {
            "out": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for i in range(len(self.layers)):
            old = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                own[f"layers.{i}.qkv.{kind}"] = torch.cat(
                    [w[f"{old}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
                )
                for new, name in names.items():
                    own[f"layers.{i}.{new}.{kind}"] = w[f"{old}{name}.{kind}"]
        missing, extra = self.load_state_dict(own, strict=False)
        assert not extra and set(missing) == {"case.weight", "quote.weight", "brk.weight"}


class Reader(nn.Module):
    """Encoder, tag scores and link vectors; further heads can share the same pass."""

    ok_trans: Tensor
    ok_first: Tensor
    ok_last: Tensor

    def __init__(self, **encoder: Any) -> None:
        super().__init__()
        self.encoder = Encoder(**encoder)
        dim = self.encoder.word.weight.shape[1]
        self.drop = nn.Dropout(0.1)
        self.tags = nn.Linear(dim, N_TAGS)
        self.link = nn.Linear(dim, 4 * LINK_DIM + 1)
        self.trans = nn.Parameter(torch.zeros(2, N_TAGS, N_TAGS))
        self.first = nn.Parameter(torch.zeros(N_TAGS))
        self.last = nn.Parameter(torch.zeros(N_TAGS))
        sizes = {"distance": N_DISTANCE, "paragraph": N_PARAGRAPH, "between": N_BETWEEN}
        self.tables = nn.ParameterDict(
            {f"{k}_{n}": nn.Parameter(torch.zeros(s)) for k in ("source", "content") for n, s in sizes.items()}
        )
        t, f, e = allowed()
        self.register_buffer("ok_trans", torch.tensor(t, dtype=torch.float64))
        self.register_buffer("ok_first", torch.tensor(f, dtype=torch.float64))
        self.register_buffer("ok_last", torch.tensor(e, dtype=torch.float64))

    def forward(self, ids: Tensor, case: Tensor, quote: Tensor, brk: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Tag scores and link vectors of every piece."""
        h = self.drop(self.encoder(ids, case, quote, brk, mask))
        return self.tags(h), self.link(h)

    def crf_loss(self, em: Tensor, tags: Tensor, brk: Tensor, mask: Tensor) -> Tensor:
        """Negative log likelihood summed over the batch; (batch, words) inputs."""
        em = em.double()
        trans, n = self.trans.double(), mask.sum(1)
        row = torch.arange(len(em))
        path = (em.gather(2, tags[..., None])[..., 0] * mask).sum(1)
        path = path + (trans[brk[:, 1:], tags[:, :-1], tags[:, 1:]] * mask[:, 1:]).sum(1)
        path = path + self.first.double()[tags[:, 0]] + self.last.double()[tags[row, n - 1]]
        top = em.amax(2, keepdim=True).detach()
        e = (em - top).exp()
        step = trans.exp() * self.ok_trans
        alpha = e[:, 0] * self.first.double().exp() * self.ok_first
        logs = []
        for i in range(1, em.shape[1]):
            z = alpha.sum(1, keepdim=True)
            logs.append(z.log())
            alpha = alpha / z
            new = torch.bmm(alpha[:, None], step[brk[:, i]])[:, 0] * e[:, i]
            alpha = torch.where(mask[:, i, None], new, alpha)
        final = (alpha * self.last.double().exp() * self.ok_last).sum(1).log()
        norm = final + torch.cat(logs, 1).sum(1) + (top[..., 0] * mask).sum(1)
        return (norm - path).sum()

    def link_loss(self, kind: str, link: Tensor, spans: Tensor, cues: Tensor, feats: Tensor, gold: Tensor) -> Tensor:
        """Cross entropy summed: contents choose a cue, cues choose a source or none.

        spans (batch, S, 2) and cues (batch, C, 2) hold first and last words, -1 as
        padding; gold holds the index chosen (S for no source), -1 where unknown.
        """
        at = 0 if kind == "source" else 2 * LINK_DIM

        def take(x: Tensor, where: Tensor) -> Tensor:
            b = torch.arange(len(x))[:, None, None]
            return x[b, where.clamp(min=0)].mean(2)

        u = take(link[..., at : at + LINK_DIM], spans)
        v = take(link[..., at + LINK_DIM : at + 2 * LINK_DIM], cues)
        t = self.tables
        score = u @ v.transpose(1, 2) / LINK_DIM**0.5 + (
            t[f"{kind}_distance"][feats[..., 0]]
            + t[f"{kind}_paragraph"][feats[..., 1]]
            + t[f"{kind}_between"][feats[..., 2]]
        )
        score = score.masked_fill((spans[:, :, :1] < 0) | (cues[:, None, :, 0] < 0), -1e4)
        if kind == "source":
            none = take(link[..., -1:], cues)[..., 0]
            score = torch.cat([score.transpose(1, 2), none[..., None]], 2)
        return F.cross_entropy(score.flatten(0, 1), gold.flatten(), ignore_index=-1, reduction="sum")

    def params(self) -> Params:
        """What numpy decoding needs."""

        def get(x: Tensor) -> np.ndarray:
            return x.detach().numpy().astype(np.float64)

        return Params(get(self.trans), get(self.first), get(self.last), {k: get(v) for k, v in self.tables.items()})
