"""Learns the weights by which pronouns and descriptions find whom they speak of: `python -m training.fit_coreference`.

In:   GUM's train documents.   Out: src/sayso/data/coreference_weights.toml; how often the choice is right.
Knows nothing of: the reader's network.

For each mention a softmax over its candidates and "nobody", the right ones' probabilities added up; plain gradient
ascent (AdaGrad) with a quadratic prior. While features are gathered, lots are joined first as the gold has them, then,
in further rounds, as the weights learned so far choose: what one wrong choice does to the next is learned too
(Ross, Gordon and Bagnell 2011).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from eval.coreference import Marked, found_mentions, given_mentions, load, words
from eval.polnear import data_folder

from sayso.resolve.coref_rank import candidates, features, nobody, ranked, score
from sayso.resolve.coreference import prepared
from sayso.resolve.mentions import Mention
from sayso.spans import Span

TABLES = ("person", "it", "they", "this", "noun", "bare")
WEIGHTS = Path("src/sayso/data/coreference_weights.toml")


@dataclass(frozen=True)
class Choice:
    """One mention with what speaks for each candidate, "nobody" first; ``right``: which of them are."""

    table: str
    found: tuple[dict[str, float], ...]
    right: tuple[bool, ...]


Weights = Mapping[str, Mapping[str, float]]


def choices(document: Marked, mentions: Sequence[Mention], weights: Weights) -> Iterable[Choice]:
    """All that has to be chosen in one document. Lots grow by ``weights``, or by the gold where there are none."""
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
            known = Counter(gold[i] for i in board.lots[lot_number].members if i < at and gold[i] >= 0)
            right.append(gold[at] >= 0 and bool(known) and known.most_common(1)[0][0] == gold[at])
        right[0] = not any(right)
        if len(rows) > 1:
            yield Choice(table, tuple(rows), tuple(right))
        chosen = right.index(True)
        if table in weights:
            scores = [score(row, weights[table]) for row in rows]
            chosen = scores.index(max(scores))
        if chosen:
            board.join(found[chosen - 1][1], at)


def fit(given: Sequence[Choice], *, prior: float, steps: int = 300) -> dict[str, float]:
    """Weights of one table, by feature."""
    index: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    owner: list[int] = []
    right: list[bool] = []
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
    for _ in range(steps):
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


def accuracy(given: Sequence[tuple[Choice, Mapping[str, float]]]) -> tuple[float, float, int]:
    """How often the choice is right, over all mentions and over those that are somebody, and how many these are."""
    hits = [(c.right[0], c.right[max(range(len(c.found)), key=lambda i: score(c.found[i], w))]) for c, w in given]
    somebody = [hit for nobody_, hit in hits if not nobody_]
    return sum(hit for _, hit in hits) / max(1, len(hits)), sum(somebody) / max(1, len(somebody)), len(somebody)


def learn(documents: Sequence[Marked], *, prior: float, rounds: int) -> dict[str, dict[str, float]]:
    """The weights of all tables, learned on mentions as sayso finds them and as the gold has them."""
    weights: dict[str, dict[str, float]] = {}
    gathered: list[Choice] = []
    for _ in range(rounds):
        for document in documents:
            for mentions in (found_mentions(document), given_mentions(document)):
                gathered.extend(choices(document, mentions, weights))
        weights = {table: fit([c for c in gathered if c.table == table], prior=prior) for table in TABLES}
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prior", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--check", action="store_true", help="five times learn on four fifths, tell on the last")
    options = parser.parse_args()
    documents = load(data_folder() / "ud-gum/en_gum-ud-train.conllu")
    if options.check:
        check(documents, prior=options.prior, rounds=options.rounds)
    else:
        write(learn(documents, prior=options.prior, rounds=options.rounds))


def check(documents: Sequence[Marked], *, prior: float, rounds: int) -> None:
    """How often the choice is right on documents that were not learned from, lots growing as chosen."""
    told: list[tuple[Choice, dict[str, float]]] = []
    for fold in range(5):
        weights = learn([d for i, d in enumerate(documents) if i % 5 != fold], prior=prior, rounds=rounds)
        for document in documents[fold::5]:
            told += [(c, weights[c.table]) for c in choices(document, found_mentions(document), weights)]
    for table in TABLES:
        all_, some, n = accuracy([pair for pair in told if pair[0].table == table])
        print(f"{table:8}right {100 * all_:5.1f} %, of {n} that are somebody {100 * some:5.1f} %")


def write(weights: Weights) -> None:
    lines = ["# Weights learned on GUM's train documents by training/fit_coreference.py; not to be edited by hand."]
    for table, own in weights.items():
        lines += ["", f"[{table}]", *(f'"{name}" = {value}' for name, value in own.items())]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
