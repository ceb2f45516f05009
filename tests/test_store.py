from __future__ import annotations

import calendar
import inspect
import itertools
import multiprocessing
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import BadCase, BadQuery, NotFound
from sayso.query import Query
from sayso.records import Claim, Document, DocumentRef, Ledger, Phrase, Source, When, claim_id
from sayso.spans import Span
from sayso.store import Store
from tests.strategies import ledgers

NOW = "2026-01-02T03:04:05Z"
FORK = multiprocessing.get_context("fork")  # starts at once, so that kills meet every moment of the work


def an_article(number: int, *, published: str | None = None, outlet: str | None = None) -> Document:
    """A document whose text does not matter, with 1,000 characters to point at."""
    ref = DocumentRef(
        id=f"d{number:016x}", path=f"desk/{number}.txt", outlet=outlet, published=published, sha256=f"{number:064x}"
    )
    return Document(ref=ref, text=f"{number:08d} " * 111 + "!")


def a_claim(document: Document, content: str, source: str | None = "Ann Lee", *, at: int = 0, **fields: Any) -> Claim:
    here = (Span(at, at + 1),)
    anonymous = bool(source and source.startswith("a "))
    return Claim(
        id=claim_id(document.ref.id, here),
        document=document.ref,
        kind="indirect" if source else "authorial",
        source=Source(spans=here, text=f"{source}, an engineer", name=source, anonymous=anonymous) if source else None,
        cue=Phrase(spans=here, text="insisted"),
        content=Phrase(spans=here, text=content),
        found_by="test",
        score=0.5,
        **fields,
    )


def said(date: str) -> When:
    return When(value=date, spans=(Span(0, 1),))


def a_ledger(number: int, claims: int = 20) -> Ledger:
    document = an_article(number)
    return Ledger(document=document, claims=tuple(a_claim(document, f"claim {n}", at=n) for n in range(claims)))


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return tmp_path / "harbour.case"


@pytest.fixture
def store(case: Path) -> Iterator[Store]:
    with Store.open(case, create=True) as opened:
        yield opened


def found(store: Store, query: Query) -> list[str]:
    return [claim.content.text for batch in store.claims(query) for claim in batch]


def assert_sound(case: Path) -> None:
    """SQLite, its links and the search index agree with each other."""
    connection = sqlite3.connect(case)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.execute("INSERT INTO claim_index (claim_index, rank) VALUES ('integrity-check', 1)")
    connection.close()


# ---- keeping ----


@settings(max_examples=40)  # each makes a file
@given(ledger=ledgers())
def test_a_ledger_comes_back_as_it_went_in(ledger: Ledger) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder, "a.case")
        with Store.open(case, create=True) as store:
            assert store.save(ledger, added_at=NOW)
        with Store.open(case, create=False) as store:
            assert store.ledger(ledger.document.ref.id) == ledger
            (kept,) = store.documents()
            assert (kept.document, kept.added_at, kept.claims) == (ledger.document.ref, NOW, len(ledger.claims))
            assert sum(len(batch) for batch in store.claims(Query())) == len(ledger.claims)
        assert_sound(case)


def test_adding_again_changes_nothing(store: Store) -> None:
    first = a_ledger(1, claims=3)
    assert store.save(first, added_at=NOW)
    assert not store.save(a_ledger(1, claims=9), added_at="2027-01-01T00:00:00Z")
    assert store.ledger(first.document.ref.id) == first
    assert [kept.added_at for kept in store.documents()] == [NOW]


def test_has(store: Store) -> None:
    store.save(a_ledger(1), added_at=NOW)
    assert store.has(an_article(1).ref.id)
    assert not store.has(an_article(2).ref.id)


def test_a_document_that_is_not_there(store: Store) -> None:
    with pytest.raises(NotFound, match="d404"):
        store.ledger("d404")


def test_a_ledger_that_cannot_be_kept_whole_leaves_nothing(store: Store, case: Path) -> None:
    document = an_article(1)
    twice = a_claim(document, "The bridge is safe")
    with pytest.raises(sqlite3.IntegrityError):  # two claims of one id: our own bug, so it crashes
        store.save(Ledger(document=document, claims=(twice, twice)), added_at=NOW)
    assert not store.has(document.ref.id)
    assert store.save(Ledger(document=document, claims=(twice,)), added_at=NOW)
    assert_sound(case)


