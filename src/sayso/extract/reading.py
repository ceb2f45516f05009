"""Give the reader what it can read: running text, headings alone, what is said inside of what is said.

In:   Parsed, the reader, Lexicon.   Out: Found, in places of the document's text.
Knows nothing of: what becomes of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.lexicon import Lexicon
from sayso.parse import Parsed
from sayso.reader import Found, Reads
from sayso.spans import Span

_DEEPEST = 4  # contents in contents: as deep as quotations are looked into
_FEWEST = 4  # words; fewer hold no attribution
_LIKELY = 0.5  # inside a content only what is likelier than not: the reader has not learned on such pieces
_OPENING = re.compile(r"(?:[\s“”\"‘’'(]|\b(?:that|whether)\b)+")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_CLOSING = "“”\"‘’') ,"
_LINE_END = re.compile(r"[\n\r\f\v\u2028\u2029]")
_ALL_BUT_LINE_ENDS = re.compile(r"[^\n\r\f\v\u2028\u2029]")


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


def in_headings(parsed: Parsed, reader: Reads) -> Iterator[Found]:
    """What the reader finds in each heading, read alone."""
    for paragraph in parsed.paragraphs:
        if paragraph.role == "heading":
            span = paragraph.span
            for found in reader.read(span.of(parsed.text)):
                if here := _moved(found, span.start, span.end):
                    yield here


def nested(text: str, content: Sequence[Span], reader: Reads, lexicon: Lexicon, depth: int = 1) -> Iterator[Found]:
    """What the reader finds inside contents, read alone, at any depth.

    It has learned from outermost attributions only and so passes over the inner ones; a content that is read as a
    text of its own shows them. A final period makes a sentence of it. What holds no word that the lists know to
    report is not read again: that spares most of the time.
    """
    for span in content:
        opening = _OPENING.match(text, span.start, span.end)
        start = opening.end() if opening else span.start
        inner = _LINE_END.sub(" ", text[start : span.end]).rstrip(_CLOSING)
        if depth > _DEEPEST or not _may_report(inner, lexicon):
            continue
        for found in reader.read(inner if inner[-1] in ".?!" else inner + "."):
            here = _moved(found, start, start + len(inner))
            if here is not None and here.score >= _LIKELY:
                yield here
                yield from nested(text, here.content, reader, lexicon, depth + 1)


def _may_report(text: str, lexicon: Lexicon) -> bool:
    words = _WORD.findall(text.lower())
    known = (lexicon.verb_forms, lexicon.marker_forms, lexicon.noun_forms)
    return len(words) >= _FEWEST and any(word in forms for word in words for forms in known)


def _moved(found: Found, start: int, end: int) -> Found | None:
    """The same in the text that the piece was taken from; without the period that was lent."""

    def there(spans: Sequence[Span]) -> tuple[Span, ...]:
        moved = ((s.start + start, min(s.end + start, end)) for s in spans)
        return tuple(Span(a, b) for a, b in moved if a < b)

    cue, content = there((found.cue,)), there(found.content)
    if not cue or not content:
        return None
    return Found(cue=cue[0], source=there(found.source), content=content, score=found.score, sure=found.sure)
