"""How fast sayso reads, on one core, beside three others in the same run: `python -m bench.speed`.

(a) the bare network: on the windows that the path reads, one at a time; and on the same pieces without overlap;
(b) a network of BERT-base's shape, int8 with random weights, on those pieces, in batches of 8 sorted by length;
(c) a spaCy pipeline of en_core_web_sm's shape (tok2vec, tagger, parser, ner; random weights) on the same texts.
What is compared takes turns, several rounds; the best time of each counts, as the least disturbed by other work.

In:   texts (the example articles, or a folder).   Out: a table of words per second and ratios; JSON with --json.
Knows nothing of: how good the answers are (see eval/).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sayso.case import knowledge
from sayso.errors import Unreadable
from sayso.read import read_bytes
from sayso.reader.files import READER, installed, read_files
from sayso.reader.pieces import Vocabulary
from sayso.reader.session import Reader
from sayso.reader.windows import STEP, WINDOW, features, overlapping
from sayso.reader.words import encode
from sayso.records import Document
from sayso.study import study

ROUNDS = 3
BATCH = 8
BASE = {"layers": 12, "dim": 768, "heads": 12, "inner": 3072, "vocab": 30522}
Arrays = list[tuple[np.ndarray, np.ndarray]]


def documents(folder: Path, words: int) -> list[Document]:
    """The texts of a folder, again and again until there are enough words; each read as its own document."""
    found: list[Document] = []
    count = 0
    while count < words:
        for path in sorted(folder.glob("*.txt")):
            for document in read_bytes(path.read_bytes(), path=f"{len(found)}-{path.name}"):
                if isinstance(document, Unreadable):
                    sys.exit(str(document))
                found.append(document)
                count += len(document.text.split())
        if not count:
            sys.exit(f"{folder}: holds no text (*.txt)")
    return found


def windows(texts: Sequence[str], vocabulary: Vocabulary, step: float) -> list[np.ndarray]:
    """The network's input for each window of the texts, in their order."""
    found = []
    for text in texts:
        enc = encode(text, vocabulary)
        for a, b in overlapping(enc, WINDOW, step=step):
            found.append(features(enc.pieces[a:b], enc.case[a:b], enc.quote[a:b], enc.brk[a:b])[0])
    return found


def batches(found: list[np.ndarray], size: int) -> Arrays:
    """Windows sorted by length, ``size`` at a time."""
    found = sorted(found, key=lambda x: x.shape[1])
    out: Arrays = []
    for i in range(0, len(found), size):
        part = found[i : i + size]
        x = np.zeros((len(part), 4, max(w.shape[1] for w in part)), np.int64)
        mask = np.zeros((len(part), x.shape[2]), bool)
        for row, w in enumerate(part):
            x[row, :, : w.shape[1]], mask[row, : w.shape[1]] = w, True
        out.append((x, mask))
    return out


def session(raw: bytes) -> Any:
    """A session on one thread."""
    import onnxruntime as ort  # after sayso.reader, which keeps it from reporting home

    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL  # as the reader runs it
    return ort.InferenceSession(raw, options, providers=["CPUExecutionProvider"])


def network(raw: bytes, arrays: Arrays) -> Callable[[], None]:
    """Runs a network over all batches."""
    run = session(raw)
    names = [o.name for o in run.get_outputs()]

    def go() -> None:
        for x, mask in arrays:
            run.run(names, {"x": x, "mask": mask})

    return go


def base_shaped() -> bytes:
    """BERT-base in int8: 85 million parameters in its layers, all random, quantised as the reader is."""
    from training.graph import encoder_shapes, int8

    chance = np.random.default_rng(0)
    weights = {k: chance.normal(0, 0.02, s).astype(np.float32) for k, s in encoder_shapes(**BASE).items()}
    weights["tags.weight"] = chance.normal(0, 0.02, (21, BASE["dim"])).astype(np.float32)
    weights["tags.bias"] = np.zeros(21, np.float32)
    return int8(weights, heads=BASE["heads"])


