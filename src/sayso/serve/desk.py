"""The desk: what is in the case, what waits to be done, who is at work.

In:   Asks.   Out: Shown, Done.
Knows nothing of: how the numbers are counted.
"""

from __future__ import annotations

import msgspec

from sayso.case import Added, Case
from sayso.errors import BadQuery, NotFound
from sayso.publish import rulings, wording
from sayso.records import DocumentRef
from sayso.review.desk import WAITING
from sayso.serve.example import articles
from sayso.serve.gate import own_path
from sayso.serve.sessions import reviewer_name
from sayso.serve.views import Act, Ask, Done, Shown, View
from sayso.serve.worker import Job

RECENT = 8  # documents and jobs that are named here


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """``review``: claims that wait for review, by state; ``unlinked``: documents that were not compared with the others
    yet; ``later``: decisions on who is one that came after the links; ``ruled``: documents of which people have made
    other claims since; ``recent``: the documents added last.
    """

    documents: int
    claims: int
    review: dict[str, int]
    unlinked: int
    later: int
    ruled: int
    recent: tuple[DocumentRef, ...]
    jobs: tuple[Job, ...]


def desk(ask: Ask) -> Shown:
    documents, claims = ask.case.catalogue.totals()
    states = ask.case.review.counts().states
    data = Desk(
        documents=documents,
        claims=claims,
        review={state: states[state] for state in WAITING if states.get(state)},
        unlinked=ask.case.unlinked() if documents > 1 else 0,
        later=ask.case.people.later(),
        ruled=ask.case.overruled(),
        recent=tuple(kept.document for kept in ask.case.catalogue.recent(RECENT)),
        jobs=ask.worker.jobs()[:RECENT],
    )
    return Shown(template="desk.html.j2", title="The desk", data=data, more={"states": rulings.STATES})


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
    """Compares the documents that were not yet or on which people ruled since, and counts origins as decided since, as
    `sayso link` does.
    """
    waiting, decisions = ask.case.unlinked() + ask.case.overruled(), ask.case.people.later()
    back = own_path(ask.form.get("back", "/links"))

    def work(case: Case, job: Job) -> None:
        for _ in case.link():
            job.step()
        if waiting or not decisions:
            job.tell(wording.counted(waiting, "document was compared", "documents were compared"), to=back)
        if decisions:
            taken = wording.counted(decisions, "decision was taken in", "decisions were taken in")
            job.tell(f"{taken}: origins are counted anew", to=back)

    started = ask.worker.start("Comparing the documents", work, by=ask.session.reviewer, of=waiting or None)
    return Done(to=f"/work/{started.id}", data=started)


def example(ask: Ask) -> Done:
    """Fills an empty case with the sample articles, to look around in."""
    if ask.case.catalogue.totals()[0]:
        raise BadQuery("This case has documents of its own: the sample articles are for an empty one.")
    files = articles()

    def work(case: Case, job: Job) -> None:
        for outcome in case.add([str(file) for file in files]):
            if not isinstance(outcome, Added):
                raise outcome
            title = wording.title(outcome.ledger.document.ref)
            job.tell(title, to=f"/documents/{outcome.ledger.document.ref.id}")
            job.step()
        for _ in case.link():
            pass
        job.tell("All were compared with each other: to the desk", to="/")

    started = ask.worker.start("Adding the sample articles", work, by=ask.session.reviewer, of=len(files))
    return Done(to=f"/work/{started.id}", data=started)


VIEWS = (View("/", desk, nav="Desk"), View("/work/{id}", job))
ACTS = (Act("/name", name), Act("/link", link), Act("/example", example))
