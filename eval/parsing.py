"""How well the reader parses and finds names: `python -m eval.parsing`; and its Syntax of any text, for other measures.

In:   treebanks' dev sets (../shared/data).   Out: a table: gold tokens' tags and trees where the tokens are the same.
Knows nothing of: attributions.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from eval.conllu import TreebankDocument, blocks, read_treebank
from eval.polnear import data_folder
from sayso.case import lexicon, reader
from sayso.errors import NotFound, Unreadable
from sayso.extract import read
from sayso.parse import parse
from sayso.read import read_bytes
from sayso.spans import Span
from sayso.syntax import Syntax

BANKS = {"EWT": "ud-ewt/en_ewt-ud-dev.conllu", "GUM": "ud-gum/en_gum-ud-dev.conllu"}
GENRES = ("news", "interview", "speech", "newsgroup", "weblog", "email", "reviews")


def parser() -> Callable[[str], Syntax]:
    """What `sayso read` makes of a text, from its characters on: sentences, tokens, trees, names."""

    def parsed(text: str) -> Syntax:
        (document,) = read_bytes(text.encode(), path="text.txt")
        if isinstance(document, Unreadable):
            raise document
        return read(parse(document, lexicon()), reader(), lexicon()).syntax

    return parsed


def sentences_of(document: TreebankDocument) -> tuple[Syntax, list[Span]]:
    """Gold, and where its sentences stand."""
    gold = document.syntax()
    numbers = sorted(set(gold.sentence))
    spans, at = [], 0
    for _ in numbers:
        own = gold.sentence_of(at)
        spans.append(Span(gold.start[own.start], gold.end[own.stop - 1]))
        at = own.stop
    return gold, spans


def compare(gold: Syntax, found: Syntax) -> Counter[str]:
    """Counts as CoNLL 2018 has them: tokens with the same characters are the same, relations without subtypes."""
    place = {(a, b): i for i, (a, b) in enumerate(zip(found.start, found.end, strict=True))}
    counts = Counter(gold=len(gold), found=len(found))
    for i in range(len(gold)):
        j = place.get((gold.start[i], gold.end[i]))
        if j is None:
            continue
        counts["tokens"] += 1
        counts["upos"] += gold.upos[i] == found.upos[j]
        counts["xpos"] += gold.xpos[i] == found.xpos[j]
        counts["lemma"] += gold.lemma[i] == found.lemma[j]
        head, above = gold.head[i], found.head[j]
        same = (head == i and above == j) or (
            head != i and above != j and (gold.start[head], gold.end[head]) == (found.start[above], found.end[above])
        )
        counts["uas"] += same
        counts["las"] += same and gold.rel[i].split(":")[0] == found.rel[j].split(":")[0]
    return counts


def names(folder: Path) -> Counter[str]:
    """Names of Universal NER's sentences (EWT dev): exact places and kinds."""
    texts: dict[str, list[list[str]]] = {}
    for _, rows in blocks(folder / BANKS["EWT"]):
        words = [r for r in rows if r[0].isdigit()]
        texts.setdefault("".join(r[1] for r in words).lower(), rows)
    counts: Counter[str] = Counter()
    for _, rows in blocks(folder / "uner-ewt/en_ewt-ud-dev.iob2"):
        forms = [r[1] for r in rows]
        if "".join(forms).lower() not in texts:
            continue
        known = texts["".join(forms).lower()]
        document = TreebankDocument("", "")
        document.add(known, fresh=False)
        gold, start = set(), None
        for i, r in enumerate([*rows, ["", "", "O"]]):
            if start is not None and not r[2].startswith("I-"):
                gold.add((document.places[start][0], document.places[i - 1][1], rows[start][2][2:]))
                start = None
            if r[2].startswith("B-") and r[2][2:] in ("PER", "ORG", "LOC"):
                start = i
        text = document.text.rstrip()
        found = {(n.span.start, n.span.end, n.kind) for n in reader().read(text, [Span(0, len(text))]).syntax.names}
        counts.update(gold=len(gold), found=len(found), hits=len(gold & found))
    return counts


def row(name: str, c: Counter[str]) -> str:
    """One line in percent; each figure is an F1 over tokens."""
    shown = "".join(f"{200 * c[k] / max(c['gold'] + c['found'], 1):8.1f}" for k in ("tokens", *KINDS))
    return f"{name:14}{shown}{c['gold']:9}"


KINDS = ("upos", "xpos", "lemma", "uas", "las")


def main() -> int:
    """Prints the table."""
    folder = data_folder()
    if not (folder / BANKS["EWT"]).is_file():
        print(NotFound(f"{folder}: no treebanks there: see eval/README.md"), file=sys.stderr)
        return 2
    print(f"{'':14}" + "".join(f"{k:>8}" for k in ("tokens", *KINDS)) + f"{'gold':>9}")
    parse_text = parser()
    for bank, file in BANKS.items():
        total, raw = Counter[str](), Counter[str]()
        genres: dict[str, Counter[str]] = {}
        for document in read_treebank(folder / file):
            gold, spans = sentences_of(document)
            counts = compare(gold, reader().read(document.text, spans).syntax)
            total += counts
            genres.setdefault(document.genre, Counter()).update(counts)
            raw += compare(document.syntax(), parse_text(document.text))
        print(row(bank, total))
        print(row(f"{bank}, raw text", raw))
        for genre in sorted(set(genres) & set(GENRES)):
            print(row(f"  {genre}", genres[genre]))
    c = names(folder)
    print(f"\nnames (EWT, Universal NER): F1 {200 * c['hits'] / max(c['gold'] + c['found'], 1):.1f} of {c['gold']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
