"""What words mean of each other: opposites, kinds, words of one sense (``data/senses.tsv``, out of WordNet).

In:   stems.   Out: stems; whether one word stands for another.
Knows nothing of: claims.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

_SIGNS = "!^="


@cache
def _rows() -> dict[str, str]:
    text = (resources.files("sayso") / "data" / "senses.tsv").read_text(encoding="utf-8")
    rows = (line.partition("\t") for line in text.splitlines() if not line.startswith("#"))
    return {word: others for word, _, others in rows}


@cache
def _of(stemmed: str) -> tuple[frozenset[str], ...]:
    row = _rows().get(stemmed, "").split()
    return tuple(frozenset(w[1:] for w in row if w[0] == sign) for sign in _SIGNS)


def opposites_of(stemmed: str) -> frozenset[str]:
    """The stems against one."""
    return _of(stemmed)[0]


def kinds_of(stemmed: str) -> frozenset[str]:
    """The stems of what it may be a kind of: of "ferri", "ship"."""
    return _of(stemmed)[1]


@cache
def _same() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for word in _rows():
        for other in _of(word)[2]:
            found.setdefault(word, set()).add(other)
            found.setdefault(other, set()).add(word)
    return {word: frozenset(others) for word, others in found.items()}


def same_as(stemmed: str) -> frozenset[str]:
    """The other stems of one sense with it."""
    return _same().get(stemmed, frozenset())


def alike(one: str, other: str) -> bool:
    """Are they words of one sense?"""
    return one == other or other in same_as(one)
