"""Claims as tables for Python: Arrow, pandas. Neither is imported before it is asked for.

In:   a Ledger, or claims as they come.   Out: a pyarrow.Table, a pandas.DataFrame.
Knows nothing of: files (sayso.export writes those).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sayso.records import Claim, Ledger


def to_arrow(claims: Ledger | Iterable[Claim]) -> Any:
    """A ``pyarrow.Table`` with a row for each claim; its columns are the fields of the record, nested as there."""
    from sayso.export.columns import table  # noqa: PLC0415 - pyarrow is slow to import, and only this needs it

    return table(claims.claims if isinstance(claims, Ledger) else claims)


def to_pandas(claims: Ledger | Iterable[Claim]) -> Any:
    """A ``pandas.DataFrame`` with a row for each claim, fields of fields as "source.name". Raises ImportError without
    pandas, which sayso does not bring.
    """
    return to_arrow(claims).flatten().to_pandas()
