"""Attributions inside of attributions: `sayso read` beside the discourse trees of GUM (eRST).

    python -m eval.nesting [--all]         table; --all takes all documents in place of the held-out third

The unit is GUM's (Zeldes et al. 2024): a satellite, whose words hold cue and source, and its nucleus, the content,
each one or more elementary units. Held out are the documents whose name's SHA-256, as a number, leaves 0 when divided
by 3. How the two are matched stands at ``matched``.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.conllu import TreebankDocument, read_treebank
from eval.factuality import words
from eval.polnear import data_folder
from sayso.case import knowledge, lexicon, reader
from sayso.errors import NotFound
from sayso.read import read_bytes
from sayso.records import Claim, Document
from sayso.resolve.acts import Stance, speech_act
from sayso.study import study

Tokens = frozenset[int]
_HALF = 0.5
_PROSE = frozenset(("news", "interview", "speech", "bio", "essay", "academic", "court", "letter"))
# What leaves a content open without being against it.
_OPEN_ACTS = frozenset(("ask", "order", "want", "promise"))


@dataclass(frozen=True)
class Relation:
    """An attribution of a discourse tree, by numbers of tokens.

    ``own``: the words of the satellite without what is attributed inside of it. ``content``: its nucleus, with what
    hangs from it. ``within``: the relations in whose content its words stand.
    """

    own: Tokens
    content: Tokens
    negative: bool
    depth: int = 0


@dataclass(frozen=True)
class Found:
    """A claim with a cue, by numbers of tokens. ``depth``: how many claims it is nested in; ``by``: what found it."""

    cue: Tokens
    content: Tokens
    depth: int
    negative: bool
    negative_in_record: bool
    by: str


# --- the discourse trees ---


@dataclass
class _Node:
    parent: str | None
    relation: str
    tokens: list[int]
    is_segment: bool


def relations(path: Path) -> tuple[list[Relation], list[Tokens], int]:
    """The attributions of one tree, its elementary units, and how many tokens it has."""
    body = ET.parse(path).getroot().find("body")  # noqa: S314  # GUM's own files
    if body is None:
        raise ValueError(f"{path}: no body")
    nodes: dict[str, _Node] = {}
    at = 0
    for element in body:
        if element.tag in ("segment", "group"):
            count = len((element.text or "").split()) if element.tag == "segment" else 0
            tokens = list(range(at, at + count))
            at += count
            nodes[element.attrib["id"]] = _Node(
                element.get("parent"), element.get("relname", ""), tokens, element.tag == "segment"
            )
    children: dict[str, list[str]] = defaultdict(list)
    for name, node in nodes.items():
        if node.parent in nodes:
            children[str(node.parent)].append(name)
    drafts = [
        Relation(
            own=frozenset(_tokens(name, nodes, children, own=True)),
            content=frozenset(_tokens(str(node.parent), nodes, children, own=False))
            - frozenset(_tokens(name, nodes, children, own=False)),
            negative=node.relation.endswith("negative"),
        )
        for name, node in nodes.items()
        if node.relation.startswith("attribution") and node.parent in nodes
    ]
    units = [frozenset(n.tokens) for n in nodes.values() if n.is_segment]
    deep = [
        Relation(r.own, r.content, r.negative, sum(r.own <= other.content for other in drafts if other is not r))
        for r in drafts
    ]
    return deep, units, at


def _tokens(name: str, nodes: dict[str, _Node], children: dict[str, list[str]], *, own: bool) -> list[int]:
    """All tokens under a node; with ``own`` those of its nuclei only, satellites left aside."""
    found = list(nodes[name].tokens)
    for child in children[name]:
        nuclear = nodes[child].relation in ("span", "same-unit") or "joint" in nodes[child].relation
        if nuclear or not own:
            found += _tokens(child, nodes, children, own=own)
    return found


# --- what sayso finds ---


def found_in(document: TreebankDocument) -> list[Found]:
    """The claims with a cue that sayso finds in a document, on the document's tokens."""
    (read,) = read_bytes(document.text.encode(), path=f"{document.name}.txt")
    if not isinstance(read, Document):
        raise read
    if read.text != document.text:
        raise ValueError(f"{document.name}: the text was altered")
    lists, lexical = words()[0], lexicon()
    syntax = document.syntax()
    claims = study(read, reader(), knowledge()).claims
    by_id = {c.id: c for c in claims}
    out = []
    for claim in claims:
        if claim.cue is None:
            continue
        source = claim.source.spans if claim.source else ()
        stance = speech_act(syntax, source, claim.cue.spans[0], claim.content.spans, lists, lexical)
        out.append(
            Found(
                cue=frozenset(t for s in claim.cue.spans for t in syntax.within(s)),
                content=frozenset(t for s in claim.content.spans for t in syntax.within(s)),
                depth=_depth(claim, by_id),
                negative=_is_negative(stance),
                negative_in_record=claim.factuality.endswith("-")
                or (claim.factuality == "Uu" and claim.speech_act not in _OPEN_ACTS),
                by=claim.found_by,
            )
        )
    return out


