"""Join what was worked out of a claim: its events with their parties, times and how the source puts them.

In:   a Claim, Syntax, entities, times, Knowledge.   Out: the claim's Events, or why there are none.
Knows nothing of: how entities, times and events are found.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.records import Claim, Event, Party, Quantity, Reason, When
from sayso.resolve import events as coded
from sayso.resolve import quantities
from sayso.resolve.acts import Stance
from sayso.resolve.entities import People
from sayso.resolve.factuality import factuality_of_event, judged_by
from sayso.resolve.knowledge import Knowledge
from sayso.resolve.roles import Party as Filler
from sayso.resolve.times.finding import Time
from sayso.spans import Span
from sayso.syntax import Syntax


def when(time: Time | None) -> When | None:
    """A time as the record has it; None where nothing is known of when it was."""
    if time is None or time.value is None:
        return None
    return When(
        value=time.value,
        spans=time.spans,
        earliest=_iso(time.earliest),
        latest=_iso(time.latest),
        readings=time.readings,
    )


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _quantity(found: quantities.Quantity) -> Quantity:
    return Quantity(
        kind=found.kind,
        unit=found.unit,
        low=found.low,
        high=found.high,
        approximate=found.approximate,
        spans=found.spans,
        text=found.text,
    )


@dataclass(frozen=True)
class Joining:
    """What holds for all claims of a document."""

    syntax: Syntax
    who: People
    times: Sequence[Time]
    knowledge: Knowledge
    coder: coded.Coder

    def events(self, claim: Claim, stance: Stance, happened: Time | None) -> tuple[tuple[Event, ...], str | None]:
        """The events of a claim, or the reason why there are none. ``happened``: when the claim's main event was."""
        # Who accuses makes an event of it, beside what is alleged.
        cue = claim.cue.spans if claim.cue and stance.act == "accuse" else ()
        found = self.coder.events_in((*cue, *claim.content.spans))
        tokens = [self._token(event.trigger.spans[0]) for event in found.events]
        times = self._times(claim, tokens, happened)
        return tuple(
            self._event(event, token, claim, stance, times.get(number))
            for number, (event, token) in enumerate(zip(found.events, tokens, strict=True))
        ), found.reason

    def quantities(self, claim: Claim) -> tuple[Quantity, ...]:
        """Every number of a claim's content."""
        tokens = [t for span in claim.content.spans for t in self.syntax.within(span)]
        found = quantities.quantities(self.syntax, tokens, self.knowledge.ontology.numbers)
        return tuple(_quantity(q) for _, q in found)

    def when(self, claim: Claim) -> tuple[When, ...]:
        """Every time of a claim's content."""
        own = (t for t in self.times if any(s.contains(t.spans[0]) for s in claim.content.spans))
        return tuple(w for t in own if t.kind in ("point", "interval") and (w := when(t)))

    def _token(self, span: Span) -> int:
        top = self.syntax.top(span)
        return self.syntax.within(span).start if top is None else top

    def _times(self, claim: Claim, tokens: Sequence[int], happened: Time | None) -> Mapping[int, Time]:
        """When each event was: a time belongs to the event that it hangs from; the first event has the claim's own."""
        place = {token: number for number, token in reversed(list(enumerate(tokens)))}
        found: dict[int, Time] = {}
        for time in self.times:
            if time.kind in ("point", "interval") and any(s.contains(time.spans[0]) for s in claim.content.spans):
                top = self.syntax.top(time.spans[0])
                above = self.syntax.ancestors(top) if top is not None else ()
                number = next((place[token] for token in above if token in place), None)
                if number is not None:
                    found.setdefault(number, time)
        if happened is not None and tokens and happened not in found.values():
            found.setdefault(0, happened)
        return found

    def _event(self, event: coded.Event, token: int, claim: Claim, stance: Stance, time: Time | None) -> Event:
        within = next((s for s in claim.content.spans if s.contains(event.trigger.spans[0])), claim.content.spans[0])
        inner = factuality_of_event(self.syntax, token, within, self.knowledge.stances, self.knowledge.scales)
        return Event(
            type=event.type,
            mode=event.mode,
            contexts=event.contexts,
            trigger=event.trigger,
            actor=self._party(event.actor),
            recipient=self._party(event.recipient),
            place=self._party(event.place),
            time=when(time),
            quantities=tuple(map(_quantity, event.quantities)),
            factuality=judged_by(stance, inner, self.knowledge.scales).value,
            negated=event.negated,
            hypothetical=event.hypothetical,
            future=event.future,
            historical=event.historical,
            flags=tuple(Reason(spans=flag.spans, why=flag.name) for flag in event.flags),
            within=event.within,
            plover=event.plover,
            cameo=event.cameo,
        )

    def _is_several(self, head: Span) -> bool:
        return any(self.syntax.xpos[token] == "NNS" for token in self.syntax.within(head))

    def _party(self, filler: Filler | None) -> Party | None:
        """Who fills a role. What a pronoun must mean by the grammar of its sentence goes before what it may."""
        if filler is None:
            return None
        entity = self.who.at(filler.stands_for or filler.heads[0])
        if entity is not None and entity.type == "person" and self._is_several(filler.heads[0]):
            entity = None  # "individuals supplying oil, including Orlec" are not Orlec
        several = len(filler.heads) > 1
        return Party(
            spans=filler.spans,
            text=filler.text,
            name=filler.text if several or entity is None else entity.name,
            entity=None if several or entity is None else entity.id,
            sector=filler.sector,
        )
