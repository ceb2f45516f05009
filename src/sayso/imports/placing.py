"""Where the words of a mark stand in a text: at its position, or where its quotation is found once.

In:   a Mark, a text.   Out: spans by role, or in plain words why there are none.
Knows nothing of: documents, cases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from sayso.imports.marks import Mark, Quote, Role
from sayso.spans import Span, trimmed


class Placed(msgspec.Struct, frozen=True):
    """The spans of each role, in text order."""

    spans: dict[Role, tuple[Span, ...]]


def placed(mark: Mark, text: str) -> Placed | str:
    """The spans of a mark in ``text``; a string says which words are not there, or stand more than once."""
    spans: dict[Role, list[Span]] = defaultdict(list)
    for quote in mark.quotes:
        found = _at(quote, text)
        if isinstance(found, str):
            return found
        spans[quote.role].append(found)
    return Placed({role: tuple(sorted(set(own))) for role, own in spans.items()})


def _at(quote: Quote, text: str) -> Span | str:
    for start, end in _positions(quote, text):
        if 0 <= start < end <= len(text) and text[start:end] == quote.exact:
            return trimmed(text, start, end) or "its words are white space"
    starts = list(_starts(text, quote.exact))
    if not starts:
        return f"its words are not in the document: “{quote.exact[:60]}”"
    if len(starts) > 1:
        around = [at for at in starts if _fits(quote, text, at)]
        if len(around) != 1:
            return f"its words stand {len(starts)} times in the document: “{quote.exact[:60]}”"
        starts = around
    return trimmed(text, starts[0], starts[0] + len(quote.exact)) or "its words are white space"


def _positions(quote: Quote, text: str) -> Iterator[tuple[int, int]]:
    """The position as code points, which the model means, and as UTF-16, in which browsers count."""
    if quote.position is None:
        return
    yield quote.position
    start, end = quote.position
    units = text.encode("utf-16-le", "surrogatepass")
    if end * 2 <= len(units):
        before = units[: start * 2].decode("utf-16-le", "replace")
        within = units[start * 2 : end * 2].decode("utf-16-le", "replace")
        yield len(before), len(before) + len(within)


def _starts(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _fits(quote: Quote, text: str, at: int) -> bool:
    end = at + len(quote.exact)
    before, after = " ".join(text[:at].split()), " ".join(text[end:].split())
    return before.endswith(" ".join(quote.prefix.split())) and after.startswith(" ".join(quote.suffix.split()))
