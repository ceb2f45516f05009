"""Asks an endpoint of OpenAI's chat completions, patiently and not for ever. The network and the clock are here only.

In:   a request's body, Settings.   Out: the bytes of the response, or an error value's words.
Knows nothing of: articles, claims.
"""

from __future__ import annotations

import email.utils
import http.client
import time
import urllib.error
import urllib.request
from typing import Any

from sayso.errors import BadEndpoint
from sayso.second.settings import Settings

_LARGEST = 4 * 1024**2  # bytes of an answer
_PIECE = 65_536
_BUSY = (429, 500, 502, 503, 504)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """An article goes where the user said and nowhere else."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def ask(body: bytes, settings: Settings) -> bytes:
    """The response to one request. Raises BadEndpoint, with what happened and what to do."""
    handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
    if settings.is_local:
        handlers.append(urllib.request.ProxyHandler({}))  # what stays on this machine passes no proxy
    opener = urllib.request.build_opener(*handlers)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if settings.key:
        headers["Authorization"] = f"Bearer {settings.key}"
    url = settings.base_url.rstrip("/") + "/chat/completions"
    for attempt in range(1, settings.tries + 1):
        request = urllib.request.Request(url, data=body, headers=headers, method="POST")  # noqa: S310 - settings have checked the scheme
        try:
            return _read(opener, request, settings.seconds)
        except urllib.error.HTTPError as error:
            with error:
                if error.code not in _BUSY or attempt == settings.tries:
                    raise BadEndpoint(f"{url}: answers {error.code} {error.reason}{_advice(error.code)}") from error
                wait = _wait(error.headers.get("Retry-After"), attempt)
            if wait > settings.patience:
                raise BadEndpoint(
                    f"{url}: asks to wait {wait:.0f} seconds; try again then, or raise `patience`"
                ) from error
            time.sleep(wait)
        except TimeoutError as error:
            raise BadEndpoint(f"{url}: no answer within {settings.seconds:g} seconds; raise `seconds`") from error
        except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
            if isinstance(getattr(error, "reason", None), TimeoutError):
                raise BadEndpoint(f"{url}: no answer within {settings.seconds:g} seconds; raise `seconds`") from error
            why = getattr(error, "reason", None) or error
            raise BadEndpoint(f"{url}: cannot be reached: {why}") from error
    raise AssertionError("the last attempt returns or raises")


def _read(opener: urllib.request.OpenerDirector, request: urllib.request.Request, seconds: float) -> bytes:
    """The whole response within the time, however slowly it drips."""
    end = time.monotonic() + seconds
    found = bytearray()
    with opener.open(request, timeout=seconds) as response:
        while piece := response.read1(_PIECE):
            found += piece
            if len(found) > _LARGEST:
                raise BadEndpoint(
                    f"{request.full_url}: the answer is larger than {_LARGEST // 1024**2} MB; it was left unread"
                )
            if time.monotonic() > end:
                raise TimeoutError
    return bytes(found)


def _wait(retry_after: str | None, attempt: int) -> float:
    """Seconds to wait: as the endpoint asks, in seconds or by a date; else longer each time."""
    if retry_after is None:
        return float(2**attempt) / 2
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        until = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return float(2**attempt) / 2
    return max(0.0, until.timestamp() - time.time())


def _advice(code: int) -> str:
    if code in (401, 403):
        return ": the key is not accepted; look at `key` or `key_env`"
    if code == 404:
        return ": look at `base_url` and `model`"
    if 300 <= code < 400:
        return ": it points elsewhere, and articles are sent nowhere else; give that address as `base_url`"
    return ""
