"""Scores sayso on a folder in PolNeAR's layout: `python -m eval.polnear FOLDER`.

In:   gold articles; claims that sayso makes now, or a file of them.   Out: a table; JSON with --json.
Knows nothing of: how claims are found.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import msgspec

from eval.brat import Article, Attribution, read_folder
from eval.score import ROLES, Counts, Scores, interval, link, score
from sayso.case import knowledge, reader
from sayso.errors import NotFound, SaysoError, Unreadable
from sayso.read import read_bytes
from sayso.records import Claim
from sayso.study import study

Claims = Callable[[Article], Iterable[Claim]]


@dataclass(frozen=True)
class Measured:
    """``found_by``: for each rule or model how many of its claims (``predicted``) are linked (``hits``)."""

    articles: int
    scores: Scores
    linked_interval: tuple[float, float]
    found_by: dict[str, Counts]
    seconds: float


def data_folder() -> Path:
    """Where the public corpora lie: the environment's SAYSO_DATA, else ../shared/data."""
    return Path(os.environ.get("SAYSO_DATA", "../shared/data"))


def claims_of() -> Claims:
    """Makes the claims of an article as `sayso read` does."""

    def made(article: Article) -> tuple[Claim, ...]:
        (document,) = read_bytes(article.text.encode(), path=f"{article.name}.txt")
        if isinstance(document, Unreadable):
            raise document
        if document.text != article.text:
            raise Unreadable(f"{article.name}: was read as another text, so its offsets mean nothing")
        return study(document, reader(), knowledge()).claims

    return made


def claims_in(file: Path) -> Claims:
    """The claims of a JSON Lines file; their document's path ends in the article's name. Raises Unreadable."""
    by_article: dict[str, list[Claim]] = {}
    if not file.is_file():
        raise NotFound(f"{file}: no such file of claims")
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        try:
            claim = msgspec.json.decode(line, type=Claim)
        except msgspec.DecodeError as error:
            raise Unreadable(f"{file}, line {number}: no claim record ({error})") from error
        name = PurePosixPath(claim.document.path.rpartition("#")[2]).name
        by_article.setdefault(name.removesuffix(".txt"), []).append(claim)
    return lambda article: by_article.get(article.name, ())


def attribution(claim: Claim) -> Attribution:
    return Attribution(
        source=claim.source.spans if claim.source else (),
        cue=claim.cue.spans if claim.cue else (),
        content=claim.content.spans,
    )


def measure(articles: Sequence[Article], claims: Claims) -> Measured:
    """Nested and authorial claims are left out: the gold has only outermost attributions."""
    began = time.perf_counter()
    found = [[claim for claim in claims(a) if claim.via is None and claim.kind != "authorial"] for a in articles]
    seconds = time.perf_counter() - began
    per_article: list[Scores] = []
    made: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for article, kept in zip(articles, found, strict=True):
        predicted = [attribution(claim) for claim in kept]
        per_article.append(score(predicted, article.gold))
        made.update(claim.found_by for claim in kept)
        right.update(kept[i].found_by for i in link(predicted, article.gold))
    return Measured(
        articles=len(articles),
        scores=sum(per_article, Scores()),
        linked_interval=interval([scores.linked for scores in per_article]),
        found_by={name: Counts(right[name], n, 0) for name, n in made.most_common()},
        seconds=seconds,
    )


def agreement(articles: Iterable[Article]) -> tuple[Scores, int]:
    """Every annotator against every other on the articles that several have read, and how many pairs there are."""
    pairs = [
        score(one, other)
        for article in articles
        for one, other in itertools.combinations(article.annotators.values(), 2)
    ]
    return sum(pairs, Scores()), len(pairs)


def table(scores: Scores) -> list[str]:
    """The lines of the table, in percent."""

    def row(name: str, counts: Counts) -> str:
        figures = "".join(f"{100 * figure:7.1f}" for figure in (counts.precision, counts.recall, counts.f1))
        return f"{name:20}{figures}{counts.predicted:9}{counts.gold:9}"

    return [
        f"{'':20}{'P':>7}{'R':>7}{'F1':>7}{'found':>9}{'gold':>9}",
        *(row(f"exact {role}", scores.exact[role]) for role in ROLES),
        *(row(f"characters {role}", scores.characters[role]) for role in ROLES),
        row("linked", scores.linked),
    ]


def figures(measured: Measured) -> dict[str, object]:
    """What --json writes, in percent."""

    def percent(counts: Counts) -> dict[str, float]:
        return {name: round(100 * getattr(counts, name), 2) for name in ("precision", "recall", "f1")}

    scores, (low, high) = measured.scores, measured.linked_interval
    return {
        "articles": measured.articles,
        "seconds": round(measured.seconds, 2),
        "exact": {role: percent(scores.exact[role]) for role in ROLES},
        "characters": {role: percent(scores.characters[role]) for role in ROLES},
        "linked": {**percent(scores.linked), "f1_interval": [round(100 * low, 2), round(100 * high, 2)]},
        "found_by": {
            name: {"claims": counts.predicted, "linked_precision": round(100 * counts.precision, 2)}
            for name, counts in measured.found_by.items()
        },
    }


def show(measured: Measured) -> None:
    low, high = measured.linked_interval
    print("\n".join(table(measured.scores)))
    print(f"{'':20}linked F1, 95 % of resamples of the articles: {100 * low:.1f} to {100 * high:.1f}\n")
    width = max([len(name) for name in measured.found_by] + [8])
    print(f"{'found by':{width}}{'claims':>8}{'linked P':>10}")
    for name, counts in measured.found_by.items():
        print(f"{name:{width}}{counts.predicted:8}{100 * counts.precision:10.1f}")
    print(f"\n{measured.articles} articles, {measured.articles / measured.seconds:.1f} articles/s")


def _count(typed: str) -> int:
    if int(typed) < 1:
        raise argparse.ArgumentTypeError("give 1 or more")
    return int(typed)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.polnear", description="Score sayso on brat files.")
    parser.add_argument("folder", type=Path, nargs="?", help="holds text/ and attributions/ (default: PolNeAR's dev)")
    parser.add_argument("--limit", type=_count, metavar="N", help="only the first N articles")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--predictions", type=Path, help="score these claims (JSON Lines) instead of making them")
    parser.add_argument("--human", action="store_true", help="how far the annotators agree with each other")
    options = parser.parse_args(arguments)
    try:
        articles = list(itertools.islice(read_folder(options.folder or data_folder() / "polnear/dev"), options.limit))
        if options.human:
            scores, pairs = agreement(articles)
            print("\n".join([*table(scores), f"{pairs} pairs of annotators"]))
            return 0
        measured = measure(articles, claims_in(options.predictions) if options.predictions else claims_of())
    except SaysoError as error:
        print(error, file=sys.stderr)
        return 2
    show(measured)
    if options.json:
        options.json.write_text(json.dumps(figures(measured), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