def _depth(claim: Claim, by_id: dict[str, Claim]) -> int:
    return 0 if claim.via is None else 1 + _depth(by_id[claim.via], by_id)


def _is_negative(stance: Stance) -> bool:
    """Is the source shown as not saying, or not holding it? Who does not deny does neither."""
    if stance.value.endswith("-"):
        return True
    return stance.done.endswith("-") and stance.value == "Uu"


# --- matching ---


def matched(gold: Sequence[Relation], found: Sequence[Found]) -> list[tuple[Relation, Found]]:
    """Pairs, each side once: the cue shares a token with the satellite's own words, and content and nucleus share at
    least half of the tokens of the shorter. Of several the ones that share most, as a share of both, come first."""
    rated = []
    for i, relation in enumerate(gold):
        for j, claim in enumerate(found):
            shared = len(relation.content & claim.content)
            shorter = min(len(relation.content), len(claim.content))
            if relation.own & claim.cue and shorter and shared >= _HALF * shorter:
                rated.append((shared / len(relation.content | claim.content), i, j))
    pairs, left, right = [], set[int](), set[int]()
    for _, i, j in sorted(rated, key=lambda r: (-r[0], r[1], r[2])):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((gold[i], found[j]))
    return pairs


def can_be_seen(claim: Found, units: Sequence[Tokens]) -> bool:
    """Does most of the content stand in other units than the cue? Only then the tree could have the relation."""
    with_cue = frozenset(t for unit in units if unit & claim.cue for t in unit)
    return len(claim.content - with_cue) >= _HALF * len(claim.content)


def count(gold: Sequence[Relation], found: Sequence[Found], units: Sequence[Tokens]) -> Counter[str]:
    """What the table is made of, for one document."""
    pairs = matched(gold, found)
    hit = {id(claim) for _, claim in pairs}
    seen = [claim for claim in found if can_be_seen(claim, units) or id(claim) in hit]
    got = {id(relation) for relation, _ in pairs}
    counts = Counter(gold=len(gold), pairs=len(pairs), found=len(seen), unseen=len(found) - len(seen))
    for name, chosen in (("nested", [r for r in gold if r.depth]), ("negative", [r for r in gold if r.negative])):
        counts[f"gold {name}"] = len(chosen)
        counts[f"pairs {name}"] = sum(id(r) in got for r in chosen)
    counts["deep found"] = sum(claim.depth > 0 for claim in seen)
    counts["deep hit"] = sum(claim.depth > 0 and id(claim) in hit for claim in seen)
    counts["chains"] = sum(r.depth > 0 and c.depth > 0 for r, c in pairs)
    counts["chains found"] = sum(c.depth > 0 for _, c in pairs)
    for field in ("negative", "negative_in_record"):
        counts[f"{field} right"] = sum(r.negative and getattr(c, field) for r, c in pairs)
        counts[f"{field} said"] = sum(getattr(c, field) for _, c in pairs)
    return counts


