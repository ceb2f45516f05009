"""Who is cited: counted, never judged; letters are a person's and reach the weighing.

In:   an invented case.   Out: failures.
Knows nothing of: pages.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.case import Case
from sayso.check.findings import Finding
from sayso.decisions.records import Grade, Merge, Undo
from sayso.decisions.sources import Cited, Saying, cited, held
from sayso.errors import BadDecision, BadHypotheses
from sayso.links import Cluster, Contradiction, Origins
from tests.decisions.made import after, decisions, of, seen
from tests.desk import BRIDGE, FERRY

REYK = of(seen("d1", "Tomas Reyk"), seen("d2", "Tomas Reyk"), seen("d3", "Reyk"))
SAYINGS = (
    Saying("c1", "d1", "e1", "Tomas Reyk", "person", anonymous=False),
    Saying("c2", "d2", "e1", "Tomas Reyk", "person", anonymous=False),
    Saying("c3", "d3", "e1", "Reyk", "person", anonymous=False),
    Saying("c4", "d1", "e2", "an official", "person", anonymous=True),
    Saying("c5", "d2", "e2", "An  official", "person", anonymous=True),
    Saying("c6", "d2", None, "we", "unknown", anonymous=False),
)


def _cluster(*claims: str, low: int, high: int) -> Cluster:
    return Cluster(id=f"k{claims}", claims=claims, documents=(), origins=Origins(low=low, high=high, items=()), score=1)


LINKS = (
    _cluster("c1", "c4", low=2, high=2),
    _cluster("c2", "c9", low=1, high=2),
    Contradiction(a="c1", b="c8", relation="contradicts", reason="r", spans=((), ())),
    Contradiction(a="c2", b="c8", relation="updates", reason="r", spans=((), ())),
)
FINDING = Finding(
    claim="c2", table="T@0", format="ged", sha256="0", finding="partly", query="?", parameters={}, reason="r"
)


def _cited(*what: Grade | Merge | Undo) -> dict[str, Cited]:
    return {c.name: c for c in cited(SAYINGS, after(REYK, *what), held(LINKS, [FINDING]), decisions(*what))}


def test_a_source_is_counted_over_documents_by_who_it_is() -> None:
    reyk = _cited()["Tomas Reyk"]
    assert (reyk.claims, reyk.documents, reyk.anonymous) == (("c1", "c2"), ("d1", "d2"), False)
    assert (reyk.shared, reyk.perhaps, reyk.against, reyk.findings) == (1, 1, 1, {"partly": 1})


def test_who_is_not_named_comes_by_the_words_and_after_those_who_are() -> None:
    found = tuple(_cited().values())
    assert [c.anonymous for c in found] == [False, False, True, True]
    official = next(c for c in found if c.id == "an official")
    assert official.documents == ("d1", "d2")
    assert official.entity is None


def test_a_merge_of_entities_is_one_of_sources() -> None:
    found = _cited(Merge(one=("d1", "e1"), other=("d3", "e1")))
    assert found["Tomas Reyk"].claims == ("c1", "c2", "c3")
    assert "Reyk" not in found


def test_the_newest_letter_holds_and_an_undo_brings_back_the_one_before() -> None:
    first, second = Grade(source="tomas reyk", letter="C"), Grade(source="Tomas Reyk", letter="B")
    grade = _cited(first, second)["Tomas Reyk"].grade
    assert grade is not None
    assert grade.what == second
    grade = _cited(first, second, Undo(decision=2))["Tomas Reyk"].grade
    assert grade is not None
    assert grade.what == first
    assert _cited()["Tomas Reyk"].grade is None


ASKED = """
question = "?"
[[hypothesis]]
id = "a"
says = "a"
prior = 0.5
[[evidence]]
claim = "{claim}"
for = ["a"]
"""
GRADED = """
[[source]]
name = "Tom Reyk"
letter = "E"
by = "another desk"
on = 2031-07-02
why = "theirs"
"""


@pytest.fixture
def case(tmp_path: Path) -> Case:
    for name, text in (("bridge", BRIDGE), ("ferry", FERRY)):
        (tmp_path / f"{name}.txt").write_text(text)
    opened = Case.open(tmp_path / "desk.case", create=True)
    list(opened.add([str(tmp_path / "bridge.txt"), str(tmp_path / "ferry.txt")]))
    list(opened.link())
    return opened


def test_a_letter_ruled_in_the_case_is_weighed_where_the_file_gives_none(case: Case, tmp_path: Path) -> None:
    claim = next(c for c in case.claims() if c.source and c.source.name == "Tom Reyk")
    asked = tmp_path / "asked.toml"
    asked.write_text(ASKED.format(claim=claim.id))
    assert case.weigh(asked).admiralty[0].sources[0].letter == "F"
    decision = case.people.decide(Grade(source="Tom Reyk", letter="B"), by="Ida Brandt", why="was on the ferry")
    graded = case.weigh(asked).admiralty[0].sources[0]
    assert (graded.letter, graded.by, graded.why) == ("B", "Ida Brandt", "was on the ferry")
    asked.write_text(ASKED.format(claim=claim.id) + GRADED)
    assert case.weigh(asked).admiralty[0].sources[0].by == "another desk"
    case.people.decide(Undo(decision=decision.number), by="Ida Brandt")
    assert [r.number for r in case.people.decisions()] == [1, 2]


def test_rulings_outlive_the_program_and_reach_the_entities(case: Case, tmp_path: Path) -> None:
    by_name = {e.name: e for e in case.entities()}
    one, other = by_name["Tom Reyk"].members[0], by_name["Ann Lee"].members[0]
    case.people.decide(Merge(one=one, other=other), by="Ida Brandt", why="a test")
    case.close()
    with Case.open(tmp_path / "desk.case") as again:
        assert {one, other} <= {m for e in again.entities() if e.name in {"Ann Lee", "Tom Reyk"} for m in e.members}
        assert len(again.entities()) == len(by_name) - 1
        reyk = next(e for e in again.entities() if one in e.members)
        parts = again.people.parts(reyk)
        assert {c.source.name for c in parts["source"] if c.source} == {"Tom Reyk", "Ann Lee"}
        with pytest.raises(BadDecision):
            again.people.decide(Merge(one=one, other=other), by=" ")


def test_files_of_hypotheses_are_kept_with_their_history(case: Case) -> None:
    first = case.people.keep("ferry", ASKED.format(claim="c1"), by="Ida Brandt", why="a start")
    second = case.people.keep("ferry", ASKED.format(claim="c2"), by="Ole Falk")
    case.people.keep("bridge", ASKED.format(claim="c3"), by="Ole Falk")
    assert [q.name for q in case.people.questions()] == ["bridge", "ferry"]
    assert case.people.questions("ferry") == (second, first)
    assert case.people.question(first.number)[1].evidence[0].claim == "c1"
    with pytest.raises(BadHypotheses):
        case.people.keep("ferry", "no TOML", by="Ole Falk")
