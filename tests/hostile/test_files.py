"""Files that were made to fill memory or time, or to break a reader: read or refused, with a reason in one line."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from importlib import import_module

import pytest

from sayso.errors import Unreadable
from sayso.read import read_bytes
from sayso.read.mail import MAX_PARTS_IN_PARTS
from sayso.read.warc import MAX_FAULTS
from sayso.records import Document
from tests.hostile.bounds import within

_PAGE = b"<html><body><article><p>Ann Lee said that the bridge was safe, and the council agreed with her.</p>"
_MAIL = b"From: a@harbour.example\nTo: b@harbour.example\nSubject: s\n"
_WORDS = "Ann Lee said"


def _read(raw: bytes, path: str) -> list[Document | Unreadable]:
    with within(20):
        return list(read_bytes(raw, path=path))


def _document(raw: bytes, path: str) -> Document:
    (found,) = _read(raw, path)
    assert isinstance(found, Document), found
    return found


def _refused(raw: bytes, path: str) -> str:
    (found,) = _read(raw, path)
    assert isinstance(found, Unreadable)
    assert str(found).startswith(path)
    assert "\n" not in str(found)
    return str(found)


def test_comments_before_a_page_are_passed_in_one_way_only() -> None:
    assert _document(b"<!-- -->" * 900 + b"x", "page").text.endswith("x")


@pytest.mark.parametrize(
    "raw", [b'{"a":' + b"[" * 100_000, b'{"text":"a","b":' + b"[" * 100_000 + b"]" * 100_000 + b"}"]
)
def test_json_nested_without_end_is_refused_or_text(raw: bytes) -> None:
    assert "no document" in _refused(raw, "x.jsonl")
    assert _document(raw, "x").text == raw.decode()  # without a name for it, it is a text


@pytest.mark.parametrize("piece", [b"<div>", b"<q>a", b"<b>a", b"<table><tr><td>", b"<blockquote>a", b"<!--", b"<svg>"])
def test_html_nested_a_hundred_thousand_deep(piece: bytes) -> None:
    assert _WORDS in _document(_PAGE + piece * 100_000, "x.html").text


def test_breaks_without_number_are_still_line_ends_and_paragraphs() -> None:
    lines = b"".join(b"The pier was line %d.<br>" % n for n in range(20_000))
    assert "line 7.\nThe pier was line 8." in _document(_PAGE + lines, "x.html").text


def test_preformatted_lines_without_number() -> None:
    lines = b"".join(b"The pier was line %d.\n" % n for n in range(20_000))
    text = _document(_PAGE + b"<pre>" + lines + b"\nThe end of the list.</pre>", "x.html").text
    assert "line 7.\nThe pier was line 8." in text
    assert "\n\nThe end of the list." in text


def test_entities_are_not_expanded() -> None:
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    page = f'<!DOCTYPE html [<!ENTITY e0 "ha">{names}]>'.encode() + _PAGE + b"<p>And &e11; she went.</p>"
    assert len(_document(page, "x.html").text) < 2000


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 3000,
        b"Content-Type: message/rfc822\n\n" * 3000,
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(300)),
        b'Content-Type: text/plain; a="' + b";" * 200_000 + b"\n\nHello\n",
        b"Content-Type: text/plain; a*" + b"9" * 5000 + b"=b\n\nHello\n",
    ],
)
def test_a_message_that_is_nested_or_labelled_without_end_is_refused(headers: bytes) -> None:
    _refused(_MAIL + headers + b"Hello, she said.\n" * 20_000, "x.eml")


def test_as_many_parts_as_people_send_are_read() -> None:
    part = b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n"
    nested = b"".join(part % (n, n + 1) for n in range(MAX_PARTS_IN_PARTS // 5))
    end = b"--b%d\nContent-Type: text/plain\n\nHello, she said.\n" % (MAX_PARTS_IN_PARTS // 5)
    raw = _MAIL + b"Content-Type: multipart/mixed; boundary=b0\n\n" + nested + end
    assert _document(raw, "x.eml").text == "Hello, she said."


@pytest.mark.parametrize("charset", ["a\0b", "\0", "nowhere", "utf-8\udcff"])
def test_headers_in_an_encoding_that_is_none_are_passed_over(charset: str) -> None:
    stated = f"text/plain; charset*={charset}'{charset}'x; name*={charset}''x".encode("utf-8", "surrogateescape")
    attached = b"Content-Type: application/x\nContent-Disposition: attachment; filename*=" + stated[20:] + b"\n\nx\n"
    parts = (
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: " + stated + b"\n\nHello, she said.\n--b\n"
    )
    assert _document(_MAIL + parts + attached + b"--b--\n", "x.eml").text == "Hello, she said."
    http = b"HTTP/1.1 200 OK\r\nContent-Type: " + stated + b"\r\n\r\nHello, she said."
    assert _document(_RECORD + b"Content-Length: %d\r\n\r\n" % len(http) + http + b"\r\n\r\n", "x.warc").text == (
        "Hello, she said."
    )


def test_a_sender_in_brackets_without_end_is_none() -> None:
    raw = b"From: " + b"(" * 5000 + b" a@harbour.example\nTo: b@harbour.example\n\nHello, she said.\n"
    assert _document(raw, "x.eml").ref.author is None


def test_an_attachment_names_no_file_of_ours() -> None:
    parts = b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHello\n--b\n"
    named = b'Content-Type: application/x\nContent-Disposition: attachment; filename="../../etc/x\n y"\n\nx\n--b--\n'
    document = _document(_MAIL + parts + named, "x.eml")
    assert [n.message for n in document.notices if "attachment" in n.message] == ["attachment not read: ../../etc/x y"]


def _pdf(content: bytes, kids: bytes = b"3 0 R", form: bytes = b"") -> bytes:
    resources = b"<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[" + kids + b"]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources" + resources + b"/Contents 4 0 R>>",
        _stream(content, b""),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        _stream(form, b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources" + resources),
    ]
    out, places = b"%PDF-1.5\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    end = b"xref\n0 7\n0000000000 65535 f \n%strailer\n<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return out + end % (table, len(out))


def _stream(content: bytes, extra: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (extra, len(packed), packed)


_LINE = b"BT /F 12 Tf 50 700 Td (Ann Lee said that it was safe.) Tj ET\n"


def test_pages_of_a_pdf_that_contain_themselves_are_refused() -> None:
    assert "damaged" in _refused(_pdf(_LINE, b"2 0 R 3 0 R"), "x.pdf")


def test_a_page_listed_without_end_is_read_as_often_as_the_limit_lets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("sayso.read.pdf"), "MAX_STEPS", 10_000)
    document = _document(_pdf(_LINE * 100, b"3 0 R " * 5000), "x.pdf")
    assert _WORDS in document.text
    assert any("5000 not read: more than 10,000" in n.message for n in document.notices)


def test_forms_that_draw_themselves_end() -> None:
    assert _WORDS in _document(_pdf(_LINE + b"/X Do " * 20, form=b"/X Do " * 20), "x.pdf").text


def test_a_stream_that_unpacks_to_three_hundred_megabytes_is_refused() -> None:
    _refused(_pdf(b" " * 300_000_000), "x.pdf")


_RECORD = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://harbour.example/\r\n"
    b"WARC-Date: 2020-01-01T00:00:00Z\r\nContent-Type: application/http\r\n"
)


def _record(body: bytes, header: bytes = b"") -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + header + b"\r\n" + body
    return _RECORD + b"Content-Length: %d\r\n\r\n" % len(http) + http + b"\r\n\r\n"


def test_an_archive_of_nothing_but_beginnings_is_given_up_with_what_was_read() -> None:
    found = _read(_record(_PAGE) + b"\nWARC/1\n" * 500_000, "x.warc")
    assert isinstance(found[0], Document)
    assert len(found) < 2 * MAX_FAULTS + 5
    assert "the rest is not read" in str(found[-1])


@pytest.mark.parametrize("length", [b"-5", b"9" * 30, b"x"])
def test_a_record_of_an_impossible_length_is_told(length: bytes) -> None:
    _refused(_RECORD + b"Content-Length: " + length + b"\r\n\r\nhello", "x.warc")


def test_a_payload_that_unpacks_to_more_than_the_limit_is_told_and_the_rest_read() -> None:
    bomb = _record(gzip.compress(bytes(100 * 1024**2)), b"Content-Encoding: gzip\r\n")
    refused, document = _read(bomb + _record(_PAGE), "x.warc")
    assert "larger than the limit of 20 MB" in str(refused)
    assert isinstance(document, Document)


def test_a_package_unpacks_to_its_limit_in_all_not_for_each_file() -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/0.warc", _record(_PAGE))
        for number in range(1, 9):
            package.writestr(f"archive/{number}.warc", _record(bytes(400_000)))
    told = [str(found) for found in _read(raw.getvalue(), "x.wacz") if isinstance(found, Unreadable)]
    assert sum("made to fill memory" in one for one in told) >= 5


@pytest.mark.parametrize("name", ["../a.warc", "/etc/a.warc", "archive/../../a.warc", "C:\\a.warc"])
def test_a_package_whose_names_lead_out_of_it_is_refused(name: str) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/0.warc", _record(_PAGE))
        package.writestr(name, b"x")
    assert "leads out of the package" in _refused(raw.getvalue(), "x.wacz")


def test_a_package_that_describes_itself_without_end_is_refused() -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as package:
        package.writestr("datapackage.json", '{"a":' + "[" * 100_000)
        package.writestr("archive/0.warc", _record(_PAGE))
    assert "datapackage.json" in _refused(raw.getvalue(), "x.wacz")


@pytest.mark.parametrize(
    ("mark", "offset", "value"),
    [
        (b"PK\x05\x06", 16, b"\xff\0\0\0"),  # the directory is said to lie elsewhere: names before the beginning
        (b"PK\x01\x02", 6, b"\xa7\0"),  # a version of the format that is none
        (b"PK\x01\x02", 10, b"\x0e\0"),  # packed in a way that it is not
        (b"PK\x01\x02", 10, b"\x63\0"),  # packed in no way that is known
    ],
)
def test_a_package_whose_directory_lies_is_told(mark: bytes, offset: int, value: bytes) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/0.warc", _record(_PAGE))
    damaged = bytearray(raw.getvalue())
    at = damaged.index(mark) + offset
    damaged[at : at + len(value)] = value
    assert "damaged" in _refused(bytes(damaged), "x.wacz")


def test_a_sheet_with_a_million_columns() -> None:
    raw = b"link,archive status,text content," + b"a," * 1_000_000 + b"\nx,success,Ann Lee said no.\n"
    (found,) = _read(raw, "x.csv")
    assert isinstance(found, Document | Unreadable)
