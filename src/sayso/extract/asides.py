"""Find clauses set off by commas that say who speaks, which the reader passed over: “Rain, claims the almanac, falls”.

In:   Parsed, what is said already, Syntax.   Out: Drafts.
Knows nothing of: what else is said.

Reporting clauses in the middle or at the end of a sentence (Quirk et al. 1985, 14.28-29): the commas, the order of
their few words and a verb that reports leave little doubt, however seldom the verb is. The rest of the sentence is what
is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.extract.drafts import Draft
from sayso.extract.sources import describe
from sayso.lexicon import Lexicon
from sayso.parse import Parsed
from sayso.spans import Span
from sayso.syntax import Syntax

_LONGEST = 8  # words of who speaks
_FEWEST = 3  # words of what is said
_NOUNS = frozenset(("NOUN", "PROPN"))
_NOMINAL = _NOUNS | {"DET", "ADJ", "ADP", "NUM", "PART"}
_NOMINATIVE = frozenset(("he", "she", "they", "i", "we"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_OPEN = frozenset(("SCONJ", "ADP", "CCONJ"))
_AROUND = frozenset((",", "?", "!"))
_ENDS = frozenset((",", ".", ";", "!", "?"))
_SPEAKERS = frozenset(("person", "people", "organisation", "government", "armed_group", "outlet"))
_ACTS = frozenset(("assert", "deny", "accuse", "predict", "promise", "threaten", "doubt", "believe", "ask"))


def asides(parsed: Parsed, said: Sequence[Draft], syntax: Syntax, lexicon: Lexicon) -> list[Draft]:
    """All drafts, and those of reporting clauses set off by commas, in place of what was made of their words."""
    found: list[Draft] = []
    for verb in range(1, len(syntax)):
        if syntax.xpos[verb] in _FINITE and _reports(syntax, verb, lexicon):
            found += _of(parsed, verb, said, syntax, lexicon)
    replaced = [d for new in found for d in said if _misread(d, new)]
    return [*(d for d in said if all(d is not other for other in replaced)), *found]


def _reports(syntax: Syntax, verb: int, lexicon: Lexicon) -> bool:
    """A verb that takes what is said and nobody who is told: "told the guard" may be all that was done."""
    return syntax.lemma[verb].lower() in lexicon.words.manner or any(
        not form.verb.tells and not form.rest and form.verb.act in _ACTS
        for form in lexicon.verb_forms.get(syntax.form(verb).lower(), ())
    )


def _of(parsed: Parsed, verb: int, said: Sequence[Draft], syntax: Syntax, lexicon: Lexicon) -> Iterator[Draft]:
    place = syntax.span(verb)
    sentence = syntax.sentence_of(verb)
    who = _after(verb, sentence, syntax) or _before(verb, sentence, syntax)
    if who is None:
        return
    source = Span(syntax.start[who.start], syntax.end[who.stop - 1])
    first, last = min(who.start, verb), max(who.stop, verb + 1)
    before, after = range(sentence.start, first - 1), range(last + 1, sentence.stop)
    content = tuple(s for part in (before, after) if (s := _words(part, syntax)))
    if not _is_said(before, after, syntax) or _goes_on(after, syntax, clause=who.start < verb):
        return
    if not _named(who, syntax) and describe(parsed, (source,), lexicon).type not in _SPEAKERS:
        return
    if any(q.span.contains(place) for q in parsed.quotations_over(place)):
        return
    if any(d.cue and d.cue.overlaps(place) and d.source for d in said if not _is_swapped(d)):
        return  # the reader has it
    new = Draft(by="aside", source=(source,), cue=place, content=content)
    if not any(
        span.overlaps(piece) for d in said if not _misread(d, new) for span in d.spans for piece in (source, place)
    ):
        yield new


def _after(verb: int, sentence: range, syntax: Syntax) -> range | None:
    """Who stands behind the verb: ", boasted the customs chief."."""
    if verb - 1 < sentence.start or syntax.form(verb - 1) not in _AROUND:
        return None
    at = verb + 1
    while at < sentence.stop and syntax.upos[at] in _NOMINAL and at - verb <= _LONGEST:
        at += 1
    if at == verb + 1 and at < sentence.stop and syntax.form(at).lower() in _NOMINATIVE:
        at += 1
    closed = at == sentence.stop or syntax.form(at) in _ENDS
    return range(verb + 1, at) if closed and _is_phrase(range(verb + 1, at), syntax) else None


def _before(verb: int, sentence: range, syntax: Syntax) -> range | None:
    """Who stands before it: ", the judge snapped,"."""
    if verb + 1 < sentence.stop and syntax.form(verb + 1) not in _ENDS:
        return None
    at = verb
    while at > sentence.start and syntax.upos[at - 1] in _NOMINAL and verb - at < _LONGEST:
        at -= 1
    if at == verb and at > sentence.start and syntax.form(at - 1).lower() in _NOMINATIVE:
        at -= 1
    opened = at > sentence.start and syntax.form(at - 1) in _AROUND
    return range(at, verb) if opened and _is_phrase(range(at, verb), syntax) else None


def _is_phrase(who: range, syntax: Syntax) -> bool:
    """Has it a noun or a pronoun, and opens it as a phrase does ("to the guard" is none)?"""
    if not who or syntax.upos[who.start] in ("ADP", "PART"):
        return False
    return any(syntax.upos[t] in _NOUNS for t in who) or syntax.form(who.start).lower() in _NOMINATIVE


def _named(who: range, syntax: Syntax) -> bool:
    return all(syntax.upos[t] == "PROPN" for t in who) or syntax.form(who.start).lower() in _NOMINATIVE


def _is_said(before: range, after: range, syntax: Syntax) -> bool:
    """Is what is around it a sentence of its own? Not where it is the only clause: "When asked, the judge laughed,"."""
    if sum(syntax.upos[t] != "PUNCT" for part in (before, after) for t in part) < _FEWEST or not before:
        return False
    here, there = (any(syntax.xpos[t] in _FINITE for t in part) for part in (before, after))
    joined = after and syntax.upos[after.start] in ("CCONJ", "SCONJ")
    if here and syntax.upos[before.start] not in _OPEN:
        return True
    return there and not joined and not (here and not after)


def _goes_on(after: range, syntax: Syntax, *, clause: bool) -> bool:
    """Is it one of several things that were done: "visited the mill, announced a fund, and left"? ``clause``: whoever
    did it stands before it: "The dog barked, the guard laughed, and the gate opened".
    """
    if len(after) < 2 or syntax.upos[after.start] != "CCONJ":
        return False
    return clause or syntax.xpos[after.start + 1] in _FINITE


def _words(part: range, syntax: Syntax) -> Span | None:
    """A part of a sentence without marks at its ends but those that belong to it."""
    own = list(part)
    while own and syntax.upos[own[0]] == "PUNCT" and syntax.form(own[0]) in _ENDS:
        own.pop(0)
    while own and syntax.form(own[-1]) in {",", ".", ";"}:
        own.pop()
    return Span(syntax.start[own[0]], syntax.end[own[-1]]) if own else None


def _is_swapped(draft: Draft) -> bool:
    """Was who speaks taken for what is said: "Rain, claims the almanac, …"?"""
    return len(draft.content) == 1 and draft.cue is not None and 0 <= draft.content[0].start - draft.cue.end <= 1


def _misread(draft: Draft, new: Draft) -> bool:
    """Is it made of the same cue, with who speaks as what is said?"""
    if draft.cue is None or new.cue is None or not draft.cue.overlaps(new.cue):
        return False
    return any(piece.overlaps(new.source[0]) for piece in draft.content) or not draft.source
