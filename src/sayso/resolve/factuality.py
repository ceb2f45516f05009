"""How sure a source puts the events of what it says, with the words that show it.

In:   Syntax, a token or a Claim, the word lists.   Out: Judged.
Knows nothing of: whether anything happened; other claims, but for those a claim is nested in.

The values are FactBank's (Saurí & Pustejovsky 2009), always relative to a source. The rules give the value; a small
table learned on annotated sets (``eval.factuality --fit``) turns the value, its reasons and, where there is one, the
reader's own estimate into a number.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from sayso.lexicon import Lexicon
from sayso.records import HELD, Claim, Factuality
from sayso.resolve.acts import REMARKS, Stance, speech_act
from sayso.resolve.scope import Reason, Scope
from sayso.resolve.stances import SCALE, Stances, under, weaker
from sayso.spans import Span
from sayso.syntax import Syntax


class Judged(NamedTuple):
    """``certainty``: -3 (surely not) to 3 (surely so). ``why``: the words that made it so; none where nothing did."""

    value: Factuality
    certainty: float
    why: tuple[Reason, ...] = ()


class Scales(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The table that gives the number: for each value and each reason a summand, and the weight of the reader's own.

    ``alone`` serves where the reader gives no estimate.
    """

    alone: Mapping[str, float]
    beside: Mapping[str, float]

    def certainty(self, value: Factuality, why: Sequence[Reason], estimate: float) -> float:
        """-3 to 3."""
        table = self.alone if math.isnan(estimate) or not self.beside else self.beside
        if not table:
            return float(SCALE[value])
        total = sum(table.get(name, 0.0) for name in {value, *(reason.why for reason in why)})
        total += table.get("estimate", 0.0) * estimate if table is self.beside else 0.0
        low, high = (0.0, 3.0) if SCALE[value] > 0 else (-3.0, 0.0) if SCALE[value] < 0 else (-3.0, 3.0)
        return max(low, min(high, total))  # the number never says the opposite of the value


def scales(raw: str) -> Scales:
    """The table from its TOML (``data/certainty.toml``)."""
    return msgspec.convert(tomllib.loads(raw), Scales)


# Reasons of words/factuality.toml whose word tells nothing but whether its infinitive is so.
_CARRYING = frozenset(("seeming", "likely", "unlikely", "not able or willing", "not done", "not yet"))

_SHOWING = frozenset(("be", "have", "see", "find"))
_THINK = frozenset(("believe", "think", "suppose", "suspect", "assume"))  # no reason to
_OPENING = 9  # tokens of a content in which its "no evidence" stands
_PUT = frozenset(("ccomp", "xcomp", "conj", "csubj"))

_NO_TABLE = Scales(alone={}, beside={})


def factuality_of_event(syntax: Syntax, token: int, within: Span, words: Stances, table: Scales = _NO_TABLE) -> Judged:
    """How the text within a span puts the event that a token names: relative to whoever says the span."""
    state = Scope(syntax, syntax.within(within), words).of(token)
    return Judged(state.value, table.certainty(state.value, state.why, syntax.certainty[token]), state.why)


def factuality_of_claim(
    syntax: Syntax,
    claim: Claim,
    words: Stances,
    lexicon: Lexicon,
    table: Scales = _NO_TABLE,
    outer: Claim | None = None,
) -> tuple[Stance, Judged]:
    """What the source does, and how it puts the main event of what it says (the first of ``factuality_of_events``).

    ``outer``: the claim that this one is nested in. What is only doubted, denied, asked or wished to have been said is
    left open, as it is where the author says so: "she denies that she ever claimed that …".
    """
    stance = _stance(syntax, claim, words, lexicon)
    if outer is not None and _is_put(syntax, claim, outer, words):
        said = reported(syntax, claim, outer, words, lexicon, table)
        if said.value != "CT+":
            stance = stance._replace(
                value=_as_told(said.value, stance.value), why=(*stance.why, *said.why), done=said.value
            )
    if outer is not None and claim.source is None and (held := _held(_stance(syntax, outer, words, lexicon), outer)):
        stance = stance._replace(
            value="CT-", why=(*stance.why, held)
        )  # a claim of nobody is as who tells of it puts it
    if _held(stance, claim) is not None:
        return stance, Judged(stance.value, table.certainty(stance.value, stance.why, math.nan), stance.why)
    if (none := _no_evidence(syntax, claim, words)) is not None:
        return stance, Judged("Uu", 0.0, (*stance.why, none))
    events = factuality_of_events(syntax, claim, stance, words, table)
    if not events:
        return stance, Judged(stance.value, table.certainty(stance.value, stance.why, math.nan), stance.why)
    first = events[0][1]
    beside = (r for _, judged in events[1:] for r in judged.why if r.why in REMARKS)
    return stance, first._replace(why=(*first.why, *beside))  # "… and not a single shell has landed"


