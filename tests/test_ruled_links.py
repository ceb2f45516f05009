"""Rulings on claims, and what is between them: what people rejected counts nowhere, what they edited as they put it.

In:   invented articles, rulings.   Out: failures.
Knows nothing of: how a ruling is made on a page.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import msgspec
import openpyxl
import pytest

from sayso.case import Case
from sayso.decisions.records import Merge
from sayso.errors import NotFound
from sayso.links import Cluster, Contradiction
from sayso.records import Claim
from sayso.review.judgements import Judgement, Ruling, Wording
from sayso.spans import Span
from sayso.weigh.hypotheses import hypotheses
from tests.desk import run
from tests.serve.client import at_desk
from tests.test_decided_links import AGAIN, FENN, VOSS

IDA, OLE = "Ida Brandt", "Ole Falk"
DENIED = """\
---
outlet: The Quay Observer
published: 2031-04-16
---
The keeper of the Lenz dam, Rolf Tarn, denied that gate three of the Lenz dam had been left open since Friday.
"""
RAID = """\
---
outlet: The Tarn Echo
published: 2030-01-05
---
The harbour office said that Sund imposed sanctions on Tom Reyk in January 2030. It rained all day.
"""
BLACK = """\
name = "Blacklist of Sund"
kind = "designations"
authority = "Sund"
complete = true
version = "2031-06-01"
[columns]
names = ["Name"]
listed = "Since"
"""
BLACK_ROWS = "Name,Since\nTom Reyk,2030-01-02\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "dam.case"
    with Case.open(made, create=True) as case:
        for number, article in enumerate((FENN, VOSS, AGAIN, DENIED)):
            list(case.add_bytes(article.encode(), path=f"{number}.txt"))
        list(case.link())
    return made


@pytest.fixture
def case(path: Path) -> Iterator[Case]:
    with Case.open(path) as opened:
        yield opened


def of(case: Case, name: str) -> Claim:
    """What somebody of this name says about the gate."""
    return next(c for c in case.claims() if "gate" in c.content.text and c.source and c.source.name.endswith(name))


def rule(case: Case, act: str, claim: Claim, *wordings: Wording, by: str = IDA) -> Judgement:
    return case.review.judge(Ruling(act=act, by=by, claims=(claim.id,), wordings=wordings))  # type: ignore[arg-type]


def gate(case: Case) -> Cluster:
    (found,) = [
        c for c in case.links() if isinstance(c, Cluster) and "open since" in case.claim(c.claims[0]).content.text
    ]
    return found


def counted(case: Case) -> tuple[int, int, int]:
    found = gate(case)
    return len(found.claims), found.origins.low, found.origins.high


def against(case: Case) -> set[str]:
    return {name for link in case.links() if isinstance(link, Contradiction) for name in (link.a, link.b)}


def test_a_rejected_claim_leaves_its_group_and_what_stands_against_it_once_linked_again(case: Case) -> None:
    voss, tarn = of(case, "Voss"), of(case, "Tarn")
    assert voss.id in gate(case).claims
    assert {voss.id, tarn.id} <= against(case)
    rule(case, "reject", voss)
    assert case.overruled() == 1
    assert list(case.link()) == [voss.document.id]
    assert case.overruled() == 0
    assert voss.id not in gate(case).claims
    assert counted(case) == (2, 1, 1)
    assert voss.id not in against(case)
    rule(case, "reject", tarn)
    list(case.link())
    assert not against(case)


def test_another_source_that_a_person_gave_is_the_origin(case: Case) -> None:
    voss = of(case, "Voss")
    assert counted(case)[1:] == (2, 2)
    rule(case, "edit", voss, Wording(name="Ida Fenn"))
    assert counted(case)[1:] == (2, 2)
    list(case.link())
    assert counted(case) == (3, 1, 1)
    assert voss.id in gate(case).claims
    edited = case.claim(voss.id).source
    assert edited is not None
    assert edited.name == "Ida Fenn"


def test_another_wording_that_a_person_gave_is_in_the_group_in_place_of_the_old_one(case: Case) -> None:
    voss = of(case, "Voss")
    (span,) = voss.content.spans
    shorter = Span(span.start + len("The third "), span.end)
    made = rule(case, "edit", voss, Wording(content=(shorter,))).gives[0].id
    list(case.link())
    assert made != voss.id
    assert made in gate(case).claims
    assert voss.id not in gate(case).claims
    assert case.cluster(made) == gate(case)
    assert case.claim(made).content.text.startswith("gate of the Lenz dam")
    assert made in {c.id for c in case.linked(voss.document.id).claims}
    number = case.people.decide(
        Merge(one=place(of(case, "Ida Fenn")), other=place(case.claim(made))), by=IDA, why="asked them"
    ).number
    assert number
    list(case.link())
    assert counted(case)[1:] == (1, 1)  # who says it is decided of it, too


def place(claim: Claim) -> tuple[str, str]:
    return claim.document.id, str(claim.source.entity if claim.source else None)


def test_what_is_undone_or_disputed_stands(case: Case) -> None:
    before = list(case.links())
    voss = of(case, "Voss")
    rejected = rule(case, "reject", voss)
    list(case.link())
    assert list(case.links()) != before
    case.review.judge(Ruling(act="undo", by=IDA, undoes=rejected.id))
    assert case.overruled() == 1
    list(case.link())
    assert list(case.links()) == before
    rule(case, "reject", voss)
    rule(case, "accept", voss, by=OLE)
    assert case.overruled() == 0  # they disagree, so what was there stays
    assert list(case.link()) == []
    assert list(case.links()) == before


def test_what_changes_no_claim_makes_no_link_older(case: Case) -> None:
    rule(case, "accept", of(case, "Voss"))
    rule(case, "unsure", of(case, "Tarn"))
    assert case.overruled() == 0
    assert list(case.link()) == []


def rulings(case: Case) -> list[Callable[[], object]]:
    voss, tarn, fenn = of(case, "Voss"), of(case, "Tarn"), of(case, "Ida Fenn")
    (span,) = fenn.content.spans
    return [
        lambda: rule(case, "reject", tarn),
        lambda: rule(case, "edit", voss, Wording(name="Ida Fenn")),
        lambda: rule(case, "edit", fenn, Wording(content=(Span(span.start + len("that "), span.end),))),
    ]


@pytest.mark.parametrize("seed", range(3))
def test_when_people_ruled_and_when_it_was_linked_changes_nothing(tmp_path: Path, seed: int) -> None:
    found = []
    for name in ("one", "other"):
        chance = random.Random(f"{seed} {name}")  # noqa: S311 - no secret
        with Case.open(tmp_path / f"{name}.case", create=True) as case:
            articles = [*enumerate((FENN, VOSS, AGAIN, DENIED))]
            chance.shuffle(articles)
            for number, article in articles:
                list(case.add_bytes(article.encode(), path=f"{number}.txt"))
                if chance.random() < 0.5:
                    list(case.link())
            acts = rulings(case)
            chance.shuffle(acts)
            for act in acts:
                act()
                if chance.random() < 0.5:
                    linking = case.link()
                    next(linking, None)
                    linking.close()  # killed before it was done
            list(case.link())
            found.append(list(case.links()))
    assert found[0] == found[1]


def test_links_are_read_with_the_claims_that_they_are_between(case: Case) -> None:
    """A page of links that are older than a ruling finds every claim that they name."""
    voss = of(case, "Voss")
    rule(case, "reject", voss)
    named = {c for link in case.links() if isinstance(link, Cluster) for c in link.claims} | against(case)
    kept = {c.id for document in case.documents() for c in case.linked(document.document.id).claims}
    assert named <= kept
    list(case.link())
    assert voss.id not in {c.id for c in case.linked(voss.document.id).claims}
    with pytest.raises(NotFound):
        case.linked("d404")


ASKED = """
question = "Was the gate left open?"
[[hypothesis]]
id = "open"
says = "it was"
prior = 0.5
[[hypothesis]]
id = "shut"
says = "it was not"
prior = 0.4
[[evidence]]
claim = "{voss}"
for = ["open"]
[[evidence]]
claim = "{fenn}"
for = ["open"]
[[evidence]]
says = "a photograph of the gate, shut"
for = ["shut"]
"""


def test_evidence_that_a_person_rejected_is_left_out_of_a_weighing_and_told(case: Case) -> None:
    asked = hypotheses(ASKED.format(voss=of(case, "Voss").id, fenn=of(case, "Ida Fenn").id).encode(), "gate.toml")
    before = case.weigh(asked)
    assert not before.notices
    assert {n for c in before.high.contributions for n in c.evidence} == {1, 2, 3}
    rule(case, "reject", of(case, "Voss"))
    after = case.weigh(asked)
    told = [n for n in after.notices if "left out" in n]
    assert told == [f"evidence 1 ({of(case, 'Voss').id}) is left out: rejected by Ida Brandt"]
    assert any("sayso link" in n for n in after.notices)
    assert {n for c in after.high.contributions for n in c.evidence} == {2, 3}
    assert {row.evidence for row in after.matrix.rows} == {2, 3}
    for name in ("Ida Fenn",):
        rule(case, "reject", of(case, name))
    alone = case.weigh(asked)
    assert alone.high.origins == 1
    assert len([n for n in alone.notices if "left out" in n]) == 2


def test_a_weighing_of_nothing_but_rejected_claims_is_still_a_page(path: Path, tmp_path: Path) -> None:
    with Case.open(path) as case:
        voss, fenn = of(case, "Voss"), of(case, "Ida Fenn")
        rule(case, "reject", voss)
        rule(case, "reject", fenn)
        text = ASKED.format(voss=voss.id, fenn=fenn.id).partition("[[evidence]]\nsays")[0]
    file = tmp_path / "gate.toml"
    file.write_text(text, encoding="utf-8")
    for more in ((), ("-o", str(tmp_path / "out.html"))):
        run("weigh", str(path), str(file), *more)
    assert "left out: rejected by Ida Brandt" in (tmp_path / "out.html").read_text(encoding="utf-8")
    with at_desk(path) as client:
        answer = client.post("/hypotheses", data={"csrf": token(client.get("/").text), "toml": text, "name": "gate"})
        assert answer.status_code == 200
        assert "left out: rejected by Ida Brandt" in answer.text


def token(page: str) -> str:
    return page.partition('data-csrf="')[2].partition('"')[0]


def test_findings_on_a_rejected_claim_are_gone_and_an_edited_one_is_checked_as_it_stands(
    path: Path, tmp_path: Path
) -> None:
    table, told = tmp_path / "black.csv", tmp_path / "black.toml"
    table.write_text(BLACK_ROWS, encoding="utf-8")
    told.write_text(BLACK, encoding="utf-8")
    with Case.open(path) as case:
        list(case.add_bytes(RAID.encode(), path="raid.txt"))
        list(case.check([str(table)], mappings=[str(told)]))
        (claim,) = {f.claim for f, _ in case.findings()}
        found = case.claim(claim)
        (span,) = found.content.spans
        made = rule(case, "edit", found, Wording(content=(Span(span.start, span.end - 1),))).gives[0].id
        assert not list(case.findings())
        list(case.check([]))
        assert {f.claim for f, _ in case.findings()} == {made}
        rule(case, "reject", case.claim(made))
        list(case.check([]))
        assert not list(case.findings())


def test_exports_of_what_people_left_have_no_rejected_claim_on_any_sheet(path: Path, tmp_path: Path) -> None:
    with Case.open(path) as case:
        rule(case, "reject", of(case, "Voss"))
    for linked in (False, True):
        if linked:
            with Case.open(path) as case:
                list(case.link())
        raw = run("export", str(path), "--format", "xlsx", "--reviewed", "-o", str(tmp_path / "r.xlsx"))
        assert raw
        book = openpyxl.load_workbook(BytesIO((tmp_path / "r.xlsx").read_bytes()))
        for sheet in book:
            words = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
            assert "Hanna Voss" not in words, (sheet.title, linked)


@pytest.mark.parametrize(
    "form",
    ["csv", "jsonl", "ledgers", "markdown", "graphml", "ftm", "webannotation", "prov", "stix", "claimreview", "html"],
)
def test_every_export_can_write_links_between_claims_that_people_gave(path: Path, tmp_path: Path, form: str) -> None:
    with Case.open(path) as case:
        for act in rulings(case):
            act()
        list(case.link())
    for more in ((), ("--reviewed",)):
        run("export", str(path), "--format", form, "-o", str(tmp_path / "out"), *more)


def test_a_page_tells_that_a_claim_was_rejected_and_that_the_links_are_older(path: Path) -> None:
    with Case.open(path) as case:
        voss, tarn = of(case, "Voss"), of(case, "Tarn")
        rule(case, "reject", voss)
    with at_desk(path) as client:
        assert "rejected by Ida Brandt" in client.get(f"/claims/{voss.id}").text
        assert "rejected by" not in client.get(f"/claims/{tarn.id}").text
        for page in ("/", "/links", "/links?part=differences", f"/claims/{voss.id}"):
            assert "ruled on claims of 1 document" in " ".join(client.get(page).text.split()), page
        assert "Hanna Voss" not in client.get("/sources").text
    with Case.open(path) as case:
        list(case.link())
    with at_desk(path) as client:
        for page in ("/links", "/links?part=differences"):
            text = client.get(page).text
            assert "ruled on claims of" not in text
            assert "Hanna Voss" not in text
        assert "rejected by Ida Brandt" in client.get(f"/claims/{voss.id}").text


def test_a_page_of_a_claim_that_was_put_otherwise_leads_to_what_stands_in_its_place(path: Path) -> None:
    with Case.open(path) as case:
        voss = of(case, "Voss")
        (span,) = voss.content.spans
        made = rule(case, "edit", voss, Wording(content=(Span(span.start + 10, span.end),))).gives[0].id
        list(case.link())
    with at_desk(path) as client:
        assert f'href="/claims/{made}"' in client.get(f"/claims/{voss.id}").text
        assert client.get(f"/claims/{made}").status_code == 200
        assert made in {c for k in msgspec.json.decode(client.get("/links.json").content)["links"] for c in k["claims"]}
