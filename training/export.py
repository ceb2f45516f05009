"""Writes the trained reader as an ONNX graph (fp32 and int8) with its decoding tables.

python export.py --run run1 --out reader
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from graph import build, int8
from model import Reader


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--run", type=Path, required=True, help="folder that train.py wrote")
    ap.add_argument("--out", type=Path, required=True, help="folder to write")
    args = ap.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    labels = json.loads((args.run / "labels.json").read_text())
    weights = torch.load(args.run / "average.pt")
    layers = 1 + max(int(k.split(".")[2]) for k in weights if k.startswith("encoder.layers."))
    model = Reader({k: len(v) for k, v in labels.items()}, layers=layers)
    model.load_state_dict(weights)
    w = {k: v.detach().numpy() for k, v in model.state_dict().items()}
    # Nobody has annotated a new text: the place of the annotator is that of the unknown one, in every window.
    w["encoder.position.weight"] = w["encoder.position.weight"] + w["encoder.annotator.weight"][-1]
    heads = model.encoder.heads
    onnx.save(build(w, heads), str(args.out / "reader.fp32.onnx"))
    (args.out / "reader.int8.onnx").write_bytes(int8(w, heads))
    p = model.params()
    # Until calibrate.py has learned better: the odds of the three parts added.
    tables = {
        "calibration": np.array([0.0, 1.0, 1.0, 1.0]),
        "trans": p.trans,
        "first": p.first,
        "last": p.last,
        **p.tables,
    }
    np.savez_compressed(args.out / "reader.npz", **{k: v.astype(np.float32) for k, v in tables.items()})
    (args.out / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
