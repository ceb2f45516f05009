"""Whether two names are one, by their words: spellings, order, gaps, romanisations; certain or possible.

In:   names.   Out: their words; (certain, why).
Knows nothing of: lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from sayso.check.words import NameWords
from sayso.resolve.aliases.names import fold, sound
from sayso.resolve.aliases.names import words as cut_words

_TYPO = 0.8  # below, two words are two words (eval/names.jsonl, dev)
_CERTAIN = 0.7  # two spellings of the same consonants: "Hamsho", "Hamcho"; below, "Hassan", "Husayn" (the same set)
_SHORT = 4  # letters of a word in which one other letter makes another word
_WORDS = 5  # words of a name up to which gaps between them are tried
_INSIDE = re.compile(r"\([^)]{0,200}\)")
# Further ways to write one sound, beside those that the tables of actors know.
_SPELLINGS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"x", "ks"), (r"gh", "k"), (r"tch|ch|sch", "sh"), (r"dj|zh", "j"), (r"tz|ts", "z"), (r"^[eiou]", "a"),
        (r"^y(?=[aeou])", "a"),
        (r"^abd[aeiou]?l?(?=[^aeiou])", "abd"), (r"eyev$", "eev"), (r"(?:iy|ii|yy|ij)$", "y"), (r"ou|oo", "u"),
    )
)  # fmt: skip


_ABDUL = re.compile(r"^abd[aeou]l(?=[^l]{4})")
_SINGLE = zip("абвгґдеэёєзиійїклмнопрстуфы", "abvggdeeeeziiiiklmnoprstufy", strict=True)
_DOUBLE = {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ь": "", "ъ": ""}
_CYRILLIC = str.maketrans(dict(_SINGLE) | _DOUBLE)


def name_words(name: str, words: NameWords, same: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The words of a name that tell it from others, in the order in which it is spoken: "LEE, Ann" is "Ann Lee"."""
    name = _INSIDE.sub(" ", name)
    last, comma, first = name.partition(",")
    if comma and len(first.split()) <= 5 and not set(fold(first)) & words.forms:
        name = f"{first} {last}"
    folded = [_latin(word.folded) for word in cut_words(name)]  # fold() would take the "A." of a name for an article
    cut = [word for word in folded if word not in words.particles]
    kept = [word for word in cut if word not in words.titles] or cut
    while len(kept) > 1 and kept[-1] in words.forms:
        kept.pop()
    while len(kept) > 1 and kept[0] in words.forms:  # "JSC Karsk Plant"
        kept.pop(0)
    return tuple(same.get(word, word) if same else word for word in _joined(kept))


def _joined(words: Sequence[str]) -> Iterator[str]:
    """ "Abd al-Rahman", "Abdul Rahman" and "Abdulrahman" are one word."""
    rest = iter(words)
    for word in rest:
        if word in {"abd", "abdul", "abdel", "abdal", "abdol"}:
            yield "abd" + next(rest, "")
        elif word in {"abu", "abou", "umm"}:
            yield ("umm" if word == "umm" else "abu") + next(rest, "")
        else:  # "Abdulrahman"; not "Abdullah", whose "l" is God's
            yield _ABDUL.sub("abd", word)


def _latin(word: str) -> str:
    """A word in Cyrillic letters as passports romanise it (ICAO 9303), folded; any other as it is."""
    return word.translate(_CYRILLIC) if word and "\u0400" <= word[0] <= "\u04ff" else word


@lru_cache(maxsize=1 << 17)
def heard(word: str) -> str:
    """The consonants of a word, one letter for each sound, whichever way it is written."""
    for pattern, to in _SPELLINGS:
        word = pattern.sub(to, word)
    return sound(word)


def compare(one: Sequence[str], other: Sequence[str], given: frozenset[str] = frozenset()) -> tuple[bool, str] | None:
    """Whether two names, cut into words, are one: (certain, why), or None. ``given``: names that are never each other.

    Certain: the same words, also with the last or first of them moved to the other end, or the same letters with other
    gaps, or in two words or more the same sounds written otherwise. Possible: another order of three words and more (a
    son may bear his grandfather's name), one letter more or less, an initial, a name in the middle left out.
    """
    told = _compare(tuple(one), tuple(other), given)
    if told is not None and told[0]:
        return told
    shorter, longer = sorted((tuple(one), tuple(other)), key=len)
    if len(shorter) < len(longer) <= _WORDS:  # "Ali Akbar" and "Aliakbar"
        for at in range(len(longer) - 1):
            joined = (*longer[:at], longer[at] + longer[at + 1], *longer[at + 2 :])
            if min(len(longer[at]), len(longer[at + 1])) > 1 and (again := _compare(shorter, joined, given)):
                told = again if told is None or again[0] else told
                if again[0]:
                    return again[0], "the same name with other gaps"
    return told


def _compare(one: tuple[str, ...], other: tuple[str, ...], given: frozenset[str]) -> tuple[bool, str] | None:
    if _turned(one, other):
        return True, "the same name"
    if sorted(one) == sorted(other):
        return False, "the same words in another order"
    if "".join(one) == "".join(other) and len("".join(one)) >= 8:
        return True, "the same letters"
    shorter, longer = sorted((one, other), key=len)
    pairs = _paired(shorter, longer, given)
    if pairs is None:
        return None
    marks = {mark for mark, _ in pairs}
    if "initial" in marks and not any(mark != "initial" and len(word) >= _SHORT for mark, word in pairs):
        return None
    if len(shorter) < len(longer):
        ends = _alike(shorter[0], longer[0], given) and _alike(shorter[-1], longer[-1], given)
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


def _turned(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """The same words, or with those at one end moved to the other: "Holm Pia Maria", "Pia Maria Holm"."""
    return len(one) == len(other) and any(one[at:] + one[:at] == other for at in range(max(1, len(one))))


def _paired(shorter: Sequence[str], longer: Sequence[str], given: frozenset[str]) -> list[tuple[str, str]] | None:
    """Each word of the shorter name with its own word of the longer one, the best first; None: one is left alone."""
    left = list(longer)
    pairs = []
    for word in sorted(shorter, key=lambda w: (len(w) == 1, w not in longer, -len(w))):
        marked = [(mark, other) for other in left if (mark := _alike(word, other, given))]
        if not marked:
            return None
        mark, other = min(marked, key=lambda pair: _ORDER.index(pair[0]))
        left.remove(other)
        pairs.append((mark, word))
    return pairs


_ORDER = ("same", "sound", "typo", "far", "initial")


@lru_cache(maxsize=1 << 17)
def _alike(one: str, other: str, given: frozenset[str] = frozenset()) -> str | None:
    if one == other:
        return "same"
    if any(c.isdigit() for c in one + other) or (one in given and other in given):
        return None
    if len(one) == 1 or len(other) == 1:
        return "initial" if one[0] == other[0] else None
    if one.startswith("abd") and other.startswith("abd"):  # what tells them apart is whose servant he is
        one, other = one[3:], other[3:]
        if min(len(one), len(other)) < _SHORT:
            return "same" if one == other else None
    if one.rstrip("iy") == other or other.rstrip("iy") == one:  # "Khatib" and "Khatibi" are two names
        return "typo"
    if heard(one) == heard(other) and len(heard(one)) >= 2:
        return "sound" if _ratio(one, other) >= _CERTAIN else "far"
    return "typo" if min(len(one), len(other)) > _SHORT and _ratio(one, other) >= _TYPO else None


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
