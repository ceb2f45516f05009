"""Which article ends the processes that read it: one that does so twice is set aside.

In:   the task and the item of it that a worker was at when it died, and of what.   Out: Steps; items to leave aside.
Knows nothing of: processes.
"""

from __future__ import annotations

import signal

import msgspec

from sayso.bulk.plan import Task
from sayso.errors import BadOutput

KILLED = -signal.SIGKILL
# Who ends a process from outside: a person, a system that shuts down or is short of memory.
_FROM_OUTSIDE = {KILLED, -signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP}
_TWICE, _PAST_CHANCE = 2, 6


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What happened to a shard or a part: so many ``items`` more were begun; it was ``done``; or its worker ``lost``.

    ``item``: the article, or what else it is made of, that worker was at; ``aside``: why it is left aside from now on.
    """

    task: Task
    items: int = 0
    done: bool = False
    item: int | None = None
    lost: str | None = None
    aside: str | None = None


class Blame:
    """Counts, for each shard, how often in a row its worker died at the very same article.

    A crash is the article's own. A process that was killed from outside was probably not killed for the article: only
    when that happens at one article six times in a row, with none that came past it, it is no chance any more.
    """

    def __init__(self) -> None:
        self._deaths: dict[int, list[tuple[int, bool]]] = {}
        self._aside: dict[int, dict[int, str]] = {}

    def aside(self, task: Task) -> dict[int, str]:
        """The articles of the shard to leave aside, by number, with the reason."""
        return self._aside.get(task.number, {})

    def lost(self, task: Task, item: int, code: int, *, late: bool = False) -> Step:
        """A worker died at ``item`` with ``code``; ``late``: it was ended because it took too long.

        Raises BadOutput where it does so though the item was left aside: that would never end.
        """
        crashed = late or code not in _FROM_OUTSIDE
        deaths = [death for death in self._deaths.get(task.number, []) if death[0] == item]
        deaths.append((item, crashed))
        self._deaths[task.number] = deaths
        what = "took too long" if late else _what(code)
        reason = None
        if sum(crash for _, crash in deaths) >= _TWICE or len(deaths) >= _PAST_CHANCE:
            if item in self.aside(task):
                raise BadOutput(
                    f"{task.place(item)} was left aside, and still the process ends ({what}); please report it"
                )
            how = "takes longer than half an hour" if late else f"ends the process that reads it ({what})"
            reason = f"{how}, each time it was tried; it was set aside"
            self._aside.setdefault(task.number, {})[item] = reason
            del self._deaths[task.number]
        return Step(task=task, item=item, lost=what, aside=reason)


def _what(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:  # one without a name
        return f"signal {-code}"
