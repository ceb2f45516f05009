"""Lines of pages to paragraphs: hyphens and page breaks mended, running heads and feet left out.

In:   lines with their places on the page.   Out: text, the span of each page in it.
Knows nothing of: PDF.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from sayso.spans import Span


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of print: its words, one space between them; where it begins and how high it is, in points."""

    text: str
    x: float
    y: float  # grows upwards
    size: float
    bold: bool = False  # all of it


class _Style(msgspec.Struct, frozen=True):
    """What is usual in the document: the step from line to line for each size, the number of letters in a line."""

    steps: dict[int, float]
    width: int


_NUMBER = re.compile(r"(?:page\s+)?[-–—]?\s*(\d{1,4})\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?", re.I)
_EDGE = 3  # heads and feet stand in the first or last rows of a page
_SENTENCE_END = re.compile(r"""[.!?:;…]["'”’»)\]]*$""")
_ITEM = re.compile(r"(?:[•●▪◦*–—-]|\(?[\da-zA-Z]{1,3}[.)])\s")
_HYPHENATED = re.compile(r"[^\W\d_]{2,}[-\u00ad\u2010]$")
_SOFT_HYPHENATED = re.compile(r"\w\u00ad$")
_COMPOUND = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
# First parts that keep their hyphen: "well-known", "anti-government", "twenty-three".
_KEEPS_HYPHEN = frozenset(
    """
    all anti cross counter ex far former full half high ill long low mid multi non one part post pre pro quasi second
    self semi short so state then third two three four five six seven eight nine ten twenty thirty forty fifty sixty
    seventy eighty ninety vice well
    """.split()  # noqa: SIM905 (a hundred quoted words are harder to read and to mend)
)


def without_furniture(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[str]]:
    """The pages without running heads, running feet and page numbers; and what was left out.

    Furniture is what stands in the same place on several pages, but for its digits, or a page's own number,
    in the outermost rows.
    """
    edges = [_edge_rows(lines) for lines in pages]
    seen = Counter(
        key for lines, rows in zip(pages, edges, strict=True) for key in {_key(x) for x in lines if x.y in rows}
    )
    needed = max(2, sum(1 for lines in pages if lines) // 3)  # a third: heads of left and right pages differ
    kept: list[list[Line]] = []
    left_out: list[str] = []
    for number, (lines, rows) in enumerate(zip(pages, edges, strict=True), start=1):
        kept.append([])
        for line in lines:
            bare = _NUMBER.fullmatch(line.text)
            own = bare is not None and int(bare[1]) == number
            if line.y in rows and (own or seen[_key(line)] >= needed):
                left_out.append(line.text)
            else:
                kept[-1].append(line)
    return kept, left_out


def reflow(pages: Sequence[Sequence[Line]]) -> tuple[str, tuple[Span, ...]]:
    """One text: paragraphs apart by a blank line, lines of one joined; the spans of the pages that hold text."""
    style = _style(pages)
    compounds = {m[0].lower() for lines in pages for line in lines for m in _COMPOUND.finditer(line.text)}
    parts: list[str] = []
    length = 0
    spans: list[Span] = []
    before: list[Line] = []  # the lines of the paragraph so far
    for lines in filter(None, pages):
        start = length
        for at, line in enumerate(lines):
            ends = _ends_paragraph if at else _page_ends_paragraph
            if not before:
                glue, cut = "", 0
            elif ends(before, line, style):
                glue, cut = "\n\n", 0
                before = []
            else:
                glue, cut = _glue(before[-1].text, line.text, compounds)
            if cut:
                parts[-1] = parts[-1][:-cut]
            parts += (glue, line.text)
            length += len(glue) - cut
            if at == 0:
                start = length
                if cut:  # the hyphen that ended the page before
                    spans[-1] = Span(spans[-1].start, spans[-1].end - cut)
            length += len(line.text)
            before.append(line)
        spans.append(Span(start, length))
    return "".join(parts), tuple(spans)


def _edge_rows(lines: Sequence[Line]) -> set[float]:
    rows = sorted({line.y for line in lines})
    return {*rows[:_EDGE], *rows[-_EDGE:]}


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.y / 4)


