"""Values of slots, on data made with known truth: beside counting, and that copies add next to nothing."""

from __future__ import annotations

import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from sayso.errors import BadHypotheses
from sayso.publish.weighed import render
from sayso.weigh import Weighed, weigh
from sayso.weigh.hypotheses import hypotheses
from sayso.weigh.truth import LEAST_SOURCES, N, truth, vote
from tests.weigh.made import Desk

Slots = dict[str, dict[str, str]]


def world(
    seed: int, accuracies: list[float], copies: int, *, slots: int = 60, copied: float = 0.9
) -> tuple[Slots, dict[str, str]]:
    """Slots with a true value each; independent sources, and copiers of the last of them, who err on their own else."""
    chance = random.Random(seed)  # noqa: S311 - the same data each time
    found: Slots = {}
    true = {}
    for number in range(slots):
        name, right = f"s{number}", str(chance.randrange(N + 1))
        wrong = [str(n) for n in range(N + 1) if str(n) != right]

        def says(accuracy: float, right: str = right, wrong: list[str] = wrong) -> str:
            return right if chance.random() < accuracy else chance.choice(wrong)

        said = {f"own {k}": says(a) for k, a in enumerate(accuracies)}
        last = said[f"own {len(accuracies) - 1}"]
        said |= {f"copy {k}": last if chance.random() < copied else says(0.5) for k in range(copies)}
        found[name], true[name] = said, right
    return found, true


def right(slots: Slots, true: dict[str, str]) -> tuple[int, int]:
    """How many slots have the true value first: by the model, by counting."""
    scored = {slot.name: slot.values[0].value for slot in truth(slots).slots}
    return sum(scored[n] == v for n, v in true.items()), sum(vote(slots[n]) == v for n, v in true.items())


@pytest.mark.parametrize("seed", range(5))
def test_one_bad_source_and_those_who_copy_it_do_not_outvote_the_others(seed: int) -> None:
    slots, true = world(seed, [0.8, 0.75, 0.7, 0.8, 0.7, 0.3], 7)
    ours, counting = right(slots, true)
    assert counting < 0.6 * len(true)
    assert ours > 0.85 * len(true)


def test_without_copies_it_is_better_than_counting() -> None:
    pairs = [right(*world(seed, [0.9, 0.8, 0.7, 0.5, 0.4, 0.4, 0.3], 0)) for seed in range(10)]
    ours, counting = map(sum, zip(*pairs, strict=True))
    assert ours > counting


def test_who_copies_whom_and_who_is_with_the_scores() -> None:
    slots, _ = world(1, [0.8, 0.75, 0.7, 0.8, 0.7, 0.3], 3)
    found = truth(slots)
    told = {(pair.a, pair.b) for pair in found.copying}
    assert {("copy 0", "own 5"), ("copy 1", "own 5"), ("copy 2", "own 5")} <= told
    assert not any("own" in a and "own" in b for a, b in told)
    assert found.sources["own 5"] < 0.5 < found.sources["own 0"]


@settings(max_examples=20)
@given(seed=st.integers(0, 50), data=st.data())
def test_order_changes_nothing_and_scores_are_chances(seed: int, data: st.DataObject) -> None:
    slots, _ = world(seed, [0.8, 0.6, 0.5, 0.4], 2, slots=12)
    names = data.draw(st.permutations(sorted(slots)))
    turned = {name: dict(reversed(slots[name].items())) for name in names}
    one, other = ({s.name: s.values for s in truth(x).slots} for x in (slots, turned))
    assert one == other
    for values in one.values():
        assert 0 <= sum(v.score or 0.0 for v in values) <= 1 + 1e-3


def test_a_thousand_slots_stay_finite() -> None:
    slots, _ = world(3, [0.95, 0.9, 0.1, 0.05], 4, slots=1000, copied=1.0)
    assert all(0 <= (value.score or 0.0) <= 1 for slot in truth(slots).slots for value in slot.values)


def test_few_sources_have_counts_and_no_scores() -> None:
    slots, _ = world(1, [0.8] * (LEAST_SOURCES - 1), 0)
    found = truth(slots)
    assert found.why
    assert {value.score for slot in found.slots for value in slot.values} == {None}


def weighed(file: str) -> Weighed:
    return weigh(hypotheses(file.encode(), "h.toml"), Desk())


HEAD = 'question = "How many?"\n[[hypothesis]]\nid = "a"\nsays = "a"\nprior = 0.5\n'


def test_only_where_the_file_asks() -> None:
    assert weighed(HEAD).truth is None
    slots = "".join(
        f'[[slot]]\nname = "dead {n}"\nsaid = {{ Courier = 9, Lantern = 9, Gazette = 9, Herald = {n}, Post = 1 }}\n'
        for n in range(20, 26)
    )
    found = weighed(HEAD + slots).truth
    assert found is not None
    assert (found.slots[0].name, found.slots[0].values[0].value) == ("dead 20", "9")
    assert found.slots[0].values[0].sources == ("Courier", "Gazette", "Lantern")


@pytest.mark.parametrize(
    ("slot", "problem"),
    [
        ('name = "x"', "give claims with a kind, or said"),
        ('name = "x"\nclaims = ["c1"]', "claims need a kind"),
        ('name = "x"\nsaid = { a = 1 }\n[[slot]]\nname = "x"\nsaid = { a = 1 }', "names must differ"),
    ],
)
def test_a_slot_that_is_none(slot: str, problem: str) -> None:
    with pytest.raises(BadHypotheses, match=problem):
        hypotheses(f"{HEAD}[[slot]]\n{slot}\n".encode(), "h.toml")


def test_a_slot_with_a_claim_that_is_not_there() -> None:
    with pytest.raises(BadHypotheses, match=r"slot 1 \(x\): no claim c9 in the case"):
        weighed(f'{HEAD}[[slot]]\nname = "x"\nkind = "killed"\nclaims = ["c9"]\n')


def test_on_a_terminal_the_scores_stand_with_their_sources() -> None:
    slots, _ = world(1, [0.8, 0.75, 0.7, 0.8, 0.7, 0.3], 3)
    given = ""
    for name, said in slots.items():
        values = ", ".join(f'"{source}" = {value}' for source, value in said.items())
        given += f'[[slot]]\nname = "{name}"\nsaid = {{ {values} }}\n'
    console = Console(width=80, file=io.StringIO())
    render(weighed(HEAD + given), console)
    shown = console.file.getvalue()  # type: ignore[attr-defined] # the StringIO from above
    assert "score >0.99" in shown
    assert "own 5: one may have it from the other" in " ".join(shown.split())
    assert "they know nothing of the matter" in " ".join(shown.split())
