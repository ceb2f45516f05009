"""The workers of one machine: as many processes as are asked for, each replaced when it dies.

In:   Shards, a folder.   Out: Steps as they are made; the shards' folders.
Knows nothing of: what is in a shard.
"""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from sayso.bulk.blame import Blame, Step
from sayso.bulk.plan import Shard
from sayso.bulk.worker import Job, Told
from sayso.errors import BadOutput

# One thread each: the processes are as many as the cores.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_PATIENCE = 1800.0  # seconds for one article, which takes one: beyond it, it would never end
_LOOK = 1.0  # how often that is looked at
_FUTILE = 5  # workers in a row that died before they could work


class _Worker:
    """One process and what it is at. ``since``: when it began with the article ``item``."""

    def __init__(self, folder: Path, actors: Sequence[str]) -> None:
        # Two pipes of our own, so that they are there whatever becomes of the process.
        here, self.input = os.pipe()
        self.output, there = os.pipe()
        command = [sys.executable, "-P", "-m", "sayso.bulk", str(folder), *actors]
        self.process = subprocess.Popen(  # noqa: S603 (ourselves)
            command,
            stdin=here,
            stdout=there,
            env=os.environ | _ONE_THREAD,
            process_group=0,  # ^C is for us: we end them
        )
        os.close(here)
        os.close(there)
        self.shard: Shard | None = None
        self.item = 0
        self.since = time.monotonic()
        self.late = self.ready = self.idle = False
        self._unread = b""

    def told(self) -> list[Told] | None:
        """What it has said since; None when it is dead."""
        read = os.read(self.output, 65536)
        if not read:
            return None
        *lines, self._unread = (self._unread + read).split(b"\n")
        return [msgspec.json.decode(line, type=Told) for line in lines]

    def give(self, shard: Shard, aside: Mapping[int, str]) -> None:
        """Let it do ``shard``."""
        self.shard, self.item, self.since = shard, 0, time.monotonic()
        job = msgspec.json.encode(Job(shard=shard, aside=dict(aside))) + b"\n"
        with suppress(BrokenPipeError):  # it died just now: that is seen where it is listened to
            while job:
                job = job[os.write(self.input, job) :]

    def dismiss(self) -> None:
        """It ends when there is no more input."""
        os.close(self.input)
        self.idle = True

    def buried(self) -> int:
        """Its exit code, once it is dead."""
        if not self.idle:
            os.close(self.input)
        os.close(self.output)
        return self.process.wait()


class _Crew:
    """The workers, and the shards that are left."""

    def __init__(self, shards: Iterable[Shard], folder: Path, actors: Sequence[str]) -> None:
        self._todo, self._again = iter(shards), list[Shard]()
        self._folder, self._actors = folder, actors
        self._blame = Blame()
        self._futile = 0
        self.listening = selectors.DefaultSelector()

    def workers(self) -> list[_Worker]:
        return [key.data for key in self.listening.get_map().values()]

    def hire(self) -> None:
        worker = _Worker(self._folder, self._actors)
        self.listening.register(worker.output, selectors.EVENT_READ, worker)

    def heard(self, worker: _Worker) -> Iterator[Step]:
        """What a worker has to say, or that it died; who is free is given the next shard."""
        told = worker.told()
        if told is None:
            yield from self._lost(worker)
            return
        for each in told:
            if each.failed is not None:
                raise BadOutput(f"{self._folder}: cannot be written: {each.failed}; mend that and run it again")
            if each.at is not None and worker.shard is not None:
                worker.item, worker.since = each.at, time.monotonic()
                yield Step(shard=worker.shard, articles=1)
                continue
            self._futile, worker.ready = 0, True
            if worker.shard is not None:
                yield Step(shard=worker.shard, done=True)
                worker.shard = None
            shard = self._again.pop() if self._again else next(self._todo, None)
            if shard is None:
                worker.dismiss()
            else:
                worker.give(shard, self._blame.aside(shard))

    def _lost(self, worker: _Worker) -> Iterator[Step]:
        self.listening.unregister(worker.output)
        code = worker.buried()
        if worker.shard is not None:
            self._again.append(worker.shard)
            yield self._blame.lost(worker.shard, worker.item, code, late=worker.late)
        elif not worker.ready:
            self._futile += 1
            if self._futile == _FUTILE:
                raise BadOutput(f"{self._folder}: no worker can be started (exit code {code}); see what is said above")
        if self._again or not worker.idle:
            self.hire()


def run(shards: Iterable[Shard], folder: Path, *, workers: int, actors: Sequence[str] = ()) -> Iterator[Step]:
    """Do all ``shards``; a Step for each article begun, shard done and worker lost. Raises BadOutput."""
    crew = _Crew(shards, folder, actors)
    try:
        for _ in range(workers):
            crew.hire()
        while crew.workers():
            for key, _ in crew.listening.select(_LOOK):
                yield from crew.heard(key.data)
            for worker in crew.workers():
                if worker.shard is not None and time.monotonic() - worker.since > _PATIENCE:
                    worker.late = True
                    worker.process.kill()
    finally:
        for worker in crew.workers():
            worker.process.kill()
            worker.buried()
        crew.listening.close()
