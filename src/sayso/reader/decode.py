"""Turn the network's outputs for a stretch into spans and linked attributions.

In:   Windows, line breaks, Params.   Out: spans by role; Predicted, in words.
Knows nothing of: characters, the network.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sayso.reader.chain import ROLE, Floats, Lattice, Params, Role, Words, lattice, read_spans, viterbi
from sayso.reader.choice import CHOICE, Choice, best_spans
from sayso.reader.links import Window, merge_emissions, merge_links, no_source
from sayso.reader.words import SAME, Ints

Spans = dict[Role, list[Words]]


@dataclass(frozen=True)
class Predicted:
    """A linked attribution in words. ``sure``: how likely each link is among its rivals; ``score``: all of it."""

    cue: Words
    sources: list[Words] = field(default_factory=list)
    contents: list[Words] = field(default_factory=list)
    sure: float = 1.0
    score: float = 0.0


def decode(
    windows: Sequence[Window], brk: Ints, p: Params, choice: dict[Role, Choice] | None = None
) -> tuple[Spans, list[Predicted]]:
    """All spans per role and the linked attributions of one stretch, in the order of their cues."""
    emissions, over = merge_emissions(windows, len(brk)), brk != SAME
    lat = lattice(emissions, over, p)
    spans = by_role((span, kind) for span, kind, _ in best_spans(lat, choice or CHOICE))
    if not spans["cue"]:
        return spans, []
    path = by_role(read_spans(viterbi(emissions, over, p)))
    linked = complete(spans, path, windows, np.cumsum(over), p)
    for a in linked:
        spans["source"] = sorted({*spans["source"], *a.sources})
        spans["content"] = sorted({*spans["content"], *a.contents})
    return spans, [replace(a, score=score(a, lat)) for a in linked]


def by_role(spans: Iterable[tuple[Words, str]]) -> Spans:
    """Groups typed spans by role."""
    out: Spans = {role: [] for role in ROLE.values()}
    for span, kind in spans:
        out[ROLE[kind[0]]].append(span)
    return out


def complete(chosen: Spans, path: Spans, windows: Sequence[Window], lines: Ints, p: Params) -> list[Predicted]:
    """Links the chosen spans; a cue left without content or source may take one of the path's.

    The chosen spans are those that are likely exact. A cue needs a content even where no single reading of its edges
    is likely, and the best path has one.
    """
    free = np.ones(len(lines), bool)
    for a, b in (span for spans in chosen.values() for span in spans):
        free[a:b] = False

    def pool(role: Role) -> list[Words]:
        return chosen[role] + [(a, b) for a, b in path[role] if free[a:b].all()]

    spans: Spans = {"cue": chosen["cue"], "source": pool("source"), "content": pool("content")}
    sure = set(chosen["content"])
    linked = decode_links(windows, spans, lines, p)
    return [replace(a, contents=[c for c in a.contents if c in sure] or a.contents) for a in linked]


def decode_links(windows: Sequence[Window], spans: Spans, lines: Ints, p: Params) -> list[Predicted]:
    """Each content takes one cue; each cue with content takes one source or none."""
    cues, contents, sources = spans["cue"], sorted(spans["content"]), spans["source"]
    if not cues or not contents:
        return []
    said = merge_links("content", windows, contents, cues, lines, p)
    whose = np.vstack([no_source(windows, cues), merge_links("source", windows, sources, cues, lines, p)])
    of_cue, of_source = said.argmax(1), whose.argmax(0)
    reached = np.isfinite(said.max(1))
    out: list[Predicted] = []
    for i, cue in enumerate(cues):
        own = np.flatnonzero((of_cue == i) & reached)
        if len(own):
            best = int(of_source[i])
            sure = np.mean([_share(said[j], i) for j in own]) * _share(whose[:, i], best)
            named = [sources[best - 1]] if best else []
            out.append(Predicted(cue, named, [contents[j] for j in own], sure=float(sure)))
    return out


def _share(scores: Floats, best: int) -> float:
    """The softmax of one score among its rivals."""
    return float(1 / np.exp(scores - scores[best]).sum())


def score(a: Predicted, lat: Lattice) -> float:
    """How likely cue, source, contents and links are right: their words are of the role, their links the best."""
    cue = float(lat.words["cue"][slice(*a.cue)].max())
    content = np.concatenate([lat.words["content"][slice(*span)] for span in a.contents]).mean()
    source = np.mean([lat.words["source"][slice(*span)].max() for span in a.sources]) if a.sources else 1.0
    return float(np.clip(cue * content * source * a.sure, 0.001, 0.999))
