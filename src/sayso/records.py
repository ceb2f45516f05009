"""The core types. A Claim encodes to one line of JSON Lines: the contract other programs read.

In:   values.   Out: frozen records; invariants hold from construction on.
Knows nothing of: how any of it was found.
"""

from __future__ import annotations

import hashlib
from itertools import accumulate
from typing import Literal

import msgspec

from sayso.cells import claim_html, ledger_html
from sayso.spans import Span

Kind = Literal["direct", "indirect", "mixed", "authorial"]
SourceType = Literal[
    "person", "organisation", "government", "armed_group", "outlet", "document", "post", "people", "unknown"
]
SpeechAct = Literal[
    "assert", "deny", "accuse", "doubt", "ask", "order", "promise", "predict", "believe", "want", "report"
]
Factuality = Literal["CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "Uu"]


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A polite complaint: something odd was met, the rest was done."""

    stage: str
    message: str
    span: Span | None = None


class DocumentRef(msgspec.Struct, frozen=True, kw_only=True):
    """A document as a claim names it: everything but its text."""

    id: str
    path: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None  # ISO 8601: YYYY, YYYY-MM, YYYY-MM-DD or a date-time
    url: str | None = None  # where it stood, as its file or archive says
    sha256: str  # of the raw bytes


class Capture(msgspec.Struct, frozen=True, kw_only=True):
    """How a document was taken from the web, as the archive (WARC) that holds it says.

    ``at``: when, ISO 8601 in UTC, as it is written there. ``record``: the id of its record. ``server``: the address
    that answered. ``digest``: of the payload as it was sent, as the archive states it; ``intact``: whether the payload
    still has it, None where none is stated.
    """

    at: str | None = None
    record: str | None = None
    server: str | None = None
    digest: str | None = None
    intact: bool | None = None


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One text that was read.

    ``markup`` are spans of ``text`` that format it and are not prose (Markdown's marks);
    ``pages`` are the spans of a PDF's pages, in order. ``capture``: where an archive of the web held it.
    """

    ref: DocumentRef
    text: str
    markup: tuple[Span, ...] = ()
    pages: tuple[Span, ...] = ()
    capture: Capture | None = None
    notices: tuple[Notice, ...] = ()


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """Words of the document. ``text`` joins the spans' texts by one space."""

    spans: tuple[Span, ...]
    text: str

    @property
    def pieces(self) -> tuple[str, ...]:
        """The words of each span."""
        if len(self.spans) == 1:
            return (self.text,)
        starts = accumulate((len(span) + 1 for span in self.spans[:-1]), initial=0)
        return tuple(self.text[start : start + len(span)] for start, span in zip(starts, self.spans, strict=True))


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Who says it. ``name`` is the short form to show and group by; ``entity`` comes from resolve."""

    spans: tuple[Span, ...]
    text: str
    name: str
    type: SourceType = "unknown"
    anonymous: bool = False
    entity: str | None = None


class When(msgspec.Struct, frozen=True, kw_only=True):
    """A time the text gives.

    ``value``: ISO 8601-2 (EDTF, level 1), as coarse as the text: "2014", "2014-06-21", "2012/.." (since), "2013~"
    (about). ``earliest``, ``latest``: the days it lies between, both included; None where open or not known.
    ``readings``: every value of a date that reads in more than one way.
    """

    value: str
    spans: tuple[Span, ...]
    earliest: str | None = None
    latest: str | None = None
    readings: tuple[str, ...] = ()


# The reason of a denial whose own words ("it", "the claim") leave to those of another what it denies: its spans are
# those of its content, then those of the content before it.
DENIES = "denies what was said before"
HELD = "held not to be so"


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """The words that made something so, and how: "not" by a negation."""

    spans: tuple[Span, ...]
    why: str


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who takes part in an event, as the text calls them. ``name`` and ``entity``: who that is, as far as the
    document tells; ``sector``: PLOVER's sort of actor, where the words tell it.
    """

    spans: tuple[Span, ...]
    text: str
    name: str
    entity: str | None = None
    sector: str | None = None


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """How many of what. ``low`` and ``high`` are inclusive; None: the text sets no bound on that side.

    ``kind``: killed, wounded, money …; ``unit``: the lemma of what is counted. ``approximate``: "about", "some".
    """

    kind: str
    unit: str | None
    low: float | None
    high: float | None
    approximate: bool = False
    spans: tuple[Span, ...]
    text: str


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Who did what to whom, as the words of a claim put it: an event of PLOVER's types that the claim speaks of.

    ``factuality``: how the claim's source puts it. ``flags``: the words behind the four booleans. ``within``: the place
    in ``Claim.events`` of the event that asks for this one, refuses it or alleges it. ``plover``: the one code that
    PLOVER books ("TYPE" or "TYPE/mode"); ``cameo``: the nearest code there.
    """

    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    trigger: Phrase
    actor: Party | None = None
    recipient: Party | None = None
    place: Party | None = None
    time: When | None = None
    quantities: tuple[Quantity, ...] = ()
    factuality: Factuality = "CT+"
    negated: bool = False
    hypothetical: bool = False
    future: bool = False
    historical: bool = False
    flags: tuple[Reason, ...] = ()
    within: int | None = None
    plover: str
    cameo: str | None = None


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody or something that a document speaks of, and all words that do.

    ``name``: the fullest proper name, else the description. ``anonymous``: described, never named; ``description`` is
    then all that the text says of it. ``known``: its place in the alias tables; ``possibly``: places there that it may
    be, each with the reason.
    """

    id: str
    name: str
    type: SourceType
    anonymous: bool = False
    description: str | None = None
    mentions: tuple[Span, ...]
    known: str | None = None
    wikidata: str | None = None
    possibly: tuple[tuple[str, str], ...] = ()


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """Source + cue + content, located. Fields are None where the text has none."""

    id: str
    document: DocumentRef
    kind: Kind
    source: Source | None = None
    cue: Phrase | None = None
    content: Phrase
    via: str | None = None
    outlet: Phrase | None = None
    addressee: Phrase | None = None
    factuality: Factuality = "CT+"
    speech_act: SpeechAct = "assert"
    said_at: When | None = None
    events: tuple[Event, ...] = ()
    uncoded: str | None = None  # why there are no events
    quantities: tuple[Quantity, ...] = ()  # every number of its content, those of its events too
    times: tuple[When, ...] = ()  # every time of its content
    why: tuple[Reason, ...] = ()  # the words that make its factuality what it is
    found_by: str
    score: (
        float | None
    )  # calibrated probability that source, cue, content and their linking are right; None: not counted

    @property
    def denied(self) -> tuple[Span, ...]:
        """Where the content stands that it denies by "it" or "the claim"; empty where its own words tell."""
        return next((r.spans[len(self.content.spans) :] for r in self.why if r.why == DENIES), ())

    def _repr_html_(self) -> str:
        return claim_html(self)


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """What one document says, on whose word.

    ``paragraphs``: the blocks of the text in order, by which places are named; ``repeats``: passages that stand
    again, as (first, again); ``entities``: whom it speaks of; ``furniture``: stray pieces of the page.
    """

    document: Document
    claims: tuple[Claim, ...]
    entities: tuple[Entity, ...] = ()
    paragraphs: tuple[Span, ...] = ()
    repeats: tuple[tuple[Span, Span], ...] = ()
    furniture: tuple[Span, ...] = ()
    notices: tuple[Notice, ...] = ()

    def _repr_html_(self) -> str:
        return ledger_html(self.document.ref, self.claims)


def phrase(text: str, spans: tuple[Span, ...]) -> Phrase:
    """The words of ``text`` at ``spans``."""
    return Phrase(spans=spans, text=" ".join(s.of(text) for s in spans))


def document_id(raw: bytes) -> str:
    """Content hash: the same bytes are the same document wherever they lie."""
    return "d" + hashlib.sha256(raw).hexdigest()[:16]


def claim_id(document: str, content: tuple[Span, ...], ordinal: int = 0) -> str:
    """Depends on the document and the content spans only, so it survives a change of rules or model.

    ``ordinal`` counts claims with the very same content (two sources of one content) in text order.
    """
    places = ",".join(f"{s.start}-{s.end}" for s in content)
    digest = hashlib.sha256(f"{document}:{places}".encode()).hexdigest()[:16]
    return f"c{digest}" if ordinal == 0 else f"c{digest}.{ordinal + 1}"
