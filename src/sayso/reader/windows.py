"""Cut what is too long for the network: a text into stretches, a stretch into overlapping windows.

In:   text; Encoded.   Out: stretches of code points; windows of words and the network's input for each.
Knows nothing of: what the network makes of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from sayso.reader.pieces import OTHER, TITLE, UPPER
from sayso.reader.words import SAME, Encoded, Ints

WINDOW = 254  # pieces; with the two marks at its ends the network's length in training
STEP = 0.85  # of a window, from one to the next; smaller steps cost time and measured no better
STRETCH, OVERLAP = 24_000, 3_000  # characters: some 4,000 words at a time, two windows read twice
CLS, SEP = 101, 102  # the pieces that open and close a window
_FINAL = frozenset('.?!”"')


def stretches(text: str, size: int = STRETCH, overlap: int = OVERLAP) -> Iterator[tuple[int, int]]:
    """Pieces of at most ``size`` characters, each beginning about ``overlap`` before the end of the one before.

    They begin and end at line breaks where there are any, else at a space, else anywhere.
    """
    start = 0
    while start + size < len(text):
        end = _cut(text, start + size // 2, start + size)
        yield start, end
        start = max(start + 1, _cut(text, max(start, end - 2 * overlap), end - overlap))
    if start < len(text):
        yield start, len(text)


def answering(places: Iterable[tuple[int, int]], length: int) -> Iterator[tuple[int, int, int]]:
    """Each stretch with the place up to which it answers: the middle of what it shares with the next, or the end."""
    before: tuple[int, int] | None = None
    for place in places:
        if before:
            yield *before, (before[1] + place[0]) // 2
        before = place
    if before:
        yield *before, length


def _cut(text: str, low: int, high: int) -> int:
    """The last good place in low..high to begin a stretch at."""
    for mark in ("\n", " "):
        at = text.rfind(mark, low, high)
        if at >= 0:
            return at + 1
    return high


def break_points(enc: Encoded) -> Ints:
    """How good it is to start a window at each word: 2 new line, 1 new sentence, 0 else."""
    good = np.where(enc.brk != SAME, 2, 0)
    if len(enc):
        good[0] = 0
        final = np.array([enc.text[end - 1] in _FINAL for end in enc.end.tolist()])
        opens = (enc.case == TITLE) | (enc.case == UPPER) | (enc.case == OTHER)
        apart = enc.start[1:] > enc.end[:-1]
        sentence = np.concatenate([[False], final[:-1] & apart]) & opens
        good[sentence & (good == 0)] = 1
        good[0] = 0
    return good


def next_cut(good: Ints, size: Ints, first: int, limit: int) -> int:
    """The end of a window that starts at word ``first`` and holds at most ``limit`` pieces."""
    total = np.cumsum(size[first : first + limit])
    last = first + int(np.searchsorted(total, limit, "right"))
    if last >= len(size):
        return len(size)
    last = max(last, first + 1)
    for level, reach in ((2, 0.35), (1, 0.6)):
        low = first + max(1, int((last - first) * reach))
        fit = np.flatnonzero(good[low + 1 : last + 1] >= level)
        if len(fit):
            return low + 1 + int(fit[-1])
    return last


def overlapping(enc: Encoded, limit: int = WINDOW, step: float = STEP) -> list[tuple[int, int]]:
    """Windows of words, each beginning near the end of the one before it, where a line or a sentence begins."""
    size = np.array([len(p) for p in enc.pieces], np.int64)
    if size.sum() <= limit:
        return [(0, len(enc))] if len(enc) else []
    good = break_points(enc)
    out: list[tuple[int, int]] = []
    at = 0
    while at < len(enc):
        end = next_cut(good, size, at, limit)
        out.append((at, end))
        if end == len(enc):
            break
        at = max(at + 1, min(next_cut(good, size, at, int(limit * step)), end))
    return out


def features(pieces: list[tuple[int, ...]], case: Ints, quote: Ints, brk: Ints) -> tuple[Ints, Ints]:
    """The network's input of one window, (4, pieces), and the first piece of each word."""
    lens = np.array([len(p) for p in pieces], np.int64)
    first = np.concatenate([[1], 1 + np.cumsum(lens)[:-1]])
    out = np.zeros((4, int(lens.sum()) + 2), np.int64)
    out[0, 0], out[0, -1], out[1, 0], out[1, -1] = CLS, SEP, OTHER, OTHER
    out[0, 1:-1] = [number for word in pieces for number in word]
    out[1, 1:-1], out[2, 1:-1] = np.repeat(case, lens), np.repeat(quote, lens)
    out[3, first] = brk
    return out, first
