"""Other names in the places of names: treebanks name few people and firms, and a reader must know those it never met.

In:   treebank documents.   Out: the same documents, trees and labels, with some names replaced by others of their kind.
Knows nothing of: windows, the network.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace

from eval.conllu import TreebankDocument

from training.treebank import Treebank

Name = tuple[str, ...]
Pool = dict[tuple[str, int], list[Name]]  # by kind and number of tokens


def pool(banks: list[Treebank]) -> Pool:
    """All names whose lemmas are their forms, each as often as it occurs."""
    out: Pool = defaultdict(list)
    for bank in banks:
        for kind, start, stop in names_of(bank):
            out[kind, stop - start].append(tuple(r[1] for r in bank.document.rows[start:stop]))
    return out


def names_of(bank: Treebank) -> list[tuple[str, int, int]]:
    """Kind, first token and the one after the last, of names that can stand for another: proper nouns in the singular,
    each token written apart, whose lemmas are their forms.
    """
    out, start = [], 0
    rows, places = bank.document.rows, bank.document.places
    for i, tag in enumerate(bank.names):
        if tag and tag[0] in "BS":
            start = i
        if tag and tag[0] in "ES":
            own = range(start, i + 1)
            good = all(rows[t][1] == rows[t][2] and rows[t][4] == "NNP" for t in own)
            # A part of a word ("Mosul's") has its own characters only where the parts add up to the word.
            good = good and all(bank.document.text[slice(*places[t])] == rows[t][1] for t in own)
            if good:
                out.append((tag[2:], start, i + 1))
    return out


def renamed(bank: Treebank, names: Pool, rng: random.Random, share: float) -> Treebank:
    """The document with a share of its names replaced, the same name by the same one everywhere."""
    forms = [r[1] for r in bank.document.rows]
    chosen: dict[tuple[str, Name], Name] = {}
    changed = False
    for kind, start, stop in names_of(bank):
        old = tuple(forms[start:stop])
        if (kind, old) not in chosen:
            chosen[kind, old] = rng.choice(names[kind, stop - start]) if rng.random() < share else old
        new = chosen[kind, old]
        if new != old:
            changed = True
            forms[start:stop] = new
    return replace(bank, document=rewritten(bank.document, forms)) if changed else bank


def rewritten(document: TreebankDocument, forms: list[str]) -> TreebankDocument:
    """The document with other forms, which are their own lemmas where they changed."""
    rows, places, parts = [], [], []
    at = done = 0
    for row, (start, end), form in zip(document.rows, document.places, forms, strict=True):
        same = form == row[1]
        between, own = document.text[done:start], document.text[start:end] if same else form
        places.append((at + len(between), at + len(between) + len(own)))
        rows.append(row if same else [row[0], form, form, *row[3:]])
        parts += [between, own]
        at += len(between) + len(own)
        done = end
    return replace(document, text="".join(parts) + document.text[done:], rows=rows, places=places)
