"""Claims as they come from other programs, and the command that reads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import sayso
from sayso.errors import Unreadable
from sayso.vet import of_record
from tests.desk import BRIDGE, records, run

CLAIMS = [
    {"id": "a", "source": "Ann Lee", "cue": "said", "content": "the bridge was safe"},
    {"id": "b", "source": "Ann Lee", "content": "the bridge had been closed"},
    {"id": "c", "source": "the White House", "content": "the bridge was safe"},
]


@pytest.fixture
def claims(desk: Path) -> str:
    (desk / "claims.jsonl").write_text("\n".join(map(json.dumps, CLAIMS)), encoding="utf-8")
    return "claims.jsonl"


def test_each_line_is_the_result_of_a_claim_and_the_exit_code_tells(claims: str) -> None:
    result = run("vet", "bridge.txt", claims, "--format", "jsonl", code=1)
    lines = [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
    assert [line["kind"] for line in lines] == ["vetted"] * 3
    assert [(line["id"], line["faithful"], line["line"]) for line in lines] == [
        ("a", True, 1),
        ("b", False, 2),
        ("c", False, 3),
    ]
    assert lines[0]["fields"] == {"content": "exact", "source": "exact", "cue": "exact"}
    assert all(line["reason"] for line in lines)
    assert all(set(line["fields"]) == set(line["why"]) for line in lines)
    assert "3 claims: 1 faithful to the text, 2 not" in result.stderr


def test_the_table_says_of_each_field_what_is_wrong(claims: str) -> None:
    result = run("vet", "bridge.txt", claims, code=1)
    assert "unfaithful  line 3" in result.stdout
    assert "unsupported: the text nowhere has “the White House”" in result.stdout
    assert all(len(line) <= 100 for line in result.stdout.splitlines())


def test_all_faithful_is_no_failure(desk: Path) -> None:
    (desk / "one.jsonl").write_text(json.dumps(CLAIMS[0]), encoding="utf-8")
    run("vet", "bridge.txt", "one.jsonl")


def test_a_line_that_is_no_claim_is_told_with_its_place_and_the_rest_is_done(desk: Path) -> None:
    lines = ["no json", "[]", '{"source": "x"}', '{"content": "x", "events": 7}', json.dumps(CLAIMS[0])]
    lines += [
        '{"content": "x", "events": [{"actor": {"text": "y", "spans": [["a", 1]]}}]}',
        '{"content": {"spans": [[4, 2]]}}',
    ]
    (desk / "bad.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = run("vet", "bridge.txt", "bad.jsonl", "--format", "jsonl", code=3)
    told = [line for line in result.stderr.splitlines() if line.startswith("sayso:")]
    assert [line.split(":")[1].strip() for line in told] == [f"bad.jsonl, line {n}" for n in (1, 2, 3, 4, 6, 7)]
    assert "1 claim: 1 faithful" in result.stderr


def test_a_file_that_is_not_there_is_one_line(desk: Path) -> None:
    for call in (("bridge.txt", "none.jsonl"), ("none.txt", "bridge.txt")):
        assert "none" in run("vet", *call, code=2).stderr


def test_a_folder_of_several_texts_is_told(claims: str) -> None:
    assert "several documents" in run("vet", "lines.jsonl", claims, code=2).stderr


def test_the_text_may_come_by_a_pipe(desk: Path) -> None:
    (desk / "one.jsonl").write_text(json.dumps(CLAIMS[0]), encoding="utf-8")
    run("vet", "-", "one.jsonl", stdin=BRIDGE)


def test_the_records_of_sayso_itself_are_read_as_they_are(desk: Path) -> None:
    own = [json.dumps(record) for record in records("read", "bridge.txt")]
    (desk / "own.jsonl").write_text("\n".join(own), encoding="utf-8")
    run("vet", "bridge.txt", "own.jsonl")


def test_a_line_of_langextract_is_as_many_claims_as_it_has_extractions(desk: Path) -> None:
    def extraction(text: str, **attributes: str) -> dict[str, Any]:
        interval = {"start_pos": 0, "end_pos": 3}
        return {
            "extraction_class": "claim",
            "extraction_text": text,
            "char_interval": interval,
            "attributes": attributes,
        }

    document = {
        "extractions": [
            extraction("the bridge was safe", speaker="Ann Lee"),
            extraction("the bridge was not safe", speaker="Ann Lee"),
            extraction("the bridge was safe", speaker="White House"),
        ],
        "text": BRIDGE,
    }
    (desk / "lx.jsonl").write_text(json.dumps(document), encoding="utf-8")
    result = run("vet", "bridge.txt", "lx.jsonl", "--format", "jsonl", code=1)
    found = [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
    assert [line["faithful"] for line in found] == [True, False, False]


def test_spans_of_a_field_must_give_its_words() -> None:
    text = "Ann Lee said that the bridge was safe."
    right = {"content": "the bridge was safe", "source": {"text": "Ann Lee", "spans": [[0, 7]]}}
    wrong = {"content": "the bridge was safe", "source": {"text": "Ann Lee", "spans": [[8, 12]]}}
    good, bad = sayso.vet(text, [right, wrong])
    assert good.faithful
    assert bad.fields["source"] == "unsupported"
    assert "said" in bad.reason


def test_a_content_alone_may_be_vetted() -> None:
    assert [found.faithful for found in sayso.vet("It rained all day.", ["It rained all day.", "It snowed."])] == [
        True,
        False,
    ]


def test_what_is_no_claim_is_an_error_with_its_number() -> None:
    with pytest.raises(Unreadable, match="claim 2"):
        sayso.vet("It rained.", ["It rained.", {"source": "x"}])


def test_an_empty_text_is_none() -> None:
    with pytest.raises(Unreadable, match="empty"):
        sayso.vet("", ["It rained."])


@pytest.mark.parametrize("content", ["…", "“”", "?!", "\u202e"])
def test_a_content_without_a_word_is_not_found(content: str) -> None:
    (proposal,) = of_record({"content": content})
    assert proposal.content.text == content
    assert not sayso.vet("It rained … all day?!", [content])[0].faithful
