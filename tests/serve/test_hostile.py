"""Articles that try to act, style, hide or lead away: all of it is shown as the text that it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Page
from starlette.testclient import TestClient

from sayso.case import Case
from tests.serve.browser import complaints, go, needs_chromium, opened, served
from tests.serve.client import at_desk

SCRIPT = "<script>document.title='owned'</script>"
SVG = "<svg onload=\"document.title='owned'\"><animate onbegin=alert(1)></svg>"
STYLE = "<style>body{display:none}</style>"
LINK = "<a href='javascript:document.title=1'>here</a> <img src='http://evil.example/x.png'>"
HIDDEN = "paid\u202e on \u2066Monday\u2069 \u0007"
TEXT = f"""---
title: {SCRIPT} {HIDDEN}
outlet: "><script>document.title='owned'</script>
author: {SVG}
published: 2031-05-06
---
Ann {SVG} Lee said that {SCRIPT} the bridge {STYLE} was {HIDDEN} safe. "{LINK}," said Tom Reyk.

{{{{ 7 * 7 }}}} and {{% include "/etc/passwd" %}}, the ministry said.
"""
PAGE = (
    f"<html><head><title>Quiet {SCRIPT}</title></head><body><article>"
    f"<p>Ann Lee said the bridge was safe {SCRIPT}{SVG}.</p>"
    f"<p onclick='x()'>Tom Reyk denied that the ferry had sunk. {STYLE}{LINK}</p></article></body></html>"
)
MAIL = (
    "From: =?utf-8?q?Eve_=3Cscript=3E?= <eve@evil.example>\r\nTo: desk@lantern.example\r\n"
    f"Subject: {SCRIPT}\r\nDate: Tue, 06 May 2031 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    f"<p>Ann Lee said the bridge was safe. {SCRIPT}{SVG}</p>\r\n--b\r\n"
    "Content-Type: application/octet-stream\r\n"
    'Content-Disposition: attachment; filename="../../<img onerror=x>.exe"\r\n\r\nMZ\r\n--b--\r\n'
)
NAME = '"><img src=x onerror=alert(1)>\u202e.txt'


def pdf() -> bytes:
    """A PDF that would run a script when it is opened and lead elsewhere, with a title that is HTML."""
    stream = b"BT /F1 12 Tf 72 700 Td (Ann Lee said the bridge was safe <script>x</script> on Monday morning.) Tj ET"
    link = b"/Subtype /Link /Rect [0 0 600 700] /A << /S /URI /URI (javascript:alert\\(1\\)) >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>"
        + b" /Annots [<< /Type /Annot %s >>] >>" % link,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Title (<script>document.title='owned'</script>) >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer << /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 7\n0000000000 65535 f \n" + table + tail


class Outline(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "<b>harbour&.case"
    with Case.open(path, create=True) as made:
        for raw, name in (
            (TEXT.encode(), NAME),
            (PAGE.encode(), "page.html"),
            (MAIL.encode(), "mail.eml"),
            (pdf(), "x.pdf"),
        ):
            assert [type(outcome).__name__ for outcome in made.add_bytes(raw, path=name)] == ["Added"], name
        for _ in made.link():
            pass
    return path


@pytest.fixture(scope="module")
def client(case: Path) -> Iterator[TestClient]:
    with at_desk(case, reviewer="<script>Eve</script>") as client:
        yield client


@pytest.fixture(scope="module")
def pages(client: TestClient) -> dict[str, str]:
    kept = client.get("/documents.json").json()["documents"]
    rooms = [f"/documents/{row['document']['id']}" for row in kept]
    queries = (
        "/claims?q=%3Cscript%3E",
        "/claims?by=%22%3E%3Cscript%3E",
        "/documents?q=%22%3E%3Csvg%20onload=x%3E",
        "/<script>",
    )
    return {path: client.get(path).text for path in ("/", "/documents", "/claims", "/add", *queries, *rooms)}


def test_no_page_has_an_element_that_is_not_ours(pages: dict[str, str]) -> None:
    assert len(pages) == 12
    for path, page in pages.items():
        for tag, attributes in Outline(page).elements:
            assert tag not in ("style", "iframe", "object", "embed", "base", "img", "animate"), path
            assert tag != "svg" or attributes.get("class"), path
            assert not [name for name in attributes if name.startswith("on") or name == "style"], (path, attributes)
            if tag == "script":
                assert attributes == {"type": "module", "src": "/static/desk.js"}
            for name in ("href", "src", "action"):
                assert re.match(r"[/#]|$", attributes.get(name, "")), (path, attributes)
                assert not attributes.get(name, "").startswith("//")


def test_characters_that_reorder_or_hide_are_shown_by_their_number(pages: dict[str, str], client: TestClient) -> None:
    for path, page in pages.items():
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u0007]", page), path
    assert any("⟨U+202E⟩" in page for page in pages.values())
    room = next(path for path, page in pages.items() if path.startswith("/documents/") and "7 * 7" in page)
    original = client.get(f"{room}/original")
    assert "\u202e" not in original.text
    assert original.headers["content-type"] == "text/plain; charset=utf-8"


def test_words_of_an_article_are_no_template(pages: dict[str, str]) -> None:
    assert any("{{ 7 * 7 }}" in page for page in pages.values())


def test_names_that_are_paths_lead_nowhere(client: TestClient) -> None:
    for path in ("/static/../app.py", "/static/..%2fapp.py", "/documents/..%2f..%2fetc%2fpasswd", "/work/../../x"):
        assert client.get(path).status_code == 404


@needs_chromium
def test_a_browser_runs_nothing_and_asks_for_nothing(case: Path, pages: dict[str, str]) -> None:
    with served(case) as at, opened(at) as tab, complaints(tab) as found:
        for path in pages:
            if "script" not in path:
                visit(tab, path)
        assert found == []


def visit(tab: Page, path: str) -> None:
    go(tab, path)
    tab.keyboard.press("j")
    assert "owned" not in tab.evaluate("document.title").replace("'owned'", "")
    assert tab.evaluate("getComputedStyle(document.body).display") == "block"
