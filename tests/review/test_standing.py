"""What rulings add up to: states, disagreement, undo, the ledger as reviewed."""

from __future__ import annotations

import msgspec
import pytest

from sayso.errors import BadJudgement, NotFound
from sayso.records import Claim, Ledger
from sayso.review import Standings, Wording
from sayso.review.judgements import Judgement
from tests.review.made import ANN, BEN, CAT, Desk, a_ledger, at


@pytest.fixture
def ledger() -> Ledger:
    return a_ledger()


@pytest.fixture
def desk(ledger: Ledger) -> Desk:
    return Desk(ledger)


def state(desk: Desk, claim: Claim) -> str:
    return desk.standing(claim.id).state


def contents(ledger: Ledger) -> list[str]:
    return [claim.content.text for claim in ledger.claims]


def reviewed(desk: Desk, ledger: Ledger) -> Ledger:
    return desk.ledger(ledger.document.ref.id)


def test_a_claim_on_which_nobody_ruled_is_unreviewed_and_stays(desk: Desk, ledger: Ledger) -> None:
    assert {standing.state for standing in desk.standings(ledger.document.ref.id)} == {"unreviewed"}
    assert reviewed(desk, ledger) == ledger


@pytest.mark.parametrize(
    ("act", "told", "stays"), [("accept", "accepted", True), ("reject", "rejected", False), ("unsure", "unsure", True)]
)
def test_what_one_person_rules(desk: Desk, ledger: Ledger, act: str, told: str, stays: bool) -> None:  # noqa: FBT001
    bolt = ledger.claims[1]
    desk.rule(act, ANN, bolt, why="as I heard it")
    assert state(desk, bolt) == told
    assert (bolt in reviewed(desk, ledger).claims) == stays


def test_an_edit_keeps_the_machine_value_and_puts_the_person_s_in_place(desk: Desk, ledger: Ledger) -> None:
    bolt = ledger.claims[1]
    judgement = desk.rule("edit", ANN, bolt, wordings=[Wording(source=at("Ann Lee"), factuality="PR+")])
    standing = desk.standing(bolt.id)
    assert standing.state == "edited"
    assert standing.machine == bolt
    assert judgement.on == (bolt,)
    (now,) = standing.now
    assert (now.id, now.factuality, now.source and now.source.name) == (bolt.id, "PR+", "Ann Lee")
    assert now in reviewed(desk, ledger).claims
    assert bolt not in reviewed(desk, ledger).claims
    assert ledger.claims[1] == bolt


def test_an_edited_content_has_an_id_of_its_own_to_which_the_old_one_leads(desk: Desk, ledger: Ledger) -> None:
    mole, inner = ledger.claims[2:]
    judgement = desk.rule("edit", ANN, mole, wordings=[Wording(content=at("Tom Reyk had said the mole was closed"))])
    (new,) = judgement.gives
    assert new.id != mole.id
    assert desk.standings(ledger.document.ref.id).stands(mole.id) == (new,)
    assert [entry.judgement for entry in desk.history(new.id)] == [judgement]
    assert [entry.judgement for entry in desk.history(mole.id)] == [judgement]
    nested = next(claim for claim in reviewed(desk, ledger).claims if claim.id == inner.id)
    assert nested.via == new.id


def test_a_claim_in_a_rejected_one_goes_up_to_what_stands(desk: Desk, ledger: Ledger) -> None:
    mole, inner = ledger.claims[2:]
    desk.rule("reject", ANN, mole)
    (nested,) = (claim for claim in reviewed(desk, ledger).claims if claim.id == inner.id)
    assert nested.via is None


def test_a_split_and_a_merge_of_its_parts_give_the_claim_back(desk: Desk, ledger: Ledger) -> None:
    bridge = ledger.claims[0]
    halves = [Wording(content=at("that the bridge was safe")), Wording(content=at("that the ferry would sail"))]
    split = desk.rule("split", ANN, bridge, wordings=halves)
    assert contents(reviewed(desk, ledger))[:2] == ["that the bridge was safe", "that the ferry would sail"]
    assert state(desk, bridge) == "edited"
    assert {c.source.text for c in split.gives if c.source} == {"Ann Lee"}
    whole = Wording(content=bridge.content.spans)
    desk.rule("merge", ANN, *split.gives, wordings=[whole])
    assert contents(reviewed(desk, ledger)) == contents(ledger)
    assert len(desk.history(bridge.id)) == 2


def test_a_merge_without_a_wording_takes_all_contents(desk: Desk, ledger: Ledger) -> None:
    bridge, bolt = ledger.claims[:2]
    (both,) = desk.rule("merge", ANN, bolt, bridge).gives
    assert both.content.spans == (*bridge.content.spans, *bolt.content.spans)
    assert both.source is not None
    assert both.source.text == "Ann Lee"
    assert len(reviewed(desk, ledger).claims) == 3


