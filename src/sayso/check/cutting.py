"""What of a name tells it from others: its words, in Latin letters, in the order in which it is spoken.

In:   a name.   Out: words; the names it has besides; what stands in parentheses.
Knows nothing of: other names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sayso.check.scripts import latin
from sayso.check.words import NameWords
from sayso.resolve.aliases.names import fold
from sayso.resolve.aliases.names import words as cut_words

_INSIDE = re.compile(r"\(([^)]{0,200})\)")
_BORN = re.compile(r"\(?\b(?:née|nee|born|geb\.|geborene|épouse|ép\.)\s+([^\s(),]+)\)?", re.IGNORECASE)
_OTHERWISE = re.compile(r"(?i)\s*(?:a\.?k\.?a|f\.?k\.?a|formerly|previously|also|now|imo|ex)\b")
_ETHIOPIC_SHORT = ((re.compile(r"\bW/(?=\w{3})"), "Wolde"), (re.compile(r"\bG/(?=\w{3})"), "Gebre"),
                   (re.compile(r"\bH/(?=\w{3})"), "Haile "))  # fmt: skip
# "Abdulrahman", "Abderrahmane", "Abdirahman"; not "Abdullah", whose "l" is God's.
_ABDUL = re.compile(r"^abd[aeiou](?:l(?=[^l]{4})|([b-df-hj-np-tv-z])(?=\1)|(?=[^aeioul]\w{3}))")
_DIN = re.compile(r"[aeiu]d(?:din|dine|deen|dyn)$")
_SON = re.compile(r"\b(?:bin|ben|ibn|bint)\b", re.IGNORECASE)
_DINS = {"din", "dine", "deen", "dyn"}
_NUMERAL = re.compile(r"(X{0,3})(IX|IV|V?I{0,3})")
_NAMES_TOO = {"VI", "XI"}
_TH = re.compile(r"(\d+)(?:st|nd|rd|th)")
_ONES = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
)
_ORDINALS = {
    word: n for n, word in enumerate(f"{_ONES} sixteenth seventeenth eighteenth nineteenth twentieth".split(), 1)
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}


def name_words(name: str, words: NameWords, same: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The words of a name that tell it from others, in the order in which it is spoken: "LEE, Ann" is "Ann Lee".

    Numbers are figures, however they are written: "Fifth", "5th", "V". ``same``: spellings of given names -> one.
    """
    name = _INSIDE.sub(" ", name)
    for pattern, to in _ETHIOPIC_SHORT:
        name = pattern.sub(to, name)
    last, comma, first = name.partition(",")
    if comma and len(first.split()) <= 5 and not set(fold(first)) & words.forms:
        name = f"{first} {last}"
    cut = list(_rewritten(list(_cut(name)), words))
    told = [word for word in cut if word not in words.particles]
    kept = [word for word in told[:-1] if word not in words.titles] + told[-1:] or cut
    while len(kept) > 2 and kept[0] in words.honours:
        kept.pop(0)
    while len(kept) > 1 and kept[-1] in words.forms:
        kept.pop()
    while len(kept) > 1 and kept[0] in words.forms:  # "JSC Karsk Plant"
        kept.pop(0)
    one = same or {}
    spelled = [one.get(word, word) for word in _numbered(kept)]
    return tuple(one.get(word, word) for word in _joined(spelled, one))


def besides(name: str) -> tuple[str, ...]:
    """A name, and the name of its bearer before or after a marriage that it tells of.

    >>> besides("Mira Dohl (née Reyk)")
    ('Mira Dohl', 'Mira Reyk')
    """
    born = _BORN.search(name)
    if not born:
        return (name,)
    now = " ".join(name[: born.start()].split()).rstrip(", ")
    first, _, _ = now.rpartition(" ")
    return (now, f"{first} {born[1]}") if first else (name,)


def ordered(name: str) -> bool:
    """Whether a name says who is whose child, so that its words have one order."""
    return bool(_SON.search(name))


def aside(name: str) -> frozenset[str]:
    """The words that a name has in parentheses, but for other names of the same."""
    return frozenset(word for part in _INSIDE.findall(name) if not _OTHERWISE.match(part) for word in fold(part))


def _cut(name: str) -> Iterator[str]:
    """The words of a name, folded, in Latin letters, Roman numerals in figures, without the Persian "-e-"."""
    found = cut_words(name)  # fold() would take the "A." of a name for an article
    shouted = name.isupper()
    for at, word in enumerate(found):
        raw, after = name[word.span.start : word.span.end], name[word.span.end : word.span.end + 1]
        before = name[word.span.start - 1 : word.span.start]
        if word.folded in {"e", "i"} and after in {"-", " "} and before == "-":
            continue
        last = at == len(found) - 1 and at > 0
        on = name[word.span.end + 1 : word.span.end + 2]
        if word.folded == "al" and raw[0].isupper() and raw.casefold() not in {"al", "el"} and on.islower():
            yield raw.casefold()  # the "En" of "En-lai" is no article
            continue
        if raw.isupper() and (len(raw) > 1 or (last and after != ".")):
            numeral = _NUMERAL.fullmatch(raw)
            if numeral and not (raw in _NAMES_TOO and (shouted or at == 0)):
                yield str(10 * len(numeral[1]) + _units(numeral[2]))
                continue
        yield from latin(word.folded)


def _units(numeral: str) -> int:
    return {"IX": 9, "IV": 4}.get(numeral, 5 * numeral.count("V") + numeral.count("I"))


def _rewritten(cut: Sequence[str], words: NameWords) -> Iterator[str]:
    """Words in a row that are written as one are that one, the longest first."""
    at = 0
    while at < len(cut):
        for end in range(min(len(cut), at + 5), at, -1):
            if (word := words.rewritten.get(tuple(cut[at:end]))) is not None:
                yield word
                at = end
                break
        else:
            yield cut[at]
            at += 1


def _numbered(words: Sequence[str]) -> Iterator[str]:
    """Ordinals as figures; "No." before a figure is no word."""
    at = 0
    while at < len(words):
        word, after = words[at], words[at + 1] if at + 1 < len(words) else ""
        at += 1
        if word in {"no", "nr", "number"} and after.isdigit():
            continue
        if word in _TENS and 0 < _ORDINALS.get(after, 0) < 10:
            at += 1
            yield str(_TENS[word] + _ORDINALS[after])
        elif told := _TH.fullmatch(word):
            yield told[1]
        else:
            yield str(_ORDINALS[word]) if word in _ORDINALS else word


def _joined(words: Sequence[str], same: Mapping[str, str]) -> Iterator[str]:
    """ "Abd al-Rahman", "Abdul Rahman" and "Abdulrahman" are one word, "Nur al-Din" and "Noureddine" too."""
    at = 0
    while at < len(words):
        word, after = words[at], words[at + 1] if at + 1 < len(words) else ""
        together = True
        if word in {"abd", "abdul", "abdel", "abdal", "abdol"}:
            yield "abd" + after
        elif word in {"abu", "abou", "bu", "umm"}:
            yield ("umm" if word == "umm" else "abu") + after
        elif after in _DINS:
            yield word + "din"
        else:
            together = False
            servant = _ABDUL.match(word)
            yield "abd" + same.get(word[servant.end() :], word[servant.end() :]) if servant else _DIN.sub("din", word)
        at += 2 if together else 1
