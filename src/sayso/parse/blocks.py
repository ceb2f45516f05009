"""Find paragraphs, headings, page furniture and passages that stand twice.

In:   text.   Out: Paragraphs in order; pairs of repeated spans.
Knows nothing of: sentences, quotations.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from sayso.lexicon import Lexicon
from sayso.records import Document
from sayso.spans import Span, trimmed

Role = Literal["prose", "heading", "byline", "furniture"]

# Begins with a line end, not with the spaces before it: a run of a million spaces would else be tried a million times.
_BLANK = re.compile(r"(?:\r\n|\r|\n)(?:[ \t\f\v\u00a0]*(?:\r\n|\r|\n))+|\f|\u2029")
_LINE = re.compile(r"\r\n|\r|\n|\u2028")
_LINE_END = re.compile(r"[\r\n]")
_FINAL = tuple(".?!:;…\"'”’»)]")
_WORD = re.compile(r"\w+")
_BYLINE = re.compile(r"(?:by|from)\s+[A-Z][^\n.]{2,60}", re.IGNORECASE)


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """A block of text. Only ``prose`` holds the author's assertions; rules read headings too."""

    span: Span
    role: Role


def paragraphs(text: str, document: Document, lexicon: Lexicon) -> list[Paragraph]:
    """The blocks of ``text`` in order, without surrounding white space."""
    spans = [piece for block in _blocks(text) for piece in _lines(text, block)]
    headed = {m.start for m in document.markup if m.of(document.text).lstrip().startswith("#")}
    found = [Paragraph(span=s, role=_role(s, text, document.ref.title, lexicon)) for s in spans]
    if headed:
        starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
        lines = [starts[bisect_right(starts, p.span.start) - 1] for p in found]
        found = [
            Paragraph(span=p.span, role="heading") if line in headed else p
            for p, line in zip(found, lines, strict=True)
        ]
    # The first block is a headline unless it ends like a sentence.
    if len(found) > 1 and found[0].role == "prose" and _is_headline(found[0].span.of(text), longest=30):
        found[0] = Paragraph(span=found[0].span, role="heading")
    return found


def _blocks(text: str) -> Iterator[Span]:
    at = 0
    for gap in _BLANK.finditer(text):
        if block := trimmed(text, at, gap.start()):
            yield block
        at = gap.end()
    if block := trimmed(text, at, len(text)):
        yield block


def _lines(text: str, block: Span) -> Iterator[Span]:
    """A block is one paragraph if its lines are wrapped, else each line is one."""
    lines: list[Span] = []
    at = block.start
    for end in _LINE.finditer(text, block.start, block.end):
        if line := trimmed(text, at, end.start()):
            lines.append(line)
        at = end.end()
    if line := trimmed(text, at, block.end):
        lines.append(line)
    if len(lines) > 1 and _is_wrapped([line.of(text) for line in lines]):
        yield block
    else:
        yield from lines


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Wrapped lines are about as long as each other, and most break in mid-sentence."""
    longest = max(len(line) for line in lines)
    body = lines[:-1]
    open_ended = sum(not line.endswith((".", "?", "!", ":", "”", '"')) for line in body)
    full = sum(len(line) > 0.6 * longest for line in body)
    return 50 <= longest <= 130 and full >= 0.8 * len(body) and open_ended >= 0.5 * len(body)


def _role(span: Span, text: str, title: str | None, lexicon: Lexicon) -> Role:
    words = span.of(text)
    if lexicon.is_furniture(words):
        return "furniture"
    if len(words) < 80 and _BYLINE.fullmatch(words):
        return "byline"
    if title and words == title:
        return "heading"
    if _is_headline(words, longest=12):
        return "heading"
    return "prose"


def _is_headline(words: str, longest: int) -> bool:
    """Short and without the end of a sentence; a lone colon title ("The costs:") counts."""
    count = len(words.split())
    if "\n" in words or not words[:1].isalnum():
        return False
    if words.endswith(":"):
        return count <= 5 and words.istitle()
    return count <= longest and not words.endswith(_FINAL)


def repeats(text: str, sentences: Sequence[Span]) -> tuple[tuple[Span, Span], ...]:
    """Passages that stand again, word for word: (first place, later place), neighbours joined.

    A sentence counts from six words on: shorter ones ("He declined to comment.") recur by nature.
    """
    first: dict[str, int] = {}
    pairs: list[tuple[int, int]] = []
    for number, sentence in enumerate(sentences):
        words = _WORD.findall(sentence.of(text).lower())
        if len(words) < 6:
            continue
        key = " ".join(words)
        if key in first:
            pairs.append((first[key], number))
        else:
            first[key] = number
    joined: list[list[int]] = []  # first from, first to, again from, again to
    for a, b in pairs:
        if joined and joined[-1][1] + 1 == a and joined[-1][3] + 1 == b:
            joined[-1][1], joined[-1][3] = a, b
        else:
            joined.append([a, a, b, b])
    return tuple(
        (Span(sentences[a].start, sentences[b].end), Span(sentences[c].start, sentences[d].end))
        for a, b, c, d in joined
    )
