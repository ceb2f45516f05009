"""Whether what stands around a word lets it be one of time: "in 2012" and "2012 people", "in May" and "they may".

In:   a sentence, the first token of what may be a time and the one after its last.   Out: yes or no.
Knows nothing of: what the time means.
"""

from __future__ import annotations

from typing import Any

from sayso.resolve.times.words import Token


class Sentence(list[Token]):
    """The tokens of a sentence. ``fits``: what was found to fit from a token on, which many rules ask for."""

    def __init__(self, tokens: list[Token]) -> None:
        super().__init__(tokens)
        self.fits: dict[int, Any] = {}


def _form(sentence: Sentence, at: int) -> str:
    return sentence[at].form if 0 <= at < len(sentence) else ""


def _is(sentence: Sentence, at: int, kind: str) -> bool:
    return 0 <= at < len(sentence) and kind in sentence[at].classes


def _goes_on(sentence: Sentence, end: int) -> bool:
    """Whether a noun seems to follow: "summer coats"."""
    return _form(sentence, end).isalpha() and not _is(sentence, end, "CLOSES")


def year_fits(sentence: Sentence, first: int, end: int) -> bool:
    """A number of four digits is a year after "in", between "the" and a noun, alone in brackets; else an amount."""
    after = _form(sentence, end)
    if int(sentence[end - 1].form) < 1400:
        return False
    counts = after.isalpha() and after.endswith("s") and not _is(sentence, end, "CLOSES")
    if _is(sentence, first - 1, "LEAD"):
        return not counts or _is(sentence, first - 1, "FIRM") or _form(sentence, first - 1) == "for"
    if _is(sentence, first - 1, "OWNING"):
        return after.isalpha() and not counts
    if first == 0 or not _form(sentence, first - 1).isalnum():
        return _is(sentence, end, "YEARVERB") or (first == 0 and after in (":", ","))
    return False


def month_fits(sentence: Sentence, first: int, end: int) -> bool:
    before = _form(sentence, first - 1)
    month = next(value for _, value in sentence[first].classes["MONTH"])
    if _is(sentence, first - 1, "FIRM") or month not in _MODEST:
        return True
    named = end < len(sentence) and sentence[end].capital
    return _is(sentence, first - 1, "LEAD") and not named and not (before in _WEAK and _goes_on(sentence, end))


def season_fits(sentence: Sentence, first: int, end: int) -> bool:
    alone = _form(sentence, end) not in ("of", "'s") and not _goes_on(sentence, end)
    return alone and _is(sentence, first - 1, "SEASONLEAD")


def short_year_fits(sentence: Sentence, _first: int, end: int) -> bool:
    """ "21st June 14", if no amount follows: "21st June 14 boats left"."""
    after = _form(sentence, end)
    return not (after.isalpha() and after.endswith("s") and not _is(sentence, end, "CLOSES"))


def rolls(sentence: Sentence, first: int, end: int) -> bool:
    forward = _form(sentence, first + 1) == "next" and _form(sentence, first - 1) in ("over", "within", "in", "during")
    rolling = forward or _form(sentence, first + 1) in ("past", "last", "coming")
    return rolling and one(sentence, first, end)


def one(sentence: Sentence, first: int, end: int) -> bool:
    """Not "the coming years", nor "last-minute"."""
    return not_joined(sentence, first, end) and "UNITS" not in sentence[end - 1].classes


def stepping(sentence: Sentence, first: int, _end: int) -> bool:
    """ "the next day"; "next week" counts from now, and "following Monday’s vote" is no Monday that follows."""
    return _form(sentence, first) in ("the", "same", "that")


def from_the(sentence: Sentence, first: int, end: int) -> bool:
    """ "the nineties", "the 80s", "’80s" and "1980s"; not "her nineties", "in the mid-30s"."""
    form = _form(sentence, end - 1)
    if (form[0].isdigit() and len(form) > 4) or "'" in form:
        return True
    led = _form(sentence, first) == "the" or _is(sentence, first - 1, "THIRD") or _form(sentence, first - 1) == "and"
    return led if form[0] in "456789" else _form(sentence, first) == "the" and form.isalpha()


def ends(sentence: Sentence, _first: int, end: int) -> bool:
    """ "the day before", and not before something."""
    return not _form(sentence, end).isalnum() or _is(sentence, end, "OFFSET")


def named_fits(sentence: Sentence, first: int, end: int) -> bool:
    lead = _is(sentence, first - 1, "BOUND") or _form(sentence, first - 1) == "on"
    return lead and not _goes_on(sentence, end)


def alone(sentence: Sentence, _first: int, end: int) -> bool:
    return not _goes_on(sentence, end)


def lasting(sentence: Sentence, first: int, _end: int) -> bool:
    return _is(sentence, first - 1, "LASTS")


def then_fits(sentence: Sentence, _first: int, end: int) -> bool:
    return _form(sentence, end) not in ("of", "when", "that", "he", "she", "they", "it", "we", "the")


def not_joined(sentence: Sentence, _first: int, end: int) -> bool:
    return _form(sentence, end) != "-"


_MODEST = frozenset((3, 4, 5, 6, 8))  # March, April, May, June, August: also verbs and first names
_WEAK = frozenset(("to", "and", "or", "for", "with", "of"))
