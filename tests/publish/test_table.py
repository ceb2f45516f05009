from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from sayso.publish import table
from sayso.records import Claim, Ledger

from .ledgers import ledger, no_hedges, said_hedges
from .sample import sample

SUMMARY = "25 claims: 13 named, 4 anonymous or collective, 3 without a source, 5 the author's own"


def shown(*ledgers: Ledger, width: int = 80, terminal: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=terminal, color_system="standard" if terminal else None)
    table.render(ledgers, said_hedges, console)
    return out.getvalue()


@pytest.mark.parametrize("width", [40, 80, 160])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(cell_len, shown(sample(), width=width).splitlines())) <= width


def test_a_pipe_gets_plain_lines() -> None:
    out = shown(sample())
    assert "\x1b" not in out
    assert [line for line in out.splitlines() if line != line.rstrip()] == []


def test_the_head_line_says_what_was_read() -> None:
    head = shown(sample(), width=160).splitlines()[0]
    title, *rest = head.split(" · ")
    assert title == "Who fired on the quay at Ostrava Bay?"
    assert rest == ["The Meridian Post", "Jonas Verel", "2031-06-05", "examples/quay.txt"]


def test_claims_are_grouped_named_unnamed_none_author() -> None:
    headings = [line for line in shown(sample()).splitlines()[2:] if line and line[0] != " "]
    assert headings[:3] == ["Tomas Reyk", "Mara Ilves", "a duty log, ¶ 5"]
    order = ["Sund Courier", "two officers (unnamed)", "Reyk's deputy (unnamed)", "No source given", "The author's own"]
    assert sorted(order, key=headings.index) == order


def test_all_claims_of_one_source_stand_together() -> None:
    out = shown(sample(), width=160)
    assert out.count("Ministry of Coasts\n") == 1
    ministry = out.split("Ministry of Coasts\n")[1].split("\n\n")[0]
    assert all(word in ministry for word in ("accuses", "believes", "would not say"))


def test_a_claim_shows_chain_date_hedges_and_place() -> None:
    out = shown(sample(), width=160)
    assert "on the word of Mara Ilves, in the Sund Courier · inside ¶ 5" in out
    assert "dated 2031-06-02 · cue: warned · hedged: could" in out
    assert "  ¶ 4        denies      any battery under his orders had fired that night" in out


def test_a_question_of_the_author_is_marked_as_one() -> None:
    own = shown(sample(), width=160).split("The author's own\n")[1]
    assert "question    How does a harbour" in own


def test_repeats_furniture_notices_and_the_summary_close_the_ledger() -> None:
    out = shown(sample(), width=200)
    assert out[out.index("Stands twice") :].splitlines()[:6] == [
        'Stands twice, ¶ 6 and ¶ 11: "may have come from much higher than the brigadier"',
        "Page furniture, ¶ 2: What's hot · Weather · Subscribe",
        "Page furniture, ¶ 12: Close",
        "Notice: decoded as windows-1252; the file does not say",
        "",
        f"{SUMMARY} · 1 passage stands twice · 2",
    ]


def test_several_documents_end_with_one_line_for_all() -> None:
    last = shown(sample(), ledger("Tide table."), width=200).strip().splitlines()[-2:]
    assert " ".join(last).startswith("2 documents · 25 claims: 13 named")


def test_a_document_without_claims_says_so() -> None:
    assert "No claims found" in shown(ledger("Tide table for June."))


def test_long_contents_are_recognisable_and_short() -> None:
    words = " ".join(f"word{number}" for number in range(400))
    out = shown(ledger(f"[source 1|Reyk] [cue 1|said] [content 1|{words}]."))
    assert "word0 " in out
    assert "word399" in out
    assert len(out.splitlines()) < 12


def test_a_document_can_neither_style_nor_steer_the_terminal() -> None:
    hostile = ledger(
        "[source 1|\x1bPowned\x07Reyk] [cue 1|said] [content 1|\u202etxet :smile: \x1b[2J].",
        {1: {"name": "\x1b]0;owned\x07\x1b[31mReyk"}},
        title="T \x1b[2J",
        path="a\u202eb.txt",
    )
    out = shown(hostile, terminal=True)
    plain = out.replace("\x1b[0m", "")
    assert "\x1b[2J" not in plain
    assert "\x1b]" not in plain
    assert "\x1b[31m" not in plain
    assert "\u202e" not in plain
    assert "⟨U+202E⟩txet :smile: ⟨U+001B⟩[2J" in plain


def test_markup_in_a_document_is_text() -> None:
    found = ledger("[content 1|x]", {1: {"kind": "authorial"}}, title="[bold]T[/bold][/nothing]")
    out = io.StringIO()
    table.render([found], no_hedges, Console(file=out, width=80))
    assert out.getvalue().startswith("[bold]T[/bold][/nothing]")


def test_ledgers_may_come_one_by_one() -> None:
    out = io.StringIO()
    table.render(iter([sample(), ledger("Tide.")]), no_hedges, Console(file=out, width=200))
    assert "2 documents · 25 claims" in out.getvalue()


def found(*claims: Claim) -> str:
    out = io.StringIO()
    table.render_claims(iter(claims), said_hedges, Console(file=out, width=120))
    return out.getvalue()


def test_found_claims_stand_under_their_documents() -> None:
    other = ledger(
        "[source 1|A] [cue 1|denied] [content 1|it].", {1: {"speech_act": "deny"}}, title="Second", path="2.txt"
    )
    out = found(sample().claims[15], *other.claims)
    assert [line for line in out.splitlines() if line and line[0] != " "] == [
        "Who fired on the quay at Ostrava Bay? · The Meridian Post · Jonas Verel · 2031-06-05 · examples/quay.txt",
        "Second · 2.txt",
        "2 claims: 2 named",
    ]
    assert "  Lantern Group · predicts\n    further strikes" in out
    assert "    dated 2031-06-02 · cue: warned · hedged: could\n" in out
    assert "  A · denies\n    it\n" in out


def test_a_found_claim_whose_outer_claim_was_not_asked_for_shows_that_the_chain_goes_on() -> None:
    assert "a duty log · says, inside of a claim that is not shown" in found(sample().claims[7])
    assert "a duty log · says, on the word of two officers, inside of a claim that is not shown" in found(
        *sample().claims[6:8]
    )


def test_a_search_without_result_says_so() -> None:
    assert found() == "No claim matches.\n"


def test_a_name_that_is_a_guess_has_the_words_of_the_text_beside_it() -> None:
    text = "[source 1|She] [cue 1|said] [content 1|it leaks]. [source 2|Orla Venn] [cue 2|said] [content 2|it holds]."
    out = shown(ledger(text, {1: {"name": "Orla Venn"}}))
    assert [line.strip() for line in out.splitlines() if "the text:" in line] == ["the text: “She”"]
