"""CSV and the workbook, read back with the readers that people and programs have."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace

from sayso.case import Case
from sayso.export import Selection, spreadsheet, tables
from sayso.export.spreadsheet import SHEETS
from sayso.links import Cluster, Contradiction
from sayso.records import Entity
from sayso.spans import Span
from sayso.store import Store
from tests.publish.ledgers import ledger

from .made import Made, exported, selection

URL = "https://sund.example/a?b=1&c=2"


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported("csv").decode("utf-8-sig"))))


@pytest.fixture(scope="module")
def book() -> Any:
    return openpyxl.load_workbook(io.BytesIO(exported("xlsx")))


def column(page: Any, head: str) -> list[Any]:
    heads = [cell.value for cell in page[1]]
    return [row[heads.index(head)] for row in page.iter_rows(min_row=2)]


def test_csv_has_a_row_for_each_claim_with_its_words() -> None:
    found = {row["id"]: row for row in rows()}
    claims = list(selection().claims())
    assert list(found) == [claim.id for claim in claims]
    (reyk,) = [r for r in rows() if r["act"] == "denies" and r["source"] == "Tomas Reyk"]
    assert reyk["words"] == "any battery under his orders had fired that night"
    assert (reyk["published"], reyk["place"], reyk["put"]) == ("2031-06-05", "¶ 4", "put as certainly not so")


def test_csv_shows_the_chain_the_origins_and_what_differs() -> None:
    by_words = {row["words"]: row for row in rows()}
    log = by_words["nine outgoing rounds between 02:10 and 02:25"]
    assert log["chain"] == "on the word of two officers, on the word of Mara Ilves, in the Sund Courier"
    (nine,) = [r for r in rows() if r["outlet"] == "Bay Wire" and "nine rounds" in r["words"]]
    assert (nine["same_documents"], nine["origins_low"], nine["origins_high"]) == ("4", "1", "3")
    assert "eleven rounds were fired at the old quay" in nine["against"]


def test_a_cluster_is_read_once_for_all_of_its_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    cluster = Made.cluster

    def counted(made: Made, claim: str) -> Cluster | None:
        asked.append(claim)
        return cluster(made, claim)

    monkeypatch.setattr(Made, "cluster", counted)
    exported("csv")
    (group,) = [link for link in selection().links() if isinstance(link, Cluster)]
    assert len(group.claims) == 4
    assert len(set(asked) & set(group.claims)) == 1
    assert len(asked) == len(set(asked))


def test_no_cell_of_csv_is_a_formula() -> None:
    (bad,) = [row for row in rows() if "HYPERLINK" in row["source"]]
    assert bad["source"].startswith("'=")
    assert bad["words"].startswith("'+1")
    text = exported("csv").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_duckdb_reads_the_csv(tmp_path: Any) -> None:
    duckdb = pytest.importorskip("duckdb")
    (tmp_path / "a.csv").write_bytes(exported("csv"))
    found = duckdb.read_csv(str(tmp_path / "a.csv")).aggregate("count(*), sum(score)").fetchall()
    claims = list(selection().claims())
    assert found == [(len(claims), pytest.approx(sum(claim.score or 0.0 for claim in claims)))]


def test_the_workbook_opens_with_what_it_is(book: Any) -> None:
    assert book.sheetnames == ["About", *(sheet.name for sheet in SHEETS)]
    told = " ".join(str(cell.value) for row in book["About"].iter_rows() for cell in row if cell.value)
    assert "None is stated as a fact" in told
    assert "nothing found refutes nothing" in told


@pytest.mark.parametrize("sheet", [sheet.name for sheet in SHEETS])
def test_each_sheet_has_a_frozen_header_and_filters(book: Any, sheet: str) -> None:
    page = book[sheet]
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref.startswith("A1:")
    assert page.column_dimensions["A"].width > 15
    assert page["A1"].font.bold


def test_the_workbook_has_no_formula(book: Any) -> None:
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    (bad,) = [cell for cell in cells if cell.value == '=HYPERLINK("http://x.example","Ann")' and cell.column == 1][:1]
    assert bad.data_type in ("s", "inlineStr")


def test_cells_lead_to_other_sheets_and_to_the_page(book: Any) -> None:
    for cell in column(book["Claims"], "Document"):
        sheet, _, at = cell.hyperlink.location.rpartition("!")
        assert book[sheet.strip("'")][at].value == cell.value
    for cell in column(book["Contradictions"], "Claim id"):
        row = book["Claims"][cell.hyperlink.location.rpartition("!")[2].removeprefix("A")]
        assert row[-1].value == cell.value
    (address,) = [cell for cell in column(book["Documents"], "Address") if cell.value]
    assert address.hyperlink.target == URL


def test_each_link_leads_to_the_row_of_its_claim_where_two_begin_at_one_place(tmp_path: Path) -> None:
    both = ledger("[content 1|[content 2|The dam] was safe], [source 1|Ann Lee] [cue 1|said]; [cue 2|it was said].")
    assert len({claim.content.spans[0].start for claim in both.claims}) == 1
    last_first = replace(both, claims=both.claims[::-1])
    store = Store.open(tmp_path / "a.case", create=True)
    store.save(last_first, added_at="2031-07-01T09:30:00+00:00")
    store.close()
    with Case.open(tmp_path / "a.case") as case:
        found = Selection(case, hedges=lambda _: (), version="0")
        listed = [claim.id for claim in found.claims()]
        assert [claim.id for part in found.parts() for claim in part.claims] == listed
        written = io.BytesIO()
        spreadsheet.write(found, written)
    page = openpyxl.load_workbook(written)["Claims"]
    assert [row[-1].value for row in page.iter_rows(min_row=2)] == listed


def test_the_sheets_say_what_is_in_the_case(book: Any) -> None:
    sources = {row[0].value: row for row in book["Sources"].iter_rows(min_row=2)}
    assert "Tomas Reyk" in sources
    assert [c.value for c in column(book["Findings"], "What the table shows")] == ["not in the table's coverage"]
    assert [c.value for c in column(book["Findings"], "Rows")] == ["row 1 and 2 more"]
    assert {c.value for c in column(book["Origins"], "at most")} == {3}
    assert book["Contradictions"].max_row == 2


def test_who_is_surely_one_is_one_row_and_who_may_be_another_is_not() -> None:
    found = list(tables.sources(selection()))
    (reyk,) = [row for row in found if row[0] == "Tomas Reyk"]
    assert reyk[3:6] == (5, 3, "says 4, denies 1")
    assert {row[4] for row in found if row[2] == "yes"} == {1}
    assert len({row[-1] for row in found}) == len(found)


def test_a_short_name_is_its_documents_alone_and_a_known_actor_is_one() -> None:
    marked = (
        "[source 1|Lee] [cue 1|said] [content 1|the mole was closed]. [source 2|The Guard] [cue 2|said] [content 2|no]."
    )
    papers = [ledger(f"{marked} {n}", {1: {"name": "Lee", "type": "person"}, 2: {"name": "Guard"}}) for n in range(2)]
    known = []
    for paper in papers:
        guard = Entity(id="e1", name="Guard", type="armed_group", mentions=(Span(0, 3),), known="harbour-guard")
        source = replace(paper.claims[1].source, entity="e1")  # type: ignore[type-var] # it has one
        claims = (paper.claims[0], replace(paper.claims[1], source=source))
        known.append(replace(paper, entities=(guard,), claims=claims))
    rows = list(tables.sources(Selection(Made(tuple(known)), hedges=lambda _: (), version="0")))
    assert sorted((row[0], row[4], row[8]) for row in rows) == [
        ("Guard", 2, "harbour-guard"), ("Lee", 1, None), ("Lee", 1, None),
    ]  # fmt: skip


def test_csv_has_the_cue_and_what_the_text_calls_the_source() -> None:
    paper = ledger(
        "[source 1|The porter] [cue 1|did not exclude] [content 1|a second leak]."
        " [source 2|Ada Roe] [cue 2|denied] [content 2|the talk that [content 3|the lock leaked]].",
        {1: {"name": "Ada Roe", "factuality": "PS+"}, 2: {"speech_act": "deny", "factuality": "CT-"}, 3: {"via": 2}},
    )
    other = ledger("[source 1|Bo Arn] [cue 1|said] [content 1|the lock held].")
    against = Contradiction(
        a=paper.claims[2].id, b=other.claims[0].id, relation="contradicts", reason="leaked, held", spans=((), ())
    )
    chosen = Selection(Made((paper, other), (against,)), hedges=lambda _: (), version="0")
    first, _, inner, held = csv.DictReader(io.StringIO(exported("csv", chosen).decode("utf-8-sig")))
    assert (first["source"], first["act"], first["cue"]) == ("Ada Roe", "leaves open", "did not exclude")
    assert (first["source_text"], inner["source_text"]) == ("The porter", "")
    assert held["against"] == (
        "Do not seem to go together: no source (assertion), in a denial by Ada Roe: “the lock leaked”"
    )
    told = exported("markdown", chosen).decode()
    assert "**Ada Roe leaves open (“did not exclude”):** “a second leak”" in told
    assert "the text calls the source “The porter”" in told
