"""A reader that finds what it is told to find, so that what is made of it can be seen alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sayso.read import read_bytes
from sayso.reader import Found, Reading
from sayso.records import Document
from sayso.spans import Span
from sayso.syntax import COLUMNS, Syntax


class Canned:
    """Finds ``(cue, source, content)`` wherever all of their words stand in a text; an empty source is none."""

    name = "canned:1"

    def __init__(self, *attributions: tuple[str, str, str], score: float = 0.9) -> None:
        self.attributions = attributions
        self.score = score
        self.texts: list[str] = []
        self.sentences: list[list[str]] = []

    def read(self, text: str, sentences: Sequence[Span]) -> Reading:
        """Knows no grammar: its syntax is empty."""
        self.texts.append(text)
        self.sentences.append([s.of(text) for s in sentences])
        found = []
        for cue, source, content in self.attributions:
            if all(words in text for words in (cue, source, content)):
                whose = (_place(text, source),) if source else ()
                found.append(
                    Found(cue=_place(text, cue), source=whose, content=(_place(text, content),), score=self.score)
                )
        columns: dict[str, Any] = {name: [] for name in COLUMNS}
        return Reading(tuple(found), Syntax(text=text, **columns))


def _place(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def document(text: str, path: str = "case.txt") -> Document:
    (read,) = read_bytes(text.encode(), path=path)
    assert isinstance(read, Document), read
    return read
