"""Measures vet: `python -m eval.faithfulness [CORPUS…] [--half dev|test] [--show KIND]`.

In:   texts, trials made from them.   Out: for each kind how much goes through, of vet and of LangExtract's filter.
Knows nothing of: how vet finds out.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from eval.faithfulness.falsify import Trial
from eval.faithfulness.framesets import SETS
from eval.faithfulness.measure import langextract, measure
from eval.faithfulness.texts import CORPORA
from eval.polnear import data_folder
from eval.reviewed import Share
from sayso.errors import SaysoError
from sayso.vet import Vetted


def table(counts: dict[str, Counter[str]], *, compared: bool) -> list[str]:
    """Of true kinds the share refused, of false ones the share let through, in percent, with Wilson's 95 % interval."""
    head = f"{'':36}{'n':>7}{'vet':>8}{'95 %':>14}{'same words':>12}"
    lines = [head + (f"{'n':>7}{'LangExtract':>13}" if compared else "")]
    for kind in sorted(counts, key=lambda k: (not k.startswith("true"), k)):
        count = counts[kind]
        share = Share(count["n"] - count["vet"] if kind.startswith("true") else count["vet"], count["n"])
        low, high = (f"{100 * end:.1f}" for end in share.interval)
        line = f"{kind:36}{share.n:7}{100 * share.hits / share.n:8.1f}{f'{low} to {high}':>14}"
        line += f"{_percent(kind, count['words'], count['n']):12.1f}"
        if compared:
            line += f"{count['tried']:7}{_percent(kind, count['langextract'], count['tried']):13.1f}"
        lines.append(line)
    return lines


def _percent(kind: str, kept: int, of: int) -> float:
    through = 100 * kept / of
    return 100 - through if kind.startswith("true") else through


def _shown(trial: Trial, found: Vetted) -> Iterator[str]:
    """A trial that vet gets wrong, and what it says."""
    yield f"\n[{trial.kind}] {trial.text.name}"
    yield f"  {json.dumps(trial.claim, ensure_ascii=False)}"
    yield f"  {found.fields} {found.reason}"
    if trial.of is not None:
        yield f"  in: …{trial.of[-300:]}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m eval.faithfulness", description="What vet lets through and refuses."
    )
    parser.add_argument(
        "corpora", nargs="*", metavar="CORPUS", help=f"of {', '.join(CORPORA)} (default: all that are there)"
    )
    parser.add_argument("--half", choices=("dev", "test"), help="one half of the documents only")
    parser.add_argument(
        "--show", metavar="KIND", help="print what goes wrong of these kinds (a piece of the name), dev half"
    )
    parser.add_argument("--limit", type=int, metavar="N", help="the first N texts of each corpus and half only")
    parser.add_argument(
        "--frames", choices=SETS, help="the set of frames (default: the one tuned on for dev, the newest for test)"
    )
    parser.add_argument("--only", metavar="KIND", help="only trials of these kinds (a piece of the name)")
    parser.add_argument("--json", type=Path, help="write the counts here")
    parser.add_argument("--no-filter", action="store_true", help="leave LangExtract out")
    options = parser.parse_args(arguments)
    folder = data_folder()
    filters = [] if options.no_filter else [f for f in [langextract()] if f is not None]
    written: dict[str, Any] = {}
    pooled: dict[str, dict[str, Counter[str]]] = {"dev": defaultdict(Counter), "test": defaultdict(Counter)}
    for name in options.corpora or CORPORA:
        try:
            texts = list(CORPORA[name](folder))
        except (SaysoError, FileNotFoundError) as error:
            print(f"{name}: left out: {error}", file=sys.stderr)
            continue
        for half in (options.half,) if options.half else ("dev", "test"):
            own = [text for text in texts if text.half == half][: options.limit]
            began = time.perf_counter()
            counts, wrong = measure(own, filters, options.frames, options.only)
            total = sum(c["n"] for c in counts.values())
            rate = total / (time.perf_counter() - began)
            print(f"\n{name}, {half}: {len(own)} texts, {total:,} claims, {rate:.0f} a second")
            print("\n".join(table(counts, compared=bool(filters))))
            written[f"{name}/{half}"] = counts
            for kind, count in counts.items():
                pooled[half][kind].update(count)
            if options.show is not None and half == "dev":
                print(
                    "\n".join(
                        line for trial, found in wrong if options.show in trial.kind for line in _shown(trial, found)
                    )
                )
    for half, counts in pooled.items():
        if counts:
            print(f"\nall of these, {half}")
            print("\n".join(table(counts, compared=bool(filters))))
    if options.json:
        options.json.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    os.environ.setdefault("LANGEXTRACT_TELEMETRY", "off")
    sys.exit(main())
