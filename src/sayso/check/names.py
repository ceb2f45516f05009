"""Whether a name in a claim is a name on a list: certainly, possibly, or not.

In:   Designations; a name.   Out: Matches with their reasons, certain ones first.
Knows nothing of: claims, dates, what being on a list means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from sayso.check.cutting import aside, besides, name_words, ordered
from sayso.check.spelling import LACKING, compare, sounds
from sayso.check.syllables import keys
from sayso.check.tables.rows import Designation
from sayso.check.words import NameWords
from sayso.resolve.aliases.names import is_acronym
from sayso.resolve.aliases.names import words as cut_words


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A row whose name is, or may be, the one asked for."""

    designation: Designation
    name: str
    certain: bool
    reason: str


class _Name(msgspec.Struct, frozen=True):
    at: int  # which designation
    text: str
    words: tuple[str, ...]
    aside: frozenset[str]
    weak: bool


class Names:
    """The names of a list, to be asked for."""

    def __init__(self, designations: Sequence[Designation], words: NameWords) -> None:
        self._designations, self._words = designations, words
        self._names: list[_Name] = []
        self._by_key: dict[str, list[int]] = {}
        for at, designation in enumerate(designations):
            for text, weak in _spelled(designation):
                for name in besides(text):
                    if cut := name_words(name, words, words.spelled):
                        for key in self._keys(cut) | (_initials(name) if designation.type != "person" else set()):
                            self._by_key.setdefault(key, []).append(len(self._names))
                        self._names.append(_Name(at, text, cut, aside(name), weak))

    def find(self, name: str) -> tuple[Match, ...]:
        """The rows whose name it is or may be, certain ones first, then as they stand in the list."""
        best: dict[int, Match] = {}
        same = False
        for wanted in besides(name):
            for at, match, why in self._found(wanted):
                same = same or why in _SAME
                if at not in best or _rank(match) < _rank(best[at]):
                    best[at] = match
        if same:  # somebody has this very name: others whose names only sound like it are possible
            best = {at: _lowered(match) for at, match in best.items()}
        return tuple(best[at] for at in sorted(best, key=lambda at: (not best[at].certain, at)))

    def _found(self, name: str) -> Iterator[tuple[int, Match, str]]:
        """The names that are or may be this one: whose, the match, what it was before anything spoke against it."""
        wanted, letters = name_words(name, self._words, self._words.spelled), _letters(name)
        near = {place for key in self._keys(wanted) for place in self._by_key.get(key, ())} if wanted else set()
        near.update(self._by_key.get(letters, ()) if letters else ())
        for place in sorted(near):
            entry = self._names[place]
            designation = self._designations[entry.at]
            person = designation.type in {"person", "unknown"}
            told = compare(wanted, entry.words, self._words, person=person)
            if told is None and letters and letters in _initials(entry.text):
                told = False, "its initials"
            if told is None or _apart(name, wanted, entry, told[1], person=person):
                continue
            against = _against(name, wanted, entry, person=person) if told[0] else None
            match = Match(
                designation=designation, name=entry.text, certain=told[0] and not against, reason=against or told[1]
            )
            yield entry.at, match, told[1]

    def _keys(self, wanted: Sequence[str]) -> set[str]:
        """What names that are or may be this one share with it: a word's sound, all their letters, their syllables."""
        found = {sound for word in wanted if len(word) > 1 for sound in sounds(word)}
        return found | sounds("".join(wanted)) | keys(wanted, self._words.families)


def _apart(name: str, wanted: tuple[str, ...], entry: _Name, reason: str, *, person: bool) -> bool:
    """Whether two names whose words may be one's are of two: what they have in parentheses, whose child each is."""
    if _without_vowels(name) != _without_vowels(entry.text) and reason in LACKING:
        return True
    if not person:
        beside = aside(name)
        return bool(beside and entry.aside and not beside & entry.aside)
    turned = wanted != entry.words and sorted(wanted) == sorted(entry.words)
    return turned and ordered(name) and ordered(entry.text)  # the father is not his son


def _against(name: str, wanted: tuple[str, ...], entry: _Name, *, person: bool) -> str | None:
    """What makes a certain match a possible one."""
    if entry.weak:
        return "the list itself calls this name weak"
    if len(wanted) == 1 and (person or is_acronym(name) or len(wanted[0]) < _FEW):
        return "one word, which others may go by"
    if _without_vowels(name) != _without_vowels(entry.text):
        return "the same consonants in Arabic letters, which give no others"
    more = aside(name) ^ entry.aside
    if not person and not {f" {word}" for word in more} <= _initials(name):
        return "one of them has more to it in parentheses"
    return None


# Words of which an acronym may have no letter.
_LITTLE = frozenset({"the", "of", "for", "and", "de", "des", "du", "la", "le", "les", "der", "die", "und", "al"})
_FEW = 5  # letters of a name of one word that others may have too


def _without_vowels(name: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in name)


def _letters(name: str) -> str:
    """The letters of an acronym, three or more: " SDF" of "S.D.F."."""
    letters = "".join(c for c in name.casefold() if c.isalpha())
    return f" {letters}" if is_acronym(name) and len(letters) > 2 else ""


def _initials(name: str) -> set[str]:
    """The acronyms that a name of three words and more may have: with its particles and without."""
    found = [word.folded for word in cut_words(name.partition("(")[0])]
    long = [word for word in found if word not in _LITTLE]
    return {" " + "".join(word[0] for word in each) for each in (found, long) if len(each) > 2}


_SAME = ("the same name", "the same letters")


def _rank(match: Match) -> int:
    return 0 if match.certain and match.reason in _SAME else 1 if match.certain else 2


def _lowered(match: Match) -> Match:
    if match.certain and match.reason not in _SAME:
        return msgspec.structs.replace(match, certain=False)
    return match


def _spelled(designation: Designation) -> Iterator[tuple[str, bool]]:
    yield from ((name, False) for name in designation.names)
    yield from ((name, True) for name in designation.weak)
