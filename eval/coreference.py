"""Scores coreference on GUM: `python -m eval.coreference [FILE.conllu]`.

In:   a treebank with entities; chains that sayso makes of its trees.   Out: a table of MUC, B3, CEAFe, CoNLL F1.
Knows nothing of: how chains are made.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from eval.conllu import TreebankDocument, blocks, read_treebank, span_of
from eval.lots import Score, Scores, score
from eval.parsing import parser as parsing
from eval.polnear import data_folder
from sayso.case import knowledge, lexicon, reader
from sayso.errors import Unreadable
from sayso.parse import Quotation, parse
from sayso.read import read_bytes
from sayso.records import Document, DocumentRef
from sayso.resolve.coref_words import Words, read_words
from sayso.resolve.coreference import Chain, Speech, chains
from sayso.resolve.entities import speeches
from sayso.resolve.mentions import Mention, describe, mentions
from sayso.spans import Span
from sayso.study import study
from sayso.syntax import Name, NameKind, Syntax

ACTING = frozenset(("person", "organization", "place"))
_KINDS: dict[str, NameKind] = {"person": "PER", "organization": "ORG", "place": "LOC"}


@cache
def words() -> Words:
    """The word lists and weights that ship with sayso."""
    data = resources.files("sayso") / "data"
    weights = data / "coreference_weights.toml"
    return read_words(
        (data / "coreference.toml").read_text("utf-8"), weights.read_text("utf-8") if weights.is_file() else ""
    )


@dataclass(frozen=True)
class Marked:
    """A document of GUM: its tree with names (gold: out of its entities), quotations, who speaks, and its gold lots."""

    name: str
    genre: str
    syntax: Syntax
    quotations: tuple[Quotation, ...]
    speeches: tuple[Speech, ...]
    gold: tuple[tuple[Span, ...], ...]
    etype: dict[Span, str]


def marked(
    document: TreebankDocument,
    spoken: Sequence[tuple[str | None, str | None]],
    tree: Callable[[str], Syntax] | None = None,
) -> Marked:
    """One document; ``spoken``: speaker and addressee of each sentence as the treebank gives them, else None.

    ``tree`` parses the text; without it trees and names are gold.
    """
    gold = document.syntax()
    syntax = tree(document.text) if tree else dataclasses.replace(gold, names=names(document))
    made = read_text(document.name, document.text)
    parsed = parse(made, lexicon())
    lots: dict[int, list[Span]] = {}
    etype: dict[Span, str] = {}
    for mention in document.mentions():
        span = span_of(document, mention)
        if span not in etype:
            etype[span] = mention.etype
            lots.setdefault(mention.entity, []).append(span)
    claims = study(made, reader(), knowledge()).claims
    return Marked(
        document.name,
        document.genre,
        syntax,
        parsed.quotations,
        (*turns(gold, spoken), *speeches(parsed, syntax, claims)),
        tuple(tuple(lot) for lot in lots.values()),
        etype,
    )


def read_text(name: str, text: str) -> Document:
    """A text as a document whose offsets are those of the text."""
    (made,) = read_bytes(text.encode(), path=f"{name}.txt")
    if isinstance(made, Unreadable) or made.text != text:
        return Document(ref=DocumentRef(id="d" + name, path=name, sha256="0" * 64), text=text)
    return made


def turns(syntax: Syntax, spoken: Sequence[tuple[str | None, str | None]]) -> Iterable[Speech]:
    """A stretch for each sentence whose speaker the treebank names."""
    for number, (speaker, addressee) in enumerate(spoken):
        if speaker:
            own = [t for t in range(len(syntax)) if syntax.sentence[t] == number]
            yield Speech(Span(syntax.start[own[0]], syntax.end[own[-1]]), speaker, other=addressee)


def names(document: TreebankDocument) -> tuple[Name, ...]:
    """Persons, bodies and places of GUM's entities where a proper noun heads them: the run of capitals around it."""
    found: list[Name] = []
    taken: set[int] = set()
    rows = document.rows
    capital = [row[3] == "PROPN" or row[4].startswith("NNP") for row in rows]  # "United" in "United States" is an ADJ
    for mention in sorted(document.mentions(), key=lambda m: m.tokens[0] - m.tokens[1]):
        first, end = mention.tokens
        head = next((t for t in range(first, end) if not first <= document.heads[t] < end), first)
        if mention.etype not in _KINDS or not capital[head] or head in taken:
            continue
        joins = ("of", "the", "for", "and", "-") if mention.etype == "organization" else ("-",)

        def goes_on(at: int, step: int, first: int = first, end: int = end, joins: tuple[str, ...] = joins) -> bool:
            if not first <= at < end or at in taken or rows[at][7] == "nmod:desc":
                return False
            further = [t for t in (at + step, at + 2 * step) if first <= t < end]
            return capital[at] or (rows[at][1] in joins and any(capital[t] for t in further))

        a = b = head
        while goes_on(a - 1, -1):
            a -= 1
        while goes_on(b + 1, 1):
            b += 1
        taken.update(range(a, b + 1))
        found.append(Name(Span(document.places[a][0], document.places[b][1]), _KINDS[mention.etype]))
    return tuple(sorted(found))


