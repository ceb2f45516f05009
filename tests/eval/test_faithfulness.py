"""The falsified claims of the benchmark are false, the true ones true, and the counts are of what they say."""

from __future__ import annotations

from collections import Counter

import pytest
from eval.brat import Attribution
from eval.faithfulness.__main__ import table
from eval.faithfulness.falsify import Trial, trials
from eval.faithfulness.measure import measure
from eval.faithfulness.texts import Text, document_of
from tests.vet.made import ARTICLE

from sayso.spans import Span

OTHER = "Pia Holm said that the mill at Karsk had burned for nine hours before anybody came. Nobody was hurt.\n"


def marked(source: str, cue: str, content: str) -> Attribution:
    def at(words: str) -> tuple[Span, ...]:
        start = ARTICLE.index(words)
        return (Span(start, start + len(words)),)

    return Attribution(at(source), at(cue), at(content))


GOLD = (
    marked("Mira Dohl", "said Mira"[:4], "“We have counted nine bodies,”".replace("“", '"').replace("”", '"')),
    marked("Tom Reyk, the owner,", "denied", "that he had ignored warnings"),
)


@pytest.fixture(scope="module")
def made() -> list[Trial]:
    texts = [
        Text("made", "quay", "dev", document_of(ARTICLE), GOLD),
        Text("made", "mill", "dev", document_of(OTHER)),
    ]
    return list(trials(texts))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_each_kind_is_made(made: list[Trial]) -> None:
    kinds = {trial.kind for trial in made}
    assert {"true: verbatim", "true: normalised", "true: marked"} <= kinds
    assert {"not inserted", "not removed", "number changed", "date changed", "of another document"} <= kinds
    assert {"invented speaker", "denial as assertion", "two halves spliced", "quotation marks put"} <= kinds
    assert {"dropped: could not confirm", "dropped: if", "dropped: denied", "question as statement"} <= kinds


def test_a_falsified_content_is_not_in_its_text_unless_what_stands_around_it_is_at_fault(made: list[Trial]) -> None:
    around = (
        "dropped",
        "denial",
        "invented speaker",
        "wrong speaker",
        "question",
        "quotation",
        "framed",
        "not said",
        "condition",
    )
    for trial in made:
        here = squeezed(trial.claim["content"]) in squeezed(trial.text.document.text)
        if trial.kind in ("true: verbatim", "true: marked"):
            assert here
        elif not trial.true and (not trial.kind.startswith(around) or trial.kind == "invented speaker in content"):
            assert not here, trial.claim


def test_a_text_of_its_own_has_the_content_under_words_that_the_claim_leaves_out(made: list[Trial]) -> None:
    framed = [trial for trial in made if trial.of is not None]
    assert framed
    for trial in framed:
        assert trial.claim["content"].rstrip(".").lower() in (trial.of or "").lower()
        assert (trial.of or "").lower() != trial.claim["content"].lower()


def test_the_same_seed_gives_the_same_trials(made: list[Trial]) -> None:
    again = [(trial.kind, trial.claim, trial.of) for trial in trials(list(dict.fromkeys(t.text for t in made)))]
    assert again == [(trial.kind, trial.claim, trial.of) for trial in made]


def test_counts_tell_what_goes_through_and_what_is_refused() -> None:
    counts = {
        "true: verbatim": Counter(n=4, vet=3, tried=2),
        "not inserted": Counter(n=4, vet=1, tried=2, langextract=2),
    }
    lines = table(counts, compared=True)
    assert lines[1].split() == ["true:", "verbatim", "4", "25.0", "4.6", "to", "69.9", "100.0", "2", "100.0"]
    assert lines[2].split() == ["not", "inserted", "4", "25.0", "4.6", "to", "69.9", "0.0", "2", "100.0"]


def test_a_filter_is_asked_for_each_content() -> None:
    text = Text("made", "mill", "dev", document_of(OTHER))
    seen: list[str] = []

    def keeps(of: str, content: str) -> bool:
        seen.append(content)
        return "burned" in of

    counts, wrong = measure([text], [keeps])
    assert len(seen) == sum(count["n"] for count in counts.values())
    assert all(found.faithful != trial.true for trial, found in wrong)
    assert counts["true: verbatim"]["langextract"] == counts["true: verbatim"]["n"]
