"""Names that the tree takes apart are put together: "Jabhat al-Nusra", "Abu Bakr al-Baghdadi", "Rami Makhlouf".

In:   the tokens of some sentences with their trees.   Out: the trees, in which such a name hangs from its first token.
Knows nothing of: the network, which has seen few names with an Arabic article.

Universal Dependencies joins the words of a name without inner syntax as `flat` to the first. Where the network takes a
name apart, so that "al" fights and "Jabhat" hangs elsewhere, that is mended here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from sayso.reader.chain import Words

_ARTICLES = frozenset(
    "al el an ar as ash at ath az ad adh ul ur us ud il abd abdul abdel abdal abdu".split()  # noqa: SIM905 - to be read
)
_APART = frozenset(("conj", "appos", "nmod:desc", "parataxis", "list"))  # what stands beside a name and is not of it
_OWNS = frozenset(("'s", "’s", "'", "’"))
_WEAK = frozenset(("det", "compound", "flat", "punct", "xcomp", "dep", "case", "amod"))  # what a name hardly is


class Tokens(NamedTuple):
    """The tokens of a text: part of speech, form, where each stands."""

    upos: Sequence[str]
    forms: Sequence[str]
    places: Sequence[Words]


def joined(head: list[int], rel: list[str], tokens: Tokens, persons: Iterable[Words], bounds: Words) -> None:
    """Mends the trees in place. ``persons``: where names of persons were found; ``bounds``: one sentence (tokens)."""
    upos, forms, places = tokens
    for name in persons:
        if len(_tops(range(*name), head)) > 1 and all(upos[i] == "PROPN" for i in range(*name)):
            _hang(*name, head, rel, forms, bounds)
    names: list[Words] = []
    for start, end in _cores(upos, forms, places, bounds):
        a, b = (names.pop()[0], end) if names and names[-1][1] >= start else (start, end)  # "Nour al-Din al-Zenki"
        least = names[-1][1] if names else bounds[0]
        while a > least and _is_of(a - 1, (a, b), head, rel, upos):
            a -= 1
        while b < bounds[1] and rel[b] == "flat" and _is_of(b, (a, b), head, rel, upos):
            b += 1
        names.append((a, b))
    for name in names:
        _hang(*name, head, rel, forms, bounds)


def _cores(upos: Sequence[str], forms: Sequence[str], places: Sequence[Words], bounds: Words) -> Iterator[Words]:
    """An article, a hyphen and a name, with nothing between."""
    for at in range(bounds[0], bounds[1] - 2):
        if forms[at].lower() not in _ARTICLES or forms[at + 1] != "-" or upos[at + 2] != "PROPN":
            continue
        if all(one[1] == other[0] for one, other in pairwise(places[at : at + 3])):
            yield at, at + 3


def _is_of(token: int, name: Words, head: Sequence[int], rel: Sequence[str], upos: Sequence[str]) -> bool:
    """Does a token beside a name belong to it, as the tree has it, or as both are the same to another?"""
    if upos[token] != "PROPN" or rel[token] in _APART:
        return False
    inside = range(*name)
    outer = {head[i] for i in inside if head[i] not in inside}
    if head[token] in inside or token in outer or rel[token] == "det":  # a name is nobody's article
        return True
    beyond = [
        i for i in outer if i < token and all(upos[k] == "PROPN" for k in range(i, token))
    ]  # "Abu Bakr al-Baghdadi"
    roles = {rel[i] for i in inside if head[i] not in inside}
    return bool(beyond) or (head[token] in outer and rel[token] in roles | _WEAK)


def _tops(inside: range, head: Sequence[int]) -> list[int]:
    """Those of some tokens that hang from none of them."""
    return [i for i in inside if head[i] not in inside or head[i] == i]


def _leaves(top: int, inside: range, head: Sequence[int]) -> bool:
    """Does the way from a token to the root lead out of a name for good? Else to hang it there would close a circle."""
    at = top
    while head[at] != at:
        at = head[at]
        if at in inside:
            return False
    return True


def _hang(a: int, b: int, head: list[int], rel: list[str], forms: Sequence[str], bounds: Words) -> None:
    """All tokens of a name to its first, and that to what one of them hung from."""
    inside = range(a, b)
    tops = [top for top in _tops(inside, head) if _leaves(top, inside, head)]
    top = min(tops, key=lambda i: (rel[i] in _WEAK, i))
    outer, role = head[top], rel[top]
    if b < bounds[1] and forms[b] in _OWNS and (things := [head[i] for i in tops if head[i] > b]):
        outer, role = min(things), "nmod:poss"
    for i in range(*bounds):
        if head[i] in inside:
            head[i] = a
    for i in inside:
        head[i], rel[i] = a, "punct" if forms[i] == "-" else "flat"
    head[a], rel[a] = a if outer in inside else outer, role
