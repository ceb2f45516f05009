"""Same event across documents, on ECB+ dev and MEANTIME with gold mentions: `python -m eval.ecb`.

Four ways: the same stem of the trigger; the same stem within documents of one matter; a scorer of pairs out of what
sayso's link compares (trigger, words and names of the sentence, words of the document), alone and within documents of
one matter. The scorer and all thresholds are fitted on ECB+ train; MEANTIME is only measured. Clusters of scored pairs
are made as link makes them: average linkage.

In:   ECB+ as JSON and columns, MEANTIME as JSON and CSV.   Out: MUC, B3, CEAFe, CoNLL F1; false and missed merges.
Knows nothing of: claims.
"""

from __future__ import annotations

import csv
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from eval.lots import score
from eval.polnear import data_folder
from sayso.link.same import clusters
from sayso.link.words import kindred, stem, weight

NEAR = 0.08  # the cosine of two documents for their mentions to be weighed against each other
GRID = tuple(round(0.1 + 0.05 * k, 2) for k in range(17))
NAMES = ("trigger", "like", "held", "alike", "names", "document", "trigger in document", "trigger in sentence")
Pairs = dict[tuple[str, str], float]


class Mention(NamedTuple):
    """A gold mention of an event: where it stands, its stems, and what else its sentence has."""

    id: str
    document: str
    chain: str
    trigger: tuple[str, ...]
    words: Mapping[str, float]
    names: frozenset[str]


class Corpus:
    """Mentions and the words of their documents."""

    def __init__(self, mentions: Sequence[Mention], stems: Mapping[str, frozenset[str]]) -> None:
        self.mentions = sorted(mentions, key=lambda m: m.id)
        self.stems = stems

    @cached_property
    def alike(self) -> dict[tuple[str, str], float]:
        """The cosine of each two documents that are near each other, by the weights of their words."""
        names = sorted(self.stems)
        index = {s: k for k, s in enumerate(sorted(set().union(*self.stems.values())))}
        rows = np.zeros((len(names), len(index)))
        for k, name in enumerate(names):
            for s in self.stems[name]:
                rows[k, index[s]] = weight(s)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9
        found = rows @ rows.T
        return {(names[i], names[j]): float(found[i, j]) for i, j in zip(*np.where(found >= NEAR), strict=True)}

    @cached_property
    def pairs(self) -> list[tuple[Mention, Mention, list[float]]]:
        """Pairs of mentions whose documents are near and whose triggers or sentences have something in common."""
        of = defaultdict(list)
        for mention in self.mentions:
            of[mention.document].append(mention)
        found = []
        for (one, other), cosine in self.alike.items():
            if one <= other:
                both = combinations(of[one], 2) if one == other else ((a, b) for a in of[one] for b in of[other])
                found += [(a, b, x) for a, b in both if (x := features(a, b, cosine))]
        return found


def features(a: Mention, b: Mention, cosine: float) -> list[float]:
    """What tells whether two mentions are of one event; nothing where they have next to nothing in common."""
    same = float(bool(set(a.trigger) & set(b.trigger)))
    like = same or max((kindred().get(s, {}).get(t, 0.0) for s in a.trigger for t in b.trigger), default=0.0)
    common = sum(w for s, w in a.words.items() if s in b.words)
    whole = sum(a.words.values()), sum(b.words.values())
    held = common / max(min(whole), 8.0)
    if not like and held < 0.3:
        return []
    alike = common / max(sum(whole) - common, 8.0)
    fewer = min(len(a.names), len(b.names))
    names = len(a.names & b.names) / fewer if fewer else 0.3
    return [same, like, held, alike, names, cosine, like * cosine, like * held]


class _Row(msgspec.Struct):
    coref_chain: str
    doc_id: str
    sent_id: int
    tokens_number: list[int]
    conll_doc_key: str = ""


def read(rows: Iterable[tuple[str, int, str]], marked: Path) -> Corpus:
    """A corpus out of its tokens, by document and sentence, and the file of its mentions."""
    sentences: dict[tuple[str, int], list[str]] = defaultdict(list)
    for document, sentence, token in rows:
        sentences[document, sentence].append(token)
    stems: dict[str, set[str]] = defaultdict(set)
    for (document, _), tokens in sentences.items():
        stems[document].update(stem(t) for t in tokens if t[0].isalnum())
    mentions = []
    for number, row in enumerate(msgspec.json.decode(marked.read_bytes(), type=list[_Row])):
        document = row.conll_doc_key or row.doc_id
        tokens = sentences[document, row.sent_id]
        own = {k for k in row.tokens_number if k < len(tokens)}
        rest = [t for k, t in enumerate(tokens) if k not in own and t[0].isalnum()]
        mentions.append(
            Mention(
                id=f"{document} {row.sent_id:03} {number:05}",
                document=document,
                chain=row.coref_chain,
                trigger=tuple(stem(tokens[k]) for k in sorted(own)),
                words={s: w for t in rest if (w := weight(s := stem(t))) >= 1.2},
                names=frozenset(stem(t) for t in rest[1:] if t[0].isupper()),
            )
        )
    return Corpus(mentions, {d: frozenset(s) for d, s in stems.items()})


def ecb(part: str) -> Corpus:
    """ECB+ "Train" or "Dev"."""
    folder = data_folder() / "ecbplus"
    lines = (folder / f"ECB_{part}_corpus.txt").read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line.strip())
    return read(((c[0], int(c[1]), c[3]) for c in cells), folder / f"ECB_{part}_Event_gold_mentions.json")


