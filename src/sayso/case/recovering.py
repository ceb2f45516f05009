"""What can be saved of a damaged case.

In:   the paths of a damaged case and of a new one.   Out: what was saved, document by document.
Knows nothing of: how it is saved.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from os import PathLike, fspath
from pathlib import Path

from sayso.case.intake import now
from sayso.custody import Recovered
from sayso.errors import BadCase, NotFound
from sayso.store import Store, recover, whole_copy


def recovered(damaged: str | PathLike[str], path: str | PathLike[str], *, by: str | None = None) -> Iterator[Recovered]:
    """Save what can still be read of the damaged case at ``damaged`` into a new one at ``path``, document by document.

    The damaged file is not touched. Raises NotFound, and BadCase where nothing can be read or ``path`` is there.
    """
    if Path(path).exists():
        raise BadCase(f"{fspath(path)}: is there already: what is saved goes into a new case; give another name")
    if not Path(damaged).is_file():
        raise NotFound(f"{fspath(damaged)}: no case is there")
    new, saved = Path(path), 0
    try:
        with whole_copy(Path(damaged), new) as copy, Store.open(new, create=True) as store:
            for document in recover(copy, fspath(damaged), store, at=now(), by=by, tool=version("sayso")):
                saved += 1
                yield document
    except BadCase:
        if not saved:
            new.unlink(missing_ok=True)
        raise
