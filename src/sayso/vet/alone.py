"""Whether a clause that nobody is shown to say is stated where it stands: by what else its sentence has.

In:   a Page, where content and what is shown stand.   Out: the words that were dropped, each with what they do.
Knows nothing of: the sentences around it, what shown words do.

No list has all that people put around a clause they do not stand for. So every word of the sentence that is neither
claimed nor shown has to be of a kind known to leave the clause as it is: a phrase of nothing said or thought, another
clause beside it, a plain word that joins, somebody's plain report, a predicate that affirms it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property

from sayso.records import Reason
from sayso.spans import Span
from sayso.vet.phrases import FINITE, UNKNOWN, is_clause, is_of_the_world, judged
from sayso.vet.reporting import FACTS, Reporting
from sayso.vet.statements import MINE, is_apart, is_mine, is_of_its_own
from sayso.vet.takeup import CHECKS, NO, negated, takes_up

_MARK = re.compile(r"[.,;:()\[\]\"“”—–]|--|\s-\s|\n")
_AND = frozenset(("and", "but", "yet", "so", "nor", "while", "whereas"))
_AS_WELL = frozenset(("while", "whereas"))
_ITEM = 3  # letters or digits of a mark in a list
_SEE = frozenset(("see", "cf", "compare", "photo", "picture", "map", "video", "table", "figure"))
_NO_CLAUSE = frozenset(
    ("where", "who", "which", "what", "how", "why", "that", "than", "then", "such", "only", "except", "for")
)
_ALWAYS = frozenset(("whenever", "wherever", "every", "each", "any", "often", "moment", "minute", "instant"))
_WHATEVER = "whatever happens"
_PLACED = ("acl", "nmod", "obl:agent")
_STANDS = frozenset(
    ("stand", "hold", "uphold", "affirm", "come", "surprise", "shock", "delight", "please", "anger", "upset", "annoy",
     "alarm", "astonish", "amaze", "dismay", "relieve", "outrage", "cost", "matter")
)  # fmt: skip
_PLAIN_IS = frozenset(("beyond", "common", "no", "why", "because"))


class Alone(Reporting):
    """A clause and the rest of its sentence."""

    def reasons(self) -> Iterator[Reason]:
        if not self.states or self.is_cued:
            return
        start = self.page.sentence_at(self.content[0].start).start
        theirs = any(start <= s.start < self.content[0].start for s in self.shown)
        for reason in (self._before(), None if theirs and not self.is_subject else self._after()):
            if reason is not None:
                yield reason

    @cached_property
    def states(self) -> bool:
        """Does it state anything, as far as the tags tell?"""
        syntax = self.page.syntax
        words = [t for piece in self.content for t in syntax.within(piece) if self._is_word(t)]
        return len(words) > 2 or any(syntax.upos[t] in ("VERB", "AUX") for t in words)

    @cached_property
    def is_cued(self) -> bool:
        """Does a cue that is shown stand before it? Then what it says is told of the cue."""
        syntax, first = self.page.syntax, self.content[-1].start
        start = self.page.sentence_at(self.content[0].start).start
        before = [s for s in self.shown if start <= s.start < first]
        verbs = any(syntax.upos[t] in ("VERB", "AUX") for s in before for t in syntax.within(s))
        return verbs or len(before) > 1 or any(self.is_cue(s) or self._is_deed(s, first) for s in before)

    def _is_deed(self, span: Span, first: int) -> bool:
        """ "Her repeated emphasis that": a noun right before it, of nobody."""
        syntax, words = self.page.syntax, self.page.knowledge
        top = syntax.top(span)
        between = self.page.text[span.end : first].strip(' \n,:"“').lower()
        if top is None or syntax.upos[top] != "NOUN" or between not in ("", "that"):
            return False
        return words.words.kind_of(syntax.lemma[top].lower(), words.lexicon) == "unknown"

    # --- before ---

    @cached_property
    def left(self) -> list[int]:
        """The words before it in its sentence that are not shown."""
        page, first = self.page, self.content[0]
        start = page.sentence_at(first.start).start
        within = page.syntax.within(Span(start, max(first.start, start + 1)))
        words = [t for t in within if start <= page.syntax.start[t] < first.start and self._is_word(t)]
        return [t for t in words if not self.is_shown(t)]

    @cached_property
    def is_subject(self) -> bool:
        """ "That … is so", "the finding that … was set aside": does a predicate after it tell of it, or of its noun?"""
        syntax = self.page.syntax
        return self.has_that and not any(syntax.xpos[t] in FINITE for t in self.left)

    def _before(self) -> Reason | None:
        tokens = self.left
        if not tokens or self.is_subject:
            return None
        syntax = self.page.syntax
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
        if mark in ("", ",") and ((syntax.upos[last] == "VERB" and not mark) or quoted):
            finite = any(syntax.xpos[t] in FINITE for t in tokens)
            reason = self.taken(tokens) if finite or syntax.upos[last] == "VERB" else self._phrases(tokens)
            return reason and (self._phrases(tokens, parted=bool(mark)) and reason)
        if mark in ("", ","):
            if form in _AND:
                return self._beside(tokens[:-1])
            if not mark and self._joins(tokens):
                return None
            if mark or not any(syntax.xpos[t] in FINITE for t in tokens):
                return self._phrases(tokens, parted=bool(mark))
            return self.taken(tokens)
        if mark == ";":
            return self._beside(tokens)
        return self._intro(tokens, mark)

    def _never(self) -> Reason | None:
        """ "The office at no point told": a negation that was taken for a part of who says it."""
        syntax = self.page.syntax
        shown = [t for s in self.shown for t in syntax.within(s)]
        no = (t for t in shown if syntax.form(t).lower() == "no" and t and syntax.upos[t - 1] == "ADP")
        return next((Reason(spans=(syntax.span(t),), why="negated") for t in no), None)

    def _main(self, tokens: list[int]) -> list[int]:
        """Words without the phrases and clauses that are set off before a main clause, if these are plain."""
        segments = self._segments(tokens)
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
        if found is None or found[0].why is not None or norms[-1] in _NO_CLAUSE or norms[-1] in _AND | _ALWAYS:
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
        subjects = [t for t in tokens if syntax.rel[t].startswith(("nsubj", "expl"))]
        mine = next((t for t in tokens if syntax.form(t).lower() in MINE), None)
        mine = next((t for t in tokens if syntax.rel[t] == "discourse"), mine)
        if not subjects or mine is not None:
            return self.reason(tokens[0] if mine is None else mine, UNKNOWN)
        return takes_up(self.page, tokens, ahead=True)

    def _phrases(self, tokens: Sequence[int], *, parted: bool = True) -> Reason | None:
        """Phrases and clauses, each set off by a comma, before it."""
        for _, segment in self._segments(tokens):
            if (reason := self._segment(segment, parted=parted or segment[-1] != tokens[-1])) is not None:
                return reason
        return None

    def _segment(self, segment: Sequence[int], *, parted: bool = True) -> Reason | None:
        syntax = self.page.syntax
        if not is_clause(self.page, segment):
            if self.shown and self._accords(segment):
                return None
            return self._according(segment) or judged(self.page, segment, parted=parted)
        norms = [syntax.form(t).lower() for t in segment]
        if norms[0] in _AND - _AS_WELL and len(norms) > 1:
            segment, norms = segment[1:], norms[1:]
        if " ".join(norms) in self.page.knowledge.framing.plain.phrases:
            return None
        found = self.page.knowledge.framing.opens(norms[:6])
        relative = syntax.xpos[segment[0]] in ("WDT", "WP", "WP$") and self.left and segment[0] != self.left[0]
        if relative and norms[0] != "what":
            return takes_up(self.page, segment)
        if found is None and parted and is_of_its_own(self.page, segment):
            return takes_up(self.page, segment, ahead=True)
        told = found is not None and found[0].why in (None, _WHATEVER)
        if not told or norms[0] in _NO_CLAUSE or set(norms[:3]) & _ALWAYS:
            return self.reason(segment[0], UNKNOWN)
        if norms[0] == "as" and (reason := self._as(segment)) is not None:
            return reason
        return takes_up(self.page, segment)

    def _accords(self, segment: Sequence[int]) -> bool:
        return [self.page.syntax.form(t).lower() for t in segment[:2]] == ["according", "to"]

    def _according(self, segment: Sequence[int]) -> Reason | None:
        """ "According to the defence": to one who has to be known as somebody."""
        syntax = self.page.syntax
        if self.shown or not self._accords(segment):
            return None
        head = next(
            (t for t in segment[2:] if syntax.upos[t] in ("NOUN", "PROPN", "PRON") and syntax.rel[t] != "compound"),
            None,
        )
        untested = (t for t in segment if syntax.lemma[t].lower() in CHECKS and negated(self.page, t))
        bad = next((self.reason(t, "negated") for t in untested), None)
        return bad or (self.somebody(head, said=True) if head is not None else None)

    def _as(self, segment: Sequence[int]) -> Reason | None:
        """ "As the story has it", "as the mayor said": a clause that lacks what is told."""
        syntax = self.page.syntax
        if syntax.form(segment[-1]).lower() == "it":
            return self.reason(segment[-1], UNKNOWN)
        ends = syntax.upos[segment[-1]] in ("VERB", "AUX")
        return self.says(segment[-1]) if ends else None

    def _intro(self, tokens: Sequence[int], mark: str) -> Reason | None:
        """ "UPDATE: …", "KELM (Radio Sarn) – …", "The mayor said: …"."""
        syntax, labels = self.page.syntax, self.page.knowledge.framing.plain.labels
        if any(syntax.xpos[t] in FINITE for t in tokens):
            if ":" in mark and is_of_the_world(self.page, tokens):
                return None  # "There was a simple reason for the delay: …"
            return self.taken(tokens) if ":" in mark else self.reason(tokens[0], UNKNOWN)
        forms = [syntax.form(t).lower() for t in tokens]
        if all(form in labels for form in forms):
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

    # --- after ---

    def _after(self) -> Reason | None:
        page, syntax, last = self.page, self.page.syntax, self.content[-1]
        sentence = page.sentence_at(last.start)
        end = max(sentence.end, last.end)
        end = min([end, *(s.start for s in self.shown if last.end <= s.start < end)])
        tail = page.text[last.end : end]
        odd = next((n for n, c in enumerate(tail) if unicodedata.category(c) == "So" or c in "#^~*"), None)
        if odd is not None:
            return Reason(spans=(Span(last.end + odd, last.end + odd + 1),), why=UNKNOWN)
        tokens = [t for t in syntax.within(Span(last.end, max(end, last.end + 1))) if last.end <= syntax.start[t] < end]
        tokens = [t for t in tokens if self._is_word(t)]
        if self.is_subject:
            return self._predicate(tokens)
        if not tokens:
            return None
        for n, (mark, segment) in enumerate(self._segments(tokens, last.end)):
            rest = [t for t in tokens if t >= segment[0]]
            stop, reason = self._right(mark, segment, rest, first=n == 0)
            if stop or reason is not None:
                return reason
        return None

    def _right(
        self, mark: str, segment: Sequence[int], rest: Sequence[int], *, first: bool
    ) -> tuple[bool, Reason | None]:
        """Whether all that follows is told by what a segment opens with; what the segment does."""
        page, syntax = self.page, self.page.syntax
        norms = [syntax.form(t).lower() for t in segment]
        finite = is_clause(page, segment)
        if mark.endswith("(") and norms[0] in _SEE:
            return False, None
        if norms[0] in _AND or norms[0] == "however" or (mark.startswith((";", ":")) and finite):
            if not finite and len(segment) <= 2:
                return True, self.reason(segment[0], UNKNOWN)
            mine = next((t for t in rest if syntax.form(t).lower() != "who" and is_mine(page, t)), None)
            return True, self.reason(mine, UNKNOWN) if mine is not None else takes_up(page, rest)
        if syntax.xpos[segment[0]] in ("WDT", "WP", "WP$", "WRB") and norms[0] not in ("how", "why", "what"):
            return False, takes_up(page, segment)
        found = page.knowledge.framing.opens(norms[:6])
        if (
            finite
            and found is not None
            and found[0].why in (None, _WHATEVER)
            and norms[0] not in _NO_CLAUSE - {"for"}
            and not set(norms[:3]) & _ALWAYS
        ):
            return False, (self._as(segment) if norms[0] == "as" else None) or takes_up(page, segment)
        if finite:
            return False, self._told_by(segment)
        reason = judged(page, segment) if self.shown or not self._accords(segment) else self._according(segment)
        if reason is None:
            return False, None
        if first and not mark and syntax.upos[segment[0]] == "ADP":
            heads = [syntax.head[t] for t in segment if syntax.rel[t] == "case"]
            if heads and syntax.rel[heads[0]].startswith(_PLACED):
                return False, None
        named = syntax.within(self.content[-1])
        lasting = [t for t in named if syntax.upos[t] != "PUNCT"][-1:]
        apposed = mark.startswith(",") and syntax.upos[segment[0]] in ("DET", "NOUN", "PROPN", "ADJ", "NUM")
        if apposed and lasting and syntax.upos[lasting[0]] == "PROPN":
            return False, takes_up(page, segment)
        if not first and all(syntax.upos[t] == "PROPN" for t in segment):
            return False, None  # "in Sun Valley, Idaho"
        return False, reason

    def _told_by(self, segment: Sequence[int]) -> Reason | None:
        """ "…, the harbour office said", "…, said Mira Dohl, who runs it"."""
        syntax = self.page.syntax
        verbs = [t for t in segment if syntax.upos[t] == "VERB" and syntax.xpos[t] in FINITE]
        if is_of_its_own(self.page, segment):
            return takes_up(self.page, segment)
        if not verbs:
            return self.reason(segment[0], UNKNOWN)
        objects = [k for k in syntax.children(verbs[0]) if syntax.rel[k] in ("obj", "ccomp", "xcomp") and k > verbs[0]]
        if any(syntax.rel[k].startswith("nsubj") for k in syntax.children(verbs[0])) and objects:
            return (
                takes_up(self.page, segment)
                if is_apart(self.page, verbs[0], objects)
                else self.reason(verbs[0], UNKNOWN)
            )
        return self.says(verbs[0], segment)

    def _predicate(self, tokens: Sequence[int]) -> Reason | None:
        """What is said of a clause that is a subject, or of the noun it belongs to, if it does not affirm it."""
        page, syntax, framing = self.page, self.page.syntax, self.page.knowledge.framing
        if not tokens:
            return self.reason(self.left[0], UNKNOWN) if len(self.left) > 1 else None
        noun = next((t for t in reversed(self.left) if syntax.upos[t] == "NOUN"), None)
        undone = next((t for t in tokens[:5] if syntax.form(t).lower() in NO | {"yet"}), None)
        if undone is not None:
            return self.reason(undone, "negated")
        if (reason := takes_up(page, tokens)) is not None:
            return reason
        if noun is not None and syntax.lemma[noun].lower() in FACTS:
            return None
        forms = [syntax.form(t).lower() for t in tokens[:5]]
        words = [(t, (syntax.form(t).lower(), syntax.lemma[t].lower())) for t in tokens[:5]]
        for token, names in words:
            if syntax.upos[token] == "VERB" and (names[1] in _STANDS or self.keeps("verb", names)):
                return None
            if syntax.upos[token] == "ADJ" and self.keeps("adjective", names):
                return None
            if syntax.upos[token] == "NOUN" and (entry := framing.takes("noun", names)) is not None and entry.keeps:
                return None
        return None if set(forms[:3]) & _PLAIN_IS else self.reason(tokens[0], "said of it, and not known to affirm it")

    # --- words ---

    def _is_word(self, token: int) -> bool:
        syntax, text = self.page.syntax, self.page.text
        start, end = syntax.start[token], syntax.end[token]
        listed = end - start <= _ITEM and text[max(0, start - 1) : start] == "(" and text[end : end + 1] == ")"  # "(a)"
        return syntax.upos[token] != "PUNCT" and any(c.isalnum() for c in syntax.form(token)) and not listed

    def _segments(self, tokens: Sequence[int], start: int | None = None) -> list[tuple[str, list[int]]]:
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
