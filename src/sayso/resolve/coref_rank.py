"""Choose whom a pronoun or a description speaks of, by weighing what speaks for each that was named before.

In:   a mention, the lots so far, the weights.   Out: the lot it belongs to, or none.
Knows nothing of: how the weights were learned (training/fit_coreference.py).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sayso.resolve.coref_board import Board
from sayso.resolve.coref_words import PERSONS, Kind, Words
from sayso.resolve.mentions import Mention
from sayso.resolve.pronouns import REFLEXIVE
from sayso.syntax import Syntax

NOBODY = -1  # what is none of those before: new, or nothing at all ("it rains")
_SAYS = frozenset(("say", "tell", "add", "ask", "write", "argue", "claim", "insist", "note", "warn", "call", "think"))
_FAR = 30  # sentences that a description is looked back over, unless its very noun was there
_NEAR = 10  # and a pronoun
_MOST = 100  # candidates that are weighed: the eight longest articles of dev have 64 at most
_BACK = 3000  # mentions that are looked back over, where one sentence has so many: those articles reach 915 back
_OBJECTS = frozenset(("obj", "iobj", "obl"))


@dataclass(frozen=True)
class Scene:
    """What a choice rests on. ``speaker``: for each mention the one who speaks there (a mention), or -1; ``voice``: in
    whose words it stands; ``paragraph``: its number.
    """

    syntax: Syntax
    mentions: Sequence[Mention]
    words: Words
    speaker: Sequence[int]
    voice: Sequence[str]
    paragraph: Sequence[int]

    @cached_property
    def sentence(self) -> Sequence[int]:
        """For each mention the number of its sentence."""
        return [self.syntax.sentence[mention.head] for mention in self.mentions]

    @cached_property
    def roles(self) -> Sequence[str]:
        """For each mention its part in the clause."""
        return [role(self.syntax, mention.head) for mention in self.mentions]


def ranked(mention: Mention) -> str | None:
    """The table of weights that a mention is resolved with; None where it is not resolved by weighing."""
    if mention.form == "pronoun":
        if mention.person != 3:
            return None
        if mention.gender in ("m", "f"):
            return "person"
        return {"it": "it", "they": "they", "this": "this", "these": "this"}.get(mention.word)
    if mention.form == "noun" and mention.kind != "time":
        return "noun" if mention.determined in ("definite", "demonstrative", "possessive") else "bare"
    return None


def candidates(scene: Scene, board: Board, at: int) -> Iterator[tuple[int, int]]:
    """(lot, its nearest mention) for all that the mention may be of, nearest first."""
    mention, s = scene.mentions[at], scene.syntax
    sentence, opens = scene.sentence[at], mention.span.start
    pronoun = mention.form == "pronoun"
    seen: set[int] = set()
    given = 0
    speaker = board.of[scene.speaker[at]] if scene.speaker[at] >= 0 else -1
    for before in range(at - 1, max(-1, at - 1 - _BACK), -1):
        lot = board.of[before]
        if lot in seen:
            continue
        other = scene.mentions[before]
        gap = sentence - scene.sentence[before]
        if gap > (_NEAR if pronoun else _FAR):
            if pronoun or gap > 4 * _FAR:  # all that are left are as far
                return
            if mention.word not in board.lots[lot].nouns:
                continue
        if other.form == "relative" or _is_none(s, other) or (other.span.end > opens and not _inner(other, mention)):
            continue
        seen.add(lot)
        if not pronoun and not _describes(scene, board, at, lot):  # first, as it leaves few
            continue
        if lot == board.of[at] or (mention.gender and lot == speaker) or not board.may_join(before, at):
            continue
        if _bound(s, mention, other) or (pronoun and _talks(scene, board, at, lot)):
            continue
        yield lot, before
        given += 1
        if given == _MOST:
            return


def _is_none(s: Syntax, other: Mention) -> bool:
    """ "No sign of him": nothing that a later word could speak of."""
    return other.form == "noun" and any(s.form(c).lower() == "no" for c in s.children(other.head) if s.rel[c] == "det")


def _inner(outer: Mention, inner: Mention) -> bool:
    return inner.form == "pronoun" and outer.span.start < inner.span.start


def _bound(s: Syntax, mention: Mention, other: Mention) -> bool:
    """Are both arguments of one verb, so that only "himself" could be the other?"""
    if mention.form != "pronoun" or s.rel[mention.head] == "nmod:poss":
        return False
    clause = s.head[mention.head]
    return s.head[other.head] == clause and s.form(mention.head).lower() not in REFLEXIVE


def _talks(scene: Scene, board: Board, at: int, lot: int) -> bool:
    """Is a lot the "I" or "you" of the very stretch, so that nobody there calls it "he"? Or is it "nobody" itself?"""
    own = board.lots[lot].around(at)
    members = [i for i in own if scene.mentions[i].form == "pronoun"]
    if len(members) == len(own) and all(scene.mentions[i].person == 0 for i in members):
        return scene.mentions[at].gender in ("m", "f")
    return any(scene.mentions[i].person in (1, 2) and scene.voice[i] == scene.voice[at] for i in members)


def _describes(scene: Scene, board: Board, at: int, lot: int) -> bool:
    """Can a noun be of a lot at all: the same noun, one akin to it, or a name of the noun's kind?"""
    mention, words, found = scene.mentions[at], scene.words, board.lots[lot]
    if found.nouns and (
        mention.word in found.nouns
        or (mention.word in words.kinship and any(words.akin(mention.word, noun) for noun in found.nouns))
    ):
        return True
    if not found.called or mention.determined in ("bare", "indefinite") or _of_another(scene, board, at, lot):
        return False
    if mention.word in found.words:
        return True
    return mention.kind != "unknown" and any(_kind_fits(mention.kind, kind) for kind in found.called_kinds)


