"""The ledger on a terminal: claims grouped by who says them.

In:   Ledgers, the hedges of a claim, a rich Console.   Out: lines written to that console.
Knows nothing of: files, HTML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from sayso.publish import wording
from sayso.publish.chains import Places, Standing, chain, goes_on, own_words, passed_on, speaker, standing
from sayso.publish.denials import denials
from sayso.publish.wording import Hedges, elided, one_line
from sayso.records import Claim, DocumentRef, Ledger

# Every word of a document goes through ``one_line`` and into a ``Text``, so it can neither style nor steer the
# terminal. Lines are folded by hand, not in a grid: a grid fills them with spaces, which a pipe would keep.

_WORDS = 80  # characters of what is denied, of what a source is called
_LINES_OF_CONTENT = 3  # enough to recognise a claim; the dossier has all of it
_WIDEST = 120
_NARROWEST = 40
_WHERE, _ACT = 13, 12  # columns: "  p. 12 ¶ 14", "prediction"

_HEADINGS: dict[Standing, str] = {
    "named": "",
    "pronoun": "",
    "anonymous": "",
    "none": "No source given",
    "author": "The author's own",
}
_ASIDES: dict[Standing, str] = {"pronoun": " (a pronoun, not resolved)", "anonymous": " (unnamed)"}


def render(ledgers: Iterable[Ledger], hedges: Hedges, console: Console) -> None:
    """Write each ledger as it comes, then, where there were several, one line for all."""
    width = _width(console)
    total, documents = wording.Summary(), 0
    for ledger in ledgers:
        for label, text in _ledger(ledger, hedges, width):
            _write(label, text, console, width)
        total.add(ledger)
        documents += 1
    if documents > 1:
        _write(Text(), Text(f"{documents:,} documents · {total}", style="bold"), console, width)


def render_claims(claims: Iterable[Claim], hedges: Hedges, console: Console) -> None:
    """Write claims of many documents whose texts are not at hand, under a line for each document."""
    width = _width(console)
    total = wording.Summary()
    none = True
    for _, group in groupby(claims, key=lambda claim: claim.document.id):
        found = list(group)
        none = False
        total.add_claims(found)
        by_id = {claim.id: claim for claim in found}
        _write(Text(), _head(found[0].document), console, width)
        _write(Text(), Text(), console, width)
        for claim in found:
            for label, text in _found(claim, by_id, hedges(claim), width):
                _write(label, text, console, width)
    _write(Text(), Text("No claim matches." if none else str(total), style="bold"), console, width)


def _found(
    claim: Claim, by_id: Mapping[str, Claim], hedges: tuple[str, ...], width: int
) -> Iterator[tuple[Text, Text]]:
    links = chain(claim, by_id)
    who = Text(one_line(links[0].name), style="bold cyan")
    who.append(f" · {wording.act(claim)}", style="not bold magenta")
    passed = [one_line(passed_on(links))] if len(links) > 1 else []
    passed += ["inside of a claim that is not shown"] if goes_on(claim, by_id) else []
    who.append("".join(f", {how}" for how in passed), style="not bold default")
    yield Text("  "), who
    yield Text("    "), Text(elided(claim.content.text, (width - 4) * _LINES_OF_CONTENT))
    notes = " · ".join((*_called(claim), *_dated_and_hedged(claim, hedges)))
    if notes:
        yield Text("    "), Text(notes, style="dim")
    for event in claim.events:
        yield Text("    "), Text(f"⋅ {wording.event(event)}", style="blue")
    yield Text(), Text()


def _width(console: Console) -> int:
    return max(_NARROWEST, min(console.width, _WIDEST))


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
    places = Places(ledger)
    yield Text(), _head(document.ref)
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


def _head(ref: DocumentRef) -> Text:
    title, path = wording.title(ref), one_line(ref.path)
    head = Text(title, style="bold")
    for detail in (*wording.byline(ref), *([path] if path != title else [])):
        head.append(f" · {detail}", style="not bold dim")
    return head


def _groups(ledger: Ledger, places: Places, hedges: Hedges, width: int) -> Iterator[tuple[Text, Text]]:
    by_id = {claim.id: claim for claim in ledger.claims}
    denied = denials(ledger.claims, places)
    room = (width - _WHERE - _ACT) * _LINES_OF_CONTENT
    for (kind, name, where), claims in _by_source(ledger.claims, places):
        heading = Text(_HEADINGS[kind] or one_line(name), style="bold cyan" if kind == "named" else "bold")
        heading.append(_ASIDES.get(kind, "") + (f", {where}" if where else ""), style="not bold dim")
        yield Text(), heading
        for claim in claims:
            label = Text(f"  {places.name(claim.content.spans[0].start)}".ljust(_WHERE - 1) + " ", style="dim")
            label.append(wording.act(claim).ljust(_ACT - 1) + " ", style="not dim magenta")
            yield label, Text(elided(wording.content(claim, ledger.document.text), room))
            notes = " · ".join((*_denied(claim, ledger), *_notes(claim, by_id, places, hedges(claim))))
            if notes:
                yield Text(" " * (_WHERE + _ACT)), Text(notes, style="dim")
            for denial in denied.get(claim.id, ()):
                yield Text(" " * (_WHERE + _ACT)), Text(f"{denial.told}, {denial.where}", style="magenta")
            for event in claim.events:
                yield Text(" " * (_WHERE + _ACT)), Text(f"⋅ {wording.event(event)}", style="blue")
        yield Text(), Text()


def _by_source(claims: Sequence[Claim], places: Places) -> list[tuple[tuple[Standing, str, str], list[Claim]]]:
    """Named sources first, then pronouns, unnamed ones, none, the author; within these by first appearance.

    "She" or "the statement" in two paragraphs may be two: each paragraph's stand by themselves.
    """
    groups: dict[tuple[Standing, str, str], list[Claim]] = {}
    names: dict[tuple[Standing, str, str], str] = {}
    for claim in claims:
        name, kind = speaker(claim), standing(claim)
        where = places.name(claim.content.spans[0].start) if _may_be_another(claim, kind) else ""
        known = names.setdefault((kind, name.casefold(), where), name)  # "The official", then "the official"
        groups.setdefault((kind, known, where), []).append(claim)
    order = list(_HEADINGS)
    return sorted(groups.items(), key=lambda group: order.index(group[0][0]))


def _may_be_another(claim: Claim, kind: Standing) -> bool:
    source = claim.source
    return kind == "pronoun" or (source is not None and source.type in ("document", "post") and source.name.islower())


def _notes(claim: Claim, by_id: Mapping[str, Claim], places: Places, hedges: tuple[str, ...]) -> Iterator[str]:
    links = chain(claim, by_id)
    if len(links) > 1:
        yield one_line(passed_on(links))
    outer = by_id.get(claim.via) if claim.via else None
    if outer is not None:
        yield f"inside {places.name(outer.content.spans[0].start)}"
    yield from _called(claim)
    yield from _dated_and_hedged(claim, hedges)


def _called(claim: Claim) -> Iterator[str]:
    """What the text calls the source, where the name is read from elsewhere in it."""
    if words := own_words(claim):
        yield f"the text: “{elided(words, _WORDS)}”"


def _denied(claim: Claim, ledger: Ledger) -> Iterator[str]:
    """What "it" is, where that is all that a denial says."""
    if claim.denied:
        words = " … ".join(span.of(ledger.document.text) for span in claim.denied)
        yield f"“{elided(words, _WORDS)}”"


def _dated_and_hedged(claim: Claim, hedges: tuple[str, ...]) -> Iterator[str]:
    if claim.said_at is not None:
        yield f"dated {one_line(claim.said_at.value)}"
    if cue := wording.telling_cue(claim):
        yield f"cue: {cue}"
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
