"""From the network's outputs to attributions: two chains of tags, read together.

One chain runs over each window and finds sources, cues and contents of any attribution. For each cue that it finds
another chain tells which sources and contents are that cue's. The mean of both probabilities chooses the spans. A
third chain finds the cues inside of contents; what belongs to them the second tells too.

In:   the outputs for overlapping windows of a text.   Out: Predicted, in words.
Knows nothing of: characters.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from sayso.reader.arguments import Argued, Arguments, Role
from sayso.reader.chain import Chain, Flags, Floats, Lattice, Words

# The kinds of span: < and > say on which side of a source or content its cue stands.
KINDS = ("S>", "S<", "Q", "C>", "C<")
INNER = ("Q",)  # cues inside of what another cue reports, in a chain of their own
SPAN_ROLE = {"S": "source", "Q": "cue", "C": "content"}
FLOOR = 0.03  # what is less likely is not looked at
Likely = dict[Words, float]


@dataclass(frozen=True)
class Window:
    """The network's outputs for the words start..end: ``tags`` (words, 21) scores, ``args`` (words, 2 D) vectors,
    ``inner`` (words, 5) scores.
    """

    start: int
    end: int
    tags: Floats
    args: Floats
    inner: Floats


@dataclass(frozen=True)
class Predicted:
    """An attribution in words. ``sure``: the probabilities that a cue stands there, that the contents are its own,
    that the source is (or that it has none, where it has none). ``score``: what they make together, calibrated.
    ``inner``: it lies in the content of another.
    """

    cue: Words
    sources: tuple[Words, ...]
    contents: tuple[Words, ...]
    sure: tuple[float, float, float]
    score: float
    inner: bool = False


@dataclass(frozen=True)
class Choice:
    """From which probability on a span is chosen: about half the F1 that its role reaches, which maximises the
    expected F1 (Lipton et al. 2014). ``share``: the weight of the cue's chain in the mean. ``candidate``: from here on
    a cue is chosen if a content that was chosen is its own. ``inner``: the same for a cue inside of a content. In this
    order they stand in a reader's tables (``choice``): each reader has its own.
    """

    source: float
    cue: float
    content: float
    share: float
    candidate: float
    inner: float


class Decoder:
    """The learned tables that turn outputs to attributions; the same for all texts."""

    def __init__(self, tables: Mapping[str, Floats]) -> None:
        self._chain = Chain(KINDS, tables["trans"], tables["first"], tables["last"])
        self._inner = Chain(INNER, tables["inner_trans"], tables["inner_first"], tables["inner_last"])
        self._arguments = Arguments(tables)
        self._calibration = tables["calibration"]
        self._choice = Choice(*map(float, tables["choice"]))

    def decode(self, windows: Sequence[Window], breaks: Flags) -> list[Predicted]:
        """The attributions of a text in the order of their cues. ``breaks``: whether a line break precedes a word."""
        if not windows:
            return []
        own = [breaks[w.start : w.end] for w in windows]
        lattice = self._chain.lattice([w.tags for w in windows], own)
        edges = cores(windows)
        first, sure = self._first(lattice, windows, edges)
        cues = choose(first["cue"], self._choice.candidate)
        outer = self._link(first, self._argued(cues, windows, own, edges), sure)
        contents = sorted(content for p in outer for content in p.contents)
        if not contents:
            return outer
        found, sure = self._inner_cues(windows, own, edges)
        taken = sorted(span for p in outer for span in (p.cue, *p.sources))
        cues = [c for c in choose(found, self._choice.inner) if _holder(c, contents) and not _meets(c, taken)]
        inner = self._inside(self._argued(cues, windows, own, edges), contents, sure)
        return sorted([*outer, *inner], key=lambda p: p.cue)

    def _argued(
        self, cues: Sequence[Words], windows: Sequence[Window], breaks: Sequence[Flags], edges: Sequence[Words]
    ) -> dict[Words, Argued]:
        """What the chain of each cue says, in the window that answers for its first word."""
        by_window = [
            [c for c in cues if low <= c[0] < high and c[1] <= w.end]
            for w, (low, high) in zip(windows, edges, strict=True)
        ]
        argued = self._arguments.of([w.args for w in windows], [w.start for w in windows], breaks, by_window, FLOOR)
        return dict(zip((c for part in by_window for c in part), argued, strict=True))

    def _inner_cues(
        self, windows: Sequence[Window], breaks: Sequence[Flags], edges: Sequence[Words]
    ) -> tuple[Likely, Floats]:
        """The cues inside of contents; how surely each word is part of one."""
        lattice = self._inner.lattice([w.inner for w in windows], breaks)
        found: Likely = {}
        for row, (a, b), p in lattice.spans(0, FLOOR):
            start = windows[row].start
            if edges[row][0] <= a + start < edges[row][1]:
                found[a + start, b + start] = p
        return found, _joined(lattice.inside(0), windows, edges)

    def _inside(self, argued: Mapping[Words, Argued], contents: Sequence[Words], sure: Floats) -> list[Predicted]:
        """Inner attributions: each cue with the likeliest contents and source of its chain, in the outer content."""
        out = []
        for cue, a in argued.items():
            holder = _holder(cue, contents)
            within = {s: p for s, p in a.spans["content"].items() if holder and _in(s, holder) and not _meets(s, [cue])}
            own = choose(within, self._choice.content) or _likeliest(within, [], 0.1)
            if own:
                sources = _likeliest(a.spans["source"], [cue, *own], 0.3)
                if sources and a.sourceless > a.membership("source", sources[0]):
                    sources = []
                out.append(replace(self._predicted(cue, sources, own, a, sure), inner=True))
        return out

    def _first(
        self, lattice: Lattice, windows: Sequence[Window], edges: Sequence[Words]
    ) -> tuple[dict[str, Likely], Floats]:
        """The first chain's spans by role, each from the window that answers for its first word; and how surely each
        word is part of a cue.
        """
        found: dict[str, Likely] = {role: defaultdict(float) for role in SPAN_ROLE.values()}
        for kind, name in enumerate(KINDS):
            for row, (a, b), p in lattice.spans(kind, FLOOR):
                start = windows[row].start
                if edges[row][0] <= a + start < edges[row][1]:
                    found[SPAN_ROLE[name[0]]][a + start, b + start] += p
        return found, _joined(lattice.inside(KINDS.index("Q")), windows, edges)

    def _link(self, first: dict[str, Likely], argued: Mapping[Words, Argued], sure: Floats) -> list[Predicted]:
        """Chooses sources and contents by both chains, and gives each to its cue."""
        limits: dict[Role, float] = {"source": self._choice.source, "content": self._choice.content}
        likely = {role: mean(first[role], self._second(role, argued, sure), self._choice.share) for role in limits}
        chosen = choose_together(
            {"cue": ({cue: first["cue"][cue] for cue in argued}, self._choice.candidate)}
            | {role: (likely[role], least) for role, least in limits.items()}
        )
        argued = {cue: argued[cue] for cue in chosen["cue"]}
        contents: dict[Words, list[Words]] = {cue: [] for cue in argued}
        for span in chosen["content"]:
            whose = {cue: p for cue, a in argued.items() if (p := a.claim("content", span)) > 0.05}
            if whose:
                contents[max(whose, key=whose.__getitem__)].append(span)
        kept = [cue for cue in argued if contents[cue] or first["cue"][cue] > self._choice.cue]
        taken = [*kept, *chosen["source"], *chosen["content"]]
        out = []
        for cue in kept:
            a = argued[cue]
            own = contents[cue] or _likeliest(a.spans["content"], taken, 0.1)
            if own:
                sources = self._sources(a, chosen["source"], taken)
                out.append(self._predicted(cue, sources, own, a, sure))
        return out

    def _predicted(
        self, cue: Words, sources: Sequence[Words], contents: Sequence[Words], a: Argued, sure: Floats
    ) -> Predicted:
        words = sum(end - start for start, end in contents)
        of_cue = float(sure[cue[0] : cue[1]].mean())
        of_content = sum(a.membership("content", c) * (c[1] - c[0]) for c in contents) / words
        of_source = max((a.membership("source", s) for s in sources), default=a.sourceless)
        parts = (round(of_cue, 3), round(of_content, 3), round(of_source, 3))
        return Predicted(cue, tuple(sorted(sources)), tuple(sorted(contents)), parts, self._score(parts))

    def _score(self, parts: tuple[float, float, float]) -> float:
        """Logistic regression on the log odds of the parts (Platt 1999); its weights are learned from gold."""
        p = np.clip(parts, 0.001, 0.999)
        odds = np.log(p / (1 - p))
        return float(1 / (1 + np.exp(-(self._calibration[0] + odds @ self._calibration[1:]))))

    @staticmethod
    def _second(role: Role, argued: Mapping[Words, Argued], sure: Floats) -> Likely:
        """What the cues' chains say together, each as surely as its cue is one: several cues may share a source, and
        its edges are the likeliest one's.
        """
        found: Likely = defaultdict(float)
        for cue, a in argued.items():
            there = float(sure[cue[0] : cue[1]].mean())
            for span, p in a.spans[role].items():
                found[span] = max(found[span], there * p) if role == "source" else min(1.0, found[span] + there * p)
        return found

    @staticmethod
    def _sources(a: Argued, chosen: Sequence[Words], taken: Sequence[Words]) -> list[Words]:
        """The likeliest source of a cue, unless it is likelier that it has none."""
        likely = {span: p for span in chosen if (p := a.membership("source", span)) > 0.05}
        best = max(likely, key=likely.__getitem__, default=None)
        if best is not None and (likely[best] >= 0.3 * a.sourceless or likely[best] >= 0.5):
            return [best]
        return _likeliest(a.spans["source"], taken, 0.4)


def _likeliest(spans: Likely, taken: Sequence[Words], least: float) -> list[Words]:
    """The likeliest span that overlaps nothing chosen: no single reading of its edges was likely enough."""
    free = {s: p for s, p in spans.items() if p >= least and not _meets(s, taken)}
    return [max(free, key=free.__getitem__)] if free else []


def _joined(inside: Floats, windows: Sequence[Window], edges: Sequence[Words]) -> Floats:
    """A figure of each word of each window, (windows, words), to one of each word of the text."""
    parts = zip(inside, windows, edges, strict=True)
    out: Floats = np.concatenate([row[low - w.start : high - w.start] for row, w, (low, high) in parts])
    return out


def _in(span: Words, other: Words) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


def _meets(span: Words, others: Sequence[Words]) -> bool:
    return any(span[0] < other[1] and other[0] < span[1] for other in others)


def _holder(span: Words, contents: Sequence[Words]) -> Words | None:
    """The content that a span lies in."""
    at = bisect_right(contents, (span[0], 1 << 62)) - 1
    return contents[at] if at >= 0 and _in(span, contents[at]) else None


def cores(windows: Sequence[Window]) -> list[Words]:
    """The words that each window answers for: up to the middle of what it shares with the next."""
    middles = [(a.end + b.start) // 2 for a, b in pairwise(windows)]
    edges = [windows[0].start, *middles, windows[-1].end]
    return list(pairwise(edges))


def mean(first: Likely, second: Likely, share: float) -> Likely:
    """Both chains' probabilities of each span, weighted."""
    return {s: (1 - share) * first.get(s, 0.0) + share * second.get(s, 0.0) for s in {*first, *second}}


def choose(likely: Likely, least: float) -> list[Words]:
    """The disjoint spans with the largest sum of probability minus ``least``, in text order."""
    return choose_together({"": (likely, least)})[""]


def choose_together(roles: Mapping[str, tuple[Likely, float]]) -> dict[str, list[Words]]:
    """The same for several roles, each with its own ``least``: no chosen span overlaps another of any role.

    Weighted interval scheduling (Kleinberg & Tardos 2005).
    """
    worth = [
        (span, p - least, role) for role, (likely, least) in roles.items() for span, p in likely.items() if p > least
    ]
    worth.sort(key=lambda item: (item[0][1], item[0][0]))
    ends = [span[1] for span, *_ in worth]
    best, take, before = [0.0], [], []
    for i, (span, value, _) in enumerate(worth):
        j = bisect_right(ends, span[0], 0, i)
        before.append(j)
        take.append(best[j] + value > best[-1])
        best.append(max(best[j] + value, best[-1]))
    out: dict[str, list[Words]] = {role: [] for role in roles}
    i = len(worth)
    while i:
        if take[i - 1]:
            out[worth[i - 1][2]].insert(0, worth[i - 1][0])
            i = before[i - 1]
        else:
            i -= 1
    return out
