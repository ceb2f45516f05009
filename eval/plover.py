"""Scores the events of PLOVER's gold standard records and PETRARCH2's sentences: `python -m eval.plover`.

In:   the public records; a parser from text to Syntax.   Out: a table; with --wrong the records that came out wrong.
Knows nothing of: how events are found.

A gold record names one event of a sentence. What is measured is the first event that sayso gives, as PLOVER books it
(``Event.plover``): a system that lists many cannot win by it.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval.polnear import data_folder
from sayso.resolve.events import Coded, Event, events_in
from sayso.resolve.plover import Ontology, load
from sayso.resolve.roles import Party
from sayso.spans import Span
from sayso.syntax import Syntax

Parser = Callable[[str], Syntax]

# The records were coded with version 0.5b1 of the ontology; these types have since become one with others.
RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
# PETRARCH2's unit sentences have codes of WEIS, CAMEO's forerunner; one root of it may be several types here.
WEIS = {
    "01": "CONCEDE RETREAT", "03": "CONSULT", "04": "SUPPORT", "05": "AGREE",
    "06": "CONCEDE COOPERATE SUPPORT AGREE RETREAT", "07": "AID", "08": "AGREE COOPERATE", "09": "REQUEST",
    "10": "REQUEST AGREE", "11": "REJECT", "12": "ACCUSE", "13": "ACCUSE PROTEST",
    "14": "REJECT", "15": "REQUEST", "16": "THREATEN", "17": "THREATEN", "18": "MOBILIZE PROTEST", "19": "SANCTION",
    "20": "SANCTION COERCE", "21": "COERCE", "22": "ASSAULT",
}  # fmt: skip
_REFUSED = re.compile(
    r"\b(?:not|no|never|none|nor|neither|cannot|without|\w+n['’]t|den(?:y|ies|ied|ying|ial)|refus\w+|reject\w+"
    r"|declin\w+|rebuff\w*|spurn\w*|rul(?:e[sd]?|ing) out|turn(?:s|ed)? down|call(?:s|ed)? off|fail\w*|oppos\w+"
    r"|veto\w*|dismiss\w*"
    r"|cancel\w*|postpon\w+|halt\w*|suspend\w*)\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"\((?:SRC|TAR|SRC/TAR|EVT|LOC)[^:]*:\s*([^()]*)\)")


@dataclass(frozen=True)
class Gold:
    """A record. ``actors``, ``recipients``: the words marked as such; empty where the record has none."""

    name: str
    text: str
    type: str
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]

    @property
    def refused(self) -> bool:
        """Is something in it negated, refused or called off?"""
        return _REFUSED.search(self.text) is not None


@dataclass
class Measured:
    """Counts over records. ``confused``: (gold, found) -> how often. Roles are counted where the gold has them."""

    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    anywhere: int = 0
    roles: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[tuple[Gold, Coded]] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.confused.values())

    @property
    def accuracy(self) -> float:
        return sum(n for (g, f), n in self.confused.items() if g == f) / max(1, self.total)

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the types that stand in the gold."""
        scores = []
        for kind in {g for g, _ in self.confused}:
            right = self.confused[kind, kind]
            gold = sum(n for (g, _), n in self.confused.items() if g == kind)
            found = sum(n for (_, f), n in self.confused.items() if f == kind)
            scores.append(2 * right / (gold + found))
        return sum(scores) / max(1, len(scores))

    def role(self, name: str) -> float:
        right, wrong = self.roles[name, "right"], self.roles[name, "wrong"]
        return right / max(1, right + wrong)


def records(path: Path) -> Iterator[Gold]:
    """The gold standard records, types renamed to today's."""
    for row in json.loads(path.read_text(encoding="utf-8")):
        if row["event"] == "DOCUMENT":
            continue
        yield Gold(
            name=row["id"],
            text=row["text"],
            type=RENAMED.get(row["event"], row["event"]),
            mode=row.get("mode") or None,
            actors=_texts(row.get("source")),
            recipients=_texts(row.get("target")),
        )


def _texts(parties: object) -> tuple[str, ...]:
    given = parties if isinstance(parties, list) else [parties]
    return tuple(p["actorText"] for p in given if isinstance(p, dict) and p.get("actorText", "").strip("* "))


def measure(gold: Iterable[Gold], parse: Parser, ontology: Ontology) -> Measured:
    """Compares the first event of each text with its record."""
    out = Measured()
    for record in gold:
        coded = events_in(parse(record.text), [Span(0, len(record.text))], ontology)
        first = coded.events[0] if coded.events else None
        found = kind(first) if first else "none"
        out.confused[record.type, found] += 1
        out.anywhere += any(kind(e) == record.type for e in coded.events)
        same = next((e for e in coded.events if kind(e) == record.type), first)
        sound = found == record.type
        for name, wanted, party in (
            ("actor", record.actors, same.actor if same else None),
            ("recipient", record.recipients, same.recipient if same else None),
        ):
            if wanted:
                hit = party is not None and names(party, wanted, record.text)
                out.roles[name, "right" if hit else "wrong"] += 1
                sound &= hit
        if not sound:
            out.wrong.append((record, coded))
    return out