def spacy_shaped(texts: Sequence[str]) -> Callable[[], None]:
    """The components of en_core_web_sm in its sizes, initialised at random."""
    import spacy
    from spacy.training import Example

    nlp = spacy.blank("en")
    tok2vec = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": 96,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
            "rows": [5000, 1000, 2500, 2500, 50, 50],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": 96,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }
    nlp.add_pipe("tok2vec", config={"model": tok2vec})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": listener,
    }
    nlp.add_pipe("parser", config={"model": parser})
    own = {**tok2vec, "embed": {**tok2vec["embed"], "rows": [5000, 1000, 2500, 2500, 50, 50]}}
    ner = {**parser, "state_type": "ner", "tok2vec": own}
    nlp.add_pipe("ner", config={"model": ner})
    labels = [f"T{i}" for i in range(50)], [f"d{i}" for i in range(45)], [f"N{i}" for i in range(18)]
    examples = []
    for i in range(50):
        words = [f"w{i}", "is", "it", "."]
        example = {
            "words": words,
            "tags": [labels[0][(i + k) % 50] for k in range(4)],
            "heads": [1, 1, 1, 1],
            "deps": [labels[1][(i + k) % 45] if k != 1 else "ROOT" for k in range(4)],
            "entities": [f"U-{labels[2][i % 18]}", "O", "O", "O"],
        }
        examples.append(Example.from_dict(spacy.tokens.Doc(nlp.vocab, words=words), example))
    nlp.initialize(lambda: examples)

    def go() -> None:
        for _ in nlp.pipe(texts, batch_size=32):
            pass

    return go


def timed(runs: dict[str, Callable[[], None]]) -> dict[str, float]:
    """Seconds of the best of some rounds, in turns; one round before them warms up."""
    best = dict.fromkeys(runs, float("inf"))
    for round_ in range(ROUNDS + 1):
        for name, run in runs.items():
            began = time.perf_counter()
            run()
            if round_:
                best[name] = min(best[name], time.perf_counter() - began)
    return best


def on_one_core() -> None:
    """Starts anew on one core: numpy's threads are counted when it is loaded."""
    if hasattr(os, "sched_setaffinity") and len(os.sched_getaffinity(0)) > 1:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        os.execv(sys.executable, [sys.executable, "-m", "bench.speed", *sys.argv[1:]])  # noqa: S606 - ourselves


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--texts", type=Path, default=Path("examples"), help="a folder of *.txt")
    ap.add_argument("--reader", default=READER, help="which of the readers that are installed")
    ap.add_argument("--words", type=int, default=8000)
    ap.add_argument("--without", nargs="*", choices=("base", "spacy"), default=[])
    ap.add_argument("--json", action="store_true")
    args = ap.parse_args()
    on_one_core()
    found = documents(args.texts, args.words)
    texts = [d.text for d in found]
    words = sum(len(t.split()) for t in texts)
    files = read_files(installed(args.reader))
    known, reader = knowledge(), Reader(files)
    vocabulary = Vocabulary(files.raw["vocabulary.txt"].decode().splitlines())
    once = windows(texts, vocabulary, 1)
    arrays = batches(once, BATCH)
    pieces = sum(int(mask.sum()) for _, mask in arrays)
    raw = files.raw["reader.int8.onnx"]

    def path() -> None:
        for document in found:
            study(document, reader, known)

    runs = {
        "sayso": path,
        "bare network, same windows": network(raw, batches(windows(texts, vocabulary, STEP), 1)),
        "bare network, no overlap": network(raw, batches(once, 1)),
    }
    if "base" not in args.without:
        runs["BERT-base shape"] = network(base_shaped(), arrays)
    if "spacy" not in args.without:
        runs["en_core_web_sm shape"] = spacy_shaped(texts)
    seconds = timed(runs)
    result = {
        "words": words,
        "pieces": pieces,
        "words_per_second": {k: round(words / v) for k, v in seconds.items()},
        "sayso_against": {k: round(v / seconds["sayso"], 2) for k, v in seconds.items() if k != "sayso"},
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    if args.json:
        print(json.dumps(result, indent=1))
        return
    print(f"{len(texts)} texts, {words} words, {pieces} word pieces, one core, best of {ROUNDS}")
    for name, rate in result["words_per_second"].items():
        ratio = result["sayso_against"].get(name)
        print(f"{name:28}{rate:8} words/s" + (f"   sayso runs at {ratio:.2f} of it" if ratio else ""))


if __name__ == "__main__":
    main()
