"""What stands before a clause that nobody is shown to say, in its sentence: phrases, clauses, labels, a plain report.

In:   a Reporting: a Clause and questions to the words that report it.   Out: the first that is not of a plain kind.
Knows nothing of: what stands after the clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from sayso.records import Reason
from sayso.spans import Span
from sayso.vet.phrases import FINITE, UNKNOWN, is_clause, is_of_the_world, judged
from sayso.vet.reporting import Reporting
from sayso.vet.statements import MINE, is_of_its_own
from sayso.vet.takeup import CHECKS, NO, negated, takes_up

_MARK = re.compile(r"[.,;:()\[\]\"“”—–]|--|\s-\s|\n")
AND = frozenset(("and", "but", "yet", "so", "nor", "while", "whereas"))
_AS_WELL = frozenset(("while", "whereas"))
_ITEM = 3  # letters or digits of a mark in a list
NO_CLAUSE = frozenset(
    ("where", "who", "which", "what", "how", "why", "that", "than", "then", "such", "only", "except", "for")
)
ALWAYS = frozenset(("whenever", "wherever", "every", "each", "any", "often", "moment", "minute", "instant"))
_IS = frozenset(("is", "was", "’s", "'s"))
_SO = frozenset(("that", "this", "which", "here"))
_SEEN = frozenset(("see", "know", "remember", "recall"))
WHATEVER = "whatever happens"


class Before(Reporting):
    """A clause and the words before it in its sentence."""

    @cached_property
    def left(self) -> list[int]:
        """The words before it in its sentence that are not shown."""
        page, first = self.page, self.content[0]
        start = page.sentence_at(first.start).start
        within = page.syntax.within(Span(start, max(first.start, start + 1)))
        words = [t for t in within if start <= page.syntax.start[t] < first.start and self.is_word(t)]
        return [t for t in words if not self.is_shown(t)]

    @cached_property
    def is_subject(self) -> bool:
        """ "That … is so", "the finding that … was set aside": does a predicate after it tell of it, or of its noun?"""
        syntax = self.page.syntax
        return self.has_that and not any(syntax.xpos[t] in FINITE or self._is_past(t) for t in self.left)

    def before(self) -> Reason | None:
        tokens = self.left
        if not tokens or self.is_subject:
            return None
        syntax = self.page.syntax
        tokens = self._without_relatives(tokens)
        last, first = tokens[-1], self.content[0].start
        ends = max([syntax.end[last], *(s.end for s in self.shown if s.end <= first)])
        gap, form = self.page.text[ends:first], syntax.form(last).lower()
        if (never := self._never()) is not None:
            return never
        if self.has_that:
            tokens = tokens[:-1] if form == "that" else tokens
            return None if self._joins(tokens) else self.taken(self._main(tokens))
        mark = gap.strip(" \n\"“”'’‘")
        quoted = mark != gap.strip() and ends == syntax.end[last]
        if not mark and form in ("how", "why") and len(tokens) > 1:
            told = [syntax.form(t).lower() for t in tokens[-3:-1]]
            if form == "how" and syntax.upos[tokens[-2]] == "VERB":
                return self.taken(tokens[:-1])  # "recalled how"
            if form == "why" and told[-1] in _IS and (len(tokens) == 2 or told[0] in _SO):
                return None  # "that is why"
        if mark in ("", ",") and ((syntax.upos[last] == "VERB" and not mark) or quoted):
            finite = any(syntax.xpos[t] in FINITE for t in tokens)
            reason = self.taken(tokens) if finite or syntax.upos[last] == "VERB" else self._phrases(tokens)
            return reason and (self._phrases(tokens, parted=bool(mark)) and reason)
        if mark in ("", ","):
            if form in AND:
                return self._beside(tokens[:-1])
            if not mark and self._joins(tokens):
                return None
            if mark or not any(syntax.xpos[t] in FINITE for t in tokens):
                return self._phrases(tokens, parted=bool(mark))
            return self.taken(tokens)
        if mark.startswith(";"):
            return self._beside(tokens)
        return self._intro(tokens, mark)

    def _without_relatives(self, tokens: list[int]) -> list[int]:
        """ "An official, who would not give a name, said": without what commas set off from who is spoken of."""
        parts = self.segments(tokens)
        aside = {n for n in range(len(parts) - 1) if self._is_relative(n, parts)}
        return [token for n, (_, part) in enumerate(parts) if n not in aside for token in part]

    def _is_relative(self, n: int, parts: list[tuple[str, list[int]]]) -> bool:
        """Does a part between two commas tell of a person; not "the note, which may be forged, says"?"""
        mark, part = parts[n]
        opens = mark.startswith(",") if n else bool(self.shown)
        who = self.page.syntax.form(part[0]).lower() in ("who", "whose", "whom")
        return opens and who and parts[n + 1][0].startswith(",")

    def _never(self) -> Reason | None:
        """ "The office at no point told": a negation that was taken for a part of who says it."""
        syntax = self.page.syntax
        shown = [t for s in self.shown for t in syntax.within(s)]
        no = (t for t in shown if syntax.form(t).lower() == "no" and t and syntax.upos[t - 1] == "ADP")
        return next((Reason(spans=(syntax.span(t),), why="negated") for t in no), None)

    def _main(self, tokens: list[int]) -> list[int]:
        """Words without the phrases and clauses that are set off before a main clause, if these are plain."""
        segments = self.segments(tokens)
        while len(segments) > 1 and segments[1][0].startswith(","):
            first = self.page.syntax.upos[segments[0][1][0]]
            if first not in ("ADP", "SCONJ", "VERB", "ADV") or self._segment(segments[0][1]) is not None:
                break
            segments = segments[1:]
        return [t for _, segment in segments for t in segment]

    def _joins(self, tokens: Sequence[int]) -> bool:
        """ "He left because …": does the last word join the clause to a main clause, and tell it as a fact?"""
        syntax = self.page.syntax
        if not tokens:
            return True
        norms = [syntax.form(t).lower() for t in tokens]
        found = self.page.knowledge.framing.joins(norms[-6:])
        if found is None or found[0].why is not None or norms[-1] in NO_CLAUSE or norms[-1] in AND | ALWAYS:
            return False
        main = tokens[: len(tokens) - found[1]]
        if main and norms[len(main) - 1] in ("not", "only", "just", "except", "as", "even"):
            return norms[len(main) - 1] == "just"
        return not main or self._beside(main) is None

    def _beside(self, tokens: Sequence[int]) -> Reason | None:
        """ "The rain went on, and …": another main clause, of somebody or something, that says nothing of this one."""
        syntax = self.page.syntax
        if not tokens:
            return None
        if not any(syntax.xpos[t] in FINITE for t in tokens):
            return self._phrases(tokens)
        norms = [syntax.form(t).lower() for t in tokens]
        subjects = [t for t in tokens if syntax.rel[t].startswith(("nsubj", "expl"))]
        mine = next((t for t in tokens if syntax.form(t).lower() in MINE), None)
        mine = next((t for t in tokens if syntax.rel[t] == "discourse"), mine)
        if norms[:2] == ["not", "only"] and mine is None:
            return None
        if not subjects or mine is not None:
            return self.reason(tokens[0] if mine is None else mine, UNKNOWN)
        return takes_up(self.page, tokens, ahead=True)

    def _phrases(self, tokens: Sequence[int], *, parted: bool = True) -> Reason | None:
        """Phrases and clauses, each set off by a comma, before it."""
        for _, segment in self.segments(tokens):
            if (reason := self._segment(segment, parted=parted or segment[-1] != tokens[-1])) is not None:
                return reason
        return None

    def _segment(self, segment: Sequence[int], *, parted: bool = True) -> Reason | None:
        syntax = self.page.syntax
        if not is_clause(self.page, segment):
            if self.shown and self.accords(segment):
                return None
            return self.according(segment) or judged(self.page, segment, parted=parted)
        norms = [syntax.form(t).lower() for t in segment]
        if norms[0] in AND - _AS_WELL and len(norms) > 1:
            segment, norms = segment[1:], norms[1:]
        if " ".join(norms) in self.page.knowledge.framing.plain.phrases:
            return None
        found = self.page.knowledge.framing.opens(norms[:6])
        relative = syntax.xpos[segment[0]] in ("WDT", "WP", "WP$") and self.left and segment[0] != self.left[0]
        if relative and norms[0] != "what":
            return takes_up(self.page, segment)
        if found is None and parted and is_of_its_own(self.page, segment):
            return takes_up(self.page, segment, ahead=True)
        told = found is not None and found[0].why in (None, WHATEVER)
        if not told or norms[0] in NO_CLAUSE or set(norms[:3]) & ALWAYS:
            return self.reason(segment[0], UNKNOWN)
        if norms[0] == "as" and (reason := self.as_told(segment)) is not None:
            return reason
        return takes_up(self.page, segment)

    def accords(self, segment: Sequence[int]) -> bool:
        return [self.page.syntax.form(t).lower() for t in segment[:2]] == ["according", "to"]

    def according(self, segment: Sequence[int]) -> Reason | None:
        """ "According to the defence": to one who has to be known as somebody."""
        syntax = self.page.syntax
        if self.shown or not self.accords(segment):
            return None
        head = next(
            (t for t in segment[2:] if syntax.upos[t] in ("NOUN", "PROPN", "PRON") and syntax.rel[t] != "compound"),
            None,
        )
        untested = (t for t in segment if syntax.lemma[t].lower() in CHECKS and negated(self.page, t))
        bad = next((self.reason(t, "negated") for t in untested), None)
        return bad or (self.somebody(head, said=True) if head is not None else None)

    def as_told(self, segment: Sequence[int]) -> Reason | None:
        """ "As the story has it", "as the mayor said": a clause that lacks what is told."""
        syntax = self.page.syntax
        if syntax.form(segment[-1]).lower() == "it":
            return self.reason(segment[-1], UNKNOWN)
        ends = syntax.upos[segment[-1]] in ("VERB", "AUX")
        if syntax.lemma[segment[-1]].lower() in _SEEN and not any(syntax.form(t).lower() in NO for t in segment):
            return None  # "as everyone could see"
        return self.says(segment[-1]) if ends else None

    def _intro(self, tokens: Sequence[int], mark: str) -> Reason | None:
        """ "UPDATE: …", "KELM (Radio Sarn) – …", "The mayor said: …"."""
        syntax, labels = self.page.syntax, self.page.knowledge.framing.plain.labels
        if " ".join(syntax.form(t).lower() for t in tokens) in self.page.knowledge.framing.plain.phrases:
            return None  # "What we know so far: …"
        if any(syntax.xpos[t] in FINITE for t in tokens):
            if ":" in mark and is_of_the_world(self.page, tokens):
                return None  # "There was a simple reason for the delay: …"
            return self.taken(tokens) if ":" in mark else self.reason(tokens[0], UNKNOWN)
        forms = [syntax.form(t).lower() for t in tokens]
        bare = forms[1:] if forms[0] in ("the", "a") and len(forms) > 1 else forms
        if all(form in labels for form in bare) or (len(bare) == 1 and self.keeps("noun", bare)):
            return None
        several = len(tokens) > 1 and not any(syntax.upos[t] == "PROPN" for t in tokens)
        if (":" not in mark or several) and self._phrases(tokens) is None:
            return None  # "On 4 May – a holiday –", "This week in brief:"
        kinds = {syntax.upos[t] for t in tokens}
        if kinds == {"NUM"}:
            return None
        span = Span(syntax.start[tokens[0]], syntax.end[tokens[-1]])
        named = any(name.span.overlaps(span) for name in syntax.names) and kinds <= {
            "PROPN",
            "NUM",
            "ADP",
            "DET",
            "CCONJ",
        }
        if all(t in self.page.timed for t in tokens) or (named and self._is_known(tokens)):
            return None
        return Reason(spans=(span,), why=UNKNOWN)

    def _is_known(self, tokens: Sequence[int]) -> bool:
        """Is a label a name, not words in capitals, which are tagged as one?"""
        syntax, framing = self.page.syntax, self.page.knowledge.framing
        forms = [syntax.form(t) for t in tokens if syntax.upos[t] == "PROPN"]
        if any(framing.takes(part, (f.lower(),)) for f in forms for part in ("noun", "adjective", "verb")):
            return False
        first = next((s for s in self.page.syntax.names if s.span.start <= syntax.start[tokens[0]] < s.span.end), None)
        return first is not None and (
            not all(f.isupper() for f in forms) or len(forms) < len(tokens) or "(" in self._stretch(tokens)
        )

    def _stretch(self, tokens: Sequence[int]) -> str:
        return self.page.text[self.page.syntax.start[tokens[0]] : self.content[0].start]

    # --- words ---

    def is_word(self, token: int) -> bool:
        syntax, text = self.page.syntax, self.page.text
        start, end = syntax.start[token], syntax.end[token]
        listed = end - start <= _ITEM and text[max(0, start - 1) : start] == "(" and text[end : end + 1] == ")"  # "(a)"
        return syntax.upos[token] != "PUNCT" and any(c.isalnum() for c in syntax.form(token)) and not listed

    def segments(self, tokens: Sequence[int], start: int | None = None) -> list[tuple[str, list[int]]]:
        """Words parted by marks and by words that open a clause, each part with the mark before it."""
        syntax, text = self.page.syntax, self.page.text
        found: list[tuple[str, list[int]]] = []
        end = start
        for token in tokens:
            gap = text[end : syntax.start[token]] if end is not None else ""
            opens = syntax.upos[token] == "SCONJ" or syntax.xpos[token] in ("WDT", "WP", "WP$", "WRB")
            opens = opens and syntax.form(token).lower() != "that"
            focused = found and len(found[-1][1]) == 1 and syntax.form(found[-1][1][0]).lower() in ("even", "just")
            if not found or _MARK.search(gap) or (opens and not focused):
                found.append((gap.strip(), []))
            found[-1][1].append(token)
            end = syntax.end[token]
        return found
