"""What the questions about two claims answer with, and the word lists that they ask (``data/opposites.toml``).

In:   Stated claims.   Out: Judged; opposites, words by sort; which was said later, the words that make it a denial.
Knows nothing of: the questions themselves.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any, Literal, NamedTuple

import msgspec

from sayso.link.bonds import later
from sayso.link.stated import Stated
from sayso.link.words import stem
from sayso.spans import Span

Outcome = Literal["contradicts", "updates", "refines", "disputes-attribution", "compatible", "unknown"]


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """How the second claim stands to the first, why, and the words of each that make it so."""

    outcome: Outcome
    reason: str
    a: tuple[Span, ...] = ()
    b: tuple[Span, ...] = ()

    def turned(self) -> Judged:
        return msgspec.structs.replace(self, a=self.b, b=self.a)


class Sign(NamedTuple):
    """``name`` and ``value`` are what it is weighed by; ``tells``: the reason that it is, for each outcome that it can
    be one for; ``a``, ``b``: the words of each claim that show it.
    """

    name: str
    value: float
    tells: Mapping[Outcome, str] = {}
    a: tuple[Span, ...] = ()
    b: tuple[Span, ...] = ()


class _Pair(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    one: frozenset[str]
    other: frozenset[str]
    changes: bool = False
    yes: tuple[str, str]


class Opposites(NamedTuple):
    """Stems of which one claim cannot have one and the like claim the other. ``changes``: unless it is a later word."""

    one: frozenset[str]
    other: frozenset[str]
    changes: bool


@cache
def opposites() -> tuple[Opposites, ...]:
    """The stems of ``data/opposites.toml``, in two sides."""
    pairs = msgspec.convert(_data()["pair"], list[_Pair])
    return tuple(Opposites(_stems(p.one), _stems(p.other), p.changes) for p in pairs)


@cache
def in_opposites() -> frozenset[str]:
    """The stems of all sides."""
    return frozenset().union(*(p.one | p.other for p in opposites()))


@cache
def words_of(sort: str) -> frozenset[str]:
    """The stems of a list under ``[words]`` of ``data/opposites.toml``."""
    return _stems(_data()["words"][sort])


@cache
def _bases() -> dict[str, str]:
    forms = (row.split() for row in _data()["words"]["irregular"])
    return {stem(form): stem(own) for own, *others in forms for form in (own, *others)}


def base(stemmed: str) -> str:
    """The stem of the base of an irregular form: of "rose" that of "rise"; else the stem itself."""
    return _bases().get(stemmed, stemmed)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((resources.files("sayso") / "data" / "opposites.toml").read_text(encoding="utf-8"))


def _stems(phrases: Iterable[str]) -> frozenset[str]:
    """Of "voted down" both stems in a row, joined by a space."""
    return frozenset(" ".join(map(stem, phrase.split())) for phrase in phrases)


def after(a: Stated, b: Stated) -> int:
    """1 where ``b`` was surely said later than ``a``."""
    said = [s.claim.said_at.earliest if s.claim.said_at else None for s in (a, b)]
    if said[0] and said[1] and said[0] != said[1]:
        return later(said[1], said[0])
    return later(b.claim.document.published or "", a.claim.document.published or "")


def cue(stated: Stated) -> tuple[Span, ...]:
    claim = stated.claim
    reasons = tuple(s for r in claim.why for s in r.spans)
    return reasons or (claim.cue.spans if claim.cue else claim.content.spans)
