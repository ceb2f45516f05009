"""Claims that somebody holds or took a place, as questions. Few patterns: a wrong question is worse than none.

In:   a claim; how a name becomes a Side.   Out: HoldQuestions.
Knows nothing of: tables. Only one that knows both the place and the holder answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from sayso.check.questions import HoldQuestion, Side
from sayso.days import first_day
from sayso.records import Claim

_FIRST = r"(?<![\w’'-])(?:[A-Z][\w’'-]*|al-[A-Z][\w’'-]*)"  # never within a word: long ones take time
_NAME = _FIRST + r"(?:\s+(?:(?:of|the|al)\s+)?(?:[A-Z][\w’'-]*|al-[A-Z][\w’'-]*)){0,4}"
_WHO = rf"(?P<who>(?:[Tt]he\s+)?{_NAME}(?:\s+(?:government|army|forces|fighters|troops|militia|rebels))?)"
_WHERE = rf"(?:the\s+(?:town|city|village|port|province)\s+of\s+)?(?P<where>{_NAME})"
# What may follow a place: "held Karsk since May", not "held Karsk residents".
_GOES_ON = r"and|but|since|until|till|in|on|from|after|before|for|at|when|while|as|again|by|last|this|now"
_END = rf"(?=\s*(?:[.,;:!?)”\"]|$)|\s+(?:{_GOES_ON})\b)"
_NOT = r"(?P<denied>(?:do|does|did|has|have|had)\s+(?:not|never)\s+|never\s+|no\s+longer\s+)?(?:(?:has|have|had)\s+)?"
_IS = r"(?:is|are|was|were|remains?|remained|has\s+been|had\s+been)\s+(?P<denied>not\s+|never\s+|no\s+longer\s+)?"
_HOLDS = r"(?:controls?|controlled|holds?|held|occup(?:y|ies|ied))"
_TOOK = r"(?:captured?|seized?|took|taken|retook|retaken|recaptured?|overran|overrun)(?:\s+control\s+of)?"
_PATTERNS = tuple(
    (re.compile(pattern), taken)
    for pattern, taken in (
        (rf"{_WHO}\s+(?:still\s+|now\s+)?{_NOT}{_HOLDS}\s+{_WHERE}{_END}", False),
        (rf"{_WHO}\s+{_IS}in\s+control\s+of\s+{_WHERE}{_END}", False),
        (rf"{_WHERE}\s+{_IS}(?:held|controlled|occupied)\s+by\s+{_WHO}{_END}", False),
        (rf"{_WHERE}\s+{_IS}(?:in\s+the\s+hands|under\s+the\s+control)\s+of\s+{_WHO}{_END}", False),
        (rf"{_WHO}\s+{_NOT}{_TOOK}\s+{_WHERE}{_END}", True),
        (rf"{_WHERE}\s+{_IS}(?:captured|seized|taken|retaken|recaptured|overrun)\s+by\s+{_WHO}{_END}", True),
    )
)
_PRESENT = re.compile(r"\b(?:controls?|holds?|occupies|occupy|is|are|remains?)\b")
_OPEN = frozenset({"ask", "order", "promise", "predict", "want"})  # speech acts after which nothing is said to be so


def held(claim: Claim, side: Callable[[str], Side], on: date | None) -> Iterator[HoldQuestion]:
    """The questions of a claim. ``on``: the day of its document. With several times in one claim none is asked."""
    if claim.speech_act in _OPEN or claim.factuality[:2] not in {"CT", "PR"} or len(claim.times) > 1:
        return
    text = claim.content.text
    for pattern, taken in _PATTERNS:
        for found in pattern.finditer(text):
            since, until = _days(claim, found[0], on)
            if taken and since is None:
                continue  # when it was taken is the question
            denied = bool(found["denied"]) != claim.factuality.endswith("-")
            holder = side(found["who"])
            yield HoldQuestion(
                place=found["where"], holder=holder, since=since, until=until, taken=taken, denied=denied
            )


def _days(claim: Claim, words: str, on: date | None) -> tuple[date | None, date | None]:
    if claim.times:
        (time,) = claim.times
        return first_day(time.earliest), first_day(time.latest) or on
    return (on if _PRESENT.search(words) else None), on
