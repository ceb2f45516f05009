"""The dossier: documents and their ledgers as one HTML file that loads nothing.

In:   Ledgers, the hedges of a claim.   Out: HTML, the same for the same input.
Knows nothing of: where it is saved, who reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sayso.publish import wording
from sayso.publish.chains import Places, Standing, Teller, chain, speaker, standing
from sayso.publish.denials import Denial, denials
from sayso.publish.marks import Paragraph, mark_id, paragraphs
from sayso.publish.page import csp_hash, piece, template
from sayso.publish.wording import Hedges, one_line
from sayso.records import Claim, Ledger, Notice


@dataclass(frozen=True, slots=True)
class Card:
    """One claim as it is shown beside the text. ``outer``: number and id of the claim it is ``via``."""

    claim: Claim
    number: int
    chain: tuple[Teller, ...]
    standing: Standing
    act: str
    content: str
    hedges: tuple[str, ...]
    why: tuple[tuple[str, str], ...]
    events: tuple[tuple[str, str], ...]
    denials: tuple[Denial, ...]
    where: str
    mark: str
    outer: tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source and the numbers and ids of its claims."""

    name: str
    standing: Standing
    claims: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Page:
    """One document, ready to be laid out."""

    id: str
    title: str
    byline: tuple[str, ...]
    paths: tuple[str, ...]
    sha256: str
    summary: str
    paragraphs: tuple[Paragraph, ...]
    cards: tuple[Card, ...]
    sources: tuple[SourceEntry, ...]
    notices: tuple[tuple[Notice, str], ...]


def render(ledgers: Iterable[Ledger], hedges: Hedges, *, version: str) -> str:
    """One HTML file for all ``ledgers``; a document that comes twice is shown once, with both its paths."""
    once: dict[str, Ledger] = {}
    paths: dict[str, dict[str, None]] = {}
    for ledger in ledgers:
        once.setdefault(ledger.document.ref.id, ledger)
        paths.setdefault(ledger.document.ref.id, {})[one_line(ledger.document.ref.path)] = None
    pages = tuple(page(ledger, tuple(paths[key]), hedges) for key, ledger in once.items())
    style, script = piece("dossier.css"), piece("dossier.js")
    return template("dossier.html.j2").render(
        pages=pages,
        several=len(pages) > 1,
        summary=wording.summary(once.values()),
        filters=_filters(pages),
        style=Markup(style),  # noqa: S704 - our own files, named by their hash in the policy
        script=Markup(script),  # noqa: S704 - as above
        style_hash=csp_hash(style),
        script_hash=csp_hash(script),
        version=version,
    )


def page(ledger: Ledger, paths: tuple[str, ...], hedges: Hedges) -> Page:
    """One document as it is shown. ``paths``: all by which it came."""
    document = ledger.document
    places = Places(ledger)
    numbers = {claim.id: number for number, claim in enumerate(ledger.claims, 1)}
    return Page(
        id=document.ref.id,
        title=wording.title(document.ref),
        byline=wording.byline(document.ref),
        paths=paths,
        sha256=document.ref.sha256,
        summary=wording.summary([ledger]),
        paragraphs=tuple(paragraphs(ledger, places, numbers)),
        cards=_cards(ledger, numbers, places, hedges),
        sources=_sources(ledger, numbers),
        notices=tuple(
            (notice, places.name(notice.span.start) if notice.span else "") for notice in wording.notices(ledger)
        ),
    )


def _cards(ledger: Ledger, numbers: Mapping[str, int], places: Places, hedges: Hedges) -> tuple[Card, ...]:
    by_id = {claim.id: claim for claim in ledger.claims}
    denied = denials(ledger.claims, places)
    return tuple(
        Card(
            claim=claim,
            number=numbers[claim.id],
            chain=chain(claim, by_id),
            standing=standing(claim),
            act=wording.act(claim),
            content=wording.content(claim, ledger.document.text),
            hedges=hedges(claim),
            why=wording.reasons(claim, ledger.document.text),
            events=tuple((wording.event(e), wording.code(e)) for e in claim.events),
            denials=denied.get(claim.id, ()),
            where=places.name(claim.content.spans[0].start),
            mark=mark_id(claim),
            outer=(numbers[claim.via], claim.via) if claim.via is not None and claim.via in numbers else None,
        )
        for claim in ledger.claims
    )


def _sources(ledger: Ledger, numbers: Mapping[str, int]) -> tuple[SourceEntry, ...]:
    """Named sources first, then the others; within these in the order of the text."""
    entries: dict[tuple[Standing, str], SourceEntry] = {}
    for claim in ledger.claims:
        key = standing(claim), speaker(claim)
        entry = entries.setdefault(key, SourceEntry(key[1], key[0], []))
        entry.claims.append((numbers[claim.id], claim.id))
    order = list(wording.STANDINGS)
    return tuple(sorted(entries.values(), key=lambda entry: order.index(entry.standing)))


def _filters(pages: Sequence[Page]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Label, key and options of each filter: only what occurs, and no filter with a single option."""
    cards = [card for page in pages for card in page.cards]
    acts = {card.claim.speech_act for card in cards}
    standings = {card.standing for card in cards}
    kinds = {card.claim.kind for card in cards}
    filters: list[tuple[str, str, list[tuple[str, str]]]] = [
        ("Document", "document", [(page.id, page.title) for page in pages]),
        ("Source", "standing", [(key, words) for key, words in wording.STANDINGS.items() if key in standings]),
        ("Speech act", "act", [(key, words[0]) for key, words in wording.ACTS.items() if key in acts]),
        ("Kind", "kind", [(key, words) for key, words in wording.KINDS.items() if key in kinds]),
    ]
    return [entry for entry in filters if len(entry[2]) > 1]
