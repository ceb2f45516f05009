from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from eval.safety import Case, Outcome, compare, count, faulty, flipped, main, read_cases

from sayso.read import read_bytes
from sayso.records import Claim, Document, DocumentRef, Factuality, Source, claim_id, phrase
from sayso.spans import Span

DENIAL = "[source|Ann Lee] [cue|did not deny] [content|that the pier was sold]."
TWO = (
    "[source:1|Ann Lee] [cue:1|said] [content:1|the pier is safe], and [source:2|Bo] [cue:2|said] [content:2|it fell]."
)
NESTED = "[source:1|Bo] [cue:1|said] [content:1|[source:2|Ann Lee] [cue:2|wept] [content:2|that it fell]]."
NONE = "The old pier was sold."


def a_case(marked: str, folder: Path) -> Case:
    (folder / "pier.txt").write_text(f"# A pier.\n\n{marked}\n", encoding="utf-8")
    (case,) = read_cases(folder)
    return case


def a_claim(
    case: Case,
    source: str | None,
    cue: str | None,
    content: str,
    *,
    via: str | None = None,
    factuality: Factuality = "CT+",
) -> Claim:
    """The claim whose parts are the first places of these words."""

    def at(words: str) -> tuple[Span, ...]:
        start = case.text.index(words)
        return (Span(start, start + len(words)),)

    return Claim(
        id=claim_id("d1", at(content)),
        document=DocumentRef(id="d1", path="pier.txt", sha256="0" * 64),
        kind="indirect",
        source=Source(spans=at(source), text=source, name=source) if source else None,
        cue=phrase(case.text, at(cue)) if cue else None,
        content=phrase(case.text, at(content)),
        via=via,
        factuality=factuality,
        found_by="test",
        score=0.5,
    )


def kinds(outcomes: list[Outcome]) -> Counter[str]:
    return Counter(outcome.kind for outcome in outcomes)


def test_marks_become_attributions_and_those_in_a_content_are_nested(tmp_path: Path) -> None:
    case = a_case(NESTED, tmp_path)
    assert (case.category, case.text) == ("pier", "Bo said Ann Lee wept that it fell.")
    assert [[span.of(case.text) for span in mark.cue] for mark in case.gold] == [["said"]]
    assert [[span.of(case.text) for span in mark.cue] for mark in case.nested] == [["wept"]]


def test_all_right(tmp_path: Path) -> None:
    case = a_case(TWO, tmp_path)
    claims = [a_claim(case, "Ann", "said", "the pier is safe"), a_claim(case, "Bo", "Bo said", "it fell")]
    outcomes = compare(case, claims)
    assert kinds(outcomes) == {"right": 2}
    assert not faulty(outcomes)
    assert count(case, outcomes)["without a fault"] == 1


@pytest.mark.parametrize(
    ("source", "cue", "content", "kind"),
    [
        ("Bo", "said", "the pier is safe", "wrong source"),
        (None, "said", "the pier is safe", "wrong source"),
        ("Bo", "said", "it fell", "wrong source"),  # counts once, though the content is wrong as well
        ("Ann Lee", "said", "the", "wrong content"),
        ("Ann Lee", "is safe", "pier", "invented"),
        ("Ann Lee", None, "the pier is safe", "surplus"),  # a piece of the content, by itself
        ("Ann Lee", None, "and", "invented"),
    ],
)
def test_each_kind_of_fault(source: str | None, cue: str | None, content: str, kind: str, tmp_path: Path) -> None:
    case = a_case(TWO, tmp_path)
    outcomes = compare(case, [a_claim(case, source, cue, content)])
    missed = 1 if kind.startswith("wrong") else 2
    assert kinds(outcomes) == {kind: 1, "missed": missed}
    assert faulty(outcomes)
    assert count(case, outcomes)["without a fault"] == 0


def test_the_same_found_twice_is_right_once(tmp_path: Path) -> None:
    case = a_case(TWO, tmp_path)
    claim = a_claim(case, "Ann Lee", "said", "the pier is safe")
    assert kinds(compare(case, [claim, claim])) == {"right": 1, "missed": 1, "surplus": 1}


def test_nothing_found_misses_all(tmp_path: Path) -> None:
    counts = count(case := a_case(NESTED, tmp_path), compare(case, []))
    assert (counts["gold"], counts["missed"], counts["nested gold"], counts["nested right"]) == (1, 1, 1, 0)


def test_anything_found_where_nothing_is_said_is_invented(tmp_path: Path) -> None:
    case = a_case(NONE, tmp_path)
    silent = count(case, compare(case, []))
    noisy = count(case, compare(case, [a_claim(case, None, "sold", "pier")]))
    assert (silent["without a fault"], silent["texts without attribution"], silent["of these, given one"]) == (1, 1, 0)
    assert (noisy["invented"], noisy["without a fault"], noisy["of these, given one"]) == (1, 0, 1)


def test_nested_ones_are_scored_apart(tmp_path: Path) -> None:
    case = a_case(NESTED, tmp_path)
    outer = a_claim(case, "Bo", "said", "Ann Lee wept that it fell")
    inner = a_claim(case, "Ann Lee", "wept", "that it fell", via=outer.id)
    assert kinds(compare(case, [outer, inner])) == {"right": 1, "nested right": 1}
    assert kinds(compare(case, [outer])) == {"right": 1, "nested missed": 1}
    flat = a_claim(case, "Ann Lee", "wept", "that it fell")
    assert kinds(compare(case, [outer, flat])) == {"right": 1, "nested missed": 1, "surplus": 1}


