"""What people decide or rule, in what link keeps: which claims are to be clustered anew, which documents compared anew.

In:   a transaction; entities, documents that it concerns.   Out: nothing; the tables of link say what is to be done.
Knows nothing of: how anything is compared; what was decided.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec

# The claims of these sources, and those with which they are compared: their origins are counted together. Of whom a
# claim is that somebody has ruled on, the machine's list of who takes part may not tell.
_CONCERNED = """
WITH place (document, id, entity) AS (
    SELECT document.seq, document.id, json_extract(wanted.value, '$[1]') FROM json_each(?) AS wanted
    CROSS JOIN document ON document.id = json_extract(wanted.value, '$[0]')
), own (claim) AS (
    SELECT part.claim FROM place CROSS JOIN part ON part.document = place.document AND part.entity = place.entity
    WHERE part.role = 'source'
    UNION SELECT given.seq FROM place CROSS JOIN given ON given.document = place.document
    UNION SELECT claim.seq FROM place CROSS JOIN standing ON standing.document = place.id
    CROSS JOIN claim ON claim.id = standing.claim
)
INSERT OR IGNORE INTO unclustered (claim)
SELECT pair.claim FROM own CROSS JOIN pair ON pair.claim = own.claim
UNION SELECT pair.other FROM own CROSS JOIN pair ON pair.claim = own.claim
"""

# The claims of these documents, those too that only people have made; and the clusters that have one of them.
_OWN = """
(SELECT claim.seq FROM json_each(?1) AS of CROSS JOIN document ON document.id = of.value
 CROSS JOIN claim ON claim.document = document.seq
 UNION ALL SELECT given.seq FROM json_each(?1) AS of CROSS JOIN document ON document.id = of.value
 CROSS JOIN given ON given.document = document.seq)
"""
_CLUSTERS = f"(SELECT cluster FROM cluster_claim WHERE claim IN {_OWN})"  # noqa: S608 - made of constants
_DOCUMENTS = "(SELECT document.seq FROM json_each(?1) AS of CROSS JOIN document ON document.id = of.value)"

_FORGET = tuple(
    statement.format(own=_OWN, clusters=_CLUSTERS, documents=_DOCUMENTS)
    for statement in (
        "INSERT OR IGNORE INTO unclustered (claim) SELECT other FROM pair WHERE claim IN {own}",
        "INSERT OR IGNORE INTO unclustered (claim) SELECT claim FROM cluster_claim WHERE cluster IN {clusters}",
        "DELETE FROM pair WHERE (claim, other) IN (SELECT other, claim FROM pair WHERE claim IN {own})",
        "DELETE FROM pair WHERE claim IN {own}",
        "DELETE FROM unclustered WHERE claim IN {own}",
        "DELETE FROM cluster_claim WHERE cluster IN {clusters}",
        "DELETE FROM cluster WHERE seq NOT IN (SELECT cluster FROM cluster_claim)",
        "DELETE FROM compared WHERE a IN {documents} OR b IN {documents}",
        "DELETE FROM link_key WHERE document IN {documents}",
        "DELETE FROM linked WHERE document IN {documents}",
    )
)


def stir(connection: sqlite3.Connection, places: Sequence[tuple[str, str]]) -> None:
    """The claims of these entities of documents, and all that they are compared with, are to be clustered anew."""
    connection.execute(_CONCERNED, (_json(places),))


def forget(connection: sqlite3.Connection, documents: Sequence[str]) -> None:
    """What is between these documents and others goes, and they are unlinked. Whoever was compared or clustered with
    their claims is to be clustered anew.
    """
    for statement in _FORGET if documents else ():
        connection.execute(statement, (_json(documents),) if "?1" in statement else ())


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
