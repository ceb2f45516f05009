"""Kills the program at random moments and counts what that cost: `python -m eval.kills --kills 240`.

In:   the program, invented articles.   Out: kills by command, what was acknowledged, what was lost (nothing may be).
Knows nothing of: how anything is kept.

`add`, `link`, `check` and `weigh` go over one case, each begun again until it comes to its end, and SIGKILL at random
times; after each kill `verify` has to hold and every document that was acknowledged has to be there. Then the case must
hold the same ledgers, links and findings as one that was never disturbed, and the next case begins. `review`: `serve`
is killed while three reviewers rule over HTTP; every judgement that was acknowledged has to be there, none that nobody
sent, and the state of each claim has to be what the judgements add up to. `bulk`: `extract` or one of its workers is
killed, and the output has to be the same to the byte. The processes are forked from one that has loaded everything, so
that kills meet the work and not the loading; a process that is killed is so whoever began it.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NoReturn

from bench.load import Visitor

from sayso.bulk import extract
from sayso.case import Case, knowledge, reader
from sayso.check.checking import Checker  # what the commands load late is loaded here, once
from sayso.cli import cli
from sayso.errors import SaysoError
from sayso.links import Cluster
from sayso.publish import jsonl
from sayso.serve.run import serve

ON_A_CASE = ("add", "link", "check", "weigh")
SHARE = {"case": 0.6, "review": 0.2, "bulk": 0.2}
_LOADED = (Checker, serve)
_DEATHS = 5  # of one command on one case: `check` begins from the start each time, and would never come to its end
_REVIEWERS = 3
_RULINGS_OF_A_CASE = 12  # kills after which review begins with a new copy: what is verified each time would else grow
_DOCUMENT = re.compile(r"^(d[0-9a-f]{16})  .*\n", re.M)
_ADDRESS = re.compile(r"127\.0\.0\.1:(\d+)/\?token=(\S+)")
NAMES = ("Tom Reyk", "Mira Dohl", "Olan Firth")
_MAPPING = """\
name = "Invented list"
kind = "designations"
authority = "UN"
[columns]
names = ["Name"]
listed = "Since"
"""
_WEIGHED = """\
question = "Who was late?"
[[hypothesis]]
id = "ferry"
says = "the ferry"
prior = 0.4
[[evidence]]
cluster = "{cluster}"
likely = {{ ferry = 0.6, other = 0.3 }}
"""


def article(number: int) -> str:
    """Invented, short; what the table has is in it, and every third repeats its neighbour."""
    boat = number - number % 3
    return (
        f"Ferry {boat} late\n\nAnn Lee, the harbour master of Pellin, said that ferry {boat} was late on 6 May 2031. "
        f'"We have counted {boat + 2} passengers on ferry {boat}," Tom Reyk told the council. '
        f"The council said that the United Nations imposed sanctions on {NAMES[number % 3]} in April 20{number + 20}."
    )


class Process:
    """``work`` in a process of its own; what it prints and complains goes to the file ``out``."""

    def __init__(self, work: Callable[[], object], out: Path) -> None:
        self.out = out
        self.failed = False  # it ended with a complaint
        out.write_bytes(b"")
        self.pid = os.fork()
        if self.pid == 0:
            _become(work, out)

    def printed(self) -> str:
        """What has come so far."""
        return self.out.read_text(encoding="utf-8", errors="replace")

    def ended(self) -> bool:
        """Has it come to its end? Asked once more after that, it would not be found."""
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        self.failed = pid != 0 and os.waitstatus_to_exitcode(status) != 0
        return pid != 0

    def killed_after(self, seconds: float) -> bool:
        """Was it still at work when it was killed?"""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.ended():
                return False
            time.sleep(0.001)
        return self.killed()

    def killed(self) -> bool:
        """Kills it now."""
        os.kill(self.pid, signal.SIGKILL)
        return os.WIFSIGNALED(os.waitpid(self.pid, 0)[1])

    def waited(self) -> int:
        """Its exit code."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def _become(work: Callable[[], object], out: Path) -> NoReturn:
    """What the child does instead of going on as its parent."""
    code: object = 70
    try:
        with out.open("a", encoding="utf-8") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
        work()
        code = 0
    except SystemExit as end:
        code = end.code or 0
    except SaysoError as error:
        sys.stderr.write(str(error))
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 70)


class Tally:
    """Kills by command; what was acknowledged; what was found wrong."""

    def __init__(self) -> None:
        self.kills: Counter[str] = Counter()
        self.acknowledged: Counter[str] = Counter()
        self.compared: Counter[str] = Counter()
        self.stopped: list[str] = []  # what a run said that gave up, and was begun again
        self.faults: list[str] = []

    def verified(self, opened: Case, what: str) -> None:
        """Whatever `verify` finds to differ is a fault."""
        self.faults += [f"{what}: {v.what} {v.about}: {v.difference}" for v in opened.verify() if v.difference]


