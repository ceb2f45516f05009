"""What was weighed, on a terminal: priors, what each origin adds, what hangs on whom, the matrix, grades.

In:   a Weighed, a rich Console.   Out: lines written to that console.
Knows nothing of: how any number came about; each is printed with its reasons.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from typing import Literal

from rich.console import Console
from rich.text import Text

from sayso.publish.wording import counted, elided, one_line, reason, unquoted
from sayso.weigh.admiralty import DIGITS
from sayso.weigh.defaults import DEFAULTS
from sayso.weigh.hypotheses import OTHER
from sayso.weigh.weighed import By, Contribution, Count, Graded, Matrix, Suggestion, Truth, Weighed

_WIDEST, _NARROWEST = 120, 40
_HALF = 8  # characters of a bar to each side
_STEP = math.log(1.25)  # what one of them stands for
_LONG = 160
_SMALL = 0.005

_Line = tuple[int, Text]

TITLES: dict[Literal["dependent", "independent"], str] = {
    "dependent": "If every uncertain tie is a dependence",
    "independent": "If no uncertain tie is a dependence",
}


def render(found: Weighed, console: Console) -> None:
    """Write all of it."""
    width = max(_NARROWEST, min(console.width, _WIDEST))
    for indent, text in _lines(found):
        for line in text.wrap(console, width - indent) or [Text()]:
            line.rstrip()
            console.print(Text(" " * indent).append_text(line), soft_wrap=True)


def _lines(found: Weighed) -> Iterator[_Line]:
    yield 0, Text(one_line(found.question), style="bold")
    yield 0, Text()
    yield from _hypotheses(found)
    yield 0, Text()
    yield 0, Text("Evidence", style="bold")
    says = told(found)
    for shown in found.evidence:
        yield (
            2,
            Text(f"{shown.evidence}  ")
            .append(elided(says[shown.evidence], _LONG))
            .append(f"  {elided(shown.ref, 60)}", style="dim"),
        )
        if shown.note:
            yield 4, Text(one_line(shown.note), style="dim")
        if shown.possibly:
            more = counted(shown.possibly, "claim may", "claims may")
            yield 4, Text(f"{more} say the same, and add nothing here", style="dim")
    yield 0, Text()
    same = [c.log for c in found.low.contributions] == [c.log for c in found.high.contributions]
    yield from _count(found.low, found, told=())
    yield 0, Text()
    if not same:
        yield from _count(found.high, found, told=[(c.origin, c.log) for c in found.low.contributions])
        yield 0, Text()
    yield from _matrix(found.matrix)
    yield 0, Text()
    if found.admiralty:
        yield 0, Text("Admiralty digits, suggested for what is claimed; a person decides", style="bold")
        for suggestion in found.admiralty:
            yield from _suggestion(suggestion)
        yield 0, Text()
    if found.truth is not None:
        yield from _truth(found.truth)
        yield 0, Text()
    yield 0, Text("The hypotheses and the likelihoods are the user's; the numbers follow from them.", style="dim")


def told(found: Weighed) -> dict[int, str]:
    """The words of each evidence by its place, as those of whoever says them."""
    who: dict[int, dict[str, None]] = {}
    for contribution in found.high.contributions:
        for place in contribution.evidence:
            who.setdefault(place, {})[one_line(contribution.who)] = None
    return {
        s.evidence: f"{', '.join(who.get(s.evidence, ()))}: “{unquoted(one_line(s.says))}”"
        if s.left_out is None
        else f"left out: {one_line(s.left_out)}"
        for s in found.evidence
    }


def _hypotheses(found: Weighed) -> Iterator[_Line]:
    yield 0, Text("Hypotheses", style="bold")
    low, high = found.low.posterior, found.high.posterior
    for one in found.hypotheses:
        line = Text(one_line(one.id), style="bold cyan").append(f"  {one_line(one.says)}", style="not bold default")
        yield 2, line
        after = f"prior {share(one.prior)}"
        if low is not None and high is not None:
            first, last = sorted((low[one.id], high[one.id]))
            after += f" → {share(first)}" + (f" to {share(last)}" if last - first >= _SMALL else "")
        yield 4, Text(after)
    number, most = found.low.origins, found.high.origins
    between = f"{number:,}" if number == most else f"{number:,} to {most:,}"
    apart = "origin tells" if most == 1 else "origins tell"
    yield 2, Text(f"{between} independent {apart} them apart", style="bold")
    if found.why:
        yield 2, Text(f"No posterior: {found.why}.", style="bold yellow")


def _count(one: Count, found: Weighed, told: Collection[tuple[str, By]]) -> Iterator[_Line]:
    """``told``: what was already shown of the other count."""
    title = TITLES[one.ties]
    yield 0, Text(f"What each origin adds: {title[0].lower()}{title[1:]}", style="bold")
    others = [h.id for h in found.hypotheses if h.id != OTHER]
    yield 2, Text(f"each bar: the ratio of a hypothesis to “{OTHER}”, factor 1.25 for a mark", style="dim")
    new = [c for c in one.contributions if (c.origin, c.log) not in told]
    for contribution in new:
        yield from _contribution(contribution, others, one)
    if rest := len(one.contributions) - len(new):
        yield 2, Text(f"{counted(rest, 'other adds', 'others add')} what is above", style="dim")
    if one.posterior is not None:
        line = ", ".join(f"{one_line(name)} {share(value)}" for name, value in one.posterior.items())
        yield 2, Text(f"together: {line}", style="bold")
        pins = ", ".join(elided(c.who, 50) for c in one.contributions if c.origin in one.linchpins)
        yield 2, Text(f"linchpins: {pins or 'none'}", style="magenta")


def _contribution(one: Contribution, others: list[str], count: Count) -> Iterator[_Line]:
    places = ", ".join(map(str, one.evidence))
    head = Text(elided(one.who, 70), style="blue")
    carried = f" · {counted(one.documents, 'document', 'documents')}" if one.documents else ""
    head.append(f" ({what(one)}){carried} · evidence {places}", style="dim")
    yield 2, head
    if one.also:
        yield 4, Text("counted as one with " + ", ".join(elided(w, 50) for w in one.also), style="dim")
    wide = max(map(len, others))
    for name, factor in ratios(one):
        yield 4, Text(f"{name:<{wide}}  {bar(one.log[name] - one.log[OTHER])}  {factor}")
    for words in one.reasons:
        yield 6, Text(reason(words), style="dim")
    if line := left_out(one, count):
        pinned = one.origin in count.linchpins
        yield 4, Text(f"{'linchpin, ' if pinned else ''}{line}", style="magenta" if pinned else "dim")


def what(one: Contribution) -> str:
    """What sort of origin it is."""
    return DEFAULTS[one.kind].why.partition(":")[0]


def ratios(one: Contribution) -> tuple[tuple[str, str], ...]:
    """How many times likelier it makes each hypothesis than "other"."""
    return tuple((name, f"×{math.exp(log - one.log[OTHER]):.2f}") for name, log in one.log.items() if name != OTHER)


def left_out(one: Contribution, count: Count) -> str | None:
    """What the result is without an origin; None where there is no result."""
    if one.without is None or one.leads is None:
        return None
    rest = ", ".join(f"{one_line(name)} {share(value)}" for name, value in one.without.items())
    return f"without it: {rest}" + ("" if one.leads == count.leads else f"; then {' and '.join(one.leads)} leads")


def share(value: float) -> str:
    """A probability, never shown as none or as certainty.

    >>> share(0.254), share(0.0004), share(0.9996)
    ('0.25', '<0.01', '>0.99')
    """
    return "<0.01" if value < _SMALL else ">0.99" if value > 1 - _SMALL else f"{value:.2f}"


def bar(ratio: float) -> str:
    """A logarithm as marks to the left or the right of the middle.

    >>> bar(math.log(2)), bar(-math.log(2)), bar(0.0)
    ('        |###     ', '     ###|        ', '        |        ')
    """
    marks = min(_HALF, round(abs(ratio) / _STEP))
    left, right = ("", "#" * marks) if ratio > 0 else ("#" * marks, "")
    return f"{left:>{_HALF}}|{right:<{_HALF}}"


def _matrix(matrix: Matrix) -> Iterator[_Line]:
    yield 0, Text("Matrix of competing hypotheses, for audit", style="bold")
    if not matrix.rows:
        yield 2, Text("no evidence")
        return
    names = list(matrix.inconsistency)
    wide = [max(4, len(name)) for name in names]
    heads = "  ".join(f"{name:<{w}}" for name, w in zip(names, wide, strict=True))
    yield 2, Text(f"{'':<12}  {heads}  tells apart", style="bold")
    for row in matrix.rows:
        cells = "  ".join(f"{row.cells[name]:<{w}}" for name, w in zip(names, wide, strict=True))
        yield 2, Text(f"{f'evidence {row.evidence}':<12}  {cells}  {row.diagnosticity:.2f}")
    sums = "  ".join(f"{matrix.inconsistency[n]:<{w}.2f}" for n, w in zip(names, wide, strict=True))
    yield 2, Text(f"{'inconsistent':<12}  {sums}")
    yield 2, Text(matrix.note, style="dim")


def _truth(found: Truth) -> Iterator[_Line]:
    yield 0, Text("Values that sources give, copying taken into account", style="bold")
    for slot in found.slots:
        yield 2, Text(one_line(slot.name), style="cyan")
        for value in slot.values:
            score = f"  score {share(value.score)}" if value.score is not None else ""
            who = f"{counted(len(value.sources), 'source', 'sources')}: {elided(', '.join(value.sources), 90)}"
            yield 4, Text(f"{one_line(value.value)}{score}").append(f"  {who}", style="dim")
    if found.why:
        yield 2, Text(f"No scores: {found.why}.", style="bold yellow")
    if found.sources:
        told = ", ".join(f"{one_line(name)} {share(a)}" for name, a in found.sources.items())
        yield 2, Text(f"how often each is with the scores: {told}", style="dim")
    for pair in found.copying:
        line = f"{one_line(pair.a)} and {one_line(pair.b)}: one may have it from the other, {share(pair.chance)}"
        yield 2, Text(line, style="dim")
    yield 2, Text(found.note, style="dim")


def _suggestion(one: Suggestion) -> Iterator[_Line]:
    yield (
        2,
        Text(f"evidence {one.evidence}: {one.digit}, {DIGITS[one.digit]}").append(
            f": {'; '.join(map(one_line, one.reasons))}", style="dim"
        ),
    )
    for source in one.sources:
        yield 4, Text(graded(source), style="dim")


def graded(one: Graded) -> str:
    """A source with its letter, and who gave it, when and why."""
    told = [f"by {one_line(one.by)}"] if one.by else []
    told += [one.on.isoformat()] if one.on else []
    told += [one_line(one.why)] if one.why else []
    return f"{elided(one.who, 60)}: {one.letter}" + (f" ({', '.join(told)})" if told else "")
