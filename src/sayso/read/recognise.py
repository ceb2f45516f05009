"""Which format some bytes are: by their content first, by the file name's suffix second.

In:   raw bytes, path.   Out: a Kind, or Unreadable for what is no text.
Knows nothing of: how a format is read.
"""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath
from typing import Literal

import msgspec

from sayso.errors import Unreadable
from sayso.read.archiver import is_sheet
from sayso.read.wacz import is_wacz
from sayso.read.warc import is_warc

Kind = Literal["text", "markdown", "html", "pdf", "mail", "jsonl", "warc", "wacz", "sheet"]

SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".eml": "mail",
    ".mht": "mail",
    ".mhtml": "mail",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".warc": "warc",
    ".warc.gz": "warc",
    ".wacz": "wacz",
}

_BINARY: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a PNG image; run text recognition (OCR) on it first"),
    (b"\xff\xd8\xff", "a JPEG image; run text recognition (OCR) on it first"),
    (b"GIF8", "a GIF image; run text recognition (OCR) on it first"),
    (b"II*\0", "a TIFF image; run text recognition (OCR) on it first"),
    (b"MM\0*", "a TIFF image; run text recognition (OCR) on it first"),
    (b"RIFF", "an image, sound or film file"),
    (b"OggS", "a sound or film file; transcribe it first"),
    (b"ID3", "a sound file; transcribe it first"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ\0", "an xz archive; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive; unpack it first"),
    (b"Rar!\x1a", "a RAR archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive; unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (doc, xls, msg); save it as text or PDF"),
    (b"{\\rtf", "an RTF file; save it as text or PDF"),
    (b"%!PS", "a PostScript file; turn it into a PDF"),
    (b"SQLite format 3\0", "an SQLite database (a case is opened by the other commands)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
# What a ZIP is by the names inside it: Office and e-book files are ZIPs.
_ZIPPED: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word file (docx); save it as text or PDF"),
    (b"xl/", "an Excel file (xlsx); save its text as .txt"),
    (b"ppt/", "a PowerPoint file (pptx); save it as PDF"),
    (b"opendocument", "an OpenDocument file; save it as text or PDF"),
    (b"epub", "an e-book (epub); save the chapter as text"),
)

_TABLE = (
    "is a table (CSV), and only that of Auto Archiver is read as documents; evidence goes to `sayso check`, and what"
    " else has a text in each row into JSON Lines"
)

# What a file that is named so begins with.
_NAMED: dict[Kind, str] = {
    "pdf": "it does not begin with %PDF); download it again",
    "wacz": "no ZIP with a datapackage.json); fetch it again",
    "warc": "it does not begin with WARC/); fetch it again",
}

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_FRAGMENT = re.compile(r"\s*<(?:meta|title|article|section|main|div|p|h[1-6]|table|ul|ol|blockquote)\b[^<>]*>", re.I)
_PDF = re.compile(rb"(?:\A|[\r\n])%PDF-\d")
_HEADER_BLOCK = re.compile(r"(?:From [^\n]*\n)?((?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t]+[^\n]*\n)*)+)")
_MAIL_HEADERS = re.compile(
    r"^(?:From|To|Subject|Date|Message-ID|Received|Return-Path|Delivered-To|MIME-Version|Content-Type):", re.I | re.M
)


def recognise(raw: bytes, path: str) -> Kind:
    """The format of ``raw``. Raises Unreadable (without the path) for what is known to hold no plain text."""
    if not raw.strip():
        raise Unreadable("is empty")
    suffix = PurePath(path).suffix.lower()
    stated = SUFFIXES.get(suffix)
    if is_warc(raw):  # before PDF, which it may hold
        return "warc"
    if _PDF.search(raw[:1024]):
        return "pdf"
    if is_wacz(raw):
        return "wacz"
    _refuse_binary(raw)
    head = _head(raw)
    if suffix == ".csv":
        return _sheet(head)
    if stated == "jsonl":
        return "jsonl"
    if stated == "mail" or (stated not in ("text", "markdown") and _is_mail(head)):
        return "mail"
    if _PAGE.match(head) or (stated is None and _FRAGMENT.match(head)):
        return "html"
    if stated is None and _is_json_lines(raw):
        return "jsonl"
    if head.lstrip().startswith("<?xml") and stated != "html":
        raise Unreadable("is XML; save the article itself as text or HTML")
    if suffix == ".json":
        raise Unreadable('is JSON, but not JSON Lines: one object with a "text" per line is needed')
    if stated in _NAMED:
        raise Unreadable(f"is named {suffix} but is none ({_NAMED[stated]}")
    return stated or "text"


def _sheet(head: str) -> Kind:
    if is_sheet(head):
        return "sheet"
    raise Unreadable(_TABLE)


def _refuse_binary(raw: bytes) -> None:
    for magic, what in _BINARY:
        if raw.startswith(magic):
            raise Unreadable(f"is {what}")
    if raw.startswith(b"PK\x03\x04"):
        inside = next((what for name, what in _ZIPPED if name in raw), "a ZIP archive; unpack it first")
        raise Unreadable(f"is {inside}")
    if raw[4:8] == b"ftyp":
        raise Unreadable("is a film, sound or image file (MP4 family); transcribe it first")


def _head(raw: bytes) -> str:
    """The beginning as text, good enough to see tags and headers in."""
    start = raw[:8192]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return start.decode("utf-16", "replace").replace("\r\n", "\n")
    return start.removeprefix(codecs.BOM_UTF8).decode("latin-1").replace("\r\n", "\n")


def _is_mail(head: str) -> bool:
    block = _HEADER_BLOCK.match(head)
    # Two known headers: one alone ("Date: ...") may open a plain text.
    return block is not None and len(set(map(str.lower, _MAIL_HEADERS.findall(block[1])))) >= 2


def _is_json_lines(raw: bytes) -> bool:
    first = raw.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")[0]
    if not first.startswith(b"{"):
        return False
    try:
        return "text" in msgspec.json.decode(first, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
