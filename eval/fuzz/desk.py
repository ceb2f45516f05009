"""A small case to fuzz: what is imported into it, what is asked of its page.

In:   bytes.   Out: what came of them; AssertionError where the case or an answer is not as it has to be.
Knows nothing of: where the bytes come from.
"""

from __future__ import annotations

import itertools
import re
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import quote

from click.testing import CliRunner
from starlette.testclient import TestClient
from tests.serve.client import at_desk, csrf

import sayso.serve
from sayso.case import Case
from sayso.cli import cli
from sayso.records import Ledger
from sayso.review import Ruling, brat
from sayso.serve.app import ACTS, VIEWS

_ARTICLES = (
    """\
---
title: The mole
published: 2034-07-01
url: https://sund.example/mole
---
Ann Lee said on Monday that the mole was safe. “We saw it,” she said. The council denied that IS had attacked Karsk.
""",
    """\
The harbour office said the United Nations imposed sanctions on Tom Reyk in April 2033. Ann Lee said that the mole was
safe, the Courier reported.
""",
)
_MEMORY = "/dev/shm"  # noqa: S108 - folders of random names are made in it
_ANEW = 3000  # inputs after which a case that was written to is thrown away
_SERVE = Path(sayso.serve.__file__).parent
_FIELD = re.compile(r"""(?:name="|(?:form|query|every)(?:\.get\(|\[)")(\w+)""")


def _memory() -> str | None:
    """Where files wait for no disk."""
    return _MEMORY if Path(_MEMORY).is_dir() else None


@cache
def _whole() -> bytes:
    """A linked case of two articles with a judgement, as a file."""
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        path = Path(folder, "a.case")
        with Case.open(path, create=True, by="Ida") as case:
            for number, article in enumerate(_ARTICLES):
                list(case.add_bytes(article.encode(), path=f"{number}.md"))
            list(case.link())
            first, second, *_ = case.claims()
            case.review.judge(Ruling(act="reject", by="Ida", claims=(first.id,), why="a caption"))
            case.review.judge(Ruling(act="accept", by="Ben", claims=(second.id,)))
        return path.read_bytes()


