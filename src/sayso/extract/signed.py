"""Find quotations that a dash or a colon gives to somebody: “No ship, no crew” — the harbour log. The minister: “No!”

In:   Parsed, what is said already, Syntax.   Out: Drafts.
Knows nothing of: what else is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.extract.drafts import Draft
from sayso.extract.sources import describe
from sayso.lexicon import Lexicon
from sayso.parse import Parsed, Quotation
from sayso.spans import Span, trimmed
from sayso.syntax import Syntax

_BEHIND = re.compile(r"[\s.,]*(?P<dash>[—–]|--?)\s+(?P<who>[^\W\d_].*|@\w.*)", re.DOTALL)
_BEFORE = re.compile(r"(?P<who>[^\W\d_][^:\n]*?)\s*(?P<colon>:)\s*", re.DOTALL)
_ASIDE = re.compile(r",|\s\(?(?:\d|[A-Z][a-z]{2,8}\.? \d)")  # what follows is when, where or how
_LONGEST = 12  # words of whom it is given to
_FEWEST = 3  # words of a quotation: fewer may be a title or a word that is spoken of
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_SPEAKS = frozenset(("person", "people", "document", "outlet", "organisation", "government", "armed_group"))


def signed(parsed: Parsed, said: Sequence[Draft], syntax: Syntax, lexicon: Lexicon) -> list[Draft]:
    """All drafts, and those of quotations of whom a dash or a colon alone tells who said them."""
    taken = sorted(span for draft in said for span in draft.spans)
    found: list[Draft] = []
    for paragraph in (p.span for p in parsed.paragraphs):
        quotations = [q for q in parsed.quotations_over(paragraph) if q.depth == 0 and q.closed]
        new = _of(parsed, paragraph, quotations, syntax, lexicon)
        found += (d for d in new if not any(span.overlaps(piece) for span in taken for piece in d.spans))
    return [*said, *found]


def _of(
    parsed: Parsed, paragraph: Span, quotations: Sequence[Quotation], syntax: Syntax, lexicon: Lexicon
) -> Iterator[Draft]:
    """The quotation that opens a paragraph and is signed; the one that follows a colon and ends its sentence."""
    text = parsed.text
    own = trimmed(text, paragraph.start, paragraph.end, " \t\r\n")
    if own is None or not quotations:
        return
    first = quotations[0]
    if first.span.start == own.start and (match := _BEHIND.match(text, first.span.end, own.end)):
        yield from _draft(parsed, first, Span(*match.span("dash")), Span(*match.span("who")), syntax, lexicon)
    elif (match := _BEFORE.match(text, own.start, own.end)) and match.end() == first.span.start:
        yield from _draft(parsed, first, Span(*match.span("colon")), Span(*match.span("who")), syntax, lexicon)


def _draft(
    parsed: Parsed, quotation: Quotation, cue: Span, who: Span, syntax: Syntax, lexicon: Lexicon
) -> Iterator[Draft]:
    aside = _ASIDE.search(parsed.text, who.start, who.end)
    source = trimmed(parsed.text, who.start, aside.start() if aside else who.end, " \t\r\n.,;")
    if source is None or len(source.of(parsed.text).split()) > _LONGEST:
        return
    if len(quotation.inner.of(parsed.text).split()) < _FEWEST:
        return
    if any(syntax.xpos[token] in _FINITE for token in syntax.within(source)):
        return  # a sentence, nobody
    if describe(parsed, (source,), lexicon).type in _SPEAKS:
        yield Draft(by="signed", source=(source,), cue=cue, content=(quotation.span,))
