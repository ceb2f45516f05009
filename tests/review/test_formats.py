"""Judgements as data for others: JSON Lines, brat, agreement, the reader scored on them."""

from __future__ import annotations

import msgspec
import pytest
from eval.brat import parse
from eval.reviewed import measure

from sayso.errors import BadJudgement
from sayso.records import Ledger
from sayso.review import Wording, brat, jsonl
from sayso.review.agreement import alpha, kappa
from sayso.review.judgements import sealed
from tests.review.made import ANN, BEN, Desk, a_ledger, at


@pytest.fixture
def ledger() -> Ledger:
    return a_ledger()


@pytest.fixture
def desk(ledger: Ledger) -> Desk:
    """Bridge split, bolt edited, mole accepted, the inner one rejected, one added."""
    desk = Desk(ledger)
    bridge, bolt, mole, inner = ledger.claims
    halves = [Wording(content=at("that the bridge was safe")), Wording(content=at("that the ferry would sail"))]
    desk.rule("split", ANN, bridge, wordings=halves)
    desk.rule("edit", ANN, bolt, wordings=[Wording(content=at("checked every bolt"), name="Ann Lee")])
    desk.rule("accept", ANN, mole)
    desk.rule("reject", ANN, inner, why="a part of the one around it")
    added = Wording(content=at("who runs the harbour office"), source=at("Ann Lee"))
    desk.rule("add", ANN, document=ledger.document.ref.id, wordings=[added])
    return desk


# ---- JSON Lines ----


def test_json_lines_come_back_and_tell_what_they_are(desk: Desk) -> None:
    lines = list(jsonl.lines(desk.shelf.kept))
    assert all(line.startswith('{"kind":"judgement"') for line in lines)
    assert list(jsonl.read(lines, name="a.jsonl")) == desk.shelf.kept


def test_a_line_that_is_no_judgement_is_told_and_the_rest_is_read(desk: Desk) -> None:
    lines = [next(jsonl.lines(desk.shelf.kept)), "{}\n", "\n", '{"kind":"edge"}\n']
    first, *bad = jsonl.read(lines, name="a.jsonl")
    assert first == desk.shelf.kept[0]
    assert [str(error)[:15] for error in bad] == ["a.jsonl, line 2", "a.jsonl, line 4"]


def test_judgements_of_two_desks_are_taken_and_disagree_in_both(desk: Desk, ledger: Ledger) -> None:
    other = Desk(ledger)
    other.rule("reject", BEN, ledger.claims[2])
    taken = list(desk.take(other.shelf.kept))
    assert taken == other.shelf.kept
    assert list(desk.take(other.shelf.kept)) == []
    list(other.take(desk.shelf.kept))
    document = ledger.document.ref.id
    assert desk.standing(ledger.claims[2].id).state == "disputed"
    assert sorted(desk.standings(document), key=str) == sorted(other.standings(document), key=str)


def test_what_was_altered_or_is_of_another_document_is_not_taken(desk: Desk, ledger: Ledger) -> None:
    altered = msgspec.structs.replace(desk.shelf.kept[2], by=BEN)
    assert [str(e) for e in Desk(ledger).take([altered]) if isinstance(e, BadJudgement)] == [
        f"judgement {altered.id}: it was altered since it was made: take the original"
    ]
    elsewhere = Desk(a_ledger("Pia Holm said so.\n" + ledger.document.text))
    (error,) = elsewhere.take(desk.shelf.kept[2:3])
    assert isinstance(error, BadJudgement)
    assert "not in the case" in str(error)
    assert elsewhere.shelf.kept == []


def test_claims_that_are_not_of_the_text_are_not_taken(desk: Desk, ledger: Ledger) -> None:
    accept = desk.shelf.kept[2]
    (mole,) = accept.on
    words = msgspec.structs.replace(mole.content, text="that the mole was open")
    elsewhere = msgspec.structs.replace(mole.document, id="d404")
    for other in ({"content": words}, {"document": elsewhere}):
        made = sealed(msgspec.structs.replace(accept, on=(msgspec.structs.replace(mole, **other),)))
        (error,) = Desk(ledger).take([made])
        assert "not of this text" in str(error)


