"""One claim on the bench: its passage, the reader's value and people's side by side, its history, forms to change it.

In:   Asks.   Out: Shown; a form that could not be kept, as it was filled in.
Knows nothing of: what a form does (judging).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import get_args

import msgspec
from markupsafe import Markup

from sayso.case import hedges
from sayso.errors import BadJudgement
from sayso.publish import dossier, rulings, wording
from sayso.publish.chains import chain
from sayso.records import Claim, Factuality, Kind, Ledger, SourceType, SpeechAct
from sayso.review import Entry
from sayso.review.locating import words_at
from sayso.serve.again import NOTHING, again
from sayso.serve.judging import AtField, judge, places
from sayso.serve.strips import Strip, strip
from sayso.serve.views import Act, Ask, Done, Shown, View
from sayso.spans import Span, cover

_NEAR = 1  # paragraphs before and after the claim


class Bench(msgspec.Struct, frozen=True, kw_only=True):
    """``now``: what stands in the place of the claim."""

    review: Strip
    now: tuple[Claim, ...]
    history: tuple[Entry, ...]


class Adding(msgspec.Struct, frozen=True, kw_only=True):
    """``content``: the places that were chosen already."""

    document: str
    content: tuple[Span, ...]
    seen: str | None


def bench(ask: Ask) -> Shown:
    review, name = ask.case.review, ask.path["id"]
    standings = review.standings(review.document_of(name))
    standing, ledger = standings[name], standings.ledger
    own = strip(review, standings, name, ask.session.reviewer)
    data = Bench(review=own, now=standings.stands(name), history=standings.history(name))
    claim, text = standing.claim, ledger.document.text
    columns = rulings.columns(standing)
    stands = standings.reviewed().claims
    more = {
        "page": _passage(ledger, [claim], claim.content.spans),
        "chain": chain(claim, {c.id: c for c in stands}),
        "columns": [who for who, _ in columns],
        "rows": rulings.rows(text, [c for _, c in columns]),
        "others": [(c, wording.content(c, text)) for c in _around(claim, stands)],
        "back": ask.query.get("back", ""),
        **_form(claim, text),
        "refused": NOTHING,
    }
    return Shown(template="ruling.html.j2", title=f"Claim {claim.id}", data=data, more=more, script="bench")


def add(ask: Ask) -> Shown:
    standings = ask.case.review.standings(ask.path["id"])
    ledger = standings.ledger
    content = places(ask.query.get("content", ""), len(ledger.document.text))
    data = Adding(document=ledger.document.ref.id, content=content, seen=standings.last)
    passage = content or (Span(0, len(ledger.document.text)),) if ledger.document.text else ()
    page = _passage(ledger, standings.reviewed().claims, passage)
    more = {"page": page, "back": "", **_form(None, ledger.document.text, content), "refused": NOTHING}
    return Shown(template="adding.html.j2", title="Add a claim", data=data, more=more, script="bench")


def ruled(ask: Ask) -> Done | Shown:
    """Keeps a ruling, or shows its form again with what is wrong."""
    try:
        return judge(ask)
    except BadJudgement as error:
        document, claims = ask.form.get("document", ""), ask.every.get("claims", ())
        kind, name = ("add", document) if ask.form.get("act") == "add" else ("claims", claims[0] if claims else "")
        if not name:
            raise
        query = {"back": ask.form.get("back", ""), "content": ""}
        shown = (add if kind == "add" else bench)(dataclasses.replace(ask, path={"id": name}, query=query))
        wrong = error.field if isinstance(error, AtField) else None
        return again(shown, ask, error, at=f"/review/{kind}/{name}", wrong=wrong)


def _form(claim: Claim | None, text: str, content: tuple[Span, ...] = ()) -> dict[str, object]:
    """What the fields of a wording hold, and what they may hold."""
    spans = {
        "source": claim.source.spans if claim and claim.source else (),
        "cue": claim.cue.spans if claim and claim.cue else (),
        "content": claim.content.spans if claim else content,
    }
    return {
        "claim": claim,
        "words": {role: words_at(text, own) for role, own in spans.items()},
        "at": {role: " ".join(f"{s.start}-{s.end}" for s in own) for role, own in spans.items()},
        "choices": {
            "type": [(one, one.replace("_", " ")) for one in get_args(SourceType)],
            "kind": [(one, wording.KINDS[one]) for one in get_args(Kind)],
            "factuality": [(one, wording.FACTUALITY[one]) for one in get_args(Factuality)],
            "speech_act": [(one, wording.ACTS[one][0]) for one in get_args(SpeechAct)],
        },
    }


def _passage(ledger: Ledger, claims: Sequence[Claim], spans: Sequence[Span]) -> dossier.Page:
    """The paragraphs around ``spans`` with the marks of ``claims``."""
    page = dossier.page(msgspec.structs.replace(ledger, claims=tuple(claims)), (), hedges)
    around = cover(spans) if spans else None
    inside = [n for n, p in enumerate(ledger.paragraphs) if around and p.overlaps(around)]
    first, last = (max(0, inside[0] - _NEAR), inside[-1] + _NEAR + 1) if inside else (0, len(page.paragraphs))
    return dataclasses.replace(
        page,
        paragraphs=tuple(
            dataclasses.replace(paragraph, html=_onward(paragraph.html, page.id))
            for paragraph in page.paragraphs[first:last]
        ),
    )


def _onward(html: Markup, document: str) -> Markup:
    """The numbers of claims lead to the reading room, where their cards are. No words of a text hold this: escaped."""
    onward = str(html).replace(' href="#', f' href="/documents/{document}#')
    return Markup(onward)  # noqa: S704 - what `marks` made, and an id


def _around(claim: Claim, stands: Sequence[Claim]) -> list[Claim]:
    """The claims that stand nearest, to be merged with."""
    start = claim.content.spans[0].start
    others = [other for other in stands if other.id != claim.id]
    nearest = sorted(others, key=lambda other: abs(other.content.spans[0].start - start))[:6]
    return sorted(nearest, key=lambda other: other.content.spans[0].start)


VIEWS = (View("/review/claims/{id}", bench), View("/review/add/{id}", add))
ACTS = (Act("/review/judge", ruled),)
