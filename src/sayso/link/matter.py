"""Whether two documents are of one matter, and two claims of one event: the one measure of it that link has.

In:   two Sketches.   Out: closeness, 0 to 1; for each two of their claims how likely they say the same, and the score
      of their being of one event (``data/matter.toml``).
Knows nothing of: who is right; third documents; the rest of a case.

Closeness is the cosine of weighted words: of what two documents are about, and of the sentences around two claims. Sums
are of whole numbers, so that they are the same on every machine and in every order.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from sayso.link.numbers import np
from sayso.link.sketch import FINE, Sketch, Stated, Topic
from sayso.link.words import weight

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Floats = NDArray[np.float64]

_Key = TypeVar("_Key", bound=Hashable)
EVENT, SURE = 0.65, 0.76  # the least score of two claims of one event, and of two that surely are
LEAST = 8.0  # claims lighter than this are "he did so": nothing to go by
_FEWEST = 2  # telling words of a claim that are neither names nor numbers
_LIGHT = 60.0  # the weight of a claim of ten telling words
_TELLING = 30.0  # the weight of common words that is as good as any more
_SEVERAL = 4  # common words that are as good as any more
_DIGITS = 6  # of a score


class Scorer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A logistic regression: a bias, and a weight for each of the `features` that it looks at."""

    bias: float
    weights: dict[str, float]

    def of(self, found: Mapping[str, Floats]) -> Floats:
        """The scores, 0 to 1."""
        value = self.bias + sum(w * found[name] for name, w in self.weights.items())
        return np.round(1 / (1 + np.exp(-value)), _DIGITS)


