"""The reader's network as an ONNX graph, built by hand from its weights; fp32 or int8.

In:   a dictionary of arrays.   Out: an ONNX model with inputs `x` (batch, 4, pieces) and `mask` (batch, pieces),
and one output a head, one row per piece.
Knows nothing of: torch, how the weights came about.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

MOST_PIECES = 256  # windows are never longer
EXACT = ("tags", "args")  # heads that stay fp32 in the int8 file: they decide on spans, and are small


class Graph:
    """Collects nodes and constants; every method returns the name of its output."""

    def __init__(self) -> None:
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
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def linear(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray, output: str = "") -> str:
        """x times the transposed weight, plus the bias."""
        w = self.constant(f"{name}.weight", np.ascontiguousarray(weight.T))
        return self.op("Add", self.op("MatMul", x, w), self.constant(f"{name}.bias", bias), output=output)

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
        out = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
        onnx.checker.check_model(out)
        return out


def build(w: dict[str, np.ndarray], heads: int, *, small_table: bool = False) -> onnx.ModelProto:
    """The network from its weights."""
    g = Graph()
    dim = w["encoder.word.weight"].shape[1]
    layers = 1 + max(int(k.split(".")[2]) for k in w if k.startswith("encoder.layers."))
    rows = [g.op("Squeeze", r, g.ints(1)) for r in (g.op("Gather", "x", g.ints(i), axis=1) for i in range(4))]
    table = w["encoder.word.weight"]
    if small_table:
        scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
        q = g.constant("word", np.round(table / scale).astype(np.int8))
        s = g.constant("word.scale", scale.astype(np.float32))
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
    split = g.ints(0, 0, heads, dim // heads)
    scale = g.constant("scale", np.array([(dim // heads) ** -0.5], np.float32))
    for i in range(layers):
        p = f"encoder.layers.{i}"
        parts = []
        for j, n in enumerate("qkv"):
            part = slice(j * dim, (j + 1) * dim)
            y = g.linear(x, f"{p}.{n}", w[f"{p}.qkv.weight"][part], w[f"{p}.qkv.bias"][part])
            parts.append(g.op("Transpose", g.op("Reshape", y, split), perm=[0, 2, 3, 1] if n == "k" else [0, 2, 1, 3]))
        a = g.op("Add", g.op("Mul", g.op("MatMul", parts[0], parts[1]), scale), bias)
        a = g.op("MatMul", g.op("Softmax", a, axis=-1), parts[2])
        a = g.op("Reshape", g.op("Transpose", a, perm=[0, 2, 1, 3]), g.ints(0, 0, dim))
        x = norm(g.op("Add", x, linear(a, f"{p}.out")), f"{p}.norm1")
        x = norm(g.op("Add", x, linear(g.op("Gelu", linear(x, f"{p}.up")), f"{p}.down")), f"{p}.norm2")
    add_heads(g, x, w)
    return g.model()


def add_heads(g: Graph, x: str, w: dict[str, np.ndarray]) -> None:
    """The heads whose weights are there."""

    def linear(x: str, name: str, output: str = "") -> str:
        if output:
            g.outputs[output] = len(w[f"{name}.bias"])
        return g.linear(x, name, w[f"{name}.weight"], w[f"{name}.bias"], output)

    for name in ("tags", "link", "args", "fact"):
        if f"{name}.weight" in w:
            linear(x, name, name)
    for key in sorted(k for k in w if k.startswith("word.") and k.endswith(".weight")):
        linear(x, key[: -len(".weight")], key.split(".")[1])
    if "arc.weight" not in w:
        return
    pair = w["arc_pair.weight"]  # its last column multiplies a constant one
    dep, _ = halves(g, g.op("Gelu", linear(x, "arc")), len(pair), "arc_head")
    g.outputs |= {"arc_dep": len(pair), "arc_head": len(pair)}
    g.linear(dep, "arc_pair", pair[:, :-1], pair[:, -1], "arc_dep")
    size = len(w["rel.bias"]) // 2
    halves(g, g.op("Gelu", linear(x, "rel")), size, "rel_head", "rel_dep")
    g.outputs |= {"rel_dep": size, "rel_head": size}


def halves(g: Graph, x: str, size: int, second: str, first: str = "") -> tuple[str, str]:
    """The first and the second half of the last axis."""
    out = []
    for i, name in enumerate((first, second)):
        out.append(g.op("Slice", x, g.ints(i * size), g.ints((i + 1) * size), g.ints(2), output=name))
    return out[0], out[1]


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
    """The quantised graph: the word table per row, the matrix products per column.

    Seven bits, so that products cannot saturate on processors without VNNI.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model = build(weights, heads, small_table=True)
    constants = {i.name for i in model.graph.initializer}
    for i, node in enumerate(model.graph.node):
        node.name = f"n{i}"
    exact = {f"{name}.weight" for name in EXACT}
    chosen = [n.name for n in model.graph.node if n.op_type == "MatMul" and n.input[1] in constants - exact]
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "half.onnx", Path(folder) / "int8.onnx"
        onnx.save(model, str(source))
        quantize_dynamic(
            str(source),
            str(target),
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            nodes_to_quantize=chosen,
            op_types_to_quantize=["MatMul"],
        )
        return target.read_bytes()
