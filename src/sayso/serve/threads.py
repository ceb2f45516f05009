"""Threads that answer, each with the case open for itself: SQLite's connections belong to the thread that made them.

In:   a case file, functions of an open case.   Out: what they give, awaited.
Knows nothing of: requests.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from sayso.case import Case

_T = TypeVar("_T")
THREADS = 4


class Threads:
    """Opening a case costs a few milliseconds, and an open one keeps what it has read: so each thread keeps its own.

    The one that was used last is used first: one person at a desk has one warm case, and not a share of four.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle = [ThreadPoolExecutor(1, thread_name_prefix="sayso-read") for _ in range(THREADS)]
        self._every = tuple(self._idle)
        self._free = asyncio.Semaphore(THREADS)
        self._local = threading.local()

    async def do(self, work: Callable[[Case], _T]) -> _T:
        async with self._free:
            thread = self._idle.pop()
            try:
                return await asyncio.get_running_loop().run_in_executor(thread, lambda: work(self._case()))
            finally:
                self._idle.append(thread)

    def close(self) -> None:
        for thread in self._every:
            thread.shutdown()

    def _case(self) -> Case:
        case: Case | None = getattr(self._local, "case", None)
        if case is None:
            case = self._local.case = Case.open(self._path)
        return case
