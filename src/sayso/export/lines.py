"""The record itself, as JSON Lines: claims for other programs, or whole ledgers that another case takes in.

In:   a Selection.   Out: one JSON object a line, as they come.
Knows nothing of: how another case takes them in (sayso.imports).
"""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from sayso.export.selection import Selection
from sayso.publish import jsonl
from sayso.review.jsonl import lines as jsonl_of_review


def claims(selection: Selection, file: BinaryIO) -> None:
    """One claim a line: the record that `sayso claims --format jsonl` prints."""
    file.writelines(map(jsonl.line, selection.claims()))


def ledgers(selection: Selection, file: BinaryIO) -> None:
    """One Ledger a line: a document with its text, and those of its claims that fit."""
    for part in selection.parts():
        file.write(msgspec.json.encode(msgspec.structs.replace(part.ledger, claims=part.claims)) + b"\n")


def judgements(selection: Selection, file: BinaryIO) -> None:
    """One judgement a line: what a person ruled on the reading of claims, beside what the machine had."""
    file.writelines(line.encode() for line in jsonl_of_review(selection.judgements()))
