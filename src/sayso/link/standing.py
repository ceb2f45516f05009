"""How two claims of one event stand to each other: what all signs together make most likely, and the sign to show.

In:   two Stated claims, the earlier one first; the score of their being of one event.   Out: Judged.
Knows nothing of: who is right; documents other than these two.

Whether two claims are of one event is another question, asked before (`matter`). Here a logistic regression over signs
(``data/standing.toml``, made by training/fit_standing.py) weighs what each of them speaks for. It tells nothing for
which no sign can be shown: then both can be so.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

import msgspec

from sayso.link.contradictions import QUESTIONS, Question, elsewhere, first, of_others, whose
from sayso.link.judged import Judged, Outcome, Sign
from sayso.link.matter import EVENT
from sayso.link.numbers import np
from sayso.link.signs import signs
from sayso.link.stated import Stated

OUTCOMES: tuple[Outcome, ...] = ("contradicts", "updates", "refines", "disputes-attribution", "compatible", "unknown")
EXCLUDE: tuple[Outcome, ...] = ("contradicts", "updates", "disputes-attribution")  # not both can be so
_FLATLY = ("contradicts", "disputes-attribution")  # a later word may well be the same claim in other words
MOST = 0.6  # the share of those outcomes from which on two claims are not taken to say the same
# What rules see is told instead of these: a contradiction instead of nothing, a later word instead of a contradiction;
# but not where all that they have is the only number of each, or two names.
_INSTEAD: dict[Outcome, tuple[Outcome, ...]] = {
    "contradicts": ("compatible", "unknown"),
    "updates": ("contradicts",),
}
_FIRM = frozenset(
    f"{rule}: {outcome}"
    for rule in ("polarity", "opposed", "numbers", "times", "overtaken", "changed")
    for outcome in ("contradicts", "updates")
)
TOLD = 0.4  # the least share of an outcome that the rules do not see, for it to be told
KEPT = 0.15  # the same for what they do see
_DIGITS = 6  # of a share
_NOTHING = "nothing shows that both speak of one event"


class Weights(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a sign of value 1 adds to the score of each of `OUTCOMES`; ``bias``: what each has without any."""

    bias: tuple[float, ...]
    signs: dict[str, tuple[float, ...]]


@cache
def weights() -> Weights:
    """Those of ``data/standing.toml``."""
    text = (resources.files("sayso") / "data" / "standing.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Weights)


class Standing(NamedTuple):
    """How a claim stands to an earlier one, and whether the two cannot say the same."""

    judged: Judged
    exclude: bool


def standing(a: Stated, b: Stated, sure: float) -> Standing:
    """How ``b`` stands to ``a``, the earlier one. ``sure``: the score of their being of one event (`matter.alike`).

    Where that is too low nothing is told of them, but what would be told may still keep them apart.
    """
    of_one = max(sure, EVENT)
    answers = {question: question(a, b) for question in QUESTIONS}
    found = list(_every(a, b, of_one, answers))
    likely = _likely(found)
    judged = _settled(a, b, _told(a, b, first(a, b, of_one, answers.__getitem__), found, likely), answers)
    surely = judged.outcome in EXCLUDE and sum(likely[o] for o in EXCLUDE) >= MOST
    exclude = surely or judged.outcome in _FLATLY
    return Standing(judged if sure >= EVENT else Judged(outcome="unknown", reason=_NOTHING), exclude)


def _settled(a: Stated, b: Stated, judged: Judged, answers: Mapping[Question, Judged | None]) -> Judged:
    """What is disputed is that it is so, where nothing tells whose saying would be disputed."""
    if judged.outcome != "disputes-attribution" or whose(a, b):
        return judged
    return next((said for question, said in answers.items() if QUESTIONS[question] == "polarity" and said), judged)


def _told(a: Stated, b: Stated, rules: Judged, found: Sequence[Sign], likely: Mapping[Outcome, float]) -> Judged:
    """What to say: what is likeliest, with the sign that shows it, or what the rules see."""
    outcome = max(OUTCOMES, key=lambda o: likely[o])
    if outcome == rules.outcome or (
        outcome in _INSTEAD.get(rules.outcome, ())
        and likely[rules.outcome] >= KEPT
        and any(s.name in _FIRM for s in found)
    ):
        return rules
    if outcome == "unknown":
        shown = _shown(found, outcome)
        return Judged(outcome=outcome, reason=shown.tells[outcome] if shown else _NOTHING)
    if likely[outcome] >= TOLD:
        shown = _shown(found, outcome)
        if shown:
            return Judged(outcome=outcome, reason=shown.tells[outcome], a=shown.a, b=shown.b)
    return Judged(outcome="compatible", reason="both can be so", a=a.claim.content.spans, b=b.claim.content.spans)


def _likely(found: Iterable[Sign]) -> dict[Outcome, float]:
    """The share of each outcome."""
    known = weights()
    seen = [sign for sign in found if sign.value and sign.name in known.signs]
    rows = np.array([known.bias, *(known.signs[sign.name] for sign in seen)])
    scores = (rows * np.array([1.0, *(sign.value for sign in seen)])[:, None]).sum(axis=0)
    shares = np.exp(scores - scores.max())
    return dict(zip(OUTCOMES, np.round(shares / shares.sum(), _DIGITS).tolist(), strict=True))


def _shown(found: Iterable[Sign], outcome: Outcome) -> Sign | None:
    """The sign to show for an outcome: of those that can be a reason for it, the one that most speaks for it, more than
    for both being so.
    """
    place, both = OUTCOMES.index(outcome), OUTCOMES.index("compatible")
    best, most = None, 0.0
    for sign in found:
        row = weights().signs.get(sign.name)
        if row and sign.value and outcome in sign.tells and (outcome == "unknown" or (sign.a and sign.b)):
            speaks = round(sign.value * (row[place] - row[both]), _DIGITS)
            if speaks > most:
                best, most = sign, speaks
    return best


def every_sign(a: Stated, b: Stated, sure: float) -> Iterator[Sign]:
    """All signs: what each rule says by itself, what all say in their order, and what else the words show."""
    return _every(a, b, sure, {question: question(a, b) for question in QUESTIONS})


def _every(a: Stated, b: Stated, sure: float, answers: Mapping[Question, Judged | None]) -> Iterator[Sign]:
    for question, name in QUESTIONS.items():
        if said := answers[question]:
            yield _sign(f"{name}: {said.outcome}", said)
    for name, score in (("rules", sure), ("rules, if sure", 1.0)):
        said = first(a, b, score, answers.__getitem__)
        yield _sign(f"{name}: {said.outcome}", said)
    yield Sign("elsewhere", float(elsewhere(a, b)), {"unknown": "they name others"})
    yield Sign("of others", float(of_others(a, b)), {"unknown": "they name others"})
    yield from signs(a, b, sure)


def _sign(name: str, said: Judged) -> Sign:
    return Sign(name, 1.0, {said.outcome: said.reason}, said.a, said.b)
