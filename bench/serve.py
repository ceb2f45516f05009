"""How fast the list of claims answers: `python -m bench.serve --claims 1000000`, beside Datasette on the same file.

Both are programs of their own that are asked over HTTP for pages as a browser gets them, the same questions in turns,
each with the whole list behind it: counts of facets, fifty claims. The case is made by `bench.cases`, with speech acts,
events, clusters and findings drawn for its claims. `--datasette` is the Python that has it: pip install datasette.

In:   how many claims.   Out: a table, JSON with --json; medians and 95th percentiles in milliseconds.
Knows nothing of: how either of them finds its answers.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote, urlencode

import msgspec

from bench.cases import made
from sayso.check.findings import Finding
from sayso.links import Cluster, Origins
from sayso.records import Claim, Event, Factuality, Party, SpeechAct, phrase
from sayso.spans import Span
from sayso.store import Store

_NOW = "2026-01-01T00:00:00Z"
_TYPES = ("ASSAULT", "ACCUSE", "CONSULT", "RETREAT", "REQUEST", "REJECT", "MOBILIZE", "SANCTION", "AGREE", "PROTEST")
_VERDICTS = ("consistent", "inconsistent", "partly", "not_in_coverage", "not_checkable")
_ACTS = (60, 6, 5, 2, 6, 2, 3, 3, 5, 3, 5)  # of a hundred, in the order of SpeechAct
_SURE = (70, 5, 5, 6, 1, 1, 12)  # the same of Factuality


def write(path: Path, claims: int) -> None:
    """A case file with so many claims."""
    rng = random.Random(1)
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with Store.open(path, create=True) as store:
        store.rows("PRAGMA synchronous = OFF")
        for document in made(claims):
            ledger = document.ledger
            full = tuple(_filled(claim, ledger.document.text, rng) for claim in ledger.claims)
            if store.save(msgspec.structs.replace(ledger, claims=full), added_at=_NOW):
                for claim, fact in zip(full, document.facts, strict=True):
                    said[fact].append((claim.id, ledger.document.ref.id))
        _link(store, said, rng)
        _check(store, [claim for group in said.values() for claim, _ in group if rng.random() < 0.02], rng)


def _filled(claim: Claim, text: str, rng: random.Random) -> Claim:
    events: tuple[Event, ...] = ()
    if rng.random() < 0.4:
        start = claim.content.spans[0].start
        trigger = phrase(text, (Span(start, start + 1),))
        kind = rng.choices(_TYPES, [40, 15, 10, 8, 7, 6, 5, 4, 3, 2])[0]
        actor = claim.source and Party(spans=claim.source.spans, text=claim.source.text, name=claim.source.name)
        events = (Event(type=kind, trigger=trigger, actor=actor, plover=kind),)
    return msgspec.structs.replace(
        claim,
        speech_act=rng.choices(get_args(SpeechAct), _ACTS)[0],
        factuality=rng.choices(get_args(Factuality), _SURE)[0],
        events=events,
        score=round(rng.betavariate(6, 2), 3),
    )


def _link(store: Store, said: dict[str, list[tuple[str, str]]], rng: random.Random) -> None:
    with store.writing() as connection:
        for fact, group in said.items():
            if len(group) < 2:
                continue
            low = rng.randint(1, min(4, len(group)))
            cluster = Cluster(
                id=f"k{fact}",
                claims=tuple(claim for claim, _ in group),
                documents=tuple(dict.fromkeys(document for _, document in group)),
                origins=Origins(low=low, high=low, items=()),
                score=0.9,
            )
            ((seq,),) = connection.execute(
                "INSERT INTO cluster (record) VALUES (?) RETURNING seq", (msgspec.json.encode(cluster).decode(),)
            ).fetchall()
            connection.executemany(
                "INSERT INTO cluster_claim (claim, cluster) SELECT seq, ? FROM claim WHERE id = ?",
                ((seq, claim) for claim in cluster.claims),
            )


def _check(store: Store, claims: Sequence[str], rng: random.Random) -> None:
    store.save_findings(
        [
            Finding(
                claim=claim, table="bench@0", format="bench", sha256="0", finding=rng.choice(_VERDICTS), query="any",
                parameters={}, reason="drawn",
            )
            for claim in claims
        ],
        checked_at=_NOW,
    )  # fmt: skip


if __name__ == "__main__" and sys.argv[1:2] == ["--write"]:
    write(Path(sys.argv[2]), int(sys.argv[3]))
