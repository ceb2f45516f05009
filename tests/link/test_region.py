"""Clustering where something changed comes to what clustering everything would: `region`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.link.same import MERGED, POSSIBLE, clusters
from sayso.link.upkeep import region

Pairs = dict[tuple[str, str], float]


class Graph:
    """Claims and their pairs, as they come one by one; what of a Shelf `region` asks for."""

    def __init__(self) -> None:
        self.known: Pairs = {}
        self.kept: dict[str, frozenset[str]] = {}
        self.dirty: set[str] = set()
        self.looked_at = 0

    def add(self, pairs: Pairs) -> None:
        self.known |= pairs
        self.dirty |= {claim for pair in pairs for claim in pair}

    def settle(self) -> None:
        while self.dirty:
            own, groups, pairs = region(self, min(self.dirty))  # type: ignore[arg-type]
            assert set(own) >= {min(self.dirty)}
            assert pairs == {pair: p for pair, p in self.known.items() if set(pair) & set(own)}
            self.looked_at += len(own)
            for claim in own:
                assert set(self.kept.get(claim, ())) <= set(own)
                self.kept.pop(claim, None)
            self.kept |= {claim: frozenset(group) for group, _ in groups for claim in group}
            self.dirty -= set(own)

    def hanging(self, claims: Collection[str]) -> set[str]:
        found = set(claims)
        while more := {
            there
            for pair, p in self.known.items()
            for here, there in (pair, pair[::-1])
            if p >= MERGED and here in found and there in self.dirty - found
        }:
            found |= more
        return found

    def stored(self, claims: Collection[str]) -> Mapping[str, frozenset[str]]:
        return {claim: self.kept.get(claim, frozenset([claim])) for claim in claims}

    def pairs(self, claims: Collection[str]) -> Pairs:
        return {pair: p for pair, p in self.known.items() if set(pair).intersection(claims)}


def whole(pairs: Pairs) -> set[frozenset[str]]:
    return {frozenset(group) for group, _ in clusters(pairs)}


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Pairs, list[str]]:
    names = [f"c{n:02}" for n in draw(st.permutations(range(draw(st.integers(2, 14)))))]
    values = st.sampled_from([POSSIBLE, 0.3, 0.349, MERGED, 0.36, 0.4, 0.4, 0.5, 0.6, 0.7, 0.94, 0.95, 1.0])
    pairs = {
        (min(pair), max(pair)): p
        for pair in combinations(names, 2)
        if (p := draw(st.one_of(st.none(), st.none(), values))) is not None
    }
    return pairs, names


@given(graphs(), st.data())
@settings(max_examples=400)
def test_claim_by_claim_comes_to_the_clusters_of_the_whole(made: tuple[Pairs, list[str]], data: st.DataObject) -> None:
    pairs, names = made
    graph = Graph()
    there: set[str] = set()
    while names:
        some = data.draw(st.integers(1, len(names)))
        there |= set(names[:some])
        names = names[some:]
        graph.add({pair: p for pair, p in pairs.items() if there.issuperset(pair) and pair not in graph.known})
        graph.settle()
        assert set(graph.kept.values()) == whole(graph.known)


def test_a_chain_of_chance_pairs_is_not_followed() -> None:
    graph = Graph()
    inside = {(f"{n:03}{a}", f"{n:03}{b}"): 0.8 for n in range(200) for a, b in ("xy", "xz", "yz")}
    between = {(f"{n:03}z", f"{n + 1:03}x"): 0.4 for n in range(199)}
    graph.add(inside | between)
    graph.settle()
    assert len(set(graph.kept.values())) == 200
    graph.looked_at = 0
    graph.add({("100x", "new"): 0.7, ("100y", "new"): 0.7, ("100z", "new"): 0.7})
    graph.settle()
    assert frozenset({"100x", "100y", "100z", "new"}) in graph.kept.values()
    assert graph.looked_at == 4


def test_a_claim_that_parts_a_cluster_is_followed() -> None:
    graph = Graph()
    graph.add({("a", "b"): 0.4, ("c", "d"): 0.6})
    graph.settle()
    assert set(graph.kept.values()) == {frozenset("ab"), frozenset("cd")}
    graph.add({("b", "n"): 0.9})  # b has a nearer one now, and a is no longer near enough to both
    graph.settle()
    assert set(graph.kept.values()) == {frozenset("bn"), frozenset("cd")}
