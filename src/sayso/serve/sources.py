"""Who is cited in the case, and one source: what it says, its letter, given by a person, with its history.

In:   Asks.   Out: Shown, Done.
Knows nothing of: how reliable anybody is.
"""

from __future__ import annotations

from typing import Literal, get_args
from urllib.parse import quote

import msgspec

from sayso.case import hedges
from sayso.check.findings import Finding
from sayso.decisions.records import Decision, Grade, Undo, What
from sayso.decisions.sources import Cited, folded
from sayso.errors import BadDecision, NotFound
from sayso.publish.compared import Known, Wording
from sayso.publish.found import VERDICTS
from sayso.publish.wording import elided
from sayso.records import Claim
from sayso.serve.again import NOTHING, again
from sayso.serve.overview import Overview
from sayso.serve.paging import page_of
from sayso.serve.views import Act, Ask, Done, Shown, View
from sayso.serve.worth import LETTERS, suggestions
from sayso.weigh.hypotheses import Letter
from sayso.weigh.weighed import Suggestion

PAGE, CLAIMS = 100, 40
Order = Literal["claims", "documents", "shared", "against", "name"]
ORDERS: dict[Order, str] = {
    "claims": "most claims",
    "documents": "most documents",
    "shared": "most from other origins, too",
    "against": "most at odds",
    "name": "by name",
}


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """``number``: how many have the words in one of their names; ``page`` from 1, ``pages`` of them."""

    words: str
    unnamed: bool
    order: Order
    number: int
    page: int
    pages: int
    sources: tuple[Cited, ...]


class SourcePage(msgspec.Struct, frozen=True, kw_only=True):
    """A source, some of its claims with the digit suggested for what each says, and every decision on its letter."""

    source: Cited
    page: int
    pages: int
    claims: tuple[Claim, ...]
    suggested: tuple[Suggestion, ...]
    digits: dict[int, int]
    findings: tuple[Finding, ...]
    history: tuple[Decision, ...]


def sources(ask: Ask) -> Shown:
    view = ask.overview()
    words, unnamed = ask.query.get("q", "").strip(), ask.query.get("who") == "unnamed"
    order: Order = next((o for o in get_args(Order) if o == ask.query.get("order")), "claims")
    found = [s for s in view.sources if s.anonymous == unnamed and _has(s, folded(words))]
    found.sort(key=lambda s: _place(s, order))
    page, pages, shown = page_of(ask, found, PAGE)
    data = Sources(
        words=words, unnamed=unnamed, order=order, number=len(found), page=page, pages=pages, sources=tuple(shown)
    )
    more = {
        "orders": ORDERS,
        "linked": view.linked,
        "waits": view.waits,
        "verdicts": VERDICTS,
        "pairs": any(entity.possibly for entity in view.entities),
    }
    return Shown(template="sources.html.j2", title="Sources", data=data, more=more)


def _has(source: Cited, words: str) -> bool:
    return all(any(word in folded(name) for name in (source.name, *source.names)) for word in words.split())


def _place(source: Cited, order: Order) -> tuple[object, ...]:
    if order == "name":
        return folded(source.name), source.id
    value = {
        "claims": len(source.claims),
        "documents": len(source.documents),
        "shared": source.shared,
        "against": source.against,
    }[order]
    return -value, -len(source.claims), folded(source.name), source.id


def source(ask: Ask) -> Shown:
    view = ask.overview()
    found = _found(ask, view)
    page, pages, names = page_of(ask, found.claims, CLAIMS)
    claims = tuple(ask.case.claim(name) for name in names)
    known = Known({d: ask.case.left(d) for d in dict.fromkeys(c.document.id for c in claims)}, hedges)
    suggested = suggestions(claims, known.ledgers, view.linked)
    digits: dict[int, int] = {}
    for one in suggested:
        digits[one.digit] = digits.get(one.digit, 0) + 1
    data = SourcePage(
        source=found,
        page=page,
        pages=pages,
        claims=claims,
        suggested=suggested,
        digits=dict(sorted(digits.items())),
        findings=tuple(f for name in names for f, _ in view.linked.findings.get(name, ())),
        history=_history(found, view),
    )
    rows: list[tuple[Wording, Suggestion]] = [(known.wording(c), s) for c, s in zip(claims, suggested, strict=True)]
    more = {
        "rows": rows,
        "letters": LETTERS,
        "documents": [view.linked.documents[d] for d in found.documents],
        "waits": view.waits,
        "holding": view.holding,
        "verdicts": VERDICTS,
        "refused": NOTHING,
    }
    return Shown(template="source.html.j2", title=elided(found.name, 90), data=data, more=more)


def _found(ask: Ask, view: Overview) -> Cited:
    name = ask.path["name"]
    entity = view.by_id.get(name)
    found = view.whose.get(entity.id if entity else name) or view.whose.get(folded(name))
    if found is None:
        raise NotFound(f"Nobody of the name {elided(name, 60)} is cited in this case. /sources lists all who are.")
    return found


def _history(found: Cited, view: Overview) -> tuple[Decision, ...]:
    """The newest first; an undo stands with what it undid."""
    names = {folded(name) for name in (found.name, *found.names)}
    own = {r.number for r in view.decisions if isinstance(r.what, Grade) and folded(r.what.source) in names}
    for decision in view.decisions:
        if isinstance(decision.what, Undo) and decision.what.decision in own:
            own.add(decision.number)
    return tuple(r for r in reversed(view.decisions) if r.number in own)


def grade(ask: Ask) -> Done | Shown:
    """A person's letter for a source, or its form again with what is wrong."""
    try:
        return _graded(ask)
    except BadDecision as error:
        shown = source(ask)
        lacks = [field for field in ("letter", "by", "why") if not ask.form.get(field, "").strip()]
        wrong = next((f for f in lacks if f != "by" or not ask.session.reviewer), None)
        return again(shown, ask, error, at=f"/sources/{quote(ask.path['name'])}", wrong=wrong)


def _graded(ask: Ask) -> Done:
    view = ask.overview()
    found = _found(ask, view)
    letter: Letter | None = next((x for x in get_args(Letter) if x == ask.form.get("letter")), None)
    if letter is None:
        raise BadDecision("choose a letter from A to F")
    if found.anonymous:
        raise BadDecision("nobody is named here, and who it is may differ from document to document: no letter is kept")
    return decided(ask, Grade(source=found.name, letter=letter), f"/sources/{found.id}")


def undo(ask: Ask) -> Done:
    """Takes a decision back, or an undo."""
    number = ask.path["number"]
    if not (number.isdecimal() and len(number) < 9):
        raise NotFound("There is no such decision.")
    back = ask.form.get("back", "/")
    to = back if back.startswith(("/sources/", "/entities")) else "/entities"
    return decided(ask, Undo(decision=int(number)), to)


def decided(ask: Ask, what: What, to: str) -> Done:
    """Keeps a decision under the name of who is at the desk, or that was typed with it."""
    by = ask.session.reviewer or ask.form.get("by", "")
    made = ask.case.people.decide(what, by=by, why=ask.form.get("why", ""))
    session = None if ask.session.reviewer else msgspec.structs.replace(ask.session, reviewer=made.by)
    return Done(to=to, data=made, session=session)


VIEWS = (View("/sources", sources, nav="Sources"), View("/sources/{name:path}", source))
ACTS = (Act("/sources/{name:path}/grade", grade), Act("/decisions/{number}/undo", undo))
