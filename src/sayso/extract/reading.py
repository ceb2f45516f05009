"""Give the reader what it can read: running text, and headings alone.

In:   Parsed, the reader, Lexicon.   Out: Reading, in places of the document's text.
Knows nothing of: what becomes of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from sayso.extract.conjoined import parted
from sayso.lexicon import Lexicon
from sayso.parse import Parsed, split
from sayso.reader import Reading, Reads
from sayso.spans import Span
from sayso.syntax import join

_LINE_END = re.compile(r"[\n\r\f\v\u2028\u2029]")
_ALL_BUT_LINE_ENDS = re.compile(r"[^\n\r\f\v\u2028\u2029]")


def read(parsed: Parsed, reader: Reads, lexicon: Lexicon) -> Reading:
    """The reading of a whole document: of its prose at once, and of each heading alone."""
    prose = [p.span for p in parsed.paragraphs if p.role == "prose"]
    readings = [reader.read(running(parsed), sentences(parsed, prose, lexicon))]
    for paragraph in parsed.paragraphs:
        if paragraph.role == "heading":
            span = paragraph.span
            alone = reader.read(span.of(parsed.text), [Span(0, len(span))])
            readings.append(moved(alone, span.start, parsed.text))
    return parted(joined(readings), lexicon)


def sentences(parsed: Parsed, places: Sequence[Span], lexicon: Lexicon) -> list[Span]:
    """The sentences at some places as a grammar has them: also those inside of quotations are cut."""
    found: list[Span] = []
    at = 0
    for place in places:
        while at < len(parsed.sentences) and parsed.sentences[at].start < place.end:
            if parsed.sentences[at].start >= place.start:
                found += split(parsed.text, parsed.sentences[at], (), lexicon)
            at += 1
    return found


def running(parsed: Parsed) -> str:
    """The prose, each character at its place: other paragraphs are blanks, so are line ends inside of paragraphs.

    To the reader a new line is a new paragraph; and it has learned from texts without headings, which it would take
    for the beginning of the first sentence below them.
    """
    parts: list[str] = []
    at = 0
    for paragraph in parsed.paragraphs:
        span = paragraph.span
        blank = _LINE_END if paragraph.role == "prose" else _ALL_BUT_LINE_ENDS
        parts += (parsed.text[at : span.start], blank.sub(" ", span.of(parsed.text)))
        at = span.end
    return "".join((*parts, parsed.text[at:]))


def moved(reading: Reading, by: int, text: str) -> Reading:
    """The same reading in a text in which it begins at ``by``."""

    def there(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(Span(s.start + by, s.end + by) for s in spans)

    found = (
        replace(f, cue=there((f.cue,))[0], source=there(f.source), content=there(f.content)) for f in reading.found
    )
    return Reading(tuple(found), reading.syntax.moved(by, text))


def joined(readings: Sequence[Reading]) -> Reading:
    """Readings of places of one text as one; what is found in the first comes first, tokens are in text order."""
    if len(readings) == 1:
        return readings[0]
    return Reading(tuple(f for r in readings for f in r.found), join([r.syntax for r in readings]))
