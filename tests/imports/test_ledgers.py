"""Ledgers of another case: taken as they are, or told what is wrong with them."""

from __future__ import annotations

import hashlib

import msgspec
import pytest
from msgspec.structs import replace

from sayso.errors import BadImport
from sayso.imports.ledgers import ledgers
from sayso.records import Ledger
from sayso.spans import Span
from tests.publish.ledgers import ledger

SHA = hashlib.sha256(b"any").hexdigest()
GOOD = ledger("[source 1|Ann Lee] [cue 1|said] [content 1|the mole was closed].", id=f"d{SHA[:16]}", sha256=SHA)
CLAIM = GOOD.claims[0]
WRONG = replace(CLAIM, content=replace(CLAIM.content, text="the mole was open"))
ELSEWHERE = replace(CLAIM, document=replace(CLAIM.document, title="Another"))
FORGED = replace(GOOD.document, ref=replace(GOOD.document.ref, sha256="0" * 64))


def read(*values: Ledger | bytes) -> list[Ledger | BadImport]:
    return list(ledgers([v if isinstance(v, bytes) else msgspec.json.encode(v) for v in values], "a.jsonl"))


def test_a_ledger_comes_as_it_was() -> None:
    assert read(GOOD, b"\n") == [GOOD]


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (b"{}", "is no ledger"),
        (b"\xff", "is no ledger"),
        (replace(GOOD, claims=(WRONG,)), "do not give its words"),
        (replace(GOOD, claims=(CLAIM, CLAIM)), "two claims have one id"),
        (replace(GOOD, claims=(replace(CLAIM, via="c0"),)), "lies inside one that is not there"),
        (replace(GOOD, claims=(ELSEWHERE,)), "is of another document"),
        (replace(GOOD, paragraphs=(Span(0, 999),)), "after the text"),
        (replace(GOOD, document=FORGED), "is not that of its SHA-256"),
    ],
)
def test_what_breaks_the_laws_of_a_ledger_is_told_and_the_rest_is_taken(bad: Ledger | bytes, told: str) -> None:
    problem, good = read(bad, GOOD)
    assert isinstance(problem, BadImport)
    assert "a.jsonl, line 1: " in str(problem)
    assert told in str(problem)
    assert good == GOOD
