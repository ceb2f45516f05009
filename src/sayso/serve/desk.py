"""The desk: what is in the case, what waits to be done, who is at work.

In:   Asks.   Out: Shown, Done.
Knows nothing of: how the numbers are counted.
"""

from __future__ import annotations

import msgspec

from sayso.case import Case
from sayso.errors import BadQuery, NotFound
from sayso.records import DocumentRef
from sayso.serve.gate import own_path
from sayso.serve.sessions import reviewer_name
from sayso.serve.views import Act, Ask, Done, Shown, View
from sayso.serve.worker import Job

RECENT = 8  # documents and jobs that are named here


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """``unlinked``: documents that were not compared with the others yet; ``recent``: the documents added last."""

    documents: int
    claims: int
    unlinked: int
    recent: tuple[DocumentRef, ...]
    jobs: tuple[Job, ...]


def desk(ask: Ask) -> Shown:
    documents, claims = ask.case.catalogue.totals()
    data = Desk(
        documents=documents,
        claims=claims,
        unlinked=ask.case.unlinked(),
        recent=tuple(kept.document for kept in ask.case.catalogue.recent(RECENT)),
        jobs=ask.worker.jobs()[:RECENT],
    )
    return Shown(template="desk.html.j2", title="The desk", data=data)


def job(ask: Ask) -> Shown:
    found = ask.worker.job(ask.path["id"])
    if found is None:
        raise NotFound("There is no such work here: the server was started again since, or much was done after it.")
    script = "work" if found.state in ("waiting", "working") else None
    return Shown(template="work.html.j2", title=found.title, data=found, script=script)


def name(ask: Ask) -> Done:
    """Takes the reviewer's name into the session."""
    typed = reviewer_name(ask.form.get("reviewer", ""))
    if typed is None:
        raise BadQuery("The name is empty: give the name under which your judgements are to be kept.")
    session = msgspec.structs.replace(ask.session, reviewer=typed)
    return Done(to=own_path(ask.form.get("back", "/")), data={"reviewer": typed}, session=session)


def link(ask: Ask) -> Done:
    """Compares the documents that were not yet, as `sayso link` does."""
    waiting = ask.case.unlinked()

    def work(case: Case, job: Job) -> None:
        for _ in case.link():
            job.step()
        job.tell(f"{waiting:,} compared", to="/claims")

    started = ask.worker.start("Comparing the documents", work, of=waiting)
    return Done(to=f"/work/{started.id}", data=started)


VIEWS = (View("/", desk, nav="Desk"), View("/work/{id}", job))
ACTS = (Act("/name", name), Act("/link", link))
