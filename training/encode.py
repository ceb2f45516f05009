"""Text to model input: words, word pieces, surface features and windows (no torch).

A word is a maximal run without white space or punctuation, or one punctuation
mark, as the uncased BERT tokeniser splits it.  Every word keeps its code point
offsets in the original text, its pieces and three small features that the
uncased vocabulary loses: letter case, quotation state and line break before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

LOWER, TITLE, UPPER, MIXED, DIGIT, OTHER = range(6)
OUTSIDE, OPEN, INSIDE, CLOSE = range(4)
SAME, LINE, PARAGRAPH = range(3)
CLS, SEP, PAD = 101, 102, 0
STRAIGHT, CURLY_OPEN, CURLY_CLOSE = '"', "“„«", "”»"
QUOTES = STRAIGHT + CURLY_OPEN + CURLY_CLOSE


def case_shape(word: str) -> int:
    """The letter-case class of a word."""
    if not any(c.isalpha() for c in word):
        return DIGIT if any(c.isdigit() for c in word) else OTHER
    if word.islower():
        return LOWER
    if len(word) > 1 and word.isupper():
        return UPPER
    return TITLE if word[0].isupper() and (len(word) == 1 or word[1:].islower()) else MIXED


def quote_states(text: str, words: list[tuple[int, int]], breaks: np.ndarray) -> np.ndarray:
    """The quotation state of each word.

    A straight mark opens where nothing is open, unless it touches the word
    before it only.  A quotation left open at the end of a paragraph goes on if
    the next paragraph starts with an opening mark, and ends otherwise.
    """
    out = np.zeros(len(words), np.int64)
    inside = False
    for i, (a, b) in enumerate(words):
        mark = text[a:b] if b - a == 1 and text[a:b] in QUOTES else ""
        if breaks[i] != SAME:
            inside = False
        if not mark:
            out[i] = INSIDE if inside else OUTSIDE
            continue
        if mark in CURLY_OPEN:
            opens = True
        elif mark in CURLY_CLOSE:
            opens = False
        else:
            glued_left = a > 0 and not text[a - 1].isspace() and text[a - 1] not in "([—–-"
            glued_right = b < len(text) and (text[b].isalnum() or text[b] in "[$'‘…(")
            opens = glued_right and not glued_left if glued_left != glued_right else not inside
        out[i], inside = (OPEN, True) if opens else (CLOSE, False)
    return out


@dataclass
class Encoded:
    """A document as words (arrays of one row per word) and their pieces."""

    text: str
    start: np.ndarray
    end: np.ndarray
    pieces: list[list[int]]
    case: np.ndarray
    quote: np.ndarray
    brk: np.ndarray

    def __len__(self) -> int:
        return len(self.pieces)

    def word_span(self, start: int, end: int) -> tuple[int, int]:
        """The words that overlap the characters start..end."""
        return (int(np.searchsorted(self.end, start, "right")), int(np.searchsorted(self.start, end, "left")))

    def chars(self, span: tuple[int, int]) -> tuple[int, int]:
        """The code point offsets of a span of words."""
        return int(self.start[span[0]]), int(self.end[span[1] - 1])


def encode(text: str, tokenizer: Tokenizer) -> Encoded:
    """Splits a text to words and pieces, with features."""
    enc = tokenizer.encode(text, add_special_tokens=False)
    words: list[tuple[int, int]] = []
    pieces: list[list[int]] = []
    last = None
    for piece, (a, b), word in zip(enc.ids, enc.offsets, enc.word_ids, strict=True):
        if word == last:
            pieces[-1].append(piece)
            words[-1] = (words[-1][0], b)
        else:
            words.append((a, b))
            pieces.append([piece])
        last = word
    brk = np.zeros(len(words), np.int64)
    before = 0
    for i, (a, b) in enumerate(words):
        lines = text.count("\n", before, a)
        brk[i] = PARAGRAPH if i == 0 or lines > 1 else LINE if lines else SAME
        before = b
    case = np.array([case_shape(text[a:b]) for a, b in words], np.int64)
    arr = np.array(words, np.int64).reshape(-1, 2)
    return Encoded(text, arr[:, 0], arr[:, 1], pieces, case, quote_states(text, words, brk), brk)


def load_tokenizer(path: str) -> Tokenizer:
    """The tokeniser without truncation or padding."""
    tok = Tokenizer.from_file(path)
    tok.no_truncation()
    tok.no_padding()
    return tok


def break_points(enc: Encoded) -> np.ndarray:
    """How good it is to start a window at each word: 2 new line, 1 new sentence, 0 else."""
    good = np.zeros(len(enc), np.int64)
    for i in range(1, len(enc)):
        if enc.brk[i] != SAME:
            good[i] = 2
        elif (
            enc.text[enc.end[i - 1] - 1] in '.?!”"'
            and enc.case[i] in (TITLE, UPPER, OTHER)
            and enc.start[i] > enc.end[i - 1]
        ):
            good[i] = 1
    return good


def next_cut(good: np.ndarray, size: np.ndarray, first: int, limit: int) -> int:
    """The end of a window that starts at `first` and holds at most `limit` pieces."""
    total = np.cumsum(size[first:])
    last = first + int(np.searchsorted(total, limit, "right"))
    if last >= len(size):
        return len(size)
    last = max(last, first + 1)
    for level, reach in ((2, 0.35), (1, 0.6)):
        low = first + max(1, int((last - first) * reach))
        for cut in range(last, low, -1):
            if good[cut] >= level:
                return cut
    return last


def partition(enc: Encoded, limit: int, first_limit: int | None = None) -> list[tuple[int, int]]:
    """Cuts a document to windows side by side; the first may be made shorter."""
    good, size = break_points(enc), np.array([len(p) for p in enc.pieces])
    out, at = [], 0
    while at < len(enc):
        cut = next_cut(good, size, at, first_limit if first_limit and at == 0 else limit)
        out.append((at, cut))
        at = cut
    return out


def overlapping(enc: Encoded, limit: int) -> list[tuple[int, int]]:
    """Windows for prediction: each starts about half a window after the one before."""
    good, size = break_points(enc), np.array([len(p) for p in enc.pieces])
    out, at = [], 0
    while at < len(enc):
        end = next_cut(good, size, at, limit)
        out.append((at, end))
        if end == len(enc):
            break
        at = max(at + 1, min(next_cut(good, size, at, limit // 2), end))
    return out


def features(
    pieces: list[list[int]], case: np.ndarray, quote: np.ndarray, brk: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The network's inputs of one window, (4, pieces), and the first piece of each word."""
    lens = np.array([len(p) for p in pieces])
    first = np.concatenate([[1], 1 + np.cumsum(lens)[:-1]])
    flat = np.fromiter((i for p in pieces for i in p), np.int64)
    brk_pieces = np.zeros(len(flat), np.int64)
    brk_pieces[first - 1] = brk
    rows = np.stack([flat, np.repeat(case, lens), np.repeat(quote, lens), brk_pieces])
    edge = np.array([[CLS, SEP], [OTHER, OTHER], [0, 0], [0, 0]])
    return np.concatenate([edge[:, :1], rows, edge[:, 1:]], 1), first
