"""What is loaded once, and the ledgers of files: reading without keeping.

In:   what a user names.   Out: documents with the inputs they came from; Ledgers.
Knows nothing of: cases.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from os import PathLike, fspath
from pathlib import Path

from sayso.errors import SaysoError
from sayso.hedging import hedges as hedges_of
from sayso.inputs import MAX_BYTES, Input, gather
from sayso.lexicon import Lexicon, load
from sayso.read import read_bytes
from sayso.reader import Reads
from sayso.reader.files import READER, installed
from sayso.records import Claim, Document, Ledger
from sayso.resolve import Knowledge
from sayso.resolve.knowledge import load as load_knowledge
from sayso.study import study
from sayso.weigh.hypotheses import Hypotheses, hypotheses

READER_VARIABLE = "SAYSO_READER"  # in the environment, so that processes begun by this one read with the same


@cache
def lexicon() -> Lexicon:
    """The word lists, loaded once."""
    return load()


@cache
def knowledge(actors: tuple[str, ...] = ()) -> Knowledge:
    """The word lists and tables of actors, loaded once. ``actors``: files of more (``.toml``, else FollowTheMoney)."""
    return load_knowledge(lexicon(), named_files(actors))


def reader() -> Reads:
    """The reader that the environment variable SAYSO_READER names ("reader-en-fast"), else "reader-en"; loaded once.
    Raises BadReader.
    """
    return _loaded(os.environ.get(READER_VARIABLE) or READER)


@cache
def _loaded(name: str) -> Reads:
    from sayso.reader.session import Reader  # noqa: PLC0415 - numpy and the runtime are slow to import: --help needs none

    return Reader.load(installed(name))


def hedges(claim: Claim) -> tuple[str, ...]:
    """The words that hedge a claim, in text order."""
    return hedges_of(claim, lexicon())


def hypotheses_of(where: str | PathLike[str]) -> Hypotheses:
    """What a TOML file asks. Raises NotFound, BadHypotheses."""
    name = fspath(where)
    return hypotheses(bytes_of(name), name)


def read(where: str | PathLike[str]) -> Ledger:
    """The ledger of one article; nothing is kept.

    ``where``: a file in any format that sayso reads, or ``-`` for standard input. Raises NotFound or Unreadable;
    a file of several documents (``.jsonl``) gives its first.
    """
    for ledger in ledgers([fspath(where)]):
        if isinstance(ledger, SaysoError):
            raise ledger
        return ledger
    raise AssertionError("every input gives a ledger or an error")


def ledgers(
    arguments: Sequence[str], *, max_bytes: int = MAX_BYTES, actors: Sequence[str] = (), network: bool = False
) -> Iterator[Ledger | SaysoError]:
    """The ledger of each document that ``arguments`` name, in order, one at a time in memory.

    ``actors``: files of actors and their names beside those that sayso has: alias tables (TOML) or FollowTheMoney
    entities. ``network``: may web addresses be fetched? What cannot be read comes as an error *value*, and the rest is
    done. Raises NotFound and BadLexicon where ``actors`` are none.
    """
    known = knowledge(tuple(actors))
    for given in documents(arguments, max_bytes, network=network):
        yield given if isinstance(given, SaysoError) else study(given[0], reader(), known)


def documents(
    arguments: Sequence[str], max_bytes: int, *, network: bool
) -> Iterator[tuple[Document, Input] | SaysoError]:
    """Each document with the input that it was read from."""
    stdin = sys.stdin.buffer if sys.stdin else io.BytesIO()  # a service may be started without one
    for given in gather(arguments, stdin=stdin, max_bytes=max_bytes, network=network):
        if isinstance(given, SaysoError):
            yield given
            continue
        for document in read_bytes(given.raw, path=given.path):
            yield document if isinstance(document, SaysoError) else (document, given)


def named_files(files: Sequence[str]) -> dict[str, bytes]:
    """The bytes of files by their whole names. Raises NotFound, Unreadable."""
    return {str(Path(name).absolute()): bytes_of(name) for name in files}


def bytes_of(name: str) -> bytes:
    """The bytes of one file. Raises NotFound, Unreadable."""
    for given in gather([name], stdin=io.BytesIO()):
        if isinstance(given, SaysoError):
            raise given
        return given.raw
    raise AssertionError("a file gives its bytes or an error")
