"""Measures how published fact-checks are matched with claims, on pairs of our own: `python -m eval.reviews [--show]`.

In:   eval/reviews.jsonl: claims, reviewed claims, whether they are one.   Out: P, R, F1 by threshold, beside rapidfuzz.
Knows nothing of: ratings.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import msgspec
from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from eval.score import Counts
from sayso.check.similar import ALIKE, POSSIBLE, likeness, terms

HERE = Path(__file__).parent
Scores = Callable[["Pair"], float]


class Pair(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A claim and a claim that was reviewed. ``part`` goes by the SHA-256 of the latter (first byte
    even: dev; of the first 74 by another draw): a claim that is the same and one
    that is only of the same matter are in one half.
    """

    claim: str
    review: str
    same: bool
    kind: str
    part: Literal["dev", "test"]


def pairs() -> list[Pair]:
    raw = (HERE / "reviews.jsonl").read_bytes()
    return [msgspec.json.decode(line, type=Pair) for line in raw.splitlines()]


def ours(pair: Pair) -> float:
    return likeness(terms(pair.claim), terms(pair.review))


def plain(pair: Pair) -> float:
    return fuzz.token_set_ratio(default_process(pair.claim), default_process(pair.review)) / 100


def counts(given: Sequence[Pair], scores: Scores, least: float) -> Counts:
    found = [pair.same for pair in given if scores(pair) >= least]
    return Counts(sum(found), len(found), sum(pair.same for pair in given))


def best(given: Sequence[Pair], scores: Scores) -> float:
    return max((counts(given, scores, t / 100).f1, t) for t in range(20, 100))[1] / 100


def figures() -> dict[str, float]:
    """What is held to floors, in percent: P and R of what is shown as similar, on test."""
    found = counts([pair for pair in pairs() if pair.part == "test"], ours, ALIKE)
    return {"similar_p": 100 * found.precision, "similar_r": 100 * found.recall}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print each pair of dev with its likeness")
    options = parser.parse_args(arguments)
    dev, test = ([pair for pair in pairs() if pair.part == part] for part in ("dev", "test"))
    print(f"{len(dev)} pairs for dev, {len(test)} for test; the best threshold on dev would be {best(dev, ours):.2f}")
    print(f"{'':36} {'dev P':>7} {'R':>6} {'F1':>6}   {'test P':>7} {'R':>6} {'F1':>6}")
    fuzzy = best(dev, plain)
    for name, scores, least in (
        (f"similar ≥ {ALIKE}", ours, ALIKE),
        (f"similar or possibly ≥ {POSSIBLE}", ours, POSSIBLE),
        (f"rapidfuzz token_set_ratio ≥ {fuzzy:.2f}", plain, fuzzy),
    ):
        cells = [counts(part, scores, least) for part in (dev, test)]
        print(
            f"{name:36} "
            + "   ".join(f"{100 * c.precision:7.1f} {100 * c.recall:6.1f} {100 * c.f1:6.1f}" for c in cells)
        )
    if options.show:
        for pair in sorted(dev, key=ours):
            print(f"{ours(pair):.2f} {'same' if pair.same else '    '} {pair.kind:9} {pair.claim} | {pair.review}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
