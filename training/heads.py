"""The heads of the reader's network as ONNX nodes: attributions on the last layer, syntax on a mix of all.

In:   a graph, the names of the layers' states, weights.   Out: the outputs `tags`, `args`, `inner`, and where there are
weights for them `upos`, `xpos`, `lemma`, `names`, `fact`, `arc_dep`, `arc_head`, `rel_dep`, `rel_head`.
Knows nothing of: the encoder.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from training.graph import Graph

Weights = dict[str, np.ndarray]


def add_heads(g: Graph, states: Sequence[str], w: Weights) -> None:
    """Adds the heads whose weights are there."""
    for name in ("tags", "args", "inner"):
        if f"{name}.weight" in w:
            _output(g, states[-1], name, name, w)
    if "mix" not in w:
        return
    share = np.exp(w["mix"]) / np.exp(w["mix"]).sum()
    x = ""
    for i, (state, s) in enumerate(zip(states, share, strict=True)):
        part = g.op("Mul", state, g.constant(f"mix{i}", np.full(1, s, np.float32)))
        x = g.op("Add", x, part) if x else part
    for key in sorted(k for k in w if k.startswith("word.") and k.endswith(".weight")):
        _output(g, x, key[: -len(".weight")], key.split(".")[1], w)
    _output(g, x, "fact", "fact", w)
    pair = w["arc_pair.weight"]  # its last column multiplies a constant one
    scale = len(pair) ** -0.5
    dep, _ = _halves(g, g.op("Gelu", g.linear(x, "arc", w["arc.weight"], w["arc.bias"])), len(pair), "arc_head")
    g.outputs |= {"arc_dep": len(pair), "arc_head": len(pair)}
    g.linear(dep, "arc_pair", pair[:, :-1] * scale, pair[:, -1] * scale, "arc_dep")
    size = len(w["rel.bias"]) // 2
    _halves(g, g.op("Gelu", g.linear(x, "rel", w["rel.weight"], w["rel.bias"])), size, "rel_head", "rel_dep")
    g.outputs |= {"rel_dep": size, "rel_head": size}


def _output(g: Graph, x: str, name: str, output: str, w: Weights) -> None:
    g.outputs[output] = len(w[f"{name}.bias"])
    g.linear(x, name, w[f"{name}.weight"], w[f"{name}.bias"], output)


def _halves(g: Graph, x: str, size: int, second: str, first: str = "") -> tuple[str, str]:
    """The first and the second half of the last axis."""
    out = [
        g.op("Slice", x, g.ints(i * size), g.ints((i + 1) * size), g.ints(2), output=name)
        for i, name in enumerate((first, second))
    ]
    return out[0], out[1]
