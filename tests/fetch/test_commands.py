"""A web address as an argument: only with --allow-network, and kept as it came."""

from __future__ import annotations

from pathlib import Path

import pytest

import sayso
import sayso.fetch
from sayso.fetch import fetch
from tests.desk import records, run
from tests.fetch.server import LOOPBACK, Names, answer, fetched, serving


@pytest.fixture
def open_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sayso.fetch, "fetch", lambda url, *, max_bytes: fetched(url, max_bytes=max_bytes))


@pytest.mark.usefixtures("desk", "open_loopback")
def test_a_page_is_read_and_kept_with_the_exchange_that_brought_it() -> None:
    with serving({"/a": answer()}) as server:
        url = server.url("/a")
        (claim,) = records("read", "--allow-network", url)
        assert (claim["source"]["name"], claim["document"]["path"]) == ("Ann Lee", url)
        added = run("add", "desk.case", "--allow-network", url, "bridge.txt")
        assert added.stdout.splitlines()[0].endswith(f"1 claim  {url}")
        again = run("add", "desk.case", "--allow-network", url)
        assert again.stdout.endswith(f"already there  {url}\n")
    with sayso.Case.open("desk.case") as case:
        original = case.original(claim["document"]["id"])
        assert original.raw.startswith(b"WARC/1.1")
        assert server.asked[0] in original.raw
        assert answer() in original.raw
    assert run("verify", "desk.case").stdout.startswith("unchanged since kept: 2 documents, 2 originals")


@pytest.mark.usefixtures("desk", "open_loopback")
def test_a_page_that_cannot_be_had_is_told_and_the_rest_is_done() -> None:
    with serving({"/gone": answer(status="410 Gone")}) as server:
        result = run("read", "--allow-network", server.url("/gone"), "bridge.txt", code=3)
    assert f"{server.url('/gone')}: answers 410 Gone" in result.stderr
    assert "Ann Lee" in result.stdout


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("command", [["read"], ["add", "desk.case"]])
def test_without_the_option_nothing_is_looked_up(command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object, **__: object) -> bytes:
        raise AssertionError("asked")

    monkeypatch.setattr(sayso.fetch, "fetch", asked)
    result = run(*command, "https://pier.example/a", code=2)
    assert "is a web address, and nothing is fetched from the network" in result.stderr


@pytest.mark.usefixtures("open_loopback")
def test_a_file_named_like_an_address_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("www.pier.txt").write_text("Ann Lee said the bridge is safe.", encoding="utf-8")
    (ledger,) = sayso.ledgers(["www.pier.txt"], network=True)
    assert isinstance(ledger, sayso.Ledger)


def test_loopback_is_open_to_tests_only() -> None:
    with serving({"/": answer()}) as server, pytest.raises(sayso.Unreadable, match="no address of the open internet"):
        fetch(server.url(), max_bytes=1000, resolve=Names(pier_example=(LOOPBACK,)))
