"""Ledgers as a brat folder: each text beside its annotations, as annotation tools and training programs read them.

In:   a Selection.   Out: names and bytes of the folder's files.
Knows nothing of: the disk; what people ruled.

The format: https://brat.nlplab.org/standoff.html. Source, cue and content are text-bound annotations; a claim is an
event whose trigger is its cue, or its content where it has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count

from sayso.export.selection import Selection
from sayso.publish import wording
from sayso.records import Claim, Document
from sayso.spans import Span, trimmed

_LINE = re.compile(r"[^\n]+")
_UNSAFE = re.compile(r"[^\w.-]+")
_ATTRIBUTES = ("kind", "factuality", "speech_act")

CONFIGURATION = """\
[entities]
Source
Content

[relations]

[events]
Claim	Source?:Source, Content+:Content, Via?:Claim
Bare	Source?:Source, Via?:Claim

[attributes]
Kind	Arg:<EVENT>, Value:direct|indirect|mixed|authorial
Factuality	Arg:<EVENT>, Value:CT+|PR+|PS+|CT-|PR-|PS-|Uu
SpeechAct	Arg:<EVENT>, Value:assert|deny|accuse|doubt|ask|order|promise|predict|believe|want|report
"""


def files(selection: Selection) -> Iterator[tuple[str, bytes]]:
    """The folder's files, one document after the other; `annotation.conf` first."""
    yield "annotation.conf", CONFIGURATION.encode()
    for ledger, chosen in selection.ledgers():
        name = _name(ledger.document)
        yield f"{name}.txt", ledger.document.text.encode()
        yield f"{name}.ann", "".join(f"{line}\n" for line in standoff(ledger.document, chosen)).encode()


def _name(document: Document) -> str:
    stem = _UNSAFE.sub("-", wording.title(document.ref))[:60].strip("-.")
    return f"{stem or 'document'}-{document.ref.id}"


def standoff(document: Document, claims: Sequence[Claim]) -> Iterator[str]:
    """The lines of one document: T text, E event, A attribute, # note with the claim's id."""
    texts, events, attributes, notes = count(1), count(1), count(1), count(1)
    numbers = {claim.id: next(events) for claim in claims}
    for claim in claims:
        trigger, arguments = None, []
        for role, part in (("Cue", claim.cue), ("Source", claim.source), ("Content", claim.content)):
            if part is None:
                continue
            number = next(texts)
            bare = role == "Content" and claim.cue is None
            kind = "Bare" if bare else "Claim" if role == "Cue" else role
            yield _text(document.text, number, kind, part.spans)
            if bare or role == "Cue":
                trigger = f"{kind}:T{number}"
            else:
                arguments.append(f"{role}:T{number}")
        if claim.via in numbers:
            arguments.append(f"Via:E{numbers[claim.via]}")
        event = f"E{numbers[claim.id]}"
        yield f"{event}\t{' '.join([trigger or '', *arguments])}"
        for name in _ATTRIBUTES:
            label = "".join(word.capitalize() for word in name.split("_"))
            yield f"A{next(attributes)}\t{label} {event} {getattr(claim, name)}"
        yield f"#{next(notes)}\tAnnotatorNotes {event}\t{claim.id}"


def _text(text: str, number: int, kind: str, spans: Sequence[Span]) -> str:
    """A text-bound annotation. A line end parts a span in two, as the format has none inside."""
    pieces = [
        piece
        for span in spans
        for line in _LINE.finditer(span.of(text))
        if (piece := trimmed(text, span.start + line.start(), span.start + line.end())) is not None
    ]
    places = ";".join(f"{piece.start} {piece.end}" for piece in pieces)
    return f"T{number}\t{kind} {places}\t{' '.join(piece.of(text) for piece in pieces)}"
