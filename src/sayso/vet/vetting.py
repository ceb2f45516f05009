"""Vet a claim: find its words, who says them there, what was dropped around them; each field with its reason.

In:   a Page, Proposals.   Out: Vetted.
Knows nothing of: files, who made the claims, whether anything is so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sayso.records import Reason
from sayso.spans import Span
from sayso.vet.around import dropped
from sayso.vet.filling import others
from sayso.vet.nearest import difference
from sayso.vet.page import Page
from sayso.vet.placing import Finder, Place, wanted
from sayso.vet.proposals import Proposal
from sayso.vet.speaking import Speaking, speaking
from sayso.vet.vetted import Field, Vetted, vetted
from sayso.vet.words import cut


class _Reading(NamedTuple):
    """A claim read at one of the places of its content."""

    fields: dict[str, Field]
    place: Place
    speaking: Speaking

    @property
    def faults(self) -> int:
        return sum(field.status == "unsupported" for field in self.fields.values())


def vet(page: Page, proposals: Iterable[Proposal]) -> Iterator[Vetted]:
    """Each claim against the text, in order."""
    given = list(proposals)
    by_id = {proposal.id: proposal for proposal in given if proposal.id is not None}
    return (_vet(page, proposal, by_id) for proposal in given)


def _vet(page: Page, proposal: Proposal, by_id: Mapping[str, Proposal]) -> Vetted:
    content = proposal.content
    best: _Reading | None = None
    places = _places(page, proposal)
    if isinstance(places, Field):
        fields = {"content": places, **_without(page, proposal)}
        return vetted(fields, identity=proposal.id, content=content.text, line=proposal.line)
    for place in places:
        read = _read(page, proposal, place, by_id)
        if best is None or read.faults < best.faults:
            best = read
        if not best.faults:
            break
    if best is None:
        reason, near = difference(page, wanted(content.text))
        fields = {"content": Field(status="unsupported", reason=reason, spans=near), **_without(page, proposal)}
    else:
        fields = best.fields
    return vetted(fields, identity=proposal.id, content=content.text, line=proposal.line)


def _without(page: Page, proposal: Proposal) -> dict[str, Field]:
    """The other fields of a claim whose content the text has not: nobody there says it."""
    given = {name: field for name, field in proposal.fields.items() if field is not None and name != "content"}
    found = {}
    for name, field in given.items():
        there = name not in ("source", "cue", "addressee") or Finder(page).places(wanted(field.text))
        reason = (
            "the text does not have the content that it belongs to" if there else f"the text nowhere has “{field.text}”"
        )
        found[name] = Field(status="unsupported", reason=reason)
    return found


def _places(page: Page, proposal: Proposal) -> list[Place] | Field:
    """Where the content may stand; at its own spans only, where it has them."""
    given = proposal.content
    if given.spans:
        if given.spans[-1].end > len(page.text):
            return Field(
                status="unsupported", reason=f"its spans reach beyond the text, which has {len(page.text):,} characters"
            )
        there = " ".join(span.of(page.text) for span in given.spans)
        if there == given.text:
            words = tuple(sorted(page.inside(given.spans)))
            return [Place(given.spans, words, True, (), None)] if words else []  # noqa: FBT003 - a tuple of facts
    speaker = proposal.fields.get("source")
    want = wanted(given.text, speaker.text if speaker else None)
    own = _own(page, proposal)
    found = Finder(page, own | _reporting(page), own).places(want)
    found = [p for p in found if not any(set(p.words) < set(other.words) for other in found)]
    if given.spans:
        found = [p for p in found if all(any(o.overlaps(s) for s in p.spans) for o in given.spans)]
        if not found:
            there = " ".join(" ".join(span.of(page.text) for span in given.spans).split())
            return Field(status="unsupported", reason=f"at its spans the text has “{there}”", spans=given.spans)
    return found


def _own(page: Page, proposal: Proposal) -> set[int]:
    """The words of the text that may be the source's or the cue's; the cues by which the reader has the source say
    anything.
    """
    found: set[int] = set()
    for name in ("source", "cue"):
        given = proposal.fields.get(name)
        if given is not None:
            found |= {word for place in Finder(page).places(wanted(given.text)) for word in place.words}
        if name == "source":
            spoken = [c for c in page.said if c.source and c.cue and page.inside(c.source.spans) <= found]
            found |= {word for claim in spoken if claim.cue for word in page.inside(claim.cue.spans)}
    return found


def _reporting(page: Page) -> set[int]:
    """The words that report anything, as the reader has it."""
    found: set[int] = set()
    for claim in page.said:
        for part in (claim.cue, claim.source):
            if part is not None:
                found |= page.inside(part.spans)
    return found


def _read(page: Page, proposal: Proposal, place: Place, by_id: Mapping[str, Proposal]) -> _Reading:
    who = speaking(page, proposal, place)
    outer = others(page, proposal, place, who, by_id)
    shown = (*who.shown, *outer.shown)
    fields = {"content": _content(page, place, shown, who), **who.fields, **outer.fields, **_misplaced(page, proposal)}
    return _Reading(fields, place, who)


def _misplaced(page: Page, proposal: Proposal) -> dict[str, Field]:
    """Fields whose spans give other words than theirs. (A time may have its value for its words.)"""
    found = {}
    for name, given in proposal.fields.items():
        if given is None or not given.spans or given.value is not None or name == "content":
            continue
        there = " ".join(span.of(page.text) for span in given.spans)
        if [word.norm for word in cut(there)] != [word.norm for word in cut(given.text)]:
            reason = f"at its spans the text has “{' '.join(there.split())}”"
            found[name] = Field(status="unsupported", reason=reason, spans=given.spans)
    return found


def _content(page: Page, place: Place, shown: tuple[Span, ...], who: Speaking) -> Field:
    if place.marked is not None:
        word = place.marked.of(page.text)
        reason = f"the claim has “{word}” in quotation marks, the text does not"
        return Field(status="unsupported", reason=reason, spans=(place.marked,))
    left = dropped(page, place.spans, shown, who.said)
    if left:
        spans = tuple(dict.fromkeys(span for reason in left for span in reason.spans))
        return Field(
            status="unsupported", reason=f"what the claim leaves out changes it: {_told(page, left)}", spans=spans
        )
    if place.exact:
        return Field(status="exact", reason="as in the text", spans=place.spans)
    reason = "; ".join(place.changes) or "other case, marks or spaces"
    return Field(status="normalised", reason=reason, spans=place.spans)


def _told(page: Page, reasons: Iterable[Reason]) -> str:
    """Each place once, with the first of what is found to be done there."""
    told: list[str] = []
    seen: list[Span] = []
    for reason in reasons:
        if not any(span.overlaps(other) for span in reason.spans for other in seen):
            told.append(f"“{' '.join(s.of(page.text) for s in reason.spans)}” ({reason.why})")
            seen += reason.spans
    return ", ".join(told)
