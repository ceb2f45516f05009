"""Which model is asked, where, and what it may cost: a TOML file.

In:   its bytes, environment variables.   Out: Settings, or an error that names what to mend.
Knows nothing of: requests, articles.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlsplit

import msgspec

from sayso.errors import BadEndpoint
from sayso.toml import parsed

_Positive = Annotated[float, msgspec.Meta(gt=0)]
_Price = Annotated[float, msgspec.Meta(ge=0)]


class Price(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of a million tokens, in the currency of ``unit``."""

    asked: _Price
    answered: _Price
    unit: str = "USD"


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``base_url``: what stands before "/chat/completions"; ``key_env``: the environment variable that holds the key.

    ``seconds``: the longest that one answer may take; ``tries``: how often it is asked for where the endpoint is busy;
    ``patience``: the longest wait in seconds between two of them; ``characters``: of the article in one request;
    ``tokens``: the most that an answer may have. ``cache``: a folder in which answers are kept.
    """

    base_url: str
    model: str
    key: str | None = None
    key_env: str | None = None
    seconds: _Positive = 120.0
    tries: Annotated[int, msgspec.Meta(ge=1, le=10)] = 3
    patience: _Positive = 60.0
    characters: Annotated[int, msgspec.Meta(ge=500)] = 8_000
    tokens: Annotated[int, msgspec.Meta(ge=1)] = 4_000
    cache: str | None = None
    price: Price | None = None

    @property
    def is_local(self) -> bool:
        """Does the request stay on this machine?"""
        host = urlsplit(self.base_url).hostname or ""
        if host == "localhost":
            return True
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False


def settings(raw: bytes, path: str, environment: Mapping[str, str], *, network: bool) -> Settings:
    """The settings of a TOML file, with the key from the environment. Raises BadEndpoint.

    ``network``: may the article be sent to another machine?
    """
    try:
        found = msgspec.convert(parsed(raw), Settings)
    except (ValueError, msgspec.ValidationError) as error:
        raise BadEndpoint(f"{path}: {error}; `base_url` and `model` are needed, see docs/second-reader.md") from error
    try:
        where = urlsplit(found.base_url)
        is_address = where.scheme in ("http", "https") and bool(where.hostname) and where.port != 0
    except ValueError:  # brackets that do not close, a port that is no number
        is_address = False
    if not is_address:
        raise BadEndpoint(f"{path}: `base_url` is no web address: {found.base_url!r}")
    if not found.is_local and not network:
        raise BadEndpoint(
            f"{path}: {where.hostname} is not this machine, and articles are not sent away unasked; add --allow-network"
        )
    if not found.is_local and where.scheme != "https":
        raise BadEndpoint(f"{path}: `base_url` would send articles and key in the clear: give an https address")
    if found.key_env is not None:
        if not environment.get(found.key_env):
            raise BadEndpoint(
                f"{path}: the environment variable {found.key_env} (`key_env`) is empty; set it to the key"
            )
        found = msgspec.structs.replace(found, key=environment[found.key_env])
    return found
