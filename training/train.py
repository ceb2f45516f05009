"""Trains the reader; resumable, seeded, with averaged weights. README.md has the commands.

In:   PolNeAR, treebanks, weights to start from.   Out: a folder with average.pt, labels.json, log.txt, checkpoint.pt.
Knows nothing of: ONNX.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import torch
from torch import Tensor, nn

from sayso.reader.files import installed, read_files
from sayso.reader.grammar import NAME_TAGS, Labels
from sayso.reader.pieces import Vocabulary
from training.batch import Example, Taught, collate, epoch, parsed_epoch, quotation_marks
from training.corpus import load
from training.deep import DeepEncoder, encoder_of
from training.measure import attributions, syntax
from training.model import Batch, Encoder, Reader
from training.rename import Pool, pool, renamed
from training.teach import Teacher, taught, taught_windows
from training.treebank import Treebank, label_sets, load_treebanks, parsed_windows

WEIGHTS = {"arc": 1.0, "rel": 1.0, "upos": 0.5, "xpos": 0.5, "lemma": 0.5, "names": 2.0, "fact": 0.5}
RENAMED = 0.1  # the share of names in a treebank document that give way to others, anew in each pass


def arguments() -> argparse.Namespace:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    ap.add_argument("--data", type=Path, required=True, help="PolNeAR: train and dev")
    ap.add_argument("--weights", type=Path, help="MiniLM-L6: model.safetensors")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--deep", type=Path, help="MPNet-base instead (deep.py), for a teacher: its folder")
    ap.add_argument("--start", type=Path, help="a run's average.pt to begin with, where shapes agree")
    ap.add_argument("--layers", default="0,1,2,3,4,5", help="which of the six layers there are")
    ap.add_argument("--trees", type=Path, help="folder with ud-ewt, ud-gum, uner-ewt and factuality")
    ap.add_argument("--inner", type=Path, help="inner attributions that teach.py wrote")
    ap.add_argument("--teachers", type=Path, nargs="*", default=[], help="runs, the k-th of N with --leave-out k/N")
    ap.add_argument("--guide", type=Path, help="a run of six layers, whose states those of --layers are to come near")
    ap.add_argument("--told", type=float, default=0.5, help="the teachers' share in what is learned")
    ap.add_argument("--leave-out", help="K/N: leave out every article whose number, modulo N, is K")
    ap.add_argument("--passes", type=float, default=5)
    ap.add_argument("--lr", type=float, default=1.5e-4)
    ap.add_argument("--head-lr", type=float, default=1.5e-3)
    ap.add_argument("--layer-decay", type=float, default=0.9)
    ap.add_argument("--ema", type=float, default=0.998)
    ap.add_argument("--limit", type=int, default=254)
    ap.add_argument("--budget", type=int, default=2560, help="pieces per batch")
    ap.add_argument("--tree-budget", type=int, default=1280, help="pieces per batch of treebank windows")
    ap.add_argument("--tree-weight", type=float, default=0.6)
    ap.add_argument("--tree-told", type=float, default=0.3, help="the weight of attributions in treebank windows")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--eval-minutes", type=float, default=12)
    ap.add_argument("--max-steps", type=int)
    ap.add_argument("--threads", type=int, default=2)
    return ap.parse_args()


def groups(model: Reader, args: argparse.Namespace) -> list[dict[str, Any]]:
    """Parameter groups: lower layers learn slower, heads faster; no decay on vectors."""
    out: dict[tuple[float, float], list[nn.Parameter]] = {}
    n = len(model.encoder.layers)
    for name, p in model.named_parameters():
        if name.startswith("encoder.layers."):
            rate = args.lr * args.layer_decay ** (n - 1 - int(name.split(".")[2]))
        elif name.startswith(("encoder.case", "encoder.quote", "encoder.brk", "encoder.annotator")):
            rate = args.head_lr
        elif name.startswith("encoder."):
            rate = args.lr * args.layer_decay**n
        else:
            rate = args.head_lr
        out.setdefault((rate, 0.01 if p.dim() == 2 else 0.0), []).append(p)
    return [{"params": ps, "lr": r, "base": r, "weight_decay": w} for (r, w), ps in out.items()]


class Guide:
    """A deeper network. Each layer of the learner is to come near the one that it began as (Jiao et al. 2020)."""

    def __init__(self, model: Reader, layers: list[int]) -> None:
        self.model, self.layers = model, layers
        self.model.eval()
        self.model.half = True

    def distance(self, states: list[Tensor], b: Batch) -> Tensor:
        """Squared distances of all pieces' states, as shares of the guide's squared states, summed over layers."""
        with torch.no_grad():
            theirs = self.model.states(b)
        out = []
        for own, number in zip(states, self.layers, strict=True):
            goal = theirs[number][b["mask"]].float()
            out.append((own[b["mask"]].float() - goal).square().mean() / goal.square().mean())
        return torch.stack(out).sum()


def losses(
    model: Reader, b: Batch, p: Batch | None, teachers: list[Reader], guide: Guide | None, args: argparse.Namespace
) -> tuple[Tensor, dict[str, float]]:
    """The loss of one step: a batch of articles and one of treebank windows."""
    states = model.states(b)
    h, _ = model.hidden(states)
    parts = model.attribution_losses(h, b, teachers, args.told)
    if guide:
        parts["guide"] = guide.distance(states, b)
    loss = torch.stack([v.double() for v in parts.values()]).sum()
    shown = {k: v.item() for k, v in parts.items()}
    if p is not None:
        states = model.states(p)
        h, mixed = model.hidden(states)
        if guide:
            loss = loss + guide.distance(states, p)
        trees = model.syntax_losses(mixed, p)
        loss = loss + args.tree_weight * sum(WEIGHTS[k] * v for k, v in trees.items())
        if teachers:
            told = model.attribution_losses(h, p, teachers, 1.0)
            loss = loss + args.tree_told * sum(told.values())
        shown |= {k: v.item() for k, v in trees.items()}
    return loss, shown


class Average:
    """Exponential moving average of the weights."""

    def __init__(self, model: Reader, decay: float) -> None:
        self.decay, self.steps = decay, 0
        self.weights = {k: v.clone() for k, v in model.state_dict().items()}

    def update(self, model: Reader) -> None:
        """Moves the average towards the model."""
        self.steps += 1
        d = min(self.decay, (1 + self.steps) / (10 + self.steps))
        torch._foreach_lerp_(list(self.weights.values()), list(model.state_dict().values()), 1 - d)


def save(path: Path, state: dict[str, Any]) -> None:
    """Writes a checkpoint by atomic rename."""
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def deeper(args: argparse.Namespace) -> Guide | None:
    """The network of ``--guide``."""
    if not args.guide:
        return None
    labels = msgspec.json.decode((args.guide / "labels.json").read_bytes(), type=Labels)
    model = Reader({k: len(v) for k, v in labels.sets().items()})
    model.load_state_dict(torch.load(args.guide / "average.pt"))
    return Guide(model, [int(n) for n in args.layers.split(",")])


def begin(args: argparse.Namespace, sizes: dict[str, int], pieces: list[str]) -> Reader:
    """The network at its start: MiniLM's layers, or those of another run."""
    layers = [int(n) for n in args.layers.split(",")]
    torch.manual_seed(args.seed)
    old = torch.load(args.start) if args.start else {}
    if args.deep:
        deep = DeepEncoder(len(pieces))
        deep.load_mpnet(args.deep, pieces)
        model = Reader(sizes, deep)
        state = model.state_dict()  # of a smaller network only the tables fit
        model.load_state_dict(state | {k: v for k, v in old.items() if k in state and state[k].shape == v.shape})
        return model
    whole = Reader(sizes)
    whole.encoder.load_bert(str(args.weights / "model.safetensors"))
    state = whole.state_dict()
    model = whole if len(layers) == len(whole.encoder.layers) else Reader(sizes, Encoder(layers=len(layers)))
    if "mix" in old and len(old["mix"]) == len(layers):  # a run of these very layers
        state = model.state_dict()
    state |= {k: v for k, v in old.items() if k in state and state[k].shape == v.shape}
    if len(state["mix"]) > len(layers):
        state = chosen(state, layers)
    model.load_state_dict(state)
    return model


