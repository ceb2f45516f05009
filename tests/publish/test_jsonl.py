from __future__ import annotations

import json

import msgspec

from sayso.publish import jsonl
from sayso.records import Claim

from .ledgers import ledger
from .sample import sample


def test_each_line_decodes_to_its_claim() -> None:
    lines = list(jsonl.render(sample()))
    assert [msgspec.json.decode(line, type=Claim) for line in lines] == list(sample().claims)
    assert all(line.endswith(b"}\n") and line.count(b"\n") == 1 for line in lines)


def test_a_line_is_the_contract() -> None:
    line = json.loads(next(jsonl.render(sample())))
    assert list(line) == [
        *("id", "document", "kind", "source", "cue", "content", "via", "outlet", "addressee", "factuality"),
        *("speech_act", "said_at", "events", "uncoded", "quantities", "times", "why", "found_by", "score"),
    ]
    start, end = line["content"]["spans"][0]
    assert sample().document.text[start:end] == line["content"]["text"]
    assert line["source"] is None


def test_the_array_holds_the_claims_of_all_documents() -> None:
    one, two = sample(), ledger("[source 1|Reyk] [cue 1|said] [content 1|no].")
    assert [claim["id"] for claim in json.loads(jsonl.array([one, two]))] == [c.id for c in (*one.claims, *two.claims)]


def test_a_ledger_without_claims_gives_no_lines_and_an_empty_array() -> None:
    assert list(jsonl.render(ledger("Nothing."))) == []
    assert json.loads(jsonl.array([ledger("Nothing.")])) == []
