"""When a claim was said and when what it speaks of happened, by the tree of its sentence."""

from __future__ import annotations

from eval.times import words

from sayso.case import lexicon
from sayso.extract.sources import describe
from sayso.parse import parse
from sayso.records import Claim, Document, DocumentRef, phrase
from sayso.resolve.times.claims import Dated, date_claims
from sayso.spans import Span
from sayso.syntax import Syntax
from tests.marked import strip

WORDS = words()


def tree(text: str, rows: str) -> Syntax:
    """A tree from rows of "form lemma upos xpos head rel", heads counted from 1 within the text."""
    table = [row.split() for row in rows.strip().splitlines()]
    start, at = [], 0
    for form, *_ in table:
        at = text.index(form, at)
        start.append(at)
        at += len(form)
    columns = list(zip(*table, strict=True))
    return Syntax(
        text=text,
        start=start,
        end=[a + len(form) for a, form in zip(start, columns[0], strict=True)],
        lemma=columns[1],
        upos=columns[2],
        xpos=columns[3],
        head=[int(head) - 1 if head != "0" else n for n, head in enumerate(columns[4])],
        rel=columns[5],
        sentence=[0] * len(table),
        certainty=[0.0] * len(table),
    )


def dated(marked: str, rows: str = "", published: str = "2015-06-05") -> tuple[Dated, str]:
    text, marks = strip(marked)
    document = Document(ref=DocumentRef(id="d", path="case", sha256="0", published=published), text=text)
    parsed = parse(document, lexicon())
    claims = [
        Claim(
            id=f"c{number}",
            document=document.ref,
            kind="indirect",
            source=describe(parsed, roles["source"], lexicon()) if "source" in roles else None,
            cue=phrase(text, roles["cue"]),
            content=phrase(text, roles["content"]),
            found_by="case",
            score=1,
        )
        for number, roles in sorted(marks.items())
    ]
    return date_claims(parsed, claims, WORDS, tree(text, rows) if rows else None), text


def value(times: Dated, what: str, number: int = 0) -> str | None:
    time = (times.said if what == "said" else times.happened)[number]
    return time.value if time else None


def test_a_time_on_the_cue_dates_the_saying_and_one_in_the_content_the_event() -> None:
    found, _ = dated(
        "[source|She] [cue|said] Tuesday [content|they left in 2014].",
        """
        She she PRON PRP 2 nsubj
        said say VERB VBD 0 root
        Tuesday Tuesday PROPN NNP 2 obl:unmarked
        they they PRON PRP 5 nsubj
        left leave VERB VBD 2 ccomp
        in in ADP IN 7 case
        2014 2014 NUM CD 5 obl
        . . PUNCT . 2 punct
        """,
    )
    assert (value(found, "said"), value(found, "happened")) == ("2015-06-02", "2014")


RETIRED = """
    Penn Penn PROPN NNP 7 nsubj
    , , PUNCT , 4 punct
    who who PRON WP 4 nsubj
    {verb} 1 acl:relcl
    in in ADP IN 6 case
    2012 2012 NUM CD 4 obl
    said say VERB VBD 0 root
    it it PRON PRP 9 nsubj
    held hold VERB VBD 7 ccomp
    . . PUNCT . 7 punct
"""


def test_a_time_of_something_else_the_source_did_does_not_date_the_saying() -> None:
    found, _ = dated(
        "[source|Penn], who left in 2012 [cue|said] [content|it held].", RETIRED.format(verb="left leave VERB VBD")
    )
    assert value(found, "said") is None


def test_a_participle_of_telling_dates_the_saying() -> None:
    rows = """
    Penn Penn PROPN NNP 6 nsubj
    , , PUNCT , 1 punct
    writing write VERB VBG 1 acl
    in in ADP IN 5 case
    2012 2012 NUM CD 3 obl
    said say VERB VBD 0 root
    it it PRON PRP 8 nsubj
    held hold VERB VBD 6 ccomp
    . . PUNCT . 6 punct
    """
    outside, _ = dated("[source|Penn], writing in 2012 [cue|said] [content|it held].", rows)
    inside, _ = dated("[source|Penn, writing in 2012] [cue|said] [content|it held].", rows)
    assert (value(outside, "said"), value(inside, "said")) == ("2012", "2012")