def chosen(state: dict[str, Tensor], layers: list[int]) -> dict[str, Tensor]:
    """The weights of a network that has some of the layers only."""
    kept = {k: v for k, v in state.items() if not k.startswith("encoder.layers.")}
    for new, old_number in enumerate(layers):
        prefix = f"encoder.layers.{old_number}."
        kept |= {f"encoder.layers.{new}.{k.removeprefix(prefix)}": v for k, v in state.items() if k.startswith(prefix)}
    return kept | {"mix": torch.zeros(len(layers))}


def fresh(
    banks: list[Treebank], names: Pool, rng: random.Random, vocabulary: Vocabulary, labels: Labels, limit: int
) -> list[Example]:
    """The treebanks' windows with other names in them; not where teachers spoke of the words as they were."""
    other = [renamed(bank, names, rng, RENAMED) for bank in banks]
    return taught_windows(parsed_windows(other, vocabulary, labels, limit), [])


def main() -> None:
    """Trains until the passes are done."""
    args = arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    entries = read_files(installed()).raw["vocabulary.txt"].decode().splitlines()
    vocabulary, marks = Vocabulary(entries), quotation_marks(entries)

    log = (args.out / "log.txt").open("a", buffering=1)
    elapsed = 0.0

    def report(text: str) -> None:
        print(f"{elapsed / 60:6.1f} min  {text}", file=log)

    report(f"{vars(args)}")
    articles = load(args.data / "train", vocabulary, args.inner)
    if args.leave_out:
        k, n = map(int, args.leave_out.split("/"))
        articles = [a for i, a in enumerate(articles) if i % n != k]
    teachers = [Teacher(folder, (k, len(args.teachers))) for k, folder in enumerate(args.teachers)]
    train = taught(articles, teachers) if teachers else [Taught(a) for a in articles]
    labels = Labels(("",), ("",), ("",), ("",), NAME_TAGS)
    banks, names, trees, dev_trees = [], {}, [], []
    if args.trees:
        banks = load_treebanks(args.trees, "train")
        labels, names = label_sets(banks), pool(banks)
        trees = taught_windows(parsed_windows(banks, vocabulary, labels, args.limit), teachers)
        dev_trees = parsed_windows(load_treebanks(args.trees, "dev"), vocabulary, labels, args.limit)
    (args.out / "labels.json").write_bytes(msgspec.json.encode(labels))
    model, guide = begin(args, {k: len(v) for k, v in labels.sets().items()}, entries), deeper(args)
    opt = torch.optim.AdamW(groups(model, args), betas=(0.9, 0.98), eps=1e-6, fused=True)
    ema = Average(model, args.ema)
    step, at, done = 0, 0, 0  # `at`: the batch of this pass
    checkpoint = args.out / "checkpoint.pt"
    if checkpoint.exists():
        c = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(c["model"])
        opt.load_state_dict(c["opt"])
        ema.weights, ema.steps = c["ema"], c["step"]
        torch.set_rng_state(c["rng"])
        step, at, done, elapsed = c["step"], c["at"], c["done"], c["elapsed"]
    report(f"{len(train)} articles, {len(trees)} treebank windows")
    began, clock = time.monotonic() - elapsed, elapsed
    sums: dict[str, list[float]] = {}
    progress = 0.0
    while progress < 1:
        rng = random.Random(args.seed * 1000 + done)
        trees = trees if teachers else fresh(banks, names, rng, vocabulary, labels, args.limit)
        batches = epoch(train, rng, marks, args.limit, args.budget)
        seconds = parsed_epoch(trees, rng, marks, args.tree_budget) if trees else []
        while at < len(batches) and progress < 1:
            progress = (done + at / len(batches)) / args.passes
            scale = min(1, (step + 1) / 100) * max(0.0, 1 - progress) + 1e-3
            for g in opt.param_groups:
                g["lr"] = g["base"] * scale
            model.train()
            model.half = True
            second = collate(seconds[at % len(seconds)]) if seconds else None
            loss, parts = losses(model, collate(batches[at]), second, [t.model for t in teachers], guide, args)
            opt.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            ema.update(model)
            for k, v in parts.items():
                sums.setdefault(k, []).append(v)
            step, at = step + 1, at + 1
            elapsed = time.monotonic() - began
            if not math.isfinite(loss.item()):
                raise RuntimeError("loss is not finite")
            if step % 50 == 0:
                shown = " ".join(f"{k} {np.mean(v):.4f}" for k, v in sums.items())
                report(f"step {step} pass {done + at / len(batches):.2f} lr {scale:.3f} {shown}")
                sums = {}
            last = progress >= 1 or step == args.max_steps
            if elapsed - clock > args.eval_minutes * 60 or last:
                state = {"model": model.state_dict(), "opt": opt.state_dict(), "ema": ema.weights}
                state |= {"rng": torch.get_rng_state(), "step": step, "at": at, "done": done, "elapsed": elapsed}
                save(checkpoint, state)
                save(args.out / "average.pt", ema.weights)
                averaged = Reader({k: len(v) for k, v in labels.sets().items()}, encoder_of(ema.weights))
                averaged.load_state_dict(ema.weights)
                averaged.eval()
                report(f"dev {attributions(averaged, args.data / 'dev', vocabulary, None if last else 25)}")
                if dev_trees:
                    report(f"trees {syntax(averaged, dev_trees[:: 1 if last else 6], labels)}")
                elapsed = time.monotonic() - began
                clock = elapsed
                if last:
                    return
        done, at = done + 1, 0


if __name__ == "__main__":
    main()
