"""Claims and links as other programs read them.

In:   Ledgers, links.   Out: JSON: one claim per line, or one array.
Knows nothing of: people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from sayso.check.findings import Finding
from sayso.custody import Reread
from sayso.links import Link
from sayso.records import Claim, Ledger
from sayso.vet.vetted import Vetted
from sayso.weigh.weighed import Weighed

_ENCODER = msgspec.json.Encoder()


def line(record: Claim | Link | Finding | Vetted | Reread) -> bytes:
    """One record as one line of UTF-8 JSON with its line end."""
    return _ENCODER.encode(record) + b"\n"


def render(ledger: Ledger) -> Iterator[bytes]:
    """The claims of ``ledger`` in their order, each as its line."""
    return map(line, ledger.claims)


def array_of(claims: Iterable[Claim]) -> bytes:
    """Claims as one JSON array, indented, with a line end."""
    return msgspec.json.format(_ENCODER.encode(list(claims)), indent=2) + b"\n"


def whole(record: Weighed) -> bytes:
    """One record as indented JSON, with a line end."""
    return msgspec.json.format(_ENCODER.encode(record), indent=2) + b"\n"


def array(ledgers: Iterable[Ledger]) -> bytes:
    """All claims of all ``ledgers`` as one array."""
    return array_of(claim for ledger in ledgers for claim in ledger.claims)
