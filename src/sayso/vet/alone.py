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
from sayso.vet.before import ALWAYS, AND, NO_CLAUSE, WHATEVER, Before
from sayso.vet.phrases import FINITE, UNKNOWN, is_clause, judged
from sayso.vet.reporting import FACTS
from sayso.vet.setoff import SEE
from sayso.vet.statements import is_apart, is_mine, is_of_its_own
from sayso.vet.takeup import CHECKS, NO, takes_up

_TELLS = frozenset(("that", "which", "in", "of", "for", "since"))
_CITED = 90  # characters
_NOUN_AT = 3  # words before it in an apposition
_PLACED = ("acl", "nmod", "obl:agent")
_STANDS = frozenset(
    ("stand", "hold", "uphold", "affirm", "come", "surprise", "shock", "delight", "please", "anger", "upset", "annoy",
     "spread", "reach", "break", "alarm", "astonish", "amaze", "dismay", "relieve", "outrage", "cost", "matter")
)  # fmt: skip
_PLAIN_IS = frozenset(("beyond", "common", "no", "why", "because"))


class Alone(Before):
    """A clause and the rest of its sentence."""

    def reasons(self) -> Iterator[Reason]:
        if not self.states or self.is_cued:
            return
        start = self.page.sentence_at(self.content[0].start).start
        theirs = any(start <= s.start < self.content[0].start for s in self.shown)
        for reason in (self.before(), None if theirs and not self.is_subject else self._after()):
            if reason is not None:
                yield reason

    @cached_property
    def states(self) -> bool:
        """Does it state anything, as far as the tags tell?"""
        syntax = self.page.syntax
        words = [t for piece in self.content for t in syntax.within(piece) if self.is_word(t)]
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
        tokens = [t for t in tokens if self.is_word(t)]
        if self.is_subject:
            return self._predicate(tokens)
        if not tokens:
            return None
        for n, (mark, segment) in enumerate(self.segments(tokens, last.end)):
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
        cited = mark.endswith("(") and (norms[0] in SEE or self._is_cited(segment))
        # "in what was only the second such case"
        what = norms in (["in"], ["for"]) or (
            norms[0] == "what" and syntax.form(segment[0] - 1).lower() in ("in", "for")
        )
        if cited or what:
            return False, None
        if norms[0] in AND or norms[0] == "however" or (mark.startswith((";", ":")) and finite):
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
            and found[0].why in (None, WHATEVER)
            and norms[0] not in NO_CLAUSE - {"for"}
            and not set(norms[:3]) & ALWAYS
        ):
            return False, (self.as_told(segment) if norms[0] == "as" else None) or takes_up(page, segment)
        if finite:
            return False, self._told_by(segment)
        reason = judged(page, segment) if self.shown or not self.accords(segment) else self.according(segment)
        if reason is None:
            return False, None
        if first and not mark and syntax.upos[segment[0]] == "ADP":
            heads = [syntax.head[t] for t in segment if syntax.rel[t] == "case"]
            if heads and syntax.rel[heads[0]].startswith(_PLACED):
                return False, None
        named = syntax.within(self.content[-1])
        lasting = [t for t in named if syntax.upos[t] != "PUNCT"][-1:]
        if mark.startswith((",", "–", "—", "(")) and self._is_what_it_was(segment):
            return False, takes_up(page, segment)
        apposed = mark.startswith(",") and syntax.upos[segment[0]] in ("DET", "NOUN", "PROPN", "ADJ", "NUM")
        if apposed and lasting and syntax.upos[lasting[0]] == "PROPN":
            return False, takes_up(page, segment)
        if not first and all(syntax.upos[t] == "PROPN" for t in segment):
            return False, None  # "in Sun Valley, Idaho"
        return False, reason

    def _is_cited(self, segment: Sequence[int]) -> bool:
        """ "(Smith" of "(Smith, 2004, p. 17)"."""
        syntax = self.page.syntax
        after = self.page.text[syntax.start[segment[0]] :][:_CITED]
        return syntax.upos[segment[0]] == "PROPN" and re.match(r"[^()]{1,60}\b[12]\d{3}\b[^()]*\)", after) is not None

    def _is_what_it_was(self, segment: Sequence[int]) -> bool:
        """ "…, a move that angered drivers", "…, something that had never happened": a noun that is of nothing said or
        thought, and what is told of it.
        """
        syntax, framing = self.page.syntax, self.page.knowledge.framing
        noun = next((t for t in segment if syntax.upos[t] == "NOUN" and syntax.rel[t] != "compound"), None)
        if syntax.form(segment[0]).lower() == "something" and len(segment) > 1:
            checked = CHECKS - {"happen", "so"}
            names = {name for t in segment for name in (syntax.form(t).lower(), syntax.lemma[t].lower())}
            return syntax.form(segment[1]).lower() in ("that", "which") and not names & checked
        if noun is None or syntax.upos[segment[0]] not in ("DET", "NUM") or noun - segment[0] > _NOUN_AT:
            return False
        lemma = syntax.lemma[noun].lower()
        if lemma in framing.fields.views | framing.vague.words | framing.plain.worlds or framing.takes(
            "noun", (lemma,)
        ):
            return False
        near = (syntax.form(t).lower() for t in range(segment[0], noun))
        after = [t for t in segment if t > noun]
        return not set(near) & framing.plain.unsure and (not after or syntax.form(after[0]).lower() in _TELLS)

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
