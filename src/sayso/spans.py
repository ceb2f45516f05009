"""Places in a text: spans of code points and their algebra.

In:   offsets.   Out: Span values and tuples of them.
Knows nothing of: what stands at a place.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

import msgspec


class Span(msgspec.Struct, frozen=True, array_like=True, order=True):
    """Half-open interval of code points, never empty: ``text[start:end]``. ``[start, end]`` in JSON."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"bad span {self.start}-{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters at this place.

        >>> Span(4, 7).of("She saw it")
        'saw'
        """
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


def cover(spans: Iterable[Span]) -> Span:
    """The smallest span around all of them.

    >>> cover([Span(2, 3), Span(7, 9)])
    Span(start=2, end=9)
    """
    spans = tuple(spans)
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def trimmed(text: str, start: int, end: int, characters: str | None = None) -> Span | None:
    """``start:end`` without leading and trailing white space (or ``characters``); None if nothing is left."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(characters))
    end -= len(piece) - len(piece.rstrip(characters))
    return Span(start, end) if start < end else None


def meeting(places: Iterable[Span], spans: Sequence[Span]) -> Iterator[list[int]]:
    """For each of ``places``, which come by their starts, the indices of those of ``spans`` that overlap it.

    The time is that of sorting, as long as few of them lie over each other.

    >>> list(meeting([Span(1, 2), Span(4, 6), Span(8, 9)], [Span(5, 8), Span(0, 5)]))
    [[1], [1, 0], []]
    """
    waiting = deque(sorted(range(len(spans)), key=lambda index: spans[index].start))
    live: list[int] = []
    for place in places:
        while waiting and spans[waiting[0]].start < place.end:
            live.append(waiting.popleft())
        live = [index for index in live if spans[index].end > place.start]
        yield [index for index in live if spans[index].start < place.end]


def without(span: Span, holes: Iterable[Span]) -> tuple[Span, ...]:
    """The parts of ``span`` that lie in none of ``holes``, in order.

    >>> without(Span(0, 10), [Span(2, 4), Span(8, 12)])
    (Span(start=0, end=2), Span(start=4, end=8))
    """
    parts: list[Span] = []
    at = span.start
    for hole in sorted(holes):
        if hole.end <= at or hole.start >= span.end:
            continue
        if hole.start > at:
            parts.append(Span(at, hole.start))
        at = hole.end
    if at < span.end:
        parts.append(Span(at, span.end))
    return tuple(parts)


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same places as spans that neither touch nor overlap, in order.

    >>> merge([Span(5, 8), Span(0, 3), Span(2, 4)])
    (Span(start=0, end=4), Span(start=5, end=8))
    """
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)
