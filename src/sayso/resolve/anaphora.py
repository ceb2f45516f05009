"""Say which noun a pronoun stands for where the grammar of its sentence tells: a relative one, or "it" and "he".

In:   Syntax, a token.   Out: the token of the noun, or none.
Knows nothing of: other sentences, who that is.
"""

from __future__ import annotations

from sayso.resolve.roles import antecedent, base, conjuncts
from sayso.syntax import Syntax

_WHETHER = frozenset(("whether", "if", "why", "how", "where", "when"))
_THIRD = {"it": "one", "its": "one", "he": "one", "him": "one", "his": "one", "she": "one", "her": "one",
          "they": "group", "them": "group", "their": "group"}  # fmt: skip
_PUT_TO = frozenset(("put", "suggest"))
_RELATIVES = frozenset(("who", "whom", "whose", "which", "that"))


def relative_to(syntax: Syntax, token: int) -> int | None:
    """The noun that a relative pronoun stands for: by the tree, else the one that "who" or "which" follows at once."""
    form = syntax.form(token).lower()
    if form not in _RELATIVES:
        return None
    below = token
    for above in syntax.ancestors(token):
        if syntax.rel[below].startswith(("acl", "advcl:relcl")):
            return _meant(syntax, above)
        below = above
    if form not in ("who", "whom", "which") or not syntax.rel[token].startswith(("nsubj", "obj")):
        return None
    before, first = token - 1, syntax.sentence_of(token).start
    if before >= first and syntax.upos[before] == "PUNCT":
        before -= 1
    if before < first or syntax.upos[before] not in ("NOUN", "PROPN") or syntax.form(token)[0].isupper():
        return None
    while syntax.rel[before] in ("flat", "compound", "nmod:desc") and first <= syntax.head[before] < token:
        before = syntax.head[before]
    return _meant(syntax, before)


def _meant(syntax: Syntax, noun: int) -> int:
    """ "It was Lee, and not Osk, who said so": not the one who is set aside."""
    aside = any(syntax.form(k).lower() == "not" and k < noun for k in syntax.children(noun))
    return syntax.head[noun] if aside and syntax.rel[noun] == "conj" else noun


def concerned_by(syntax: Syntax, token: int) -> int | None:
    """ "The judge asked Mr Reyk whether he …", "said of Mr Reyk that he …", "put it to him that he …": who "he" is."""
    clause = syntax.head[token]
    verb = syntax.head[clause]
    if not syntax.rel[token].startswith("nsubj") or verb == clause:
        return None
    lemma, form = syntax.lemma[verb].lower(), {syntax.form(k).lower() for k in syntax.children(clause)}
    above = syntax.head[verb]
    if syntax.rel[clause] == "acl:relcl" and "that" in form and syntax.lemma[above].lower() in _PUT_TO:
        return verb if _lead(syntax, verb) == "to" else None  # "suggested to the officer that he …"
    if syntax.rel[clause] != "ccomp" and not (lemma == "put" and "that" in form):
        return None
    asked = ("obj", "iobj") if lemma == "ask" and form & _WHETHER else ()
    for other in syntax.children(verb):
        lead = _lead(syntax, other)
        of = syntax.rel[other] == "obl" and (lead == "of" or (lead == "to" and lemma in _PUT_TO))
        if other < clause and (of or syntax.rel[other] in asked):
            return other
    return None


def _lead(syntax: Syntax, noun: int) -> str:
    return next((syntax.form(k).lower() for k in syntax.children(noun) if syntax.rel[k] == "case"), "")


def referent(syntax: Syntax, token: int) -> int | None:
    """What a pronoun of the third person stands for where the grammar of its sentence leaves no doubt, or hardly any.

    "Tarnia said it would leave": the subject of the verb that governs the clause. "Tarnia sold its fleet": the subject
    of the clause itself.
    """
    number = _THIRD.get(syntax.form(token).lower())
    if number is None:
        return None
    whom = concerned_by(syntax, token)
    if whom is not None and number != "group":
        return whom if syntax.upos[whom] in {"NOUN", "PROPN"} else None
    owned = syntax.rel[token] == "nmod:poss"
    for above in syntax.ancestors(token):
        if syntax.upos[above] not in {"VERB", "AUX", "ADJ"} or (not owned and above == syntax.head[token]):
            continue
        for child in syntax.children(above):
            if base(syntax, child) != "nsubj" or child >= token or token in syntax.subtree(child):
                continue
            who = antecedent(syntax, child)
            plural = syntax.xpos[who] == "NNS" or len(conjuncts(syntax, who)) > 1
            named = syntax.upos[who] in {"NOUN", "PROPN"}
            return who if named and who < token and (plural == (number == "many") or number == "group") else None
    return None
