"""Signs that single words are: on which lists of ``data/signs.toml`` claims are, and what a "no" turns round.

In:   the Sides of two claims, the earlier one first.   Out: Signs.
Knows nothing of: what a sign is worth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sayso.link.judged import Outcome, Sign, after
from sayso.link.side import Side, Spans, listed

_CLOSER: Mapping[Outcome, str] = {"refines": "one is closer: {}"}
_LATER: Mapping[Outcome, str] = {"updates": "a later word: {}"}
_OPEN: Mapping[Outcome, str] = {"unknown": "one says what would be, the other what is"}
_SAID: Mapping[Outcome, str] = {"disputes-attribution": "whether it was said: {}"}
_NO: Mapping[Outcome, str] = {
    "contradicts": "one puts it as so, the other as not so",
    "disputes-attribution": "one says that it was said, the other that it was not",
    "updates": "it was so, and a later word puts it as not so",
}
_COUNTS: Mapping[Outcome, str] = {"refines": "one counts, the other does not"}
# For each list what a word of it can tell, in the earlier claim only, in the later one only, in both.
_TELLS: dict[str, tuple[Mapping[Outcome, str], Mapping[Outcome, str], Mapping[Outcome, str]]] = {
    "vague": (_CLOSER, _CLOSER, {}),
    "somebody": (_CLOSER, _CLOSER, {}),
    "about": (_CLOSER, _CLOSER, {}),
    "whole": ({"contradicts": "all, or not all: {}"}, {"contradicts": "all, or not all: {}"}, {}),
    "none": (_NO, _NO, {}),
    "ahead": ({**_OPEN, "updates": "it lay ahead: {}, and a later word"}, _OPEN, {}),
    "may": (_OPEN, _OPEN, {}),
    "if": (_OPEN, _OPEN, {}),
    "going": ({"updates": "not yet over: {}, and a later word"}, {}, {}),
    "now": ({}, _LATER, {}),
    "perfect": ({}, {}, {}),
    "moved": ({}, _LATER, _LATER),
    "ended": ({}, _LATER, {}),
    "corrected": ({}, _LATER, {}),
    "saying": ({}, {}, {}),
    "words": ({}, {}, {}),
    "forged": (_SAID, _SAID, _SAID),
    "who": (_SAID, _SAID, _SAID),
    "doubt": ({}, {}, {}),
    "because": (_CLOSER, _CLOSER, {}),
    "other": ({}, {}, {}),
    "how": (_CLOSER, _CLOSER, {}),
}


def words(one: Side, other: Side, held: tuple[float, float]) -> Iterator[Sign]:
    """The lists. ``held``: the share of the plain words of each for which the other has a word."""
    for name, tells in _TELLS.items():
        if name not in one.lists and name not in other.lists:
            continue
        here, there = one.on(name), other.on(name)
        spans = here or one.content, there or other.content
        seen = here and not there, there and not here, here and there
        for which, told, is_so in zip(("a", "b", "both"), tells, seen, strict=True):
            if is_so:
                said = _quoted(one, here) if which == "a" else _quoted(other, there)
                yield Sign(f"{name} {which}", 1.0, {o: t.format(said) for o, t in told.items()}, *spans)
    speak = [bool(s.on("saying") or s.on("words")) for s in (one, other)]
    yield from _turned(one, other, sum(held), said=any(speak), both=all(speak))
    yield from _together(one, other)


def _quoted(own: Side, at: Spans) -> str:
    return f"“{at[0].of(own.own.text)}”" if at else ""


def _turned(one: Side, other: Side, held: float, *, said: bool, both: bool) -> Iterator[Sign]:
    """What a "no" in one of them turns round."""
    denies = [bool(s.on("none")) or s.own.negative for s in (one, other)]
    negative = one.own.negative != other.own.negative
    turned = negative or bool(one.on("none")) != bool(other.on("none"))
    spans = one.on("none") or one.turning, other.on("none") or other.turning
    whole = bool(one.on("whole") or other.on("whole"))
    for name, value in (
        ("negative one", float(negative)),
        ("no one", float(turned)),
        ("no and said", float(turned and said)),
        ("no and both said", float(turned and both)),
        ("no and not said", float(turned and not said)),
        ("no held", turned * min(1.0, held)),
        ("whole and no", float(turned and whole)),
    ):
        if value:
            yield Sign(name, value, _NO, *spans)
    yield Sign("both no", float(all(denies)))
    denied = (one.own.denied | other.own.denied) & listed("saying")
    yield Sign("denied saying", float(bool(denied)), {"disputes-attribution": _NO["disputes-attribution"]}, *spans)


def _together(one: Side, other: Side) -> Iterator[Sign]:
    """Lists that tell something together."""
    later = after(one.own, other.own) > 0
    going, ended = one.on("going"), other.on("ended") or other.on("now")
    said: Mapping[Outcome, str]
    if later and going and ended:
        said = {"updates": f"not yet over: {_quoted(one, going)}, then {_quoted(other, ended)}"}
        yield Sign("going then ended", 1.0, said, going, ended)
    ahead = one.on("ahead")
    if later and ahead and not other.on("ahead"):
        said = {"updates": f"it lay ahead: {_quoted(one, ahead)}, and a later word"}
        yield Sign("ahead then not", 1.0, said, ahead, other.content)
    corrected = bool((one.cues | other.cues) & listed("corrected"))
    said = {"updates": "a source revises what was said"}
    yield Sign("corrected cue", float(corrected), said, one.turning, other.turning)
    figures = bool(one.own.figures), bool(other.own.figures)
    vague = bool((one.on("vague") and figures[1]) or (other.on("vague") and figures[0]))
    yield Sign("vague and figure", float(vague), _COUNTS, one.content, other.content)
    yield Sign("figure one", float(figures[0] != figures[1]), _COUNTS, one.content, other.content)
    yield Sign("figure both", float(all(figures)))
