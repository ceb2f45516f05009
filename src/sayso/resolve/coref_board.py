"""Mentions put together one after another, and what is known of each lot.

In:   Mentions.   Out: lots that grow; what may not be one is refused.
Knows nothing of: why two are put together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence, Set

from sayso.resolve.coref_words import BODIES, INERT, PERSONS, Gender, Kind
from sayso.resolve.mentions import Mention
from sayso.syntax import Syntax

_LOOKED_AT = 300  # the largest lot of the longest of 84 articles has 165: what is larger is one word again and again


class Lot:
    """Mentions of one: their indices in order, and all that they say of it.

    ``called``: those of its members that are names; ``words``, ``called_kinds``: their words, with those of titles, and
    kinds; ``names``: whom they name, each a number. ``apart``: mentions that are surely of another.
    """

    def __init__(self, index: int, mention: Mention) -> None:
        self.members: list[int] = [index]
        self.called: list[int] = [index] if mention.form == "name" else []
        self.words: set[str] = {*mention.name, *mention.title} if self.called else set()
        self.called_kinds: set[Kind] = {mention.kind} if self.called else set()
        self.genders: set[Gender] = {mention.gender} if mention.gender else set()
        self.many: set[bool] = {mention.many} if mention.many is not None else set()
        self.kinds: set[Kind] = {mention.kind} if mention.kind != "unknown" else set()
        self.nouns: set[str] = {mention.word} if mention.form == "noun" else set()
        self.names: set[int] = set()
        self.apart: set[int] = set()

    def before(self, mention: int) -> Sequence[int]:
        """Its members before a mention: in a text that somebody wrote all of them, else the nearest."""
        here = bisect_left(self.members, mention)
        return self.members[max(0, here - _LOOKED_AT) : here]

    def around(self, mention: int) -> Sequence[int]:
        """Its members before a mention and after it, likewise."""
        here = bisect_left(self.members, mention)
        return self.members[max(0, here - _LOOKED_AT) : here + _LOOKED_AT]

    def take(self, other: Lot) -> None:
        if self.members[-1] < other.members[0]:
            self.members += other.members
        else:
            self.members = sorted([*self.members, *other.members])
        self.called = sorted([*self.called, *other.called])
        self.words |= other.words
        self.called_kinds |= other.called_kinds
        self.genders |= other.genders
        self.many |= other.many
        self.kinds |= other.kinds
        self.nouns |= other.nouns
        self.names |= other.names
        self.apart |= other.apart


def kinds_agree(one: Set[Kind], other: Set[Kind]) -> bool:
    """Can what is of these kinds be of those? A body can be called by its people, never a person by a body."""
    if one == other and len(one) == 1:
        return True
    kinds = (one | other) - {"unknown"}
    return not kinds or kinds <= PERSONS or kinds <= BODIES or kinds <= INERT


class Board:
    """All mentions of a text and the lots they lie in. ``named``: for each mention that is a name, whom it names."""

    def __init__(self, syntax: Syntax, mentions: Sequence[Mention], named: Mapping[int, int]) -> None:
        self.mentions = mentions
        self.of = list(range(len(mentions)))
        self.lots: dict[int, Lot] = {i: Lot(i, m) for i, m in enumerate(mentions)}
        for i, number in named.items():
            self.lots[i].names.add(number)
        for i, j in _nested(syntax, mentions):
            self.keep_apart(i, j)

    def lot(self, mention: int) -> Lot:
        return self.lots[self.of[mention]]

    def keep_apart(self, one: int, other: int) -> None:
        """These two mentions are never of one, whatever comes."""
        self.lot(one).apart.add(other)
        self.lot(other).apart.add(one)

    def may_join(self, one: int, other: int) -> bool:
        """Does nothing that is known speak against it?"""
        a, b = self.lot(one), self.lot(other)
        if a is b:
            return True
        if len(a.genders | b.genders) > 1 or (a.names and b.names and a.names != b.names):
            return False
        if not kinds_agree(a.kinds, b.kinds):
            return False
        if a.many and b.many and not a.many & b.many and a.kinds | b.kinds <= PERSONS:
            return False
        return a.apart.isdisjoint(b.members)

    def join(self, one: int, other: int, *, force: bool = False) -> bool:
        """Put the lots of two mentions together, unless something speaks against it. ``force``: even then."""
        a, b = self.of[one], self.of[other]
        if a == b:
            return True
        if not force and not self.may_join(one, other):
            return False
        keep, gone = min(a, b), max(a, b)
        self.lots[keep].take(self.lots[gone])
        for member in self.lots.pop(gone).members:
            self.of[member] = keep
        return True


def _nested(syntax: Syntax, mentions: Sequence[Mention]) -> Iterable[tuple[int, int]]:
    """Words within words are of another ("the minister's wife"), but "the minister who lost his hat"."""
    open_: list[int] = []
    for i, inner in enumerate(mentions):
        while open_ and mentions[open_[-1]].span.end <= inner.span.start:
            open_.pop()
        for j in open_:
            outer = mentions[j]
            if outer.span.end < inner.span.end or (outer.head == inner.head and outer.form != "group"):
                continue
            if inner.form in ("pronoun", "relative") and _in_clause(syntax, inner.head, outer.head):
                continue
            yield j, i
        open_.append(i)


def _in_clause(syntax: Syntax, inner: int, outer: int) -> bool:
    """Does a clause of its own stand between a word and the noun phrase around it?"""
    below = inner
    for above in syntax.ancestors(inner):
        if syntax.rel[below].startswith("acl"):
            return True
        if above == outer:
            return False
        below = above
    return False
