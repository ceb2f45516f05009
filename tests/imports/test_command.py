"""`sayso import` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.case import Case
from sayso.query import Query
from sayso.review import Ruling
from tests.desk import run
from tests.read.archives import packed, pages
from tests.read.test_archiver import POST, sheet
from tests.read.test_wacz import package


@pytest.fixture
def kept(desk: Path) -> Path:
    run("add", "a.case", "bridge.txt", "ferry.txt")
    return desk


def ledgers(case: str) -> list[object]:
    with Case.open(case) as opened:
        return [opened.ledger(kept.document.id) for kept in opened.documents()]


def test_a_case_moves_to_another_and_again_changes_nothing(kept: Path) -> None:
    run("export", "a.case", "--format", "ledgers", "-o", "moved.jsonl")
    assert "2 documents" in run("import", "b.case", "moved.jsonl").stderr
    assert ledgers("b.case") == ledgers("a.case")
    assert "2 already there" in run("import", "b.case", "moved.jsonl").stderr
    assert run("claims", "b.case", "ferry", "--format", "jsonl").stdout == (
        run("claims", "a.case", "ferry", "--format", "jsonl").stdout
    )


def test_people_send_each_other_their_judgements(kept: Path) -> None:
    run("export", "a.case", "--format", "brat", "-o", "corpus")
    told = run("import", "a.case", "corpus", "--by", "Ida Moor").stderr
    assert "judgements" in told
    run("export", "a.case", "--format", "judgements", "-o", "ruled.jsonl")
    run("export", "a.case", "--format", "ledgers", "-o", "moved.jsonl")
    run("import", "b.case", "moved.jsonl", "ruled.jsonl")
    with Case.open("a.case") as a, Case.open("b.case") as b:
        assert list(b.review.judgements()) == list(a.review.judgements())
    assert "already there" in run("import", "b.case", "ruled.jsonl").stderr


def test_what_somebody_left_out_of_a_brat_file_is_rejected_and_again_changes_nothing(kept: Path) -> None:
    run("export", "a.case", "--format", "brat", "-o", "corpus")
    for file in (kept / "corpus").glob("*.ann"):
        lines = file.read_text().splitlines(keepends=True)
        file.write_text("".join(line for line in lines if not line.startswith("E1\t")))
    run("import", "a.case", "corpus", "--by", "Ida Moor")
    with Case.open("a.case") as case:
        assert case.review.counts().states["rejected"] == 2
        before = list(case.review.judgements())
    assert "already there" in run("import", "a.case", "corpus", "--by", "Ida Moor").stderr
    with Case.open("a.case") as case:
        assert list(case.review.judgements()) == before


def test_what_another_rejected_is_added_from_a_brat_folder_once(kept: Path) -> None:
    run("export", "a.case", "--format", "brat", "-o", "corpus")
    with Case.open("a.case") as case:
        claim = next(claim for claim in case.claims() if claim.kind != "authorial")
        case.review.judge(Ruling(act="reject", by="Ole Falk", claims=(claim.id,)))
    run("import", "a.case", "corpus", "--by", "Ida Moor")
    with Case.open("a.case") as case:
        before = list(case.review.judgements())
    assert "already there" in run("import", "a.case", "corpus", "--by", "Ida Moor").stderr
    with Case.open("a.case") as case:
        assert list(case.review.judgements()) == before


def test_an_import_of_judgements_does_not_set_the_clock_back(kept: Path) -> None:
    run("export", "a.case", "--format", "brat", "-o", "corpus")
    run("import", "a.case", "corpus", "--by", "Ida Moor")
    run("export", "a.case", "--format", "judgements", "-o", "ruled.jsonl")
    run("export", "a.case", "--format", "ledgers", "-o", "moved.jsonl")
    early = (kept / "ruled.jsonl").read_text()
    assert early.count("\n") > 1
    run("import", "b.case", "moved.jsonl", "ruled.jsonl")
    assert "set back" not in run("verify", "b.case").stdout


def test_what_is_wrong_with_an_archive_is_told_by_import_too(desk: Path) -> None:
    (desk / "a.wacz").write_bytes(package(digest="sha256:" + "0" * 64))
    assert "states another digest" in run("import", "a.case", "a.wacz").stderr


def test_a_brat_folder_needs_to_be_somebodys(kept: Path) -> None:
    run("export", "a.case", "--format", "brat", "-o", "corpus")
    assert "give --by NAME" in run("import", "a.case", "corpus", code=2).stderr


def test_what_somebody_marked_in_a_page_becomes_their_ruling(kept: Path) -> None:
    page = kept / "mole.jsonl"
    page.write_text(
        json.dumps({"text": "It is quiet. Pia Holm said the mole was closed.", "url": "https://sund.example/m/"})
    )
    run("add", "a.case", "mole.jsonl")
    marked = {
        "creator": {"name": "Ida Moor"},
        "type": "Annotation",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": "claim"},
            {"type": "TextualBody", "purpose": "commenting", "value": "the author's own"},
        ],
        "target": {"source": "http://sund.example/m#top", "selector": {"type": "TextQuoteSelector", "exact": "It is"}},
    }
    note = {**marked, "body": {"type": "TextualBody", "value": "nice"}}
    elsewhere = {**marked, "target": {**marked["target"], "source": "https://other.example"}}  # type: ignore[dict-item] # a target
    (kept / "marks.json").write_text(json.dumps([marked, note, elsewhere]))
    told = run("import", "a.case", "marks.json", code=3).stderr
    assert "annotation 2: is not marked as a claim" in told
    assert "annotation 3: is of no document of the case" in told
    with Case.open("a.case") as case:
        (judgement,) = case.review.judgements()
        assert (judgement.act, judgement.by, judgement.why) == ("add", "Ida Moor", "the author's own")
        assert judgement.gives[0].content.text == "It is"
    assert "1 already there" in run("import", "a.case", "marks.json", code=3).stderr


def test_our_own_annotations_are_nobodys_rulings(kept: Path) -> None:
    run("export", "a.case", "--format", "webannotation", "-o", "own.jsonl")
    told = run("import", "a.case", "own.jsonl", code=2).stderr
    assert told.count("nobody's ruling") == 1


def test_actors_are_known_from_then_on(desk: Path) -> None:
    actor = {"id": "hg-1", "schema": "Organization", "properties": {"name": ["Harbour Guard"]}}
    (desk / "actors.ftm.json").write_text(json.dumps(actor) + "\n")
    (desk / "quay.txt").write_text("The Harbour Guard said on Monday that the quay was closed.\n")
    assert "1 file of actors" in run("import", "a.case", "actors.ftm.json").stderr
    assert "1 already there" in run("import", "a.case", "actors.ftm.json").stderr
    run("add", "a.case", "quay.txt")
    with Case.open("a.case") as case:
        (kept,) = case.documents()
        assert "hg-1" in {entity.known for entity in case.ledger(kept.document.id).entities}
        assert "hg-1" in {entity.known for entity in case.entities()}


def test_actors_that_are_none_are_refused(desk: Path) -> None:
    (desk / "actors.json").write_text('{"id": "a", "schema": "Person", "properties": {"name": ["A B"]}}\n{"id": 1}\n')
    assert "actors.json, line 2" in run("import", "a.case", "actors.json", code=2).stderr


def test_archives_and_sheets_come_in_as_documents(desk: Path) -> None:
    (desk / "a.wacz").write_bytes(package())
    (desk / "b.warc.gz").write_bytes(packed(pages(3)))
    (desk / "sheet.csv").write_bytes(sheet(POST))
    told = run("import", "a.case", "a.wacz", "b.warc.gz", "sheet.csv").stderr
    assert "4 documents" in told
    assert "2 already there" in told
    with Case.open("a.case") as case:
        (post,) = case.claims(Query(text="mole"))
        ledger = case.ledger(post.document.id)
        assert ledger.document.capture is not None
        assert ledger.document.capture.record == POST[3]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("reviews.json", '{"@type": "ClaimReview"}', "sayso check CASE --with FILE"),
        ("found.jsonl", '{"extractions": 7, "text": "a"}\n', "is no document of LangExtract"),
        ("nothing.json", "", "is empty"),
        ("gone.json", None, "no such file"),
        ("nothing", None, ".ann"),
    ],
)
def test_mistakes_are_the_users(desk: Path, name: str, content: str | None, told: str) -> None:
    if content is not None:
        (desk / name).write_text(content)
    result = run("import", "a.case", name, code=2)
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 2


def test_one_bad_file_of_many_is_told_and_the_rest_is_taken(kept: Path) -> None:
    run("export", "a.case", "--format", "ledgers", "-o", "moved.jsonl")
    (kept / "bad.json").write_text("{")
    told = run("import", "b.case", "bad.json", "moved.jsonl", code=3).stderr
    assert "2 documents, 1 not taken" in told


def langextract(*extractions: tuple[str, dict[str, str]], text: str) -> str:
    made = [{"extraction_class": "claim", "extraction_text": words, "attributes": own} for words, own in extractions]
    return json.dumps({"extractions": made, "text": text, "document_id": "one"}) + "\n"


def test_only_what_the_text_bears_out_of_langextracts_proposals_becomes_a_claim(desk: Path) -> None:
    text = "Pia Holm told the council that the mole was closed. Tom Reyk said the ferry could not sail on Friday. "
    text += "The new weir, in the words of Ann Lee, leaks like a basket."
    given = langextract(
        ("the mole was closed", {"speaker": "Pia Holm"}),  # the reader has that itself
        ("the ferry could not sail on Friday", {"speaker": "Tom Reyk"}),
        ("the ferry could sail on Friday", {"speaker": "Tom Reyk"}),
        ("the mole was closed", {"speaker": "the White Bureau"}),
        ("leaks like a basket", {"speaker": "Ann Lee", "cue": "in the words of"}),  # the reader does not have that
        text=text,
    )
    (desk / "found.jsonl").write_text(given)
    told = run("import", "a.case", "found.jsonl", code=3).stderr
    assert "“the ferry could sail on Friday” became no claim" in told
    assert "1 document" in told
    with Case.open("a.case") as case:
        words = {claim.content.text for claim in case.claims()}
        proposed = [claim for claim in case.claims() if claim.found_by == "llm:langextract"]
        assert "the ferry could sail on Friday" not in words
        assert not [claim for claim in case.claims() if claim.source and "Bureau" in claim.source.name]
        assert [(claim.content.text, claim.score) for claim in proposed] == [("leaks like a basket", None)]
    assert "1 already there" in run("import", "a.case", "found.jsonl").stderr


def test_proposals_on_a_document_that_is_there_are_not_lost_silently(kept: Path) -> None:
    with Case.open("a.case") as case:
        text = next(case.ledger(kept.document.id).document.text for kept in case.documents())
    (kept / "plain.txt").write_text(text)
    run("add", "a.case", "plain.txt")
    (kept / "found.jsonl").write_text(langextract(("the bridge was safe", {"speaker": "Ann Lee"}), text=text))
    assert "import proposals before you add the text" in run("import", "a.case", "found.jsonl", code=2).stderr
