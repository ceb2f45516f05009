"""The application layer: what a Python user calls, on real files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import sayso
from sayso.case import Added, Case
from sayso.errors import NotFound, SaysoError, Unreadable
from sayso.records import Ledger

BRIDGE = 'Ann Lee said the bridge at Karsk was safe. "We checked every bolt," she said.\n'
FERRY = "The harbour office denied that the ferry had sunk. It may sail on Monday, Tom Reyk said.\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    (tmp_path / "ferry.txt").write_text(FERRY, encoding="utf-8")
    (tmp_path / "copy.txt").write_text(BRIDGE, encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def case(desk: Path) -> Iterator[Case]:
    with Case.open(desk / "desk.case", create=True) as opened:
        yield opened


def added(results: Iterator[Added | SaysoError]) -> list[Added]:
    found = list(results)
    assert all(isinstance(one, Added) for one in found), found
    return [one for one in found if isinstance(one, Added)]


def test_an_article_gives_its_ledger(desk: Path) -> None:
    ledger = sayso.read(desk / "bridge.txt")
    assert ledger.document.text == BRIDGE
    assert "Ann Lee" in [claim.source.name for claim in ledger.claims if claim.source]


@pytest.mark.usefixtures("desk")
def test_what_cannot_be_read_is_raised_for_one_and_a_value_among_many() -> None:
    with pytest.raises(NotFound, match=r"none\.txt"):
        sayso.read("none.txt")
    with pytest.raises(Unreadable, match=r"empty\.txt"):
        sayso.read("empty.txt")
    missing, bridge, empty, ferry = sayso.ledgers(["none.txt", "bridge.txt", "empty.txt", "ferry.txt"])
    assert isinstance(missing, NotFound)
    assert isinstance(empty, Unreadable)
    assert isinstance(bridge, Ledger)
    assert isinstance(ferry, Ledger)
    assert (bridge.document.text, ferry.document.text) == (BRIDGE, FERRY)


def test_ledgers_come_one_at_a_time(desk: Path) -> None:
    found = sayso.ledgers(["bridge.txt", "ferry.txt"])
    next(found)
    (desk / "ferry.txt").write_text("Tom Reyk said the ferry was late.\n", encoding="utf-8")
    ferry = next(found)
    assert isinstance(ferry, Ledger)
    assert ferry.document.text == "Tom Reyk said the ferry was late.\n"


def test_files_are_read_where_there_is_no_standard_input(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert sayso.read(desk / "bridge.txt").claims


def test_a_case_gives_back_what_was_read(case: Case) -> None:
    read = [sayso.read("bridge.txt"), sayso.read("ferry.txt")]
    outcomes = added(case.add(["bridge.txt", "ferry.txt"]))
    assert [one.ledger for one in outcomes] == read
    assert all(one.new for one in outcomes)
    assert [case.ledger(ledger.document.ref.id) for ledger in read] == read
    assert {kept.document.path: kept.claims for kept in case.documents()} == {
        ledger.document.ref.path: len(ledger.claims) for ledger in read
    }
    assert {claim.id for claim in case.claims()} == {claim.id for ledger in read for claim in ledger.claims}
    with pytest.raises(NotFound, match="d0000"):
        case.ledger("d0000")


def test_the_same_bytes_again_change_nothing_and_tell_under_which_name_they_are_kept(case: Case) -> None:
    (first,) = added(case.add(["bridge.txt"]))
    before = list(case.claims()), list(case.documents())
    for path in ("bridge.txt", "copy.txt"):
        (again,) = added(case.add([path]))
        assert not again.new
        assert again.path == path
        assert again.ledger == first.ledger
        assert again.ledger.document.ref.path == "bridge.txt"
    assert (list(case.claims()), list(case.documents())) == before


def test_what_was_yielded_is_on_the_disk_before_the_next_is_read(case: Case, desk: Path) -> None:
    adding = case.add(["bridge.txt", "ferry.txt"])
    next(adding)
    with Case.open(desk / "desk.case") as other:
        assert [kept.document.path for kept in other.documents()] == ["bridge.txt"]
        next(adding)
        assert {kept.document.path for kept in other.documents()} == {"bridge.txt", "ferry.txt"}


@pytest.mark.usefixtures("desk")
def test_hedges_are_words_of_the_claim() -> None:
    hedged = [sayso.hedges(claim) for claim in sayso.read("ferry.txt").claims]
    assert [hedges[0].split()[0].lower() for hedges in hedged if hedges] == ["may"]
