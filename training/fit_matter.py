"""Weighs what tells that two claims say the same, or are of one event: `python -m training.fit_matter`.

Two logistic regressions over `sayso.link.matter.features`, on pairs of claims of two articles of one dev story of the
origins benchmark, or of examples/, that have a word in common and are no copies.

[same]: the labelled claims of a story say the same wherever they are carried; what else there is in the articles, and
all that is in those that do not carry them, says something else. Those are few stories' central claims, so the pairs of
eval/origins/same.jsonl are there as well: what stood in one cluster or nearly, read and labelled by one reader. Pairs
that other rules part (`compare`) are left out, as are claims too light to be compared. Held out by story are printed
the average precision, and of the labelled pairs how many are as likely as `MERGED`.

[event]: positive are the dev pairs of eval/contradictions that are of one event, and the labelled claims that carry one
claim. Negative are the dev pairs that are not, and all other pairs. Some of those are of one event and nobody has
labelled it, so all of them together weigh no more than `REST`. Printed is, for some scores, how many of each sort lie
over them: EVENT and SURE in `matter` were chosen by it.

In:   eval/origins/dev and same.jsonl, eval/contradictions/dev.jsonl, examples/.   Out: src/sayso/data/matter.toml.
Knows nothing of: the test halves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np
from eval.contradictions.__main__ import load as pairs_of
from eval.contradictions.__main__ import read
from eval.origins.measure import claims_at
from eval.origins.stories import load as stories_of

from sayso.case import knowledge, lexicon, reader
from sayso.link.compare import differs, in_order
from sayso.link.matter import EVENT, SURE, features, telling
from sayso.link.same import MERGED
from sayso.link.sketch import sketch
from sayso.link.standing import standing
from sayso.link.stated import Stated
from sayso.read import read_bytes
from sayso.records import Claim, Document, Ledger
from sayso.spans import Span
from sayso.study import study

if TYPE_CHECKING:
    from sayso.link.matter import Floats

ROOT = Path(__file__).parents[1]
FILE = ROOT / "src" / "sayso" / "data" / "matter.toml"
SAME = ("plain", "shared", "words")
ONE_EVENT = ("plain", "around", "shared", "apart", "source")
NAMES = tuple(dict.fromkeys((*SAME, *ONE_EVENT)))
TOUCH, HALF = 0.2, 0.5  # shares of words, for a claim to have to do with some, and to be them
REST = 400.0  # what the unlabelled pairs weigh together; a labelled one weighs 1
PULL = 1.0  # to 0, so that weights stay finite


class Lot(NamedTuple):
    """Pairs of claims: their features, (n, k); whether they are of one event, and whether that was labelled; whether
    they say the same, -1 where nobody knows; what of that was labelled pair by pair; the story.
    """

    x: Floats
    event: Floats
    labelled: Floats
    same: Floats
    read: Floats
    story: str


class _Side(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    article: str
    claim: str


class _Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    story: str
    same: bool
    a: _Side
    b: _Side


Labels = Mapping[frozenset[str], bool]  # by the ids of two claims


class Told(NamedTuple):
    """Of the claims of a story by their ids: the labelled claims that they are, and those whose words they touch."""

    carried: Mapping[str, set[int]]
    touched: Mapping[str, set[int]]
    labels: Labels


def of_pairs() -> Iterator[Lot]:
    """The pairs of claims of eval/contradictions."""
    for pair in pairs_of("dev"):
        (a, b), (one, other) = read(pair)
        if one is None or other is None:
            continue
        x = features(a, b)
        i, j = a.claims.index(one), b.claims.index(other)
        row = np.array([[x[name][i, j] for name in NAMES]])
        event = np.array([float(pair.outcome != "unknown")])
        yield Lot(row, event, np.ones(1), -np.ones(1), np.zeros(1), "")


def of_stories() -> Iterator[Lot]:
    """All pairs of claims of two articles of a dev story, or of examples/."""
    rows: dict[str, list[_Pair]] = defaultdict(list)
    for line in (ROOT / "eval" / "origins" / "same.jsonl").read_bytes().splitlines():
        row = msgspec.json.decode(line, type=_Pair)
        rows[row.story].append(row)
    for story in stories_of("dev"):
        own = {name: study(document, reader(), knowledge()) for name, document in story.articles.items()}
        carried: dict[str, set[int]] = defaultdict(set)
        touched: dict[str, set[int]] = defaultdict(set)
        for number, claim in enumerate(story.claims):
            for name, words in claim.in_.items():
                for found in claims_at(own[name], words)[:1]:
                    carried[found.id].add(number)
                for claim_ in own[name].claims:
                    if _common(claim_, at := _place(own[name], words)) > TOUCH * min(len(at), _length(claim_)):
                        touched[claim_.id].add(number)
        yield from _between(story.name, own, Told(carried, touched, _labels(own, rows[story.name])))
    files = sorted((ROOT / "examples").glob("[01]*"))
    read_ = (d for f in files for d in read_bytes(f.read_bytes(), path=f.name) if isinstance(d, Document))
    own = {d.ref.path: study(d, reader(), knowledge()) for d in read_}
    yield from _between("examples", own, Told({}, {}, _labels(own, rows["examples"])))


def _place(ledger: Ledger, words: str) -> Span:
    start = ledger.document.text.index(words)
    return Span(start, start + len(words))


def _common(claim: Claim, at: Span) -> int:
    return sum(max(0, min(at.end, s.end) - max(at.start, s.start)) for s in claim.content.spans)


def _length(claim: Claim) -> int:
    return sum(map(len, claim.content.spans))


def _labels(own: Mapping[str, Ledger], rows: Sequence[_Pair]) -> Labels:
    """The labels by the claims that are read at their words."""
    found = {}
    for row in rows:
        sides = [_closest(own[s.article], s.claim) for s in (row.a, row.b)]
        if all(sides):
            found[frozenset(name for name in sides if name)] = row.same
    return found


def _closest(ledger: Ledger, words: str) -> str | None:
    """The claim whose content is most nearly some words."""
    at = _place(ledger, words)
    shares = [(c / (len(at) + _length(x) - c), x.id) for x in ledger.claims if (c := _common(x, at))]
    share, name = max(shares, default=(0.0, ""))
    return name if share > HALF else None


def _between(story: str, own: Mapping[str, Ledger], told: Told) -> Iterator[Lot]:
    for a, b in combinations([sketch(ledger, lexicon()) for ledger in own.values()], 2):
        found = features(a, b)
        x = np.stack([found[name].ravel() for name in NAMES], axis=1)
        both = [(one, other) for one in a.claims for other in b.claims]
        ids = [(s.claim.id, t.claim.id) for s, t in both]
        event = np.array([float(bool(told.carried.get(i, set()) & told.carried.get(j, set()))) for i, j in ids])
        same = np.array([_says_the_same(s, t, told) for s, t in both], float)
        read_ = np.array([float(frozenset(pair) in told.labels) for pair in ids])
        keep = np.array([s.terms != t.terms for s, t in both], bool) & (found["shared"].ravel() > 0)
        yield Lot(x[keep], event[keep], event[keep], same[keep], read_[keep], story)


def _says_the_same(s: Stated, t: Stated, told: Told) -> int:
    """1 or 0; -1 where no label tells, or it is not asked."""
    i, j = s.claim.id, t.claim.id
    here, there = told.carried.get(i, set()), told.carried.get(j, set())
    label = told.labels.get(frozenset((i, j)))
    if label is None and here & there:
        label = True
    if label is None and any(x and not x & told.touched.get(name, set()) for x, name in ((here, j), (there, i))):
        label = False
    if label is None or not (telling(s) and telling(t)) or differs(s, t, standing(*in_order(s, t), 1.0)):
        return -1
    return int(label)


def fit(x: Floats, y: Floats, worth: Floats | None = None) -> Floats:
    """Bias and weights by Newton's method."""
    weights = np.ones(len(y)) if worth is None else worth
    x = np.concatenate([np.ones((len(x), 1)), x], 1)
    w = np.zeros(x.shape[1])
    pull = PULL * np.diag([0.0] + [1.0] * (x.shape[1] - 1))
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        h = (x * (weights * p * (1 - p))[:, None]).T @ x + pull
        w += np.linalg.solve(h, x.T @ (weights * (y - p)) - pull @ w)
    return w


