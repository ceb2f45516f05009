"""Whose attack, visit or promise it is: who does what a noun names.

In:   Triggers, the token of a noun.   Out: the token of whoever does it.
Knows nothing of: verbs' own subjects, recipients.
"""

from __future__ import annotations

from sayso.resolve.roles import after, case, conjuncts, counted, is_passive, possessor, subject, surface_subject
from sayso.resolve.triggers import Triggers

# Of these nouns the owner is whom it is done to ("Orlec's arrest"), unless an "of" or "by" tells who is who.
_OWNER_UNDERGOES = frozenset(
    {
        "arrest", "detention", "imprisonment", "incarceration", "custody", "capture", "release", "killing", "murder",
        "assassination", "execution", "dismissal", "ouster", "removal", "expulsion", "deportation", "extradition",
        "abduction", "kidnapping", "trial", "prosecution", "conviction", "eviction", "displacement", "death",
    }
)  # fmt: skip
_CLAIMED = frozenset({"claim", "accept", "admit", "assume", "take", "acknowledge", "deny"})
_KINDS = frozenset({("house", "arrest")})  # no agent, but what sort of event
_UNDERGONE = frozenset({"under", "on"})


class Doers:
    """Answers for the nouns of one text."""

    def __init__(self, triggers: Triggers) -> None:
        self.triggers, self.naming = triggers, triggers.naming
        self.syntax, self.ontology = triggers.syntax, triggers.ontology

    def of_noun(self, noun: int, carriers: list[int]) -> int | None:
        """Whose attack, visit, promise it is."""
        syntax = self.syntax
        by = after(syntax, noun, "by")
        if by is not None and not self.naming.is_when(by):
            return by
        for carrier in carriers[1:]:
            who = self._of_carrier(noun, carrier)
            if who is not None:
                return who
        owner = possessor(syntax, noun)
        if owner is not None and (self.naming.is_when(owner) or self.is_done_to_owner(noun)):
            owner = None
        found = (
            owner,
            *(after(syntax, noun, p) for p in ("between", "among") if not self._is_brokered(noun, carriers)),
            self._modifier(noun),
            self._by_whom(noun),
            self._responsible(noun),
            after(syntax, noun, "from"),
            self._of_agent(noun),
        )
        return next((f for f in found if f is not None), None)

    def _is_brokered(self, noun: int, carriers: list[int]) -> bool:
        """ "of brokering deals between them": those between whom it is need not be who does it."""
        return any(self.syntax.rel[noun] == "obj" and not is_passive(self.syntax, c) for c in carriers[1:])

    def _of_carrier(self, noun: int, carrier: int) -> int | None:
        syntax = self.syntax
        who = subject(syntax, carrier)
        if who is None and not is_passive(syntax, carrier):
            who = surface_subject(syntax, carrier)
        if who is None or who in conjuncts(syntax, noun) or noun in conjuncts(syntax, who) or self.is_thing(who):
            return None
        return who if not self.is_undergone(noun, carrier) or is_passive(syntax, carrier) else None

    def _by_whom(self, noun: int) -> int | None:
        """ "crimes committed by the militia", "property seized by the army"."""
        for c in self.syntax.children(noun):
            if self.syntax.rel[c] in {"acl", "acl:relcl"} and is_passive(self.syntax, c):
                who = subject(self.syntax, c)
                if who is not None and not self.naming.is_when(who):
                    return who
        return None

    def is_done_to_owner(self, noun: int) -> bool:
        """ "Orlec's arrest" is done to Orlec; "Tarnia's arrest of Orlec" is not done to Tarnia."""
        known = self.syntax.lemma[noun].lower() in _OWNER_UNDERGOES and self.syntax.upos[noun] == "NOUN"
        told = noun + 1 < len(self.syntax) and self.syntax.lemma[noun + 1].lower() == "of"
        return known and not told and after(self.syntax, noun, "of") is None

    def _responsible(self, noun: int) -> int | None:
        """ "claimed responsibility for the attack": who does, or is said to, whatever becomes of the claim."""
        syntax = self.syntax
        answer = syntax.head[noun]
        if case(syntax, noun) != "for" or syntax.lemma[answer].lower() != "responsibility":
            return None
        verb = syntax.head[answer]
        return subject(syntax, verb) if syntax.lemma[verb].lower() in _CLAIMED else None

    def is_undergone(self, noun: int, carrier: int) -> bool:
        return case(self.syntax, noun) in _UNDERGONE or self.triggers.carrying.is_undergone(carrier)

    def _modifier(self, noun: int) -> int | None:
        """ "Tarnian", "rebel", "US" before a noun."""
        syntax = self.syntax
        for c in syntax.children(noun):
            if syntax.rel[c] in {"amod", "compound", "nmod:desc", "nmod", "det"} and not case(syntax, c):
                lemma = syntax.lemma[c].lower()
                if (lemma, syntax.lemma[noun].lower()) in _KINDS:
                    continue
                if self.naming.is_people(c) or (syntax.upos[c] == "PROPN" and self.naming.is_party(c)):
                    return c
                if (
                    syntax.upos[c] == "NOUN"
                    and self.ontology.is_agent(lemma)
                    and not self.ontology.has(lemma, ("@victim",))
                ):
                    return c
                if syntax.rel[c] == "compound" and (inner := self._modifier(c)) is not None:
                    return inner
        return None

    def _of_agent(self, noun: int) -> int | None:
        """ "the withdrawal of the army": what has no other object is done by its "of", if that can act."""
        known = self.triggers.at(noun)
        of = after(self.syntax, noun, "of")
        if known is None or known.code is None or of is None:
            return None
        places = known.word.recipient or self.ontology.kinds[known.code.type].recipient
        return of if not {"obj", "of"} & set(places) and self.naming.is_party(counted(self.syntax, of)) else None

    def of_thing(self, thing: int) -> int | None:
        """Whose plan, attack or bomb it is."""
        known = self.triggers.at(thing)
        who = self.of_noun(thing, [thing])
        if (
            who is None and self.syntax.rel[thing] == "obj" and not (known and known.code)
        ):  # "issued a letter demanding"
            who = subject(self.syntax, self.syntax.head[thing])
        if who is not None and self.is_thing(who):
            return None
        of = after(self.syntax, thing, "of")
        if who is None and of is not None and not (known and known.code):
            who = of if self.naming.is_party(counted(self.syntax, of)) else None
            if who is None and self.is_thing(of) and of != thing:
                who = self.of_thing(of)
        return who

    def is_thing(self, token: int) -> bool:
        """A word for an event or a thing: it does not act."""
        known = self.triggers.at(token)
        event = known is not None and known.code is not None
        acts = self.syntax.upos[token] in {"PROPN", "PRON"} or self.ontology.is_agent(self.syntax.lemma[token].lower())
        return self.naming.is_abstract(token) or (event and not acts)
