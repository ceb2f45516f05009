"""Adding by the page: files and pasted text, what came of each, what is refused."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.case import Case
from tests.serve.client import a_case, at_desk, csrf, post

BRIDGE = "Ann Lee said the bridge was safe."


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with at_desk(a_case(tmp_path / "harbour.case")) as client:
        yield client


def ended(client: TestClient, path: str) -> dict[str, Any]:
    """The work at ``path`` when it is done."""
    for _ in range(600):
        job: dict[str, Any] = client.get(f"{path}.json").json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.05)
    raise AssertionError("the work does not end")


def send(client: TestClient, *files: tuple[str, bytes]) -> dict[str, Any]:
    sent = [("files", (name, raw, "application/octet-stream")) for name, raw in files]
    answer = client.post("/add", data={"csrf": csrf(client)}, files=sent)
    assert answer.url.path.startswith("/work/"), answer.text
    return ended(client, answer.url.path)


def test_each_file_has_its_outcome_and_leads_to_its_document(client: TestClient) -> None:
    job = send(
        client, ("bridge.txt", BRIDGE.encode()), ("photo.png", b"\x89PNG\r\n\x1a\n0"), ("again.txt", BRIDGE.encode())
    )
    assert job["state"] == "done"
    bridge, photo, again = job["lines"]
    assert bridge["text"] == "bridge.txt: 1 claim"
    assert "Ann Lee" in client.get(bridge["to"]).text
    assert photo == {"text": photo["text"], "to": None, "ok": False}
    assert "photo.png" in photo["text"]
    assert "already there" in again["text"]
    assert again["to"] == bridge["to"]


def test_the_log_names_who_added_and_compared_on_the_page(tmp_path: Path) -> None:
    case = a_case(tmp_path / "harbour.case", BRIDGE)
    with at_desk(case, reviewer="Ida Brandt") as client:
        send(client, ("mole.txt", b"Pia Holm said the mole was closed."))
        post(client, "/name", reviewer="Tom Reyk")
        ended(client, post(client, "/link").url.path)
    with Case.open(case) as opened:
        assert [(entry.act, entry.by) for entry in opened.custody()][-2:] == [
            ("added", "Ida Brandt"),
            ("linked", "Tom Reyk"),
        ]


def test_the_sample_articles_are_added_by_whoever_asked_for_them(tmp_path: Path) -> None:
    case = a_case(tmp_path / "new.case")
    with at_desk(case, reviewer="Ida Brandt") as client:
        ended(client, post(client, "/example").url.path)
    with Case.open(case) as opened:
        assert {entry.by for entry in opened.custody() if entry.act != "made"} == {"Ida Brandt"}


def test_the_original_comes_as_it_was_and_can_do_nothing(client: TestClient) -> None:
    page = b"<html><title>Quay</title><script>alert(1)</script><p>The quay is shut, Ann Lee said on Monday.</p></html>"
    quay, bridge = send(client, ("quay.html", page), ("bridge.txt", BRIDGE.encode()))["lines"]
    answer = client.get(f"{quay['to']}/original")
    assert answer.content == page
    assert answer.headers["content-type"].startswith("text/html")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox;")
    assert "script" not in policy
    plain = client.get(f"{bridge['to']}/original")
    assert plain.content == BRIDGE.encode()
    assert plain.headers["content-disposition"].startswith("attachment")


def test_pasted_text_keeps_what_was_typed_beside_it(client: TestClient) -> None:
    answer = post(
        client, "/add", text=BRIDGE, title='The "old" bridge', outlet="Lantern: North", published="2031-05-06"
    )
    ended(client, answer.url.path)
    (row,) = client.get("/documents.json").json()["documents"]
    assert row["document"]["title"] == 'The "old" bridge'
    assert row["document"]["outlet"] == "Lantern: North"
    assert row["document"]["published"] == "2031-05-06"
    assert client.get(f"/documents/{row['document']['id']}/text").text == BRIDGE


def test_a_pasted_text_without_a_title_is_not_named_by_what_is_said_in_it(client: TestClient) -> None:
    ended(client, post(client, "/add", text=BRIDGE).url.path)
    ended(client, post(client, "/add", text="Tom Reyk said that the ferry sank.", title="The ferry sank.").url.path)
    names = [row["document"]["path"] for row in client.get("/documents.json").json()["documents"]]
    assert [name.partition(" text")[2].rpartition(".")[0] for name in names if "ferry" in name] == [", The ferry sank"]
    (other,) = (name for name in names if "ferry" not in name)
    assert re.fullmatch(r"pasted text [0-9a-f]{6}\.txt", other)


def test_nothing_to_add_is_said(client: TestClient) -> None:
    answer = post(client, "/add", text="  ")
    assert answer.status_code == 400
    assert "choose files, or paste" in answer.text


def test_a_file_that_is_too_large_is_refused_and_the_rest_is_done(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.case.case.MAX_BYTES", 1000)
    job = send(client, ("long.txt", b"word " * 1000), ("bridge.txt", BRIDGE.encode()))
    assert [line["ok"] for line in job["lines"]] == [False, True]
    assert "long.txt: is larger" in job["lines"][0]["text"]


def test_a_script_gets_the_job_as_data(client: TestClient) -> None:
    answer = client.post("/add", data={"text": BRIDGE}, headers={"accept": "application/json", "x-csrf": csrf(client)})
    assert ended(client, f"/work/{answer.json()['id']}")["done"] == 1


def test_reading_goes_on_while_documents_are_added(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages answer while work waits, and what waits is done in its order."""
    held = [True]
    add = Case.add_bytes

    def slowly(self: Case, raw: bytes, *, path: str) -> Iterator[Any]:
        while held[0]:
            time.sleep(0.01)
        yield from add(self, raw, path=path)

    monkeypatch.setattr(Case, "add_bytes", slowly)
    first, second = (post(client, "/add", text=text).url.path for text in (BRIDGE, "Tom Reyk denied it."))
    assert client.get(f"{first}.json").json()["state"] == "working"
    assert client.get(f"{second}.json").json()["state"] == "waiting"
    assert client.get("/claims").status_code == 200
    held[0] = False
    assert ended(client, second)["state"] == "done"
    assert client.get(f"{first}.json").json()["state"] == "done"


def test_a_mistake_of_ours_ends_the_job_and_not_the_worker(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(Case, "add_bytes", lambda *_, **__: 1 / 0)
        job = ended(client, post(client, "/add", text=BRIDGE).url.path)
    assert job["state"] == "failed"
    assert "mistake" in job["lines"][0]["text"]
    assert ended(client, post(client, "/add", text=BRIDGE).url.path)["state"] == "done"
