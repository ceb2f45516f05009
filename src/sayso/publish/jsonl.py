"""Claims as other programs read them.

In:   Ledgers.   Out: JSON: one claim per line, or one array.
Knows nothing of: people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from sayso.records import Ledger


def render(ledger: Ledger) -> Iterator[bytes]:
    """The claims of ``ledger`` in their order, each as one line of UTF-8 JSON with its line end."""
    encode = msgspec.json.Encoder().encode
    for claim in ledger.claims:
        yield encode(claim) + b"\n"


def array(ledgers: Sequence[Ledger]) -> bytes:
    """All claims of all ``ledgers`` as one JSON array, indented, with a line end."""
    claims = [claim for ledger in ledgers for claim in ledger.claims]
    return msgspec.json.format(msgspec.json.encode(claims), indent=2) + b"\n"
