"""Archives of the web: every page in them is read, with how it was captured; damage costs what is damaged."""

from __future__ import annotations

import gzip
import io
import itertools
import random
import tracemalloc

import pytest

from sayso.errors import Unreadable
from sayso.read import read_bytes
from sayso.read.recognise import recognise
from sayso.read.warc import Captured, cuts, read_warc
from sayso.records import Document
from tests.read.archives import PAGE, packed, pages, record, response

RECORDS = pages(5)
WAYS = {
    "plain": b"".join(RECORDS),
    "packed": packed(RECORDS),
    "in one piece": gzip.compress(b"".join(RECORDS), mtime=0),
}


def read(raw: bytes, **part: int) -> list[str]:
    """What is found: urls, and complaints in brackets."""
    found = read_warc(io.BytesIO(raw), **part)
    return [
        f"[{each}]" if isinstance(each, Unreadable) else each.url.removeprefix("https://www.pier.example/")
        for each in found
    ]


@pytest.mark.parametrize("raw", WAYS.values(), ids=WAYS)
def test_every_page_becomes_a_document_with_how_it_was_captured(raw: bytes) -> None:
    documents = [found for found in read_bytes(raw, path="a.warc.gz") if isinstance(found, Document)]
    assert [d.ref.url for d in documents] == [f"https://www.pier.example/{n}" for n in range(5)]
    first = documents[0]
    assert (first.text, first.ref.title, first.ref.outlet) == ("Ann Lee said the bridge is safe.", "0", "pier.example")
    assert first.ref.path == "a.warc.gz#https://www.pier.example/0"
    assert first.capture is not None
    assert (first.capture.at, first.capture.server, first.capture.intact) == ("2021-03-04T05:06:07Z", "192.0.2.7", True)
    assert (first.capture.record or "").startswith("urn:uuid:")


@pytest.mark.parametrize("raw", WAYS.values(), ids=WAYS)
def test_an_archive_is_known_by_its_content(raw: bytes) -> None:
    assert recognise(raw, "-") == "warc"


def test_another_packed_file_is_none() -> None:
    with pytest.raises(Unreadable, match="gzip archive; unpack it first"):
        recognise(gzip.compress(b"minutes"), "a.gz")
    with pytest.raises(Unreadable, match="but is none"):
        recognise(b"minutes", "a.warc")


@pytest.mark.parametrize(
    ("url", "raw"),
    [
        ("a picture", response(b"\x89PNG", "u", content_type="image/png")),
        ("an error page", response(PAGE, "u", status="404 Not Found")),
        ("a redirect", response(PAGE, "u", status="301 Moved")),
        ("a request", record("request", b"GET / HTTP/1.1\r\n\r\n", Content_Type="application/http; msgtype=request")),
        ("a revisit", record("revisit", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", WARC_Target_URI="u")),
        ("metadata", record("metadata", b"via: x", Content_Type="text/plain")),
        ("no words", response(b" ", "u")),
    ],
)
def test_what_is_no_document_is_passed_over(url: str, raw: bytes) -> None:
    assert read(raw + RECORDS[1]) == ["0"]
    (nothing,) = read_bytes(raw, path="a.warc")
    assert str(nothing) == "a.warc: holds no web page, text or PDF"


def test_texts_that_were_stored_without_http() -> None:
    kept = record("resource", b"She said no.", Content_Type="text/plain", WARC_Target_URI="<file:///notes.txt>")
    extracted = record("conversion", b"She said yes.", Content_Type="text/plain; charset=utf-8", WARC_Target_URI="u")
    assert [d.text for d in read_bytes(kept + extracted, path="a") if isinstance(d, Document)] == [
        "She said no.",
        "She said yes.",
    ]


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (gzip.compress(PAGE, mtime=0), "Content-Encoding: gzip\r\n"),
        (PAGE, "Content-Encoding: gzip\r\n"),  # unpacked by the archive, which left the header
        (b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE), "Transfer-Encoding: chunked\r\n"),
        (PAGE, "Transfer-Encoding: chunked\r\n"),
    ],
)
def test_codings_are_undone_where_they_are_there(body: bytes, coding: str) -> None:
    (found,) = read_warc(io.BytesIO(response(body, "u", coding=coding)))
    assert isinstance(found, Captured)
    assert found.raw == PAGE


def test_the_charset_of_the_server_counts() -> None:
    raw = response(
        "<p>Größe, sagte Jörg Weiß.</p>".encode("utf-16-le"), "u", content_type="text/plain; charset=utf-16-le"
    )
    (document,) = read_bytes(raw, path="a")
    assert isinstance(document, Document)
    assert "Jörg Weiß" in document.text


