"""Articles made for training: sentences of the treebanks in somebody's mouth, or told without one.

PolNeAR is American politics; what it seldom has (passives without a source, whispered asides, courts, a denial in a
relative clause, verbs that only look as if somebody spoke) a reader learns from `templates.txt`, whose sentences are
marked as those of the tests are. What is said are plain statements of the treebanks, in which the reader that is
installed finds nothing.

In:   treebanks, a random generator.   Out: WordArticles, others on every call.
Knows nothing of: windows, the network's training.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from eval.brat import Attribution
from lemminflect import getInflection
from tests.marked import strip

from sayso.reader.pieces import Vocabulary
from sayso.reader.session import Reader
from sayso.reader.words import encode
from sayso.spans import Span
from training.corpus import WordArticle, in_words
from training.rename import Pool
from training.treebank import Treebank

FEWEST, MOST = 5, 28  # words of a sentence
PASSAGES = 8  # of an article
_SLOT = re.compile(r"\{([A-Za-z0-9']+)\}")
_ROLES = [
    "spokesman",
    "spokeswoman",
    "lawyer",
    "deputy",
    "minister",
    "farmer",
    "nurse",
    "clerk",
    "witness",
    "teacher",
    "general",
    "captain",
    "judge",
    "aide",
    "neighbour",
    "historian",
    "engineer",
    "mayor",
    "senator",
    "chairwoman",
    "activist",
    "analyst",
    "widow",
]
_GROUPS = (
    "residents", "two officials", "critics", "several witnesses", "aid workers", "the authorities", "some analysts",
    "both families", "the defendants", "a dozen former guards", "people close to the talks", "diplomats", "opponents",
    "the investigators", "many here", "locals", "a person who asked not to be named", "one of the sailors",
    "the ministry", "the committee", "the council", "police", "the inquiry", "the army", "the union",
)  # fmt: skip
_COMMA = "\x01"  # after what is set off by one, unless the sentence goes on with another mark
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class Clause(NamedTuple):
    """A plain statement: as it stands, as it goes on after "that", and its parts where it can be taken apart."""

    upper: str
    lower: str
    parts: Mapping[str, str]


class Templates(NamedTuple):
    marked: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]


def templates() -> Templates:
    """Those of `templates.txt`."""
    marked, lists = [], {}
    for line in (Path(__file__).parent / "templates.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            name, words = line[1:].split(" = ")
            lists[name] = tuple(words.split("|"))
        elif line and not line.startswith("#"):
            marked.append(line)
    return Templates(tuple(marked), lists)


def clauses(banks: Sequence[Treebank], reader: Reader) -> list[Clause]:
    """The plain statements of treebanks."""
    return [found for bank in banks for found in _of_bank(bank, reader)]


def _of_bank(bank: Treebank, reader: Reader) -> Iterator[Clause]:
    rows, places, text = bank.document.rows, bank.document.places, bank.document.text
    said = [s for f in reader.read(text, ()).found for s in (*f.content, f.cue)]
    for own in bank.sentences:
        start, end = places[own[0]][0], places[own[-1]][1]
        whole = text[start:end]
        if not FEWEST <= len(own) <= MOST or not whole.endswith(".") or not whole[0].isupper() or "\n" in whole:
            continue
        if re.search(r"[\"“”‘():;?!\[\]{}|]|\s'|--", whole) or any(s.start < end and start < s.end for s in said):
            continue
        root = next((t for t in own if rows[t][7] == "root"), own[0])
        subject = next((t for t in own if rows[t][7] == "nsubj" and bank.document.heads[t] == root), None)
        if subject is None or rows[root][3] not in ("VERB", "ADJ", "NOUN") or rows[own[0]][4] in ("CC", "UH"):
            continue
        upper = whole[:-1].rstrip()
        keep = rows[own[0]][3] == "PROPN" or rows[own[0]][1] == "I"
        lower = upper if keep else upper[0].lower() + upper[1:]
        yield Clause(upper, lower, dict(_parts(bank, own, root, subject, upper)))


def _parts(bank: Treebank, own: range, root: int, subject: int, upper: str) -> Iterator[tuple[str, str]]:
    rows, places, heads, text = bank.document.rows, bank.document.places, bank.document.heads, bank.document.text
    if "," in upper:
        a, b = upper.split(",", 1)
        if len(a.split()) > 1 and len(b.split()) > 1:
            yield "A", a
            yield "b", b.strip()
    before = range(own[0], root)
    if rows[root][4] == "VBD" and before and all(t == subject or heads[t] in before for t in before):
        first = places[own[0]][0]
        rest = text[places[root][1] : places[own[-1]][0]].rstrip()
        (done,) = getInflection(rows[root][2], "VBN")[:1] or ("",)
        if done and rest.startswith(" "):
            yield "Subj", text[first : places[root][0]].rstrip()
            yield "have", f"have {done}{rest}"
            yield "did", f"{rows[root][1]}{rest}"


class Maker:
    """Makes articles. ``names``: of people, organisations and places, by kind and number of tokens."""

    def __init__(self, said: Sequence[Clause], names: Pool, vocabulary: Vocabulary) -> None:
        self.said, self.names, self.vocabulary, self.own = said, names, vocabulary, templates()

    def articles(self, count: int, rng: random.Random) -> list[WordArticle]:
        """So many articles of `PASSAGES` passages each."""
        return [self._article(rng, number) for number in range(count)]

    def _article(self, rng: random.Random, number: int) -> WordArticle:
        text, inner, found = "", set[int](), []
        for _ in range(PASSAGES):
            plain, marks = strip(self.passage(rng))
            at = len(text)
            for roles in marks.values():
                spans = {
                    r: tuple(Span(s.start + at, s.end + at) for s in roles.get(r, ()))
                    for r in ("source", "cue", "content")
                }
                found.append(Attribution(**spans))
            inside = [f for f in found if any(g is not f and _within(f, g) for g in found)]
            inner |= {id(f) for f in inside}
            text += plain + ("\n" if rng.random() < 0.3 else " ")
        enc = encode(text, self.vocabulary)
        made = []
        for attribution in found:
            for one in in_words(enc, (attribution,)):
                one.inner = id(attribution) in inner
                made.append(one)
        return WordArticle(f"made {number}", enc, made)

    def passage(self, rng: random.Random) -> str:
        """A template with its slots filled."""
        while True:
            chosen = rng.choice(self.own.marked)
            need = set(_SLOT.findall(chosen))
            given = self._given(rng, need)
            if given is not None:
                while slot := _SLOT.search(chosen):  # a list's words may have a slot of their own
                    chosen = chosen[: slot.start()] + self._filled(slot[1], given, rng) + chosen[slot.end() :]
                return re.sub(rf"{_COMMA}(\]*)( ?)", _comma, chosen)

    def _given(self, rng: random.Random, need: set[str]) -> dict[str, str] | None:
        one, other = rng.sample(self.said, 2)
        if any(k in need and k not in one.parts for k in ("A", "Subj", "did")):
            return None
        who, second = self._speaker(rng), self._speaker(rng)
        owner = who.partition(",")[0]
        she = rng.choice(("She", "He", "They"))
        upper = lambda words: words[0].upper() + words[1:]  # noqa: E731 - as short as a name
        return {
            **one.parts,
            "S": one.upper, "s": one.lower, "S2": other.upper, "s2": other.lower,
            "Who": upper(who), "who": who, "Other": upper(second), "other": second, "She": she, "she": she.lower(),
            "Who's": upper(owner) + "'s", "who's": owner + "'s",
            "Org": self._name(rng, "ORG"), "Day": rng.choice(_DAYS),
        }  # fmt: skip

    def _filled(self, slot: str, given: Mapping[str, str], rng: random.Random) -> str:
        return given[slot] if slot in given else rng.choice(self.own.lists[slot])

    def _name(self, rng: random.Random, kind: str) -> str:
        size = rng.choice([n for k, n in self.names if k == kind and n <= 3])
        return " ".join(rng.choice(self.names[kind, size]))

    def _speaker(self, rng: random.Random) -> str:
        role = rng.choice(_ROLES)
        person, org, place = (self._name(rng, kind) for kind in ("PER", "ORG", "LOC"))
        article = "an" if role[0] in "aeiou" else "a"
        return rng.choice(
            (
                person, person, org, f"{person}, {article} {role}{_COMMA}", f"{role} {person}", f"{person} of {org}",
                f"{article} {role} from {place}", f"the {role}", f"{person}, the {role} of {place}{_COMMA}",
                f"{article} {role} for {org}", f"the {role} of {place}", rng.choice(_GROUPS), rng.choice(_GROUPS),
            )
        )  # fmt: skip


def _comma(match: re.Match[str]) -> str:
    return f"{match[1]},{match[2]}" if match[2] else match[1]


def _within(inner: Attribution, outer: Attribution) -> bool:
    return bool(inner.cue) and any(s.contains(c) for s in outer.content for c in inner.cue)
