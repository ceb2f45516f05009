"""Adding: files dropped or text pasted, read in the worker's thread, each with what came of it.

In:   Asks.   Out: Shown, Done.
Knows nothing of: formats (read), where bytes are kept (case).
"""

from __future__ import annotations

import hashlib

from sayso.case import MAX_BYTES, Added, Case
from sayso.errors import BadQuery
from sayso.publish import wording
from sayso.serve.views import Act, Ask, Done, Shown, Upload, View
from sayso.serve.worker import Job

MOST = 4 * MAX_BYTES  # of all files that come at once
PASTED = "pasted text"
_FIELDS = ("title", "outlet", "author", "published")


def form(_: Ask) -> Shown:
    data = {"most_bytes": MOST, "most_bytes_each": MAX_BYTES}
    return Shown(template="add.html.j2", title="Add", data=data, script="add")


def add(ask: Ask) -> Done:
    """Takes what was given; the rest is the worker's."""
    given = [*ask.uploads.get("files", ())]
    if pasted := ask.form.get("text", "").strip():
        given.append(Upload(_name(pasted, ask), _with_front_matter(pasted, ask).encode()))
    if not given:
        raise BadQuery("There is nothing to add: choose files, or paste the text of an article.")

    def work(case: Case, job: Job) -> None:
        for upload in given:
            _add(case, job, upload)
            job.step()

    what = wording.counted(len(given), "file", "files") if ask.uploads.get("files") else PASTED
    job = ask.worker.start(f"Adding {what}", work, by=ask.session.reviewer, of=len(given))
    return Done(to=f"/work/{job.id}", data=job)


def _add(case: Case, job: Job, upload: Upload) -> None:
    for outcome in case.add_bytes(upload.raw, path=upload.name):
        if isinstance(outcome, Added):
            ref = outcome.ledger.document.ref
            number = wording.counted(len(outcome.ledger.claims), "claim", "claims")
            there = number if outcome.new else f"already there, {number}"
            job.tell(f"{wording.one_line(outcome.path)}: {there}", to=f"/documents/{ref.id}")
        else:
            job.tell(str(outcome), ok=False)


def _name(text: str, ask: Ask) -> str:
    """Pasted again after a change a text has the same name, and another text has another. Its words are no name of it:
    they would stand in lists without who says them.
    """
    if title := wording.elided(ask.form.get("title", ""), 60).replace("/", " ").rstrip(". "):
        return f"{PASTED}, {title}.txt"
    return f"{PASTED} {hashlib.sha256(wording.elided(text, 60).encode()).hexdigest()[:6]}.txt"


def _with_front_matter(text: str, ask: Ask) -> str:
    """What was typed beside a pasted text goes before it, as a file would have it."""
    told = {name: " ".join(ask.form.get(name, "").split()) for name in _FIELDS}
    lines = [f'{name}: "{value.replace(chr(34), chr(92) + chr(34))}"' for name, value in told.items() if value]
    return "\n".join(["---", *lines, "---", text]) if lines else text


VIEWS = (View("/add", form, nav="Add"),)
ACTS = (Act("/add", add, most=MOST),)
