"""The policy of docs/neutrality.md against what sayso says itself: pages, messages, documents.

In:   templates, scripts, strings of the source, Markdown.   Out: failures that name the file and the words.
Knows nothing of: the words of articles, and the lists by which those are read (`src/sayso/data`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from sayso.check.findings import Verdict
from sayso.publish.found import VERDICTS
from sayso.publish.wording import ACTS
from sayso.records import SpeechAct

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src/sayso"
POLICY = ROOT / "docs/neutrality.md"

# Words that decide what was the case or who is to be believed, or that one side has for another.
DECIDES = re.compile(
    r"\b(?:(?:dis)?prov(?:es?|ed|en)|proofs?|debunk\w*|refut\w+|rebut\w*|confirm(?:s|ed)? that|is confirmed|"
    r"(?:is|are|was|were|be|as|proved?) (?:not )?(?:really )?(?:true|untrue|false|a lie|lies|fake)|"
    r"fakes?|faked|hoax\w*|liars?|lied|lying|falsely|false claims?|true claims?|truth\w*|untruth\w*|"
    r"(?:dis|mis)information|propaganda|verdicts?|in fact|turn(?:s|ed) out|established that|the fact that|"
    r"credib\w+|trustworth\w*|discredit\w*|so-called|regimes?|terrorists?|liberat\w+|admits?|admitted|baseless)\b",
    re.I,
)
RIGHT = re.compile(r"\b(?:is|are|was|were|be) (?:not )?(?:right|wrong|correct|incorrect|mistaken)\b", re.I)  # on pages


def _template(text: str) -> str:
    return re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\bclass=\"[^\"]*\"", " ", text, flags=re.S)


def _script(text: str) -> str:
    text = re.sub(r"^\s*//.*$|\s//\s.*$", "", text, flags=re.M)
    return "\n".join(re.findall(r'"[^"\n]*"|\'[^\'\n]*\'|`[^`]*`', text))


def _module(text: str) -> str:
    """The strings of a module that a user may see: none that documents it, but for what a command says of itself."""
    tree = ast.parse(text)
    unseen = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            command = isinstance(node, ast.FunctionDef) and any(
                "command" in ast.unparse(d) for d in node.decorator_list
            )
            first = node.body[0]
            if not command and isinstance(first, ast.Expr):
                unseen.add(id(first.value))
    strings = (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))
    return "\n".join(str(node.value) for node in strings if id(node) not in unseen and " " in str(node.value))


def _page(text: str) -> str:
    """A page without code and without the words that it quotes."""
    return re.sub(r"^```.*?^```|`[^`]+`|\"[^\"]{1,90}\"", " ", text, flags=re.S | re.M)


DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("packages/*/*.md")])
PAGES = [
    *((file, _template) for file in sorted(SOURCE.rglob("*.j2"))),
    *((file, _script) for file in sorted(SOURCE.rglob("*.js"))),
    *((file, _module) for file in sorted(SOURCE.rglob("*.py"))),
]
SHOWN = [*PAGES, *((file, _page) for file in DOCUMENTS)]

# Where such words stand all the same: what stands there, and why it may. The file alone where many say it.
DISCLAIMERS = {
    "refutes nothing": "says of a table that it decides nothing",
    "is not refuted": "the same",
    "says who is right": "says that sayso does not",
    "does not say which is right": "the same",
    "nobody is said to be right": "the same",
    "the text says it, not that it is true": "the same of a person's ruling",
}
EXCEPTIONS = {
    ("src/sayso/export/spreadsheet.py", "was found by a program and may be wrong"): "our own reading is meant",
    ("src/sayso/weigh/truth.py", "are not told from sources that are right"): "says what the method cannot tell",
    ("src/sayso/weigh/ach.py", "times credibility and relevance"): "Heuer's term for a column of his matrix",
    ("CHANGELOG.md", "synthetic cases of known truth"): "made data, whose answers we set",
    ("CONTRIBUTING.md", "No word of ours may suggest that a claim is true, false"): "the policy in short",
    ("CONTRIBUTING.md", "there are no verdicts and no marks of credibility"): "the policy in short",
    ("docs/decisions/0018-evidence-tables.md", "Proof on real tables"): "a trial of the program",
    ("docs/decisions/0018-evidence-tables.md", "asked by hand in the proof"): "a trial of the program",
    (
        "docs/decisions/0020-weighing.md",
        "Truth discovery",
    ): "the field's name for the method, which sayso does not rest on",
    ("docs/decisions/0020-weighing.md", "On data made with known truth"): "made data, whose answers we set",
    ("docs/decisions/0026-exports.md", "a reviewer's tick a verdict"): "what is to be kept from happening",
}


def _named(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def decided(text: str, *, page: bool) -> Iterator[str]:
    """What decides something, with the words around it."""
    text = " ".join(text.split())
    for pattern in (DECIDES, RIGHT) if page else (DECIDES,):
        for found in pattern.finditer(text):
            yield text[max(0, found.start() - 60) : found.end() + 60]


def _excepted(file: Path, around: str) -> bool:
    return any(words in around for words in DISCLAIMERS) or any(
        where == _named(file) and words in around for where, words in EXCEPTIONS
    )


ALL = [
    (file, around)
    for file, seen in SHOWN
    if file != POLICY
    for around in decided(seen(file.read_text(encoding="utf-8")), page=(file, seen) in PAGES)
]


def test_nothing_that_sayso_says_decides_what_was_the_case() -> None:
    assert [(_named(file), around) for file, around in ALL if not _excepted(file, around)] == []


def test_every_exception_is_still_needed() -> None:
    assert [words for words in DISCLAIMERS if not any(words in around for _, around in ALL)] == []
    needed = [(where, words) for where, words in EXCEPTIONS if any(_named(f) == where and words in a for f, a in ALL)]
    assert [key for key in EXCEPTIONS if key not in needed] == []
    assert all([*EXCEPTIONS.values(), *DISCLAIMERS.values()]), "each has its reason"


@pytest.mark.parametrize(
    "words",
    ["The table proves that he lied.", "This claim is false", "a debunked story", "Confirmed that it fell", "fake news",
     "one liar", "the regime's claim", "He admitted it"],
)  # fmt: skip
def test_it_would_be_seen(words: str) -> None:
    assert list(decided(words, page=False))


def test_it_looks_where_people_read(tmp_path: Path) -> None:
    documented = '"""It lied."""'
    module = f'{documented}\ndef f(): {documented}; return f"it lied {{1}}"\n@click.command()\ndef g(): {documented}'
    assert len(list(decided(_module(module), page=True))) == 2
    assert list(decided(_template('<p class="verdict" title="a lie: it lied">{{ verdict }}</p>'), page=True)) != []
    assert list(decided(_template('<p class="verdict">{{ verdict }}</p>'), page=True)) == []
    assert list(decided(_script('let verdict = "it lied"; // it lied'), page=True)) == ['"it lied"']


# One place for what is said of findings: two places would come to differ.


@pytest.mark.parametrize("label", [label for label in VERDICTS.values() if " " in label])  # "partly" is everybody's
def test_labels_of_findings_stand_in_one_place(label: str) -> None:
    assert [_named(file) for file, seen in PAGES if label in seen(file.read_text(encoding="utf-8"))] == [
        "src/sayso/publish/found.py"
    ]


def test_every_page_has_the_labels_of_findings_from_there() -> None:
    assert set(VERDICTS) == set(get_args(Verdict))
    for file, _ in PAGES:
        assert not re.search(r"(?:verdict|finding)\w*\s*\|\s*replace", file.read_text(encoding="utf-8")), _named(file)


def test_a_label_of_a_finding_speaks_of_the_table() -> None:
    assert [label for label in VERDICTS.values() if "table" not in label] == ["partly"]


def test_every_act_has_its_word_for_friend_and_foe() -> None:
    assert set(ACTS) == set(get_args(SpeechAct))
    assert len({verb for verb, _ in ACTS.values()}) == len(ACTS)
