"""The whole stage: the record's reference, plain text untouched, and nothing makes it fail."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import Unreadable
from sayso.read import read_bytes
from sayso.records import Document, document_id

PLAIN = "Title\r\n\r\n  “Yes,”\tshe said.\x00 A lone \r and a form feed\x0c.\n\n\n"
PAGE = (
    b"<!DOCTYPE html><html><head><title>T</title><meta charset=utf-8></head><body><article><h1>Bridge</h1>"
    b"<p>The harbour ministry said on Thursday that the bridge had been safe.</p><table><tr><td>1<td>2</table>"
    b"<p>No.</p><q>Quoted</q><br><br>More<ul><li>One<li>Two</ul></article></body></html>"
)
MAIL = (
    b"From: =?utf-8?q?Dana_Ostr=C3=A9l?= <a@b.example>\nSubject: s\nDate: Thu, 04 Mar 2021 08:15:00 +0100\n"
    b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="B"\n\n--B\nContent-Type: text/plain; charset=utf-8; '
    b"format=flowed\nContent-Transfer-Encoding: quoted-printable\n\nHe said =E2=80=9Cno=E2=80=9D. \nAgain.\n--B\n"
    b'Content-Type: image/png; name="a.png"\nContent-Transfer-Encoding: base64\n\niVBORw0K\n--B--\n'
)
MARKDOWN = b"---\ntitle: T\npublished: 2021-03-04\n---\n# H\n\n*a* [b](c) `d`\n\n```\ne\n```\n| f |\n|---|\n"
LINES = b'{"id": "a", "text": "One."}\n{"text": "Two.", "published": "2021"}\n'


def only(raw: bytes, path: str) -> Document:
    (document,) = read_bytes(raw, path=path)
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize("path", ["a.txt", "a.md", "-", "story"])
def test_plain_text_is_never_altered_and_the_bytes_are_hashed(path: str) -> None:
    raw = PLAIN.encode("utf-8-sig")
    document = only(raw, path)
    assert document.text == PLAIN
    assert document.ref.path == path
    assert document.ref.sha256 == hashlib.sha256(raw).hexdigest()
    assert document.ref.id == document_id(raw)
    assert {notice.stage for notice in document.notices} == {"read"}


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r"), min_size=1))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    (result,) = read_bytes(b"\xef\xbb\xbf" + text.encode(), path="a.txt")
    if isinstance(result, Document):
        assert text.endswith(result.text)
        assert text == result.text or text.startswith(("---", "\ufeff---", "<", " "))
    else:
        assert not text.strip() or "is " in str(result)


def test_an_error_is_a_value_on_one_line_that_names_the_file() -> None:
    (error,) = read_bytes(b" \n", path="folder/empty.txt")
    assert isinstance(error, Unreadable)
    assert str(error) == "folder/empty.txt: is empty"


def test_front_matter_alone_is_empty() -> None:
    (error,) = read_bytes(b"---\ntitle: T\n---\n \n", path="a.txt")
    assert "is empty" in str(error)


def test_markdown_keeps_its_marks_in_the_text() -> None:
    document = only(MARKDOWN, "a.md")
    assert document.text.startswith("# H\n\n*a* [b](c)")
    assert [span.of(document.text) for span in document.markup][:4] == ["# ", "*", "*", "["]
    assert (document.ref.title, document.ref.published) == ("T", "2021-03-04")


def test_reading_is_deterministic() -> None:
    for raw, path in ((PAGE, "a.html"), (MAIL, "a.eml"), (MARKDOWN, "a.md"), (LINES, "a.jsonl")):
        assert list(read_bytes(raw, path=path)) == list(read_bytes(raw, path=path))


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.html", "a.pdf", "a.eml", "a.jsonl", "-"]))
def test_random_bytes_are_read_or_refused(raw: bytes, path: str) -> None:
    assert all(isinstance(result, Document | Unreadable) for result in read_bytes(raw, path=path))


@settings(max_examples=300, deadline=None)
@given(st.data(), st.sampled_from([(PAGE, "a.html"), (MAIL, "a.eml"), (MARKDOWN, "a.md"), (LINES, "a.jsonl")]))
def test_mutated_files_are_read_or_refused(data: st.DataObject, seed: tuple[bytes, str]) -> None:
    raw = bytearray(seed[0])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw)))
        piece = data.draw(
            st.binary(max_size=4) | st.sampled_from([b"<", b">", b'"', b"=?", b"\0", b"--B", b"<q>", b"\xff"])
        )
        raw[at : at + data.draw(st.integers(0, 40))] = piece
    for result in read_bytes(bytes(raw), path=seed[1]):
        if isinstance(result, Document):
            assert result.text.strip()
            assert all(span.end <= len(result.text) for span in (*result.markup, *result.pages))
        else:
            assert str(result).startswith(seed[1])
            assert "\n" not in str(result)
