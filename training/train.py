"""Trains the reader on PolNeAR; resumable, seeded, with weight averaging.

python train.py --data ../polnear --weights minilm/ --out run1 --passes 5
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path
from typing import Any

import data
import numpy as np
import torch
import ud
from batch import collate, collate_parsed, epoch, parsed_epoch
from data import WordAttribution
from encode import encode, load_tokenizer
from gum_names import add_gum_names
from model import Reader
from parsing import measure
from predict import Network, evaluate, run
from torch import Tensor, nn

WEIGHTS = {"arc": 1.0, "rel": 1.0, "upos": 0.5, "xpos": 0.5, "lemma": 0.5, "ner": 1.0, "fact": 0.5}


def groups(model: Reader, lr: float, head_lr: float, decay: float) -> list[dict[str, Any]]:
    """Parameter groups: lower layers learn slower, heads faster; no decay on vectors."""
    out: dict[tuple[float, float], list[nn.Parameter]] = {}
    n = len(model.encoder.layers)
    for name, p in model.named_parameters():
        if name.startswith("encoder.layers."):
            rate = lr * decay ** (n - 1 - int(name.split(".")[2]))
        elif name.startswith(("encoder.case", "encoder.quote", "encoder.brk", "encoder.annotator")):
            rate = head_lr
        elif name.startswith("encoder."):
            rate = lr * decay**n
        else:
            rate = head_lr
        out.setdefault((rate, 0.01 if p.dim() == 2 else 0.0), []).append(p)
    return [{"params": ps, "lr": r, "base": r, "weight_decay": w} for (r, w), ps in out.items()]


def attribution_loss(model: Reader, h: Tensor, b: dict[str, Tensor], link_weight: float) -> tuple[Tensor, list[float]]:
    """Tag, link and argument losses of a batch, each per word."""
    rows = torch.arange(len(h))[:, None]
    h = h[rows, b["first"]]
    em, link, args = model.tags(h), model.link(h), model.args(h)
    words = b["words"].sum()
    crf = model.crf_loss(em, b["tags"], b["brk"], b["words"]) / words
    total = torch.zeros(())
    for kind in ("source", "content"):
        total = total + model.link_loss(
            kind, link, b[f"{kind}_spans"], b["cue_spans"], b[f"{kind}_feats"], b[f"{kind}_gold"]
        )
    count = (b["source_gold"] >= 0).sum() + (b["content_gold"] >= 0).sum()
    linked = total / words
    argued = model.arg_loss(args, b) / words
    loss = crf + link_weight * linked + argued
    return loss, [crf.item(), float(total.detach() / count.clamp(min=1)), argued.item()]


def losses(
    model: Reader, b: dict[str, Tensor], p: dict[str, Tensor] | None, args: argparse.Namespace
) -> tuple[Tensor, dict[str, float]]:
    """The loss of one step: a batch of articles and one of parsed windows."""
    h = model.hidden(*b["x"].unbind(1), b["mask"], b["who"])
    loss, (crf, link, argued) = attribution_loss(model, h, b, args.link_weight)
    parts = {"tags": crf, "link": link, "args": argued}
    if p is not None:
        h = model.hidden(*p["x"].unbind(1), p["mask"], p["who"])
        syntax = model.syntax_loss(h, p)
        loss = loss + args.syntax_weight * sum(WEIGHTS[k] * v for k, v in syntax.items())
        if args.found_weight:
            found, _ = attribution_loss(model, h, p, args.link_weight)
            loss = loss + args.found_weight * found
        parts |= {k: v.item() for k, v in syntax.items()}
    return loss, parts


def network(model: Reader) -> Network:
    """The model as a callable on numpy arrays."""

    def call(x: np.ndarray, mask: np.ndarray) -> tuple[np.ndarray, ...]:
        with torch.inference_mode():
            out = model(*torch.from_numpy(x).unbind(1), torch.from_numpy(mask))
        return tuple(o.numpy() for o in out)

    return call


class Average:
    """Exponential moving average of the weights."""

    def __init__(self, model: Reader, decay: float) -> None:
        self.decay, self.steps = decay, 0
        self.weights = {k: v.clone() for k, v in model.state_dict().items()}

    def update(self, model: Reader) -> None:
        """Moves the average towards the model."""
        self.steps += 1
        d = min(self.decay, (1 + self.steps) / (10 + self.steps))
        own, new = list(self.weights.values()), list(model.state_dict().values())
        torch._foreach_lerp_(own, new, 1 - d)


def save(path: Path, state: dict[str, Any]) -> None:
    """Writes a checkpoint by atomic rename."""
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--weights", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--passes", type=float, default=5)
    ap.add_argument("--minutes", type=float, help="schedule by training time instead of passes")
    ap.add_argument("--lr", type=float, default=1.5e-4)
    ap.add_argument("--head-lr", type=float, default=1.5e-3)
    ap.add_argument("--layer-decay", type=float, default=0.9)
    ap.add_argument("--link-weight", type=float, default=1.0)
    ap.add_argument("--ema", type=float, default=0.998)
    ap.add_argument("--limit", type=int, default=254)
    ap.add_argument("--budget", type=int, default=2560, help="pieces per batch")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--leave-out", help="K/N: leave out every article whose number, modulo N, is K")
    ap.add_argument("--docs", type=int, help="train on the first N articles only")
    ap.add_argument("--eval-minutes", type=float, default=12)
    ap.add_argument("--max-steps", type=int)
    ap.add_argument("--trees", type=Path, help="folder with ud-ewt, ud-gum, uner-ewt and factuality")
    ap.add_argument("--found", type=Path, help="attributions that a teacher found in the trees' windows (JSON)")
    ap.add_argument("--syntax-weight", type=float, default=0.3)
    ap.add_argument("--found-weight", type=float, default=0.3)
    ap.add_argument("--syntax-budget", type=int, default=1280, help="pieces per batch of parsed windows")
    ap.add_argument("--like", type=Path, help="start from this checkpoint's average where shapes agree")
    args = ap.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(2)

    tok = load_tokenizer(str(args.weights / "tokenizer.json"))
    marks = {m: int(tok.token_to_id(m) or 0) for m in '"“”'}
    train = data.load(args.data / "train")[: args.docs]
    if args.leave_out:
        k, n = map(int, args.leave_out.split("/"))
        train = [d for i, d in enumerate(train) if i % n != k]
    dev = sorted(data.load(args.data / "dev"), key=lambda d: hash_name(d.name))[:25]
    train_enc, dev_enc = [encode(d.text, tok) for d in train], [encode(d.text, tok) for d in dev]

    trees, tree_dev, labels = load_trees(args.trees)
    parsed = ud.windows(trees, tok, labels, args.limit)
    parsed_dev = ud.windows(tree_dev, tok, labels, args.limit)
    found = read_found(args.found, len(parsed))
    if not args.found:
        args.found_weight = 0.0
    sizes = {k: len(v) for k, v in vars(labels).items()}
    (args.out / "labels.json").write_text(json.dumps(vars(labels), ensure_ascii=False))
    torch.manual_seed(args.seed)
    model = Reader(sizes)
    model.encoder.load_bert(str(args.weights / "model.safetensors"))
    if args.like:
        old = {
            k: v
            for k, v in torch.load(args.like).items()
            if k in (own := model.state_dict()) and own[k].shape == v.shape
        }
        model.load_state_dict(old, strict=False)
    opt = torch.optim.AdamW(
        groups(model, args.lr, args.head_lr, args.layer_decay), betas=(0.9, 0.98), eps=1e-6, fused=True
    )
    ema = Average(model, args.ema)
    step, at, done, elapsed = 0, 0, 0, 0.0  # `at`: the batch of this pass
    checkpoint = args.out / "checkpoint.pt"
    if checkpoint.exists():
        c = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(c["model"])
        opt.load_state_dict(c["opt"])
        ema.weights, ema.steps = c["ema"], c["step"]
        torch.set_rng_state(c["rng"])
        step, at, done, elapsed = c["step"], c["at"], c["done"], c["elapsed"]
    log = (args.out / "log.txt").open("a", buffering=1)

    def report(text: str) -> None:
        print(f"{elapsed / 60:6.1f} min  {text}", file=log)

    report(f"{vars(args)}")
    began, clock = time.monotonic() - elapsed, elapsed
    sums: dict[str, list[float]] = {}
    progress = 0.0
    while progress < 1 and not (args.max_steps and step >= args.max_steps):
        rng = random.Random(args.seed * 1000 + done)
        batches = epoch(train, train_enc, rng, marks, args.limit, args.budget)
        seconds = parsed_epoch(list(zip(parsed, found, strict=True)), rng, marks, args.syntax_budget)
        # As many batches of each: the parsed ones start anew when they are used up.
        while at < len(batches) and progress < 1:
            progress = elapsed / 60 / args.minutes if args.minutes else (done + at / len(batches)) / args.passes
            scale = min(1, (step + 1) / 100) * max(0.0, 1 - progress) + 1e-3
            for g in opt.param_groups:
                g["lr"] = g["base"] * scale
            model.train()
            second = collate_parsed(seconds[at % len(seconds)]) if seconds != [[]] else None
            loss, parts = losses(model, collate(batches[at]), second, args)
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
            last = progress >= 1 or (args.max_steps and step >= args.max_steps)
            if elapsed - clock > args.eval_minutes * 60 or last:
                save(
                    checkpoint,
                    {
                        "model": model.state_dict(),
                        "opt": opt.state_dict(),
                        "ema": ema.weights,
                        "rng": torch.get_rng_state(),
                        "step": step,
                        "at": at,
                        "done": done,
                        "elapsed": elapsed,
                    },
                )
                save(args.out / "average.pt", ema.weights)
                averaged = Reader(sizes)
                averaged.load_state_dict(ema.weights)
                averaged.eval()
                out = run(dev_enc, network(averaged))
                report(f"dev25 {evaluate(dev, dev_enc, out, averaged.params()).table()}")
                report(f"trees {measure(averaged, parsed_dev[:: 1 if last else 6], labels)}")
                elapsed = time.monotonic() - began
                clock = elapsed
                if last:
                    return
        done, at = done + 1, 0


def load_trees(folder: Path | None) -> tuple[list[ud.Text], list[ud.Text], ud.Labels]:
    """The treebanks with names and factuality: train, dev, and the label sets of train."""
    if folder is None:
        return [], [], ud.Labels([""], [""], [""], [""], ud.NER_TAGS)
    out = []
    for split in ("train", "dev"):
        ewt = ud.load(folder / f"ud-ewt/en_ewt-ud-{split}.conllu")
        gum = ud.load(folder / f"ud-gum/en_gum-ud-{split}.conllu", ud.FREE_GENRES if split == "train" else None)
        ud.add_names(ewt, folder / f"uner-ewt/en_ewt-ud-{split}.iob2")
        add_gum_names(gum, folder / f"ud-gum/en_gum-ud-{split}.conllu")
        ud.add_factuality(ewt, folder / f"factuality/UDS_IH2/{split}.jsonl")
        out.append(ewt + gum)
    return out[0], out[1], ud.label_sets(out[0])


def read_found(path: Path | None, count: int) -> list[list[WordAttribution]]:
    """A teacher's attributions for each parsed window."""
    if path is None:
        return [[] for _ in range(count)]
    rows = json.loads(path.read_text())
    assert len(rows) == count, "the teacher read other windows"
    return [
        [
            WordAttribution(tuple(a["cue"]), [tuple(s) for s in a["sources"]], [tuple(s) for s in a["contents"]])
            for a in r
        ]
        for r in rows
    ]


def hash_name(name: str) -> int:
    """A fixed pseudo-random order of articles."""
    return random.Random(name).getrandbits(32)


if __name__ == "__main__":
    main()
