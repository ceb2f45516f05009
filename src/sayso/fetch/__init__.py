"""One document from the web, on the user's word: the exchange that brought it, as an archive (WARC).

In:   a web address.   Out: bytes of an archive that `read.warc` reads.
Knows nothing of: what a page holds, cases; when it may be asked (inputs).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from sayso.errors import Unreadable
from sayso.fetch.addresses import Address, address, is_public, redirected
from sayso.fetch.archive import archived
from sayso.fetch.exchange import Resolve, Secure, ask, resolve, secure

__all__ = ["MAX_REDIRECTS", "SECONDS", "fetch", "is_public"]

MAX_REDIRECTS = 5
SECONDS = 60.0

Allowed = Callable[[str], bool]


def fetch(
    url: str,
    *,
    max_bytes: int,
    seconds: float = SECONDS,
    resolve: Resolve = resolve,
    secure: Secure = secure,
    allowed: Allowed = is_public,
) -> bytes:
    """The archive of asking for ``url``: each request and response on the way, the redirects too, as they were sent.

    ``max_bytes``: of one response's body; ``seconds``: for all of it, however slowly it drips. Each name is resolved
    once and the connection made to the address that was checked, again after each redirect. ``resolve``, ``secure``,
    ``allowed``: how names become addresses, how a connection is encrypted, which addresses may be reached; tests put
    their own. Raises Unreadable: not asked for, not answered, or answered otherwise than with a document.
    """
    end = time.monotonic() + seconds
    where, exchanges = address(url), []
    while True:
        got = ask(where, _servers(where, resolve, allowed), end=end, max_bytes=max_bytes, secure=secure)
        exchanges.append(got)
        if got.leads_to is None:
            break
        if len(exchanges) > MAX_REDIRECTS:
            raise Unreadable(f"{where}: leads on more than {MAX_REDIRECTS} times; give the address where it ends")
        where = redirected(where, got.leads_to)
    if got.status != 200:
        raise Unreadable(f"{where}: answers {got.status} {got.reason}; open it in a browser and save the page")
    return archived(exchanges)


def _servers(where: Address, resolve: Resolve, allowed: Allowed) -> Sequence[str]:
    """The numbers of a name, if all of them may be reached: a name with one that may not is somebody's trick."""
    try:
        numbers = resolve(where.host, where.port)
    except OSError as error:
        raise Unreadable(f"{where}: its name {where.host} is not known: {(error.strerror or str(error))}") from error
    if refused := [number for number in numbers if not allowed(number)]:
        raise Unreadable(f"{where}: is at {refused[0]}, no address of the open internet, so it is not asked")
    return numbers