def kind(event: Event) -> str:
    """The type that PLOVER books."""
    return event.plover.partition("/")[0]


def names(party: Party, wanted: Sequence[str], text: str) -> bool:
    """Does one of the marked names stand in a party's phrase, or one of its heads in a marked name?

    A pronoun counts as what the grammar of its sentence makes it stand for.
    """
    low = party.text.lower()
    heads = {h.of(text).lower() for h in (*party.heads, *([party.stands_for] if party.stands_for else []))}
    return any(w.lower() in low or heads & set(re.findall(r"[\w.'-]+", w.lower())) for w in wanted)


@dataclass(frozen=True)
class Sentence:
    """A unit sentence of PETRARCH2. ``types``: for each of its codes the types that would be right."""

    name: str
    text: str
    types: tuple[frozenset[str], ...]


def sentences(path: Path) -> Iterator[Sentence]:
    """PETRARCH2's unit sentences. Codes that are none of WEIS's, made up to try its dictionaries, are left out."""
    source = path.read_text(encoding="utf-8", errors="replace")
    for found in re.finditer(r'<Sentence [^>]*?id\s*=\s*"([^"]*)".*?</Sentence>', source, re.DOTALL):
        text = re.search(r"<Text>(.*?)</Text>", found[0], re.DOTALL)
        codes = re.findall(r'eventcode\s*=\s*"(\d\d)\d?"', found[0])
        known = tuple(frozenset(WEIS[c].split()) for c in codes if c in WEIS)
        if text is not None and (known or not codes):
            yield Sentence(found[1], " ".join(text[1].split()), known)


def regressions(some: Iterable[Sentence], parse: Parser, ontology: Ontology, *, wrong: bool) -> None:
    """Prints how many codes of PETRARCH2's sentences have an event of their type."""
    counts: Counter[str] = Counter()
    for sentence in some:
        coded = events_in(parse(sentence.text), [Span(0, len(sentence.text))], ontology)
        found = [kind(e) for e in coded.events]
        counts["with"] += bool(sentence.types)
        counts["without"] += not sentence.types
        counts["gold"] += len(sentence.types)
        hits = sum(bool(t & set(found)) for t in sentence.types)
        counts["hits"] += hits
        counts["left without"] += not sentence.types and not found
        if wrong and hits < len(sentence.types):
            wanted = [sorted(t) for t in sentence.types]
            print(f"  {sentence.name} {wanted} found {found or coded.reason}\n    {sentence.text}")
    print(f"PETRARCH2: {counts['with']} sentences with events, {counts['without']} without")
    share = counts["hits"] / max(1, counts["gold"])
    print(f"  types found {share:.3f} of {counts['gold']}   left without {counts['left without']}")


def main(argv: Sequence[str] | None = None, parse: Parser | None = None) -> int:
    options = argparse.ArgumentParser(prog="python -m eval.plover", description=__doc__)
    options.add_argument("--wrong", action="store_true", help="print the records that came out wrong")
    options.add_argument("--half", choices=["seen", "unseen"], help="even records (looked at), odd ones (held out)")
    chosen = options.parse_args(argv)
    folder = data_folder() / "plover"
    if not folder.is_dir():
        print(f"no data at {folder}", file=sys.stderr)
        return 2
    if parse is None:
        from eval.parsing import parser  # noqa: PLC0415 # loads the network, which --help does not need

        parse = parser()
    ontology = load()
    gold = list(records(folder / "gsr_dev.json"))
    if chosen.half:
        gold = gold[chosen.half == "unseen" :: 2]
    for title, some in (("all records", gold), ("negated, refused, called off", [g for g in gold if g.refused])):
        show(title, measure(some, parse, ontology), wrong=chosen.wrong and title == "all records")
    if chosen.half is None:
        path = folder / "petrarch2/PETR.UnitTest.records.xml"
        regressions(sentences(path), parse, ontology, wrong=chosen.wrong)
    return 0


def show(title: str, m: Measured, *, wrong: bool) -> None:
    anywhere = m.anywhere / max(1, m.total)
    print(f"{title}: {m.total}")
    print(
        f"  type, first event   macro F1 {m.macro_f1:.3f}   accuracy {m.accuracy:.3f}   among all events {anywhere:.3f}"
    )
    print(f"  actor head {m.role('actor'):.3f}   recipient head {m.role('recipient'):.3f}")
    if not wrong:
        return
    for (g, f), n in sorted(m.confused.items(), key=lambda x: -x[1]):
        if g != f:
            print(f"    {g} -> {f}: {n}")
    for record, coded in m.wrong:
        print(f"\n{record.name} {record.type} {record.actors} -> {record.recipients}\n  {record.text}")
        for e in coded.events:
            actor, recipient = (p.text if p else None for p in (e.actor, e.recipient))
            inside = "" if e.within is None else f" in {e.within}"
            print(f"    {e.plover} ({e.type}) [{e.trigger.text}] {actor!r} -> {recipient!r}{inside}")
        if coded.reason:
            print(f"    {coded.reason}")


if __name__ == "__main__":
    raise SystemExit(main())
