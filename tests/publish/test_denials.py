"""Who denies what another says: it stands beside what is denied, wherever that is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso import Case
from sayso.case import hedges, knowledge, reader
from sayso.links import Contradiction
from sayso.publish import dossier
from sayso.publish.denials import denials
from sayso.records import Claim, Ledger
from sayso.study import study
from tests.extract.canned import document

TEXT = "The Council accused the army of striking the terminal with a drone. The ministry denied it."


def read(text: str) -> Ledger:
    return study(document(text), reader(), knowledge())


def words(ledger: Ledger, claim: Claim) -> str:
    return " ".join(span.of(ledger.document.text) for span in claim.denied)


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        (TEXT, "the army of striking the terminal with a drone"),
        ("Residents said soldiers had beaten a boy. The army has denied any involvement.", "soldiers had beaten a boy"),
        ("Ms Lind said the mayor had taken bribes. He denied the allegation.", "the mayor had taken bribes"),
        ("The rebels shelled the school on Friday. They deny it.", "The rebels shelled the school on Friday"),
    ],
)
def test_a_denial_of_it_points_to_what_it_denies(text: str, denied: str) -> None:
    ledger = read(text)
    (claim,) = [c for c in ledger.claims if c.speech_act == "deny"]
    assert words(ledger, claim) == denied


@pytest.mark.parametrize(
    "text",
    [
        "The ministry denied it.",
        "The ministry said that it had closed the road. It denied that the bridge had fallen.",
        "Residents said soldiers had beaten a boy.\n\nIt rained.\n\nIt snowed.\n\nSales rose.\n\nThe army denied it.",
    ],
)
def test_a_denial_with_words_of_its_own_or_of_what_is_far_points_nowhere(text: str) -> None:
    ledger = read(text)
    assert [words(ledger, c) for c in ledger.claims if c.speech_act == "deny"] == [""]


def test_it_stands_beside_what_is_denied() -> None:
    ledger = read(TEXT)
    accused, denial = (next(c for c in ledger.claims if c.speech_act == act) for act in ("accuse", "deny"))
    assert [d.told for d in denials(ledger.claims)[accused.id]] == ["ministry denies it"]
    page = dossier.render([ledger], hedges, version="")
    card = page.split(f'id="{accused.id}"')[1].split("</li>\n        <li")[0]
    assert f'href="#{denial.id}"' in card


def test_it_stands_against_the_same_in_another_document(tmp_path: Path) -> None:
    other = "Port workers ran. The Council said an army drone had struck the grain terminal at Talmeer on Friday night."
    first = "The Council said an army drone had struck the grain terminal at Talmeer on Friday. The ministry denied it."
    with Case.open(tmp_path / "a.case", create=True) as case:
        for name, text in (("one.txt", first), ("two.txt", other)):
            path = tmp_path / name
            path.write_text(text, encoding="utf-8")
            list(case.add([str(path)]))
        list(case.link())
        opposed = [x for x in case.links() if isinstance(x, Contradiction)]
        acts = {case.claim(c).speech_act for x in opposed for c in (x.a, x.b)}
    assert "deny" in acts
