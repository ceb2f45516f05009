"""A decision: what a person decided on an entity or a source, when and why. None is ever changed; an undo is one, too.

In:   values.   Out: frozen records; those that hold.
Knows nothing of: what follows from a decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from sayso.errors import BadDecision
from sayso.weigh.hypotheses import Letter

Place = tuple[str, str]  # an entity of a document: the ids of both, which later documents do not change


class Grade(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="grade"):
    """The letter of a source on the Admiralty scale, as a person sees it. ``source``: its name."""

    source: str
    letter: Letter


class Merge(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="merge"):
    """The entities of which these are a part are one."""

    one: Place
    other: Place


class Apart(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="apart"):
    """The entities of which these are a part are two: that they may be one is not suggested any more."""

    one: Place
    other: Place


class Split(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="split"):
    """These are an entity of their own. ``members``: those that were taken out of another."""

    members: tuple[Place, ...]


class Undo(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="undo"):
    """The decision of that number holds no more. Undone itself, that one holds again."""

    decision: int


What = Grade | Merge | Apart | Split | Undo


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """``number``: its place among all of the case, from 1. ``by``: a person; ``on``: ISO 8601, UTC."""

    number: int
    by: str
    on: str
    why: str
    what: What


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A file of hypotheses as somebody kept it. ``number``: its place among all versions of all files, from 1.

    ``toml``: the file. ``by``: who kept it; ``on``: ISO 8601, UTC.
    """

    number: int
    name: str
    by: str
    on: str
    why: str
    toml: str


def check(what: What, by: str, why: str, before: Sequence[Decision]) -> None:
    """Raises BadDecision where somebody or something is missing, or nothing would be changed by it."""
    if not by.strip():
        raise BadDecision("a decision needs the name of who makes it: give your name")
    if isinstance(what, Grade) and what.letter != "F" and not why.strip():
        raise BadDecision(f"source {what.source}: a letter needs its reason: say why it is {what.letter}")
    if isinstance(what, Split) and not what.members:
        raise BadDecision("nothing is split off: choose at least one of its documents")
    if isinstance(what, Merge | Apart) and what.one == what.other:
        raise BadDecision("an entity is one with itself: choose two")
    if isinstance(what, Undo) and not any(r.number == what.decision for r in holding(before)):
        raise BadDecision(f"decision {what.decision} does not hold, so it cannot be undone: look at the history")


def holding(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Those that were not undone, in their order. An undo holds as well, so that it can be undone."""
    gone: set[int] = set()
    out = []
    for decision in sorted(decisions, key=lambda r: -r.number):  # an undo comes after what it undoes
        if decision.number not in gone:
            out.append(decision)
            if isinstance(decision.what, Undo):
                gone.add(decision.what.decision)
    return tuple(reversed(out))
