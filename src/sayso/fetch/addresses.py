"""What may be asked for: web addresses, and the numbers of machines behind them.

In:   addresses as typed or as a server gives them.   Out: Address, or an error that says why not.
Knows nothing of: connections.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, urljoin, urlsplit

import msgspec

from sayso.errors import Unreadable

_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(
    r"[a-z0-9._-]+|[0-9a-f:.]+", re.I
)  # or an IPv6 address; what IDNA makes of odd characters is neither
_UNFIT = re.compile(r"[\x00-\x20\x7f]")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
# IANA's registries of special-purpose addresses as far as the `ipaddress` of some Python does not yet have them.
_CLOSED = tuple(
    map(
        ipaddress.ip_network,
        (
            "192.0.0.0/24",
            "192.88.99.0/24",
            "64:ff9b:1::/48",
            "2001::/23",
            "2002::/16",
            "3fff::/20",
            "5f00::/16",
            "fec0::/10",
        ),
    )
)
_KEPT = "/%:@!$&'()*+,;=~"


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """A web address in its parts, all of them ASCII. ``path``: with what follows "?"."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Host and port as the header Host has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def address(url: str) -> Address:
    """The parts of ``url``; what follows "#" is left out. Raises Unreadable, whose words repeat no password."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        name = (host or "").encode("ascii" if ":" in (host or "") else "idna").decode()
        path = quote(parts.path or "/", safe=_KEPT) + (
            f"?{quote(parts.query, safe=_KEPT + '?')}" if parts.query else ""
        )
    except ValueError as error:
        raise Unreadable(f"{_shown(url)}: is no web address: {error}") from error
    if parts.scheme not in _PORTS:
        raise Unreadable(f"{_shown(url)}: only addresses that begin with https:// or http:// are fetched")
    if parts.username is not None or parts.password is not None:
        raise Unreadable(f"{_shown(url)}: holds a name or password, and none is sent; leave out what stands before @")
    if not _NAME.fullmatch(name) or _UNFIT.search(url):
        raise Unreadable(f"{_shown(url)}: is no web address")
    return Address(scheme=parts.scheme, host=name, port=_PORTS[parts.scheme] if port is None else port, path=path)


def redirected(where: Address, location: str) -> Address:
    """Where a server sends who asked for ``where``. Raises Unreadable."""
    try:
        joined = urljoin(str(where), location.strip())
    except ValueError as error:
        raise Unreadable(f"{where}: leads to no web address: {error}") from error
    to = address(joined)
    if where.scheme == "https" and to.scheme == "http":
        raise Unreadable(f"{where}: leads to {to}, which is not encrypted; give that address if you mean it")
    return to


def is_public(number: str) -> bool:
    """May this IP address be reached: one of the open internet, also where it holds another inside?

    Not so are loopback, private, shared, link-local, multicast, reserved and documentation addresses (IANA's registries
    of special-purpose addresses, as `ipaddress` has them).

    >>> is_public("198.41.0.4"), is_public("192.168.1.1"), is_public("::ffff:127.0.0.1")
    (True, False, False)
    """
    try:
        found = ipaddress.ip_address(number)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif found in _NAT64:
            found = ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
    if any(found in network for network in _CLOSED):  # tunnels (6to4, Teredo) among them: they end anywhere
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def _shown(url: str) -> str:
    return re.sub(r"//[^/?#]*@", "//", url)
