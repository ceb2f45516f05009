"""Which words of a text are words for events, and what an operator makes of the event it governs.

In:   Syntax, Ontology.   Out: a Trigger for each such word.
Knows nothing of: who takes part, flags.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.resolve.carrying import Carrying
from sayso.resolve.fitting import Fitting
from sayso.resolve.flags import flags
from sayso.resolve.naming import Naming
from sayso.resolve.plover import Code, Ontology, Operator, Word
from sayso.resolve.roles import after, base, counted, object_, subject, surface_subject
from sayso.syntax import Syntax

_COMPLEMENTS = ("for", "of", "to", "on", "from", "against", "about", "with", "over", "in", "into", "by", "at")


@dataclass(frozen=True)
class Trigger:
    """A word for an event. ``code`` is None for an operator that has no code of its own ("plans to", "failed to").

    ``parts``: the other tokens of the word ("fire" of "opened fire"). ``inner``: the token of the governed event.
    """

    token: int
    word: Word
    parts: tuple[int, ...]
    code: Code | None
    operator: Operator | None = None
    inner: int | None = None

    @property
    def booked(self) -> Code:
        """The code; asked only of triggers that have one."""
        if self.code is None:
            raise ValueError(f"no code: token {self.token}")
        return self.code


class Triggers:
    """The words for events in a text; each is looked at once, however often it is asked for."""

    def __init__(self, syntax: Syntax, ontology: Ontology) -> None:
        self.syntax, self.ontology = syntax, ontology
        self.naming = Naming(syntax, ontology)
        self.fitting = Fitting(self.naming)
        self.carrying = Carrying(self.fitting)
        self._known: dict[int, Trigger | None] = {}

    def at(self, token: int) -> Trigger | None:
        """The trigger that a token is the head of."""
        if token not in self._known:
            self._known[token] = None  # a tree has no cycles, but its complements may meet again
            self._known[token] = self._read(token)
        return self._known[token]

    def effective(self, token: int, depth: int = 0) -> int | None:
        """The token of the event that a phrase or clause is about: its own, or what its light verb carries."""
        found = self.at(token)
        if found is not None and found.code is not None:
            return token
        if depth > 4:
            return None
        if found is not None and found.inner is not None:
            return found.inner
        if self.carrying.is_light(token) or self.syntax.lemma[token].lower() in self.ontology.classes["thing"]:
            for candidate in self._governed(token):
                inner = self.effective(candidate, depth + 1)
                if inner is not None:
                    return inner
        return next(
            (e for c in self.syntax.children(token) if self.syntax.rel[c] == "xcomp" and self.syntax.upos[c] == "VERB"
             for e in [self.effective(c, depth + 1)] if e is not None),
            None,
        )  # fmt: skip

    def _read(self, token: int) -> Trigger | None:
        """The word that fits best.

        An operator over a clause comes first, then a word that asks for its object by name, then an operator over a
        noun, a plain word, and at last an operator over nothing ("condemned the mayor").
        """
        ranked: list[tuple[int, Trigger]] = []
        for word, parts in self.fitting.words(token):
            if word.carried and not self._is_carried(token):
                continue
            if word.type is not None and word.over is None:
                named = bool(word.object) and not {"-", "@party"} & set(word.object)
                ranked.append((1 if named else 3, Trigger(token, word, parts, Code(word.type, word.mode))))
                continue
            operator = self.ontology.operators[word.over or ""]
            inner = self._inner(token, parts, near=operator.inner == "drop")
            if word.same and not self._does_it_too(token, inner):
                continue
            known = self.at(inner) if inner is not None else None
            if inner is not None and known is not None and known.code is not None:
                code = operator.code(known.code, denied=bool(operator.denied) and self._is_negated(inner))
                if code is not None or operator.inner not in {"stands", "drop"}:
                    noun = self.syntax.upos[inner] != "VERB" and (operator.inner == "drop" or code is None)
                    ranked.append((2 if noun else 0, Trigger(token, word, parts, code, operator, inner)))
                    continue
            clause = any(self._is_clause(c) for c in self.syntax.children(token))
            code = operator.code(None, clause=clause)
            if code is not None:
                ranked.append((4, Trigger(token, word, parts, code, operator)))
        return min(ranked, key=lambda r: r[0])[1] if ranked else None

    def _is_negated(self, token: int) -> bool:
        return any(f.name == "negated" for f in flags(self.syntax, token, self.carrying.carriers(token)))

    def _is_carried(self, token: int) -> bool:
        """Does a verb carry a noun, more than by saying that it is?"""
        carriers = self.carrying.carriers(token)
        return self.syntax.upos[token] != "NOUN" or (len(carriers) > 1 and self.syntax.lemma[carriers[1]] != "be")

    def _is_clause(self, token: int) -> bool:
        syntax = self.syntax
        to = (
            syntax.rel[token] == "advcl"
            and syntax.upos[token] == "VERB"
            and any(syntax.lemma[c] == "to" for c in syntax.children(token) if syntax.rel[c] == "mark")
        )
        return to or syntax.rel[token] in {"xcomp", "ccomp", "acl"}

    def _does_it_too(self, token: int, inner: int | None) -> bool:
        """ "warned that it would strike": is it the same who warns and strikes?"""
        syntax = self.syntax
        if inner is None or syntax.upos[inner] != "VERB":
            return False
        one, other = self.fitting.doing(token), subject(syntax, inner)
        return one is not None and other is not None and one == self.naming.meant(other)

    def _inner(self, token: int, parts: Sequence[int], *, near: bool) -> int | None:
        """The governed event. ``near``: only a clause or an object, none that a preposition leads in."""
        far = (
            set()
            if not near or self.syntax.upos[token] != "VERB"
            else {
                c
                for c in self.syntax.children(token)
                if base(self.syntax, c) == "obl" and not set(self.syntax.children(c)) & set(parts)
            }
        )
        found = (self.effective(c) for c in self._governed(token, parts) if c not in far)
        return next((e for e in found if e is not None and e != token), None)

    def _governed(self, token: int, parts: Sequence[int] = ()) -> list[int]:
        """What a word may govern, clauses first."""
        syntax = self.syntax
        clauses = [
            c
            for c in syntax.children(token)
            if syntax.rel[c] in {"xcomp", "ccomp", "parataxis"}
            or (syntax.rel[c] in {"acl", "advcl"} and self._is_complement(c))
        ]
        if (
            syntax.upos[token] in {"VERB", "AUX"}
            and syntax.rel[token] in {"acl", "acl:relcl"}
            and self.carrying.is_light(token)
        ):
            clauses.append(syntax.head[token])
        nouns: list[int] = []
        if syntax.upos[token] in {"VERB", "AUX"}:
            nouns += [o for o in (object_(syntax, token),) if o is not None]
            nouns += [
                s
                for s in (surface_subject(syntax, token),)
                if s is not None and self.carrying.is_light(token) and s not in nouns
            ]
        elif syntax.upos[token] == "ADJ":  # "the withdrawal is impossible"
            nouns += [s for s in (surface_subject(syntax, token),) if s is not None]
        else:
            nouns += [c for c in syntax.children(token) if syntax.rel[c] == "compound"]
            if any(syntax.rel[c] == "cop" for c in syntax.children(token)):  # "is out of the question"
                nouns += [s for s in (surface_subject(syntax, token),) if s is not None]
            above = syntax.head[token]  # "renewed its demand that": the clause may hang from the verb
            if syntax.rel[token] == "obj" and self.carrying.is_light(above):
                clauses += [c for c in syntax.children(above) if syntax.rel[c] in {"ccomp", "xcomp"}]
        nouns += [syntax.head[p] for p in parts if syntax.rel[p] == "case"]
        for preposition in _COMPLEMENTS:
            nouns += [n for n in (after(syntax, token, preposition),) if n is not None and n not in nouns]
        nouns = [h for n in nouns for h in dict.fromkeys((n, counted(syntax, n)))]
        return [
            *(
                t
                for c in clauses
                for t in (c, *(x for x in syntax.children(c) if syntax.rel[x] == "conj" and syntax.upos[x] == "VERB"))
            ),
            *nouns,
        ]

    def _is_complement(self, clause: int) -> bool:
        """ "to withdraw", "from striking", "of bombing"; not "after the men fled"."""
        syntax = self.syntax
        marks = [syntax.lemma[c].lower() for c in syntax.children(clause) if syntax.rel[c] in {"mark", "case"}]
        return any(m in {"to", "that", *_COMPLEMENTS} for m in marks)
