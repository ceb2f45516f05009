"""A sentence as the rules see it.

In:   text, tokens, quotations of one sentence.   Out: a Line that answers what stands where.
Knows nothing of: phrases, cues.
"""

from __future__ import annotations

from functools import cached_property

import msgspec

from sayso.extract.times import DATE
from sayso.lexicon import Lexicon
from sayso.parse import Quotation, Token
from sayso.spans import Span

STOPS = frozenset((",", ";", ":", "(", ")", "[", "]", "–", "—", "--", "-", "…", "...", ".", "?", "!"))
FINAL = frozenset((".", "?", "!", "…", "..."))
QUESTIONS = frozenset(("how", "why", "whether", "what", "who", "where", "when", "if", "which"))
SUBJECTS = frozenset(("he", "she", "they", "we", "i", "it"))
CONTRACTED = frozenset(f"{word}'s" for word in ("he", "she", "it", "that", "there", "what", "who"))
Pair = tuple[int, int]  # first and last token


class Line(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One sentence as the rules see it: its tokens, and which of them stand in a quotation deeper than it.

    ``quoted[i]`` is the index in ``quotations`` of the quotation that token ``i`` is part of, or -1.
    """

    text: str
    span: Span
    tokens: list[Token]
    quotations: list[Quotation]
    quoted: list[int]
    lexicon: Lexicon

    def __len__(self) -> int:
        return len(self.tokens)

    def lower(self, i: int) -> str:
        """Lower-cased token, "" outside the sentence, a quotation mark for any quoted token."""
        if not 0 <= i < len(self.tokens):
            return ""
        return '"' if self.quoted[i] >= 0 else self.tokens[i].lower

    def between(self, first: int, last: int) -> Span:
        """The span from token ``first`` to token ``last``, both included."""
        return Span(self.tokens[first].start, self.tokens[last].end)

    @cached_property
    def dates(self) -> list[tuple[int, int]]:
        """First and last token of each date that stands outside quotations."""
        found: list[tuple[int, int]] = []
        starts = {t.start: i for i, t in enumerate(self.tokens) if self.quoted[i] < 0}
        for match in DATE.finditer(self.text, self.span.start, self.span.end):
            first = starts.get(match.start())
            if first is None:
                continue
            last = first
            while last + 1 < len(self.tokens) and self.tokens[last + 1].end <= match.end():
                last += 1
            found.append((first, last))
        return found

    def date_at(self, i: int) -> int | None:
        """The last token of a date (with its preposition) that begins at ``i``."""
        at = i + 1 if self.lower(i) in ("in", "on", "since", "by", "of") else i
        return next((last for first, last in self.dates if first == at), None)

    def is_finite(self, i: int) -> bool:
        """Does token ``i`` look like a finite verb?"""
        words, word = self.lexicon.words, self.lower(i)
        if word in words.be or word in words.auxiliaries or word in words.modals or word in words.function_verbs:
            return True
        if self.lower(i - 1) in SUBJECTS and word.isalpha() and not self.is_adverb(i):
            return True  # "he supports": whatever follows a subject pronoun
        if word in CONTRACTED:
            return True
        forms = self.lexicon.verb_forms.get(word, ())
        if any(f.is_plainly_finite for f in forms):
            return True
        return word.endswith("ed") and self.lower(i - 1) not in words.determiners and len(word) > 4

    def is_adverb(self, i: int) -> bool:
        words, word = self.lexicon.words, self.lower(i)
        return word in words.adverbs or (word.endswith("ly") and word not in words.not_adverbs)

    def is_noun_like(self, i: int) -> bool:
        words, word = self.lexicon.words, self.lower(i)
        closed = words.prepositions | words.determiners | words.conjunctions | words.subordinators | words.be
        return word not in closed and i >= 0 and self.tokens[i].is_word and not self.is_adverb(i)
