"""Treebanks as windows to learn from: tags, lemmas, trees, names and factuality on each token.

In:   the folders `ud-ewt`, `ud-gum`, `uner-ewt`, `factuality` as they are published.
Out:  Windows with label numbers, and the places of tokens among the word pieces.
Knows nothing of: attributions, torch.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from eval.conllu import TreebankDocument, blocks, read_treebank
from numpy.typing import NDArray

from sayso.reader.grammar import NAME_TAGS, Labels, lemma_script
from sayso.reader.pieces import Vocabulary
from sayso.reader.places import token_places
from sayso.reader.words import Encoded, encode
from training.gum_names import gum_names

Ints = NDArray[np.int64]

# Documents of GUM whose licence allows any use (its LICENSE.txt): the others are for non-commercial use or say nothing.
FREE_GENRES = frozenset(
    ("academic", "bio", "conversation", "court", "interview", "news", "speech", "textbook", "vlog", "voyage")
)


@dataclass
class Treebank:
    """A document with its names (BIES; None: not annotated) and factuality (-3 to 3; nan: not annotated)."""

    document: TreebankDocument
    names: list[str | None]
    factuality: list[float]

    @property
    def sentences(self) -> list[range]:
        """The tokens of each sentence."""
        counts = Counter(self.document.sentence)
        out, at = [], 0
        for number in sorted(counts):
            out.append(range(at, at + counts[number]))
            at += counts[number]
        return out


@dataclass
class ParsedWindow:
    """Whole sentences of a document. ``place``: (tokens, 2), word and piece in it; ``labels``: (tokens, 6), upos, xpos,
    head (in the window), rel, lemma script, name, -1 where unknown; ``fact``: nan where unknown.
    """

    name: str
    enc: Encoded
    place: Ints
    sentence: Ints
    labels: Ints
    fact: NDArray[np.float32]
    forms: list[str]
    lemmas: list[str]


def load_treebanks(folder: Path, split: str) -> list[Treebank]:
    """EWT and GUM of a split ("train": only what is free for any use; "dev": all of it)."""
    ewt = [_bare(d) for d in read_treebank(folder / f"ud-ewt/en_ewt-ud-{split}.conllu")]
    gum = [_bare(d) for d in read_treebank(folder / f"ud-gum/en_gum-ud-{split}.conllu")]
    if split == "train":
        gum = [t for t in gum if t.document.genre in FREE_GENRES]
    by_words = _by_words(ewt)
    for _, rows in blocks(folder / f"uner-ewt/en_ewt-ud-{split}.iob2"):
        tags = bies([r[2] if r[2][2:] in ("PER", "ORG", "LOC") else "O" for r in rows])
        for bank, own in by_words.get(_key(r[1] for r in rows), ()):
            if len(own) == len(rows):
                bank.names[own.start : own.stop] = tags
    with (folder / f"factuality/UDS_IH2/{split}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            words = row["text"].split()
            for bank, own in by_words.get(_key(words), ()):
                if len(own) == len(words):
                    for target in row["targets"]:
                        bank.factuality[own.start + target["span1"][0]] = float(target["label"])
    for t in gum:
        t.names = list(gum_names(t.document))
    return [*ewt, *gum]


def _bare(document: TreebankDocument) -> Treebank:
    n = len(document.rows)
    return Treebank(document, [None] * n, [float("nan")] * n)


def _by_words(banks: list[Treebank]) -> dict[str, list[tuple[Treebank, range]]]:
    """Sentences by their words; mails repeat some, such as signatures."""
    out: dict[str, list[tuple[Treebank, range]]] = {}
    for bank in banks:
        for own in bank.sentences:
            out.setdefault(_key(bank.document.rows[t][1] for t in own), []).append((bank, own))
    return out


def _key(forms: Iterable[str]) -> str:
    return "".join(forms).lower()


def bies(tags: list[str]) -> list[str]:
    """IOB2 to BIES.

    >>> bies(["B-PER", "I-PER", "O", "B-LOC"])
    ['B-PER', 'E-PER', 'O', 'S-LOC']
    """
    out = []
    for i, t in enumerate(tags):
        goes_on = i + 1 < len(tags) and tags[i + 1] == "I-" + t[2:] and t != "O"
        if t == "O":
            out.append(t)
        elif t[0] == "B":
            out.append(("B" if goes_on else "S") + t[1:])
        else:
            out.append(("I" if goes_on else "E") + t[1:])
    return out


def label_sets(banks: list[Treebank]) -> Labels:
    """Labels that occur in the treebanks; rare tags and scripts fall away."""
    rows = [r for t in banks for r in t.document.rows]

    def frequent(values: Iterable[str], least: int) -> tuple[str, ...]:
        return tuple(sorted(k for k, n in Counter(values).items() if n >= least))

    scripts = Counter(lemma_script(r[1], r[2]) for r in rows)
    return Labels(
        upos=frequent((r[3] for r in rows), 1),
        xpos=frequent((r[4] for r in rows), 20),
        rel=frequent((r[7] for r in rows), 20),
        lemma=tuple(k for k, n in scripts.most_common() if n >= 4),
        names=NAME_TAGS,
    )


def parsed_windows(banks: list[Treebank], vocabulary: Vocabulary, labels: Labels, limit: int) -> list[ParsedWindow]:
    """Windows of whole sentences of one document, at most ``limit`` pieces unless one sentence has more."""
    out = []
    for bank in banks:
        text = bank.document.text
        group: list[range] = []
        size = 0
        for own in bank.sentences:
            a, b = bank.document.places[own[0]][0], bank.document.places[own[-1]][1]
            n = sum(map(len, encode(text[a:b], vocabulary).pieces))
            if n > limit:
                continue  # a list without an end, longer than what the network can see
            if group and size + n > limit:
                out.append(_window(bank, group, vocabulary, labels))
                group, size = [], 0
            group.append(own)
            size += n
        if group:
            out.append(_window(bank, group, vocabulary, labels))
    return out


def _window(bank: Treebank, group: list[range], vocabulary: Vocabulary, labels: Labels) -> ParsedWindow:
    document = bank.document
    first, stop = group[0].start, group[-1].stop
    a, b = document.places[first][0], document.places[stop - 1][1]
    enc = encode(document.text[a:b], vocabulary)
    own = range(first, stop)
    rows = [document.rows[t] for t in own]
    numbers = {name: {k: i for i, k in enumerate(v)} for name, v in labels.sets().items()}
    table = [
        (
            numbers["upos"].get(r[3], -1),
            numbers["xpos"].get(r[4], -1),
            # A long sentence that was left out may have been between two of the window's: heads never leave theirs.
            document.heads[t] - first,
            numbers["rel"].get(r[7], -1),
            numbers["lemma"].get(lemma_script(r[1], r[2]), -1),
            -1 if bank.names[t] is None else numbers["names"][bank.names[t] or "O"],
        )
        for t, r in zip(own, rows, strict=True)
    ]
    places = [(document.places[t][0] - a, document.places[t][1] - a) for t in own]
    return ParsedWindow(
        name=document.name,
        enc=enc,
        place=token_places(enc, places, vocabulary),
        sentence=np.array([document.sentence[t] for t in own]),
        labels=np.array(table),
        fact=np.array([bank.factuality[t] for t in own], np.float32),
        forms=[r[1] for r in rows],
        lemmas=[r[2] for r in rows],
    )
