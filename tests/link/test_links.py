"""What stands between articles: who has what from whom, the same claim, its origins, what differs."""

from __future__ import annotations

from sayso.records import Ledger, When
from sayso.spans import Span
from tests.link.articles import Linked, article

WIRE = (
    "LENZ (Norwire) - [content 1|The third gate of the Lenz dam had been left open since Friday], [source 1|a senior "
    "official of the water board] [cue 1|said]. The river Arl burst its banks on Sunday night and flooded the lower "
    "town of Morrow, where rescuers searched cellars until dawn with boats and lamps."
)
SHORTER = (
    "[content 1|The third gate of the Lenz dam had been left open since Friday], [source 1|a senior official of the "
    "water board] [cue 1|said]. The river Arl burst its banks on Sunday night and flooded the lower town of Morrow. "
    "(Norwire)"
)
OWN = (
    "[source 1|Ida Fenn, who keeps sheep below the dam], [cue 1|said] [content 1|gate three of the Lenz dam stood open "
    "from Friday on]. She had seen it on her way to market. It was a wet spring, and hay is dear this year."
)
UNNAMED = {1: {"anonymous": True, "name": "a senior official", "type": "person"}}
NAMED = {1: {"name": "Ida Fenn", "type": "person"}}


def test_ten_reprints_of_one_wire_story_are_one_origin() -> None:
    wire = article("Norwire", 11, WIRE, UNNAMED)
    prints = [article(f"Town Paper {n}", 12, SHORTER + f" Weather in town {n}: rain.", UNNAMED) for n in range(10)]
    found = Linked(wire, *prints)
    assert all(relation == "reprint" and to == "Norwire" for _, relation, to in found.derived)
    assert len(found.derived) == 10
    assert found.origins()[0] == (1, 1)
    (origin,) = max(found.clusters, key=lambda c: len(c.documents)).origins.items
    assert origin.kind == "anonymous_official"
    assert origin.heard == (wire.document.ref.id,)


def test_a_second_person_who_saw_it_is_a_second_origin() -> None:
    found = Linked(article("Norwire", 11, WIRE, UNNAMED), article("Arl Post", 11, OWN, NAMED))
    assert found.derived == set()
    assert found.origins() == [(2, 2)]


def test_one_person_is_one_origin_to_whomever_they_speak() -> None:
    again = (
        "Our reporter met [source 1|Ms. Fenn] at the fair. [content 1|On Friday gate three of the Lenz dam was already "
        "open], [cue 1|said] she. The fair was well visited, and a calf with two heads was shown."
    )
    found = Linked(article("Arl Post", 11, OWN, NAMED), article("Morrow Herald", 13, again, NAMED))
    assert found.origins() == [(1, 1)]
    (origin,) = found.clusters[0].origins.items
    assert len(origin.heard) == 2


def test_two_officials_without_a_name_may_be_one_or_two() -> None:
    other = (
        "[source 1|An official at the water board] [cue 1|confirmed to the Herald that] [content 1|at the Lenz dam "
        "the third gate stood open from Friday on]. Schools are closed, and trains to the coast run late."
    )
    found = Linked(article("Norwire", 11, WIRE, UNNAMED), article("Morrow Herald", 11, other, UNNAMED))
    assert found.origins() == [(1, 2)]
    assert any("may be one" in t.why for t in found.clusters[0].origins.ties)


def test_a_paper_that_tells_it_on_the_words_of_another_adds_no_origin() -> None:
    cites = (
        "[content 1|One gate of the Lenz dam, the third, was open from Friday], [source 1|the Norwire agency] "
        "[cue 1|reported]. The opposition asks for the minister's head, and the minister is abroad."
    )
    found = Linked(
        article("Norwire", 11, WIRE, UNNAMED),
        article("Morrow Herald", 12, cites, {1: {"name": "Norwire", "type": "outlet"}}),
    )
    assert found.derived == {("Morrow Herald", "cites", "Norwire")}
    assert found.origins() == [(1, 1)]