@cache
def scorers() -> dict[str, Scorer]:
    """ "same": do two claims say the same? "event": are they of one event?"""
    text = (resources.files("sayso") / "data" / "matter.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Scorer])


def one_story(a: Sketch, b: Sketch) -> float:
    """How much two documents are of one matter, 0 to 1: half of the cosine is as good as all."""
    return min(1.0, 2 * touch(a.outline, b.outline))


def touch(a: Topic, b: Topic) -> float:
    """The cosine of what two documents are about, of what is kept of it."""
    return sum(w * b[t] for t, w in a.items() if t in b) / (FINE * FINE)


class Alike(NamedTuple):
    """How likely each claim of one document (a row) says the same as each of another (a column), whatever the sources
    make of it (one may deny what the other asserts), and the score of their being of one event; 0 to 1 each.
    """

    same: Floats
    event: Floats


def alike(a: Sketch, b: Sketch) -> Alike:
    """How alike the claims of two documents are; claims that share no telling word are not."""
    if not a.claims or not b.claims:
        nothing = np.zeros((len(a.claims), len(b.claims)))
        return Alike(nothing, nothing)
    found = features(a, b)
    share = found["shared"] > 0
    told = np.outer(*(np.array([s.weight >= LEAST and s.plain >= _FEWEST for s in d.claims]) for d in (a, b)))
    same, event = (scorers()[name].of(found) for name in ("same", "event"))
    return Alike(same * (share & told), event * share)


def features(a: Sketch, b: Sketch) -> dict[str, Floats]:
    """What tells whether claims say the same or are of one event: for each feature a number for each pair of claims.

    Shares of the weight of their words, where words of like meaning count in part. ``held``: of the lighter one's;
    ``alike``: of both; ``plain``: of the lighter one's without names, which all claims of a story share; ``telling``:
    the weight of what is common without names; ``shared``: how many words are; ``numbers``: do they share a number?
    ``around``: how close the sentences are in which they stand; ``apart``: do both name days, and none in common?
    ``source``: is the named source the same? ``story``: how much the documents are of one matter.
    """
    one, other = _common(a, b), _common(b, a)
    common, plain = ((x + y.T) / 2 / FINE / FINE for x, y in ((one.whole, other.whole), (one.plain, other.plain)))
    here, there = (np.array([s.weight for s in d.claims]) for d in (a, b))
    lighter = np.minimum.outer(here, there)
    bare = [np.array([s.plain_weight for s in d.claims]) for d in (a, b)]
    least = np.minimum(bare[0][:, None] - one.named / FINE, bare[1][None, :] - other.named.T / FINE)
    return {
        "held": common / np.maximum(lighter, LEAST),
        "alike": common / np.maximum(np.add.outer(here, there) - common, LEAST),
        "plain": plain / np.maximum(least, LEAST),
        "telling": np.minimum(plain, _TELLING) / _TELLING,
        "size": np.minimum(lighter, _LIGHT) / _LIGHT,
        "shared": np.minimum(one.shared, _SEVERAL) / _SEVERAL,
        "numbers": (one.figures > 0).astype(float),
        "around": _around(a, b),
        "apart": _of_pairs([s.days for s in a.claims], [s.days for s in b.claims], _apart),
        "source": _of_pairs([s.speaker for s in a.claims], [s.speaker for s in b.claims], _one),
        "story": np.full(common.shape, one_story(a, b)),
    }


class _Common(NamedTuple):
    """Of each claim of one document and each of another: the weight of its words that are there, and of those that are
    no names in either (millionths); of those that are names there only (thousandths); how many words and numbers.
    """

    whole: Whole
    plain: Whole
    named: Whole
    shared: Whole
    figures: Whole


def _common(a: Sketch, b: Sketch) -> _Common:
    """What the claims of ``a`` have of those of ``b``, term by term."""
    there, names = b.speaking_of, b.names_at
    near: dict[str, list[tuple[str, int]]] = {}
    for other in a.akin.keys() & there.keys():
        for term, like in a.akin[other]:
            near.setdefault(term, []).append((other, like))
    rows: list[tuple[str, Sequence[int], list[int], list[int]]] = []
    for term in {*near, *(a.speaking_of.keys() & there.keys())}:
        exact: Sequence[int] = there.get(term, ())
        whole, plain = [0] * len(b.claims), [0] * len(b.claims)
        for other, like in near.get(term, ()):
            for j in there[other]:
                whole[j] = max(whole[j], like)
                if like > plain[j] and j not in names.get(other, ()):
                    plain[j] = like
        for j in exact:
            whole[j] = plain[j] = FINE
        for j in names.get(term, ()):
            plain[j] = 0
        rows.append((term, exact, whole, plain))
    own, bare = (np.zeros((len(rows), len(a.claims)), np.int64) for _ in range(2))
    is_there, is_name = (np.zeros((len(rows), len(b.claims)), np.int64) for _ in range(2))
    for k, (term, exact, _, _) in enumerate(rows):
        worth = round(weight(term) * FINE)
        own[k, a.speaking_of[term]] = bare[k, a.speaking_of[term]] = worth
        if term in a.names_at:
            bare[k, a.names_at[term]] = 0
        is_there[k, exact] = 1
        if term in names:
            is_name[k, names[term]] = 1
    digits = np.array([term[0].isdigit() for term, *_ in rows], bool)
    has = (own > 0).astype(np.int64)
    return _Common(
        whole=own.T @ np.array([r[2] for r in rows], np.int64).reshape(len(rows), len(b.claims)),
        plain=bare.T @ np.array([r[3] for r in rows], np.int64).reshape(len(rows), len(b.claims)),
        named=bare.T @ is_name,
        shared=has.T @ is_there,
        figures=has[digits].T @ is_there[digits],
    )


def _around(a: Sketch, b: Sketch) -> Floats:
    """The cosines of the telling words of the sentences around claims."""
    here, there = a.settings, b.settings
    _, ours, theirs = np.intersect1d(here.words, there.words, assume_unique=True, return_indices=True)
    both = here.weights[:, ours] @ (there.weights[:, theirs] > 0).T.astype(np.int64)
    lengths = np.outer(here.weights.sum(axis=1), there.weights.sum(axis=1).astype(float))
    return both / np.sqrt(np.maximum(lengths, 1.0))


def days_apart(a: Stated, b: Stated) -> bool:
    """Do both name days, and none in common?"""
    return _apart(a.days, b.days)


def one_source(a: Stated, b: Stated) -> bool:
    """Is it the same source, by name?"""
    return _one(a.speaker, b.speaker)


def _apart(a: tuple[tuple[str, str], ...], b: tuple[tuple[str, str], ...]) -> bool:
    return bool(a and b) and all(x[0] > y[1] or y[0] > x[1] for x in a for y in b)


def _one(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and (a <= b or b <= a)


def _of_pairs(one: Sequence[_Key], other: Sequence[_Key], test: Callable[[_Key, _Key], bool]) -> Floats:
    """1 where a test of something of two claims holds; most claims have it not, or have the same."""
    found = np.zeros((len(one), len(other)))
    for x in set(filter(None, one)):
        for y in set(filter(None, other)):
            if test(x, y):
                found[np.ix_([k == x for k in one], [k == y for k in other])] = 1.0
    return found
