"""The per-document path, written out: parse, extract.

In:   Document, the reader, Lexicon.   Out: Ledger.
Knows nothing of: disk, network, other documents.
"""

from __future__ import annotations

import msgspec

from sayso.extract import extract
from sayso.lexicon import Lexicon
from sayso.parse import parse
from sayso.reader import Reads
from sayso.records import Document, Ledger


def study(document: Document, reader: Reads, lexicon: Lexicon) -> Ledger:
    """The ledger of one document. A text without a title is called by its headline, if it opens with one."""
    parsed = parse(document, lexicon)
    if document.ref.title is None and parsed.headline is not None:
        titled = msgspec.structs.replace(document.ref, title=" ".join(parsed.headline.of(parsed.text).split()))
        document = msgspec.structs.replace(document, ref=titled)
        parsed = msgspec.structs.replace(parsed, document=document)
    return Ledger(
        document=document,
        claims=extract(parsed, reader, lexicon),
        paragraphs=tuple(p.span for p in parsed.paragraphs),
        repeats=parsed.repeats,
        furniture=tuple(p.span for p in parsed.paragraphs if p.role == "furniture"),
        notices=(*document.notices, *parsed.notices),
    )
