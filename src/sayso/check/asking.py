"""A claim becomes a question only where the question means the same as the claim.

In:   a claim, the entities and text of its document, tables of actors.   Out: Questions with the event they are of.
Knows nothing of: evidence tables.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence, Set
from datetime import date
from typing import NamedTuple

from sayso.check.held import held
from sayso.check.questions import Ask, EventQuestion, ListQuestion, OrderQuestion, Question
from sayso.check.whom import Whom
from sayso.check.words import CheckWords, ShareWord, TrendWord
from sayso.days import first_day
from sayso.records import Claim, Event, Ledger, Party, Quantity
from sayso.resolve.aliases.matching import AliasTables

_DENIED_NUMBER = "the claim denies a number: whether it denies that anybody died or only how many, it does not tell"
_BEFORE, _AFTER = 60, 25  # characters around a trigger in which a word goes with it
_NOBODY = {"nobody", "no one", "no-one", "none"}
_NOT_LISTING = {"convict", "expel"}  # modes of SANCTION that put nobody on a list
_BREAK = re.compile(r"[.;:!?]\s|,?(?<!\bmore)(?<!\bless)(?<!\bfewer)\s(?:and|but|while|whereas)\s", re.IGNORECASE)
_ORDER = re.compile(r"\b(?:before|after)\b", re.IGNORECASE)
_CHANGED = 45  # characters behind a trigger in which "have doubled" goes with it
_LISTED = 40  # characters behind a trigger in which "sanctions" go with it
_APART = 80  # characters between two deeds of which one is said to be before the other
_UNDER = re.compile(
    r"(?:\A|\bthat\s)\W*(?P<who>[^,.;:]+?)\s(?:is|was|are|were|has been|have been|had been)\s"
    r"(?:(?:not|never|no longer|still|now)\s)?under\s(?:the\s|any\s)?\Z"
)
_COUNTED = re.compile(r"\b(?:persons?|people|individuals?|entit(?:y|ies)|companies|officials)\b", re.IGNORECASE)


class Asked(NamedTuple):
    """A question, and the place in ``Claim.events`` of the event that it is of; None: of no event."""

    event: int | None
    question: Question


class Asking:
    """Makes the questions of the claims of one document."""

    def __init__(
        self,
        ledger: Ledger,
        aliases: AliasTables,
        words: CheckWords,
        places: Set[tuple[str, ...]],
        sides: Set[tuple[str, ...]] = frozenset(),
    ) -> None:
        self._text = ledger.document.text
        self._words = words
        self._on = first_day(ledger.document.ref.published)
        self._whom = Whom(ledger, aliases, words, on=self._on, places=places, sides=sides)

    def of(self, claim: Claim) -> Iterator[Asked]:
        """The questions of a claim. What it leaves open, wishes or foretells is not asked."""
        for at, event in enumerate(claim.events):
            if at and (order := self._ordered(claim.events[at - 1], event)):
                yield Asked(at, order)
            if not _happened(event):
                continue
            if event.type == "SANCTION" and event.mode not in _NOT_LISTING:
                yield from (Asked(at, question) for question in self._listed(claim, event))
            elif event.type == "ASSAULT" and event.within is None:
                question = self._fought(event)
                if self._whom.sensible(question):
                    yield Asked(at, question)
        for hold in held(claim, self._whom.holder, self._on):
            yield Asked(None, hold)

    def silent(self, claim: Claim) -> str:
        """Why a claim asks nothing, where it does not."""
        told = [event for event in claim.events if event.type in ("ASSAULT", "SANCTION")]
        if not told:
            return "it speaks of no violence and of no sanctions, of which these tables tell"
        done = [event for event in told if _happened(event)]
        if not done:
            return "it leaves open, wishes or foretells what it speaks of"
        if all(event.type == "SANCTION" for event in done):
            return "it does not say by name who was put on a list"
        sides = (self._whom.side(event.actor, self._on) for event in done if event.type == "ASSAULT")
        doubts = [side.doubt for side in sides if side and side.doubt]
        return doubts[0] if doubts else "no side, place and day by which a table could be asked are told together"

    # -- sanctions -----------------------------------------------------------------------------------------------------

    def _listed(self, claim: Claim, event: Event) -> Iterator[ListQuestion]:
        """Who was put on a list; other ways to cut relations, and what is done to a whole country, ask no list."""
        if not self._near(self._words.listing.words, event, after=_LISTED):
            return
        under = self._under(claim, event)
        authority = self._authority(event.recipient if under else event.actor)
        recipient = under or (event.recipient.name if event.recipient else None)
        since, until = self._window(event)
        if since and until is None and event.time:  # "since 2011": it began in that year
            until = _last_day(event.time.value.split("/")[0], since)
        people = [q for q in event.quantities if q.kind in {"people", "things"} and _COUNTED.search(q.text)]
        if people and all(q.low is not None and q.low == q.high for q in people):
            note = None
            if since is None and until is None and claim.said_at is not None and claim.speech_act == "report":
                since, until = first_day(claim.said_at.earliest), first_day(claim.said_at.latest)
                note = "The claim gives no day of listing: the days are those on which it was reported."
            if since is not None and until is not None and not event.negated:
                count = sum(int(q.low or 0) for q in people)
                yield ListQuestion(
                    name=f"{count}", authority=authority, since=since, until=until, count=count, note=note
                )
        elif recipient is not None and self._whom.may_be_listed(recipient):
            yield ListQuestion(name=recipient, authority=authority, since=since, until=until, denied=event.negated)

    def _under(self, claim: Claim, event: Event) -> str | None:
        """Who is "under sanctions of" somebody: the one before, and who comes behind has imposed them."""
        before = self._text[claim.content.spans[0].start : event.trigger.spans[0].start]
        found = _UNDER.search(before)
        return re.sub(r"^[Tt]he\s+", "", found["who"].strip()) if found else None

    def _authority(self, actor: Party | None) -> str | None:
        if actor is None or actor.text.lower() in _NOBODY:
            return None
        known = set(self._whom.known(actor, self._on))
        for authority in self._words.authority:
            if known & authority.entities or actor.name in authority.words:
                return authority.name
        return actor.name  # somebody else's list, of which no other tells

    # -- events --------------------------------------------------------------------------------------------------------

    def _fought(self, event: Event) -> EventQuestion:
        since, until = self._window(event)
        ask, about, word, share, trend = self._asked(event)
        if ask == "first" and since is None:  # when the first time was is the question
            ask, word = "exists", None
        killed = about is not None and ask == "deaths"
        on = since or self._on
        other = None if killed and event.recipient is None else self._whom.side(event.recipient, on)
        if killed:  # "12 people" are those who died, no side
            other = other if other and other.entities else None
        place: str | None = event.place.name if event.place else None
        if other is not None and other.doubt and not place and self._whom.is_place(other.name):
            place = other.name  # "Aleppo was attacked"
            other = None
        counted = any(q.kind == "killed" for q in event.quantities)
        civilians = killed and (about.unit or "") in self._words.classes["civilians"] if about else False
        return EventQuestion(
            ask=ask,
            actor=self._whom.side(event.actor, on),
            other=other,
            place=place,
            since=since,
            until=until or self._on,
            low=about.low if about else None,
            high=about.high if about else None,
            approximate=bool(about and about.approximate),
            civilians=civilians,
            mutual=_has(self._words.mutual.words, event.trigger.text) is not None,
            mode=event.mode,
            weapon=self._near(self._words.weapons.words, event),
            word=word,
            doubt=_DENIED_NUMBER if ask == "none" and counted else None,
            most=share.most if share else None,
            least=share.least if share else None,
            change=trend.change if trend else None,
            factor=trend.times if trend else None,
        )

    def _asked(self, event: Event) -> tuple[Ask, Quantity | None, str | None, ShareWord | None, TrendWord | None]:
        """What is asked, of which number, and in which word with its limits or its change."""
        percent = next((q for q in event.quantities if q.kind == "percent" and self._is_part(q)), None)
        if percent is not None and not event.negated:
            return "share", percent, None, None, None
        for share in () if event.negated else self._words.share:
            if word := self._near(share.words, event, after=0):
                return "share", None, word, share, None
        if event.negated or self._near(self._words.none.words, event, after=0):
            return "none", None, None, None, None
        for trend in self._words.trend:
            if word := self._near(trend.words, event, after=_CHANGED, but=trend.but):
                return "trend", None, word, None, trend
        if word := self._near(self._words.first.words, event):
            return "first", None, word, None, None
        killed = next((q for q in event.quantities if q.kind == "killed"), None)
        return ("deaths" if killed is not None else "exists"), killed, None, None, None

    def _is_part(self, percent: Quantity) -> bool:
        """ "64 percent of its attacks", not "attacks rose by 64 percent"."""
        return re.match(r"\s+of\s", self._text[percent.spans[-1].end :][:4]) is not None

    def _near(self, words: Sequence[str], event: Event, *, after: int = _AFTER, but: Sequence[str] = ()) -> str | None:
        start, end = event.trigger.spans[0].start, event.trigger.spans[-1].end
        before = _BREAK.split(self._text[max(0, start - _BEFORE) : start])[-1]
        behind = _BREAK.split(self._text[end : end + after])[0]
        return _has(words, before + self._text[start:end] + behind, but)

    def _ordered(self, one: Event, other: Event) -> OrderQuestion | None:
        """What came first, where "before" or "after" stands between two deeds that are said to have been done."""
        if any(
            e.type != "ASSAULT" or e.hypothetical or e.future or e.negated or e.factuality == "Uu" for e in (one, other)
        ):
            return None
        between = self._text[one.trigger.spans[-1].end : other.trigger.spans[0].start]
        if len(between) > _APART or not (word := _ORDER.search(between)):
            return None
        first, then = (self._fought(event) for event in ((one, other) if word[0].lower() == "before" else (other, one)))
        return OrderQuestion(first=first, then=then) if all(map(self._whom.sensible, (first, then))) else None

    # -- when ----------------------------------------------------------------------------------------------------------

    def _window(self, event: Event) -> tuple[date | None, date | None]:
        if event.time is None:
            return None, None
        return first_day(event.time.earliest), first_day(event.time.latest)


def _happened(event: Event) -> bool:
    """Whether the claim puts it as something that was, or was not, the case."""
    return not (event.hypothetical or event.future or event.factuality == "Uu")


def _has(words: Sequence[str], text: str, but: Sequence[str] = ()) -> str | None:
    """The first of some words that stands in a text, plural or not, and has none of ``but`` behind it."""
    other = rf"(?!\s+(?:{'|'.join(map(re.escape, but))})\b)" if but else ""
    return next((w for w in words if re.search(rf"\b{re.escape(w)}s?\b{other}", text, re.IGNORECASE)), None)


def _last_day(value: str, since: date) -> date:
    """The last day of the year, month or day with which a time begins that has no end."""
    if len(value) >= 10:
        return since
    month = 12 if len(value) == 4 else since.month
    return since.replace(month=month, day=monthrange(since.year, month)[1])
