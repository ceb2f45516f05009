"""What link knows of one document: its words, sentences and claims in the form in which they are compared.

In:   Ledger, Lexicon.   Out: Sketch.
Knows nothing of: other documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import combinations

import msgspec

from sayso.lexicon import Lexicon
from sayso.link.words import Words, mixed, stem, weight, words
from sayso.parse import parse
from sayso.records import Claim, Entity, Ledger
from sayso.spans import Span

_TELLING = 1.2  # the least weight of a term: lighter stems stand in every third document
_KEYED = 6  # a claim is looked up by pairs of its weightiest terms
_PRONOUN = re.compile(
    r"(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|we|us|our|i|me|my|this|that)$", re.IGNORECASE
)


class Stated(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A claim as it is compared. ``terms``: what its content speaks of, each with its weight; ``at``: its words."""

    claim: Claim
    terms: dict[str, float]
    at: tuple[int, ...]

    @cached_property
    def weight(self) -> float:
        return sum(self.terms.values())

    @property
    def negative(self) -> bool:
        """Does its source put it as not so?"""
        return self.claim.factuality.endswith("-")

    def keys(self) -> Iterator[int]:
        """What candidates for the same claim are looked up by: pairs of its weightiest terms.

        They depend on the claim alone, so a pair of claims is found or not whatever else the case holds.
        """
        chosen = sorted(self.terms, key=lambda t: (-self.terms[t], t))[:_KEYED]
        return (mixed(pair) for pair in combinations(sorted(chosen), 2))


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
    def entities(self) -> dict[str, Entity]:
        return {e.id: e for e in self.ledger.entities}


def sketch(ledger: Ledger, lexicon: Lexicon) -> Sketch:
    """The Sketch of a ledger. Headlines, page furniture and markup are no words of it."""
    parsed = parse(ledger.document, lexicon)
    apart = (*ledger.furniture, *(p.span for p in parsed.paragraphs if p.role not in ("prose", "heading")))
    own = words(parsed.text, [q.inner for q in parsed.quotations if q.closed or q.goes_on], apart)
    sentences = tuple(r for s in parsed.sentences if (r := own.within(s)))
    naming = [(m, e) for e in ledger.entities if not e.anonymous for m in e.mentions]
    claims = tuple(_stated(claim, own, naming) for claim in ledger.claims)
    return Sketch(ledger=ledger, words=own, sentences=sentences, claims=claims)


def _stated(claim: Claim, own: Words, naming: list[tuple[Span, Entity]]) -> Stated:
    at = tuple(k for span in claim.content.spans for k in own.within(span))
    found = {own.stems[k] for k in at}
    found.update(_named(claim.content.spans, own.text, naming))
    terms = {t: w for t in found if (w := weight(t)) >= _TELLING}
    return Stated(claim=claim, terms=terms, at=at)


def _named(content: Iterable[Span], text: str, naming: list[tuple[Span, Entity]]) -> Iterator[str]:
    """The names of whom the content speaks of by other words: "he", "the regime"."""
    for mention, entity in naming:
        if any(s.start <= mention.start and mention.end <= s.end for s in content):
            yield from (stem(word) for word in entity.name.split())
