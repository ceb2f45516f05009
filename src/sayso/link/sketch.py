"""What link knows of one document: its words, sentences and claims in the form in which they are compared.

In:   Ledger, Lexicon.   Out: Sketch.
Knows nothing of: other documents.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations, zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec

from sayso.lexicon import Lexicon
from sayso.link.numbers import np
from sayso.link.words import Words, hashed, kindred, mixed, stem, weight, words
from sayso.parse import parse
from sayso.records import Claim, Entity, Ledger
from sayso.spans import Span

_TELLING = 1.2  # the least weight of a term: lighter stems stand in every third document
_LIGHT = 15.0  # sentences lighter than this are not compared: "He did not say more."
_WORD = re.compile(r"[^\W_]+")
_ITSELF = re.compile(
    r"\W*(?:this|the (?:above|foregoing|present)) "
    r"(?:article|story|e-?mail|message|text|post|page|column|newsletter|piece|essay)\b",
    re.IGNORECASE,
)
_NOTE = 40  # words of such a paragraph at most
_RARE = 8.0  # the least weight of such a pair: lighter ones stand together by chance
_TOPICAL, _TOPICS = 2.5, 40  # the least weight of a word that a document may be about, and how many such
FINE = 1000  # of an outline: whole numbers add up the same in any order
_NEGATIONS = frozenset(map(stem, (
    "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "nowhere", "cannot", "didn't",
    "don't", "doesn't", "wasn't", "weren't", "isn't", "aren't", "won't", "wouldn't", "hasn't", "haven't", "hadn't",
    "can't", "couldn't", "failed", "refused",
)))  # fmt: skip
_REACH = 8  # words after a "not" that it is about
_BREAKS = (";", ".", ":", "—", "–", "!", "?")
_BACK = 20  # characters before a word, to see what it opens
_NAME = 4  # words of a name; longer ones describe
_KEYED = 6  # a claim is looked up by pairs of its weightiest terms


if TYPE_CHECKING:
    from numpy.typing import NDArray

_T = TypeVar("_T")


class Settings(NamedTuple):
    """The telling words around claims: their hashes, in order; for each claim the squares of the weights of those that
    stand around it, in thousandths, else 0.
    """

    words: NDArray[np.int64]
    weights: NDArray[np.float64]


class Vocabulary(NamedTuple):
    """The words of claims, light ones too: their hashes, in order; for each claim 1 where it has the word, else 0."""

    words: NDArray[np.int64]
    has: NDArray[np.float64]


Topic = Mapping[int, int]  # what a document is about, as it is kept: hashes of stems, weights in thousandths


class Stated(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A claim as it is compared. ``terms``: what its content speaks of, each with its weight; ``at``: its words, by
    their numbers in ``words``; ``names``: the stems of its proper names; ``called``: its terms that are names, also of
    whom "he" stands for; ``setting``: the numbers of the words of the sentences that it stands in, and of the one
    before.
    """

    claim: Claim
    words: Words
    terms: dict[str, float]
    at: tuple[int, ...]
    names: frozenset[str]
    called: frozenset[str]
    setting: range

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
        reasons = [s for r in self.claim.why for s in r.spans] if self.negative else []
        inside = {k for s in reasons for k in own.within(s)} & set(self.at)
        if self.negative and not inside:
            return frozenset(self.own_stems)
        found: set[str] = set()
        reach = 0
        for k, before in zip(self.at, (None, *self.at), strict=False):
            if before is not None and own.text[own.ends[before] : own.starts[k]].strip() in _BREAKS:
                reach = 0
            if own.stems[k] in _NEGATIONS or k in inside:
                reach = _REACH
            elif reach:
                found.add(own.stems[k])
                reach -= 1
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
        source = self.claim.source
        return frozenset(map(stem, _WORD.findall(source.name))) if source and not source.anonymous else frozenset()

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
        named = set(_at_names(self.words, self.at))
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


def once(work: Callable[[Stated], _T]) -> Callable[[Stated], _T]:
    """Works something out of a claim when it is first asked for: a claim is compared with many."""

    def worked(stated: Stated) -> _T:
        known = stated.worked_out
        if work not in known:
            known[work] = work(stated)
        found: _T = known[work]
        return found

    return worked


