"""A Judgement of what a person asks for. The person's claims keep the laws: every span gives its words.

In:   a Ruling, the claims it is on, the text.   Out: a Judgement; or BadJudgement, with what to do.
Knows nothing of: what was ruled before.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from typing import TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from sayso.errors import BadJudgement
from sayso.records import Claim, Document, Event, Kind, Source, claim_id, phrase
from sayso.review.judgements import Judgement, Ruling, Wording, sealed
from sayso.spans import Span, merge, trimmed

T = TypeVar("T")

_NAME_LENGTH = 100
_WHY_LENGTH = 10_000
_QUOTES = "\"“”„‟«»‹›‘’'"

# How many claims and wordings each act takes: (least, most); None: any number.
_TAKES: dict[str, tuple[tuple[int, int | None], tuple[int, int | None]]] = {
    "accept": ((1, 1), (0, 0)),
    "reject": ((1, 1), (0, 0)),
    "unsure": ((1, 1), (0, 0)),
    "edit": ((1, 1), (1, 1)),
    "split": ((1, 1), (2, None)),
    "merge": ((2, None), (0, 1)),
    "add": ((0, 0), (1, 1)),
    "undo": ((0, 0), (0, 0)),
}


def check(ruling: Ruling) -> None:
    """Is it one that can be made? Raises BadJudgement."""
    claims, wordings = _TAKES[ruling.act]
    for what, given, (least, most) in (
        ("claims", len(set(ruling.claims)), claims),
        ("wordings", len(ruling.wordings), wordings),
    ):
        if given < least or (most is not None and given > most):
            needed = f"{least}" if least == most else f"{least} or more" if most is None else f"at most {most}"
            raise BadJudgement(f"{ruling.act}: {given} {what} were given, and it takes {needed}")
    if ruling.act == "undo" and ruling.undoes is None:
        raise BadJudgement("undo: say which judgement, by its id: the history of the claim shows it")
    if not named(ruling.by):
        raise BadJudgement("a judgement is somebody's: give the name of who makes it")
    if len(named(ruling.by)) > _NAME_LENGTH:
        raise BadJudgement(f"the name of a reviewer has {_NAME_LENGTH} characters at most")
    if len(ruling.why or "") > _WHY_LENGTH:
        raise BadJudgement(f"a reason has {_WHY_LENGTH:,} characters at most")


def named(by: str) -> str:
    """A reviewer's name as it is compared: on one line, in one Unicode form."""
    return " ".join(unicodedata.normalize("NFC", by).split())


def made(
    ruling: Ruling, on: Sequence[Claim], document: Document, *, at: str, seen: str | None, taken: Collection[str] = ()
) -> Judgement:
    """The judgement. ``on``: the claims of the ruling as they were shown, in text order; ``taken``: ids that belong to
    other claims of the document. Raises BadJudgement.
    """
    check(ruling)
    by = named(ruling.by)
    gives: list[Claim] = []
    for before, wording in _pairs(ruling, on):
        free = {*taken, *(claim.id for claim in gives)}
        gives.append(_claim(document, before, wording, by=by, taken=free))
    parts = [(c.content.spans, c.source and c.source.spans, c.cue and c.cue.spans) for c in gives]
    if len(set(parts)) < len(parts):
        raise BadJudgement("split: two parts have the very same words: leave in each only what is its own")
    judgement = Judgement(
        id="",
        document=document.ref.id,
        act=ruling.act,
        by=by,
        at=at,
        why=(ruling.why or "").strip() or None,
        on=tuple(on),
        gives=tuple(gives),
        undoes=ruling.undoes,
        seen=seen,
    )
    return sealed(judgement)


def _pairs(ruling: Ruling, on: Sequence[Claim]) -> list[tuple[Claim | None, Wording]]:
    """Each wording with the claim that fills in what it leaves unset."""
    if ruling.act != "merge":
        return [(on[0] if on else None, wording) for wording in ruling.wordings]
    wording = ruling.wordings[0] if ruling.wordings else Wording()
    if wording.content is UNSET:
        wording = msgspec.structs.replace(wording, content=merge(s for claim in on for s in claim.content.spans))
    # Of the claims that become one, the first that has a source gives it.
    return [(next((claim for claim in on if claim.source), on[0]), wording)]


