"""Whether a name in a claim is a name on a list: certainly, possibly, or not.

In:   Designations; a name.   Out: Matches with their reasons, certain ones first.
Knows nothing of: claims, dates, what being on a list means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

import msgspec

from sayso.check.tables.rows import Designation
from sayso.check.words import NameWords
from sayso.resolve.aliases.names import fold, is_acronym, sound
from sayso.resolve.aliases.names import words as cut_words

_TYPO = 0.8  # below, two words are two words (eval/names.jsonl, dev)
_CERTAIN = 0.7  # two spellings of the same consonants: "Hamsho", "Hamcho"; below, "Hassan", "Husayn" (the same set)
_SHORT = 4  # letters of a word in which one other letter makes another word
_INSIDE = re.compile(r"\([^)]*\)")
# Further ways to write one sound, beside those that the tables of actors know.
_SPELLINGS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"x", "ks"), (r"tch|ch|sch", "sh"), (r"dj|zh", "j"), (r"tz|ts", "z"), (r"^[eiou]", "a"),
        (r"^y(?=[aeou])", "a"),
        (r"^abd[aeiou]?l?(?=[^aeiou])", "abd"), (r"eyev$", "eev"), (r"(?:iy|ii|yy|ij)$", "y"), (r"ou|oo", "u"),
    )
)  # fmt: skip


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A row whose name is, or may be, the one asked for."""

    designation: Designation
    name: str
    certain: bool
    reason: str


class _Name(msgspec.Struct, frozen=True):
    at: int  # which designation
    text: str
    words: tuple[str, ...]
    weak: bool


class Names:
    """The names of a list, to be asked for."""

    def __init__(self, designations: Sequence[Designation], words: NameWords) -> None:
        self._designations, self._words = designations, words
        self._same = words.spelled
        self._names: list[_Name] = []
        self._by_sound: dict[str, list[int]] = {}
        self._by_joined: dict[str, list[int]] = {}
        for at, designation in enumerate(designations):
            for text, weak in _spelled(designation):
                cut = name_words(text, words, self._same)
                if not cut:
                    continue
                place = len(self._names)
                self._names.append(_Name(at, text, cut, weak))
                for heard in {_sound(word) for word in cut}:
                    self._by_sound.setdefault(heard, []).append(place)
                self._by_joined.setdefault("".join(cut), []).append(place)

    def find(self, name: str) -> tuple[Match, ...]:
        """The rows whose name it is or may be, certain ones first, then as they stand in the list."""
        wanted = name_words(name, self._words, self._same)
        if not wanted:
            return ()
        best: dict[int, Match] = {}
        same = False
        for place in self._near(wanted):
            entry = self._names[place]
            told = compare(wanted, entry.words)
            if told is None:
                continue
            certain, reason = told
            designation = self._designations[entry.at]
            if (
                certain
                and len(wanted) == 1
                and (designation.type == "person" or is_acronym(name) or len(wanted[0]) < 5)
            ):
                certain, reason = False, "one word, which others may go by"
            if certain and entry.weak:
                certain, reason = False, "the list itself calls this name weak"
            match = Match(designation=designation, name=entry.text, certain=certain, reason=reason)
            same = same or told[1] in _SAME
            if entry.at not in best or _rank(match) < _rank(best[entry.at]):
                best[entry.at] = match
        if same:  # somebody has this very name: others whose names only sound like it are possible
            best = {at: _lowered(match) for at, match in best.items()}
        return tuple(best[at] for at in sorted(best, key=lambda at: (not best[at].certain, at)))

    def _near(self, wanted: Sequence[str]) -> Iterable[int]:
        """Names that share the sound of a word that is no initial, or are written the same but for the gaps."""
        places = set(self._by_joined.get("".join(wanted), ()))
        for word in wanted:
            if len(word) > 1:
                places.update(self._by_sound.get(_sound(word), ()))
        return sorted(places)


_SAME = ("the same name", "the same letters")


def _rank(match: Match) -> int:
    return 0 if match.certain and match.reason in _SAME else 1 if match.certain else 2


def _lowered(match: Match) -> Match:
    if match.certain and match.reason not in _SAME:
        return msgspec.structs.replace(match, certain=False)
    return match


