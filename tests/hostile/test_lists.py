"""Files of hypotheses, tables, imports and cases that somebody made to do harm: one line says what is wrong."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

import sayso
from sayso.check.cutting import besides
from sayso.errors import BadCase, BadEndpoint, SaysoError, Unreadable
from sayso.imports.ledgers import ledgers
from sayso.inputs import gather
from sayso.query import Query
from sayso.resolve.aliases import followthemoney, tables
from sayso.second.settings import settings
from sayso.vet.proposals import proposals
from sayso.weigh.hypotheses import hypotheses
from tests.hostile.bounds import within

_ASKED = 'question = "q"\n[[hypothesis]]\nid = "a"\nsays = "x"\nprior = 0.3\n'


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "{a = " * 50_000,
        "a" + ".a" * 20_000 + " = 1",
        "[" + "a." * 20_000 + "a]",
        _ASKED.replace("0.3", "1" * 5000),
        _ASKED.replace("0.3", "1" + "0" * 400),
        _ASKED.replace("0.3", "nan"),
        _ASKED.replace("0.3", "-inf"),
        "anonymous_cap = nan\n" + _ASKED,
        'a = "\0"',
        'a = "\udcff"',
        "# " + "a" * 5_000_000,
    ],
)
@pytest.mark.parametrize("read", [hypotheses, tables.table])
def test_toml_that_is_deep_huge_or_no_number(read: Callable[[bytes, str], object], text: str) -> None:
    with within(20), pytest.raises(SaysoError) as told:
        read(text.encode("utf-8", "surrogateescape"), "h.toml")
    assert str(told.value).startswith("h.toml: ")
    assert len(str(told.value)) < 300


@pytest.mark.parametrize("address", ["http://[[[1/v1", "http://a]/v1", "https://a:99999/v1", "https://a:b/v1"])
def test_an_address_of_a_second_reader_that_is_none_is_told(address: str) -> None:
    with pytest.raises(BadEndpoint, match="no web address") as told:
        settings(f'base_url = "{address}"\nmodel = "m"'.encode(), "s.toml", {}, network=True)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("mark", [" ", ",", ", "])
def test_a_name_of_a_hundred_thousand_marks_has_none_besides(mark: str) -> None:
    name = f"Mira{mark * 100_000}Dohl"
    with within(20):
        assert besides(name) == (name,)


def test_a_sentence_with_many_dots_is_no_deep_name() -> None:
    assert hypotheses(_ASKED.replace('"x"', '"' + "so it goes. " * 500 + '"').encode(), "h.toml").question == "q"


def test_entities_nested_without_end_are_told_with_their_line() -> None:
    line = b'{"id":"a","schema":"Person","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    with pytest.raises(SaysoError, match=r"^x, line 2: "):
        followthemoney.entities(b"\n" + line, "x", {})


@pytest.mark.parametrize(
    "claim",
    [
        b'{"content":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"content":{"text":"a","spans":5}}',
        b'{"content":{"text":"a","spans":[[99999999999999999999999,-1]]}}',
        b'{"content":{"text":"a","spans":{"a":1}}}',
    ],
)
def test_a_claim_that_is_none_is_told_and_the_rest_vetted(claim: bytes) -> None:
    wrong, right = proposals(claim + b'\n{"content":"the bridge was safe"}\n', "c.jsonl")
    assert isinstance(wrong, Unreadable)
    assert str(wrong).startswith("c.jsonl, line 1: ")
    assert not isinstance(right, SaysoError)


@pytest.mark.parametrize("name", ["a\0b", "a\ud800b", "a" * 100_000, "nowhere/[z-a]*" + "*a" * 2000, "a\nb"])
def test_a_name_that_no_file_can_have_is_told(name: str) -> None:
    with within(20):
        (found,) = gather([name], stdin=io.BytesIO())
    assert isinstance(found, SaysoError)
    assert "\n" not in str(found)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    text = tmp_path / "a.txt"
    text.write_text("“The bridge is safe,” said Ann Lee. Bob Ray denied that.", encoding="utf-8")
    with sayso.Case.open(tmp_path / "a.case", create=True) as kept:
        assert all(not isinstance(added, SaysoError) for added in kept.add([str(text)]))
    return tmp_path / "a.case"


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("CREATE TRIGGER t AFTER INSERT ON document BEGIN DELETE FROM claim; END", "trigger t"),
        ("CREATE VIEW v AS SELECT 1", "view v"),
        ("CREATE TABLE extra (a)", "table extra"),
        ("CREATE INDEX i ON claim (record)", "index i"),
        ("DROP TABLE claim", "claim"),
        (
            "UPDATE sqlite_master SET sql = replace(sql, 'UPDATE', 'DELETE') WHERE name = 'judgement_stays'",
            "judgement_stays",
        ),
        ("PRAGMA user_version = 5", "schema"),
        ("PRAGMA user_version = -5", "schema"),
        ("UPDATE document SET text = CAST(x'fffe41' AS TEXT)", "damaged"),
    ],
)
def test_a_case_that_brings_something_of_its_own_is_refused(case: Path, sql: str, what: str) -> None:
    with sqlite3.connect(case) as hostile:
        hostile.execute("PRAGMA writable_schema = ON")
        hostile.execute(sql)
    hostile.close()
    with pytest.raises(BadCase) as told, sayso.Case.open(case) as kept:
        [kept.ledger(found.document.id) for found in kept.documents()]
    assert what in str(told.value)


@pytest.mark.parametrize("text", ['"' * 1000, "a " * 2000, '"a' * 500, "a" * 100_000, "\0", "NEAR(" * 200, "*" * 1000])
def test_any_search_ends_and_is_no_error_of_the_case(case: Path, text: str) -> None:
    with within(30), sayso.Case.open(case) as kept:
        try:
            list(kept.claims(Query(text=text)))
        except sayso.SaysoError as error:
            assert "\n" not in str(error)  # noqa: PT017 (refused in one line, or answered: both are right)


def test_a_ledger_whose_spans_lie_beyond_the_text_is_refused(case: Path) -> None:
    with sayso.Case.open(case) as kept:
        ledger = kept.ledger(next(iter(kept.documents())).document.id)
    short = msgspec.structs.replace(ledger, document=msgspec.structs.replace(ledger.document, text="The"))
    lines = [msgspec.json.encode(short), b"[" * 100_000, msgspec.json.encode(ledger)]
    refused, deep, whole = ledgers(lines, "x.jsonl")
    assert "line 1" in str(refused)
    assert "line 2" in str(deep)
    assert whole == ledger