# ---- searching ----

BRIDGE = "The bridge is safe"
FARES = "Fares AND tolls rise"
FERRY = "The ferry doesn't sail"
DOCKERS = "Nobody asked the dockers"


@pytest.fixture
def library(store: Store) -> Store:
    late = an_article(1, published="2016-05-01", outlet="The Harbour Post")
    early = an_article(2, published="2014-06-30")
    undated = an_article(3)
    for document, claims in {
        late: (a_claim(late, FERRY, "José Ramírez", at=7, said_at=said("2015")), a_claim(late, FARES, None, at=3)),
        undated: (a_claim(undated, DOCKERS, "a harbour official"),),
        early: (a_claim(early, BRIDGE),),
    }.items():
        store.save(Ledger(document=document, claims=claims), added_at=NOW)
    return store


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (Query(), [BRIDGE, FARES, FERRY, DOCKERS]),
        (Query(limit=2), [BRIDGE, FARES]),
        (Query(text="the"), [BRIDGE, FERRY, DOCKERS]),
        (Query(text="THE ferry"), [FERRY]),
        (Query(text="ramirez"), [FERRY]),
        (Query(text="insisted"), [BRIDGE, FARES, FERRY, DOCKERS]),
        (Query(text="insist*"), [BRIDGE, FARES, FERRY, DOCKERS]),
        (Query(text="insist"), []),
        (Query(text='"bridge is"'), [BRIDGE]),
        (Query(text='"is bridge"'), []),
        (Query(text="doesn’t"), [FERRY]),
        (Query(text="bridge OR ferry"), []),
        (Query(text="fares AND"), [FARES]),
        (Query(text="content:bridge"), []),
        (Query(source="ANN"), [BRIDGE]),
        (Query(source="ramirez, an"), [FERRY]),
        (Query(source="%"), []),
        (Query(outlet="harbour post"), [FARES, FERRY]),
        (Query(document="d0000000000000002"), [BRIDGE]),
        (Query(document="Desk/3"), [DOCKERS]),
        (Query(kind="authorial"), [FARES]),
        (Query(speech_act="deny"), []),
        (Query(factuality="CT+", limit=1), [BRIDGE]),
        (Query(anonymous=True), [DOCKERS]),
        (Query(unsourced=True), [FARES]),
        (Query(until="2014-06"), [BRIDGE]),
        (Query(since="2015"), [FARES, FERRY]),
        (Query(since="2015", until="2015-03-01"), [FERRY]),
        (Query(text="the", since="2015"), [FERRY]),
    ],
)
def test_a_query_narrows(library: Store, query: Query, wanted: list[str]) -> None:
    assert found(library, query) == wanted


@pytest.fixture(scope="module")
def one_claim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("one") / "a.case", create=True) as store:
        store.save(a_ledger(1, claims=1), added_at=NOW)
        yield store


@given(typed=st.text(alphabet=st.sampled_from("ab\"*'() +-^:{}[]\\NEAR,é漢 \x00𞤀½"), max_size=12) | st.text())
def test_no_search_is_a_syntax_error(one_claim: Store, typed: str) -> None:
    try:
        query = Query(text=typed, source=typed or None)
    except BadQuery:
        return
    assert len(found(one_claim, query)) <= 1


def days(date: str) -> tuple[str, str]:
    """The first and the last day of an ISO date as coarse as it is written."""
    year, month, day = [*date[:10].split("-"), "", ""][:3]
    last_month = month or "12"
    last_day = day or f"{calendar.monthrange(int(year), int(last_month))[1]:02d}"
    return f"{year}-{month or '01'}-{day or '01'}", f"{year}-{last_month}-{last_day}"


