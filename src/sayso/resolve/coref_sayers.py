"""Who "he said" is, by what a report does: it stays with one speaker until it names another; whom a question is about.

In:   a Scene, the lots so far.   Out: the mention a saying pronoun takes up; which candidates can say anything.
Knows nothing of: weights.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.resolve.anaphora import concerned_by
from sayso.resolve.coref_board import Board
from sayso.resolve.coref_rank import Scene
from sayso.resolve.mentions import Mention
from sayso.syntax import Syntax

_BACK = 4  # sentences
_OF = frozenset(("obj", "iobj", "nsubj:pass"))
_ASKING = frozenset(("ask", "accuse"))
_SPEAK = frozenset(("person", "people", "organisation", "government", "armed_group", "outlet", "document", "post"))


def says(scene: Scene, mention: Mention) -> bool:
    """Is it, outside of a quotation, the subject of a verb of saying, or of one joined to such a verb?"""
    s = scene.syntax
    if mention.quoted >= 0 or not s.rel[mention.head].startswith("nsubj"):
        return False
    verb = s.head[mention.head]
    verbs = [verb, *(c for c in s.children(verb) if s.rel[c] == "conj")]
    return any(s.lemma[v].lower() in scene.words.words.says for v in verbs)


def last_sayer(scene: Scene, board: Board, at: int) -> int | None:
    """The mention of who spoke last before a saying "he", "she" or "they"; None if others have come up since."""
    mention, s = scene.mentions[at], scene.syntax
    if not _asks(mention) or not says(scene, mention):
        return None
    inner: int | None = None
    for before in range(at - 1, -1, -1):
        other = scene.mentions[before]
        if inner is not None and s.sentence[other.head] != s.sentence[scene.mentions[inner].head]:
            return inner
        if s.sentence[mention.head] - s.sentence[other.head] > _BACK:
            return inner
        if other.quoted >= 0 or not _answers(mention, other) or not board.may_join(before, at):
            continue
        if says(scene, other):
            asked = _asked(scene, board, before, at)
            if asked is not None:
                return asked
            if main_subject(s, other.head) or s.sentence[other.head] == s.sentence[mention.head]:
                return before
            inner = before if inner is None else inner  # "Reyk said that his aide had told him …": Reyk, if he can be
        elif main_subject(s, other.head) and (other.form in ("name", "group", "pronoun") or other.kind == "person"):
            return inner
    return inner


def _asked(scene: Scene, board: Board, asker: int, at: int) -> int | None:
    """ "The judge asked Reyk whether … He said": whoever is asked or accused answers."""
    s = scene.syntax
    verb = s.head[scene.mentions[asker].head]
    if (
        scene.mentions[at].word == "they"
        or s.lemma[verb].lower() not in _ASKING
        or s.sentence[scene.mentions[at].head] == s.sentence[verb]
    ):
        return None
    for index, other in enumerate(scene.mentions[:at]):
        whom = s.head[other.head] == verb and s.rel[other.head] in ("obj", "iobj")
        if whom and _answers(scene.mentions[at], other) and board.may_join(index, at):
            return index
    return None


def concerned(scene: Scene, board: Board, at: int) -> int | None:
    """ "The judge asked Mr Reyk whether he …", "said of Mr Reyk that he …": the one who is asked or spoken of."""
    mention = scene.mentions[at]
    if mention.form != "pronoun" or mention.person != 3:
        return None
    whom = concerned_by(scene.syntax, mention.head)
    near = (i for i in range(at - 1, -1, -1) if scene.mentions[i].head == whom) if whom is not None else iter(())
    return next((i for i in near if board.may_join(i, at)), None)


def accused(scene: Scene, board: Board, at: int) -> int | None:
    """ "Amnesty accuses the army of torture, which it denies": who is accused denies it, there or right after it."""
    mention, s = scene.mentions[at], scene.syntax
    if mention.form != "pronoun" or mention.person != 3 or not s.rel[mention.head].startswith("nsubj"):
        return None
    if s.lemma[s.head[mention.head]].lower() not in scene.words.words.denies:
        return None
    for before in range(at - 1, -1, -1):
        other = scene.mentions[before]
        if s.sentence[mention.head] - s.sentence[other.head] > 1:
            return None
        by = s.lemma[s.head[other.head]].lower() in scene.words.words.blames and s.rel[other.head] in _OF
        if by and board.may_join(before, at):
            return before
    return None


def fitting(scene: Scene, board: Board, at: int, found: Sequence[tuple[int, int]]) -> int | None:
    """ "General Orlec sued Ms Reyk after she said": in one sentence the only name that is known to be a woman's."""
    mention = scene.mentions[at]
    if mention.form != "pronoun" or mention.gender not in ("m", "f"):
        return None
    near = [n for lot, n in found if scene.sentence[at] - scene.sentence[n] <= 1]
    known = [n for n in near if mention.gender in board.lot(n).genders]
    if len(known) != 1 or scene.sentence[known[0]] != scene.sentence[at] or scene.mentions[known[0]].form != "name":
        return None
    return (
        known[0] if scene.syntax.head[scene.mentions[known[0]].head] in scene.syntax.ancestors(mention.head) else None
    )


def _asks(mention: Mention) -> bool:
    return mention.form == "pronoun" and (mention.gender in ("m", "f") or mention.word == "they")


def _answers(mention: Mention, other: Mention) -> bool:
    """Can a pronoun take up another mention as the one who speaks?"""
    if other.form == "relative" or (other.person == 0 and other.word != "one"):
        return False
    if other.word == "one":  # "One of them said he …"
        return mention.word != "they"
    if mention.word == "they":
        return other.many is True or (other.form == "pronoun" and other.word == "they")
    person = other.kind == "person" or (other.form == "name" and other.kind == "unknown")
    return person and other.person == 3 and other.many is not True


def main_subject(syntax: Syntax, token: int) -> bool:
    """Is it the subject of a sentence's main clause, or of one joined to it?"""
    verb = syntax.head[token]
    if not syntax.rel[token].startswith("nsubj"):
        return False
    return syntax.rel[verb] == "root" or (syntax.rel[verb] == "conj" and syntax.rel[syntax.head[verb]] == "root")


def able(scene: Scene, board: Board, at: int, found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The candidates (lot, nearest mention) near by that can say something, where "he", "she" or "they" says something.

    None for "it": what is said of it ("the rate refers to …") is more often no saying at all.
    """
    mention, s = scene.mentions[at], scene.syntax
    if mention.form != "pronoun" or mention.word == "it" or not says(scene, mention):
        return []
    return [
        (lot, nearest)
        for lot, nearest in found
        if s.sentence[mention.head] - s.sentence[scene.mentions[nearest].head] <= 2
        and (board.lots[lot].kinds & _SPEAK or board.lots[lot].names)
    ]