def test_the_date_of_a_document_that_is_the_source_dates_the_saying_and_that_of_a_person_does_not() -> None:
    rows = """
    The the DET DT 3 det
    2012 2012 NUM CD 3 compound
    {noun} {noun} NOUN NN 4 nsubj
    says say VERB VBZ 0 root
    it it PRON PRP 6 nsubj
    held hold VERB VBD 4 ccomp
    . . PUNCT . 4 punct
    """
    report, _ = dated("[source|The 2012 report] [cue|says] [content|it held].", rows.format(noun="report"))
    nominee, _ = dated("[source|The 2012 nominee] [cue|says] [content|it held].", rows.format(noun="nominee"))
    assert (value(report, "said"), value(nominee, "said")) == ("2012", None)


def test_the_date_of_a_thing_that_a_document_is_of_does_not_date_the_saying() -> None:
    rows = """
    Reports report NOUN NNS 6 nsubj
    from from ADP IN 5 case
    its its PRON PRP$ 5 nmod:poss
    1995 1995 NUM CD 5 compound
    documents document NOUN NNS 1 nmod
    say say VERB VBP 0 root
    it it PRON PRP 8 nsubj
    held hold VERB VBD 6 ccomp
    . . PUNCT . 6 punct
    """
    found, _ = dated("[source|Reports from its 1995 documents] [cue|say] [content|it held].", rows)
    assert value(found, "said") is None


def test_a_time_on_a_phrase_after_the_verb_is_taken_for_the_verbs_and_one_in_a_clause_is_not() -> None:
    rows = """
    He he PRON PRP 2 nsubj
    said say VERB VBD 0 root
    they they PRON PRP 4 nsubj
    sold sell VERB VBD 2 ccomp
    the the DET DT 6 det
    mill mill NOUN NN 4 obj
    {word} {tag} {head}
    in in ADP IN 9 case
    2012 2012 NUM CD {of} nmod
    . . PUNCT . 2 punct
    """
    marked = "[source|He] [cue|said] [content|they sold the mill {word} in 2012]."
    near, _ = dated(marked.format(word="there"), rows.format(word="there", tag="there ADV RB", head="6 advmod", of=6))
    clause, _ = dated(marked.format(word="built"), rows.format(word="built", tag="build VERB VBN", head="6 acl", of=7))
    assert (value(near, "happened"), value(clause, "happened")) == ("2012", None)


def test_a_quotation_in_a_quoted_claim_counts_from_its_own_saying() -> None:
    found, text = dated("[content|“It fell yesterday,”] [source|she] [cue|said] on Tuesday. It rained yesterday.")
    assert [(t.spans[0].of(text), t.value) for t in found.times] == [
        ("yesterday", "2015-06-01"),
        ("Tuesday", "2015-06-02"),
        ("yesterday", "2015-06-04"),
    ]


def test_two_dates_of_one_saying_give_a_notice_that_names_both() -> None:
    found, text = dated("[source|She] [cue|said] on Tuesday, and wrote on Thursday, [content|that it fell].")
    (notice,) = found.notices
    assert notice.span is not None
    assert notice.span.of(text) == "said"
    assert "2015-06-02" in notice.message
    assert "2015-06-04" in notice.message


def test_a_saying_after_the_document_gives_a_notice() -> None:
    found, text = dated("[source|She] [cue|says] on 3 June 2016 [content|it fell].")
    (notice,) = found.notices
    assert notice.span == Span(text.index("3 June"), text.index(" it fell"))


def test_a_time_dates_the_saying_whose_cue_is_nearest() -> None:
    found, _ = dated(
        "[source:1|She] [cue:1|said] [content:1|it fell], and [source:2|he] [cue:2|said] in 2012 [content:2|it stood]."
    )
    assert (value(found, "said", 0), value(found, "said", 1)) == (None, "2012")


def test_a_report_that_is_the_source_is_dated_by_its_place_where_there_is_no_tree() -> None:
    claim, _ = dated("[cue|According to] [source|Penn writing in the Ledger 3rd June 2014] [content|it fell].")
    assert value(claim, "said") == "2014-06-03"


def test_a_bound_dates_no_saying_by_its_place_alone() -> None:
    claim, _ = dated("[source|Penn], [cue|says] since 2012 [content|that it fell].")
    assert value(claim, "said") is None


def test_a_cue_of_another_sentence_is_no_rival() -> None:
    first, second = (
        "[source:1|He] [cue:1|agreed] [content:1|so].",
        "[source:2|a report] [cue:2|said] [content:2|it fell].",
    )
    claim, _ = dated(f"{first} In May 2014 {second}")
    assert (value(claim, "said", 0), value(claim, "said", 1)) == (None, "2014-05")
