"""What people and annotation tools read: brat, Markdown, the dossier, Argdown."""

from __future__ import annotations

import re

import pytest

from sayso.errors import BadQuery
from sayso.export import FORMATS, Folder
from sayso.weigh import weigh
from sayso.weigh.hypotheses import hypotheses
from tests.publish.sample import sample

from .made import case, exported, selection


def brat() -> dict[str, str]:
    form = FORMATS["brat"]
    assert isinstance(form, Folder)
    return {name: raw.decode() for name, raw in form.files(selection())}


def test_brat_has_each_text_beside_its_annotations() -> None:
    files = brat()
    texts = {name.removesuffix(".txt") for name in files if name.endswith(".txt")}
    assert texts == {name.removesuffix(".ann") for name in files if name.endswith(".ann")}
    assert len(texts) == len(selection().documents)
    assert "[events]" in files["annotation.conf"]


def test_each_annotation_of_brat_quotes_its_place() -> None:
    files = brat()
    seen = 0
    for name, raw in files.items():
        text = files.get(name.replace(".ann", ".txt"), "")
        for line in raw.splitlines() if name.endswith(".ann") else ():
            if line.startswith("T"):
                _, where, words = line.split("\t")
                places = [tuple(map(int, place.split())) for place in where.split(" ", 1)[1].split(";")]
                assert " ".join(text[start:end] for start, end in places) == words
                seen += 1
    assert seen > 60


def test_brat_has_the_documents_as_reviewed() -> None:
    told = "".join(raw for name, raw in brat().items() if name.endswith(".ann"))
    assert "eleven rounds were fired" not in told
    assert {"accepted", "edited", "unreviewed"} <= set(re.findall(r"Review E\d+ (\w+)", told))


def test_markdown_says_who_before_what_and_shows_what_differs() -> None:
    text = exported("markdown").decode()
    assert "- **Tomas Reyk denies:** “any battery under his orders had fired that night” (¶ 4)" in text
    assert "on the word of two officers, on the word of Mara Ilves, in the Sund Courier" in text
    nine = text.index("**Tomas Reyk says:** “nine rounds")
    assert text.index("Do not seem to go together: A woman who sells nets says", nine) > nine
    assert "4 documents say the same, from 1 to 3 independent origins" in text


def test_text_of_a_document_can_neither_style_nor_link_in_markdown() -> None:
    text = exported("markdown").decode()
    assert r"\<b\>\*bold\*\</b\> \& \_a\_ \`b\`" in text
    assert r'## "\>\<script\>' in text


def test_the_dossier_is_the_page_of_the_case() -> None:
    page = exported("html").decode()
    assert page.startswith("<!doctype html>")
    assert "any battery under his orders had fired that night" in page
    assert "<script>alert" not in page


def asked() -> bytes:
    """Two hypotheses on the fictional quay: what Reyk denies speaks for one, what was said elsewhere against it."""
    (reyk,) = [c.id for c in sample().claims if c.speech_act == "deny" and c.content.text.startswith("any battery")]
    return f"""
question = "How many rounds: \\"nine\\" or [eleven]?"
[[hypothesis]]
id = "nine"
says = "nine rounds #1"
prior = 0.5
[[hypothesis]]
id = "eleven"
says = "eleven rounds"
prior = 0.4
[[evidence]]
claim = "{reyk}"
likely = {{ nine = 0.8, eleven = 0.2, other = 0.2 }}
note = "A party <to> it."
[[evidence]]
says = "somebody counted eleven"
who = "a neighbour"
likely = {{ nine = 0.1, eleven = 0.9, other = 0.1 }}
""".encode()


def drawn() -> str:
    chosen = selection()
    chosen.weighed = weigh(hypotheses(asked(), "a.toml"), case(ruled=False))
    return exported("argdown", chosen).decode()


def test_argdown_draws_what_speaks_for_and_against_each_hypothesis() -> None:
    nine = re.search(r"^\[nine\]: .*\n((?:  [+-] .*\n)*)", drawn(), re.M)
    eleven = re.search(r"^\[eleven\]: .*\n((?:  [+-] .*\n)*)", drawn(), re.M)
    assert nine is not None
    assert eleven is not None
    assert nine[1] == "  + <Evidence 1>\n  - <Evidence 2>\n"
    assert eleven[1] == "  - <Evidence 1>\n  + <Evidence 2>\n"


def test_evidence_in_argdown_is_what_somebody_says() -> None:
    said = "Tomas Reyk denies: “any battery under his orders had fired that night”"
    assert f"<Evidence 1>: {said} (the note of the user: A party" in drawn()
    assert "<Evidence 2>: not in the case: “somebody counted eleven”" in drawn()


def test_no_text_is_a_mark_of_argdown() -> None:
    text = drawn()
    assert 'title: "How many rounds: \\"nine\\" or [eleven]?"' in text
    assert '# How many rounds: "nine" or (eleven)?' in text
    assert "#1" not in text
    assert set(re.findall(r"<[^>]*>", text)) == {"<Evidence 1>", "<Evidence 2>"}


def test_argdown_needs_a_file_of_hypotheses() -> None:
    with pytest.raises(BadQuery, match="--hypotheses FILE"):
        exported("argdown")
