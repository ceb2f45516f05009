"""Bytes, damaged: cut, doubled, replaced, with odd pieces put in.

In:   bytes, chance.   Out: bytes.
Knows nothing of: what they are.
"""

from __future__ import annotations

import random

_PIECES = (
    "\0", "\ufeff", "\u202e", "\u200b", "\ud800", "“", "”", '"', "‘", "``", "''", "\r", "\n\n", "\u2028", "\x1b[31m",
    "---\n", "<q>", "<pre>", "<br><br>", "</p>", "<!--", "-->", "&#0;", "&amp;", "]]>", "[", "](", "{", "}", ":", "=",
    "'''", "1e999", "-1", "9" * 30, "nan", "null", "true", "2015-06-03", "said", "Ann Lee", "the army", "%PDF-1.4",
    "endobj", "<<", ">>", "stream", "0 R", "WARC/1.0\r\n", "Content-Length: 5\r\n\r\n",
    "Content-Type: multipart/mixed; boundary=b\n\n--b\n",
    "=?utf-8?q?", "From: ", "PK\x03\x04", "\x1f\x8b\x08",
)  # fmt: skip
_LONGEST = 20_000


def changed(raw: bytes, chance: random.Random) -> bytes:
    """Some bytes of it, cut, doubled, replaced, with odd pieces put in."""
    data = bytearray(raw[: chance.randint(0, len(raw)) if chance.random() < 0.2 else _LONGEST])
    for _ in range(chance.randint(1, 12)):
        at = chance.randint(0, len(data))
        match chance.randint(0, 4):
            case 0:
                data[at : at + 1] = bytes([chance.randint(0, 255)])
            case 1:
                del data[at : at + chance.randint(1, 60)]
            case 2:
                data[at:at] = data[at : at + chance.randint(1, 200)] * chance.randint(1, 20)
            case _:
                data[at:at] = (chance.choice(_PIECES) * chance.choice((1, 1, 2, 50))).encode("utf-8", "surrogatepass")
    return bytes(data)
