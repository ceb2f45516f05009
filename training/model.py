"""The reader's network in torch: an encoder with surface features, chains of tags, syntax, names, factuality.

In:   batches (batch.py).   Out: losses; the weights and tables that the runtime needs.
Knows nothing of: files, schedules.
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn

from sayso.reader.arguments import N_BETWEEN, N_DISTANCE, N_PARAGRAPH
from sayso.reader.chain import allowed
from sayso.reader.decode import INNER, KINDS
from training.batch import ARGUMENT_TAGS, INNER_TAGS, TAGS

ARC_DIM, REL_DIM = 128, 48
ARG_DIM = 96
# From which probability on spans are chosen (sayso.reader.decode.Choice): picked on dev with the installed reader.
CHOICE = (0.35, 0.4, 0.4, 0.8, 0.4, 0.4)
# bfloat16 is some 1.6 times as fast where a processor has it; elsewhere one product takes a hundred times as long.
HALF = bool(torch.cpu.get_capabilities().get("avx512_bf16"))
CHAINS = {"": KINDS, "arg_": ("S", "C"), "inner_": INNER}  # what each chain's parameters are called after
Batch = dict[str, Tensor]


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
    ) -> list[Tensor]:
        """Pieces and features to the hidden states of each layer; ``who`` annotated each window (else unknown)."""
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
        out = []
        for layer in self.layers:
            x = layer(x, bias)
            out.append(x)
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
    """Encoder and heads. Attributions read the last layer; syntax, names and factuality a learned mix of all layers
    (Peters et al. 2018), so that they take less of it.
    """

    def __init__(self, sizes: dict[str, int], encoder: Encoder | None = None) -> None:
        super().__init__()
        self.encoder = encoder or Encoder()
        dim = self.encoder.word.weight.shape[1]
        self.half = False  # whether the encoder computes in bfloat16, where the processor does
        self.drop = nn.Dropout(0.1)
        self.tags = nn.Linear(dim, len(TAGS))
        self.inner = nn.Linear(dim, len(INNER_TAGS))
        self.args = nn.Linear(dim, 2 * ARG_DIM)
        pairs = {"distance": N_DISTANCE, "paragraph": N_PARAGRAPH, "between": N_BETWEEN}
        self.arg_tables = nn.ParameterDict({n: nn.Parameter(torch.zeros(s, ARG_DIM)) for n, s in pairs.items()})
        self.arg_mix = nn.Linear(ARG_DIM, ARG_DIM)
        self.arg_out = nn.Linear(ARG_DIM, len(ARGUMENT_TAGS))
        for prefix, kinds in CHAINS.items():
            n = 1 + 4 * len(kinds)
            for name, shape in (("trans", (2, n, n)), ("first", (n,)), ("last", (n,))):
                self.register_parameter(prefix + name, nn.Parameter(torch.zeros(shape)))
            for name, ok in zip(("trans", "first", "last"), allowed(kinds), strict=True):
                self.register_buffer(f"{prefix}{name}_ok", torch.tensor(ok, dtype=torch.float64), persistent=False)
        self.mix = nn.Parameter(torch.zeros(len(self.encoder.layers)))
        self.arc = nn.Linear(dim, 2 * ARC_DIM)
        self.arc_pair = nn.Linear(ARC_DIM + 1, ARC_DIM, bias=False)
        self.rel = nn.Linear(dim, 2 * REL_DIM)
        self.rel_pair = nn.Parameter(torch.zeros(sizes["rel"], REL_DIM + 1, REL_DIM + 1))
        self.word = nn.ModuleDict({k: nn.Linear(dim, n) for k, n in sizes.items() if k != "rel"})
        self.fact = nn.Linear(dim, 1)

    def states(self, b: Batch) -> list[Tensor]:
        """The hidden states of each layer, (batch, pieces, dim)."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.half and HALF):
            layers: list[Tensor] = self.encoder(*b["x"].unbind(1), b["mask"], b["who"])
        return layers

    def hidden(self, layers: list[Tensor]) -> tuple[Tensor, Tensor]:
        """What the attribution heads read, and what the others read, from the states: (batch, pieces, dim) each."""
        share = self.mix.softmax(0)
        mixed = sum(s * layer.float() for s, layer in zip(share, layers, strict=True))
        return self.drop(layers[-1].float()), self.drop(mixed)

    def chain(self, prefix: str) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
        """Scores and what is allowed: transitions, first, last."""
        names = ("trans", "first", "last")
        return tuple(getattr(self, prefix + n) for n in names), tuple(getattr(self, f"{prefix}{n}_ok") for n in names)

    def attribution_losses(self, h: Tensor, b: Batch, teachers: list[Reader], told: float) -> dict[str, Tensor]:
        """Losses of the three chains, each per word. ``told``: the share of the teachers in the first two."""
        h = h[torch.arange(len(h))[:, None], b["first"]]
        em, args = self.tags(h), self.args(h)
        words = b["words"].sum()
        out = {"tags": self._mixed("", em, b["tags"], b["brk"], b["words"], self._told_tags(b, teachers), told)}
        if told < 1:  # only gold articles have inner attributions
            out["inner"] = self._mixed("inner_", self.inner(h), b["inner"], b["brk"], b["words"], [], 0)
        if len(b["arg_row"]):
            row = b["arg_row"]
            scores = self.argument_scores(args, b)
            by_teacher = self._told_args(b, teachers)
            out["args"] = self._mixed("arg_", scores, b["arg_tags"], b["brk"][row], b["words"][row], by_teacher, told)
        return {k: v / words for k, v in out.items()}

    def _mixed(
        self,
        prefix: str,
        em: Tensor,
        gold: Tensor,
        brk: Tensor,
        mask: Tensor,
        by_teacher: list[tuple[Tensor, Tensor, Reader]],
        told: float,
    ) -> Tensor:
        """Gold and the teachers' distribution over tag sequences, weighted."""
        scores, ok = self.chain(prefix)
        loss = log_partition(em, brk, mask, scores, ok).sum()
        if told < 1 or not by_teacher:
            loss = loss - (1 - told if by_teacher else 1) * path_score(em, gold, brk, mask, scores)
        for rows, theirs, teacher in by_teacher:
            loss = loss - told * told_score(
                em[rows], theirs, brk[rows], mask[rows], scores, ok, teacher.chain(prefix)[0]
            )
        return loss

    @staticmethod
    def _told_tags(b: Batch, teachers: list[Reader]) -> list[tuple[Tensor, Tensor, Reader]]:
        """Rows of the batch with the scores of the teacher that answers for them."""
        if "told_tags" not in b or not teachers:
            return []
        rows = [(b["teacher"] == k).nonzero()[:, 0] for k in range(len(teachers))]
        return [(r, b["told_tags"][r], t) for r, t in zip(rows, teachers, strict=True) if len(r)]

    @staticmethod
    def _told_args(b: Batch, teachers: list[Reader]) -> list[tuple[Tensor, Tensor, Reader]]:
        if "told_args" not in b or not teachers:
            return []
        out = []
        for k, teacher in enumerate(teachers):
            rows = (b["teacher"][b["arg_row"]] == k).nonzero()[:, 0]
            if len(rows):
                own = {n: b[n][rows] for n in ("arg_row", "arg_cue", "arg_feats")}
                with torch.no_grad():
                    out.append((rows, teacher.argument_scores(b["told_args"], own), teacher))
        return out

    def argument_scores(self, args: Tensor, b: Batch) -> Tensor:
        """Scores of the argument tags, (cues, words, tags), from word and cue vectors and how they lie."""
        row, cue = b["arg_row"], b["arg_cue"]
        as_cue = args[..., ARG_DIM:]
        c = (as_cue[row, cue[:, 0]] + as_cue[row, cue[:, 1]]) / 2
        t, feats = self.arg_tables, b["arg_feats"]
        z = args[row][..., :ARG_DIM] + c[:, None]
        z = z + t["distance"][feats[..., 0]] + t["paragraph"][feats[..., 1]] + t["between"][feats[..., 2]]
        z = F.relu(z)  # cheap where numpy does it
        out: Tensor = self.arg_out(F.relu(self.arg_mix(z)) + z)
        return out

    def syntax(self, h: Tensor) -> tuple[Tensor, ...]:
        """Per piece: arc dependents (already multiplied and scaled), arc heads, relation dependents and heads."""
        dep, head = F.gelu(self.arc(h)).chunk(2, -1)
        dep = self.arc_pair(F.pad(dep, (0, 1), value=1.0)) / ARC_DIM**0.5
        rdep, rhead = F.gelu(self.rel(h)).chunk(2, -1)
        return dep, head, rdep, rhead

    def syntax_losses(self, h: Tensor, b: Batch) -> dict[str, Tensor]:
        """Cross entropies per token of a batch of parsed windows: arcs within sentences, labels, names, factuality."""
        t = self.drop(h[torch.arange(len(h))[:, None], b["place"]])  # (batch, tokens, dim)
        dep, head, rdep, rhead = self.syntax(t)
        known, gold = b["known"], b["labels"]
        arc = dep @ head.transpose(1, 2)
        arc = arc.masked_fill(b["sentence"][:, :, None] != b["sentence"][:, None], -1e4)
        out = {"arc": F.cross_entropy(arc[known], gold[..., 2][known])}
        chosen = rhead.gather(1, gold[..., 2].clamp(min=0)[..., None].expand(-1, -1, rhead.shape[2]))
        d1, h1 = F.pad(rdep[known], (0, 1), value=1.0), F.pad(chosen[known], (0, 1), value=1.0)
        rel = torch.einsum("ni,lij,nj->nl", d1, self.rel_pair, h1)
        out["rel"] = F.cross_entropy(rel, gold[..., 3][known], ignore_index=-1)
        for name, column in (("upos", 0), ("xpos", 1), ("lemma", 4), ("names", 5)):
            g = gold[..., column][known]
            if (g >= 0).any():
                out[name] = F.cross_entropy(self.word[name](t[known]), g, ignore_index=-1)
        on = known & ~b["fact"].isnan()
        if on.any():
            out["fact"] = F.smooth_l1_loss(self.fact(t[on])[:, 0], b["fact"][on])
        return out

    def tables(self) -> dict[str, NDArray[np.float32]]:
        """What decoding needs beside the network's outputs (sayso.reader.session.tables)."""
        own = {f"arg_{k}": v for k, v in self.arg_tables.items()}
        for name in ("arg_mix", "arg_out"):
            layer = getattr(self, name)
            own |= {f"{name}_weight": layer.weight, f"{name}_bias": layer.bias}
        for prefix in CHAINS:
            own |= {prefix + n: getattr(self, prefix + n) for n in ("trans", "first", "last")}
        own["rel_pair"] = self.rel_pair
        out = {k: v.detach().numpy().astype(np.float32) for k, v in own.items()}
        # Until fit_score.py has learned better: the odds of the three parts added.
        out["calibration"] = np.array([0.0, 1.0, 1.0, 1.0], np.float32)
        return out | {"choice": np.array(CHOICE)}


