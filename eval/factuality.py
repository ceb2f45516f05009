"""How sure an event is put: the rules of resolve beside annotated sets, and beside our own slice of denials.

    python -m eval.factuality              table of all dev sets
    python -m eval.factuality --denials    our own sentences, value and act, the two halves apart
    python -m eval.factuality --fit        learn data/certainty.toml anew (needs a parser)

UDS-IH2 (Rudinger et al. 2018) annotates sentences of EWT, so its trees are the treebank's. UW (Lee et al. 2015),
MEANTIME (Minard et al. 2016) and CommitmentBank (de Marneffe et al. 2019), all on the scale of Stanovsky et al. (2017),
need a parser. Classes are FactBank's by the nearest whole number: 3 CT+, 2 PR+, 1 PS+, 0 Uu, and so on down.

The table that ships is learned on all train sets, UDS-IH2 weighing as much as the others together: it asks whether the
event has happened by now and puts what "will" happen as surely not; the others ask whether the text has it happen at
all, and their annotators lean to yes where nothing is said.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
from tests.marked import strip

from eval.conllu import read_treebank
from eval.polnear import data_folder
from sayso.case import lexicon
from sayso.errors import NotFound
from sayso.lexicon import Lexicon
from sayso.records import Factuality
from sayso.resolve.acts import speech_act
from sayso.resolve.factuality import Judged, Scales, factuality_of_event, judged_by, scales
from sayso.resolve.stances import SCALE, Stances, stances
from sayso.spans import Span
from sayso.syntax import Syntax

Parse = Callable[[str], Syntax]
CLASSES: tuple[Factuality, ...] = ("CT+", "PR+", "PS+", "Uu", "PS-", "PR-", "CT-")
_CLOSED = re.compile(r" (?=[.,;:?!)\]%]|n't\b|'(?:s|re|ve|ll|d|m)\b|'' )|(?<=[(\[$]) ")


@dataclass(frozen=True)
class Event:
    """An event of a set: its tree, its token, the annotators' mean (-3 to 3)."""

    syntax: Syntax
    token: int
    label: float


def words() -> tuple[Stances, Scales]:
    """The lists as sayso ships them."""
    data = resources.files("sayso") / "data"
    sayers = [verb.lemma for verb in lexicon().verbs]
    table = data / "certainty.toml"
    shipped = scales(table.read_text()) if table.is_file() else Scales(alone={}, beside={})
    return stances((data / "factuality.toml").read_text(), sayers), shipped


def uds(folder: Path, split: str) -> list[Event]:
    """UDS-IH2 on the trees of EWT; a sentence of another wording than the treebank's is left out."""
    trees: dict[str, tuple[Syntax, range]] = {}
    for document in read_treebank(folder / f"ud-ewt/en_ewt-ud-{split}.conllu"):
        syntax, at = document.syntax(), 0
        while at < len(syntax):
            sentence = syntax.sentence_of(at)
            trees.setdefault("".join(document.rows[t][1] for t in sentence), (syntax, sentence))
            at = sentence.stop
    found: list[Event] = []
    for tokens, targets in _rows(folder / f"factuality/UDS_IH2/{split}.jsonl"):
        if "".join(tokens) not in trees:
            continue
        syntax, sentence = trees["".join(tokens)]
        places, at = {}, 0
        for token in sentence:
            places[at] = token
            at += len(syntax.form(token).replace(" ", ""))
        for first, label in targets:
            place = len("".join(tokens[:first]))
            if place in places:
                found.append(Event(syntax, places[place], label))
    return found


def parsed(path: Path, parse: Parse) -> list[Event]:
    """A set without trees, its text put together again and parsed."""
    found: list[Event] = []
    for tokens, targets in _rows(path):
        text, places = joined(tokens)
        syntax = parse(text)
        for first, label in targets:
            inside = syntax.within(places[first])
            if inside:
                found.append(Event(syntax, inside[-1], label))
    return found


