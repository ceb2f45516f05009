from __future__ import annotations

import random
import re
from xml.etree import ElementTree

from sayso.links import Cluster, Link, Origin, Origins, Tie
from sayso.publish import casefile
from sayso.publish.excerpts import differing, excerpt, roles
from sayso.records import Ledger
from sayso.spans import Span

from .ledgers import ledger, no_hedges
from .linked import HOSTILE, documents, links
from .test_dossier import Outline

CASE = documents()


def made(ledgers: tuple[Ledger, ...] = CASE, found: tuple[Link, ...] | None = None) -> str:
    refs = [each.document.ref for each in ledgers]
    return casefile.render(refs, ledgers, links(CASE) if found is None else found, no_hedges, version="1.2.3")


def test_the_same_case_in_any_order_gives_the_same_file() -> None:
    page = made()
    for seed in range(3):
        chance = random.Random(seed)  # noqa: S311 - the same each time is what is wanted
        ledgers, found = list(CASE), list(links(CASE))
        chance.shuffle(ledgers)
        chance.shuffle(found)
        assert made(tuple(ledgers), tuple(found)) == page


def test_nothing_is_loaded_or_run() -> None:
    outline = Outline(made())
    assert not [t for t, a in outline.elements if t in {"link", "img", "iframe", "object", "script"} or "src" in a]
    assert all(a["href"].startswith("#") for _, a in outline.elements if "href" in a)
    assert not any(key.startswith("on") or key == "style" for _, a in outline.elements for key in a)
    policy = next(a["content"] for a in outline.of("meta") if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_every_link_has_its_target_and_every_id_stands_once() -> None:
    for page in (made(), made(found=()), made((), ())):
        outline = Outline(page)
        assert len(outline.ids) == len(set(outline.ids))
        assert {a["href"][1:] for _, a in outline.elements if "href" in a} <= set(outline.ids)


def test_words_of_documents_cannot_be_markup() -> None:
    page = made()
    assert "<script" not in page
    assert "<b>No</b>" not in page
    assert HOSTILE in Outline(page).text
    for picture in re.findall(r"<svg.*?</svg>", page, re.S):
        ElementTree.fromstring(picture)  # noqa: S314 - made here


def test_every_document_and_claim_has_its_place() -> None:
    ids = Outline(made()).ids
    assert {each.document.ref.id for each in CASE} <= set(ids)
    assert {claim.id for each in CASE for claim in each.claims} <= set(ids)


def test_the_opening_counts_and_says_what_was_not_checked() -> None:
    said = " ".join(Outline(made()).text.split())
    assert "5 documents from 3 outlets, with 7 claims." in said
    assert "1 group of claims says the same in two documents or more; 1 of them has fewer origins" in said
    assert "Not checked: whether anything that is said is so;" in said


def test_a_heading_is_somebodys_words() -> None:
    heading = re.search(r'<h3 id="k1-title">(.*?)</h3>', made(), re.S)
    assert heading is not None
    told = " ".join(Outline(heading[1]).text.split())
    assert told == "1 Tomas Reyk says nine rounds were fired at the quay in Bay Wire"


def test_a_heading_says_the_act_and_on_whose_word_as_every_page_does() -> None:
    marked = (
        "[source 1|The Reed Guild] [cue 1|denies] [content 1|the charge by the wardens"
        " that [content 2|it drained the marsh]]."
    )
    papers = tuple(
        ledger(f"{marked} {n}", {1: {"speech_act": "deny", "factuality": "CT-"}, 2: {"via": 1}}, outlet=f"Paper {n}")
        for n in range(2)
    )
    groups = tuple(
        Cluster(
            id=f"k{at}",
            claims=tuple(paper.claims[at].id for paper in papers),
            documents=tuple(paper.document.ref.id for paper in papers),
            origins=Origins(
                low=1,
                high=1,
                items=(
                    Origin(id="o1", kind="organisation", who="The Reed Guild", documents=(papers[0].document.ref.id,)),
                ),
                ties=(Tie(a=papers[0].claims[at].id, b=papers[1].claims[at].id, certain=True, why="copied"),),
            ),
            score=0.9,
        )
        for at in range(2)
    )
    page = made(papers, groups)
    heads = [" ".join(Outline(h).text.split()) for h in re.findall(r'<h3 id="k\d-title">(.*?)</h3>', page, re.S)]
    assert heads == [
        "1 The Reed Guild denies the charge by the wardens that it drained the marsh in Paper 0",
        "2 no source, assertion, in a denial by The Reed Guild it drained the marsh in Paper 0",
    ]


def test_an_interval_has_its_reasons() -> None:
    said = " ".join(Outline(made()).text.split())
    assert "1 to 3 independent origins in 4 documents" in said
    assert "Counted as one: the passage is from Bay Wire (Bay Wire and Daily)." in said
    assert "May be one, so the lower number counts them once: neither is named (Bay Wire and Sund Courier)." in said


def test_the_words_that_differ_are_marked() -> None:
    marked = re.findall(r'<mark class="(?:d1 )?differs">(.*?)</mark>', made())
    assert {"nine", "eleven", "no", "few"} <= set(marked)


def test_a_quotation_that_reads_differently_is_told_word_by_word() -> None:
    assert "Bay Wire: no; Daily: few" in " ".join(Outline(made()).text.split())


def test_shared_passages_stand_beside_each_other() -> None:
    page = made()
    assert page.count('<span class="same">nine rounds were fired at the quay</span>') == 2
    said = " ".join(Outline(page).text.split())
    assert "shares prose with Bay Wire, “Nine rounds”, 2031-05-14. The first does not name the second." in said


def test_the_words_take_no_side() -> None:
    text = Outline(made()).text.lower()
    for word in ("true", "false", "truth", "lie", "lies", "fact", "confirmed", "confirmation", "debunked", "proven"):
        assert not re.search(rf"\b{word}\b", text), word


def test_a_case_in_which_nothing_stands_twice_says_so() -> None:
    said = " ".join(Outline(made(found=())).text.split())
    assert "No other document says the same" in said
    assert "No two claims were found to differ" in said
    assert "No quotation was found that reads differently" in said
    assert "no other document was found to say the same as any of them" in said
    assert "No document was found to share text with another" in said


def test_an_empty_case_is_a_page_too() -> None:
    assert "This case holds no documents." in made((), ())


def test_differing_words_are_found_word_by_word() -> None:
    a, b = "We have no guns there now", "We have few guns now"
    here, there = differing((a, [Span(0, len(a))]), (b, [Span(0, len(b))]))
    assert [s.of(a) for s in here] == ["no", "there"]
    assert [s.of(b) for s in there] == ["few"]


def test_an_excerpt_is_whole_words_of_its_own_paragraph() -> None:
    long = "bridge " * 60
    read = ledger(f"Before.\n\n{long}[source 1|Reyk] [cue 1|said] [content 1|no & never]. {long}\n\nAfter.")
    claim = read.claims[0]
    shown = str(excerpt(read, claim.content.spans, roles(claim), around=20))
    assert shown == (
        '… bridge <span class="source">Reyk</span> <span class="cue">said</span> '
        '<span class="d1">no &amp; never</span>. bridge bridge …'
    )
    whole = ledger("Before.\n\n[source 1|Reyk] [cue 1|said] [content 1|no].\n\nAfter.")
    assert Outline(str(excerpt(whole, whole.claims[0].content.spans, ()))).text == "Reyk said no."


def test_many_that_may_say_the_same_are_folded_and_counted() -> None:
    papers = tuple(ledger(f"[source 1|Orla Venn] [cue 1|said] [content 1|the lock leaks, {n}].") for n in range(6))
    ids = [paper.claims[0].id for paper in papers]
    for more in (3, 4):
        group = Cluster(
            id="k1",
            claims=tuple(ids[:2]),
            documents=tuple(paper.document.ref.id for paper in papers[:2]),
            origins=Origins(
                low=1,
                high=2,
                items=tuple(
                    Origin(id=f"o{n}", kind="eyewitness", who="Orla Venn", documents=(papers[n].document.ref.id,))
                    for n in range(2)
                ),
            ),
            possibly=tuple(ids[2 : 2 + more]),
            score=0.9,
        )
        page = made(papers, (group,))
        (fold,) = re.findall(r'<details class="more-pairs"( open)?><summary><h4>May say the same', page)
        assert fold == (" open" if more == 3 else "")
        assert f"{more} claims" in page
