"""Find what a phrase gives to somebody and the reader missed: “In the words of the mayor, …”, “her version is that …”.

In:   What is said already, Syntax, Lexicon.   Out: Drafts.
Knows nothing of: what else is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.extract.drafts import Draft, beside, drafted
from sayso.lexicon import Lexicon
from sayso.syntax import Syntax

_NOMINAL = frozenset(("NOUN", "PROPN", "DET", "ADJ", "NUM", "PART", "PRON", "ADP"))
_GETS = frozenset(("receive", "get", "have", "obtain"))
_NEWS = frozenset(("information", "word", "news", "report", "reports", "confirmation", "assurances", "intelligence"))
_REPORTS = frozenset(("reports", "rumours", "rumors", "allegations", "claims", "accusations", "suggestions"))
_LONGEST = 10  # tokens of who it is
_FEWEST = 3  # tokens of what is said
_LOOSE = " ,.;:\t\r\n"


def phrases(said: Sequence[Draft], syntax: Syntax, lexicon: Lexicon) -> list[Draft]:
    """All drafts, and those of such phrases outside of what is said."""
    return beside(said, (new for t in range(len(syntax)) for new in _at(t, syntax, lexicon)))


def _at(token: int, syntax: Syntax, lexicon: Lexicon) -> Iterator[Draft]:
    yield from _marked(token, syntax, lexicon)
    yield from _version(token, syntax, lexicon)
    yield from _word_from(token, syntax)
    yield from _of_nobody(token, syntax)


def _marked(first: int, syntax: Syntax, lexicon: Lexicon) -> Iterator[Draft]:
    """ "In the words of the mayor, the river took it": at the beginning of a sentence, to its end."""
    sentence = syntax.sentence_of(first)
    if first != sentence.start:
        return
    for words, _ in lexicon.marker_forms.get(syntax.form(first).lower(), ()):
        after = first + len(words)
        if len(words) < _FEWEST or [syntax.form(t).lower() for t in range(first, min(after, len(syntax)))] != [*words]:
            continue
        comma = next((t for t in range(after, min(after + _LONGEST, sentence.stop)) if syntax.form(t) == ","), None)
        if comma is None or any(syntax.upos[t] not in _NOMINAL for t in range(after, comma)):
            continue
        yield from _draft(syntax, range(after, comma), range(first, after), range(comma + 1, sentence.stop))


def _version(noun: int, syntax: Syntax, lexicon: Lexicon) -> Iterator[Draft]:
    """ "The ministry's version is that the bridge fell": to the end of the sentence."""
    sentence = syntax.sentence_of(noun)
    that = noun + 2
    if syntax.upos[noun] != "NOUN" or syntax.form(noun).lower() not in lexicon.noun_forms or that >= sentence.stop:
        return
    if syntax.lemma[noun + 1].lower() not in ("be", "remain") or syntax.upos[that] != "SCONJ":
        return
    owner = next((k for k in syntax.children(noun) if syntax.rel[k] == "nmod:poss"), None)
    who = [t for t in syntax.subtree(owner) if t < noun] if owner is not None else []
    if who:
        yield from _draft(syntax, range(who[0], who[-1] + 1), range(noun, noun + 1), range(that, sentence.stop))


def _word_from(verb: int, syntax: Syntax) -> Iterator[Draft]:
    """ "The mayor got word from the hospital that nine had died": the hospital says it."""
    sentence, noun = syntax.sentence_of(verb), verb + 1
    if syntax.lemma[verb].lower() not in _GETS or noun + 1 >= sentence.stop:
        return
    if syntax.form(noun).lower() not in _NEWS or syntax.form(noun + 1).lower() != "from":
        return
    near = range(noun + 2, min(noun + 2 + _LONGEST, sentence.stop))
    that = next((t for t in near if syntax.form(t).lower() == "that"), None)
    if that is not None and all(syntax.upos[t] in _NOMINAL for t in range(noun + 2, that)):
        yield from _draft(syntax, range(noun + 2, that), range(noun, noun + 2), range(that, sentence.stop))


def _of_nobody(noun: int, syntax: Syntax) -> Iterator[Draft]:
    """ "There are unconfirmed reports that the bridge fell": they are nobody's, and not the author's own word."""
    if syntax.upos[noun] != "NOUN" or syntax.form(noun).lower() not in _REPORTS:
        return
    clause = next((k for k in syntax.children(noun) if k > noun and syntax.rel[k] in ("acl", "ccomp")), None)
    if clause is None or any(syntax.rel[k] == "nmod:poss" for k in syntax.children(noun)):
        return
    own = syntax.subtree(clause)
    if syntax.form(own[0]).lower() == "that" and len(own) >= _FEWEST:
        yield from _draft(syntax, range(0), range(noun, noun + 1), range(own[0], own[-1] + 1))


def _draft(syntax: Syntax, who: range, cue: range, said: range) -> Iterator[Draft]:
    clause = len(said) >= _FEWEST and any(syntax.upos[t] in ("VERB", "AUX") for t in said)
    new = drafted(syntax, "phrase", who, cue, said) if clause else None
    yield from (new,) if new is not None else ()
