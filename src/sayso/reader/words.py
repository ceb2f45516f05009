"""Cut a text into words with what the uncased pieces lose: letter case, quotation marks, line breaks.

In:   text, Vocabulary.   Out: Encoded: arrays with one row per word.
Knows nothing of: windows, the network.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.reader.pieces import Vocabulary, is_invisible

Ints = NDArray[np.int64]

OUTSIDE, OPEN, INSIDE, CLOSE = range(4)
SAME, LINE, PARAGRAPH = range(3)
STRAIGHT, CURLY_OPEN, CURLY_CLOSE = '"', "“„«", "”»"
QUOTES = frozenset(STRAIGHT + CURLY_OPEN + CURLY_CLOSE)

# ASCII punctuation and symbols, and the commonest marks beyond; the rest of Unicode's punctuation is looked up.
_MARKS = "!-/:-@[-`{-~–—‘’“”„«»…•·"
_RUN = re.compile(rf"[{_MARKS}]|[^\s{_MARKS}]+")
_LINE_END = re.compile(r"\r\n|[\n\r\f\v\u2028\u2029]")


@dataclass(frozen=True)
class Encoded:
    """A text as words. ``start``, ``end``: code points. ``pieces``: their numbers, at least one each.

    ``case``, ``quote``, ``brk``: the class of the letters, the quotation state (OUTSIDE …), the break before the word
    (SAME line, LINE, PARAGRAPH).
    """

    text: str
    start: Ints
    end: Ints
    pieces: list[tuple[int, ...]]
    case: Ints
    quote: Ints
    brk: Ints

    def __len__(self) -> int:
        return len(self.pieces)

    def word_span(self, start: int, end: int) -> tuple[int, int]:
        """The words that overlap the characters start..end."""
        return (int(np.searchsorted(self.end, start, "right")), int(np.searchsorted(self.start, end, "left")))

    def chars(self, span: tuple[int, int]) -> tuple[int, int]:
        """The code points of a span of words."""
        return int(self.start[span[0]]), int(self.end[span[1] - 1])


def encode(text: str, vocabulary: Vocabulary) -> Encoded:
    """The words of any text.

    A word is a run without white space and punctuation, or one mark of punctuation, or one CJK character.
    """
    places: list[tuple[int, int]] = []
    pieces: list[tuple[int, ...]] = []
    case: list[int] = []
    for start, end in _words(text):
        found = vocabulary.of(text[start:end])
        if found.numbers:
            places.append((start, end))
            pieces.append(found.numbers)
            case.append(found.case)
    at = np.array(places, np.int64).reshape(-1, 2)
    brk = _breaks(text, at[:, 0])
    return Encoded(text, at[:, 0], at[:, 1], pieces, np.array(case, np.int64), quote_states(text, places, brk), brk)


def _words(text: str) -> Iterator[tuple[int, int]]:
    for match in _RUN.finditer(text):
        start, end = match.span()
        word = match.group()
        if word.isascii() and word.isprintable():
            yield start, end
        else:
            yield from _split(text, start, end)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A run with other than ASCII characters, cut at rare punctuation and around CJK characters."""
    first = start
    for i in range(start, end):
        if not text[i].isascii() and (unicodedata.category(text[i])[0] == "P" or _is_cjk(text[i])):
            if first < i:
                yield _visible(text, first, i)
            yield i, i + 1
            first = i + 1
    if first < end:
        yield _visible(text, first, end)


def _visible(text: str, start: int, end: int) -> tuple[int, int]:
    """Without invisible characters at the edges, so that a span never ends in one; one character is kept."""
    while end - start > 1 and is_invisible(text[start]):
        start += 1
    while end - start > 1 and is_invisible(text[end - 1]):
        end -= 1
    return start, end


def _is_cjk(character: str) -> bool:
    """Of a script that is written without spaces between words, as the tokeniser has it."""
    point = ord(character)
    return 0x4E00 <= point <= 0x9FFF or 0x3400 <= point <= 0x4DBF or 0xF900 <= point <= 0xFAFF or point >= 0x20000


def _breaks(text: str, starts: Ints) -> Ints:
    """The kind of break before each word; the first word opens a paragraph."""
    ends = np.array([m.end() for m in _LINE_END.finditer(text)], np.int64)
    lines = np.diff(np.searchsorted(ends, starts, "right"), prepend=-2)
    return np.minimum(lines, PARAGRAPH)


def quote_states(text: str, words: list[tuple[int, int]], breaks: Ints) -> Ints:
    """The quotation state of each word.

    A straight mark opens where nothing is open, unless it touches the word before it only. A quotation left open at
    the end of a line ends there: in the next one an opening mark goes on with it.
    """
    out = np.zeros(len(words), np.int64)
    inside = False
    for i, ((start, end), fresh) in enumerate(zip(words, breaks.tolist(), strict=True)):
        if fresh != SAME:
            inside = False
        if end - start == 1 and text[start] in QUOTES:
            inside = _opens(text, start, inside=inside)
            out[i] = OPEN if inside else CLOSE
        elif inside:
            out[i] = INSIDE
    return out


def _opens(text: str, at: int, *, inside: bool) -> bool:
    mark = text[at]
    if mark != STRAIGHT:
        return mark in CURLY_OPEN
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    glued_left = bool(before) and not before.isspace() and before not in "([—–-"
    glued_right = bool(after) and (after.isalnum() or after in "[$'‘…(")
    return (glued_right and not glued_left) if glued_left != glued_right else not inside
