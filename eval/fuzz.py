"""Throws made-up and damaged input at the readers, the parser, imports, searches and TOML, and counts.

In:   seconds, a seed.   Out: for each target how many inputs, how many were refused; what crashed, to be made a test.
Knows nothing of: what a right answer is. Anything but an answer or an error of ours is a crash.

    python -m eval.fuzz --seconds 300 --seed 1
"""

from __future__ import annotations

import argparse
import random
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from sayso.case.reading import lexicon
from sayso.errors import SaysoError
from sayso.imports.ledgers import ledgers
from sayso.imports.marks import marks
from sayso.imports.recognise import recognise
from sayso.parse import parse
from sayso.query import terms
from sayso.read import read_bytes
from sayso.records import Document
from sayso.resolve.aliases import followthemoney, tables
from sayso.vet.proposals import proposals
from sayso.weigh.hypotheses import hypotheses

_EXAMPLES = Path(__file__).parent.parent / "examples"
_PIECES = (
    "\0", "\ufeff", "\u202e", "\u200b", "\ud800", "“", "”", '"', "‘", "``", "''", "\r", "\n\n", "\u2028", "\x1b[31m",
    "---\n", "<q>", "<pre>", "<br><br>", "</p>", "<!--", "-->", "&#0;", "&amp;", "]]>", "[", "](", "{", "}", ":", "=",
    "'''", "1e999", "-1", "9" * 30, "nan", "null", "true", "2015-06-03", "said", "Ann Lee", "the army", "%PDF-1.4",
    "endobj", "<<", ">>", "stream", "0 R", "WARC/1.0\r\n", "Content-Length: 5\r\n\r\n",
    "Content-Type: multipart/mixed; boundary=b\n\n--b\n",
    "=?utf-8?q?", "From: ", "PK\x03\x04", "\x1f\x8b\x08",
)  # fmt: skip
_JSONL = b'{"text": "Ann Lee said no.", "id": 1, "published": "2015-06-03", "title": "A"}\n'
_CLAIM = (
    b'{"content": {"text": "a", "spans": [[0, 1]]}, "source": "Ann", "events": [{"actor": "b", "quantities": ["1"]}]}'
)
_MARK = (
    b'[{"type": "Annotation", "target": {"source": "u", "selector": [{"type": "TextQuoteSelector", "exact": "a"}]}}]'
)
_MAIL = b"From: Ann <a@b.example>\nDate: Mon, 1 Jan 2018 10:00:00 +0000\nSubject: =?utf-8?q?a?=\n\nHi.\n"
_PAGE = (
    b"<html><head><title>A</title></head><body><article><p>Ann Lee said that the pier was open.</p></article></body>"
)
_NAMES = ("x.txt", "x.md", "x.html", "x.pdf", "x.eml", "x.jsonl", "x.warc", "x.wacz", "x.csv", "x")


def _documents(raw: bytes, chance: random.Random) -> list[object]:
    found: list[object] = list(read_bytes(raw, path=chance.choice(_NAMES)))
    for one in found:
        if isinstance(one, Document):
            parse(one, lexicon())
    return found


TARGETS: dict[str, Callable[[bytes, random.Random], object]] = {
    "read and parse": _documents,
    "hypotheses": lambda raw, _: hypotheses(raw, "x"),
    "alias tables": lambda raw, _: tables.table(raw, "x"),
    "entities": lambda raw, _: followthemoney.entities(raw, "x", {}),
    "claims of others": lambda raw, _: list(proposals(raw, "x")),
    "annotations": lambda raw, _: list(marks(raw, "x")),
    "kind of import": lambda raw, _: recognise(raw, "x"),
    "ledgers": lambda raw, _: list(ledgers(raw.split(b"\n"), "x")),
    "searches": lambda raw, _: list(terms(raw.decode("utf-8", "replace"))),
}


def _seeds() -> list[bytes]:
    own = [
        path.read_bytes() for path in sorted(_EXAMPLES.iterdir()) if path.is_file() and path.stat().st_size < 100_000
    ]
    return [*own, _JSONL, _CLAIM, _MARK, _MAIL, _PAGE]


def changed(raw: bytes, chance: random.Random) -> bytes:
    """Some bytes of it, cut, doubled, replaced, with odd pieces put in."""
    data = bytearray(raw[: chance.randint(0, 4000)])
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


def crashes(seconds: float, seed: int) -> Iterator[tuple[str, bytes, str]]:
    """What crashed: target, input, where. Prints the counts at the end."""
    chance = random.Random(seed)
    seeds = _seeds()
    made = dict.fromkeys(TARGETS, 0)
    refused = dict.fromkeys(TARGETS, 0)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        raw = changed(chance.choice(seeds), chance)
        for name, target in TARGETS.items():
            made[name] += 1
            try:
                found = target(raw, chance)
                refused[name] += isinstance(found, list) and any(isinstance(one, SaysoError) for one in found)
            except SaysoError:
                refused[name] += 1
            except Exception:  # noqa: BLE001 - a crash of any kind is what is looked for
                yield name, raw, traceback.format_exc().strip()
    for name, count in made.items():
        print(f"{name}: {count:,} inputs, {refused[name]:,} refused")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    seen: set[str] = set()
    for name, raw, trace in crashes(given.seconds, given.seed):
        place = "\n".join(trace.splitlines()[-3:])
        if place not in seen:
            seen.add(place)
            print(f"CRASH in {name}: {raw[:200]!r}\n{trace[-1500:]}\n", flush=True)
    print(f"{len(seen)} crashes that differ")


if __name__ == "__main__":
    main()