def _style(pages: Iterable[Sequence[Line]]) -> _Style:
    steps: dict[int, Counter[float]] = {}
    widths: list[int] = []
    for lines in pages:
        for above, below in pairwise(lines):
            step = above.y - below.y
            if _alike(above, below) and 0 < step < 4 * max(above.size, 1):
                steps.setdefault(round(above.size), Counter())[round(step * 2) / 2] += 1
        widths += [len(line.text) for line in lines]
    usual: dict[int, float] = {}
    for size, counted in steps.items():
        total = counted.total()
        common = [step for step, times in counted.items() if times * 7 >= total]
        # A step of twice the size is a gap between paragraphs, unless nearly all lines stand so (a manuscript).
        near = [step for step in common if step <= 1.7 * size]
        spaced = [step for step in common if counted[step] * 5 >= total * 3 and total >= 5]
        usual[size] = min(near or spaced or [1.3 * size])
    widths.sort()
    return _Style(steps=usual, width=widths[len(widths) * 9 // 10] if widths else 0)


def _alike(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) <= 0.1 * max(a.size, b.size)


def _ends_paragraph(before: Sequence[Line], line: Line, style: _Style) -> bool:
    """Whether ``line`` opens a paragraph: a gap, another size, an indentation, or a short last line above it."""
    last = before[-1]
    step = last.y - line.y
    done = _SENTENCE_END.search(last.text) is not None
    if step < -0.5 * line.size:  # up again: the next column
        return _page_ends_paragraph(before, line, style)
    if not _alike(last, line) or step > 1.2 * style.steps.get(round(line.size), 1.3 * line.size) + 0.5:
        return True
    if last.bold != line.bold and (done or (last.bold and len(last.text) < 0.9 * style.width)):
        return True
    if done and (_ITEM.match(line.text) or len(last.text) < 0.6 * style.width):
        return True
    return step > 0.5 * line.size and _shifted(before, line, done=done)


def _shifted(before: Sequence[Line], line: Line, *, done: bool) -> bool:
    """Whether ``line`` begins further right or left than the paragraph does (whose sentence is ``done`` or not)."""
    shift = line.x - before[-1].x
    settled = len(before) >= 2 and abs(before[-2].x - before[-1].x) < 0.5 * line.size
    if shift > 0.8 * line.size and not _ITEM.match(before[0].text):
        return done or settled
    return shift < -0.8 * line.size and settled


def _page_ends_paragraph(before: Sequence[Line], line: Line, style: _Style) -> bool:
    """Whether a paragraph ends with its page (or column): its sentence is done, or ``line`` is of another kind."""
    last = before[-1]
    if not _alike(last, line) or _ITEM.match(line.text):
        return True
    if _HYPHENATED.search(last.text) or line.text[0].islower():
        return False
    return _SENTENCE_END.search(last.text) is not None or len(last.text) < 0.6 * style.width


def _glue(last: str, following: str, compounds: set[str]) -> tuple[str, int]:
    """What stands between two lines of a paragraph, and how many characters of the first to drop (its hyphen)."""
    if _SOFT_HYPHENATED.search(last):
        return "", 1
    if last.endswith(("—", "/")) or re.search(r"\d[-–]$", last):
        return "", 0
    if not _HYPHENATED.search(last):
        return " ", 0
    head = re.split(r"[^\w]+", last[:-1])[-1].lower()
    tail = (re.match(r"[^\W_]*", following) or [""])[0].lower()
    if following[:1].isupper() or not tail or head in _KEEPS_HYPHEN or f"{head}-{tail}" in compounds:
        return "", 0
    return "", 1
