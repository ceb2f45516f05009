"""The texts of the benchmark, read once, with the attributions that people have marked in them.

In:   the stories and marked cases of the project; locally PolNeAR and GUM dev.   Out: Texts in two halves.
Knows nothing of: falsifications.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.marked import strip

from eval.brat import Attribution, read_folder
from eval.conllu import read_treebank
from eval.origins.stories import load
from sayso.case import knowledge, reader
from sayso.read import read_bytes
from sayso.records import Document
from sayso.spans import Span
from sayso.study import studied
from sayso.syntax import Syntax
from sayso.vet import Page

ROOT = Path(__file__).resolve().parents[2]
_HEAD = re.compile(r"\A(?:#.*\n)+\n?")


@dataclass(frozen=True)
class Text:
    """A text, read when it is first looked at. ``half``: "dev" (tuned on) or "test". ``gold``: what people marked;
    ``tree``: the trees they made.
    """

    corpus: str
    name: str
    half: str
    document: Document
    gold: tuple[Attribution, ...] = ()
    tree: Syntax | None = None

    @cached_property
    def page(self) -> Page:
        return page_of(self.document)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        return _sentences(self.page)


def page_of(document: Document) -> Page:
    made = studied(document, reader(), knowledge())
    return Page(made.ledger, made.parsed, made.syntax, knowledge())


def document_of(text: str, name: str = "text.txt") -> Document:
    (document,) = read_bytes(text.encode(), path=name)
    if not isinstance(document, Document):
        raise document
    return document


def _sentences(page: Page) -> tuple[Span, ...]:
    """Whole sentences of prose of six words or more that are not cut inside of a quotation."""
    prose = [p.span for p in page.parsed.paragraphs if p.role == "prose"]
    found = []
    for sentence in page.parsed.sentences:
        inside = any(p.contains(sentence) for p in prose)
        if inside and len(page.within(sentence)) >= 6 and "\n" not in sentence.of(page.text).strip():
            found.append(sentence)
    return tuple(found)


def stories(_: Path) -> Iterator[Text]:
    """The examples (tuned on) and the 30 stories of the origins benchmark, in its own two halves."""
    for path in sorted((ROOT / "examples").glob("[01]*")):
        for document in read_bytes(path.read_bytes(), path=path.name):
            if isinstance(document, Document):
                yield Text("stories", f"examples/{path.name}", "dev", document)
    for half in ("dev", "test"):
        for story in load(half):
            for document in story.articles.values():
                yield Text("stories", document.ref.path, half, document)


def cases(_: Path) -> Iterator[Text]:
    """The marked sentences and texts of the tests, alternately in one half and the other."""
    for file in (ROOT / "tests/cases/attribution.txt", *sorted((ROOT / "tests/cases/safety").glob("*.txt"))):
        for number, case in enumerate(file.read_text(encoding="utf-8").split("====\n")):
            body = "\n".join(line for line in case.split("\n") if not line.startswith("#")).strip()
            if not body:
                continue
            text, marks = strip(body)
            gold = tuple(
                Attribution(m.get("source", ()), m.get("cue", ()), m["content"])
                for m in marks.values()
                if "content" in m
            )
            document = document_of(text)
            if document.text == text:
                yield Text("cases", f"{file.stem} {number}", "test" if number % 2 else "dev", document, gold)


def polnear(folder: Path) -> Iterator[Text]:
    for number, article in enumerate(read_folder(folder / "polnear/dev")):
        half = "test" if number % 2 else "dev"
        yield Text("polnear", article.name, half, document_of(article.text), article.gold)


def train(folder: Path) -> Iterator[Text]:
    """PolNeAR train, for falsified claims of the kinds that are rare. The reader has learned on it."""
    for number, article in enumerate(read_folder(folder / "polnear/train")):
        half = "test" if number % 2 else "dev"
        yield Text("train", article.name, half, document_of(article.text), article.gold)


def gum(folder: Path) -> Iterator[Text]:
    for number, document in enumerate(read_treebank(folder / "ud-gum/en_gum-ud-dev.conllu")):
        yield Text(
            "gum", document.name, "test" if number % 2 else "dev", document_of(document.text), (), document.syntax()
        )


CORPORA: dict[str, Callable[[Path], Iterator[Text]]] = {
    "stories": stories, "cases": cases, "polnear": polnear, "train": train, "gum": gum,
}  # fmt: skip
