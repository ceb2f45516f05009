"""Counts where sayso gets the meaning of short marked texts wrong: `python -m eval.safety`.

In:   tests/cases/safety/*.txt, one category each.   Out: a table by category; JSON; the failing texts.
Knows nothing of: how claims are found.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from tests.marked import strip

from eval.brat import Attribution
from eval.polnear import attribution
from eval.score import link
from sayso.case import knowledge, reader
from sayso.errors import NotFound, SaysoError, Unreadable
from sayso.read import read_bytes
from sayso.records import Claim, Phrase, Source
from sayso.spans import Span
from sayso.study import study

FOLDER = Path(__file__).resolve().parent.parent / "tests/cases/safety"
COLUMNS = (
    ("texts", "texts"),
    ("without a fault", "sound"),
    ("gold", "gold"),
    ("right", "right"),
    ("missed", "missed"),
    ("wrong source", "source"),
    ("wrong content", "content"),
    ("surplus", "surplus"),
    ("invented", "invented"),
    ("polarity", "polarity"),
    ("nested gold", "nested"),
    ("nested right", "right"),
)
UNATTRIBUTED, GIVEN = "texts without attribution", "of these, given one"
# The words by which a cue or a source denies; "yet to" and "stopped short" as well, for they say that it was not said.
_NEGATING = re.compile(
    r"\b(?:not|no|nobody|none|neither|nor|never|nothing|cannot|unable|yet to|stop\w* short|\w+n['’]t"
    r"|den(?:y|ies|ied|ying|ials?)|declin\w+|refus\w+|reject\w+|disput\w+|dismiss\w+)(?!\w)",
    re.IGNORECASE,
)
_AFFIRMED = ("CT+", "PR+")
_HEAD = re.compile(r"\A(?:#.*\n)+\n")
_ANYWHERE = (Span(0, 1),)  # stands in for a content, so that `link` compares the rest

Kind = Literal[
    "right", "wrong content", "wrong source", "missed", "surplus", "invented", "nested right", "nested missed"
]


@dataclass(frozen=True)
class Case:
    """A text and its marks. ``nested`` are those whose cue stands in another's content."""

    category: str
    text: str
    gold: tuple[Attribution, ...]
    nested: tuple[Attribution, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of a gold attribution, or where a found one belongs. ``flipped``: its denial was lost."""

    kind: Kind
    gold: Attribution | None = None
    found: Claim | None = None
    flipped: bool = False


def read_cases(folder: Path) -> Iterator[Case]:
    """The cases in the order of their files. Raises NotFound, Unreadable."""
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise NotFound(f"{folder}: holds no .txt file of marked texts: see tests/marked.py for how to write one")
    for file in files:
        for number, block in enumerate(_HEAD.sub("", file.read_text(encoding="utf-8")).split("====\n"), 1):
            yield _case(block.strip(), file.stem, f"{file}, text {number}")


def _case(marked: str, category: str, place: str) -> Case:
    if marked.count("[") != marked.count("]"):
        raise Unreadable(f"{place}: a mark is never closed, or closed twice")
    text, groups = strip(marked)
    marks = [Attribution(g.get("source", ()), g.get("cue", ()), g.get("content", ())) for g in groups.values()]
    if not text or "]" in text or not all(mark.cue and mark.content for mark in marks):
        raise Unreadable(f"{place}: each attribution needs a cue and a content, and marks are the only brackets")
    nested = tuple(m for m in marks if any(_inside(m.cue, other.content) for other in marks if other is not m))
    return Case(category, text, tuple(m for m in marks if m not in nested), nested)


def claims_of(text: str) -> tuple[Claim, ...]:
    """The claims of a text as `sayso read` makes them, without the author's own."""
    (document,) = read_bytes(text.encode(), path="case.txt")
    if isinstance(document, Unreadable):
        raise document
    if document.text != text:
        raise Unreadable(f"a text was read as another, so its marks mean nothing: {text!r}")
    return tuple(claim for claim in study(document, reader(), knowledge()).claims if claim.kind != "authorial")


def compare(case: Case, claims: Iterable[Claim]) -> list[Outcome]:
    """Every gold attribution once, then what else was found outermost: beside a gold one, or where there is none.

    Right is what `eval.score` calls linked. The rest is paired by cue and source (so the content is wrong), then by
    cue alone (so the source is). Of what is left over, a found one whose cue overlaps no gold cue, nested or not, is
    invented; where it has no cue, one whose content overlaps no gold content.
    """
    claims = tuple(claims)
    outer = [claim for claim in claims if claim.via is None]
    found, free, left = [attribution(c) for c in outer], list(range(len(outer))), list(range(len(case.gold)))
    outcomes: list[Outcome] = []
    rounds: tuple[Kind, ...] = ("right", "wrong content", "wrong source")
    for kind in rounds:
        pairs = link([_reduced(found[i], kind) for i in free], [_reduced(case.gold[j], kind) for j in left])
        for i, j in ((free[i], left[j]) for i, j in pairs.items()):
            wanted = case.gold[j]
            outcomes.append(Outcome(kind, wanted, outer[i], flipped(case.text, wanted, outer[i])))
        taken, used = {free[i] for i in pairs}, {left[j] for j in pairs.values()}
        free, left = [i for i in free if i not in taken], [j for j in left if j not in used]
    outcomes += [Outcome("missed", case.gold[j]) for j in left]
    outcomes += [Outcome(_stray(found[i], (*case.gold, *case.nested)), None, outer[i]) for i in free]
    deeper = link([attribution(claim) for claim in claims if claim.via is not None], case.nested).values()
    outcomes += [
        Outcome("nested right" if j in deeper else "nested missed", mark) for j, mark in enumerate(case.nested)
    ]
    return outcomes


def _stray(found: Attribution, marks: Iterable[Attribution]) -> Kind:
    mine, theirs = (found.cue, [m.cue for m in marks]) if found.cue else (found.content, [m.content for m in marks])
    beside = any(span.overlaps(other) for span in mine for spans in theirs for other in spans)
    return "surplus" if beside else "invented"


def flipped(text: str, wanted: Attribution, found: Claim) -> bool:
    """Whether gold denies in its cue or at the head of its source ("Nobody said"), and the found claim does not.

    It does not when its source and cue lack a denying word of gold's, or when its factuality is that of an assertion.
    """
    kept = (*_spans(found.source), *_spans(found.cue))
    heads = [_NEGATING.match(text, span.start, span.end) for span in wanted.source]
    matches = [
        *filter(None, heads),
        *(m for span in wanted.cue for m in _NEGATING.finditer(text, span.start, span.end)),
    ]
    denials = [Span(*match.span()) for match in matches]
    covered = all(any(denial.overlaps(span) for span in kept) for denial in denials)
    return bool(denials) and (not covered or found.factuality in _AFFIRMED)


def faulty(outcomes: Iterable[Outcome]) -> bool:
    return any(outcome.flipped or outcome.kind not in ("right", "nested right") for outcome in outcomes)


def count(case: Case, outcomes: Sequence[Outcome]) -> Counter[str]:
    """The figures of one text; those of several add up."""
    counts = Counter[str](outcome.kind for outcome in outcomes)
    counts.update({"texts": 1, "gold": len(case.gold), "nested gold": len(case.nested)})
    counts["without a fault"] = int(not faulty(outcomes))
    counts["polarity"] = sum(outcome.flipped for outcome in outcomes)
    counts[UNATTRIBUTED] = int(not case.gold)
    counts[GIVEN] = int(not case.gold and bool(outcomes))
    return counts


def figures(counts: Counter[str]) -> dict[str, int]:
    """What --json writes: every figure, those that are 0 as well."""
    return {key: counts[key] for key in (*(key for key, _ in COLUMNS), UNATTRIBUTED, GIVEN)}


def table(by_category: dict[str, Counter[str]], total: Counter[str]) -> list[str]:
    rows = [
        f"{name:17}" + "".join(f"{counts[key]:9}" for key, _ in COLUMNS)
        for name, counts in (*by_category.items(), ("total", total))
    ]
    return [
        " " * 17 + "".join(f"{label:>9}" for _, label in COLUMNS),
        *rows,
        f"\nTexts without any attribution: {total[UNATTRIBUTED]}; something was found in {total[GIVEN]} of them.",
    ]


def described(case: Case, outcomes: Iterable[Outcome]) -> list[str]:
    """One text with what was wanted and found, for reading."""
    lines = [f"[{case.category}] {case.text}"]
    for outcome in outcomes:
        lines.append(f"    {outcome.kind}{' (polarity)' if outcome.flipped else ''}")
        if outcome.gold is not None:
            roles = (outcome.gold.source, outcome.gold.cue, outcome.gold.content)
            lines.append("        gold   " + " | ".join(_words(case.text, spans) for spans in roles))
        if (claim := outcome.found) is not None:
            roles = (_spans(claim.source), _spans(claim.cue), claim.content.spans)
            words = " | ".join(_words(case.text, spans) for spans in roles)
            lines.append(f"        found  {words}  ({claim.factuality})")
    return lines


def _spans(part: Source | Phrase | None) -> tuple[Span, ...]:
    return part.spans if part else ()


def _words(text: str, spans: Iterable[Span]) -> str:
    return " … ".join(span.of(text).replace("\n", "⏎") for span in spans) or "-"


def _inside(cue: Iterable[Span], content: Iterable[Span]) -> bool:
    content = tuple(content)
    return all(any(piece.contains(span) for piece in content) for span in cue)


def _reduced(whole: Attribution, kind: Kind) -> Attribution:
    """What of an attribution has to agree for ``kind``."""
    if kind == "wrong content":
        return replace(whole, content=_ANYWHERE)
    return Attribution((), whole.cue, _ANYWHERE) if kind == "wrong source" else whole


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.safety", description="Where sayso gets the meaning wrong.")
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER, help="of marked texts, a file per category")
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="print the figures as JSON")
    output.add_argument("--show", metavar="CATEGORY", help="print the failing texts of a category, or of 'all'")
    options = parser.parse_args(arguments)
    by_category: dict[str, Counter[str]] = {}
    failing: list[str] = []
    try:
        for case in read_cases(options.folder):
            outcomes = compare(case, claims_of(case.text))
            by_category.setdefault(case.category, Counter()).update(count(case, outcomes))
            if options.show in (case.category, "all") and faulty(outcomes):
                failing += described(case, outcomes)
        if options.show not in (None, "all", *by_category):
            raise NotFound(f"--show {options.show}: no such category; there are {', '.join(by_category)}")
    except SaysoError as error:
        print(error, file=sys.stderr)
        return 2
    total = sum(by_category.values(), Counter[str]())
    if options.json:
        categories = {name: figures(counts) for name, counts in by_category.items()}
        print(json.dumps({"categories": categories, "total": figures(total)}, indent=2))
    else:
        print("\n".join([*failing, *table(by_category, total)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
