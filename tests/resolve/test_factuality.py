"""How sure a source puts an event: the word list's own sentences, marked cases, chains."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from sayso.case import lexicon
from sayso.errors import BadLexicon
from sayso.records import Claim, DocumentRef, Factuality, Phrase, Source, phrase
from sayso.resolve.acts import Stance, speech_act
from sayso.resolve.factuality import (
    Judged,
    Scales,
    factuality_of_claim,
    factuality_of_event,
    factuality_of_events,
    judged_by,
    reported,
)
from sayso.resolve.stances import Adverb, Linker, stances
from sayso.spans import Span
from tests.resolve.trees import Marked, marked

CASES = Path(__file__).parent.parent / "cases"
LEXICON = lexicon()
RAW = (resources.files("sayso") / "data/factuality.toml").read_text()
WORDS = stances(RAW, [verb.lemma for verb in LEXICON.verbs])

# The least share of our own slice of denials that is read as marked, in percent, on an interim parser's trees.
LEAST = {"dev": 97, "test": 92}


def _judge(sentence: Marked) -> tuple[Stance, Judged]:
    syntax, event, spans = sentence
    content = spans.get("content", (Span(0, len(syntax.text)),))
    cue = spans["cue"][0] if "cue" in spans else None
    stance = speech_act(syntax, spans.get("source", ()), cue, content, WORDS, LEXICON)
    within = next(s for s in content if event in syntax.within(s))
    inner = factuality_of_event(syntax, event, within, WORDS)
    return stance, judged_by(stance, inner) if cue else inner


def _sentences() -> list[tuple[str, str, Factuality]]:
    found: list[tuple[str, str, Factuality]] = []
    for entry in WORDS.embedding:
        found += [(entry.words[0], s, entry.holds) for s in entry.yes] + [(entry.words[0], s, "CT+") for s in entry.no]
    for modal in WORDS.modal:
        found += [(modal.words[0], s, modal.positive) for s in modal.yes]
        found += [(modal.words[0], s, "CT+") for s in modal.no]
    valued: tuple[Adverb | Linker, ...] = (*WORDS.adverb, *WORDS.linker)
    for other in valued:
        found += [(other.words[0], s, other.value) for s in other.yes] + [(other.words[0], s, "CT+") for s in other.no]
    found += [("not", s, "CT-") for s in WORDS.negation.yes] + [("not", s, "CT+") for s in WORDS.negation.no]
    return found


@pytest.mark.parametrize(("word", "sentence", "value"), _sentences())
def test_an_entry_does_what_its_sentences_say(word: str, sentence: str, value: Factuality) -> None:
    assert _judge(marked(sentence))[1].value == value, word


@pytest.mark.parametrize(("why", "sentence"), [(d.why, s) for d in WORDS.degree for s in d.yes])
def test_a_word_of_degree_is_shown(why: str, sentence: str) -> None:
    assert why in {reason.why for reason in _judge(marked(sentence))[1].why}


def _cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", _cases("factuality.jsonl"), ids=lambda c: c["text"])
def test_a_marked_case_is_read_as_marked(case: dict[str, Any]) -> None:
    stance, judged = _judge(marked(case["text"]))
    assert (judged.value, stance.act) == (case["value"], case["act"])
    assert set(case["why"]) <= {reason.why for reason in judged.why}


@pytest.mark.parametrize("half", sorted(LEAST))
def test_most_denials_are_read_as_marked(half: str) -> None:
    wrong = []
    cases = [case for case in _cases("denials.jsonl") if case["half"] == half]
    for case in cases:
        stance, judged = _judge(marked(case["text"]))
        if (judged.value, stance.act) != (case["value"], case["act"]):
            wrong.append(f"{case['text']}: {judged.value} {stance.act}, not {case['value']} {case['act']}")
    assert 100 * (1 - len(wrong) / len(cases)) >= LEAST[half], "\n".join(wrong) if half == "dev" else len(wrong)


@pytest.mark.parametrize("case", _cases("denials.jsonl"), ids=lambda c: c["text"])
def test_every_value_but_a_plain_one_has_its_reasons(case: dict[str, Any]) -> None:
    syntax, _, _ = sentence = marked(case["text"])
    judged = _judge(sentence)[1]
    assert judged.value == "CT+" or judged.why
    assert all(reason.span.of(syntax.text).strip() for reason in judged.why)


# --- claims ---


def _claim(text: str, content: str, cue: str | None = None, source: str | None = None) -> Claim:
    def find(words: str) -> Phrase:
        start = text.index(words)
        return phrase(text, (Span(start, start + len(words)),))

    who = find(source) if source else None
    return Claim(
        id=content,
        document=DocumentRef(id="d", path="p", sha256="0"),
        kind="indirect" if cue else "authorial",
        source=Source(spans=who.spans, text=who.text, name=who.text) if who else None,
        cue=find(cue) if cue else None,
        content=find(content),
        found_by="test",
        score=1.0,
    )


def test_what_stands_beside_the_main_event_is_judged_too() -> None:
    syntax = marked("It has rarely {struck} the port and not a single shell has landed there.").syntax
    claim = _claim(syntax.text, syntax.text[:-1])
    stance, judged = factuality_of_claim(syntax, claim, WORDS, LEXICON)
    events = factuality_of_events(syntax, claim, stance, WORDS)
    assert judged.value == "CT+"
    assert [(syntax.form(token), judged.value) for token, judged in events] == [("struck", "CT+"), ("landed", "CT-")]
    assert "absolute" in {reason.why for reason in events[1][1].why}


def test_the_event_of_an_accusation_is_what_somebody_is_accused_of() -> None:
    syntax = marked("[source|The mayor] [cue|accused] [content|the crew of {hiding} the report].").syntax
    claim = _claim(syntax.text, "the crew of hiding the report", "accused", "The mayor")
    stance, _ = factuality_of_claim(syntax, claim, WORDS, LEXICON)
    events = factuality_of_events(syntax, claim, stance, WORDS)
    assert [syntax.form(token) for token, _ in events] == ["hiding"]


def test_the_event_of_what_a_source_does_not_believe_is_what_it_does_not_believe() -> None:
    syntax = marked("[source|The ministry] [cue|said] [content|it did not think the guards had {fired}].").syntax
    claim = _claim(syntax.text, "it did not think the guards had fired", "said", "The ministry")
    stance, judged = factuality_of_claim(syntax, claim, WORDS, LEXICON)
    assert [syntax.form(token) for token, _ in factuality_of_events(syntax, claim, stance, WORDS)] == ["fired"]
    assert judged.value == "PR-"


# --- chains ---


@pytest.mark.parametrize(
    ("sentence", "outer", "said", "value"),
    [
        (
            "The Courier reported that [source|the ministry] [cue|denied] [content|that the gate was {opened}].",
            ("The Courier", "reported", "that the ministry denied that the gate was opened"), "CT+", "CT-",
        ),
        (
            "Orlec denied that [source|the clerk] [cue|had warned] him [content|that the wall would {fall}].",
            ("Orlec", "denied", "that the clerk had warned him that the wall would fall"), "CT-", "Uu",
        ),
        (
            "Orlec said that [source|the clerk] may have [cue|warned] him [content|that the wall did not {stand}].",
            ("Orlec", "said", "that the clerk may have warned him that the wall did not stand"), "PS+", "PS-",
        ),
    ],
)  # fmt: skip
def test_what_another_is_said_to_say_is_no_surer_than_that_they_say_it(
    sentence: str, outer: tuple[str, str, str], said: str, value: str
) -> None:
    syntax, _, spans = marked(sentence)
    content, cue, source = (spans[role][0].of(syntax.text) for role in ("content", "cue", "source"))
    inner = _claim(syntax.text, content, cue, source)
    around = _claim(syntax.text, outer[2], outer[1], outer[0])
    assert reported(syntax, inner, around, WORDS, LEXICON).value == said
    assert factuality_of_claim(syntax, inner, WORDS, LEXICON, outer=around)[1].value == value


# --- the table ---


def test_the_number_is_the_sum_of_the_value_and_its_reasons() -> None:
    table = Scales(alone={"CT+": 2.0, "future": -1.5}, beside={})
    syntax, event, _ = marked("The council will {close} the bridge.")
    assert factuality_of_event(syntax, event, Span(0, len(syntax.text)), WORDS, table).certainty == 0.5


def test_the_number_stays_on_the_scale() -> None:
    table = Scales(alone={"CT+": 2.0, "future": 9.0}, beside={})
    syntax, event, _ = marked("The council will {close} the bridge.")
    assert factuality_of_event(syntax, event, Span(0, len(syntax.text)), WORDS, table).certainty == 3.0


def test_a_mistake_in_the_list_is_named() -> None:
    with pytest.raises(BadLexicon, match=r"factuality\.toml: .*holdss"):
        stances(RAW.replace("holds =", "holdss =", 1))