def commands(folder: Path, case: Path, weighed: Path) -> dict[str, Callable[[], object]]:
    """The four that go over a case, as they are typed."""
    told = {
        "add": [str(path) for path in sorted(folder.glob("*.txt"))],
        "link": [],
        "check": ["--with", str(folder / "list.csv"), "--mapping", str(folder / "list.toml")],
        "weigh": [str(weighed)],
    }
    return {name: partial(cli.main, [name, str(case), *more], prog_name="sayso") for name, more in told.items()}


def holds(case: Path) -> dict[str, list[str]]:
    """Ledgers, links and findings as JSON, for comparison. When a finding was made is left out."""
    with Case.open(case) as opened:
        return {
            "ledgers": [jsonl.array([opened.ledger(kept.document.id)]).decode() for kept in opened.documents()],
            "links": sorted(jsonl.line(link).decode() for link in opened.links()),
            "findings": sorted(repr(finding) for finding, _ in opened.findings()),
        }


def a_whole_one(folder: Path, tally: Tally) -> tuple[Path, Path, dict[str, float]]:
    """A case that nobody disturbed, a file of hypotheses on it, and how long each command took."""
    whole, weighed, took = folder / "whole.case", folder / "weighed.toml", {}
    for name, work in commands(folder, whole, weighed).items():
        if name == "weigh":
            with Case.open(whole) as opened:
                cluster = max((o for o in opened.links() if isinstance(o, Cluster)), key=lambda c: len(c.claims))
            weighed.write_text(_WEIGHED.format(cluster=cluster.id), encoding="utf-8")
        began = time.monotonic()
        if (process := Process(work, folder / "out")).waited() != 0:
            tally.faults.append(f"undisturbed {name}: {process.printed()}")
        took[name] = time.monotonic() - began
    return whole, weighed, took


def on_cases(folder: Path, kills: int, chance: random.Random, tally: Tally) -> None:
    """add, link, check, weigh, each until it is done, on one case after the other."""
    whole, weighed, took = a_whole_one(folder, tally)
    expected = holds(whole)
    tally.compared |= Counter({f"{what} of a case": len(of) for what, of in expected.items()})
    number = 0
    while sum(tally.kills[name] for name in ON_A_CASE) < kills:
        number += 1
        case, acknowledged = folder / f"{number}.case", set[str]()
        for name, work in commands(folder, case, weighed).items():
            dead, deaths = True, 0
            while dead:
                process = Process(work, folder / "out")
                left = chance.uniform(0, 1.2 * took[name]) if deaths < _DEATHS else 600
                dead = process.killed_after(left)
                deaths += dead
                tally.kills[name] += dead
                if name == "add":
                    acknowledged |= set(_DOCUMENT.findall(process.printed()))
                if case.exists():
                    with Case.open(case, create=True) as opened:  # killed while it was made, the file may be empty
                        tally.verified(opened, name)
                        there = {kept.document.id for kept in opened.documents()}
                    tally.faults += [f"{name}: acknowledged and lost: {one}" for one in acknowledged - there]
        tally.acknowledged["documents"] += len(acknowledged)
        for what, of in holds(case).items():
            if of != expected[what]:
                tally.faults.append(f"case {number}: its {what} are not those of an undisturbed case")
        tally.compared["cases"] += 1
        for path in folder.glob(f"{number}.case*"):
            path.unlink()


def addresses(process: Process) -> Iterator[tuple[int, str]]:
    """Port and token of each address that the server prints, as they come. Raises TimeoutError."""
    seen, until = 0, time.monotonic() + 120
    while time.monotonic() < until:
        found = _ADDRESS.findall(process.printed())
        for port, token in found[seen:]:
            yield int(port), token
        seen = len(found)
        time.sleep(0.005)
    raise TimeoutError(process.printed())


def rule(visitor: Visitor, claims: list[str], chance: random.Random, sent: list[str], acknowledged: list[str]) -> None:
    """Rules until nobody answers. What was ``sent`` has a number of its own as its reason."""
    while True:
        act, claim, why = chance.choice(("accept", "reject", "unsure")), chance.choice(claims), str(chance.random())
        form = {"act": act, "claims": claim, "why": why, "back": "/review"}
        sent.append(why)
        try:
            answer, text = visitor.ask("POST", "/review/judge", form)
        except (OSError, http.client.HTTPException):
            return
        found = re.search(r'"id":"(j[0-9a-f]+)"', text)
        if answer.status >= 400 or not found:
            raise AssertionError(f"{answer.status}: {text[:300]}")
        acknowledged.append(found[1])


