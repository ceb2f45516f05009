"""Findings in words: the same for a terminal, the page and the dossier; and what each table came to.

In:   Findings, searches.   Out: plain words, each on one line.
Knows nothing of: terminals, HTML; how a finding was made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.check.findings import Finding, Possible, Reviewed, Searched, Verdict
from sayso.publish.wording import counted, one_line, visible

# Of the table and the claim; never of what was the case.
VERDICTS: dict[Verdict, str] = {
    "consistent": "consistent with the table",
    "inconsistent": "inconsistent with the table",
    "partly": "partly",
    "not_in_coverage": "not in the table's coverage",
    "not_checkable": "not checkable with the table",
}
_RANK = list(VERDICTS)


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words. ``table``: its name with a short hash, ``whole`` with all of it; ``rows``: empty where there
    are none; ``filter``: what was asked for and what was counted, by name; ``sql``: on lines of its own.
    """

    verdict: Verdict
    words: str
    table: str
    whole: str
    version: str | None
    query: str
    reason: str
    rows: str
    reviews: tuple[str, ...]
    possible: tuple[str, ...]
    caveats: tuple[str, ...]
    filter: tuple[tuple[str, str], ...]
    sql: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A table and what it came to. ``verdicts``: how many findings of each sort, in the order of VERDICTS;
    ``searches``: a line for each search of it, the first one first.
    """

    table: str
    form: str
    version: str | None
    verdicts: tuple[int, ...]
    searches: tuple[str, ...]


def told(finding: Finding) -> Told:
    """All of a finding that people are shown."""
    rows = ", ".join(map(one_line, finding.rows))
    more = finding.matched - len(finding.rows)
    values = {**finding.parameters, **{name: f"{value:g}" for name, value in finding.numbers.items()}}
    return Told(
        verdict=finding.finding,
        # Whoever published a fact-check found something, and the table only has their words.
        words="reviewed elsewhere" if finding.reviews else VERDICTS[finding.finding],
        table=short(finding.table),
        whole=one_line(finding.table),
        version=one_line(finding.version) if finding.version else None,
        query=one_line(finding.query),
        reason=one_line(finding.reason),
        rows=rows + (f" and {more:,} more" if rows and more > 0 else ""),
        reviews=tuple(map(_review, finding.reviews)),
        possible=tuple(map(_possible, finding.possible)),
        caveats=tuple(map(one_line, finding.caveats)),
        filter=tuple((one_line(name.replace("_", " ")), _value(value)) for name, value in values.items()),
        sql=visible(finding.sql) if finding.sql else None,
    )


def short(table: str) -> str:
    """A table's name with as much of its hash as a person needs to tell two versions apart."""
    name, _, digest = one_line(table).rpartition("@")
    return f"{name}@{digest[:12]}"


def order(finding: Finding) -> tuple[object, ...]:
    """The order in which the findings of one claim are shown: as its events come, then by question and table."""
    return -1 if finding.event is None else finding.event, finding.query, finding.table, _RANK.index(finding.finding)


def asked(findings: Iterable[Finding], searches: Iterable[Searched]) -> tuple[Asked, ...]:
    """Each table that has findings or was searched, by name."""
    counts: dict[str, Counter[Verdict]] = {}
    forms: dict[str, tuple[str, str | None]] = {}
    for finding in findings:
        counts.setdefault(finding.table, Counter())[finding.finding] += 1
        forms[finding.table] = finding.format, finding.version
    lines: dict[str, list[str]] = {}
    for search in searches:
        lines.setdefault(search.table, []).append(_search(search))
    out = []
    for table in sorted(counts.keys() | lines.keys()):
        form, version = forms.get(table, ("", None))
        numbers = counts.get(table, Counter())
        verdicts = tuple(numbers[v] for v in VERDICTS)
        out.append(Asked(short(table), one_line(form), version, verdicts, tuple(lines.get(table, ()))))
    return tuple(out)


def _search(search: Searched) -> str:
    day = search.at[:10]
    if not search.questions:
        return f"{day}: no claim asked what it could tell"
    number = counted(search.questions, "question", "questions")
    return f"{day}: {number}, {f'{search.unfound:,}' if search.unfound else 'none'} found no row"


def _review(review: Reviewed) -> str:
    said = f" by {one_line(review.claimant)}" if review.claimant else ""
    when = f", {review.reviewed}" if review.reviewed else ""
    likely = "possibly similar" if review.possible else "similar"
    claim = f"{likely} ({review.alike:.0%} of the words): “{one_line(review.text)}”{said}"
    return f"{claim} · {one_line(review.reviewer)}{when}: “{one_line(review.rating)}”"


def _possible(possible: Possible) -> str:
    return f"possibly: {one_line(possible.name)} ({one_line(possible.row)}): {one_line(possible.reason)}"


def _value(value: str | float | list[str] | None) -> str:
    return one_line(", ".join(value) if isinstance(value, list) else str(value))