@pytest.mark.parametrize(
    "at", ["yesterday", "2031-05-05", "2031-05-05T10:00:00.000000", "2099-01-01T00:00:00.000000+00:00"]
)
def test_a_time_that_is_none_is_not_taken(desk: Desk, ledger: Ledger, at: str) -> None:
    (error,) = Desk(ledger).take([sealed(msgspec.structs.replace(desk.shelf.kept[2], at=at))])
    assert "no time that has been" in str(error)


def test_an_undoing_of_another_s_judgement_that_comes_from_elsewhere_undoes_nothing(desk: Desk, ledger: Ledger) -> None:
    accept = desk.shelf.kept[2]
    undo = msgspec.structs.replace(
        accept, act="undo", by=BEN, on=(), undoes=accept.id, at="2031-05-06T01:00:00.000000+00:00"
    )
    assert list(desk.take([sealed(undo)])) == [sealed(undo)]
    assert desk.standing(ledger.claims[2].id).state == "accepted"
    assert {entry.undone_by for entry in desk.history(ledger.claims[2].id)} == {None}


# ---- brat ----


def test_brat_has_the_text_and_the_claims_that_stand(desk: Desk, ledger: Ledger) -> None:
    name = ledger.document.ref.id
    files = brat.files(desk.standings(name))
    assert files[f"{name}.txt"] == ledger.document.text
    stand = desk.ledger(name).claims
    assert [a.content for a in parse(files[f"{name}.ann"]) if a.cue] == [c.content.spans for c in stand if c.cue]
    for line in files[f"{name}.ann"].splitlines():
        if line.startswith("T"):
            _, place, words = line.split("\t")
            pieces = [piece.split() for piece in place.split(" ", 1)[1].split(";")]
            assert " ".join(ledger.document.text[int(start) : int(end)] for start, end in pieces) == words
    assert "Review E2 edited" in files[f"{name}.ann"]
    assert ledger.claims[3].id not in files[f"{name}.ann"]


def test_a_mark_does_not_go_over_the_end_of_a_line_and_comes_back_whole() -> None:
    ledger = a_ledger()
    text = ledger.document.text
    desk = Desk(ledger)
    (before,) = (c for c in ledger.claims if c.content.text.startswith("that the bridge"))
    over = (at("that the bridge")[0].__class__(text.index("would sail"), text.index("every")),)
    desk.rule("edit", ANN, before, wordings=[Wording(content=over)])
    standings = desk.standings(ledger.document.ref.id)
    marked = brat.files(standings)[f"{ledger.document.ref.id}.ann"]
    assert 'would sail. "We checked' in marked
    assert [r.act for r in brat.rulings(standings, marked, by=BEN, name="a.ann")] == ["accept"] * 4


def test_a_content_in_pieces_that_only_a_line_parts_comes_back_as_it_was() -> None:
    ledger = a_ledger()
    desk = Desk(ledger)
    pieces = at('would sail.…"We checked')
    desk.rule("edit", ANN, ledger.claims[0], wordings=[Wording(content=pieces)])
    standings = desk.standings(ledger.document.ref.id)
    marked = brat.files(standings)[f"{ledger.document.ref.id}.ann"]
    assert [r.act for r in brat.rulings(standings, marked, by=BEN, name="a.ann")] == ["accept"] * 4