class _Copies:
    """The case again and again: a new one when the old one was written to often enough."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(dir=_memory())
        self.folder = Path(self._folder.name)
        self._used = itertools.count()

    def due(self) -> bool:
        return next(self._used) % _ANEW == 0

    def anew(self) -> Path:
        """Raises AssertionError where the one before is not as its log has it."""
        path = self.folder / "a.case"
        if path.exists():
            with Case.open(path) as case:
                if wrong := [v.difference for v in case.verify() if v.difference]:
                    raise AssertionError(f"verify: {wrong[0]}")
        for old in self.folder.glob("a.case*"):
            old.unlink()
        path.write_bytes(_whole())
        return path


def article_ledger() -> Ledger:
    """A ledger whose claims ask something of tables."""
    return _ledgers()[0]


@cache
def _ledgers() -> tuple[Ledger, ...]:
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        path = Path(folder, "a.case")
        path.write_bytes(_whole())
        with Case.open(path) as case:
            return tuple(case.ledger(kept.document.id) for kept in case.documents())


def exported() -> list[bytes]:
    """The case in each form that can be taken in again."""
    found = []
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        path = Path(folder, "a.case")
        path.write_bytes(_whole())
        for name in ("ledgers", "judgements", "webannotation", "ftm"):
            out = Path(folder, name)
            told = CliRunner().invoke(cli, ["export", str(path), "--format", name, "-o", str(out)])
            if told.exit_code:
                raise AssertionError(told.output)
            found.append(out.read_bytes())
    return found


class Imports:
    """Files and brat folders, taken into the case."""

    def __init__(self) -> None:
        self._copies = _Copies()
        self._case: Case | None = None

    def _opened(self) -> Case:
        if self._copies.due() or self._case is None:
            if self._case is not None:
                self._case.close()
            self._case = Case.open(self._copies.anew())
        return self._case

    def file(self, raw: bytes) -> list[object]:
        case, path = self._opened(), self._copies.folder / "import"
        path.write_bytes(raw)
        return list(case.take(str(path), by="Ida"))

    def brat(self, raw: bytes) -> list[object]:
        case, folder = self._opened(), self._copies.folder / "brat"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / f"{article_ledger().document.ref.id}.ann").write_bytes(raw)
        return list(case.take(str(folder), by="Ida"))

    def annotations(self) -> list[bytes]:
        """What a folder of the case has for this article."""
        case = self._opened()
        files = brat.files(case.review.standings(article_ledger().document.ref.id))
        return [text.encode() for name, text in files.items() if name.endswith(".ann")]


class Pages:
    """Requests to the page of the case, by somebody who has a session.

    The first byte says which address, the second what stands in its braces, the third whether as data; each line after
    that is a field: its first byte says which, and whether its value is a known id.
    """

    def __init__(self) -> None:
        self._copies = _Copies()
        self._desk: Iterator[TestClient] | None = None
        self._client: TestClient | None = None
        self._csrf = ""
        source = [
            path.read_text(encoding="utf-8") for path in sorted(_SERVE.rglob("*")) if path.suffix in (".py", ".j2")
        ]
        self._names = sorted({name for text in source for name in _FIELD.findall(text)} - {"csrf"})
        self._paths = [view.path for view in VIEWS] + [act.path for act in ACTS]
        ledgers = _ledgers()
        self._ids = [ledger.document.ref.id for ledger in ledgers]
        self._ids += [claim.id for ledger in ledgers for claim in ledger.claims]
        self._ids += [entity.id for ledger in ledgers for entity in ledger.entities]
        self._ids += [claim.source.name for ledger in ledgers for claim in ledger.claims if claim.source]
        self._ids += ["accept", "reject", "undo", "edit", "split", "merge", "add", "unsure", "1", "2034-05"]

    def seeds(self) -> list[bytes]:
        """Each address with some fields."""
        fields = b"".join(b"\n" + bytes([number]) + b"1" for number in range(len(self._names)))
        return [bytes([number, 200 + number % 8, 0]) + fields[: 3 * (number % 9)] for number in range(len(self._paths))]

    def asked(self, raw: bytes) -> list[object]:
        """Raises AssertionError where the server had to answer that it failed."""
        client = self._session()
        lines = raw[:4000].split(b"\n")
        head = lines[0].ljust(3, b"\0")
        path = self._paths[head[0] % len(self._paths)]
        is_act = head[0] % len(self._paths) >= len(VIEWS)
        place = self._ids[head[1] % len(self._ids)] if head[1] > 60 else head[3:].decode("utf-8", "replace")
        path = re.sub(r"\{[^}]+\}", lambda _: quote(place or "x", safe=""), path)
        fields: list[tuple[str, str]] = []
        for line in lines[1:30]:
            if line:
                value = line[1:].decode("utf-8", "replace")
                known = line[0] >= 128
                fields.append((self._names[line[0] % len(self._names)], self._id(value) if known else value))
        if is_act:
            form: dict[str, list[str]] = {"csrf": [self._csrf]}
            for name, value in fields:
                form.setdefault(name, []).append(value)
            answer = client.post(path, data=form, headers={"accept": "application/json"} if head[2] % 2 else {})
        else:
            data = ("/index.json" if path == "/" else f"{path}.json") if head[2] % 2 else path
            answer = client.get(data, params=fields)
        if answer.status_code >= 500:
            raise AssertionError(f"{answer.status_code} at {path}")
        return [answer.status_code]

    def _id(self, value: str) -> str:
        return self._ids[sum(value.encode("utf-8", "replace")) % len(self._ids)]

    def _session(self) -> TestClient:
        if self._copies.due() or self._client is None:
            if self._desk is not None:
                next(self._desk, None)
            self._desk = self._opened(self._copies.anew())
            self._client = next(self._desk)
            self._csrf = csrf(self._client)
        return self._client

    @staticmethod
    def _opened(case: Path) -> Iterator[TestClient]:
        with at_desk(case, reviewer="Ida") as client:
            client.follow_redirects = False
            yield client
