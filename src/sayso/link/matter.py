"""Whether two documents are of one matter, and two claims of one event: the one measure of it that link has.

In:   two Sketches.   Out: closeness, 0 to 1; for each two of their claims how likely they say the same, and the score
      of their being of one event (``data/matter.toml``).
Knows nothing of: who is right; third documents; the rest of a case.

Closeness is the cosine of weighted words: of what two documents are about, and of the sentences around two claims. Sums
are of whole numbers, which floats hold exactly, so that they are the same on every machine and in every order.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from sayso.link.numbers import np
from sayso.link.sketch import FINE, Sketch, Topic
from sayso.link.stated import Stated
from sayso.link.words import weight

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_Key = TypeVar("_Key", bound=Hashable)
EVENT, SURE = 0.65, 0.76  # the least score of two claims of one event, and of two that surely are
LEAST = 8.0  # claims lighter than this are "he did so": nothing to go by
_FEWEST = 2  # telling words of a claim that are neither names nor numbers
# Of two documents on one matter less is enough, "Fourteen people are dead", if it is a statement and no "the truce".
_LIGHT, _ONE, _STATED = 5.0, 1, 4
_CLOSE = 0.5  # of one matter: of `one_story`
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
    enough = stating if one_story(a, b) >= _CLOSE else telling
    told = np.outer(*(np.array([enough(s) for s in d.claims]) for d in (a, b)))
    same, event = (scorers()[name].of(found) for name in ("same", "event"))
    return Alike(same * (share & told), event * share)


def telling(stated: Stated) -> bool:
    """Does a claim have enough words of its own to be known again by?"""
    return stated.weight >= LEAST and stated.plain >= _FEWEST


def stating(stated: Stated) -> bool:
    """Has it enough words to be known again by in a document on the same matter?"""
    light = stated.weight >= _LIGHT and stated.plain >= _ONE and len(stated.at) >= _STATED
    return light or telling(stated)


def features(a: Sketch, b: Sketch) -> dict[str, Floats]:
    """What tells whether claims say the same or are of one event: for each feature a number for each pair of claims.

    ``plain``: the share of the lighter one's words that they have in common, by weight and without names, which all
    claims of a story share; words of like meaning count in part. ``shared``: how many telling words are;
    ``words``: how many of all their words, light ones too: the cosine. ``around``: how close the sentences are in which
    they stand; ``apart``: do both name days, and none in common? ``source``: is the named source the same?
    """
    one, other = _common(a, b), _common(b, a)
    plain = (one.plain + other.plain.T) / 2 / FINE / FINE
    bare = [np.array([s.plain_weight for s in d.claims]) for d in (a, b)]
    least = np.minimum(bare[0][:, None] - one.named / FINE, bare[1][None, :] - other.named.T / FINE)
    return {
        "plain": plain / np.maximum(least, LEAST),
        "shared": np.minimum(one.shared, _SEVERAL) / _SEVERAL,
        "words": _words(a, b),
        "around": _around(a, b),
        "apart": _of_pairs([s.days for s in a.claims], [s.days for s in b.claims], _apart),
        "source": _of_pairs([s.speaker for s in a.claims], [s.speaker for s in b.claims], _one),
    }


class _Common(NamedTuple):
    """Of each claim of one document and each of another: the weight of its words that are there and are no names in
    either (millionths); of those that are names there only (thousandths); how many words.
    """

    plain: Floats
    named: Floats
    shared: Floats


def _common(a: Sketch, b: Sketch) -> _Common:
    """What the claims of ``a`` have of those of ``b``, term by term."""
    there, names = b.speaking_of, b.names_at
    near: dict[str, list[tuple[str, int]]] = {}
    for other in a.akin.keys() & there.keys():
        for term, like in a.akin[other]:
            near.setdefault(term, []).append((other, like))
    rows: list[tuple[str, Sequence[int], list[int]]] = []
    for term in {*near, *(a.speaking_of.keys() & there.keys())}:
        exact: Sequence[int] = there.get(term, ())
        plain = [0] * len(b.claims)
        for other, like in near.get(term, ()):
            for j in there[other]:
                if like > plain[j] and j not in names.get(other, ()):
                    plain[j] = like
        for j in exact:
            plain[j] = FINE
        for j in names.get(term, ()):
            plain[j] = 0
        rows.append((term, exact, plain))
    own, bare = (np.zeros((len(rows), len(a.claims))) for _ in range(2))
    is_there, is_name = (np.zeros((len(rows), len(b.claims))) for _ in range(2))
    for k, (term, exact, _) in enumerate(rows):
        own[k, a.speaking_of[term]] = 1
        bare[k, a.speaking_of[term]] = round(weight(term) * FINE)
        if term in a.names_at:
            bare[k, a.names_at[term]] = 0
        is_there[k, exact] = 1
        if term in names:
            is_name[k, names[term]] = 1
    return _Common(
        plain=bare.T @ np.array([r[2] for r in rows], np.float64).reshape(len(rows), len(b.claims)),
        named=bare.T @ is_name,
        shared=own.T @ is_there,
    )


def _around(a: Sketch, b: Sketch) -> Floats:
    """The cosines of the telling words of the sentences around claims."""
    here, there = a.settings, b.settings
    _, ours, theirs = np.intersect1d(here.words, there.words, assume_unique=True, return_indices=True)
    both = here.weights[:, ours] @ (there.weights[:, theirs] > 0).T.astype(float)
    lengths = np.outer(here.weights.sum(axis=1), there.weights.sum(axis=1))
    close: Floats = both / np.sqrt(np.maximum(lengths, 1.0))
    return close


def _words(a: Sketch, b: Sketch) -> Floats:
    """The cosines of all words of claims, light ones too, each counted once."""
    here, there = a.vocabulary, b.vocabulary
    _, ours, theirs = np.intersect1d(here.words, there.words, assume_unique=True, return_indices=True)
    both = here.has[:, ours] @ there.has[:, theirs].T
    return both / np.sqrt(np.maximum(np.outer(here.has.sum(axis=1), there.has.sum(axis=1)), 1.0))


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
