"""What a person rules on claims. The machine's value and the person's stand side by side; neither is ever changed.

In:   values.   Out: frozen Judgements, each one line of JSON Lines; fingerprints.
Knows nothing of: what several judgements add up to.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from sayso.records import Claim, Factuality, Kind, SourceType, SpeechAct
from sayso.spans import Span

Act = Literal["accept", "reject", "unsure", "edit", "split", "merge", "add", "undo"]


class Judgement(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="judgement"):
    """One ruling of one person; kept for good, and in force until its maker undoes it.

    ``document``: an id. ``at``: ISO 8601, UTC, microseconds. ``on``: the claims that were ruled on as they were shown
    then, with what found them; ``gives``: the claims as the person has them (of edit, split, merge, add). ``undoes``:
    another judgement. ``seen``: the last judgement on the document that its maker could have seen.
    """

    id: str
    document: str
    act: Act
    by: str
    at: str
    why: str | None = None
    on: tuple[Claim, ...] = ()
    gives: tuple[Claim, ...] = ()
    undoes: str | None = None
    seen: str | None = None


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as a person puts it. What is UNSET stays as it was; no spans: the text has none."""

    content: tuple[Span, ...] | UnsetType = UNSET
    cue: tuple[Span, ...] | UnsetType = UNSET
    source: tuple[Span, ...] | UnsetType = UNSET
    name: str | UnsetType = UNSET
    type: SourceType | UnsetType = UNSET
    anonymous: bool | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET
    factuality: Factuality | UnsetType = UNSET
    speech_act: SpeechAct | UnsetType = UNSET


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """What a person asks for; a Judgement is made of it.

    ``claims``: ids, one for accept, reject, unsure, edit and split, two or more for merge, none for add and undo.
    ``wordings``: one for edit and add, two or more for split, at most one for merge. ``document``: for add only.
    ``seen``: as in Judgement; UNSET: all that is there.
    """

    act: Act
    by: str
    why: str | None = None
    document: str | None = None
    claims: tuple[str, ...] = ()
    wordings: tuple[Wording, ...] = ()
    undoes: str | None = None
    seen: str | UnsetType | None = UNSET


def sealed(judgement: Judgement) -> Judgement:
    """The same with the id that its content gives, so that one judgement is one wherever it comes from."""
    bare = msgspec.json.encode(msgspec.structs.replace(judgement, id=""), order="sorted")
    return msgspec.structs.replace(judgement, id="j" + hashlib.sha256(bare).hexdigest()[:16])


def fingerprint(claim: Claim) -> str:
    """What a person looks at when ruling on a claim, in 16 hexadecimal digits: who says what with which words, in what
    manner and how sure. Not who found it, its score, nor what is coded of its content.
    """
    source, said = claim.source, claim.said_at
    seen = (
        claim.document.id,
        claim.kind,
        (source.spans, source.name, source.type, source.anonymous) if source else None,
        *(words.spans if words else None for words in (claim.cue, claim.content, claim.outlet, claim.addressee)),
        (said.value, said.spans) if said else None,
        claim.via,
        claim.factuality,
        claim.speech_act,
    )
    return hashlib.sha256(msgspec.json.encode(seen)).hexdigest()[:16]


def words_key(claim: Claim) -> str:
    """The same for claims with the same words from a source of the same name: letters and figures count."""
    said = (claim.content.text, claim.source.name if claim.source else "")
    bare = ["".join(c for c in words.casefold() if c.isalnum()) for words in said]
    return hashlib.sha256("|".join(bare).encode()).hexdigest()[:16]


def touched(judgement: Judgement) -> set[str]:
    """The ids of the claims that it is on or gives."""
    return {claim.id for claim in (*judgement.on, *judgement.gives)}
