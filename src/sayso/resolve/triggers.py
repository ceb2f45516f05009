"""Which words of a text are words for events, and what an operator makes of the event it governs.

In:   Syntax, Ontology.   Out: a Trigger for each such word.
Knows nothing of: who takes part, flags.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sayso.resolve.plover import Code, Form, Ontology, Operator, Word
from sayso.resolve.roles import (
    after,
    base,
    case,
    conjuncts,
    counted,
    is_passive,
    object_,
    possessor,
    referent,
    subject,
    surface_subject,
)
from sayso.syntax import Syntax

_COMPLEMENTS = ("for", "of", "to", "on", "from", "against", "about", "with", "over", "in", "into", "by", "at")
_TAILS = (("d", ""), ("ed", ""), ("s", ""), ("ing", "e"), ("ing", ""), ("ied", "y"))
# Endings of words for things that are done or thought; those who act and end so are in the lists.
ABSTRACT = ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ism", "ship", "hood")
_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)


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


class Triggers:
    """The words for events in a text; each is looked at once, however often it is asked for."""

    def __init__(self, syntax: Syntax, ontology: Ontology) -> None:
        self.syntax, self.ontology = syntax, ontology
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
        if self.is_light(token) or self.syntax.lemma[token].lower() in self.ontology.classes["thing"]:
            for candidate in self._governed(token):
                inner = self.effective(candidate, depth + 1)
                if inner is not None:
                    return inner
        return next(
            (e for c in self.syntax.children(token) if self.syntax.rel[c] == "xcomp" and self.syntax.upos[c] == "VERB"
             for e in [self.effective(c, depth + 1)] if e is not None),
            None,
        )  # fmt: skip

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
        forms = next((self.light_verbs[x] for x in self._lemmas(token) if x in self.light_verbs), [])
        return next((f for f in forms if self._parts(token, f) is not None), None)

    @cached_property
    def light_verbs(self) -> dict[str, list[Form]]:
        out: dict[str, list[Form]] = {}
        nothing = Word(yes=())
        for verb in self.ontology.classes["light"]:
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
            first = syntax.head[first]  # "held talks and consultations"
        head = syntax.head[first]
        carried = base(syntax, first) in {"obj", "nsubj", "obl", "csubj"} or syntax.rel[head] == "acl"
        if head != first and carried and self.is_light(head) and self._happens(first, head):
            joined = base(syntax, first) != "obl" or is_passive(syntax, head) or self._with(head, case(syntax, first))
            if joined or (syntax.rel[first] == "obl:agent"):
                return [token, head]
        if syntax.rel[first] == "nmod" and self.is_one(head, ("@thing", "@time", "@amount")):
            return [token, *self.carriers(head)[1:]]  # "carried out a series of raids", "ten days of war games"
        for child in syntax.children(token):  # "the raid carried out by": the verb hangs from the noun
            participle = syntax.rel[child] == "acl" and syntax.xpos[child] == "VBN"
            if (participle or syntax.rel[child] == "acl:relcl") and self.is_light(child):
                return [token, child]
        return [token]

    def objects(self, token: int, parts: Sequence[int] = ()) -> list[int]:
        """What an event word is done to, by its place; of a noun: its "of", its compound, its possessor."""
        syntax = self.syntax
        found: list[int | None] = []
        if syntax.upos[token] in {"VERB", "AUX"}:
            found.append(object_(syntax, token))
            found += [syntax.head[p] for p in parts if syntax.rel[p] == "case"]
        else:
            found.append(after(syntax, token, "of"))
            found += [
                c
                for c in syntax.children(token)
                if syntax.rel[c] in {"compound", "amod", "nmod:desc", "nmod"} and not case(syntax, c)
            ]
            found.append(possessor(syntax, token))
            found += [syntax.head[p] for p in parts if syntax.rel[p] == "case"]
        heads = [h for f in found if f is not None and f not in parts for h in conjuncts(syntax, f)]
        return [c for h in heads for c in dict.fromkeys((h, counted(syntax, h)))]

    def _read(self, token: int) -> Trigger | None:
        """The word that fits best.

        An operator over a clause comes first, then a word that asks for its object by name, then an operator over a
        noun, a plain word, and at last an operator over nothing ("condemned the mayor").
        """
        ranked: list[tuple[int, Trigger]] = []
        for form, parts in self._forms(token):
            word = form.word
            if not self._fits(token, word, parts):
                continue
            if word.over is None:
                assert word.type is not None
                named = bool(word.object) and not {"-", "@party"} & set(word.object)
                ranked.append((1 if named else 3, Trigger(token, word, parts, Code(word.type, word.mode))))
                continue
            operator = self.ontology.operators[word.over]
            inner = self._inner(token, parts, near=operator.inner == "drop")
            if word.same and not self._does_it_too(token, inner):
                continue
            known = self.at(inner) if inner is not None else None
            if inner is not None and known is not None and known.code is not None:
                code = operator.code(known.code)
                if code is not None or operator.inner not in {"stands", "drop"}:
                    noun = self.syntax.upos[inner] != "VERB" and (operator.inner == "drop" or code is None)
                    ranked.append((2 if noun else 0, Trigger(token, word, parts, code, operator, inner)))
                    continue
            clause = any(self._is_clause(c) for c in self.syntax.children(token))
            code = operator.code(None, clause=clause)
            if code is not None:
                ranked.append((4, Trigger(token, word, parts, code, operator)))
        return min(ranked, key=lambda r: r[0])[1] if ranked else None

    def _is_clause(self, token: int) -> bool:
        syntax = self.syntax
        to = (
            syntax.rel[token] == "advcl"
            and syntax.upos[token] == "VERB"
            and any(syntax.lemma[c] == "to" for c in syntax.children(token) if syntax.rel[c] == "mark")
        )
        return to or syntax.rel[token] in {"xcomp", "ccomp", "acl"}

    def _forms(self, token: int) -> Iterator[tuple[Form, tuple[int, ...]]]:
        syntax = self.syntax
        upos = syntax.upos[token]
        tables = {"VERB": [self.ontology.verbs], "NOUN": [self.ontology.nouns], "ADJ": [self.ontology.adjectives]}.get(
            upos, []
        )
        lemmas = self._lemmas(token)
        if syntax.xpos[token] == "VBG" and not any(x in self.ontology.verbs for x in lemmas):
            tables, lemmas = [self.ontology.nouns], [syntax.form(token).lower()]
        for table in tables:
            for form in next((table[x] for x in lemmas if x in table), ()):
                parts = self._parts(token, form)
                if parts is not None:
                    yield form, parts

    def _lemmas(self, token: int) -> list[str]:
        """The lemma; then, as lemmas are guessed too, what else the form may come from ("stage", not "stag")."""
        form = self.syntax.form(token).lower()
        guesses = [self.syntax.lemma[token].lower()]
        if self.syntax.upos[token] == "VERB":
            guesses += [form[: -len(tail)] + new for tail, new in _TAILS if form.endswith(tail)]
        return guesses

    def _parts(self, token: int, form: Form) -> tuple[int, ...] | None:
        """The tokens of the further lemmas: they hang from the word, or are the preposition of what does."""
        syntax, found = self.syntax, []
        for lemma in form.rest:
            near = [x for c in (token, *found) for y in syntax.children(c) for x in (y, *self._tightly(y))]
            if lemma[0] == "~":
                near = [x for x in syntax.children(token) if syntax.rel[x] in {"compound:prt", "advmod"}]
            part = next((t for t in near if syntax.lemma[t].lower() == lemma.lstrip("~") and t not in found), None)
            if part is not None and syntax.rel[part] == "mark" and form.word.over is None:
                part = None  # "went to see": no "go to"
            if part is None:
                return None
            found.append(part)
        return tuple(found)

    def _tightly(self, token: int) -> Iterator[int]:
        """Prepositions and, of an object, what is said before it: "fired tear gas"."""
        tight = {"case", "mark", "fixed"} | ({"compound", "amod"} if self.syntax.rel[token] == "obj" else set())
        return (g for g in self.syntax.children(token) if self.syntax.rel[g] in tight)

    def _fits(self, token: int, word: Word, parts: Sequence[int]) -> bool:
        syntax = self.syntax
        if word.object or word.not_object:
            objects = self.objects(token, parts)
            if word.object and not (
                ("-" in word.object and not objects) or any(self.is_one(o, word.object) for o in objects)
            ):
                return False
            if any(self.is_one(o, word.not_object) for o in objects):
                return False
        if word.subject or word.not_subject:
            first = self._doing(token)
            if first is not None:  # "they" as whom they are
                meant = referent(syntax, first)
                first = first if meant is None else meant
            heads = [counted(syntax, h) for h in conjuncts(syntax, first)] if first is not None else []
            if syntax.upos[token] not in {"VERB", "ADJ"}:
                heads += [c for c in syntax.children(token) if syntax.rel[c] in {"compound", "amod"}]
            if word.subject and not (
                ("-" in word.subject and not heads) or any(self.is_one(h, word.subject) for h in heads)
            ):
                return False
            if any(self.is_one(h, word.not_subject) for h in heads):
                return False
        if word.carried and syntax.upos[token] == "NOUN":
            carriers = self.carriers(token)
            if len(carriers) == 1 or syntax.lemma[carriers[1]] == "be":
                return False
        if word.modal and not self._says(token, word.modal):
            return False
        around = [t for t in syntax.sentence_of(token) if t != token] if word.near or word.not_near else []
        if any(self.is_one(t, word.not_near) for t in around):
            return False
        return not word.near or any(self.is_one(t, word.near) for t in around)

    def _does_it_too(self, token: int, inner: int | None) -> bool:
        """ "warned that it would strike": is it the same who warns and strikes?"""
        syntax = self.syntax
        if inner is None or syntax.upos[inner] != "VERB":
            return False
        one, other = self._doing(token), subject(syntax, inner)
        return one is not None and other is not None and one in {other, referent(syntax, other)}

    def _doing(self, token: int) -> int | None:
        """Who does what an event word names."""
        syntax = self.syntax
        if syntax.upos[token] == "VERB":
            return subject(syntax, token)
        if syntax.upos[token] == "ADJ":
            return surface_subject(syntax, token)
        found = (possessor(syntax, token), after(syntax, token, "of"), after(syntax, token, "by"))
        return next((f for f in found if f is not None), None)

    def _says(self, verb: int, modals: Sequence[str]) -> bool:
        """Does a clause that a verb reports have one of these modals ("must"), or a verb used as one ("have to")?"""
        syntax = self.syntax
        for clause in (c for c in syntax.children(verb) if syntax.rel[c] in {"ccomp", "parataxis"}):
            who = surface_subject(syntax, clause)
            if who is None or syntax.upos[who] == "PRON" or not self.is_party(counted(syntax, who)):
                continue  # "he said that we must hope": nobody is asked for anything
            words = {syntax.lemma[c].lower() for c in syntax.children(clause) if syntax.rel[c] == "aux"}
            to = any(syntax.rel[c] == "xcomp" for c in syntax.children(clause))
            words |= {f"{syntax.lemma[clause].lower()} to", syntax.lemma[clause].lower()} if to else set()
            if words & set(modals):
                return True
        return False

    def is_one(self, token: int, wanted: Sequence[str]) -> bool:
        """Is a token one of these words, classes, parts of speech, or "@party": a name, a pronoun, a noun for people?"""
        syntax, lemma = self.syntax, self.syntax.lemma[token].lower()
        titles = (
            [c for c in syntax.children(token) if syntax.rel[c] in {"compound", "nmod:desc", "appos", "flat"}]
            if syntax.upos[token] == "PROPN"
            else []
        )
        if any(
            self.ontology.has(
                syntax.lemma[c].lower(), [w for w in wanted if w[0] == "@" and w not in {"@party", "@location"}]
            )
            for c in titles
        ):
            return True
        for want in wanted:
            if want == "@party":
                if self.is_party(token):
                    return True
            elif want == "@location":
                if any(n.kind == "LOC" and n.span.overlaps(syntax.span(token)) for n in syntax.names):
                    return True
            elif want.isupper():
                if syntax.upos[token] == want:
                    return True
            elif want != "-" and (
                self.ontology.has(lemma, (want,)) or self.ontology.has(syntax.form(token).lower(), (want,))
            ):
                return True
        return False

    def is_party(self, token: int) -> bool:
        """A name, a pronoun or a noun for somebody who can act."""
        syntax, lemma = self.syntax, self.syntax.lemma[token].lower()
        if syntax.upos[token] == "PRON":
            return lemma not in {"it", "this", "that", "itself", "which", "what", "there"}
        if lemma in _MONTHS or lemma in self.ontology.classes["time"]:
            return False
        if syntax.upos[token] == "PROPN" or self.is_people(token) or self._is_demonym(token):
            return True
        return syntax.upos[token] in {"NOUN", "NUM"} and self.ontology.is_agent(lemma)

    def _is_demonym(self, token: int) -> bool:
        """ "Tarnians": a common noun with a capital letter."""
        syntax, form = self.syntax, self.syntax.form(token)
        if syntax.upos[token] != "NOUN" or not form[0].isupper() or form.isupper():
            return False
        first = (
            token == 0
            or syntax.sentence[token - 1] != syntax.sentence[token]
            or not syntax.form(token - 1)[-1].isalnum()
        )
        return not first or form.lower().endswith(("ians", "ans", "is", "ese"))

    def is_people(self, token: int) -> bool:
        """ "Tarnian": an adjective with a capital letter that opens no sentence, or opens one and looks like a people."""
        syntax, form = self.syntax, self.syntax.form(token)
        if syntax.upos[token] != "ADJ" or not form[0].isupper():
            return False
        first = (
            token == 0
            or syntax.sentence[token - 1] != syntax.sentence[token]
            or not syntax.form(token - 1)[-1].isalnum()
        )
        return not first or form.isupper() or form.lower().endswith(("an", "ese", "ish", "i", "ch", "iot", "ine"))

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
        if syntax.upos[token] in {"VERB", "AUX"} and syntax.rel[token] in {"acl", "acl:relcl"} and self.is_light(token):
            clauses.append(syntax.head[token])
        nouns: list[int] = []
        if syntax.upos[token] in {"VERB", "AUX"}:
            nouns += [o for o in (object_(syntax, token),) if o is not None]
            nouns += [
                s
                for s in (surface_subject(syntax, token),)
                if s is not None and self.is_light(token) and s not in nouns
            ]
        elif syntax.upos[token] == "ADJ":  # "the withdrawal is impossible"
            nouns += [s for s in (surface_subject(syntax, token),) if s is not None]
        else:
            nouns += [c for c in syntax.children(token) if syntax.rel[c] == "compound"]
            if any(syntax.rel[c] == "cop" for c in syntax.children(token)):  # "is out of the question"
                nouns += [s for s in (surface_subject(syntax, token),) if s is not None]
            above = syntax.head[token]  # "renewed its demand that": the clause may hang from the verb
            if syntax.rel[token] == "obj" and self.is_light(above):
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
