"""Cut a sentence into tokens that know which words of time they may be.

In:   a sentence, the list of words (data/times.toml).   Out: Tokens.
Knows nothing of: what several of them mean together (time_phrases).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec

from sayso.errors import BadLexicon
from sayso.spans import Span

_TOKEN = re.compile(
    r"(?P<ISO>(?:1[4-9]|20)\d\d-(?:0[1-9]|1[0-2])-[0-3]\d(?!\d))"
    r"|(?P<NUMERIC>(?<![\d/.-])\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)(?:\d{4}|\d\d)(?![\d/]|[.-]\d))"
    r"|(?P<money>[$£€¥#]\s?\d[\d,.]{0,30}\d|[$£€¥#]\s?\d|\d[\d,.]{0,30}\s?(?:%|°|€))"
    r"|(?P<CLOCK>(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])|\d{1,2}\.\d\d(?=\s?[ap]\.?m))"
    r"|(?P<fraction>\d{1,2}/\d{1,2}\b)"
    r"|(?P<big>\d{1,3}(?:,\d{3})+|\d+\.\d+)"
    r"|(?P<ORD>\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<DECADE>(?:1[4-9]|20)\d0'?s\b|(?<!\w)'?[2-9]0'?s\b)"
    r"|(?P<number>\d+)"
    r"|(?P<AMPM>(?<=[\d ])[ap]\.\s?m\b\.?|(?<=\d)[ap]m\b|(?<=\d\s)[apAP][mM]\b)"
    r"|(?P<QUARTER>Q[1-4]\b)"
    r"|(?P<possessive>[’']s\b)"
    r"|(?P<word>[^\W\d_]+(?:[’'](?!s\b)[^\W\d_]+)*)"
    r"|\S"
)


class Token(NamedTuple):
    """``form``: lower case, with straight apostrophes. ``capital``: it opens with one. ``classes``: what it may be: for
    each class how many tokens it takes ("at the time": 3) and its value, the widest first.
    """

    start: int
    end: int
    form: str
    capital: bool
    classes: Mapping[str, Sequence[tuple[int, int | float | str]]]


class Word(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"kind": "class"}):
    """One entry of the list. See ``data/times.toml`` for its fields."""

    kind: str
    value: int | float | str
    words: tuple[str, ...]
    plural: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class Name(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What holds a word of time and is none."""

    pattern: str
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()


