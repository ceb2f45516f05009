"""The server: a socket, the address that opens the desk, uvicorn until it is stopped.

In:   a case file, where to listen, ways to speak.   Out: nothing; it ends when it is told to.
Knows nothing of: pages.
"""

from __future__ import annotations

import ipaddress
import secrets
import socket
import webbrowser
from collections.abc import Callable, Iterable
from pathlib import Path

import uvicorn

from sayso.errors import BadQuery, NotFound
from sayso.serve.app import make
from sayso.weigh.hypotheses import Hypotheses

LOOPBACK = "127.0.0.1"
PORT = 8642
_OTHERS = 20  # ports after PORT that are tried, where none was asked for

_IDLE = 75  # seconds for which a connection is kept: people read between two looks


def serve(  # noqa: PLR0913 - one for each thing that is told at the start
    case: Path,
    *,
    host: str = LOOPBACK,
    port: int | None = None,
    reviewer: str | None = None,
    browser: bool = False,
    hypotheses: Iterable[Hypotheses] = (),
    say: Callable[[str], None],
) -> None:
    """Serves the case until it is interrupted. ``say`` gets each line for the terminal. Raises NotFound, BadCase.

    ``port``: None takes the first that is free from `PORT` on, 0 any. ``browser``: opens the desk there.
    ``hypotheses``: files to be weighed on its page.
    """
    if not case.exists():
        raise NotFound(
            f"{case}: no case is there: `sayso add {case} FILE` makes one, and `sayso serve {case} --example` one of"
            " invented articles to look around in"
        )
    listening = listen(host, port)
    number = listening.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    if not _is_loopback(host):
        say(
            f"warning: on {host} everybody in your network reaches this server: the address below is their key, and"
            " nothing that is sent is encrypted"
        )
        shown = LOOPBACK if host in ("0.0.0.0", "::") else shown  # noqa: S104 - compared, not bound

    def address(token: str) -> str:
        return f"http://{shown}:{number}/?token={token}"

    token = secrets.token_urlsafe(24)
    try:
        app = make(
            case,
            token=token,
            host=host,
            port=number,
            reviewer=reviewer,
            hypotheses=hypotheses,
            spent=lambda new: say(f"opened. For another browser: {address(new)}"),
        )
    except BaseException:
        listening.close()
        raise
    say(f"{case}: {address(token)}")
    say("the address is good once; Ctrl-C ends")
    if browser:
        webbrowser.open(address(token))
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
        timeout_keep_alive=_IDLE,
    )
    uvicorn.Server(config).run(sockets=[listening])


def listen(host: str, port: int | None) -> socket.socket:
    """A socket that listens. Raises BadQuery where there is none to be had."""
    ports = [port] if port is not None else range(PORT, PORT + _OTHERS)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in ports:
        # Named as TCP, or asyncio would not switch off the waiting for more to send, which costs 40 ms an answer.
        made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, number))
            made.listen(64)
        except OSError as error:
            made.close()
            problem = error
        else:
            return made
    what = f"port {port}" if port is not None else f"ports {PORT} to {PORT + _OTHERS - 1}"
    reason = (problem.strerror or str(problem)).lower()
    raise BadQuery(f"{what} of {host} cannot be used: {reason}; give another with --host or --port")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
