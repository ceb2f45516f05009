"""On whose word a claim stands, and where in the document.

In:   claims, a Document.   Out: names from the innermost source outwards; "¶ 3" or "p. 2 ¶ 3".
Knows nothing of: how they are shown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import Literal

from sayso.records import Claim, Document
from sayso.spans import Span, cover

Standing = Literal["named", "anonymous", "none", "author"]

NO_SOURCE = "no source"
THE_AUTHOR = "the author"

_LINE = re.compile(r"[^\n\r\f\u2028\u2029]*\S[^\n\r\f\u2028\u2029]*")
_LINE_BREAK = ("\n", "\r\n", "\r", "\u2028")
_WIDEST_WRAP = 130  # lines longer than this were not broken by hand or by a mail program


def standing(claim: Claim) -> Standing:
    """Whether somebody named, somebody unnamed, nobody or the author says it."""
    if claim.kind == "authorial":
        return "author"
    if claim.source is None:
        return "none"
    return "anonymous" if claim.source.anonymous or claim.source.type == "people" else "named"


def speaker(claim: Claim) -> str:
    """The name to show for who says it."""
    if claim.kind == "authorial":
        return THE_AUTHOR
    return NO_SOURCE if claim.source is None else claim.source.name


def chain(claim: Claim, by_id: Mapping[str, Claim]) -> tuple[str, ...]:
    """Who says it, on whose word: the innermost source first, each name once.

    ``by_id`` are the claims of the document; a ``via`` that is not there ends the chain.
    """
    names: dict[str, None] = {}
    seen: set[str] = set()
    link: Claim | None = claim
    while link is not None and link.id not in seen:
        seen.add(link.id)
        names.setdefault(speaker(link))
        if link.outlet is not None:
            names.setdefault(link.outlet.text)
        link = by_id.get(link.via) if link.via is not None else None
    return tuple(names)


class Places:
    """The paragraphs of one document, counted once, and what to call a place in it."""

    def __init__(self, document: Document) -> None:
        self.paragraphs = _paragraphs(document.text)
        self._starts = [paragraph.start for paragraph in self.paragraphs]
        self._pages = document.pages
        self._page_starts = [page.start for page in document.pages]

    def paragraph(self, at: int) -> int:
        """Index of the paragraph that holds the character ``at``, or of the one before it."""
        return max(0, bisect_right(self._starts, at) - 1)

    def page(self, at: int) -> int:
        """Number of the page that holds the character ``at``, from 1; 0 where there are no pages."""
        return max(1, bisect_right(self._page_starts, at)) if self._pages else 0

    def name(self, at: int) -> str:
        """ "¶ 3"; with pages "p. 2 ¶ 3", where paragraphs are counted as they stand on that page."""
        paragraph, page = self.paragraph(at), self.page(at)
        if not page:
            return f"¶ {paragraph + 1}"
        first = self.paragraph(self._page_starts[page - 1])
        if self.paragraphs and self.paragraphs[first].end <= self._page_starts[page - 1]:
            first += 1
        return f"p. {page} ¶ {max(1, paragraph - first + 1)}"


def where(document: Document, span: Span) -> str:
    """The place of ``span`` as a reader finds it: "¶ 3", or "p. 2 ¶ 3" in a PDF. For many, keep a ``Places``."""
    return Places(document).name(span.start)


def _paragraphs(text: str) -> tuple[Span, ...]:
    """Blocks between blank lines where their lines were wrapped, single lines elsewhere."""
    found: list[Span] = []
    block: list[Span] = []
    for match in _LINE.finditer(text):
        line = Span(*match.span())
        if block and text[block[-1].end : line.start] not in _LINE_BREAK:
            found += _block(text, block)
            block = []
        block.append(line)
    return tuple(found + _block(text, block))


def _block(text: str, lines: list[Span]) -> list[Span]:
    if len(lines) > 1 and _wrapped([line.of(text).strip() for line in lines]):
        return [cover(lines)]
    return lines


def _wrapped(lines: list[str]) -> bool:
    """Wrapped lines are about as long as each other, and most break in mid-sentence (as parse.blocks has it)."""
    widest = max(map(len, lines))
    body = lines[:-1]
    full = sum(len(line) > 0.6 * widest for line in body)
    open_ended = sum(not line.endswith((".", "?", "!", ":", "”", '"')) for line in body)
    return widest <= _WIDEST_WRAP and full >= 0.8 * len(body) and open_ended >= 0.5 * len(body)
