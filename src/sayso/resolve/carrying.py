"""Light verbs: those that only carry the noun of an event ("carry out a raid", "the raid took place").

In:   Fitting, a token.   Out: the verb that carries it.
Knows nothing of: which nouns are events.
"""

from __future__ import annotations

from functools import cached_property

from sayso.resolve.fitting import Fitting
from sayso.resolve.plover import Form, Word
from sayso.resolve.roles import base, case, is_passive


class Carrying:
    """Answers for the verbs of one text."""

    def __init__(self, fitting: Fitting) -> None:
        self.fitting, self.naming = fitting, fitting.naming
        self.syntax, self.ontology = fitting.syntax, fitting.ontology

    def is_light(self, token: int) -> bool:
        """A verb that only carries the noun of an event: "carry out", "hold", "take place"."""
        return self.syntax.upos[token] in {"VERB", "AUX"} and (
            self._light(token) is not None or self.is_undergone(token)
        )

    def is_undergone(self, token: int) -> bool:
        """A light verb whose subject is the one to whom it is done: "drew criticism"."""
        return self.ontology.has(self.syntax.lemma[token].lower(), ("@undergone",))

    def _happens(self, noun: int, verb: int) -> bool:
        """As a subject a noun is carried by verbs that say it took place, and by passive ones."""
        active = self.syntax.rel[noun] == "nsubj" and not is_passive(self.syntax, verb)
        lemmas = [
            self.syntax.lemma[verb].lower(),
            *(" ".join((self.syntax.lemma[verb].lower(), *f.rest)) for f in [self._light(verb)] if f),
        ]
        return not active or any(self.ontology.has(x, ("@happen",)) for x in lemmas)

    def _with(self, verb: int, preposition: str) -> bool:
        """Does a light verb take its noun with this preposition ("engage in", "put under")?"""
        form = self._light(verb)
        return form is not None and (
            preposition in form.rest or self.syntax.lemma[verb].lower() in {"engage", "participate"}
        )

    def _light(self, token: int) -> Form | None:
        forms = next((self.light_verbs[x] for x in self.fitting.lemmas(token) if x in self.light_verbs), [])
        return next((f for f in forms if self.fitting.parts(token, f) is not None), None)

    @cached_property
    def light_verbs(self) -> dict[str, list[Form]]:
        out: dict[str, list[Form]] = {}
        nothing = Word(yes=())
        # "take place" before "take"; a set alone would come in another order each time the program runs.
        for verb in sorted(self.ontology.classes["light"], key=lambda verb: (-len(verb.split()), verb)):
            first, *rest = verb.split()
            out.setdefault(first, []).append(Form(tuple(rest), nothing))
        return out

    def carriers(self, token: int) -> list[int]:
        """A token and the light verb that carries it, if one does."""
        syntax, head = self.syntax, self.syntax.head[token]
        if syntax.upos[token] == "VERB" and syntax.xpos[token] != "VBG":
            return [token]
        first = token
        while syntax.rel[first] == "conj" and syntax.upos[syntax.head[first]] in {"NOUN", "PROPN"}:
            if syntax.head[first] == first:
                break
            first = syntax.head[first]  # "held talks and consultations"
        head = syntax.head[first]
        carried = base(syntax, first) in {"obj", "nsubj", "obl", "csubj"} or syntax.rel[head] == "acl"
        if head != first and carried and self.is_light(head) and self._happens(first, head):
            joined = (
                base(syntax, first) != "obl"
                or not case(syntax, first)
                or is_passive(syntax, head)
                or self._with(head, case(syntax, first))
            )
            if joined or (syntax.rel[first] == "obl:agent"):
                return [token, head]
        # A guessed root may be called a part of something.
        if head != first and syntax.rel[first] == "nmod" and self.naming.is_one(head, ("@thing", "@time", "@amount")):
            return [token, *self.carriers(head)[1:]]  # "carried out a series of raids", "ten days of war games"
        for child in syntax.children(token):  # "the raid carried out by": the verb hangs from the noun
            participle = syntax.rel[child] == "acl" and syntax.xpos[child] == "VBN"
            if (participle or syntax.rel[child] == "acl:relcl") and self.is_light(child):
                return [token, child]
        return [token]
