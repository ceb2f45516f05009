"""Writes a trained reader as it is installed: the ONNX graph (int8; fp32 beside it), decoding tables, label sets.

In:   a folder that train.py wrote.   Out: reader.int8.onnx, reader.fp32.onnx, reader.npz, labels.json.
Knows nothing of: training.

python -m training.export RUN -o FOLDER
"""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec
import numpy as np
import onnx
import torch

from sayso.reader.grammar import Labels
from training.graph import build, int8
from training.model import Encoder, Reader


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=main.__doc__)
    ap.add_argument("run", type=Path, help="folder that train.py wrote")
    ap.add_argument("-o", "--out", type=Path, required=True, help="folder to write")
    args = ap.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    labels = msgspec.json.decode((args.run / "labels.json").read_bytes(), type=Labels)
    weights = torch.load(args.run / "average.pt")
    layers = 1 + max(int(k.split(".")[2]) for k in weights if k.startswith("encoder.layers."))
    model = Reader({k: len(v) for k, v in labels.sets().items()}, Encoder(layers=layers))
    model.load_state_dict(weights)
    w = {k: v.detach().numpy() for k, v in model.state_dict().items()}
    # Nobody has annotated a new text: the place of the annotator is that of the unknown one, in every window.
    w["encoder.position.weight"] = w["encoder.position.weight"] + w["encoder.annotator.weight"][-1]
    heads = model.encoder.heads
    onnx.save(build(w, heads), str(args.out / "reader.fp32.onnx"))
    (args.out / "reader.int8.onnx").write_bytes(int8(w, heads))
    np.savez_compressed(args.out / "reader.npz", **model.tables())
    (args.out / "labels.json").write_bytes(msgspec.json.format(msgspec.json.encode(labels), indent=1))


if __name__ == "__main__":
    main()
