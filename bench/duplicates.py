"""The near-duplicate part of linking beside what is used for it, in one run: `python -m bench.duplicates`.

    pip install datasketch rensa      # only here; what is not installed is left out

On the stories of `eval/origins`, dev and test apart, all documents of a part together: which pairs of documents are
copies (`reprint`, `copies_prose`)? Pairs that hang together by copies of a third are neither right nor wrong.

- datasketch: MinHash of 256 permutations over word 2-grams, its index at a Jaccard of 0.45, pairs whose estimate is so.
- text-dedup's method, as it is set for news: the same signatures, all that its bands bring together, as clusters.
- rensa: its R-MinHash of 256 permutations and its index at 0.45, pairs whose estimate is so.
- exact Jaccard of word 2-grams at 0.45, all pairs: what the three approximate.

sayso's time is that of words, keys, candidates and bonds, with passages and directions; claims are not compared.

In:   the stories.   Out: pair F1 and documents a second.
Knows nothing of: claims.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, pairwise

from eval.origins.stories import Story, load

from sayso.case import lexicon
from sayso.link import near
from sayso.link.bonds import bond
from sayso.link.sketch import sketch
from sayso.records import Document, Ledger

Pairs = set[frozenset[str]]
COPIES = ("reprint", "copies_prose")
THRESHOLD, PERMUTATIONS, BANDS = 0.45, 256, 64
ROUNDS = 3


def sayso(documents: Sequence[Document]) -> Pairs:
    """What sayso's bonds say, out of texts alone."""
    sketches = {d.ref.id: sketch(Ledger(document=d, claims=()), lexicon()) for d in documents}
    pairs = near(sorted(sketches.values(), key=lambda s: s.id))
    found = (bond(sketches[a], sketches[b]) for a, b in pairs)
    return {frozenset((b.late, b.early)) for b in found if b and b.relation in COPIES}


def grams(document: Document) -> set[str]:
    """Word 2-grams, lower case."""
    words = re.findall(r"\w+", document.text.casefold())
    return {f"{a} {b}" for a, b in pairwise(words)}


def exact(documents: Sequence[Document]) -> Pairs:
    """All pairs by their true Jaccard."""
    rows = [(d.ref.id, grams(d)) for d in documents]
    return {frozenset((a, b)) for (a, x), (b, y) in combinations(rows, 2) if len(x & y) >= THRESHOLD * len(x | y)}


def datasketch(documents: Sequence[Document]) -> Pairs:
    """MinHash and its index; the estimate decides."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    signatures: dict[str, MinHash] = {}
    found: Pairs = set()
    for document in documents:
        own = MinHash(num_perm=PERMUTATIONS)
        own.update_batch([g.encode() for g in grams(document)])
        name = document.ref.id
        found |= {frozenset((name, o)) for o in index.query(own) if own.jaccard(signatures[o]) >= THRESHOLD}
        index.insert(name, own)
        signatures[name] = own
    return found


def text_dedup(documents: Sequence[Document]) -> Pairs:
    """What text-dedup does: all that any band brings together is one cluster, without a second look."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    links: Pairs = set()
    for document in documents:
        own = MinHash(num_perm=PERMUTATIONS)
        own.update_batch([g.encode() for g in grams(document)])
        links |= {frozenset((document.ref.id, other)) for other in index.query(own)}
        index.insert(document.ref.id, own)
    return {frozenset(pair) for group in groups(links) for pair in combinations(group, 2)}


def rensa(documents: Sequence[Document]) -> Pairs:
    """R-MinHash and its index; the estimate decides."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
    signatures: list[RMinHash] = []
    found: Pairs = set()
    for number, document in enumerate(documents):
        own = RMinHash(num_perm=PERMUTATIONS, seed=1)
        own.update(sorted(grams(document)))
        for other in index.query(own):
            if own.jaccard(signatures[other]) >= THRESHOLD:
                found.add(frozenset((document.ref.id, documents[other].ref.id)))
        index.insert(number, own)
        signatures.append(own)
    return found


def groups(links: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """What hangs together."""
    group: dict[str, frozenset[str]] = {}
    for link in links:
        whole = frozenset().union(link, *(group.get(name, frozenset()) for name in link))
        group.update(dict.fromkeys(whole, whole))
    return list(set(group.values()))


def labelled(stories: Sequence[Story]) -> tuple[Pairs, Pairs]:
    """The pairs of copies, and those that only hang together by copies of a third."""
    true: Pairs = set()
    for story in stories:
        own = {letter: document.ref.id for letter, document in story.articles.items()}
        true |= {frozenset(own[end] for end in e.ends) for e in story.edges if e.relation in COPIES}
    return true, {frozenset(pair) for group in groups(true) for pair in combinations(group, 2)} - true


METHODS: dict[str, tuple[str, Callable[[Sequence[Document]], Pairs]]] = {
    "sayso": ("sayso", sayso),
    "datasketch": ("datasketch", datasketch),
    "text-dedup's method": ("datasketch", text_dedup),
    "rensa": ("rensa", rensa),
    "exact Jaccard": ("re", exact),
}


def main() -> None:
    """Command line."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    methods = {n: m for n, (needs, m) in METHODS.items() if importlib.util.find_spec(needs)}
    print(f"{'':27}{'P':>7}{'R':>7}{'F1':>7}{'documents/s':>13}{'of processor':>14}")
    for part in ("dev", "test"):
        stories = load(part)
        documents = [d for story in stories for d in story.articles.values()]
        true, open_ = labelled(stories)
        print(f"{part}: {len(documents)} documents, {len(true)} pairs are copies")
        best: dict[str, tuple[float, float]] = {}
        pairs: dict[str, Pairs] = {}
        for round_ in range(ROUNDS + 1):  # in turns, and the first of them warms up
            for name, method in methods.items():
                wall, cpu = time.perf_counter(), time.process_time()
                pairs[name] = method(documents) - open_
                took = time.perf_counter() - wall, time.process_time() - cpu
                if round_:
                    best[name] = min(best.get(name, took), took)
        for name, found in pairs.items():
            p, r = len(found & true) / max(1, len(found)), len(found & true) / len(true)
            f1 = 2 * p * r / (p + r) if p + r else 0.0
            rates = [len(documents) / seconds for seconds in best[name]]
            print(f"  {name:25}{p:7.3f}{r:7.3f}{f1:7.3f}{rates[0]:13.0f}{rates[1]:14.0f}")


if __name__ == "__main__":
    main()
