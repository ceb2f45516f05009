"""The measures of factuality and nesting: what counts as right."""

from __future__ import annotations

from pathlib import Path

import pytest
from eval.factuality import as_toml, class_of, figures, joined, macro_f1, uds, words
from eval.nesting import Found, can_be_seen, count, matched, relations
from eval.polnear import data_folder

from sayso.resolve.factuality import Scales, scales

_TREE = """<rst><header><relations/></header><body>
<segment id="1" parent="5" relname="attribution-positive">The Courier reported</segment>
<segment id="2" parent="3" relname="attribution-negative">that the mayor denied</segment>
<segment id="3" parent="4" relname="span">that the dam had cracked .</segment>
<group id="4" type="span" parent="5" relname="span"/>
<group id="5" type="span" parent="6" relname="span"/>
<group id="6" type="span"/>
</body></rst>"""


def _found(cue: range, content: range, depth: int = 0, *, negative: bool = False) -> Found:
    return Found(frozenset(cue), frozenset(content), depth, negative, negative, "reader")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    path = tmp_path / "GUM_news_dam.rs4"
    path.write_text(_TREE, encoding="utf-8")
    return path


def test_an_attribution_is_nested_where_its_words_are_content(tree: Path) -> None:
    found, units, tokens = relations(tree)
    assert tokens == 13
    assert [sorted(u) for u in units] == [[0, 1, 2], [3, 4, 5, 6], [7, 8, 9, 10, 11, 12]]
    assert [(sorted(r.own), r.negative, r.depth) for r in found] == [([0, 1, 2], False, 0), ([3, 4, 5, 6], True, 1)]
    assert found[0].content == frozenset(range(3, 13))


def test_each_relation_is_matched_once_and_with_its_best_claim(tree: Path) -> None:
    gold, units, _ = relations(tree)
    outer, inner = _found(range(2, 3), range(3, 13)), _found(range(6, 7), range(7, 13), 1, negative=True)
    assert matched(gold, [inner, outer]) == [(gold[0], outer), (gold[1], inner)]
    counts = count(gold, [inner, outer], units)
    assert (counts["pairs"], counts["pairs nested"], counts["chains"], counts["negative right"]) == (2, 1, 1, 1)


def test_a_claim_with_too_little_of_the_content_or_another_cue_is_no_match(tree: Path) -> None:
    gold, _, _ = relations(tree)
    assert matched(gold[1:], [_found(range(2, 3), range(7, 13))]) == []
    assert matched(gold[1:], [_found(range(6, 7), range(4))]) == []


def test_a_claim_within_one_unit_could_not_be_a_relation(tree: Path) -> None:
    _, units, _ = relations(tree)
    assert not can_be_seen(_found(range(7, 8), range(8, 12)), units)
    assert can_be_seen(_found(range(6, 7), range(7, 13)), units)


def test_classes_are_the_nearest_values() -> None:
    assert [class_of(n) for n in (3.0, 2.5, 2.4, 0.4, -0.4, -2.6, 9.0)] == [
        "CT+",
        "CT+",
        "PR+",
        "Uu",
        "Uu",
        "CT-",
        "CT+",
    ]


def test_macro_f1_counts_each_class_alike() -> None:
    assert macro_f1(["CT+", "CT+", "CT-"], ["CT+", "CT+", "CT+"]) == pytest.approx(40.0)


def test_figures_of_a_perfect_answer() -> None:
    assert figures([3.0, -3.0, 0.0], [3.0, -3.0, 0.0], ["CT+", "CT-", "Uu"]) == pytest.approx((0.0, 1.0, 100.0, 100.0))


def test_a_text_is_put_together_from_its_tokens_and_keeps_their_places() -> None:
    text, places = joined(["He", "did", "n't", "go", "(", "yet", ")", "."])
    assert text == "He didn't go (yet)."
    assert [span.of(text) for span in places] == ["He", "did", "n't", "go", "(", "yet", ")", "."]


def test_a_table_is_written_as_it_is_read() -> None:
    table = Scales(alone={"CT+": 2.5, "a question": -1.0}, beside={"estimate": 0.5})
    assert scales(as_toml(table)) == table


def test_the_shipped_table_never_says_the_opposite_of_a_value() -> None:
    _, table = words()
    assert table.certainty("CT-", (), float("nan")) <= 0 <= table.certainty("CT+", (), float("nan"))


@pytest.mark.data
def test_the_rules_are_nearer_to_the_annotators_than_saying_always_yes() -> None:
    folder = data_folder()
    if not (folder / "factuality/UDS_IH2").is_dir() or not (folder / "ud-ewt").is_dir():
        pytest.skip(f"{folder}: no UDS-IH2 there")
    from eval.factuality import judge  # noqa: PLC0415  # it needs the data only here

    lists, table = words()
    events = uds(folder, "dev")
    gold = [event.label for event in events]
    judged = judge(events, lists, table)
    error, r, _, three = figures(gold, [j.certainty for j in judged], [j.value for j in judged])
    assert error < 1.35
    assert r > 0.6
    assert three > 35