def _claim(document: Document, before: Claim | None, wording: Wording, *, by: str, taken: Collection[str]) -> Claim:
    text = document.text
    content = _spans(text, wording.content, before.content.spans if before else (), "content")
    if not content:
        raise BadJudgement("a claim needs the words that are said: mark its content")
    cue = _spans(text, wording.cue, before.cue.spans if before and before.cue else (), "cue")
    source = _source(text, before.source if before else None, wording)
    kept = before is not None and before.content.spans == content
    words = phrase(text, content)
    said_by = f"person:{by}"
    common = {
        "id": before.id if before and kept and before.id not in taken else _free_id(document.ref.id, content, taken),
        "kind": _or(wording.kind, before.kind if before else _kind(words.text, source is not None or bool(cue))),
        "source": source,
        "cue": phrase(text, cue) if cue else None,
        "content": words,
        "factuality": _or(wording.factuality, before.factuality if before else "CT+"),
        "speech_act": _or(wording.speech_act, before.speech_act if before else "assert"),
        "found_by": said_by,
        "score": 1.0,  # not measured: a person's word
    }
    if before is None:
        return Claim(document=document.ref, uncoded="put in by a person", **common)  # type: ignore[arg-type] # fields by name
    inside = {} if kept else _inside(before, content)
    why = () if common["factuality"] != before.factuality else before.why
    return msgspec.structs.replace(before, **common, **inside, why=why)


def _source(text: str, before: Source | None, wording: Wording) -> Source | None:
    spans = _spans(text, wording.source, before.spans if before else (), "source")
    name = wording.name if isinstance(wording.name, str) and wording.name.strip() else None
    if not spans:
        if name:
            raise BadJudgement(f"source {name!r}: mark the words of the text that stand for it")
        return None
    words = phrase(text, spans)
    same = before is not None and before.spans == spans
    new_name = named(name) if name else before.name if before and same else named(words.text)
    return Source(
        spans=spans,
        text=words.text,
        name=new_name,
        type=_or(wording.type, before.type if before else "unknown"),
        anonymous=_or(wording.anonymous, before.anonymous if before else False),
        # Somebody else's name, somebody else's words: who that is, is open again.
        entity=before.entity if before and same and before.name == new_name else None,
    )


def _spans(text: str, given: tuple[Span, ...] | UnsetType, before: tuple[Span, ...], role: str) -> tuple[Span, ...]:
    if given is UNSET or not isinstance(given, tuple):
        return before
    for span in given:
        if span.end > len(text):
            raise BadJudgement(f"{role} {span.start}-{span.end}: the text has {len(text):,} characters only")
    tight = [trimmed(text, span.start, span.end) for span in given]
    if any(span is None for span in tight):
        raise BadJudgement(f"{role}: only white space was marked: mark words")
    if given == before:
        return before
    return merge(span for span in tight if span is not None)


def _free_id(document: str, content: tuple[Span, ...], taken: Collection[str]) -> str:
    ordinal = 0
    while (name := claim_id(document, content, ordinal)) in taken:
        ordinal += 1
    return name


def _kind(content: str, attributed: bool) -> Kind:  # noqa: FBT001 - private, and called once
    """Of a claim that a person puts in and says nothing of its kind."""
    if not attributed:
        return "authorial"
    if content[0] in _QUOTES and content.rstrip(" .,;").endswith(tuple(_QUOTES)):
        return "direct"
    return "mixed" if any(mark in content for mark in '"“”„«»') else "indirect"


def _inside(claim: Claim, content: tuple[Span, ...]) -> dict[str, object]:
    """What is coded of the content, as far as it still lies inside."""

    def lies(spans: tuple[Span, ...]) -> bool:
        return all(any(c.contains(s) for c in content) for s in spans)

    stay = [number for number, event in enumerate(claim.events) if lies(event.trigger.spans)]
    renumbered = {old: new for new, old in enumerate(stay)}

    def again(event: Event) -> Event:
        return msgspec.structs.replace(event, within=None if event.within is None else renumbered.get(event.within))

    return {
        "events": tuple(again(claim.events[number]) for number in stay),
        "quantities": tuple(q for q in claim.quantities if lies(q.spans)),
        "times": tuple(t for t in claim.times if lies(t.spans)),
    }


def _or(given: T | UnsetType, otherwise: T) -> T:
    return otherwise if isinstance(given, UnsetType) else given
