"""Of one matter, of one event; how claims of one event stand to each other; which documents are compared at all."""

from __future__ import annotations

import sqlite3
from importlib import resources
from pathlib import Path

import msgspec
import pytest

from sayso.case import Case
from sayso.link.compare import Finds
from sayso.link.matter import EVENT, alike, one_story, touch
from sayso.records import Entity, Ledger, Quantity, When
from sayso.spans import Span
from sayso.store import Store
from tests.link.articles import Linked, article, sketched
from tests.link.stories import every

FIRE = "The fire in the old tannery of Ansk burned until dawn, and the river smelled of hides."
GAMES = "Corvel won the marathon in Pellin by a second, and the crowd sang until the stadium closed."


def quantity(text: str, number: float, kind: str = "killed", unit: str = "person") -> dict[str, object]:
    own = Quantity(kind=kind, unit=unit, low=number, high=number, spans=(Span(0, 1),), text=text)
    return {"quantities": (own,)}


def claims(who: str, what: str, setting: str = FIRE) -> str:
    return f"{setting} [source 1|{who}] [cue 1|said] [content 1|{what}]. Trams ran again by noon."


def test_two_documents_of_one_matter_touch_and_others_do_not() -> None:
    one = sketched(article("Arl Post", 11, claims("Ida Fenn", "three people died in the tannery")))
    other = sketched(article("Ume Gazette", 12, claims("Orrin Vale", "the tannery had no second door")))
    apart = sketched(article("Norwire", 12, claims("Ida Fenn", "the race was fair", GAMES)))
    assert one_story(one, other) > one_story(one, apart)
    assert touch(one.outline, other.outline) == touch(other.outline, one.outline)


def test_the_same_words_in_other_surroundings_are_of_another_event() -> None:
    words = "the doors had been locked from outside"
    here = sketched(article("Arl Post", 11, claims("Ida Fenn", words)))
    same = sketched(article("Ume Gazette", 12, claims("Orrin Vale", words)))
    other = sketched(article("Norwire", 12, claims("Orrin Vale", words, GAMES)))
    assert alike(here, same).event[0, 0] > alike(here, other).event[0, 0]
    assert alike(here, same).event[0, 0] >= EVENT


def against(one: Ledger, other: Ledger) -> list[tuple[str, str]]:
    return [(c.relation, c.reason) for c in Linked(one, other).against]


def test_two_numbers_of_the_dead_are_told_as_what_each_says() -> None:
    first = article(
        "Arl Post",
        11,
        claims("Ida Fenn", "40 workers died in the tannery fire at Ansk"),
        {1: quantity("40 workers", 40)},
    )
    second = article(
        "Ume Gazette", 11, claims("Orrin Vale", "12 workers died in the tannery fire at Ansk"),
        {1: quantity("12 workers", 12)},
    )  # fmt: skip
    assert against(first, second) in (
        [("contradicts", "40 workers against 12 workers")], [("contradicts", "12 workers against 40 workers")]
    )  # fmt: skip


def test_a_count_of_another_day_that_has_grown_is_a_later_word() -> None:
    first = article(
        "Arl Post",
        11,
        claims("Ida Fenn", "12 workers died in the tannery fire at Ansk"),
        {1: quantity("12 workers", 12)},
    )
    second = article(
        "Ume Gazette", 13, claims("Orrin Vale", "40 workers died in the tannery fire at Ansk"),
        {1: quantity("40 workers", 40)},
    )  # fmt: skip
    assert [relation for relation, _ in against(first, second)] == ["updates"]


def test_a_no_bears_on_the_words_that_follow_it_and_on_no_others() -> None:
    locked = article("Arl Post", 11, claims("Ida Fenn", "the tannery doors were locked on Friday night"))
    unlocked = article("Ume Gazette", 11, claims("Orrin Vale", "the tannery doors were never locked on Friday night"))
    aside = article(
        "Ume Gazette", 11, claims("Orrin Vale", "he knew no rest; the tannery doors were locked on Friday night")
    )
    assert [relation for relation, _ in against(locked, unlocked)] == ["contradicts"]
    assert "contradicts" not in [relation for relation, _ in against(locked, aside)]


def test_who_says_that_a_letter_is_forged_disputes_whose_it_is() -> None:
    wrote = article("Arl Post", 11, claims("Ida Fenn", "Dane Morrow wrote the letter about the tannery alarm"))
    forged = article(
        "Ume Gazette", 12, claims("Orrin Vale", "the letter of Dane Morrow about the tannery alarm is forged")
    )
    assert [relation for relation, _ in against(wrote, forged)] == ["disputes-attribution"]


@pytest.mark.parametrize("words", ["that morning", "this morning"])
def test_the_same_word_for_a_time_in_papers_of_two_days_is_no_difference(words: str) -> None:
    what = f"the tannery alarm was silent {words} before the fire"
    found = against(
        article("Arl Post", 11, claims("Ida Fenn", what)),
        article("Ume Gazette", 13, claims("Ida Fenn", what + " spread")),
    )
    assert "contradicts" not in [relation for relation, _ in found]


