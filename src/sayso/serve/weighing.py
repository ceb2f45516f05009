"""Hypotheses: what the evidence adds up to under a file of them, and how that moves when a likelihood is changed.

In:   Asks.   Out: Shown, Done.
Knows nothing of: how anything is counted (weigh); which hypothesis is right.

A change makes a new draft, which the server holds until it ends; into the case comes only what is saved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from sayso.check.findings import Finding
from sayso.decisions.records import Question
from sayso.decisions.sources import letters
from sayso.errors import BadHypotheses, NotFound
from sayso.link.decided import Decided
from sayso.links import Cluster, Link
from sayso.publish.reckoning import names, reckoned
from sayso.publish.weighed import told
from sayso.records import Claim, Ledger
from sayso.serve.drafts import Draft
from sayso.serve.overview import Overview
from sayso.serve.views import Act, Ask, Done, Shown, Text, View
from sayso.weigh import Weighed, weigh
from sayso.weigh.hypotheses import OTHER, Evidence, Hypotheses, hypotheses, with_letters
from sayso.weigh.pieces import likelihoods
from sayso.weigh.written import toml, with_evidence, with_likelihoods, with_priors

_NEAR = 0.0005  # a form shows three digits: what differs by less was not changed


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """``kept``: the newest version of each file in the case; ``drafts``: what was given and is not kept."""

    kept: tuple[Question, ...]
    drafts: tuple[Draft, ...]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A file of hypotheses and what it comes to. ``toml``: the file; ``history``: its versions in the case."""

    name: str
    toml: str
    weighed: Weighed
    history: tuple[Question, ...]


class _Kept:
    """What weighing asks of a case, out of what the server holds of it."""

    def __init__(self, ask: Ask, view: Overview) -> None:
        self._case, self._linked = ask.case, view.linked

    def claim(self, claim: str) -> Claim:
        return self._case.claim(claim)

    def gone(self) -> Mapping[str, str]:
        return self._linked.gone

    def left(self, document: str) -> Ledger:
        return self._case.left(document)

    def cluster(self, claim: str) -> Cluster | None:
        return self._linked.cluster_of.get(claim)

    def links(self) -> Iterator[Link]:
        return iter(self._linked.links)

    def findings(self) -> Iterator[tuple[Finding, str]]:
        return (pair for found in self._linked.findings.values() for pair in found)

    def decided(self) -> Decided:
        return self._case.decided()


def listed(ask: Ask) -> Shown:
    data = Listed(kept=ask.case.people.questions(), drafts=ask.drafts.firsts())
    view = ask.overview()
    more = {"waits": view.waits}
    return Shown(template="hypotheses.html.j2", title="Hypotheses", data=data, more=more)


def draft(ask: Ask) -> Shown:
    held = ask.drafts.get(ask.path["id"])
    return _shown(ask, held.name, held.asked, held, ask.case.people.questions(held.name))


def kept(ask: Ask) -> Shown:
    question, asked = ask.case.people.question(_number(ask))
    return _shown(ask, question.name, asked, None, ask.case.people.questions(question.name))


def _shown(ask: Ask, name: str, asked: Hypotheses, held: Draft | None, history: tuple[Question, ...]) -> Shown:
    view = ask.overview()
    found = weigh(with_letters(asked, letters(view.sources)), _Kept(ask, view))
    data = Asked(name=name, toml=toml(asked), weighed=found, history=history)
    more = {
        "asked": asked,
        "draft": held,
        "at": f"/hypotheses/drafts/{held.id}" if held else f"/hypotheses/{ask.path['id']}",
        "key": ask.path["id"],
        "waits": view.waits,
        "likely": [_likely(n, e, asked, found) for n, e in enumerate(asked.evidence, 1)],
        "reckoning": reckoned(found),
        "names": names(),
        "told": told(found),
        "first_of": {cluster.id: cluster.claims[0] for cluster in view.linked.clusters},
    }
    return Shown(template="weighed.html.j2", title=asked.question or name, data=data, more=more, script="weighing")


def _likely(number: int, evidence: Evidence, asked: Hypotheses, found: Weighed) -> dict[str, float]:
    """How likely it is said to be under each hypothesis, before what would be said anyway; empty if it is left out."""
    if found.evidence[number - 1].left_out is not None:
        return {}
    kind = next(c.kind for c in found.high.contributions if number in c.evidence)
    names = [h.id for h in asked.hypothesis]
    return dict(zip(names, likelihoods(evidence, kind, names)[0], strict=True))


