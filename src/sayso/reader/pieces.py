"""Words to word pieces, as the uncased BERT tokeniser makes them (Devlin et al. 2019; Wu et al. 2016 for the pieces).

In:   the lines of a vocabulary; words.   Out: piece numbers, the class of their letters.
Knows nothing of: where a word stands.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

LOWER, TITLE, UPPER, MIXED, DIGIT, OTHER = range(6)
_LONGEST = 100  # characters; a longer word is one unknown piece
_CACHED = 1 << 15  # words whose pieces are remembered: a few megabytes


class Pieces(NamedTuple):
    """``numbers`` of the pieces, none for a word of invisible characters; ``case`` of its letters."""

    numbers: tuple[int, ...]
    case: int


class Vocabulary:
    """Looks words up. ``entries``: one piece a line, its number is its place."""

    def __init__(self, entries: Sequence[str]) -> None:
        self._entries = entries
        self._number = {piece: number for number, piece in enumerate(entries)}
        self._unknown = self._number["[UNK]"]
        self.of = lru_cache(_CACHED)(self._of)

    def _of(self, word: str) -> Pieces:
        """The pieces of one word as it stands in the text."""
        plain = _plain(word)
        if not plain:
            return Pieces((), OTHER)
        return Pieces(tuple(self._cut(plain)) if len(plain) <= _LONGEST else (self._unknown,), case_shape(word))

    def starts(self, word: str) -> list[int]:
        """Where each piece of a word begins in it, in characters (of the word without accents: about there)."""
        found = [0]
        for number in self.of(word).numbers[:-1]:
            found.append(found[-1] + len(self._entries[number].removeprefix("##")))
        return found

    def _cut(self, word: str) -> list[int]:
        """Greedy, the longest piece first; one piece that is not there makes the whole word unknown."""
        found: list[int] = []
        start = 0
        while start < len(word):
            mark = "##" if start else ""
            for end in range(len(word), start, -1):
                number = self._number.get(mark + word[start:end])
                if number is not None:
                    break
            else:
                return [self._unknown]
            found.append(number)
            start = end
        return found


def _plain(word: str) -> str:
    """Lower case, without accents and invisible characters."""
    if word.isascii() and word.isprintable():
        return word.lower()
    kept = "".join(c for c in word if not is_invisible(c))
    bare = "".join(c for c in unicodedata.normalize("NFD", kept) if unicodedata.category(c) != "Mn")
    return bare.lower()


def is_invisible(character: str) -> bool:
    """Control and format characters, lone surrogates, what Unicode has not assigned; the sign for broken text."""
    return unicodedata.category(character)[0] == "C" or character == "\ufffd"


def case_shape(word: str) -> int:
    """The class of a word's letters.

    >>> [case_shape(word) for word in ("pier", "Pier", "PIER", "McPier", "12", "…")] == [
    ...     LOWER, TITLE, UPPER, MIXED, DIGIT, OTHER]
    True
    """
    if word.islower() and word.isalpha():
        return LOWER
    if not any(c.isalpha() for c in word):
        return DIGIT if any(c.isdigit() for c in word) else OTHER
    if word.islower():
        return LOWER
    if len(word) > 1 and word.isupper():
        return UPPER
    return TITLE if word[0].isupper() and (len(word) == 1 or word[1:].islower()) else MIXED
