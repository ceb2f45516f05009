"""Fetching a page, against a server on this machine: what is asked, what is kept, where it stops."""

from __future__ import annotations

import io
import itertools
import socket
import time
from collections.abc import Iterator

import pytest
from fastwarc import ArchiveIterator
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import Unreadable
from sayso.fetch import MAX_REDIRECTS, fetch
from sayso.read import read_bytes
from sayso.read.warc import Captured, read_warc
from sayso.records import Document
from tests.fetch.server import LOOPBACK, PAGE, Names, Server, answer, fetched, redirect, serving

CHUNKED = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    + b"%x\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n" % (20, PAGE[:20], len(PAGE) - 20, PAGE[20:])
)


def captured(raw: bytes) -> Captured:
    (found,) = read_warc(io.BytesIO(raw))
    assert isinstance(found, Captured)
    return found


def refused(server: Server, path: str = "/", **settings: float) -> str:
    with pytest.raises(Unreadable) as raised:
        fetched(server.url(path), **settings)  # type: ignore[arg-type] # whole numbers are numbers
    return str(raised.value)


@pytest.mark.parametrize(
    "sent",
    [answer(), CHUNKED, answer() + b"what comes after the stated length", b"HTTP/1.0 200 OK\n\n" + PAGE],
    ids=["by its length", "in chunks", "too long", "until it closes, without a type"],
)
def test_what_was_sent_becomes_a_document_with_how_it_came(sent: bytes) -> None:
    with serving({"/a": sent}) as server:
        raw = fetched(server.url("/a#top"))
    found = captured(raw)
    assert (found.raw, found.kind, found.url, found.outlet) == (PAGE, "html", server.url("/a"), "pier.example")
    assert (found.capture.intact, found.capture.server) == (True, LOOPBACK)
    assert found.capture.at is not None
    (document,) = read_bytes(raw, path=server.url("/a"))
    assert isinstance(document, Document)
    assert (document.ref.path, document.ref.url) == (server.url("/a"), server.url("/a"))
    assert document.text == "Ann Lee said the bridge is safe."
    assert document.notices == ()


def test_the_archive_holds_each_request_and_response_as_they_were_sent() -> None:
    with serving({"/": redirect("/b"), "/b": CHUNKED}) as server:
        raw = fetched(server.url())
    records = list(ArchiveIterator(io.BytesIO(raw), parse_http=False, verify_digests=True))
    assert [r.headers["WARC-Type"] for r in records] == ["warcinfo", "request", "response", "request", "response"]
    blocks = [r.reader.read() for r in ArchiveIterator(io.BytesIO(raw), parse_http=False)]
    assert blocks[1::2] == server.asked
    assert blocks[2::2] == [redirect("/b"), CHUNKED]
    assert len({r.headers["WARC-Record-ID"] for r in records}) == 5
    assert records[4].headers["WARC-Concurrent-To"] == records[3].headers["WARC-Record-ID"]


def test_what_is_asked_tells_nothing_of_who_asks() -> None:
    with serving({"/a?q=1": answer(PAGE, "Set-Cookie: id=7"), "/": redirect("/a?q=1")}) as server:
        fetched(server.url())
    first, second = (request.decode().splitlines() for request in server.asked)
    assert [line.split(":")[0] for line in first[1:] if line] == [
        *("Host", "User-Agent", "Accept", "Accept-Encoding", "Connection")
    ]
    assert second[0] == "GET /a?q=1 HTTP/1.1"
    assert second[1] == f"Host: pier.example:{server.port}"
    assert second[1:] == first[1:]


def test_a_name_is_looked_up_once_for_each_request() -> None:
    names = Names()
    with serving({"/": answer()}) as server:
        fetched(server.url(), names=names)
    assert names.asked == ["pier.example"]


def test_a_redirect_to_an_address_inside_is_not_followed() -> None:
    inside = Names(inside_example=("169.254.169.254",))
    refusal = r"inside\.example/keys: is at 169\.254\.169\.254, no address of the open internet"
    with serving({"/": redirect("http://inside.example/keys")}) as server, pytest.raises(Unreadable, match=refusal):
        fetched(server.url(), names=inside)
    assert (len(server.asked), inside.asked) == (1, ["pier.example", "inside.example"])


def test_a_name_with_one_address_inside_is_not_asked_at_all() -> None:
    with serving({"/": answer()}) as server, pytest.raises(Unreadable, match=r"is at 10\.0\.0\.1"):
        fetched(server.url(), names=Names(pier_example=(LOOPBACK, "10.0.0.1")))
    assert server.asked == []