def test_what_brat_gives_back_becomes_rulings(desk: Desk, ledger: Ledger) -> None:
    name = ledger.document.ref.id
    standings = desk.standings(name)
    marked = brat.files(standings)[f"{name}.ann"]
    assert {r.act for r in brat.rulings(standings, marked, by=BEN, name="a.ann")} == {"accept"}
    changed = [line for line in marked.splitlines() if not line.startswith("E1\t")]  # one is taken out
    changed = [line.replace("Factuality E3 CT+", "Factuality E3 PS+") for line in changed]
    start = ledger.document.text.index("ferry")
    changed += [f"T99\tContent {start} {start + 5}\tferry", "E99\tAttribution-no-source:T99 Content:T99"]
    found = list(brat.rulings(standings, "\n".join(changed), by=BEN, name="a.ann"))
    assert [r.act for r in found].count("reject") == 1
    (edit,) = (r for r in found if r.act == "edit")
    assert edit.wordings == (Wording(factuality="PS+"),)
    (add,) = (r for r in found if r.act == "add")
    for ruling in found:
        desk.judge(ruling)
    assert any(claim.content.text == "ferry" for claim in desk.ledger(name).claims)
    assert add.document == name


def test_a_file_of_another_text_is_refused_with_its_line(desk: Desk, ledger: Ledger) -> None:
    standings = desk.standings(ledger.document.ref.id)
    with pytest.raises(BadJudgement, match=r"b\.ann, line 1: marks no place"):
        list(brat.rulings(standings, "T1\tContent 1 99999\tx", by=BEN, name="b.ann"))
    with pytest.raises(BadJudgement, match="Factuality is never Sure"):
        list(brat.rulings(standings, "A1\tFactuality E1 Sure", by=BEN, name="b.ann"))


# ---- agreement ----


def test_agreement_counts_what_two_have_ruled_on(desk: Desk, ledger: Ledger) -> None:
    _, bolt, mole, inner = ledger.claims
    desk.rule("accept", BEN, mole, seen=None)
    desk.rule("accept", BEN, inner, seen=None)
    found = desk.agreement()
    assert (found.claims, found.independent, found.raw) == (2, 2, 0.5)
    (pair,) = found.pairs
    assert (pair.a, pair.b, pair.claims, pair.kappa) == (ANN, BEN, 2, 0.0)
    desk.rule("edit", BEN, bolt, wordings=[Wording(name="Ann Lee")])
    assert (desk.agreement().claims, desk.agreement().independent) == (3, 2)
    assert [(r.name, r.in_force) for r in desk.reviewers()] == [(ANN, 5), (BEN, 3)]


def test_kappa_and_alpha_are_none_where_chance_explains_all() -> None:
    assert kappa([("accept", "accept")] * 9) is None
    assert alpha([["accept", "accept"]] * 9) is None
    assert kappa([("accept", "reject"), ("reject", "accept")]) == -1.0


def test_alpha_is_that_of_krippendorff_s_example() -> None:
    """Four observers, twelve units, some values missing (Krippendorff 2011)."""
    units = ["111", "2232", "3333", "3333", "2222", "1234", "4444", "1112", "2222", "555", "11", "3"]
    assert alpha([list(unit) for unit in units]) == pytest.approx(0.743, abs=0.0005)


# ---- the reader, scored on a desk's own rulings ----


def test_the_reader_is_scored_on_what_people_settled(desk: Desk, ledger: Ledger) -> None:
    measured = measure([desk.standings(ledger.document.ref.id)])
    assert measured.states == {"accepted": 1, "edited": 2, "rejected": 1}
    assert (measured.kept.hits, measured.not_rejected.hits, measured.kept.n) == (1, 3, 4)
    assert measured.pairs == 1
    assert measured.edited.exact["content"].hits == 0
    assert 0.8 < measured.edited.characters["content"].f1 < 1
    assert measured.complete == 1
    assert (measured.whole.linked.predicted, measured.whole.linked.gold) == (4, 5)


def test_an_open_claim_keeps_its_document_out_of_the_recall(desk: Desk, ledger: Ledger) -> None:
    desk.rule("reject", BEN, ledger.claims[2])
    measured = measure([desk.standings(ledger.document.ref.id)])
    assert (measured.complete, measured.kept.n, measured.states["disputed"]) == (0, 3, 1)
