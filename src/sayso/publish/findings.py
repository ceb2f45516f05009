"""Findings on a terminal: each claim with what the tables show on it.

In:   claims, Findings, a rich Console.   Out: lines written to that console; sums.
Knows nothing of: how a finding was made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from sayso.check.findings import Finding, Verdict
from sayso.publish import wording
from sayso.publish.found import VERDICTS, short, told
from sayso.publish.saying import says
from sayso.publish.wording import counted, elided, one_line
from sayso.records import Claim, DocumentRef

_WIDEST, _NARROWEST = 120, 40
_REASONS = 6  # why claims asked nothing
_LINES = 2  # of a claim's content: enough to recognise it

_STYLES: dict[Verdict, str] = {
    "consistent": "green",
    "inconsistent": "red",
    "partly": "yellow",
    "not_in_coverage": "dim",
    "not_checkable": "dim",
}


class Summary:
    """How many findings of which kind there were."""

    def __init__(self) -> None:
        self._counts: Counter[Verdict] = Counter()

        self._why: Counter[str] = Counter()

    def add(self, findings: Iterable[Finding], unasked: Iterable[tuple[Claim, str]] = ()) -> None:
        self._counts.update(finding.finding for finding in findings)
        self._why.update(why for _, why in unasked)

    def unasked(self) -> tuple[str, ...]:
        """How many claims asked nothing, and why, a line for each reason."""
        total = self._why.total()
        heads = [f"{counted(total, 'claim', 'claims')} asked nothing:"] if total else []
        return (*heads, *(f"  {number:,}: {one_line(why)}" for why, number in self._why.most_common(_REASONS)))

    def __str__(self) -> str:
        total = counted(sum(self._counts.values()), "finding", "findings")
        parts = [f"{self._counts[v]:,} {v.replace('_', ' ')}" for v in VERDICTS if self._counts[v]]
        return f"{total}: {', '.join(parts)}" if parts else f"{total}: no claim asks what these tables could tell"


def evidence(table: str, form: str, version: str | None, rows: int) -> str:
    """One line on a table that was loaded."""
    dated = f", version {version}" if version else ""
    return f"{short(table)}: {form}{dated}, {counted(rows, 'row', 'rows')}"


def render(document: DocumentRef, claims: Sequence[Claim], findings: Sequence[Finding], console: Console) -> None:
    """Write the findings of one document under its claims."""
    width = max(_NARROWEST, min(console.width, _WIDEST))
    _write("", Text(wording.title(document), style="bold"), console, width)
    by_claim: dict[str, list[Finding]] = {}
    for finding in findings:
        by_claim.setdefault(finding.claim, []).append(finding)
    for claim in claims:
        console.print()
        _write("  ", Text(says(claim), style="bold cyan"), console, width)
        _write("  ", Text(elided(claim.content.text, (width - 2) * _LINES)), console, width)
        done: set[str] = set()
        for finding in by_claim.get(claim.id, ()):
            _finding(finding, console, width, done)
    console.print()


def render_unasked(document: DocumentRef, unasked: Iterable[tuple[Claim, str]], console: Console) -> None:
    """Write the claims of one document that asked nothing, each with why."""
    width = max(_NARROWEST, min(console.width, _WIDEST))
    _write("", Text(f"Not asked, {wording.title(document)}", style="bold"), console, width)
    for claim, why in unasked:
        line = Text(f"{says(claim)}: ", style="cyan").append(elided(claim.content.text, width), style="default")
        _write("  ", line, console, width)
        _write("    ", Text(f"not asked: {one_line(why)}", style="dim"), console, width)
    console.print()


def _finding(finding: Finding, console: Console, width: int, done: set[str]) -> None:
    """``done``: the questions and tables of which all was told already under this claim."""
    says = told(finding)
    if finding.query not in done:
        done.add(finding.query)
        _write("    ", Text(f"? {says.query}", style="italic"), console, width)
    head = Text(says.words, style=_STYLES[finding.finding]).append(f" · {says.table}", style="dim")
    _write("      ", head, console, width)
    _write("        ", Text(says.reason), console, width)
    rows = [f"rows: {says.rows}"] if says.rows else []
    caveats = [] if finding.table in done else [f"· {caveat}" for caveat in says.caveats]
    for line in (*rows, *says.reviews, *says.possible, *caveats):
        _write("        ", Text(line, style="dim"), console, width)
    done.add(finding.table)


def _write(indent: str, text: Text, console: Console, width: int) -> None:
    for line in text.wrap(console, width - len(indent)) or [Text()]:
        line.rstrip()
        console.print(Text(indent).append_text(line), soft_wrap=True)
