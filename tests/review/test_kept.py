"""Judgements in a case: kept for good, by several at once, with a queue of what to look at."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import msgspec
import pytest

from sayso.case import Case
from sayso.errors import NotFound
from sayso.records import Claim, Ledger
from sayso.review import Ruling, Wording
from sayso.store import Store
from tests.kept import NOW
from tests.review.made import ANN, BEN, TEXT, a_ledger, at


@pytest.fixture
def ledger(case: Path) -> Ledger:
    ledger = a_ledger()
    with Store.open(case, create=True) as store:
        store.save(ledger, added_at=NOW)
    return ledger


def rule(case: Path, act: str, by: str, *claims: Claim, **more: object) -> None:
    with Case.open(case) as opened:
        opened.review.judge(msgspec.convert({"act": act, "by": by, "claims": [c.id for c in claims], **more}, Ruling))


def states(case: Path) -> dict[str, int]:
    with Case.open(case) as opened:
        return opened.review.counts().states


def test_a_judgement_is_there_when_the_case_is_opened_again(case: Path, ledger: Ledger) -> None:
    with Case.open(case) as opened:
        wording = Wording(content=at("checked every bolt"))
        made = opened.review.judge(Ruling(act="edit", by=ANN, claims=(ledger.claims[1].id,), wordings=(wording,)))
        there = list(opened.review.standings(ledger.document.ref.id))
    with Case.open(case) as opened:
        assert list(opened.review.judgements()) == [made]
        assert list(opened.review.standings(ledger.document.ref.id)) == there
        assert opened.ledger(ledger.document.ref.id) == ledger, "the machine's stays as it was"
        assert opened.review.standing(made.gives[0].id).state == "edited"


def test_two_who_write_at_once_lose_nothing(case: Path, ledger: Ledger) -> None:
    def work(by: str) -> None:
        with Case.open(case) as opened:
            for number in range(12):
                act = ("accept", "reject")[number % 2]
                ruling = {"act": act, "by": by, "claims": [ledger.claims[number % 4].id], "seen": None}
                opened.review.judge(msgspec.convert(ruling, Ruling))

    people = [threading.Thread(target=work, args=(by,)) for by in (ANN, BEN, "Cat")]
    for thread in people:
        thread.start()
    for thread in people:
        thread.join()
    with Case.open(case) as opened:
        kept = list(opened.review.judgements())
        assert [(r.name, sum(r.acts.values())) for r in opened.review.reviewers()] == [
            (ANN, 12),
            (BEN, 12),
            ("Cat", 12),
        ]
        standings = opened.review.standings(ledger.document.ref.id)
    assert len({judgement.id for judgement in kept}) == 36
    assert [judgement.at for judgement in kept] == sorted({judgement.at for judgement in kept})
    assert {standing.state for standing in standings} == {"accepted", "rejected"}


def test_a_judgement_can_neither_be_changed_nor_deleted(case: Path, ledger: Ledger) -> None:
    rule(case, "accept", ANN, ledger.claims[0])
    connection = sqlite3.connect(case)
    for sql in ("UPDATE judgement SET record = '{}'", "DELETE FROM judgement"):
        with pytest.raises(sqlite3.IntegrityError, match="a judgement is never"):
            connection.execute(sql)
    connection.close()


def test_the_queue_has_what_is_open_first_and_then_the_least_sure(case: Path, ledger: Ledger) -> None:
    bridge, bolt, mole, inner = ledger.claims
    rule(case, "accept", ANN, bridge)
    rule(case, "reject", BEN, bridge)
    rule(case, "accept", ANN, bolt)
    with Case.open(case) as opened:
        review = opened.review
        assert [(w.claim, w.state) for w in review.queue()] == [
            (bridge, "disputed"),
            (mole, "unreviewed"),
            (inner, "unreviewed"),
        ]
        pages = [review.queue(limit=1, skip=skip) for skip in range(4)]
        assert [w.claim for page in pages for w in page] == [bridge, mole, inner]
        assert [w.claim for w in review.queue(states=["accepted"])] == [bolt]
        assert [w.claim for w in review.queue(states=["unreviewed"], document=ledger.document.ref.id)] == [mole, inner]
        assert review.queue(document="d404") == ()
    assert states(case) == {"disputed": 1, "accepted": 1, "unreviewed": 2}


def test_what_is_undone_waits_again(case: Path, ledger: Ledger) -> None:
    rule(case, "accept", ANN, ledger.claims[0])
    with Case.open(case) as opened:
        (made,) = opened.review.judgements()
        opened.review.judge(Ruling(act="undo", by=ANN, undoes=made.id))
        assert len(opened.review.queue()) == 4
    assert states(case) == {"unreviewed": 4}


def test_the_same_words_elsewhere_tell_what_was_ruled_on_them(case: Path, ledger: Ledger) -> None:
    again = a_ledger("Harbour news, reprinted.\n\n" + TEXT, "reprint.txt")
    with Store.open(case, create=False) as store:
        store.save(again, added_at=NOW)
    with Case.open(case) as opened:
        assert opened.review.alike(again.claims[1]) == ()
    rule(case, "reject", ANN, ledger.claims[1])
    with Case.open(case) as opened:
        (there,) = opened.review.alike(again.claims[1])
        assert (there.claim, there.state, there.people) == (ledger.claims[1].id, "rejected", (ANN,))
        assert opened.review.alike(ledger.claims[1]) == (), "not of the document itself"
        assert opened.review.alike(again.claims[2]) == ()


def test_judgements_go_from_case_to_case(case: Path, ledger: Ledger, tmp_path: Path) -> None:
    rule(case, "reject", ANN, ledger.claims[1])
    other = tmp_path / "other.case"
    with Store.open(other, create=True) as store:
        store.save(ledger, added_at=NOW)
    with Case.open(case) as here, Case.open(other) as there:
        assert list(there.review.take(here.review.judgements())) == list(here.review.judgements())
        assert list(there.review.take(here.review.judgements())) == []
    assert states(other) == states(case)


def test_what_is_not_there_is_told(case: Path, ledger: Ledger) -> None:
    with Case.open(case) as opened:
        for ruling in (Ruling(act="accept", by=ANN, claims=("c404",)), Ruling(act="undo", by=ANN, undoes="j404")):
            with pytest.raises(NotFound, match="404"):
                opened.review.judge(ruling)
        assert list(opened.review.judgements()) == []
