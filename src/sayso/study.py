"""The per-document path, written out: parse, read, extract, resolve.

In:   Document, the reader, Knowledge.   Out: Ledger.
Knows nothing of: disk, network, other documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from sayso.extract import extract, read
from sayso.parse import Parsed, parse
from sayso.reader import Reads
from sayso.records import Claim, Document, Ledger
from sayso.resolve import Knowledge, resolve
from sayso.syntax import Syntax


class Studied(NamedTuple):
    """A ledger with what it was made of. ``extracted``: the claims before their inner fields were filled in."""

    ledger: Ledger
    parsed: Parsed
    syntax: Syntax
    extracted: tuple[Claim, ...]


def study(document: Document, reader: Reads, knowledge: Knowledge) -> Ledger:
    """The ledger of one document. A text without a title is called by its headline, if it opens with one."""
    return studied(document, reader, knowledge).ledger


def studied(document: Document, reader: Reads, knowledge: Knowledge) -> Studied:
    """`study`, with the structure and the syntax of the text."""
    lexicon = knowledge.lexicon
    parsed = parse(document, lexicon)
    if document.ref.title is None and parsed.headline is not None:
        titled = msgspec.structs.replace(document.ref, title=" ".join(parsed.headline.of(parsed.text).split()))
        document = msgspec.structs.replace(document, ref=titled)
        parsed = msgspec.structs.replace(parsed, document=document)
    reading = read(parsed, reader, lexicon)
    found = extract(parsed, reading, reader.name, lexicon)
    return Studied(_filled(parsed, reading.syntax, found, knowledge), parsed, reading.syntax, found)


def filled(read: Studied, claims: Sequence[Claim], knowledge: Knowledge) -> Ledger:
    """The ledger of a document that was read, with these claims instead of those that were extracted."""
    return _filled(read.parsed, read.syntax, claims, knowledge)


def _filled(parsed: Parsed, syntax: Syntax, claims: Sequence[Claim], knowledge: Knowledge) -> Ledger:
    resolved = resolve(parsed, syntax, claims, knowledge)
    document = parsed.document
    return Ledger(
        document=document,
        claims=resolved.claims,
        entities=resolved.entities,
        paragraphs=tuple(p.span for p in parsed.paragraphs),
        repeats=parsed.repeats,
        furniture=tuple(p.span for p in parsed.paragraphs if p.role == "furniture"),
        notices=(*document.notices, *parsed.notices, *resolved.notices),
    )
