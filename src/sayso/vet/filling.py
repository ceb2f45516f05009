"""The further fields of a claim: when it was said, how sure it is put, through whom, to whom, what it speaks of.

In:   a Page, a Proposal, the place of its content and who says it.   Out: fields; what else the claim shows.
Knows nothing of: how content, source and cue were found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

import msgspec

from sayso.records import Claim, phrase
from sayso.resolve.factuality import factuality_of_claim
from sayso.spans import Span
from sayso.vet.naming import names
from sayso.vet.page import Page
from sayso.vet.placing import Finder, Place, wanted
from sayso.vet.proposals import Given, Proposal, event_words
from sayso.vet.speaking import Speaking
from sayso.vet.vetted import Field

_DATED = re.compile(r"[\d./~?%-]*\d{4}[\d./~?:TZ%+-]*")


class Others(NamedTuple):
    """``shown``: where the words stand that say through whom a claim comes."""

    fields: dict[str, Field]
    shown: tuple[Span, ...]


def others(page: Page, proposal: Proposal, place: Place, who: Speaking, by_id: Mapping[str, Proposal]) -> Others:
    """All fields but content, source and cue."""
    given = proposal.fields
    fields: dict[str, Field] = {}
    shown: tuple[Span, ...] = ()
    if via := given.get("via"):
        fields["via"], shown = _via(page, via, place, who, by_id)
    if said_at := given.get("said_at"):
        fields["said_at"] = _said_at(page, said_at, place, who)
    for name in ("addressee", "outlet"):
        if words := given.get(name):
            fields[name] = _near(page, words, place)
    if kind := given.get("kind"):
        fields["kind"] = _kind(page, kind.text, place, who)
    if stance := (given.get("factuality"), given.get("speech_act")):
        fields |= _stance(page, place, who, *stance)
    if proposal.events:
        fields["events"] = _events(page, proposal.events, place)
    return Others(fields, shown)


def _exact(spans: tuple[Span, ...] = ()) -> Field:
    return Field(status="exact", reason="as in the text", spans=spans)


def _no(reason: str, spans: tuple[Span, ...] = ()) -> Field:
    return Field(status="unsupported", reason=reason, spans=spans)


def _yes(place: Place) -> Field:
    if place.exact:
        return _exact(place.spans)
    return Field(status="normalised", reason="; ".join(place.changes) or "written otherwise", spans=place.spans)


# --- through whom ---


def _via(
    page: Page, given: Given, place: Place, who: Speaking, by_id: Mapping[str, Proposal]
) -> tuple[Field, tuple[Span, ...]]:
    """The claim that holds this one, by its id among those that were given; or by the name of who says it."""
    over = [*(page.over(who.said) if who.said else ()), *page.around(place.words)]
    if outer := by_id.get(given.text):
        holding = [p for p in Finder(page).places(wanted(outer.content.text)) if set(p.words) >= set(place.words)]
        if not holding:
            return _no(f"the content of {given.text} does not hold this one"), ()
        shown = tuple(s for c in over for part in (c.source, c.cue) if part for s in part.spans)
        return _exact(holding[0].spans), shown
    for claim in over:
        named = names(page, given.text, claim.source) if claim.source else None
        if named is not None:
            shown = (*named.spans, *(claim.cue.spans if claim.cue else ()))
            return Field(
                status="exact" if named.exact else "normalised", reason=named.how or "as in the text", spans=named.spans
            ), shown
    return _no(f"the text does not have it on the word of “{given.text}”"), ()


# --- when ---


def _said_at(page: Page, given: Given, place: Place, who: Speaking) -> Field:
    if given.value is not None or _DATED.fullmatch(given.text):
        return _dated(page, given.value or given.text, place, who)
    return _near(page, given, place)


def _dated(page: Page, value: str, place: Place, who: Speaking) -> Field:
    """A date is the reader's own for when it was said, or one that the sentence has outside of the content."""
    known = who.said.said_at if who.said else None
    if known is not None:
        if value in (known.value, *known.readings):
            return Field(status="normalised", reason=f"“{known.spans[0].of(page.text)}” is {value}", spans=known.spans)
        return _no(f"by the text it was said {known.value}, not {value}", known.spans)
    around = [page.sentence_at(span.start) for span in (*place.spans, *who.shown)]
    for time in page.times:
        own = any(s.contains(time.spans[0]) for s in around) and not any(s.contains(time.spans[0]) for s in place.spans)
        if own and value in (time.value, *time.readings):
            return Field(status="normalised", reason=f"“{time.spans[0].of(page.text)}” is {value}", spans=time.spans)
    return _no(f"the text does not say that it was said {value}")


