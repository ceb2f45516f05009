"""Syntax of a text, window after window: which window answers for which sentence, and what it says of its tokens.

In:   the network's outputs for the windows of a stretch, sentences.   Out: columns that become Syntax.
Knows nothing of: attributions, the network.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sayso.reader.chain import Floats, Words
from sayso.reader.decode import Window
from sayso.reader.flat_names import Tokens, joined
from sayso.reader.grammar import Heads, Ints, Labels, label_columns, names, relations, trees
from sayso.reader.mending import mended
from sayso.reader.pieces import Vocabulary
from sayso.reader.places import token_places, tokens
from sayso.reader.words import Encoded
from sayso.spans import Span
from sayso.syntax import Name, NameKind, Syntax

_KINDS: dict[str, NameKind] = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}


@dataclass(frozen=True)
class Outputs:
    """The network's outputs for the words start..end, one row a piece; ``first``: the first piece of each word."""

    start: int
    end: int
    first: Ints
    heads: dict[str, Floats]

    def window(self) -> Window:
        """What the decoder of attributions reads: rows of words."""
        return Window(self.start, self.end, *(self.heads[name][self.first] for name in ("tags", "args", "inner")))


@dataclass(frozen=True)
class Stretch:
    """A part of a text as words; ``offset``: where it begins, in code points."""

    enc: Encoded
    offset: int
    outputs: Sequence[Outputs]
    vocabulary: Vocabulary


class Columns:
    """Syntax in the making. Arrays hold it in a tenth of the memory that lists would take."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.start, self.end, self.head, self.sentence = (array("i") for _ in range(4))
        self.certainty = array("f")
        self.words: dict[str, list[str]] = {name: [] for name in ("lemma", "upos", "xpos", "rel")}
        self.names: list[Name] = []
        self._same: dict[str, str] = {}

    def extend(self, name: str, values: Sequence[str]) -> None:
        """Equal lemmas are kept once."""
        self.words[name] += [self._same.setdefault(v, v) for v in values]

    def form(self, place: tuple[int, int]) -> str:
        return self.text[place[0] : place[1]]

    def syntax(self) -> Syntax:
        """What has been gathered."""
        return Syntax(
            text=self.text,
            start=self.start,
            end=self.end,
            head=self.head,
            sentence=self.sentence,
            certainty=self.certainty,
            names=tuple(self.names),
            **self.words,
        )


class Grammar:
    """Reads the syntax heads. ``pair``: the relation head's bilinear table."""

    def __init__(self, labels: Labels, pair: Floats) -> None:
        self._labels, self._pair = labels, pair

    def add(self, columns: Columns, stretch: Stretch, sentences: Sequence[Span]) -> None:
        """Appends the tokens of some sentences, all of which begin in the stretch."""
        enc = stretch.enc
        at: dict[int, list[tuple[int, list[tuple[int, int]]]]] = {window: [] for window in range(len(stretch.outputs))}
        number = columns.sentence[-1] if columns.sentence else -1
        least = 0
        for sentence in sentences:
            number += 1
            words = enc.word_span(sentence.start - stretch.offset, sentence.end - stretch.offset)
            if words[0] == words[1]:
                continue  # nothing but what nobody sees, which is no word
            for window, (a, b) in _parts(words, stretch.outputs, least):
                least = window  # tokens are kept in text order
                first, last = enc.chars((a, b))
                start = max(sentence.start, first + stretch.offset) if a > words[0] else sentence.start
                end = last + stretch.offset if b < words[1] else sentence.end
                at[window].append((number, tokens(columns.text, start, end)))
        for window, parts in at.items():
            if any(places for _, places in parts):
                self._window(columns, stretch, stretch.outputs[window], parts)

    def _window(
        self, columns: Columns, stretch: Stretch, outputs: Outputs, parts: Sequence[tuple[int, list[tuple[int, int]]]]
    ) -> None:
        places = [place for _, own in parts for place in own]
        local = [(a - stretch.offset, b - stretch.offset) for a, b in places]
        where = token_places(stretch.enc, local, stretch.vocabulary)
        rows = outputs.first[np.clip(where[:, 0] - outputs.start, 0, len(outputs.first) - 1)] + where[:, 1]
        o = outputs.heads
        heads = Heads(
            upos=o["upos"][rows],
            xpos=o["xpos"][rows],
            lemma=o["lemma"][rows],
            names=o["names"][rows],
            certainty=o["fact"][rows, 0],
            arc_dep=o["arc_dep"][rows],
            arc_head=o["arc_head"][rows],
            rel_dep=o["rel_dep"][rows],
            rel_head=o["rel_head"][rows],
        )
        base, at, borders = len(columns.start), 0, []
        for number, own in parts:
            borders.append((at, at + len(own)))
            columns.sentence.extend([number] * len(own))
            at += len(own)
        borders = [b for b in borders if b[0] < b[1]]
        head = trees(heads, borders)
        forms = [columns.form(place) for place in places]
        labels = label_columns(heads, self._labels, forms)
        hangs, rel = head.tolist(), [self._labels.rel[i] for i in relations(heads, head, self._pair)]
        named = list(names(heads.names))
        for border in borders:
            persons = [(a, b) for a, b, kind in named if kind == "PER" and border[0] <= a and b <= border[1]]
            joined(hangs, rel, Tokens(labels["upos"], forms, places), persons, border)
            mended(hangs, rel, labels["upos"], labels["xpos"], border)
        columns.start.extend(a for a, _ in places)
        columns.end.extend(b for _, b in places)
        columns.head.extend(base + i for i in hangs)
        columns.certainty.extend(heads.certainty.tolist())
        for name, values in labels.items():
            columns.extend(name, values)
        columns.extend("rel", rel)
        for a, b, kind in named:
            columns.names.append(Name(Span(places[a][0], places[b - 1][1]), _KINDS[kind]))


def _parts(words: Words, outputs: Sequence[Outputs], least: int) -> list[tuple[int, Words]]:
    """The window that answers for a sentence: of those that hold it whole, the one with most around it; for a sentence
    longer than any window, several, each for what the one before does not hold. None before ``least``.
    """
    a, b = words
    holding = [i for i, o in enumerate(outputs) if i >= least and o.start <= a and b <= o.end]
    if holding:
        return [(max(holding, key=lambda i: min(a - outputs[i].start, outputs[i].end - b)), words)]
    out = []
    for i, o in enumerate(outputs):
        if i >= least and o.start <= a < o.end:
            last = next((j for j in range(i, len(outputs)) if outputs[j].start > a), len(outputs)) - 1
            end = min(outputs[last].end, b)
            out.append((last, (a, end)))
            a = end
        if a >= b:
            break
    return out
