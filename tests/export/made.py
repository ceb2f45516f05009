"""A case in memory with every kind of link, a hostile title, findings and rulings, and its exports."""

from __future__ import annotations

import io
from collections.abc import Generator, Iterator

import msgspec

from sayso.check.findings import Finding
from sayso.errors import NotFound
from sayso.export import FORMATS, Folder, Ruling, Selection, Whole
from sayso.links import Cluster, Link
from sayso.query import Query
from sayso.records import Claim, DocumentRef, Ledger
from sayso.resolve.aliases.identity import CaseEntity
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
        self, ledgers: tuple[Ledger, ...] = (), links: tuple[Link, ...] = (), findings: tuple[Finding, ...] = ()
    ) -> None:
        self._ledgers = {each.document.ref.id: each for each in ledgers}
        self._links, self._findings = links, findings

    def documents(self) -> Iterator[Kept]:
        return (Kept(document=each.document.ref) for each in self._ledgers.values())

    def ledger(self, document: str) -> Ledger:
        return self._ledgers[document]

    def claim(self, claim: str) -> Claim:
        for found in self.claims():
            if found.id == claim:
                return found
        raise NotFound(f"no claim {claim}")

    def claims(self, query: Query | None = None) -> Generator[Claim, None, None]:
        for each in self._ledgers.values():
            for claim in sorted(each.claims, key=lambda c: c.content.spans[0]):
                name = claim.source.name.lower() if claim.source else ""
                if query is None or query.source is None or query.source.lower() in name:
                    yield claim

    def entities(self) -> tuple[CaseEntity, ...]:
        return ()

    def links(self) -> Iterator[Link]:
        return iter(self._links)

    def cluster(self, claim: str) -> Cluster | None:
        return next((k for k in self._links if isinstance(k, Cluster) and claim in k.claims), None)

    def findings(self) -> Iterator[tuple[Finding, str]]:
        return ((finding, ON) for finding in self._findings)


def case() -> Made:
    papers = linked.documents()
    injected = ledger(
        _INJECTED, {1: {"name": '=HYPERLINK("http://x.example","Ann")'}}, url="https://sund.example/a?b=1&c=2"
    )
    finding = Finding(
        claim=papers[0].claims[0].id, table="guns.csv@" + "0" * 64, format="mapped", sha256="0" * 64,
        finding="not_in_coverage", query="How many rounds?", parameters={}, rows=("row 1",), matched=3,
        reason="no row is on that day",
    )  # fmt: skip
    return Made((*papers, sample(), injected), linked.links(papers), (finding,))


def rulings() -> tuple[Ruling, ...]:
    wire, _, courier, *_ = linked.documents()
    return (
        Ruling(claim=wire.claims[0].id, state="accepted", by="Ida Moor", on=ON),
        Ruling(claim=courier.claims[0].id, state="rejected", by="Ida Moor", on=ON, why="it is an old quay"),
    )


def selection(query: Query | None = None) -> Selection:
    return Selection(case(), query, hedges=_no_hedges, version="0", rulings=rulings())


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