def spoken_in(path: Path) -> dict[str, list[tuple[str | None, str | None]]]:
    """For each document of a treebank the speaker and addressee of each of its sentences."""
    found: dict[str, list[tuple[str | None, str | None]]] = {}
    name = ""
    for comments, _ in blocks(path):
        given = dict(c[1:].strip().split(" = ", 1) for c in comments if " = " in c)
        name = given.get("newdoc id", name)
        found.setdefault(name, []).append((given.get("speaker"), given.get("addressee")))
    return found


def load(path: Path, tree: Callable[[str], Syntax] | None = None) -> list[Marked]:
    """The documents of a treebank with entities; ``tree`` as for ``marked``."""
    spoken = spoken_in(path)
    return [marked(d, _dialogue(spoken[d.name]), tree) for d in read_treebank(path)]


def _dialogue(spoken: list[tuple[str | None, str | None]]) -> list[tuple[str | None, str | None]]:
    """Where two speak with each other, each is whom the other speaks to."""
    voices = {s for s, _ in spoken if s}
    if len(voices) != 2:
        return spoken
    return [(s, a or next(iter(voices - {s}))) if s else (s, a) for s, a in spoken]


def given_mentions(document: Marked) -> tuple[Mention, ...]:
    """The gold mentions, described by what the tree and the names say."""
    found = []
    for span in sorted(document.etype, key=lambda s: (s.start, -s.end)):
        head = document.syntax.top(span)
        if head is not None:
            made = describe(document.syntax, head, document.quotations, words(), lexicon())
            found.append(dataclasses.replace(made, span=span))
    return tuple(found)


def found_mentions(document: Marked) -> tuple[Mention, ...]:
    return mentions(document.syntax, document.quotations, words(), lexicon())


def lots(made: Iterable[Chain]) -> list[list[Span]]:
    """Chains as lots of spans. GUM does not mark relative pronouns; of two mentions at one place the first counts."""
    seen: set[Span] = set()
    out: list[list[Span]] = []
    for chain in made:
        spans = [m.span for m in chain.mentions if m.form != "relative" and m.span not in seen]
        seen.update(spans)
        if spans:
            out.append(list(dict.fromkeys(spans)))
    return out


def only(key: Sequence[Sequence[Span]], etype: dict[Span, str], kinds: Collection[str]) -> list[list[Span]]:
    """Gold lots of some types."""
    return [list(lot) for lot in key if etype[lot[0]] in kinds]


def acting(response: Sequence[Sequence[Span]], document: Marked) -> list[list[Span]]:
    """Lots without those that are, by the gold, all of things that cannot act. What the gold does not know stays."""
    return [list(lot) for lot in response if not all(document.etype.get(s, "person") not in ACTING for s in lot)]


Make = Callable[[Marked], tuple[Mention, ...]]


def measure(documents: Sequence[Marked], make: Make, *, singletons: bool, act: bool) -> Scores:
    """Summed over documents before F1 is taken."""
    total = Scores(Score(), Score(), Score())
    for document in documents:
        made = lots(chains(document.syntax, make(document), document.speeches, words()))
        key: list[list[Span]] = [list(lot) for lot in document.gold]
        if act:
            key, made = only(key, document.etype, ACTING), acting(made, document)
        total = total.plus(score(key, made, singletons=singletons))
    return total


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.coreference", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", help="a .conllu with entities (default: GUM's dev)")
    parser.add_argument("--parsed", action="store_true", help="trees and names as sayso reads them, not the gold")
    options = parser.parse_args(arguments)
    path = options.file or data_folder() / "ud-gum/en_gum-ud-dev.conllu"
    if not path.is_file():
        print(f"{path}: no such treebank", file=sys.stderr)
        return 2
    documents = load(path, parsing() if options.parsed else None)
    press = [d for d in documents if d.genre in ("news", "interview")]
    print(
        f"{path.name}: {len(documents)} documents, {len(press)} of news and interviews; "
        f"trees and names {'as sayso reads them' if options.parsed else 'gold'}; speakers gold where GUM has them"
    )
    print(f"{'':58}{'MUC':>6}{'B3':>6}{'CEAFe':>7}{'CoNLL':>7}{'P':>7}{'R':>6}")
    for which, chosen in (("all genres", documents), ("news, interviews", press)):
        for how, make in (("gold mentions", given_mentions), ("own mentions", found_mentions)):
            for what, act in (("all types", False), ("who can act", True)):
                for single in (False, True):
                    got = measure(chosen, make, singletons=single, act=act)
                    label = f"{which}, {how}, {what}, {'with' if single else 'no'} singletons"
                    print(
                        f"{label:58}{100 * got.muc.f1:6.1f}{100 * got.b_cubed.f1:6.1f}{100 * got.ceaf_e.f1:7.1f}"
                        f"{100 * got.conll:7.1f}{100 * got.b_cubed.precision:7.1f}{100 * got.b_cubed.recall:6.1f}"
                    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
