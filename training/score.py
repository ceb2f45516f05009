"""Exact span F1 per role and linked attribution F1 (code point offsets)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

Span = tuple[int, int]
ROLES = ("source", "cue", "content")


@dataclass
class Linked:
    """An attribution to score; spans are code point offsets."""

    cue: Span
    sources: list[Span]
    contents: list[Span]


def overlaps(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def content_f1(gold: list[Span], pred: list[Span]) -> float:
    """Character F1 of two sets of fragments."""
    g = {i for s in gold for i in range(*s)}
    p = {i for s in pred for i in range(*s)}
    return 2 * len(g & p) / max(1, len(g) + len(p))


def same_source(gold: list[Span], pred: list[Span]) -> bool:
    """Sources overlap, or both are absent."""
    if not gold or not pred:
        return not gold and not pred
    return any(overlaps(a, b) for a in gold for b in pred)


def match(gold: list[Linked], pred: list[Linked]) -> int:
    """The size of a maximum one-to-one matching of correct attributions."""
    edges = [
        [
            j
            for j, p in enumerate(pred)
            if overlaps(g.cue, p.cue)
            and same_source(g.sources, p.sources)
            and content_f1(g.contents, p.contents) >= 0.5
        ]
        for g in gold
    ]
    owner: dict[int, int] = {}

    def augment(i: int, seen: set[int]) -> bool:
        for j in edges[i]:
            if j not in seen:
                seen.add(j)
                if j not in owner or augment(owner[j], seen):
                    owner[j] = i
                    return True
        return False

    return sum(augment(i, set()) for i in range(len(gold)))


@dataclass
class Scores:
    """Running counts over documents."""

    hit: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    pred: Counter[str] = field(default_factory=Counter)

    def add(
        self, gold_spans: dict[str, set[Span]], pred_spans: dict[str, set[Span]], gold: list[Linked], pred: list[Linked]
    ) -> None:
        """Adds one document."""
        for r in ROLES:
            self.hit[r] += len(gold_spans[r] & pred_spans[r])
            self.gold[r] += len(gold_spans[r])
            self.pred[r] += len(pred_spans[r])
        self.hit["linked"] += match(gold, pred)
        self.gold["linked"] += len(gold)
        self.pred["linked"] += len(pred)

    def prf(self, key: str) -> tuple[float, float, float]:
        """Precision, recall and F1 in per cent."""
        p = 100 * self.hit[key] / max(1, self.pred[key])
        r = 100 * self.hit[key] / max(1, self.gold[key])
        return p, r, 2 * p * r / max(1e-9, p + r)

    def f1(self) -> dict[str, float]:
        """F1 per role and of linked attributions."""
        return {k: self.prf(k)[2] for k in (*ROLES, "linked")}

    def table(self) -> str:
        """One line per role: precision, recall, F1."""
        return "  ".join("{} {:.1f}/{:.1f}/{:.2f}".format(k, *self.prf(k)) for k in (*ROLES, "linked"))
