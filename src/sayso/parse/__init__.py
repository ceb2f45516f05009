"""Find paragraphs, quotations and sentences.

In:   Document.   Out: Parsed; every place is a span of the document's own text.
Knows nothing of: who says what.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

import msgspec

from sayso.lexicon import Lexicon
from sayso.parse.blocks import Paragraph, paragraphs, repeats
from sayso.parse.quotations import Quotation, pair
from sayso.parse.sentences import split
from sayso.parse.tokens import Token, tokens
from sayso.records import Document, Notice
from sayso.spans import Span

# "TALMEER, Ordavia, Sept. 6 (HALYARD) - ": where and when a story was filed, not part of its first sentence.
_DATELINE = re.compile(
    r"[A-Z][A-Z'’]{2,}(?:[ .-][A-Z'’.]+)*(?:,[^—–\n\"“]{1,40}?)?"  # TALMEER, Ordavia, Sept. 6
    r"\s?(?:\([A-Z][\w ]{1,30}\))?\s?(?:—|–|--|-)\s+(?=[\w\"“‘'])"  # (HALYARD) -
)

__all__ = ["Paragraph", "Parsed", "Quotation", "Token", "parse", "split", "tokens"]


class Parsed(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A document with its structure.

    ``text`` has the length of the document's text; markup is blanked, so that a rule reads prose
    and every span still holds in the original. ``sentences`` never end inside a closed quotation.
    """

    document: Document
    text: str
    paragraphs: tuple[Paragraph, ...]
    quotations: tuple[Quotation, ...]
    sentences: tuple[Span, ...]
    repeats: tuple[tuple[Span, Span], ...]
    notices: tuple[Notice, ...]

    def quotations_over(self, span: Span) -> list[Quotation]:
        """The quotations that share a character with ``span``, in order."""
        # None reaches beyond its paragraph, so those before the span's own paragraph need no look.
        paragraph = max(0, bisect_right(self._paragraph_starts, span.start) - 1)
        first = bisect_left(self._quotation_starts, self._paragraph_starts[paragraph]) if self.paragraphs else 0
        end = bisect_left(self._quotation_starts, span.end)
        return [q for q in self.quotations[first:end] if q.span.end > span.start]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [p.span.start for p in self.paragraphs]

    @cached_property
    def _quotation_starts(self) -> list[int]:
        return [q.span.start for q in self.quotations]

    @property
    def headline(self) -> Span | None:
        """The heading that the text opens with."""
        first = self.paragraphs[0] if self.paragraphs else None
        return first.span if first and first.role == "heading" else None


def parse(document: Document, lexicon: Lexicon) -> Parsed:
    """The structure of one document."""
    text = _blanked(document)
    blocks = paragraphs(text, document, lexicon)
    quotations, notices = pair(text, [p.span for p in blocks])
    sentences: list[Span] = []
    at = 0
    for block in blocks:
        inside: list[Quotation] = []
        while at < len(quotations) and quotations[at].span.start < block.span.end:
            inside.append(quotations[at])
            at += 1
        dateline = _DATELINE.match(text, block.span.start, block.span.end)
        body = Span(dateline.end(), block.span.end) if dateline else block.span
        sentences.extend(split(text, body, inside, lexicon))
    prose = [s for s in sentences if len(s) > 1]
    return Parsed(
        document=document,
        text=text,
        paragraphs=tuple(blocks),
        quotations=quotations,
        sentences=tuple(sentences),
        repeats=repeats(text, prose),
        notices=notices,
    )


def _blanked(document: Document) -> str:
    """The text with markup replaced by as many spaces."""
    if not document.markup:
        return document.text
    parts: list[str] = []
    at = 0
    for mark in sorted(document.markup):
        if mark.start < at:
            continue
        parts.append(document.text[at : mark.start])
        parts.append("".join(c if c in "\r\n" else " " for c in mark.of(document.text)))
        at = mark.end
    parts.append(document.text[at:])
    return "".join(parts)
