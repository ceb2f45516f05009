"""Decisions on who is one, and the links: origins are counted as people have decided, however and whenever they did.

In:   invented articles, decisions.   Out: failures.
Knows nothing of: pages.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from sayso.case import Case
from sayso.decisions.records import Apart, Grade, Merge, Place, Split, Undo, What, holding
from sayso.links import Cluster
from sayso.people import People
from sayso.weigh.hypotheses import hypotheses

FENN = """\
---
outlet: The Arl Post
published: 2031-04-11
---
Ida Fenn, who keeps sheep below the dam, said that gate three of the Lenz dam had been left open since Friday. It was a
wet spring, and hay is dear this year.
"""
VOSS = """\
---
outlet: The Morrow Herald
published: 2031-04-12
---
The third gate of the Lenz dam had been left open since Friday, Hanna Voss said. Schools are closed, trains run late.
"""
AGAIN = """\
---
outlet: The Sund Mirror
published: 2031-04-14
---
Ms. Fenn told the Mirror that gate three of the Lenz dam was left open since Friday. The fair was well visited.
"""


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.open(tmp_path / "dam.case", create=True) as made:
        for number, article in enumerate((FENN, VOSS, AGAIN)):
            list(made.add_bytes(article.encode(), path=f"{number}.txt"))
        list(made.link())
        yield made


def the(case: Case, name: str) -> Place:
    """Who says it about the gate in the document in which they go by this name."""
    (claim,) = [c for c in case.claims() if "gate" in c.content.text and c.source and c.source.name.endswith(name)][:1]
    assert claim.source is not None
    return claim.document.id, str(claim.source.entity)


def gate(case: Case) -> Cluster:
    clusters = [c for c in case.links() if isinstance(c, Cluster)]
    (found,) = [c for c in clusters if "gate" in case.claim(c.claims[0]).content.text]
    return found


def counted(case: Case) -> tuple[int, int]:
    origins = gate(case).origins
    return origins.low, origins.high


def decide(case: Case, what: What, by: str = "Ida Brandt") -> int:
    return case.people.decide(what, by=by, why="asked them").number


def test_two_sources_that_were_put_together_are_one_origin_once_the_case_is_linked_again(case: Case) -> None:
    assert counted(case) == (2, 2)
    number = decide(case, Merge(one=the(case, "Fenn"), other=the(case, "Voss")))
    assert counted(case) == (2, 2)
    assert case.people.later() == 1
    assert list(case.link()) == []  # no document is compared again
    assert case.people.later() == 0
    assert counted(case) == (1, 1)
    whys = {tie.why for tie in gate(case).origins.ties if tie.certain}
    assert "both are Hanna Voss, as Ida Brandt decided" in whys
    decide(case, Undo(decision=number))
    assert case.people.later() == 1
    list(case.link())
    assert counted(case) == (2, 2)


def test_one_whom_a_person_split_off_is_an_origin_of_their_own(case: Case) -> None:
    fenns = (
        the(case, "Ida Fenn"),
        next(
            (c.document.id, str(c.source.entity))
            for c in case.claims()
            if c.source and c.document.outlet == "The Sund Mirror"
        ),
    )
    decide(case, Apart(one=fenns[0], other=fenns[1]))
    list(case.link())
    assert counted(case) == (3, 3)
    decide(case, Merge(one=fenns[0], other=fenns[1]), by="Ole Falk")
    list(case.link())
    assert counted(case) == (2, 2)
    decide(case, Split(members=(fenns[1],)))
    list(case.link())
    assert counted(case) == (3, 3)


def test_a_decision_holds_for_a_document_that_comes_later(case: Case) -> None:
    decide(case, Merge(one=the(case, "Ida Fenn"), other=the(case, "Voss")))
    list(case.link())
    late = VOSS.replace("Morrow Herald", "Karsk Lantern").replace("Schools are closed", "The mill stands still")
    list(case.add_bytes(late.encode(), path="late.txt"))
    list(case.link())
    assert len(gate(case).claims) == 4
    assert counted(case) == (1, 1)


def test_a_grade_is_no_decision_on_who_is_one(case: Case) -> None:
    number = decide(case, Grade(source="Ida Fenn", letter="B"))
    decide(case, Undo(decision=number))
    assert case.people.later() == 0


def test_weighing_says_that_decisions_came_after_the_links_and_ties_what_was_decided(case: Case) -> None:
    fenn, voss = (
        next(c.id for c in case.claims() if c.source and c.source.name == n) for n in ("Ida Fenn", "Hanna Voss")
    )
    toml = 'question = "?"\n[[hypothesis]]\nid = "a"\nsays = "a"\nprior = 0.5\n' + "".join(
        f'[[evidence]]\nclaim = "{claim}"\nfor = ["a"]\n' for claim in (fenn, voss)
    )
    asked = hypotheses(toml.encode(), "gate.toml")
    before = case.weigh(asked)
    assert before.notices == ()
    decide(case, Merge(one=the(case, "Fenn"), other=the(case, "Voss")))
    assert "1 decision on who is one came after the links" in case.weigh(asked).notices[0]
    list(case.link())
    after = case.weigh(asked)
    assert after.notices == ()
    assert (before.high.origins, after.high.origins) == (2, 1)


def test_the_links_do_not_depend_on_when_it_was_decided_and_how_often_it_was_linked(tmp_path: Path) -> None:
    """A case that is linked after each document and each decision ends as one that is linked once."""

    def made(path: Path, articles: Sequence[str], *, often: bool, seed: int) -> list[bytes]:
        with Case.open(path, create=True) as case:
            for article in articles:
                list(case.add_bytes(article.encode(), path="x.txt"))
                if often:
                    list(case.link())
            for what in _some(case.people, case, seed):
                decide(case, what)
                if often:
                    list(case.link())
            list(case.link())
            return sorted(map(msgspec.json.encode, case.links()))

    for seed in range(6):
        articles = [FENN, VOSS, AGAIN]
        once = made(tmp_path / f"once{seed}", articles, often=False, seed=seed)
        random.Random(seed).shuffle(articles)  # noqa: S311 - the same each time
        assert made(tmp_path / f"often{seed}", articles, often=True, seed=seed) == once


def _some(people: People, case: Case, seed: int) -> Iterator[What]:
    """A few decisions on the sources of the case, the same for each seed."""
    by = random.Random(seed)  # noqa: S311 - as above
    places = sorted({(c.document.id, c.source.entity) for c in case.claims() if c.source and c.source.entity})
    for _ in range(4):
        one, other = by.sample(places, 2)
        choices: list[What] = [Merge(one=one, other=other), Apart(one=one, other=other), Split(members=(one,))]
        choices += [Undo(decision=held.number) for held in holding(people.decisions())[-1:]]
        yield by.choice(choices)