def test_loopback_is_refused_where_no_test_opens_it() -> None:
    with serving({"/": answer()}) as server, pytest.raises(Unreadable, match="no address of the open internet"):
        fetch(server.url(host="localhost"), max_bytes=1000)
    assert server.asked == []


def test_redirects_come_to_an_end() -> None:
    steps = {f"/{n}": redirect(f"/{n + 1}") for n in range(MAX_REDIRECTS)} | {f"/{MAX_REDIRECTS}": answer()}
    with serving(steps) as server:
        assert captured(fetched(server.url("/0"))).raw == PAGE
    with serving({"/": redirect("/")}) as server:
        assert "leads on more than 5 times" in refused(server)
    assert len(server.asked) == MAX_REDIRECTS + 1


def endless(start: bytes, more: bytes) -> Iterator[bytes]:
    yield start
    yield from itertools.repeat(more)


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n",
    ],
    ids=["until it closes", "in chunks", "by its length"],
)
def test_more_than_may_come_is_left(start: bytes) -> None:
    with serving({"/": lambda: endless(start, b"5\r\nmore \r\n")}) as server:
        assert "is larger than the limit of 4000 bytes; --max-mb raises it" in refused(server, max_bytes=4000)


def test_endless_headers_are_left() -> None:
    with serving({"/": lambda: endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n")}) as server:
        assert server.url() in refused(server)


def dripping() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n"
    while True:
        time.sleep(0.02)
        yield b"."


def test_an_answer_that_drips_does_not_hold_for_ever() -> None:
    with serving({"/": dripping}) as server:
        assert "did not answer in time" in refused(server, seconds=0.3)


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (answer(status="404 Not Found"), "answers 404 Not Found"),
        (answer(status="500 Oh"), "answers 500 Oh"),
        (answer(status="302 Found"), "answers 302 Found"),
        (b"", "what answers there is no web server"),
        (b"SSH-2.0-x\r\n", "what answers there is no web server"),
        (answer()[:-4], "the answer was cut off"),
        (CHUNKED[:-9], "the answer was cut off"),
    ],
)
def test_an_answer_that_is_no_document(sent: bytes, why: str) -> None:
    with serving({"/": sent}) as server:
        assert why in refused(server)


def test_nobody_listens() -> None:
    with socket.create_server((LOOPBACK, 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(Unreadable, match="cannot be reached: connection refused"):
        fetched(f"http://pier.example:{port}/")


def test_a_name_that_is_not_known() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(Unreadable, match=r"its name pier\.example is not known"):
        fetch("http://pier.example/", max_bytes=1000, resolve=unknown)


def test_a_certificate_is_asked_of_the_name_and_the_connection_made_to_the_number() -> None:
    asked = []

    def secure(plain: socket.socket, host: str) -> socket.socket:
        asked.append((plain.getpeername()[0], host))
        return plain

    with serving({"/": answer()}) as server:
        url = server.url().replace("http:", "https:")
        raw = fetch(url, max_bytes=1000, resolve=Names(), secure=secure, allowed=lambda _: True)
    assert asked == [(LOOPBACK, "pier.example")]
    assert captured(raw).url == url


def test_what_does_not_speak_tls_is_not_talked_to() -> None:
    with serving({"/": answer()}) as server, pytest.raises(Unreadable, match="cannot be reached"):
        fetched(server.url().replace("http:", "https:"))


@pytest.mark.parametrize(
    ("body", "stated", "kind"),
    [(PAGE, "application/octet-stream", "html"), (b"%PDF-1.7 ", "text/html", "pdf"), (PAGE, "text/plain", "text")],
)
def test_the_stated_type_is_a_hint(body: bytes, stated: str, kind: str) -> None:
    with serving({"/": answer(body, kind=stated)}) as server:
        assert captured(fetched(server.url())).kind == kind


@settings(max_examples=60)
@given(st.data())
def test_whatever_a_server_sends_is_an_archive_or_is_refused(data: st.DataObject) -> None:
    sent = bytearray(data.draw(st.sampled_from([answer(), CHUNKED, redirect("/b"), redirect("//[::1")])))
    for at in data.draw(st.lists(st.integers(0, len(sent) - 1), max_size=4)):
        sent[at : at + 1] = data.draw(st.binary(max_size=3))
    with serving({"/": bytes(sent), "/b": answer()}) as server:
        try:
            raw = fetched(server.url(), max_bytes=5000)
        except Unreadable:
            return
    assert {type(found) for found in read_bytes(raw, path=server.url())} & {Document, Unreadable}
