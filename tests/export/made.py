"""A case in memory with every kind of link, a hostile title, findings and rulings, and its exports."""

from __future__ import annotations

import io
from collections.abc import Generator, Iterator

import msgspec

from sayso.check.findings import Finding, Searched
from sayso.errors import NotFound
from sayso.export import FORMATS, Folder, Selection, Whole
from sayso.link.decided import Decided
from sayso.links import Cluster, Link
from sayso.query import Query
from sayso.records import Claim, DocumentRef, Ledger, phrase
from sayso.review import Judgement, Standings
from sayso.review.judgements import Act, sealed
from sayso.spans import Span
from tests.publish import linked
from tests.publish.ledgers import ledger
from tests.publish.sample import sample

ON = "2031-07-01T09:30:00+00:00"

# Opens as a formula would; the rest is what XML, CSV and Markdown take for their own.
_INJECTED = """\
[source 1|=HYPERLINK("http://x.example","Ann")] [cue 1|said] that [content 1|+1 <b>*bold*</b> & _a_ `b`].
"""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    document: DocumentRef
    added_at: str = ON


class Made:
    """What a Selection asks of a case."""

    def __init__(
        self,
        ledgers: tuple[Ledger, ...] = (),
        links: tuple[Link, ...] = (),
        findings: tuple[Finding, ...] = (),
        judgements: tuple[Judgement, ...] = (),
    ) -> None:
        self._ledgers = {each.document.ref.id: each for each in ledgers}
        self._links, self._findings, self._judgements = links, findings, judgements

    @property
    def review(self) -> Made:
        return self

    def standings(self, document: str) -> Standings:
        return Standings(self._ledgers[document], [j for j in self._judgements if j.document == document])

    def judgements(self) -> Iterator[Judgement]:
        return iter(self._judgements)

    def decided(self) -> Decided:
        return Decided()

    def documents(self) -> Iterator[Kept]:
        return (Kept(document=each.document.ref) for each in self._ledgers.values())

    def gone(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for kept in self.documents():
            stand = {claim.id for claim in self.left(kept.document.id).claims}
            found |= {s.claim.id: "gone" for s in self.standings(kept.document.id) if s.claim.id not in stand}
        return found

    def linked(self, document: str) -> Ledger:
        return self.ledger(document)

    def left(self, document: str) -> Ledger:
        return self.standings(document).reviewed()

    def ledger(self, document: str) -> Ledger:
        return self._ledgers[document]

    def claim(self, claim: str) -> Claim:
        for found in self.claims():
            if found.id == claim:
                return found
        raise NotFound(f"no claim {claim}")

    def claims(self, query: Query | None = None) -> Generator[Claim, None, None]:
        for each in self._ledgers.values():
            for claim in sorted(each.claims, key=lambda c: c.content.spans[0].start):
                name = claim.source.name.lower() if claim.source else ""
                if query is None or query.source is None or query.source.lower() in name:
                    yield claim

    def links(self) -> Iterator[Link]:
        return iter(self._links)

    def cluster(self, claim: str) -> Cluster | None:
        return next((k for k in self._links if isinstance(k, Cluster) and claim in k.claims), None)

    def findings(self) -> Iterator[tuple[Finding, str]]:
        return ((finding, ON) for finding in self._findings)

    def searches(self) -> Iterator[Searched]:
        return (
            Searched(table=t, at=ON, questions=3, unfound=1) for t in dict.fromkeys(f.table for f in self._findings)
        )


def case(*, ruled: bool = True) -> Made:
    papers = linked.documents()
    injected = ledger(
        _INJECTED, {1: {"name": '=HYPERLINK("http://x.example","Ann")'}}, url="https://sund.example/a?b=1&c=2"
    )
    finding = Finding(
        claim=papers[0].claims[0].id, table="guns.csv@" + "0" * 64, format="mapped", sha256="0" * 64,
        finding="not_in_coverage", query="How many rounds?", parameters={}, rows=("row 1",), matched=3,
        reason="no row is on that day",
    )  # fmt: skip
    return Made((*papers, sample(), injected), linked.links(papers), (finding,), judgements() if ruled else ())


def judgements() -> tuple[Judgement, ...]:
    """Reyk's nine rounds accepted, the eleven rounds rejected, the brigadier's denial edited."""
    wire, _, courier, *_ = linked.documents()
    denied = next(c for c in sample().claims if c.speech_act == "deny" and c.content.text.startswith("any battery"))
    short = phrase(sample().document.text, (Span(denied.content.spans[0].start, denied.content.spans[0].end - 11),))
    return (
        _ruled("accept", wire.claims[0]),
        _ruled("reject", courier.claims[0], why="it is an old quay"),
        _ruled("edit", denied, gives=(msgspec.structs.replace(denied, content=short, id="c0123456789abcdef"),)),
    )


def _ruled(act: Act, claim: Claim, why: str | None = None, gives: tuple[Claim, ...] = ()) -> Judgement:
    at = "2031-07-02T10:00:00.000000+00:00"
    document = claim.document.id
    return sealed(Judgement(id="", document=document, act=act, by="Ida Moor", at=at, why=why, on=(claim,), gives=gives))


def selection(query: Query | None = None, *, reviewed: bool = False) -> Selection:
    return Selection(case(), query, hedges=_no_hedges, version="0", reviewed=reviewed)


def nothing() -> Selection:
    return Selection(Made(), hedges=_no_hedges, version="0")


def _no_hedges(claim: Claim) -> tuple[str, ...]:
    return ()


def exported(form: str, chosen: Selection | None = None) -> bytes:
    """One file of a format; of a folder, all its files one after the other."""
    chosen = chosen or selection()
    match FORMATS[form]:
        case Folder(files):
            return b"".join(name.encode() + b"\n" + raw for name, raw in files(chosen))
        case Whole(write):
            out = io.BytesIO()
            write(chosen, out)
            return out.getvalue()