class Sketch(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A document. ``sentences``: ranges of word numbers; ``claims`` in the order of the ledger."""

    ledger: Ledger
    words: Words
    sentences: tuple[range, ...]
    claims: tuple[Stated, ...]

    @property
    def id(self) -> str:
        return self.ledger.document.ref.id

    @property
    def published(self) -> str:
        """ISO 8601, "" where it is not known."""
        return self.ledger.document.ref.published or ""

    @cached_property
    def prose(self) -> int:
        """The number of words outside of quotation marks."""
        return self.words.quoted.count(False)

    @cached_property
    def topic(self) -> dict[str, float]:
        """What it is about: its weightiest words, as a vector of length 1 (tf-idf, the logarithm of the count)."""
        counts = Counter(self.words.stems)
        weights = {t: (1 + math.log(n)) * w for t, n in counts.items() if (w := weight(t)) >= _TOPICAL}
        best = sorted(weights, key=lambda t: (-weights[t], t))[:_TOPICS]
        length = math.sqrt(sum(weights[t] ** 2 for t in best)) or 1.0
        return {t: weights[t] / length for t in best}

    @cached_property
    def outline(self) -> Topic:
        """Its topic as a case keeps it."""
        return {hashed(t) & 0xFFFFFFFF: round(w * FINE) for t, w in self.topic.items()}

    @cached_property
    def akin(self) -> dict[str, list[tuple[str, int]]]:
        """For each word of like meaning to terms of its claims those terms, with the likeness in thousandths."""
        found: dict[str, list[tuple[str, int]]] = {}
        for term in self.speaking_of:
            for other, like in kindred().get(term, {}).items():
                found.setdefault(other, []).append((term, round(like * FINE)))
        return found

    @cached_property
    def names_at(self) -> dict[str, list[int]]:
        """For each proper name that its claims speak of those that do, by number."""
        found: dict[str, list[int]] = {}
        for number, stated in enumerate(self.claims):
            for name in stated.called:
                found.setdefault(name, []).append(number)
        return found

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of its claims."""
        own = [[hashed(s) for s in set(stated.own_stems)] for stated in self.claims]
        every = np.unique(np.fromiter((h for hashes in own for h in hashes), np.int64))
        has = np.zeros((len(own), len(every)))
        for row, hashes in zip(has, own, strict=True):
            row[np.searchsorted(every, hashes)] = 1.0
        return Vocabulary(every, has)

    @cached_property
    def settings(self) -> Settings:
        """What stands around its claims."""
        around = []
        for stated in self.claims:
            stems = {*(self.words.stems[k] for k in stated.setting), *stated.terms}
            around.append({hashed(s): round(w * w * FINE) for s in stems if (w := weight(s)) >= _TELLING})
        every = np.unique(np.fromiter((h for own in around for h in own), np.int64))
        weights = np.zeros((len(around), len(every)))
        for row, own in zip(weights, around, strict=True):
            row[np.searchsorted(every, list(own))] = list(own.values())
        return Settings(every, weights)

    @property
    def quotes(self) -> int:
        """The number of words within quotation marks."""
        return len(self.words) - self.prose

    @cached_property
    def speaking_of(self) -> dict[str, list[int]]:
        """For each of its claims' terms the claims that have it, by number."""
        found: dict[str, list[int]] = {}
        for number, stated in enumerate(self.claims):
            for term in stated.terms:
                found.setdefault(term, []).append(number)
        return found

    @cached_property
    def telling(self) -> list[tuple[range, dict[str, float], float]]:
        """The sentences that can be told again in other words: their telling stems outside of quotation marks, each
        with its weight, and the weight of all.
        """
        own = self.words
        found = []
        for at in self.sentences:
            terms = {s: w for k in at if not own.quoted[k] and (w := weight(s := own.stems[k])) >= _TELLING}
            if (whole := sum(terms.values())) >= _LIGHT:
                found.append((at, terms, whole))
        return found

    @cached_property
    def places_of(self) -> dict[str, list[int]]:
        """For a stem the numbers of the telling sentences that have it."""
        found: dict[str, list[int]] = {}
        for number, (_, terms, _) in enumerate(self.telling):
            for term in terms:
                found.setdefault(term, []).append(number)
        return found

    @cached_property
    def on_whose_word(self) -> tuple[tuple[Span, frozenset[str]], ...]:
        """Where its claims name whom they have it from or who was told, and the stems of that."""
        found = []
        for claim in self.ledger.claims:
            for place in (claim.source, claim.outlet, claim.addressee):
                if place is not None:
                    said = " ".join((place.text, getattr(place, "name", "")))
                    found.append((place.spans[0], frozenset(map(stem, _WORD.findall(said)))))
        return tuple(found)

    @cached_property
    def first_person(self) -> int:
        """How often it says "we" outside of quotation marks."""
        own = self.words
        return sum(s in ("we", "our", "us") and not q for s, q in zip(own.stems, own.quoted, strict=True))

    @cached_property
    def entities(self) -> dict[str, Entity]:
        return {e.id: e for e in self.ledger.entities}


def sketch(ledger: Ledger, lexicon: Lexicon) -> Sketch:
    """The Sketch of a ledger. Headlines, page furniture, markup and what it says of itself are no words of it."""
    parsed = parse(ledger.document, lexicon)
    paragraphs = (
        p.span for p in parsed.paragraphs if p.role not in ("prose", "heading") or _note(p.span.of(parsed.text))
    )
    apart = (*ledger.furniture, *paragraphs)
    own = words(parsed.text, [q.inner for q in parsed.quotations if q.closed or q.goes_on], apart)
    sentences = tuple(r for s in parsed.sentences if (r := own.within(s)))
    naming = [(m, e) for e in ledger.entities if not e.anonymous for m in e.mentions]
    claims = tuple(_stated(claim, own, naming, sentences) for claim in ledger.claims)
    return Sketch(ledger=ledger, words=own, sentences=sentences, claims=claims)


def _note(paragraph: str) -> bool:
    """Does a paragraph only say something of the text that it stands in? What papers print alike is no common claim."""
    return _ITSELF.match(paragraph) is not None and len(_WORD.findall(paragraph)) <= _NOTE


def _stated(claim: Claim, own: Words, naming: Sequence[tuple[Span, Entity]], sentences: Sequence[range]) -> Stated:
    at = tuple(k for span in claim.content.spans for k in own.within(span))
    meant = frozenset(_meant(claim.content.spans, naming))
    terms = {t: w for t in sorted(meant.union(own.stems[k] for k in at)) if (w := weight(t)) >= _TELLING}
    names = frozenset(_names(own, at))
    called = frozenset(terms.keys() & (names | meant))
    setting = _setting(at, sentences)
    return Stated(claim=claim, words=own, terms=terms, at=at, names=names, called=called, setting=setting)


def _setting(at: Sequence[int], sentences: Sequence[range]) -> range:
    """The words of the sentences from the one before those of ``at``."""
    if not at or not sentences:
        return range(0)
    first = max(0, bisect_right(sentences, min(at), key=lambda s: s.start) - 1)
    last = max(0, bisect_right(sentences, max(at), key=lambda s: s.start) - 1)
    return range(sentences[max(0, first - 1)].start, sentences[last].stop)


def _meant(content: Iterable[Span], naming: Sequence[tuple[Span, Entity]]) -> Iterator[str]:
    """The names of whom the content speaks of by other words: "he", "the regime"."""
    for mention, entity in naming:
        if any(s.contains(mention) for s in content):
            words = entity.name.split()
            if len(words) <= _NAME:
                yield from (stem(word) for word in words if word[:1].isupper())


def _names(own: Words, at: Iterable[int]) -> Iterator[str]:
    """The stems of names."""
    return (own.stems[k] for k in _at_names(own, at))


def _at_names(own: Words, at: Iterable[int]) -> Iterator[int]:
    """The words with a capital that do not open a sentence."""
    for k in at:
        before = own.text[max(0, own.starts[k] - _BACK) : own.starts[k]].rstrip(" \"“‘'(")[-1:]
        if own.text[own.starts[k]].isupper() and before not in ("", ".", "!", "?", ":", "\n"):
            yield k
