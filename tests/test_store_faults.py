"""What can go wrong with a case: the file, the disk, being killed, company."""

from __future__ import annotations

import inspect
import multiprocessing
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.synchronize import Barrier
from pathlib import Path
from types import SimpleNamespace

import pytest

from sayso.errors import BadCase, NotFound
from sayso.query import Query
from sayso.store import Store
from tests.kept import NOW, a_ledger, an_article, assert_sound

FORK = multiprocessing.get_context("fork")  # starts at once, so that kills meet every moment of the work


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


def test_no_room_for_the_files_beside_a_case_is_a_full_disk(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = sqlite3.OperationalError("disk I/O error")
    failed.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE

    def fail(*_: object, **__: object) -> None:
        raise failed

    monkeypatch.setattr("sayso.store.ledgers.sqlite3.connect", fail)
    free = SimpleNamespace(free=0)
    monkeypatch.setattr("sayso.store.ledgers.shutil.disk_usage", lambda _: free)
    assert "the disk is full" in refusal(case, create=True)
    free.free = 1 << 30
    assert "check the disk" in refusal(case, create=True)


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


@pytest.fixture
def protected(ordinary_user: None) -> Iterator[Path]:
    """A case of one document in a folder that may not be written to."""
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder, "a.case")
        with Store.open(case, create=True) as store:
            store.save(a_ledger(1), added_at=NOW)
        Path(folder).chmod(0o555)
        try:
            yield case
        finally:
            Path(folder).chmod(0o755)


def test_a_folder_that_may_not_be_written_to_is_read(protected: Path) -> None:
    with Store.open(protected, create=False) as store:
        assert [kept.document.id for kept in store.documents()] == [a_ledger(1).document.ref.id]
        assert list(store.claims(Query()))
        with pytest.raises(BadCase, match="may not be written to"):
            store.save(a_ledger(2), added_at=NOW)
    assert [entry.name for entry in protected.parent.iterdir()] == ["a.case"]


def test_in_a_folder_that_may_not_be_written_to_no_case_is_made(protected: Path) -> None:
    assert "may you write to its folder" in refusal(protected.with_name("new.case"), create=True)


def test_what_stands_in_a_log_that_cannot_be_read_is_not_passed_over(protected: Path) -> None:
    protected.parent.chmod(0o755)
    with Store.open(protected, create=False) as store:
        store.save(a_ledger(2), added_at=NOW)
        log = protected.with_name("a.case-wal").read_bytes()
        assert log
    protected.with_name("a.case-wal").write_bytes(log)
    protected.parent.chmod(0o555)
    assert "may" in refusal(protected)


def test_a_write_protected_case_that_another_changes_is_not_trusted(protected: Path) -> None:
    store = Store.open(protected, create=False)
    list(store.documents())
    protected.parent.chmod(0o755)
    with Store.open(protected, create=False) as other:
        other.save(a_ledger(2), added_at=NOW)
    with pytest.raises(BadCase, match="was changed while it was read"):
        store.close()


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
