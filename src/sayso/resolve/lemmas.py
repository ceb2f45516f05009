"""Fits lemmas to the words that somebody looks for, where a word was taken for one of another kind.

In:   Syntax, a vocabulary.   Out: Syntax.
Knows nothing of: what the words are looked for.

"Attacks" that the reader takes for an adjective, "committed" that a list holds as it stands: only lemmas that no list
knows are touched.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sayso.reader.lemmas import lemmas_of
from sayso.syntax import Syntax

_KINDS = frozenset(("VERB", "AUX", "NOUN", "ADJ"))


def fitted(syntax: Syntax, known: Collection[str]) -> Syntax:
    """``known``: the lemmas that matter, lower case."""
    lemmas = list(syntax.lemma)
    for token, upos in enumerate(syntax.upos):
        if upos in _KINDS and lemmas[token].lower() not in known:
            form = syntax.form(token).lower()
            lemmas[token] = next((word for word in (form, *lemmas_of(form)) if word in known), lemmas[token])
    return replace(syntax, lemma=lemmas)
