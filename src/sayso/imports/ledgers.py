"""Ledgers of another case, one a line: taken only where they keep the laws of a ledger.

In:   the lines of a file.   Out: Ledgers; BadImport values for lines that hold none.
Knows nothing of: cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from sayso.errors import BadImport
from sayso.records import Claim, Ledger, Phrase, Source, phrase
from sayso.spans import Span


def ledgers(lines: Iterable[bytes], name: str) -> Iterator[Ledger | BadImport]:
    """The ledgers of these lines, each alone in memory. What is wrong with a line is told with its number."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            ledger = msgspec.json.decode(line, type=Ledger)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield BadImport(f"{name}, line {number}: is no ledger ({error}): take a file that sayso wrote")
            continue
        if problem := next(_problems(ledger), None):
            yield BadImport(f"{name}, line {number}: {problem}: take the file as sayso wrote it")
        else:
            yield ledger


def _problems(ledger: Ledger) -> Iterator[str]:
    document = ledger.document
    ids = [claim.id for claim in ledger.claims]
    if document.ref.id != f"d{document.ref.sha256[:16]}":
        yield f"the id {document.ref.id} is not that of its SHA-256"
    if len(set(ids)) < len(ids):
        yield "two claims have one id"
    for claim in ledger.claims:
        if claim.document != document.ref:
            yield f"claim {claim.id} is of another document"
        if claim.via is not None and claim.via not in ids:
            yield f"claim {claim.id} lies inside one that is not there"
        for words in _phrases(claim):
            if phrase(document.text, words.spans).text != words.text:
                yield f"the spans of claim {claim.id} do not give its words"
    length = len(document.text)
    for span in _spans(ledger):
        if span.end > length:
            yield f"a span ends at {span.end}, after the text"


def _phrases(claim: Claim) -> Iterator[Phrase | Source]:
    for words in (claim.content, claim.source, claim.cue, claim.outlet, claim.addressee):
        if words is not None:
            yield words


def _spans(ledger: Ledger) -> Iterator[Span]:
    yield from (*ledger.paragraphs, *ledger.furniture, *ledger.document.markup, *ledger.document.pages)
    yield from (mention for entity in ledger.entities for mention in entity.mentions)
    yield from (span for pair in ledger.repeats for span in pair)
