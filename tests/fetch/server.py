"""A web server of one's own, on this machine, that sends just the bytes that a test gives it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from sayso.fetch import fetch

PAGE = b"<!doctype html><article><p>Ann Lee said the bridge is safe.</p></article>"
LOOPBACK = "127.0.0.1"


def answer(body: bytes = PAGE, *more: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """A whole response, with its length."""
    lines = (f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more, "", "")
    return "\r\n".join(lines).encode() + body


def redirect(to: str) -> bytes:
    return answer(b"", f"Location: {to}", status="302 Found")


class Server:
    """Answers each path with its pieces, one after the other; ``asked``: the requests that came."""

    def __init__(self, paths: Mapping[str, bytes | Callable[[], Iterable[bytes]]]) -> None:
        self.paths = paths
        self.asked: list[bytes] = []
        self._listening = socket.create_server((LOOPBACK, 0))
        self.port = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def url(self, path: str = "/", host: str = "pier.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:  # closed
                return
            with connection:
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            piece = connection.recv(65_536)
            if not piece:
                return
            if piece.startswith(b"\x16"):  # TLS, which is not spoken here
                connection.sendall(answer(status="400 Bad Request"))
                return
            request += piece
        self.asked.append(request)
        sent = self.paths.get(request.split()[1].decode(), answer(status="404 Not Found"))
        try:
            for piece in [sent] if isinstance(sent, bytes) else sent():
                connection.sendall(piece)
        except OSError:  # who asked has seen enough
            return


@contextmanager
def serving(paths: Mapping[str, bytes | Callable[[], Iterable[bytes]]]) -> Iterator[Server]:
    server = Server(paths)
    try:
        yield server
    finally:
        server.close()


class Names:
    """Every name is at this machine, but for those given; ``asked``: what was looked up."""

    def __init__(self, **known: Sequence[str]) -> None:
        self.known = {name.replace("_", "."): numbers for name, numbers in known.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, _: int) -> Sequence[str]:
        self.asked.append(host)
        return self.known.get(host, (LOOPBACK,))


def fetched(url: str, *, max_bytes: int = 100_000, seconds: float = 20, names: Names | None = None) -> bytes:
    """`fetch`, with loopback taken as open."""
    return fetch(
        url, max_bytes=max_bytes, seconds=seconds, resolve=names or Names(), allowed=lambda number: number == LOOPBACK
    )
