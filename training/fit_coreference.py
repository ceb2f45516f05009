"""Learns the weights by which pronouns and descriptions find whom they speak of: `python -m training.fit_coreference`.

In:   GUM's train documents.   Out: src/sayso/data/coreference_weights.toml; how often the choice is right.
Knows nothing of: the reader's network.

For each mention a softmax over its candidates and "nobody", the right ones' probabilities added up; plain gradient
ascent (AdaGrad) with a quadratic prior. Lots are joined as the gold has them while the features are gathered.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from eval.coreference import Marked, found_mentions, given_mentions, load, words
from eval.polnear import data_folder

from sayso.resolve.coref_rank import candidates, features, nobody, ranked
from sayso.resolve.coreference import prepared
from sayso.resolve.mentions import Mention
from sayso.spans import Span

WEIGHTS = Path("src/sayso/data/coreference_weights.toml")


@dataclass(frozen=True)
class Choice:
    """One mention with what speaks for each candidate, "nobody" first; ``right``: which of them are."""

    table: str
    found: tuple[dict[str, float], ...]
    right: tuple[bool, ...]


def choices(document: Marked, mentions: Sequence[Mention]) -> Iterable[Choice]:
    """All that has to be chosen in one document."""
    entity: dict[Span, int] = {span: i for i, lot in enumerate(document.gold) for span in lot}
    by_head = {document.syntax.top(span): i for span, i in sorted(entity.items(), key=lambda x: len(x[0]))}
    gold = [entity.get(m.span, by_head.get(m.head, -1) if m.form != "group" else -1) for m in mentions]
    scene, board, _ = prepared(document.syntax, mentions, document.speeches, words())
    for at, mention in enumerate(mentions):
        table = ranked(mention)
        lot = board.lot(at)
        if table is None or (mention.form == "noun" and lot.members[0] < at):
            continue
        found = list(candidates(scene, board, at))
        rows = [nobody(scene, at, len(found))]
        right = [False]
        for rank, (lot_number, nearest) in enumerate(found):
            rows.append(features(scene, board, at, lot_number, nearest, rank))
            right.append(gold[at] >= 0 and any(gold[i] == gold[at] for i in board.lots[lot_number].members if i < at))
        right[0] = not any(right)
        if len(rows) > 1:
            yield Choice(table, tuple(rows), tuple(right))
        if not right[0]:
            board.join(found[right.index(True) - 1][1], at)


def fit(given: Sequence[Choice], *, prior: float, rounds: int = 400) -> dict[str, float]:
    """Weights of one table, by feature."""
    index: dict[str, int] = {}
    rows, columns, values, owner, right = [], [], [], [], []
    for number, choice in enumerate(given):
        for found, is_right in zip(choice.found, choice.right, strict=True):
            row = len(owner)
            owner.append(number)
            right.append(is_right)
            for name, value in found.items():
                rows.append(row)
                columns.append(index.setdefault(name, len(index)))
                values.append(value)
    r, c, v = np.array(rows), np.array(columns), np.array(values)
    own, good = np.array(owner), np.array(right)
    weights, square = np.zeros(len(index)), np.full(len(index), 1e-8)
    for _ in range(rounds):
        scores = np.bincount(r, v * weights[c], minlength=len(own))
        top = np.full(len(given), -np.inf)
        np.maximum.at(top, own, scores)
        weight = np.exp(scores - top[own])
        all_ = np.bincount(own, weight, minlength=len(given))
        best = np.bincount(own, weight * good, minlength=len(given))
        pull = weight * good / best[own] - weight / all_[own]
        slope = np.bincount(c, v * pull[r], minlength=len(index)) - prior * weights
        square += slope**2
        weights += 0.5 * slope / np.sqrt(square)
    return {name: round(float(weights[i]), 3) for name, i in sorted(index.items()) if abs(weights[i]) >= 0.005}


def accuracy(given: Sequence[Choice], weights: dict[str, float]) -> tuple[float, float, int]:
    """How often the choice is right, over all mentions and over those that are somebody, and how many these are."""
    hits = somebody = right_of_them = 0
    for choice in given:
        scores = [sum(v * weights.get(n, 0.0) for n, v in found.items()) for found in choice.found]
        hit = choice.right[int(np.argmax(scores))]
        hits += hit
        if not choice.right[0]:
            somebody += 1
            right_of_them += hit
    return hits / max(1, len(given)), right_of_them / max(1, somebody), somebody


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prior", type=float, default=1.0)
    parser.add_argument("--check", action="store_true", help="learn on four fifths, tell on the last; write nothing")
    options = parser.parse_args()
    documents = load(data_folder() / "ud-gum/en_gum-ud-train.conllu")
    write(documents, prior=options.prior, check=options.check)


def write(documents: Sequence[Marked], *, prior: float, check: bool) -> None:
    made = [
        [*choices(d, found_mentions(d)), *choices(d, given_mentions(d))]
        if not check
        else list(choices(d, found_mentions(d)))
        for d in documents
    ]
    learn = [c for i, own in enumerate(made) if not check or i % 5 for c in own]
    tell = [c for i, own in enumerate(made) if check and not i % 5 for c in own] or learn
    lines = ["# Weights learned on GUM's train documents by training/fit_coreference.py; not to be edited by hand."]
    for table in ("person", "it", "they", "this", "noun", "bare"):
        own = [c for c in learn if c.table == table]
        weights = fit(own, prior=prior)
        all_, some, n = accuracy([c for c in tell if c.table == table], weights)
        print(f"{table:8}{len(own):7} learned, right {100 * all_:5.1f} %, of {n} that are somebody {100 * some:5.1f} %")
        lines += ["", f"[{table}]", *(f'"{name}" = {value}' for name, value in weights.items())]
    if not check:
        WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
