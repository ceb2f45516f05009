"""A text as vet looks at it: its words, what is quoted, who is spoken of where, who says what.

In:   what study makes of a document.   Out: Page.
Knows nothing of: claims of other programs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from sayso.parse import Parsed
from sayso.records import Claim, Entity, Ledger
from sayso.resolve import Knowledge
from sayso.resolve.times.finding import Time, phrases_of, times_of
from sayso.spans import Span
from sayso.syntax import Syntax
from sayso.vet.words import cut

PRONOUNS = frozenset(
    (
        "i", "me", "my", "mine", "we", "us", "our", "ours", "you", "your", "he", "him", "his", "she", "her", "hers",
        "it", "its", "they", "them", "their", "theirs", "who", "whom", "whose", "which", "that", "this", "these",
        "those", "himself", "herself", "itself", "themselves",
    )
)  # fmt: skip
_OWNERS = frozenset(("his", "her", "hers", "its", "their", "theirs", "whose", "my", "our"))
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST = 8  # words of a name that may stand for another
_ARTICLES = frozenset(("the", "a", "an"))


class Mention(NamedTuple):
    """Words that speak of somebody: up to the word ``end`` (not included). ``names``: what else the text calls them,
    as normal forms.
    """

    end: int
    entity: str
    names: tuple[tuple[str, ...], ...]


class Page:
    """One document, read. Words are counted from 0."""

    def __init__(self, ledger: Ledger, parsed: Parsed, syntax: Syntax, knowledge: Knowledge) -> None:
        self.ledger, self.parsed, self.syntax, self.knowledge = ledger, parsed, syntax, knowledge
        self.text = parsed.text
        self.words = cut(self.text)
        self.starts = [word.start for word in self.words]
        self.said = tuple(claim for claim in ledger.claims if claim.kind != "authorial")
        self.claims = {claim.id: claim for claim in ledger.claims}

    # --- words and places ---

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """Where each normal form stands."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self.words):
            found[word.norm].append(number)
        return found

    def within(self, span: Span) -> range:
        """The words that begin in a span."""
        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))

    def inside(self, spans: Iterable[Span]) -> set[int]:
        return {number for span in spans for number in self.within(span)}

    def gap(self, left: int, right: int) -> str:
        """What stands between two words."""
        return self.text[self.words[left].end : self.words[right].start]

    def span(self, first: int, last: int) -> Span:
        """The place of the words ``first`` to ``last``, both included."""
        return Span(self.words[first].start, self.words[last].end)

    def sentence(self, word: int) -> int:
        """The number of a word's sentence."""
        return bisect_right(self._sentence_starts, self.words[word].start) - 1

    def sentences(self, first: int, last: int) -> range:
        """The words of the sentences from ``first`` to ``last``, both included, as far as there are any."""
        first, last = max(0, first), min(last, len(self._sentences) - 1)
        return range(self.within(self._sentences[first]).start, self.within(self._sentences[last]).stop)

    def sentence_at(self, place: int) -> Span:
        """The sentence around a character."""
        return self._sentences[max(0, bisect_right(self._sentence_starts, place) - 1)]

    @cached_property
    def _sentences(self) -> tuple[Span, ...]:
        return self.parsed.sentences or (Span(0, max(1, len(self.text))),)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self._sentences]

    @cached_property
    def ends(self) -> frozenset[int]:
        """The words that begin a sentence as a grammar has it, also inside of a quotation."""
        syntax = self.syntax
        fresh = [t for t in range(len(syntax)) if t == 0 or syntax.sentence[t] != syntax.sentence[t - 1]]
        firsts = {bisect_left(self.starts, syntax.start[t]) for t in fresh}
        return frozenset(firsts | {bisect_left(self.starts, s.start) for s in self._sentences})

    @cached_property
    def quoted(self) -> frozenset[int]:
        """The words within quotation marks, and those of a transcript's turns."""
        spans = [q.span for q in self.parsed.quotations]
        return frozenset(self.inside([*spans, *(s for c in self.said if c.kind == "direct" for s in c.content.spans)]))

    @cached_property
    def affirming(self) -> frozenset[str]:
        """What words do that take an event and leave it as certain as it was: "showed that", "managed to"."""
        stances = self.knowledge.stances
        entries = [(e.why, e.holds) for e in stances.embedding] + [(e.why, e.value) for e in stances.linker]
        return frozenset({why for why, value in entries if value == "CT+"} - {why for why, v in entries if v != "CT+"})

    @cached_property
    def times(self) -> tuple[Time, ...]:
        """The times that the text speaks of."""
        published = self.ledger.document.ref.published
        words = self.knowledge.times
        return times_of(self.text, phrases_of(self.text, self.parsed.sentences, words), published, words)[0]

    @cached_property
    def timed(self) -> frozenset[int]:
        """The tokens of times."""
        return frozenset(t for time in self.times for span in time.spans for t in self.syntax.within(span))

    @cached_property
    def days(self) -> dict[int, tuple[int, str]]:
        """By its first word, each time that is a certain day: the word after it, the day in ISO 8601."""
        found = {}
        for time in self.times:
            own = self.within(time.spans[0])
            if own and time.value is not None and not time.readings and _DAY.fullmatch(time.value):
                found[own[0]] = own[-1] + 1, time.value
        return found

    # --- who is spoken of ---

    @cached_property
    def entities(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.ledger.entities}

    @cached_property
    def mentions(self) -> dict[int, tuple[Mention, ...]]:
        """By their first words, what may stand there in place of the words that do."""
        found: dict[int, list[Mention]] = defaultdict(list)
        for entity in self.ledger.entities:
            names = [name for name, _ in self.names(entity) if len(name) <= _LONGEST]
            for place in entity.mentions:
                own = self.within(place)
                if not own:
                    continue
                fitting = tuple(name for name in names if self.may_be(place, name))
                if self.words[own[-1]].norm in _OWNERS:
                    fitting = tuple((*name, "'s") for name in fitting)
                found[own[0]].append(Mention(own[-1] + 1, entity.id, fitting))
        return {word: tuple(mentions) for word, mentions in found.items()}

    def names(self, entity: Entity) -> tuple[tuple[tuple[str, ...], Span | None], ...]:
        """What the text calls somebody where it uses no pronoun, with an article and without; and where it first does.
        The name that was chosen for the entity may stand nowhere.
        """
        found: dict[tuple[str, ...], Span | None] = {}
        holding = next((place for place in entity.mentions if entity.name in place.of(self.text)), None)
        for text, place in (*((p.of(self.text), p) for p in entity.mentions), (entity.name, holding)):
            name = tuple(word.norm for word in cut(text) if word.norm != "'s")
            if name and not (len(name) == 1 and name[0] in PRONOUNS):
                bare = bared(name)
                for other in (name, bare, ("the", *bare)):
                    found.setdefault(other, place)
        return tuple(found.items())

    def may_be(self, place: Span, name: Sequence[str]) -> bool:
        """May words that speak of somebody be given by another name? A name by one that shares a word of it only: where
        two names are taken for one person's, that may be a mistake.
        """
        tokens = self.syntax.within(place)
        if not any(self.syntax.upos[t] == "PROPN" for t in tokens):
            return True
        proper = {w.norm for t in tokens if self.syntax.upos[t] == "PROPN" for w in cut(self.syntax.form(t))}
        return not proper.isdisjoint(name)

    # --- who says what ---

    def sayings(self, spans: Sequence[Span]) -> Iterator[tuple[Claim, float]]:
        """The claims of somebody that hold at least a part of some places, each with the share of the words it has."""
        own = self.inside(spans)
        for claim in self.said:
            shared = len(own & self.inside(claim.content.spans))
            if shared:
                yield claim, shared / len(own)

    def around(self, words: Sequence[int]) -> Iterator[Claim]:
        """The claims that hold some words and more."""
        own = set(words)
        return (claim for claim in self.said if own < self.inside(claim.content.spans))

    def over(self, claim: Claim) -> Iterator[Claim]:
        """The claims that one is nested in, from the nearest outwards."""
        while claim.via is not None:
            claim = self.claims[claim.via]
            yield claim


def bared(name: Sequence[str]) -> tuple[str, ...]:
    """A name without the article before it."""
    return tuple(name[1:] if len(name) > 1 and name[0] in _ARTICLES else name)
