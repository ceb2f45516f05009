"""What sort of thing a token names: somebody who can act, a people, a place, a member of some list.

In:   Syntax, Ontology.   Out: yes or no.
Knows nothing of: events.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.resolve.anaphora import referent
from sayso.resolve.plover import Ontology
from sayso.resolve.roles import counted
from sayso.syntax import Syntax

_HALVES = frozenset({"am", "pm", "hrs", "gmt", "utc", "o'clock"})
_CLOCK_OR_YEAR = re.compile(r"[0-9]{1,2}[.:][0-9]{2}|1[5-9][0-9]{2}|20[0-9]{2}")
# Endings of words for things that are done or thought; those who act and end so are in the lists.
_ABSTRACT = ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ism", "ship", "hood")
_PEOPLES = ("an", "ese", "ish", "i", "ch", "iot", "ine")
_NOBODY = frozenset({"it", "this", "that", "itself", "which", "what", "there"})
_TITLES = frozenset({"compound", "nmod:desc", "appos", "flat"})


class Naming:
    """Answers for the tokens of one text."""

    def __init__(self, syntax: Syntax, ontology: Ontology) -> None:
        self.syntax, self.ontology = syntax, ontology

    def is_one(self, token: int, wanted: Sequence[str]) -> bool:
        """Is a token one of these words or classes? A name is what its title says ("General Orlec").

        "@party": a name, a pronoun, a noun for people; "@location": a name of a place; capitals: a part of speech.
        """
        if not wanted:
            return False
        syntax = self.syntax
        if syntax.upos[token] == "PROPN":
            classes = [w for w in wanted if w[0] == "@" and w not in {"@party", "@location"}]
            titles = (c for c in syntax.children(token) if syntax.rel[c] in _TITLES)
            if any(self.ontology.has(syntax.lemma[c].lower(), classes) for c in titles):
                return True
        return any(self._is(token, want) for want in wanted)

    def _is(self, token: int, want: str) -> bool:
        syntax = self.syntax
        if want == "@party":
            return self.is_party(token)
        if want == "@location":
            return any(n.kind == "LOC" and n.span.overlaps(syntax.span(token)) for n in syntax.names)
        if want.isupper():
            return syntax.upos[token] == want
        forms = (syntax.lemma[token].lower(), syntax.form(token).lower())
        return want != "-" and any(self.ontology.has(form, (want,)) for form in forms)

    def is_party(self, token: int) -> bool:
        """A name, a pronoun or a noun for somebody who can act."""
        syntax, lemma = self.syntax, self.syntax.lemma[token].lower()
        if syntax.upos[token] == "PRON":
            return lemma not in _NOBODY
        if self.is_when(token):
            return False
        if syntax.upos[token] == "PROPN" or self.is_people(token) or self._is_demonym(token):
            return True
        return syntax.upos[token] in {"NOUN", "NUM"} and self.ontology.is_agent(lemma)

    def is_noun(self, token: int) -> bool:
        """A noun, also one that is read as an adjective: "an offensive"."""
        syntax = self.syntax
        articled = syntax.upos[token] == "ADJ" and any(syntax.rel[c] == "det" for c in syntax.children(token))
        return syntax.upos[token] == "NOUN" or articled

    def meant(self, token: int) -> int | None:
        """Somebody for whom a pronoun stands by the grammar of its sentence; a listing is never a "he"."""
        found = referent(self.syntax, token)
        return found if found is not None and self.is_party(counted(self.syntax, found)) else None

    def is_people(self, token: int) -> bool:
        """ "Tarnian": an adjective with a capital that opens no sentence, or opens one and looks like a people."""
        form = self.syntax.form(token)
        if self.syntax.upos[token] != "ADJ" or not form[0].isupper():
            return False
        return not self._opens(token) or form.isupper() or form.lower().endswith(_PEOPLES)

    def _is_demonym(self, token: int) -> bool:
        """ "Tarnians": a common noun with a capital letter."""
        form = self.syntax.form(token)
        if self.syntax.upos[token] != "NOUN" or not form[0].isupper() or form.isupper():
            return False
        return not self._opens(token) or form.lower().endswith(("ians", "ans", "is", "ese"))

    def _opens(self, token: int) -> bool:
        """Does a token open a sentence or a quotation, where any word has a capital?"""
        syntax = self.syntax
        new = token == 0 or syntax.sentence[token - 1] != syntax.sentence[token]
        return new or not syntax.form(token - 1)[-1].isalnum()

    def is_when(self, token: int) -> bool:
        """A word for a time, or a time of day, a day or a year in figures."""
        if self.ontology.has(self.syntax.lemma[token].lower(), ("@time",)):
            return True
        if not self.syntax.form(token)[0].isdigit():
            return False
        after = self.syntax.form(token + 1).lower().replace(".", "") if token + 1 < len(self.syntax) else ""
        lone = not any(self.syntax.upos[c] in ("NOUN", "PROPN") for c in self.syntax.children(token))
        return after in _HALVES or (lone and _CLOCK_OR_YEAR.fullmatch(self.syntax.form(token)) is not None)

    def is_abstract(self, token: int) -> bool:
        """A word for something that does not act."""
        lemma = self.syntax.lemma[token].lower()
        if self.syntax.upos[token] in {"PROPN", "PRON"} or self.ontology.is_agent(lemma):
            return False
        shaped = self.syntax.upos[token] == "NOUN" and lemma.endswith(_ABSTRACT)
        return shaped or self.ontology.has(lemma, ("@thing", "@weapon", "@abstract", "@proposal", "@time"))

    def is_place(self, token: int) -> bool:
        """A name of a place, or a name of which nothing else is known; a common noun for one."""
        if self.is_when(token):
            return False
        if self.ontology.has(self.syntax.lemma[token].lower(), ("@place",)):
            return True
        named = [n for n in self.syntax.names if n.span.overlaps(self.syntax.span(token))]
        return self.syntax.upos[token] == "PROPN" and (not named or any(n.kind == "LOC" for n in named))