def test_what_the_machine_missed_is_added_and_may_be_rejected_by_another(desk: Desk, ledger: Ledger) -> None:
    document = ledger.document.ref.id
    missed = Wording(content=at("the ferry would sail"), source=at("Ann Lee"), cue=at("said on"))
    (added,) = desk.rule("add", ANN, document=document, wordings=[missed]).gives
    assert state(desk, added) == "added"
    assert added in reviewed(desk, ledger).claims
    desk.rule("reject", BEN, added)
    assert state(desk, added) == "disputed"
    assert added in reviewed(desk, ledger).claims


def test_two_who_add_the_same_agree(desk: Desk, ledger: Ledger) -> None:
    document = ledger.document.ref.id
    missed = Wording(content=at("the ferry would sail"), source=at("Ann Lee"), cue=at("said on"))
    (one,) = desk.rule("add", ANN, document=document, wordings=[missed]).gives
    (two,) = desk.rule("add", BEN, document=document, wordings=[missed]).gives
    assert one.id == two.id
    assert state(desk, one) == "added"
    assert len(reviewed(desk, ledger).claims) == 5


def test_one_who_adds_two_sources_of_one_content_has_two_claims(desk: Desk, ledger: Ledger) -> None:
    document = ledger.document.ref.id
    for source in ("Ann Lee", "The ministry"):
        desk.rule("add", ANN, document=document, wordings=[Wording(content=at("every bolt"), source=at(source))])
    assert len(reviewed(desk, ledger).claims) == 6


def test_reviewers_who_rule_unlike_are_shown_and_neither_wins(desk: Desk, ledger: Ledger) -> None:
    bolt = ledger.claims[1]
    desk.rule("reject", ANN, bolt)
    desk.rule("accept", BEN, bolt)
    standing = desk.standing(bolt.id)
    assert standing.state == "disputed"
    assert [(r.by, r.act) for r in standing.rulings] == [(ANN, "reject"), (BEN, "accept")]
    assert bolt in reviewed(desk, ledger).claims
    desk.rule("accept", ANN, bolt)  # comes round
    assert state(desk, bolt) == "accepted"


def test_who_accepts_another_s_wording_agrees_with_it(desk: Desk, ledger: Ledger) -> None:
    bolt = ledger.claims[1]
    desk.rule("edit", ANN, bolt, wordings=[Wording(name="Ann Lee")])
    desk.rule("accept", BEN, bolt)
    assert state(desk, bolt) == "edited"
    assert len(desk.standing(bolt.id).rulings) == 2


def test_unsure_leaves_open_what_another_settled(desk: Desk, ledger: Ledger) -> None:
    bolt = ledger.claims[1]
    desk.rule("edit", ANN, bolt, wordings=[Wording(name="Ann Lee")])
    desk.rule("unsure", BEN, bolt)
    assert state(desk, bolt) == "unsure"
    assert bolt in reviewed(desk, ledger).claims


def test_a_ruling_on_what_has_changed_meanwhile_is_kept_and_says_so(desk: Desk, ledger: Ledger) -> None:
    bolt = ledger.claims[1]
    seen_by_ben = desk.standings(ledger.document.ref.id).last
    edit = desk.rule("edit", ANN, bolt, wordings=[Wording(name="Ann Lee")])
    accept = desk.rule("accept", BEN, bolt, seen=seen_by_ben)
    assert accept.on == (bolt,), "what Ben saw"
    assert state(desk, bolt) == "disputed"
    first, second = desk.history(bolt.id)
    assert (first.crossed, second.crossed) == ((), (edit.id,))
    agrees = desk.rule("accept", CAT, bolt, seen=accept.id)
    assert desk.history(bolt.id)[-1].judgement == agrees
    assert desk.history(bolt.id)[-1].crossed == ()


def test_a_machine_that_changed_its_mind_asks_for_another_look(desk: Desk, ledger: Ledger) -> None:
    bolt = ledger.claims[1]
    desk.rule("accept", ANN, bolt)
    same = msgspec.structs.replace(bolt, score=0.1, found_by="reader:2")
    again = Desk(msgspec.structs.replace(ledger, claims=(same,)))
    again.shelf.kept = desk.shelf.kept
    assert state(again, same) == "accepted"
    other = msgspec.structs.replace(bolt, factuality="PS+", found_by="reader:2")
    changed = Desk(msgspec.structs.replace(ledger, claims=(other,)))
    changed.shelf.kept = list(desk.shelf.kept)
    assert state(changed, other) == "changed"
    assert reviewed(changed, ledger).claims == (other,)
    changed.rule("reject", BEN, other)
    assert state(changed, other) == "rejected"


