"""Kills the program at random moments and counts what that cost: `python -m eval.kills --kills 240`.

In:   articles, the installed program.   Out: a table: kills, at which command, what was lost (nothing may be).
Knows nothing of: how anything is kept.

Each round starts a command on one case, kills it with SIGKILL after a random time and looks at the case as a user
would: `sayso verify` has to hold, and every document that was acknowledged on standard output has to be there. In the
end the commands run undisturbed, and the case must hold the same ledgers and links as one that was never disturbed.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from sayso.case import Case
from sayso.publish import jsonl

PROGRAM = [sys.executable, "-m", "sayso"]
ROOT = Path(__file__).parent.parent
COMMANDS = ("add", "link", "check", "weigh")


def arguments(command: str, case: Path, articles: list[str], table: str) -> list[str]:
    """A command as it is typed."""
    more = {
        "add": articles,
        "link": [],
        "check": ["--with", table],
        "weigh": [str(ROOT / "examples" / "talmeer-hypotheses.toml")],
    }
    return [*PROGRAM, command, str(case), *more[command]]


def killed(command: list[str], seconds: float) -> tuple[bool, str]:
    """Whether the command was still at work when it was killed, and what it had printed till then."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            out, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            out, _ = process.communicate()
            return True, out
        return False, out


def seen(case: Path) -> tuple[set[str], list[str]]:
    """The documents of a case, and what `verify` finds to differ."""
    if not case.exists():
        return set(), []
    with Case.open(case, create=True) as opened:  # killed while it was made, the file may be empty
        differences = [f"{v.what} {v.about}: {v.difference}" for v in opened.verify() if v.difference]
        return {kept.document.id for kept in opened.documents()}, differences


def holds(case: Path) -> tuple[list[str], list[str]]:
    """Ledgers and links as JSON, for comparison."""
    with Case.open(case) as opened:
        ledgers = [jsonl.array([opened.ledger(kept.document.id)]).decode() for kept in opened.documents()]
        return ledgers, sorted(jsonl.line(link).decode() for link in opened.links())


def main() -> int:
    """Command line."""
    ap = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ap.add_argument("--kills", type=int, default=240)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--table", default=str(ROOT.parent / "shared/data/ucdp/Dyadic_v24_1.csv"))
    args = ap.parse_args()
    chance = random.Random(args.seed)
    articles = sorted(str(path) for path in (ROOT / "examples").iterdir() if path.name[:1] in "01")
    kills: Counter[str] = Counter()
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        whole, case = Path(folder, "whole.case"), Path(folder, "killed.case")
        took: dict[str, float] = {}
        for command in COMMANDS:
            began = time.monotonic()
            subprocess.run(arguments(command, whole, articles, args.table), capture_output=True, check=False)
            took[command] = time.monotonic() - began
        acknowledged: set[str] = set()
        rounds = 0
        while sum(kills.values()) < args.kills and rounds < args.kills * 3:
            rounds += 1
            if rounds % 12 == 1:  # a new case now and then, so that kills meet its making, too
                case.unlink(missing_ok=True)
                for path in case.parent.glob(case.name + "-*"):
                    path.unlink()
                acknowledged = set()
            command = chance.choices(COMMANDS, weights=(5, 3, 2, 1))[0]
            if command != "add" and not acknowledged:
                command = "add"
            dead, out = killed(arguments(command, case, articles, args.table), chance.uniform(0.1, 1.1) * took[command])
            kills[command] += dead
            if command == "add":
                acknowledged |= {line.split()[0] for line in out.splitlines(keepends=True) if line.endswith("\n")}
            there, differences = seen(case)
            faults += [f"{command}: {difference}" for difference in differences]
            faults += [f"{command}: acknowledged and lost: {name}" for name in acknowledged - there]
        for command in COMMANDS:
            subprocess.run(arguments(command, case, articles, args.table), capture_output=True, check=False)
        for what, after, undisturbed in zip(("ledgers", "links"), holds(case), holds(whole), strict=True):
            if after != undisturbed:
                more, fewer = len(set(after) - set(undisturbed)), len(set(undisturbed) - set(after))
                faults.append(f"in the end: {more} {what} that an undisturbed case has not, {fewer} fewer")
    print(json.dumps({"kills": dict(kills), "sum": sum(kills.values()), "faults": faults}, indent=1))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
