"""The reader's network as an ONNX graph, built by hand from its weights; fp32 or int8.

In:   a dictionary of arrays.   Out: an ONNX model with inputs `x` (batch, 4, pieces) and `mask` (batch, pieces),
and one output a head, one row per piece.
Knows nothing of: torch, how the weights came about.

Made for speed on one thread of onnxruntime. Two operators are not the obvious ones. `DynamicQuantizeMatMul` quantises,
multiplies and adds the bias in one go (in graphs from onnxruntime's quantiser a session has to find that for itself).
`Sum` adds two things as `Add` does, but no session fuses it with the normalisation after it to SkipLayerNormalization,
which on processors takes five times as long as the two apart.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from training.heads import add_heads

MICROSOFT = "com.microsoft"  # operators that every build of onnxruntime has beside the standard ones
MOST_PIECES = 256  # windows are never longer
EXACT = ("tags", "args", "inner")  # heads that stay fp32 in the int8 file: they decide on spans, and are small
# Seven bits: a processor without VNNI adds two products of a matrix product in 16 bits, and 2 * 255 * 64 fits in them,
# so that whole numbers come out the same on every machine.
WEIGHT_STEPS = 64


class Graph:
    """Collects nodes and constants; every method returns the name of its output.

    ``small``: matrices that meet a layer's output are int8, but those of ``EXACT``.
    """

    def __init__(self, *, small: bool = False) -> None:
        self.small = small
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, np.ndarray] = {}
        self.outputs: dict[str, int] = {}  # name: width

    def constant(self, name: str, value: np.ndarray) -> str:
        """A named initialiser."""
        self.constants.setdefault(name, value)
        return name

    def ints(self, *values: int) -> str:
        """A vector of integers."""
        return self.constant("i" + "_".join(map(str, values)), np.array(values, np.int64))

    def op(self, kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        """One node."""
        output = output or f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], name=output, **attributes))
        return output

    def linear(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray, output: str = "") -> str:
        """x times the transposed weight, plus the bias."""
        b = self.constant(f"{name}.bias", bias)
        if not self.small or name in EXACT:
            w = self.constant(f"{name}.weight", np.ascontiguousarray(weight.T))
            return self.op("Add", self.op("MatMul", x, w), b, output=output)
        weight, scale = rounded(weight, WEIGHT_STEPS)
        w = self.constant(f"{name}.weight", np.ascontiguousarray(weight.T))
        s = self.constant(f"{name}.scale", scale[:, 0])
        return self.op("DynamicQuantizeMatMul", x, w, s, "", b, output=output, domain=MICROSOFT)

    def model(self) -> onnx.ModelProto:
        """The finished model."""

        def info(name: str, kind: int, *shape: str | int) -> onnx.ValueInfoProto:
            return helper.make_tensor_value_info(name, kind, shape)

        graph = helper.make_graph(
            self.nodes,
            "reader",
            [info("x", TensorProto.INT64, "batch", 4, "pieces"), info("mask", TensorProto.BOOL, "batch", "pieces")],
            [info(name, TensorProto.FLOAT, "batch", "pieces", width) for name, width in self.outputs.items()],
            [numpy_helper.from_array(v, k) for k, v in self.constants.items()],
        )
        # 23 is the first version with Attention; onnxruntime has it for processors since 1.23.
        versions = [helper.make_opsetid("", 23), helper.make_opsetid(MICROSOFT, 1)]
        out = helper.make_model(graph, opset_imports=versions, ir_version=10)
        onnx.checker.check_model(out)
        return out


def rounded(matrix: np.ndarray, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Each row in whole numbers from -steps to steps, and the size of its step."""
    scale = np.maximum(np.abs(matrix).max(1, keepdims=True), 1e-8) / steps
    return np.rint(matrix / scale).astype(np.int8), scale.astype(np.float32)


