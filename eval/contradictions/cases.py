"""Pairs of claims of one case that look like one event, labelled: what link tells of them in earnest. See README.md.

In:   cases.jsonl, examples/, eval/origins/dev.   Out: pairs of Stated claims with their outcome.
Knows nothing of: how a pair is judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import msgspec

from eval.origins.measure import claims_at
from eval.origins.stories import load as stories
from sayso.case import knowledge, lexicon, reader
from sayso.link.compare import in_order
from sayso.link.judged import Outcome
from sayso.link.matter import EVENT, alike
from sayso.link.numbers import np
from sayso.link.sketch import Sketch, sketch
from sayso.link.stated import Stated
from sayso.read import read_bytes
from sayso.records import Document
from sayso.study import study

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"


class _Side(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    article: str
    claim: str


class _Labelled(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    story: str
    outcome: Outcome
    a: _Side
    b: _Side


class InCase(NamedTuple):
    """Two claims of one case, the earlier one first, the score of their being of one event, how they stand; None: it
    has no label.
    """

    story: str
    a: Stated
    b: Stated
    sure: float
    outcome: Outcome | None


def pairs() -> Iterator[InCase]:
    """All pairs of claims of two articles of a story that look like one event, but for those of the very same words."""
    labels: dict[str, list[_Labelled]] = defaultdict(list)
    for line in (HERE / "cases.jsonl").read_bytes().splitlines():
        row = msgspec.json.decode(line, type=_Labelled)
        labels[row.story].append(row)
    for story, own in _articles():
        known = dict(_found(own, labels[story]))
        for a, b in combinations(own.values(), 2):
            event = alike(a, b).event
            for i, j in np.argwhere(event >= EVENT):
                one, other = in_order(a.claims[i], b.claims[j])
                if one.terms != other.terms:
                    label = known.get(frozenset((one.claim.id, other.claim.id)))
                    yield InCase(story, one, other, float(event[i, j]), label)


def _articles() -> Iterator[tuple[str, dict[str, Sketch]]]:
    files = sorted(EXAMPLES.glob("[01]*"))
    read = {f.name: d for f in files for d in read_bytes(f.read_bytes(), path=f.name) if isinstance(d, Document)}
    for name, documents in (("examples", read), *((s.name, s.articles) for s in stories("dev"))):
        yield name, {n: sketch(study(d, reader(), knowledge()), lexicon()) for n, d in documents.items()}


def _found(own: dict[str, Sketch], labels: list[_Labelled]) -> Iterator[tuple[frozenset[str], Outcome]]:
    """The labels by the claims that are read at their words."""
    for row in labels:
        sides = [claims_at(own[s.article].ledger, s.claim) for s in (row.a, row.b)]
        if all(sides):
            yield frozenset(claims[0].id for claims in sides), row.outcome
