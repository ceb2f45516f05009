"""A worker: a process that does one shard after the other. `python -m sayso.bulk FOLDER [ACTORS...]`

In:   a line for each shard on standard input.   Out: a line for each article on standard output, before it is read.
Knows nothing of: other workers. It ends when nobody listens any more.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

import msgspec
import pyarrow as pa

from sayso import case
from sayso.bulk.plan import Shard
from sayso.bulk.shards import Study, write_shard
from sayso.study import study

_MEMORY = 4 * 1024**3  # an article that asks for more is refused it, and no other process is ended for its sake


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A shard, and the articles of it that are to be left aside, with the reason."""

    shard: Shard
    aside: dict[int, str]


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a worker says: ``at``: the article it is about to read; ``failed``: why nothing can be written; else that
    it waits for a shard.
    """

    at: int | None = None
    failed: str | None = None


def studying(actors: tuple[str, ...]) -> Study:
    """What makes a ledger of a document, loaded once."""
    reader, known = case.reader(), case.knowledge(actors)
    return lambda document: study(document, reader, known)


def main(folder: str, *actors: str) -> None:
    """Work until standard input ends."""
    # What a library prints would be taken for a message: only this handle leads to who started us.
    out = os.dup(1)
    os.dup2(2, 1)
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard), hard))
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)

    def tell(told: Told) -> None:
        os.write(out, msgspec.json.encode(told) + b"\n")

    read = studying(actors)
    tell(Told())
    for line in sys.stdin.buffer:
        job = msgspec.json.decode(line, type=Job)
        try:
            write_shard(job.shard, Path(folder), read, at=lambda number: tell(Told(number)), aside=job.aside)
        except BrokenPipeError:
            raise
        except OSError as error:  # of the output: what cannot be read of the input is in the list of errors
            tell(Told(failed=(error.strerror or str(error)).lower()))
        else:
            tell(Told())
