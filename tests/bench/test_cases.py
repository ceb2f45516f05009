"""The synthetic cases: sound ledgers, the same for the same seed, with the truth beside them."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import msgspec
from bench.cases import HELD, Truth, made, write

from sayso.records import Ledger
from sayso.store import Store


def test_the_spans_of_claims_give_their_words() -> None:
    for document in made(2000, seed=4):
        text = document.ledger.document.text
        for claim in document.ledger.claims:
            assert [s.of(text) for s in claim.content.spans] == [claim.content.text]
            if claim.source:
                assert [s.of(text) for s in claim.source.spans] == [claim.source.text]


def test_the_same_seed_gives_the_same_case_and_another_does_not() -> None:
    one, same, other = (list(islice(made(3000, seed), 40)) for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_documents_come_by_date_and_there_are_as_many_claims_as_asked() -> None:
    documents = list(made(3000))
    dates = [d.ledger.document.ref.published or "" for d in documents]
    assert dates == sorted(dates)
    assert 3000 <= sum(len(d.facts) for d in documents) < 3100


def test_what_is_written_has_its_truth_beside_it(tmp_path: Path) -> None:
    count = write(tmp_path / "a.case", 600)
    known = [msgspec.json.decode(line, type=Truth) for line in (tmp_path / "a.truth").read_bytes().splitlines()]
    later = [msgspec.json.decode(line, type=Ledger) for line in (tmp_path / "a.more").read_bytes().splitlines()]
    assert later
    assert len(later) == len(known) // (600 // HELD)
    with Store.open(tmp_path / "a.case", create=False) as store:
        kept = {k.document.id: store.ledger(k.document.id) for k in store.documents()}
    assert len(kept) == count == len(known) - len(later)
    ledgers = kept | {ledger.document.ref.id: ledger for ledger in later}
    for truth in known:
        assert [c.id for c in ledgers[truth.id].claims] == list(truth.facts)
        assert truth.early is None or truth.early in ledgers
