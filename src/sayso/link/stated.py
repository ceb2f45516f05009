"""A claim in the form in which link compares it with others.

In:   a Claim, the Words of its document.   Out: Stated.
Knows nothing of: other claims.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import combinations, zip_longest
from typing import Any, TypeVar

import msgspec

from sayso.link.words import Words, mixed, stem
from sayso.records import DENIES, Claim
from sayso.spans import Span

_WORD = re.compile(r"[^\W_]+")
_RARE = 8.0  # the least weight of such a pair: lighter ones stand together by chance
_NEGATIONS = frozenset(map(stem, (
    "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "nowhere", "cannot", "didn't",
    "don't", "doesn't", "wasn't", "weren't", "isn't", "aren't", "won't", "wouldn't", "hasn't", "haven't", "hadn't",
    "can't", "couldn't", "failed", "refused",
)))  # fmt: skip
_REACH = 8  # words after a "not" that it is about
_BREAKS = (";", ".", ":", "—", "–", "!", "?")
# "A fire, not a mine, sank it", "a fire rather than a mine may have sunk it": what is named instead ends at a comma or
# at the next of these words.
_INSTEAD = frozenset((stem(a), stem(b)) for a, b in (("rather", "than"), ("instead", "of")))
_GOES_ON = frozenset(map(stem, (
    "is", "are", "was", "were", "has", "have", "had", "may", "might", "can", "could", "will", "would", "shall",
    "should", "must", "did", "does", "do", "that", "which", "who", "when", "because", "but", "and",
)))  # fmt: skip
_BACK = 20  # characters before a word, to see what it opens
_KEYED = 6  # a claim is looked up by pairs of its weightiest terms

_T = TypeVar("_T")


class Stated(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A claim as it is compared. ``terms``: what its content speaks of, each with its weight; ``at``: its words, by
    their numbers in ``words``; ``names``: the stems of its proper names; ``called``: its terms that are names, also of
    whom "he" stands for; ``setting``: the numbers of the words of the sentences that it stands in, and of the one
    before; ``teller``: the stems of the name of who tells it, where it is told in another claim; ``in_denial``: that
    one denies it.
    """

    claim: Claim
    words: Words
    terms: dict[str, float]
    at: tuple[int, ...]
    names: frozenset[str]
    called: frozenset[str]
    setting: range
    teller: frozenset[str] = frozenset()
    in_denial: bool = False

    @cached_property
    def worked_out(self) -> dict[Callable[[Stated], Any], Any]:
        """What others have worked out of it, each once; see `once`."""
        return {}

    @property
    def text(self) -> str:
        """That of the document, for its spans."""
        return self.words.text

    @cached_property
    def own_stems(self) -> tuple[str, ...]:
        """The stems of its own words, light ones too."""
        return tuple(self.words.stems[k] for k in self.at)

    @cached_property
    def phrases(self) -> dict[str, range]:
        """Its stems, and each two in a row with a space between, with the numbers of their words."""
        found = {}
        for k, after in zip_longest(self.at, self.at[1:]):
            found[self.words.stems[k]] = range(k, k + 1)
            if after == k + 1:
                found[f"{self.words.stems[k]} {self.words.stems[after]}"] = range(k, after + 1)
        return found

    @cached_property
    def denied(self) -> frozenset[str]:
        """The stems of its words that a "no" bears on: all where its cue turns it round, else those after a "not"."""
        own = self.words
        reasons = [s for r in self.claim.why if r.why != DENIES for s in r.spans] if self.negative else []
        inside = {k for s in reasons for k in own.within(s)} & set(self.at)
        if self.negative and not inside:
            return frozenset(self.own_stems)
        found: set[str] = set()
        reach = 0
        for k, before in zip(self.at, (None, *self.at), strict=False):
            if before is not None and own.text[own.ends[before] : own.starts[k]].strip() in _BREAKS:
                reach = 0
            if (
                own.stems[k] == "not"
                and before is not None
                and own.text[own.ends[before] : own.starts[k]].strip() == ","
            ):
                reach = 0  # what it is about ends soon: `instead`
            elif own.stems[k] in _NEGATIONS or k in inside:
                reach = _REACH
            elif reach:
                found.add(own.stems[k])
                reach -= 1
        return frozenset(found) | self.instead

    @cached_property
    def instead(self) -> frozenset[str]:
        """The stems of what it names another thing in place of: "rather than a mine", ", not a mine,"."""
        own, found, open_ = self.words, set[str](), False
        for k in self.at:
            gap = own.text[own.ends[k - 1] : own.starts[k]].strip() if k else ""
            if gap in (*_BREAKS, ",") or own.stems[k] in _GOES_ON:
                open_ = False
            if (gap == "," and own.stems[k] == "not") or (k and (own.stems[k - 1], own.stems[k]) in _INSTEAD):
                open_ = True
            elif open_:
                found.add(own.stems[k])
        return frozenset(found)

    def place(self, phrase: str) -> Span:
        """Where it has one of its phrases."""
        at = self.phrases[phrase]
        return self.words.span(at.start, at.stop)

    def places(self, stems: frozenset[str]) -> tuple[Span, ...]:
        """Where its content has one of ``stems``."""
        return tuple(self.words.span(k, k + 1) for k in self.at if self.words.stems[k] in stems)

    @cached_property
    def weight(self) -> float:
        return sum(self.terms.values())

    @cached_property
    def plain_weight(self) -> float:
        """The weight of its terms without names."""
        return sum(w for t, w in self.terms.items() if t not in self.called)

    @cached_property
    def days(self) -> tuple[tuple[str, str], ...]:
        """The days that it names, each as the first and the last on which it may lie."""
        return tuple((w.earliest, w.latest) for w in self.claim.times if w.earliest and w.latest)

    @cached_property
    def speaker(self) -> frozenset[str]:
        """The stems of the name of who says it; none where nobody is named."""
        return named(self.claim)

    @cached_property
    def figures(self) -> frozenset[str]:
        """Its numbers."""
        return frozenset(t for t in self.terms if t[0].isdigit())

    @cached_property
    def plain(self) -> int:
        """How many of its terms are neither names nor numbers."""
        return len(self.terms.keys() - self.called - self.figures)

    @cached_property
    def bare(self) -> frozenset[str]:
        """Its terms that stand in its own words and are no names: not those of whom "he" stands for."""
        return frozenset(self.own_stems) & self.terms.keys() - self.names

    @property
    def negative(self) -> bool:
        """Does its source put it as not so?"""
        return self.claim.factuality.endswith("-")

    @cached_property
    def slots(self) -> dict[str, frozenset[str]]:
        """For each two words before a name the stems of the names that stand after them: "sanctions on"."""
        found: dict[str, set[str]] = {}
        own, before = self.words.stems, ""
        named = set(names_at(self.words, self.at))
        for first, second, k in zip(self.at, self.at[1:], self.at[2:], strict=False):
            if k not in named:
                before = ""
            elif second not in named:
                before = f"{own[first]} {own[second]}"
            if before:
                found.setdefault(before, set()).add(own[k])
        return {word: frozenset(names) for word, names in found.items()}

    def lookups(self) -> Iterator[int]:
        """What candidates for the same claim are looked up by: pairs of its weightiest terms.

        They depend on the claim alone, so a pair of claims is found or not whatever else the case holds.
        """
        chosen = sorted(self.terms, key=lambda t: (-self.terms[t], t))[:_KEYED]
        pairs = combinations(sorted(chosen), 2)
        return (mixed(pair) for pair in pairs if sum(self.terms[t] for t in pair) >= _RARE)


def named(claim: Claim) -> frozenset[str]:
    """The stems of the name of who says it; none where nobody is named."""
    source = claim.source
    return frozenset(map(stem, _WORD.findall(source.name))) if source and not source.anonymous else frozenset()


def once(work: Callable[[Stated], _T]) -> Callable[[Stated], _T]:
    """Works something out of a claim when it is first asked for: a claim is compared with many."""

    def worked(stated: Stated) -> _T:
        known = stated.worked_out
        if work not in known:
            known[work] = work(stated)
        found: _T = known[work]
        return found

    return worked


def names_at(own: Words, at: Iterable[int]) -> Iterator[int]:
    """The words with a capital that do not open a sentence."""
    for k in at:
        before = own.text[max(0, own.starts[k] - _BACK) : own.starts[k]].rstrip(" \"“‘'(")[-1:]
        if own.text[own.starts[k]].isupper() and before not in ("", ".", "!", "?", ":", "\n"):
            yield k
