"""The fields source and cue: whether the one who is named says the content there, with the words that are given.

In:   a Page, a Proposal, the place of its content.   Out: Speaking: two fields, and the claim of the text it is.
Knows nothing of: the other fields.

The reader's claim on the content is asked first. Where it has none, or another one, the tree may bear a claim out: the
source is the subject of the cue, and the cue reaches the content.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sayso.extract.cues import doing
from sayso.records import Claim, Source
from sayso.spans import Span
from sayso.vet.naming import Named, is_left_out, names, quotes_another, sayings_of
from sayso.vet.page import PRONOUNS, Page
from sayso.vet.placing import Place, wanted
from sayso.vet.proposals import Given, Proposal
from sayso.vet.speakers import attached, cue_places, governs, holding, owns, sure
from sayso.vet.vetted import Field

_FIT = 0.8  # of the best fit, for another claim of the text to be what a content is
_QUOTES = " \n.,\"“”‘’'"
_FAR = 4  # sentences from a content to who says it
_CLOSE = 4  # characters between a mark that reports and the content
_PLAIN = ("assert", "report")
_LEFT = "the text names nobody there"


class Speaking(NamedTuple):
    """``said``: the claim of the text that it is; ``shown``: where source and cue stand."""

    fields: dict[str, Field]
    said: Claim | None
    shown: tuple[Span, ...]


def speaking(page: Page, proposal: Proposal, place: Place) -> Speaking:
    """Source and cue of a proposal whose content stands at a place."""
    likely = _between(page, place) or _likely(page, place)
    cue_given, source_given = proposal.fields.get("cue"), proposal.fields.get("source")
    cues = _cues(page, cue_given, place)
    fields: dict[str, Field] = {}
    said = likely[0] if likely else None
    shown: tuple[Span, ...] = ()
    cue = None
    if source_given is not None:
        fields["source"], cue, named = _source(page, source_given, cues, cue_given, place, likely)
        said = named or (said if not _is_within(page, said, cue) else None)
        shown += fields["source"].spans if fields["source"].status != "unsupported" else ()
    elif "source" in proposal.fields:
        fields["source"] = _nobody(likely)
    if cue_given is not None:
        fields["cue"], at = _cue(page, cue_given, cue, cues, place, said)
        shown += at
    elif said is not None and cue_given is None and "cue" in proposal.fields and said.cue is not None and sure(said):
        fields["cue"] = Field(status="unsupported", reason=f"the text has “{said.cue.text}”", spans=said.cue.spans)
    return Speaking(fields, said, shown)


def _is_within(page: Page, said: Claim | None, cue: Place | None) -> bool:
    """Is a cue a part of what a claim of the text says, which is another claim than the cue's then?"""
    return said is not None and cue is not None and set(cue.words) <= page.inside(said.content.spans)


def _likely(page: Page, place: Place) -> list[Claim]:
    """The claims of the text that a content may be, those that fit best first."""
    own = set(place.words)
    rated = []
    for claim in holding(page, place.spans):
        theirs = page.inside(claim.content.spans)
        rated.append((2 * len(own & theirs) / (len(own) + len(theirs)), claim))
    rated.sort(key=lambda pair: -pair[0])
    return [claim for fit, claim in rated if fit >= _FIT * rated[0][0]]


def _between(page: Page, place: Place) -> list[Claim]:
    """The claims of the text whose cue stands between the pieces of a content: they say whose words these are."""
    if not place.skipped:
        return []
    cued = [claim for claim in page.said if claim.cue is not None]
    return [c for c in cued if c.cue and any(s.contains(c.cue.spans[0]) for s in place.skipped)]


def _cues(page: Page, given: Given | None, place: Place) -> list[Place]:
    if given is None:
        return []
    if given.spans and " ".join(s.of(page.text) for s in given.spans) == given.text:
        words = tuple(sorted(page.inside(given.spans)))
        return [Place(given.spans, words, True, (), None)] if words else []  # noqa: FBT003 - a tuple of facts
    return cue_places(page, wanted(given.text), place.spans)


def _nobody(likely: Sequence[Claim]) -> Field:
    named = next((c for c in likely if c.source is not None and sure(c)), None)
    if named is None or named.source is None:
        return Field(status="exact", reason=_LEFT)
    return Field(status="unsupported", reason=f"the text has {_called(named.source)} say it", spans=named.source.spans)


