"""Who "the mayor said", "the newspaper reported", "according to the commission" are: whoever was named with that word.

In:   a Scene, the lots so far.   Out: the mention a saying noun takes up.
Knows nothing of: weights, pronouns.

What speaks was mostly named before; what the weights learned of nouns that stand anywhere is too shy for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sayso.resolve.coref_board import Board, Lot
from sayso.resolve.coref_rank import Scene
from sayso.resolve.coref_sayers import says
from sayso.resolve.coref_words import Kind
from sayso.resolve.mentions import Mention

_NEAR = 2  # sentences back in which a body has to be the only one named
_BODIES: frozenset[Kind] = frozenset(("organisation", "outlet", "armed_group", "government"))


def holder(scene: Scene, board: Board, at: int) -> int | None:
    """The nearest mention of the only one who can be meant by a noun that says something; else None."""
    mention = scene.mentions[at]
    if not _plain(scene, mention) or not (mention.source or says(scene, mention)):
        return None
    found = _person(scene, board, at) if mention.kind == "person" else _body(scene, board, at)
    return None if found is None or _called_since(scene, board, found, at) else found


def _person(scene: Scene, board: Board, at: int) -> int | None:
    word, closed = scene.mentions[at].word, scene.words.words
    if word in closed.accused:
        return _only(scene, board, at, lambda lot: _stands_trial(scene, lot, at))
    return _only(scene, board, at, lambda lot: _bears(scene, word, lot, at))


def _body(scene: Scene, board: Board, at: int) -> int | None:
    mention = scene.mentions[at]
    if mention.kind not in _BODIES:
        return None
    called = _only(scene, board, at, lambda lot: _in_name(scene, mention.word, lot, at))
    if called is not None or mention.kind == "government" or mention.word not in scene.words.kinship:
        return called  # "the campaign", "the team", "the office" are somebody's

    def fits(lot: Lot) -> bool:
        return mention.kind in lot.called_kinds and _can_be(scene, mention.word, lot)

    return _only(scene, board, at, fits, near=True)


def _plain(scene: Scene, mention: Mention) -> bool:
    """ "The mayor", with nothing that tells which."""
    s = scene.syntax
    if mention.form != "noun" or mention.determined != "definite" or mention.modifiers or mention.many:
        return False
    return not any(s.rel[c].split(":")[0] in ("nmod", "acl", "appos", "conj") for c in s.children(mention.head))


def _named(scene: Scene, board: Board, at: int) -> Iterator[int]:
    """The nearest mention of each lot with a name that may be meant, nearest first."""
    seen: set[int] = set()
    for before in range(at - 1, -1, -1):
        lot = board.of[before]
        called = board.lots[lot].called
        outside = not scene.mentions[before].span.contains(scene.mentions[at].span)
        if lot not in seen and called and called[0] < at and outside and board.may_join(before, at):
            yield before
        seen.add(lot)


def _called_since(scene: Scene, board: Board, found: int, at: int) -> bool:
    """Has the noun been said of another since?"""
    word, lot = scene.mentions[at].word, board.of[found]
    since = (i for i in range(found + 1, at) if scene.mentions[i].form == "noun" and scene.mentions[i].word == word)
    return any(board.of[i] != lot and board.may_join(i, at) for i in since)


def _bears(scene: Scene, word: str, lot: Lot, at: int) -> bool:
    """ "Mayor Reyk", "Sen. Reyk": is the noun a title that stands before one of its names?"""
    titles = {title for i in lot.called if i < at for title in scene.mentions[i].title}
    return word in titles or any(word in scene.words.offices.get(title, ()) for title in titles)


def _in_name(scene: Scene, word: str, lot: Lot, at: int) -> bool:
    if "person" in lot.kinds:
        return False
    names = (scene.mentions[i].name for i in lot.called if i < at)
    return any(word in (name[0], name[-1]) for name in names)


def _can_be(scene: Scene, word: str, lot: Lot) -> bool:
    """Is a body called by no noun but such as this: a company is no union?"""
    bodies = [noun for noun in lot.nouns if scene.words.kinds.get(noun) in _BODIES]
    return all(noun == word or scene.words.akin(noun, word) for noun in bodies)


def _stands_trial(scene: Scene, lot: Lot, at: int) -> bool:
    """ "Orr is charged with", "Orr pleaded not guilty", "Orr denies murder"."""
    s, closed = scene.syntax, scene.words.words
    for i in lot.members:
        head = scene.mentions[i].head
        if i >= at or not s.rel[head].startswith("nsubj"):
            continue
        verb = s.lemma[s.head[head]].lower()
        if verb in (closed.charges if s.rel[head] == "nsubj:pass" else closed.pleads):
            return "person" in lot.kinds
    return False


def _only(scene: Scene, board: Board, at: int, fits: Callable[[Lot], bool], *, near: bool = False) -> int | None:
    """The one that fits; of several, or where it has to be ``near``, the only one that was named near by."""
    found = [n for n in _named(scene, board, at) if fits(board.lot(n))]
    if len(found) > 1 or near:
        found = [n for n in found if scene.sentence[at] - scene.sentence[n] <= _NEAR]
    return found[0] if len(found) == 1 else None
