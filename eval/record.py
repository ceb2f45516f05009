"""The stage `check` on real data, `python -m eval.record`: whom each side in Syria fought, and the seed's claims.

In:   UCDP's rows, the EU's list and the seed in the data folder.   Out: findings, and whether they are as expected.
Knows nothing of: how claims are found. Questions that the reader does not yet give are asked by hand, and marked so.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from eval.names import DATA, at
from sayso.case import Case, Checked, knowledge
from sayso.check.checking import ask, ready
from sayso.check.findings import Finding
from sayso.check.questions import EventQuestion, ListQuestion, Question, Side, in_words
from sayso.check.tables.loading import load
from sayso.check.tables.table import Table
from sayso.check.words import check_words

EVENTS = "ucdp/ged211_syria_14col.csv"
DYADS = "ucdp/Dyadic_v24_1.csv"
LISTS = "sanctions/eu_2026-05-01_syr"
SEED = "seed/faustian-pact.txt"

IS = Side(name="ISIS", entities=("islamic-state",))
STATE = Side(name="Syrian government", entities=("syria-government-until-2024",))
OTHERS = Side(name="other non-state groups", group="rebels")
# The days that IHS Jane's published figures are on (December 2014, as the press had them).
YEAR = {"since": date(2014, 1, 1), "until": date(2014, 11, 21)}
MARCH = {"since": date(2014, 3, 1), "until": date(2014, 3, 31)}
RARELY = next(share for share in check_words().share if "rarely" in share.words)


def share(actor: Side, other: Side, stated: float) -> EventQuestion:
    return EventQuestion(ask="share", actor=actor, other=other, low=stated, high=stated, mutual=True, **YEAR)  # type: ignore[arg-type]


# What is asked, of which table, which finding and which figure (percent, to the nearest) are expected.
Expected = tuple[str, Question, str, float | None]
PUBLISHED: tuple[Expected, ...] = (
    (EVENTS, share(IS, OTHERS, 64), "consistent", 65),
    (EVENTS, share(IS, STATE, 13), "partly", 23),
    (EVENTS, share(STATE, IS, 6), "consistent", 5),
)
_rarely = EventQuestion(ask="share", actor=IS, other=STATE, word="rarely", most=RARELY.most, until=date(2015, 6, 30))
_more = EventQuestion(ask="trend", actor=STATE, other=IS, word="increasingly", change="more", mutual=True, **YEAR)  # type: ignore[arg-type]
_bombed = EventQuestion(ask="none", actor=STATE, other=IS, weapon="barrel bomb", mode="aerial")
_never = EventQuestion(ask="none", actor=STATE, other=IS, mutual=True, until=date(2015, 6, 30))
_fought = EventQuestion(ask="exists", actor=STATE, other=IS, mutual=True)
_listed = ListQuestion(name="George Haswani", authority="EU", since=MARCH["since"], until=MARCH["until"])
_thirteen = ListQuestion(name="13", authority="EU", count=13, since=MARCH["since"], until=MARCH["until"])
BY_HAND: tuple[Expected, ...] = (
    (EVENTS, _rarely, "partly", None),  # who attacked is not told
    (EVENTS, _more, "consistent", None),  # what the shares of one year hide: the two halves of it differ
    (EVENTS, _bombed, "not_checkable", None),
    (EVENTS, _never, "inconsistent", None),  # what the seed does not say: that they never fought at all
    (DYADS, _fought, "consistent", None),
    (LISTS, _listed, "partly", None),  # the list's date is that of an amendment
    (LISTS, msgspec.structs.replace(_listed, since=None, until=None), "consistent", None),
    (LISTS, _thirteen, "not_in_coverage", None),
)
# What `sayso check` says of the seed by itself: words of the question, and the finding.
OF_SEED = (
    (("ISIS is a side", "“rarely”"), "partly"),
    (("no events", "ISIS"), "not_checkable"),
    (("Are 13", "EU list"), "not_in_coverage"),
)


def tables() -> dict[str, Table]:
    """The tables that are there, by their place in the data folder."""
    found = {}
    for place in (EVENTS, DYADS, LISTS):
        path = DATA / place
        files = sorted(path.iterdir()) if path.is_dir() else [path] if path.exists() else []
        for table in load([at(file) for file in files]):
            if isinstance(table, Table):
                found[place] = table
    return found


def asked(loaded: dict[str, Table], what: tuple[Expected, ...]) -> Iterator[bool]:
    """Whether each answer is as expected, after printing it."""
    for place, question, expected, percent in what:
        table = loaded[place]
        answer = ask(ready(table, knowledge().aliases, check_words()), question)
        if answer is None:
            raise AssertionError("every question here fits its table")
        figure = answer.numbers.get("percent")
        right = answer.finding == expected and (percent is None or (figure is not None and round(figure) == percent))
        print(f"{'as expected' if right else 'NOT AS EXPECTED':16}{in_words(question)}")
        print(f"{'':16}{answer.finding}: {answer.reason}  [{table.format}]")
        yield right


def seed() -> list[Finding]:
    """The findings on the seed's claims as `sayso check` gives them."""
    with tempfile.TemporaryDirectory() as folder, Case.open(Path(folder, "seed.case"), create=True) as case:
        list(case.add([str(DATA / SEED)]))
        checked = case.check([str(DATA / place) for place in (EVENTS, DYADS, LISTS)])
        return [finding for one in checked if isinstance(one, Checked) for finding in one.findings]


def main() -> int:
    loaded = tables()
    if len(loaded) < 3 or not (DATA / SEED).exists():
        print(f"the tables and the seed are not all in {DATA}: see eval/README.md")
        return 2
    events = loaded[EVENTS].events
    if events is None:
        raise AssertionError("a table of events")
    print("Published shares of 2014 (IHS Jane's), recomputed on UCDP GED 21.1, rows with a precise place")
    right = list(asked(loaded, PUBLISHED))
    event_table = ready(loaded[EVENTS], knowledge().aliases, check_words())
    for side in (IS, STATE):
        counted = event_table.shares(side, YEAR["since"], YEAR["until"], "Syria")  # type: ignore[union-attr]
        total = sum(counted.values())
        whole = ", ".join(f"{who} {n:,} ({100 * n / total:.1f} %)" for who, n in counted.items())
        print(f"{'':16}{side.name}, {total:,} events: {whole}")
    print(*(f"{'':16}· {sentence}" for sentence in loaded[EVENTS].coverage.definition), sep="\n")
    print("\nThe seed's claims, asked by hand")
    right += asked(loaded, BY_HAND)
    print("\nThe seed's claims, as the reader finds them")
    found = seed()
    print(*(f"{f.claim}  {f.finding}: {f.reason}  [{f.format}]" for f in found), sep="\n")
    for words, expected in OF_SEED:
        there = [f for f in found if all(word in f.query for word in words)]
        right.append(bool(there) and {f.finding for f in there} == {expected})
        print(f"{'as expected' if right[-1] else 'NOT AS EXPECTED':16}{' … '.join(words)}: {expected}")
    print(f"\n{sum(right)} of {len(right)} as expected")
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main())
