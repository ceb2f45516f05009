"""Where a content ends, and how spans become a Draft.

In:   a Line, a Frame, token indices.   Out: token indices, Drafts.
Knows nothing of: what kind of cue asks.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.adverbials import skip_adverbials
from sayso.extract.drafts import Draft
from sayso.extract.frames import Frame
from sayso.extract.lines import FINAL, Line, Pair
from sayso.spans import Span


def content_end(line: Line, start: int, later: Sequence[Frame]) -> int:
    """The last token of a content that begins at ``start``: before the next sister or the final mark."""
    last = len(line) - 1
    for frame in later:
        cut = frame.sister if frame.sister is not None else _left_cut(line, frame)
        if cut is not None and cut > start:
            last = min(last, cut - 1)
    if line.quoted[start] < 0:
        dashes = [i for i in range(start + 1, last) if line.lower(i) in ("—", "--", "–")]
        if len(dashes) == 1:  # a pair of dashes is an insertion; after a single one the author speaks again
            last = dashes[0] - 1
    while (
        last > start and line.quoted[last] < 0 and line.lower(last) in FINAL | {",", ";", ":", "and", "but", "—", "--"}
    ):
        last -= 1
    return last


def _left_cut(line: Line, frame: Frame) -> int | None:
    """Where contents before "…, Smith said." end, if that is what ``frame`` is."""
    if frame.inverted or (frame.subject and "left" in frame.cue.takes and not _has_right(line, frame)):
        begin = frame.begins
        return begin - 1 if line.lower(begin - 1) == "," else begin
    return None


def _has_right(line: Line, frame: Frame) -> bool:
    start = skip_adverbials(line, frame.cue.last + 1, len(line))
    return line.lower(start) not in FINAL | {"", ",", ";"}


def make(
    line: Line,
    frame: Frame,
    rule: str,
    source: Pair | None,
    content: list[Pair],
    addressee: Pair | None = None,
) -> Draft | None:
    spans = tuple(line.between(first, last) for first, last in content if first <= last)
    if spans and not any(_says_something(line, first, last) for first, last in content):
        return None
    open_end = not spans and rule == "colon"
    if not spans and not open_end:
        return None
    source_span = _without_date(line, source) if source else None
    dates = tuple(
        line.between(a - 1 if line.lower(a - 1) in ("in", "on", "since", "by", "of") else a, b)
        for a, b in line.dates
        if not any(s.overlaps(line.between(a, b)) for s in spans)
    )
    return Draft(
        rule=rule,
        act=frame.cue.act,
        factuality="Uu" if frame.conditional else frame.cue.factuality,
        source=source_span,
        cue=line.between(frame.cue.first, frame.cue.last),
        content=spans,
        addressee=line.between(*addressee) if addressee else None,
        dates=dates,
        open_end=open_end,
    )


def _says_something(line: Line, first: int, last: int) -> bool:
    """More than "to", "by" or "that"."""
    words = line.lexicon.words
    return any(
        line.lower(i) not in words.prepositions | words.conjunctions | words.subordinators
        for i in range(first, last + 1)
    )


def _without_date(line: Line, source: Pair) -> Span:
    """A date that closes a source is when it was said: "A report in the Economist magazine 21st June 14"."""
    first, last = source
    for a, _ in line.dates:
        if first < a <= last:
            last = a - 2 if line.lower(a - 1) in ("in", "on", "of") else a - 1
    return line.between(first, max(first, last))
