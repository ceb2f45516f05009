"""Formats are told by content first, by suffix second; what is no text is named."""

from __future__ import annotations

import io
import zipfile

import pytest

from sayso.errors import Unreadable
from sayso.read.recognise import recognise

PAGE = b"<!DOCTYPE html><html><body><p>Words</p></body></html>"
MAIL = b"From: a@b.example\nSubject: s\n\nWords"


@pytest.mark.parametrize(
    ("raw", "path", "kind"),
    [
        (b"%PDF-1.7\n", "story.txt", "pdf"),
        (b"\n%PDF-1.4\n", "-", "pdf"),
        (b"The magic of a PDF is %PDF-1.4, she said.", "a.txt", "text"),
        (PAGE, "-", "html"),
        (PAGE, "a.txt", "html"),
        (b"\xef\xbb\xbf  <!-- saved -->\n<HTML>", "-", "html"),
        (PAGE.decode().encode("utf-16"), "-", "html"),
        (b"<p>A fragment</p>", "-", "html"),
        (b"<p align=center>", "a.md", "markdown"),
        (b"# Heading", "a.MD", "markdown"),
        (b"no tags at all", "a.html", "html"),
        (MAIL, "-", "mail"),
        (MAIL, "a.eml", "mail"),
        (MAIL, "a.txt", "text"),
        (b"Date: Thursday\n\nA text.", "-", "text"),
        (b'{"text": "x"}\n', "-", "jsonl"),
        (b'{"id": 1}\n', "a.jsonl", "jsonl"),
        (b'{"id": 1}, he typed', "-", "text"),
        (b"She said no.", "-", "text"),
        (b"She said no.", "story", "text"),
    ],
)
def test_kinds(raw: bytes, path: str, kind: str) -> None:
    assert recognise(raw, path) == kind


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "path", "what"),
    [
        (b"\x89PNG\r\n\x1a\n", "a.txt", "PNG image"),
        (docx(), "a.docx", "Word file.*save it as"),
        (b"\x7fELF\2", "a", "a program"),
        (rb"{\rtf1\ansi", "a.rtf", "RTF"),
        (b"<?xml version='1.0'?><rss/>", "feed.xml", "XML"),
        (b'[{"text": 1}]', "a.json", "JSON Lines"),
        (b"", "a.pdf", "is empty"),
        (b"not a pdf", "a.pdf", "named .pdf but is none"),
    ],
)
def test_what_is_no_text_is_named(raw: bytes, path: str, what: str) -> None:
    with pytest.raises(Unreadable, match=what):
        recognise(raw, path)