def on_review(folder: Path, kills: int, chance: random.Random, tally: Tally) -> None:
    """A server that is killed while people rule, again and again on the same case."""
    case = folder / "review.case"
    sent: list[str] = []
    acknowledged: list[str] = []
    for number in range(kills):
        if number % _RULINGS_OF_A_CASE == 0:
            for path in folder.glob("review.case*"):
                path.unlink()
            shutil.copyfile(folder / "whole.case", case)
            tally.acknowledged["judgements"] += len(acknowledged)
            sent, acknowledged = [], []
        with Case.open(case) as opened:
            claims = [claim.id for claim in opened.claims()]
        work = partial(cli.main, ["serve", str(case), "--port", "0", "--reviewer", "Ida"], prog_name="sayso")
        process = Process(work, folder / "out")
        told = addresses(process)
        visitors = [Visitor(*next(told)) for _ in range(_REVIEWERS)]
        threads = [
            threading.Thread(target=rule, args=(visitor, claims, random.Random(chance.random()), sent, acknowledged))
            for visitor in visitors
        ]
        for thread in threads:
            thread.start()
        tally.kills["review"] += process.killed_after(chance.uniform(0, 1.5))
        for thread in threads:
            thread.join()
        with Case.open(case) as opened:
            tally.verified(opened, "review")
            kept = list(opened.review.judgements())
            lost = set(acknowledged) - {judgement.id for judgement in kept}
            tally.faults += [f"review: acknowledged and lost: {name}" for name in lost]
            tally.faults += [f"review: nobody sent {j.id}" for j in kept if j.why not in sent]
            for document in opened.documents():
                name = document.document.id
                standings = opened.review.standings(name)
                states = Counter(standing.state for standing in standings)
                if opened.review.counts(name).states != dict(states):
                    tally.faults.append(
                        f"review: the states of the claims of {name} are not what its judgements add up to"
                    )
    tally.acknowledged["judgements"] += len(acknowledged)


def children(parent: int) -> list[int]:
    """The processes that a process has begun."""
    return [int(one) for one in Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def on_bulk(folder: Path, kills: int, chance: random.Random, tally: Tally) -> None:
    """extract, killed itself or one of its workers, until its output is whole."""
    corpus = folder / "corpus"
    corpus.mkdir()
    lines = [json.dumps({"id": str(n), "text": article(n), "outlet": f"Outlet {n % 2}"}) for n in range(40)]
    (corpus / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for number in range(8):
        (corpus / f"{number}.txt").write_text(article(number + 40), encoding="utf-8")

    def work(output: Path) -> list[object]:
        return list(extract([str(corpus)], output, workers=2, shard=1500))

    began = time.monotonic()
    Process(partial(work, folder / "undisturbed"), folder / "out").waited()
    took, expected = time.monotonic() - began, tree(folder / "undisturbed")
    tally.compared["files of an extraction"] = len(expected)
    number = 0
    while tally.kills["bulk"] + tally.kills["bulk, a worker"] < kills:
        number += 1
        output = folder / f"extracted{number}"
        process, done = Process(partial(work, output), folder / "out"), False
        while not done:
            until = time.monotonic() + chance.uniform(0, took)
            while not (done := process.ended()) and time.monotonic() < until:
                time.sleep(0.002)
            if done and process.failed:  # "workers die before they can work", after five in a row: begun once more
                tally.stopped.append(process.printed().strip()[-200:])
                process, done = Process(partial(work, output), folder / "out"), False
                continue
            if done:
                break
            workers = children(process.pid)
            if workers and chance.random() < 0.5:
                os.kill(chance.choice(workers), signal.SIGKILL)
                tally.kills["bulk, a worker"] += 1
            else:
                tally.kills["bulk"] += process.killed()
                process = Process(partial(work, output), folder / "out")
        if (found := tree(output)) != expected:
            files = sorted(name for name in {*found, *expected} if found.get(name) != expected.get(name))
            aside = found.get("errors.jsonl", b"").decode()[:300]
            tally.faults.append(f"bulk: extraction {number} differs in {files}: {aside}{process.printed()}")
        tally.compared["extractions"] += 1
        shutil.rmtree(output)


def main() -> int:
    """Command line."""
    ap = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ap.add_argument("--kills", type=int, default=240)
    ap.add_argument("--seed", type=int, default=1)
    args = ap.parse_args()
    chance, tally = random.Random(args.seed), Tally()
    reader(), knowledge()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(12):
            (folder / f"{number:02}.txt").write_text(article(number), encoding="utf-8")
        rows = [f"{who},20{n + 20}-04-02" for n, who in enumerate(NAMES)]
        (folder / "list.csv").write_text("\n".join(["Name,Since", *rows]), encoding="utf-8")
        (folder / "list.toml").write_text(_MAPPING, encoding="utf-8")
        for trial, share in ((on_cases, "case"), (on_review, "review"), (on_bulk, "bulk")):
            trial(folder, round(args.kills * SHARE[share]), chance, tally)
            print(json.dumps({**tally.kills, "faults": len(tally.faults)}), flush=True)
    sums = {"kills": sum(tally.kills.values()), "by command": dict(tally.kills)}
    sums |= {"acknowledged": dict(tally.acknowledged), "compared": dict(tally.compared)}
    sums |= {"stopped": tally.stopped, "faults": tally.faults}
    print(json.dumps(sums, indent=1))
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