def precision(y: Floats, scores: Floats) -> float:
    """Average precision."""
    right = y[np.argsort(-scores, kind="stable")]
    return float((np.cumsum(right) / np.arange(1, len(right) + 1))[right == 1].mean())


def fit_same(lots: Sequence[Lot]) -> Floats:
    """Bias and weights of [same]; prints what is reached on stories that were held out."""
    x, y, by_pair = (np.concatenate(part) for part in zip(*((lot.x, lot.same, lot.read) for lot in lots), strict=True))
    x = x[:, [NAMES.index(name) for name in SAME]]
    story = np.concatenate([np.full(len(lot.x), lot.story) for lot in lots])
    scores = np.zeros(len(y))
    for held in sorted(set(story)):
        bias, *weights = fit(x[(y >= 0) & (story != held)], y[(y >= 0) & (story != held)])
        scores[story == held] = 1 / (1 + np.exp(-(bias + x[story == held] @ np.array(weights))))
    for name, those in (("claims of stories", by_pair == 0), ("pairs that were read", by_pair > 0)):
        mine, is_so = (v[those & (y >= 0)] for v in (scores, y))
        over = mine >= MERGED
        print(f"same, {name}: {len(mine)}, {is_so.sum():.0f} of them so; held out: average precision", end=" ")
        print(
            f"{precision(is_so, mine):.3f}, over {MERGED}: {over[is_so > 0].mean():.3f} of those that are so,", end=" "
        )
        print(f"{over[is_so == 0].mean():.3f} of those that are not")
    return fit(x[y >= 0], y[y >= 0])


