"""A worker: a process that does one task after the other. `python -m sayso.bulk read|link [ACTORS...]`

In:   a line for each task on standard input.   Out: a line for each item on standard output, before it is begun.
Knows nothing of: other workers. It ends when nobody listens any more.
"""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
import pyarrow as pa

from sayso import case
from sayso.bulk.blame import Step
from sayso.bulk.plan import Part, Shard, Task, Trade
from sayso.bulk.shards import Study, write_shard
from sayso.bulk.stages import write_part
from sayso.study import study

_MEMORY = 4 * 1024**3  # an article that asks for more is refused it, and no other process is ended for its sake

_Task = TypeVar("_Task", Shard, Part)


class Job(msgspec.Struct, Generic[_Task], frozen=True, kw_only=True):
    """A task, the folder to do it in, and the items of it that are to be left aside, with the reason."""

    task: _Task
    folder: str
    aside: dict[int, str]


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a worker says: ``at``: the item it is about to begin; ``failed``: why nothing can be written; else that it
    waits for a task.
    """

    at: int | None = None
    failed: str | None = None


Work = Callable[..., None]  # does a task in a folder, with ``at`` and ``aside`` as `write_shard` has them


Run = Callable[[Iterable[Task], Path], Iterator[Step]]  # what engines give: does all tasks in a folder


def working(trade: Trade, actors: tuple[str, ...]) -> Work:
    """What does the tasks of a trade, loaded once."""
    if trade == "link":
        return partial(write_part, lexicon=case.lexicon())
    return partial(write_shard, study=studying(actors))


def studying(actors: tuple[str, ...]) -> Study:
    """What makes a ledger of a document, loaded once."""
    reader, known = case.reader(), case.knowledge(actors)
    return lambda document: study(document, reader, known)


def main(trade: Trade, *actors: str) -> None:
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

    work = working(trade, actors)
    kind: type[Job[Any]] = Job[Part] if trade == "link" else Job[Shard]
    tell(Told())
    for line in sys.stdin.buffer:
        job = msgspec.json.decode(line, type=kind)
        try:
            work(job.task, Path(job.folder), at=lambda number: tell(Told(number)), aside=job.aside)
        except BrokenPipeError:
            raise
        except OSError as error:  # of the output: what cannot be read of the input is in the list of errors
            tell(Told(failed=(error.strerror or str(error)).lower()))
        else:
            tell(Told())
