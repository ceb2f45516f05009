"""What LangExtract found, document by document: proposals, which become claims only where the text bears them out.

In:   the lines of its JSONL.   Out: Extracted; BadImport values for lines that hold none.
Knows nothing of: whether a proposal is faithful (sayso.vet), how a claim is made of one (sayso.second).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from sayso.errors import BadImport
from sayso.vet import Proposal, of_record


class Extracted(msgspec.Struct, frozen=True, kw_only=True):
    """A document's text, the name to show it by, and what is proposed of it."""

    name: str
    text: str
    proposals: tuple[Proposal, ...]


class _Annotated(msgspec.Struct):
    text: str
    extractions: list[dict[str, Any]] | None = None
    document_id: str | None = None


def extracted(lines: Iterable[bytes], name: str) -> Iterator[Extracted | BadImport]:
    """The documents of these lines with their proposals, one in memory at a time."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found = msgspec.json.decode(line, type=_Annotated)
            proposals = tuple(of_record({"extractions": found.extractions or []}, number))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
            yield BadImport(f"{name}, line {number}: is no document of LangExtract ({error})")
            continue
        yield Extracted(name=f"{name}#{found.document_id or number}", text=found.text, proposals=proposals)
