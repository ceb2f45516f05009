"""Changes, first times, holders of places, shares whose window decides, reviews, lists gathered from others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sayso.case import knowledge
from sayso.check.checking import Checker, ask, ready
from sayso.check.events import EventTable
from sayso.check.findings import Answer, Finding
from sayso.check.questions import EventQuestion, HoldQuestion, ListQuestion, ReviewQuestion, Side, in_words
from sayso.check.tables.table import Table
from sayso.check.words import check_words
from sayso.records import Claim, Document, DocumentRef, Event, Ledger, Party, Phrase, Quantity, When
from sayso.spans import Span
from tests.check import made
from tests.check.made import table
from tests.check.test_kept import holders

ALIASES, WORDS = knowledge().aliases, check_words()
IS = Side(name="ISIS", entities=("islamic-state",))
STATE = Side(name="Syrian government", entities=("syria-government-until-2024",))
REBELS = Side(name="rebel groups", group="rebels")
FRONT, DOCKERS = Side(name="Harbour Front"), Side(name="Dockers")


def spread(*years: tuple[int, int, int]) -> Table:
    """For each year so many events of IS with the state and with rebels, evenly over its days."""
    lines = [made.GED_14.splitlines()[0]]
    for year, *counts in years:
        for side, count in zip(("Government of Syria", "Front"), counts, strict=True):
            for n in range(count):
                day = date(year, 1, 1) + timedelta(days=int(364 * n / max(1, count - 1)))
                lines.append(f"{len(lines)},{day.year},{day.month},{day.day},Syria,1,x,IS,{side},1,1,1,1,1")
    return table("t.csv", "\n".join(lines))


def asked(found: Table, **values: Any) -> Answer:
    assert found.events is not None
    question = EventQuestion(**{"actor": IS, "other": STATE, "mutual": True, **values})
    return EventTable(found, found.events, ALIASES, WORDS).answer(question)


MORE: dict[str, Any] = {"ask": "trend", "word": "increasingly", "change": "more"}
FEWER: dict[str, Any] = {"ask": "trend", "word": "ever fewer", "change": "fewer"}
DOUBLED: dict[str, Any] = {"ask": "trend", "word": "doubled", "factor": 2.0}
DAYS = {"since": date(2012, 1, 1), "until": date(2015, 12, 31)}


def test_more_and_more_in_count_and_share() -> None:
    rising = spread((2012, 20, 200), (2013, 60, 200), (2014, 120, 200), (2015, 200, 200))
    found = asked(rising, **MORE, **DAYS)
    assert found.finding == "consistent"
    assert (found.numbers["before"], found.numbers["after"], found.numbers["times"]) == (80, 320, 3.98)
    assert "80 events from 2012-01-01 to 2013-12-31 and 320 from 2014-01-01 to 2015-12-31" in found.reason
    assert "their share of all events of “ISIS” was 16.7, then 44.4 percent" in found.reason
    assert asked(rising, **FEWER, **DAYS).finding == "inconsistent"
    assert any("fewer reports" in caveat for caveat in found.caveats)
    attacked = asked(rising, **MORE, **DAYS, mutual=False)
    assert (attacked.finding, "which side acted" in attacked.reason) == ("partly", True)


def test_a_count_that_rises_with_all_others_fits_in_part() -> None:
    found = asked(spread((2012, 20, 20), (2013, 60, 60), (2014, 120, 120), (2015, 200, 200)), **MORE, **DAYS)
    assert found.finding == "partly"
    assert "count and share" in found.reason


def test_without_days_several_windows_have_to_agree() -> None:
    swings = spread((2010, 10, 50), (2011, 200, 50), (2012, 200, 50), (2013, 200, 50), (2014, 40, 50), (2015, 60, 50))
    found = asked(swings, **MORE)
    assert found.finding == "partly"
    assert "over one year" in found.reason
    assert "over 4 years" in found.reason
    assert any("several windows" in caveat for caveat in found.caveats)


def test_no_change_and_too_few() -> None:
    flat = asked(spread((2012, 100, 50), (2013, 101, 50), (2014, 99, 50), (2015, 100, 50)), **MORE, **DAYS)
    assert (flat.finding, "stands out from chance" in flat.reason) == ("partly", True)
    assert asked(spread((2012, 2, 50), (2013, 5, 50)), **MORE).finding == "not_in_coverage"


@pytest.mark.parametrize(("after", "finding"), [(200, "consistent"), (190, "consistent"), (1000, "inconsistent")])
def test_doubled(after: int, finding: str) -> None:
    found = asked(spread((2012, 100, 50), (2013, 100, 50), (2014, after, 50), (2015, after, 50)), **DOUBLED, **DAYS)
    assert found.finding == finding
    assert "“doubled” is taken as 2 times as many" in found.reason


def test_a_share_in_words_has_to_hold_in_both_halves_of_its_window() -> None:
    rarely: dict[str, Any] = {"ask": "share", "word": "rarely", "most": (10.0, 25.0)}
    steady = asked(spread((2012, 8, 92), (2013, 8, 92)), **rarely)
    assert (steady.finding, steady.numbers["first_half"], steady.numbers["second_half"]) == ("consistent", 8.0, 8.0)
    turned = asked(spread((2012, 1, 199), (2013, 40, 160)), **rarely)
    assert turned.finding == "partly"
    assert "so that the window decides" in turned.reason
    stated = asked(spread((2012, 1, 199), (2013, 40, 160)), ask="share", low=10.0, high=10.0)
    assert stated.finding == "consistent"  # a figure is one of the whole window; its halves are told


def test_the_first_time() -> None:
    first: dict[str, Any] = {"ask": "first", "word": "for the first time"}
    found = spread((2012, 3, 9), (2014, 30, 9))
    late = asked(found, **first, since=date(2014, 1, 1))
    assert (late.finding, late.matched) == ("inconsistent", 3)
    assert "3 earlier events have these sides, the first of them on 2012-01-01" in late.reason
    early = asked(found, **first, since=date(2012, 1, 1))
    assert (early.finding, "no earlier row was found" in early.reason) == ("partly", True)
    assert asked(found, **first, since=date(2014, 1, 1), mutual=False).finding == "partly"


# ---- who held it ----


@pytest.mark.parametrize(
    ("place", "holder", "since", "until", "denied", "finding"),
    [
        ("Karsk", FRONT, "2031-02-01", "2031-03-01", False, "consistent"),
        ("Karsk", FRONT, "2031-02-01", "2031-03-01", True, "inconsistent"),
        ("Karsk", DOCKERS, "2031-02-01", "2031-03-01", False, "inconsistent"),
        ("Karsk", DOCKERS, "2031-02-01", "2031-03-01", True, "consistent"),
        ("Karsk", FRONT, "2031-05-01", "2031-06-10", False, "partly"),
        ("Karsk", DOCKERS, "2040-01-01", "2040-01-02", False, "consistent"),  # no end is told
        ("Karsk", FRONT, "2029-01-01", "2029-02-01", False, "not_in_coverage"),
        ("Karsk", DOCKERS, "2030-12-01", "2031-02-01", False, "not_in_coverage"),  # nobody on some of the days
    ],
)
def test_who_held_a_place(place: str, holder: Side, since: str, until: str, *, denied: bool, finding: str) -> None:
    days: dict[str, Any] = {"since": date.fromisoformat(since), "until": date.fromisoformat(until)}
    found = ask(ready(holders(), ALIASES, WORDS), HoldQuestion(place=place, holder=holder, denied=denied, **days))
    assert found is not None
    assert found.finding == finding


def test_who_took_a_place() -> None:
    asks = ready(holders(), ALIASES, WORDS)
    for since, finding in (("2031-06-01", "consistent"), ("2031-09-01", "partly"), ("2030-01-01", "not_in_coverage")):
        days: dict[str, Any] = {
            "since": date.fromisoformat(since),
            "until": date.fromisoformat(since) + timedelta(days=30),
        }
        found = ask(asks, HoldQuestion(place="Karsk", holder=DOCKERS, taken=True, **days))
        assert found is not None
        assert found.finding == finding
    assert ask(asks, HoldQuestion(place="Dohl", holder=DOCKERS)) is None  # no such place: "holds" may mean anything
    assert ask(asks, HoldQuestion(place="Karsk", holder=Side(name="Ann Lee"))) is None


# ---- from claims ----


def claimed(text: str, *, table: Table, times: tuple[When, ...] = (), **values: Any) -> list[Finding]:
    ref = DocumentRef(id="d1", path="a.txt", published="2031-02-03", sha256="0")
    content = Phrase(spans=(Span(0, len(text)),), text=text)
    given: dict[str, Any] = {
        "id": "c1",
        "document": ref,
        "kind": "authorial",
        "content": content,
        "found_by": "t",
        "score": 1.0,
    }
    claim = Claim(**given, times=times, **values)
    return list(
        Checker([table], ALIASES, WORDS).findings(Ledger(document=Document(ref=ref, text=text), claims=(claim,)))
    )


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("the Harbour Front controls Karsk", "Did Harbour Front hold Karsk on 2031-02-03?"),
        ("that the town of Karsk is held by the Dockers.", "Did Dockers hold Karsk on 2031-02-03?"),
        (
            "Karsk is in the hands of the Harbour Front and has been for weeks",
            "Did Harbour Front hold Karsk on 2031-02-03?",
        ),
        ("the Harbour Front no longer holds Karsk", "Did Harbour Front not hold Karsk on 2031-02-03?"),
        ("the Harbour Front held Karsk at the time", "Did Harbour Front hold Karsk until 2031-02-03?"),
    ],
)
def test_a_claim_on_who_holds_a_place(text: str, query: str) -> None:
    (found,) = claimed(text, table=holders())
    assert (found.query, found.event) == (query, None)


@pytest.mark.parametrize(
    "text",
    [
        "the Harbour Front held Karsk residents",
        "the Harbour Front held a meeting in Karsk",
        "the Harbour Front could hold Karsk",
        "the Harbour Front wants to control Karsk",
        "Ann Lee holds Karsk dear",
        "the Harbour Front took Karsk",  # when, is the question
        "Harbour Front controls nothing",
    ],
)
def test_what_only_looks_like_holding_is_not_asked(text: str) -> None:
    assert claimed(text, table=holders()) == []


def test_a_denied_holding_and_several_times() -> None:
    (found,) = claimed("the Harbour Front controls Karsk", table=holders(), factuality="CT-")
    assert found.finding == "inconsistent"
    times = tuple(When(value=v, spans=(Span(0, 1),), earliest=v, latest=v) for v in ("2031-01-01", "2031-02-01"))
    assert claimed("the Harbour Front held Karsk on the first, then lost it", table=holders(), times=times) == []
    (one,) = claimed("the Harbour Front held Karsk on 1 January", table=holders(), times=times[:1])
    assert (one.finding, one.query) == ("consistent", "Did Harbour Front hold Karsk on 2031-01-01?")
    assert claimed("the Harbour Front controls Karsk", table=holders(), speech_act="predict") == []


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("ISIS increasingly attacked rebel groups.", "trend"),
        ("ISIS attacked rebel groups more and more.", "trend"),
        ("ISIS attacked rebel groups more often than others did.", "exists"),
        ("Fewer than ten times ISIS attacked rebel groups.", "exists"),
        ("ISIS attacked rebel groups for the first time.", "exists"),  # when, is the question
        ("It was increasingly cold, and ISIS attacked rebel groups.", "exists"),
    ],
)
def test_words_of_change_stand_by_the_deed(text: str, asks: str) -> None:
    at = text.index("attacked")
    trigger = Phrase(spans=(Span(at, at + 8),), text="attacked")
    actor, other = (Party(spans=(Span(0, 1),), text=name, name=name) for name in ("ISIS", "rebel groups"))
    event = Event(type="ASSAULT", trigger=trigger, plover="ASSAULT", actor=actor, recipient=other)
    (found,) = claimed(text, table=table("t.csv", made.GED_14), events=(event,))
    assert found.parameters["ask"] == asks


# ---- reviews ----


def test_a_review_is_the_reviewers_and_no_finding_of_ours() -> None:
    text = "The port of Karsk was closed for nine days after a storm in March"
    (found,) = claimed(text, table=table("r.json", made.CLAIM_REVIEW))
    assert found.finding == "not_checkable"
    assert found.reason == (
        "Orlavia Checks reviewed a similar claim and rated it “Partly accurate”; the rating is the reviewer's"
    )
    (review,) = found.reviews
    assert (review.claimant, review.reviewed, review.possible) == ("Ann Lee", "2034-05-06", False)
    assert (
        claimed("The council bought a new ferry for the pilots of Sund", table=table("r.json", made.CLAIM_REVIEW)) == []
    )


def test_a_review_that_is_less_alike_is_possible() -> None:
    reviews = ready(table("r.json", made.TOOLS), ALIASES, WORDS)
    found = ask(reviews, ReviewQuestion(text="The ferry council has a foreign chairman"))
    assert found is not None
    assert {review.possible for review in found.reviews} == {True}
    assert "what may be a similar claim" in found.reason
    assert in_words(ReviewQuestion(text="x")).startswith("Did somebody review a claim")


# ---- lists gathered from others ----


def test_a_gathered_list_answers_for_the_list_that_its_row_names() -> None:
    asks = ready(table("targets.simple.csv", made.OPENSANCTIONS), ALIASES, WORDS)
    for name, authority, finding in (
        ("Ann Lee", "Sund Council", "consistent"), ("Ann Lee", "EU", "partly"), ("Orl Star", "EU", "consistent"),
        ("Ann Lee", None, "consistent"),
    ):  # fmt: skip
        found = ask(asks, ListQuestion(name=name, authority=authority))
        assert found is not None
        assert found.finding == finding, (name, authority, found.reason)
    elsewhere = ask(asks, ListQuestion(name="Ann Lee", authority="EU"))
    assert elsewhere is not None
    assert "listed by Sund Council Blacklist; the claim is on a list of EU" in elsewhere.reason


# ---- what makes no sense to ask ----


def deed(actor: str | None, other: str | None, *, place: str | None = None, **values: Any) -> Event:
    def party(name: str | None) -> Party | None:
        return Party(spans=(Span(0, 1),), text=name, name=name) if name else None

    trigger = Phrase(spans=(Span(0, 8),), text="attacked")
    given = {"actor": party(actor), "recipient": party(other), "place": party(place), **values}
    return Event(type="ASSAULT", trigger=trigger, plover="ASSAULT", **given)


def asks(event: Event, content: str = made.GED_41) -> list[str]:
    return [f.query for f in claimed("attacked", table=table("t.csv", content), events=(event,))]


@pytest.mark.parametrize(
    ("actor", "other", "place"),
    [
        (None, "ISIS", None),
        ("they", "ISIS", None),
        ("four officers in plain clothes", "Ann Lee", None),
        ("Ann Lee", "Mira Dohl", None),
        ("ISIS", "the last of the waters", None),
        ("Shootings", None, "Karsk"),
        ("rebels", "residents", None),
        ("Boko Haram", "civilians", None),  # of other countries than the table's
        ("ISIS", None, None),
    ],
)
def test_what_makes_no_sense_is_not_asked(actor: str | None, other: str | None, place: str | None) -> None:
    assert asks(deed(actor, other, place=place)) == []


@pytest.mark.parametrize(
    ("actor", "other", "place"),
    [
        ("ISIS", "Syrian government", None),
        ("the regime", "ISIS", None),
        ("rebels", "residents", "Karsk"),
        ("ISIS", None, "Karsk"),
    ],
)
def test_what_makes_sense_is_asked(actor: str | None, other: str | None, place: str | None) -> None:
    assert len(asks(deed(actor, other, place=place))) == 1


def test_the_bases_of_a_side_are_that_side() -> None:
    (found,) = claimed("attacked", table=table("t.csv", made.GED_14), events=(deed("rebels", "ISIS bases"),))
    assert found.query == "Are there events in which both rebels and ISIS are sides until 2031-02-03?"
    assert "“ISIS bases” is taken for ISIS." in found.caveats


def test_deaths_in_a_place_on_a_day_need_nobody_who_did_it() -> None:
    killed = Quantity(kind="killed", unit="people", low=12, high=12, spans=(Span(0, 1),), text="12 people")
    day = When(value="2016-01-01", spans=(Span(0, 1),), earliest="2016-01-01", latest="2016-01-01")
    event = deed(None, None, place="Karsk", quantities=(killed,), time=day)
    (found,) = claimed("attacked", table=table("t.csv", made.GED_41), events=(event,))
    assert (found.finding, found.numbers["best"]) == ("consistent", 12)
    assert found.query == "Did 12 people die in events in Karsk on 2016-01-01?"


def sanction(trigger: str, text: str, recipient: str, **values: Any) -> list[Finding]:
    at = text.index(trigger)
    words = Phrase(spans=(Span(at, at + len(trigger)),), text=trigger)
    who, whom = (Party(spans=(Span(0, 1),), text=name, name=name) for name in ("UN", recipient))
    event = Event(type="SANCTION", trigger=words, plover="SANCTION", actor=who, recipient=whom, **values)
    return claimed(text, table=table("u.xml", made.UN_XML), events=(event,))


def test_only_words_of_listing_ask_a_list() -> None:
    assert len(sanction("imposed", "The UN imposed sanctions on Tom Reyk.", "Tom Reyk")) == 1
    assert len(sanction("blacklisted", "The UN blacklisted Tom Reyk.", "Tom Reyk")) == 1
    assert sanction("cut", "The UN cut aid to Tom Reyk.", "Tom Reyk") == []
    assert sanction("imposed", "The UN imposed sanctions on Syria.", "Syria") == []
    assert sanction("imposed", "The UN imposed sanctions on his friends.", "his friends") == []
    assert sanction("imposed", "The UN imposed sanctions on Reyk rulers.", "Reyk rulers") == []


def test_a_percentage_is_a_share_only_of_something() -> None:
    text = "ISIS aimed 64 percent of its attacks at rebels, and these attacks rose by 64 percent."
    for start, ask_ in ((text.index("64"), "share"), (text.rindex("64"), "exists")):
        percent = Quantity(
            kind="percent", unit=None, low=64, high=64, spans=(Span(start, start + 10),), text="64 percent"
        )
        event = deed("ISIS", "rebels", quantities=(percent,))
        (found,) = claimed(text, table=table("t.csv", made.GED_14), events=(event,))
        assert found.parameters["ask"] == ask_
