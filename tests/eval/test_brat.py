from __future__ import annotations

from pathlib import Path

import pytest
from eval.brat import Attribution, parse, read_folder

from sayso.errors import NotFound, Unreadable
from sayso.spans import Span


def spans(*pairs: tuple[int, int]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def write(folder: Path, article: str, text: str, **annotators: str) -> None:
    (folder / "text").mkdir(exist_ok=True)
    (folder / "attributions").mkdir(exist_ok=True)
    (folder / "text" / f"{article}.txt").write_bytes(text.encode())
    for annotator, found in annotators.items():
        (folder / "attributions" / f"{article}_{annotator}.ann").write_text(found)


def test_a_discontinuous_content_keeps_its_pieces() -> None:
    annotations = (
        "T1\tSource 14 21\tAnn Lee\n"
        "T2\tCue 22 26\tsaid\n"
        "T3\tContent 28 40;0 12\tThe pier ... is for sale\n"
        "T4\tAttribution 22 26\tsaid\n"
        "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n"
    )
    assert parse(annotations) == (Attribution(spans((14, 21)), spans((22, 26)), spans((0, 12), (28, 40))),)


def test_a_line_break_inside_the_words_is_no_new_record() -> None:
    annotations = (
        "T1\tCue 0 4\tsaid\nT2\tContent 5 16;17 30\tThe ferry \nT9 is late\n\nT3\tAttribution-no-source 0 4\tsaid\n"
        "E1\tAttribution-no-source:T3 Content:T2 Cue:T1\n"
    )
    assert parse(annotations) == (Attribution((), spans((0, 4)), spans((5, 16), (17, 30))),)


def test_a_second_content_is_content() -> None:
    annotations = (
        "T1\tSource 0 3\tShe\nT2\tCue 4 8\tsaid\nT5\tAttribution 4 8\tsaid\n"
        "T3\tContent 9 12\tyes\nT4\tContent 20 22\tno\n"
        "E1\tAttribution:T5 Cue:T2 Source:T1 Content:T4 Content2:T3\n"
    )
    assert parse(annotations) == (Attribution(spans((0, 3)), spans((4, 8)), spans((9, 12), (20, 22))),)


def test_notes_and_stray_marks_are_left_out() -> None:
    annotations = (
        "T1\tDiscard 0 9\tEditor's.\nT2\tDiscuss 10 14\tsaid\nT3\tAttribution 10 14\tsaid\nT4\tContent 15 18\tyes\n"
        "T5\tCue 20 24\tadds\n"
        "E1\tAttribution:T3 \n"
        "E2\tAttribution:T3 Content:T4\n"
        "E3\tAttribution:T3 Content:T4 Cue:T2\n"
        "#1\tAnnotatorNotes E1\tnot sure\n"
    )
    assert parse(annotations) == ()


ONE = "T1\tCue 0 4\tsaid\nT2\tContent 5 8\tyes\nE1\tAttribution-no-source:T1 Cue:T1 Content:T2\n"
OTHER = ONE.replace("5 8", "5 7")


def test_the_gold_is_one_annotator_whatever_the_order_on_disk(tmp_path: Path) -> None:
    write(tmp_path, "b_2_tide", "said yes", zed=ONE, amy=OTHER)
    write(tmp_path, "a_1_pier", "said yes", zed=ONE)
    first, second = read_folder(tmp_path)
    assert (first.name, second.name) == ("a_1_pier", "b_2_tide")
    assert list(second.annotators) == ["amy", "zed"]
    assert second.gold == parse(OTHER)


def test_the_text_keeps_its_line_ends(tmp_path: Path) -> None:
    write(tmp_path, "a", "said\r\nyes, “so”\n", amy=ONE)
    (article,) = read_folder(tmp_path)
    assert article.text == "said\r\nyes, “so”\n"


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="text/"):
        list(read_folder(tmp_path))


def test_a_folder_without_annotations(tmp_path: Path) -> None:
    write(tmp_path, "a", "said yes")
    with pytest.raises(NotFound, match=r"no \.ann file"):
        list(read_folder(tmp_path))


def test_annotations_without_their_text(tmp_path: Path) -> None:
    write(tmp_path, "a", "said yes", amy=ONE)
    (tmp_path / "text" / "a.txt").unlink()
    with pytest.raises(NotFound, match=r"a\.txt"):
        list(read_folder(tmp_path))


def test_annotations_of_another_text(tmp_path: Path) -> None:
    write(tmp_path, "a", "said", amy=ONE)
    with pytest.raises(Unreadable, match="ends at 8, but the text at 4"):
        list(read_folder(tmp_path))
