"""Part a second verb that reports from what the first one reports: "said it was unsafe and blamed the mayor".

In:   a Reading, Lexicon.   Out: a Reading whose trees and contents have it beside the first verb.
Knows nothing of: who the sources are.

Where "and" joins a verb to a clause that is reported, or to the verb that reports it, a guessed tree mostly takes the
nearer one. Here a finite verb of the same tense that reports, too, goes with the verb that reports if the subject
between them cannot say anything or has a perfect that the verb does not share.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace as put

from msgspec.structs import replace

from sayso.lexicon import Lexicon
from sayso.reader import Found, Reading
from sayso.records import SpeechAct
from sayso.spans import Span, trimmed
from sayso.syntax import Syntax

_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_PRONOUNS = frozenset(("he", "she", "it", "they", "i", "we"))
_OWN = frozenset(("nsubj", "nsubj:pass", "csubj", "aux", "aux:pass", "mark", "cop"))
_SPEAKERS = frozenset(("person", "people", "organisation", "government", "armed_group", "outlet"))
_PLAIN: frozenset[SpeechAct] = frozenset(("deny", "accuse", "promise", "order"))
_LOOSE = " ,.;:–—-"


def parted(reading: Reading, lexicon: Lexicon) -> Reading:
    """The reading with such verbs beside the verb of saying; what was found of them has its source."""
    syntax = reading.syntax
    moves = {v: m for v in range(len(syntax)) if (m := _sayer(syntax, v, lexicon)) is not None}
    if not moves:
        return reading
    head = [moves.get(t, h) for t, h in enumerate(syntax.head)]
    mended = put(syntax, head=head)
    found = list(reading.found)
    for verb, sayer in moves.items():
        found = list(_beside(found, verb, sayer, mended))
    return Reading(tuple(found), mended)


def _sayer(syntax: Syntax, verb: int, lexicon: Lexicon) -> int | None:
    """The verb that reports which a later one goes with, though it hangs from what is reported."""
    said = syntax.head[verb]
    if syntax.rel[verb] != "conj" or syntax.rel[said] != "ccomp" or syntax.xpos[verb] not in _FINITE or said > verb:
        return None
    sayer, kids = syntax.head[said], syntax.children(verb)
    joined = any(syntax.form(k).lower() in ("and", "but") and k < verb for k in kids)
    if not joined or any(syntax.rel[k] in _OWN for k in kids) or sayer > said:
        return None
    if not (_reports(syntax, sayer, lexicon) and _reports(syntax, verb, lexicon)) or _tense(syntax, sayer) != (
        syntax.xpos[verb] == "VBD"
    ):
        return None
    return sayer if _is_other(syntax, said, verb, lexicon) else None


def _reports(syntax: Syntax, verb: int, lexicon: Lexicon) -> bool:
    known = lexicon.verb_forms.get(syntax.form(verb).lower(), ())
    return syntax.upos[verb] == "VERB" and any(not form.rest for form in known)


def _tense(syntax: Syntax, verb: int) -> bool:
    """Is it past?"""
    return syntax.xpos[verb] in ("VBD", "VBN")


def _is_other(syntax: Syntax, said: int, verb: int, lexicon: Lexicon) -> bool:
    """Is the subject of what is said hardly that of the verb behind it?"""
    subject = next((k for k in syntax.children(said) if syntax.rel[k].startswith("nsubj")), None)
    if subject is None:
        return False
    word = syntax.form(subject).lower()
    perfect = any(syntax.lemma[k].lower() == "have" for k in syntax.children(said) if syntax.rel[k] == "aux")
    if word in _PRONOUNS:  # "he had seen it rise and thought of the days"
        acts = {form.verb.act for form in lexicon.verb_forms.get(syntax.form(verb).lower(), ())}
        return perfect and syntax.xpos[verb] == "VBD" and bool(acts & _PLAIN)
    if perfect and syntax.xpos[verb] == "VBD":
        return True
    known = lexicon.head(word, capital=False) or lexicon.head(syntax.lemma[subject].lower(), capital=False)
    return syntax.upos[subject] == "NOUN" and (known is None or known.type not in _SPEAKERS)


def _beside(found: list[Found], verb: int, sayer: int, syntax: Syntax) -> Iterator[Found]:
    """What was found, with the content of the first verb cut before the second, and the second's own."""
    at, place = syntax.span(sayer), syntax.span(verb)
    cc = min((k for k in syntax.children(verb) if syntax.form(k).lower() in ("and", "but")), default=verb)
    first = next((f for f in found if f.cue.overlaps(at) and any(s.contains(place) for s in f.content)), None)
    if first is None:
        yield from found
        return
    cut = tuple(piece for s in first.content if (piece := _cut(syntax, s, syntax.start[cc])))
    if not cut:
        yield from found
        return
    known = False
    for one in found:
        if one is first:
            yield replace(one, content=cut)
        elif one.cue.overlaps(place):
            known = True
            yield one if one.source else replace(one, source=first.source)
        else:
            yield one
    if not known:
        own = [t for t in syntax.subtree(verb) if t > verb]
        rest = trimmed(syntax.text, syntax.start[own[0]], syntax.end[own[-1]], _LOOSE) if own else None
        if rest is not None:
            yield replace(first, cue=place, content=(rest,))


def _cut(syntax: Syntax, span: Span, end: int) -> Span | None:
    return trimmed(syntax.text, span.start, min(span.end, end), _LOOSE) if span.start < end else None
