"""Bytes to documents, whatever their format.

In:   raw bytes, the path to show.   Out: Documents, and Unreadable values for what cannot be read.
Knows nothing of: where the bytes come from (sayso.inputs).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from io import BytesIO

import msgspec

from sayso.errors import Unreadable
from sayso.read.archiver import read_sheet
from sayso.read.frontmatter import read_text
from sayso.read.html import read_html
from sayso.read.jsonl import read_lines
from sayso.read.language import language_notices
from sayso.read.mail import read_mail
from sayso.read.markdown import read_markdown
from sayso.read.pdf import read_pdf
from sayso.read.reading import Reading, notice
from sayso.read.recognise import Kind, recognise
from sayso.read.text import decode, odd_characters
from sayso.read.wacz import archives
from sayso.read.warc import Captured, read_warc
from sayso.records import Capture, Document, DocumentRef, document_id

_READERS: dict[Kind, Callable[[bytes], Reading]] = {
    "text": lambda raw: read_text(*decode(raw)),
    "markdown": lambda raw: read_markdown(*decode(raw)),
    "html": read_html,
    "pdf": read_pdf,
    "mail": read_mail,
}
_CAPTURED: dict[Kind, Callable[[bytes, str | None], Reading]] = {
    "text": lambda raw, charset: read_text(*decode(raw, charset)),
    "html": read_html,
    "pdf": lambda raw, _: read_pdf(raw),
}


def read_bytes(raw: bytes, *, path: str) -> Iterator[Document | Unreadable]:
    """The documents in ``raw``: one; one per line of JSON Lines or row of a sheet; those
    of an archive of the web (WARC, WACZ).

    What cannot be read comes as an Unreadable *value*, so that the others go on; it names ``path`` and what to do.
    ``path`` is shown, and its suffix helps where the content does not tell the format.
    """
    try:
        kind = recognise(raw, path)
        if kind not in _MANY:
            yield _document(raw, path, _READERS[kind](raw))
            return
    except Unreadable as error:
        yield Unreadable(f"{path}: {error}")
        return
    nothing = True
    try:
        for found in _MANY[kind](raw, path):
            nothing = False
            yield found
    except Unreadable as error:  # of the file as a whole: a sheet in no encoding
        yield Unreadable(f"{path}: {error}")
        return
    if nothing:
        what = {"jsonl": "is empty", "sheet": "no row of it was archived"}.get(kind, "holds no web page, text or PDF")
        yield Unreadable(f"{path}: {what}")


def documents_of_lines(raw: bytes, *, path: str, first: int = 1, unit: str = "line") -> Iterator[Document | Unreadable]:
    """The documents of JSON Lines. ``first``: the number of the first line, where ``raw`` is a part of the file;
    ``unit``: what a line of it is called.
    """
    for line in read_lines(raw, first=first, unit=unit):
        if isinstance(line, Unreadable):
            yield Unreadable(f"{path} {line}")
        else:
            yield _document(line.raw, f"{path}#{line.name}", line.reading)


def captured_document(found: Captured, *, path: str) -> Iterator[Document | Unreadable]:
    """The document of one record of an archive, or why it is none."""
    try:
        yield _captured(found, path)
    except Unreadable as error:
        named = f"({found.url}) " if found.url else ""
        yield Unreadable(f"{path} at byte {found.at}: {named}{error}")


def _of_archive(raw: bytes, path: str) -> Iterator[Document | Unreadable]:
    for found in read_warc(BytesIO(raw)):
        if isinstance(found, Unreadable):
            yield Unreadable(f"{path} {found}")
        else:
            yield from captured_document(found, path=path)


def _documents_of_package(raw: bytes, path: str) -> Iterator[Document | Unreadable]:
    try:
        for archive in archives(raw):
            if isinstance(archive, Unreadable):
                yield Unreadable(f"{path}: {archive}")
                continue
            for found in _of_archive(archive.raw, path):
                if isinstance(found, Unreadable) or archive.intact is not False:
                    yield found
                else:
                    altered = notice(f"the package states another digest of {archive.name}: it was altered since")
                    yield msgspec.structs.replace(found, notices=(*found.notices, altered))
    except Unreadable as error:
        yield Unreadable(f"{path}: {error}")


def _documents_of_sheet(raw: bytes, path: str) -> Iterator[Document | Unreadable]:
    for row in read_sheet(raw):
        if isinstance(row, Unreadable):
            yield Unreadable(f"{path} {row}")
        else:
            yield _document(row.raw, f"{path}#{row.reading.url or row.line}", row.reading, row.capture)


_MANY: dict[Kind, Callable[[bytes, str], Iterator[Document | Unreadable]]] = {
    "jsonl": lambda raw, path: documents_of_lines(raw, path=path),
    "warc": _of_archive,
    "wacz": _documents_of_package,
    "sheet": _documents_of_sheet,
}


def _captured(found: Captured, path: str) -> Document:
    reading = _CAPTURED[found.kind](found.raw, found.charset)
    notices = reading.notices
    if found.truncated:
        notices = (*notices, notice(f"the archive holds the beginning only (truncated: {found.truncated})"))
    if found.capture.intact is False:
        notices = (*notices, notice("the archive states another digest of it: it was altered, or stored otherwise"))
    reading = msgspec.structs.replace(
        reading, outlet=reading.outlet or found.outlet, url=found.url or reading.url, notices=notices
    )
    named = path if path == found.url else f"{path}#{found.url or found.at}"  # what was fetched has its own address
    return _document(found.raw, named, reading, found.capture)


def _document(raw: bytes, path: str, reading: Reading, capture: Capture | None = None) -> Document:
    if not reading.text.strip():
        raise Unreadable("is empty: there is nothing but white space after its front matter")
    return Document(
        ref=DocumentRef(
            id=document_id(raw),
            path=path,
            title=reading.title,
            outlet=reading.outlet,
            author=reading.author,
            published=reading.published,
            url=reading.url,
            sha256=hashlib.sha256(raw).hexdigest(),
        ),
        text=reading.text,
        markup=reading.markup,
        pages=reading.pages,
        capture=capture,
        notices=(*reading.notices, *odd_characters(reading.text), *language_notices(reading.text)),
    )