@pytest.mark.parametrize(
    ("cue", "factuality", "lost"),
    [
        ("did not deny", "Uu", False),
        ("did not deny", "PS+", False),
        ("did not deny", "CT+", True),
        ("deny", "CT-", True),  # "not" is gone
        ("did not", "Uu", True),  # "deny" is gone
    ],
)
def test_a_denial_must_stay_one(cue: str, factuality: Factuality, *, lost: bool, tmp_path: Path) -> None:
    case = a_case(DENIAL, tmp_path)
    claim = a_claim(case, "Ann Lee", cue, "that the pier was sold", factuality=factuality)
    assert flipped(case.text, case.gold[0], claim) is lost
    assert count(case, compare(case, [claim]))["polarity"] == int(lost)


@pytest.mark.parametrize(
    ("marked", "lost"),
    [
        ("[source|Nobody] [cue|said] [content|it fell].", True),
        ("[source|Bo, who never sails,] [cue|said] [content|it fell].", False),  # he denies nothing
        ("[source|Bo] [cue|said] [content|it did not fall].", False),  # nor here: the content is negated
        ("[source|Bo] [cue|wouldn’t say] [content|it fell].", True),
        ("[source|Bo] [cue|noted] [content|it fell].", False),
    ],
)
def test_what_counts_as_denial(marked: str, *, lost: bool, tmp_path: Path) -> None:
    case = a_case(marked, tmp_path)
    (mark,) = case.gold
    source, cue, content = (spans[0].of(case.text) for spans in (mark.source, mark.cue, mark.content))
    assert flipped(case.text, mark, a_claim(case, source, cue, content, factuality="CT+")) is lost


@pytest.mark.parametrize(
    ("marked", "complaint"),
    [
        ("[source|Ann Lee] [cue|said] [content|it fell", "text 1: a mark is never closed"),
        ("[source|Ann Lee] [cue|said] it fell.", "text 1: each attribution needs a cue and a content"),
        (f"{NONE}\n====\n[source|Ann Lee] [cue|said] [so] [content|it fell].", "text 2"),
        (f"{NONE}\n====\n", "text 2"),
    ],
)
def test_a_bad_mark_is_named(marked: str, complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "pier.txt").write_text(marked, encoding="utf-8")
    assert main([str(tmp_path)]) == 2
    assert complaint in capsys.readouterr().err


def test_an_empty_folder_and_an_unknown_category(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err
    a_case(NONE, tmp_path)
    assert main([str(tmp_path), "--show", "bridge"]) == 2
    assert "bridge" in capsys.readouterr().err


def test_the_table_has_totals_and_show_prints_the_failing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plain.txt").write_text(f"{NONE}\n====\n[source|Gorse] [cue|fell] [content|here].", encoding="utf-8")
    (tmp_path / "other.txt").write_text(NONE, encoding="utf-8")
    assert main([str(tmp_path), "--show", "plain"]) == 0
    shown = capsys.readouterr().out
    assert "Gorse | fell | here" in shown
    assert f"[plain] {NONE}" not in shown
    assert re.search(r"^total +3 ", shown, re.MULTILINE)


def test_json_adds_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plain.txt").write_text(f"{NONE}\n====\n{TWO}", encoding="utf-8")
    (tmp_path / "other.txt").write_text(DENIAL, encoding="utf-8")
    assert main([str(tmp_path), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    total = figures["total"]
    assert (total["texts"], total["gold"], total["texts without attribution"]) == (3, 3, 1)
    assert total == {key: sum(counts[key] for counts in figures["categories"].values()) for key in total}
    assert total["gold"] == sum(total[key] for key in ("right", "missed", "wrong source", "wrong content"))


def test_our_own_set_is_broad_and_read_as_it_stands() -> None:
    cases = list(read_cases(Path(__file__).parents[1] / "cases/safety"))
    assert len(cases) >= 240
    assert min(Counter(case.category for case in cases).values()) >= 15
    assert_read_as_they_stand(cases)


def test_the_fresh_sets_are_of_one_make_up_and_read_as_they_stand() -> None:
    folder = Path(__file__).parents[1] / "cases"
    dev, test = (list(read_cases(folder / "fresh" / half)) for half in ("dev", "test"))
    categories = {case.category for case in read_cases(folder / "safety")}
    for cases in (dev, test):
        assert Counter(case.category for case in cases) == dict.fromkeys(categories, 5)
    assert sum(not case.gold for case in dev) == sum(not case.gold for case in test)
    assert_read_as_they_stand([*dev, *test])


def assert_read_as_they_stand(cases: list[Case]) -> None:
    assert len({case.text for case in cases}) == len(cases)
    for case in cases:
        (document,) = read_bytes(case.text.encode(), path="case.txt")
        assert isinstance(document, Document)
        assert document.text == case.text
        for mark in (*case.gold, *case.nested):
            for span in (*mark.source, *mark.cue, *mark.content):
                assert span.of(case.text) == span.of(case.text).strip()
