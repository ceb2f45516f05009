"""What holds of links whatever the documents are: order, repetition and copies change nothing."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from sayso.case import Case, lexicon
from sayso.decisions.records import Merge
from sayso.link import link
from sayso.links import Cluster, Link
from sayso.records import Ledger
from sayso.store import Store
from tests.link.stories import FEW, every, ledgers, reprint

NOW = "2026-01-02T03:04:05Z"


def as_lines(links: Iterable[Link]) -> list[bytes]:
    """Links in an order of their own."""
    return sorted(map(msgspec.json.encode, links))


def kept(path: Path, documents: Sequence[Ledger], *, step: int) -> list[bytes]:
    """The links of a case that gets ``step`` documents at a time, and is linked each time."""
    with Store.open(path, create=True) as store:
        case = Case(store)
        for at in range(0, len(documents), step):
            some = documents[at : at + step]
            for ledger in some:
                store.save(ledger, added_at=NOW)
            assert list(case.link()) == [ledger.document.ref.id for ledger in some]
        return as_lines(case.links())


def test_the_order_of_documents_changes_nothing() -> None:
    documents = list(every())
    before = link(documents, lexicon())
    for seed in range(3):
        random.Random(seed).shuffle(documents)  # noqa: S311 - the same each time
        assert link(documents, lexicon()) == before


def test_a_case_has_the_links_of_its_ledgers(tmp_path: Path) -> None:
    assert kept(tmp_path / "one", every(), step=len(every())) == as_lines(link(every(), lexicon()))


@pytest.mark.parametrize("step", [1, 5])
def test_linking_in_one_go_or_little_by_little_is_the_same(tmp_path: Path, step: int) -> None:
    documents = list(every())
    whole = kept(tmp_path / "whole", documents, step=len(documents))
    assert kept(tmp_path / "parts", documents, step=step) == whole
    random.Random(step).shuffle(documents)  # noqa: S311 - as above
    assert kept(tmp_path / "shuffled", documents, step=step) == whole


def test_linking_again_does_nothing(tmp_path: Path) -> None:
    kept(tmp_path / "again.case", every(), step=7)
    with Store.open(tmp_path / "again.case", create=False) as store:
        case = Case(store)
        before, ((rows,),) = as_lines(case.links()), store.rows("SELECT total_changes()")
        assert list(case.link()) == []
        assert as_lines(case.links()) == before
        assert store.rows("SELECT total_changes()") == [(rows,)]


def test_what_stopped_halfway_goes_on(tmp_path: Path) -> None:
    documents = every()
    with Store.open(tmp_path / "half.case", create=True) as store:
        for ledger in documents:
            store.save(ledger, added_at=NOW)
        first = next(iter(Case(store).link()))
    with Store.open(tmp_path / "half.case", create=False) as store:
        case = Case(store)
        rest = list(case.link())
        assert first not in rest
        assert case.unlinked() == 0
        assert as_lines(case.links()) == as_lines(link(documents, lexicon()))


def test_a_document_that_was_told_of_is_kept(tmp_path: Path) -> None:
    documents = [*every(), *(reprint(ledger, 1) for ledger in every())]  # more than are kept together
    with Store.open(tmp_path / "one.case", create=True) as one, Store.open(tmp_path / "one.case", create=False) as two:
        for ledger in documents:
            one.save(ledger, added_at=NOW)
        left = len(documents)
        for _ in Case(one).link():
            left -= 1
            assert Case(two).unlinked() <= left  # as another program sees it


def test_two_who_link_at_once_keep_nothing_twice(tmp_path: Path) -> None:
    documents = [*every(), *(reprint(ledger, 1) for ledger in every())]  # more than are kept together
    with Store.open(tmp_path / "two.case", create=True) as one, Store.open(tmp_path / "two.case", create=False) as two:
        for ledger in documents:
            one.save(ledger, added_at=NOW)
        slow = Case(one).link()
        next(slow)
        assert list(Case(two).link())
        list(slow)
        assert as_lines(Case(two).links()) == as_lines(link(documents, lexicon()))


@pytest.mark.parametrize("story", range(FEW))
def test_ten_reprints_are_no_further_origin(story: int) -> None:
    documents = list(ledgers().values())[story]
    before = counts(link(documents, lexicon()))
    for article in documents:
        after = counts(link([*documents, *ten(article)], lexicon()))
        for claim in article.claims:
            if claim.id in before:
                assert after[claim.id][0] <= before[claim.id][0], claim.content.text


def test_one_article_and_ten_reprints_have_the_origins_of_the_article() -> None:
    for article in every():
        for low, high in counts(link([article, *ten(article)], lexicon())).values():
            assert low == 1
            assert high == 1


def ten(article: Ledger) -> list[Ledger]:
    return [reprint(article, number) for number in range(1, 11)]


def counts(links: Iterable[Link]) -> dict[str, tuple[int, int]]:
    """The interval of each claim's origins."""
    return {c: (x.origins.low, x.origins.high) for x in links if isinstance(x, Cluster) for c in x.claims}


def test_decisions_reach_the_clusters_to_which_a_claim_only_may_belong(tmp_path: Path) -> None:
    """What was decided on who is outside of a cluster counts in its high end: decided before linking, and after."""

    def linked(path: Path, merges: Sequence[Merge], *, before: bool) -> tuple[list[bytes], Sequence[Merge]]:
        with Store.open(path, create=True) as store:
            case = Case(store)
            for ledger in every():
                store.save(ledger, added_at=NOW)
            if not before:
                list(case.link())
            found = merges or list(_mergers(case))
            for merge in found:
                case.people.decide(merge, by="Ida Brandt")
            bare = as_lines(case.links())
            list(case.link())
            assert as_lines(case.links()) != bare
            return as_lines(case.links()), found

    after, merges = linked(tmp_path / "after", (), before=False)
    assert merges
    assert linked(tmp_path / "before", merges, before=True)[0] == after


def _mergers(case: Case) -> Iterator[Merge]:
    """Two who say what may be the same as a cluster, and who are not in it."""
    claims = {claim.id: claim for claim in case.claims()}
    for cluster in case.links():
        if isinstance(cluster, Cluster):
            sources = ((claims[name].document.id, claims[name].source) for name in cluster.possibly)
            places = sorted({(document, source.entity) for document, source in sources if source and source.entity})
            if len(places) > 1:
                yield Merge(one=places[0], other=places[-1])
