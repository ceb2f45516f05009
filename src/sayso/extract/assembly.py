"""Make Claims of Drafts: ids, kinds, nesting, sources described, scores. Resolve fills in the rest.

In:   Parsed, Drafts.   Out: Claims in text order.
Knows nothing of: how the drafts were found.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.extract.drafts import Draft
from sayso.extract.sources import describe, joined, outlet_of
from sayso.lexicon import Lexicon
from sayso.parse import Parsed
from sayso.records import Claim, Kind, Source, claim_id, phrase
from sayso.spans import Span, cover, trimmed

_SPEAKER = frozenset(("i", "we", "my", "our"))
_LABELS = ("Q", "A")
_RELATIVE = frozenset(("who", "which", "that", "whose"))


def assemble(parsed: Parsed, drafts: Sequence[Draft], reader: str, lexicon: Lexicon) -> tuple[Claim, ...]:
    """Claims in the order of their places; the one that holds another comes before it. ``reader``: its name."""
    ordered = sorted(drafts, key=_place)
    text, ref = parsed.document.text, parsed.document.ref
    holders = _holders(ordered)
    described = [describe(parsed, d.source, lexicon) if d.source else None for d in ordered]
    sources = joined(_interview(ordered, _relative(described), text))
    ids: list[str] = []
    taken: dict[tuple[Span, ...], int] = {}
    claims: list[Claim] = []
    for number, draft in enumerate(ordered):
        content = draft.content
        ids.append(claim_id(ref.id, content, taken.get(content, 0)))
        taken[content] = taken.get(content, 0) + 1
        holder = holders[number]
        source = sources[number] = _first_person(sources[number], sources[holder] if holder is not None else None)
        claims.append(
            Claim(
                id=ids[-1],
                document=ref,
                kind=_kind(parsed, draft),
                source=source,
                cue=phrase(text, (draft.cue,)) if draft.cue else None,
                content=phrase(text, content),
                via=ids[holder] if holder is not None else None,
                outlet=outlet_of(text, draft.source, draft.addressee, lexicon),
                addressee=phrase(text, (draft.addressee,)) if draft.addressee else None,
                found_by=reader if draft.by == "reader" else f"rules:{draft.by}",
                score=lexicon.scores[draft.by] if draft.score is None else draft.score,
            )
        )
    return tuple(claims)


def _place(draft: Draft) -> tuple[int, int, int]:
    """Where a draft stands, its source aside: two cues may share one source. What holds another comes first."""
    whole = cover((*draft.content, draft.cue) if draft.cue else draft.content)
    return (whole.start, -whole.end, draft.cue.start if draft.cue else 0)


def _holders(ordered: Sequence[Draft]) -> list[int | None]:
    """For each draft the innermost one whose content holds its own words."""
    holders: list[int | None] = []
    open_drafts: list[int] = []
    for number, draft in enumerate(ordered):
        own = [s for s in (*draft.source, draft.cue) if s] or list(draft.content)
        whole = cover(draft.spans)
        open_drafts = [n for n in open_drafts if cover(ordered[n].spans).end > whole.start]
        holding = [n for n in open_drafts if draft.by != "authorial" and _holds(ordered[n], own, draft)]
        holders.append(min(holding, key=lambda n: sum(map(len, ordered[n].content)), default=None))
        open_drafts.append(number)
    return holders


def _holds(outer: Draft, own: Sequence[Span], inner: Draft) -> bool:
    if outer.by == "authorial" or outer.content == inner.content:
        return False
    return all(any(c.contains(s) for c in outer.content) for s in (*own, *inner.content))


def _first_person(source: Source | None, speaker: Source | None) -> Source | None:
    """ "I" inside a quotation is the one who is quoted."""
    return _named_as(speaker, source) if source and source.text.lower() in _SPEAKER else source


def _relative(sources: list[Source | None]) -> list[Source | None]:
    """ "according to a guard, who said": "who" is the source that stands right before it."""
    ends = {source.spans[-1].end: source for source in sources if source}

    def meant(source: Source | None) -> Source | None:
        if source is None or source.text.lower() not in _RELATIVE:
            return source
        start = source.spans[0].start
        return _named_as(ends.get(start - 1) or ends.get(start - 2), source)

    return [meant(source) for source in sources]


def _interview(drafts: Sequence[Draft], sources: list[Source | None], text: str) -> list[Source | None]:
    """ "Q:" and "A:" behind a question and an answer of two who are named: who asked there, who answered."""
    turns = [(d, s) for d, s in zip(drafts, sources, strict=True) if d.by == "turn" and s is not None]
    named = {s.name: (d, s) for d, s in reversed(turns) if s.text not in _LABELS}
    if len(named) != len(_LABELS) or {s.text for _, s in turns} & {*_LABELS} != {*_LABELS}:
        return sources
    asks = [s for d, s in named.values() if d.content[0].of(text).endswith("?")]
    if len(asks) != 1:
        return sources
    answers = next(s for _, s in named.values() if s is not asks[0])
    meant = {"Q": asks[0], "A": answers}
    return [
        _named_as(meant[s.text], s) if s is not None and d.by == "turn" and s.text in meant else s
        for d, s in zip(drafts, sources, strict=True)
    ]


def _named_as(who: Source | None, source: Source | None) -> Source | None:
    """``source``, under the name of the one who is meant."""
    if who is None or source is None:
        return source
    return msgspec.structs.replace(source, name=who.name, type=who.type, anonymous=who.anonymous)


def _kind(parsed: Parsed, draft: Draft) -> Kind:
    if draft.by == "authorial":
        return "authorial"
    if draft.by == "turn":
        return "direct"  # without marks, but word for word
    inside = [
        q.span
        for c in draft.content
        for q in parsed.quotations_over(c)
        if not (draft.cue and q.inner.contains(draft.cue))
    ]
    if not inside:
        return "indirect"
    bare = (trimmed(parsed.text, c.start, c.end, " .,;") or c for c in draft.content)
    return "direct" if all(any(q.contains(c) for q in inside) for c in bare) else "mixed"
