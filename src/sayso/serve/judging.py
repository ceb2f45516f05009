"""What a reviewer does, as a form brings it: one act, one judgement.

In:   an Ask with the fields of a form.   Out: Done; the judgement and how its claims stand then.
Knows nothing of: what the form looks like.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import msgspec
from msgspec import UNSET, UnsetType

from sayso.errors import BadJudgement
from sayso.records import Claim, Document
from sayso.review import Judgement, Ruling, Standing, Wording
from sayso.review.judgements import Act as Ruled
from sayso.review.locating import located
from sayso.serve.gate import own_path
from sayso.serve.sessions import reviewer_name
from sayso.serve.views import Act, Ask, Done, View
from sayso.spans import Span

_ROLES = ("content", "cue", "source")
_FIELDS = ("name", "type", "anonymous", "kind", "factuality", "speech_act")


class AtField(BadJudgement):
    """What is wrong with one field of a form."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement that is kept now, and how the claims stand that it is on or gives."""

    judgement: Judgement
    standings: tuple[Standing, ...]


def judge(ask: Ask) -> Done:
    """Keeps one ruling. The name of who rules is the session's, or typed with it and the session's from then on."""
    by = ask.session.reviewer or reviewer_name(ask.form.get("by", ""))
    if by is None:
        raise AtField("A judgement is somebody's: give your name first.", "by")
    act, document = _act(ask.form.get("act", "")), ask.form.get("document")
    claims = () if act in ("undo", "add") else ask.every.get("claims", ())
    review = ask.case.review
    made = review.judge(
        Ruling(
            act=act,
            by=by,
            why=ask.form.get("why"),
            document=document,
            claims=claims,
            wordings=_wordings(ask, act, claims, document),
            undoes=ask.form.get("undoes") if act == "undo" else None,
            seen=_seen(ask.form),
        )
    )
    standings = review.standings(made.document)
    undone = [j for j in standings.judgements if j.id == made.undoes]
    names = dict.fromkeys(claim.id for j in (made, *undone) for claim in (*j.on, *j.gives))
    data = Judged(judgement=made, standings=tuple(standings[name] for name in names))
    session = None if ask.session.reviewer else msgspec.structs.replace(ask.session, reviewer=by)
    return Done(to=_onward(ask, made, next(iter(names))), data=data, session=session)


def _act(given: str) -> Ruled:
    for act in get_args(Ruled):
        if act == given:
            return act  # type: ignore[no-any-return] # one of the literals
    raise BadJudgement(f"{given[:40]!r} is nothing to do with a claim: {', '.join(get_args(Ruled))}")


def _seen(form: Mapping[str, str]) -> str | UnsetType | None:
    return (form["seen"] or None) if "seen" in form else UNSET


def _onward(ask: Ask, made: Judgement, claim: str) -> str:
    """Back to where the form stood, else to the claim that there is now, where it stands in the text."""
    if back := ask.form.get("back"):
        return own_path(back)
    return f"/documents/{made.document}#{made.gives[0].id if made.gives else claim}"


def _wordings(ask: Ask, act: Ruled, claims: tuple[str, ...], document: str | None) -> tuple[Wording, ...]:
    if act not in ("edit", "split", "add"):
        return ()
    if act == "add":
        text = ask.case.ledger(document or "").document
        return (_wording(ask.form, text, None),)
    if not claims:
        raise BadJudgement(f"{act}: say which claim, by its id")
    standings = ask.case.review.standings(ask.case.review.document_of(claims[0]))
    seen = _seen(ask.form)
    shown = standings if isinstance(seen, UnsetType) else standings.until(seen)
    text = standings.ledger.document
    before = shown[claims[0]].claim if claims[0] in shown else standings[claims[0]].claim
    if act == "edit":
        return (_wording(ask.form, text, before),)
    parts = zip(ask.every.get("part", ()), ask.every.get("part_at", ()), strict=False)
    return tuple(
        Wording(content=_spans({"content": words, "content_at": at}, text, before, "content"))
        for words, at in parts
        if words.strip()
    )


def _wording(form: Mapping[str, str], document: Document, before: Claim | None) -> Wording:
    """The fields that the form has and that the claim does not have so."""
    given: dict[str, Any] = {}
    for role in _ROLES:
        if role in form:
            spans = _spans(form, document, before, role)
            if before is None or spans != _before(before, role):
                given[role] = spans
    typed: dict[str, Any] = {name: form[name] for name in _FIELDS if form.get(name)}
    if "source" in form:  # a box that is not ticked sends nothing
        typed["anonymous"] = "anonymous" in form
    for name, value in typed.items():
        of = before if name in ("kind", "factuality", "speech_act") else before.source if before else None
        if of is None or getattr(of, name) != value or (name == "name" and "source" in given):
            given[name] = value
    # Who has no source has no name of one either.
    if not given.get("source", _before(before, "source") if before else ()):
        for name in ("name", "type", "anonymous"):
            given.pop(name, None)
    try:
        return msgspec.convert(given, Wording)
    except msgspec.ValidationError as error:
        raise BadJudgement(f"the form has a value that is none: {error}") from error


def _spans(form: Mapping[str, str], document: Document, before: Claim | None, role: str) -> tuple[Span, ...]:
    """``role_at`` are the places that a script or the server put there; the words count where they say otherwise."""
    at = places(form.get(f"{role}_at", ""), len(document.text))
    own = _before(before, "content") if before else ()
    near = (at or own or (Span(0, 1),))[0].start
    try:
        return located(document.text, form[role], at, near=near, role=role)
    except BadJudgement as error:
        raise AtField(str(error), role) from error


def places(written: str, length: int) -> tuple[Span, ...]:
    """ "12-20 31-40" as spans of a text of this length. Raises BadJudgement."""
    try:
        spans = tuple(Span(*map(int, one.split("-"))) for one in written.split())
    except (ValueError, TypeError) as error:
        raise BadJudgement(f"{written[:40]!r} is no list of places, as in 12-20 31-40") from error
    if any(span.end > length for span in spans):
        raise BadJudgement(f"{written[:40]!r}: the text has {length:,} characters only")
    return spans


def _before(claim: Claim, role: str) -> tuple[Span, ...]:
    words = getattr(claim, role)
    return words.spans if words else ()


VIEWS: tuple[View, ...] = ()
ACTS: tuple[Act, ...] = ()
