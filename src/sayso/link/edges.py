"""The direct edges among documents: what came through a third one is left out.

In:   Bonds.   Out: Edges.
Knows nothing of: texts, claims.
"""

from __future__ import annotations

from collections.abc import Iterable

from sayso.link.bonds import Bond
from sayso.links import Edge
from sayso.spans import without

_THROUGH = 0.6  # of what two share, for it to have come through a third


def edges(bonds: Iterable[Bond]) -> tuple[Edge, ...]:
    """The Edge of every Bond that no third document explains, by ids. An edge depends on its neighbours only."""
    known = {(b.late, b.early): b for b in bonds}
    parents: dict[str, set[str]] = {}
    children: dict[str, set[str]] = {}
    for b in known.values():
        if b.derives:
            parents.setdefault(b.late, set()).add(b.early)
            children.setdefault(b.early, set()).add(b.late)
    out = []
    for b in known.values():
        around = parents.get(b.early, set()) | children.get(b.early, set())
        thirds = sorted(parents.get(b.late, set()) & around - {b.early})
        if not any(
            _explains(b, known[b.late, third], is_nearer=third in children.get(b.early, ())) for third in thirds
        ):
            out.append(_edge(b))
    return tuple(sorted(out, key=lambda e: (e.from_, e.to)))


def _explains(found: Bond, through: Bond, *, is_nearer: bool) -> bool:
    """Is what two documents share shared with a third that the later one has it from?

    ``is_nearer``: the third has it from the earlier one itself: then it must share more than that does.
    """
    if found.how in ("credit", "cite") and found.relation == "cites":
        return False  # it says so itself
    if not found.derives:
        return True
    own = sum(map(len, found.held))
    theirs = sum(map(len, through.held))
    common = own - sum(len(rest) for span in found.held for rest in without(span, through.held))
    named = (through.how is not None) - (found.how is not None)  # whom it names goes before whom it is more like
    nearer = theirs > own if is_nearer else theirs >= own
    return named >= 0 and (named > 0 or nearer) and common >= _THROUGH * own


def _edge(b: Bond) -> Edge:
    return Edge(
        from_=b.late,
        to=b.early,
        relation=b.relation,
        credited=not b.derives or b.how is not None,
        spans=b.passages,
        score=b.score,
        why=b.why,
    )
