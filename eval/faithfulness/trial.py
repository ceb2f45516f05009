"""A claim on a text, true or falsified; what people have marked in a text, as such claims need it.

In:   Texts.   Out: Trial; the words of a marked content, source and cue.
Knows nothing of: vet, how claims are falsified.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from eval.brat import Attribution
from eval.faithfulness.texts import Text
from sayso.spans import Span

_INVENTED = ("the White House", "Oskar Vellin", "two unnamed sources", "the Ministry of Roads", "Dr. Hanne Quist")
NUMBER_WORDS = (
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "twenty",
    "thirty",
)
NUMBER_WORD = re.compile(rf"\b(?<!-)(?:{'|'.join(NUMBER_WORDS)})\b(?!-)")


@dataclass(frozen=True)
class Trial:
    """A claim on a text. ``kind``: how it was made; ``of``: a text of its own, if it is not on the Text's."""

    kind: str
    true: bool
    text: Text
    claim: dict[str, Any]
    of: str | None = None


Maker = Callable[[Text, Sequence[Text], random.Random], Iterator[Trial]]


def content_of(text: Text, attribution: Attribution) -> str:
    """The words of a content; where something else than its source and cue stands between two pieces, "…"."""
    plain, said = text.page.text, ""
    own = (*attribution.source, *attribution.cue)
    for before, span in zip((None, *attribution.content), attribution.content, strict=False):
        if before is not None:
            gap = range(before.end, span.start)
            left = [plain[at] for at in gap if not any(s.start <= at < s.end for s in own)]
            reported = len(left) < len(gap) and not any(character.isalnum() for character in left)
            said += " " if reported else " … "
        said += span.of(plain)
    return said


def statements(text: Text) -> list[Attribution]:
    """What is marked whole, four words or more. The rest are slips of the hand, and topics."""
    marked = (own for own in text.gold if all(_is_whole(text, s) for s in (*own.source, *own.cue, *own.content)))
    return [own for own in marked if _size(text, own) >= 4]


def _is_whole(text: Text, span: Span) -> bool:
    around = text.page.text[max(0, span.start - 1) : span.start + 1], text.page.text[span.end - 1 : span.end + 1]
    return not any(len(pair) == 2 and pair.isalnum() for pair in around)


def _size(text: Text, attribution: Attribution) -> int:
    return len(content_of(text, attribution).split())


def source_of(text: Text, attribution: Attribution) -> str:
    return " ".join(span.of(text.document.text) for span in attribution.source)


def cue_of(text: Text, attribution: Attribution) -> str:
    return " ".join(span.of(text.document.text) for span in attribution.cue)


def false(kind: str, text: Text, of: str | None = None, **claim: Any) -> Trial:
    return Trial(kind, False, text, claim, of)  # noqa: FBT003 - as above


def bare(name: str) -> list[str]:
    return [re.sub(r"['’]s$|\W", "", word).lower() for word in name.split()]


def initials(name: str) -> str:
    return "".join(re.findall(r"[A-Z]", name))


def somebody(text: Text, chance: random.Random) -> str:
    """A speaker whom the text does not name, in any spelling of the article before it."""
    plain = text.page.text.casefold()
    return chance.choice([who for who in _INVENTED if who.removeprefix("the ").casefold() not in plain])
