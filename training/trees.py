"""Trains the heads of syntax, and a layer of their own, on an encoder that stays as it is.

After weights were averaged (average.py) attributions read as well as before, but these heads meet another encoder. And
a layer of their own (--layer) costs attributions nothing.

In:   a folder that train.py, average.py or restore.py wrote, treebanks.   Out: the same with new heads.
Knows nothing of: attributions, names.

python -m training.trees RUN --trees ../shared/data -o OUT

The encoder's states are computed once and kept in memory: some 2 GB.
"""

from __future__ import annotations

import argparse
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec
import torch
from torch import Tensor

from sayso.reader.files import installed, read_files
from sayso.reader.grammar import Labels
from sayso.reader.pieces import Vocabulary
from training.batch import Example, by_length, collate
from training.deep import network_of
from training.measure import syntax
from training.model import Reader, tree_layer
from training.train import WEIGHTS, Average
from training.treebank import load_treebanks, parsed_windows

TREES = ("arc", "rel", "upos", "xpos", "lemma")
HEADS = ("tree.", "arc", "rel", "word.upos", "word.xpos", "word.lemma")
WARM = 60  # steps
LAYER_RATE = 0.5  # of the heads' rate


def states_of(model: Reader, examples: Sequence[Example], budget: int) -> dict[int, Tensor]:
    """The states of each window, (layers, pieces, dim) in half precision, by the window's id."""
    out = {}
    for batch in by_length(list(examples), random.Random(0), budget):
        b = collate(batch)
        with torch.inference_mode():
            layers = model.states(b)
        for row, example in enumerate(batch):
            size = int(b["mask"][row].sum())
            out[id(example)] = torch.stack([layer[row, :size] for layer in layers]).half()
    return out


def batch_of(batch: Sequence[Example], known: dict[int, Tensor]) -> list[Tensor]:
    """The states of a batch, one tensor a layer, padded."""
    some = [known[id(example)] for example in batch]
    out = torch.zeros(len(some), some[0].shape[0], max(s.shape[1] for s in some), some[0].shape[2])
    for row, s in enumerate(some):
        out[row, :, : s.shape[1]] = s.float()
    return list(out.unbind(1))


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=main.__doc__)
    ap.add_argument("run", type=Path)
    ap.add_argument("--trees", type=Path, required=True)
    ap.add_argument("-o", "--out", type=Path, required=True)
    ap.add_argument("--layer", type=int, default=0, help="inner units of a layer of their own, if there is none yet")
    ap.add_argument("--passes", type=int, default=3)
    ap.add_argument("--lr", type=float, default=1.5e-3)
    ap.add_argument("--budget", type=int, default=2560)
    args = ap.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(2)
    labels = msgspec.json.decode((args.run / "labels.json").read_bytes(), type=Labels)
    weights = torch.load(args.run / "average.pt")
    if args.layer and "tree.up.weight" not in weights:
        weights |= tree_layer(weights, args.layer)
    model = network_of(weights, {k: len(v) for k, v in labels.sets().items()})
    model.load_state_dict(weights)
    for name, p in model.named_parameters():
        p.requires_grad_(requires_grad=name.startswith(HEADS))
    groups: dict[float, list[Tensor]] = {1.0: [], LAYER_RATE: []}
    for name, p in model.named_parameters():
        if p.requires_grad:
            groups[LAYER_RATE if name.startswith("tree.") else 1.0].append(p)
    own = [p for group in groups.values() for p in group]
    opt = torch.optim.AdamW(
        [{"params": ps, "rate": rate} for rate, ps in groups.items() if ps], betas=(0.9, 0.98), weight_decay=0.01
    )
    vocabulary = Vocabulary(read_files(installed()).raw["vocabulary.txt"].decode().splitlines())
    windows = parsed_windows(load_treebanks(args.trees, "train"), vocabulary, labels, 254)
    examples = [Example(p.enc.pieces, p.enc.case, p.enc.quote, p.enc.brk, [], parsed=p) for p in windows]
    dev = parsed_windows(load_treebanks(args.trees, "dev"), vocabulary, labels, 254)
    model.half = True
    model.eval()
    known = states_of(model, examples, args.budget)
    average, steps = Average(model, 0.99), 0
    args.out.mkdir(parents=True, exist_ok=True)
    shutil.copy(args.run / "labels.json", args.out)
    for number in range(args.passes):
        rng = random.Random(number)
        batches = by_length(examples, rng, args.budget)
        for at, batch in enumerate(batches):
            done, steps = (number + at / len(batches)) / args.passes, steps + 1
            for group in opt.param_groups:
                group["lr"] = args.lr * group["rate"] * (1 - done) * min(1, steps / WARM)
            model.train()
            b = collate(batch)
            _, _, parsed = model.hidden(batch_of(batch, known), b["mask"])
            losses = {k: v for k, v in model.syntax_losses(parsed, parsed, b).items() if k in TREES}
            loss = torch.stack([WEIGHTS[k] * v for k, v in losses.items()]).sum()
            opt.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(own, 1.0)
            opt.step()
            average.update(model)
        torch.save(average.weights, args.out / "average.pt")
        print(f"pass {number + 1}", {k: round(v.item(), 3) for k, v in losses.items()}, flush=True)
    model.load_state_dict(average.weights)
    model.eval()
    model.half = False
    print(syntax(model, dev, labels))


if __name__ == "__main__":
    main()
