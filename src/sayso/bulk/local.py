"""The workers of one machine: as many processes as are asked for, each replaced when it dies.

In:   tasks of one trade, a folder.   Out: Steps as they are made; the tasks' folders.
Knows nothing of: what is in a shard or a part.
"""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import msgspec

from sayso.bulk.blame import Blame, Step
from sayso.bulk.plan import Task, Trade
from sayso.bulk.worker import Job, Run, Told
from sayso.errors import BadOutput

# One thread each: the processes are as many as the cores.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_PATIENCE = 1800.0  # seconds for one article, which takes one: beyond it, it would never end
_LOOK = 1.0  # how often that is looked at
_FUTILE = 5  # workers in a row that died before they could work


class _Worker:
    """One process and what it is at. ``since``: when it began with the article ``item``."""

    def __init__(self, trade: Trade, actors: Sequence[str]) -> None:
        # Two pipes of our own, so that they are there whatever becomes of the process.
        here, self.input = os.pipe()
        self.output, there = os.pipe()
        command = [sys.executable, "-P", "-m", "sayso.bulk", trade, *actors]
        self.process = subprocess.Popen(  # noqa: S603 (ourselves)
            command,
            stdin=here,
            stdout=there,
            env=os.environ | _ONE_THREAD,
            process_group=0,  # ^C is for us: we end them
        )
        os.close(here)
        os.close(there)
        self.task: Task | None = None
        self.item = 0
        self.since = time.monotonic()
        self.late = self.ready = False
        self._unread = b""

    def told(self) -> list[Told] | None:
        """What it has said since; None when it is dead."""
        read = os.read(self.output, 65536)
        if not read:
            return None
        *lines, self._unread = (self._unread + read).split(b"\n")
        return [msgspec.json.decode(line, type=Told) for line in lines]

    def give(self, task: Task, folder: Path, aside: Mapping[int, str]) -> None:
        """Let it do ``task``."""
        self.task, self.item, self.since = task, 0, time.monotonic()
        job = msgspec.json.encode(Job(task=task, folder=str(folder), aside=dict(aside))) + b"\n"
        with suppress(BrokenPipeError):  # it died just now: that is seen where it is listened to
            while job:
                job = job[os.write(self.input, job) :]

    def buried(self) -> int:
        """Its exit code, once it is dead."""
        os.close(self.input)
        os.close(self.output)
        return self.process.wait()


class _Crew:
    """The workers, and the tasks of one run that are left."""

    def __init__(self, trade: Trade, workers: int, actors: Sequence[str]) -> None:
        self._hire = partial(_Worker, trade, actors)
        self._count = workers
        self._futile = 0
        self._listening = selectors.DefaultSelector()

    def _workers(self) -> list[_Worker]:
        return [key.data for key in self._listening.get_map().values()]

    def run(self, tasks: Iterable[Task], folder: Path) -> Iterator[Step]:
        """Do all ``tasks``; a Step for each item begun, task done and worker lost. Raises BadOutput."""
        self._todo, self._again = iter(tasks), list[Task]()
        self._folder, self._blame = folder, Blame()
        while self._busy():
            for key, _ in self._listening.select(_LOOK):
                yield from self._heard(key.data)
            for worker in self._workers():
                if worker.task is not None and time.monotonic() - worker.since > _PATIENCE:
                    worker.late = True
                    worker.process.kill()

    def _busy(self) -> bool:
        """Has anybody something to do? Who is free is given the next task, who is missing replaced."""
        free = [worker for worker in self._workers() if worker.ready and worker.task is None]
        missing = self._count - len(self._workers())
        while free or missing:
            task = self._again.pop() if self._again else next(self._todo, None)
            if task is None:
                break
            if free:
                free.pop().give(task, self._folder, self._blame.aside(task))
            else:
                self._again.append(task)
                worker = self._hire()
                self._listening.register(worker.output, selectors.EVENT_READ, worker)
                missing -= 1
        return bool(self._again) or any(worker.task for worker in self._workers())

    def _heard(self, worker: _Worker) -> Iterator[Step]:
        """What a worker has to say, or that it died."""
        told = worker.told()
        if told is None:
            yield from self._lost(worker)
            return
        for each in told:
            if each.failed is not None:
                raise BadOutput(f"{self._folder}: cannot be written: {each.failed}; mend that and run it again")
            if each.at is not None and worker.task is not None:
                worker.item, worker.since = each.at, time.monotonic()
                yield Step(task=worker.task, items=1)
                continue
            self._futile, worker.ready = 0, True
            if worker.task is not None:
                yield Step(task=worker.task, done=True)
                worker.task = None

    def _lost(self, worker: _Worker) -> Iterator[Step]:
        self._listening.unregister(worker.output)
        code = worker.buried()
        if worker.task is not None:
            self._again.append(worker.task)
            yield self._blame.lost(worker.task, worker.item, code, late=worker.late)
        elif not worker.ready:
            self._futile += 1
            if self._futile == _FUTILE:
                raise BadOutput(f"{self._folder}: no worker can be started (exit code {code}); see what is said above")

    def end(self) -> None:
        """Nobody works any more."""
        for worker in self._workers():
            worker.process.kill()
            worker.buried()
        self._listening.close()


@contextmanager
def crew(trade: Trade, *, workers: int, actors: Sequence[str] = ()) -> Iterator[Run]:
    """Processes that do tasks; they are there until the end, for one run after the other."""
    found = _Crew(trade, workers, actors)
    try:
        yield found.run
    finally:
        found.end()
