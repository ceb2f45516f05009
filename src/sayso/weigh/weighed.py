"""What weighing gives: a frozen record of every number with its reasons. A contract.

In:   values.   Out: Weighed, which encodes to one JSON object.
Knows nothing of: how any of it is counted.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from sayso.weigh.defaults import Kind
from sayso.weigh.hypotheses import Hypothesis, Letter, Level

Cell = Literal["CC", "C", "N", "I", "II"]
By = dict[str, float]  # by the id of a hypothesis


class Contribution(msgspec.Struct, frozen=True, kw_only=True):
    """What one origin adds to the log-odds. ``log``: natural logarithms by hypothesis; only their differences matter.

    ``evidence``: the places in the file, from 1. ``also``: others that count as this one. ``documents``: all that carry
    it. ``without``: the posterior if it is left out; ``moves``: the most by which a posterior then differs; ``leads``:
    what leads then. None where there is no posterior.
    """

    origin: str
    kind: Kind
    who: str
    evidence: tuple[int, ...]
    documents: int
    also: tuple[str, ...] = ()
    log: By
    speaks: bool
    reasons: tuple[str, ...]
    without: By | None = None
    moves: float | None = None
    leads: tuple[str, ...] | None = None


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two ways to count. ``origins``: those that speak for one hypothesis more than for another.

    ``leads``: the likeliest hypotheses. ``linchpins``: origins without which another hypothesis leads, or a posterior
    moves by a tenth or more.
    """

    ties: Literal["dependent", "independent"]
    origins: int
    contributions: tuple[Contribution, ...]
    posterior: By | None
    leads: tuple[str, ...] | None
    linchpins: tuple[str, ...] = ()


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the matrix: one evidence, how it fits each hypothesis, and how far it tells them apart."""

    evidence: int
    ref: str
    cells: dict[str, Cell]
    likely: By
    credibility: Level
    relevance: Level
    diagnosticity: float


class Matrix(msgspec.Struct, frozen=True, kw_only=True):
    """Analysis of competing hypotheses, as a view for audit. Rows: what tells most apart first."""

    rows: tuple[Row, ...]
    inconsistency: By
    note: str


class Graded(msgspec.Struct, frozen=True, kw_only=True):
    """The grade that a person gave a source, F where nobody has."""

    who: str
    letter: Letter
    by: str | None = None
    on: date | None = None
    why: str | None = None


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """A digit of the Admiralty scale for what is claimed, never for who says it. A person decides."""

    evidence: int
    ref: str
    digit: Literal[1, 2, 3, 4, 5, 6]
    reasons: tuple[str, ...]
    sources: tuple[Graded, ...]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An evidence of the file: its place, what it names, its words, the user's note. ``possibly``: how many claims may
    say the same, which add nothing. ``left_out``: what people did to its claim, which does not stand any more.
    """

    evidence: int
    ref: str
    says: str
    note: str | None = None
    possibly: int = 0
    left_out: str | None = None


class Scored(msgspec.Struct, frozen=True, kw_only=True):
    """A value that some sources give. ``score``: None where there are too few of them to tell more than the count."""

    value: str
    sources: tuple[str, ...]
    score: float | None = None


class SlotScores(msgspec.Struct, frozen=True, kw_only=True):
    """The values of one slot, the one with the highest score first."""

    name: str
    values: tuple[Scored, ...]


class Copying(msgspec.Struct, frozen=True, kw_only=True):
    """Two sources, one of which may have copied from the other, and the chance of that by the model."""

    a: str
    b: str
    chance: float


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """What the sources of several slots bear out, copying taken into account. ``sources``: by name, how often each is
    with the scores. ``why``: why there are no scores.
    """

    slots: tuple[SlotScores, ...]
    sources: By = {}
    copying: tuple[Copying, ...] = ()
    why: str | None = None
    note: str


class Weighed(msgspec.Struct, frozen=True, kw_only=True):
    """All of it. The hypotheses, priors and likelihoods are the user's; the numbers follow from them.

    ``low``: every uncertain tie is taken as a dependence; ``high``: none is. ``why``: why there is no posterior.
    ``truth``: only where the file has slots.
    """

    kind: Literal["weighed"] = "weighed"
    question: str
    hypotheses: tuple[Hypothesis, ...]
    evidence: tuple[Shown, ...]
    low: Count
    high: Count
    why: str | None
    matrix: Matrix
    admiralty: tuple[Suggestion, ...]
    anonymous_cap: float
    truth: Truth | None = None
    notices: tuple[str, ...] = ()
