"""The clause of a content as the tree has it: where it begins, whether a "that" opens it, what is shown around it.

In:   a Page, where content and what is shown stand.   Out: questions to the clause.
Knows nothing of: what the words over it do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sayso.records import Reason
from sayso.spans import Span
from sayso.vet.page import Page

_FINITE = ("VBD", "VBZ", "VBP", "MD")
_BREAK = re.compile(r"[;:.!?\"“”\n]")
_NO_THAT = ("PROPN", "DET", "PRON", "ADP", "AUX")
_PARTICLES = 4  # words after one that may belong to it


@dataclass
class Clause:
    """The first clause of a content. ``shown``: the words of the claim's source and cue."""

    page: Page
    content: Sequence[Span]
    shown: Sequence[Span]

    @cached_property
    def own(self) -> range:
        return self.page.syntax.within(self.content[0])

    @cached_property
    def top(self) -> int | None:
        """The word that the clause hangs by; a verb, where a guessed tree hangs several words from outside."""
        syntax, own = self.page.syntax, self.own
        tops = [t for t in own if syntax.head[t] not in own or syntax.head[t] == t]
        return next((t for t in tops if syntax.upos[t] == "VERB"), tops[0] if tops else None)

    @cached_property
    def is_finite(self) -> bool:
        syntax = self.page.syntax
        verbs = any(syntax.xpos[t] in _FINITE or self._is_past(t) for t in self.own)
        subject = any(syntax.rel[t].startswith(("nsubj", "expl", "csubj")) for t in self.own)
        return verbs and (subject or (len(self.own) > 0 and self.has_that))

    def _is_past(self, verb: int) -> bool:
        """ "He linked": a past that is taken for a participle, though it has a subject and nothing that helps it."""
        syntax, rels = self.page.syntax, self.rels(verb)
        return (
            syntax.xpos[verb] == "VBN"
            and {"nsubj", "expl"} & set(rels) != set()
            and not any(rel.startswith("aux") for rel in rels)
        )

    @cached_property
    def is_statement(self) -> bool:
        """Is the content as a whole a clause, not a phrase with one in it ("a battle that could split the party")?"""
        syntax, top = self.page.syntax, self.top
        if top is None or not self.is_finite:
            return False
        return any(syntax.rel[k].startswith(("nsubj", "expl", "csubj")) for k in syntax.children(top) if k in self.own)

    @cached_property
    def begins(self) -> int:
        """The token that the clause begins with, its "that" left out."""
        first = self.own.start
        return first + 1 if self.page.syntax.form(first).lower() == "that" and len(self.own) > 1 else first

    @cached_property
    def has_that(self) -> bool:
        """Does a "that" open it, in the content or right before?"""
        before = self.begins - 1
        syntax = self.page.syntax
        if before < 0 or syntax.sentence[before] != syntax.sentence[self.begins]:
            return False
        opens = syntax.rel[before] != "det" or syntax.upos[self.begins] in _NO_THAT  # a guessed tree has "that Osk"
        return syntax.form(before).lower() == "that" and opens

    @cached_property
    def is_reported(self) -> bool:
        """Does a cue that is shown stand before it in its sentence, with no mark that ends one between?"""
        return self.has_cue(self.own.start) if self.own else False

    def has_mark(self, child: int) -> bool:
        syntax = self.page.syntax
        return any(syntax.rel[k] == "mark" and k < child for k in syntax.children(child))

    def is_out_of_quotation(self, head: int) -> bool:
        """Is the clause quoted, and not the word over it? Then it is who speaks."""
        page = self.page
        first = page.within(self.content[0])
        over = page.within(page.syntax.span(head))
        return bool(first) and bool(over) and first[0] in page.quoted and over[0] not in page.quoted

    def is_passed_over(self, head: int) -> bool:
        """Does a cue that is shown stand between a word and the clause? Then that takes it, whatever a tree says."""
        syntax = self.page.syntax
        start, end = syntax.end[head], syntax.start[self.begins]
        between = [span for span in self.shown if start <= span.start and span.end <= end]
        if between and all(self._commas_around(between, start, end)):
            return False
        return any(self.is_cue(span) for span in between)

    def _commas_around(self, spans: Sequence[Span], start: int, end: int) -> Iterator[bool]:
        """ "There is a perception, the mayor said, that": does a comma stand before and after what is shown?"""
        text = self.page.text
        yield text[start : min(s.start for s in spans)].rstrip().endswith(",")
        yield text[max(s.end for s in spans) : end].lstrip().startswith(",")

    def is_cue(self, span: Span) -> bool:
        """Is it a verb, or a noun that takes a clause?"""
        syntax = self.page.syntax
        top = syntax.top(span)
        if top is None or syntax.upos[top] in ("VERB", "AUX"):
            return top is not None
        return self.page.knowledge.framing.takes("noun", self.names(top)[-2:]) is not None

    def rels(self, token: int) -> list[str]:
        """How what hangs from a word hangs from it."""
        return [self.page.syntax.rel[k] for k in self.page.syntax.children(token)]

    def is_shown(self, token: int) -> bool:
        span = self.page.syntax.span(token)
        return any(span.overlaps(own) for own in self.shown)

    def reason(self, token: int, why: str) -> Reason:
        return Reason(spans=(self.page.syntax.span(token),), why=why)

    def names(self, token: int) -> list[str]:
        """How the list may call a word: with what follows it, its form, its lemma."""
        syntax = self.page.syntax
        lemma, form = syntax.lemma[token].lower(), syntax.form(token).lower()
        after = [syntax.form(t).lower() for t in range(token + 1, min(token + 1 + _PARTICLES, len(syntax)))]
        longer = [" ".join((first, *after[:n])) for n in range(len(after), 0, -1) for first in (form, lemma)]
        before = [f"{syntax.form(token - 1).lower()} {form}"] if token else []
        return [*longer, *before, form, lemma]

    def has_cue(self, token: int) -> bool:
        """Does a cue that is shown stand before a word, in its sentence, with no mark between?"""
        sentence = self.page.sentence_at(self.content[0].start)
        start = self.page.syntax.start[token]
        before = [s for s in self.shown if sentence.start <= s.start and s.end <= start and self.is_cue(s)]
        return any(not _BREAK.search(self.page.text, s.end, start) for s in before[-1:])
