"""Measures identity across documents on MEANTIME (Minard et al. 2016): `python -m eval.identity`.

In:   gold persons and organisations of its 120 documents, each document's with its own names.   Out: pairs, P and R.
Knows nothing of: how a document's entities are found; MEANTIME's places, products and finances.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path

import msgspec

from eval.aliases import shipped
from eval.polnear import data_folder
from eval.score import Counts
from sayso.records import SourceType
from sayso.resolve.aliases.identity import DocumentEntity, case_entities, groups, read
from sayso.resolve.aliases.records import Context

_TYPES: dict[str, SourceType] = {"PER": "person", "ORG": "organisation"}
Pairs = set[frozenset[tuple[str, str]]]


class _Mention(msgspec.Struct, frozen=True):
    coref_chain: str
    doc_id: str
    mention_type: str
    mention_head_pos: str
    tokens_str: str


def read_entities(path: Path) -> list[DocumentEntity]:
    """One for each chain of a document with a proper name; its id is the chain's, the same in all documents."""
    names: dict[tuple[str, str, str], list[str]] = {}
    for mention in msgspec.json.decode(path.read_bytes(), type=list[_Mention]):
        if mention.mention_type in _TYPES and mention.mention_head_pos == "PROPN":
            chain = mention.coref_chain.rpartition("_")[2]
            names.setdefault((mention.doc_id, chain, mention.mention_type), []).append(mention.tokens_str)
    return [
        DocumentEntity(
            document=document,
            id=chain,
            name=_name(forms),
            type=_TYPES[kind],
            mentions=tuple(sorted(set(forms))),
        )
        for (document, chain, kind), forms in names.items()
    ]


def _name(forms: list[str]) -> str:
    """The form of capitals only that stands most often, else the longest: extents hold descriptions, too."""
    plain = [form for form in forms if all(word[0].isupper() for word in form.split())] or forms
    return max(plain, key=lambda form: (plain.count(form), len(form)))


def gold(entities: Iterable[DocumentEntity]) -> Pairs:
    return _pairs(entities, lambda entity: entity.id)


def same_name(entities: Iterable[DocumentEntity]) -> Pairs:
    """The baseline: the same name, lower-cased."""
    return _pairs(entities, lambda entity: entity.name.lower())


def _pairs(entities: Iterable[DocumentEntity], key: Callable[[DocumentEntity], str]) -> Pairs:
    groups: dict[str, list[tuple[str, str]]] = {}
    for entity in entities:
        groups.setdefault(key(entity), []).append((entity.document, entity.id))
    return {frozenset(pair) for group in groups.values() for pair in combinations(group, 2) if pair[0][0] != pair[1][0]}


def as_found(entities: Sequence[DocumentEntity]) -> tuple[Pairs, Pairs]:
    """Pairs that are one; and those with what may be one besides."""
    known = shipped()
    texts: dict[str, list[str]] = {}
    for entity in entities:
        texts.setdefault(entity.document, []).extend(entity.mentions)
    contexts: dict[str, Context] = {document: known.context("; ".join(forms)) for document, forms in texts.items()}
    placed = [msgspec.structs.replace(entity, context=contexts[entity.document]) for entity in entities]
    cases = {case.id: case for case in case_entities(groups(read(entity, known) for entity in placed))}
    one = {
        frozenset(pair) for case in cases.values() for pair in combinations(case.members, 2) if pair[0][0] != pair[1][0]
    }
    maybe = {
        frozenset((a, b))
        for case in cases.values()
        for possible in case.possibly
        for a in case.members
        for b in cases[possible.id].members
        if a[0] != b[0]
    }
    return one, one | maybe


def main(arguments: Sequence[str] | None = None) -> int:
    argparse.ArgumentParser(prog="python -m eval.identity", description="Measure identity.").parse_args(arguments)
    path = data_folder() / "meantime-en/entities_mentions.json"
    if not path.is_file():
        print(f"{path}: MEANTIME is not there (eval/README.md)", file=sys.stderr)
        return 2
    entities = read_entities(path)
    right = gold(entities)
    one, shown = as_found(entities)
    print(f"{len(entities)} persons and organisations of documents, {len(right)} pairs of them are one\n")
    print(f"{'pairs':28}{'P':>7}{'R':>7}{'F1':>7}{'found':>8}")
    for name, pairs in (("one", one), ("one or possibly one", shown), ("same name, lower-cased", same_name(entities))):
        counts = Counts(len(pairs & right), len(pairs), len(right))
        figures = "".join(f"{100 * figure:7.1f}" for figure in (counts.precision, counts.recall, counts.f1))
        print(f"{name:28}{figures}{len(pairs):8}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
