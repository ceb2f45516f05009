"""An e-mail: the words of its body; attachments are named, not read.

In:   raw bytes of one message.   Out: Reading; Unreadable where there is no text in it.
Knows nothing of: how a web page is read (read.html), encodings (read.text).
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

import msgspec

from sayso.errors import Unreadable
from sayso.read.html import read_html
from sayso.read.reading import Reading, notice
from sayso.read.text import decode, from_header
from sayso.records import Notice
from sayso.spans import Span

_NEXT_MESSAGE = re.compile(rb"\r?\n\r?\nFrom \S[^\n]*\d{4}\r?\nR?[A-Za-z-]+:")
_QUOTING = re.compile(r"^>[> ]*", re.M)
_FLOWED_DEPTH = re.compile(r">*")
_BOUNDARY = re.compile(rb"boundary\s{0,10}\*?(?:0\*?)?=", re.I)

# The standard library's parser takes time with the square of these; messages of people stay far below.
MAX_PARTS_IN_PARTS = 50  # boundaries named: each line is held against every open one
MAX_HEADER = 64 * 1024  # characters of a header
MAX_TYPE = 2_000  # characters of a header that says what a part is
_TYPES = ("content-type", "content-disposition")


class _Parts(msgspec.Struct):
    """The leaves of a message: ``bodies`` to read, names of what is left ``unread``."""

    bodies: list[Message]
    unread: list[str]


def read_mail(raw: bytes) -> Reading:
    """One message: subject, sender, date, and the plain body (the HTML body where there is no plain one)."""
    if raw.startswith(b"From ") and _NEXT_MESSAGE.search(raw):
        raise Unreadable("is a mailbox of several messages; save each as an .eml file")
    if len(_BOUNDARY.findall(raw)) > MAX_PARTS_IN_PARTS:
        raise Unreadable(f"has more than {MAX_PARTS_IN_PARTS} parts within parts; save the message's words as text")
    try:
        # Not policy.default: its header parser fails on malformed headers (IndexError, found by tests/read fuzzing).
        message = message_from_bytes(raw)
        _check_headers(message)
        parts = _sorted(message)
    except RecursionError:
        raise Unreadable("its parts are nested too deeply") from None
    if not message.keys():
        raise Unreadable("has no mail headers; name it .txt if it is a text")
    texts, notices = [], []
    for body in parts.bodies:
        try:
            text, complaints = _body(body)
        except Unreadable as error:
            notices.append(notice(f"a part of the message was not read: it {error}"))
        else:
            texts.append(text)
            notices.extend(complaints)
    text = "\n\n".join(filter(None, texts))
    if not text:
        unread = f" (only {', '.join(parts.unread)})" if parts.unread else ""
        raise Unreadable(f"holds no readable text{unread}; save the message's words as text")
    if parts.unread:
        notices.append(notice(f"attachment not read: {', '.join(parts.unread)}"))
    if any(part.defects for part in message.walk()):
        notices.append(notice("the message is damaged or cut off; some of it may be missing"))
    published, complaint = _date(message)
    name, address = _sender(str(message.get("from", "")))
    return Reading(
        text=text,
        markup=tuple(Span(*mark.span()) for mark in _QUOTING.finditer(text)),
        title=_words(message.get("subject")),
        outlet=_words(str(message.get("list-id", "")).partition("<")[0].strip('" ')),
        author=_words(name) or address or None,
        published=published,
        notices=(*notices, *complaint),
    )


def _check_headers(message: Message) -> None:
    for part in message.walk():
        for name, value in part.items():
            most = MAX_TYPE if name.lower() in _TYPES else MAX_HEADER
            if len(str(value)) > most:  # a Header, where it has bytes of no encoding
                raise Unreadable(f"its header {name[:40]} has more than {most:,} characters; save the words as text")


def _sender(value: str) -> tuple[str, str]:
    try:
        return parseaddr(value)
    except RecursionError:  # brackets in brackets
        return "", ""


def _sorted(part: Message) -> _Parts:
    kind = part.get_content_type()
    if part.is_multipart() and kind != "message/rfc822":
        children = [_sorted(child) for child in part.get_payload() if isinstance(child, Message)]
        if kind == "multipart/alternative":  # the same words several times: one of them, plain if there is one
            offers = [child.bodies for child in children if child.bodies]
            plain = [bodies for bodies in offers if all(b.get_content_type() == "text/plain" for b in bodies)]
            chosen = (plain or offers or [[]])[0]
        else:
            chosen = [body for child in children for body in child.bodies]
        return _Parts(chosen, [name for child in children for name in child.unread])
    if kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
        return _Parts([part], [])
    return _Parts([], [_words(from_header(part.get_filename)) or f"a part of type {kind}"])


def _body(part: Message) -> tuple[str, tuple[Notice, ...]]:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    charset = from_header(part.get_content_charset)
    if part.get_content_type() == "text/html":
        page = read_html(raw, charset)
        return page.text, page.notices
    if not raw.strip():
        return "", ()
    text, notices = decode(raw, charset)
    text = text.replace("\r\n", "\n").strip("\n")
    return (_unfolded(text) if part.get_param("format") == "flowed" else text), notices


def _unfolded(text: str) -> str:
    """format=flowed (RFC 3676): a line that ends in a space goes on in the next one of the same quoting depth."""
    lines: list[str] = []
    open_at: int | None = None  # quoting depth of a line that goes on
    for line in text.split("\n"):
        quoting = _FLOWED_DEPTH.match(line)
        depth = len(quoting[0]) if quoting else 0
        content = line[depth:].removeprefix(" ")
        if open_at == depth:
            lines[-1] += content
        else:
            lines.append(">" * depth + (" " if depth and content else "") + content)
        open_at = depth if content.endswith(" ") and content != "-- " else None
    return "\n".join(lines)


def _words(value: object) -> str | None:
    """A header's words, decoded and on one line; None if there are none."""
    if value is None:
        return None
    try:
        pieces = decode_header(value)  # type: ignore[arg-type]  # a str or a Header, says its documentation
    except HeaderParseError:
        pieces = [(str(value), None)]
    words = ""
    last: str | None = None
    for piece, charset in pieces:
        word = piece if isinstance(piece, str) else _piece(piece, charset)
        # Between an encoded word and a plain one the white space counts (RFC 2047), and decode_header drops it.
        words += (" " if (charset is None) != (last is None) else "") + word
        last = charset
    return " ".join(words.split()) or None


def _piece(piece: bytes, charset: str | None) -> str:
    try:
        return decode(piece, charset)[0]
    except Unreadable:  # white space between two encoded words, or bytes in no encoding
        return piece.decode("ascii", "replace")


def _date(message: Message) -> tuple[str | None, tuple[Notice, ...]]:
    value = message.get("date")
    if value is None:
        return None, ()
    try:
        return parsedate_to_datetime(str(value)).isoformat(), ()
    except (ValueError, TypeError, OverflowError):  # TypeError: Python before 3.12 on some malformed zones
        return None, (notice(f'its Date header "{_words(value)}" is no date; left out'),)
