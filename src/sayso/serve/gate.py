"""The gate: who may come in, and what a browser may do with what it gets.

In:   ASGI calls.   Out: the same passed on with a Session, or a refusal; headers on every answer.
Knows nothing of: views.
"""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.serve.pages import refusal, welcome
from sayso.serve.sessions import Session, Signer

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # Nothing goes to other sites; "no-referrer" would make browsers hide the Origin of our own forms.
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
_OPEN = "/static/"  # the style of the refusal, too: nothing of a case is there
_SAFE = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Door:
    """``token``: good once; ``spent`` is then called with the next one. ``host``, ``port``: where the server listens.

    ``reviewer``: the name of whoever comes in; ``cookie``: what the session's cookie is called.
    """

    token: str
    host: str
    port: int
    reviewer: str | None
    cookie: str
    spent: Callable[[str], None]


class Gate:
    """Passes on what comes from this server's own pages, with a session in ``scope["state"]["session"]``."""

    def __init__(self, app: ASGIApp, door: Door, signer: Signer) -> None:
        self._app = app
        self._door = door
        self._signer = signer
        self._token = door.token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] == "websocket":  # there are none here
            await send({"type": "websocket.close", "code": 1008})
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._answer(scope)
        await (answer or self._app)(scope, receive, send_guarded)

    def _answer(self, scope: Scope) -> HTMLResponse | None:
        """None where the call may go on."""
        request = Request(scope)
        if not self._is_host(request.headers.get("host", "")):
            return _no("This address is not the one at which sayso serves. Use the address that it printed.", 421)
        if request.method not in _SAFE and not _is_own(request.headers):
            return _no("This request comes from another page, so nothing was done.", 403)
        if request.url.path.startswith(_OPEN):
            return None
        session = self._signer.session(request.cookies.get(self._door.cookie))
        given = request.query_params.get("token")
        if given is not None and request.method == "GET":
            return self._exchange(given, request.url.path, session)
        if session is None:
            return _no(
                "This browser has no key to this desk. Open the address that `sayso serve` printed in its terminal: it"
                " holds a token that is good once. After each use it prints the next.",
                403,
            )
        scope.setdefault("state", {})["session"] = session
        return None

    def _exchange(self, given: str, path: str, session: Session | None) -> HTMLResponse:
        """Takes the token out of the address; who has a session already keeps it."""
        fits = secrets.compare_digest(given.encode(), self._token.encode())
        if not fits and session is None:
            return _no(
                "This token was used already, or is of a server that was started before. The terminal in which"
                " `sayso serve` runs shows the newest address.",
                403,
            )
        if fits:
            self._token = secrets.token_urlsafe(24)
            self._door.spent(self._token)
        # A page of our own leads on: a browser would not send a strict cookie after a redirect from elsewhere.
        answer = HTMLResponse(welcome(own_path(path)))
        if session is None:
            set_session(answer, self._door.cookie, self._signer, self._signer.new(self._door.reviewer))
        return answer

    def _is_host(self, given: str) -> bool:
        """A name that others can point at this machine is refused, so that their pages cannot pass for ours."""
        try:
            parts = urlsplit(f"//{given}")
            name, port = (parts.hostname or "").casefold(), parts.port or 80
        except ValueError:
            return False
        host = self._door.host.casefold()
        if port != self._door.port or parts.username is not None or parts.path:
            return False
        return (
            name in ("localhost", host)
            or (_is_address(name) and not _is_loopback(host))
            or (_is_loopback(name) and _is_loopback(host))
        )


def own_path(path: str) -> str:
    """``path`` if it stays on this server, else the desk: "//elsewhere" would lead away.

    >>> own_path("/claims?act=deny"), own_path("//elsewhere.example"), own_path("https://elsewhere.example")
    ('/claims?act=deny', '/', '/')
    """
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"


def set_session(answer: Response, cookie: str, signer: Signer, session: Session) -> None:
    """Puts a session into an answer."""
    answer.set_cookie(cookie, signer.cookie(session), httponly=True, samesite="strict", path="/")


def _is_own(headers: Headers) -> bool:
    """Does a request that changes something come from a page of ours? Browsers say so in one of two ways."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    if origin is None:
        return site == "same-origin"
    return origin in (f"http://{headers.get('host')}", f"https://{headers.get('host')}")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_loopback(name: str) -> bool:
    return name == "localhost" or (_is_address(name) and ipaddress.ip_address(name).is_loopback)


def _no(message: str, status: int) -> HTMLResponse:
    return HTMLResponse(refusal(message), status_code=status)
