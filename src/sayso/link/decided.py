"""Who is one and who is two on the word of people, as link takes it.

In:   entities of documents on which somebody has decided.   Out: the Whole that a claim's source is part of.
Knows nothing of: how and where that was decided; what names tell (sources).
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sayso.records import Claim

Place = tuple[str, str]  # the ids of a document and of an entity in it


class Whole(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An entity across documents on which people have decided.

    ``one``: why its members are one, as a tie says it; empty where it was only told apart from others, and then names
    tell as always. ``apart``: ids of Wholes that are somebody else.
    """

    id: str
    members: tuple[Place, ...]
    one: str = ""
    apart: tuple[str, ...] = ()


class Decided:
    """All Wholes of a case, by id. ``upto``: the number of the last decision that was looked at."""

    def __init__(self, wholes: Iterable[Whole] = (), upto: int = 0) -> None:
        self.wholes = tuple(sorted(wholes, key=lambda whole: whole.id))
        self.upto = upto
        self._of = {place: whole for whole in self.wholes for place in whole.members}

    def of(self, claim: Claim) -> Whole | None:
        """The one whose word the claim is; None where nobody has decided on its source."""
        entity = claim.source.entity if claim.source else None
        return self._of.get((claim.document.id, entity)) if entity else None

    def differing(self, other: Decided) -> tuple[Place, ...]:
        """The places on which the two do not tell the same."""
        places = sorted(self._of.keys() | other._of.keys())
        return tuple(place for place in places if self._of.get(place) != other._of.get(place))


NOTHING = Decided()
