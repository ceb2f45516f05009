"""What every format gives: the text and what the file says about itself.

In:   values of one format.   Out: Reading, notices, checked dates.
Knows nothing of: bytes, paths, ids (read.__init__ adds them).
"""

from __future__ import annotations

import re
from datetime import datetime

import msgspec

from sayso.records import Notice
from sayso.spans import Span

_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?")


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One document as its format tells it. ``published`` is ISO 8601 or None; spans are of ``text``."""

    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    markup: tuple[Span, ...] = ()
    pages: tuple[Span, ...] = ()
    notices: tuple[Notice, ...] = ()


def notice(message: str, span: Span | None = None) -> Notice:
    """A polite complaint of this stage."""
    return Notice(stage="read", message=message, span=span)


def is_iso_date(value: str) -> bool:
    """YYYY, YYYY-MM, YYYY-MM-DD or a date-time, and a day that exists.

    >>> is_iso_date("2015-06"), is_iso_date("2015-02-30"), is_iso_date("5 June 2015")
    (True, False, False)
    """
    if not _ISO.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value + "0001-01-01"[len(value) :] if len(value) < 10 else value)
    except ValueError:
        return False
    return True


def checked_date(value: str | None) -> tuple[str | None, tuple[Notice, ...]]:
    """``value`` if it is an ISO date, else None and a notice."""
    if value is None or not value.strip():
        return None, ()
    if is_iso_date(value.strip()):
        return value.strip(), ()
    return None, (notice(f'published "{value.strip()}" is no ISO date (such as 2015-06-05); left out'),)
