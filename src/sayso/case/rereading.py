"""A case read again by today's reader, into a new case: the old one stays as it was.

In:   an old case, a new one.   Out: what is otherwise, document by document.
Knows nothing of: how anything is read or kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path

import msgspec

from sayso.case.intake import Intake
from sayso.custody import Change, Reread
from sayso.errors import NotFound, SaysoError
from sayso.inputs import Input
from sayso.read import read_bytes
from sayso.records import Claim, Document
from sayso.review import Review
from sayso.store import ActorShelf, CustodyShelf, DecisionShelf, JudgementShelf, Store

_CARRIED = ("id", "document", "found_by", "score")  # fields that do not tell what a claim says


def reread(
    path: str | PathLike[str], new: str | PathLike[str], *, by: str | None = None
) -> Iterator[Reread | SaysoError]:
    """Read every document of the case at ``path`` again, from the bytes that were kept, into a new case at ``new``.

    The old case is not touched; what people judged and decided comes along. What stands between documents is made again
    by `link` and `check`. Stopped and called again, it goes on. Raises NotFound, BadCase.
    """
    with Store.open(Path(path), create=False) as old, Store.open(Path(new), create=True) as store:
        custody, intake = CustodyShelf(old), Intake(store, by)
        for name, raw in ActorShelf(old).files().items():
            intake.actors(raw, name)
        known = intake.knowledge()
        of = max(custody.entries(), key=lambda entry: entry.seq, default=None)
        mine, theirs = (Review(JudgementShelf(each), lambda: datetime.now(UTC)) for each in (store, old))
        held: tuple[str, dict[str, Document]] = ("", {})
        for kept in list(old.documents()):
            ref, carried = kept.document, False
            before = old.ledger(ref.id)
            try:
                original = custody.original(ref.id)
            except NotFound:
                intake.ledger(before)
                carried = True
            else:
                if original.sha256 != held[0]:  # of a file with many documents they come one after the other
                    found = read_bytes(original.raw, path=original.path)
                    held = original.sha256, {d.ref.id: d for d in found if isinstance(d, Document)}
                if (document := held[1].get(ref.id)) is None:
                    yield NotFound(
                        f"{ref.path}: today it cannot be read from the bytes that were kept ({original.sha256})"
                    )
                    continue
                intake.document(document, Input(original.path, original.raw), known, again_of=of.hash if of else "")
            taken = list(mine.take(theirs.judgements(document=ref.id)))
            after = store.ledger(ref.id).claims
            judgements = sum(not isinstance(each, SaysoError) for each in taken)
            yield _compared(before.claims, after, ref.id, ref.path, carried=carried, judgements=judgements)
        _decisions(DecisionShelf(old), DecisionShelf(store))


def _decisions(old: DecisionShelf, new: DecisionShelf) -> None:
    """Decisions name each other by their numbers, which they keep."""
    for decision in old.decisions()[len(new.decisions()) :]:
        new.decide(decision.what, decision.by, decision.on, decision.why, lambda _: None)


def _compared(
    before: Sequence[Claim], after: Sequence[Claim], document: str, path: str, *, carried: bool, judgements: int
) -> Reread:
    old, now = {claim.id: claim for claim in before}, {claim.id: claim for claim in after}
    changed = []
    for name in old.keys() & now.keys():
        one, other = msgspec.to_builtins(old[name]), msgspec.to_builtins(now[name])
        if fields := tuple(key for key in one if key not in _CARRIED and one[key] != other.get(key)):
            changed.append(Change(claim=name, fields=fields))
    return Reread(
        document=document,
        path=path,
        gone=tuple(name for name in old if name not in now),
        new=tuple(name for name in now if name not in old),
        changed=tuple(sorted(changed, key=lambda change: change.claim)),
        carried=carried,
        judgements=judgements,
    )
