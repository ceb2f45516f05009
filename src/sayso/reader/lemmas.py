"""Lemmas: the network's guess where a dictionary of English forms allows it, else the dictionary's.

In:   forms, their parts of speech, guesses.   Out: lemmas.
Knows nothing of: how they were guessed.

The network guesses how many letters to cut and which to add, from too few examples: "denies" is "denie" to it. The
dictionary (LemmInflect, from the SPECIALIST Lexicon) knows the forms of verbs and nouns, but not which of two is meant:
"found" is of "find" and of "found".
"""

from __future__ import annotations

from functools import lru_cache

_KNOWN = frozenset(("VERB", "NOUN"))


def lemma(form: str, upos: str, guess: str) -> str:
    """The lemma of a form.

    >>> lemma("denies", "VERB", "denie"), lemma("found", "VERB", "find"), lemma("Glorbs", "NOUN", "glorb")
    ('deny', 'find', 'glorb')
    """
    found = _lemmas(form.lower(), upos) if upos in _KNOWN else ()
    return guess if not found or guess.lower() in found else found[0]


def lemmas_of(form: str) -> tuple[str, ...]:
    """What a form may come from, as a verb first, then as a noun.

    >>> lemmas_of("ties"), lemmas_of("fought")
    (('tie',), ('fight',))
    """
    return tuple(dict.fromkeys(lemma for upos in ("VERB", "NOUN") for lemma in _lemmas(form.lower(), upos)))


@lru_cache(maxsize=65536)
def _lemmas(form: str, upos: str) -> tuple[str, ...]:
    from lemminflect import getAllLemmas  # noqa: PLC0415 - it loads numpy, which `--help` does without

    return tuple(getAllLemmas(form, upos=upos).get(upos, ()))
