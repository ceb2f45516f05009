"""Layouts that tell who speaks, whatever the reader finds: turns of a transcript, quotations with a dash or a colon."""

from __future__ import annotations

import pytest

from sayso.case import knowledge, reader
from sayso.study import study
from tests.extract.canned import Canned, document


def turns(text: str) -> list[tuple[str, str]]:
    claims = study(document(text), Canned(), knowledge()).claims
    return [(c.source.text, c.content.text) for c in claims if c.found_by == "rules:turn" and c.source]


def signed(text: str) -> list[tuple[str, str, str]]:
    claims = study(document(text), reader(), knowledge()).claims
    found = [c for c in claims if c.cue and not any(letter.isalpha() for letter in c.cue.text)]
    return [(c.source.text, c.cue.text, c.content.text) for c in found if c.source and c.cue]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("VOSS", "LEE"),
        ("THE CHAIR", "MR. TULLY (Hearth Party)"),
        ("Q", "A"),
        ("VOICE 1", "VOICE 2"),
        ("@quaywatch", "@portofkelm"),
        ("Clerk", "Witness"),
        ("moderator", "Ansgar Leth (Blue Ballot)"),
    ],
)
def test_two_who_speak_in_turn(one: str, other: str) -> None:
    text = f"{one}: Is the pier safe?\n\n{other}: It was sold."
    assert turns(text) == [(one, "Is the pier safe?"), (other, "It was sold.")]


def test_a_time_before_who_speaks_is_none_of_them() -> None:
    assert turns("10:42 CONTROL: Say again?\n\n[10:43] FERRY: Taking water.") == [
        ("CONTROL", "Say again?"),
        ("FERRY", "Taking water."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Author: Ann Lee\n\nEditor: Ib Munk\n",  # no sentences
        "Location: The north pier.\n\nWeather: Fog until noon.\n",  # nobody
        "The chair opened the meeting.\n\nClerk: Nobody came.\n\nIt rained.\n",  # one alone
    ],
)
def test_other_lines_with_a_colon_are_no_turns(text: str) -> None:
    assert turns(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“No ship, no crew, no cargo” — the harbour log, 3 May.",
            ("the harbour log", "—", "“No ship, no crew, no cargo”"),
        ),
        (
            "“Nobody is coming. Pass it on.” — Odd Bratten (@oddb) May 3",
            ("Odd Bratten", "—", "“Nobody is coming. Pass it on.”"),
        ),
        ("The minister, to applause: “Not one hectare!”", ("The minister", ":", "“Not one hectare!”")),
    ],
)
def test_a_quotation_that_is_signed(text: str, expected: tuple[str, str, str]) -> None:
    assert signed(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "“No ship, no crew, no cargo” — the harbour was empty that day.",  # a sentence, nobody
        "“Harbour lights” — the novel of the year.",  # a title: too short to be a quotation
        "The programme: “Songs of the outer islands”",  # nobody speaks
    ],
)
def test_what_follows_a_quotation_is_not_always_who_said_it(text: str) -> None:
    assert signed(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pier to close in May – report", ("report", "–", "Pier to close in May")),
        ("Mayor was warned of flood twice: ex-clerk", ("ex-clerk", ":", "Mayor was warned of flood twice")),
        ("Police: bus driver fell asleep", ("Police", ":", "bus driver fell asleep")),
        ("Nela Grau: the mill stays shut", ("Nela Grau", ":", "the mill stays shut")),
    ],
)
def test_a_headline_that_a_dash_or_a_colon_gives_to_somebody(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in signed(f"{text}\n\nThe town hall was closed on Monday.")


@pytest.mark.parametrize(
    "text",
    [
        "Harbour War: the fires still burn",
        "Kelm: a town waits for news",
        "Syria: three die in blast",
        "The truce in numbers: five charts",
        "What we know: three men died",
        "Arms sales: what is known so far",
    ],
)
def test_a_headline_in_which_nobody_speaks(text: str) -> None:
    assert signed(f"{text}\n\nThe town hall was closed on Monday.") == []
