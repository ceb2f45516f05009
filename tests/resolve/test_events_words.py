"""The word lists: each entry's sentences, read as `sayso read` reads them, and what may stand in a list at all."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest
from eval.parsing import parser

from sayso.errors import BadLexicon
from sayso.resolve.events import Coded, events_in
from sayso.resolve.plover import TYPES, Word, code, decode, load
from sayso.spans import Span

ONTOLOGY = load()
_MARK = re.compile(r"\[(actor|recipient|event)\||\]|[^\[\]]+")
# The reader guesses trees, and no list can be better than they are. These shares only rise.
RIGHT, SILENT, ROLES, CASES = 0.96, 0.96, 0.87, 0.95


def strip(marked: str) -> tuple[str, dict[str, list[Span]]]:
    """The plain text of a marked sentence, and its spans by role."""
    text, opened, found = "", [], {}  # type: ignore[var-annotated]
    for match in _MARK.finditer(marked):
        if match[1]:
            opened.append((match[1], len(text)))
        elif match.group() == "]":
            role, start = opened.pop()
            found.setdefault(role, []).append(Span(start, len(text)))
        else:
            text += match.group()
    return text, found


@cache
def coded(text: str) -> Coded:
    return events_in(_parser()(text), [Span(0, len(text))], ONTOLOGY)


@cache
def _parser():  # type: ignore[no-untyped-def]
    return parser()


def is_coded(word: Word, marked: str) -> bool:
    text, marks = strip(marked)
    return any(
        (word.type is None or event.type == word.type) and (word.mode is None or event.mode == word.mode)
        for event in coded(text).events
        if any(a.overlaps(b) for a in event.trigger.spans for b in marks["event"])
    )


def test_the_yes_sentences_of_the_lists_are_coded_as_their_entry_says() -> None:
    wrong = [(w.type, y) for w in ONTOLOGY.words for y in w.yes if not is_coded(w, y)]
    total = sum(len(w.yes) for w in ONTOLOGY.words)
    assert 1 - len(wrong) / total >= RIGHT, wrong


def test_the_no_sentences_of_the_lists_are_not() -> None:
    wrong = [
        (w.type, w.mode, n)
        for w in ONTOLOGY.words
        for n in w.no
        if any(e.type == w.type and w.mode in (None, e.mode) for e in coded(n).events)
    ]
    total = sum(len(w.no) for w in ONTOLOGY.words)
    assert 1 - len(wrong) / total >= SILENT, wrong


def test_most_parties_are_found_as_marked() -> None:
    right = total = 0
    for word in ONTOLOGY.words:
        for marked in word.yes:
            text, marks = strip(marked)
            event = next((e for e in coded(text).events if e.type == word.type), None)
            for role in ("actor", "recipient"):
                wanted = marks.get(role)
                party = None if event is None else getattr(event, role)
                if wanted:
                    total += 1
                    right += party is not None and wanted[0].overlaps(party.spans[0])
    assert right / total >= ROLES, f"{right} of {total}"


def test_sentences_written_from_the_definitions_alone_are_booked_under_their_type() -> None:
    cases = tomllib.loads((Path(__file__).parent.parent / "cases/events.toml").read_text(encoding="utf-8"))
    pairs = [(kind, text) for kind, entry in cases.items() for text in entry["text"]]
    wrong = [
        (kind, text)
        for kind, text in pairs
        if not coded(text).events or code(coded(text).events[0].plover).type != kind
    ]
    assert 1 - len(wrong) / len(pairs) >= CASES, wrong


@pytest.mark.parametrize(
    ("text", "booked", "negated"),
    [
        ("The rebels pledged never to attack the dam again.", "AGREE", [False, True]),
        ("The union leaders did not accept the latest offer.", "REJECT", [True]),
        ("Dorvan no longer supplies gas to Tarnia.", "SANCTION/discontinue", [True]),
        ("The bank said no to the request for a loan.", "REJECT", [False]),
    ],
)
def test_what_is_negated_is_booked_as_what_it_comes_to(text: str, booked: str, negated: list[bool]) -> None:
    events = coded(text).events
    assert events[0].plover.partition("/")[0] == booked.partition("/")[0]
    assert [e.negated for e in events][: len(negated)] == negated


def test_an_operator_over_an_operator_holds_the_event_in_turn() -> None:
    told, cancelled, sale = coded("Kessen demanded that Dorvan cancel plans to sell missiles to Tarnia.").events
    assert (told.within, cancelled.within, sale.within) == (None, 0, 1)
    assert sale.negated


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_has_words_and_a_definition(kind: str) -> None:
    assert ONTOLOGY.kinds[kind].definition  # type: ignore[index]
    assert any(w.type == kind for w in ONTOLOGY.words)


@pytest.mark.parametrize("context", ONTOLOGY.contexts, ids=lambda c: c.name)
def test_the_words_of_a_context_stand_in_its_sentences(context) -> None:  # type: ignore[no-untyped-def]
    for text in context.yes:
        low = re.findall(r"[a-z-]+", text.lower())
        pairs = [" ".join(p) for p in pairwise(low)]
        forms = {*low, *pairs, *(w.rstrip("s") for w in low), *(w[:-2] for w in low), *(p.rstrip("s") for p in pairs)}
        assert forms & set(context.words), text


def test_cameo_codes_lead_to_known_types_and_back() -> None:
    assert ONTOLOGY.cameo["195"].code == "ASSAULT/heavy-weapons"
    assert ONTOLOGY.cameo["1053"].code == "REQUEST/yield"
    assert len(ONTOLOGY.contexts) == 37
    assert {s.code for s in ONTOLOGY.sectors} >= {"GOV", "MIL", "REB", "COP", "CVL", "JRN"}


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        ("words-aid.toml", 'type = "AID"', 'type = "ALMS"', "words-aid.toml"),
        ("words-sanction.toml", 'mode = "convict"', 'mode = "hang"', "no mode 'hang'"),
        ("words-agree.toml", 'over = "agree"', 'over = "nod"', "no operator 'nod'"),
        ("words-aid.toml", '"@help"', '"@halp"', "no class '@halp'"),
        ("contexts.toml", "[[context]]", "[[contxt]]", "contexts.toml"),
    ],
)
def test_a_slip_in_a_list_is_named(name: str, old: str, new: str, complaint: str) -> None:
    folder = resources.files("sayso") / "data" / "plover"
    files = {f.name: f.read_bytes() for f in folder.iterdir() if f.name.endswith(".toml")}
    assert old.encode() in files[name]
    files[name] = files[name].replace(old.encode(), new.encode())
    with pytest.raises(BadLexicon, match=re.escape(complaint)):
        decode(files)
