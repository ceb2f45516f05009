"""Files of hypotheses as they are tried on the page: the server holds them until it ends.

In:   files of hypotheses, and what was changed in them.   Out: Drafts, by id.
Knows nothing of: requests; what they come to (weigh).
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import PurePath

import msgspec

from sayso.errors import NotFound
from sayso.weigh.hypotheses import Hypotheses

KEPT = 500  # drafts that are held


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A file of hypotheses as it is at the moment. ``before``: the draft that was changed."""

    id: str
    name: str
    asked: Hypotheses
    before: str | None = None
    changed: str | None = None


class Drafts:
    """What was given or changed since the server was started, the newest last."""

    def __init__(self, files: Iterable[Hypotheses] = ()) -> None:
        """``files``: those that were named when the server was started."""
        self._lock = threading.Lock()
        self._held: OrderedDict[str, Draft] = OrderedDict()
        for asked in files:
            self.add(PurePath(asked.path).name, asked)

    def add(self, name: str, asked: Hypotheses, *, before: str | None = None, changed: str | None = None) -> Draft:
        draft = Draft(id=secrets.token_urlsafe(8), name=name, asked=asked, before=before, changed=changed)
        with self._lock:
            self._held[draft.id] = draft
            while len(self._held) > KEPT:
                self._held.popitem(last=False)
        return draft

    def get(self, id_: str) -> Draft:
        with self._lock:
            if id_ not in self._held:
                raise NotFound(
                    "This draft is not held any more: the server was started again, or much was tried since."
                )
            return self._held[id_]

    def firsts(self) -> tuple[Draft, ...]:
        """Those that are no change of another."""
        with self._lock:
            return tuple(d for d in reversed(self._held.values()) if d.before is None)
