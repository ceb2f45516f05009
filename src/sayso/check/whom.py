"""Who the parties of a claim are as sides: settled by the document and the tables of actors, a class, or in doubt.

In:   parties and names of one document.   Out: Sides; whether questions about them make sense at all.
Knows nothing of: evidence tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from datetime import date

from sayso.check.questions import Class, EventQuestion, Side
from sayso.check.words import CheckWords
from sayso.records import Entity, Ledger, Party
from sayso.resolve.aliases.matching import AliasTables
from sayso.resolve.aliases.names import fold
from sayso.resolve.aliases.records import Context

_LONGEST = 8  # words of a name; longer ones describe
_SMALL = frozenset({"and", "bin", "da", "de", "del", "der", "di", "e", "el", "et", "for", "ibn", "of", "the", "van"})
_DESCRIBED = 4  # words of a description of a side; longer ones describe somebody else


def places(aliases: AliasTables) -> frozenset[tuple[str, ...]]:
    """The names of countries, regions and peoples in the tables of actors, folded."""
    return frozenset(map(fold, aliases.settings))


class Whom:
    """The parties of one document."""

    def __init__(
        self,
        ledger: Ledger,
        aliases: AliasTables,
        words: CheckWords,
        *,
        on: date | None,
        places: Set[tuple[str, ...]],
        sides: Set[tuple[str, ...]] = frozenset(),
    ) -> None:
        """``sides``: the names, folded, that the evidence tables themselves have for those who take part."""
        self._entities: Mapping[str, Entity] = {entity.id: entity for entity in ledger.entities}
        self._aliases, self._words, self._on = aliases, words, on
        self._places, self._sides = places, sides
        self._context = aliases.context(ledger.document.text, on)

    def side(self, party: Party | None, on: date | None) -> Side | None:
        if party is None:
            return None
        if known := self.known(party, on):
            return Side(name=party.name, entities=known)
        if group := self._group(party):
            return Side(name=party.name, group=group)
        if (owner := self._owner(party.name)) and (known := self._named(owner, on)):
            return Side(name=owner, entities=known, told=party.name)
        if self._is_side(party.name):
            return Side(name=re.sub(r"^[Tt]he\s+", "", party.name))
        return Side(name=party.name, doubt=f"it is not settled who “{party.name}” is")

    def _is_side(self, name: str) -> bool:
        """The very name that a table has, and no word for anybody ("rebels")."""
        return is_name(re.sub(r"^[Tt]he\s+", "", name)) and fold(re.sub(r"^[Tt]he\s+", "", name)) in self._sides

    def holder(self, name: str) -> Side:
        """Somebody by name: settled, or by the very name that a table has."""
        words = re.sub(r"^[Tt]he\s+", "", name)
        return Side(name=words, entities=self._named(words, self._on))

    def known(self, party: Party, on: date | None) -> tuple[str, ...]:
        """The entities that a party certainly is, with those that it is a part of."""
        entity = self._entities.get(party.entity or "")
        if entity is not None and entity.known is not None and entity.known in self._aliases.entities:
            return self._with_whole(entity.known)
        return self._named(party.name, on) if is_name(party.name) else ()  # "the regime": the document tells, or nobody

    def may_be_listed(self, name: str) -> bool:
        """A name of somebody, no description, and no country."""
        return is_full_name(name) and not self.is_place(name)

    def is_place(self, name: str) -> bool:
        """A country, region or people, as the tables of actors know them."""
        return fold(name) in self._places

    def _named(self, name: str, on: date | None) -> tuple[str, ...]:
        context = self._context if self._context.tags else Context()
        sure = [c.entity.id for c in self._aliases.find(name, on, context) if c.certain]
        return self._with_whole(sure[0]) if sure else ()

    def _with_whole(self, found: str) -> tuple[str, ...]:
        return (found, *(p for p in self._aliases.entities[found].part_of if p in self._aliases.entities))

    def _owner(self, name: str) -> str | None:
        """Whose the bases or fighters are: "ISIS bases" are those of ISIS."""
        owner, _, thing = name.rpartition(" ")
        return re.sub(r"['’]s?$", "", owner) if owner and thing.lower() in self._words.belongings.words else None

    def _group(self, party: Party) -> Class | None:
        told = {*fold(party.text), *fold(party.name)}
        if told & self._words.classes["civilians"]:
            return "civilians" if not told & self._words.classes["rebels"] else None
        return "rebels" if told & self._words.classes["rebels"] else None

    # -- sense ---------------------------------------------------------------------------------------------------------

    def sensible(self, question: EventQuestion) -> bool:
        """Whether a table of events can be asked this at all. One of the sides has to be settled, or the place named.

        A doubtful side is told with its reason where it may be one ("the regime"); "they", "the officer" are none.
        """
        sides = [side for side in (question.actor, question.other) if side is not None]
        settled = any(side.entities or (not side.doubt and self._is_side(side.name)) for side in sides)
        if question.actor is None:  # how many died there on those days can be asked, and nothing else
            return question.ask == "deaths" and bool(question.place and question.since)
        if any(side.doubt and not self._may_be_a_side(side) for side in sides):
            return False
        if question.ask == "exists" and question.other is None and not question.place:
            return False  # that somebody fought says nothing
        return settled or (bool(question.place) and not any(side.doubt for side in sides))

    def _may_be_a_side(self, side: Side) -> bool:
        words = side.name.lower().split()
        return 0 < len(words) <= _DESCRIBED and words[-1] in self._words.unsettled.words


def is_full_name(name: str) -> bool:
    """A name and nothing beside it: "Bank of Karsk", not "Karsk's military rulers"."""
    words = [word for word in name.split() if word[0].isalpha()]
    small = (word for word in words if word[0].islower() and word.lower() not in _SMALL and not word.startswith("al-"))
    return is_name(name) and len(words) <= _LONGEST and next(small, None) is None


def is_name(name: str) -> bool:
    """A name and no description: it begins with a capital or in a script without them."""
    letters = [word[0] for word in name.split() if word[0].isalpha()]
    return any(letter.isupper() or letter.lower() == letter.upper() for letter in letters)
