"""What stands between the documents of a case: clusters of claims, their origins, edges, contradictions. A contract.

In:   values.   Out: frozen records; each encodes to one line of JSON Lines that opens with its kind.
Knows nothing of: how any of it was found.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.records import Phrase
from sayso.spans import Span

Relation = Literal["reprint", "copies_prose", "press_release", "translation", "cites", "shares_quote"]
OriginKind = Literal[
    "eyewitness", "official", "anonymous_official", "document", "organisation", "own_reporting", "hearsay", "unknown"
]
Outcome = Literal["contradicts", "updates", "refines", "disputes-attribution"]


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where claims of a cluster first came from. ``documents``: those that carry it; ``heard``: those among them that
    had it from the origin itself, not through another document: witnesses that it was said, not that it is so.
    """

    id: str
    kind: OriginKind
    who: str
    documents: tuple[str, ...]
    heard: tuple[str, ...] = ()


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """Two claims that rest on one origin, or may. ``certain`` ties hold in both counts, others only in the low one."""

    a: str
    b: str
    certain: bool
    why: str


class Origins(msgspec.Struct, frozen=True, kw_only=True):
    """How many independent origins: ``low`` if every uncertain tie is one, ``high`` if none is. ``items`` are those of
    the high count.
    """

    low: int
    high: int
    items: tuple[Origin, ...]
    ties: tuple[Tie, ...] = ()


class Cluster(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="cluster"):
    """Claims that say the same thing; a claim that is like no other is a cluster of its own and is not listed.

    ``possibly``: claims that may say the same; origins that they add count in the high end only. ``score``: the least
    mean likeness by which a part of it came in.
    """

    id: str
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    origins: Origins
    possibly: tuple[str, ...] = ()
    score: float


class Edge(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="edge", rename={"from_": "from"}):
    """``from_`` derives from ``to``; of `shares_quote`, neither does. ``spans``: the same passage, here and there.
    ``credited``: the one that derives says so.
    """

    from_: str
    to: str
    relation: Relation
    credited: bool
    spans: tuple[tuple[Span, Span], ...]
    score: float
    why: tuple[str, ...]


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """Where a quotation reads differently in two documents: the words here and there, None where there are none."""

    a: Phrase | None
    b: Phrase | None


class Variant(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="variant"):
    """One quotation in two documents, and each place at which their words differ."""

    a: str
    b: str
    spans: tuple[Span, Span]
    readings: tuple[Reading, ...]


class Contradiction(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="contradiction"):
    """How two claims of one event stand to each other, and the words of each that make it so."""

    a: str
    b: str
    relation: Outcome
    reason: str
    spans: tuple[tuple[Span, ...], tuple[Span, ...]]


Link = Cluster | Edge | Variant | Contradiction
