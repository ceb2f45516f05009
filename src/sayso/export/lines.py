"""The record itself, as JSON Lines: claims for other programs, or whole ledgers that another case takes in.

In:   a Selection.   Out: one JSON object a line, as they come.
Knows nothing of: how another case takes them in (sayso.imports).
"""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from sayso.export.selection import Selection
from sayso.publish import jsonl


def claims(selection: Selection, file: BinaryIO) -> None:
    """One claim a line: the record that `sayso claims --format jsonl` prints."""
    file.writelines(map(jsonl.line, selection.claims()))


def ledgers(selection: Selection, file: BinaryIO) -> None:
    """One Ledger a line: a document with its text, and those of its claims that fit."""
    for ledger, chosen in selection.ledgers():
        file.write(msgspec.json.encode(msgspec.structs.replace(ledger, claims=chosen)) + b"\n")
