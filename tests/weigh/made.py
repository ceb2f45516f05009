"""A desk of invented claims, and files of hypotheses on them, for the tests of weighing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from sayso.check.findings import Finding, Verdict
from sayso.errors import NotFound
from sayso.link.decided import Decided
from sayso.link.origins import Member, origins
from sayso.links import Cluster, Contradiction, Link, Outcome, Tie
from sayso.records import Claim, Document, DocumentRef, Ledger, Phrase, Source, SourceType, SpeechAct
from sayso.spans import Span
from sayso.weigh import Weighed, weigh
from sayso.weigh.hypotheses import Hypotheses, hypotheses


class Desk:
    """What a case would be asked: claims that are put there one by one."""

    def __init__(self) -> None:
        self._claims: dict[str, Claim] = {}
        self._clusters: list[Cluster] = []
        self._against: list[Contradiction] = []
        self._findings: list[Finding] = []

    def says(
        self,
        who: str | None,
        *,
        sort: SourceType = "person",
        act: SpeechAct = "assert",
        unnamed: bool = False,
        via: str | None = None,
    ) -> str:
        """One more document, in which somebody says something; the id of that claim."""
        number = len(self._claims)
        span = (Span(0, 4),)
        found = Claim(
            id=f"c{number:016x}",
            document=DocumentRef(
                id=f"d{number:016x}", path=f"{number}.txt", outlet=f"Outlet {number}", sha256="0" * 64
            ),
            kind="indirect" if who else "authorial",
            source=Source(spans=span, text=who, name=who, type=sort, anonymous=unnamed) if who else None,
            content=Phrase(spans=span, text=f"that it was so, {number}"),
            speech_act=act,
            via=via,
            found_by="test",
            score=1.0,
        )
        self._claims[found.id] = found
        return found.id

    def same(self, *claims: str, perhaps: Sequence[tuple[str, str]] = ()) -> str:
        """These say the same thing; the id of their cluster. ``perhaps``: more that may be one."""
        found_origins = origins([Member(claim=self._claims[c], entity=None) for c in claims], [], {})
        ties = tuple(Tie(a=a, b=b, certain=False, why="perhaps") for a, b in perhaps)
        found = Cluster(
            id=f"k{len(self._clusters):016x}",
            claims=claims,
            documents=tuple(self._claims[c].document.id for c in claims),
            origins=msgspec.structs.replace(found_origins, ties=(*found_origins.ties, *ties)),
            score=0.9,
        )
        self._clusters.append(found)
        return found.id

    def disagree(self, a: str, b: str, relation: Outcome = "contradicts") -> None:
        self._against.append(Contradiction(a=a, b=b, relation=relation, reason="40 against 14", spans=((), ())))

    def found(self, claim: str, verdict: Verdict, table: str = "Table", query: str | None = None) -> None:
        found = Finding(
            claim=claim, table=f"{table}@{'0' * 64}", format="ged", sha256="0" * 64, finding=verdict,
            query=query or f"asked of {claim}", parameters={}, reason=f"{verdict} by the rows",
        )  # fmt: skip
        self._findings.append(found)

    def claim(self, claim: str) -> Claim:
        if claim not in self._claims:
            raise NotFound(f"no claim {claim}")
        return self._claims[claim]

    def gone(self) -> dict[str, str]:
        return {}

    def left(self, document: str) -> Ledger:
        claims = tuple(c for c in self._claims.values() if c.document.id == document)
        return Ledger(document=Document(ref=claims[0].document, text="text"), claims=claims)

    def cluster(self, claim: str) -> Cluster | None:
        return next((k for k in self._clusters if claim in k.claims), None)

    def links(self) -> Iterator[Link]:
        yield from self._clusters
        yield from self._against

    def findings(self) -> Iterator[tuple[Finding, str]]:
        return ((f, "2031-01-01") for f in self._findings)

    def decided(self) -> Decided:
        return Decided()


PRIORS = {"a": 0.5, "b": 0.3, "other": 0.2}


def toml(
    evidence: Sequence[Mapping[str, Any]],
    priors: Mapping[str, float] = PRIORS,
    sources: Sequence[Mapping[str, Any]] = (),
    **top: Any,
) -> bytes:
    """A file of hypotheses."""
    blocks = [{"question": "What happened?"} | top]
    lines = [_pairs(block) for block in blocks]
    lines += ["[[hypothesis]]\n" + _pairs({"id": n, "says": f"{n} happened", "prior": p}) for n, p in priors.items()]
    lines += ["[[evidence]]\n" + _pairs(one) for one in evidence]
    lines += ["[[source]]\n" + _pairs(one) for one in sources]
    return "\n".join(lines).encode()


def asked(evidence: Sequence[Mapping[str, Any]], priors: Mapping[str, float] = PRIORS, **top: Any) -> Hypotheses:
    return hypotheses(toml(evidence, priors, **top), "asked.toml")


def weighed(
    desk: Desk, evidence: Sequence[Mapping[str, Any]], priors: Mapping[str, float] = PRIORS, **top: Any
) -> Weighed:
    return weigh(asked(evidence, priors, **top), desk)


def _pairs(block: Mapping[str, Any]) -> str:
    return "".join(f"{name} = {_value(value)}\n" for name, value in block.items())


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name} = {_value(inner)}" for name, inner in value.items()) + "}"
    return json.dumps(value)
