"""Archives of the web, written by the tests: records as bytes."""

from __future__ import annotations

import base64
import gzip
import hashlib

PAGE = b"<html><head><title>%b</title></head><body><article><p>Ann Lee said the bridge is safe.</p></article>"


def record(kind: str, block: bytes, **headers: str) -> bytes:
    """One record. ``headers`` with "_" for "-"."""
    known = {
        "WARC_Type": kind,
        "WARC_Record_ID": f"<urn:uuid:{hashlib.md5(block).hexdigest()}>",  # noqa: S324 (a name, no seal)
        "WARC_Date": "2021-03-04T05:06:07Z",
        **headers,
        "Content_Length": str(len(block)),
    }
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in known.items())
    return b"WARC/1.0\r\n" + lines.encode() + b"\r\n" + block + b"\r\n\r\n"


def response(
    body: bytes,
    url: str,
    *,
    content_type: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    coding: str = "",
    digest_of: bytes | None = None,
) -> bytes:
    """What a server sent, with the digest of its body, or of other bytes."""
    sent = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{coding}\r\n".encode() + body
    digest = base64.b32encode(hashlib.sha1(digest_of or body, usedforsecurity=False).digest()).decode()
    return record(
        "response",
        sent,
        WARC_Target_URI=url,
        WARC_IP_Address="192.0.2.7",
        Content_Type="application/http; msgtype=response",
        WARC_Payload_Digest=f"sha1:{digest}",
    )


def pages(count: int) -> list[bytes]:
    """An archive's head and pages, a record each."""
    numbered = (response(PAGE % str(n).encode(), f"https://www.pier.example/{n}") for n in range(count))
    return [record("warcinfo", b"software: tests\r\n"), *numbered]


def packed(records: list[bytes]) -> bytes:
    """Each record packed by itself, as archives are."""
    return b"".join(gzip.compress(each, mtime=0) for each in records)