def test_a_coarse_date_stands_for_all_its_days(store: Store) -> None:
    dates = (None, "2013", "2014", "2014-06", "2014-07", "2014-06-30", "2014-06-30T23:10:00+02:00", "2015-01-01")
    times: dict[str, str | None] = {}
    for number, (said_at, published) in enumerate(itertools.product(dates, dates)):
        document = an_article(number, published=published)
        claim = a_claim(document, f"claim {number}", said_at=said(said_at) if said_at else None)
        store.save(Ledger(document=document, claims=(claim,)), added_at=NOW)
        times[f"claim {number}"] = said_at or published
    dated = {claim: days(when) for claim, when in times.items() if when}
    for asked in ("2013", "2014", "2014-06", "2014-06-29", "2014-06-30", "2014-12-31", "2015"):
        first, last = days(asked)
        assert set(found(store, Query(since=asked))) == {claim for claim, when in dated.items() if when[1] >= first}
        assert set(found(store, Query(until=asked))) == {claim for claim, when in dated.items() if when[0] <= last}


def test_many_claims_come_in_batches_and_in_order(store: Store) -> None:
    store.save(a_ledger(1, claims=700), added_at=NOW)
    batches = list(store.claims(Query()))
    assert len(batches) > 1
    assert [claim.content.text for batch in batches for claim in batch] == [f"claim {n}" for n in range(700)]


# ---- what can go wrong with the file ----


def use(case: Path, *, create: bool) -> None:
    with Store.open(case, create=create, wait_seconds=0.05) as store:
        list(store.documents())
        list(store.claims(Query()))
        store.save(a_ledger(99), added_at=NOW)


def refusal(case: Path, *, create: bool = False) -> str:
    with pytest.raises((BadCase, NotFound)) as caught:
        use(case, create=create)
    message = str(caught.value)
    assert str(case) in message
    assert "\n" not in message
    return message


def test_not_there(case: Path) -> None:
    assert "no case is there" in refusal(case)
    assert not case.exists()


def test_no_folder(tmp_path: Path) -> None:
    assert "no folder" in refusal(tmp_path / "missing" / "a.case", create=True)


def test_a_folder_is_no_case(tmp_path: Path) -> None:
    assert "give another name" in refusal(tmp_path, create=True)


def test_a_file_that_is_no_database(case: Path) -> None:
    case.write_text("Minutes of the harbour board\n" * 99)
    assert "is no case" in refusal(case, create=True)
    assert case.read_text() == "Minutes of the harbour board\n" * 99


def test_the_database_of_another_program(case: Path) -> None:
    connection = sqlite3.connect(case)
    connection.execute("CREATE TABLE tide (at TEXT)")
    connection.close()
    before = case.read_bytes()
    assert "another program" in refusal(case, create=True)
    assert case.read_bytes() == before


def test_an_empty_file_becomes_a_case_only_when_asked(case: Path) -> None:
    case.touch()
    assert "is empty" in refusal(case)
    with Store.open(case, create=True) as store:
        assert list(store.documents()) == []


def test_made_by_a_newer_version(store: Store, case: Path) -> None:
    store._connection.execute("PRAGMA user_version = 999")
    assert "update sayso" in refusal(case)


def test_damaged(store: Store, case: Path) -> None:
    for number in range(30):
        store.save(a_ledger(number), added_at=NOW)
    store.close()
    raw = bytearray(case.read_bytes())
    raw[4096 * 8 :] = b"\x5a" * (len(raw) - 4096 * 8)
    case.write_bytes(raw)
    assert "damaged" in refusal(case)


def test_a_record_that_is_none(store: Store, case: Path) -> None:
    store.save(a_ledger(1), added_at=NOW)
    store._connection.execute("UPDATE claim SET record = json_remove(record, '$.score')")
    assert "damaged" in refusal(case)


def test_cut_short(store: Store, case: Path) -> None:
    for number in range(30):
        store.save(a_ledger(number), added_at=NOW)
    store.close()
    case.write_bytes(case.read_bytes()[: 4096 * 9 + 100])
    assert "damaged" in refusal(case)


