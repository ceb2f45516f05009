"""Makes ``data/frequencies.tsv`` and ``data/kindred.tsv``, by which link weighs and compares words.

In:   PolNeAR, treebanks and ECB+ (train parts); MiniLM's weights and its tokenizer.   Out: the two files.
Knows nothing of: claims.

python -m training.frequencies --data ../shared/data --weights minilm -o src/sayso/data
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import tokenizers
import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional as F

from sayso.link.words import words

_LEAST = 3  # documents that a stem stands in
_LIKE, _MOST = 0.57, 8  # the least cosine that is kept, and how many for a stem
_HEADS = 12


def documents(data: Path) -> Iterator[str]:
    """The texts that are counted."""
    for path in sorted((data / "polnear" / "train" / "text").glob("*.txt")):
        yield path.read_text(encoding="utf-8")
    for path in (data / "ud-ewt" / "en_ewt-ud-train.conllu", data / "ud-gum" / "en_gum-ud-train.conllu"):
        for document in path.read_text(encoding="utf-8").split("# newdoc")[1:]:
            yield " ".join(line[9:] for line in document.splitlines() if line.startswith("# text = "))
    texts: dict[str, list[str]] = defaultdict(list)
    for line in (data / "ecbplus" / "ECB_Train_corpus.txt").read_text(encoding="utf-8").splitlines():
        if len(row := line.split("\t")) > 3:
            texts[row[0]].append(row[3])
    yield from (" ".join(tokens) for tokens in texts.values())


def count(data: Path) -> tuple[int, Counter[str], dict[str, str]]:
    """Documents, in how many of them each stem stands, and the commonest word of each stem."""
    number, found = 0, Counter[str]()
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for text in documents(data):
        own = words(text, ())
        number += 1
        found.update(set(own.stems))
        for stem, start, end in zip(own.stems, own.starts, own.ends, strict=True):
            forms[stem][text[start:end].casefold()] += 1
    return number, found, {s: max(c, key=lambda w: (c[w], w)) for s, c in forms.items()}


class Encoder:
    """MiniLM as it was published: a word's vector is the mean of its pieces'."""

    def __init__(self, folder: Path) -> None:
        self.w = {k.removeprefix("bert."): v.float() for k, v in load_file(str(folder / "model.safetensors")).items()}
        self.tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()

    def vectors(self, texts: list[str]) -> Tensor:
        """(texts, 384), of length 1."""
        ids = [self.tokenizer.encode(t).ids for t in texts]
        by_length: dict[int, list[int]] = defaultdict(list)
        for number, own in enumerate(ids):
            by_length[len(own)].append(number)
        out = torch.zeros(len(texts), 384)
        for numbers in by_length.values():
            for at in range(0, len(numbers), 256):
                part = numbers[at : at + 256]
                out[part] = F.normalize(self._run(torch.tensor([ids[n] for n in part])).mean(1), dim=1)
        return out

    def _run(self, ids: Tensor) -> Tensor:
        w = self.w
        h = w["embeddings.word_embeddings.weight"][ids]
        h = h + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
        h = self._norm(h + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for number in range(6):
            at = f"encoder.layer.{number}."
            parts = (self._linear(h, f"{at}attention.self.{n}") for n in ("query", "key", "value"))
            q, k, v = (p.unflatten(-1, (_HEADS, -1)).transpose(1, 2) for p in parts)
            mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)
            own = h + self._linear(mixed, f"{at}attention.output.dense")
            h = self._norm(own, f"{at}attention.output.LayerNorm")
            inner = self._linear(F.gelu(self._linear(h, f"{at}intermediate.dense")), f"{at}output.dense")
            h = self._norm(h + inner, f"{at}output.LayerNorm")
        return h

    def _linear(self, x: Tensor, name: str) -> Tensor:
        return F.linear(x, self.w[f"{name}.weight"], self.w[f"{name}.bias"])

    def _norm(self, x: Tensor, name: str) -> Tensor:
        return F.layer_norm(x, (384,), self.w[f"{name}.weight"], self.w[f"{name}.bias"], 1e-12)


def kindred(forms: dict[str, str], encoder: Encoder) -> dict[str, list[tuple[str, float]]]:
    """Stem -> the stems whose words lie nearest, with their cosines."""
    names = sorted(forms)
    vectors = encoder.vectors([forms[n] for n in names])
    out = {}
    for at in range(0, len(names), 500):
        values, places = (vectors[at : at + 500] @ vectors.T).topk(_MOST + 1, dim=1)
        for name, row, place in zip(names[at : at + 500], values.tolist(), places.tolist(), strict=True):
            found = [(names[p], v) for v, p in zip(row, place, strict=True) if v >= _LIKE and names[p] != name]
            if found:
                out[name] = found[:_MOST]
    return out


def main() -> None:
    """Writes both files."""
    ap = argparse.ArgumentParser(description=main.__doc__)
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--weights", type=Path, required=True)
    ap.add_argument("-o", "--out", type=Path, required=True)
    args = ap.parse_args()
    number, counts, forms = count(args.data)
    kept = sorted((s for s, n in counts.items() if n >= _LEAST), key=lambda s: (-counts[s], s))
    lines = [
        f"# In how many of some English documents a stem (Porter 2) stands; documents: {number}",
        f"# Counted on the train parts of PolNeAR, UD EWT, UD GUM and ECB+; stems of {_LEAST} documents at least.",
        *(f"{s}\t{counts[s]}" for s in kept),
    ]
    (args.out / "frequencies.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    chosen = {s: forms[s] for s in kept if s.isalpha() and len(s) > 2}
    for line in (args.weights / "vocab.txt").read_text(encoding="utf-8").splitlines():
        if line.isascii() and line.isalpha() and len(line) > 3:
            (own,) = words(line, ()).stems
            if own.isalpha():
                chosen.setdefault(own, line)
    found = kindred(chosen, Encoder(args.weights))
    lines = [
        "# Stems (Porter 2) whose words mean nearly the same, with the cosine of their vectors in percent.",
        "# The vectors are those of single words by all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0).",
        *(f"{s}\t" + " ".join(f"{o}:{round(100 * v)}" for o, v in row) for s, row in sorted(found.items())),
    ]
    (args.out / "kindred.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
