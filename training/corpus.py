"""PolNeAR as words: attributions, and what a teacher found inside of contents.

In:   a folder in PolNeAR's layout (eval.brat); a vocabulary.   Out: Articles in words.
Knows nothing of: windows, torch.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from eval.brat import Article, Attribution, read_folder

from sayso.reader.pieces import Vocabulary
from sayso.reader.words import Encoded, encode
from sayso.spans import Span

Words = tuple[int, int]
ANNOTATORS = ("4b22", "4e07", "5fec", "6b86", "d473", "ef2d")
UNKNOWN = len(ANNOTATORS)  # the annotator is not known


@dataclass
class WordAttribution:
    """An attribution in words, ends exclusive. ``inner``: it lies in the content of another."""

    cue: Words
    sources: list[Words]
    contents: list[Words]
    inner: bool = False


@dataclass
class WordArticle:
    """``who``: the number of the annotator."""

    name: str
    enc: Encoded
    attributions: list[WordAttribution]
    who: int = UNKNOWN


def load(folder: Path, vocabulary: Vocabulary, inner: Path | None = None) -> list[WordArticle]:
    """All articles of a split, by the annotator whose name sorts first. ``inner``: what teach.py wrote."""
    nested = json.loads(inner.read_text()) if inner else {}
    out = []
    for article in read_folder(folder):
        enc = encode(article.text, vocabulary)
        who = next(iter(article.annotators))
        found = in_words(enc, article.gold)
        cues = {a.cue for a in found}
        for a in in_words(enc, (_attribution(row) for row in nested.get(article.name, ()))):
            if not any(a.cue[0] < c[1] and c[0] < a.cue[1] for c in cues):
                a.inner = True
                cues.add(a.cue)
                found.append(a)
        out.append(WordArticle(article.name, enc, found, ANNOTATORS.index(who) if who in ANNOTATORS else UNKNOWN))
    return out


def _attribution(row: dict[str, list[list[int]]]) -> Attribution:
    spans = {role: tuple(Span(a, b) for a, b in row[role]) for role in ("source", "cue", "content")}
    return Attribution(**spans)


def in_words(enc: Encoded, attributions: Iterable[Attribution]) -> list[WordAttribution]:
    """Characters to the words that they touch; what touches none falls away. A cue is one span, its gaps filled."""

    def snap(spans: Iterable[Span]) -> list[Words]:
        found = (enc.word_span(s.start, s.end) for s in spans)
        return [w for w in found if w[1] > w[0]]

    out = []
    for a in attributions:
        cue, contents = snap(a.cue), snap(a.content)
        if cue and contents:
            out.append(WordAttribution((cue[0][0], cue[-1][1]), snap(a.source), contents))
    return out


__all__ = ["ANNOTATORS", "UNKNOWN", "Article", "WordArticle", "WordAttribution", "Words", "in_words", "load"]