def test_documents_that_share_one_key_by_chance_are_not_compared() -> None:
    own, other, far = {1: 1000}, {1: 200, 2: 980}, {3: 1000}
    topics = {"near": other, "far": far}
    one_key = Finds(passages={}, claims={"near": 1, "far": 1}, names={})
    assert one_key.candidates(own, topics.__getitem__) == {"near"}
    several = Finds(passages={"far": 2}, claims={}, names={})
    assert several.candidates(own, topics.__getitem__) == {"far"}
    of_two_kinds = Finds(passages={"far": 1}, claims={"far": 1}, names={})
    assert of_two_kinds.candidates(own, topics.__getitem__) == {"far"}


def test_a_case_that_was_linked_by_earlier_rules_is_linked_anew(tmp_path: Path) -> None:
    path = tmp_path / "old.case"
    with Store.open(path, create=True) as store:
        for ledger in every():
            store.save(ledger, added_at="2026-01-02T03:04:05Z")
        list(Case(store).link())
        before = sorted(map(msgspec.json.encode, Case(store).links()))
    old = sqlite3.connect(path)
    old.execute("ALTER TABLE linked DROP COLUMN topic")
    old.executescript((resources.files("sayso") / "migrations" / "0011.sql").read_text(encoding="utf-8"))
    old.close()
    with Store.open(path, create=False) as store:
        case = Case(store)
        assert case.unlinked() == len(every())
        list(case.link())
        assert sorted(map(msgspec.json.encode, case.links())) == before


def test_the_same_of_two_people_is_not_one_claim() -> None:
    merr = article("Arl Post", 11, claims("Ida Fenn", "the council had laid sanctions on Merr for the tannery fire"))
    ombry = article(
        "Ume Gazette", 11, claims("Dane Vale", "the council had laid sanctions on Ombry for the tannery fire")
    )
    again = article("Norwire", 11, claims("Dane Vale", "the council had laid sanctions on Merr for the tannery fire"))
    assert Linked(merr, ombry).clusters == []
    assert len(Linked(merr, again).clusters) == 1


def test_what_a_text_says_of_itself_is_no_claim_that_documents_share() -> None:
    note = "\n\n[content 2|This article was written in the public interest and may be printed by anybody for nothing]."
    first = article("Arl Post", 11, claims("Ida Fenn", "three people died in the tannery") + note)
    second = article("Ume Gazette", 11, claims("Orrin Vale", "the tramway bell was cast in Pellin", GAMES) + note)
    assert Linked(first, second).clusters == []


def at(time: str, day: str | None = None) -> dict[str, object]:
    return {"times": (When(value=f"{day or ''}T{time}", spans=(Span(0, 1),), earliest=day, latest=day),)}


def test_what_happened_at_another_time_of_day_is_not_the_same_claim() -> None:
    what = "the tannery roof fell in {} while the night shift slept"
    first = article(
        "Arl Post", 11, claims("Ida Fenn", what.format("late on Thursday")), {1: at("23:40~", "2031-04-10")}
    )
    later = article("Ume Gazette", 11, claims("Orrin Vale", what.format("after midnight")), {1: at("00:20")})
    again = article("Norwire", 11, claims("Orrin Vale", what.format("before midnight")), {1: at("23:45")})
    assert Linked(first, later).clusters == []
    assert len(Linked(first, again).clusters) == 1


def test_another_amount_of_the_same_thing_is_not_the_same_claim() -> None:
    def lost(outlet: str, number: str, value: float) -> Ledger:
        what = f"the tannery lost {number} litres of dye in the fire"
        own = {1: quantity(f"{number} litres", value, "volume", "litre")}
        return article(outlet, 11, claims(f"{outlet}'s owner", what), own)

    assert Linked(lost("Arl Post", "3,000", 3000), lost("Ume Gazette", "11,000", 11000)).clusters == []
    assert len(Linked(lost("Arl Post", "3,000", 3000), lost("Ume Gazette", "3,000", 3000)).clusters) == 1


def test_a_name_that_he_stands_for_is_a_name() -> None:
    found = article("Arl Post", 11, "Ida Fenn ran it. [source 1|The mayor] [cue 1|said] [content 1|she kept dogs].")
    she = found.document.text.index("she")
    fenn = Entity(id="e1", name="Ida Fenn", type="person", mentions=(Span(0, 8), Span(she, she + 3)))
    (stated,) = sketched(msgspec.structs.replace(found, entities=(fenn,))).claims
    assert {"fenn", "dog"} <= stated.terms.keys()
    assert stated.plain_weight == sum(w for t, w in stated.terms.items() if t not in {"ida", "fenn"})
