"""Long lists in pages.

In:   an Ask, a list.   Out: the page that is asked for.
Knows nothing of: what is listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sayso.serve.views import Ask

_T = TypeVar("_T")


def page_of(ask: Ask, found: Sequence[_T], size: int) -> tuple[int, int, Sequence[_T]]:
    """The number of the page, of how many, and what is on it. What is no page is the first or the last."""
    page, pages = place(ask, len(found), size)
    return page, pages, found[(page - 1) * size : page * size]


def place(ask: Ask, number: int, size: int) -> tuple[int, int]:
    """The number of the page and of how many, where ``number`` things are listed."""
    pages = max(1, -(-number // size))
    given = ask.query.get("page", "1")
    return min(max(int(given) if given.isdecimal() and len(given) < 9 else 1, 1), pages), pages
