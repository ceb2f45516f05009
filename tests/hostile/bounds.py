"""A bound on what a case may take: where it is reached the case fails, so that no test waits for an hour.

In:   seconds of processor time.   Out: a context that ends what goes on longer.
Knows nothing of: what is done in it. It is no measurement: the bounds are many times what is needed.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TookTooLong(BaseException):
    """Not an Exception: nothing on the way may take it for damage in a file."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Ends what takes more processor time."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise TookTooLong(f"took more than {seconds} s of processor time")

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
