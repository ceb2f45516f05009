"""Archives of the web (WARC, plain or gzip): each page, text or PDF that was captured, with how it was.

In:   a stream of bytes that can be sought in, a part of it.   Out: Captured, Unreadable for what is damaged, in order.
Knows nothing of: how a page becomes a text (read.html and the others), paths.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zlib
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import Message
from typing import BinaryIO, Literal, TypeVar

import msgspec
from fastwarc import ArchiveIterator, WarcRecord, WarcRecordType
from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, WarcReader

from sayso.errors import Unreadable
from sayso.read.text import from_header
from sayso.records import Capture

MAX_PAYLOAD = 20 * 1024**2
MAX_FAULTS = 1000  # damaged places of one archive, after each of which it is taken up again

Kind = Literal["html", "text", "pdf"]
_T = TypeVar("_T")
_GZIP = b"\x1f\x8b\x08"
_VERSION = b"WARC/"
_START = re.compile(rb"\x1f\x8b\x08|(?:\A|(?<=\n))WARC/\d")
_HOST = re.compile(r"[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?([^/?#:]+)", re.I)
_CHUNK = 1024**2
_NEAR = 4096  # where the next record is looked for first: a file of nothing but marks would else be read for each
_RESPONSE = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})[^\r\n]*\r?\n((?:[^\r\n]+\r?\n)*)\r?\n")
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.I)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_NO_TYPE = "application/octet-stream"
_HTTP_HEAD = 64 * 1024  # more than servers accept of headers
_HEAD = 512  # enough to see what a record begins with
_WITH_HEADER = 31  # zlib's wbits for gzip
_HOLD_DOCUMENTS = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_KINDS: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/pdf": "pdf",
}
# Many archives keep a header of what they have already undone: what does not decode is taken as it is.
_CODINGS: dict[str, Callable[[BinaryIO], WarcReader]] = {
    "gzip": GzipReader,
    "x-gzip": GzipReader,
    "deflate": lambda inner: GzipReader(inner, zlib=True),
    "br": BrotliReader,
    "chunked": ChunkedReader,
}


class Captured(msgspec.Struct, frozen=True, kw_only=True):
    """One document of an archive: ``raw`` are its bytes, decoded from how they were sent.

    ``charset``: what its header states. ``at``: where in the archive its record begins.
    """

    url: str
    kind: Kind
    charset: str | None
    raw: bytes
    at: int
    capture: Capture
    truncated: str | None = None

    @property
    def outlet(self) -> str | None:
        """The host, without its "www."."""
        host = _HOST.match(self.url)
        return host[1].lower().removeprefix("www.") if host else None


def is_warc(raw: bytes) -> bool:
    """Do these bytes open an archive?"""
    return raw.startswith(_VERSION) or _unpacks_to_warc(raw)


def read_warc(
    stream: BinaryIO, *, start: int = 0, stop: int | None = None, max_bytes: int = MAX_PAYLOAD
) -> Iterator[Captured | Unreadable]:
    """Every response with status 200, resource or conversion (WET) that holds HTML, plain text or PDF, in order.

    All else (requests, metadata, revisits, images, redirects) is passed over. ``start``, ``stop``: only records that
    begin there, in bytes; ``start`` is 0 or one of `cuts`. ``max_bytes``: of a payload, also when unpacked; larger
    ones are Unreadable, as is what is damaged. Holds one record in memory at a time.
    """
    for at, taken in _walk(stream, start, stop, lambda record: _take(record, max_bytes)):
        if taken is not None:
            yield taken if isinstance(taken, Captured) else Unreadable(f"at byte {at}: {taken}")


def cuts(stream: BinaryIO) -> Iterator[int]:
    """Where records after the first begin, if `read_warc` can start there: not in an archive packed in one piece."""
    last = 0
    for at, _ in _walk(stream, 0, None, lambda _: None):
        if at > last and _begins(stream, at):
            yield at
            last = at


def _walk(
    stream: BinaryIO, start: int, stop: int | None, take: Callable[[WarcRecord], _T]
) -> Iterator[tuple[int, _T | Unreadable]]:
    """Each record with its place; Unreadable for what cannot be read, and on with the next that can be."""
    packed = not _begins(stream, start, _VERSION)
    at: int | None = start
    faults = 0
    while at is not None and (stop is None or at < stop):
        if faults > MAX_FAULTS:
            yield at, Unreadable(f"more than {MAX_FAULTS:,} damaged places came before: the rest is not read")
            return
        stream.seek(at)
        reached, length = at, None  # the record that is read; how long it says that it is
        inside = damaged = True
        try:
            for record in ArchiveIterator(stream, parse_http=False):
                reached, inside = record.stream_pos, True
                if stop is not None and reached >= stop:
                    return
                length = record.content_length
                yield reached, take(record)
                inside = False
            damaged = False
        except OSError:
            yield reached, Unreadable("the record is damaged" if inside else "what comes after this record is damaged")
        if damaged or length is None:
            after, whole = reached + 1 + (0 if packed else length or 0), True
        elif packed:
            alone = _begins(stream, reached)  # or it is one of many that are packed in one piece
            after, whole = _end_of_packed(stream, reached if alone else at)
            whole = whole or alone
        else:
            after, whole = _end_of_plain(stream, reached, length), True
        at = _following(stream, after)
        faults += 1
        if not damaged and at is not None:  # it began, and did not come
            yield at, Unreadable("the record is cut off")
            at = _following(stream, at + 1)
        elif not whole:
            yield reached, Unreadable("the archive is cut off")


def _begins(stream: BinaryIO, at: int, with_: bytes | None = None) -> bool:
    """Does a record begin there? The stream is left where it was."""
    before = stream.tell()
    stream.seek(at)
    head = stream.read(_HEAD)
    stream.seek(before)
    if with_ is not None:
        return head.startswith(with_)
    return head.startswith(_VERSION) or _unpacks_to_warc(head, cut=len(head) < _HEAD)


def _following(stream: BinaryIO, at: int) -> int | None:
    """The next place from ``at`` on where a record begins; None where there is none."""
    stream.seek(max(0, at - 1))  # a record of a plain archive begins after a line end
    offset, kept, size = stream.tell(), b"", _NEAR
    while chunk := stream.read(size):
        size = _CHUNK
        held = kept + chunk
        for found in _START.finditer(held):
            place = offset + found.start()
            if place >= at and _begins(stream, place):
                return place
        kept = held[-8:]  # a mark may lie across two chunks
        offset += len(held) - len(kept)
    return None


def _unpacks_to_warc(raw: bytes, *, cut: bool = False) -> bool:
    """``cut``: so few bytes are there that they may not unpack to anything."""
    if not raw.startswith(_GZIP):
        return False
    try:
        head = zlib.decompressobj(wbits=_WITH_HEADER).decompress(raw, 16)
    except zlib.error:
        return False
    return head.startswith(_VERSION) or (cut and _VERSION.startswith(head))


def _end_of_plain(stream: BinaryIO, at: int, length: int) -> int:
    """Where the record that begins there ends, so that nothing inside of it is taken for the beginning of another."""
    stream.seek(at)
    head = _HEAD_END.search(stream.read(_HTTP_HEAD))
    return at + (head.end() if head else 1) + length


def _end_of_packed(stream: BinaryIO, at: int) -> tuple[int, bool]:
    """Where what is packed there ends, and whether it is there to its end."""
    stream.seek(at)
    unpacking = zlib.decompressobj(wbits=_WITH_HEADER)
    try:
        while not unpacking.eof and (rest := unpacking.unconsumed_tail or stream.read(_CHUNK)):
            unpacking.decompress(rest, _CHUNK)
    except zlib.error:
        return at + 1, False
    return max(at + 1, stream.tell() - len(unpacking.unused_data)), unpacking.eof


def _take(record: WarcRecord, max_bytes: int) -> Captured | Unreadable | None:
    """The document of a record; None where it has none. Raises OSError where it is damaged."""
    stated, length = record.headers.get("Content-Length"), record.content_length
    if stated is None:
        return Unreadable("the record is cut off")
    if not record.record_type & _HOLD_DOCUMENTS:
        return None
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    named = f"({url}) " if url else ""
    head = record.reader.read(min(length, _HTTP_HEAD))
    if len(head) < min(length, _HTTP_HEAD):
        return Unreadable(f"{named}the record is cut off")
    sent = _sent(head) if record.record_type == WarcRecordType.response else _stored(head, record)
    if sent is None or not sent.body.strip():
        return None
    if length > max_bytes:
        return _too_large(named, max_bytes)
    rest = record.reader.read(length - len(head)) if length > len(head) else b""
    if len(head) + len(rest) < length:
        return Unreadable(f"{named}the record is cut off")
    raw = sent.body + rest
    digest = record.headers.get("WARC-Payload-Digest")
    intact = _has_digest(raw, digest) if digest else None
    for coding in reversed(sent.codings):
        raw = _decoded(raw, coding, max_bytes)
        if digest and not intact and coding == "chunked":  # the standard's payload is without them; not every archive's
            intact = _has_digest(raw, digest)
    if len(raw) > max_bytes:
        return _too_large(named, max_bytes)
    return Captured(
        url=url,
        kind=sent.kind,
        charset=sent.charset,
        raw=raw,
        at=record.stream_pos,
        truncated=record.headers.get("WARC-Truncated"),
        capture=Capture(
            at=record.headers.get("WARC-Date") or None,
            record=(record.record_id or "").strip("<>") or None,
            server=record.headers.get("WARC-IP-Address"),
            digest=digest,
            intact=intact,
        ),
    )


class _Sent(msgspec.Struct, frozen=True):
    """What was sent: its kind, the codings laid around it, in order, and the beginning of its body."""

    kind: Kind
    charset: str | None
    codings: tuple[str, ...]
    body: bytes


def _sent(head: bytes) -> _Sent | None:
    """What a server sent; None where it is no document, or none that was found (status 404, a redirect)."""
    found = _RESPONSE.match(head)
    if found is None or found[1] != b"200":
        return None
    headers = message_from_bytes(found[2])
    stated = headers.get_content_type() if "Content-Type" in headers else _NO_TYPE
    kind = _kind(stated, head[found.end() :])
    lines = (*headers.get_all("Content-Encoding", ()), *headers.get_all("Transfer-Encoding", ()))
    codings = (coding.strip().lower() for line in lines for coding in str(line).split(","))
    return _Sent(kind, from_header(headers.get_content_charset), tuple(codings), head[found.end() :]) if kind else None


def _kind(stated: str, body: bytes) -> Kind | None:
    """What a body is: by its type, unless that says nothing or the body begins as something else for sure."""
    kind = _KINDS.get(stated)
    if kind is None and stated not in (_NO_TYPE, "binary/octet-stream"):
        return None
    if body.startswith(b"%PDF-"):
        return "pdf"
    return kind or ("html" if _HTML.match(body) else None)


def _stored(head: bytes, record: WarcRecord) -> _Sent | None:
    """What was stored without how it was sent."""
    about = Message()
    about["Content-Type"] = " ".join((record.headers.get("Content-Type") or "no/type").split())
    kind = _KINDS.get(about.get_content_type())
    return _Sent(kind, from_header(about.get_content_charset), (), head) if kind else None


def _decoded(raw: bytes, coding: str, max_bytes: int) -> bytes:
    opened = _CODINGS.get(coding)
    if opened is None:  # "identity", or one that nobody may have used
        return raw
    try:
        return opened(io.BytesIO(raw)).read(max_bytes + 1) or raw
    except OSError:
        return raw


def _has_digest(raw: bytes, stated: str) -> bool | None:
    """None where the digest is of a sort that is not known."""
    algorithm, _, value = stated.partition(":")
    algorithm = algorithm.lower().replace("-", "")
    if algorithm not in ("md5", "sha1", "sha256", "sha512"):
        return None
    found = hashlib.new(algorithm, raw, usedforsecurity=False)
    return value.lower() == found.hexdigest() or value.rstrip("=") == base64.b32encode(found.digest()).decode().rstrip(
        "="
    )


def _too_large(named: str, max_bytes: int) -> Unreadable:
    return Unreadable(f"{named}is larger than the limit of {max_bytes / 1024**2:.0f} MB")