def build(w: dict[str, np.ndarray], heads: int, *, small: bool = False) -> onnx.ModelProto:
    """The network from its weights; ``small``: the word table and most matrices in int8."""
    g = Graph(small=small)
    dim = w["encoder.word.weight"].shape[1]
    layers = 1 + max(int(k.split(".")[2]) for k in w if k.startswith("encoder.layers."))
    rows = [g.op("Squeeze", r, g.ints(1)) for r in (g.op("Gather", "x", g.ints(i), axis=1) for i in range(4))]
    table = w["encoder.word.weight"]
    if small:
        whole, scale = rounded(table, 127)
        q, s = g.constant("word", whole), g.constant("word.scale", scale)
        x = g.op("Mul", g.op("Cast", g.op("Gather", q, rows[0]), to=TensorProto.FLOAT), g.op("Gather", s, rows[0]))
    else:
        x = g.op("Gather", g.constant("word", table), rows[0])
    for name, row in zip(("case", "quote", "brk"), rows[1:], strict=True):
        x = g.op("Add", x, g.op("Gather", g.constant(name, w[f"encoder.{name}.weight"]), row))
    zero, one = (g.constant(f"n{i}", np.array(i, np.int64)) for i in (0, 1))
    length = g.op("Squeeze", g.op("Shape", "mask", start=1, end=2), g.ints(0))
    positions = g.constant("position", w["encoder.position.weight"][:MOST_PIECES])
    x = g.op("Add", x, g.op("Gather", positions, g.op("Range", zero, length, one)))

    def norm(x: str, name: str) -> str:
        return g.op(
            "LayerNormalization",
            x,
            g.constant(f"{name}.weight", w[f"{name}.weight"]),
            g.constant(f"{name}.bias", w[f"{name}.bias"]),
            axis=-1,
            epsilon=1e-12,
        )

    def linear(x: str, name: str, output: str = "") -> str:
        return g.linear(x, name, w[f"{name}.weight"], w[f"{name}.bias"], output)

    x = norm(x, "encoder.norm")
    bias = g.op(
        "Where",
        g.op("Unsqueeze", "mask", g.ints(1, 2)),
        g.constant("f0", np.zeros(1, np.float32)),
        g.constant("far", np.full(1, -1e9, np.float32)),
    )
    # A row for each piece: Attention does not repeat the one row itself. As numbers it is faster than as truth values.
    square = g.op("Concat", g.ints(1, 1), g.op("Unsqueeze", length, g.ints(0)), g.ints(1), axis=0)
    bias = g.op("Expand", bias, square)
    states = []
    for i in range(layers):
        p = f"encoder.layers.{i}"
        parts = []
        for j, n in enumerate("qkv"):  # three products: to cut one large one in three takes longer
            part = slice(j * dim, (j + 1) * dim)
            parts.append(g.linear(x, f"{p}.{n}", w[f"{p}.qkv.weight"][part], w[f"{p}.qkv.bias"][part]))
        a = g.op("Attention", *parts, bias, q_num_heads=heads, kv_num_heads=heads, scale=(dim // heads) ** -0.5)
        x = norm(g.op("Sum", x, linear(a, f"{p}.out")), f"{p}.norm1")
        x = norm(g.op("Sum", x, linear(g.op("Gelu", linear(x, f"{p}.up")), f"{p}.down")), f"{p}.norm2")
        states.append(x)
    add_heads(g, states, w)
    return g.model()


def encoder_shapes(layers: int, dim: int, heads: int, inner: int, vocab: int) -> dict[str, tuple[int, ...]]:
    """The names and shapes of an encoder's weights (`heads` has no weights of its own)."""
    assert dim % heads == 0
    out: dict[str, tuple[int, ...]] = {
        "encoder.word.weight": (vocab, dim),
        "encoder.position.weight": (MOST_PIECES, dim),
        "encoder.case.weight": (6, dim),
        "encoder.quote.weight": (4, dim),
        "encoder.brk.weight": (3, dim),
    }

    def add(name: str, *shape: int) -> None:
        out[f"{name}.weight"], out[f"{name}.bias"] = shape, shape[:1]

    add("encoder.norm", dim)
    for i in range(layers):
        p = f"encoder.layers.{i}."
        for name, shape in (
            ("qkv", (3 * dim, dim)),
            ("out", (dim, dim)),
            ("norm1", (dim,)),
            ("up", (inner, dim)),
            ("down", (dim, inner)),
            ("norm2", (dim,)),
        ):
            add(p + name, *shape)
    return out


def int8(weights: dict[str, np.ndarray], heads: int) -> bytes:
    """The quantised graph: the word table per row, the matrix products per column, activations per window."""
    raw: bytes = build(weights, heads, small=True).SerializeToString()
    return raw
