"""Find what is said in court and the reader passed over: what a court was told, pleas, questions that are put.

In:   What is said already, Syntax, Lexicon.   Out: Drafts.
Knows nothing of: what else is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from sayso.extract.drafts import Draft, beside, drafted
from sayso.reader import Found
from sayso.spans import Span, trimmed
from sayso.syntax import Syntax

FORUMS = frozenset(
    (
        "court",
        "jury",
        "juror",
        "tribunal",
        "inquest",
        "inquiry",
        "hearing",
        "commission",
        "magistrate",
        "judge",
        "panel",
    )
)
_HEARING = re.compile(r"(?:\w+ )?(?:(?:was|were|been|being) told|heard?|hears|is told|are told)", re.IGNORECASE)
_PLEADS = frozenset(("plead", "pleads", "pleaded", "pleading", "pled"))
_QUESTIONS = frozenset(("who", "what", "whether", "if", "why", "how", "when", "where", "which"))
_NOMINAL = frozenset(("DET", "ADJ", "NOUN", "PROPN", "ADP", "NUM", "AUX"))
_LOOSE = " ,.;:"
_FEWEST = 3


def hearings(said: Sequence[Draft], syntax: Syntax) -> list[Draft]:
    """All drafts, and those of courts outside of what is said."""
    return beside(said, (new for t in range(len(syntax)) for rule in _RULES for new in rule(t, syntax)))


def of_forum(one: Found, syntax: Syntax) -> Found:
    """ "…, a court heard", "…, the jury was told": the court says nothing, and is no part of what it hears."""
    if not one.content or _HEARING.fullmatch(syntax.text[one.cue.start : one.cue.end]) is None:
        return one
    verb = next((t for t in syntax.within(one.cue) if syntax.lemma[t].lower() in ("hear", "tell")), None)
    who = _forum(verb, syntax) if verb is not None else None
    if who is None:
        return one
    start = syntax.start[who.start]
    before = tuple(
        piece
        for s in one.content
        if (piece := trimmed(syntax.text, s.start, min(s.end, start), _LOOSE)) and s.start < start
    )
    behind = tuple(s for s in one.content if s.start >= one.cue.end)
    return replace(one, source=(), content=before or behind or one.content)


def _forum(verb: int, syntax: Syntax) -> range | None:
    """The court that hears or is told, from a comma or the beginning of the sentence on: by place, as it stands at an
    end where guessed trees go astray.
    """
    at, first = verb, syntax.sentence_of(verb).start
    while at > first and syntax.upos[at - 1] in _NOMINAL:
        at -= 1
    noun = next((t for t in range(at, verb) if syntax.upos[t] in ("NOUN", "PROPN")), None)
    opens = at == first or syntax.form(at - 1) == ","
    return range(at, verb) if opens and noun is not None and syntax.lemma[noun].lower() in FORUMS else None


def _heard(verb: int, syntax: Syntax) -> Iterator[Draft]:
    """ "Two brothers plotted to kidnap a banker, jurors heard": at the end of a sentence."""
    told = syntax.form(verb).lower() == "told" and syntax.lemma[verb - 1].lower() == "be"
    if not told and syntax.form(verb).lower() != "heard":
        return
    who = _forum(verb, syntax)
    sentence = syntax.sentence_of(verb)
    if who is None or who.start <= sentence.start or syntax.form(who.start - 1) != ",":
        return
    first = next((t for t in who if syntax.upos[t] == "AUX"), verb)
    yield from _draft(syntax, (), range(first, verb + 1), range(sentence.start, who.start - 1))


def _plea(verb: int, syntax: Syntax) -> Iterator[Draft]:
    """ "Pleaded guilty to one count": who does so owns to it."""
    if syntax.form(verb).lower() not in _PLEADS:
        return
    negated = syntax.form(verb + 1).lower() == "not" if verb + 1 < len(syntax) else False
    word = verb + 1 + negated
    if word >= len(syntax) or syntax.form(word).lower() != "guilty":
        return
    who = next((k for k in syntax.children(verb) if syntax.rel[k].startswith("nsubj") and k < verb), None)
    stop = next((t for t in range(word, syntax.sentence_of(verb).stop) if _ends(t, verb, syntax)), word + 1)
    source = [t for t in syntax.subtree(who) if t < verb and syntax.upos[t] != "PUNCT"] if who is not None else []
    said = range(word + 1, stop)
    cue = range(verb, word + 1)
    if len(said) < 2:  # "pleaded not guilty": it is "guilty" that is denied
        said, cue = range(word, word + 1), range(verb, word)
    yield from _draft(syntax, source, cue, said, least=1)


def _ends(token: int, verb: int, syntax: Syntax) -> bool:
    """Does what is pleaded to end before a token?"""
    joined = syntax.upos[token] in ("CCONJ", "SCONJ") and any(
        syntax.head[token] == t and syntax.upos[t] in ("VERB", "AUX") and t != verb for t in range(token, len(syntax))
    )
    return joined or syntax.form(token) in (",", ".", ";", "and", "but", "after", "when", "while")


def _put(verb: int, syntax: Syntax) -> Iterator[Draft]:
    """ "The prosecutor put it to Mr Dunn that he had shot the nurse"."""
    form = [syntax.form(t).lower() for t in range(verb, min(verb + 3, len(syntax)))]
    if syntax.lemma[verb].lower() != "put" or form[1:] != ["it", "to"]:
        return
    sentence = syntax.sentence_of(verb)
    that = next((t for t in range(verb + 3, sentence.stop) if syntax.form(t).lower() == "that"), None)
    who = next((k for k in syntax.children(verb) if syntax.rel[k].startswith("nsubj") and k < verb), None)
    if that is None or who is None or that - verb > 12:
        return
    to = Span(syntax.start[verb + 3], syntax.end[that - 1])
    source = [t for t in syntax.subtree(who) if t < verb]
    for one in _draft(syntax, source, range(verb, verb + 3), range(that, sentence.stop)):
        yield replace(one, addressee=to)


def _asked(verb: int, syntax: Syntax) -> Iterator[Draft]:
    """ "Asked by Ms Reyk who had made the offer, he replied"."""
    sentence = syntax.sentence_of(verb)
    if verb != sentence.start or syntax.form(verb).lower() != "asked" or syntax.form(verb + 1).lower() != "by":
        return
    asks = next((t for t in range(verb + 2, sentence.stop) if syntax.form(t).lower() in _QUESTIONS), None)
    comma = next(
        (t for t in range(verb, sentence.stop) if syntax.form(t) == "," and asks is not None and t > asks), None
    )
    if asks is not None and comma is not None:
        yield from _draft(syntax, range(verb + 2, asks), range(verb, verb + 2), range(asks, comma))


def _draft(syntax: Syntax, who: Sequence[int], cue: range, said: range, least: int = _FEWEST) -> Iterator[Draft]:
    new = drafted(syntax, "hearing", who, cue, said) if len(said) >= least else None
    yield from (new,) if new is not None else ()


_RULES = (_heard, _plea, _put, _asked)
