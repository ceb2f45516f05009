"""Decisions in a case: two who write at once lose nothing; cases that were made before tell who is in their claims."""

from __future__ import annotations

import sqlite3
import threading
from importlib import resources
from pathlib import Path

import msgspec
import pytest

from sayso.case import Case
from sayso.decisions.records import Grade, Undo
from sayso.errors import BadDecision
from sayso.records import Event, Ledger, Party, Phrase, Source
from sayso.resolve.aliases.identity import CaseEntity
from sayso.spans import Span
from sayso.store import APPLICATION_ID, Store
from tests.kept import NOW, a_claim, an_article, assert_sound

HERE = (Span(0, 1),)


def a_report(number: int) -> Ledger:
    """Ann Lee, who is e1, says that the garrison, e2, shelled Karsk, e3, twice."""
    document = an_article(number)
    actor = Party(spans=HERE, text="it", name="the garrison", entity="e2")
    recipient = Party(spans=HERE, text="Karsk", name="Karsk", entity="e3")
    trigger = Phrase(spans=HERE, text="x")
    shelled = Event(type="ASSAULT", trigger=trigger, actor=actor, recipient=recipient, plover="ASSAULT")
    source = Source(spans=HERE, text="Ann Lee", name="Ann Lee", type="person", entity="e1")
    claim = a_claim(document, "shelled", events=(shelled, shelled))
    return Ledger(
        document=document, claims=(msgspec.structs.replace(claim, source=source), a_claim(document, "it", at=2))
    )


def whose(case: Case, document: str, entity: str) -> dict[str, list[str]]:
    asked = CaseEntity(id="e", name="", type="unknown", members=((document, entity),), names=())
    return {role: [c.content.text for c in claims] for role, claims in case.people.parts(asked).items()}


def test_who_says_does_and_undergoes_is_found_by_entity(tmp_path: Path) -> None:
    with Store.open(tmp_path / "new.case", create=True) as store:
        store.save(a_report(1), added_at=NOW)
        check_parts(Case(store), a_report(1).document.ref.id)


def test_a_case_that_was_made_before_tells_it_as_well(tmp_path: Path) -> None:
    path, ledger = tmp_path / "old.case", a_report(1)
    old = sqlite3.connect(path)
    old.executescript((resources.files("sayso") / "migrations" / "0001.sql").read_text(encoding="utf-8"))
    bare = msgspec.structs.replace(ledger, claims=(), document=msgspec.structs.replace(ledger.document, text=""))
    old.execute("INSERT INTO document (added_at, record, text) VALUES (?, ?, ?)", (NOW, _json(bare), "text"))
    old.executemany("INSERT INTO claim (document, record) VALUES (1, ?)", [(_json(claim),) for claim in ledger.claims])
    old.execute("PRAGMA user_version = 1")
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.commit()
    old.close()
    with Case.open(path) as case:
        check_parts(case, ledger.document.ref.id)
    assert_sound(path)


def check_parts(case: Case, document: str) -> None:
    assert whose(case, document, "e1") == {"source": ["shelled"], "actor": [], "recipient": []}
    assert whose(case, document, "e2") == {"source": [], "actor": ["shelled"], "recipient": []}
    assert whose(case, document, "e3") == {"source": [], "actor": [], "recipient": ["shelled"]}
    assert whose(case, document, "e9") == {"source": [], "actor": [], "recipient": []}


def test_two_who_decide_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "desk.case"
    Case.open(path, create=True).close()

    def decide(name: str) -> None:
        with Case.open(path) as case:
            for number in range(10):
                case.people.decide(Grade(source=f"{name} {number}", letter="B"), by=name, why="seen")

    threads = [threading.Thread(target=decide, args=(name,)) for name in ("Ida", "Ole")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Case.open(path) as case:
        made = case.people.decisions()
    assert [d.number for d in made] == list(range(1, 21))
    assert {d.what.source for d in made if isinstance(d.what, Grade)} == {
        f"{n} {i}" for n in ("Ida", "Ole") for i in range(10)
    }


def test_of_two_who_undo_the_same_the_second_is_told(tmp_path: Path) -> None:
    path = tmp_path / "desk.case"
    with Case.open(path, create=True) as one, Case.open(path) as other:
        number = one.people.decide(Grade(source="Ann Lee", letter="B"), by="Ida", why="seen").number
        other.people.decide(Undo(decision=number), by="Ole")
        with pytest.raises(BadDecision, match="does not hold"):
            one.people.decide(Undo(decision=number), by="Ida")
        assert len(one.people.decisions()) == 2


def _json(record: msgspec.Struct) -> str:
    return msgspec.json.encode(record).decode()
