"""Reads numbers: which tokens make up one, and from what to what it goes ("at least 20", "tens of thousands").

In:   Syntax, tokens, NumberWords.   Out: runs of tokens; Bounds.
Knows nothing of: what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import zip_longest
from typing import Literal, NamedTuple

import msgspec

from sayso.syntax import Syntax

_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SCALED = re.compile(r"([\d.,]+)([a-z]+)")
_LONGEST = 40  # characters of a number; longer ones count nothing
_BEFORE = 24  # characters before a number in which its "at least" stands
_LINKS = frozenset({"-", "–", "to", "of", "and", "or"})


class Side(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words before a number, and the side of it that they leave open."""

    side: Literal["at_least", "up_to", "about"]
    pattern: str


class NumberWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """``data/plover/numbers.toml``, whose head tells the meaning of each field."""

    small: tuple[str, ...]
    tens: tuple[str, ...]
    scale: Mapping[str, int]
    vague: Mapping[str, tuple[float, float]]
    bounds: tuple[Side, ...]
    currency: Mapping[str, str]
    units: Mapping[str, frozenset[str]]
    fates: Mapping[str, frozenset[str]]
    people: frozenset[str]

    @cached_property
    def words(self) -> Mapping[str, int]:
        """Number word -> number."""
        return {w: n for n, w in enumerate(self.small)} | {w: 10 * n for n, w in enumerate(self.tens, 2)}

    @cached_property
    def sides(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((b.side, re.compile(rf"\b(?:{b.pattern})\s*$", re.IGNORECASE)) for b in self.bounds)


class Bounds(NamedTuple):
    """Inclusive; None: no bound on that side. ``start``: where the phrase begins, with its "at least"."""

    low: float | None
    high: float | None
    approximate: bool
    start: int


class Numerals:
    """Reads the numbers of one text."""

    def __init__(self, syntax: Syntax, words: NumberWords) -> None:
        self.syntax, self.words = syntax, words

    def runs(self, tokens: Sequence[int]) -> Iterator[list[int]]:
        """Tokens that make up one number: "2.5 million", "twenty - five", "20 to 30", "tens of thousands"."""
        run: list[int] = []
        for token, after in zip_longest(tokens, tokens[1:]):
            if self._is_number(token) or (
                run and after is not None and self._is_number(after) and self._joins(run, token, after)
            ):
                run.append(token)
            elif run:
                yield run
                run = []
        if run:
            yield run

    def bounds(self, run: Sequence[int]) -> Bounds | None:
        """From what to what a number goes."""
        parts = [p for p in (self._amount(piece) for piece in self._pieces(run)) if p is not None]
        if not parts:
            return None
        low, high = min(a for a, _ in parts), max(b for _, b in parts)
        syntax, start = self.syntax, self.syntax.start[run[0]]
        first = max(0, start - _BEFORE)
        before = syntax.text[first:start].rstrip("$€£ ") + " "
        for side, pattern in self.words.sides:
            match = pattern.search(before)
            if match:
                opened = first + match.start()
                about = side == "about"
                return Bounds(None if side == "up_to" else low, None if side == "at_least" else high, about, opened)
        tail = syntax.text[syntax.end[run[-1]] : syntax.end[run[-1]] + 12].lower()
        return Bounds(low, None if re.match(r"\s+or more\b", tail) else high, False, start)  # noqa: FBT003

    def is_vague(self, token: int) -> bool:
        """ "dozens", "several"."""
        return self.syntax.lemma[token].lower() in self.words.vague and self.syntax.upos[token] != "NUM"

    def _pieces(self, run: Sequence[int]) -> Iterator[list[int]]:
        """The ends of a range: "20 to 30"; "twenty - five" is none."""
        piece: list[int] = []
        for at, token in enumerate(run):
            form = self.syntax.form(token).lower()
            between = form == "and" and run[0] > 0 and self.syntax.form(run[0] - 1).lower() == "between"
            if form in {"to", "or"} or between or (form in {"-", "–"} and not self._is_compound(run, at)):
                yield piece
                piece = []
            elif form not in _LINKS:
                piece.append(token)
        yield piece

    def _is_compound(self, run: Sequence[int], at: int) -> bool:
        tens = self._value(run[at - 1]) if at else None
        ones = self._value(run[at + 1]) if at + 1 < len(run) else None
        return tens in range(20, 100, 10) and ones is not None and ones < 10 and self.syntax.form(run[at - 1]).isalpha()

    def _amount(self, piece: Sequence[int]) -> tuple[float, float] | None:
        """What some tokens amount to, as a range: "two hundred five", "2.5 million", "tens thousands"."""
        total, value = 0.0, None
        vague: tuple[float, float] | None = None
        for token in piece:
            lemma, number = self.syntax.lemma[token].lower(), self._value(token)
            scale = self.words.scale.get(lemma)
            if number is not None:
                value = number if value is None else value + number
            elif vague is not None and scale is not None:
                vague = (vague[0] * scale, (vague[1] + 1) * scale - 1)
            elif lemma in self.words.vague and value is None and (scale is None or self.syntax.xpos[token] == "NNS"):
                vague = self.words.vague[lemma]
            elif scale is not None and scale >= 1000:
                total, value = total + (1 if value is None else value) * scale, 0.0
            elif scale is not None:
                value = (1 if value is None else value) * scale
        if vague is None and value is None:
            return None
        return vague or (total + (value or 0), total + (value or 0))

    def _joins(self, run: Sequence[int], link: int, after: int) -> bool:
        word = self.syntax.form(link).lower()
        last = self.syntax.lemma[run[-1]].lower()
        if word == "and":  # "between 20 and 30", "two hundred and five"; not "two men and 30 women"
            before = self.syntax.form(run[0] - 1).lower() if run[0] else ""
            return before == "between" or (last in {"hundred", "thousand"} and self._value(after) is not None)
        return last in self.words.vague if word == "of" else word in _LINKS

    def _is_number(self, token: int) -> bool:
        syntax, lemma = self.syntax, self.syntax.lemma[token].lower()
        if self._value(token) is not None:
            return True
        if lemma in self.words.scale and syntax.upos[token] in {"NUM", "NOUN", "ADJ"}:
            return True
        if lemma == "few":
            return token > 0 and syntax.form(token - 1).lower() == "a"
        return lemma in self.words.vague and (syntax.xpos[token] == "NNS" or lemma in {"several", "handful", "couple"})

    def _value(self, token: int) -> float | None:
        form = self.syntax.form(token).lower().lstrip("$€£")
        if len(form) > _LONGEST:
            return None
        if _FIGURE.fullmatch(form):
            return float(form.replace(",", ""))
        words = self.words.words
        if "-" in form and all(part in words for part in form.split("-")):
            return float(sum(words[part] for part in form.split("-")))
        if form in words and self.syntax.upos[token] == "NUM":
            return float(words[form])
        scaled = _SCALED.fullmatch(form)
        if scaled and scaled[2] in self.words.scale and _FIGURE.fullmatch(scaled[1]):
            return float(scaled[1].replace(",", "")) * self.words.scale[scaled[2]]
        return None
