"""Names whose every syllable tells: Chinese in two romanisations, Korean in as many as there are people.

In:   the words of a name.   Out: whether two are one name romanised otherwise.
Knows nothing of: lists. Wade-Giles writes one aspirated and one plain sound alike where its apostrophe is left out, so
what is found here is possible, never certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from sayso.check.words import NameWords

_SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ui|uo|ue|er|[aeiou])"
)
_GIVEN = 3  # syllables of a given name, one more than there are: "Hyeon" is cut into two
# Hanyu pinyin -> Wade-Giles without its apostrophes.
_WADE = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"^(zh|ch|sh|r)i$", r"\1ih"), (r"^[zc]i$", "tzu"), (r"^si$", "ssu"), (r"ian$", "ien"), (r"^yan$", "yen"),
        (r"(i|u|^y)e$", r"\1eh"), (r"ong$", "ung"), (r"^([gk])ui$", r"\1uei"), (r"^([gkh])e$", r"\1o"),
        (r"^([dtnlrzcs]|zh|ch)uo$", r"\1o"), (r"^er$", "erh"), (r"^you$", "yu"), (r"^y(?=i)", ""),
        (r"^(?:zh|ch|j|q)", "ch"), (r"^[zc](?!h)", "ts"), (r"^x", "hs"), (r"^r", "j"), (r"^b", "p"), (r"^d", "t"),
        (r"^g", "k"), (r"^tstzu", "tzu"),
    )
)  # fmt: skip
# Korean sounds that its romanisations write in many ways, in the order in which they are replaced.
_KOREAN = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"young", "yong"), (r"ae|ai", "E"), (r"oo|ou|eo|eu", "o"), (r"ee|ui", "i"), (r"w(?=[ou])", ""), (r"u", "o"),
        (r"ch|j", "c"), (r"g(?!$)(?<!ng)", "k"), (r"d", "t"), (r"b", "p"), (r"sh", "s"), (r"l", "r"),
        (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


def pinyin(word: str) -> tuple[str, ...]:
    """The syllables of a word, if it can be read as Hanyu pinyin.

    >>> pinyin("guoqiang"), pinyin("timur")
    (('guo', 'qiang'), ())
    """
    cut = _SYLLABLE.findall(word)
    return tuple(cut) if "".join(cut) == word else ()


@lru_cache(maxsize=1 << 15)
def wade(word: str) -> str:
    """A word of pinyin as Wade and Giles write it, without apostrophes; "" where it is none."""
    return "".join(map(_wade, pinyin(word)))


def _wade(syllable: str) -> str:
    for pattern, to in _WADE:
        syllable = pattern.sub(to, syllable)
    return syllable


def keys(words: Sequence[str], korean: Mapping[str, str]) -> frozenset[str]:
    """What two names have in common that may be one romanised otherwise: to look candidates up by."""
    plain, given = _plain(words), tuple(wade(word) for word in words)
    return frozenset((*plain, *(_plain(given) if all(given) else ()), *_korean(words, korean)))


def told_by_syllables(name: Sequence[str], words: NameWords) -> bool:
    """Whether a name has a family name of China or Korea and one or two syllables behind or before it."""
    return any(
        family in words.chinese | words.families.keys() and 1 <= len(_SYLLABLE.findall(given)) <= _GIVEN
        for family, given in ends(name)
    )


def otherwise(one: Sequence[str], other: Sequence[str], korean: Mapping[str, str]) -> bool:
    """Whether two names may be one romanised otherwise. ``korean``: spellings of family names -> one of them.

    >>> otherwise(("zhou", "enlai"), ("chou", "en", "lai"), {})
    True
    """
    if min(len(one), len(other)) < 2:
        return False
    for here, there in ((one, other), (other, one)):
        given = tuple(wade(word) for word in here)
        if all(given) and set(_plain(given)) & set(_plain(there)):
            return True
    return bool(set(_korean(one, korean)) & set(_korean(other, korean)))


def _plain(words: Sequence[str]) -> Iterator[str]:
    """Family name and given name, whichever end the family name is at."""
    for family, given in ends(words):
        yield re.sub(r"^y(?=i)", "", family) + " " + re.sub(r"(?<![a-z])y(?=i)", "", given)


def _korean(words: Sequence[str], korean: Mapping[str, str]) -> Iterator[str]:
    for family, given in ends(words):
        if family in korean:
            yield f"{korean[family]} {_syllables(given)}"


def _syllables(given: str) -> str:
    for pattern, to in _KOREAN:
        given = pattern.sub(to, given)
    return given


def ends(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Family name and given name in one piece, whichever end the family name is at."""
    if 2 <= len(words) <= 4:
        yield words[0], "".join(words[1:])
        yield words[-1], "".join(words[:-1])