def fit_event(lots: Sequence[Lot]) -> Floats:
    """Bias and weights of [event]."""
    parts = zip(*((lot.x, lot.event, lot.labelled) for lot in lots), strict=True)
    x, event, labelled = (np.concatenate(part) for part in parts)
    x = x[:, [NAMES.index(name) for name in ONE_EVENT]]
    found = fit(x, event, np.where(labelled > 0, 1.0, REST / (labelled == 0).sum()))
    scores = 1 / (1 + np.exp(-(found[0] + x @ found[1:])))
    for least in (EVENT, SURE):
        over = scores >= least
        print(f"over {least}: {over[event > 0].mean():.3f} of one event,", end=" ")
        print(f"{over[(labelled > 0) & (event == 0)].mean():.3f} labelled as not,", end=" ")
        print(f"{over[labelled == 0].mean():.3f} of those with a word in common that nobody labelled")
    return found


def _told(section: str, names: Sequence[str], found: Floats) -> str:
    told = ", ".join(f"{name} = {weight:.2f}" for name, weight in zip(names, found[1:], strict=True))
    return f"[{section}]\nbias = {found[0]:.2f}\nweights = {{ {told} }}\n"


def main() -> None:
    """Fits and writes the weights."""
    stories = list(of_stories())
    same, event = fit_same(stories), fit_event([*of_pairs(), *stories])
    FILE.write_text(
        "# Logistic regressions over what `sayso.link.matter.features` tells of two claims.\n"
        "# Made by `python -m training.fit_matter`, which says of what.\n\n"
        f"# Do they say the same?\n{_told('same', SAME, same)}\n"
        f"# Are they of one event?\n{_told('event', ONE_EVENT, event)}",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
