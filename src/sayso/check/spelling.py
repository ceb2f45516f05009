"""Whether two names are one, by their words: spellings, order, gaps, romanisations; certain or possible.

In:   the words of names.   Out: (certain, why).
Knows nothing of: lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from sayso.check.syllables import ends, otherwise, pinyin, told_by_syllables
from sayso.check.words import NameWords
from sayso.link.words import stem, weight
from sayso.resolve.aliases.names import sound

_TYPO = 0.8  # below, two words are two words (eval/names.jsonl, dev)
_CERTAIN = 0.7  # two spellings of the same consonants: "Hamsho", "Hamcho"; below, "Hassan", "Husayn" (the same set)
_FAR = 0.45  # below, two words of the same consonants are two: "Umid", "Ahmad"
_SHORT = 4  # letters of a word in which one other letter makes another word
_LONG = 7  # letters of a word that may have another consonant by mistake; shorter ones are other words
_LONGER = 9  # letters of a word up to which its first one is hardly mistaken
_LIKELY = 0.6  # of two names of one word and many consonants
_NEARLY = 0.9  # of two words of few consonants: "Raqqa", "Raqqah"
_TELLING = 3  # consonants that tell a word from others
_ALONE = 5  # letters of a name of one word that may be spelled otherwise
_WORDS = 5  # words of a name up to which gaps between them are tried
_RARE = 7.0  # weight from which a word is none that articles know (link.words): it may be a mistake for another
# Further ways to write one sound, beside those that the tables of actors know.
_SPELLINGS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"x", "ks"), (r"gu(?=[ei])", "g"), (r"gh", "k"), (r"tsch|tch|ch|sch|cz|sz", "sh"), (r"dj|zh", "j"),
        (r"tz|ts", "z"),
        (r"^[eiou]", "a"), (r"^y(?=[aeou])", "a"), (r"^abd[aeiou]?l?(?=[^aeiou])", "abd"), (r"eyev$", "eev"),
        (r"(?:iy|ii|yy|ij)$", "y"), (r"aw(?=u)", "a"), (r"(?:ou|u)(?=[aei])", "w"), (r"ou|oo", "u"),
        (r"c(?=[eiy])", "s"), (r"f$", "v"), (r"n(?=[bp])", "m"), (r"[ae]w(?=[^aeiouyw](?:\w*[^w])?$)", "o"),
        (r"^h(?=t)", ""),
    )
)  # fmt: skip
# What is written apart or together before a name, with or without.
_BEFORE = re.compile(r"^(?:vanden|vander|van|von|della|del|dos|das|di|de|da|al|el|ben|bin|abu|bou|bu|mac|mc)(?=\w{3})")
_TWO_LETTERS = {"yu", "ya", "ye", "yo", "zh", "kh", "ts", "ch", "sh", "gh", "th", "ph", "dj"}  # of one letter elsewhere
_FATHERS = re.compile(r"(?:ovich|evich|ovych|evych|yich|ovna|evna|ivna|yivna)$")
_SPOKEN = re.compile(r"[^aeiouy][aeiouy][^aeiouy]$")
_TWO = re.compile(r"[iyu]+a")
_GROUPS = re.compile(r"[aeiouy]+")


_INITIAL, _LEFT_OUT, _FURTHER = "an initial only", "a part of the name is left out", "a further name at its end"
LACKING = frozenset({_INITIAL, _LEFT_OUT, _FURTHER})


@lru_cache(maxsize=1 << 17)
def heard(word: str) -> str:
    """The consonants of a word, one letter for each sound, whichever way it is written."""
    for pattern, to in _SPELLINGS:
        word = pattern.sub(to, word)
    return sound(word)


def sounds(word: str) -> set[str]:
    """What a word that may be the same has in common with it: to look names up by."""
    return {_loose(word), _loose(_bare(word))}


def compare(
    one: Sequence[str], other: Sequence[str], words: NameWords, *, person: bool = True
) -> tuple[bool, str] | None:
    """Whether two names, cut into words, are one: (certain, why), or None.

    Certain: the same words, also with the last or first of them moved to the other end, or the same letters with other
    gaps, or in two words or more the same sounds written otherwise. Possible: another order, one letter more or less,
    an initial, a short form of a given name, a romanisation in which every syllable is another, and, of persons, a name
    in the middle left out or a further one at the end. Other names: other numbers, and, of persons, the first two of
    three turned, as a son may bear his grandfather's name.
    """
    one, other = tuple(one), tuple(other)
    if _figures(one) != _figures(other):
        return None
    told = _compare(one, other, words, person=person)
    if told is not None and told[0]:
        return told
    if person and told_by_syllables(one, words) and told_by_syllables(other, words):
        return _syllable_by_syllable(one, other, words)
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < len(longer) <= _WORDS:  # "Ali Akbar" and "Aliakbar"
        for joined in _gapless(longer):
            again = _compare(shorter, joined, words, person=person)
            if again and again[0]:
                return again[0], "the same name with other gaps"
            told = again or told
    return told or (_syllable_by_syllable(one, other, words) if person else None)


def _syllable_by_syllable(one: tuple[str, ...], other: tuple[str, ...], words: NameWords) -> tuple[bool, str] | None:
    if set(ends(one)) & set(ends(other)):
        return True, "the same name with other gaps"
    return (False, "the same name, if romanised otherwise") if otherwise(one, other, words.families) else None


def _figures(words: Sequence[str]) -> list[str]:
    return [word for word in words if word[0].isdigit()]


def _gapless(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for at in range(len(words) - 1):
        if min(len(words[at]), len(words[at + 1])) > 1:
            yield (*words[:at], words[at] + words[at + 1], *words[at + 2 :])


def _compare(
    one: tuple[str, ...], other: tuple[str, ...], words: NameWords, *, person: bool
) -> tuple[bool, str] | None:
    if _turned(one, other):
        return True, "the same name"
    if sorted(one) == sorted(other):  # "Omar Khalid Holmi" may be the son of "Khalid Omar Holmi"
        sons = person and len(one) == 3 and one[-1] == other[-1]
        return None if sons else (False, "the same words in another order")
    if "".join(one) == "".join(other) and len("".join(one)) >= 8:
        return True, "the same letters"
    shorter, longer = sorted((one, other), key=len)
    pairs = _paired(shorter, longer, words, person=person)
    if pairs is None:
        return None
    marks = {mark for mark, _ in pairs}
    if "initial" in marks and not any(mark != "initial" and len(word) >= _SHORT for mark, word in pairs):
        return None
    if len(shorter) < len(longer):
        near = not marks & {"far", "typo"} or ("same" in marks and len(longer) == len(shorter) + 1)
        return _left_out(shorter, longer, words, person=person) if near else None
    if len(shorter) == 1:
        return (False, "spelled much alike") if _near(one[0], other[0]) else None
    for mark, why in (
        ("initial", _INITIAL),
        ("short", "a short form of a name"),
        ("typo", "spelled much alike"),
        ("far", "spelled much alike"),
    ):
        if mark in marks:
            return False, why
    return True, "the same sounds, spelled otherwise"


def _near(one: str, other: str) -> bool:
    """Whether two names of one word may be one: the consonants sound alike, and little else differs."""
    if min(len(one), len(other)) < _ALONE or _loose(one) != _loose(other):
        return False
    if _ratio(one, other) >= (_LIKELY if len(_loose(one)) > _TELLING else _NEARLY):
        return True
    as_many = len(_GROUPS.findall(one)) == len(_GROUPS.findall(other))
    return as_many and len(_loose(one)) == _TELLING and _ratio(one, other) >= _CERTAIN


def _left_out(
    shorter: tuple[str, ...], longer: tuple[str, ...], words: NameWords, *, person: bool
) -> tuple[bool, str] | None:
    """All words of the shorter name are in the longer one: whether what is left out leaves it the same."""
    if len(shorter) < 2:
        return None
    if not person:
        more = {word for word in longer if not any(_alike(word, own, words, person=person) for own in shorter)}
        return (False, _LEFT_OUT) if more <= words.omitted else None
    if all(_alike(shorter[end], longer[end], words, person=person) for end in (0, -1)):
        here, there = ({word for word in name[1:] if len(word) == 1} for name in (shorter, longer))
        others = min(len(shorter[0]), len(longer[0])) > 1 and here and there and here != there
        return None if others else (False, _LEFT_OUT)
    chain = longer[-1] in words.given  # the father's, the grandfather's name
    family = (chain or shorter[-1] not in words.given) and not _FATHERS.search(shorter[-1]) and len(shorter[-1]) > 1
    begun = all(
        _alike(word, more, words, person=person) in {"same", "sound"}
        for word, more in zip(shorter, longer, strict=False)
    )
    full = all(len(word) > 1 for word in longer)
    if begun and family and full and len(longer) == len(shorter) + 1:
        return False, _FURTHER
    return None


def _turned(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """The same words, or with those at one end moved to the other: "Holm Pia Maria", "Pia Maria Holm"."""
    return len(one) == len(other) and any(one[at:] + one[:at] == other for at in range(max(1, len(one))))


def _paired(
    shorter: tuple[str, ...], longer: tuple[str, ...], words: NameWords, *, person: bool
) -> list[tuple[str, str]] | None:
    """Each word of the shorter name with its own word of the longer one, the best first; None: one is left alone."""
    left = list(longer)
    pairs = []
    for word in sorted(shorter, key=lambda w: (len(w) == 1, w not in longer, -len(w))):
        marked = [(mark, other) for other in left if (mark := _alike(word, other, words, person=person))]
        if not marked:
            return None
        mark, other = min(marked, key=lambda pair: _ORDER.index(pair[0]))
        if person and mark != "same" and _of_a_woman(word, other):  # "Karim", "Karima"; a family name has both
            if (word, other) != (shorter[-1], longer[-1]):
                return None
            mark = "far"
        left.remove(other)
        pairs.append((mark, word))
    return pairs


_ORDER = ("same", "sound", "short", "typo", "far", "initial")


def _of_a_woman(one: str, other: str) -> bool:
    """Whether one of two words has the ending of a woman's name and the other has not."""
    hers, his = sorted((one, other), key=lambda word: not re.search(r"ah?$", word))
    if not re.search(r"ah?$", hers) or re.search(r"[aeou]h?$", his):
        return False
    return heard(re.sub(r"(?:[iy]?y)?ah?$", "", hers)) == heard(re.sub(r"[iy]+$", "", his))


