"""The ontology of events and the words for them, as values.

In:   the TOML files of data/plover, as bytes.   Out: Ontology; BadLexicon names file and place of a mistake.
Knows nothing of: texts, trees.

The sixteen types, their modes and contexts are those of PLOVER (Halterman, Bagozzi, Beger, Schrodt and Scarborough,
*PLOVER and POLECAT*, 2023; <https://github.com/openeventdata/PLOVER>). The definitions and word lists are our own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib import resources
from typing import Literal, TypeVar, get_args

import msgspec

from sayso.errors import BadLexicon
from sayso.resolve.numerals import NumberWords

T = TypeVar("T")

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "SANCTION", "PROTEST", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
FlagName = Literal["negated", "hypothetical", "future", "historical"]
TYPES: tuple[EventType, ...] = get_args(EventType)


class _Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Code(msgspec.Struct, frozen=True, array_like=True):
    """A type of event and, where there is one, its mode."""

    type: EventType
    mode: str | None = None

    def __str__(self) -> str:
        return f"{self.type}/{self.mode}" if self.mode else self.type


class Mode(_Record, frozen=True, kw_only=True):
    """One way in which events of a type are done. ``cues``: lemmas that show it where the event word does not."""

    name: str
    definition: str
    cues: tuple[str, ...] = ()


class Kind(_Record, frozen=True, kw_only=True):
    """A type of event. ``quad``: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.

    ``recipient``: where the recipient stands, best first. ``speech``: it is done with words, so that of a thing that
    somebody did ("condemned Tarnia's raid") the doer is the recipient.
    """

    type: EventType
    quad: Literal[1, 2, 3, 4]
    definition: str
    recipient: tuple[str, ...]
    speech: bool = False
    modes: tuple[Mode, ...] = ()


class Word(_Record, frozen=True, kw_only=True):
    """Words for one kind of event. The head of ``data/plover/words.toml`` tells the meaning of each field."""

    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    type: EventType | None = None
    mode: str | None = None
    over: str | None = None
    object: tuple[str, ...] = ()
    not_object: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    not_subject: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    modal: tuple[str, ...] = ()
    carried: bool = False
    mutual: bool = False
    same: bool = False
    actor: tuple[str, ...] = ("subj",)
    recipient: tuple[str, ...] | None = None
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()

    @property
    def weight(self) -> int:
        """How much has to be right before it is taken: of two that fit, the one that asks for more is meant."""
        asked = (self.object, self.subject, self.near)
        return sum(4 if not {"-", "@party"} & set(some) else 1 for some in asked if some)


class Operator(_Record, frozen=True, kw_only=True):
    """What a word makes of the event it governs ("refused to meet", "call for talks", "lifted the curfew").

    ``codes``: the event's "TYPE/mode" or "TYPE" -> the code of the whole; "*" any other event; "clause" a clause
    without an event; "-" no event at all. Where no line fits, the whole has no code. ``denied``: the same where the
    governed event is negated ("pledged not to strike"). ``inner``: what becomes of the governed event: it "stands" as
    it is, is one of the flags, or is not told apart from the whole ("drop").
    """

    name: str
    codes: Mapping[str, str] = {}
    denied: Mapping[str, str] = {}
    inner: FlagName | Literal["stands", "drop"] = "stands"

    def code(self, inner: Code | None, *, clause: bool = False, denied: bool = False) -> Code | None:
        keys = (str(inner), inner.type, "*") if inner else ("clause", "-") if clause else ("-",)
        codes = {**self.codes, **self.denied} if denied else self.codes
        found = next((codes[k] for k in keys if k in codes), "")
        return code(found) if found else None


class Context(_Record, frozen=True, kw_only=True):
    """A setting of events and the lemmas that show it."""

    name: str
    definition: str
    words: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()


class Sector(_Record, frozen=True, kw_only=True):
    """A sort of actor and the head nouns that name it."""

    code: str
    definition: str
    words: tuple[str, ...]


class Cameo(_Record, frozen=True, kw_only=True):
    """A CAMEO code and what PLOVER makes of it."""

    cameo: str
    code: str
    contexts: tuple[str, ...] = ()


class _Types(_Record, frozen=True, kw_only=True):
    type: tuple[Kind, ...]


class _Words(_Record, frozen=True, kw_only=True):
    type: EventType | None = None
    word: tuple[Word, ...]


class _Operators(_Record, frozen=True, kw_only=True):
    operator: tuple[Operator, ...]


class _Contexts(_Record, frozen=True, kw_only=True):
    context: tuple[Context, ...]


class _Sectors(_Record, frozen=True, kw_only=True):
    sector: tuple[Sector, ...]


class _Cameo(_Record, frozen=True, kw_only=True):
    row: tuple[Cameo, ...]


class Form(msgspec.Struct, frozen=True):
    """A word as it is looked for: its first lemma leads here, ``rest`` are further lemmas that hang from it."""

    rest: tuple[str, ...]
    word: Word


class Ontology(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All that is known of events and their words."""

    kinds: Mapping[EventType, Kind]
    words: tuple[Word, ...]
    operators: Mapping[str, Operator]
    contexts: tuple[Context, ...]
    sectors: tuple[Sector, ...]
    cameo: Mapping[str, Cameo]
    classes: Mapping[str, frozenset[str]]
    numbers: NumberWords

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every lemma that some list names."""
        written = [w for word in self.words for w in word.verbs + word.nouns + word.adjectives]
        written += [w for word in self.words for w in word.object + word.subject + word.near + word.not_object]
        written += [w for some in self.classes.values() for w in some]
        written += [w for some in (self.sectors, self.contexts) for entry in some for w in entry.words]
        written += [w for some in (self.numbers.units, self.numbers.fates) for words in some.values() for w in words]
        written += [*self.numbers.people, *self.numbers.vague]
        return frozenset(part.lstrip("~") for w in written for part in w.split())

    @cached_property
    def verbs(self) -> Mapping[str, tuple[Form, ...]]:
        return _table((verb.split(), word) for word in self.words for verb in word.verbs)

    @cached_property
    def nouns(self) -> Mapping[str, tuple[Form, ...]]:
        """The last word of a noun is its head: "air strike"."""
        return _table((noun.split()[::-1], word) for word in self.words for noun in word.nouns)

    @cached_property
    def adjectives(self) -> Mapping[str, tuple[Form, ...]]:
        return _table((adjective.split(), word) for word in self.words for adjective in word.adjectives)

    @cached_property
    def sector_of(self) -> Mapping[str, str]:
        """Head noun -> code of its sector."""
        return {word: sector.code for sector in reversed(self.sectors) for word in sector.words}

    def has(self, lemma: str, wanted: Iterable[str]) -> bool:
        """Is a lemma one of these words, or in one of these classes ("@weapon")?"""
        return any(lemma in self.classes[w[1:]] if w[0] == "@" else lemma == w for w in wanted)

    def is_agent(self, lemma: str) -> bool:
        """Does a common noun name somebody who can act?"""
        return lemma in self.sector_of or lemma in self.classes["person"]


def _table(pairs: Iterable[tuple[list[str], Word]]) -> Mapping[str, tuple[Form, ...]]:
    table: dict[str, list[Form]] = {}
    for (first, *rest), word in pairs:
        table.setdefault(first, []).append(Form(tuple(rest), word))
    return {k: tuple(sorted(v, key=lambda f: (-len(f.rest), -f.word.weight))) for k, v in table.items()}


def code(written: str) -> Code:
    """``"REJECT/meet"`` as a Code.

    >>> code("REJECT/meet")
    Code(type='REJECT', mode='meet')
    """
    kind, _, mode = written.partition("/")
    return msgspec.convert([kind, mode or None], Code)


def decode(files: Mapping[str, bytes]) -> Ontology:
    """The ontology from its TOML files, by name. Raises BadLexicon that names the file and the place."""
    types = {k.type: k for k in _read(files, "types.toml", _Types).type}
    operators = {o.name: o for o in _read(files, "operators.toml", _Operators).operator}
    lists = [n for n in sorted(files) if n.startswith("words")]
    words = tuple(w for name in lists for w in _typed(_read(files, name, _Words)))
    classes = _read(files, "classes.toml", dict[str, frozenset[str]])
    ontology = Ontology(
        kinds=types,
        words=words,
        operators=operators,
        contexts=_read(files, "contexts.toml", _Contexts).context,
        sectors=_read(files, "sectors.toml", _Sectors).sector,
        cameo={row.cameo: row for row in _read(files, "cameo.toml", _Cameo).row},
        classes=classes,
        numbers=_read(files, "numbers.toml", NumberWords),
    )
    for complaint in _complaints(ontology):
        raise BadLexicon(f"plover: {complaint}")
    return ontology


def load() -> Ontology:
    """The ontology that ships with sayso."""
    folder = resources.files("sayso") / "data" / "plover"
    return decode({f.name: f.read_bytes() for f in folder.iterdir() if f.name.endswith(".toml")})


def _read(files: Mapping[str, bytes], name: str, kind: type[T]) -> T:
    try:
        return msgspec.convert(tomllib.loads(files[name].decode()), kind)
    except (KeyError, tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise BadLexicon(f"plover/{name}: {error}") from error


def _typed(words: _Words) -> Iterator[Word]:
    for word in words.word:
        yield word if word.type or not words.type else msgspec.structs.replace(word, type=words.type)


def _complaints(ontology: Ontology) -> Iterator[str]:
    """What is written somewhere and defined nowhere."""
    written = [
        (f"word {(w.verbs + w.nouns + w.adjectives)[:1]}", Code(w.type, w.mode)) for w in ontology.words if w.type
    ]
    written += [
        (f"operator {o.name}", code(c))
        for o in ontology.operators.values()
        for c in (*o.codes.values(), *o.denied.values())
    ]
    written += [(f"CAMEO {c.cameo}", code(c.code)) for c in ontology.cameo.values()]
    for where, what in written:
        if what.mode and what.mode not in {m.name for m in ontology.kinds[what.type].modes}:
            yield f"{where}: {what.type} has no mode {what.mode!r}"
    for word in ontology.words:
        name = (word.verbs + word.nouns + word.adjectives)[:1]
        if word.over and word.over not in ontology.operators:
            yield f"word {name}: no operator {word.over!r}"
        if not word.type and not word.over:
            yield f"word {name}: neither a type nor an operator"
        asked = word.object + word.not_object + word.subject + word.not_subject + word.near + word.not_near
        yield from (
            f"word {name}: no class {c!r}"
            for c in asked
            if c[0] == "@" and c not in ("@party", "@location") and c[1:] not in ontology.classes
        )
