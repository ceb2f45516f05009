"""Words as vet compares them: one form for what is written in several ways and means the same.

In:   a text.   Out: Words with their places and their normal forms.
Knows nothing of: claims, grammar.

"Twelve" and "12", "5 June 2015" and "June 5, 2015", "12:20 a.m." and "00:20", "can't" and "cannot", "U.N." and "UN",
every kind of quotation mark, dash and white space. Nothing is stemmed: "struck" is not "strikes", "a" is not "the".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sayso.spans import Span

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = (
    r"(?P<{0}>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|Mar\.|April|Apr\.?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DATE = re.compile(
    r"\b(?P<iso>\d{4}-\d\d-\d\d)\b"
    rf"|\b{_MONTH.format('m1')} (?P<d1>[0-3]?\d)(?:st|nd|rd|th)?\b(?![:.,]\d)(?:,? (?P<y1>[12]\d{{3}})\b)?"
    rf"|\b(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? {_MONTH.format('m2')}(?!\w)(?:,? (?P<y2>[12]\d{{3}})\b)?"
)
_TIME = re.compile(
    r"\b(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b(?:\.(?!\s(?-i:[A-Z])))?"
    r"|\b(?P<clock>(?:0\d|1[3-9]|2[0-3]):[0-5]\d)\b(?![:.]\d)",
    re.IGNORECASE,
)
_RAW = re.compile(
    r"(?:[^\W\d_]\.)+[^\W\d_]\b\.?|[’'ʼ](?:s|re|ve|ll|d|m)\b"  # U.S.'s
    r"|\d+(?:\.\d+)?(?=(?:bn|mn|tn)\b)|\d+(?::\d+)+|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\w)|\d+\.\d+(?!\w)"
    r"|[^\W_]+(?:[’'ʼ][^\W\d_]+)*(?:(?<=s)[’'](?=\s))?"
    r"|[$€£¥%&@#+=°]"
)
_SHORT = re.compile(r"(?P<stem>.+?)(?P<rest>n't|'(?:re|ve|ll|d|m|s))", re.IGNORECASE)
_FULL = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'m": "am"}
_STEMS = {"ca": "can", "wo": "will", "sha": "shall"}
_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: n for n, word in enumerate((*_UNITS, *_TEENS))} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 10**9, "trillion": 10**12}
_SCALES |= {"mn": 1_000_000, "bn": 10**9, "tn": 10**12}
_ORDINALS = {word: f"{n}th" for n, word in enumerate(("fourth", "fifth", "sixth", "seventh", "eighth", "ninth"), 4)}
_ORDINALS |= {"first": "1st", "second": "2nd", "third": "3rd", "tenth": "10th", "eleventh": "11th", "twelfth": "12th"}
_SAME = _ORDINALS | {"percent": "%", "pct": "%", "&": "and", "sept": "september"}
_SAME |= {name[:3]: name for name in _MONTHS if name not in ("march", "may", "june", "july")}
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_COUNTED = re.compile(r"\.\s?(?=\d)")
_RUN = re.compile(r"[A-Z][A-Z'’.-]*(?:,? [A-Z0-9][A-Z0-9'’.-]*\b)+")
_STRETCH = re.compile(r"[^.?!;:\"“”]+|.")
_TIED = re.compile(r"[\s\-‐‑–]*")


class Word(NamedTuple):
    """A word of a text. ``norm``: its normal form; a date is "@2015-06-05", a number its value ("12")."""

    start: int
    end: int
    norm: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def is_number(self) -> bool:
        return self.norm[:1].isdigit() or self.norm.startswith("@")


def cut(text: str) -> tuple[Word, ...]:
    """The words of a text in order; punctuation is none.

    >>> [word.norm for word in cut("They can't name twenty-five of the U.N.’s men by June 5, 2015")]
    ['they', 'can', 'not', 'name', '25', 'of', 'the', 'un.', "'s", 'men', 'by', '@2015-06-05']
    """
    found: list[Word] = []
    at = 0
    dated = [(match, _date(match)) for match in _DATE.finditer(text)]
    dated += [(match, _time(match)) for match in _TIME.finditer(text)]
    for match, value in sorted(dated, key=lambda pair: pair[0].start()):
        if value is not None and match.start() >= at:
            found += _numbers(text, list(_raw(text, at, match.start())))
            found.append(Word(match.start(), match.end(), value))
            at = match.end()
    return tuple(found + _numbers(text, list(_raw(text, at, len(text)))))


def _date(match: re.Match[str]) -> str | None:
    if match["iso"]:
        return f"@{match['iso']}"
    month, day, year = (match["m1"], match["d1"], match["y1"]) if match["m1"] else match.group("m2", "d2", "y2")
    number = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(month.lower().rstrip(".")[:3]))
    return f"@{year or '-'}-{number:02}-{int(day):02}" if 1 <= int(day) <= 31 else None


def _time(match: re.Match[str]) -> str:
    """A time of day; one without "a.m." or "p.m." is such only where its hour leaves no doubt."""
    if match["clock"]:
        return f"@T{match['clock']}"
    hour = int(match["hour"]) % 12 + (12 if match["half"].lower() == "p" else 0)
    return f"@T{hour:02}:{match['minute'] or '00'}"


def _raw(text: str, start: int, end: int) -> Iterator[Word]:
    for match in _RAW.finditer(text, start, end):
        form = match.group().replace("’", "'").replace("ʼ", "'")
        short = _SHORT.fullmatch(form)
        if form.lower() == "cannot":
            yield Word(match.start(), match.start() + 3, "can")
            yield Word(match.start() + 3, match.end(), "not")
        elif form.lower() in ("no", "nos") and _COUNTED.match(text, match.end()):
            yield Word(match.start(), match.end(), "number")  # "Silo No. 4"
        elif short:
            middle = match.start() + len(short["stem"])
            rest = short["rest"].lower()
            stem = _norm(short["stem"])
            yield Word(match.start(), middle, _STEMS.get(stem, stem) if rest.startswith("n") else stem)
            yield Word(middle, match.end(), _FULL.get(rest, rest))
        elif form.isupper() and _is_loud(text, match.start()):
            yield Word(match.start(), match.end(), _norm(form.lower()))
        else:
            yield Word(match.start(), match.end(), _norm(form))


def _is_loud(text: str, at: int) -> bool:
    """Is the whole line in capitals, or all between two marks ("now: THEY LOSE"), or are some long words in a row? Then
    capitals mark no abbreviation.
    """
    end = text.find("\n", at)
    start = text.rfind("\n", 0, at) + 1
    line = text[start : end if end >= 0 else len(text)]
    if line.isupper():
        return " " in line.strip()
    run = next((m for m in _RUN.finditer(line) if m.start() <= at - start < m.end()), None)
    if run is not None and sum(len(word.strip(",")) > 3 for word in run.group().split()) > 2:
        return True
    stretch = next(m for m in _STRETCH.finditer(line) if m.start() <= at - start < m.end())
    words = stretch.group().split()
    return stretch.group().isupper() and len(words) > 2 and any(len(word.strip(",")) > 3 for word in words)


def _norm(form: str) -> str:
    """ "U.N." and "UN" are one word, "un" is another."""
    letters = form.replace(".", "")
    if letters.isupper() and letters.isalpha() and (2 <= len(letters) <= 3 or "." in form):
        return letters.casefold() + "."
    if form.casefold() in _FULL:
        return _FULL[form.casefold()]
    lower = form.casefold() if form[0].isdigit() else letters.casefold().rstrip("'") or form
    return _SAME.get(lower, lower)


def _numbers(text: str, raw: Sequence[Word]) -> list[Word]:
    """Words with each number as one of them."""
    found: list[Word] = []
    at = 0
    while at < len(raw):
        value, after = _number(text, raw, at)
        if value is not None:
            found.append(Word(raw[at].start, raw[after - 1].end, f"{value:.15g}"))
            at = after
        elif raw[at].norm == "per" and at + 1 < len(raw) and raw[at + 1].norm == "cent":
            found.append(Word(raw[at].start, raw[at + 1].end, "%"))
            at += 2
        else:
            found.append(raw[at])
            at += 1
    return found


def _number(text: str, raw: Sequence[Word], at: int) -> tuple[float | None, int]:
    """The number that begins at a word, and the word after it: "2.5 million", "two hundred and five"."""
    first = raw[at].norm
    if _FIGURE.fullmatch(first):
        value, after = float(first.replace(",", "")), at + 1
        while after < len(raw) and raw[after].norm in _SCALES and _tied(text, raw, after):
            value, after = value * _SCALES[raw[after].norm], after + 1
        return value, after
    if first not in _SMALL:
        return None, at
    total, current, after = 0, _SMALL[first], at + 1
    while after < len(raw) and _tied(text, raw, after):
        word = raw[after].norm
        small = _SMALL.get(word)
        if small is not None and _adds(current, small):
            current += small
        elif word == "hundred" and 0 < current < 100:
            current *= 100
        elif word in _SCALES and word != "hundred" and current:
            total, current = total + current * _SCALES[word], 0
        elif word == "and" and _goes_on(text, raw, after, current, total):
            pass
        else:
            break
        after += 1
    return total + current, after


def _adds(current: int, small: int) -> bool:
    """Is it one number: "twenty five", "hundred five", "thousand five"; "five six" are two."""
    if current % 100 == 0:
        return small > 0
    return current % 10 == 0 and current % 100 >= 20 and 0 < small < 10


def _goes_on(text: str, raw: Sequence[Word], at: int, current: int, total: int) -> bool:
    """ "Two hundred and five": an "and" inside of a number."""
    inside = current % 100 == 0 and (current or total)
    return bool(inside) and at + 1 < len(raw) and raw[at + 1].norm in _SMALL and _tied(text, raw, at + 1)


def _tied(text: str, raw: Sequence[Word], at: int) -> bool:
    """Is there nothing but white space or a hyphen before a word?"""
    return _TIED.fullmatch(text, raw[at - 1].end, raw[at].start) is not None
