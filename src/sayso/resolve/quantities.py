"""Numbers in a text: how many of what, from what to what.

In:   Syntax, some of its tokens, NumberWords.   Out: Quantities.
Knows nothing of: events, who gives the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from sayso.resolve.numerals import NumberWords, Numerals
from sayso.resolve.roles import base, conjuncts
from sayso.spans import Span, cover
from sayso.syntax import Syntax

QuantityKind = Literal[
    "killed", "wounded", "detained", "displaced", "missing", "abducted", "released", "deployed", "money", "percent",
    "duration", "distance", "weight", "people", "things",
]  # fmt: skip

_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?", re.IGNORECASE)
_CLOCK = frozenset({"a.m.", "p.m.", "gmt", "am", "pm", "o'clock"})
_AT_END = frozenset({"nsubj", "obj", "obl", "root", "nummod", "conj", "nmod", "appos"})
_NEAR = 6  # tokens from a number to the noun it counts, for one span to hold both


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """How many of what. ``low`` and ``high`` are inclusive; None: the text sets no bound on that side.

    ``unit``: the lemma of what is counted ("civilian", "dollar"), None where the text names none. ``approximate``:
    "about", "nearly". "More than 200" has low 200: one more or less is not what it is about.
    """

    kind: QuantityKind
    unit: str | None
    low: float | None
    high: float | None
    approximate: bool = False
    spans: tuple[Span, ...]
    text: str


def quantities(syntax: Syntax, tokens: Sequence[int], words: NumberWords) -> list[tuple[int, Quantity]]:
    """The numbers of things among some tokens, each with the token counted. Dates, ages and times are none."""
    return list(_Quantities(syntax, words).among(tokens))


class _Quantities:
    def __init__(self, syntax: Syntax, words: NumberWords) -> None:
        self.syntax, self.words, self.numerals = syntax, words, Numerals(syntax, words)

    def among(self, tokens: Sequence[int]) -> Iterator[tuple[int, Quantity]]:
        syntax = self.syntax
        for run in self.numerals.runs(list(tokens)):
            bounds = self.numerals.bounds(run)
            counted = self._counted(run)
            if bounds is None or self._is_date(run, counted):
                continue
            unit = self._currency(run) or (None if counted is None else syntax.lemma[counted].lower())
            anchor = run[0] if counted is None else counted
            places = [Span(bounds.start, syntax.end[run[-1]])]
            places += [syntax.span(anchor)] if 0 < anchor - run[-1] < _NEAR else []
            span = cover(places)
            quantity = Quantity(
                kind=self._kind(anchor, unit, run),
                unit=unit,
                low=bounds.low,
                high=bounds.high,
                approximate=bounds.approximate,
                spans=(span,),
                text=span.of(syntax.text),
            )
            yield anchor, quantity

    def _counted(self, run: Sequence[int]) -> int | None:
        """What the number counts: the noun it modifies, or the "of" after it."""
        syntax, inside = self.syntax, set(run)
        for t in run:
            head = syntax.head[t]
            modifies = base(syntax, t) in {"nummod", "compound", "amod", "det", "nmod", "advmod"}
            if head not in inside and modifies and syntax.upos[head] in {"NOUN", "PROPN"}:
                return head
        for t in run:
            for c in syntax.children(t):
                of = any(syntax.lemma[x].lower() == "of" for x in syntax.children(c))
                if of and base(syntax, c) == "nmod" and c not in inside:
                    return c
        after = run[-1] + 1
        beside = after < len(syntax) and syntax.upos[after] == "NOUN" and syntax.head[run[-1]] == syntax.head[after]
        return after if beside else None

    def _beside(self, run: Sequence[int]) -> tuple[str, str]:
        """The words before and after a number in its sentence, lower case."""
        syntax = self.syntax
        own = syntax.sentence_of(run[0])
        before = syntax.form(run[0] - 1).lower() if run[0] - 1 in own else ""
        return before, syntax.form(run[-1] + 1).lower() if run[-1] + 1 in own else ""

    def _is_date(self, run: Sequence[int], counted: int | None) -> bool:
        syntax, alone = self.syntax, counted is None and len(run) == 1
        before, after = self._beside(run)
        several = counted is not None and syntax.xpos[counted] == "NNS"
        if len(run) == 1 and _YEAR.fullmatch(syntax.form(run[0])) and not several:
            return True
        if (counted is None and before == after == ",") or (syntax.form(run[0]).lower() == "one" and after == "of"):
            return True  # "Ana Orlec, 41, said"; "one of them"
        if _MONTH.fullmatch(before) or _MONTH.fullmatch(after) or after in _CLOCK:
            return True
        return alone and (syntax.lemma[run[0]].lower() == "one" or base(syntax, run[0]) not in _AT_END)

    def _currency(self, run: Sequence[int]) -> str | None:
        signs = (*self._beside(run), *(self.syntax.form(t).lower() for t in run))
        starts = (form[:1] for form in signs[2:])
        return next((self.words.currency[s] for s in (*signs, *starts) if s in self.words.currency), None)

    def _kind(self, anchor: int, unit: str | None, run: Sequence[int]) -> QuantityKind:
        _, after = self._beside(run)
        for kind, units in self.words.units.items():
            if unit in units or (kind == "percent" and after in units):
                return kind  # type: ignore[return-value] # the lists' names are checked by the tests
        for token in self._fate_words(anchor):
            for kind, lemmas in self.words.fates.items():
                if self.syntax.lemma[token].lower() in lemmas:
                    return kind  # type: ignore[return-value]
        return "people" if unit in self.words.people else "things"

    def _fate_words(self, anchor: int) -> Iterator[int]:
        """The words that may tell what became of those counted, nearest first."""
        syntax = self.syntax
        yield anchor
        yield from (c for c in syntax.children(anchor) if base(syntax, c) in {"acl", "amod", "conj", "advmod"})
        head, rel = syntax.head[anchor], base(syntax, anchor)
        if head == anchor:
            return
        if rel == "conj" or (rel == "nmod" and (self.numerals.is_vague(head) or syntax.upos[head] == "NUM")):
            yield from self._fate_words(head)  # "dozens of soldiers": what became of the dozens
            return
        led = rel in {"obl", "nmod"} and syntax.upos[head] not in {"NOUN", "NUM"}
        if rel in {"nsubj", "obj", "xcomp", "obl", "root", "nmod"} and not led:
            yield head
            yield from (other for other in conjuncts(syntax, head) if other != head)
            yield from (c for c in syntax.children(head) if syntax.rel[c] == "xcomp")
