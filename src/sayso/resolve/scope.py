"""What stands over an event in its sentence: negation, modals, conditions, questions, verbs that take it.

In:   Syntax, the token of an event, the tokens it is read within, Stances.   Out: State, with the words that made it.
Knows nothing of: sources, cues, claims, numbers.

The tree is walked from the content's highest word down to the event, as in Saurí & Pustejovsky (2012): each word on the
way is put in some way, and hands that on to what it takes, changed or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from sayso.records import Factuality
from sayso.resolve.clauses import ASIDE, CLAUSAL, NOMINAL, QUOTES, Clauses
from sayso.resolve.stances import SCALE, Adverb, Embedding, under, weaker
from sayso.spans import Span

_JOINED = frozenset(("advcl", "obl", "acl", "nmod", "advmod", "xcomp", "ccomp", "conj"))
_SCARED = 3  # so many words in quotation marks keep a distance; more are a quotation
# "look, …", "let's start with …": said to who listens, and no order
_TURNS = frozenset(("look", "let", "listen", "imagine", "remember", "see", "consider", "think", "note", "wait", "say"))
_WRONGLY = frozenset(("wrongly", "wrongfully", "falsely", "mistakenly", "erroneously", "unfairly"))
_OVERTURN = frozenset(("overturn", "quash", "annul", "reverse", "void", "vacate"))
_OPENING = 4  # tokens before an imperative: a mark, "please", "do", "not"


class Reason(NamedTuple):
    """Words of the text and what they do to the event ("negated", "possible", "future")."""

    span: Span
    why: str


class State(NamedTuple):
    """How an event is put, and which words made it so, in the order in which they have their say."""

    value: Factuality
    why: tuple[Reason, ...] = ()

    def then(self, value: Factuality, *why: Reason) -> State:
        return State(value, (*self.why, *why))


_BEFORE = 12  # tokens between a word for evidence and what it would be of
_STOPS = frozenset((",", ";", ":", "."))
_NONE = frozenset(("none", "neither"))


class Scope(Clauses):
    """The tokens an event is read within, and how they put it."""

    def of(self, event: int) -> State:
        """How the text within puts an event. A token outside of it is put as certain."""
        path = [event]
        for above in self.syntax.ancestors(event):
            if above not in self.own:
                break
            path.append(above)
        path.reverse()
        state = self._opening(path[0])
        # "the claim that … is false": what is said of the claim is said of what it claims.
        about = self.syntax.head[path[0]] not in self.own and self.rel(path[0]) in NOMINAL
        for head, child in pairwise(path):
            entry = self.taking(head, child)
            if about and entry is not None and entry.whose != "own":
                about = False
                continue
            about = self.rel(child) in NOMINAL and (entry is not None or self.verdict(head, child) is not None)
            state = self._cross(head, child, state)
        state = self._clause(event, state)
        untrue = self._held_untrue(event) if state.value == "CT+" else None
        if untrue is not None:
            state = state.then("CT-", self._at(untrue, "held not to be so"))
        none = self._none_first(event) if state == State("CT+") else None
        if none is not None:
            state = state.then("CT-", self._at(none, "negated"))
        if state.value != "Uu" and (none := self._no_evidence(event)) is not None:
            state = state.then("Uu", self._at(none, "evidence"))
        return state.then(state.value, *self._remarks(event))

    def _no_evidence(self, event: int) -> int | None:
        """ "There is no sign of a blast", by place likewise."""
        syntax = self.syntax
        first = max(event - _BEFORE, syntax.sentence_of(event).start, 1)
        for token in range(event - 1, first, -1):
            if token not in self.own or syntax.form(token) in _STOPS:
                return None
            entry = self.words.embedded([syntax.form(token).lower(), self.lemma(token)], "that")
            before = {syntax.form(t).lower() for t in (token - 1, token - 2)}
            if entry is not None and entry.why == "evidence" and "no" in before:
                return token
        return None

    def _none_first(self, event: int) -> int | None:
        """ "None of its members had been near", where a guessed tree does not hang it from the verb: by place."""
        first = min(self.own)
        while first + 1 in self.own and self.lemma(first) == "that":
            first += 1
        no = self.lemma(first) in _NONE and self.lemma(min(first + 1, len(self.syntax) - 1)) == "of"
        return first if no and event >= first and self.syntax.sentence[event] == self.syntax.sentence[first] else None

    def _held_untrue(self, event: int) -> int | None:
        """ "It is a lie that …", "the allegation that … was untrue", where a guessed tree has lost it: by place."""
        own, syntax = sorted(self.own), self.syntax
        before = [t for t in own if t < event and syntax.sentence[t] == syntax.sentence[event]]
        that = next((t for t in reversed(before) if self.lemma(t) == "that"), None)
        if that is None or that - 1 not in self.own:
            return None
        if self._is_untrue(that - 1):
            return that - 1
        claim = self.words.embedded([self.lemma(that - 1)], "that")
        if claim is None or claim.whose != "sayer" or syntax.upos[that - 1] != "NOUN":
            return None
        last = own[-1] if syntax.upos[own[-1]] != "PUNCT" else own[-2]
        told = last > event and self._is_untrue(last) and self.lemma(last - 1) in ("be", "a", "an", "completely")
        return last if told else None

    def _is_untrue(self, token: int) -> bool:
        entry = self.words.embedded([self.lemma(token)], "that")
        negated = any(self.lemma(t) in ("not", "no", "n't") for t in range(max(token - 3, 0), token))
        return entry is not None and entry.why == "held not to be so" and not negated

    def _at(self, token: int, why: str) -> Reason:
        return Reason(self.syntax.span(token), why)

    # --- the event's own clause ---

    def _clause(self, node: int, state: State) -> State:
        """An event after its own negation, auxiliaries, adverbs and conditions."""
        negations = self.negations(node)
        denied = len(negations) % 2 == 1
        own = State("CT-" if denied else "CT+", tuple(self._at(n, "negated") for n in negations))
        modal = next((k for k in self.kids(node) if self._is_modal(k)), None)
        if modal is not None:
            own = self._under_modal(node, modal, own, denied=denied)
        for kid in self.kids(node):
            if (entry := self._adverb(node, kid)) is not None:
                certain = denied or self.lemma(max(kid - 1, 0)) == "not"
                own = own.then(_by_adverb(own.value, entry, denied=certain), self._at(kid, entry.why))
        condition = self.condition(node)
        if condition is not None and (own.value != "CT-" or modal is None):
            own = own.then("Uu", Reason(condition, "under a condition"))
        return state.then(under(state.value, own.value), *own.why)

    def _is_modal(self, token: int) -> bool:
        known = self.lemma(token).strip("'") in self.words.modals
        return known and (self.rel(token) == "aux" or self.syntax.xpos[token] == "MD")

    def _under_modal(self, node: int, modal: int, own: State, *, denied: bool) -> State:
        entry = self.words.modals[self.lemma(modal).strip("'")]
        perfect = any(self.lemma(k) == "have" and k > modal for k in self.kids(node) if self.rel(k) == "aux")
        if entry.why == "would" and not perfect and self.is_told(node):
            return own.then(own.value, self._at(modal, "future"))  # "said it would close": a future that is told
        if entry.why == "would" and perfect and self.condition(node) is None:
            return own.then("Uu", self._at(modal, entry.why))  # "a mine would have bent the plates": had it been one
        return own.then(entry.gives(denied=denied, perfect=perfect), self._at(modal, entry.why))

    def _adverb(self, node: int, kid: int) -> Adverb | None:
        if self.syntax.upos[node] == "NOUN" and self.rel(kid) in ("amod", "compound"):
            known = self.words.adjectives
            return known.get(self.lemma(kid)) or known.get(self.syntax.form(kid).lower())
        beside = self.rel(kid) in ("advmod", "obl", "discourse", "parataxis")
        return self.words.adverbs.get(self.lemma(kid)) if beside else None

    # --- from a word to what hangs from it ---

    def _cross(self, head: int, child: int, outer: State) -> State:
        """What a word hands on to what hangs from it."""
        here, rel, link = self._clause(head, outer), self.rel(child), self.link(child)
        replaced = link is not None and self.words.linkers[link[0]].value == "CT-"
        if rel == "conj" and not replaced:
            return here if self.shares(child) else outer
        entry = self.taking(head, child)
        if entry is None and rel in _JOINED and self.syntax.xpos[child] == "VBG" and self.rel(head) == "obj":
            entry = self._legal(self.syntax.head[head], child)  # "cleared the army of killing"
        if entry is not None and not replaced:
            if (wrong := self._undone(head, entry)) is not None:
                return here.then("Uu", self._at(wrong, "held wrong"))
            value = "Uu" if self.is_of_other(head, entry) else entry.gives(here.value)
            return here.then(value, self._at(head, entry.why))
        if (verdict := self.verdict(head, child)) is not None:
            return here.then(verdict[1].gives("CT+"), self._at(verdict[0], verdict[1].why))
        if self.syntax.rel[child] in ASIDE or rel in ASIDE:
            return self._aside(head, child)
        if link is not None and rel in _JOINED and (replaced or self.is_verbal(child)):
            return self._joined(child, *link, here)
        return self._plain(head, child, outer, here)

    def _undone(self, head: int, entry: Embedding) -> int | None:
        """ "Wrongly convicted of killing", "overturned his conviction for killing": what then is left open."""
        if entry.why not in ("held by a court", "alleged"):
            return None
        above = self.syntax.head[head]
        if self.rel(head) == "obj" and self.lemma(above) in _OVERTURN:
            return above
        return next((k for k in self.kids(head) if self.rel(k) == "advmod" and self.lemma(k) in _WRONGLY), None)

    def _legal(self, verb: int, gerund: int) -> Embedding | None:
        """The entry of a verb by which somebody is accused or cleared of what a gerund names."""
        entry = self.taking(verb, gerund) if verb in self.own else None
        return entry if entry is not None and entry.why in ("alleged", "cleared of it") else None

    def _aside(self, head: int, child: int) -> State:
        """What stands beside the sentence stands for itself, but for "no village that …" and for an order."""
        if self.rel(child) == "parataxis" and self.is_bare(child):
            return State("Uu", (self._at(child, "an order"),))
        no = self.nobody(head) if "relcl" in self.syntax.rel[child] else None
        return State("CT+") if no is None else State("CT-", (self._at(no, "negated"),))

    def _joined(self, child: int, link: str, place: Span, here: State) -> State:
        entry = self.words.linkers[link]
        if entry.value == "CT+":  # a gerund goes with its clause, a finite clause stands for itself
            goes_with = self.syntax.xpos[child] == "VBG" and SCALE[here.value] in (0, 1, 2)
            return here if goes_with else State("CT+")
        if entry.value == "CT-" and SCALE[here.value] < 0:
            return here.then("CT+", Reason(place, entry.why))  # "did not leave without paying"
        return here.then(entry.value, Reason(place, entry.why))

    def _plain(self, head: int, child: int, outer: State, here: State) -> State:
        """What no list knows: goes with the word it hangs from, unless its form says that it is known or open."""
        rel, denied = self.rel(child), SCALE[here.value] < 0
        if rel in NOMINAL:
            if self.nobody(child) is not None:
                return outer  # "there is no proof": negated once
            return State("CT+") if denied and self.is_definite(child) else here
        if rel in CLAUSAL and self.frame(child) in ("to", "whether") and not self.is_small(child):
            return here.then("Uu", self._at(head, "left open"))
        finite = rel in ("ccomp", "csubj") and self.syntax.upos[head] not in ("VERB", "AUX", "ADJ")
        when = rel == "advcl" and any(self.syntax.xpos[k] == "WRB" for k in self.kids(child))
        known = rel == "amod" or (denied and rel in ("advcl", "acl"))
        return State("CT+") if finite or when or known else here

    # --- the sentence as a whole ---

    def _opening(self, top: int) -> State:
        """A question and an order leave open what they ask and order."""
        if (asked := self._asked(top)) is not None:
            return State("Uu", (Reason(asked, "a question"),))
        quoted = self.syntax.form(min(self.own)) in QUOTES or self.syntax.form(max(min(self.own) - 1, 0)) in QUOTES
        told = quoted and self.rel(top) in ("ccomp", "parataxis") and self.lemma(top) not in _TURNS
        main = self.syntax.head[top] == top or told
        if main and self.is_bare(top) and top - min(self.own) <= _OPENING:
            return State("Uu", (self._at(top, "an order"),))
        if (mark := self._is_condition(top)) is not None:
            return State("Uu", (self._at(mark, "under a condition"),))
        opens = self.rel(top) == "advcl" or self.syntax.form(min(self.own)).lower() in ("had", "were")
        if opens and (aux := self.inverted(top)) is not None:
            return State("CT-", (self._at(aux, "a condition not met"),))
        return State("CT+")

    def _is_condition(self, top: int) -> int | None:
        """The "if" of a stretch that opens with it, where what would follow is left out or hung from the condition."""
        mark = next((k for k in self.kids(top) if self.rel(k) == "mark" and self.lemma(k) in ("if", "unless")), None)
        opens = mark is not None and mark - min(self.own) <= 1 and self.lemma(max(mark - 1, 0)) not in ("even", "as")
        return mark if opens and self.rel(top) in ("root", "advcl") else None

    def _asked(self, top: int) -> Span | None:
        """The question mark of the sentence, within or right after an unbroken stretch."""
        syntax, own = self.syntax, sorted(self.own)
        after = [own[-1] + 1] if len(own) == own[-1] - own[0] + 1 else []
        for token in (*own[-2:], *after):
            if token < len(syntax) and syntax.form(token) == "?" and syntax.sentence[token] == syntax.sentence[top]:
                return syntax.span(token)
        return None

    def _remarks(self, event: int) -> Iterator[Reason]:
        """What changes no value and should be seen: absolutes, restrictions, a distance kept by quotation marks."""
        syntax = self.syntax
        near = list(self.kids(event))
        near += [g for k in near if self.rel(k) in {*NOMINAL, "advmod"} for g in self.kids(k)]
        near += [g for k in near if self.rel(k) == "nummod" for g in self.kids(k)]
        for token in sorted({event, *near}):
            degree = self.words.degrees.get(self.lemma(token))
            numbered = token + 1 < len(syntax) and syntax.upos[token + 1] == "NUM"
            if degree is not None and (degree.why != "approximate" or numbered):
                yield self._at(token, degree.why)
        for first in range(max(event - _SCARED, 1), event + 1):
            ends = range(event, min(first + _SCARED, len(syntax) - 1))
            last = next((t for t in ends if syntax.form(t + 1) in QUOTES), None)
            if last is not None and syntax.form(first - 1) in QUOTES and syntax.form(first) not in QUOTES:
                yield Reason(Span(syntax.start[first], syntax.end[last]), "in quotation marks")
                return


def _by_adverb(value: Factuality, entry: Adverb, *, denied: bool) -> Factuality:
    if entry.value == "Uu":  # "not necessarily"
        return "Uu" if denied else value
    if entry.value == "CT-":  # "almost"
        return under("CT-", value) if SCALE[value] > 0 else value
    return weaker(value, entry.value)
