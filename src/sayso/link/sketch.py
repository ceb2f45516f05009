"""What link knows of one document: its words, sentences and claims in the form in which they are compared.

In:   Ledger, Lexicon.   Out: Sketch.
Knows nothing of: other documents.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from sayso.lexicon import Lexicon
from sayso.link.numbers import np
from sayso.link.stated import Stated, named, names_at
from sayso.link.words import Words, hashed, kindred, stem, weight, words
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
_TOPICAL, _TOPICS = 2.5, 40  # the least weight of a word that a document may be about, and how many such
FINE = 1000  # of an outline: whole numbers add up the same in any order
_NAME = 4  # words of a name; longer ones describe


if TYPE_CHECKING:
    from numpy.typing import NDArray


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
    by_id = {claim.id: claim for claim in ledger.claims}
    claims = tuple(_stated(claim, own, naming, sentences, by_id.get(claim.via or "")) for claim in ledger.claims)
    return Sketch(ledger=ledger, words=own, sentences=sentences, claims=claims)


def _note(paragraph: str) -> bool:
    """Does a paragraph only say something of the text that it stands in? What papers print alike is no common claim."""
    return _ITSELF.match(paragraph) is not None and len(_WORD.findall(paragraph)) <= _NOTE


def _stated(
    claim: Claim,
    own: Words,
    naming: Sequence[tuple[Span, Entity]],
    sentences: Sequence[range],
    outer: Claim | None,
) -> Stated:
    said = claim.denied or claim.content.spans  # "it" is what it denies
    at = tuple(k for span in said for k in own.within(span))
    meant = frozenset(_meant(said, naming))
    terms = {t: w for t in sorted(meant.union(own.stems[k] for k in at)) if (w := weight(t)) >= _TELLING}
    names = frozenset(_names(own, at))
    called = frozenset(terms.keys() & (names | meant))
    setting = _setting(at, sentences)
    return Stated(
        claim=claim,
        words=own,
        terms=terms,
        at=at,
        names=names,
        called=called,
        setting=setting,
        teller=named(outer) if outer else frozenset(),
        in_denial=outer is not None and outer.speech_act == "deny",
    )


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
    return (own.stems[k] for k in names_at(own, at))
