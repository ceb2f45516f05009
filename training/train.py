"""Trains the reader on PolNeAR; resumable, seeded, with weight averaging.

python train.py --data ../polnear --weights minilm/ --out run1 --passes 5
"""

from __future__ import annotations

import argparse
import math
import random
import time
from pathlib import Path
from typing import Any

import data
import numpy as np
import torch
from batch import collate, epoch
from encode import encode, load_tokenizer
from model import Reader
from predict import Network, evaluate, run
from torch import Tensor, nn


def groups(model: Reader, lr: float, head_lr: float, decay: float) -> list[dict[str, Any]]:
    """Parameter groups: lower layers learn slower, heads faster; no decay on vectors."""
    out: dict[tuple[float, float], list[nn.Parameter]] = {}
    n = len(model.encoder.layers)
    for name, p in model.named_parameters():
        if name.startswith("encoder.layers."):
            rate = lr * decay ** (n - 1 - int(name.split(".")[2]))
        elif name.startswith(("encoder.case", "encoder.quote", "encoder.brk")):
            rate = head_lr
        elif name.startswith("encoder."):
            rate = lr * decay**n
        else:
            rate = head_lr
        out.setdefault((rate, 0.01 if p.dim() == 2 else 0.0), []).append(p)
    return [{"params": ps, "lr": r, "base": r, "weight_decay": w} for (r, w), ps in out.items()]


def loss_of(model: Reader, b: dict[str, Tensor], link_weight: float) -> tuple[Tensor, float, float]:
    """The training loss of a batch; tag loss per word and link loss per choice."""
    em, link = model(*b["x"].unbind(1), b["mask"])
    rows = torch.arange(len(em))[:, None]
    em, link = em[rows, b["first"]], link[rows, b["first"]]
    words = b["words"].sum()
    crf = model.crf_loss(em, b["tags"], b["brk"], b["words"]) / words
    total = torch.zeros(())
    for kind in ("source", "content"):
        total = total + model.link_loss(
            kind, link, b[f"{kind}_spans"], b["cue_spans"], b[f"{kind}_feats"], b[f"{kind}_gold"]
        )
    count = (b["source_gold"] >= 0).sum() + (b["content_gold"] >= 0).sum()
    linked = total / words
    return crf + link_weight * linked, crf.item(), float(total.detach() / count.clamp(min=1))


def network(model: Reader) -> Network:
    """The model as a callable on numpy arrays."""

    def call(x: np.ndarray, mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        with torch.inference_mode():
            em, link = model(*torch.from_numpy(x).unbind(1), torch.from_numpy(mask))
        return em.numpy(), link.numpy()

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
    ap.add_argument("--docs", type=int, help="train on the first N articles only")
    ap.add_argument("--eval-minutes", type=float, default=12)
    ap.add_argument("--max-steps", type=int)
    args = ap.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(2)

    tok = load_tokenizer(str(args.weights / "tokenizer.json"))
    marks = {m: int(tok.token_to_id(m) or 0) for m in '"“”'}
    train = data.load(args.data / "train")[: args.docs]
    dev = sorted(data.load(args.data / "dev"), key=lambda d: hash_name(d.name))[:25]
    train_enc, dev_enc = [encode(d.text, tok) for d in train], [encode(d.text, tok) for d in dev]

    torch.manual_seed(args.seed)
    model = Reader()
    model.encoder.load_bert(str(args.weights / "model.safetensors"))
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
    sums, progress = np.zeros(3), 0.0
    while progress < 1 and not (args.max_steps and step >= args.max_steps):
        rng = random.Random(args.seed * 1000 + done)
        batches = epoch(train, train_enc, rng, marks, args.limit, args.budget)
        while at < len(batches) and progress < 1:
            progress = elapsed / 60 / args.minutes if args.minutes else (done + at / len(batches)) / args.passes
            scale = min(1, (step + 1) / 100) * max(0.0, 1 - progress) + 1e-3
            for g in opt.param_groups:
                g["lr"] = g["base"] * scale
            model.train()
            loss, crf, link = loss_of(model, collate(batches[at]), args.link_weight)
            opt.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            ema.update(model)
            sums += [1, crf, link]
            step, at = step + 1, at + 1
            elapsed = time.monotonic() - began
            if not math.isfinite(crf):
                raise RuntimeError("loss is not finite")
            if step % 50 == 0:
                report(
                    f"step {step} pass {done + at / len(batches):.2f} lr {scale:.3f} "
                    f"tags {sums[1] / sums[0]:.4f} link {sums[2] / sums[0]:.4f}"
                )
                sums[:] = 0
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
                averaged = Reader()
                averaged.load_state_dict(ema.weights)
                averaged.eval()
                out = run(dev_enc, network(averaged))
                report(f"dev25 {evaluate(dev, dev_enc, out, averaged.params()).table()}")
                elapsed = time.monotonic() - began
                clock = elapsed
                if last:
                    return
        done, at = done + 1, 0


def hash_name(name: str) -> int:
    """A fixed pseudo-random order of articles."""
    return random.Random(name).getrandbits(32)


if __name__ == "__main__":
    main()