def _spelled(designation: Designation) -> Iterator[tuple[str, bool]]:
    yield from ((name, False) for name in designation.names)
    yield from ((name, True) for name in designation.weak)


def name_words(name: str, words: NameWords, same: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The words of a name that tell it from others, in the order in which it is spoken: "LEE, Ann" is "Ann Lee"."""
    name = _INSIDE.sub(" ", name)
    last, comma, first = name.partition(",")
    if comma and len(first.split()) <= 5 and not set(fold(first)) & words.forms:
        name = f"{first} {last}"
    folded = [word.folded for word in cut_words(name)]  # fold() would take the "A." of a name for an article
    cut = [word for word in folded if word not in words.particles]
    kept = [word for word in cut if word not in words.titles] or cut
    while len(kept) > 1 and kept[-1] in words.forms:
        kept.pop()
    return tuple(same.get(word, word) if same else word for word in _joined(kept))


def _joined(words: Sequence[str]) -> Iterator[str]:
    """ "Abd al-Rahman", "Abdul Rahman" and "Abdulrahman" are one word."""
    rest = iter(words)
    for word in rest:
        if word in {"abd", "abdul", "abdel", "abdal", "abdol"}:
            yield "abd" + next(rest, "")
        elif word in {"abu", "abou", "umm"}:
            yield ("umm" if word == "umm" else "abu") + next(rest, "")
        else:
            yield word


@lru_cache(maxsize=1 << 17)
def _sound(word: str) -> str:
    for pattern, to in _SPELLINGS:
        word = pattern.sub(to, word)
    return sound(word)


def compare(one: Sequence[str], other: Sequence[str]) -> tuple[bool, str] | None:
    """Whether two names, cut into words, are one: (certain, why), or None.

    Certain: the same words in any order, or the same letters with other gaps, or in two words or more the same sounds
    written otherwise. Possible: one letter more or less, an initial, a name between the first and the last left out.
    """
    if sorted(one) == sorted(other):
        return True, "the same name"
    if "".join(one) == "".join(other) and len("".join(one)) >= 8:
        return True, "the same letters"
    shorter, longer = sorted((one, other), key=len)
    pairs = _paired(shorter, longer)
    if pairs is None:
        return None
    marks = {mark for mark, _ in pairs}
    if "initial" in marks and not any(mark != "initial" and len(word) >= _SHORT for mark, word in pairs):
        return None
    if len(shorter) < len(longer):
        ends = _alike(shorter[0], longer[0]) and _alike(shorter[-1], longer[-1])
        if len(shorter) < 2 or not ends:
            return None
        return False, "a part of the name is left out"
    if "initial" in marks:
        return False, "an initial only"
    if len(shorter) == 1:
        near = min(len(one[0]), len(other[0])) >= 7 and _ratio(one[0], other[0]) >= _CERTAIN
        return (False, "spelled much alike") if near else None
    if marks & {"typo", "far"}:
        return False, "spelled much alike"
    return True, "the same sounds, spelled otherwise"


def _paired(shorter: Sequence[str], longer: Sequence[str]) -> list[tuple[str, str]] | None:
    """Each word of the shorter name with its own word of the longer one, the best first; None: one is left alone."""
    left = list(longer)
    pairs = []
    for word in sorted(shorter, key=lambda w: (len(w) == 1, w not in longer, -len(w))):
        marked = [(mark, other) for other in left if (mark := _alike(word, other))]
        if not marked:
            return None
        mark, other = min(marked, key=lambda pair: _ORDER.index(pair[0]))
        left.remove(other)
        pairs.append((mark, word))
    return pairs


_ORDER = ("same", "sound", "typo", "far", "initial")


@lru_cache(maxsize=1 << 17)
def _alike(one: str, other: str) -> str | None:
    if one == other:
        return "same"
    if len(one) == 1 or len(other) == 1:
        return "initial" if one[0] == other[0] else None
    if any(c.isdigit() for c in one + other):
        return None
    if _sound(one) == _sound(other) and len(_sound(one)) >= 2:
        return "sound" if _ratio(one, other) >= _CERTAIN else "far"
    return "typo" if min(len(one), len(other)) > _SHORT and _ratio(one, other) >= _TYPO else None


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
