"""Findings in the dossier of a case: under their claims, in the words of the terminal, with what they rest on."""

from __future__ import annotations

import io
import random
import re
from typing import get_args

import msgspec
import pytest
from rich.console import Console

from sayso.check.findings import Finding, Possible, Reviewed, Searched, Verdict
from sayso.publish import casefile
from sayso.publish.findings import render as on_terminal
from sayso.publish.found import VERDICTS, told

from .ledgers import no_hedges
from .linked import HOSTILE, documents, links
from .test_dossier import Outline

CASE = documents()
CLAIMS = [claim for each in CASE for claim in each.claims]
TABLE = f"quays.csv@{'0123456789abcdef' * 4}"
ON = "2031-08-09T10:11:12+00:00"


def finding(claim: int = 0, verdict: Verdict = "partly", **fields: object) -> Finding:
    values = {
        "claim": CLAIMS[claim].id, "table": TABLE, "format": "Quays of Sund", "version": "2031-08",
        "sha256": TABLE[-64:], "finding": verdict, "query": "Did nine rounds fall on the quay?",
        "parameters": {"ask": "count", "place": ["Sund", "Old Quay"]}, "numbers": {"low": 7.0},
        "sql": "SELECT row FROM evidence_event\nWHERE place = 'Old < Quay'", "rows": ("Q-7", "Q-9"), "matched": 5,
        "reason": "two rows speak of seven rounds", "caveats": ("A quay without a name has no row.",),
    }  # fmt: skip
    return msgspec.convert(values | fields, Finding)


def page(*findings: Finding, searches: tuple[Searched, ...] = ()) -> str:
    refs = [each.document.ref for each in CASE]
    found = [(one, ON) for one in findings]
    return casefile.render(refs, CASE, links(CASE), no_hedges, findings=found, searches=searches, version="1.2.3")


def said(markup: str) -> str:
    """Its words, those of a cell apart from those of the next."""
    return " ".join(Outline(re.sub(r"</t[hd]>|</dt>|</dd>|<br>", r" \g<0>", markup)).text.split())


def under(markup: str, claim: int) -> str:
    """What stands in the list of documents under one claim."""
    part = re.search(rf'<li id="{CLAIMS[claim].id}">(.*?)</li>\n(?:      <li id=|    </ol>)', markup, re.S)
    assert part is not None
    return said(part[1])


def test_a_finding_stands_under_its_claim_and_no_other() -> None:
    made = page(finding(0))
    shown = under(made, 0)
    assert "partly quays.csv@0123456789ab, version 2031-08 · asked 2031-08-09" in shown
    assert "Did nine rounds fall on the quay? two rows speak of seven rounds rows: Q-7, Q-9 and 3 more" in shown
    assert "A quay without a name has no row." in shown
    assert "place Sund, Old Quay low 7" in shown
    assert "WHERE place = 'Old < Quay'" in shown
    assert all("quays.csv" not in under(made, other) for other in range(1, len(CLAIMS)))


def test_wordings_of_the_claim_lead_to_its_findings() -> None:
    made = page(finding(0), finding(0, query="Another?"))
    assert f'<a href="#{CLAIMS[0].id}">2 findings</a>' in made
    outline = Outline(made)
    assert {a["href"][1:] for _, a in outline.elements if "href" in a} <= set(outline.ids)


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_the_terminal_and_the_dossier_say_the_same(verdict: Verdict) -> None:
    possible = (Possible(row="Q-1", name="Old Key", reason="one letter differs"),)
    review = Reviewed(row="u", text="No round fell", reviewer="Sund Desk", rating="Missing context", alike=0.6)
    for one in (finding(0, verdict, possible=possible), finding(0, verdict, reviews=(review,))):
        console = Console(file=io.StringIO(), width=120)
        on_terminal(CLAIMS[0].document, CLAIMS[:1], [one], console)
        assert isinstance(console.file, io.StringIO)
        terminal, dossier = " ".join(console.file.getvalue().split()), under(page(one), 0)
        words = told(one)
        lines = (words.words, words.table, words.query, words.reason, words.rows)
        for line in (*lines, *words.reviews, *words.possible, *words.caveats):
            assert line in terminal, line
            assert line in dossier, line


def test_a_possible_name_is_shown_as_possible() -> None:
    shown = under(page(finding(possible=(Possible(row="Q-1", name=HOSTILE, reason="one letter differs"),))), 0)
    assert f"possibly: {HOSTILE} (Q-1): one letter differs" in shown


def test_what_a_table_cannot_see_is_told_once_under_a_claim() -> None:
    shown = under(page(finding(query="One?"), finding(query="Two?"), finding(table="b.csv@0", sha256="0")), 0)
    assert shown.count("A quay without a name has no row.") == 2  # of two tables


def test_each_table_has_its_counts_and_the_day_of_each_search() -> None:
    searches = (
        Searched(table=TABLE, at=ON, questions=4, unfound=2),
        Searched(table=TABLE, at="2031-09-01T00:00:00+00:00", questions=1, unfound=0),
        Searched(table="none.xml@00", at=ON, questions=3, unfound=3),
        Searched(table="other.xml@00", at=ON, questions=0, unfound=0),
    )
    shown = said(page(finding(0), finding(1), finding(2, "consistent"), searches=searches))
    assert "quays.csv@0123456789ab Quays of Sund, version 2031-08 1 0 2 0 0" in shown
    assert "2031-08-09: 4 questions, 2 found no row 2031-09-01: 1 question, none found no row" in shown
    assert "none.xml@00 0 0 0 0 0 2031-08-09: 3 questions, 3 found no row" in shown
    assert "other.xml@00 0 0 0 0 0 2031-08-09: no claim asked what it could tell" in shown
    assert "Evidence tables were asked about 3 claims: 3 findings." in shown


def test_a_case_that_was_not_checked_says_so() -> None:
    assert "No evidence table was compared with the claims of this case." in said(page())


def test_findings_in_any_order_give_the_same_file() -> None:
    found = [finding(n % 3, verdict, query=f"{n}?") for n, verdict in enumerate(get_args(Verdict))]
    made = page(*found)
    for seed in range(3):
        random.Random(seed).shuffle(found)  # noqa: S311 - the same each time is what is wanted
        assert page(*found) == made


def test_words_of_a_table_cannot_be_markup() -> None:
    made = page(finding(query=HOSTILE, reason=HOSTILE, sql=HOSTILE, version=HOSTILE, format=HOSTILE, rows=(HOSTILE,)))
    assert "<script" not in made
    assert under(made, 0).count(HOSTILE) == 5


def test_the_words_are_of_the_table_and_take_no_side() -> None:
    for words in VERDICTS.values():
        assert not re.search(r"\b(true|false|refuted|confirmed|wrong|right|fact)\b", words)
