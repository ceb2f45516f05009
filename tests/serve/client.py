"""A case with articles, served, and a browser's manners without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from starlette.testclient import TestClient

from sayso.case import Case
from sayso.serve.app import make

HOST, PORT, TOKEN = "127.0.0.1", 8642, "let-me-in"
HERE = f"http://{HOST}:{PORT}"


@contextmanager
def at_desk(case: Path, *, reviewer: str | None = None) -> Iterator[TestClient]:
    """A client with a session. Its requests come from our own page, unless a test says otherwise."""
    with TestClient(make(case, token=TOKEN, reviewer=reviewer), base_url=HERE, follow_redirects=True) as client:
        client.headers["origin"] = HERE
        assert client.get("/", params={"token": TOKEN}).status_code == 200
        yield client


def csrf(client: TestClient) -> str:
    """The token that forms of this session carry."""
    found = re.search(r'data-csrf="([0-9a-f]+)"', client.get("/").text)
    assert found is not None
    return found[1]


def post(client: TestClient, path: str, **fields: str) -> httpx.Response:
    """What a form does: its fields and its token are sent, and the browser goes where it is led."""
    answer: httpx.Response = client.post(path, data={"csrf": csrf(client), **fields})
    return answer


def a_case(path: Path, *articles: Path | str) -> Path:
    """A case with these articles: files, or texts."""
    with Case.open(path, create=True) as case:
        for number, article in enumerate(articles):
            found = (
                case.add([str(article)])
                if isinstance(article, Path)
                else case.add_bytes(article.encode(), path=f"{number}.txt")
            )
            assert list(found)
    return path
