"""The reader's network: a BERT encoder with surface features, a CRF and link heads."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from crf import N_TAGS, Params, allowed
from decode import ARG_DIM, LINK_DIM, N_ARG, N_BETWEEN, N_DISTANCE, N_PARAGRAPH, allowed_args
from safetensors.torch import load_file
from torch import Tensor, nn

ARC_DIM, REL_DIM = 128, 48


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
        annotators: int = 6,
    ) -> None:
        super().__init__()
        self.heads = heads
        self.word = nn.Embedding(vocab, dim)
        self.position = nn.Embedding(positions, dim)
        self.case = nn.Embedding(6, dim)
        self.quote = nn.Embedding(4, dim)
        self.brk = nn.Embedding(3, dim)
        self.annotator = nn.Embedding(annotators + 1, dim)  # the last: unknown
        self.norm = nn.LayerNorm(dim, eps=1e-12)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dim, heads, inner, dropout) for _ in range(layers))
        for e in (self.case, self.quote, self.brk, self.annotator):
            nn.init.zeros_(e.weight)

    def forward(
        self, ids: Tensor, case: Tensor, quote: Tensor, brk: Tensor, mask: Tensor, who: Tensor | None = None
    ) -> Tensor:
        """Pieces and features to hidden states; `who` annotated each window (unknown by default)."""
        annotator = self.annotator.weight[-1][None, None] if who is None else self.annotator(who)[:, None]
        x = (
            self.word(ids)
            + self.position(torch.arange(ids.shape[1], device=ids.device))[None]
            + self.case(case)
            + self.quote(quote)
            + self.brk(brk)
            + annotator
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
        assert not extra and set(missing) == {f"{n}.weight" for n in ("case", "quote", "brk", "annotator")}


class Reader(nn.Module):
    """Encoder and heads: attribution tags, links, arguments of a cue, syntax, names, factuality."""

    ok_trans: Tensor
    ok_first: Tensor
    ok_last: Tensor
    arg_trans_ok: Tensor
    arg_first_ok: Tensor
    arg_last_ok: Tensor

    def __init__(self, sizes: dict[str, int], **encoder: Any) -> None:
        super().__init__()
        self.encoder = Encoder(**encoder)
        dim = self.encoder.word.weight.shape[1]
        self.drop = nn.Dropout(0.1)
        self.tags = nn.Linear(dim, N_TAGS)
        self.link = nn.Linear(dim, 4 * LINK_DIM + 1)
        self.trans = nn.Parameter(torch.zeros(2, N_TAGS, N_TAGS))
        self.first = nn.Parameter(torch.zeros(N_TAGS))
        self.last = nn.Parameter(torch.zeros(N_TAGS))
        pairs = {"distance": N_DISTANCE, "paragraph": N_PARAGRAPH, "between": N_BETWEEN}
        self.tables = nn.ParameterDict(
            {f"{k}_{n}": nn.Parameter(torch.zeros(s)) for k in ("source", "content") for n, s in pairs.items()}
        )
        self.args = nn.Linear(dim, 2 * ARG_DIM)
        self.arg_tables = nn.ParameterDict({n: nn.Parameter(torch.zeros(s, ARG_DIM)) for n, s in pairs.items()})
        self.arg_mix = nn.Linear(ARG_DIM, ARG_DIM)
        self.arg_out = nn.Linear(ARG_DIM, N_ARG)
        self.arg_trans = nn.Parameter(torch.zeros(2, N_ARG, N_ARG))
        self.arg_first = nn.Parameter(torch.zeros(N_ARG))
        self.arg_last = nn.Parameter(torch.zeros(N_ARG))
        self.arc = nn.Linear(dim, 2 * ARC_DIM)
        self.arc_pair = nn.Linear(ARC_DIM + 1, ARC_DIM, bias=False)
        self.rel = nn.Linear(dim, 2 * REL_DIM)
        self.rel_pair = nn.Parameter(torch.zeros(sizes["rel"], REL_DIM + 1, REL_DIM + 1))
        self.word = nn.ModuleDict({k: nn.Linear(dim, n) for k, n in sizes.items() if k != "rel"})
        self.fact = nn.Linear(dim, 1)
        for name, ok in zip(("trans", "first", "last"), allowed(), strict=True):
            self.register_buffer(f"ok_{name}", torch.tensor(ok, dtype=torch.float64))
        for name, ok in zip(("trans", "first", "last"), allowed_args(), strict=True):
            self.register_buffer(f"arg_{name}_ok", torch.tensor(ok, dtype=torch.float64))

    def hidden(
        self, ids: Tensor, case: Tensor, quote: Tensor, brk: Tensor, mask: Tensor, who: Tensor | None = None
    ) -> Tensor:
        """What all heads read."""
        out: Tensor = self.drop(self.encoder(ids, case, quote, brk, mask, who))
        return out

    def forward(self, ids: Tensor, case: Tensor, quote: Tensor, brk: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """Tag scores, link vectors and argument vectors of every piece."""
        h = self.hidden(ids, case, quote, brk, mask)
        return self.tags(h), self.link(h), self.args(h)

    def syntax(self, h: Tensor) -> tuple[Tensor, ...]:
        """Per piece: arc dependents (already multiplied), arc heads, relation dependents and heads."""
        dep, head = F.gelu(self.arc(h)).chunk(2, -1)
        dep = self.arc_pair(F.pad(dep, (0, 1), value=1.0))
        rdep, rhead = F.gelu(self.rel(h)).chunk(2, -1)
        return dep, head, rdep, rhead

    def syntax_loss(self, h: Tensor, b: dict[str, Tensor]) -> dict[str, Tensor]:
        """Cross entropies per token of a batch of parsed windows: arcs within sentences, and labels."""
        rows = torch.arange(len(h))[:, None]
        t = self.drop(h[rows, b["place"]])  # (batch, tokens, dim)
        dep, head, rdep, rhead = self.syntax(t)
        known = b["known"]  # real tokens
        arc = dep @ head.transpose(1, 2) / ARC_DIM**0.5
        arc = arc.masked_fill(b["sentence"][:, :, None] != b["sentence"][:, None], -1e4)
        gold = b["labels"]
        out = {"arc": F.cross_entropy(arc[known], gold[..., 2][known])}
        chosen = rhead.gather(1, gold[..., 2].clamp(min=0)[..., None].expand(-1, -1, rhead.shape[2]))
        d1, h1 = F.pad(rdep[known], (0, 1), value=1.0), F.pad(chosen[known], (0, 1), value=1.0)
        rel = torch.einsum("ni,lij,nj->nl", d1, self.rel_pair, h1)
        out["rel"] = F.cross_entropy(rel, gold[..., 3][known], ignore_index=-1)
        for name, col in (("upos", 0), ("xpos", 1), ("lemma", 4), ("ner", 5)):
            g = gold[..., col][known]
            if (g >= 0).any():
                out[name] = F.cross_entropy(self.word[name](t[known]), g, ignore_index=-1)
        f = b["fact"]
        on = known & ~f.isnan()
        if on.any():
            out["fact"] = F.smooth_l1_loss(self.fact(t[on])[:, 0], f[on])
        return out

    def arg_loss(self, args: Tensor, b: dict[str, Tensor]) -> Tensor:
        """Negative log likelihood summed over cues: each cue's own chain over the words of its window."""
        if not len(b["arg_row"]):
            return torch.zeros(())
        row, cue = b["arg_row"], b["arg_cue"]
        word, head = args[row][..., :ARG_DIM], args[..., ARG_DIM:]
        c = (head[row, cue[:, 0]] + head[row, cue[:, 1]]) / 2
        em = self.arg_scores(word, c[:, None], b["arg_feats"])
        return self.chain_loss(
            em,
            b["arg_tags"],
            b["brk"][row],
            b["words"][row],
            (self.arg_trans, self.arg_first, self.arg_last),
            (self.arg_trans_ok, self.arg_first_ok, self.arg_last_ok),
        )

    def arg_scores(self, word: Tensor, cue: Tensor, feats: Tensor) -> Tensor:
        """Scores of the argument tags from word and cue vectors and pair features."""
        t = self.arg_tables
        z = word + cue + t["distance"][feats[..., 0]] + t["paragraph"][feats[..., 1]] + t["between"][feats[..., 2]]
        z = F.relu(z)  # cheap where numpy does it
        out: Tensor = self.arg_out(F.relu(self.arg_mix(z)) + z)
        return out

    def crf_loss(self, em: Tensor, tags: Tensor, brk: Tensor, mask: Tensor) -> Tensor:
        """Negative log likelihood of the tag chain summed over the batch; (batch, words) inputs."""
        return self.chain_loss(
            em, tags, brk, mask, (self.trans, self.first, self.last), (self.ok_trans, self.ok_first, self.ok_last)
        )

    def chain_loss(
        self,
        em: Tensor,
        tags: Tensor,
        brk: Tensor,
        mask: Tensor,
        scores: tuple[Tensor, Tensor, Tensor],
        ok: tuple[Tensor, Tensor, Tensor],
    ) -> Tensor:
        """Negative log likelihood of a linear chain, summed; `scores` and `ok`: transitions, first, last."""
        em = em.double()
        trans, first, last = (x.double() for x in scores)
        n = mask.sum(1)
        row = torch.arange(len(em))
        path = (em.gather(2, tags[..., None])[..., 0] * mask).sum(1)
        path = path + (trans[brk[:, 1:], tags[:, :-1], tags[:, 1:]] * mask[:, 1:]).sum(1)
        path = path + first[tags[:, 0]] + last[tags[row, n - 1]]
        top = em.amax(2, keepdim=True).detach()
        e = (em - top).exp()
        step = trans.exp() * ok[0]
        alpha = e[:, 0] * first.exp() * ok[1]
        logs = []
        for i in range(1, em.shape[1]):
            z = alpha.sum(1, keepdim=True)
            logs.append(z.log())
            alpha = alpha / z
            if brk[:, i].any():
                new = torch.bmm(alpha[:, None], step[brk[:, i]])[:, 0] * e[:, i]
            else:
                new = (alpha @ step[0]) * e[:, i]
            alpha = torch.where(mask[:, i, None], new, alpha)
        final = (alpha * last.exp() * ok[2]).sum(1).log()
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

        tables = {k: get(v) for k, v in self.tables.items()}
        tables |= {f"arg_{k}": get(v) for k, v in self.arg_tables.items()}
        for name in ("arg_mix", "arg_out"):
            layer = getattr(self, name)
            tables |= {f"{name}_weight": get(layer.weight), f"{name}_bias": get(layer.bias)}
        tables |= {n: get(getattr(self, n)) for n in ("arg_trans", "arg_first", "arg_last", "rel_pair")}
        return Params(get(self.trans), get(self.first), get(self.last), tables)
