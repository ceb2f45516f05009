"""What the page stands: `python -m bench.load CASE --readers 50 --reviewers 5 --minutes 10`.

Readers go about in the lists, documents and claims; reviewers rule on claims meanwhile. In the end every ruling that
was acknowledged has to be in the case, and `verify` has to hold. All of it on this machine, over loopback.

In:   a case.   Out: a table of latencies in milliseconds; errors and lost judgements, of which there may be none.
Knows nothing of: how the server answers.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlencode

from sayso.case import Case

_WORDS = ("official", "minister", "said", "port", "dead", "denied", "report", "council", "night", "water")


class Visitor:
    """One browser with a session."""

    def __init__(self, port: int, token: str) -> None:
        self.port = port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookie = ""
        answer, _ = self.ask("GET", f"/?token={quote(token)}")
        self.cookie = (answer.getheader("set-cookie") or "").split(";")[0]
        _, page = self.ask("GET", "/")
        found = re.search(r'data-csrf="([0-9a-f]+)"', page)
        self.csrf = found[1] if found else ""

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[http.client.HTTPResponse, str]:
        """An answer and its text, over a connection that stays."""
        headers = {"cookie": self.cookie, "accept": "application/json" if form else "text/html"}
        body = None
        if form is not None:
            headers |= {
                "content-type": "application/x-www-form-urlencoded",
                "origin": f"http://127.0.0.1:{self.port}",
            }
            body = urlencode({"csrf": self.csrf, **form})
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        return answer, answer.read().decode()


class Tally:
    """Latencies by what was asked; errors; rulings that were acknowledged."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.took: dict[str, list[float]] = defaultdict(list)
        self.errors: list[str] = []
        self.ruled: list[str] = []

    def of(self, what: str, visitor: Visitor, method: str, path: str, form: dict[str, str] | None = None) -> str:
        """Asks and counts; an error's text is nothing."""
        began = time.perf_counter()
        try:
            answer, text = visitor.ask(method, path, form)
            problem = "" if answer.status < 400 else f"{what}: {answer.status} {path}"
        except (OSError, http.client.HTTPException) as error:
            problem, text = f"{what}: {error!r} {path}", ""
            visitor.connection.close()
        with self.lock:
            self.took[what].append(time.perf_counter() - began)
            if problem:
                self.errors.append(problem)
        return "" if problem else text


def read(visitor: Visitor, tally: Tally, chance: random.Random, until: float, pause: float) -> None:
    """A reader: a list, a search, a document, a claim, with a pause as of somebody who reads."""
    while time.monotonic() < until:
        page = tally.of("search", visitor, "GET", f"/claims?q={chance.choice(_WORDS)}")
        documents = re.findall(r'href="(/documents/d[0-9a-f]+)', page)
        claims = re.findall(r'href="(/claims/c[0-9a-f]+)', page)
        time.sleep(chance.uniform(0, 2 * pause))
        if documents:
            tally.of("document", visitor, "GET", chance.choice(documents))
            time.sleep(chance.uniform(0, 2 * pause))
        if claims:
            tally.of("claim", visitor, "GET", chance.choice(claims))
            time.sleep(chance.uniform(0, 2 * pause))
        tally.of("list", visitor, "GET", "/claims")
        time.sleep(chance.uniform(0, 2 * pause))


def rule(visitor: Visitor, tally: Tally, chance: random.Random, until: float, pause: float) -> None:
    """A reviewer: the queue, and a ruling on one of its claims."""
    while time.monotonic() < until:
        page = tally.of("queue", visitor, "GET", "/review")
        claims = sorted(set(re.findall(r"/review/claims/(c[0-9a-f]+)", page)))
        time.sleep(chance.uniform(0, 2 * pause))
        if not claims:
            continue
        form = {
            "act": chance.choice(("accept", "reject", "unsure")),
            "claims": chance.choice(claims),
            "back": "/review",
        }
        text = tally.of("ruling", visitor, "POST", "/review/judge", form)
        found = re.search(r'"id":"(j[0-9a-f]+)"', text)
        with tally.lock:
            if found:
                tally.ruled.append(found[1])
            elif text:
                tally.errors.append(f"ruling: no id in {text[:200]}")


def main() -> int:
    """Command line."""
    ap = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ap.add_argument("case", type=Path, help="it is copied first")
    ap.add_argument("--readers", type=int, default=50)
    ap.add_argument("--reviewers", type=int, default=5)
    ap.add_argument("--minutes", type=float, default=10)
    ap.add_argument("--pause", type=float, default=4, help="seconds between two looks, on average")
    args = ap.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder, "load.case")
        shutil.copyfile(args.case, case)
        server = subprocess.Popen(
            [sys.executable, "-m", "sayso", "serve", str(case), "--port", "0", "--reviewer", "Load"],
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        if server.stderr is None:
            raise AssertionError("a pipe was asked for")
        tokens: list[str] = []
        came = threading.Condition()

        def listen() -> None:
            for line in server.stderr or ():
                if found := re.search(r"127\.0\.0\.1:(\d+)/\?token=(\S+)", line):
                    with came:
                        tokens.append(f"{found[1]} {found[2]}")
                        came.notify()

        threading.Thread(target=listen, daemon=True).start()
        visitors = []
        for number in range(args.readers + args.reviewers):
            with came:
                came.wait_for(partial(lambda so_many: len(tokens) > so_many, number), timeout=120)
                port, token = tokens[number].split()
            visitors.append(Visitor(int(port), token))
        tally, until = Tally(), time.monotonic() + args.minutes * 60
        threads = []
        for number, visitor in enumerate(visitors):
            work = read if number < args.readers else rule
            chance = random.Random(number)
            threads.append(threading.Thread(target=work, args=(visitor, tally, chance, until, args.pause)))
            threads[-1].start()
        for thread in threads:
            thread.join()
        server.terminate()
        server.wait()
        with Case.open(case) as opened:
            kept = {judgement.id for judgement in opened.review.judgements()}
            differences = [v for v in opened.verify() if v.difference]
    print(f"{'':12}{'asked':>8}{'median':>9}{'95 %':>9}{'99 %':>9}{'most':>9}  ms")
    for what, took in sorted(tally.took.items()):
        took.sort()
        at = [took[int(len(took) * share)] * 1000 for share in (0.5, 0.95, 0.99)]
        print(f"{what:12}{len(took):8,}{at[0]:9.1f}{at[1]:9.1f}{at[2]:9.1f}{took[-1] * 1000:9.1f}")
    lost = len(set(tally.ruled) - kept)
    sums = {"errors": len(tally.errors), "rulings": len(tally.ruled), "lost": lost, "differences": len(differences)}
    print(json.dumps(sums))
    for error in tally.errors[:10]:
        print(error)
    return 1 if tally.errors or lost or differences else 0


if __name__ == "__main__":
    sys.exit(main())