def _alike(one: str, other: str, words: NameWords, *, person: bool) -> str | None:
    if one == other:
        return "same"
    if one[:3] == other[:3] and one[:3] in {"abd", "abu"}:  # what tells them apart is whose servant or father he is
        return _alike(one[3:], other[3:], words, person=person) if min(len(one), len(other)) > _SHORT + 2 else None
    here, there = words.given.get(one), words.given.get(other)
    if here and there:
        return "short" if here & there else None
    mark = _by_letters(one, other)
    if person:
        return mark or ("far" if _loosely(_bare(one), _bare(other)) else None)
    if max(len(one), len(other)) < _SHORT and not (_SPOKEN.match(one) and _SPOKEN.match(other)):
        return None  # of a registration every letter tells
    two = stem(one) != stem(other) and max(weight(stem(one)), weight(stem(other))) < _RARE
    return None if two and mark in {"typo", "far"} else mark  # two words of the language are no mistake for each other


@lru_cache(maxsize=1 << 17)
def _by_letters(one: str, other: str) -> str | None:
    if one[0].isdigit() or other[0].isdigit():
        return None
    short, long = sorted((one, other), key=len)
    if len(short) == 1 or (short in _TWO_LETTERS and len(long) > 2):
        return "initial" if long.startswith(short) else None
    if long.startswith(short) and len(long) > len(short) + 1 and not re.fullmatch(r"[aeiou]h", long[len(short) :]):
        return "far" if long[len(short) :] in {"ova", "eva"} else None  # "Sokolov" and "Sokolovsky" are two names
    if one.rstrip("iy") == other or other.rstrip("iy") == one:  # "Khatib" and "Khatibi" are two names
        return "typo"
    if heard(one) == heard(other) and len(heard(one)) >= 2 and _ratio(one, other) >= _FAR:
        return "sound" if _ratio(one, other) >= _CERTAIN and _vowels_agree(one, other) else "far"
    if _loosely(one, other) or (1 < len(short) < _SHORT and re.fullmatch(rf"{short}[ehr]", long)):  # "So", "Soe"
        return "far"
    return "typo" if _mistaken(one, other) else None