def given(ask: Ask) -> Done:
    """A file that was pasted or chosen becomes a draft."""
    files = ask.uploads.get("file", ())
    name = " ".join(ask.form.get("name", "").split()) or (files[0].name if files else "pasted")
    raw = files[0].raw if files else ask.form.get("toml", "").encode()
    if not raw.strip():
        raise BadHypotheses("there is nothing to weigh: choose a file, or paste one")
    asked = hypotheses(raw, name)
    weigh(asked, _Kept(ask, ask.overview()))  # what is not in the case is told at once
    made = ask.drafts.add(name, asked)
    return Done(to=f"/hypotheses/drafts/{made.id}", data=made)


def changed(ask: Ask) -> Done:
    """Numbers of a form in place of those of a draft or of a kept version."""
    if ask.path["id"].isdecimal():
        question, asked = ask.case.people.question(_number(ask))
        name, before = question.name, f"/hypotheses/{question.number}"
    else:
        held = ask.drafts.get(ask.path["id"])
        name, asked, before = held.name, held.asked, f"/hypotheses/drafts/{held.id}"
    new = _changed(ask.form, asked, weigh(asked, _Kept(ask, ask.overview())))
    checked = hypotheses(toml(new).encode(), name)
    made = ask.drafts.add(name, checked, before=before, changed=ask.form.get("changed") or None)
    return Done(to=f"/hypotheses/drafts/{made.id}", data=made)


def _changed(form: Mapping[str, str], asked: Hypotheses, found: Weighed) -> Hypotheses:
    now = {h.id: _float(form, f"prior {h.id}", h.prior) for h in asked.hypothesis if h.id != OTHER}
    if any(abs(now[h.id] - h.prior) > _NEAR for h in asked.hypothesis if h.id in now):
        asked = with_priors(asked, now)
    for place, evidence in enumerate(asked.evidence):
        number = place + 1
        likely = _likely(number, evidence, asked, found)
        typed = {name: _float(form, f"likely {number} {name}", value) for name, value in likely.items()}
        if any(abs(typed[name] - likely[name]) > _NEAR for name in likely):
            exact = {n: typed[n] if abs(typed[n] - likely[n]) > _NEAR else round(likely[n], 4) for n in likely}
            asked = with_likelihoods(asked, place, exact)
        parts = {
            "anyway": _part(form, f"anyway {number}", evidence.anyway),
            "copies": _part(form, f"copies {number}", evidence.copies),
        }
        if parts["copies"] is None:
            parts["copies"] = evidence.copies
        asked = with_evidence(asked, place, msgspec.structs.replace(asked.evidence[place], **parts))
    return asked


def _float(form: Mapping[str, str], name: str, usual: float) -> float:
    value = _part(form, name, usual)
    return usual if value is None else value


def _part(form: Mapping[str, str], name: str, usual: float | None) -> float | None:
    """The number in a field; what it was where there is no such field, None where it is empty."""
    if name not in form:
        return usual
    typed = form[name].strip().replace(",", ".")
    if not typed:
        return None
    try:
        return float(typed)
    except ValueError:
        raise BadHypotheses(f"{name}: {typed[:20]!r} is no number: give one like 0.35") from None


def save(ask: Ask) -> Done:
    """Keeps a draft in the case, as the newest version of its name."""
    held = ask.drafts.get(ask.path["id"])
    name = " ".join(ask.form.get("name", "").split()) or held.name
    by = ask.session.reviewer or ask.form.get("by", "")
    made = ask.case.people.keep(name, toml(held.asked), by=by, why=ask.form.get("why", ""))
    session = None if ask.session.reviewer else msgspec.structs.replace(ask.session, reviewer=made.by)
    return Done(to=f"/hypotheses/{made.number}", data=made, session=session)


def draft_file(ask: Ask) -> Text:
    return Text(toml(ask.drafts.get(ask.path["id"]).asked))


def kept_file(ask: Ask) -> Text:
    return Text(ask.case.people.question(_number(ask))[0].toml)


def _number(ask: Ask) -> int:
    given_ = ask.path["id"]
    if not (given_.isdecimal() and len(given_) < 9):
        raise NotFound("There is no such version of a file of hypotheses. /hypotheses lists all.")
    return int(given_)


VIEWS = (
    View("/hypotheses", listed, nav="Hypotheses"),
    View("/hypotheses/drafts/{id}/toml", draft_file),
    View("/hypotheses/drafts/{id}", draft),
    View("/hypotheses/{id}/toml", kept_file),
    View("/hypotheses/{id}", kept),
)
ACTS = (
    Act("/hypotheses", given),
    Act("/hypotheses/{id}/change", changed),
    Act("/hypotheses/{id}/save", save),
)
