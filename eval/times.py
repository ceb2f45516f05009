"""Counts the times that sayso reads rightly in the marked cases of tests/cases/times.toml: `python -m eval.times`.

In:   marked cases, in two halves; --parser for trees from the reader.   Out: a table; the failing cases with --show.
Knows nothing of: how times are found.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Literal

from eval.score import Counts
from sayso.case import lexicon
from sayso.errors import BadLexicon
from sayso.extract.sources import describe
from sayso.parse import Parsed, parse
from sayso.records import Claim, Document, DocumentRef, phrase
from sayso.resolve.times.claims import Dated, date_claims
from sayso.resolve.times.finding import Time
from sayso.resolve.times.words import TimeWords, time_words
from sayso.spans import Span
from sayso.syntax import Syntax

CASES = Path(__file__).resolve().parent.parent / "tests/cases/times.toml"
Half = Literal["dev", "test"]
COUNTS = ("spans", "spans and values", "said", "happened", "notices")
_MARK = re.compile(r"\[(?P<time>[^|\[\]]+)\||\{(?P<role>source|cue|content)\||(?P<close>[\]}])|[^\[\]{}]+|[\[{]")


@dataclass(frozen=True)
class Marked:
    """One time of a case. ``value``: None if it cannot be known; ``of``: what it dates, "said" or "happened"."""

    span: Span
    value: str | None
    readings: tuple[str, ...]
    of: str | None


@dataclass(frozen=True)
class Case:
    half: Half
    group: str
    published: str | None
    text: str
    times: tuple[Marked, ...]
    roles: dict[str, tuple[Span, ...]]
    notices: tuple[str, ...]


def words() -> TimeWords:
    """The list that ships with sayso."""
    return time_words((resources.files("sayso") / "data" / "times.toml").read_text(encoding="utf-8"))


def read_case(marked: str, half: Half = "dev", group: str = "", published: str | None = None) -> Case:
    """A case from its marked text; see the head of the file of cases."""
    marked, *notices = marked.split(" ## ")
    text = ""
    opened: list[tuple[str, str, int]] = []
    times: list[Marked] = []
    roles: dict[str, list[Span]] = defaultdict(list)
    for match in _MARK.finditer(marked):
        if match["time"] or match["role"]:
            opened.append(("time" if match["time"] else "role", match["time"] or match["role"], len(text)))
        elif match["close"] and opened:
            kind, name, start = opened.pop()
            if kind == "role":
                roles[name].append(Span(start, len(text)))
            else:
                times.append(_marked(name, Span(start, len(text))))
        else:
            text += match.group()
    if opened:
        raise BadLexicon(f"a mark is never closed: {marked}")
    places = {role: tuple(spans) for role, spans in roles.items()}
    return Case(half, group, published, text, tuple(times), places, tuple(notices))


def _marked(mark: str, span: Span) -> Marked:
    of, _, rest = mark.partition(" ") if mark.startswith(("said ", "happened ")) else ("", "", mark)
    value, _, readings = rest.partition(" = ")
    return Marked(span, None if value == "?" else value, tuple(readings.split(" or ")) if readings else (), of or None)


def cases(path: Path = CASES) -> Iterator[Case]:
    for group in tomllib.loads(path.read_text(encoding="utf-8"))["group"]:
        for marked in group["cases"]:
            yield read_case(marked, group["half"], group["name"], group.get("published"))


def claims_of(case: Case, parsed: Parsed) -> tuple[Claim, ...]:
    """The claim that is marked in a case, if one is."""
    if "content" not in case.roles:
        return ()
    content = case.roles["content"]
    cue, source = case.roles.get("cue"), case.roles.get("source")
    quoted = all(parsed.quotations_over(span) for span in content)
    return (
        Claim(
            id="c",
            document=parsed.document.ref,
            kind="direct" if quoted else "indirect",
            source=describe(parsed, source, lexicon()) if source else None,
            cue=phrase(case.text, cue) if cue else None,
            content=phrase(case.text, content),
            found_by="case",
            score=1,
        ),
    )


def dated(case: Case, listed: TimeWords, trees: Callable[[str], Syntax] | None) -> Dated:
    """What sayso makes of a case."""
    document = Document(ref=DocumentRef(id="d", path="case", sha256="0", published=case.published), text=case.text)
    parsed = parse(document, lexicon())
    return date_claims(parsed, claims_of(case, parsed), listed, trees(case.text) if trees else None)


def faults(case: Case, found: Dated) -> dict[str, tuple[Counts, list[str]]]:
    """For each of COUNTS how much is right, and what is not, in words."""

    def compared(gold: set[tuple[object, ...]], made: set[tuple[object, ...]]) -> tuple[Counts, list[str]]:
        wrong = [f"missed {item}" for item in gold - made] + [f"found {item}" for item in made - gold]
        return Counts(len(gold & made), len(made), len(gold)), sorted(wrong)

    def shown(time: Time | Marked) -> tuple[object, ...]:
        span = time.span if isinstance(time, Marked) else time.spans[0]
        return span.of(case.text), span.start, time.value, time.readings

    def of(name: str, made: Sequence[Time | None]) -> tuple[Counts, list[str]]:
        gold = {shown(t) for t in case.times if t.of == name}
        return compared(gold, {shown(t) for t in made if t is not None})

    gold, made = {shown(t) for t in case.times}, {shown(t) for t in found.times}
    heard = {w: n.message for w in case.notices for n in found.notices if w in n.message}
    odd = [n.message for n in found.notices if n.message not in heard.values()]
    said = len(heard), len(found.notices), len(case.notices)
    return {
        "spans": compared({t[:2] for t in gold}, {t[:2] for t in made}),
        "spans and values": compared(gold, made),
        "said": of("said", found.said),
        "happened": of("happened", found.happened),
        "notices": (Counts(*said), [f"no notice of {w}" for w in case.notices if w not in heard] + odd),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.times", description="Score sayso on marked cases of times.")
    parser.add_argument("--half", choices=("dev", "test"), help="only this half")
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    parser.add_argument("--parser", action="store_true", help="with trees of the reader")
    options = parser.parse_args(arguments)
    trees = None
    if options.parser:
        from eval.parsing import parser as trees_of  # noqa: PLC0415 # the reader is loaded only when asked for

        trees = trees_of()
    listed = words()
    sums: dict[tuple[str, str], Counts] = defaultdict(Counts)
    number: dict[str, int] = defaultdict(int)
    for case in cases():
        if options.half in (None, case.half):
            number[case.half] += 1
            for name, (counts, wrong) in faults(case, dated(case, listed, trees)).items():
                sums[case.half, name] += counts
                if wrong and options.show and name != "spans":
                    print(f"{case.half}, {case.group}: {case.text}", *(f"    {name}: {w}" for w in wrong), sep="\n")
    print(f"{'':8}{'':20}{'P':>7}{'R':>7}{'F1':>7}{'found':>8}{'gold':>8}")
    for (half, name), counts in sums.items():
        figures = "".join(f"{100 * f:7.1f}" for f in (counts.precision, counts.recall, counts.f1))
        print(f"{half:8}{name:20}{figures}{counts.predicted:8}{counts.gold:8}")
    print(", ".join(f"{half}: {n} cases" for half, n in number.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