def _rows(path: Path) -> Iterable[tuple[list[str], list[tuple[int, float]]]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["text"].split(" "), [(t["span1"][0], float(t["label"])) for t in row["targets"]]


def joined(tokens: Sequence[str]) -> tuple[str, list[Span]]:
    """Tokens written as a text would have them, and where each stands.

    >>> joined(["He", "did", "n't", "go", "."])[0]
    "He didn't go."
    """
    spaced = " ".join(tokens) + " "
    drop = {m.start() for m in _CLOSED.finditer(spaced)}
    moved = np.cumsum([i in drop for i in range(len(spaced))])
    places, at = [], 0
    for token in tokens:
        places.append(Span(at - int(moved[at]), max(at + len(token) - int(moved[at]), at - int(moved[at]) + 1)))
        at += len(token) + 1
    return "".join(c for i, c in enumerate(spaced) if i not in drop).rstrip(), places


def judge(events: Sequence[Event], lists: Stances, table: Scales) -> list[Judged]:
    """What the rules say of each event, read within its whole sentence."""
    out = []
    for event in events:
        sentence = event.syntax.sentence_of(event.token)
        within = Span(event.syntax.start[sentence.start], event.syntax.end[sentence.stop - 1])
        out.append(factuality_of_event(event.syntax, event.token, within, lists, table))
    return out


# --- figures ---


def class_of(number: float) -> Factuality:
    """The FactBank value nearest to a number."""
    return CLASSES[3 - max(-3, min(3, math.floor(number + 0.5)))]


def macro_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    """The mean F1 of the classes that occur in ``gold``, in percent."""
    scores = []
    for name in set(gold):
        right = sum(g == f == name for g, f in zip(gold, found, strict=True))
        scores.append(200 * right / (gold.count(name) + list(found).count(name)))
    return sum(scores) / len(scores)


def figures(gold: Sequence[float], found: Sequence[float], values: Sequence[Factuality]) -> tuple[float, ...]:
    """MAE, Pearson r of the numbers; macro F1 of the values over seven classes and over three (so, open, not so)."""
    error = float(np.mean(np.abs(np.subtract(gold, found))))
    r = float(np.corrcoef(gold, found)[0, 1]) if np.std(found) > 0 else float("nan")
    seven = macro_f1([class_of(g) for g in gold], list(values))
    three = macro_f1([_sign(class_of(g)) for g in gold], [_sign(v) for v in values])
    return error, r, seven, three


def _sign(value: Factuality) -> str:
    return "so" if SCALE[value] > 0 else "not" if SCALE[value] < 0 else "open"


# --- the number ---


def fit(
    events: Sequence[Event],
    judged: Sequence[Judged],
    *,
    beside: bool,
    weight: Sequence[float] | None = None,
    ridge: float = 5.0,
) -> dict[str, float]:
    """Summands of each value and reason: a ridge regression, made robust by weights (Huber, five rounds)."""
    rows = [{j.value, *(r.why for r in j.why)} for j in judged]
    names = sorted({name for row in rows for name in row})
    x = np.array([[name in row for name in names] for row in rows], dtype=float)
    if beside:
        names.append("estimate")
        x = np.column_stack([x, [e.syntax.certainty[e.token] for e in events]])
    y = np.array([e.label for e in events])
    given = np.ones(len(y)) if weight is None else np.array(weight)
    weights = given
    solution = np.zeros(len(names))
    for _ in range(5):
        xw = x * weights[:, None]
        solution = np.linalg.solve(xw.T @ x + ridge * np.eye(len(names)), xw.T @ y)
        weights = given / np.maximum(np.abs(y - x @ solution), 0.5)
    return {name: round(float(s), 2) for name, s in zip(names, solution, strict=True)}


def has_estimates(events: Sequence[Event]) -> bool:
    """Does the reader say how certain each event is put?"""
    return not any(math.isnan(e.syntax.certainty[e.token]) for e in events)


def learned(train: dict[str, list[Event]], lists: Stances) -> Scales:
    """The table that ships."""
    events = [event for found in train.values() for event in found]
    of_uds = len(train["UDS-IH2"])
    weight = [(len(events) - of_uds) / of_uds] * of_uds + [1.0] * (len(events) - of_uds)
    judged = judge(events, lists, Scales(alone={}, beside={}))
    beside = fit(events, judged, beside=True, weight=weight) if has_estimates(events) else {}
    return Scales(alone=fit(events, judged, beside=False, weight=weight), beside=beside)


def as_toml(table: Scales) -> str:
    """The file of the table."""
    head = (
        "# How sure an event is put, as a number: a summand for its value and for each reason; -3 to 3.\n"
        "# Learned by `python -m eval.factuality --fit` on train: UDS-IH2, UW, MEANTIME, CommitmentBank.\n"
        "# alone: where the reader gives no estimate of its own; beside: together with it.\n"
    )
    parts = [
        f"\n[{part}]\n" + "".join(f'"{k}" = {v}\n' for k, v in rows.items())
        for part, rows in (("alone", table.alone), ("beside", table.beside))
    ]
    return head + "".join(parts)


def with_table(judged: Sequence[Judged], events: Sequence[Event], table: Scales) -> list[float]:
    """The numbers of a table for events that were judged."""
    return [table.certainty(j.value, j.why, e.syntax.certainty[e.token]) for j, e in zip(judged, events, strict=True)]


def sets(folder: Path, split: str, parse: Parse | None) -> dict[str, list[Event]]:
    """The annotated sets by name; those without trees only where there is a parser."""
    found = {"UDS-IH2": uds(folder, split)}
    if parse is not None:
        for name in ("UW", "MEANTIME", "CB/CB"):
            found[name.partition("/")[0]] = parsed(folder / f"factuality/{name}/{split}.jsonl", parse)
    return found


def parser() -> Parse | None:
    """The reader's, where this version has one."""
    try:
        from eval.parsing import parser as of_reader  # noqa: PLC0415  # it comes with the reader's grammar
    except ImportError:
        return None
    made: Parse = of_reader()
    return made


def table_of(dev: dict[str, list[Event]], train: dict[str, list[Event]]) -> str:
    """All dev sets, as a text."""
    lists, shipped = words()
    lines = [f"{'set':10} {'events':>6}  {'':27} {'MAE':>5} {'r':>6} {'F1-7':>6} {'F1-3':>6}"]
    for name, events in dev.items():
        gold = [e.label for e in events]
        judged, before = judge(events, lists, shipped), judge(train[name], lists, shipped)
        values = [j.value for j in judged]
        middle = float(np.median([e.label for e in train[name]]))
        rows: list[tuple[str, Sequence[float], Sequence[Factuality]]] = [
            ("all CT+", [3.0] * len(gold), ["CT+"] * len(gold)),
            ("all the median of its train", [middle] * len(gold), [class_of(middle)] * len(gold)),
            ("rules", [float(SCALE[v]) for v in values], values),
            ("rules, shipped table", [j.certainty for j in judged], values),
        ]
        own = Scales(alone=fit(train[name], before, beside=False), beside={})
        rows.append(_with_classes("rules, table of its train", with_table(judged, events, own)))
        if has_estimates([*events, *train[name]]):
            both = Scales(alone={}, beside=fit(train[name], before, beside=True))
            rows.append(_with_classes("the same, with the reader", with_table(judged, events, both)))
            rows.append(_with_classes("the reader alone", [e.syntax.certainty[e.token] for e in events]))
        for number, (label, found, classes) in enumerate(rows):
            error, r, seven, three = figures(gold, found, classes)
            shown = f"{name:10} {len(gold):>6}" if not number else " " * 17
            lines.append(f"{shown}  {label:27} {error:5.2f} {r:6.3f} {seven:6.1f} {three:6.1f}")
    return "\n".join(lines)


def _with_classes(label: str, numbers: list[float]) -> tuple[str, list[float], list[Factuality]]:
    return label, numbers, [class_of(n) for n in numbers]


# --- our own sentences ---


def denials(path: Path, parse: Parse) -> str:
    """Value and act on the two halves of our slice of denials, and beside it always saying CT-, and "assert"."""
    lists, shipped = words()
    lexical = lexicon()
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines = [f"{'half':5} {'cases':>5} {'value':>6} {'F1':>6} {'act':>6}   baseline: value, F1, act"]
    for half in ("dev", "test"):
        chosen = [case for case in cases if case["half"] == half]
        found = [_answer(case["text"], parse, lists, lexical, shipped) for case in chosen]
        gold = [case["value"] for case in chosen]
        values = 100 * sum(v == g for (v, _), g in zip(found, gold, strict=True)) / len(chosen)
        acts = 100 * sum(a == case["act"] for (_, a), case in zip(found, chosen, strict=True)) / len(chosen)
        always = max(set(gold), key=gold.count)
        lines.append(
            f"{half:5} {len(chosen):>5} {values:6.1f} {macro_f1(gold, [v for v, _ in found]):6.1f} {acts:6.1f}   "
            f"{100 * gold.count(always) / len(gold):.1f} {macro_f1(gold, [always] * len(gold)):.1f} "
            f"{100 * sum(case['act'] == 'assert' for case in chosen) / len(chosen):.1f}"
        )
    return "\n".join(lines)


def _answer(sentence: str, parse: Parse, lists: Stances, lexical: Lexicon, table: Scales) -> tuple[Factuality, str]:
    plain, marks = strip(sentence)
    opened, closed = plain.index("{"), plain.index("}")
    text = plain.replace("{", "").replace("}", "")
    spans = {
        role: tuple(Span(_moved(s.start, opened, closed), _moved(s.end, opened, closed)) for s in found)
        for role, found in marks.get("1", {}).items()
    }
    syntax = parse(text)
    content = spans.get("content", (Span(0, len(text)),))
    cue = spans["cue"][0] if "cue" in spans else None
    stance = speech_act(syntax, spans.get("source", ()), cue, content, lists, lexical)
    event = syntax.within(Span(opened, closed - 1))[-1]
    within = next(s for s in content if event in syntax.within(s))
    judged = factuality_of_event(syntax, event, within, lists, table)
    return (judged_by(stance, judged, table) if cue else judged).value, stance.act


def _moved(place: int, opened: int, closed: int) -> int:
    """A place once the braces are taken out."""
    return place - (place > opened) - (place > closed)


def main() -> int:
    """Prints a table, or writes the file of the numbers."""
    options = argparse.ArgumentParser(prog="python -m eval.factuality")
    options.add_argument("--denials", action="store_true", help="our own sentences (needs a parser)")
    options.add_argument("--fit", action="store_true", help="learn data/certainty.toml anew (needs a parser)")
    arguments = options.parse_args()
    parse, folder = parser(), data_folder()
    if parse is None and (arguments.denials or arguments.fit):
        print("this version has no parser (eval.parsing)", file=sys.stderr)
        return 2
    if arguments.denials and parse is not None:
        print(denials(Path("tests/cases/denials.jsonl"), parse))
        return 0
    if not (folder / "factuality").is_dir():
        print(NotFound(f"{folder}: no factuality sets there: see eval/README.md"), file=sys.stderr)
        return 2
    train = sets(folder, "train", parse)
    if arguments.fit:
        Path("src/sayso/data/certainty.toml").write_text(as_toml(learned(train, words()[0])), encoding="utf-8")
        return 0
    print(table_of(sets(folder, "dev", parse), train))
    return 0


if __name__ == "__main__":
    sys.exit(main())
