"""Words that stand over a clause and change how it is put: what takes it, what joins it to another, what stands beside.

In:   the texts of ``data/framing.toml``, ``data/fields.toml``.   Out: Framing, asked by lemma or by the words.
Knows nothing of: trees, claims.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal, TypeVar

import msgspec

from sayso.errors import BadLexicon

_Entry = TypeVar("_Entry")
Part = Literal["verb", "noun", "adjective"]


class Taker(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that take a clause. ``keeps``: what they take is put as it would be without them; ``contends``: by the one
    who says it, against others.
    """

    why: str
    yes: tuple[str, ...]
    keeps: bool = False
    contends: bool = False
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()


class Connective(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words right before a clause, or a noun. ``why``: None where the clause is told as a fact."""

    words: tuple[str, ...]
    yes: tuple[str, ...]
    why: str | None = None
    temporal: bool = False
    nominal: bool = False


class Adjunct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words beside a sentence that hedge it, or leave open who says it."""

    words: tuple[str, ...]
    yes: tuple[str, ...]
    why: str


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that all do the same: name nobody in particular; undo what is said; judge the sentence before them."""

    words: frozenset[str]
    yes: tuple[str, ...]


class Plain(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands beside a sentence and leaves it as it is. ``nouns``: after "in", "on" and the like; ``labels``:
    before a colon; ``unsure``: adjectives that leave a thing open; ``worlds``: where something may be so that is not.
    """

    unsure: frozenset[str]
    worlds: frozenset[str]
    adverbs: frozenset[str]
    prepositions: frozenset[str]
    phrases: frozenset[str]
    nouns: frozenset[str]
    labels: frozenset[str]
    yes: tuple[str, ...]


class Fields(msgspec.Struct, frozen=True, kw_only=True):
    """Lemmas by their commonest sense. ``views``, ``thoughts``: nouns and verbs of what is said, thought or felt;
    ``people``; ``ways``: nouns of how things are.
    """

    views: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    ways: frozenset[str] = frozenset()
    thoughts: frozenset[str] = frozenset()


class Framing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """All words of the list; of two entries with a word the first counts."""

    taker: tuple[Taker, ...]
    connective: tuple[Connective, ...]
    adjunct: tuple[Adjunct, ...]
    plain: Plain
    undoing: Words
    known: Words
    vague: Words
    bare: Words
    fields: Fields = Fields()

    def takes(self, part: Part, names: Iterable[str]) -> Taker | None:
        """The entry of a word by its names, the first that is known: with a particle, its form, its lemma."""
        known = self._takers[part]
        return next((known[name] for name in names if name in known), None)

    def joins(self, words: Sequence[str], *, nominal: bool = False) -> tuple[Connective, int] | None:
        """The entry of the longest connective that some words end with, and how many of them it has."""
        return self._longest(words, self._nominal if nominal else self._connectives, last=True)

    def opens(self, words: Sequence[str]) -> tuple[Connective, int] | None:
        """The same of the connective, before a clause or a noun, that some words begin with."""
        both = [self._longest(words, known, last=False) for known in (self._connectives, self._nominal)]
        return max((found for found in both if found), key=lambda found: found[1], default=None)

    def beside(self, words: Sequence[str]) -> tuple[Adjunct, int] | None:
        """The entry of the longest adjunct that some words begin with."""
        return self._longest(words, self._adjuncts, last=False)

    @staticmethod
    def _longest(
        words: Sequence[str], known: Mapping[tuple[str, ...], _Entry], *, last: bool
    ) -> tuple[_Entry, int] | None:
        for size in range(len(words), 0, -1):
            found = known.get(tuple(words[-size:] if last else words[:size]))
            if found is not None:
                return found, size
        return None

    @cached_property
    def _takers(self) -> Mapping[Part, Mapping[str, Taker]]:
        parts: tuple[tuple[Part, str], ...] = (("verb", "verbs"), ("noun", "nouns"), ("adjective", "adjectives"))
        return {
            part: {form: e for e in reversed(self.taker) for word in getattr(e, name) for form in _forms(word, part)}
            for part, name in parts
        }

    @cached_property
    def _connectives(self) -> Mapping[tuple[str, ...], Connective]:
        return {tuple(w.split()): e for e in reversed(self.connective) if not e.nominal for w in e.words}

    @cached_property
    def _nominal(self) -> Mapping[tuple[str, ...], Connective]:
        return {tuple(w.split()): e for e in reversed(self.connective) if e.nominal for w in e.words}

    @cached_property
    def _adjuncts(self) -> Mapping[tuple[str, ...], Adjunct]:
        return {tuple(w.split()): e for e in reversed(self.adjunct) for w in e.words}


_IRREGULAR = {
    "say": ("said",), "tell": ("told",), "write": ("wrote", "written",), "hold": ("held",), "find": ("found",),
    "know": ("knew", "known",), "see": ("saw", "seen",), "think": ("thought",), "feel": ("felt",), "hear": ("heard",),
    "forget": ("forgot", "forgotten",), "make": ("made",), "mislead": ("misled",), "swear": ("swore", "sworn",),
    "give": ("gave", "given",), "show": ("shown",), "prove": ("proven",), "understand": ("understood",),
    "take": ("took", "taken",), "throw": ("threw", "thrown",), "strike": ("struck",), "dream": ("dreamt",),
    "withdraw": ("withdrew", "withdrawn",), "come": ("came",), "go": ("went", "gone",), "set": ("set",),
    "let": ("let",), "break": ("broke",), "bring": ("brought",), "shoot": ("shot",), "buy": ("bought",),
    "foresee": ("foresaw", "foreseen",), "foretell": ("foretold",), "beg": ("begged",), "mean": ("meant",),
    "leave": ("left",), "keep": ("kept",), "spell": ("spelt",), "lay": ("laid",), "learn": ("learnt",),
    "lead": ("led",), "do": ("did", "done",), "repay": ("repaid",), "shun": ("shunned",), "put": ("put",),
    "cast": ("cast",), "undertake": ("undertook", "undertaken",),
}  # fmt: skip


def _forms(words: str, part: Part) -> list[str]:
    """The regular forms of a word, and the irregular ones of some; of several words, of the first. Some are no words.

    >>> _forms("worry", "noun"), _forms("scoff at", "verb")[:4]
    (['worry', 'worries'], ['scoff at', 'scoffs at', 'scoffed at', 'scoffing at'])
    """
    if part == "adjective":
        return [words]
    first, _, rest = words.partition(" ")
    y = len(first) > 2 and first[-1] == "y" and first[-2] not in "aeiou"
    if part == "noun":
        head, _, last = words.rpartition(" ")
        return [words, f"{head} {_plural(last)}".strip()]
    stem = first[:-1] if y else first
    found = [first, _plural(first)]
    if first in _IRREGULAR:
        found += _IRREGULAR[first]
    if first.endswith("e"):
        found += [first + "d", first[:-1] + "ing"]
    else:
        found += [stem + ("ied" if y else "ed"), first + "ing"]
        found += [first + first[-1] + "ed", first + first[-1] + "ing"]
    return [f"{form} {rest}".strip() for form in found]


def _plural(noun: str) -> str:
    if len(noun) > 2 and noun[-1] == "y" and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def framing(raw: str, fields: str) -> Framing:
    """The word list from its TOML, with the fields. Raises BadLexicon, which names the file and the place."""
    try:
        words = {name: frozenset(text.split()) for name, text in tomllib.loads(fields).items()}
        return msgspec.structs.replace(msgspec.convert(tomllib.loads(raw), Framing), fields=Fields(**words))
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadLexicon(f"framing.toml: {error}") from error
