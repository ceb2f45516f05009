"""The ledger of a text for which LangExtract proposed claims: the reader's, and what vet finds faithful of the rest.

In:   a Document, Proposals.   Out: Second, whose ledger says what became of them.
Knows nothing of: files, cases.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.reader import Reads
from sayso.records import Document, Ledger, Notice
from sayso.resolve import Knowledge
from sayso.second.asking import Answer
from sayso.second.joining import Second, second_reading
from sayso.study import studied
from sayso.vet import Proposal

_STAGE = "langextract"


def with_extractions(document: Document, proposals: Sequence[Proposal], reader: Reads, knowledge: Knowledge) -> Second:
    """The ledger with the faithful ones, found by ``llm:langextract``, and a notice that counts all."""
    second = second_reading(
        studied(document, reader, knowledge), [Answer(proposals=tuple(proposals))], _STAGE, knowledge
    )
    counts = f"{second.added:,} added, {second.agreed:,} had by the reader, {len(second.refused):,} refused"
    told = Notice(stage=_STAGE, message=f"LangExtract proposed {second.proposed:,} claims: {counts}")
    ledger = msgspec.structs.replace(second.ledger, notices=(*second.ledger.notices, told))
    return msgspec.structs.replace(second, ledger=ledger)


def has_extractions(ledger: Ledger) -> bool:
    """Was this ledger made so?"""
    return any(notice.stage == _STAGE for notice in ledger.notices)
