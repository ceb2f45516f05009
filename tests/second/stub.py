"""An endpoint on this machine that answers as it is told to, also badly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = tuple[int, dict[str, str], bytes]


def completion(content: str, **more: Any) -> bytes:
    usage = {"prompt_tokens": 900, "completion_tokens": 100}
    choice = {"message": {"role": "assistant", "content": content}, "finish_reason": "stop"}
    return json.dumps({"choices": [choice], "usage": usage} | more).encode()


def claims(*listed: dict[str, Any]) -> bytes:
    return completion(json.dumps({"claims": list(listed)}))


class Endpoint:
    """``replies``: given in order, the last one for ever. ``requests``: what came, as (path, headers, body)."""

    def __init__(self, *replies: Reply | bytes, slow: float = 0.0) -> None:
        self.replies = [reply if isinstance(reply, tuple) else (200, {}, reply) for reply in replies]
        self.requests: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.slow = slow
        self.url = ""


@contextmanager
def serving(endpoint: Endpoint) -> Iterator[Endpoint]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            endpoint.requests.append((self.path, dict(self.headers), json.loads(body)))
            status, headers, answer = endpoint.replies[min(len(endpoint.requests), len(endpoint.replies)) - 1]
            with suppress(BrokenPipeError, ConnectionResetError):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if endpoint.slow:  # one byte after the other, for longer than anybody should wait
                    for byte in answer[:40]:
                        self.wfile.write(bytes([byte]))
                        self.wfile.flush()
                        time.sleep(endpoint.slow)
                else:
                    self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    endpoint.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield endpoint
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