def _of_another(scene: Scene, board: Board, at: int, lot: int) -> bool:
    """ "Mayor Reyk" is not "the former mayor", unless she was called former before."""
    apart = scene.mentions[at].modifiers & scene.words.words.no_holder
    if not apart or scene.mentions[at].kind != "person":
        return False
    members = (scene.mentions[i] for i in board.lots[lot].before(at))
    return not apart <= frozenset().union(*(m.modifiers | {*m.title} for m in members))


_AKIN: tuple[frozenset[Kind], ...] = (
    frozenset(("government", "place")),
    frozenset(("organisation", "armed_group")),
    frozenset(("organisation", "outlet")),
    frozenset(("organisation", "government")),
)


def _kind_fits(kind: Kind, of_name: Kind) -> bool:
    return kind == of_name or {kind, of_name} in _AKIN


def features(scene: Scene, board: Board, at: int, lot: int, nearest: int, rank: int) -> dict[str, float]:
    """What speaks for and against a mention being of a lot; ``rank``: how many candidates are nearer."""
    mention, other = scene.mentions[at], scene.mentions[nearest]
    s, found = scene.syntax, board.lots[lot]
    here, members = scene.sentence[at], found.before(at)
    gap = here - scene.sentence[nearest]
    own, its = scene.roles[at], scene.roles[nearest]
    alike = [i for i in members if scene.mentions[i].form == "pronoun" and scene.mentions[i].word == mention.word]
    recent = sum(here - scene.sentence[i] <= 4 for i in members)
    speaker = scene.speaker[at]
    inside, apart = mention.quoted >= 0, other.quoted != mention.quoted
    one_verb = s.head[other.head] == s.head[mention.head]
    out: dict[str, float] = {
        f"sentences {gap if gap < 3 else '3+' if gap < 6 else '6+'}": 1.0,
        f"rank {rank if rank < 4 else '4+'}": 1.0,
        f"is {other.form}": 1.0,
        f"role {its}": 1.0,
        "mentions": min(len(members), 10) / 5,
        "recent": min(recent, 6) / 3,
    }
    marks = (
        ("same role", its == own),
        ("both subjects", its == own == "subject"),
        ("same paragraph", scene.paragraph[nearest] == scene.paragraph[at]),
        ("named person", found.names and "person" in found.kinds),
        ("gender known", found.genders and mention.gender is not None),
        ("same pronoun", alike),
        ("same pronoun lately", alike and any(here - scene.sentence[i] < 2 for i in alike)),
        ("number known", found.many and mention.many in found.many),
        ("number differs", found.many and mention.many is not None and mention.many not in found.many),
        ("both say", _says(s, mention.head) and _says(s, other.head)),
        ("into a quotation", inside and apart),
        ("out of a quotation", other.quoted >= 0 and apart),
        ("same quotation", inside and not apart),
        ("is of the speaker", speaker >= 0 and board.of[speaker] == lot),
        ("was the speaker", any(board.of[i] == lot for i in scene.speaker[max(0, at - 12) : at] if i >= 0)),
        ("within", other.span.contains(mention.span)),
        ("governs", gap == 0 and s.head[other.head] in set(s.ancestors(mention.head))),
        ("indefinite", other.determined == "indefinite"),
        ("main clause", _main(s, other.head)),
        ("first", gap > 0 and _opens(scene, nearest)),
        ("reflexive", one_verb and s.form(mention.head).lower() in REFLEXIVE),
    )
    out.update((name, 1.0) for name, when in marks if when)
    kinds = found.kinds or {"unknown"}
    for kind in kinds:
        out[f"kind {kind}"] = 1.0 / len(kinds)
    if mention.form == "noun":
        out.update(_noun_features(scene, board, at, lot))
    return out


