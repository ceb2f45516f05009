"""Reads treebanks in CoNLL-U: texts, gold Syntax, and the entities that GUM marks in its last column.

In:   a .conllu file.   Out: Treebank documents.
Knows nothing of: what is measured with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sayso.spans import Span
from sayso.syntax import Syntax

_MENTION = re.compile(r"\((\d+)-([^()]*?)(\))?(?=[()]|\d+\)|$)|(\d+)\)")


@dataclass(frozen=True)
class Mention:
    """Words that speak of an entity. ``entity``: the number of its chain; ``etype``: person, place, organization …;
    ``tokens``: its first token and the one after its last; ``wikipedia``: the article's name, where it is known.
    """

    entity: int
    etype: str
    tokens: tuple[int, int]
    wikipedia: str | None


@dataclass
class TreebankDocument:
    """``genre`` as GUM names it ("news"), or the first part of the name ("weblog"). Tokens are those of ``syntax``."""

    name: str
    genre: str
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)

    def add(self, rows: list[list[str]], *, fresh: bool) -> None:
        """Appends a sentence; ``fresh``: it opens a paragraph."""
        text = self.text.rstrip(" ")
        text += ("\n" if fresh else " ") if text else ""
        base, number = len(self.rows), self.sentence[-1] + 1 if self.sentence else 0
        joined = 0  # the last word of several that are written as one: "don't"
        for row in rows:
            space = "" if "SpaceAfter=No" in row[9] else " "
            if "-" in row[0]:
                first, joined = map(int, row[0].split("-"))
                forms = [r[1] for r in rows if r[0].isdigit() and first <= int(r[0]) <= joined]
                self.places += _spread(len(text), row[1], forms)
                text += row[1] + space
            elif row[0].isdigit():
                if int(row[0]) > joined:
                    self.places.append((len(text), len(text) + len(row[1])))
                    text += row[1] + space
                self.rows.append(row)
                self.heads.append(base + int(row[6]) - 1 if int(row[6]) else len(self.rows) - 1)
                self.sentence.append(number)
        self.text = text

    def syntax(self) -> Syntax:
        """The gold annotation."""
        column = list(zip(*self.rows, strict=True))
        return Syntax(
            text=self.text,
            start=[a for a, _ in self.places],
            end=[b for _, b in self.places],
            lemma=column[2],
            upos=column[3],
            xpos=column[4],
            head=self.heads,
            rel=column[7],
            sentence=self.sentence,
            certainty=[float("nan")] * len(self.rows),
        )

    def mentions(self) -> list[Mention]:
        """All mentions of entities, singletons too, in the order of their ends."""
        opened: dict[int, list[tuple[int, str]]] = {}
        found: list[Mention] = []
        for token, row in enumerate(self.rows):
            column = next((f[7:] for f in row[9].split("|") if f.startswith("Entity=")), "")
            for match in _MENTION.finditer(column):
                if match[4]:
                    if starts := opened.get(int(match[4])):
                        start, rest = starts.pop()
                        found.append(_mention(int(match[4]), rest, start, token + 1))
                elif match[3]:
                    found.append(_mention(int(match[1]), match[2], token, token + 1))
                else:
                    opened.setdefault(int(match[1]), []).append((token, match[2]))
        return found


def _mention(entity: int, rest: str, start: int, end: int) -> Mention:
    # GRP-etype-infstat-salience-centering-minspan-link-identity: seven dashes and more; the last one may have its own.
    parts = rest.split("-", 6)
    return Mention(entity, parts[0], (start, end), parts[6] if len(parts) > 6 else None)


def blocks(path: Path) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Comment lines and rows of each sentence, as they stand."""
    comments: list[str] = []
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("#"):
            comments.append(line)
        elif line:
            rows.append(line.split("\t"))
        elif rows:
            yield comments, rows
            comments, rows = [], []


def read_treebank(path: Path) -> list[TreebankDocument]:
    """The documents of a treebank; a sentence follows the one before after a space, a paragraph after a line end."""
    found: list[TreebankDocument] = []
    for comments, rows in blocks(path):
        given = dict(c[1:].strip().split(" = ", 1) for c in comments if " = " in c)
        if "newdoc id" in given:
            name = given["newdoc id"]
            found.append(TreebankDocument(name, given.get("meta::genre", name.split("-")[0])))
        found[-1].add(rows, fresh=any(c.startswith("# newpar") for c in comments))
    return found


def _spread(at: int, whole: str, parts: list[str]) -> list[tuple[int, int]]:
    """The places of words written as one, where their forms add up to it; else each gets a share of its characters."""
    out = []
    exact = sum(map(len, parts)) == len(whole)
    end = at + len(whole)
    for number, part in enumerate(parts):
        left = len(parts) - 1 - number
        stop = at + len(part) if exact else end if not left else max(at + 1, min(at + len(part), end - left))
        out.append((at, stop))
        at = stop
    return out


def span_of(document: TreebankDocument, mention: Mention) -> Span:
    """The characters of a mention."""
    first, last = mention.tokens
    return Span(document.places[first][0], document.places[last - 1][1])
