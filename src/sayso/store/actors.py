"""Actors that were taken into a case: files of FollowTheMoney entities, kept whole, for all that is read from then on.

In:   raw bytes and their names.   Out: the same.
Knows nothing of: what is in them.
"""

from __future__ import annotations

import hashlib

from sayso.store.ledgers import Store


class ActorShelf:
    """The actors of one case file. All methods raise BadCase as those of Store do."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def save(self, raw: bytes, *, name: str, added_at: str) -> bool:
        """Keep a file. False, and no change, where one of the same bytes is there."""
        with self._store.writing() as connection:
            made = connection.execute(
                "INSERT INTO actors (sha256, name, added_at, raw) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (hashlib.sha256(raw).hexdigest(), name, added_at, raw),
            )
            return made.rowcount == 1

    def names(self) -> tuple[str, ...]:
        """What the files go by in complaints, in the order in which they came; of other bytes another name."""
        rows = self._store.rows("SELECT name, sha256 FROM actors ORDER BY seq")
        return tuple(_called(name, sha256) for name, sha256 in rows)

    def files(self) -> dict[str, bytes]:
        """The files by their `names`."""
        rows = self._store.rows("SELECT name, sha256, raw FROM actors ORDER BY seq")
        return {_called(name, sha256): raw for name, sha256, raw in rows}


def _called(name: str, sha256: str) -> str:
    return f"{name} ({sha256[:8]})"