def test_locked_by_another_writer(store: Store, case: Path) -> None:
    store.save(a_ledger(1), added_at=NOW)
    writer = sqlite3.connect(case, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    assert "another program is writing" in refusal(case)
    assert store.has(an_article(1).ref.id)  # reading goes on meanwhile
    writer.execute("ROLLBACK")
    assert store.save(a_ledger(2), added_at=NOW)
    writer.close()


def test_disk_full_keeps_what_was_acknowledged(store: Store, case: Path) -> None:
    store.save(a_ledger(1), added_at=NOW)
    (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(BadCase, match="disk is full"):
        store.save(a_ledger(2, claims=500), added_at=NOW)
    assert [kept.document.id for kept in store.documents()] == [an_article(1).ref.id]
    store._connection.execute("PRAGMA max_page_count = 1000000")
    assert store.save(a_ledger(2, claims=500), added_at=NOW)
    assert_sound(case)


@pytest.fixture
def ordinary_user() -> Iterator[None]:
    """Rights do not bind the superuser, so these tests give them up for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        if not os.access(inspect.getfile(Store), os.R_OK, effective_ids=True):
            pytest.skip("an ordinary user cannot read this checkout")
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_may_not_be_written_to(ordinary_user: None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder, "a.case")
        with Store.open(case, create=True) as store:
            store.save(a_ledger(1), added_at=NOW)
        Path(folder).chmod(0o555)
        try:
            assert "may" in refusal(case)
            assert "may" in refusal(Path(folder, "new.case"), create=True)
        finally:
            Path(folder).chmod(0o755)


# ---- being killed, and company ----


def add_until_killed(case: Path, first: int, pipe: int) -> None:
    with Store.open(case, create=True) as store:
        for number in range(first, first + 100_000):
            store.save(a_ledger(number), added_at=NOW)
            os.write(pipe, f"{number}\n".encode())


def test_killed_at_any_moment_nothing_acknowledged_is_lost(case: Path) -> None:
    acknowledged: list[int] = []
    kills = 24
    for kill in range(kills):
        reader, writer = os.pipe()
        child = FORK.Process(target=add_until_killed, args=(case, kill * 100_000, writer))
        child.start()
        os.close(writer)
        time.sleep(0.007 * kill)  # the first die while they make the case, the last among many documents
        child.kill()
        child.join()
        assert child.exitcode == -9
        with os.fdopen(reader) as lines:
            acknowledged += [int(line) for line in lines.read().splitlines(keepends=True) if line.endswith("\n")]
        with Store.open(case, create=True) as store:
            kept = [int(entry.document.id[1:], 16) for entry in store.documents()]
            assert set(acknowledged) <= set(kept)
            assert len(kept) <= len(acknowledged) + kill + 1  # at most one was kept and could not be told
    with Store.open(case, create=False) as store:
        for number in kept:
            assert store.ledger(an_article(number).ref.id) == a_ledger(number)
    assert_sound(case)
    assert acknowledged


def add_some(case: Path, numbers: range, outcomes: int) -> None:
    with Store.open(case, create=True) as store:
        for number in numbers:
            os.write(outcomes, b"+" if store.save(a_ledger(number, claims=3), added_at=NOW) else b"=")


@pytest.mark.parametrize("overlap", [0, 40])
def test_two_writers_lose_nothing_and_keep_nothing_twice(case: Path, overlap: int) -> None:
    reader, writer = os.pipe()
    both = (range(60), range(60 - overlap, 120 - overlap))
    children = [FORK.Process(target=add_some, args=(case, numbers, writer)) for numbers in both]
    for child in children:
        child.start()
    os.close(writer)
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0, 0]
    with os.fdopen(reader) as outcomes:
        told = outcomes.read()
    assert (told.count("+"), told.count("=")) == (120 - overlap, overlap)
    with Store.open(case, create=False) as store:
        assert {kept.claims for kept in store.documents()} == {3}
        assert len(list(store.documents())) == 120 - overlap
    assert_sound(case)


def make(case: Path, start: Barrier) -> None:
    start.wait()
    with Store.open(case, create=True):
        pass


def test_many_who_make_one_case_at_once(tmp_path: Path) -> None:
    for attempt in range(15):
        start = FORK.Barrier(6)
        makers = [FORK.Process(target=make, args=(tmp_path / f"{attempt}.case", start)) for _ in range(6)]
        for maker in makers:
            maker.start()
        for maker in makers:
            maker.join()
        assert [maker.exitcode for maker in makers] == [0] * 6
