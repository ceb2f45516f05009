"""How fast the list of claims answers: `python -m bench.serve --claims 1000000`, beside Datasette on the same file.

Both are programs of their own that are asked over HTTP for pages as a browser gets them, the same questions in turns,
each with the whole list behind it: counts of facets, fifty claims. The case is made by `bench.cases`, with speech acts,
events, clusters and findings drawn for its claims. `--datasette` is the Python that has it: pip install datasette.

In:   how many claims.   Out: a table, JSON with --json; medians and 95th percentiles in milliseconds.
Knows nothing of: how either of them finds its answers.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import http.client
import json
import random
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, get_args
from urllib.parse import quote

import msgspec

from bench.cases import made
from sayso.check.findings import Finding
from sayso.link.words import weight
from sayso.links import Cluster, Origins
from sayso.records import Claim, Event, Factuality, Party, SpeechAct, phrase
from sayso.spans import Span
from sayso.store import Store

_NOW = "2026-01-01T00:00:00Z"
_TYPES = ("ASSAULT", "ACCUSE", "CONSULT", "RETREAT", "REQUEST", "REJECT", "MOBILIZE", "SANCTION", "AGREE", "PROTEST")
_VERDICTS = ("consistent", "inconsistent", "partly", "not_in_coverage", "not_checkable")
_ACTS = (60, 6, 5, 2, 6, 2, 3, 3, 5, 3, 5)  # of a hundred, in the order of SpeechAct
PARTS = ("first", "first_p95", "again", "busy")
_FACETED = ("kind", "speech_act", "factuality", "source_name")
_FTS = "_fts_table=claim_index&_fts_pk=seq"
_SURE = (70, 5, 5, 6, 1, 1, 12)  # the same of Factuality


def write(path: Path, claims: int) -> None:
    """A case file with so many claims."""
    rng = random.Random(1)
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with Store.open(path, create=True) as store:
        store.rows("PRAGMA synchronous = OFF")
        for document in made(claims):
            ledger = document.ledger
            full = tuple(_filled(claim, ledger.document.text, rng) for claim in ledger.claims)
            if store.save(msgspec.structs.replace(ledger, claims=full), added_at=_NOW):
                for claim, fact in zip(full, document.facts, strict=True):
                    said[fact].append((claim.id, ledger.document.ref.id))
        _link(store, said, rng)
        _check(store, [claim for group in said.values() for claim, _ in group if rng.random() < 0.02], rng)


def _filled(claim: Claim, text: str, rng: random.Random) -> Claim:
    events: tuple[Event, ...] = ()
    if rng.random() < 0.4:
        start = claim.content.spans[0].start
        trigger = phrase(text, (Span(start, start + 1),))
        kind = rng.choices(_TYPES, [40, 15, 10, 8, 7, 6, 5, 4, 3, 2])[0]
        actor = claim.source and Party(spans=claim.source.spans, text=claim.source.text, name=claim.source.name)
        events = (Event(type=kind, trigger=trigger, actor=actor, plover=kind),)
    return msgspec.structs.replace(
        claim,
        speech_act=rng.choices(get_args(SpeechAct), _ACTS)[0],
        factuality=rng.choices(get_args(Factuality), _SURE)[0],
        events=events,
        score=round(rng.betavariate(6, 2), 3),
    )


def _link(store: Store, said: dict[str, list[tuple[str, str]]], rng: random.Random) -> None:
    with store.writing() as connection:
        for fact, group in said.items():
            if len(group) < 2:
                continue
            low = rng.randint(1, min(4, len(group)))
            cluster = Cluster(
                id=f"k{fact}",
                claims=tuple(claim for claim, _ in group),
                documents=tuple(dict.fromkeys(document for _, document in group)),
                origins=Origins(low=low, high=low, items=()),
                score=0.9,
            )
            ((seq,),) = connection.execute(
                "INSERT INTO cluster (record) VALUES (?) RETURNING seq", (msgspec.json.encode(cluster).decode(),)
            ).fetchall()
            connection.executemany(
                "INSERT INTO cluster_claim (claim, cluster) SELECT seq, ? FROM claim WHERE id = ?",
                ((seq, claim) for claim in cluster.claims),
            )


def _check(store: Store, claims: Sequence[str], rng: random.Random) -> None:
    store.save_findings(
        [
            Finding(
                claim=claim, table="bench@0", format="bench", sha256="0", finding=rng.choice(_VERDICTS), query="any",
                parameters={}, reason="drawn",
            )
            for claim in claims
        ],
        checked_at=_NOW,
    )  # fmt: skip


class Question(NamedTuple):
    """The same asked of both; None where the other has no such thing."""

    kind: str
    sayso: str
    datasette: str | None = None


def questions(case: Path, rounds: int, seed: int = 0) -> Iterator[Question]:
    """``rounds`` of each kind, each with other values, drawn from the case."""
    rng = random.Random(seed)
    with contextlib.closing(sqlite3.connect(f"file:{case}?mode=ro", uri=True)) as connection:
        ((last,),) = connection.execute("SELECT max(seq) FROM claim").fetchall()
        theirs = f"/{quote(case.stem)}/claim?_size=50&" + "&".join(f"_facet={c}" for c in _FACETED)
        for number in range(rounds):
            sql = "SELECT record FROM claim WHERE seq >= ? AND source_name IS NOT NULL LIMIT 1"
            ((record,),) = connection.execute(sql, (rng.randint(1, last - 100),)).fetchall()
            yield from _of(msgspec.json.decode(record, type=Claim), theirs, number, rng.randint(1, last), rng)


def _of(claim: Claim, theirs: str, number: int, place: int, rng: random.Random) -> Iterator[Question]:
    def where(condition: str) -> str:
        return f"{theirs}&_where={quote(condition)}"

    source = quote(claim.source.name if claim.source else "")
    outlet, day = claim.document.outlet or "", claim.document.published or ""
    kind, act, sure = rng.choice(_TYPES), rng.choice(get_args(SpeechAct)), quote(rng.choice(get_args(Factuality)))
    words = [w for w in claim.content.text.lower().split() if w.isalpha() and len(w) > 3]
    after = base64.urlsafe_b64encode(msgspec.json.encode((day, 1, 0, 0))).decode()
    event = f"seq in (select claim from event where type = '{kind}')"  # noqa: S608 - our own words, to the other's door
    yield Question("all, first page", f"/claims?sort={('oldest', 'newest')[number % 2]}", theirs)
    yield Question("all, a page deep inside", f"/claims?after={after}", f"{theirs}&_next={place}")
    for name, word in (
        ("a telling word", max(words, key=weight, default="harbour")),
        ("a common word", rng.choice(("had", "been", "from", "after", "over", "with", "that", "for"))),
    ):
        yield Question(name, f"/claims?q={word}", f"{theirs}&_search={word}&{_FTS}")
    yield Question("a source", f"/claims?source={source}", f"{theirs}&source_name={source}")
    yield Question("a piece of its name", f"/claims?by={source[2:7]}", f"{theirs}&source_name__contains={source[2:7]}")
    yield Question(
        "an act put so", f"/claims?act={act}&factuality={sure}", f"{theirs}&speech_act={act}&factuality={sure}"
    )
    yield Question("an event", f"/claims?event={kind}", where(event))
    yield Question(
        "an event by a source", f"/claims?event={kind}&source={source}", where(event) + f"&source_name={source}"
    )
    of_outlet = f"document in (select seq from document where outlet = '{outlet}')"  # noqa: S608 - as above
    yield Question("an outlet", f"/claims?outlet={quote(outlet)}", where(of_outlet))
    of_month = f"document in (select seq from document where published like '{day[:7]}%')"  # noqa: S608 - as above
    yield Question("a month", f"/claims?since={day[:7]}&until={day[:7]}", where(of_month))
    yield Question("an outlet, an act, a year", f"/claims?outlet={quote(outlet)}&act={act}&since={day[:4]}")
    yield Question("least surely read", f"/claims?sort=score&kind={rng.choice(('direct', 'indirect'))}")
    yield Question("most origins", f"/claims?sort=origins&act={act}")
    yield Question("with findings", f"/claims?finding={rng.choice(_VERDICTS)}")
    yield Question("documents", f"/documents?page={rng.randint(1, 500)}")
    yield Question("the desk", "/")


class Times(NamedTuple):
    """Seconds until an answer, asked for the first time and at once again; of the server's processors for the first."""

    first: list[float]
    again: list[float]
    busy: list[float]