class Marks(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """Words by which a sentence looks ahead, perhaps ahead, or back; verbs that date a saying."""

    ahead: frozenset[str]
    perhaps: frozenset[str]
    back: frozenset[str]
    tells: frozenset[str]

    @cached_property
    def telling(self) -> frozenset[str]:
        """The regular participles of the verbs that date a saying: "writing", "published"."""
        return frozenset(verb.rstrip("e") + end for verb in self.tells for end in ("ing", "ed"))


class TimeWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """The whole list."""

    word: tuple[Word, ...]
    name: tuple[Name, ...]
    marks: Marks

    @cached_property
    def phrases(self) -> Mapping[str, Sequence[tuple[tuple[str, ...], str, int | float | str, bool]]]:
        """First word -> (all its words, class, value, whether it needs its capital), the longest first."""
        table: dict[str, list[tuple[tuple[str, ...], str, int | float | str, bool]]] = {}
        for entry in self.word:
            plurals = [(form, f"{entry.kind}S") for form in entry.plural]
            units = [(form, entry.kind) for form in entry.plural if entry.kind == "UNIT"]
            for form, kind in [*((form, entry.kind) for form in entry.words), *units, *plurals]:
                forms = tuple(match.group().lower() for match in _TOKEN.finditer(straight(form)))
                table.setdefault(forms[0], []).append((forms, kind, entry.value, form[0].isupper()))
        return {first: sorted(found, key=lambda entry: -len(entry[0])) for first, found in table.items()}

    @cached_property
    def telling(self) -> frozenset[str]:
        """Of each phrase that tells a time its longest run of letters."""
        listed = (forms for found in self.phrases.values() for forms, kind, *_ in found if kind in TELLING)
        return HOURLY | {max(_LETTERS.findall(" ".join(forms)), key=len, default="") for forms in listed}

    @cached_property
    def names(self) -> re.Pattern[str]:
        return re.compile(r"(?<!\w)(?:" + "|".join(f"(?:{name.pattern})" for name in self.name) + r")(?!\w)")

    @cached_property
    def directions(self) -> re.Pattern[str]:
        """Matches what makes a sentence look ahead (group 1), perhaps (group 2), or back."""
        marks = (self.marks.ahead, self.marks.perhaps, self.marks.back)
        ahead, perhaps, back = ("|".join(sorted(map(re.escape, m), key=lambda w: (-len(w), w))) for m in marks)
        # What comes after "will be", "expected to have" is no past: "will be closed on Friday".
        passive = r"(?:(?:\s\w+){0,2}?\s(?:be|have|get)(?:\s\w+)?)?"
        return re.compile(
            rf"(?<![\w’'])(?:({ahead}){passive}|({perhaps}){passive}|{back}|[a-z]{{2,}}ed)(?!\w)", re.IGNORECASE
        )


def time_words(raw: str) -> TimeWords:
    """The list from its TOML. Raises BadLexicon that names the place."""
    try:
        return msgspec.convert(tomllib.loads(raw), TimeWords)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadLexicon(f"times.toml: {error}") from error


def straight(text: str) -> str:
    """The same with straight apostrophes, at the same places."""
    return text.replace("’", "'").replace("‘", "'")


def tokens(text: str, sentence: Span, words: TimeWords) -> list[Token]:
    """The tokens of a sentence."""
    piece = straight(sentence.of(text))
    raw = list(_TOKEN.finditer(piece))
    names = [match.span() for match in words.names.finditer(piece)]
    titled = _is_titled(piece)
    found: list[Token] = []
    for at, match in enumerate(raw):
        named = any(a < match.end() and match.start() < b for a, b in names)
        classes = {} if named else _classes(raw, at, piece, words, titled=titled)
        place = Span(sentence.start + match.start(), sentence.start + match.end())
        found.append(Token(place.start, place.end, match.group().lower(), match.group()[0].isupper(), classes))
    return found


def _is_titled(piece: str) -> bool:
    """A headline whose words open with capitals, so that these mean nothing."""
    long = re.findall(r"[^\W\d_]{4,}", piece)
    return sum(word[0].isupper() for word in long) > 0.6 * len(long) and len(long) > 2


_PLAIN = (None, "word", "possessive")
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
# Without one of these, or a figure, no rule finds a time: "in", "the" and "three" stand beside times and make none.
TELLING = frozenset(
    (
        "MONTH",
        "WEEKDAY",
        "WEEKDAYS",
        "WEEKEND",
        "SEASON",
        "HOLIDAY",
        "NAMED",
        "UNIT",
        "UNITS",
        "DECADE",
        "RELDAY",
        "OVERNIGHT",
        "DAYPART",
        "THEN",
        "NOON",
        "MIDNIGHT",
    )
)
HOURLY = frozenset(("m", "am", "pm", "clock"))  # "ten p.m.", "three o'clock"


def may_tell(sentence: str, words: TimeWords) -> bool:
    """Whether a sentence can hold a time at all. Two of three hold none, and this is seen faster than they are read."""
    return _DIGIT.search(sentence) is not None or not words.telling.isdisjoint(_LETTERS.findall(sentence.lower()))


def _classes(
    raw: Sequence[re.Match[str]], at: int, piece: str, words: TimeWords, *, titled: bool
) -> dict[str, list[tuple[int, int | float | str]]]:
    found: dict[str, list[tuple[int, int | float | str]]] = {}
    match = raw[at]
    listed = words.phrases.get(match.group().lower(), ())
    if not listed and match.lastgroup in _PLAIN:  # nearly all there are
        return found
    for kind, value in _numbers(match):
        found.setdefault(kind, []).append((1, value))
    for forms, kind, value, capital in listed:
        if tuple(m.group().lower() for m in raw[at : at + len(forms)]) != forms:
            continue
        shown = match.group()[0].isupper()
        if capital and not shown:
            continue
        # "Today", "This Week" with a capital inside a sentence are names: of a paper, a programme.
        if not capital and shown and not titled and not _opens(piece, match.start()) and not match.group().isupper():
            continue
        found.setdefault(kind, []).append((len(forms), value))
    if compound := _compound(raw, at, words):
        found.setdefault("NUM", []).insert(0, compound)
    return found


def _opens(piece: str, start: int) -> bool:
    """Whether a capital is due here: at the beginning, or after what opens a sentence."""
    before = piece[:start].rstrip()
    return not before or not (before[-1].isalnum() or before[-1] == ",")


_LONGEST = 20  # characters of a number; longer ones count nothing, and Python makes no int of 4,300 digits


def _numbers(match: re.Match[str]) -> Iterator[tuple[str, int | float | str]]:
    form = match.group()
    group = match.lastgroup if len(form) <= _LONGEST else None
    match group:
        case "ISO" | "NUMERIC" | "AMPM":
            yield group, form.lower()
        case "mark":  # NUMERIC, whose inner group is the last to close
            yield "NUMERIC", form
        case "CLOCK":
            yield "CLOCK", form.replace(".", ":")
        case "QUARTER":
            yield "QUARTER", int(form[1])
        case "ORD":
            yield "ORD", int(form[:-2])
            if 1 <= int(form[:-2]) <= 31:
                yield "DAY", int(form[:-2])
        case "DECADE":
            digits = int(re.sub(r"\D", "", form))
            yield ("DECADE", digits) if digits > 99 else ("DECADE", 1900 + digits if digits >= 20 else 2000 + digits)
        case "big":
            if "." in form:
                yield "NUM", float(form)
        case "number":
            number = int(form)
            yield "NUM", number
            if len(form) == 4 and 1000 <= number <= 2100:
                yield "YEAR", number
            if len(form) <= 2 and 1 <= number <= 31:
                yield "DAY", number
            if len(form) == 2:
                yield "YY", number
        case _:
            return


def _compound(raw: Sequence[re.Match[str]], at: int, words: TimeWords) -> tuple[int, int] | None:
    """ "twenty-five", in three tokens or two."""
    forms = [match.group().lower() for match in raw[at : at + 3]]
    parts = [forms[0], *forms[2 if forms[1:2] == ["-"] else 1 :][:1]]
    values = [
        next((value for all_, kind, value, _ in words.phrases.get(part, ()) if kind == "NUM" and len(all_) == 1), 0)
        for part in parts
    ]
    if len(values) == 2 and all(isinstance(value, int) for value in values):
        tens, ones = int(values[0]), int(values[1])
        if tens >= 20 and tens % 10 == 0 and 1 <= ones <= 9:
            return (3 if forms[1] == "-" else 2), tens + ones
    return None