def _no_evidence(syntax: Syntax, claim: Claim, words: Stances) -> Reason | None:
    """ "There is no sign of a blast": by place, as guessed trees hang anything from the sign."""
    own = syntax.within(claim.content.spans[0])[:_OPENING]
    for at, token in enumerate(own[1:], 1):
        entry = words.embedded([syntax.form(token).lower(), syntax.lemma[token].lower()], "that")
        no = next((t for t in own[max(0, at - 2) : at] if syntax.form(t).lower() == "no"), None)
        reason = (
            syntax.form(token).lower() == "reason" and syntax.lemma[own[min(at + 2, len(own) - 1)]].lower() in _THINK
        )
        if no is None or not (reason or (entry is not None and entry.why == "evidence")):
            continue
        verbs = [t for t in own[:at] if syntax.upos[t] in ("VERB", "AUX")]
        shows = bool(verbs) and all(syntax.lemma[t].lower() in _SHOWING for t in verbs)
        return Reason(Span(syntax.start[no], syntax.end[token]), "evidence") if shows else None
    return None


def _held(stance: Stance, claim: Claim) -> Reason | None:
    """The words of a content that call what it speaks of false: "claims of a leak were without foundation"."""
    own = claim.content.spans[-1]
    return next((r for r in stance.why if stance.act == "deny" and r.why == HELD and own.contains(r.span)), None)


def _is_put(syntax: Syntax, inner: Claim, outer: Claim, words: Stances) -> bool:
    """Is the saying itself what the outer claim says? "The report, which says …", "her claim that …" are given."""
    cue = syntax.top(inner.cue.spans[0]) if inner.cue else None
    span = next((s for s in outer.content.spans if cue is not None and cue in syntax.within(s)), None)
    if cue is None or span is None or syntax.upos[cue] != "VERB":
        return False
    top, main = syntax.top(span), main_events(syntax, outer.content.spans, words)
    if not main or syntax.sentence[main[0]] != syntax.sentence[cue]:
        return False  # of several sentences the first may be asked, the next asserted
    for token in (cue, *syntax.ancestors(cue)):
        if token == top:
            return True
        if syntax.rel[token] not in _PUT:
            return False
    return False


def factuality_of_events(
    syntax: Syntax, claim: Claim, stance: Stance, words: Stances, table: Scales = _NO_TABLE
) -> list[tuple[int, Judged]]:
    """The main event of a claim and those that stand beside it ("… and not a single shell has landed"), as tokens."""
    found = []
    for token in main_events(syntax, claim.content.spans, words):
        within = next(s for s in claim.content.spans if token in syntax.within(s))
        found.append((token, judged_by(stance, factuality_of_event(syntax, token, within, words, table), table)))
    return found


def _stance(syntax: Syntax, claim: Claim, words: Stances, lexicon: Lexicon) -> Stance:
    source = claim.source.spans if claim.source else ()
    cue = claim.cue.spans[0] if claim.cue else None
    return speech_act(syntax, source, cue, claim.content.spans, words, lexicon)


