"""What the pages show, and the same as data."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.desk import BRIDGE, FERRY
from tests.serve.client import a_case, at_desk, post


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with at_desk(a_case(tmp_path / "harbour.case", BRIDGE, FERRY)) as client:
        yield client


def test_the_desk_says_what_is_there_and_what_waits(client: TestClient) -> None:
    page = client.get("/").text
    assert "2 documents" in page
    assert "The bridge at Karsk" in page
    assert "sayso link harbour.case" in page


def test_an_empty_case_says_what_to_do(tmp_path: Path) -> None:
    with at_desk(a_case(tmp_path / "new.case")) as client:
        assert "sayso add new.case FILE" in client.get("/").text
        assert 'href="/add"' in client.get("/documents").text


def test_documents_are_found_by_their_names(client: TestClient) -> None:
    assert client.get("/documents.json", params={"q": "karsk lantern"}).json()["number"] == 1
    beyond = client.get("/documents.json", params={"page": "99"}).json()
    assert (beyond["page"], beyond["pages"], len(beyond["documents"])) == (1, 1, 2)
    assert "No document has these words" in client.get("/documents", params={"q": "zebra"}).text


def test_the_reading_room_has_the_text_and_its_ledger(client: TestClient) -> None:
    (found,) = client.get("/documents.json", params={"q": "lantern"}).json()["documents"]
    path = f"/documents/{found['document']['id']}"
    page, ledger = client.get(path).text, client.get(f"{path}.json").json()["ledger"]
    assert len(ledger["claims"]) == found["claims"]
    for claim in ledger["claims"]:
        assert f'id="{claim["id"]}"' in page
        assert f'id="m-{claim["id"]}"' in page
    original = client.get(f"{path}/text")
    assert original.text == ledger["document"]["text"]
    assert original.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("path", "to"),
    [("/claims/c404", "/claims"), ("/review/claims/c404", "/review"), ("/hypotheses/drafts/none", "/hypotheses")],
)
def test_what_is_not_there_is_told_for_a_browser_with_a_way_on(client: TestClient, path: str, to: str) -> None:
    main = client.get(path).text.partition("<main")[2].partition("</main>")[0]
    assert f'<a href="{to}">' in main
    assert "`sayso" not in main


@pytest.mark.parametrize("path", ["/documents/d0", "/nothing"])
def test_what_is_not_there_is_a_page_and_as_data_an_error(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "To the desk" in answer.text
    assert client.get(f"{path}.json").json()["error"]


def test_pages_can_only_be_looked_at(client: TestClient) -> None:
    assert client.put("/documents").status_code == 405


def test_work_that_is_not_known_is_not_found(client: TestClient) -> None:
    assert client.get("/work/none").status_code == 404


def test_documents_are_compared_from_the_desk(client: TestClient) -> None:
    answer = post(client, "/link")
    assert answer.url.path.startswith("/work/")


def test_every_link_of_every_sort_of_page_leads_somewhere(talmeer: Path) -> None:
    """Some of each sort of page are gone to; where a link names a part of its own page, that part is there, once."""
    waiting = [
        "/",
        "/documents",
        "/claims",
        "/sources",
        "/entities",
        "/links?part=texts",
        "/denials",
        "/timeline",
        "/review",
    ]
    waiting.append("/hypotheses")
    seen: set[str] = set()
    sorts: Counter[str] = Counter()
    with at_desk(talmeer, reviewer="Ann") as client:
        while waiting:
            path = waiting.pop(0).partition("#")[0]
            sort = re.sub(r"\b[a-z][0-9a-f]{16}\b|(?<=/sources/)[^./]+", "", path.partition("?")[0])
            if path in seen or sorts[sort] >= 4:
                continue
            seen.add(path)
            sorts[sort] += 1
            answer = client.get(path)
            assert answer.status_code == 200, path
            if path.endswith("/original") or "html" not in answer.headers["content-type"]:
                continue
            ids = re.findall(r'\bid="([^"]*)"', answer.text)
            assert len(ids) == len(set(ids)), path
            for link in re.findall(r"<a\b[^>]*>", answer.text):
                (to,) = re.findall(r' href="([^"]*)"', link)
                assert to.startswith(("/", "#")), (path, link)
                assert to.startswith("/") or to[1:] in ids, (path, link)
                waiting += [html.unescape(to)] if to.startswith("/") else []
    assert len(sorts) > 15
