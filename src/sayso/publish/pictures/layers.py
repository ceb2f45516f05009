"""A layered layout of a graph that needs no chance and no physics: the same graph lies the same way every time.

In:   nodes in their order, edges between them.   Out: Layers: what stands in each, from top to bottom.
Knows nothing of: sizes, words.

After Sugiyama: edges that go round in a circle are turned, each node stands one layer after the last that leads to it,
long edges get a waypoint in each layer they cross, and each layer is sorted by the middle of its neighbours.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Edge = tuple[str, str]
Item = str | tuple[int, int]  # a node, or where the edge of that number crosses that layer

_SWEEPS = 8


@dataclass(frozen=True, slots=True)
class Layers:
    """``routes``: for each edge the items it goes through, from its left end; ``turned``: edges whose left end is
    their end.
    """

    rows: tuple[tuple[Item, ...], ...]
    routes: tuple[tuple[Item, ...], ...]
    turned: frozenset[int]


def layered(nodes: Sequence[str], edges: Sequence[Edge]) -> Layers:
    """``nodes`` and ``edges`` in an order that does not depend on chance; no edge leads from a node to itself."""
    turned = _circular(nodes, edges)
    forward = [(b, a) if n in turned else (a, b) for n, (a, b) in enumerate(edges)]
    depth = _depths(nodes, forward)
    rows: list[list[Item]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for node in nodes:
        rows[depth[node]].append(node)
    routes: list[tuple[Item, ...]] = []
    for n, (a, b) in enumerate(forward):
        way: list[Item] = [(n, layer) for layer in range(depth[a] + 1, depth[b])]
        for point, layer in zip(way, range(depth[a] + 1, depth[b]), strict=True):
            rows[layer].append(point)
        routes.append((a, *way, b))
    return Layers(tuple(map(tuple, _sorted(rows, routes))), tuple(routes), turned)


def _circular(nodes: Sequence[str], edges: Sequence[Edge]) -> frozenset[int]:
    """The edges that close a circle on a walk in the order of the nodes."""
    out: dict[str, list[tuple[int, str]]] = {node: [] for node in nodes}
    for n, (a, b) in enumerate(edges):
        out[a].append((n, b))
    found: set[int] = set()
    done: set[str] = set()
    for root in nodes:
        path = [(root, iter(out[root]))] if root not in done else []
        on = {root}
        while path:
            node, rest = path[-1]
            for n, other in rest:
                if other in on:
                    found.add(n)
                elif other not in done:
                    on.add(other)
                    path.append((other, iter(out[other])))
                    break
            else:
                path.pop()
                on.discard(node)
                done.add(node)
    return frozenset(found)


def _depths(nodes: Sequence[str], edges: Iterable[Edge]) -> dict[str, int]:
    """The length of the longest way to each node."""
    edges = tuple(edges)
    depth = dict.fromkeys(nodes, 0)
    for _ in nodes:
        before = dict(depth)
        for a, b in edges:
            depth[b] = max(depth[b], depth[a] + 1)
        if depth == before:
            break
    return depth


def _sorted(rows: list[list[Item]], routes: Sequence[Sequence[Item]]) -> list[list[Item]]:
    """The rows, sorted to and fro by their neighbours; the best of what was tried."""
    left: dict[Item, list[Item]] = {}
    right: dict[Item, list[Item]] = {}
    for route in routes:
        for a, b in pairwise(route):
            right.setdefault(a, []).append(b)
            left.setdefault(b, []).append(a)
    best, fewest = [list(row) for row in rows], _crossings(rows, right)
    for sweep in range(_SWEEPS):
        near, ways = (left, range(1, len(rows))) if sweep % 2 == 0 else (right, range(len(rows) - 2, -1, -1))
        for n in ways:
            _sort(rows[n], rows[n - 1 if sweep % 2 == 0 else n + 1], near)
        if (count := _crossings(rows, right)) < fewest:
            best, fewest = [list(row) for row in rows], count
    return best


def _sort(row: list[Item], beside: Sequence[Item], near: Mapping[Item, Sequence[Item]]) -> None:
    """By the middle of its neighbours; what has none stays where it was, as far as it goes."""
    place = {item: n / max(1, len(beside) - 1) for n, item in enumerate(beside)}
    own = {item: n / max(1, len(row) - 1) for n, item in enumerate(row)}

    def middle(item: Item) -> float:
        at = [place[other] for other in near.get(item, ())]
        return sum(at) / len(at) if at else own[item]

    row.sort(key=middle)


def _crossings(rows: Sequence[Sequence[Item]], right: Mapping[Item, Sequence[Item]]) -> int:
    total = 0
    for row, after in pairwise(rows):
        place = {item: n for n, item in enumerate(after)}
        seen: list[int] = []
        for item in row:
            ends = sorted(place[other] for other in right.get(item, ()))
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total
