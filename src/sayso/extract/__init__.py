"""Find the claims of a document: source, cue, content, nesting; and what the author says himself.

In:   Parsed, Reading, Lexicon.   Out: Claims in text order.
Knows nothing of: other documents, truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, takewhile

from sayso.extract.asides import asides
from sayso.extract.assembly import assemble
from sayso.extract.authorial import authorial
from sayso.extract.closing import closing
from sayso.extract.drafts import Draft
from sayso.extract.hearings import hearings
from sayso.extract.hearsay import hearsay
from sayso.extract.inside import inside
from sayso.extract.lines import line_of
from sayso.extract.outer import Drafting
from sayso.extract.phrases import phrases
from sayso.extract.reading import read
from sayso.extract.signed import signed
from sayso.extract.tails import refusals
from sayso.extract.tidying import tidied
from sayso.extract.turns import continued, speaker_turns
from sayso.lexicon import Lexicon
from sayso.parse import Parsed, Quotation
from sayso.reader import Found, Reading
from sayso.records import Claim
from sayso.spans import Span
from sayso.syntax import Syntax

__all__ = ["extract", "read"]


def extract(parsed: Parsed, reading: Reading, reader: str, lexicon: Lexicon) -> tuple[Claim, ...]:
    """All claims of a document. ``reader``: the name of what has read it."""
    found = tidied(reading.found, reading.syntax, lexicon)
    said = _said(parsed, found, reading.syntax, lexicon)
    said = signed(parsed, continued(parsed, said, reading.syntax, lexicon), reading.syntax, lexicon)
    said = asides(parsed, said, reading.syntax, lexicon)
    said = hearings(said, reading.syntax)
    said = phrases(said, reading.syntax, lexicon)
    said = refusals(hearsay(said, reading.syntax, lexicon), reading.syntax)
    said = closing(said, reading.syntax)
    within = inside(said, reading.syntax, lexicon)
    return assemble(parsed, [*said, *within, *_authorial(parsed, said, lexicon)], reader, lexicon)


def _said(parsed: Parsed, found: Iterable[Found], syntax: Syntax, lexicon: Lexicon) -> list[Draft]:
    """Turns of a transcript, and what the reader has found outside of them or in them."""
    turns, drafting = speaker_turns(parsed, lexicon), Drafting(parsed, syntax, lexicon)
    said = list({id(turn): turn for turn in turns.values()}.values())
    for one in found:
        draft = drafting.of(one)
        turn = turns.get(drafting.paragraph(one.cue).span.start)
        if draft.content and (
            turn is None or all(any(piece.contains(span) for piece in turn.content) for span in draft.spans)
        ):
            said.append(draft)
    return said


def _authorial(parsed: Parsed, outer: list[Draft], lexicon: Lexicon) -> list[Draft]:
    """What is left of the sentences of prose."""
    taken = sorted(((span, draft) for draft in outer for span in draft.spans), key=lambda item: item[0])
    found: list[Draft] = []
    at = quote_at = first = 0
    for paragraph in parsed.paragraphs:
        quotations: list[Quotation] = []
        while quote_at < len(parsed.quotations) and parsed.quotations[quote_at].span.start < paragraph.span.end:
            quotations.append(parsed.quotations[quote_at])
            quote_at += 1
        while at < len(parsed.sentences) and parsed.sentences[at].start < paragraph.span.end:
            sentence = parsed.sentences[at]
            at += 1
            while first < len(taken) and taken[first][0].end <= sentence.start:
                first += 1
            here = _reaching(sentence, taken, first)
            own = authorial(line_of(parsed.text, sentence, quotations, lexicon), here)
            if own and paragraph.role == "prose":
                found.append(own)
    return found


def _reaching(sentence: Span, taken: Sequence[tuple[Span, Draft]], first: int) -> list[Draft]:
    """The drafts that take a part of the sentence; ``taken`` in order of places, looked through from ``first``."""
    before = takewhile(lambda item: item[0].start < sentence.end, islice(taken, first, None))
    return [draft for span, draft in before if span.overlaps(sentence)]
