"""What a table of events cannot be asked, and what is to be said with whatever it answers.

In:   an EventQuestion; what the table covers.   Out: an Answer that refuses; caveats.
Knows nothing of: rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from sayso.check.cutting import name_words
from sayso.check.filters import Filters
from sayso.check.findings import Answer, Possible
from sayso.check.questions import EventQuestion, Side
from sayso.check.spelling import compare
from sayso.check.tables.rows import Coverage
from sayso.check.words import CheckWords

_FEW = 3  # countries that are named with a finding, so that nobody takes the table for the world's


class Limits:
    """The limits of one table."""

    def __init__(self, coverage: Coverage, filters: Filters, words: CheckWords) -> None:
        self._coverage, self._sides, self._places, self._words = coverage, filters.sides, filters.places, words

    def fits(self, question: EventQuestion) -> bool:
        """Whether the table is one to ask: it knows one of the sides or, where none is settled, the place.

        An armed group of its countries that it does not know is looked for, too: that it is not there is worth a line.
        """
        settled = [side for side in (question.actor, question.other) if side is not None and side.entities]
        if any(self._sides.of(side) for side in settled):
            narrow = 0 < len(self._coverage.countries) <= _FEW
            return not (narrow and any(not self._sides.of(side) and self._sides.foreign(side) for side in settled))
        if settled:
            return any(self._sides.armed(side) and not self._sides.foreign(side) for side in settled)
        named = [side for side in (question.actor, question.other) if side is not None and not side.group]
        if any(self._sides.of(side) for side in named):
            return True
        return bool(question.place) and bool(self._places.of(question.place or ""))

    def refusal(self, question: EventQuestion) -> Answer | None:
        """Why the table cannot be asked, or None."""
        coverage = self._coverage
        if question.weapon:
            reason = f"the claim is on a weapon (“{question.weapon}”), and the table has no column for weapons"
            return Answer(finding="not_checkable", reason=f"{reason}: neither rows nor their absence would tell")
        if question.doubt:
            return Answer(finding="not_checkable", reason=question.doubt)
        if question.actor is None and question.ask != "deaths":
            return Answer(finding="not_checkable", reason="the claim does not tell who did it")
        for side in (question.actor, question.other):
            if side is not None and side.doubt:
                return Answer(finding="not_checkable", reason=side.doubt)
        if question.place and not self._places.known and not self._places.country(question.place):
            return Answer(finding="not_checkable", reason="the table has no names of places, and the claim is on one")
        if question.ask == "share" and question.other is None:
            return Answer(finding="not_checkable", reason="the claim does not tell of whom the share is")
        if question.ask == "share" and question.place and not self._places.country(question.place):
            return Answer(finding="not_checkable", reason="a share in one place is not counted")
        outside = (question.since and coverage.until and question.since > coverage.until) or (
            question.until and coverage.since and question.until < coverage.since
        )
        if outside:
            days = f"{coverage.since} to {coverage.until}"
            return Answer(finding="not_in_coverage", reason=f"the table has rows from {days} only")
        for side in (question.actor, question.other):
            if side is not None and not self._sides.of(side):
                reason = f"no side of the table is known to be “{side.name}”"
                reason += "; it may stand there under another name"
                return Answer(finding="not_in_coverage", reason=reason, possible=self._alike(side))
        if question.place and not self._places.of(question.place):
            reason = f"no row of the table is in a place of the name “{question.place}”"
            return Answer(finding="not_in_coverage", reason=f"{reason}; it may be spelled otherwise there")
        return None

    def unasked(self, question: EventQuestion) -> str | None:
        """What of the claim the rows do not tell, or None."""
        if question.mode and not (self._coverage.sorts and question.mode in self._words.modes):
            return f"that the attack was of the kind “{question.mode}” cannot be asked"
        return None

    def absent(self) -> Answer:
        return Answer(finding="not_in_coverage", reason=f"no row found; {self.only()}")

    def only(self) -> str:
        lethal = "somebody died of it and " if self._coverage.lethal else ""
        return f"the table would have it only if {lethal}it was reported"

    def caveats(self, question: EventQuestion) -> Iterable[str]:
        """What goes with every answer to a question."""
        yield from self._beyond_the_table(question)
        yield from self._coverage.definition
        yield from self._notes(question)

    def _beyond_the_table(self, question: EventQuestion) -> Iterable[str]:
        """Where the claim goes beyond the table."""
        coverage = self._coverage
        if 0 < len(coverage.countries) <= _FEW:
            yield f"It has rows of {', '.join(coverage.countries)} only."
        if coverage.since and coverage.until and self.beyond(question):
            yield f"The claim's days go beyond the table's, which are {coverage.since} to {coverage.until}."

    def beyond(self, question: EventQuestion) -> bool:
        since, until = self._coverage.since, self._coverage.until
        early = question.since is not None and since is not None and question.since < since
        return early or (question.until is not None and until is not None and question.until > until)

    def _notes(self, question: EventQuestion) -> Iterable[str]:
        for side in (question.actor, question.other):
            if side is not None:
                yield from self._sides.notes(side)
                if side.told:
                    yield f"“{side.told}” is taken for {side.name}."
                if side.group is not None:
                    who = "civilians" if side.group == "civilians" else "groups that are no state"
                    yield f"“{side.name}” is taken for all {who} of the table."

    def _alike(self, side: Side) -> tuple[Possible, ...]:
        """Sides whose name is much like the one asked for."""
        wanted = name_words(side.name, self._words.names)
        told = (
            (name, compare(wanted, words, self._words.names, person=False))
            for name, words in self._named.items()
            if wanted
        )
        return tuple(Possible(row=name, name=name, reason=why[1]) for name, why in told if why)

    @cached_property
    def _named(self) -> dict[str, tuple[str, ...]]:
        """All who take part, by name, with the words of it."""
        names = sorted({member.name for members in self._sides.members for member in members})
        return {name: name_words(name, self._words.names) for name in names}
