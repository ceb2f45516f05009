"""Whether a name in a claim is a name on a list: certainly, possibly, or not.

In:   Designations; a name.   Out: Matches with their reasons, certain ones first.
Knows nothing of: claims, dates, what being on a list means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sayso.check.spelling import compare, heard, name_words
from sayso.check.tables.rows import Designation
from sayso.check.words import NameWords
from sayso.resolve.aliases.names import is_acronym


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
    weak: bool


class Names:
    """The names of a list, to be asked for."""

    def __init__(self, designations: Sequence[Designation], words: NameWords) -> None:
        self._designations, self._words = designations, words
        self._same = words.spelled
        self._given = frozenset(words.same)
        self._names: list[_Name] = []
        self._by_sound: dict[str, list[int]] = {}
        self._by_joined: dict[str, list[int]] = {}
        for at, designation in enumerate(designations):
            for text, weak in _spelled(designation):
                cut = name_words(text, words, self._same)
                if not cut:
                    continue
                place = len(self._names)
                self._names.append(_Name(at, text, cut, weak))
                for sounds in {heard(word) for word in cut}:
                    self._by_sound.setdefault(sounds, []).append(place)
                self._by_joined.setdefault("".join(cut), []).append(place)

    def find(self, name: str) -> tuple[Match, ...]:
        """The rows whose name it is or may be, certain ones first, then as they stand in the list."""
        wanted = name_words(name, self._words, self._same)
        if not wanted:
            return ()
        best: dict[int, Match] = {}
        same = False
        for place in self._near(wanted):
            entry = self._names[place]
            told = compare(wanted, entry.words, self._given)
            if told is None:
                continue
            certain, reason = told
            designation = self._designations[entry.at]
            if (
                certain
                and len(wanted) == 1
                and (designation.type == "person" or is_acronym(name) or len(wanted[0]) < 5)
            ):
                certain, reason = False, "one word, which others may go by"
            if certain and entry.weak:
                certain, reason = False, "the list itself calls this name weak"
            match = Match(designation=designation, name=entry.text, certain=certain, reason=reason)
            same = same or told[1] in _SAME
            if entry.at not in best or _rank(match) < _rank(best[entry.at]):
                best[entry.at] = match
        if same:  # somebody has this very name: others whose names only sound like it are possible
            best = {at: _lowered(match) for at, match in best.items()}
        return tuple(best[at] for at in sorted(best, key=lambda at: (not best[at].certain, at)))

    def _near(self, wanted: Sequence[str]) -> Iterable[int]:
        """Names that share the sound of a word that is no initial, or are written the same but for the gaps."""
        places = set(self._by_joined.get("".join(wanted), ()))
        for word in wanted:
            if len(word) > 1:
                places.update(self._by_sound.get(heard(word), ()))
        return sorted(places)


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
