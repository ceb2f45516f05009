"""Say which noun a relative pronoun stands for.

In:   Syntax, a token.   Out: the token of the noun, or none.
Knows nothing of: who that is.
"""

from __future__ import annotations

from sayso.syntax import Syntax

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
    if form not in ("who", "which") or not syntax.rel[token].startswith("nsubj"):
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
