"""The ledger on a terminal: claims grouped by who says them.

In:   Ledgers, the hedges of a claim, a rich Console.   Out: lines written to that console.
Knows nothing of: files, HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from sayso.publish import wording
from sayso.publish.chains import Places, Standing, chain, speaker, standing
from sayso.publish.wording import Hedges, elided, one_line
from sayso.records import Claim, Ledger

# Every word of a document goes through ``one_line`` and into a ``Text``, so it can neither style nor steer the
# terminal. Lines are folded by hand, not in a grid: a grid fills them with spaces, which a pipe would keep.

_LINES_OF_CONTENT = 3  # enough to recognise a claim; the dossier has all of it
_WIDEST = 120
_NARROWEST = 40
_WHERE, _ACT = 13, 12  # columns: "  p. 12 ¶ 14", "prediction"

_HEADINGS: dict[Standing, str] = {"named": "", "anonymous": "", "none": "No source given", "author": "The author's own"}


def render(ledgers: Sequence[Ledger], hedges: Hedges, console: Console) -> None:
    """Write each ledger, then, where there are several, one line for all."""
    width = max(_NARROWEST, min(console.width, _WIDEST))
    for ledger in ledgers:
        for label, text in _ledger(ledger, hedges, width):
            _write(label, text, console, width)
    if len(ledgers) > 1:
        documents = wording.counted(len(ledgers), "document", "documents")
        _write(Text(), Text(f"{documents} · {wording.summary(ledgers)}", style="bold"), console, width)


def _write(label: Text, text: Text, console: Console, width: int) -> None:
    """``text`` folded to the right of ``label``."""
    indent = label.cell_len
    for line in text.wrap(console, width - indent) or [Text()]:
        line.rstrip()
        console.print(label.copy().append_text(line), soft_wrap=True)
        label = Text(" " * indent)


def _ledger(ledger: Ledger, hedges: Hedges, width: int) -> Iterator[tuple[Text, Text]]:
    """Labels and the texts beside them."""
    document = ledger.document
    places = Places(document)
    head = Text(wording.title(document), style="bold")
    details = [*wording.byline(document), *([one_line(document.ref.path)] if document.ref.title else [])]
    if details:
        head.append(" · " + " · ".join(details), style="not bold dim")
    yield Text(), head
    yield Text(), Text()
    yield from _groups(ledger, places, hedges, width)
    odd = [(Text(), line) for line in _oddities(ledger, places)]
    yield from odd
    if odd:
        yield Text(), Text()
    if ledger.claims:
        yield Text(), Text(wording.summary([ledger]), style="bold")
    else:
        yield Text(), Text("No claims found: nothing in this text was read as said by anyone.")
    yield Text(), Text()


def _groups(ledger: Ledger, places: Places, hedges: Hedges, width: int) -> Iterator[tuple[Text, Text]]:
    by_id = {claim.id: claim for claim in ledger.claims}
    room = (width - _WHERE - _ACT) * _LINES_OF_CONTENT
    for (kind, name), claims in _by_source(ledger.claims):
        heading = Text(_HEADINGS[kind] or one_line(name), style="bold cyan" if kind == "named" else "bold")
        if kind == "anonymous":
            heading.append(" (unnamed)", style="not bold dim")
        yield Text(), heading
        for claim in claims:
            label = Text(f"  {places.name(claim.content.spans[0].start)}".ljust(_WHERE - 1) + " ", style="dim")
            label.append(wording.act(claim).ljust(_ACT), style="not dim magenta")
            yield label, Text(elided(wording.content(claim, ledger.document.text), room))
            notes = " · ".join(_notes(claim, by_id, places, hedges(claim)))
            if notes:
                yield Text(" " * (_WHERE + _ACT)), Text(notes, style="dim")
        yield Text(), Text()


def _by_source(claims: Sequence[Claim]) -> list[tuple[tuple[Standing, str], list[Claim]]]:
    """Named sources first, then unnamed ones, none, the author; within these by first appearance."""
    groups: dict[tuple[Standing, str], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((standing(claim), speaker(claim)), []).append(claim)
    order = list(_HEADINGS)
    return sorted(groups.items(), key=lambda group: order.index(group[0][0]))


def _notes(claim: Claim, by_id: Mapping[str, Claim], places: Places, hedges: tuple[str, ...]) -> Iterator[str]:
    names = chain(claim, by_id)
    if len(names) > 1:
        yield " → ".join(map(one_line, names))
    outer = by_id.get(claim.via) if claim.via else None
    if outer is not None:
        yield f"inside {places.name(outer.content.spans[0].start)}"
    if claim.said_at is not None:
        yield f"dated {one_line(claim.said_at.value)}"
    if hedges:
        yield "hedged: " + ", ".join(map(one_line, hedges))


def _oddities(ledger: Ledger, places: Places) -> Iterator[Text]:
    text = ledger.document.text
    for first, again in sorted(ledger.repeats):
        where = f"{places.name(first.start)} and {places.name(again.start)}"
        yield Text(f"Stands twice, {where}: {elided(first.of(text), 60)}")
    for span in ledger.furniture:
        yield Text(f"Page furniture, {places.name(span.start)}: {elided(span.of(text), 60)}")
    for notice in wording.notices(ledger):
        where = f" ({places.name(notice.span.start)})" if notice.span else ""
        yield Text(f"Notice: {one_line(notice.message)}{where}")
