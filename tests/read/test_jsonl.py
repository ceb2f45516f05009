"""JSON Lines: a document per line, a bad line does not stop the others."""

from __future__ import annotations

import hashlib

from sayso.errors import Unreadable
from sayso.read import read_bytes
from sayso.records import Document

GOOD = (
    b'{"id": "w1", "text": "One\\r\\n", "title": "T", "outlet": "O", "author": "A", "published": "2021-03", "url": "u"}'
)


def test_lines_become_documents_and_bad_ones_are_named() -> None:
    raw = b"\n".join(
        [GOOD, b"{broken", b"", b'{"id": 7, "text": "Two"}', b'{"text": "Three"}', b'{"title": "no text"}']
    )
    first, broken, second, third, textless = read_bytes(raw, path="set.jsonl")
    assert isinstance(first, Document)
    assert (first.ref.path, first.text, first.ref.title) == ("set.jsonl#w1", "One\r\n", "T")
    assert (first.ref.outlet, first.ref.author, first.ref.published) == ("O", "A", "2021-03")
    assert first.ref.sha256 == hashlib.sha256(GOOD).hexdigest()
    assert isinstance(second, Document)
    assert isinstance(third, Document)
    assert (second.ref.path, third.ref.path) == ("set.jsonl#7", "set.jsonl#5")
    assert str(broken).startswith("set.jsonl line 2:")
    assert str(textless).startswith("set.jsonl line 6:")
    assert "text" in str(textless)


def test_line_ends_and_a_byte_order_mark_are_no_part_of_a_line() -> None:
    (plain,) = read_bytes(GOOD, path="a.jsonl")
    (marked,) = read_bytes(b"\xef\xbb\xbf" + GOOD + b"\r\n", path="a.jsonl")
    assert plain == marked


def test_an_id_that_stands_twice_is_a_notice() -> None:
    _, again = read_bytes(GOOD + b"\n" + GOOD, path="a.jsonl")
    assert isinstance(again, Document)
    assert "id w1 is that of line 1" in again.notices[0].message


def test_empty_lines_and_texts() -> None:
    (nothing,) = read_bytes(b"\n\n", path="a.jsonl")
    assert isinstance(nothing, Unreadable)
    (blank,) = read_bytes(b'{"text": " "}', path="a.jsonl")
    assert "line 1" in str(blank)
    (surrogate,) = read_bytes(b'{"text": "\\ud800"}', path="a.jsonl")
    assert isinstance(surrogate, Unreadable)


def test_standard_input_is_recognised() -> None:
    (document,) = read_bytes(GOOD, path="-")
    assert isinstance(document, Document)
    assert document.ref.path == "-#w1"
