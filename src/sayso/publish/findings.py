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
from sayso.publish.chains import speaker
from sayso.publish.wording import counted, elided, one_line
from sayso.records import Claim, DocumentRef

_WIDEST, _NARROWEST = 120, 40
_LINES = 2  # of a claim's content: enough to recognise it

# Of the table and the claim; never of what was the case.
VERDICTS: dict[Verdict, tuple[str, str]] = {
    "consistent": ("consistent with the table", "green"),
    "inconsistent": ("inconsistent with the table", "red"),
    "partly": ("partly", "yellow"),
    "not_in_coverage": ("not in the table's coverage", "dim"),
    "not_checkable": ("not checkable with the table", "dim"),
}


class Summary:
    """How many findings of which kind there were."""

    def __init__(self) -> None:
        self._counts: Counter[Verdict] = Counter()

    def add(self, findings: Iterable[Finding]) -> None:
        self._counts.update(finding.finding for finding in findings)

    def __str__(self) -> str:
        total = counted(sum(self._counts.values()), "finding", "findings")
        parts = [f"{self._counts[v]:,} {v.replace('_', ' ')}" for v in VERDICTS if self._counts[v]]
        return f"{total}: {', '.join(parts)}" if parts else f"{total}: no claim asks what these tables could tell"


def short(table: str) -> str:
    """A table's name with as much of its hash as a person needs to tell two versions apart."""
    name, _, digest = one_line(table).rpartition("@")
    return f"{name}@{digest[:12]}"


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
        head = Text(one_line(speaker(claim)), style="bold cyan")
        head.append(f" {wording.act(claim)}", style="not bold magenta")
        _write("  ", head, console, width)
        _write("  ", Text(elided(claim.content.text, (width - 2) * _LINES)), console, width)
        told: set[str] = set()
        for finding in by_claim.get(claim.id, ()):
            _finding(finding, console, width, told)
    console.print()


def _finding(finding: Finding, console: Console, width: int, told: set[str]) -> None:
    words, style = VERDICTS[finding.finding]
    if finding.query not in told:
        told.add(finding.query)
        _write("    ", Text(f"? {one_line(finding.query)}", style="italic"), console, width)
    if finding.reviews:
        words = "reviewed elsewhere"
    head = Text(words, style=style).append(f" · {short(finding.table)}", style="dim")
    _write("      ", head, console, width)
    _write("        ", Text(one_line(finding.reason)), console, width)
    if finding.rows:
        more = finding.matched - len(finding.rows)
        rows = ", ".join(map(one_line, finding.rows)) + (f" and {more:,} more" if more > 0 else "")
        _write("        ", Text(f"rows: {rows}", style="dim"), console, width)
    for review in finding.reviews:
        said = f" by {one_line(review.claimant)}" if review.claimant else ""
        when = f", {review.reviewed}" if review.reviewed else ""
        likely = "possibly similar" if review.possible else "similar"
        claim = f"{likely} ({review.alike:.0%} of the words): “{one_line(review.text)}”{said}"
        line = f"{claim} · {one_line(review.reviewer)}{when}: “{one_line(review.rating)}”"
        _write("        ", Text(line, style="dim"), console, width)
    for possible in finding.possible:
        line = f"possibly: {one_line(possible.name)} ({one_line(possible.row)}): {one_line(possible.reason)}"
        _write("        ", Text(line, style="dim"), console, width)
    for caveat in () if finding.table in told else finding.caveats:
        _write("        ", Text(f"· {one_line(caveat)}", style="dim"), console, width)
    told.add(finding.table)


def _write(indent: str, text: Text, console: Console, width: int) -> None:
    for line in text.wrap(console, width - len(indent)) or [Text()]:
        line.rstrip()
        console.print(Text(indent).append_text(line), soft_wrap=True)