def log_partition(em: Tensor, brk: Tensor, mask: Tensor, scores: tuple[Tensor, ...], ok: tuple[Tensor, ...]) -> Tensor:
    """The logarithm of the summed weights of all allowed tag sequences of a linear chain, (batch,), in float64."""
    em = em.double()
    trans, first, last = (x.double() for x in scores)
    top = em.amax(2, keepdim=True).detach()
    e = (em - top).exp()
    step = trans.exp() * ok[0]
    alpha = e[:, 0] * first.exp() * ok[1]
    logs = []
    broken, whole = brk.any(0).tolist(), mask.all(0).tolist()
    columns = e.unbind(1)
    for i in range(1, em.shape[1]):
        if i % 8 == 0:  # in float64 that often is enough
            z = alpha.sum(1, keepdim=True)
            logs.append(z.log())
            alpha = alpha / z
        if broken[i]:
            new = torch.bmm(alpha[:, None], step[brk[:, i]])[:, 0] * columns[i]
        else:
            new = (alpha @ step[0]) * columns[i]
        alpha = new if whole[i] else torch.where(mask[:, i, None], new, alpha)
    out = (alpha * last.exp() * ok[2]).sum(1).log() + (top[..., 0] * mask).sum(1)
    return out + torch.cat(logs, 1).sum(1) if logs else out


