"""What was weighed, as one HTML file or a part of one: the result, what each origin adds with its reasons, the matrix.

In:   a Weighed.   Out: values ready to be laid out; a page that loads nothing and runs nothing.
Knows nothing of: how any number came about; the pages that show the parts.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from sayso.publish.page import STYLES, csp_hash, piece, template
from sayso.publish.pictures import bars, matrix, results
from sayso.publish.pictures.matrix import CELLS
from sayso.publish.weighed import TITLES, graded, left_out, ratios, share, told, what
from sayso.publish.wording import elided, one_line, reason
from sayso.weigh.admiralty import DIGITS
from sayso.weigh.hypotheses import OTHER
from sayso.weigh.weighed import Contribution, Count, Shown, Weighed

SAME = "However uncertain ties are taken"


@dataclass(frozen=True, slots=True)
class Adds:
    """An origin. ``ratios``: of each hypothesis to "other"; ``without``: what the result is if it is left out."""

    who: str
    what: str
    also: tuple[str, ...]
    evidence: tuple[int, ...]
    ratios: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    without: str | None
    pinned: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """One way to count; both at once, where they come to the same. ``linchpins``: None where there is no posterior."""

    heading: str
    picture: Markup
    adds: tuple[Adds, ...]
    linchpins: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Weight:
    """A piece of evidence. ``link``: the id of the claim that it names, if it names one."""

    number: int
    says: str
    link: str | None
    ref: str
    note: str | None
    possibly: int


@dataclass(frozen=True, slots=True)
class Grade:
    """A suggested digit with its reasons, and who says it with the letters that people gave them."""

    evidence: int
    digit: int
    words: str
    reasons: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A Weighed ready to be laid out. ``key``: what its ids begin with, so that several stand on one page."""

    key: str
    found: Weighed
    results: Markup
    counts: tuple[Counted, ...]
    matrix: Markup
    evidence: tuple[Weight, ...]
    grades: tuple[Grade, ...]


def reckoned(found: Weighed, key: str = "") -> Reckoning:
    """Pictures and words of it."""
    words = told(found)
    return Reckoning(
        key=key,
        found=found,
        results=Markup(results(found, key=f"{key}results")),  # noqa: S704 - every word in it is escaped
        counts=tuple(_counts(found, key)),
        matrix=Markup(matrix(found, key=f"{key}matrix")),  # noqa: S704 - as above
        evidence=tuple(_weight(shown, words[shown.evidence]) for shown in found.evidence),
        grades=tuple(
            Grade(
                s.evidence, s.digit, DIGITS[s.digit], s.reasons, tuple((one_line(g.who), graded(g)) for g in s.sources)
            )
            for s in found.admiralty
        ),
    )


def render(found: Weighed, *, version: str) -> str:
    """One HTML file."""
    style = "".join(map(piece, STYLES))
    return template("reckoning.html.j2").render(
        reckoning=reckoned(found),
        names=names(),
        style=Markup(style),  # noqa: S704 - our own files, named by their hash in the policy
        style_hash=csp_hash(style),
        version=version,
    )


def names() -> dict[str, object]:
    """What the shared template asks for beside a Reckoning."""
    return {"share": share, "other": OTHER, "cells": CELLS}


def _counts(found: Weighed, key: str) -> list[Counted]:
    low, high = found.low, found.high
    if [c.log for c in low.contributions] == [c.log for c in high.contributions]:
        return [_counted(low, SAME, found, key)]
    return [_counted(count, TITLES[count.ties], found, key) for count in (low, high)]


def _counted(count: Count, heading: str, found: Weighed, key: str) -> Counted:
    pins = [one_line(c.who) for c in count.contributions if c.origin in count.linchpins]
    return Counted(
        heading=heading,
        picture=Markup(bars(count, found, key=f"{key}bars-{count.ties}")),  # noqa: S704 - every word is escaped
        adds=tuple(_adds(c, count) for c in count.contributions),
        linchpins=tuple(pins) if count.posterior is not None else None,
    )


def _adds(one: Contribution, count: Count) -> Adds:
    return Adds(
        who=one_line(one.who),
        what=what(one),
        also=tuple(map(one_line, one.also)),
        evidence=one.evidence,
        ratios=ratios(one),
        reasons=tuple(map(reason, one.reasons)),
        without=left_out(one, count),
        pinned=one.origin in count.linchpins,
    )


def _weight(shown: Shown, words: str) -> Weight:
    claim = shown.ref.rpartition(" on ")[2]
    link = claim if claim[:1] == "c" and claim[1:].isalnum() else None
    return Weight(shown.evidence, elided(words, 400), link, one_line(shown.ref), shown.note, shown.possibly)