def test_prose_without_credit_is_copied_and_does_not_say_so() -> None:
    lifted = (
        "Floods in the north. The river Arl burst its banks on Sunday night and flooded the lower town of Morrow, "
        "where rescuers searched cellars until dawn. In the south the sun shone on the vineyards, and the harvest of "
        "early beans has begun with much noise and a brass band, as every year in this blessed valley of the Ume."
    )
    found = Linked(article("Norwire", 11, WIRE, UNNAMED), article("Ume Gazette", 12, lifted))
    (edge,) = found.edges
    assert found.derived == {("Ume Gazette", "copies_prose", "Norwire")}
    assert not edge.credited
    assert edge.spans


def test_what_came_through_a_third_is_no_edge() -> None:
    further = SHORTER + " First published by the Morrow Herald."
    found = Linked(
        article("Norwire", 10, WIRE, UNNAMED),
        article("Morrow Herald", 11, SHORTER, UNNAMED),
        article("Arl Post", 12, further, UNNAMED),
    )
    assert ("Arl Post", "reprint", "Morrow Herald") in found.derived
    assert ("Arl Post", "reprint", "Norwire") not in found.derived


def test_a_later_article_is_nobodys_source() -> None:
    found = Linked(article("Norwire", 20, WIRE, UNNAMED), article("Arl Post", 11, SHORTER.replace("(Norwire)", "")))
    assert all(e.to != "Norwire" for e in found.edges)
    assert {(a, b) for a, _, b in found.derived} == {("Norwire", "Arl Post")}


def test_a_quotation_that_was_altered_is_shown_word_by_word() -> None:
    first = '"The minister of water knew of the open gate for three long days," said Ida Fenn.'
    second = '"Minister Orrin Vale knew of the open gate for three long days," said Ida Fenn at the fair.'
    first, second = (f"The fair was full of people from Morrow. {t}" for t in (first, second))
    (found,) = Linked(article("Arl Post", 11, first), article("Ume Gazette", 12, second)).variants
    (reading,) = found.readings
    assert (reading.a and reading.a.text, reading.b and reading.b.text) == (
        "The minister of water",
        "Minister Orrin Vale",
    )


def test_claims_of_other_places_are_neither_the_same_nor_against_each_other() -> None:
    here = "[source 1|The mayor] [cue 1|said] [content 1|twelve people died in the fire at Talmeer on Monday]."
    there = "[source 1|The mayor] [cue 1|said] [content 1|three people died in the fire at Ordo on Monday]."
    found = Linked(article("Arl Post", 11, here), article("Ume Gazette", 11, there))
    assert found.clusters == []
    assert found.against == []


GATE = "[source 1|{who}] [cue 1|{cue}] [content 1|the third gate of the Lenz dam was {what} on Friday]."


def _gate(outlet: str, day: int, who: str, cue: str, what: str, **fields: object) -> Ledger:
    details = {1: {"name": who, "type": "person", **fields}}
    return article(outlet, day, GATE.format(who=who, cue=cue, what=what), details)


def test_a_denial_stands_against_what_it_denies() -> None:
    found = Linked(
        _gate("Arl Post", 11, "Ida Fenn", "said", "open"),
        _gate("Morrow Herald", 12, "Orrin Vale", "denied that", "open", factuality="CT-", speech_act="deny"),
    )
    assert [c.relation for c in found.against] == ["contradicts"]
    assert found.clusters == []


def test_opposites_stand_against_each_other_with_their_words() -> None:
    friday = {"times": (When(value="2031-04-11", spans=(Span(0, 1),), earliest="2031-04-11", latest="2031-04-11"),)}
    found = Linked(
        _gate("Arl Post", 11, "Ida Fenn", "said", "open", **friday),
        _gate("Morrow Herald", 12, "Orrin Vale", "said", "closed", **friday),
    )
    (only,) = found.against
    assert only.relation == "contradicts"
    assert "open" in only.reason
    assert "closed" in only.reason


def test_a_state_that_may_have_changed_since_is_a_later_word() -> None:
    found = Linked(
        _gate("Arl Post", 11, "Ida Fenn", "said", "open"), _gate("Morrow Herald", 12, "Orrin Vale", "said", "closed")
    )
    assert [c.relation for c in found.against] == ["updates"]


def test_a_source_against_itself_is_a_later_word() -> None:
    found = Linked(
        _gate("Arl Post", 11, "Ida Fenn", "said", "open"), _gate("Morrow Herald", 14, "Ida Fenn", "said", "closed")
    )
    assert [c.relation for c in found.against] == ["updates"]
