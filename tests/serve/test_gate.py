"""Who may come in, and what an answer lets a browser do."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.serve.app import make
from tests.serve.client import HERE, TOKEN, a_case, at_desk, csrf, post

BRIDGE = "Ann Lee said the bridge was safe."
PLACES = ("/", "/documents", "/claims", "/add", "/index.json", "/documents.json", "/nothing")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return a_case(tmp_path / "harbour.case", BRIDGE)


@pytest.mark.parametrize("path", PLACES)
def test_without_the_token_nothing_of_the_case_is_seen(case: Path, path: str) -> None:
    with TestClient(make(case, token=TOKEN), base_url=HERE) as client:
        answer = client.get(path)
    assert answer.status_code == 403
    assert "harbour" not in answer.text
    assert "sayso serve" in answer.text


def test_the_token_is_good_once_and_the_next_one_is_told(case: Path) -> None:
    told: list[str] = []
    app = make(case, token=TOKEN, spent=told.append)
    with TestClient(app, base_url=HERE) as one, TestClient(app, base_url=HERE) as other:
        assert one.get("/", params={"token": TOKEN}).status_code == 200
        assert other.get("/", params={"token": TOKEN}).status_code == 403
        assert other.get("/", params={"token": told[0]}).status_code == 200
        assert other.get("/documents").status_code == 200


def test_the_cookie_is_for_this_server_only_and_no_script_reads_it(case: Path) -> None:
    with TestClient(make(case, token=TOKEN), base_url=HERE) as client:
        cookie = client.get("/", params={"token": TOKEN}).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


def test_a_cookie_that_was_changed_opens_nothing(case: Path) -> None:
    with at_desk(case) as client:
        name, value = next(iter(client.cookies.items()))
        client.cookies.clear()
        client.cookies.set(name, f"A{value[1:]}")
        assert client.get("/").status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8642", "127.0.0.1:9", "127.0.0.1.evil.example:8642", ""]
)
def test_a_name_that_others_point_at_this_machine_is_refused(case: Path, host: str) -> None:
    with at_desk(case) as client:
        assert client.get("/claims", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8642", "localhost:8642", "[::1]:8642"])
def test_names_of_this_machine_are_served(case: Path, host: str) -> None:
    with at_desk(case) as client:
        assert client.get("/claims", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_of_another_page_does_nothing(case: Path, headers: dict[str, str]) -> None:
    with at_desk(case) as client:
        answer = client.post("/name", data={"csrf": csrf(client), "reviewer": "Eve"}, headers=headers)
        assert answer.status_code == 403
        assert "Eve" not in client.get("/").text


@pytest.mark.parametrize("token", ["", "0" * 64, "ü"])
def test_a_form_without_the_token_of_its_session_does_nothing(case: Path, token: str) -> None:
    with at_desk(case) as client:
        assert client.post("/name", data={"csrf": token, "reviewer": "Eve"}).status_code == 403
        assert "Eve" not in client.get("/").text


@pytest.mark.parametrize("path", [*PLACES, "/static/desk.js", "/static/desk.css", "/documents/d0/original"])
def test_every_answer_forbids_what_it_does_not_need(case: Path, path: str) -> None:
    with at_desk(case) as client:
        headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_a_mistake_of_ours_is_told_behind_the_same_headers(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make(case, token=TOKEN)
    with TestClient(app, base_url=HERE, raise_server_exceptions=False) as client:
        client.get("/", params={"token": TOKEN})
        monkeypatch.setattr("sayso.store.Catalogue.documents", lambda *_, **__: 1 / 0)
        answer = client.get("/documents")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_what_is_too_large_is_refused(case: Path) -> None:
    with at_desk(case) as client:
        answer = post(client, "/name", reviewer="x" * 2_000_000)
    assert answer.status_code == 413
    assert "1 MB" in answer.text


def test_a_name_is_kept_for_the_session_and_leads_back(case: Path) -> None:
    with at_desk(case) as client:
        answer = post(client, "/name", reviewer="  Ida\u202e   Brandt ", back="/claims")
        assert answer.url.path == "/claims"
        assert 'value="Ida Brandt"' in client.get("/").text


@pytest.mark.parametrize("back", ["//evil.example", "http://evil.example/", "/\\evil.example"])
def test_a_form_leads_nowhere_else(case: Path, back: str) -> None:
    with at_desk(case) as client:
        client.follow_redirects = False
        assert post(client, "/name", reviewer="Ida", back=back).headers["location"] == "/"