def test_an_altered_page_and_one_that_was_cut_short_say_so() -> None:
    altered = response(PAGE % b"x", "u", digest_of=b"what it was")
    cut = response(PAGE % b"y", "v").replace(b"WARC-IP", b"WARC-Truncated: length\r\nWARC-IP")
    one, other = read_bytes(altered + cut, path="a")
    assert isinstance(one, Document)
    assert isinstance(other, Document)
    assert "another digest" in one.notices[0].message
    assert "truncated: length" in other.notices[0].message


def at(records: list[bytes], number: int) -> int:
    return sum(map(len, records[:number]))


def test_damage_costs_what_is_damaged() -> None:
    each = [gzip.compress(one, mtime=0) for one in RECORDS]
    broken = bytearray(b"".join(each))
    broken[at(each, 3) + 40 : at(each, 3) + 60] = b"\xff" * 20
    assert read(bytes(broken)) == [
        "0",
        "1",
        f"[at byte {at(each, 2)}: what comes after this record is damaged]",
        "3",
        "4",
    ]
    renamed = [*RECORDS[:3], RECORDS[3].replace(b"WARC/1.0", b"XXXX/1.0"), *RECORDS[4:]]
    complaint = f"[at byte {at(RECORDS, 2)}: what comes after this record is damaged]"
    assert read(b"".join(renamed)) == ["0", "1", complaint, "3", "4"]


# A cut between two records, or within the first bytes of one, leaves nothing to see.
UNSEEN = {at(RECORDS, n) + shift for n in range(7) for shift in range(-4, 1)}
UNSEEN |= {at([gzip.compress(one, mtime=0) for one in RECORDS], n) + shift for n in range(7) for shift in range(12)}


@pytest.mark.parametrize("raw", WAYS.values(), ids=WAYS)
def test_an_archive_that_was_cut_off_says_so_wherever_it_was_cut(raw: bytes) -> None:
    whole = read(raw)
    for end in range(200, len(raw) - 8, 37):
        found = read(raw[:end])
        good = [each for each in found if not each.startswith("[")]
        assert good == whole[: len(good)]
        assert len(good) == len(whole) or len(found) > len(good) or end in UNSEEN


@pytest.mark.parametrize(
    "inner", [b"\x1f\x8b\x08", b"\x1f\x8b\x08\0\0", gzip.compress(RECORDS[1], mtime=0), b"\nWARC/1"]
)
@pytest.mark.parametrize("back", [0, 1, 9, 200])
def test_marks_inside_of_a_record_begin_no_other(inner: bytes, back: int) -> None:
    page = PAGE % b"last" + b"<!-- " + inner + b"-" * back
    records = [*RECORDS, response(page, "https://www.pier.example/last")]
    for raw in (b"".join(records), packed(records), gzip.compress(b"".join(records), mtime=0)):
        assert read(raw) == ["0", "1", "2", "3", "4", "last"]
    # Stored without being packed any further, the mark lies in the packed bytes as it is.
    stored = b"".join(gzip.compress(each, compresslevel=0, mtime=0) for each in records)
    assert read(stored) == ["0", "1", "2", "3", "4", "last"]


def test_a_bomb_is_refused_and_the_rest_is_read() -> None:
    zeros = bytes(100_000_000)
    bombs = gzip.compress(response(zeros, "https://a.example/")) + gzip.compress(
        response(gzip.compress(zeros), "https://b.example/", coding="Content-Encoding: gzip\r\n")
    )
    raw = bombs + packed(RECORDS)
    del zeros
    tracemalloc.start()
    found = read(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [each for each in found if not each.startswith("[")] == ["0", "1", "2", "3", "4"]
    assert ["larger than the limit of 20 MB" in each for each in found] == [True, True, *[False] * 5]
    assert peak < 80_000_000


@pytest.mark.parametrize("name", ["plain", "packed"])
def test_parts_that_begin_at_cuts_hold_every_page_once(name: str) -> None:
    raw = WAYS[name]
    places = [0, *cuts(io.BytesIO(raw)), len(raw)]
    assert len(places) == 7
    parts = [read(raw, start=a, stop=b) for a, b in itertools.pairwise(places)]
    assert [url for part in parts for url in part] == read(raw)


def test_an_archive_in_one_piece_has_no_cuts() -> None:
    assert list(cuts(io.BytesIO(WAYS["in one piece"]))) == []


def test_random_damage_never_crashes() -> None:
    chance = random.Random(7)  # noqa: S311 (the same damage each time)
    for raw in WAYS.values():
        for _ in range(150):
            damaged = bytearray(raw)
            for _ in range(chance.randint(1, 4)):
                place = chance.randrange(len(damaged))
                damaged[place : place + chance.randint(1, 30)] = chance.randbytes(chance.randint(0, 30))
            list(read_warc(io.BytesIO(damaged)))
            list(cuts(io.BytesIO(damaged)))