def judged_by(stance: Stance, inner: Judged, table: Scales = _NO_TABLE) -> Judged:
    """An event of a content, as the source of the content puts it."""
    twice = any(r.why == HELD for r in stance.why) and any(r.why == HELD for r in inner.why)
    if stance.value == "CT+" or twice:  # the same words put both
        return inner._replace(why=(*stance.why, *inner.why))
    value, why = under(stance.value, inner.value), (*stance.why, *inner.why)
    return Judged(value, table.certainty(value, why, math.nan), why)


def main_events(syntax: Syntax, content: Sequence[Span], words: Stances) -> list[int]:
    """The events a content is about, the main one first.

    It is the highest word of the content, a verb if one of several that hang from outside is one ("accused [the crew
    of leaving]"); if that word names a claim ("claims that …") or the source's own belief ("I do not think that …"), it
    is what is claimed or believed.
    """
    own = [t for span in content for t in syntax.within(span)]
    inside = set(own)
    tops = [t for t in own if syntax.head[t] not in inside or syntax.head[t] == t]
    tops = [t for t in tops if syntax.upos[t] not in ("PUNCT", "SCONJ", "CCONJ", "ADP")]
    rated = sorted(tops, key=lambda t: (not _is_clause(syntax, t), syntax.upos[t] != "NOUN", t))
    if not rated:
        return []
    top = rated[0]
    scope = Scope(syntax, inside, words)
    entry = words.embedded([syntax.lemma[top].lower()], "that")
    thought = entry is not None and entry.whose == "thinker" and not scope.is_of_other(top, entry)
    if entry is not None and (syntax.upos[top] == "NOUN" or thought):
        below = (k for k in syntax.children(top) if syntax.rel[k] in ("acl", "ccomp") and _is_clause(syntax, k))
        top = next((k for k in below if k in inside), top)
    while (below_it := _carried(scope, top, inside)) is not None:
        top = below_it
    beside = [k for k in syntax.children(top) if syntax.rel[k] == "conj" and k in inside and _is_clause(syntax, k)]
    return [top, *beside]


def _carried(scope: Scope, top: int, inside: set[int]) -> int | None:
    """What a predicate only says to be so or not, of "appears to hold", "was unable to verify": the holding, the
    verifying. It has no other event of its own.
    """
    heads = [top, *(k for k in scope.syntax.children(top) if k in inside and scope.lemma(k) == "yet")]  # "has yet to"
    for head, kid in ((h, k) for h in heads for k in scope.syntax.children(h)):
        if kid not in inside or kid < head or scope.rel(kid) not in ("xcomp", "ccomp", "advcl"):
            continue
        entry = scope.taking(head, kid)
        if entry is not None and entry.whose == "own" and entry.why in _CARRYING:
            return kid
    return None


def _is_clause(syntax: Syntax, token: int) -> bool:
    return syntax.upos[token] == "VERB" or any(syntax.rel[k] == "cop" for k in syntax.children(token))


def reported(
    syntax: Syntax, inner: Claim, outer: Claim, words: Stances, lexicon: Lexicon, table: Scales = _NO_TABLE
) -> Judged:
    """How the source of ``outer`` puts it that ``inner``, which is nested in it, is said.

    "Tarnack denies that the clerk warned him": the warning is CT-, on the word of Tarnack.
    """
    stance = _stance(syntax, outer, words, lexicon)
    if inner.cue is None:
        return Judged(stance.value, float(SCALE[stance.value]), stance.why)
    own = syntax.within(inner.cue.spans[0])
    cue = next((t for t in own if syntax.head[t] not in own or syntax.head[t] == t), None)
    within = next((s for s in outer.content.spans if cue is not None and cue in syntax.within(s)), None)
    if cue is None or within is None:
        return Judged(stance.value, float(SCALE[stance.value]), stance.why)
    return judged_by(stance, factuality_of_event(syntax, cue, within, words, table), table)


def _as_told(outer: Factuality, inner: Factuality) -> Factuality:
    """What is not said is put in no way; what is perhaps said is no surer than that."""
    return "Uu" if SCALE[outer] <= 0 else weaker(inner, outer)