def meantime() -> Corpus:
    """MEANTIME's English documents."""
    folder = data_folder() / "meantime-en"

    def rows() -> Iterator[tuple[str, int, str]]:
        with (folder / "conll.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield row["topic/subtopic_name"], int(row["sent_id"]), row["token"]

    return read(rows(), folder / "event_mentions.json")


class Scorer(NamedTuple):
    """A logistic regression."""

    bias: float
    weights: tuple[float, ...]

    def of(self, x: Sequence[float]) -> float:
        return 1 / (1 + math.exp(-self.bias - sum(w * v for w, v in zip(self.weights, x, strict=True))))


def fit(corpus: Corpus, rounds: int = 25) -> Scorer:
    """By Newton's method, with a light pull to 0."""
    x = np.array([[1.0, *f] for _, _, f in corpus.pairs])
    y = np.array([float(a.chain == b.chain) for a, b, _ in corpus.pairs])
    w = np.zeros(x.shape[1])
    pull = np.diag([0.0] + [1.0] * (x.shape[1] - 1))
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-x @ w))
        w -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + pull, x.T @ (p - y) + pull @ w)
    return Scorer(float(w[0]), tuple(map(float, w[1:])))


def matters(corpus: Corpus, least: float) -> dict[str, str]:
    """The cluster of each document, by average linkage over their cosines."""
    pairs = {(a, b): v for (a, b), v in corpus.alike.items() if a < b}
    group = {d: d for d in corpus.stems}
    for members, _ in clusters(pairs, least):
        group.update(dict.fromkeys(members, members[0]))
    return group


def lots_of(corpus: Corpus, key: Callable[[Mention], object]) -> list[list[str]]:
    """Mentions that have one key."""
    found: dict[object, list[str]] = defaultdict(list)
    for mention in corpus.mentions:
        found[key(mention)].append(mention.id)
    return list(found.values())


def scored(corpus: Corpus, scorer: Scorer, least: float, group: Mapping[str, str] | None = None) -> list[list[str]]:
    """Average linkage over the scorer's pairs."""
    pairs: Pairs = {}
    for a, b, x in corpus.pairs:
        if group is None or group[a.document] == group[b.document]:
            pairs[min(a.id, b.id), max(a.id, b.id)] = scorer.of(x)
    found = [list(members) for members, _ in clusters({k: v for k, v in pairs.items() if v >= 0.05}, least)]
    rest = {m.id for m in corpus.mentions} - {name for lot in found for name in lot}
    return found + [[name] for name in sorted(rest)]


def report(name: str, corpus: Corpus, lots: Sequence[Sequence[str]]) -> float:
    """Prints one line; gives CoNLL F1."""
    gold = lots_of(corpus, lambda m: m.chain)
    with_, without = (score(gold, lots, singletons=s) for s in (True, False))
    false, missed = merges(corpus, lots)
    f = [100 * v for v in (with_.muc.f1, with_.b_cubed.f1, with_.ceaf_e.f1, with_.conll, without.conll, false, missed)]
    print(f"  {name:44}{f[0]:6.1f}{f[1]:6.1f}{f[2]:7.1f}{f[3]:7.1f}{f[4]:15.1f}{f[5]:14.1f}{f[6]:8.1f}", flush=True)
    return with_.conll


def merges(corpus: Corpus, lots: Sequence[Sequence[str]]) -> tuple[float, float]:
    """Of the pairs that are put together the share that is wrong; of those that belong together the share missed."""
    chain = {m.id: m.chain for m in corpus.mentions}
    found = sum(math.comb(len(lot), 2) for lot in lots)
    right = sum(math.comb(n, 2) for lot in lots for n in Counter(chain[i] for i in lot).values())
    true = sum(math.comb(n, 2) for n in Counter(chain.values()).values())
    return (found - right) / max(1, found), (true - right) / max(1, true)


def best(values: Iterable[float], of: Callable[[float], Sequence[Sequence[str]]], corpus: Corpus) -> float:
    """The threshold of the best B3 F1 on a corpus: quick to count, and hard on false merges."""
    gold = lots_of(corpus, lambda m: m.chain)
    return max(values, key=lambda v: score(gold, of(v), singletons=True).b_cubed.f1)


def main() -> int:
    """Prints the table."""
    if not (data_folder() / "ecbplus").is_dir():
        print(f"{data_folder() / 'ecbplus'}: ECB+ is not there (eval/README.md)", file=sys.stderr)
        return 2
    train = ecb("Train")
    scorer = fit(train)
    print("fitted on train:", ", ".join(f"{n} {w:.2f}" for n, w in zip(NAMES, scorer.weights, strict=True)))

    def by_stem(corpus: Corpus, least: float) -> list[list[str]]:
        group = matters(corpus, least)
        return lots_of(corpus, lambda m: (m.trigger, group[m.document]))

    matter = best(GRID[:9], lambda v: by_stem(train, v), train)
    merged = best(GRID, lambda v: scored(train, scorer, v), train)
    both = best(GRID, lambda v: scored(train, scorer, v, matters(train, matter)), train)
    print(f"thresholds, from train: documents {matter}, pairs {merged}, pairs within documents {both}")
    print(f"  {'':44}{'MUC':>6}{'B3':>6}{'CEAFe':>7}{'CoNLL':>7}{'no singletons':>15}{'false merges':>14}{'missed':>8}")
    for name, corpus in (("ECB+ train", train), ("ECB+ dev", ecb("Dev")), ("MEANTIME", meantime())):
        chains = len({m.chain for m in corpus.mentions})
        print(f"{name}: {len(corpus.stems)} documents, {len(corpus.mentions)} mentions, {chains} events")
        report("same stem", corpus, lots_of(corpus, lambda m: m.trigger))
        report("same stem, documents of one matter", corpus, by_stem(corpus, matter))
        report("scorer", corpus, scored(corpus, scorer, merged))
        report("scorer, documents of one matter", corpus, scored(corpus, scorer, both, matters(corpus, matter)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
