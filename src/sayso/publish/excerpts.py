"""Passages of a text with what stands around them, marked; and the words in which two passages differ.

In:   a text, spans.   Out: safe HTML, spans.
Knows nothing of: the page it is put into.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from markupsafe import Markup, escape

from sayso.publish.wording import visible
from sayso.records import Claim, Ledger
from sayso.spans import Span, cover, merge, without

AROUND = 140  # characters of context on each side
_WORD = re.compile(r"\w+(?:['’.,]\w+)*")

Marks = Iterable[tuple[Span, str]]  # what to mark, and the class to mark it by


def roles(claim: Claim) -> Iterator[tuple[Span, str]]:
    """The source, cue and content of a claim, by the classes of the dossier."""
    content = "own" if claim.kind == "authorial" else "d1"
    yield from ((span, content) for span in claim.content.spans)
    for words, name in ((claim.source, "source"), (claim.cue, "cue"), (claim.outlet, "outlet")):
        if words is not None:
            yield from ((span, name) for span in words.spans)


def excerpt(ledger: Ledger, shown: Iterable[Span], marks: Marks, around: int = AROUND) -> Markup:
    """``shown`` and the words around them, no further than their paragraphs; "…" where text is left out."""
    text = ledger.document.text
    marks = tuple(marks)
    pieces = []
    for window in merge(_window(text, span, ledger.paragraphs, around) for span in shown):
        before = "… " if not _begins(text, window, ledger.paragraphs) else ""
        after = " …" if not _ends(text, window, ledger.paragraphs) else ""
        pieces.append(Markup("{}{}{}").format(before, marked(text, window, marks), after))
    return Markup(" ").join(pieces)


def marked(text: str, window: Span, marks: Marks) -> Markup:
    """The text at ``window``, cut at every border of a mark, so that marks may cross."""
    inside = [(s, name) for s, name in marks if s.overlaps(window)]
    borders = {window.start, window.end}
    for span, _ in inside:
        borders |= {max(span.start, window.start), min(span.end, window.end)}
    out = []
    cuts = sorted(borders)
    for start, end in pairwise(cuts):
        names = sorted({name for span, name in inside if span.start <= start and end <= span.end})
        words = escape(visible(text[start:end]))
        tag = "mark" if "differs" in names else "span"
        out.append(Markup('<{} class="{}">{}</{}>').format(tag, " ".join(names), words, tag) if names else words)
    return Markup("").join(out)


def differing(
    a: tuple[str, Sequence[Span]], b: tuple[str, Sequence[Span]]
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Of two passages, each a text and spans of it, the words that the other does not have in the same place."""
    here, there = _words(*a), _words(*b)
    plain = [[text[s.start : s.end].casefold() for s in spans] for (text, _), spans in ((a, here), (b, there))]
    left: list[Span] = []
    right: list[Span] = []
    for what, i, j, k, m in SequenceMatcher(None, plain[0], plain[1], autojunk=False).get_opcodes():
        if what != "equal":
            left += [cover(here[i:j])] if i < j else []
            right += [cover(there[k:m])] if k < m else []
    return tuple(left), tuple(right)


def telling(
    a: tuple[Claim, Sequence[Span]], b: tuple[Claim, Sequence[Span]], ledgers: Mapping[str, Ledger]
) -> tuple[Sequence[Span], Sequence[Span]]:
    """The words of two claims that make them differ: those that are given, or, where these are all that one of them
    says, the words that the other does not have.
    """
    if all(any(without(s, words) for s in claim.content.spans) for claim, words in (a, b)):
        return a[1], b[1]
    here, there = ((ledgers[c.document.id].document.text, c.content.spans) for c, _ in (a, b))
    found = differing(here, there)
    return found if any(found) else (a[1], b[1])


def _words(text: str, spans: Sequence[Span]) -> list[Span]:
    return [Span(s.start + m.start(), s.start + m.end()) for s in spans for m in _WORD.finditer(s.of(text))]


def _window(text: str, span: Span, paragraphs: Sequence[Span], around: int) -> Span:
    """``span`` with whole words around it, in its paragraph."""
    first = min((p.start for p in paragraphs if p.start <= span.start < p.end), default=span.start)
    last = max((p.end for p in paragraphs if p.start < span.end <= p.end), default=span.end)
    start, end = max(first, span.start - around), min(last, span.end + around)
    while first < start < span.start and not text[start - 1].isspace():
        start += 1
    while span.end < end < last and not text[end].isspace():
        end -= 1
    return Span(start, end)


def _begins(text: str, window: Span, paragraphs: Sequence[Span]) -> bool:
    return any(p.start == window.start for p in paragraphs) or not text[: window.start].strip()


def _ends(text: str, window: Span, paragraphs: Sequence[Span]) -> bool:
    return any(p.end == window.end for p in paragraphs) or not text[window.end :].strip()
