"""Pair quotation marks of every kind, over paragraphs where a quotation goes on.

In:   text, paragraph spans.   Out: Quotations, outer before inner, and notices on what does not pair.
Knows nothing of: who is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sayso.records import Notice
from sayso.spans import Span

# opener -> the marks that can close it. Low openers and reversed guillemets are those of German and Danish print.
_CLOSERS = {
    "“": ("”",),
    "„": ("“", "”"),
    "«": ("»",),
    "»": ("«",),
    "‹": ("›",),
    '"': ('"',),
    "‘": ("’",),
    "'": ("'",),
    "``": ("''",),
    "''": ("''",),
    "「": ("」",),
}
_MARK = re.compile(r"``|''|[“”„«»‹›\"‘’'「」]")
_DOUBLE = frozenset(("“", "„", "«", '"', "``", "''"))  # kinds that may go on in the next paragraph
_STRAIGHT = frozenset(('"', "''"))  # the same mark opens and closes
_ELIDED = re.compile(r"['‘’](?:\d0s|tis|twas|em|cause|til|n)\b", re.IGNORECASE)
_DEPTHS = 4  # quotation in quotation in quotation in quotation: deeper ones are a broken text
_DEEPEST = 16  # levels of nesting looked through; a text of nothing but opening marks would else take quadratic time
_FEW = 5
_OPENS_AFTER = frozenset("([{-–—/:,“‘\"'«„")


class Quotation(NamedTuple):
    """A quoted stretch. ``span`` includes the marks, ``inner`` does not.

    ``depth`` is 0 for an outermost quotation. ``closed`` is False where no closing mark was found
    (the quotation then reaches to the end of its paragraph). ``goes_on``: the next paragraph opens
    with a mark again and is the same quotation continued.
    """

    span: Span
    inner: Span
    depth: int
    closed: bool
    goes_on: bool


class _Open(NamedTuple):
    mark: str
    start: int
    end: int


def pair(text: str, paragraphs: Sequence[Span]) -> tuple[tuple[Quotation, ...], tuple[Notice, ...]]:
    """All quotations in order of their start, and a notice for each one never closed."""
    found: list[Quotation] = []
    unclosed: list[Span] = []
    for number, paragraph in enumerate(paragraphs):
        pairs, left = _pair_one(text, paragraph)
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        for mark in left:
            goes_on = _goes_on(text, mark, following)
            if not goes_on and mark.mark not in _DOUBLE:
                continue  # a lone single mark is an apostrophe that is none of ours
            if mark.end >= paragraph.end:
                continue
            pairs.append((mark.start, paragraph.end, mark, goes_on))
            if not goes_on:
                unclosed.append(Span(mark.start, mark.end))
        found.extend(_nested(pairs, text))
    return tuple(found), _complaints(unclosed)


def _complaints(unclosed: Sequence[Span]) -> tuple[Notice, ...]:
    """A notice for each quotation never closed; one for all where there are many."""
    if len(unclosed) <= _FEW:
        message = "a quotation opens here and is never closed; it is taken to end with its paragraph"
        return tuple(Notice(stage="parse", message=message, span=span) for span in unclosed)
    message = (
        f"{len(unclosed)} quotations open and are never closed, the first here; each is taken to end with its paragraph"
    )
    return (Notice(stage="parse", message=message, span=unclosed[0]),)


def _nested(pairs: list[tuple[int, int, _Open, bool | None]], text: str) -> list[Quotation]:
    """Sort outer before inner and count depth. ``goes_on`` None means: closed by a mark."""
    result: list[Quotation] = []
    ends: list[int] = []
    for start, end, mark, goes_on in sorted(pairs, key=lambda p: (p[0], -p[1])):
        while ends and ends[-1] <= start:
            ends.pop()
        if len(ends) == _DEPTHS:
            continue
        closed = goes_on is None
        inner_end = end
        if closed:
            inner_end = end - (2 if mark.mark in ("``", "''") else 1)
        if mark.end >= inner_end or not text[mark.end : inner_end].strip():
            continue
        inner = Span(mark.end, inner_end)
        result.append(Quotation(Span(start, end), inner, len(ends), closed, bool(goes_on)))
        ends.append(end)
    return result


def _goes_on(text: str, mark: _Open, following: Span | None) -> bool:
    if following is None or mark.mark not in _DOUBLE:
        return False
    return text.startswith(mark.mark, following.start)


def _pair_one(text: str, paragraph: Span) -> tuple[list[tuple[int, int, _Open, bool | None]], list[_Open]]:
    """Pairs within one paragraph, and the openers left over."""
    stack: list[_Open] = []
    pairs: list[tuple[int, int, _Open, bool | None]] = []
    singles = _single_closers(text, paragraph)
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        mark, start, end = match.group(), match.start(), match.end()
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        if (level := _closes(mark, before, after, stack)) is not None:
            opener = stack[level]
            del stack[level:]
            pairs.append((opener.start, end, opener, None))
        elif _opens(mark, before, after, match, text) and not (mark in "'‘" and singles.get(mark, 0) < start):
            stack.append(_Open(mark, start, end))
    return pairs, stack


def _single_closers(text: str, paragraph: Span) -> dict[str, int]:
    """The last place in the paragraph where a single quotation of each kind could close."""
    last: dict[str, int] = {}
    for match in re.finditer(r"(?<=[^\s(\[])['’](?!\w)", text[paragraph.start : paragraph.end]):
        place = paragraph.start + match.start()
        last["'" if match.group() == "'" else "‘"] = place
    return last


def _closes(mark: str, before: str, after: str, stack: Sequence[_Open]) -> int | None:
    """The level of the stack that ``mark`` closes, or None."""
    for level in range(len(stack) - 1, max(-1, len(stack) - 1 - _DEEPEST), -1):
        opener = stack[level].mark
        if mark == opener == "“" and after.isspace() and not before.isspace():
            return level  # a slip of the keyboard: “so,“ she said
        if mark not in _CLOSERS[opener]:
            continue
        if opener in "'‘":
            # "officers’ plan": a plural possessive is told from a closing mark by what is open only.
            return None if after.isalnum() or before.isspace() else level
        if mark in _STRAIGHT and _leans_right(before, after):
            return None  # it leans to the word after it: a second opening
        return level
    return None


def _leans_right(before: str, after: str) -> bool:
    return (before.isspace() or before in "([") and not after.isspace() and after not in ".,;:!?)]"


def _opens(mark: str, before: str, after: str, match: re.Match[str], text: str) -> bool:
    if mark not in _CLOSERS or after.isspace():
        return False
    free = before.isspace() or before in _OPENS_AFTER
    if mark in "'‘":
        return free and (after.isalnum() or after in '“"[(…') and not _ELIDED.match(text, match.start())
    if mark in _STRAIGHT:
        return free or not (before.isdigit() or before.isalnum())  # 5'10" is a measure
    if mark == "»":
        return before.isspace()
    return True
