"""Trains the heads of syntax, names and factuality on an encoder that stays as it is.

After weights were averaged (average.py) attributions read as well as before, but these heads meet another encoder.

In:   a folder that train.py or average.py wrote, treebanks.   Out: the same with new heads.
Knows nothing of: attributions.

python -m training.trees RUN --trees ../shared/data -o OUT
"""

from __future__ import annotations

import argparse
import random
import shutil
from pathlib import Path

import msgspec
import torch

from sayso.reader.files import installed, read_files
from sayso.reader.grammar import Labels
from sayso.reader.pieces import Vocabulary
from training.batch import Example, collate, parsed_epoch, quotation_marks
from training.measure import syntax
from training.model import Reader
from training.train import WEIGHTS, Average
from training.treebank import load_treebanks, parsed_windows

HEADS = ("mix", "arc", "rel", "word", "fact")


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=main.__doc__)
    ap.add_argument("run", type=Path)
    ap.add_argument("--trees", type=Path, required=True)
    ap.add_argument("-o", "--out", type=Path, required=True)
    ap.add_argument("--passes", type=int, default=3)
    ap.add_argument("--lr", type=float, default=1.5e-3)
    ap.add_argument("--budget", type=int, default=2560)
    args = ap.parse_args()
    torch.manual_seed(1)
    labels = msgspec.json.decode((args.run / "labels.json").read_bytes(), type=Labels)
    model = Reader({k: len(v) for k, v in labels.sets().items()})
    model.load_state_dict(torch.load(args.run / "average.pt"))
    own = [p for name, p in model.named_parameters() if name.split(".")[0] in HEADS]
    for p in model.parameters():
        p.requires_grad_(requires_grad=False)
    for p in own:
        p.requires_grad_()
    entries = read_files(installed()).raw["vocabulary.txt"].decode().splitlines()
    vocabulary, marks = Vocabulary(entries), quotation_marks(entries)
    windows = parsed_windows(load_treebanks(args.trees, "train"), vocabulary, labels, 254)
    examples = [Example(p.enc.pieces, p.enc.case, p.enc.quote, p.enc.brk, [], parsed=p) for p in windows]
    opt = torch.optim.AdamW(own, lr=args.lr, weight_decay=0.01)
    average = Average(model, 0.99)
    model.half = True
    for number in range(args.passes):
        rng = random.Random(number)
        batches = parsed_epoch(examples, rng, marks, args.budget)
        for at, batch in enumerate(batches):
            done = (number + at / len(batches)) / args.passes
            for group in opt.param_groups:
                group["lr"] = args.lr * (1 - done)
            model.train()
            model.encoder.eval()  # the heads read what they will read
            b = collate(batch)
            _, mixed = model.hidden(model.states(b))
            losses = model.syntax_losses(mixed, b)
            loss = torch.stack([WEIGHTS[k] * v for k, v in losses.items()]).sum()
            opt.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(own, 1.0)
            opt.step()
            average.update(model)
        print(f"pass {number + 1}", {k: round(v.item(), 3) for k, v in losses.items()}, flush=True)
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(average.weights, args.out / "average.pt")
    shutil.copy(args.run / "labels.json", args.out)
    model.load_state_dict(average.weights)
    model.eval()
    model.half = False
    dev = parsed_windows(load_treebanks(args.trees, "dev"), vocabulary, labels, 254)
    print(syntax(model, dev, labels))


if __name__ == "__main__":
    main()