class Site:
    """A server to ask."""

    def __init__(self, port: int, pid: int = 0, cookie: str = "") -> None:
        self._threads = Path(f"/proc/{pid}/task")
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._headers = {"cookie": cookie} if cookie else {}

    def ask(self, path: str) -> tuple[float, int, str]:
        """Seconds until the last byte, the status, the cookie that came."""
        self._connection.close()  # the other may have taken so long that the server has closed it
        began = time.perf_counter()
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        answer.read()
        return time.perf_counter() - began, answer.status, (answer.getheader("set-cookie") or "").split(";")[0]

    def busy(self) -> float:
        """Seconds for which its threads had a processor so far; 0 where the system does not tell."""
        runs = (thread / "schedstat" for thread in self._threads.glob("*"))
        return sum(int(run.read_text().split()[0]) for run in runs if run.exists()) / 1e9


@contextlib.contextmanager
def started(command: Sequence[str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(command, text=True, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def ours(case: Path) -> Iterator[Site]:
    port = _free()
    with started([sys.executable, "-m", "sayso", "serve", str(case), "--port", str(port)]) as process:
        line = next(line for line in process.stderr or () if "token=" in line)
        cookie = Site(port).ask(line[line.index("/?token=") :].strip())[2]
        yield Site(port, process.pid, cookie)


@contextlib.contextmanager
def theirs(case: Path, python: str | None) -> Iterator[Site | None]:
    if python is None:
        yield None
        return
    port = _free()
    with started([python, "-m", "datasette", str(case), "--port", str(port)]) as process:
        for _ in range(200):
            with contextlib.suppress(OSError):
                Site(port).ask("/-/versions.json")
                break
            time.sleep(0.1)
        yield Site(port, process.pid)


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def measured(case: Path, rounds: int, python: str | None) -> dict[str, Any]:
    """Milliseconds by kind of question."""
    asked: dict[str, dict[str, Times]] = {}
    refused: Counter[str] = Counter()
    with ours(case) as here, theirs(case, python) as there:
        for question in questions(case, rounds):
            for name, site, path in (("sayso", here, question.sayso), ("datasette", there, question.datasette)):
                if site is None or path is None:
                    continue
                times = asked.setdefault(question.kind, {}).setdefault(name, Times([], [], []))
                before = site.busy()
                seconds, status, _ = site.ask(path)
                times.busy.append(site.busy() - before)
                refused[f"{name}, {question.kind}: {status}"] += status != 200
                times.first.append(seconds)
                times.again.append(site.ask(path)[0])
    both = [by for by in asked.values() if "datasette" in by]
    return {
        "case_mb": round(case.stat().st_size / 1e6),
        "kinds": {kind: {name: _summed(times) for name, times in by.items()} for kind, by in asked.items()},
        "all": {"sayso": _summed(_together([by["sayso"] for by in asked.values()]))},
        "all that both answer": {
            name: _summed(_together([by[name] for by in both])) for name in ("sayso", "datasette") if both
        },
        "not answered": {what: n for what, n in refused.items() if n},
    }


def _together(times: Sequence[Times]) -> Times:
    return Times(*(list(chain.from_iterable(part)) for part in zip(*times, strict=True)))


def _summed(times: Times) -> dict[str, float]:
    def at(values: list[float], share: float) -> float:
        return round(1000 * sorted(values)[min(len(values) - 1, int(share * len(values)))], 1)

    return {
        "first": at(times.first, 0.5),
        "first_p95": at(times.first, 0.95),
        "again": at(times.again, 0.5),
        "busy": at(times.busy, 0.5),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--case", type=Path, help="where the case is, or is to be made; else it is made and dropped")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--datasette", metavar="PYTHON")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        case: Path = given.case or Path(folder) / "made.case"
        if not case.exists():
            write(case, given.claims)
        figures = measured(case, given.rounds, given.datasette)
    if given.json:
        print(json.dumps(figures, indent=2))
        return
    print(f"{figures['case_mb']:,} MB; milliseconds: median and 95th percentile when asked for the first time, median")
    print("when asked again, median of the processors' time for the first")
    for kind, by in {**figures["kinds"], **{k: figures[k] for k in ("all", "all that both answer")}}.items():
        cells = (f"{name:9} {' '.join(f'{t[part]:8.1f}' for part in PARTS)}" for name, t in by.items())
        print(f"{kind:28} {'   '.join(cells)}")
    print("not answered:", figures["not answered"])


if __name__ == "__main__":
    main()
