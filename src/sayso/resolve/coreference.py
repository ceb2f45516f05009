"""Put together the words that speak of one: names and short names, descriptions, pronouns, speakers.

In:   Syntax, Mentions, who speaks where.   Out: Chains in the order of their first mentions.
Knows nothing of: what a chain is called and what it is (entities); other documents.

A sieve, the surest first (Raghunathan et al. 2010; Lee et al. 2013): names, what the grammar says, who speaks; then
pronouns and descriptions in text order, each weighed against all lots so far (as in Denis and Baldridge 2008).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sayso.resolve import coref_names
from sayso.resolve.anaphora import relative_to
from sayso.resolve.coref_board import Board
from sayso.resolve.coref_offices import holder
from sayso.resolve.coref_rank import NOBODY, Scene, candidates, choose, ranked
from sayso.resolve.coref_sayers import able, accused, concerned, fitting, last_sayer
from sayso.resolve.coref_words import INERT, Kind, Words
from sayso.resolve.mentions import Mention
from sayso.spans import Span, meeting
from sayso.syntax import Syntax


@dataclass(frozen=True)
class Speech:
    """A stretch in which somebody speaks. ``speaker``, ``addressee``: tokens that head the words for them, where the
    text has them. ``voice``: what two stretches of one speaker share; ``other``: the voice spoken to, where known.
    """

    span: Span
    voice: str
    speaker: int | None = None
    addressee: int | None = None
    other: str | None = None


@dataclass(frozen=True)
class Chain:
    """Mentions of one, in text order. ``side_of``: the first mention of the chain whose side a "we" is."""

    mentions: tuple[Mention, ...]
    side_of: Mention | None = None


AUTHOR = "the author"
_ALL = ("every", "any", "no", "all", "each", "most")
_NOT_ONE = frozenset(("but", "except", "excepting", "save", "bar", "not", "unlike"))  # "everyone but Karel Osk"


def chains(syntax: Syntax, mentions: Sequence[Mention], speakers: Sequence[Speech], words: Words) -> tuple[Chain, ...]:
    """All chains, those of one mention too. ``mentions`` are in text order; ``speakers`` may lie in one another."""
    scene, board, spoken = prepared(syntax, mentions, speakers, words)
    for at, mention in enumerate(scene.mentions):
        table = ranked(mention)
        known = mention.form == "noun" and board.lot(at).members[0] < at
        if table is None or known:
            continue
        before = _before(scene, board, at, words.weights.get(table, {}))
        if before != NOBODY:
            board.join(before, at)
    return _made(board, spoken)


def _before(scene: Scene, board: Board, at: int, weights: Mapping[str, float]) -> int:
    found = list(candidates(scene, board, at))
    sure = (
        concerned(scene, board, at),
        accused(scene, board, at),
        fitting(scene, board, at, found),
        last_sayer(scene, board, at),
        holder(scene, board, at),
    )
    told = next((one for one in sure if one is not None), None)
    if told is not None:
        return told
    some = able(scene, board, at, found)
    return choose(scene, board, at, some or found, weights, new=not some)


def prepared(
    syntax: Syntax, mentions: Sequence[Mention], speakers: Sequence[Speech], words: Words
) -> tuple[Scene, Board, list[Speech | None]]:
    """Everything but the weighing: what it rests on, the lots that are sure, and who speaks at each mention."""
    over = meeting([mention.span for mention in mentions], [v.span for v in speakers])
    spoken = [_innermost(m.span, [speakers[i] for i in near]) for m, near in zip(mentions, over, strict=True)]
    heads = {m.head: i for i, m in reversed(list(enumerate(mentions))) if m.form != "group"}
    speaker = [heads.get(v.speaker, -1) if v and v.speaker is not None else -1 for v in spoken]
    lines = [i for i, c in enumerate(syntax.text) if c == "\n"]
    paragraph = [bisect_right(lines, m.span.start) for m in mentions]
    named = _names(syntax, mentions, words)
    mentions = _of_one_kind(mentions, named)
    board = Board(syntax, mentions, named)
    voice = [v.voice if v else AUTHOR for v in spoken]
    scene = Scene(syntax, mentions, words, speaker, voice, paragraph)
    _grammar_apart(syntax, board, heads)
    _spoken_apart(syntax, board, speaker)
    _join_names(board, named)
    _grammar(syntax, board, heads)
    _roles(syntax, board)
    _voices(board, spoken, speaker, heads)
    return scene, board, spoken


def _innermost(span: Span, speakers: Sequence[Speech]) -> Speech | None:
    around = [v for v in speakers if v.span.contains(span)]
    return min(around, key=lambda v: len(v.span)) if around else None


# -- names


def _names(syntax: Syntax, mentions: Sequence[Mention], words: Words) -> dict[int, int]:
    """For each mention that is a name the index of the first mention that names the same."""
    at = [i for i, m in enumerate(mentions) if m.form == "name" and m.name]
    given = [
        coref_names.Named(mentions[i].name, mentions[i].kind, mentions[i].gender, syntax.form(mentions[i].head))
        for i in at
    ]
    return {i: at[first] for i, first in zip(at, coref_names.group(given, words), strict=True)}


def _of_one_kind(mentions: Sequence[Mention], named: Mapping[int, int]) -> list[Mention]:
    """A name that is read now as a person's, now as a place's, is what it is read as most."""
    kinds: dict[int, Counter[Kind]] = {}
    for i, first in named.items():
        kinds.setdefault(first, Counter())[mentions[i].kind] += mentions[i].kind != "unknown"
    out = list(mentions)
    for i, first in named.items():
        kind, count = kinds[first].most_common(1)[0]
        if count and kind != mentions[i].kind:
            person = kind in ("person", "people")
            gender = mentions[i].gender if (mentions[i].gender != "n") is person else None if person else "n"
            many = mentions[i].many if mentions[i].many is not None or kind != "person" else False
            out[i] = replace(mentions[i], kind=kind, gender=gender, many=many if person else None)
    return out


def _join_names(board: Board, named: dict[int, int]) -> None:
    for i, first in named.items():
        if i != first:
            board.join(first, i, force=board.lot(i).apart.isdisjoint(board.lot(first).members))


# -- what the grammar says


def _grammar_apart(syntax: Syntax, board: Board, heads: dict[int, int]) -> None:
    """Members of one list are different ones."""
    for token, i in heads.items():
        if syntax.rel[token] == "conj" and syntax.head[token] in heads:
            first = syntax.head[token]
            for other in (first, *(c for c in syntax.children(first) if syntax.rel[c] == "conj" and c < token)):
                if other in heads and board.mentions[i].form != "pronoun":
                    board.keep_apart(heads[other], i)


def _grammar(syntax: Syntax, board: Board, heads: dict[int, int]) -> None:
    """Appositions, names in brackets, relative pronouns, "Ombry is the minister"."""
    for token, i in heads.items():
        mention, rel = board.mentions[i], syntax.rel[token]
        parted = {syntax.form(k).lower() for k in syntax.children(token) if k < token}
        all_ = syntax.form(syntax.head[token]).lower().startswith(_ALL)
        aside = bool(parted & _NOT_ONE) and ("but" not in parted or all_)
        led = "according" in parted  # "…, according to a manifest": no other word for what stands before
        if rel == "appos" and syntax.head[token] in heads and not aside and not led:
            board.join(heads[syntax.head[token]], i, force=False) or _renamed(board, heads[syntax.head[token]], i)
        if mention.form == "relative":
            noun = relative_to(syntax, token)
            if noun is not None and noun in heads:
                board.join(heads[noun], i, force=True)
        subject = next((c for c in syntax.children(token) if syntax.rel[c] == "nsubj"), None)
        if subject in heads and _copula(syntax, token, mention):
            board.join(heads[subject], i)


def _roles(syntax: Syntax, board: Board) -> None:
    """ "The spokesman Jason Orlec": a role right before a name is whose name it is, whatever the tree makes of it."""
    ends = {
        syntax.within(m.span)[-1]: i
        for i, m in enumerate(board.mentions)
        if m.form == "noun" and m.kind == "person" and syntax.within(m.span)[-1] == m.head
    }
    for i, mention in enumerate(board.mentions):
        if mention.named is None or mention.kind != "person":
            continue
        before = syntax.within(mention.named)[0] - 1
        if before in ends and syntax.sentence[before] == syntax.sentence[before + 1]:
            board.join(ends[before], i)


def _renamed(board: Board, one: int, other: int) -> bool:
    """An apposition holds even where the name was taken for something of another kind."""
    a, b = board.lot(one), board.lot(other)
    inert = a.kinds | b.kinds <= INERT
    clash = len(a.genders | b.genders) > 1 or (a.names and b.names and a.names != b.names)
    return inert and not clash and a.apart.isdisjoint(b.members) and board.join(one, other, force=True)


def _copula(syntax: Syntax, token: int, mention: Mention) -> bool:
    """Is it said outright that the subject is this: no negation, no question, no "may be", nothing indefinite?"""
    inside = [(syntax.rel[c], syntax.lemma[c].lower()) for c in syntax.children(token)]
    if not any(rel == "cop" and lemma in ("be", "become") for rel, lemma in inside):
        return False
    if any(lemma in ("not", "never", "n't", "if", "would", "could", "may", "might", "should") for _, lemma in inside):
        return False
    return mention.form in ("noun", "name")


# -- who speaks


def _spoken_apart(syntax: Syntax, board: Board, speaker: Sequence[int]) -> None:
    """ "There has been no blast," it wrote: what a speaker brings up for the first time is not the speaker. Nor is
    whoever "he" or "she" names in a quotation, or by a noun that is no subject: "Dunn shot the nurse, she said".
    """
    for i, by in enumerate(speaker):
        mention = board.mentions[i]
        if by <= i or board.mentions[by].form != "pronoun":
            continue
        new = mention.form == "noun" and mention.determined in ("indefinite", "bare")
        spoken_of = mention.form in ("noun", "name") and board.mentions[by].gender in ("m", "f")
        own = mention.quoted >= 0 or not syntax.rel[mention.head].startswith(("nsubj", "conj", "nmod"))
        if new or (spoken_of and own):
            board.keep_apart(i, by)


def _voices(board: Board, spoken: Sequence[Speech | None], speaker: Sequence[int], heads: dict[int, int]) -> None:
    """ "I" is who speaks there, "you" who is spoken to; all "we" of one voice are one side."""
    first: dict[tuple[str, str], int] = {}
    for i, mention in enumerate(board.mentions):
        if mention.form != "pronoun" or mention.person not in (1, 2):
            continue
        speech = spoken[i]
        voice = speech.voice if speech else AUTHOR
        if mention.word == "you":
            if speech and speech.addressee in heads:
                board.join(heads[speech.addressee], i)
            if not speech or not (speech.other or speech.addressee is not None):
                key = ("you", voice)
            elif speech.other:
                key = ("i", speech.other)
            else:
                continue
        else:
            key = (mention.word, voice)
        if key in first:
            board.join(first[key], i)
        else:
            first[key] = i
        if mention.word == "i" and speaker[i] >= 0:
            board.join(speaker[i], i)


def _made(board: Board, spoken: Sequence[Speech | None]) -> tuple[Chain, ...]:
    who: dict[str, int] = {}
    for i, mention in enumerate(board.mentions):
        if mention.word == "i" and mention.form == "pronoun":
            speech = spoken[i]
            who.setdefault(speech.voice if speech else AUTHOR, i)
    heads = {m.head: m for m in board.mentions if m.form != "group"}
    made: list[Chain] = []
    for lot in board.lots.values():
        members = tuple(board.mentions[i] for i in lot.members)
        side: Mention | None = None
        for i in lot.members:
            if board.mentions[i].word == "we" and board.mentions[i].form == "pronoun":
                speech = spoken[i]
                voice = speech.voice if speech else AUTHOR
                if speech and speech.speaker in heads:
                    side = heads[speech.speaker]
                elif voice in who:
                    side = board.mentions[who[voice]]
                break
        made.append(Chain(members, side))
    return tuple(sorted(made, key=lambda c: (c.mentions[0].span.start, -c.mentions[0].span.end)))