# --- words that stand near ---


def _near(page: Page, given: Given, place: Place) -> Field:
    """Words of the content's sentences, or of the one before or after them."""
    own = {page.sentence(word) for word in place.words}
    low, high = min(own) - 1, max(own) + 1
    for found in Finder(page).places(wanted(given.text)):
        if low <= page.sentence(found.words[0]) <= high:
            return _yes(found)
    return _no(f"“{given.text}” does not stand near it")


def _kind(page: Page, kind: str, place: Place, who: Speaking) -> Field:
    quoted = len(set(place.words) & page.quoted)
    if kind == "direct" and quoted < len(place.words):
        return _no("not all of it is within quotation marks", place.spans)
    if kind == "mixed" and not quoted:
        return _no("nothing of it is within quotation marks", place.spans)
    if kind == "authorial" and who.said is not None and set(place.words) <= page.inside(who.said.content.spans):
        return _no("the text has it as somebody's word", who.said.cue.spans if who.said.cue else ())
    return _exact(place.spans)


# --- how sure ---


def _stance(page: Page, place: Place, who: Speaking, factuality: Given | None, act: Given | None) -> dict[str, Field]:
    """How sure the text has the source put it, and what the source does by saying it."""
    if factuality is None and act is None:
        return {}
    claim = who.said if who.said is not None and _is_whole(page, who.said, place) else _made(page, place, who)
    why = tuple(span for reason in claim.why for span in reason.spans)
    found = {}
    for name, given, own in (("factuality", factuality, claim.factuality), ("speech_act", act, claim.speech_act)):
        if given is not None:
            by = ", ".join(f"“{span.of(page.text)}”" for span in why)
            reason = f"the text puts it as {own}" + (f", by {by}" if by else "")
            found[name] = _exact(why) if given.text == own else _no(reason, why)
    return found


def _is_whole(page: Page, claim: Claim, place: Place) -> bool:
    return page.inside(claim.content.spans) == set(place.words)


def _made(page: Page, place: Place, who: Speaking) -> Claim:
    """The claim of the text with this content, for what its words say of how sure it is put."""
    base = who.said or page.ledger.claims[0]
    knowledge = page.knowledge
    authorial: dict[str, Any] = {} if who.said else {"source": None, "cue": None}
    claim = msgspec.structs.replace(base, content=phrase(page.text, place.spans), why=(), **authorial)
    stance, judged = factuality_of_claim(page.syntax, claim, knowledge.stances, knowledge.lexicon, knowledge.scales)
    return msgspec.structs.replace(claim, factuality=judged.value, speech_act=stance.act)


# --- what it speaks of ---


def _events(page: Page, events: tuple[dict[str, Any], ...], place: Place) -> Field:
    """The words of each event stand in the content, or near it, or name what does."""
    own = {page.sentence(word) for word in place.words}
    spans: list[Span] = []
    for event in events:
        for name, words, given in event_words(event):
            if given and " ".join(s.of(page.text) for s in given) == words:
                spans += given
                continue
            places = Finder(page).places(wanted(words))
            inside = next((p for p in places if page.sentence(p.words[0]) in own), None)
            if inside is None:
                return _no(f"{name} “{words}” does not stand in it")
            spans += inside.spans
        if fault := _negation(page, event, place):
            return fault
    return _exact(tuple(dict.fromkeys(spans)))


def _negation(page: Page, event: Mapping[str, Any], place: Place) -> Field | None:
    """An event that is given as negated, or as not, where the text's own of the same word is the other way."""
    trigger = event.get("trigger")
    words = trigger.get("text") if isinstance(trigger, Mapping) else trigger
    given = event.get("negated")
    if not isinstance(words, str) or not isinstance(given, bool):
        return None
    inside = partial(_lies_in, place)
    for claim in page.ledger.claims:
        for own in claim.events:
            if own.trigger.text == words and inside(own.trigger.spans) and own.negated != given:
                how = "negates" if own.negated else "does not negate"
                return _no(f"the text {how} “{words}”", own.trigger.spans)
    return None


def _lies_in(place: Place, spans: tuple[Span, ...]) -> bool:
    return all(any(own.contains(span) for own in place.spans) for span in spans)
