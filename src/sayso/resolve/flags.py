"""Whether an event is put as not so, as possible, as to come, or as long past: what the grammar around it tells.

In:   Syntax, the word of an event and the words that carry it.   Out: Flags with the words that are the reason.
Knows nothing of: types of events, sources and how sure they are.

PLOVER names these four as auxiliary modes of any event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from sayso.resolve.plover import FlagName
from sayso.resolve.roles import base
from sayso.spans import Span
from sayso.syntax import Syntax

# Closed classes of the grammar; words of the open classes ("refuse", "plan") are operators in data/plover.
_NOT = frozenset({"not", "n't", "n’t", "never", "nowhere", "neither", "nor"})
_NO = frozenset({"no", "neither", "nobody", "nothing", "none"})
_MODALS = frozenset({"can", "could", "may", "might", "would", "should", "must", "ought", "ca"})
_WILL = frozenset({"will", "shall", "'ll", "’ll", "wo", "sha"})
_IF = frozenset({"if", "unless", "whether", "lest"})
_PERHAPS = frozenset({"perhaps", "maybe", "possibly", "potentially", "hypothetically"})
_TO_COME = frozenset({"go", "about", "due", "set", "likely", "ready", "prepared", "poised"})
_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
_AGO = frozenset({"decade", "century", "anniversary"})


class Flag(msgspec.Struct, frozen=True, kw_only=True):
    """Something the text says of an event as a whole, and the words that say so."""

    name: FlagName
    spans: tuple[Span, ...]


def flags(syntax: Syntax, trigger: int, carriers: Sequence[int], year: int | None = None) -> tuple[Flag, ...]:
    """The flags of the event of ``trigger``. ``carriers``: it and the verbs that only help to tell it ("carry out").

    ``year``: that of the document, where it is known; a year before the last is history.
    """
    found: dict[FlagName, list[int]] = {}
    for name, token in (*_polarity(syntax, trigger, carriers), *_mood(syntax, carriers)):
        found.setdefault(name, []).append(token)
    if old := list(_long_past(syntax, carriers, year)):
        found["historical"] = old
    if len(found.get("negated", [])) % 2 == 0:
        found.pop("negated", None)
    return tuple(
        Flag(name=name, spans=tuple(syntax.span(t) for t in sorted(set(tokens)))) for name, tokens in found.items()
    )


def _polarity(syntax: Syntax, trigger: int, carriers: Sequence[int]) -> Iterator[tuple[FlagName, int]]:
    for token in carriers:
        verbal = token != trigger or syntax.upos[token] in {"VERB", "ADJ"}
        for child in syntax.children(token):
            lemma = syntax.lemma[child].lower()
            if _is_before_to(syntax, child):  # "pledged never to strike": it is the striking that is negated
                continue
            if (
                (
                    base(syntax, child) in {"advmod", "cc", "aux"}
                    and (lemma in _NOT or syntax.form(child).lower() in _NOT)
                )
                or (syntax.rel[child] == "det" and lemma in _NO)
                or (syntax.rel[child] in {"case", "mark"} and lemma == "without")
            ) or (
                syntax.form(child).lower() == "longer"
                and any(syntax.lemma[t].lower() in _NO for t in (child - 1,) if t >= 0)
            ):
                yield "negated", child
            elif verbal and base(syntax, child) in {"nsubj", "obj"}:
                yield from (("negated", no) for no in _none_of(syntax, child))
    top = carriers[-1]
    if syntax.rel[top] == "xcomp":
        beside = (c for c in syntax.children(syntax.head[top]) if c < top and _is_before_to(syntax, c))
        yield from (("negated", c) for c in beside)
    for above in _lifted(syntax, carriers):  # "did not manage to reach"
        for child in syntax.children(above):
            negation = base(syntax, child) == "advmod" and syntax.lemma[child].lower() in _NOT
            if negation and not _is_before_to(syntax, child):
                yield "negated", child


def _is_before_to(syntax: Syntax, token: int) -> bool:
    """A "not" between a verb and its infinitive, wherever a guessed tree hangs it."""
    after = token + 1
    return (
        base(syntax, token) == "advmod"
        and syntax.lemma[token].lower() in _NOT
        and syntax.head[token] < token
        and after < len(syntax)
        and syntax.lemma[after].lower() == "to"
    )


def _none_of(syntax: Syntax, noun: int) -> Iterator[int]:
    """ "no bridge", "nobody", "not a single barge"."""
    if syntax.lemma[noun].lower() in _NO:
        yield noun
    for child in syntax.children(noun):
        lemma = syntax.lemma[child].lower()
        if (syntax.rel[child] == "det" and lemma in _NO) or (
            base(syntax, child) == "advmod" and lemma in {"not", "n't"}
        ):
            yield child


def _lifted(syntax: Syntax, carriers: Sequence[int]) -> Iterator[int]:
    """Verbs above an infinitive that have no word of an event themselves and hand their polarity down."""
    at = carriers[-1]
    while syntax.rel[at] == "xcomp" and syntax.head[at] != at:
        at = syntax.head[at]
        if at not in carriers:
            yield at


def _mood(syntax: Syntax, carriers: Sequence[int]) -> Iterator[tuple[FlagName, int]]:
    for token in (*carriers, *_lifted(syntax, carriers)):
        for child in syntax.children(token):
            lemma = syntax.lemma[child].lower()
            if syntax.rel[child].startswith("aux") and (lemma in _WILL or syntax.form(child).lower() in _WILL):
                yield "future", child
            elif syntax.rel[child].startswith("aux") and lemma in _MODALS:
                told = lemma == "would" and syntax.rel[token] == "ccomp" and not _is_perfect(syntax, token)
                yield ("future" if told else "hypothetical"), child  # "said it would": a future that is told
            elif base(syntax, child) == "advmod" and lemma in _PERHAPS:
                yield "hypothetical", child
    for above in _lifted(syntax, carriers):
        if syntax.lemma[above].lower() in _TO_COME and syntax.xpos[above] not in {"VBD"}:
            yield "future", above
    yield from (("hypothetical", t) for t in _open(syntax, carriers[-1]))


def _open(syntax: Syntax, top: int) -> Iterator[int]:
    """The words by which a clause is a condition, stands under one, or is asked."""
    beside = syntax.children(syntax.head[top]) if syntax.rel[top] == "ccomp" else ()
    for condition in (*syntax.children(top), *beside):  # what follows from a condition is as open as it is
        if base(syntax, condition) in {"advcl", "ccomp"} and condition != top:
            marks = (m for m in syntax.children(condition) if syntax.rel[m] == "mark")
            yield from (m for m in marks if syntax.lemma[m].lower() in {"if", "unless"})
    for clause in (top, *syntax.ancestors(top)):
        marks = (c for c in syntax.children(clause) if syntax.rel[c] in {"mark", "advmod"})
        yield from (m for m in marks if syntax.lemma[m].lower() in _IF)
        if base(syntax, clause) in {"ccomp", "parataxis", "root"}:
            break
    last = syntax.sentence_of(top)[-1]
    while last > top and syntax.form(last) in "\"”’'":
        last -= 1
    if syntax.form(last) == "?":
        yield last


def _is_perfect(syntax: Syntax, verb: int) -> bool:
    return any(syntax.rel[c] == "aux" and syntax.lemma[c].lower() == "have" for c in syntax.children(verb))


def _long_past(syntax: Syntax, carriers: Sequence[int], year: int | None) -> Iterator[int]:
    """The words that set an event in a year before the last, or decades back."""
    for token in carriers:
        for child in syntax.children(token):
            rel = base(syntax, child)
            if rel not in {"obl", "nmod", "advmod", "compound", "nummod", "amod"}:
                continue
            lemmas = {syntax.lemma[t].lower(): t for t in syntax.subtree(child)}
            years = (t for t in lemmas.values() if _YEAR.fullmatch(syntax.form(t)))
            yield from (t for t in years if year is None or int(syntax.form(t)) < year - 1)
            if rel != "nmod":
                yield from (lemmas[w] for w in _AGO & set(lemmas))
            if {"year", "decade"} & set(lemmas):
                yield from (lemmas[w] for w in ("ago", "earlier") if w in lemmas)
