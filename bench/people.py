"""How long the pages of people, links and hypotheses take on a large case: `python -m bench.people --claims 12000`.

The case is synthetic (see `bench.cases`). "First" is what the first view after a change costs: the server then puts the
case together anew; the others are asked when that is held. The peer is SQLite itself: reading every record of the case
once, in the same run, so that machines and loads can be compared.

In:   a number of claims.   Out: a table: milliseconds of processor time, and parts of what the peer takes.
Knows nothing of: browsers.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from starlette.testclient import TestClient

from bench.cases import write
from sayso.case import Case
from sayso.serve.app import make

HERE, KEY, TIMES = "http://127.0.0.1:8642", "let-me-in", 9


def milliseconds(work: Callable[[], object]) -> float:
    """Processor time of all threads: it hardly changes with what else the machine does."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def peer(path: Path) -> float:
    """Every record of the case, read once."""

    def read() -> None:
        with sqlite3.connect(path) as connection:
            for table in ("claim", "compared", "cluster", "document"):
                connection.execute(f"SELECT record FROM {table}").fetchall()  # noqa: S608 - the names above

    return statistics.median(milliseconds(read) for _ in range(TIMES))


def views(client: TestClient) -> list[str]:
    """One of each sort."""
    source = client.get("/sources.json").json()["sources"][0]
    claim = client.get("/links.json").json()["links"][0]["claims"][0]
    lists = ["/sources", "/entities", "/entities/pairs", "/links", "/links?part=differences", "/links?part=texts"]
    one = [f"/claims/{claim}", f"/sources/{source['id']}", f"/entities/{source['entity']}"]
    toml = (
        'question = "?"\n[[hypothesis]]\nid = "a"\nsays = "a"\nprior = 0.5\n'
        + "".join(f'[[evidence]]\nclaim = "{c}"\nfor = ["a"]\n' for c in source["claims"][:12])
    )  # fmt: skip
    csrf = client.get("/hypotheses").text.split('data-csrf="')[1].split('"')[0]
    draft = client.post("/hypotheses", data={"csrf": csrf, "toml": toml}).url.path
    return [*lists, *one, "/findings", "/hypotheses", draft]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=12000)
    parser.add_argument("--case", type=Path, help="a case that is there, in place of a synthetic one")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.case or Path(folder) / "large.case"
        if asked.case is None:
            write(path, asked.claims, 1)
        with Case.open(path) as case:
            for _ in case.link():
                pass
            documents = sum(1 for _ in case.documents())
        with TestClient(make(path, token=KEY), base_url=HERE) as client:
            client.headers["origin"] = HERE
            client.get("/", params={"token": KEY})
            first = milliseconds(partial(client.get, "/sources"))
            every = views(client)
            known = peer(path)
            print(f"{documents:,} documents; SQLite reads every record in {known:.0f} ms; first view {first:.0f} ms")
            for view in every:
                once = milliseconds(partial(client.get, view))
                took = statistics.median(milliseconds(partial(client.get, view)) for _ in range(TIMES))
                print(f"{took:8.0f} ms  {took / known:6.2f}  (the first time {once:.0f} ms)  {view}")


if __name__ == "__main__":
    main()
