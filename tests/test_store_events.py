"""Claims are found by what happens in them, and by the days between which they were said; older cases come along."""

from __future__ import annotations

import sqlite3
from importlib import resources
from pathlib import Path

import msgspec
import pytest

from sayso.query import Query
from sayso.records import Event, Ledger, Party, Phrase, When
from sayso.spans import Span
from sayso.store import APPLICATION_ID, Store
from tests.kept import NOW, a_claim, an_article, assert_sound, found

HERE = (Span(0, 1),)


def party(text: str, name: str | None = None) -> Party:
    return Party(spans=HERE, text=text, name=name or text)


def event(kind: str, mode: str | None, actor: str | None, recipient: str | None) -> Event:
    return Event(
        type=kind,
        mode=mode,
        trigger=Phrase(spans=HERE, text="x"),
        actor=party(actor) if actor else None,
        recipient=party("they", recipient) if recipient else None,
        plover=kind,
    )


SHELLED = event("ASSAULT", "heavy-weapons", "the garrison", "Karsk")
BOMBED = event("ASSAULT", "aerial", None, "Sund")
MET = event("CONSULT", "meet", "the Sund council", "Karsk")


@pytest.fixture
def library(store: Store) -> Store:
    document = an_article(1, published="2031-05-06")
    since = When(value="2031/..", spans=HERE, earliest="2031-01-01")
    may = When(value="2031-05", spans=HERE, earliest="2031-05-01", latest="2031-05-31")
    claims = (
        a_claim(document, "shelled", at=1, events=(SHELLED, MET), said_at=may),
        a_claim(document, "bombed", at=2, events=(BOMBED,), said_at=since),
        a_claim(document, "nothing", at=3),
    )
    store.save(Ledger(document=document, claims=claims), added_at=NOW)
    return store


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (Query(event="ASSAULT"), ["shelled", "bombed"]),
        (Query(event="ASSAULT/aerial"), ["bombed"]),
        (Query(event="SANCTION"), []),
        (Query(actor="garrison"), ["shelled"]),
        (Query(recipient="karsk"), ["shelled"]),
        (Query(recipient="they"), ["shelled", "bombed"]),
        (Query(event="CONSULT", actor="council"), ["shelled"]),
        (Query(event="ASSAULT", actor="council"), []),  # the council met, the garrison shelled
        (Query(since="2031-05-20"), ["shelled", "bombed"]),  # the third was said when it was published
        (Query(until="2031-04"), ["bombed"]),
        (Query(since="2040"), ["bombed"]),  # since 2031, without an end
    ],
)
def test_a_query_narrows(library: Store, query: Query, wanted: list[str]) -> None:
    assert found(library, query) == wanted


def test_a_case_of_the_first_schema_comes_along(tmp_path: Path) -> None:
    case = tmp_path / "old.case"
    document = an_article(1)
    ledger = Ledger(document=document, claims=(a_claim(document, "bombed", at=2, events=(BOMBED,)),))
    old = sqlite3.connect(case)
    old.executescript((resources.files("sayso") / "migrations" / "0001.sql").read_text(encoding="utf-8"))
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute("PRAGMA user_version = 1")
    bare = msgspec.structs.replace(ledger, claims=(), document=msgspec.structs.replace(document, text=""))
    old.execute(
        "INSERT INTO document (added_at, record, text) VALUES (?, ?, ?)",
        (NOW, msgspec.json.encode(bare).decode(), document.text),
    )
    old.execute("INSERT INTO claim (document, record) VALUES (1, ?)", (msgspec.json.encode(ledger.claims[0]).decode(),))
    old.commit()
    old.close()
    with Store.open(case, create=False) as store:
        assert store.ledger(document.ref.id) == ledger
        assert found(store, Query(event="ASSAULT", text="bombed")) == ["bombed"]
    assert_sound(case)
