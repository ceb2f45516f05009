"""The per-document path, written out: parse, extract.

In:   Document, Lexicon.   Out: Ledger.
Knows nothing of: disk, network, other documents.
"""

from __future__ import annotations

from sayso.extract import extract
from sayso.lexicon import Lexicon
from sayso.parse import parse
from sayso.records import Document, Ledger


def study(document: Document, lexicon: Lexicon) -> Ledger:
    """The ledger of one document."""
    parsed = parse(document, lexicon)
    return Ledger(
        document=document,
        claims=extract(parsed, lexicon),
        repeats=parsed.repeats,
        furniture=tuple(p.span for p in parsed.paragraphs if p.role == "furniture"),
        notices=(*document.notices, *parsed.notices),
    )
