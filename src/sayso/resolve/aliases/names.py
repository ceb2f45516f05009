"""How names are compared: what of their spelling counts, and how much two are alike.

In:   names and texts as they stand.   Out: folded words; a likeness from 0 to 1.
Knows nothing of: whose names they are.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from sayso.spans import Span

_WORDS = 1 << 16  # pairs of words whose likeness is held: the same names come again in every document
_APOSTROPHES = "'’‘ʼʹʻʿʾ`´"
_MARKS = "\u0300-\u036f\u064b-\u0652\u0670"  # accents, and the vowels of Arabic
_WORD = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}|[^\W_](?:[{_MARKS}]|[^\W_])*(?:[{_APOSTROPHES}][^\W_](?:[{_MARKS}]|[^\W_])*)*"
)

# The Arabic article as it is written in Latin letters; before "sun letters" its l takes their sound. These forms are
# words of other languages too, so they count only where a hyphen ties them to the next word.
_TIED_ARTICLE = set("al el as ash es esh an en ad ed ar er at et az ez ul ud ur us u".split())  # noqa: SIM905 - easier to read
_ARTICLE = {"al", "el"}
_EZAFE = {"e", "i"}  # "Lashkar-e-Taiba", "Lashkar-i-Taiba"

_SPELLINGS = (
    (re.compile(r"isation(s?)$"), r"ization\1"),
    (re.compile(r"^defense$"), "defence"),
    (re.compile(r"^center$"), "centre"),
    (re.compile(r"^labor$"), "labour"),
    (re.compile(r"^and$"), ""),  # "&" is no word either
)
# Arabic letters that are written one for the other, marks of vowels, and the stretching stroke.
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": None})

# Letters that stand for one sound when other alphabets are written in Latin letters.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sch|sh", "s"),
        (r"kh|ck|q|c(?![h])", "k"),
        (r"gh", "g"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"ph", "f"),
        (r"w", "v"),
        (r"(?<=.)h", ""),
        (r"(?<=.)[aeiouy]+", ""),
        (r"(.)\1+", r"\1"),
    )
)


class Word(NamedTuple):
    """A word of a text: as it is compared, and where it stands."""

    folded: str
    span: Span


def words(text: str) -> list[Word]:
    """The words of a text, folded: case, accents, apostrophes, the possessive 's, "-ise" for "-ize" do not count.

    >>> [word.folded for word in words("Jabhat an-Nusra’s Defense, U.S.")]
    ['jabhat', 'al', 'nusra', 'defence', 'us']
    """
    found = []
    for match in _WORD.finditer(text):
        tied_after = text[match.end() : match.end() + 1] in {"-", "‑"}
        tied_before = match.start() > 0 and text[match.start() - 1] in {"-", "‑"}
        word = _fold(match[0])
        if word in _ARTICLE or (tied_after and word in _TIED_ARTICLE and not match[0].isupper()):  # not "US-led"
            word = "al"
        elif tied_after and tied_before and word in _EZAFE:
            word = "e"
        if word:
            found.append(Word(word, Span(match.start(), match.end())))
    return found


def fold(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared; an article before it does not count.

    >>> fold("The Syrian Observatory") == fold("SYRIAN OBSERVATORY") == ("syrian", "observatory")
    True
    """
    found = tuple(word.folded for word in words(name))
    return found[1:] if len(found) > 1 and found[0] in {"the", "a"} else found


@lru_cache(maxsize=65536)
def _fold(word: str) -> str:
    word = re.sub(rf"[{_APOSTROPHES}]s$", "", word.casefold().replace(".", ""))
    word = re.sub(rf"[{_APOSTROPHES}]", "", word).replace("ı", "i").replace("ø", "o").replace("ł", "l")
    decomposed = unicodedata.normalize("NFD", word)
    kept = unicodedata.normalize(
        "NFC", re.sub(r"(?<![\u0400-\u04ff])[\u0300-\u036f]|[\u064b-\u0652\u0670]", "", decomposed)
    )
    for pattern, spelling in _SPELLINGS:
        kept = pattern.sub(spelling, kept)
    return kept.translate(_ARABIC)


def is_acronym(name: str) -> bool:
    """Written as one word of few letters, most of them capitals: "SDF", "JeM", "M23", "U.S."; not "Seleka".

    >>> [is_acronym(name) for name in ("SDF", "JeM", "M23", "U.S.", "DHKP-C", "Seleka", "AA BB")]
    [True, True, True, True, True, False, False]
    """
    letters = [c for c in name if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    few = 0 < len(letters) <= 7 and " " not in name
    return (
        few
        and (capitals >= 2 or (capitals == 1 and len(letters) == 1 and any(c.isdigit() for c in name)))
        and (capitals * 2 > len(letters))
    )


def same_case(name: str, alias: str, *, strict: bool = False) -> bool:
    """Whether a name is written as an alias may be. What folds alike may be another word: "car" is no "CAR".

    ``strict``: an acronym in capitals only. Others may be written as a word from four letters on: "Nato", "Isis".
    A common noun with its article keeps it: "the agency".

    >>> same_case("Nato", "NATO"), same_case("Who", "WHO"), same_case("foreign policy", "Foreign Policy")
    (True, False, False)
    """
    plain = re.sub(r"^[Tt]he ", "", name)
    if not any(c.isupper() for c in alias):
        return not alias.startswith("the ") or plain != name
    if not any(c.lower() != c.upper() for c in plain):  # a script without case
        return True
    if is_acronym(alias):
        return is_acronym(plain) or (not strict and sum(map(str.isalpha, alias)) >= 4 and plain[:1].isupper())
    return any(c.isupper() for c in plain)


@lru_cache(maxsize=_WORDS)
def sound(word: str) -> str:
    """The consonants of a folded word, one letter for each sound: what stays between two ways to write a name.

    >>> sound("hezbollah") == sound("hizbullah"), sound("zelensky") == sound("zelenskiy")
    (True, True)
    """
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return word


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How alike two folded names are, 0 to 1: the least alike pair of their words decides.

    Words pair off in order. Different numbers, counts of words and short words are different names: "Brigade 51" and
    "Brigade 52", "Sudan Liberation Army" and "Sudan People's Liberation Army".
    """
    if len(one) != len(other):
        return 0.0
    return min(map(_alike, one, other))


@lru_cache(maxsize=_WORDS)
def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if min(len(one), len(other)) < 5 or any(c.isdigit() for c in one + other) or one[0] != other[0]:
        return 0.0
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    if sound(one) == sound(other) and ratio >= 0.6:
        return max(ratio, 0.9)
    return ratio if min(len(one), len(other)) >= 8 else 0.0  # "Danish" and "Daish" are one letter apart
