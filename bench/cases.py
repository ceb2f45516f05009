"""Synthetic cases with known truth: stories that outlets reprint, lift from, reword and cite, written to a case file.

A story has words of its own, drawn from the frequencies of English by Zipf's law, invented names, some facts, and 3 to
12 documents within days of each other; stories begin over eight years. No reader is run: the ledgers are made with
their claims, so a case costs what it costs to store it.

In:   how many claims, a seed.   Out: Made documents, each a Ledger with the facts of its claims and its true edges.
Knows nothing of: how sayso links.
"""

from __future__ import annotations

import hashlib
import heapq
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from importlib import resources
from itertools import accumulate
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from sayso.link.words import kindred, weight
from sayso.records import Claim, Document, DocumentRef, Entity, Ledger, Source, claim_id, document_id, phrase
from sayso.spans import Span
from sayso.store import Store

CLAIMS_A_STORY = 65  # at least; the last stories are left out
HELD = 60  # one document in so many claims of the case comes later: about six in all
_FIRST, _DAYS = date(2024, 1, 1), 8 * 365
_ZIPF = 0.8  # the exponent by which a story uses its words, the most telling ones first
_OWN = 90  # words of a story
_SMALL = (
    "the", "a", "in", "of", "to", "and", "for", "on", "at", "with", "by", "from", "that", "it", "was", "had", "has",
    "been", "is", "as", "an", "after", "over",
)  # fmt: skip
_ONSETS = ("b", "br", "d", "dr", "f", "g", "h", "k", "kl", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w", "z")
_VOWELS, _CODAS = "aeiou", ("", "l", "n", "r", "s")
_PLACES = (
    "Morrow", "Tavel", "Lenz", "Ansk", "Dorvin", "Calder", "Brack", "Ostrey", "Pellin", "Quarn", "Ruhn", "Sorvay",
)  # fmt: skip
_OUTLETS = tuple(f"{p} {kind}" for kind in ("Herald", "Courier", "Tribune", "Observer", "Gazette") for p in _PLACES)
_AGENCIES = ("Halyard Press Agency", "Tavel Wire Agency", "Norland News Agency")

Role = Literal["first", "wire", "lifted", "reworded", "cites", "apart"]
ROLES: tuple[tuple[Role, float], ...] = (
    ("wire", 0.25), ("lifted", 0.15), ("reworded", 0.15), ("cites", 0.15), ("apart", 0.3),
)  # fmt: skip


class Sentence(NamedTuple):
    """One sentence and its claim: ``before`` and ``after`` its content, who says it, whether in quotation marks."""

    content: str
    fact: str
    who: str | None = None
    quoted: bool = False
    outlet: str | None = None


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A document of a synthetic case. ``facts``: of each claim, which fact it is; ``early``: whom it derives from."""

    ledger: Ledger
    facts: tuple[str, ...]
    early: str | None
    role: Role


@cache
def _background() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The stems of English that tell something, and the sums of their counts."""
    text = (resources.files("sayso") / "data" / "frequencies.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    telling = [(w, n) for w, n in rows if w.isalpha() and len(w) > 2 and weight(w) >= 1.2]
    return tuple(w for w, _ in telling), tuple(accumulate(float(n) for _, n in telling))


def made(claims: int, seed: int = 0) -> Iterator[Made]:
    """Documents with ``claims`` claims in all, by date."""
    rng = random.Random(seed)
    starts = sorted(rng.randrange(_DAYS) for _ in range(max(1, claims // CLAIMS_A_STORY + 1)))
    waiting: list[tuple[int, int, int, Made]] = []
    for number, start in enumerate(starts):
        for place, (day, document) in enumerate(Story(seed, number).documents(start)):
            heapq.heappush(waiting, (day, number, place, document))
        upto = starts[number + 1] if number + 1 < len(starts) else _DAYS * 2
        while waiting and waiting[0][0] < upto:
            document = heapq.heappop(waiting)[3]
            yield document
            claims -= len(document.facts)
            if claims <= 0:
                return


class Story:
    """One matter: its words, names, facts and outlets."""

    def __init__(self, seed: int, number: int) -> None:
        self.rng = random.Random(f"{seed}/{number}")
        self.number = number
        words, sums = _background()
        own = dict.fromkeys(self.rng.choices(words, cum_weights=sums, k=_OWN))
        self.words = sorted(own, key=lambda w: (-weight(w), w))
        self.rng.shuffle(self.words)
        self.zipf = tuple(accumulate((k + 1) ** -_ZIPF for k in range(len(self.words))))
        self.persons = [f"{self._name()} {self._name()}" for _ in range(4)]
        self.places = [self._name() for _ in range(3)]
        self.facts = [self._fact(k) for k in range(self.rng.randint(4, 7))]
        self.count = 0

    def _name(self) -> str:
        pick = self.rng.choice
        return (pick(_ONSETS) + pick(_VOWELS) + pick(_ONSETS) + pick(_VOWELS) + pick(_CODAS)).capitalize()

    def _words(self, count: int) -> str:
        """Words as they come: every other one small, one in twelve of the whole language."""
        words, sums = _background()
        found = []
        for _ in range(count):
            if self.rng.random() < 0.45:
                found.append(self.rng.choice(_SMALL))
            elif self.rng.random() < 0.15:
                found += self.rng.choices(words, cum_weights=sums)
            else:
                found += self.rng.choices(self.words, cum_weights=self.zipf)
        return " ".join(found)

    def _fact(self, number: int) -> Sentence:
        who = self.rng.choice(self.persons)
        parts = [self._words(6), self.rng.choice(self.places), self._words(6)]
        if self.rng.random() < 0.3:
            parts.insert(1, str(self.rng.randint(13, 900)))
        return Sentence(" ".join(parts), f"s{self.number}.{number}", who, quoted=self.rng.random() < 0.2)

    def _filler(self) -> Sentence:
        """A sentence that is nowhere else."""
        self.count += 1
        who = self.rng.choice(self.persons) if self.rng.random() < 0.3 else None
        where = f"{self.rng.choice(self.places)} " if self.rng.random() < 0.3 else ""
        return Sentence(where + self._words(self.rng.randint(9, 16)), f"s{self.number}.x{self.count}", who)

    def _reworded(self, sentence: Sentence, kept: float = 0.65) -> Sentence:
        """The same in other words: some are left out, some are ones of like meaning, and the order is another."""
        if sentence.quoted:
            return sentence  # the speaker's own words
        words = sentence.content.split()
        out = []
        for word in words:
            if word in _SMALL:
                out.append(self.rng.choice(_SMALL))
            elif word[0].isupper() or word[0].isdigit() or self.rng.random() < kept:
                out.append(word)
            elif (near := kindred().get(word)) and self.rng.random() < 0.7:
                out.append(self.rng.choice(sorted(near)))
        cut = self.rng.randrange(len(out)) if out else 0
        return sentence._replace(content=" ".join(out[cut:] + out[:cut]) or sentence.content)

    def documents(self, start: int) -> Iterator[tuple[int, Made]]:
        """Each with its day."""
        texts: list[tuple[list[Sentence], Made]] = []
        day = float(start)
        for number in range(self.rng.randint(3, 12)):
            role: Role = "first" if not texts else self.rng.choices([r for r, _ in ROLES], [w for _, w in ROLES])[0]
            base, early = self.rng.choice(texts) if texts else ([], None)
            if role in ("first", "apart"):
                early = None
            outlet = self._outlet(role, [m.ledger.document.ref.outlet or "" for _, m in texts])
            sentences = self._sentences(role, base, early)
            one = self._made(sentences, outlet, int(day), role, early)
            texts.append((sentences, one))
            yield int(day), one
            day += self.rng.expovariate(1 / (0.3 + number * 0.3))

    def _outlet(self, role: Role, used: Sequence[str]) -> str:
        if role == "first" and self.rng.random() < 0.5:
            return self.rng.choice(_AGENCIES)
        free = [o for o in _OUTLETS if o not in used]
        return free[min(int(self.rng.expovariate(1 / 12)), len(free) - 1)]

    def _sentences(self, role: Role, base: Sequence[Sentence], early: Made | None) -> list[Sentence]:
        outlet = early.ledger.document.ref.outlet if early else None
        if role == "wire":
            return [s for s in base if self.rng.random() < 0.92] or list(base)
        own = [self._filler() for _ in range(self.rng.randint(4, 8))]
        if role == "lifted":
            some = [s for s in base if self.rng.random() < 0.45] or list(base[:1])
            return self._mixed(some + own)
        if role == "reworded":
            return [self._reworded(s) for s in base]
        if role == "cites":
            facts = [s for s in base if ".x" not in s.fact][:3] or list(base[:1])
            return self._mixed([self._reworded(s)._replace(outlet=outlet) for s in facts] + own)
        facts = [s for s in self.facts if self.rng.random() < 0.6] or self.facts[:1]
        return self._mixed([self._reworded(s) for s in facts] + own)

    def _mixed(self, sentences: list[Sentence]) -> list[Sentence]:
        self.rng.shuffle(sentences)
        return sentences

    def _made(self, sentences: Sequence[Sentence], outlet: str, day: int, role: Role, early: Made | None) -> Made:
        published = (_FIRST + timedelta(days=day)).isoformat()
        text, places = _written(sentences, early if role == "wire" else None)
        raw = f"{outlet}\n{published}\n{self.number}\n{text}".encode()
        name = document_id(raw)
        ref = DocumentRef(
            id=name,
            path=f"case/{name}.txt",
            title=f"{outlet}, {self.number}",
            outlet=outlet,
            published=published,
            sha256=hashlib.sha256(raw).hexdigest(),
        )
        entities: dict[str, list[Span]] = {}
        claims = []
        for sentence, (content, who) in zip(sentences, places, strict=True):
            source = None
            if sentence.who and who:
                entities.setdefault(sentence.who, []).append(who)
                number = list(entities).index(sentence.who) + 1
                source = Source(spans=(who,), text=sentence.who, name=sentence.who, type="person", entity=f"e{number}")
            claims.append(
                Claim(
                    id=claim_id(name, (content,)),
                    document=ref,
                    kind=("direct" if sentence.quoted else "indirect") if source else "authorial",
                    source=source,
                    content=phrase(text, (content,)),
                    found_by="bench",
                    score=0.9,
                )
            )
        ledger = Ledger(
            document=Document(ref=ref, text=text),
            claims=tuple(claims),
            entities=tuple(
                Entity(id=f"e{k + 1}", name=who, type="person", mentions=tuple(spans))
                for k, (who, spans) in enumerate(entities.items())
            ),
            paragraphs=(Span(0, len(text)),),
        )
        facts = tuple(s.fact for s in sentences)
        return Made(ledger=ledger, facts=facts, early=early.ledger.document.ref.id if early else None, role=role)


def _written(sentences: Sequence[Sentence], credit: Made | None) -> tuple[str, list[tuple[Span, Span | None]]]:
    """The text, and in it the content and the speaker of each sentence."""
    text = ""
    places: list[tuple[Span, Span | None]] = []
    for sentence in sentences:
        content = sentence.content[0].upper() + sentence.content[1:]
        open_, close = ("“", ",” said ") if sentence.quoted else ("", ", said ")
        if sentence.outlet:
            open_ = f"{sentence.outlet} reported: {open_}"
        start = len(text) + len(open_)
        text += open_ + content
        here = Span(start, len(text))
        who = None
        if sentence.who:
            text += close
            who = Span(len(text), len(text) + len(sentence.who))
            text += sentence.who
        text += ". "
        places.append((here, who))
    if credit:
        text += f"({credit.ledger.document.ref.outlet})"
    return text.rstrip(), places


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """What holds of a document: facts of its claims by id, whom it derives from."""

    id: str
    facts: dict[str, str]
    early: str | None
    role: Role


def truth(document: Made) -> Truth:
    ids = (c.id for c in document.ledger.claims)
    return Truth(
        id=document.ledger.document.ref.id,
        facts=dict(zip(ids, document.facts, strict=True)),
        early=document.early,
        role=document.role,
    )


def write(path: Path, claims: int, seed: int = 0) -> int:
    """A case file with the documents, and beside it ``.truth``, a line for each; how many. A few are left out of the
    case and put into ``.more``, ledgers line by line: they come in later.
    """
    count, held = 0, max(1, claims // HELD)
    beside, more = path.with_suffix(".truth"), path.with_suffix(".more")
    with Store.open(path, create=True) as store, beside.open("wb") as known, more.open("wb") as later:
        store.rows("PRAGMA synchronous = OFF")  # a case that is made again in no time needs no waiting for the disk
        for number, document in enumerate(made(claims, seed), 1):
            if number % held == 0:
                later.write(msgspec.json.encode(document.ledger) + b"\n")
            elif store.save(document.ledger, added_at="2026-01-01T00:00:00Z"):
                count += 1
            known.write(msgspec.json.encode(truth(document)) + b"\n")
    return count
