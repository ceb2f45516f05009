"""What a table shows on a claim, and what it may not be read to show."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from sayso.case import knowledge
from sayso.check.checking import Checker, ask, ready
from sayso.check.dyads import DyadTable
from sayso.check.events import EventTable
from sayso.check.findings import Answer, Finding
from sayso.check.lists import ListTable
from sayso.check.questions import EventQuestion, ListQuestion, OrderQuestion, Side, in_words
from sayso.check.tables.table import Table
from sayso.check.words import check_words
from sayso.records import Claim, Document, DocumentRef, Event, Ledger, Party, Phrase, Quantity, When
from sayso.spans import Span
from tests.check import made
from tests.check.made import table, tables

ALIASES, WORDS = knowledge().aliases, check_words()
IS = Side(name="ISIS", entities=("islamic-state",))
STATE = Side(name="Syrian government", entities=("syria-government-until-2024",))
FRONT = Side(name="Harbour Front")
CIVILIANS = Side(name="civilians", group="civilians")
REBELS = Side(name="rebel groups", group="rebels")
MARCH = {"since": date(2014, 3, 1), "until": date(2014, 3, 31)}
DAY = {"since": date(2016, 1, 1), "until": date(2016, 1, 1)}


def asked(content: str, question: EventQuestion) -> Answer:
    found = table("t.csv", content)
    assert found.events is not None
    return EventTable(found, found.events, ALIASES, WORDS).answer(question)


def question(what: Any, **values: Any) -> EventQuestion:
    return EventQuestion(ask=what, **values)


# ---- exists, none ----


def test_sides_that_fought_each_other() -> None:
    found = asked(made.GED_14, question("exists", actor=IS, other=FRONT, mutual=True, **MARCH))
    assert (found.finding, found.rows, found.matched) == ("consistent", ("12",), 1)
    assert any("lethal events only" in caveat for caveat in found.caveats)


def test_a_table_without_direction_does_not_tell_who_attacked() -> None:
    found = asked(made.GED_14, question("exists", actor=STATE, other=IS))
    assert found.finding == "partly"
    assert "does not tell which side acted" in found.reason
    assert asked(made.GED_14, question("exists", actor=IS, other=CIVILIANS)).finding == "consistent"  # one-sided


def test_fighting_with_nobody_named_is_half_a_question() -> None:
    found = asked(made.GED_41, question("exists", actor=IS, place="Karsk", mutual=True))
    assert (found.finding, "with whom it fought is not asked" in found.reason) == ("partly", True)


def test_what_is_not_found_is_never_refuted() -> None:
    for values in ({"actor": STATE, "other": FRONT}, {"actor": STATE, "other": IS, "since": date(2014, 4, 2)}):
        found = asked(made.GED_14, question("exists", mutual=True, **values))
        assert found.finding == "not_in_coverage"
    assert "only if somebody died" in found.reason


def test_nothing_happened() -> None:
    never = question("none", actor=STATE, other=FRONT, mutual=True)
    assert asked(made.GED_14, never).finding == "partly"
    fought = question("none", actor=IS, other=FRONT, mutual=True)
    assert asked(made.GED_14, fought).finding == "inconsistent"
    attacked = question("none", actor=STATE, other=IS)
    found = asked(made.GED_14, attacked)
    assert (found.finding, found.matched) == ("not_checkable", 1)


def test_a_weapon_that_no_table_has() -> None:
    found = asked(made.GED_14, question("none", actor=STATE, other=IS, weapon="barrel bomb"))
    assert found.finding == "not_checkable"
    assert "barrel bomb" in found.reason


def test_outside_of_days_places_and_sides() -> None:
    late = asked(made.GED_14, question("exists", actor=IS, other=FRONT, since=date(2020, 1, 1)))
    assert (late.finding, late.reason) == ("not_in_coverage", "the table has rows from 2014-03-05 to 2014-04-30 only")
    nobody = asked(made.GED_14, question("exists", actor=Side(name="Dockers"), other=IS))
    assert nobody.finding == "not_in_coverage"
    elsewhere = asked(made.GED_41, question("exists", actor=IS, place="Orl"))
    assert (elsewhere.finding, "“Orl”" in elsewhere.reason) == ("not_in_coverage", True)
    unsettled = Side(name="the regime", doubt="it is not settled who “the regime” is")
    assert asked(made.GED_14, question("exists", actor=unsettled, other=IS)).finding == "not_checkable"
    assert asked(made.GED_14, question("exists", actor=IS, place="Karsk")).finding == "not_checkable"  # no places there


def test_the_kind_of_attack_is_asked_of_tables_that_tell_it() -> None:
    flown = question("exists", actor=STATE, other=IS, mode="aerial", place="Karsk")
    found = asked(made.ACLED, flown)
    assert (found.finding, found.rows) == ("partly", ("SYR1",))  # not who did it
    shot = asked(made.ACLED, question("exists", actor=STATE, other=IS, mode="heavy-weapons"))
    assert shot.finding == "not_in_coverage"
    assert "cannot be asked" in asked(made.GED_41, question("exists", actor=STATE, other=IS, mode="aerial")).reason


def test_a_claim_that_goes_beyond_the_table() -> None:
    long = question("none", actor=STATE, other=FRONT, mutual=True, until=date(2031, 1, 1))
    found = asked(made.GED_14, long)
    assert found.finding == "not_in_coverage"
    assert "The claim's days go beyond the table's, which are 2014-03-05 to 2014-04-30." in found.caveats
    assert "It has rows of Syria only." in found.caveats


def test_a_side_spelled_much_alike_is_possible() -> None:
    found = asked(made.GED_14, question("exists", actor=IS, other=Side(name="Harber Front")))
    assert (found.finding, [p.name for p in found.possible]) == ("not_in_coverage", ["Harbour Front"])


# ---- deaths ----


@pytest.mark.parametrize(
    ("low", "high", "finding"),
    [(12, 12, "consistent"), (14, None, "consistent"), (10, 10, "consistent"), (16, None, "inconsistent"),
     (40, 40, "inconsistent"), (None, 9, "inconsistent"), (3, 3, "inconsistent")],
)  # fmt: skip
def test_deaths_of_one_place_and_day(low: float | None, high: float | None, finding: str) -> None:
    found = asked(made.GED_41, question("deaths", actor=STATE, place="Karsk", low=low, high=high, **DAY))
    assert (found.finding, found.numbers) == (finding, {"low": 10, "best": 12, "high": 15})


def test_about_a_number_leaves_some_room() -> None:
    wide = question("deaths", actor=STATE, place="Karsk", low=18, high=18, approximate=True, **DAY)
    assert asked(made.GED_41, wide).finding == "consistent"


def test_deaths_of_a_year_may_be_those_of_another_event() -> None:
    year = {"since": date(2016, 1, 1), "until": date(2016, 12, 31)}
    found = asked(made.GED_41, question("deaths", actor=IS, low=100, high=100, **year))
    assert (found.finding, found.matched) == ("partly", 2)
    one = asked(made.GED_41, question("deaths", actor=IS, low=7, high=7, **year))
    assert (one.finding, "by itself" in one.reason) == ("consistent", True)


def test_deaths_of_civilians() -> None:
    found = asked(made.GED_41, question("deaths", actor=STATE, place="Karsk", low=8, high=8, civilians=True, **DAY))
    assert found.finding == "consistent"
    without = asked(made.GED_14, question("deaths", actor=STATE, low=2, high=2, civilians=True))
    assert without.finding == "not_checkable"


def test_a_mode_that_is_not_asked_makes_a_fitting_number_fit_in_part() -> None:
    found = asked(made.GED_41, question("deaths", actor=STATE, place="Karsk", low=12, high=12, mode="aerial", **DAY))
    assert found.finding == "partly"


# ---- shares ----


def many(with_state: int, with_rebels: int, with_civilians: int) -> str:
    head = made.GED_14.splitlines()[0]
    sides = [("Government of Syria", "IS")] * with_state + [("IS", "Front, Guard")] * with_rebels
    rows = [f"{n},2014,5,1,Syria,1,x,{a},\"{b}\",1,1,1,1,1" for n, (a, b) in enumerate(
        sides + [("IS", "Civilians")] * with_civilians)]  # fmt: skip
    return "\n".join([head, *rows])


@pytest.mark.parametrize(
    ("stated", "finding"), [(64, "consistent"), (60, "consistent"), (75, "partly"), (95, "inconsistent")]
)
def test_a_stated_share(stated: float, finding: str) -> None:
    found = asked(many(60, 320, 120), question("share", actor=IS, other=REBELS, low=stated, high=stated, mutual=True))
    assert (found.finding, found.numbers["percent"], found.numbers["of"]) == (finding, 64.0, 500)
    assert any("No window was given" in caveat for caveat in found.caveats)


@pytest.mark.parametrize(("state", "finding"), [(20, "consistent"), (100, "partly"), (300, "inconsistent")])
def test_rarely(state: int, finding: str) -> None:
    rarely = question("share", actor=IS, other=STATE, word="rarely", most=(10.0, 25.0), mutual=True)
    assert asked(many(state, 500 - state, 0), rarely).finding == finding
    attacked = msgspec.structs.replace(rarely, mutual=False)
    assert asked(many(state, 500 - state, 0), attacked).finding == "partly"  # not who attacked whom


def test_a_share_of_few_events_tells_nothing() -> None:
    found = asked(many(1, 3, 1), question("share", actor=IS, other=REBELS, low=60, high=60))
    assert found.finding == "not_in_coverage"


def test_shares_by_class_of_opponent() -> None:
    found = table("t.csv", many(60, 320, 120))
    assert found.events is not None
    shares = EventTable(found, found.events, ALIASES, WORDS).shares(IS, None, None, "Syria")
    assert shares == {"non-state groups": 320, "civilians": 120, "government": 60}


# ---- order ----


def test_what_came_first() -> None:
    found = table("t.csv", made.GED_14)
    asks = ready(found, ALIASES, WORDS)
    state = question("exists", actor=STATE, other=IS, mutual=True)
    front = question("exists", actor=IS, other=FRONT, mutual=True)
    answer = ask(asks, OrderQuestion(first=state, then=front))
    assert answer is not None
    assert (answer.finding, answer.rows) == ("consistent", ("11", "12"))
    assert "2014-03-05 and of 2014-03-06" in answer.reason
    late = ask(asks, OrderQuestion(first=front, then=state))
    assert late is not None
    assert (late.finding, "may be missing" in late.reason) == ("partly", True)
    nobody = ask(asks, OrderQuestion(first=front, then=question("exists", actor=STATE, other=FRONT)))
    assert nobody is not None
    assert nobody.finding == "not_in_coverage"


# ---- dyads ----


def test_dyads_have_whole_years_and_what_came_first() -> None:
    dyads = DyadTable(table("d.csv", made.DYADIC), ALIASES, WORDS)
    fought = question("exists", actor=IS, other=STATE, mutual=True)
    assert dyads.answer(fought).finding == "consistent"
    assert dyads.first(fought) == date(2013, 5, 2)
    march = question("exists", actor=IS, other=STATE, mutual=True, **MARCH)
    assert dyads.answer(march).finding == "partly"
    late = question("exists", actor=IS, other=STATE, mutual=True, since=date(2019, 1, 1))
    assert dyads.answer(late).finding == "not_in_coverage"
    never = question("none", actor=IS, other=STATE, mutual=True)
    assert dyads.answer(never).finding == "inconsistent"
    assert ask(dyads, question("exists", actor=IS, other=STATE)) is None  # who attacked is another question


# ---- lists ----


def listed(found: Table, **values: Any) -> Answer:
    answer = ask(ListTable(found, WORDS), ListQuestion(**values))
    assert answer is not None
    return answer


def un(**values: Any) -> Answer:
    return listed(table("un.xml", made.UN_XML), authority="UN", **values)


def eu(**values: Any) -> Answer:
    (found,) = tables({"eu/a.yaml": made.EU_YAML, "eu/b.yaml": made.EU_AMENDED})
    assert isinstance(found, Table)
    return listed(found, authority="EU", **values)


def days(since: str, until: str) -> dict[str, date]:
    return {"since": date.fromisoformat(since), "until": date.fromisoformat(until)}


def test_listed_on_the_days_of_the_claim() -> None:
    april = un(name="Tom Reyk", **days("2033-04-01", "2033-04-30"))
    assert (april.finding, april.rows) == ("consistent", ("ORi.001",))
    assert un(name="Tom Reyk").finding == "consistent"
    assert un(name="Tom Reyk", **days("2032-01-01", "2032-12-31")).finding == "inconsistent"
    assert un(name="Tom Reyk", **days("2034-01-01", "2034-12-31")).finding == "partly"


def test_a_date_of_an_amendment_is_no_date_of_listing() -> None:
    found = eu(name="Karsk Harbour Trading", **days("2030-03-01", "2030-03-31"))
    assert found.finding == "partly"
    assert "on or before 2033-02-01" in found.reason
    remarked = eu(name="Timur Hamshov", **days("2031-03-01", "2031-03-31"))
    assert remarked.finding == "consistent"


def test_a_possible_match_is_shown_and_not_used() -> None:
    found = un(name="T. Reyk")
    assert (found.finding, found.rows) == ("not_in_coverage", ())
    assert [(p.row, p.reason) for p in found.possible] == [("ORi.001", "an initial only")]


def test_a_name_that_is_not_there() -> None:
    assert un(name="Mira Sund", **days("2033-01-01", "2033-12-31")).finding == "not_in_coverage"  # may be off it since
    assert un(name="Mira Sund", **days("2036-02-27", "2036-02-27")).finding == "inconsistent"  # complete for its day
    assert un(name="Mira Sund", denied=True, **days("2036-02-27", "2036-02-27")).finding == "consistent"
    assert eu(name="Mira Sund", **days("2036-01-02", "2036-01-02")).finding == "not_in_coverage"  # may be a part


def test_before_a_day() -> None:
    assert eu(name="Karsk Harbour Trading", until=date(2034, 1, 1)).finding == "consistent"
    assert eu(name="Karsk Harbour Trading", until=date(2030, 1, 1)).finding == "partly"
    assert un(name="Tom Reyk", until=date(2034, 1, 1)).finding == "consistent"


def test_a_denied_listing() -> None:
    assert un(name="Tom Reyk", denied=True).finding == "inconsistent"
    assert un(name="Tom Reyk", denied=True, **days("2030-01-01", "2030-12-31")).finding == "consistent"
    assert eu(name="Karsk Harbour Trading", denied=True, **days("2030-01-01", "2030-12-31")).finding == "partly"


def test_how_many_were_listed() -> None:
    year = days("2033-01-01", "2033-12-31")
    assert un(name="1", count=1, **year).finding == "consistent"
    assert un(name="5", count=5, **year).finding == "not_in_coverage"
    assert un(name="1", count=1, **days("2033-01-01", "2034-12-31")).finding == "partly"
    assert un(name="1", count=1).finding == "not_checkable"


def test_a_list_of_somebody_else_is_not_asked() -> None:
    asks = ListTable(table("un.xml", made.UN_XML), WORDS)
    assert ask(asks, ListQuestion(name="Tom Reyk", authority="EU")) is None


# ---- from claims ----

TEXT = "The EU sanctioned Tom Reyk in April 2033. ISIS rarely attacked rebel groups. IS did not drop one barrel bomb."


def party(name: str) -> Party:
    return Party(spans=(Span(0, 1),), text=name, name=name)


def claimed(word: str, **values: Any) -> Event:
    at = TEXT.index(word)
    trigger = Phrase(spans=(Span(at, at + len(word)),), text=word)
    return Event(**{"type": "ASSAULT", "trigger": trigger, "plover": "ASSAULT", **values})


def findings(*events: Event, text: str = TEXT, published: str = "2034-01-01") -> list[Finding]:
    ref = DocumentRef(id="d1", path="a.txt", published=published, sha256="0")
    content = Phrase(spans=(Span(0, len(text)),), text=text)
    claim = Claim(id="c1", document=ref, kind="authorial", content=content, events=events, found_by="t", score=1.0)
    files = {"un.xml": made.UN_XML, "eu.xml": made.EU_XML.replace("Pia Holm", "Tom Reyk"), "ged.csv": made.GED_14}
    loaded = [found for found in tables(files) if isinstance(found, Table)]
    ledger = Ledger(document=Document(ref=ref, text=text), claims=(claim,))
    return list(Checker(loaded, ALIASES, WORDS).findings(ledger))


APRIL = When(value="2033-04", spans=(Span(0, 1),), earliest="2033-04-01", latest="2033-04-30")


def test_a_claim_of_sanctions_goes_to_the_list_that_it_names() -> None:
    event = claimed("sanctioned", type="SANCTION", actor=party("EU"), recipient=party("Tom Reyk"), time=APRIL)
    (found,) = findings(event)
    assert (found.claim, found.event, found.table.split("@")[0]) == ("c1", 0, "eu.xml")
    assert found.query == "Is Tom Reyk on the EU list, listed between 2033-04-01 and 2033-04-30?"
    assert found.parameters["authority"] == "EU"
    assert found.finding == "partly"  # listed before
    assert len(found.sha256) == 64


def test_since_a_year_is_listed_in_that_year() -> None:
    time = When(value="2033/..", spans=(Span(0, 1),), earliest="2033-01-01")
    (found,) = findings(
        claimed("sanctioned", type="SANCTION", actor=party("EU"), recipient=party("Tom Reyk"), time=time)
    )
    assert found.query.endswith("listed between 2033-01-01 and 2033-12-31?")


def test_before_between_two_deeds() -> None:
    text = "ISIS fought the Syrian government before it attacked civilians."
    one, other = (
        Event(type="ASSAULT", plover="ASSAULT", actor=party("ISIS"), recipient=party(whom),
              trigger=Phrase(spans=(Span(text.index(word), text.index(word) + len(word)),), text=word))
        for word, whom in (("fought", "Syrian government"), ("attacked", "civilians"))
    )  # fmt: skip
    (order,) = [f for f in findings(one, other, text=text, published="2014-12-01") if f.parameters["ask"] == "order"]
    assert (order.event, order.finding, order.parameters["first_other"]) == (1, "consistent", "Syrian government")


def test_words_of_share_and_weapon_count_where_they_stand_by_the_deed() -> None:
    (rarely,) = findings(claimed("attacked", actor=party("ISIS"), recipient=party("rebel groups")))
    assert (rarely.parameters["ask"], rarely.parameters["word"]) == ("share", "rarely")
    bomb = claimed("drop", actor=party("IS"), recipient=party("ISIS"), negated=True)
    (none,) = findings(bomb)
    assert (none.finding, none.parameters["weapon"]) == ("not_checkable", "barrel bomb")


@pytest.mark.parametrize("values", [{"hypothetical": True}, {"future": True}, {"factuality": "Uu"}, {"type": "AID"}])
def test_what_is_not_said_to_have_happened_is_not_asked(values: dict[str, Any]) -> None:
    assert findings(claimed("attacked", actor=party("ISIS"), recipient=party("rebel groups"), **values)) == []


def test_a_denied_number_is_not_checked() -> None:
    killed = Quantity(kind="killed", unit="people", low=5, high=5, spans=(Span(0, 1),), text="5 people")
    event = claimed("attacked", actor=party("ISIS"), quantities=(killed,), negated=True)
    (found,) = findings(event)
    assert (found.finding, "denies a number" in found.reason) == ("not_checkable", True)


def test_a_description_is_nobody() -> None:
    (found,) = findings(claimed("attacked", actor=party("the regime"), recipient=party("ISIS")))
    assert (found.finding, found.reason) == ("not_checkable", "it is not settled who “the regime” is")


def test_a_question_in_words() -> None:
    killed = question("deaths", actor=IS, place="Karsk", low=5, **DAY)
    assert in_words(killed) == "Did at least 5 people die in events in which ISIS is a side in Karsk on 2016-01-01?"
