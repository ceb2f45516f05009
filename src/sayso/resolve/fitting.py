"""Which entries of the word lists fit a token: its words, its object, who does it, what stands around it.

In:   Naming, a token.   Out: the entries that fit, with the tokens of their further words.
Knows nothing of: operators, what an entry codes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.resolve.naming import Naming
from sayso.resolve.plover import Form, Word
from sayso.resolve.roles import after, case, conjuncts, counted, object_, possessor, subject, surface_subject

_TAILS = (("d", ""), ("ed", ""), ("s", ""), ("ing", "e"), ("ing", ""), ("ied", "y"))


class Fitting:
    """Looks for the words of the lists in one text."""

    def __init__(self, naming: Naming) -> None:
        self.naming, self.syntax, self.ontology = naming, naming.syntax, naming.ontology

    def words(self, token: int) -> Iterator[tuple[Word, tuple[int, ...]]]:
        """The entries that fit, those of more words first, and the tokens of their further words."""
        for form, parts in self._forms(token):
            if self._fits(token, form.word, parts):
                yield form.word, parts

    def _forms(self, token: int) -> Iterator[tuple[Form, tuple[int, ...]]]:
        syntax = self.syntax
        upos = syntax.upos[token]
        if self.naming.is_noun(token):
            upos = "NOUN"
        tables = {"VERB": [self.ontology.verbs], "NOUN": [self.ontology.nouns], "ADJ": [self.ontology.adjectives]}.get(
            upos, []
        )
        lemmas = self.lemmas(token)
        if syntax.xpos[token] == "VBG" and not any(x in self.ontology.verbs for x in lemmas):
            tables, lemmas = [self.ontology.nouns], [syntax.form(token).lower()]
        for table in tables:
            for form in next((table[x] for x in lemmas if x in table), ()):
                parts = self.parts(token, form)
                if parts is not None:
                    yield form, parts

    def lemmas(self, token: int) -> list[str]:
        """The lemma; then, as lemmas are guessed too, what else the form may come from ("stage", not "stag")."""
        form = self.syntax.form(token).lower()
        guesses = [self.syntax.lemma[token].lower()]
        if self.syntax.upos[token] == "VERB":
            guesses += [form[: -len(tail)] + new for tail, new in _TAILS if form.endswith(tail)]
        return guesses

    def parts(self, token: int, form: Form) -> tuple[int, ...] | None:
        """The tokens of the further lemmas: they hang from the word, or are the preposition of what does."""
        syntax = self.syntax
        found: list[int] = []
        for lemma in form.rest:
            near = [x for c in (token, *found) for y in syntax.children(c) for x in (y, *self._tightly(y))]
            if lemma[0] == "~":
                near = [x for x in syntax.children(token) if syntax.rel[x] in {"compound:prt", "advmod"}]
            part = next((t for t in near if syntax.lemma[t].lower() == lemma.lstrip("~") and t not in found), None)
            clause = (
                part is not None and syntax.rel[part] == "mark" and syntax.upos[syntax.head[part]] in {"VERB", "AUX"}
            )
            if clause and form.word.over is None:
                part = None  # "went to see": no "go to"
            if part is None:
                return None
            found.append(part)
        return tuple(found)

    def _tightly(self, token: int) -> Iterator[int]:
        """Prepositions and, of an object, what is said before it: "fired tear gas"."""
        tight = {"case", "mark", "fixed"} | ({"compound", "amod"} if self.syntax.rel[token] == "obj" else set())
        return (g for g in self.syntax.children(token) if self.syntax.rel[g] in tight)

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

    def _fits(self, token: int, word: Word, parts: Sequence[int]) -> bool:
        ruled = bool(word.object or word.not_object)
        if ruled and not self._allowed(self.objects(token, parts), word.object, word.not_object):
            return False
        ruled = bool(word.subject or word.not_subject)
        if ruled and not self._allowed(self._doers(token), word.subject, word.not_subject):
            return False
        if word.modal and not self._says(token, word.modal):
            return False
        around = [t for t in self.syntax.sentence_of(token) if t != token] if word.near or word.not_near else []
        if any(self.naming.is_one(t, word.not_near) for t in around):
            return False
        return not word.near or any(self.naming.is_one(t, word.near) for t in around)

    def _allowed(self, found: Sequence[int], wanted: Sequence[str], unwanted: Sequence[str]) -> bool:
        """Is one of them wanted and none unwanted? "-" wants none at all."""
        if any(self.naming.is_one(f, unwanted) for f in found):
            return False
        return not wanted or ("-" in wanted and not found) or any(self.naming.is_one(f, wanted) for f in found)

    def _doers(self, token: int) -> list[int]:
        """Who does it, "they" as whom they are; of a noun also what stands before it."""
        syntax, first = self.syntax, self.doing(token)
        if first is not None:
            meant = self.naming.meant(first)
            first = first if meant is None else meant
        heads = [counted(syntax, h) for h in conjuncts(syntax, first)] if first is not None else []
        if syntax.upos[token] not in {"VERB", "ADJ"}:
            heads += [c for c in syntax.children(token) if syntax.rel[c] in {"compound", "amod"}]
        return heads

    def doing(self, token: int) -> int | None:
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
            if who is None or syntax.upos[who] == "PRON" or not self.naming.is_party(counted(syntax, who)):
                continue  # "he said that we must hope": nobody is asked for anything
            words = {syntax.lemma[c].lower() for c in syntax.children(clause) if syntax.rel[c] == "aux"}
            to = any(syntax.rel[c] == "xcomp" for c in syntax.children(clause))
            words |= {f"{syntax.lemma[clause].lower()} to", syntax.lemma[clause].lower()} if to else set()
            if words & set(modals):
                return True
        return False
