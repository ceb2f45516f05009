"""Sheets of Auto Archiver, as CSV."""

from __future__ import annotations

import csv
import io

from sayso.errors import Unreadable
from sayso.read import read_bytes
from sayso.records import Document

HEADER = [
    "Link", "Archive status", "Destination folder", "Archive location", "Archive date", "Upload timestamp",
    "Upload title", "Text content", "Hash", "WACZ", "Our own notes",
]  # fmt: skip
POST = [
    "https://posts.example/p/7", "posts: success", "quay", "https://store.example/p7.html", "2031-05-14T08:00:00+02:00",
    "2031-05-13T21:10:00+00:00", "Pia Holm", "Pia Holm said the mole\nwas closed.", "SHA-256:ab12", "", "look again",
]  # fmt: skip


def sheet(*rows: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, *rows])
    return out.getvalue().encode()


def read(raw: bytes) -> list[Document | Unreadable]:
    return list(read_bytes(raw, path="sheet.csv"))


def test_an_archived_post_is_a_document_with_what_was_kept_of_it() -> None:
    (post,) = read(sheet(POST))
    assert isinstance(post, Document)
    assert post.text == "Pia Holm said the mole\nwas closed."
    assert (post.ref.url, post.ref.published, post.ref.title) == (POST[0], POST[5], "Pia Holm")
    assert post.ref.path == "sheet.csv#https://posts.example/p/7"
    assert post.capture is not None
    assert post.capture.at == "2031-05-14T06:00:00+00:00"
    assert post.capture.record == "https://store.example/p7.html"
    assert post.capture.digest == "SHA-256:ab12"
    assert post.capture.intact is None  # the archived file is not here to be hashed


def test_rows_that_were_not_archived_are_passed_over_and_those_without_text_are_told() -> None:
    failed = [POST[0], "nothing archived", *POST[2:]]
    silent = [*POST[:7], "", *POST[8:9], "https://store.example/p7.wacz", ""]
    post, told = read(sheet(POST, failed, silent))
    assert isinstance(post, Document)
    assert str(told) == (
        "sheet.csv line 6: has no text content; read what was archived itself (https://store.example/p7.wacz)"
    )


def test_the_same_row_is_the_same_document_wherever_it_stands() -> None:
    first, second = read(sheet(POST, [*POST[:7], "Another text was there.", *POST[8:]]))
    again = read(sheet([*POST[:7], "Another text was there.", *POST[8:]]))[0]
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert isinstance(again, Document)
    assert first.ref.id != second.ref.id == again.ref.id


def test_dates_in_the_sheets_own_way_are_left_out_and_told() -> None:
    (post,) = read(sheet([*POST[:4], "14/05/31 8:00", "13/05/31", *POST[6:]]))
    assert isinstance(post, Document)
    assert post.capture is not None
    assert (post.capture.at, post.ref.published) == (None, None)
    assert len([n for n in post.notices if "no ISO date" in n.message]) == 2


def test_another_table_is_no_article() -> None:
    (refused,) = read(b"event_id,date,deaths\n1,2031-05-14,9\n")
    assert isinstance(refused, Unreadable)
    assert "sayso check" in str(refused)


def test_a_sheet_in_no_encoding_is_one_error_value() -> None:
    (found,) = read_bytes(sheet(POST, POST)[:-20] + b"\x00\x81\x8d" * 300, path="a.csv")
    assert isinstance(found, Unreadable)
    assert "a.csv: seems to be binary" in str(found)
