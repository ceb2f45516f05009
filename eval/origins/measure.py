"""What the links of a story are worth against its labels, beside what people count today.

In:   Stories, their Links.   Out: counts.
Knows nothing of: how links are found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import msgspec

from eval.origins.stories import Story, StoryClaim
from sayso.links import Cluster, Edge, Link
from sayso.records import Claim, Ledger
from sayso.spans import Span

_HALF = 0.5
_NEAR = 0.5  # of the words of two articles, for them to be near-duplicates (3-grams, Jaccard)


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One claim of a story: its true count and what is counted. ``found``: articles that its cluster has."""

    story: str
    says: str
    true: int
    low: int
    high: int
    articles: int
    found: int
    foreign: int
    urls: int
    outlets: int
    duplicates: int


def claims_at(ledger: Ledger, words: str) -> list[Claim]:
    """The claims of an article whose content holds most of ``words``, the closest first."""
    start = ledger.document.text.index(words)
    there = Span(start, start + len(words))
    found = []
    for claim in ledger.claims:
        common = sum(max(0, min(there.end, s.end) - max(there.start, s.start)) for s in claim.content.spans)
        if common > _HALF * len(there):
            found.append((-common / sum(map(len, claim.content.spans)), claim.id, claim))
    return [claim for _, _, claim in sorted(found, key=lambda x: x[:2])]


def counted(story: Story, ledgers: Mapping[str, Ledger], links: Sequence[Link]) -> list[Result]:
    """The claims of a story with what was counted for each: that of the cluster that has most of its articles."""
    clusters = [x for x in links if isinstance(x, Cluster)]
    cluster_of = {claim: cluster for cluster in clusters for claim in cluster.claims}
    letter = {ledger.document.ref.id: name for name, ledger in ledgers.items()}
    groups = near_duplicates(story)
    out = []
    for claim in story.claims:
        votes: dict[str, set[str]] = defaultdict(set)
        for name, words in claim.in_.items():
            for found in claims_at(ledgers[name], words):
                if found.id in cluster_of:
                    votes[cluster_of[found.id].id].add(name)
        best = max(votes, key=lambda k: (len(votes[k]), k), default=None)
        cluster = next((c for c in clusters if c.id == best), None)
        own = {letter[d] for d in cluster.documents} if cluster else set()
        out.append(
            Result(
                story=story.name,
                says=claim.says,
                true=len(claim.origins),
                low=cluster.origins.low if cluster else 1,
                high=cluster.origins.high if cluster else 1,
                articles=len(claim.in_),
                found=len(own & claim.in_.keys()),
                foreign=len(own - claim.in_.keys()),
                urls=len(claim.in_),
                outlets=_outlets(story, claim),
                duplicates=len({min(g) for g in groups for name in claim.in_ if name in g}),
            )
        )
    return out


def _outlets(story: Story, claim: StoryClaim) -> int:
    return len({story.articles[name].ref.outlet for name in claim.in_})


def near_duplicates(story: Story) -> list[frozenset[str]]:
    """The articles in clusters of near-duplicates, as search engines have them: 3-grams, exact Jaccard."""
    rows = {}
    for name, document in story.articles.items():
        words = document.text.casefold().split()
        rows[name] = {tuple(words[i : i + 3]) for i in range(len(words) - 2)}
    groups = {name: frozenset((name,)) for name in rows}
    for a, b in combinations(sorted(rows), 2):
        if len(rows[a] & rows[b]) >= _NEAR * len(rows[a] | rows[b]):
            joined = groups[a] | groups[b]
            groups.update(dict.fromkeys(joined, joined))
    return sorted(set(groups.values()), key=sorted)


class Edges(msgspec.Struct, frozen=True, kw_only=True):
    """Edges found and labelled: ``right`` in both documents and direction, ``labelled`` in the relation, too."""

    right: int
    labelled: int
    found: int
    true: int


def edges(story: Story, ledgers: Mapping[str, Ledger], links: Iterable[Link]) -> tuple[Edges, list[str]]:
    """How the edges of a story compare with its labels, and a line for each that differs."""
    letter = {ledger.document.ref.id: name for name, ledger in ledgers.items()}
    true = {frozenset(e.ends): e for e in story.edges}
    found = {frozenset((letter[x.from_], letter[x.to])): x for x in links if isinstance(x, Edge)}
    right = labelled = 0
    lines = []
    for ends in sorted(true.keys() | found.keys(), key=sorted):
        gold, own = true.get(ends), found.get(ends)
        is_right = bool(gold and own and (gold.between or (letter[own.from_], letter[own.to]) == gold.ends))
        right += is_right
        labelled += bool(is_right and gold and own and gold.relation == own.relation)
        if not is_right or (gold and own and gold.relation != own.relation):
            said = f"{letter[own.from_]} {own.relation} {letter[own.to]} ({own.score})" if own else "nothing"
            wanted = f"{gold.ends[0]} {gold.relation} {gold.ends[1]}" if gold else "nothing"
            lines.append(f"{story.name}: wanted {wanted}, found {said}")
    return Edges(right=right, labelled=labelled, found=len(found), true=len(true)), lines
