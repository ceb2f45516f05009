"""Merging and splitting entities: what was decided holds, nothing of it is lost, and it can be undone.

In:   invented entities, decisions.   Out: failures.
Knows nothing of: stores.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.decisions.records import Apart, Grade, Merge, Split, Undo, What, check, holding
from sayso.errors import BadDecision
from sayso.resolve.aliases import identity
from sayso.resolve.aliases.names import fold
from tests.decisions.made import after, decisions, named, of, seen

REYK = of(seen("d1", "Tomas Reyk"), seen("d2", "Tomas Reyk"), seen("d3", "Reyk"), seen("d4", "Ann Lee"))


def test_a_merge_makes_one_of_two_and_its_old_address_still_leads_there() -> None:
    alone = {e.name: e.id for e in after(REYK)}
    made = after(REYK, Merge(one=("d1", "e1"), other=("d3", "e1")))
    assert named(made) == {"Tomas Reyk": {"d1", "d2", "d3"}, "Ann Lee": {"d4"}}
    merged = next(e for e in made if e.name == "Tomas Reyk")
    assert merged.id == alone["Tomas Reyk"]
    assert merged.also == (alone["Reyk"],)
    assert merged.names == ("Reyk", "Tomas Reyk")


def test_a_merge_holds_for_documents_that_come_later() -> None:
    more = of(*(r.entity for g in REYK for r in g.members), seen("d5", "Tomas Reyk"))
    assert named(after(more, Merge(one=("d3", "e1"), other=("d2", "e1"))))["Tomas Reyk"] == {"d1", "d2", "d3", "d5"}


def test_a_split_makes_two_and_they_are_not_suggested_as_one() -> None:
    made = after(REYK, Split(members=(("d2", "e1"),)))
    parts = [e for e in made if e.name == "Tomas Reyk"]
    assert [{d for d, _ in e.members} for e in sorted(parts, key=lambda e: e.members)] == [{"d1"}, {"d2"}]
    one, other = parts
    assert other.id not in {p.id for p in one.possibly}


def test_all_of_an_entity_split_off_is_the_same_entity() -> None:
    assert named(after(REYK, Split(members=(("d1", "e1"), ("d2", "e1"))))) == named(after(REYK))


def test_a_suggestion_that_was_refused_is_gone_both_ways() -> None:
    before = {e.name: {p.id for p in e.possibly} for e in after(REYK)}
    assert before["Reyk"]
    assert before["Tomas Reyk"]
    refused = after(REYK, Apart(one=("d1", "e1"), other=("d3", "e1")))
    assert not any(e.possibly for e in refused)
    assert named(refused) == named(after(REYK))


def test_undoing_brings_back_what_was_and_undoing_that_the_decision() -> None:
    merge = Merge(one=("d1", "e1"), other=("d3", "e1"))
    assert after(REYK, merge, Undo(decision=1)) == after(REYK)
    assert after(REYK, merge, Undo(decision=1), Undo(decision=2)) == after(REYK, merge)


def test_a_ruling_on_what_is_not_there_changes_nothing() -> None:
    gone = ("d9", "e1")
    assert after(
        REYK, Merge(one=gone, other=("d1", "e1")), Split(members=(gone,)), Apart(one=gone, other=gone)
    ) == after(REYK)


def test_a_decision_leaves_the_rest_as_it_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    many = of(*(seen(f"d{n:03}", "Reyk") for n in range(100)), seen("e1", "Tomas Reyk"))
    after(many)
    folded: list[str] = []

    def noted(name: str) -> tuple[str, ...]:
        folded.append(name)
        return fold(name)

    monkeypatch.setattr(identity, "fold", noted)
    after(many, Merge(one=("e1", "e1"), other=("d007", "e1")))
    assert 0 < len(folded) < 10


PLACES = [("d1", "e1"), ("d2", "e1"), ("d3", "e1"), ("d4", "e1")]
WHAT: st.SearchStrategy[What] = st.one_of(
    st.builds(Merge, one=st.sampled_from(PLACES), other=st.sampled_from(PLACES)),
    st.builds(Apart, one=st.sampled_from(PLACES), other=st.sampled_from(PLACES)),
    st.builds(Split, members=st.lists(st.sampled_from(PLACES), min_size=1, unique=True).map(tuple)),
    st.builds(Undo, decision=st.integers(1, 6)),
)


@settings(deadline=None)
@given(st.lists(WHAT, max_size=8))
def test_whatever_is_ruled_every_member_is_in_one_entity(what: list[What]) -> None:
    made = after(REYK, *what)
    assert sorted(place for e in made for place in e.members) == PLACES
    assert len({e.id for e in made}) == len(made)
    ids = {e.id for e in made}
    assert all(p.id in ids for e in made for p in e.possibly)


@pytest.mark.parametrize(
    ("what", "by", "why", "says"),
    [
        (Grade(source="Ann Lee", letter="B"), "", "was there", "name"),
        (Grade(source="Ann Lee", letter="B"), "Ida", " ", "reason"),
        (Split(members=()), "Ida", "", "at least one"),
        (Merge(one=("d1", "e1"), other=("d1", "e1")), "Ida", "", "choose two"),
        (Undo(decision=7), "Ida", "", "does not hold"),
    ],
)
def test_a_ruling_that_lacks_something_is_refused(what: What, by: str, why: str, says: str) -> None:
    with pytest.raises(BadDecision, match=says):
        check(what, by, why, ())


def test_what_was_undone_cannot_be_undone_again() -> None:
    made = decisions(Grade(source="Ann Lee", letter="B"), Undo(decision=1))
    assert [r.number for r in holding(made)] == [2]
    with pytest.raises(BadDecision):
        check(Undo(decision=1), "Ida", "", made)
