"""Exchanges as records of an archive, after the standard WARC 1.1 (ISO 28500:2017).

In:   Exchanges.   Out: the bytes of a plain WARC file.
Knows nothing of: connections.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Sequence
from importlib.metadata import version

from sayso.fetch.exchange import Exchange

_HEAD_END = re.compile(rb"\r?\n\r?\n")


def archived(exchanges: Sequence[Exchange]) -> bytes:
    """A ``warcinfo`` record, then a request and a response for each exchange, in order.

    Blocks are what went over the wire, with the marks of chunks and any compression left in; the payload's digest is
    that of the body without the marks of chunks, as the standard has it.
    """
    about = f"software: sayso/{version('sayso')}\r\nformat: WARC File Format 1.1\r\n".encode()
    records = [_record("warcinfo", _id(), exchanges[0], about, {"Content-Type": "application/warc-fields"})]
    for exchange in exchanges:
        asked, answered = _id(), _id()
        shared = {"WARC-Target-URI": str(exchange.address), "WARC-IP-Address": exchange.server}
        request = shared | {"WARC-Concurrent-To": answered, "Content-Type": "application/http; msgtype=request"}
        response = shared | {
            "WARC-Concurrent-To": asked,
            "WARC-Payload-Digest": _digest(exchange.body),
            "Content-Type": "application/http; msgtype=response",
        }
        records.append(_record("request", asked, exchange, exchange.request, request))
        records.append(_record("response", answered, exchange, _to_its_end(exchange), response))
    return b"".join(records)


def _record(kind: str, id_: str, exchange: Exchange, block: bytes, headers: dict[str, str]) -> bytes:
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": id_,
        "WARC-Date": exchange.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        **headers,
        "WARC-Block-Digest": _digest(block),
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return b"WARC/1.1\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def _to_its_end(exchange: Exchange) -> bytes:
    """The response without what a server sends after the length that it stated: no part of it."""
    head = _HEAD_END.search(exchange.response)
    if head is None or not exchange.response[head.end() :].startswith(exchange.body):
        return exchange.response  # in chunks
    return exchange.response[: head.end() + len(exchange.body)]


def _digest(raw: bytes) -> str:
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def _id() -> str:
    return f"<{uuid.uuid4().urn}>"
