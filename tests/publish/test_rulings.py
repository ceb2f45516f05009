"""The words for rulings, and a claim's fields side by side."""

from __future__ import annotations

from sayso.publish.rulings import columns, rows, state
from sayso.review import Wording
from tests.review.made import ANN, BEN, CAT, TEXT, Desk, a_ledger, at


def test_the_words_say_who_did_what_and_never_who_is_right() -> None:
    ledger = a_ledger()
    desk = Desk(ledger)
    bridge, bolt, mole, inner = ledger.claims
    assert state(desk.standing(bridge.id)) == "nobody has ruled on it"
    desk.rule("accept", ANN, bridge)
    desk.rule("accept", BEN, bridge)
    assert state(desk.standing(bridge.id)) == "accepted by Ann and Ben"
    desk.rule("edit", CAT, bridge, wordings=[Wording(factuality="PS+")])
    assert state(desk.standing(bridge.id)) == (
        "reviewers disagree: Ann accepted it, Ben accepted it and Cat put it otherwise"
    )
    desk.rule("unsure", ANN, bolt)
    assert state(desk.standing(bolt.id)) == "left open by Ann"
    desk.rule("reject", BEN, bolt)
    assert state(desk.standing(bolt.id)) == "left open: Ann left it open and Ben rejected it"
    desk.rule("reject", "\u202eEve", mole)
    assert state(desk.standing(mole.id)) == "rejected by ⟨U+202E⟩Eve"
    assert state(desk.standing(inner.id)) == "nobody has ruled on it"


def test_fields_stand_side_by_side_and_those_that_differ_are_told() -> None:
    ledger = a_ledger()
    desk = Desk(ledger)
    bolt = ledger.claims[1]
    desk.rule("edit", ANN, bolt, wordings=[Wording(source=at("Ann Lee"))])
    desk.rule("reject", BEN, bolt)
    found = columns(desk.standing(bolt.id))
    assert [who for who, _ in found] == ["The reader", "Ann", "Ben"]
    table = {row.name: row for row in rows(TEXT, [claim for _, claim in found])}
    assert table["source"].values == ("she", "Ann Lee", "—")
    assert [name for name, row in table.items() if len(set(row.values[:2])) > 1] == ["source", "name"]


def test_who_split_a_claim_has_no_column_of_it() -> None:
    ledger = a_ledger()
    desk = Desk(ledger)
    bridge = ledger.claims[0]
    parts = [Wording(content=at("that the bridge was safe")), Wording(content=at("that the ferry would sail"))]
    one, _ = desk.rule("split", ANN, bridge, wordings=parts).gives
    assert [who for who, _ in columns(desk.standing(bridge.id))] == ["The reader"]
    assert columns(desk.standing(one.id)) == (("Ann", one),)
