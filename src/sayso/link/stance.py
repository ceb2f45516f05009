"""How a claim puts what it says: as so, as not so, open, wanted; who only passes on what others told.

In:   claims.   Out: a Stance; whether two put the same words unlike; who passes on.
Knows nothing of: whether two claims are of one event.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sayso.link.stated import Stated
from sayso.link.words import weight
from sayso.records import Claim

Stance = Literal["so", "not so", "open", "wanted"]

_WANTS = ("order", "want")
_BEARS = 1 / 3  # of the words that a "no" is about, by weight, that the other says
_MOST = 0.6  # of the content of a claim, told by somebody else inside of it, for the claim to pass that on


def stance(claim: Claim) -> Stance:
    """Asked and left open is neither so nor not so; what is wanted or ordered is not said to be."""
    if claim.speech_act in _WANTS:
        return "wanted"
    if claim.speech_act == "ask" or (claim.factuality == "Uu" and claim.speech_act != "promise"):
        return "open"
    return "not so" if claim.factuality.endswith("-") else "so"


def asserts(claim: Claim) -> bool:
    """Does its source put it as so, or as not so?"""
    return stance(claim) in ("so", "not so")


def put_unlike(a: Stated, b: Stated) -> bool:
    """Are two like claims put unlike, so that they do not say the same: asked and told, as so and as not so in the same
    words; or does one name something instead of what the other says ("a fire rather than a mine")? The very same words
    are copies.
    """
    if a.own_stems == b.own_stems and _cue(a.claim) == _cue(b.claim):
        return False
    here, there = stance(a.claim), stance(b.claim)
    if {here, there} == {"so", "not so"}:
        return _turned(a, b) if here == "not so" else _turned(b, a)
    return here != there or _instead(a, b) or _instead(b, a)


def _turned(negative: Stated, other: Stated) -> bool:
    """Does the "no" of one bear on what the other says? "He took no part" and "he left the room" go together."""
    own = {s: weight(s) for s in negative.denied if s in negative.bare and s not in negative.figures}
    met = sum(w for s, w in own.items() if s in other.bare - other.denied)
    return met > 0 and met >= _BEARS * sum(own.values())


def _instead(one: Stated, other: Stated) -> bool:
    return not one.instead.isdisjoint(other.bare - other.denied)


def _cue(claim: Claim) -> str:
    return claim.cue.text.casefold() if claim.cue else ""


def passes_on(claim: Claim, others: Iterable[Claim]) -> bool:
    """Is most of what it says what somebody else told? ``others``: claims of its document, those told in it too."""
    whole = sum(map(len, claim.content.spans))
    return any(other.via == claim.id and _inside(other, claim) >= _MOST * whole for other in others)


def _inside(inner: Claim, outer: Claim) -> int:
    """How many characters of a claim are those of another that is told in it: its source, its cue, its content."""
    spans = [s for p in (inner.source, inner.cue, inner.content) if p for s in p.spans]
    return sum(len(s) for s in spans if any(o.contains(s) for o in outer.content.spans))
