"""One request and its response, byte for byte as they were sent. The network and its clock are here only.

In:   an Address, the numbers it may be reached at.   Out: an Exchange, or an error that says what happened.
Knows nothing of: which addresses may be reached, redirects, archives.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from http.client import HTTPException, HTTPResponse, IncompleteRead
from importlib.metadata import version

import msgspec

from sayso.errors import Unreadable
from sayso.fetch.addresses import Address

Resolve = Callable[[str, int], Sequence[str]]
Secure = Callable[[socket.socket, str], socket.socket]

_CONNECT_SECONDS = 15.0
_HEAD = 64 * 1024  # what may come beside the body: the head, marks of chunks
_REDIRECTS = (301, 302, 303, 307, 308)
_ACCEPT = "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5"


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked and answered. ``server``: the number that was connected to; ``body``: without marks of chunks.

    ``at``: when it was asked; ``leads_to``: where a redirect points.
    """

    address: Address
    server: str
    at: datetime
    request: bytes
    response: bytes
    body: bytes
    status: int
    reason: str
    leads_to: str | None


def resolve(host: str, port: int) -> Sequence[str]:
    """The numbers of a name, in the order of the system. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(place[0]) for *_, place in found))


def secure(plain: socket.socket, host: str) -> socket.socket:
    """TLS, with the certificate checked for the name and not for the number. Raises OSError."""
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def ask(where: Address, servers: Sequence[str], *, end: float, max_bytes: int, secure: Secure) -> Exchange:
    """Ask the first of ``servers`` that can be connected to. ``end``: until when, by the monotonic clock.

    No cookie, no credential and nothing of this machine goes along, and no proxy is used. Raises Unreadable.
    """
    request = _request(where)
    try:
        with _connected(where, servers, end) as plain:
            at = datetime.now(UTC)
            with secure(plain, where.host) if where.scheme == "https" else plain as connection:
                connection.settimeout(_left(end))
                connection.sendall(request)
                wire = _Wire(connection, end, max_bytes + _HEAD)
                with HTTPResponse(wire, method="GET") as response:  # type: ignore[arg-type] # it needs `makefile` only
                    response.begin()
                    if (response.length or 0) > max_bytes:
                        raise _TooLarge
                    body = response.read()
                    if len(body) > max_bytes:
                        raise _TooLarge
    except _TooLarge as error:
        limit = f"{max_bytes / 1024**2:.1f} MB" if max_bytes >= 1024**2 / 10 else f"{max_bytes} bytes"
        raise Unreadable(f"{where}: is larger than the limit of {limit}; --max-mb raises it") from error
    except TimeoutError as error:
        raise Unreadable(f"{where}: did not answer in time; try again later") from error
    except IncompleteRead as error:
        raise Unreadable(f"{where}: the answer was cut off; try again") from error
    except HTTPException as error:
        raise Unreadable(f"{where}: what answers there is no web server ({type(error).__name__})") from error
    except ssl.SSLCertVerificationError as error:
        raise Unreadable(f"{where}: its certificate is not accepted: {error.verify_message}") from error
    except OSError as error:
        raise Unreadable(f"{where}: cannot be reached: {(error.strerror or str(error)).lower()}") from error
    status, reason = response.status, response.reason
    return Exchange(
        address=where,
        server=wire.server,
        at=at,
        request=request,
        response=bytes(wire.received),
        body=body,
        status=status,
        reason=reason,
        leads_to=response.headers.get("Location") if status in _REDIRECTS else None,
    )


class _TooLarge(Exception):
    """More came than may."""


class _Wire(io.RawIOBase):
    """What a connection sends, kept as it comes, until the time is over or more came than may."""

    def __init__(self, connection: socket.socket, end: float, most: int) -> None:
        self._connection, self._end, self._most = connection, end, most
        self.server = str(connection.getpeername()[0])
        self.received = bytearray()

    def makefile(self, _: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, into: memoryview) -> int:  # type: ignore[override] # BufferedReader gives nothing else
        self._connection.settimeout(_left(self._end))
        count = self._connection.recv_into(into)
        self.received += into[:count]
        if len(self.received) > self._most:
            raise _TooLarge
        return count


def _request(where: Address) -> bytes:
    lines = (
        f"GET {where.path} HTTP/1.1",
        f"Host: {where.authority}",
        f"User-Agent: sayso/{version('sayso')}",
        f"Accept: {_ACCEPT}",
        "Accept-Encoding: identity",
        "Connection: close",
    )
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii")


def _connected(where: Address, servers: Sequence[str], end: float) -> socket.socket:
    """A connection to the first number that takes one: to the number itself, so that no name is looked up again."""
    fault: OSError = OSError("no address")
    for server in servers:
        try:
            return socket.create_connection((server, where.port), timeout=min(_CONNECT_SECONDS, _left(end)))
        except OSError as error:
            fault = error
    raise fault


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
