from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from sayso.publish.chains import Places
from sayso.publish.marks import paragraphs
from sayso.records import Claim, Document, Ledger, claim_id, phrase
from sayso.spans import Span

from .ledgers import document, ledger, paragraphs_of
from .sample import sample


def marked_up(found: Ledger) -> str:
    numbers = {claim.id: number for number, claim in enumerate(found.claims, 1)}
    return "".join(f"{p.gap}<p>{p.html}</p>" for p in paragraphs(found, Places(found), numbers))


def without_tags(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def pieces(markup: str) -> list[tuple[str, str, str]]:
    """Classes, claim numbers and words of each marked piece."""
    return re.findall(r'<span class="([^"]*)" data-c="([^"]*)">([^<]*)</span>', markup)


def plain(read: Document, number: int, content: tuple[Span, ...]) -> Claim:
    identity = claim_id(read.ref.id, content, number)
    words = phrase(read.text, content)
    return Claim(id=identity, document=read.ref, kind="indirect", content=words, found_by="t", score=1.0)


def test_without_its_tags_it_is_the_text() -> None:
    assert without_tags(marked_up(sample())) == sample().document.text.rstrip()


def test_source_cue_and_content_are_marked_where_they_stand() -> None:
    found = ledger("[source 1|Reyk] [cue 1|denied] that [content 1|the quay burned].")
    assert pieces(marked_up(found)) == [("source", "1", "Reyk"), ("cue", "1", "denied"), ("d1", "1", "the quay burned")]


def test_content_within_content_is_deeper_and_names_the_inner_claim_first() -> None:
    found = ledger(
        "[source 1|A] [cue 1|says] [content 1|[source 2|B] [cue 2|says] [content 2|it rained] again].", {2: {"via": 1}}
    )
    marks = {words: (classes, claims) for classes, claims, words in pieces(marked_up(found))}
    assert marks["B"] == ("source d1", "2 1")
    assert marks["it rained"] == ("d2", "2 1")
    assert marks[" again"] == ("d1", "1")


def test_spans_that_cross_are_cut_at_their_borders() -> None:
    text = "one two three four"
    read = document(text)
    spans = ((Span(0, 13),), (Span(4, 18),))
    claims = tuple(plain(read, number, content) for number, content in enumerate(spans))
    found = Ledger(document=read, claims=claims, paragraphs=paragraphs_of(read))
    assert [(classes, words) for classes, _, words in pieces(marked_up(found))] == [
        ("d1", "one "),
        ("d2", "two three"),
        ("d1", " four"),
    ]


def test_each_claim_has_one_number_that_leads_to_its_card() -> None:
    found = sample()
    numbers = re.findall(r'<a class="n" id="m-(c\w+)" href="#(c\w+)" data-n="(\d+)"', marked_up(found))
    assert numbers == [(claim.id, claim.id, str(number)) for number, claim in enumerate(found.claims, 1)]


def test_repeats_lead_to_each_other_and_furniture_is_named() -> None:
    markup = marked_up(sample())
    first = re.search(r'<a class="note" id="([^"]+)" href="#([^"]+)" data-note="stands again in ¶ 11"', markup)
    again = re.search(r'<a class="note" id="([^"]+)" href="#([^"]+)" data-note="stands already in ¶ 6"', markup)
    assert first
    assert again
    assert first.groups() == again.groups()[::-1]
    assert markup.count('data-note="page furniture"') == 2


texts = st.text("ab <&\n\u202e", min_size=1, max_size=60)


@given(text=texts, data=st.data())
def test_any_spans_leave_the_text_as_it_is(text: str, data: st.DataObject) -> None:
    read = document(text)
    cut = st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True).map(lambda ends: Span(*sorted(ends)))
    contents = data.draw(st.lists(st.tuples(cut), max_size=4))
    found = Ledger(
        document=read,
        claims=tuple(plain(read, number, content) for number, content in enumerate(contents)),
        paragraphs=paragraphs_of(read),
        furniture=tuple(data.draw(st.lists(cut, max_size=2))),
        repeats=tuple(data.draw(st.lists(st.tuples(cut, cut), max_size=2))),
    )
    assert without_tags(marked_up(found)).rstrip() == text.replace("\u202e", "⟨U+202E⟩").rstrip()
