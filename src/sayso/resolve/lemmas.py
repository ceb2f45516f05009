"""Mends lemmas that were guessed wrong, by a table of irregular forms and the words that somebody looks for.

In:   Syntax, a vocabulary.   Out: Syntax.
Knows nothing of: what the words are looked for.

The reader guesses how many letters to cut and which to add, and errs on words it saw seldom ("withdr" of "withdrew").
Only lemmas that no list knows are touched, and those of irregular forms.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from sayso.syntax import Syntax

_ENDINGS = {
    "VBD": ("ed", "d"),
    "VBN": ("ed", "d"),
    "VBG": ("ing",),
    "VBZ": ("es", "s"),
    "NNS": ("es", "s"),
}
_PAST = frozenset({"VBD", "VBN"})


def mended(syntax: Syntax, known: Collection[str], verbs: Mapping[str, str], nouns: Mapping[str, str]) -> Syntax:
    """``verbs`` and ``nouns``: irregular form -> lemma. ``known``: the lemmas that matter, lower case."""
    lemmas = list(syntax.lemma)
    for token, upos in enumerate(syntax.upos):
        if upos not in {"VERB", "AUX", "NOUN", "ADJ"}:
            continue
        form = syntax.form(token).lower()
        table = nouns if upos == "NOUN" else verbs
        if form in table and (upos != "VERB" or syntax.xpos[token] in _PAST):
            lemmas[token] = table[form]
        elif upos != "ADJ" and (lemmas[token].lower() not in known or lemmas[token] == form):
            # A list may hold a plural ("ties") or a participle ("committed") beside the lemma that is looked for.
            lemmas[token] = next((g for g in guesses(form, syntax.xpos[token]) if g in known), lemmas[token])
        if form in known and lemmas[token].lower() not in known:
            lemmas[token] = form
    return replace(syntax, lemma=lemmas)


def guesses(form: str, xpos: str) -> Iterator[str]:
    """What a regular form may come from, likeliest first.

    >>> list(guesses("stopped", "VBD"))
    ['stopp', 'stop', 'stoppe']
    """
    endings = _ENDINGS.get(xpos, ("es", "s") if xpos in {"NN", "NNP", "NNPS"} else ())
    for ending in endings:
        if not form.endswith(ending) or len(form) - len(ending) < 2:
            continue
        stem = form[: -len(ending)]
        yield stem
        if len(stem) > 2 and stem[-1] == stem[-2]:
            yield stem[:-1]
        if ending in {"ing", "ed"}:
            yield stem + "e"
            if stem.endswith("i"):
                yield stem[:-1] + "y"
            return
        if stem.endswith("i"):
            yield stem[:-1] + "y"