def _loosely(one: str, other: str) -> bool:
    if min(len(one), len(other)) <= _SHORT or len(_loose(one)) < _TELLING - 1 or _loose(one) != _loose(other):
        return False
    return _ratio(one, other) >= (_FAR if len(_loose(one)) >= _TELLING else _CERTAIN)


def _mistaken(one: str, other: str) -> bool:
    """Whether one word may be the other with a slip: the same beginning, no other consonant in a short word."""
    least = min(len(one), len(other))
    if least <= _SHORT or _ratio(one, other) < _TYPO or (least <= _LONGER and _begins(one) != _begins(other)):
        return False
    if len(pinyin(one)) == len(pinyin(other)) == 2:  # each syllable tells
        return False
    return least >= _LONG or heard(one) == heard(other)


def _begins(word: str) -> str:
    return _loose(word)[0].replace("h", "k")


def _vowels_agree(one: str, other: str) -> bool:
    """Whether no vowel speaks against it that two words are one: "Jamal" and "Jamil" have the same consonants."""
    here, there = sorted((_GROUPS.findall(one), _GROUPS.findall(other)), key=len)
    rest = iter(there)
    return all(any(_one_vowel(vowel, other) for other in rest) for vowel in here)


def _one_vowel(one: str, other: str) -> bool:
    """ "ia" is two vowels, and "Dorian" is not "Dorin"."""
    return bool(_classes(one) & _classes(other)) and bool(_TWO.search(one)) == bool(_TWO.search(other))


def _classes(vowels: str) -> set[str]:
    if vowels == "ee":
        return {"i"}
    found: set[str] = set()
    for vowel in vowels:
        found |= {"a", "i"} if vowel == "e" else {"a", "u"} if vowel == "o" else {"i"} if vowel == "y" else {vowel}
    return found


@lru_cache(maxsize=1 << 17)
def _loose(word: str) -> str:
    """What is heard, where "g" is "k" and "j" is "y": sounds that some languages write so and others so."""
    word = re.sub(r"(?<=[aeiouy])h(?=[aeiouy])", "g", word)  # Ukrainian and Russian
    word = re.sub(r"(?<=[aeiouy])w(?=[aeiouy])", "", word)
    found = re.sub(r"^h", "k", re.sub(r"^j", "a", heard(word)))
    return re.sub(r"(.)\1+", r"\1", found.replace("g", "k").replace("j", "k")) or "a"


@lru_cache(maxsize=1 << 17)
def _bare(word: str) -> str:
    return _BEFORE.sub("", word)


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
