"""Make Drafts of what the reader found: pieces by paragraph, and whom it is said to.

In:   Parsed, Found, Syntax.   Out: Drafts.
Knows nothing of: how it was found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from sayso.extract.cues import doing
from sayso.extract.drafts import Draft
from sayso.extract.passives import whom_told
from sayso.extract.told import addressee
from sayso.lexicon import Lexicon
from sayso.parse import Paragraph, Parsed
from sayso.reader import Found
from sayso.spans import Span
from sayso.syntax import Syntax


class Drafting:
    """Makes Drafts for one document."""

    def __init__(self, parsed: Parsed, syntax: Syntax, lexicon: Lexicon) -> None:
        self._parsed, self._syntax, self._lexicon = parsed, syntax, lexicon
        self._starts = [sentence.start for sentence in parsed.sentences]
        self._paragraphs = [paragraph.span.start for paragraph in parsed.paragraphs]

    def of(self, found: Found) -> Draft:
        """An attribution with all that its cue and the sentence around it tell."""
        text, lexicon = self._parsed.text, self._lexicon
        content = tuple(piece for span in found.content for piece in self._in_paragraphs(span))
        sentence = self._sentence(found.cue)
        tells = doing(text, found.cue, lexicon).tells
        told = addressee(text, sentence, found.cue, content, lexicon) if tells else None
        return Draft(
            by="reader",
            source=found.source,
            cue=found.cue,
            content=content,
            addressee=whom_told(found, self._syntax) or told,
            score=found.score,
        )

    def _sentence(self, cue: Span) -> Span:
        at = bisect_right(self._starts, cue.start) - 1
        sentence = self._parsed.sentences[at] if at >= 0 else cue
        return sentence if sentence.contains(cue) else cue

    def paragraph(self, span: Span) -> Paragraph:
        """The paragraph in which ``span`` begins."""
        return self._parsed.paragraphs[max(bisect_right(self._paragraphs, span.start) - 1, 0)]

    def _in_paragraphs(self, span: Span) -> Iterator[Span]:
        """What is said in each paragraph is a piece of its own."""
        first = max(bisect_right(self._paragraphs, span.start) - 1, 0)
        for paragraph in self._parsed.paragraphs[first:]:
            if paragraph.span.start >= span.end:
                return
            if paragraph.span.overlaps(span):
                yield Span(max(paragraph.span.start, span.start), min(paragraph.span.end, span.end))
