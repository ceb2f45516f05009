"""Words of names in other scripts, in Latin letters as passports and libraries write them.

In:   a folded word.   Out: Latin words; the word itself where its script has no rule here (Chinese characters).
Knows nothing of: names. Arabic writes no short vowels: what comes out is as good as its consonants.
"""

from __future__ import annotations

import re
import unicodedata

_LATIN = str.maketrans({"ð": "d", "đ": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "a"})
# Russian and Ukrainian: ICAO 9303. Serbian: its own Latin letters, without their marks.
_RUSSIAN = dict(zip("абвгґдеэёєзиіїйклмнопрстуўфы", "abvggdeeeeziiiiklmnoprstuufy", strict=True)) | {
    "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ь": "", "ъ": "",
}  # fmt: skip
_SERBIAN = _RUSSIAN | dict(zip("жхцчћшј", "zhcccsj", strict=True)) | {"ђ": "dj", "љ": "lj", "њ": "nj", "џ": "dz"}
_SERBIAN_ONLY = frozenset("ћђљњџј")
# Modern Greek, ELOT 743.
_GREEK_PAIRS = (("ου", "ou"), ("μπ", "b"), ("γγ", "ng"), ("αυ", "av"), ("ευ", "ev"))
_GREEK = dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True)) | {
    "θ": "th", "χ": "ch", "ψ": "ps",
}  # fmt: skip
# Arabic and Persian, ALA-LC without its marks; the letters as folding leaves them.
_ARABIC = dict(zip("ابتجحدرزسصضطظعفقكلمنهپگ", "abtjhdrzssdtzafqklmnhpg", strict=True)) | {
    "ث": "th", "خ": "kh", "ذ": "dh", "ش": "sh", "غ": "gh", "چ": "ch", "ژ": "zh", "ئ": "i", "ؤ": "u", "ء": "",
}  # fmt: skip
_GOD = "الله"
# Korean, Revised Romanization: the parts of a block.
_FIRST = "g kk n d tt r m b pp s ss - j jj ch k t p h".replace("-", "").split(" ")
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" ")  # noqa: SIM905 - easier to read
_LAST = "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t".replace("-", "").split(" ")
# Ethiopic: what Unicode calls a syllable says how it is read; where that is not how it is written in Latin letters.
_SYLLABLE = re.compile(r"ETHIOPIC SYLLABLE (?:GLOTTAL |PHARYNGEAL )?([B-DF-HJ-NP-TV-Z]*)([AEIOUW]+)")
_ETHIOPIC = {"C": "ch", "CH": "ch", "TH": "t", "PH": "p", "HH": "h", "SZ": "s", "TZ": "ts", "X": "h", "KX": "h"}
_ETHIOPIC_VOWELS = {"A": "e", "AA": "a", "EE": "e", "E": ""}


def latin(word: str) -> tuple[str, ...]:
    """A folded word in Latin letters; a Korean name written without gaps is cut after its family name.

    >>> latin("сергей"), latin("김정은"), latin("بشار"), latin("መለስ"), latin("reyk")
    (('sergei',), ('gim', 'jeongeun'), ('bshar',), ('meles',), ('reyk',))
    """
    if not word or word[0] < "\u0370":
        return (word.translate(_LATIN),)
    if word[0] <= "\u03ff":
        for pair, letters in _GREEK_PAIRS:
            word = word.replace(pair, letters)
        return ("".join(_GREEK.get(letter, letter) for letter in word),)
    if word[0] <= "\u04ff":
        letters_of = _SERBIAN if _SERBIAN_ONLY & set(word) else _RUSSIAN
        return ("".join(letters_of.get(letter, letter) for letter in word),)
    if "\u0600" <= word[0] <= "\u06ff":
        return (_arabic(word),)
    if "\u1200" <= word[0] <= "\u137f":
        return ("".join(map(_ethiopic, word)),)
    if "\uac00" <= word[0] <= "\ud7a3":
        blocks = [_block(letter) for letter in word]
        return (blocks[0], "".join(blocks[1:])) if 3 <= len(blocks) <= 4 else ("".join(blocks),)
    return (word,)


def _arabic(word: str) -> str:
    if word == _GOD:
        return "allah"
    if word.startswith("ال") and len(word) > 4:
        word = word[2:]
    word = re.sub(r"^و|و(?=[اي])", "w", word).replace("و", "u")
    word = re.sub(r"^ي|ي(?=[اu])", "y", word).replace("ي", "i")
    return "".join(_ARABIC.get(letter, letter) for letter in word)


def _block(letter: str) -> str:
    number = ord(letter) - 0xAC00
    if not 0 <= number < 11172:
        return letter
    return _FIRST[number // 588] + _VOWELS[number % 588 // 28] + _LAST[number % 28]


def _ethiopic(letter: str) -> str:
    found = _SYLLABLE.match(unicodedata.name(letter, ""))
    if not found:
        return ""
    consonant, vowel = found.groups()
    if not consonant:  # a vowel of its own
        return {"E": "i"}.get(vowel, vowel[0].lower())
    return _ETHIOPIC.get(consonant, consonant.lower()) + _ETHIOPIC_VOWELS.get(vowel, vowel.lower())
