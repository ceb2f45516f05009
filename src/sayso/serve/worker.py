"""Long work, one job at a time in a thread of its own, so that reading never waits for it.

In:   functions that take an open case and a Job to tell.   Out: Jobs, which anybody may look at meanwhile.
Knows nothing of: what the work is.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from sayso.case import Case
from sayso.errors import SaysoError

State = Literal["waiting", "working", "done", "failed"]
KEPT = 100  # jobs that can still be looked at

_LOG = logging.getLogger("sayso.serve")


@dataclass(frozen=True, slots=True)
class Line:
    """What came of one thing: ``to`` is where the result can be seen, ``ok`` False where there is none."""

    text: str
    to: str | None = None
    ok: bool = True


@dataclass(slots=True)
class Job:
    """``of``: how many things there are to do, None where that is not known; ``lines``: what came of each so far."""

    id: str
    title: str
    of: int | None = None
    state: State = "waiting"
    done: int = 0
    lines: list[Line] = field(default_factory=list)

    def step(self) -> None:
        self.done += 1

    def tell(self, text: str, *, to: str | None = None, ok: bool = True) -> None:
        self.lines.append(Line(text, to, ok))


class Worker:
    """The jobs of one case file. Closing waits for the one that runs and drops the rest."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="sayso-work")
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()

    def start(self, title: str, work: Callable[[Case, Job], None], *, by: str | None, of: int | None = None) -> Job:
        """Does ``work`` as soon as those before it are done. ``by``: who asked for it, as the log shall name them."""
        job = Job(id=secrets.token_urlsafe(8), title=title, of=of)
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT:
                self._jobs.popitem(last=False)
        self._pool.submit(self._run, job, work, by)
        return job

    def jobs(self) -> tuple[Job, ...]:
        """The newest first."""
        with self._lock:
            return tuple(reversed(self._jobs.values()))

    def job(self, job_id: str) -> Job | None:
        with self._lock:
            return self._jobs.get(job_id)

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _run(self, job: Job, work: Callable[[Case, Job], None], by: str | None) -> None:
        job.state = "working"
        try:
            with Case.open(self._path, by=by) as case:
                work(case, job)
        except SaysoError as error:
            job.tell(str(error), ok=False)
            job.state = "failed"
        except Exception:
            # A mistake of ours must not end the thread in silence: who waits is told, the log has the rest.
            _LOG.exception("%s", job.title)
            job.tell("sayso made a mistake here: the terminal in which it runs says more", ok=False)
            job.state = "failed"
            raise
        else:
            job.state = "done"
