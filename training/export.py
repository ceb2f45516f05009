"""Writes the trained reader as an ONNX graph (fp32 and int8) with its decoding tables.

    python export.py --checkpoint run1/average.pt --out reader

The graph is built by hand: inputs `x` (batch, 4, pieces) and `mask` (batch, pieces),
outputs `tags` and `link`, one row per piece.  In the int8 file the word table is
quantised per row here, and the matrix products by onnxruntime, per column.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from crf import TAGS
from model import Reader
from onnx import TensorProto, helper, numpy_helper


class Graph:
    """Collects nodes and constants; every method returns the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, np.ndarray] = {}

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
            [
                info("tags", TensorProto.FLOAT, "batch", "pieces", len(TAGS)),
                info("link", TensorProto.FLOAT, "batch", "pieces", "link"),
            ],
            [numpy_helper.from_array(v, k) for k, v in self.constants.items()],
        )
        out = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
        onnx.checker.check_model(out)
        return out


def build(w: dict[str, np.ndarray], heads: int, small_table: bool) -> onnx.ModelProto:
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
    positions = g.constant("position", w["encoder.position.weight"])
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
    linear(x, "tags", output="tags")
    linear(x, "link", output="link")
    return g.model()


def quantise(source: Path, target: Path) -> None:
    """Int8 weights per column, 7 bits so that products cannot saturate on older processors."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model = onnx.load(str(source))
    constants = {i.name for i in model.graph.initializer}
    for i, node in enumerate(model.graph.node):
        node.name = f"n{i}"
    chosen = [n.name for n in model.graph.node if n.op_type == "MatMul" and n.input[1] in constants]
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


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--checkpoint", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True, help="folder to write")
    args = ap.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    model = Reader()
    model.load_state_dict(torch.load(args.checkpoint))
    model.eval()
    w = {k: v.detach().numpy() for k, v in model.state_dict().items()}
    heads = model.encoder.heads
    onnx.save(build(w, heads, False), str(args.out / "reader.fp32.onnx"))
    half = args.out / "half.onnx"
    onnx.save(build(w, heads, True), str(half))
    quantise(half, args.out / "reader.int8.onnx")
    half.unlink()
    p = model.params()
    rounded = {"trans": p.trans, "first": p.first, "last": p.last, **p.tables}
    (args.out / "reader.json").write_text(
        json.dumps({"tags": TAGS, **{k: np.round(v, 5).tolist() for k, v in rounded.items()}})
    )


if __name__ == "__main__":
    main()