def _noun_features(scene: Scene, board: Board, at: int, lot: int) -> dict[str, float]:
    mention, found = scene.mentions[at], board.lots[lot]
    members = [scene.mentions[i] for i in found.before(at)]
    same = [m for m in members if m.form == "noun" and m.word == mention.word]
    out: dict[str, float] = {}
    if same:
        known = frozenset().union(*(m.modifiers for m in same))
        fresh = mention.modifiers - known
        out["same noun"] = 1.0
        out["same noun, nothing new"] = float(not fresh)
        out["same noun, same words"] = float(
            bool(mention.modifiers) and any(m.modifiers == mention.modifiers for m in same)
        )
        out["same noun, other words"] = float(bool(fresh) and bool(known - mention.modifiers))
        out["same noun, all bare"] = float(not fresh and not known)
        out["same noun, was indefinite"] = float(any(m.determined in ("indefinite", "bare") for m in same))
    elif any(scene.words.akin(mention.word, noun) for noun in found.nouns):
        out["akin noun"] = 1.0
    names = [m for m in members if m.form == "name"]
    if any(mention.word in m.name for m in names):
        out["noun in name"] = 1.0
        out["noun in name, nothing new"] = float(any(mention.modifiers <= {*m.name} for m in names))
    if any(mention.word in m.title for m in names):
        out["noun in title"] = 1.0
    if names and any(_kind_fits(mention.kind, m.kind) for m in names):
        out["kind of name"] = 1.0
        out["kind of name, bare"] = float(not mention.modifiers)
        out[f"kind of name, {mention.kind}"] = 1.0
    if mention.determined == "demonstrative":
        out["near"] = 1.0
    if mention.determined == "possessive":
        out["owned"] = 1.0
    if mention.kind in ("thing", "unknown"):
        out["plain thing"] = 1.0
    if mention.modifiers & scene.words.words.same:
        out["the same"] = 1.0
    if mention.many and mention.kind in PERSONS:
        out["persons"] = 1.0
    return out


def nobody(scene: Scene, at: int, count: int) -> dict[str, float]:
    """What speaks for a mention being none of those before. ``count``: how many candidates there are."""
    mention, s = scene.mentions[at], scene.syntax
    head = s.head[mention.head]
    out = {"nobody": 1.0, f"nobody, role {role(s, mention.head)}": 1.0, f"nobody, {mention.determined}": 1.0}
    out[f"nobody, among {count if count < 3 else '3+'}"] = 1.0

    def mark(name: str, *, when: bool) -> None:
        if when:
            out[f"nobody, {name}"] = 1.0

    clauses = {s.rel[c].split(":")[0] for c in s.children(head)}
    mark("a clause follows", when=bool(clauses & {"csubj", "ccomp", "xcomp", "advcl"}) and head > mention.head)
    mark("adjective", when=s.upos[head] == "ADJ")
    mark("noun predicate", when=s.upos[head] in ("NOUN", "PROPN") and "cop" in clauses)
    mark("quoted", when=mention.quoted >= 0)
    mark("modified", when=bool(mention.modifiers))
    mark("much modified", when=len(mention.modifiers) > 2)
    inner = {s.rel[c] for c in s.children(mention.head)}
    mark("clause inside", when=any(rel.startswith("acl") for rel in inner))
    mark("of something", when="nmod" in inner)
    mark("plural", when=bool(mention.many))
    mark("early", when=s.sentence[mention.head] < 2)
    mark(f"kind {mention.kind}", when=True)
    forms = {s.form(c).lower() for c in s.children(mention.head)}
    mark("superlative", when=any(s.xpos[c] == "JJS" for c in s.children(mention.head)))
    mark("other", when=bool(forms & scene.words.words.other))
    mark("same", when=bool(forms & scene.words.words.same))
    return out


def choose(
    scene: Scene,
    board: Board,
    at: int,
    found: Sequence[tuple[int, int]],
    weights: Mapping[str, float],
    *,
    new: bool = True,
) -> int:
    """The nearest mention of the candidate that most speaks for, or NOBODY; never that if not ``new``."""
    best, best_score = NOBODY, score(nobody(scene, at, len(found)), weights) if new else -math.inf
    for rank, (lot, nearest) in enumerate(found):
        here = score(features(scene, board, at, lot, nearest, rank), weights)
        if here > best_score:
            best, best_score = nearest, here
    return best


def score(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(value * weights.get(name, 0.0) for name, value in found.items())


def role(s: Syntax, token: int) -> str:
    rel = s.rel[token]
    while rel == "conj" and s.head[token] != token:
        token = s.head[token]
        rel = s.rel[token]
    if rel.startswith("nsubj"):
        return "subject"
    if rel == "nmod:poss":
        return "owner"
    rel = rel.split(":")[0]
    return "object" if rel in ("obj", "iobj") else rel if rel in ("obl", "nmod", "appos", "compound") else "other"


def _says(s: Syntax, token: int) -> bool:
    return s.rel[token].startswith("nsubj") and s.lemma[s.head[token]] in _SAYS


def _main(s: Syntax, token: int) -> bool:
    return s.rel[token].startswith("nsubj") and s.rel[s.head[token]] == "root"


def _opens(scene: Scene, index: int) -> bool:
    """Is it the first mention of its sentence?"""
    return index == 0 or scene.sentence[index - 1] != scene.sentence[index]
