"""The claims of the case: search, filters, pages.

In:   Asks.   Out: Shown.
Knows nothing of: SQL.
"""

from __future__ import annotations

from itertools import islice

import msgspec

from sayso.query import Query
from sayso.records import Claim
from sayso.serve.views import Act, Ask, Shown, View

PAGE = 50


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    claims: tuple[Claim, ...]


def claims(ask: Ask) -> Shown:
    query = Query(text=ask.query.get("q") or None, source=ask.query.get("source") or None)
    found = tuple(islice(ask.case.claims(query), PAGE))
    return Shown(template="claims.html.j2", title="Claims", data=Claims(claims=found), more={"query": query})


VIEWS = (View("/claims", claims, nav="Claims"),)
ACTS: tuple[Act, ...] = ()
