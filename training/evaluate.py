"""Scores an exported reader (or a torch checkpoint) on a PolNeAR split; no torch for ONNX.

    python evaluate.py --data ../polnear/dev --tokenizer minilm/tokenizer.json \\
        --model reader/reader.int8.onnx
"""

from __future__ import annotations

import argparse
import json
import pickle
import time
from pathlib import Path

import data
import numpy as np
from crf import Params
from decode import decode, decode_path
from encode import encode, load_tokenizer
from predict import Network, evaluate, run


def read_params(path: Path) -> Params:
    """The decoding tables beside an exported reader."""
    raw = {k: np.array(v) for k, v in json.loads(path.read_text()).items() if k != "tags"}
    return Params(raw.pop("trans"), raw.pop("first"), raw.pop("last"), raw)


def onnx_network(path: Path, threads: int = 1) -> Network:
    """An exported reader as a callable."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def call(x: np.ndarray, mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        tags, link = session.run(["tags", "link"], {"x": x, "mask": mask})
        return tags, link

    return call


def load(path: Path, threads: int) -> tuple[Network, Params]:
    """A network and its tables from an .onnx or .pt file."""
    if path.suffix == ".onnx":
        return onnx_network(path, threads), read_params(path.with_name("reader.json"))
    import torch
    from model import Reader
    from train import network

    torch.set_num_threads(threads)
    model = Reader()
    model.load_state_dict(torch.load(path))
    model.eval()
    return network(model), model.params()


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--tokenizer", type=Path, required=True)
    ap.add_argument("--model", type=Path, required=True)
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--keep", type=Path, help="write the raw outputs here (pickle)")
    args = ap.parse_args()
    tok = load_tokenizer(str(args.tokenizer))
    docs = data.load(args.data)
    encoded = [encode(d.text, tok) for d in docs]
    network, params = load(args.model, args.threads)
    began = time.monotonic()
    outputs = run(encoded, network)
    seconds = time.monotonic() - began
    if args.keep:
        args.keep.write_bytes(pickle.dumps((outputs, params)))
    words = sum(map(len, encoded))
    print(f"{len(docs)} articles, {words} words, network {words / seconds:.0f} words/s")
    for name, decoder in (("best path", decode_path), ("chosen", decode)):
        scores = evaluate(docs, encoded, outputs, params, decoder)
        print(f"{name:10} P/R/F1  {scores.table()}")


if __name__ == "__main__":
    main()
