"""The words of a text as link compares them: stems, with places, weights and whether they are quoted.

In:   text, spans of quotations.   Out: Words; the weight of a stem; stable hashes.
Knows nothing of: claims.
"""

from __future__ import annotations

import hashlib
import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from importlib import resources

import msgspec
import snowballstemmer

from sayso.spans import Span

_WORD = re.compile(
    r"\d+(?:[.,]\d+)*"
    r"|(?i:(?:twen|thir|for|fif|six|seven|eigh|nine)ty-(?:one|two|three|four|five|six|seven|eight|nine))\b"
    r"|[^\W_]+(?:['’][^\W\d_]+)*"
)
_TENS = re.compile(r"(\w+ty)-(\w+)")
_OWNER = re.compile(r"['’](?:s|S)?$")
SEED = 3  # words in a row that a passage grows from: true news copies share but a third of these
_UNLIKE = 0.4  # the cosine of two words that have nothing to do with each other
_UNITS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen")
_NUMBERS = {
    w: n for n, w in enumerate((*_UNITS, "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"), 2)
}
_NUMBERS |= {
    w: 10 * n for n, w in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
_NUMBERS["one"] = 1
_KEPT = 1 << 17  # words whose stems, weights and hashes are held: a large case has no end of names
_stemmer = snowballstemmer.stemmer("english")


@lru_cache(_KEPT)
def stem(word: str) -> str:
    """The stem of a word (Porter 2, the Snowball project's), lower case: "Officials'" is "offici"."""
    bare = _OWNER.sub("", word.casefold()).replace("’", "'")
    if bare[:1].isdigit():
        return bare.replace(",", "")
    if bare in _NUMBERS and bare != "one":  # "one" is hardly ever a number
        return str(_NUMBERS[bare])
    if (tens := _TENS.fullmatch(bare)) and tens[1] in _NUMBERS and tens[2] in _NUMBERS:
        return str(_NUMBERS[tens[1]] + _NUMBERS[tens[2]])
    return str(_stemmer.stemWord(bare))


class _Counts(msgspec.Struct, frozen=True, kw_only=True):
    documents: int
    counts: dict[str, int]


@cache
def _frequencies() -> _Counts:
    counts = {}
    text = (resources.files("sayso") / "data" / "frequencies.tsv").read_text(encoding="utf-8")
    head, *lines = text.splitlines()
    for line in lines:
        if not line.startswith("#"):
            word, count = line.split("\t")
            counts[word] = int(count)
    return _Counts(documents=int(head.rpartition(" ")[2]), counts=counts)


@lru_cache(_KEPT)
def weight(stemmed: str) -> float:
    """How much it tells that a stem stands in two texts: -log of the share of documents that have it.

    The shares are those of some thousand articles, not of the case, so that a pair of documents is judged alike
    whatever else is there. 0 for a word of every document; 7.6 for one of none.
    """
    known = _frequencies()
    return -math.log((known.counts.get(stemmed, 0) + 1) / (known.documents + 1))


@cache
def kindred() -> dict[str, dict[str, float]]:
    """Stem -> stems of nearly the same meaning, each with its likeness, 0 to 1 (``data/kindred.tsv``)."""
    text = (resources.files("sayso") / "data" / "kindred.tsv").read_text(encoding="utf-8")
    found: dict[str, dict[str, float]] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        own, others = line.split("\t")
        for other in others.split():
            name, cosine = other.split(":")
            likeness = (int(cosine) / 100 - _UNLIKE) / (1 - _UNLIKE)
            found.setdefault(own, {})[name] = likeness
            found.setdefault(name, {}).setdefault(own, likeness)
    return found


@lru_cache(_KEPT)
def hashed(word: str) -> int:
    """63 bits of a word, the same on every machine and in every run."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little") >> 1


def mixed(words: Sequence[str]) -> int:
    """63 bits of some words in their order."""
    value = 0
    for word in words:
        value = (value * 0x9E3779B97F4A7C15 + hashed(word)) & 0x7FFFFFFFFFFFFFFF
    return value


class Words(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """``stems``, ``starts``, ``ends``, ``quoted``: of each word its stem, its place and whether quotation marks are
    around it.
    """

    text: str
    stems: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    quoted: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.stems)

    @cached_property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Each `SEED` stems that stand in a row."""
        return tuple(zip(*(self.stems[k:] for k in range(SEED)), strict=False))

    @cached_property
    def places(self) -> dict[tuple[str, ...], list[int]]:
        """Where each of the rows begins."""
        found: dict[tuple[str, ...], list[int]] = {}
        for place, row in enumerate(self.rows):
            found.setdefault(row, []).append(place)
        return found

    def span(self, start: int, end: int) -> Span:
        """The place of the words ``start`` to ``end`` (not included)."""
        return Span(self.starts[start], self.ends[end - 1])

    def within(self, span: Span) -> range:
        """The numbers of the words that begin in ``span``."""
        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))


def words(text: str, quotations: Sequence[Span], apart: Sequence[Span] = ()) -> Words:
    """The words of ``text``. ``quotations``: what is within marks; ``apart``: stretches whose words do not count."""
    found = [m for m in _WORD.finditer(text) if not any(s.start <= m.start() < s.end for s in apart)]
    starts = tuple(m.start() for m in found)
    quoted = bytearray(len(found))
    for span in quotations:
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        quoted[first:last] = b"\1" * (last - first)
    return Words(
        text=text,
        stems=tuple(stem(m.group()) for m in found),
        starts=starts,
        ends=tuple(m.end() for m in found),
        quoted=tuple(map(bool, quoted)),
    )
