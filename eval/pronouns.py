"""Whom the pronouns that are sources speak of: `python -m eval.pronouns`.

In:   PolNeAR's dev articles; pronouns.jsonl, by hand.   Out: how often sayso and two baselines are right.
Knows nothing of: how chains are made.

Each line of pronouns.jsonl has the article, the place of a pronoun that is a whole source in the gold, and the places
of right antecedents: the nearest name before it or, where there is none, the nearest description; none where the
author of the text speaks. Of 370 such pronouns those are taken whose hash (of article and place) says so: the first
part, 181, was looked at while rules were made; the second, 90, was made when they were.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.brat import Article, read_folder
from eval.coreference import read_text, words
from eval.parsing import parser
from eval.polnear import claims_of, data_folder
from sayso.case import lexicon
from sayso.parse import Parsed, parse
from sayso.resolve.entities import People, people
from sayso.resolve.pronouns import PRONOUNS
from sayso.spans import Span
from sayso.syntax import Syntax

SAMPLE = Path(__file__).with_name("pronouns.jsonl")


@dataclass(frozen=True)
class Case:
    """A pronoun with its right antecedents; none: the author speaks. ``part``: of the sample, "first" or "second"."""

    pronoun: Span
    antecedents: tuple[Span, ...]
    part: str


def sample() -> dict[str, list[Case]]:
    """The cases of each article."""
    found: dict[str, list[Case]] = {}
    for line in SAMPLE.read_text("utf-8").splitlines():
        row = json.loads(line)
        places = tuple(Span(*place) for place in row["antecedents"])
        found.setdefault(row["article"], []).append(Case(Span(*row["pronoun"]), places, row["part"]))
    return found


def read(article: Article, syntax: Syntax) -> People:
    """The people of an article: predicted trees, sayso's own claims."""
    document = read_text(article.name, article.text)
    parsed: Parsed = parse(document, lexicon())
    return people(parsed, syntax, tuple(claims_of()(article)), words(), lexicon())


def resolved(who: People, case: Case) -> bool:
    """Does sayso have the pronoun with a right antecedent?"""
    entity = who.at(case.pronoun)
    if entity is None:
        return False
    if not case.antecedents:
        return all(m.form == "pronoun" and m.person == 1 for m in entity.mentions)
    for place in case.antecedents:
        top = who.syntax.top(place)
        for m in entity.mentions:
            named = m.named is not None and m.named.contains(place)
            ends = m.form == "noun" and place.contains(m.span) and m.span.end == place.end  # where the tree splits it
            if m.head == top or named or ends:
                return True
    return False


def nearest_person(syntax: Syntax, case: Case) -> Span | None:
    """The last name of a person before the pronoun."""
    before = [n.span for n in syntax.names if n.kind == "PER" and n.span.end <= case.pronoun.start]
    return before[-1] if before else None


def last_subject(syntax: Syntax, case: Case) -> Span | None:
    """The subject of the sentence before; of the one before that where it is a pronoun, and so on."""
    own = syntax.within(case.pronoun)
    at = syntax.sentence_of(own[0]).start - 1 if own else -1
    while at >= 0:
        sentence = syntax.sentence_of(at)
        root = next((t for t in sentence if syntax.head[t] == t), None)
        subject = next(
            (c for c in syntax.children(root) if syntax.rel[c].startswith("nsubj")) if root is not None else iter(()),
            None,
        )
        if subject is not None and syntax.form(subject).lower() not in PRONOUNS:
            return syntax.phrase(subject)
        at = sentence.start - 1
    return None


def names_right(text: str, found: Span | None, case: Case) -> bool:
    """Is a baseline's choice a right antecedent, or of the same last name as one?"""
    if found is None:
        return False
    last = {place.of(text).split()[-1].removesuffix("’s").lower() for place in case.antecedents}
    return any(found.overlaps(place) for place in case.antecedents) or (
        found.of(text).removesuffix("’s").removesuffix("'s").split()[-1].lower() in last
    )


def count(
    articles: Sequence[Article], tree: Callable[[str], Syntax], *, show: bool
) -> Iterator[tuple[tuple[str, ...], list[bool]]]:
    """For each case the groups it counts in, and whether sayso, the nearest person and the last subject are right."""
    cases = sample()
    for article in articles:
        own = cases.get(article.name, [])
        if not own:
            continue
        syntax = tree(article.text)
        who = read(article, syntax)
        for case in own:
            word = case.pronoun.of(article.text).lower()
            right = [
                resolved(who, case),
                names_right(article.text, nearest_person(syntax, case), case),
                names_right(article.text, last_subject(syntax, case), case),
            ]
            if show and not right[0]:
                entity = who.at(case.pronoun)
                print(f"{article.name} {case.pronoun}: {entity.name if entity else None}", file=sys.stderr)
            groups = (word, "all", f"{case.part} part") if case.antecedents else ("(author)",)
            yield groups, right


def main() -> int:
    """Prints the table."""
    folder = data_folder() / "polnear/dev"
    if not folder.is_dir():
        print(f"{folder}: PolNeAR is not there: see eval/README.md", file=sys.stderr)
        return 2
    show = "--show" in sys.argv
    total: Counter[str] = Counter()
    hits: dict[str, list[int]] = {}
    for groups, right in count(list(read_folder(folder)), parser(), show=show):
        for group in groups:
            total[group] += 1
            hits[group] = [a + b for a, b in zip(hits.get(group, [0, 0, 0]), right, strict=True)]
    print(f"{'but the author':20}{'cases':>6}{'sayso':>8}{'± 95 %':>8}{'nearest person':>16}{'last subject':>14}")
    for group in sorted(total, key=lambda g: -total[g]):
        n = total[group]
        shares = [100 * h / n for h in hits[group]]
        margin = 196 * math.sqrt(shares[0] / 100 * (1 - shares[0] / 100) / n)
        print(f"{group:20}{n:6}{shares[0]:8.1f}{margin:8.1f}{shares[1]:16.1f}{shares[2]:14.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
