"""Bytes to documents, whatever their format.

In:   raw bytes, the path to show.   Out: Documents, and Unreadable values for what cannot be read.
Knows nothing of: where the bytes come from (sayso.inputs).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from sayso.errors import Unreadable
from sayso.read.frontmatter import read_text
from sayso.read.html import read_html
from sayso.read.jsonl import read_lines
from sayso.read.language import language_notices
from sayso.read.mail import read_mail
from sayso.read.markdown import read_markdown
from sayso.read.pdf import read_pdf
from sayso.read.reading import Reading
from sayso.read.recognise import Kind, recognise
from sayso.read.text import decode, odd_characters
from sayso.records import Document, DocumentRef, document_id

_READERS: dict[Kind, Callable[[bytes], Reading]] = {
    "text": lambda raw: read_text(*decode(raw)),
    "markdown": lambda raw: read_markdown(*decode(raw)),
    "html": read_html,
    "pdf": read_pdf,
    "mail": read_mail,
}


def read_bytes(raw: bytes, *, path: str) -> Iterator[Document | Unreadable]:
    """The documents in ``raw``: one, or one per line of JSON Lines.

    What cannot be read comes as an Unreadable *value*, so that the others go on; it names ``path`` and what to do.
    ``path`` is shown, and its suffix helps where the content does not tell the format.
    """
    try:
        kind = recognise(raw, path)
        if kind != "jsonl":
            yield _document(raw, path, _READERS[kind](raw))
            return
    except Unreadable as error:
        yield Unreadable(f"{path}: {error}")
        return
    nothing = True
    for line in read_lines(raw):
        nothing = False
        if isinstance(line, Unreadable):
            yield Unreadable(f"{path} {line}")
        else:
            yield _document(line.raw, f"{path}#{line.name}", line.reading)
    if nothing:
        yield Unreadable(f"{path}: is empty")


def _document(raw: bytes, path: str, reading: Reading) -> Document:
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
        notices=(*reading.notices, *odd_characters(reading.text), *language_notices(reading.text)),
    )
