"""A sentence as the rules see it.

In:   a sentence's tokens, and which of them are quoted.   Out: a Line that answers what kind of word stands where.
Knows nothing of: attributions.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.lexicon import Lexicon
from sayso.parse import Quotation, Token, tokens
from sayso.spans import Span

_SUBJECTS = frozenset(("he", "she", "they", "we", "i", "it"))
_CONTRACTED = frozenset(f"{word}'s" for word in ("he", "she", "it", "that", "there", "what", "who"))


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence as the rules see it: its tokens, and which of them stand in a quotation."""

    text: str
    span: Span
    tokens: list[Token]
    quoted: list[bool]
    lexicon: Lexicon

    def lower(self, i: int) -> str:
        """Lower-cased token, "" outside the sentence, a quotation mark for any quoted token."""
        if not 0 <= i < len(self.tokens):
            return ""
        return '"' if self.quoted[i] else self.tokens[i].lower

    def is_finite(self, i: int) -> bool:
        """Does token ``i`` look like a finite verb?"""
        words, word = self.lexicon.words, self.lower(i)
        if word in words.be or word in words.auxiliaries or word in words.modals or word in words.function_verbs:
            return True
        if self.lower(i - 1) in _SUBJECTS and word.isalpha() and not self._is_adverb(i):
            return True  # "he supports": whatever follows a subject pronoun
        if word in _CONTRACTED:
            return True
        forms = self.lexicon.verb_forms.get(word, ())
        if any(f.is_plainly_finite for f in forms):
            return True
        return word.endswith("ed") and self.lower(i - 1) not in words.determiners and len(word) > 4

    def _is_adverb(self, i: int) -> bool:
        words, word = self.lexicon.words, self.lower(i)
        return word in words.adverbs or (word.endswith("ly") and word not in words.not_adverbs)


def line_of(text: str, span: Span, quotations: Sequence[Quotation], lexicon: Lexicon) -> Line:
    """The sentence at ``span``; ``quotations`` are those of its paragraph, in order."""
    outermost = [q.span for q in quotations if q.depth == 0 and q.span.overlaps(span)]
    words = tokens(text, span)
    quoted: list[bool] = []
    at = 0
    for token in words:
        while at < len(outermost) and outermost[at].end <= token.start:
            at += 1
        quoted.append(at < len(outermost) and outermost[at].start <= token.start)
    return Line(text=text, span=span, tokens=words, quoted=quoted, lexicon=lexicon)
