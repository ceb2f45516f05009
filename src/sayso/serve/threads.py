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
    """Opening costs a millisecond, and an open case keeps what it has read: so each thread keeps its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="sayso-read")
        self._local = threading.local()

    async def do(self, work: Callable[[Case], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: work(self._case()))

    def close(self) -> None:
        self._pool.shutdown()

    def _case(self) -> Case:
        case: Case | None = getattr(self._local, "case", None)
        if case is None:
            case = self._local.case = Case.open(self._path)
        return case
