"""Which places of a table a claim's place is.

In:   the names of places in a table; a name.   Out: their places in the table's list.
Knows nothing of: maps; two towns of one name in two provinces are one here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sayso.resolve.aliases.names import fold

_KINDS = frozenset(
    {"town", "city", "village", "governorate", "province", "district", "mintaqat", "nahiya", "subdistrict", "area"}
    | {"neighbourhood", "neighborhood", "camp", "mountain", "of", "the", "al"}
)


class Places:
    """The places of one table. ``known``: it has names of places at all."""

    def __init__(self, wheres: Sequence[tuple[str, ...]], countries: Sequence[str]) -> None:
        self._by_name: dict[tuple[str, ...], set[int]] = {}
        written: dict[tuple[str, ...], set[str]] = {}
        for at, names in enumerate(wheres):
            for name in names:
                self._by_name.setdefault(_bare(name), set()).add(at)
                written.setdefault(_bare(name), set()).add(name)
        self._written = {bare: frozenset(names) for bare, names in written.items()}
        self._countries = {fold(name): at for at, name in enumerate(countries) if name}
        self.known = bool(self._by_name)

    def country(self, name: str) -> int | None:
        """The place of a country in the table's list, if the name is one's."""
        return self._countries.get(fold(name))

    def names(self, name: str) -> frozenset[str]:
        """How the table writes a place of this name."""
        return self._written.get(_bare(name), frozenset())

    def of(self, name: str) -> list[int]:
        """The places of this name, at any level: a town, its district, its province. A country has all."""
        if self.country(name) is not None:
            return [-1]
        return sorted(self._by_name.get(_bare(name), ()))


@lru_cache(maxsize=1 << 16)
def _bare(name: str) -> tuple[str, ...]:
    """The name without what kind of place it is: "Duma town" is "Duma", "city of Palmyra" is "Palmyra"."""
    words = fold(name)
    return tuple(word for word in words if word not in _KINDS) or words
