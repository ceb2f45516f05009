"""Stories of the origins benchmark as ledgers, read once in a run; copies of a ledger."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import msgspec
from eval.origins.stories import load

from sayso.case import knowledge, reader
from sayso.records import Ledger, claim_id, document_id
from sayso.study import study

FEW = 4  # stories that are read: a second or two


@cache
def ledgers() -> dict[str, tuple[Ledger, ...]]:
    """The ledgers of some stories, by the story's name."""
    stories = load("dev")[:FEW]
    return {s.name: tuple(study(d, reader(), knowledge()) for d in s.articles.values()) for s in stories}


def every() -> tuple[Ledger, ...]:
    return tuple(ledger for story in ledgers().values() for ledger in story)


def reprint(ledger: Ledger, number: int) -> Ledger:
    """The same article in another paper, ``number`` days later."""
    ref = ledger.document.ref
    outlet, day = f"Quarter {'ABCDEFGHIJKL'[number]} Post", date.fromisoformat((ref.published or "")[:10])
    name = document_id(f"{ref.id} {number}".encode())
    new = msgspec.structs.replace(
        ref, id=name, path=f"{name}.md", outlet=outlet, published=(day + timedelta(days=number)).isoformat()
    )
    ids = {c.id: claim_id(name, c.content.spans) + c.id[17:] for c in ledger.claims}  # with its ordinal, if any
    claims = tuple(
        msgspec.structs.replace(c, id=ids[c.id], document=new, via=ids[c.via] if c.via else None) for c in ledger.claims
    )
    document = msgspec.structs.replace(ledger.document, ref=new)
    return msgspec.structs.replace(ledger, document=document, claims=claims)
