"""Tell which names name the same: full names and short ones, acronyms, countries.

In:   words of names, in text order.   Out: for each the number of the one it names.
Knows nothing of: texts, pronouns, descriptions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sayso.resolve.coref_words import Gender, Kind, Words

_SMALL = frozenset(("of", "the", "and", "for", "in", "on", "to", "de", "&"))


class Named(NamedTuple):
    """One occurrence of a name. ``words``: lower case, without titles; ``shown``: as it stands (for acronyms)."""

    words: tuple[str, ...]
    kind: Kind
    gender: Gender | None
    shown: str


class _Person(NamedTuple):
    given: tuple[str, ...]
    surname: str
    suffix: str


def group(names: Sequence[Named], words: Words) -> list[int]:
    """For each occurrence the index of the first occurrence of what it names. Two who share a surname stay apart."""
    names = _one_kind(names)
    of = list(range(len(names)))
    people = [i for i, name in enumerate(names) if name.kind == "person"]
    _persons(names, people, of, words)
    surnames = {names[i].words[-1] for i in people if names[i].words}
    others = [i for i, name in enumerate(names) if name.kind != "person"]
    _bodies(names, others, of, words)
    # A name that is once read as a person and once as something else is the person, if only by its exact words.
    exact: dict[tuple[str, ...], int] = {}
    for i in people:
        exact.setdefault(names[i].words, of[i])
    for i in others:
        alone = len(names[i].words) == 1 and names[i].kind == "unknown" and names[i].words[-1] in surnames
        if names[i].words in exact and (alone or len(names[i].words) > 1):
            of[i] = exact[names[i].words]
    return of


def _one_kind(names: Sequence[Named]) -> list[Named]:
    """What is read now as a person, now as a place is what it is read as most; the same words are of one kind."""
    counts: dict[tuple[str, ...], Counter[Kind]] = {}
    for name in names:
        counts.setdefault(name.words, Counter())[name.kind] += name.kind != "unknown"
    common = {words: kinds.most_common(1)[0] for words, kinds in counts.items()}
    return [n._replace(kind=common[n.words][0]) if common[n.words][1] else n for n in names]


# -- persons


def _persons(names: Sequence[Named], people: Sequence[int], of: list[int], words: Words) -> None:
    full: list[int] = []  # the first occurrence of each person with a full name
    split = {i: _split(names[i].words, words) for i in people}
    gender = {i: names[i].gender for i in people}
    for i in people:
        if not split[i].given:
            continue
        same = [j for j in full if _agree(split[j], split[i], words) and not _clash(gender[j], gender[i])]
        if len(same) == 1:
            of[i] = same[0]
            gender[same[0]] = gender[same[0]] or gender[i]
        else:
            full.append(i)
    called: dict[str, int] = {}  # short form -> whom it named last
    bare: dict[tuple[str, Gender | None], int] = {}
    seen: Counter[int] = Counter()
    for i in people:
        if split[i].given:
            seen[of[i]] += 1
            continue
        short = split[i].surname
        fits = [j for j in full if _short_for(short, names[i].gender, split[j], gender[j])]
        before = [j for j in fits if j < i] or fits
        if before:
            last = called.get(short)
            # Of two who share a surname the bare name is whose it was before, else of whom the text has spoken more.
            of[i] = last if last in before else max(before, key=lambda j: (seen[j], j))
            called[short] = of[i]
            seen[of[i]] += 1
        else:
            of[i] = next(
                (first for (word, g), first in bare.items() if word == short and not _clash(g, names[i].gender)), i
            )
            bare.setdefault((short, names[i].gender), of[i])


def _split(name: tuple[str, ...], words: Words) -> _Person:
    """Given names, surname without its particles, suffix."""
    parts = [p for word in name for p in ([word] if "-" not in word else _unhyphened(word, words)) if p]
    suffix = ""
    while len(parts) > 1 and parts[-1] in words.words.suffixes:
        suffix = parts.pop()
    if not parts:
        return _Person((), " ".join(name), suffix)
    given = tuple(p for p in parts[:-1] if p not in words.words.particles)
    return _Person(given, parts[-1], suffix)


def _unhyphened(word: str, words: Words) -> list[str]:
    first, _, rest = word.partition("-")
    return [first, rest] if first in words.words.particles else [word]


def _agree(one: _Person, other: _Person, words: Words) -> bool:
    """Can two full names be of one person?"""
    if one.surname != other.surname or (one.suffix and other.suffix and one.suffix != other.suffix):
        # "Hillary Rodham Clinton", "Hillary Rodham": a given name more, not a surname less, is left apart.
        return False
    if not _given(one.given[0], other.given[0], words):
        return False
    return len(one.given) == 1 or len(other.given) == 1 or _given(one.given[1], other.given[1], words)


def _given(one: str, other: str, words: Words) -> bool:
    if one == other or (1 in (len(one), len(other)) and one[0] == other[0]):
        return True
    return bool(words.long_names.get(one, frozenset((one,))) & words.long_names.get(other, frozenset((other,))))


def _short_for(short: str, gender: Gender | None, full: _Person, of_full: Gender | None) -> bool:
    if _clash(gender, of_full):
        return False
    return short == full.surname or short == full.given[0] or short in full.surname.split("-")


def _clash(one: Gender | None, other: Gender | None) -> bool:
    return one is not None and other is not None and one != other


# -- bodies and places


def _bodies(names: Sequence[Named], others: Sequence[int], of: list[int], words: Words) -> None:
    first: dict[tuple[str, ...], int] = {}
    for i in others:
        of[i] = first.setdefault(_bare(names[i].words, words), i)
    distinct = list(first.items())
    for name, i in distinct:
        fuller = [(long, j) for long, j in distinct if j != i and _shortens(name, names[i], long, names[j], words)]
        if not fuller:
            continue
        before = [(long, j) for long, j in fuller if j < i] or fuller
        if len({of[j] for _, j in before}) == 1:  # short for one of them only: else it stays alone
            root = of[before[0][1]]
            was = of[i]
            for k in others:
                if of[k] == was:
                    of[k] = root


def _bare(name: tuple[str, ...], words: Words) -> tuple[str, ...]:
    name = name[1:] if len(name) > 1 and name[0] == "the" else name
    return ("us",) if " ".join(name) in words.words.countries_alike else name


def _shortens(short: tuple[str, ...], one: Named, long: tuple[str, ...], other: Named, words: Words) -> bool:
    if acronym(one.shown, long):
        return True
    if len(short) >= len(long) or "place" in (one.kind, other.kind):
        return False
    at = next((k for k in range(len(long) - len(short) + 1) if long[k : k + len(short)] == short), None)
    if at is None:
        return False
    dropped = set(long[:at]) | set(long[at + len(short) :])
    if dropped & words.words.distinguishing and not set(short) - words.words.generic:
        return False
    if at == 0:  # "Halyard" of "Halyard News Agency": what is dropped says little, what is kept says which
        return dropped <= words.words.generic | _SMALL and not set(short) <= words.words.generic | _SMALL
    # "Relief Council" of "Sarvel Relief Council"; "Army" is not short for "Free Army", nor "Army" for "Halm Army".
    return not set(long[:at]) & words.words.distinguishing and bool(set(short) - words.words.generic)


def acronym(shown: str, long: tuple[str, ...]) -> bool:
    """Are the capitals of a short name the initials of a long one? Small words may be left out of them.

    >>> acronym("SRC", ("sarvel", "relief", "council"))
    True
    >>> acronym("UN", ("union", "party"))
    False
    """
    letters = shown.replace(".", "").strip("()\"'’s")
    if not (2 <= len(letters) <= 7 and letters.isalpha() and letters.isupper()) or len(long) < 2:
        return False
    initials = [part[0] for word in long for part in word.split("-") if part]
    main = [part[0] for word in long if word not in _SMALL for part in word.split("-") if part]
    return letters.lower() in ("".join(initials), "".join(main))
