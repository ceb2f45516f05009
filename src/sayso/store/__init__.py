"""The case on disk: one SQLite file. The only room with SQL.

In:   ledgers, links, queries.   Out: the same again.
Knows nothing of: how any of it is made or shown.
"""

from sayso.store.actors import ActorShelf
from sayso.store.custody import CustodyShelf, Original
from sayso.store.decisions import DecisionShelf, Role
from sayso.store.judgements import JudgementShelf
from sayso.store.ledgers import APPLICATION_ID, Kept, Store
from sayso.store.links import LinkShelf
from sayso.store.recovery import recover, whole_copy
from sayso.store.search import Around, Catalogue, Saved

__all__ = [
    "APPLICATION_ID",
    "ActorShelf",
    "Around",
    "Catalogue",
    "CustodyShelf",
    "DecisionShelf",
    "JudgementShelf",
    "Kept",
    "LinkShelf",
    "Original",
    "Role",
    "Saved",
    "Store",
    "recover",
    "whole_copy",
]
