"""The weights of an installed reader, read back: `python -m training.restore READER -o FOLDER`.

In:   a folder with reader.int8.onnx, reader.npz, labels.json.   Out: average.pt, labels.json, as of train.py.
Knows nothing of: training.

What the int8 file rounded stays rounded; the place of the annotator is in the positions (export.py), so that the
annotators' own vectors are zero here. Good as a teacher and to go on from.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import msgspec
import numpy as np
import onnx
import torch
from onnx import numpy_helper

from sayso.reader.grammar import Labels
from training.model import Encoder, Reader


def matrices(constants: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The encoder's and the heads' weights by their names in the file, in fp32, outputs by inputs."""
    out = {}
    for name, value in constants.items():
        if name.endswith(".weight") and value.ndim == 2 and f"{name[: -len('.weight')]}.bias" in constants:
            scale = constants.get(f"{name[: -len('.weight')]}.scale")
            out[name] = (value if scale is None else value.astype(np.float32) * scale).T
        elif name.endswith((".weight", ".bias")):
            out[name] = value
    return out


def state(constants: dict[str, np.ndarray], tables: dict[str, np.ndarray], own: dict[str, torch.Tensor]) -> None:
    """Writes what the files hold into the state of a network of the same shape, in place."""
    found = matrices(constants)
    layers = 1 + max(int(k.split(".")[2]) for k in found if k.startswith("encoder.layers."))
    for i in range(layers):
        for kind in ("weight", "bias"):
            parts = [found.pop(f"encoder.layers.{i}.{n}.{kind}") for n in "qkv"]
            found[f"encoder.layers.{i}.qkv.{kind}"] = np.concatenate(parts)
    found["encoder.word.weight"] = constants["word"].astype(np.float32) * constants["word.scale"]
    found |= {f"encoder.{n}.weight": constants[n] for n in ("case", "quote", "brk")}
    places = own["encoder.position.weight"].numpy().copy()
    places[: len(constants["position"])] = constants["position"]
    found["encoder.position.weight"] = places
    found["encoder.annotator.weight"] = np.zeros(own["encoder.annotator.weight"].shape, np.float32)
    found["mix"] = np.log(np.concatenate([constants[f"mix{i}"] for i in range(layers)]))
    pair = np.concatenate([found.pop("arc_pair.weight"), found.pop("arc_pair.bias")[:, None]], 1)
    found["arc_pair.weight"] = pair * len(pair) ** 0.5
    for name, value in tables.items():
        if name.startswith("arg_") and name[4:] in ("distance", "paragraph", "between"):
            found[f"arg_tables.{name[4:]}"] = value
        elif name.endswith(("_weight", "_bias")):
            found[".".join(name.rsplit("_", 1))] = value
        elif name not in ("calibration", "choice"):
            found[name] = value
    if set(found) != set(own):
        raise ValueError(f"the file and the network differ in {sorted(set(found) ^ set(own))}")
    for name, value in found.items():
        own[name].copy_(torch.tensor(value))


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=main.__doc__)
    ap.add_argument("reader", type=Path, help="folder of an installed reader")
    ap.add_argument("-o", "--out", type=Path, required=True)
    args = ap.parse_args()
    labels = msgspec.json.decode((args.reader / "labels.json").read_bytes(), type=Labels)
    graph = onnx.load(str(args.reader / "reader.int8.onnx")).graph
    constants = {c.name: numpy_helper.to_array(c) for c in graph.initializer}
    layers = 1 + max(int(k.split(".")[2]) for k in constants if k.startswith("encoder.layers."))
    model = Reader({k: len(v) for k, v in labels.sets().items()}, Encoder(layers=layers))
    own = model.state_dict()
    with np.load(args.reader / "reader.npz", allow_pickle=False) as tables:
        state(constants, dict(tables), own)
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(own, args.out / "average.pt")
    shutil.copy(args.reader / "labels.json", args.out)


if __name__ == "__main__":
    main()
