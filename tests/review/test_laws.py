"""Laws of judgements: their order of arrival changes nothing, nothing is lost, undoing twice is doing."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.records import Ledger
from sayso.review import Ruling, Standing, Standings, Wording
from sayso.review.judgements import Judgement, fingerprint, sealed, touched
from sayso.review.standing import in_force
from sayso.spans import Span
from tests.review.made import ANN, BEN, CAT, TEXT, Desk, a_ledger

_WORDS = [
    Span(start, start + len(word))
    for start, word in zip(
        (TEXT.index(word) for word in ("bridge", "Tom Reyk", "checked", "ferry")),
        ("bridge", "Tom Reyk", "checked", "ferry"),
        strict=True,
    )
]


@st.composite
def wordings(draw: st.DrawFn) -> Wording:
    places = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=2, unique=True).map(tuple)
    fields: dict[str, Any] = {"content": draw(places)}
    if draw(st.booleans()):
        fields["source"] = draw(places)
    if draw(st.booleans()):
        fields["factuality"] = draw(st.sampled_from(("CT+", "CT-", "Uu")))
    return Wording(**fields)


def _words(wording: Wording) -> frozenset[Span]:
    return frozenset(wording.content if isinstance(wording.content, tuple) else ())


@st.composite
def desks(draw: st.DrawFn) -> tuple[Desk, Ledger]:
    """A ledger on which three people have ruled up to a dozen times, on what they saw some time ago."""
    ledger = a_ledger()
    document = ledger.document.ref.id
    desk = Desk(ledger)
    for _ in range(draw(st.integers(0, 9))):
        standings = desk.standings(document)
        seen = draw(st.sampled_from([None, *(j.id for j in standings.judgements)]))
        shown = [standing.claim.id for standing in standings.until(seen)]
        by = draw(st.sampled_from((ANN, BEN, CAT)))
        own = [j.id for j in standings.judgements if j.by == by and j.id in in_force(standings.judgements)]
        acts = ["accept", "reject", "unsure", "edit", "split", "merge", "add", *(["undo"] if own else [])]
        act: Any = draw(st.sampled_from(acts))
        few = {"edit": 1, "add": 1, "split": 2}.get(act, 0)
        desk.judge(
            Ruling(
                act=act,
                by=by,
                seen=seen,
                document=document if act == "add" else None,
                claims=tuple(draw(st.permutations(shown))[: {"merge": 2, "add": 0, "undo": 0}.get(act, 1)]),
                wordings=tuple(draw(st.lists(wordings(), min_size=few, max_size=few, unique_by=_words))),
                undoes=draw(st.sampled_from(own)) if act == "undo" else None,
            )
        )
    return desk, ledger


def told(standings: Standings) -> list[Standing]:
    return sorted(standings, key=lambda standing: standing.claim.id)


@settings(max_examples=30, deadline=None)  # each is a dozen rulings
@given(made=desks(), data=st.data())
def test_the_order_in_which_judgements_come_changes_nothing(made: tuple[Desk, Ledger], data: st.DataObject) -> None:
    desk, ledger = made
    mixed = data.draw(st.permutations(desk.shelf.kept))
    here, there = desk.standings(ledger.document.ref.id), Standings(ledger, [*mixed, *mixed])
    assert told(here) == told(there)
    assert here.reviewed() == there.reviewed()
    assert list(here.entries()) == list(there.entries())


@settings(max_examples=30, deadline=None)  # each is a dozen rulings
@given(made=desks())
def test_nothing_is_lost(made: tuple[Desk, Ledger]) -> None:
    desk, ledger = made
    standings = desk.standings(ledger.document.ref.id)
    assert [entry.judgement for entry in standings.entries()] == desk.shelf.kept
    assert standings.ledger == ledger
    for judgement in desk.shelf.kept:
        assert sealed(judgement) == judgement
        assert len({claim.id for claim in judgement.gives}) == len(judgement.gives)
        for name in touched(judgement):
            assert judgement in [entry.judgement for entry in standings.history(name)]


@settings(max_examples=30, deadline=None)  # each is a dozen rulings
@given(made=desks())
def test_the_ledger_as_reviewed_keeps_the_laws(made: tuple[Desk, Ledger]) -> None:
    desk, ledger = made
    reviewed = desk.ledger(ledger.document.ref.id)
    ids = [claim.id for claim in reviewed.claims]
    assert len(set(ids)) == len(ids)
    for claim in reviewed.claims:
        assert claim.via is None or claim.via in ids
        for words in (claim.source, claim.cue, claim.content):
            assert words is None or " ".join(span.of(TEXT) for span in words.spans) == words.text
    untouched = {c.id for c in ledger.claims}.difference(*(touched(j) for j in desk.shelf.kept))
    assert untouched <= set(ids)


@settings(max_examples=30, deadline=None)  # each is a dozen rulings
@given(made=desks())
def test_undoing_an_undoing_brings_back_what_was(made: tuple[Desk, Ledger]) -> None:
    desk, ledger = made
    before = desk.standings(ledger.document.ref.id)
    for judgement in [j for j in before.judgements if j.id in in_force(before.judgements)]:
        desk.undo(desk.undo(judgement))
    after = desk.standings(ledger.document.ref.id)
    assert [(s.claim, s.state, s.now) for s in before] == [(s.claim, s.state, s.now) for s in after]
    assert len(after.judgements) >= len(before.judgements)


@settings(max_examples=30, deadline=None)  # each is a dozen rulings
@given(made=desks())
def test_without_judgements_in_force_the_machine_s_ledger_stands(made: tuple[Desk, Ledger]) -> None:
    desk, ledger = made
    while on := [j for j in desk.shelf.kept if j.id in in_force(desk.shelf.kept) and j.act != "undo"]:
        desk.undo(on[-1])
    assert desk.ledger(ledger.document.ref.id) == ledger


@settings(max_examples=30, deadline=None)  # each is a dozen rulings
@given(made=desks())
def test_what_is_settled_is_what_everybody_said_last(made: tuple[Desk, Ledger]) -> None:
    desk, ledger = made
    for standing in desk.standings(ledger.document.ref.id):
        last: dict[str, Judgement] = {ruling.by: ruling for ruling in standing.rulings}
        assert len(last) == len(standing.rulings)
        if standing.state == "accepted":
            assert standing.machine is None or fingerprint(standing.claim) == fingerprint(standing.machine)
        if standing.state == "rejected":
            assert standing.now == ()
        if standing.state in ("disputed", "unsure"):
            assert standing.now == (standing.claim,)
