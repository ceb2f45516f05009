"""A claim as signs look at it: its telling words, the lists that its words are on, whose it is.

In:   a Stated claim; ``data/signs.toml``.   Out: Side.
Knows nothing of: the other claim.
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from sayso.link.judged import base
from sayso.link.senses import same_as
from sayso.link.stated import Stated, once
from sayso.link.words import kindred, stem, weight
from sayso.spans import Span

Spans = tuple[Span, ...]
TELLING = 1.2  # the least weight of a word that is looked at
_KEPT = 1 << 16  # words whose stand-ins are held
_LIKE = 0.4  # the likeness of two words for one to stand for the other


@cache
def listed(name: str) -> frozenset[str]:
    """The stems of a list of ``data/signs.toml``; phrases as stems with a space between."""
    return _lists()[name]


@cache
def _lists_of() -> dict[str, tuple[str, ...]]:
    """For each phrase the lists that it is on."""
    found: dict[str, tuple[str, ...]] = {}
    for name, phrases in _lists().items():
        for phrase in phrases:
            found[phrase] = (*found.get(phrase, ()), name)
    return found


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = (resources.files("sayso") / "data" / "signs.toml").read_text(encoding="utf-8")
    return {
        name: frozenset(" ".join(map(stem, phrase.split())) for phrase in phrases)
        for name, phrases in tomllib.loads(text).items()
    }


class Side(NamedTuple):
    """``plain``: the bases of its telling words that are neither names nor numbers, with the number of the first that
    has it; ``cues``, ``source``: the stems of the words that report, the telling ones of who says it; ``lists``: for
    each list that it has a phrase of the first such phrase in the order of the alphabet.
    """

    own: Stated
    plain: dict[str, int]
    cues: frozenset[str]
    source: frozenset[str]
    lists: dict[str, str]

    @property
    def content(self) -> Spans:
        return self.own.claim.content.spans

    @property
    def turning(self) -> Spans:
        """The words that make it a denial, or else its cue."""
        claim = self.own.claim
        reasons = tuple(s for r in claim.why for s in r.spans)
        return reasons or (claim.cue.spans if claim.cue else claim.content.spans)

    def on(self, name: str) -> Spans:
        """Where it has a phrase of a list; the first in the order of the alphabet."""
        return (self.own.place(self.lists[name]),) if name in self.lists else ()

    def word(self, base_: str) -> Span:
        """Where it has a plain word."""
        return self.own.words.span(self.plain[base_], self.plain[base_] + 1)

    def stands(self, word: str) -> bool:
        """Has it a word, or one of like meaning?"""
        return word in self.plain or not self.plain.keys().isdisjoint(_stand_ins(word))


@lru_cache(_KEPT)
def _stand_ins(word: str) -> frozenset[str]:
    """The words that can stand for one."""
    return same_as(word) | {w for w, like in kindred().get(word, {}).items() if like >= _LIKE}


@once
def side(stated: Stated) -> Side:
    """The Side of a claim."""
    plain: dict[str, int] = {}
    for k in stated.at:
        word = stated.words.stems[k]
        if word not in stated.names and weight(word) >= TELLING and not word[0].isdigit():
            plain.setdefault(base(word), k)
    claim = stated.claim
    cues = frozenset(map(stem, claim.cue.text.split())) if claim.cue else frozenset[str]()
    source = frozenset(map(stem, claim.source.text.split())) if claim.source else frozenset[str]()
    lists: dict[str, str] = {}
    for phrase in sorted(stated.phrases.keys() & _lists_of().keys(), reverse=True):
        lists |= dict.fromkeys(_lists_of()[phrase], phrase)
    return Side(stated, plain, cues, frozenset(s for s in source if weight(s) >= TELLING), lists)


def met(one: Side, other: Side) -> float:
    """The share of the plain words of one, by weight, for which the other has a word."""
    whole = sum(weight(w) for w in one.plain)
    return sum(weight(w) for w in one.plain if other.stands(w)) / whole if whole else 0.0


def lone(one: Side, other: Side) -> tuple[str, ...]:
    """The plain words of one that the other has not."""
    return tuple(w for w in one.plain if w not in other.plain)