def path_score(em: Tensor, tags: Tensor, brk: Tensor, mask: Tensor, scores: tuple[Tensor, ...]) -> Tensor:
    """The score of tag sequences, summed over the batch: what is left of their log likelihood without the partition
    (Lafferty et al. 2001).
    """
    trans, first, last = (x.double() for x in scores)
    row = torch.arange(len(em))
    path = (em.double().gather(2, tags[..., None])[..., 0] * mask).sum(1)
    path = path + (trans[brk[:, 1:], tags[:, :-1], tags[:, 1:]] * mask[:, 1:]).sum(1)
    return (path + first[tags[:, 0]] + last[tags[row, mask.sum(1) - 1]]).sum()


def told_score(
    em: Tensor,
    theirs: Tensor,
    brk: Tensor,
    mask: Tensor,
    scores: tuple[Tensor, ...],
    ok: tuple[Tensor, ...],
    their_scores: tuple[Tensor, ...],
) -> Tensor:
    """The score that a teacher expects of its tag sequences by our numbers, summed over the batch.

    Ours is linear in the scores, so the teacher's expected tags and transitions are enough; they are the gradients of
    its own log partition.
    """
    with torch.enable_grad():
        leaves = [x.detach().clone().double().requires_grad_() for x in (theirs, *their_scores)]
        log_partition(leaves[0], brk, mask, tuple(leaves[1:]), ok).sum().backward()
    unary, *counts = (x.grad for x in leaves)
    return (unary * em.double()).sum() + sum((c * s.double()).sum() for c, s in zip(counts, scores, strict=True))