def documents(
    folder: Path, *, held: bool | None
) -> Iterator[tuple[TreebankDocument, list[Relation], list[Tokens], bool]]:
    """The documents of GUM that have discourse trees, with their relations and units, and whether the tokens of both
    are the same. ``held``: those that are held out or those that are not; None: all.
    """
    trees = {p.stem: p for p in sorted((folder / "gum-erst").glob("*.rs4"))}
    for document in read_treebank(folder / "ud-gum/en_gum-ud-train.conllu"):
        if document.name in trees and held in (None, held_out(document.name)):
            gold, units, tokens = relations(trees[document.name])
            yield document, gold, units, tokens == len(document.rows)


def inside(folder: Path) -> tuple[int, int]:
    """Of what the rule for attributions inside of contents found: what is a relation, and all that could be one. On
    the documents that are not held out.
    """
    right = of = 0
    for document, gold, units, same in documents(folder, held=False):
        if same:
            found = found_in(document)
            hit = {id(claim) for _, claim in matched(gold, found)}
            own = [c for c in found if c.by == "rules:inside" and (id(c) in hit or can_be_seen(c, units))]
            right, of = right + sum(id(c) in hit for c in own), of + len(own)
    return right, of


def held_out(name: str) -> bool:
    """One document in three, by its name."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0


def _rate(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f} % ({part} of {whole})" if whole else "    – (0)"


def report(c: Counter[str]) -> str:
    """The figures of some documents, in lines."""
    lines = [
        ("relations found (recall)", _rate(c["pairs"], c["gold"])),
        ("claims that are relations (precision)", _rate(c["pairs"], c["found"])),
        ("  left out: cue and content in one unit", str(c["unseen"])),
        ("nested relations found", _rate(c["pairs nested"], c["gold nested"])),
        ("  found as nested", _rate(c["chains"], c["gold nested"])),
        ("nested claims that are relations", _rate(c["deep hit"], c["deep found"])),
        ("  that are nested in the tree too", _rate(c["chains"], c["chains found"])),
        ("negative relations found", _rate(c["pairs negative"], c["gold negative"])),
        ("  read as negative, record", _rate(c["negative_in_record right"], c["pairs negative"])),
        ("  read as negative, resolve on gold trees", _rate(c["negative right"], c["pairs negative"])),
        ("read as negative and so, record", _rate(c["negative_in_record right"], c["negative_in_record said"])),
        ("read as negative and so, resolve", _rate(c["negative right"], c["negative said"])),
    ]
    return "\n".join(f"  {name:44}{value}" for name, value in lines)


def main() -> int:
    """Prints the table."""
    options = argparse.ArgumentParser(prog="python -m eval.nesting")
    options.add_argument("--all", action="store_true", help="all documents, in place of the held-out third")
    options.add_argument("--names", action="store_true", help="only name the documents")
    arguments = options.parse_args()
    folder = data_folder()
    if not (folder / "gum-erst").is_dir():
        print(NotFound(f"{folder}: no discourse trees there: see eval/README.md"), file=sys.stderr)
        return 2
    chosen = documents(folder, held=None if arguments.all else True)
    if arguments.names:
        print("\n".join(document.name for document, *_ in chosen))
        return 0
    total, prose = Counter[str](), Counter[str]()
    skipped, measured = [], 0
    for document, gold, units, same in chosen:
        if not same:
            skipped.append(document.name)
            continue
        counts = count(gold, found_in(document), units)
        measured += 1
        total += counts
        if document.name.split("_")[1] in _PROSE:
            prose += counts
    print(f"{measured} documents of GUM, {len(skipped)} of other tokens than the treebank's left out")
    print(report(total))
    print(f"prose ({', '.join(sorted(_PROSE))})")
    print(report(prose))
    return 0


if __name__ == "__main__":
    sys.exit(main())
