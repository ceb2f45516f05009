"""What the reader says of the words of a text: parts of speech, trees, names, how certain each event is put.

In:   columns, one entry a token.   Out: Syntax, and the questions that rules ask of it.
Knows nothing of: where it came from (the network, or a treebank); claims.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, NamedTuple

from sayso.spans import Span, cover

NameKind = Literal["PER", "ORG", "LOC"]


COLUMNS = ("start", "end", "lemma", "upos", "xpos", "head", "rel", "sentence", "certainty")


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
        number = self.sentence[token]
        if number != self._latest.sentence:
            self._latest.remember(number, self.sentence_of(token), self.head)
        return self._latest.children[token - self._latest.first]

    def subtree(self, token: int) -> list[int]:
        """A token and all that depends on it, however far, in text order."""
        found, open_ = [], [token]
        while open_:
            at = open_.pop()
            found.append(at)
            open_.extend(self.children(at))
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

    def noun(self, span: Span) -> int | None:
        """The token that heads a noun phrase: its top, or where a guessed tree hangs what describes it ("Ombry's
        lawyer", "Ombry aides") beside it, the noun that is described.
        """
        at, own = self.top(span), self.within(span)
        while at is not None:
            after = at + 1
            if after < own.stop and self.xpos[after] == "POS":
                after += 1
            elif after < own.stop and self.upos[at] != "PROPN":
                break
            beside = after < own.stop and self.head[after] == self.head[at] and self.rel[after] == self.rel[at]
            if not beside or self.head[at] == at or self.upos[after] not in ("NOUN", "PROPN"):
                break
            at = after
        return at

    def phrase(self, token: int) -> Span:
        """From the first to the last character of what hangs together with a token."""
        return cover(self.span(t) for t in self.subtree(token))

    def sentence_of(self, token: int) -> range:
        """All tokens of a token's sentence."""
        number = self.sentence[token]
        return range(bisect_left(self.sentence, number), bisect_right(self.sentence, number))

    def moved(self, by: int, text: str) -> Syntax:
        """The same in a text in which it begins at ``by``."""
        return replace(
            self,
            text=text,
            start=[a + by for a in self.start],
            end=[b + by for b in self.end],
            names=tuple(Name(Span(n.span.start + by, n.span.end + by), n.kind) for n in self.names),
        )

    @cached_property
    def _latest(self) -> _Children:
        return _Children()


class _Children:
    """The children of one sentence's tokens: rules stay with a sentence for long, and a text may be endless."""

    def __init__(self) -> None:
        self.sentence, self.first = -1, 0
        self.children: list[list[int]] = []

    def remember(self, number: int, tokens: range, head: Sequence[int]) -> None:
        self.sentence, self.first = number, tokens.start
        self.children = [[] for _ in tokens]
        for token in tokens:
            if head[token] != token:
                self.children[head[token] - self.first].append(token)


def join(parts: Iterable[Syntax]) -> Syntax:
    """Syntax of places of one text that do not meet, as one, in text order; sentences are counted anew."""
    runs: list[tuple[int, Syntax, range]] = []  # by sentence, as the places of one part may lie between another's
    parts = tuple(parts)
    for part in parts:
        token = 0
        while token < len(part):
            own = part.sentence_of(token)
            runs.append((part.start[token], part, own))
            token = own.stop
    runs.sort(key=lambda run: run[0])
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for number, (_, part, own) in enumerate(runs):
        base = len(columns["start"])
        for name in COLUMNS:
            columns[name] += getattr(part, name)[own.start : own.stop]
        columns["head"][base:] = [head - own.start + base for head in columns["head"][base:]]
        columns["sentence"][base:] = [number] * len(own)
    names = sorted(name for part in parts for name in part.names)
    return Syntax(text=parts[0].text, names=tuple(names), **columns)