def test_a_claim_that_the_machine_no_longer_makes_keeps_its_rulings(desk: Desk, ledger: Ledger) -> None:
    bolt = ledger.claims[1]
    desk.rule("reject", ANN, bolt)
    after = Standings(msgspec.structs.replace(ledger, claims=()), desk.shelf.kept)
    assert (after[bolt.id].state, after[bolt.id].claim, after[bolt.id].machine) == ("changed", bolt, None)
    assert after.reviewed().claims == ()


def test_undo_and_undoing_that(desk: Desk, ledger: Ledger) -> None:
    bolt = ledger.claims[1]
    accept = desk.rule("accept", ANN, bolt)
    reject = desk.rule("reject", ANN, bolt)
    undo = desk.undo(reject)
    assert state(desk, bolt) == "accepted"
    redo = desk.undo(undo)
    assert state(desk, bolt) == "rejected"
    history = desk.history(bolt.id)
    assert [entry.judgement for entry in history] == [accept, reject, undo, redo]
    assert [entry.in_force for entry in history] == [True, True, False, True]
    assert [entry.undone_by for entry in history] == [None, None, redo.id, None]


def test_an_added_claim_that_is_undone_is_withdrawn_and_not_forgotten(desk: Desk, ledger: Ledger) -> None:
    add = desk.rule("add", ANN, document=ledger.document.ref.id, wordings=[Wording(content=at("every bolt"))])
    desk.undo(add)
    (added,) = add.gives
    assert state(desk, added) == "withdrawn"
    assert reviewed(desk, ledger) == ledger
    assert len(desk.history(added.id)) == 2


@pytest.mark.parametrize(
    ("ruling", "told"),
    [
        ({"act": "accept", "by": " "}, "name"),
        ({"act": "edit", "by": ANN}, "wordings"),
        ({"act": "merge", "by": ANN}, "claims"),
        ({"act": "edit", "by": ANN, "wordings": [Wording(content=())]}, "mark its content"),
        ({"act": "split", "by": ANN, "wordings": [Wording(), Wording()]}, "very same words"),
        ({"act": "edit", "by": ANN, "wordings": [Wording(content=at("We…bolt")[:1] + at(" she"))]}, None),
        ({"act": "edit", "by": ANN, "wordings": [Wording(cue=(at("bolt")[0].__class__(9_000, 9_001),))]}, "characters"),
        ({"act": "edit", "by": ANN, "wordings": [Wording(cue=at("\n\n"))]}, "white space"),
        ({"act": "edit", "by": ANN, "wordings": [Wording(source=(), name="Ann")]}, "mark the words"),
    ],
)
def test_a_ruling_that_cannot_be_made_says_what_to_do(
    desk: Desk, ledger: Ledger, ruling: dict[str, object], told: str | None
) -> None:
    act, by = str(ruling.pop("act")), str(ruling.pop("by"))
    if told is None:
        desk.rule(act, by, ledger.claims[1], **ruling)  # type: ignore[arg-type] # whatever the case says
        return
    with pytest.raises(BadJudgement, match=told):
        desk.rule(act, by, ledger.claims[1], **ruling)  # type: ignore[arg-type] # whatever the case says
    assert desk.shelf.kept == []


def test_only_whoever_made_a_judgement_undoes_it_and_once(desk: Desk, ledger: Ledger) -> None:
    accept = desk.rule("accept", ANN, ledger.claims[1])
    with pytest.raises(BadJudgement, match="Ann's"):
        desk.rule("undo", BEN, undoes=accept.id)
    desk.undo(accept)
    with pytest.raises(BadJudgement, match="undone already"):
        desk.undo(accept)


def test_a_claim_that_was_not_shown_cannot_be_ruled_on(desk: Desk, ledger: Ledger) -> None:
    (added,) = desk.rule(
        "add", ANN, document=ledger.document.ref.id, wordings=[Wording(content=at("every bolt"))]
    ).gives
    with pytest.raises(NotFound, match="look at the document again"):
        desk.rule("accept", BEN, added, seen=None)


def test_a_selection_is_trimmed_and_keeps_its_words(desk: Desk, ledger: Ledger) -> None:
    (given,) = desk.rule("edit", ANN, ledger.claims[1], wordings=[Wording(content=at(" checked every "))]).gives
    assert given.content.text == "checked every"
    assert [span.of(ledger.document.text) for span in given.content.spans] == ["checked every"]


def test_a_judgement_names_what_it_is_made_of(desk: Desk, ledger: Ledger) -> None:
    judgement: Judgement = desk.rule("accept", "  Ann \n Lee ", ledger.claims[1], why="  heard it ")
    assert (judgement.by, judgement.why) == ("Ann Lee", "heard it")
    assert judgement.on[0].found_by == "reader:1"
    assert msgspec.json.decode(msgspec.json.encode(judgement), type=Judgement) == judgement