def _source(
    page: Page, given: Given, cues: Sequence[Place], cue_given: Given | None, place: Place, likely: Sequence[Claim]
) -> tuple[Field, Place | None, Claim | None]:
    """The field, the place of the given cue that bears it out, and the reader's claim that does."""
    quoting = cue_given is not None and any(word in cue_given.text.lower() for word in ("quot", "cit"))
    for claim in likely:
        named = names(page, given.text, claim.source) if claim.source else None
        if named is None or (not quoting and quotes_another(page, named.spans)):
            continue
        cue = _cue_of(page, claim, cues, named, place)
        if cue is not None or not cues:
            return _supported(named), cue, claim
    own = [page.sentence(word) for word in place.words]
    over = _between(page, place)
    plain = (cue for cue in _plain_cues(page, place) if not likely or any(_is_within(page, c, cue) for c in likely))
    tried = cues or (*_own_cues(page, place), *plain)
    for at in sayings_of(page, given.text, page.sentences(min(own) - _FAR, max(own) + _FAR)):
        silent = any(is_left_out(page, given.text, s) for s in at.spans)
        if page.inside(at.spans) & set(place.words) or silent or (not quoting and quotes_another(page, at.spans)):
            continue
        for cue in tried:
            if _is_beyond(page, at, cue):
                continue
            if over and not any(s.overlaps(c) for s in place.skipped for c in cue.spans):
                continue
            other = next((c for c in likely if c.cue is not None and _overlaps(c.cue.spans, cue.spans)), None)
            how = None if at.exact else "; ".join(at.changes) or "written otherwise"
            found = _supported(Named(at.spans, at.exact, how)), cue if cues or cue_given is None else None, other
            if owns(page, at, cue, place.spans):
                return found
            if other is not None and other.source is not None and sure(other) and not _holds(cue, other.source):
                continue  # the reader gives these words to somebody else
            by_tree = bool(likely) or not cues
            if attached(page, at, cue, place.spans) and governs(page, cue, place.spans, by_tree=by_tree):
                return found
    if cue_given and not wanted(cue_given.text).words and (beside := _beside_mark(page, given, cue_given, place)):
        return beside, None, None
    return _unsupported(page, given, likely), None, None


def _is_beyond(page: Page, source: Place, cue: Place) -> bool:
    """ "According to the office, whom Ann Lee had called": does a comma part it from a cue that names who speaks?"""
    last = page.words[cue.words[-1]]
    names_next = page.words[cue.words[0]].norm == "according" and source.words[0] > cue.words[-1]
    return names_next and "," in page.text[last.end : source.spans[0].start]


def _holds(cue: Place, source: Source) -> bool:
    """ "Invited the court to consider whether": is who the reader has speak a part of the words for speaking?"""
    first, last = cue.spans[0].start, cue.spans[-1].end
    return all(first <= span.start and span.end <= last for span in source.spans)


def _beside_mark(page: Page, given: Given, mark: Given, place: Place) -> Field | None:
    """ "HALE: In May.", "“Keep out” — a note on the door": nothing but the mark is between source and content."""
    for at in sayings_of(page, given.text):
        before = page.text[at.spans[-1].end : place.spans[0].start]
        after = page.text[place.spans[-1].end : at.spans[0].start]
        if mark.text.strip() in (before.strip(_QUOTES), after.strip(_QUOTES)):
            return _supported(Named(at.spans, at.exact, None if at.exact else "written otherwise"))
    return None


def _supported(named: Named) -> Field:
    status = "exact" if named.exact else "normalised"
    return Field(status=status, reason=named.how or "as in the text", spans=named.spans)  # type: ignore[arg-type]


def _unsupported(page: Page, given: Given, likely: Sequence[Claim]) -> Field:
    there = sayings_of(page, given.text)
    spoken = next((c for c in likely if c.source is not None), None)
    if not there:
        return Field(status="unsupported", reason=f"the text nowhere has “{given.text}”")
    if spoken is not None and spoken.source is not None:
        who = _called(spoken.source)
        reason = f"the text has {who} say it, not “{given.text}”"
        if names(page, given.text, spoken.source) is not None:
            reason = f"the text has {who} say it, but not with these words for it"
        return Field(status="unsupported", reason=reason, spans=spoken.source.spans)
    reason = f"nothing in the text has “{given.text}” say it there"
    return Field(status="unsupported", reason=reason, spans=there[0].spans)


