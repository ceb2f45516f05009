"""`python -m eval.origins`: sayso's links on the stories, beside what people count today. See README.md."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from eval.origins.measure import Result, counted, edges
from eval.origins.stories import Story, complaints, load
from sayso.case import knowledge, lexicon, reader
from sayso.link import link
from sayso.records import Ledger
from sayso.study import study


def main() -> int:
    """Prints the table, or what breaks the rules."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--check", action="store_true", help="only look for what breaks the rules")
    ap.add_argument("--part", choices=("dev", "test"), help="one part only")
    ap.add_argument("--errors", action="store_true", help="what was wrong, on dev")
    args = ap.parse_args()
    if args.check:
        found = [line for part in ("dev", "test") for story in load(part) for line in complaints(story)]
        print(*found, sep="\n", end="\n" if found else "")
        return 1 if found else 0
    for part in (args.part,) if args.part else ("dev", "test"):
        measure(part, errors=args.errors and part == "dev")
    return 0


def ledgers(story: Story) -> dict[str, Ledger]:
    """What sayso reads in each article of a story."""
    return {name: study(document, reader(), knowledge()) for name, document in story.articles.items()}


def measure(part: str, *, errors: bool) -> None:
    """Prints the figures of a part."""
    results: list[Result] = []
    right = labelled = found = true = 0
    stories = load(part)
    for story in stories:
        own = ledgers(story)
        links = link(own.values(), lexicon())
        results += counted(story, own, links)
        e, lines = edges(story, own, links)
        right, labelled, found, true = right + e.right, labelled + e.labelled, found + e.found, true + e.true
        if errors:
            print(*lines, sep="\n", end="\n" if lines else "")
    if errors:
        for r in results:
            if not r.low <= r.true <= r.high:
                print(f"{r.story}: {r.says} true {r.true}, counted {r.low} to {r.high}, {r.found} of {r.articles}")
    n = len(results)
    print(f"{part}: {len(stories)} stories, {sum(len(s.articles) for s in stories)} articles, {n} claims, {true} edges")
    print(f"  edges                P {right / max(1, found):.3f}  R {right / max(1, true):.3f}  F1", end=" ")
    print(f"{2 * right / max(1, found + true):.3f}  with the relation F1 {2 * labelled / max(1, found + true):.3f}")
    articles = sum(r.articles for r in results)
    held = sum(r.found for r in results)
    print(f"  same claim           {held} of {articles} articles in the claim's cluster", end=", ")
    print(f"{sum(r.foreign for r in results)} that do not carry it")
    print("                       interval holds the count   counts too many   mean width")
    row("sayso", results, lambda r: (r.low, r.high))
    row("distinct URLs", results, lambda r: (r.urls, r.urls))
    row("distinct outlets", results, lambda r: (r.outlets, r.outlets))
    row("near-duplicates", results, lambda r: (r.duplicates, r.duplicates))


def row(name: str, results: list[Result], count: Callable[[Result], tuple[int, int]]) -> None:
    """Prints one way of counting."""
    n = len(results)
    held = over = width = 0
    for result in results:
        low, high = count(result)
        held += low <= result.true <= high
        over += low > result.true
        width += high - low
    print(f"  {name:20} {held / n:24.3f} {over / n:17.3f} {width / n:12.2f}")


if __name__ == "__main__":
    sys.exit(main())
