"""Laws of extraction, and what the author says himself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.case import knowledge, reader
from sayso.records import Claim, Ledger
from sayso.study import study
from tests.extract.canned import Canned, document


def ledger(text: str) -> Ledger:
    return study(document(text), reader(), knowledge())


def authorial(text: str) -> list[Claim]:
    return [c for c in ledger(text).claims if c.kind == "authorial"]


ARTICLE = (
    "The bridge over the Sarn was closed on Monday. “It is not safe,” said Ann Lee, the city engineer. "
    "According to the Dravin Courier, the mayor told aides that the bolts had been sold.\n\n"
    "The council denied that anyone had been paid. Who, then, took the bolts?"
)


def test_what_nobody_is_said_to_say_is_the_authors() -> None:
    own = authorial(ARTICLE)
    assert [c.content.text for c in own] == [
        "The bridge over the Sarn was closed on Monday",
        "Who, then, took the bolts?",
    ]
    assert all(c.source is None and c.cue is None for c in own)


def test_a_rhetorical_question_is_a_question() -> None:
    (claim,) = authorial("Doesn't this suggest some kind of link?")
    assert (claim.speech_act, claim.factuality) == ("ask", "Uu")


def test_what_stands_beside_an_attribution_stays_the_authors() -> None:
    (claim,) = authorial(
        "In a twist that embarrasses the whole council, on 6th February 2015 the union accused the mayor of theft."
    )
    assert claim.content.text == "In a twist that embarrasses the whole council"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“It is safe,” Ann Lee said.", "direct"),
        ("Ann Lee said it was safe.", "indirect"),
        ("Ann Lee said it was “as safe as a house”.", "mixed"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    assert [c.kind for c in ledger(text).claims] == [kind]


@pytest.mark.parametrize(
    ("text", "act", "factuality"),
    [
        ("The council denied that it was closed.", "deny", "CT-"),
        ("The council could not confirm that it was closed.", "assert", "Uu"),
        ("The council can claim that it was closed.", "assert", "PS+"),
        ("The council said that it may be closed.", "assert", "PS+"),
        ("Reports indicate that it was closed.", "assert", "PR+"),
        ("The union accused the council of theft.", "accuse", "CT+"),
        ("Experts doubt that it was closed.", "doubt", "PR-"),
    ],
)
def test_speech_act_and_factuality(text: str, act: str, factuality: str) -> None:
    (claim,) = ledger(text).claims
    assert (claim.speech_act, claim.factuality) == (act, factuality)


@pytest.mark.parametrize(
    ("text", "name", "kind", "anonymous"),
    [
        ("“Yes,” said Salo Idrin, defence minister of the rebels.", "Salo Idrin", "person", False),
        ("Republican nominee Gov. Mika Pend (R-IN) said it was closed.", "Mika Pend", "person", False),
        ("A government adviser said it was closed.", "A government adviser", "person", True),
        ("Observers say it was closed.", "Observers", "people", True),
        ("Western officials say it was closed.", "Western officials", "people", True),
        ("The US Embassy in Dravia said it was closed.", "US Embassy in Dravia", "government", False),
        ("The ministry said it was closed.", "ministry", "government", False),
        ("The Dravin Courier reported that it was closed.", "Dravin Courier", "outlet", False),
        ("The report said it was closed.", "report", "document", False),
        ("“Closed,” said the post.", "post", "post", False),
        ("Media reports said it was closed.", "Media reports", "document", True),
        ("The River Guard said it was closed.", "River Guard", "organisation", False),
        pytest.param(
            *("The Foreign Secretary said it was closed.", "Foreign Secretary", "person", False),
            marks=pytest.mark.xfail(reason="“Foreign” is taken for no part of the name", strict=True),
        ),
        ("The rebels said it was closed.", "rebels", "armed_group", False),
    ],
)
def test_sources_are_described(text: str, name: str, kind: str, anonymous: bool) -> None:  # noqa: FBT001 (a table)
    (claim,) = ledger(text).claims
    assert claim.source is not None
    assert (claim.source.name, claim.source.type, claim.source.anonymous) == (name, kind, anonymous)


def test_a_short_form_takes_the_name_of_the_full_one() -> None:
    first, second = ledger("Salo Idrin said it was closed. It rained. Idrin denied that it was open.").claims[::2]
    assert first.source
    assert second.source
    assert second.source.text == "Idrin"
    assert second.source.name == first.source.name == "Salo Idrin"


def test_outlet_and_addressee() -> None:
    first, second = ledger(
        "According to Zora Berel writing in the Dravin Courier, it is closed. "
        "An adviser told the Harbour Times' Ann Lee that it was open."
    ).claims
    assert first.outlet
    assert first.outlet.text == "Dravin Courier"
    assert second.outlet
    assert second.outlet.text == "Harbour Times"
    assert second.addressee
    assert second.addressee.text == "the Harbour Times' Ann Lee"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("On 6th February 2015 the union accused the mayor of theft.", "2015-02-06"),
        ("The Dravin Courier reported in Sept 2014 that it was closed.", "2014-09"),
        ("A report in the Dravin Courier 21st June 14 explained how it was closed.", "2014-06-21"),
        ("On March 3, 2014, the union said it was closed.", "2014-03-03"),
        ("The union said it was closed on 3 March 2014.", None),
        ("The union said on 3 March it was closed.", None),
    ],
)
def test_when_it_was_said(text: str, value: str | None) -> None:
    (claim,) = ledger(text).claims
    assert (claim.said_at.value if claim.said_at else None) == value


def test_two_sources_of_the_same_words_are_two_claims_with_ids_of_their_own() -> None:
    text = "“It is closed,” said the post and wrote the union."
    claims = study(
        document(text),
        Canned(("said", "the post", "“It is closed,”"), ("wrote", "the union", "“It is closed,”")),
        knowledge(),
    ).claims
    same = [c for c in claims if c.kind != "authorial"]
    assert len({c.content.spans for c in same}) == 1
    assert len({c.id for c in same}) == len(same) == 2


def check(claims: tuple[Claim, ...], text: str) -> None:
    ids = {c.id for c in claims}
    assert len(ids) == len(claims)
    for claim in claims:
        for part in (claim.source, claim.cue, claim.content, claim.outlet, claim.addressee):
            if part is not None:
                assert part.text == " ".join(text[s.start : s.end] for s in part.spans)
        assert claim.via is None or (claim.via in ids and claim.via != claim.id)
        assert claim.score is not None
        assert 0 < claim.score < 1


WORDS = st.sampled_from(
    [
        "said",
        "The mayor",
        "according to",
        "that",
        "it was",
        "closed",
        "“",
        "”",
        '"',
        ",",
        ".",
        ":",
        "?",
        "\n\n",
        "reports",
        "claim",
        "and",
        "but",
        "by",
        "Ann Lee",
        "who",
        "the union",
        "told",
        "accused",
        "of",
        "theft",
        "not",
        "is said to be",
        "reportedly",
        "(",
        ")",
        "—",
        "in June 2014",
        "’s",
        "to",
        "saying",
        "WALLACE:",
        "•",
        "\u202e",
        "é",
    ]
)


@settings(max_examples=30)
@given(st.lists(WORDS, min_size=1, max_size=40))
def test_spans_equal_what_the_reader_sees(words: list[str]) -> None:
    text = " ".join(words)
    if text.strip():
        check(ledger(text).claims, text)


def places(text: str) -> list[tuple[object, ...]]:
    return [(c.kind, c.content.spans, c.source and c.source.spans, c.cue and c.cue.spans) for c in ledger(text).claims]


# The reader looks around itself for some 250 word pieces, so what it knows of a paragraph may change with the next one.
FAR = "\n\n".join([ARTICLE, *["It rained all night over the valley, and the river rose."] * 40])


@settings(max_examples=8)
@given(st.lists(WORDS, min_size=1, max_size=25))
def test_adding_a_paragraph_far_below_never_moves_earlier_claims(words: list[str]) -> None:
    longer = FAR + "\n\nThe weather was fair. " + " ".join(words).replace("\n", " ").replace("WALLACE:", "")
    assert places(longer)[:6] == places(FAR)[:6]


@pytest.mark.parametrize(
    "text", ["“a " * 4_000, '"' * 9_000, "“‘" * 3_000, "a" * 200_000, "the mayor said " * 2_000], ids=lambda t: t[:6]
)
def test_broken_texts_are_survived_with_few_notices(text: str) -> None:
    found = ledger(text)
    check(found.claims, text)
    assert len(found.notices) <= 5


def test_nobody_is_the_source_where_it_is_only_said_of_them() -> None:
    (assumed,) = [c for c in ledger("It was assumed that the mill would close.").claims if c.cue]
    assert assumed.source is None


def test_a_name_before_according_to_takes_the_rest_of_its_clause_along() -> None:
    claims = ledger("Orlec, according to the report, wished to hide the losses of the mill.").claims
    (reported,) = [c for c in claims if c.cue and c.cue.text == "according to"]
    assert reported.content.text.startswith("Orlec wished to hide the losses")
    assert all(c.source is None or "report" not in c.source.text for c in claims if c.via == reported.id)


def test_a_quotation_that_is_a_paragraph_is_of_whom_the_sentence_before_spoke() -> None:
    told = "A report in the Dravin Courier drew attention to the sale.\n\n“The council sold the mill without a vote.”"
    (claim,) = [c for c in ledger(told).claims if "without a vote" in c.content.text]
    assert claim.source is not None
    assert (claim.kind, claim.source.type) == ("direct", "document")
    apart = "The mill was sold in May.\n\n“The council sold it without a vote.”"
    assert all(c.source is None for c in ledger(apart).claims)
