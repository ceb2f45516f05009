"""Who says a thing and what they do by that, on one line and before its words: in a heading, a cell, a title, a list.

In:   claims.   Out: "Tomas Reyk denies", "no source (assertion), in a denial by Tomas Reyk: “any gun had fired”".
Knows nothing of: HTML, files.
"""

from __future__ import annotations

from collections.abc import Mapping

from sayso.publish import wording
from sayso.publish.chains import chain, passed_on, speaker
from sayso.records import Claim


def says(claim: Claim) -> str:
    """Who says it and what they do by it: "Tomas Reyk denies"; of the author's own words "the author (assertion)".

    Where what it does is told in other words than its own, these stand beside it: "leaves open (“did not rule out”)".
    """
    return f"{wording.one_line(speaker(claim))} {does(claim)}"


def does(claim: Claim) -> str:
    """The same without who it is."""
    act, cue = wording.act(claim) if claim.source else f"({wording.act(claim)})", wording.beside(claim)
    return f"{act} (“{cue}”)" if cue else act


def told(claim: Claim, by_id: Mapping[str, Claim]) -> str:
    """The same, and how we have it from whom. ``by_id``: the claims that it lies in, at least."""
    passed = passed_on(chain(claim, by_id))
    return f"{says(claim)}, {wording.one_line(passed)}" if passed else says(claim)


def quoted(claim: Claim, by_id: Mapping[str, Claim], most: int | None = None) -> str:
    """And with which words, so that no content stands alone; elided to ``most`` characters."""
    words = wording.unquoted(wording.one_line(" … ".join(claim.content.pieces)))
    return f"{told(claim, by_id)}: “{words if most is None else wording.elided(words, most)}”"