def _called(source: Source) -> str:
    """The words for a source, and for a pronoun who it is read as."""
    if source.text.lower() in PRONOUNS and source.name.lower() != source.text.lower():
        return f"“{source.text}” (read as “{source.name}”)"
    return f"“{source.text}”"


def _cue_of(page: Page, claim: Claim, cues: Sequence[Place], named: Named, place: Place) -> Place | None:
    """Of the places of a cue the one that is the claim's own, or as good: attached to its source."""
    for cue in cues:
        if claim.cue is not None and _overlaps(claim.cue.spans, cue.spans):
            return cue
    source = Place(named.spans, tuple(sorted(page.inside(named.spans))), True, (), None)  # noqa: FBT003 - as above
    for cue in cues:
        if source.words and attached(page, source, cue, place.spans) and governs(page, cue, place.spans):
            return cue
    return None


def _own_cues(page: Page, place: Place) -> list[Place]:
    """The cues by which the reader has some of a content said."""
    found = []
    for claim, _ in page.sayings(place.spans):
        if claim.cue is not None and page.inside(claim.cue.spans).isdisjoint(place.words):
            words = tuple(sorted(page.inside(claim.cue.spans)))
            found.append(Place(claim.cue.spans, words, True, (), None))  # noqa: FBT003 - as above
    return [place for place in found if place.words]


def _plain_cues(page: Page, place: Place) -> list[Place]:
    """The words of the content's sentences that only report, by the word lists: "said", "according to"."""
    lexicon, syntax = page.knowledge.lexicon, page.syntax
    found = []
    for number in sorted({page.sentence(word) for word in place.words}):
        for word in page.sentences(number, number):
            first = page.words[word].span
            known = [tuple(form) for form, _ in lexicon.marker_forms.get(page.words[word].norm, ())]
            token = next(iter(syntax.within(first)), None)
            if token is not None and syntax.upos[token] == "VERB" and page.words[word].norm in lexicon.verb_forms:
                known.append((page.words[word].norm,))
            for form in known:
                words = tuple(range(word, min(word + len(form), len(page.words))))
                span = page.span(words[0], words[-1])
                does = doing(page.text, span, lexicon)
                if tuple(page.words[w].norm for w in words) == form and does.act in _PLAIN and does.factuality == "CT+":
                    found.append(Place((span,), words, True, (), None))  # noqa: FBT003 - as above
    return [cue for cue in found if set(cue.words).isdisjoint(place.words)]


def _overlaps(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(a.overlaps(b) for a in spans for b in others)


def _cue(
    page: Page, given: Given, chosen: Place | None, cues: Sequence[Place], place: Place, said: Claim | None
) -> tuple[Field, tuple[Span, ...]]:
    """The field, and the place where the cue stands."""
    if chosen is None:
        own = (c for c in cues if said and said.cue and _overlaps(said.cue.spans, c.spans))
        chosen = next(own, None) or next((c for c in cues if governs(page, c, place.spans)), None)
    if not wanted(given.text).words:
        return _mark(page, given, place, said)
    if chosen is not None:
        if chosen.exact:
            return Field(status="exact", reason="as in the text", spans=chosen.spans), chosen.spans
        reason = "; ".join(chosen.changes) or "written otherwise"
        return Field(status="normalised", reason=reason, spans=chosen.spans), chosen.spans
    if said is not None and said.cue is not None:
        reason = f"the text has “{said.cue.text}”, not “{given.text}”"
        return Field(status="unsupported", reason=reason, spans=said.cue.spans), ()
    return Field(status="unsupported", reason=f"“{given.text}” does not report it in the text"), ()


def _mark(page: Page, given: Given, place: Place, said: Claim | None) -> tuple[Field, tuple[Span, ...]]:
    """A cue without a word, as the colon after who speaks in a transcript."""
    if said is not None and said.cue is not None and said.cue.text == given.text:
        return Field(status="exact", reason="as in the text", spans=said.cue.spans), said.cue.spans
    mark, first, last = given.text.strip(), place.spans[0].start, place.spans[-1].end
    at = page.text.rfind(mark, max(0, first - _CLOSE), first)
    if at < 0:
        at = page.text.find(mark, last, last + _CLOSE + len(mark))
    if at < 0:
        return Field(status="unsupported", reason=f"“{given.text}” does not stand beside it in the text"), ()
    span = Span(at, at + len(mark))
    return Field(status="exact", reason="as in the text", spans=(span,)), (span,)
