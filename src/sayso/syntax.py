"""What the reader says of the words of a text: parts of speech, trees, names, how certain each event is put.

In:   columns, one entry a token.   Out: Syntax, and the questions that rules ask of it.
Knows nothing of: where it came from (the network, or a treebank); claims.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from sayso.spans import Span, cover

NameKind = Literal["PER", "ORG", "LOC"]


class Name(NamedTuple):
    """A proper name in the text."""

    span: Span
    kind: NameKind


@dataclass(frozen=True)
class Syntax:
    """The tokens of a text in order, as Universal Dependencies cuts and describes them (Nivre et al. 2020).

    ``start``, ``end``: code points. ``head``: the token that each depends on, counted from the beginning of the text;
    a root is its own. ``rel`` keeps its subtype ("nsubj:pass"). ``sentence``: a running number. ``certainty``: how
    certain the text puts the event that a token names, -3 (surely not) to 3 (surely); it means something for verbs and
    nouns of events only.
    """

    text: str
    start: Sequence[int]
    end: Sequence[int]
    lemma: Sequence[str]
    upos: Sequence[str]
    xpos: Sequence[str]
    head: Sequence[int]
    rel: Sequence[str]
    sentence: Sequence[int]
    certainty: Sequence[float]
    names: tuple[Name, ...] = ()

    def __len__(self) -> int:
        return len(self.start)

    def span(self, token: int) -> Span:
        return Span(self.start[token], self.end[token])

    def form(self, token: int) -> str:
        """A token as it stands in the text."""
        return self.text[self.start[token] : self.end[token]]

    def within(self, span: Span) -> range:
        """The tokens that share a character with a span."""
        return range(bisect_right(self.end, span.start), bisect_left(self.start, span.end))

    def children(self, token: int) -> Sequence[int]:
        """The tokens that depend on a token, in text order."""
        return self._children[token]

    def subtree(self, token: int) -> list[int]:
        """A token and all that depends on it, however far, in text order."""
        found, open_ = [], [token]
        while open_:
            at = open_.pop()
            found.append(at)
            open_.extend(self._children[at])
        return sorted(found)

    def ancestors(self, token: int) -> Iterator[int]:
        """The head of a token, the head's head, … up to the root."""
        while self.head[token] != token:
            token = self.head[token]
            yield token

    def top(self, span: Span) -> int | None:
        """The token of a span that all others in it hang from: the first whose head lies outside. None if empty."""
        own = self.within(span)
        return next((t for t in own if self.head[t] not in own or self.head[t] == t), None)

    def phrase(self, token: int) -> Span:
        """From the first to the last character of what hangs together with a token."""
        return cover(self.span(t) for t in self.subtree(token))

    def sentence_of(self, token: int) -> range:
        """All tokens of a token's sentence."""
        number = self.sentence[token]
        return range(bisect_left(self.sentence, number), bisect_right(self.sentence, number))

    @cached_property
    def _children(self) -> list[list[int]]:
        out: list[list[int]] = [[] for _ in self.start]
        for token, head in enumerate(self.head):
            if head != token:
                out[head].append(token)
        return out
