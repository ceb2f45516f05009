"""The file in which a user asks: hypotheses, evidence with its likelihoods, grades of sources.

In:   the bytes of a TOML file and its name.   Out: Hypotheses; BadHypotheses names the file, the place, what to do.
Knows nothing of: the case, whether a claim is there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

import msgspec

from sayso.errors import BadHypotheses
from sayso.links import OriginKind
from sayso.toml import parsed
from sayso.weigh.defaults import CAP, COPIES

Level = Literal["low", "medium", "high"]
Letter = Literal["A", "B", "C", "D", "E", "F"]

OTHER = "other"
_REST = 0.05  # the least that is left for what nobody thought of
_LEAST, _MOST = 0.01, 0.99  # one report rules nothing out
_NAME = re.compile(r"[\w-]+")
_AT = re.compile(r"`\$\.?(.*)`$")
_ROUNDING = 1e-6


class _Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Hypothesis(_Strict, frozen=True, kw_only=True):
    """One of the explanations that exclude each other. ``says`` and ``prior`` are the user's."""

    id: str
    says: str
    prior: float


class Evidence(_Strict, frozen=True, kw_only=True, rename={"for_": "for"}):
    """What was said or found, and how likely that is under each hypothesis.

    Exactly one of ``claim`` (one claim; with ``table``: what that table showed on it), ``cluster`` (all claims that say
    the same, by the cluster's id or that of one of them) and ``says`` (not in the case). ``who`` says it and what
    ``kind`` of origin that is: also where the reader took somebody else for the source of a claim.
    """

    claim: str | None = None
    table: str | None = None
    cluster: str | None = None
    says: str | None = None
    who: str | None = None
    kind: OriginKind | None = None
    likely: dict[str, float] = {}
    for_: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    anyway: float | None = None
    copies: float = COPIES
    credibility: Level = "medium"
    relevance: Level = "medium"
    note: str | None = None

    @property
    def ref(self) -> str:
        """By what it is known, wherever it stands in the file."""
        if self.claim is not None:
            return f"{self.table} on {self.claim}" if self.table else self.claim
        return self.cluster or self.says or ""


class Source(_Strict, frozen=True, kw_only=True):
    """A person's grade of a source; F: reliability not judged."""

    name: str
    letter: Letter = "F"
    by: str | None = None
    on: date | None = None
    why: str | None = None


class Slot(_Strict, frozen=True, kw_only=True):
    """Something that has one value, a number or a date, and what is said of it.

    ``claims``: of the case; ``kind``: which of their quantities it is ("killed", …), or "date". ``said``: by
    source, what is not in the case.
    """

    name: str
    claims: tuple[str, ...] = ()
    kind: str | None = None
    said: dict[str, str | int | float] = {}


class Hypotheses(_Strict, frozen=True, kw_only=True):
    """A question and all that the user says on it. "other" is among the hypotheses."""

    question: str
    hypothesis: tuple[Hypothesis, ...]
    evidence: tuple[Evidence, ...] = ()
    source: tuple[Source, ...] = ()
    slot: tuple[Slot, ...] = ()
    anonymous_cap: float = CAP
    path: str = ""

    def bad_slot(self, slot: Slot, problem: str) -> BadHypotheses:
        return BadHypotheses(f"{self.path}: slot {self.slot.index(slot) + 1} ({slot.name}): {problem}")

    def bad(self, place: int, problem: str) -> BadHypotheses:
        """A complaint about the evidence at ``place`` (from 0)."""
        return BadHypotheses(f"{self.path}: {_place(place, self.evidence[place])}: {problem}")


def hypotheses(raw: bytes, name: str) -> Hypotheses:
    """What a TOML file asks. Raises BadHypotheses."""
    try:
        read = msgspec.convert(parsed(raw), Hypotheses)
    except msgspec.ValidationError as error:  # a ValueError, too
        raise BadHypotheses(f"{name}: {_plainly(str(error))}") from error
    except ValueError as error:
        raise BadHypotheses(f"{name}: no TOML: {error}") from error
    for problem in _problems(read):
        raise BadHypotheses(f"{name}: {problem}")
    return msgspec.structs.replace(read, hypothesis=_with_other(read.hypothesis), path=name)


def with_letters(asked: Hypotheses, letters: Iterable[Source]) -> Hypotheses:
    """The same with grades for those sources that it does not grade itself."""
    own = {source.name.casefold() for source in asked.source}
    more = (source for source in letters if source.name.casefold() not in own)
    return msgspec.structs.replace(asked, source=(*asked.source, *more))


def _plainly(message: str) -> str:
    """A message of msgspec with its place in words: "evidence 2, anyway"."""
    what, _, at = message.partition(" - at ")
    found = _AT.match(at)
    path = found[1] if found else ""
    path = re.sub(r"\[(\d+)\]", lambda m: f" {int(m[1]) + 1}", path).replace("[...]", "")
    return f"{path.replace('.', ', ')}: {what}" if path else what


def _place(number: int, evidence: Evidence) -> str:
    ref = " ".join(evidence.ref.split())
    return f"evidence {number + 1} ({ref[:40]}{'…' if len(ref) > 40 else ''})" if ref else f"evidence {number + 1}"


def _problems(read: Hypotheses) -> Iterator[str]:
    """What is wrong, the first thing first."""
    yield from _of_hypotheses(read.hypothesis)
    if not (math.isfinite(read.anonymous_cap) and read.anonymous_cap >= 1):
        yield f"anonymous_cap is {read.anonymous_cap:g}: give a ratio of 1 or more ({CAP:g} where it is left out)"
    known = {h.id for h in read.hypothesis} | {OTHER}
    seen: set[str] = set()
    for number, evidence in enumerate(read.evidence):
        for problem in (*_of_place(evidence), *_of_likelihood(evidence, known)):
            yield f"{_place(number, evidence)}: {problem}"
        if evidence.ref in seen:
            yield f"{_place(number, evidence)}: is named twice: leave one out, or it would count twice"
        seen.add(evidence.ref)
    names = [slot.name for slot in read.slot]
    for number, slot in enumerate(read.slot, 1):
        if not slot.claims and not slot.said:
            yield f"slot {number} ({slot.name}): give claims with a kind, or said = {{ source = value }}"
        if bool(slot.claims) != (slot.kind is not None):
            yield f'slot {number} ({slot.name}): claims need a kind, which of their numbers it is, or kind = "date"'
        if names.index(slot.name) + 1 < number:
            yield f"slot {number}: the name “{slot.name}” is taken: names must differ"
    for number, source in enumerate(read.source, 1):
        if source.letter != "F" and not (source.by and source.on and source.why):
            yield f"source {number} ({source.name}): a grade needs who gave it (by), when (on) and why"


def _of_hypotheses(given: Sequence[Hypothesis]) -> Iterator[str]:
    names = [h.id for h in given]
    if not set(names) - {OTHER}:
        yield 'no [[hypothesis]] beside "other": give at least one'
    for number, one in enumerate(given, 1):
        if not _NAME.fullmatch(one.id):
            yield f'hypothesis {number}: id "{one.id}": use letters, digits, "-" and "_"'
        if names.index(one.id) + 1 < number:
            yield f'hypothesis {number}: id "{one.id}" is taken: ids must differ'
        if not 0 < one.prior < 1:
            yield f"hypothesis {number} ({one.id}): prior is {one.prior:g}: give a probability between 0 and 1"
    total = math.fsum(h.prior for h in given)
    if OTHER in names and abs(total - 1) > _ROUNDING:
        yield f"the priors sum to {total:.4g}, not to 1: change them, or leave out {OTHER}, which then takes the rest"
    if OTHER not in names and total > 1 - _REST + _ROUNDING:
        yield (
            f'the priors sum to {total:.4g}, and "{OTHER}" needs at least {_REST} for all to sum to 1: lower them,'
            f' or give "{OTHER}" a prior of its own'
        )


def _of_place(evidence: Evidence) -> Iterator[str]:
    named = [v for v in (evidence.claim, evidence.cluster, evidence.says) if v is not None]
    if len(named) != 1 or not named[0].strip():
        yield "give exactly one of claim, cluster and says"
    if evidence.claim is not None and not evidence.claim.startswith("c"):
        yield 'claim: give the id of a claim (c…); for a cluster write cluster = "k…"'
    if evidence.cluster is not None and not evidence.cluster.startswith(("c", "k")):
        yield "cluster: give the id of a cluster (k…) or of a claim in it (c…)"
    if evidence.table is not None and evidence.claim is None:
        yield "table: give the claim, too, on which the table was asked"
    if (evidence.cluster or evidence.table) and (evidence.who or evidence.kind):
        yield "who and kind go with says, or with a single claim: a cluster has many origins, a table is its own"


def _of_likelihood(evidence: Evidence, known: set[str]) -> Iterator[str]:
    short = (*evidence.for_, *evidence.against)
    if bool(evidence.likely) == bool(short):
        yield "give either likely = {…} or for / against"
    for name in (*evidence.likely, *short):
        if name not in known:
            yield f'there is no hypothesis "{name}": the ids are {", ".join(sorted(known))}'
    if both := set(evidence.for_) & set(evidence.against):
        yield f"{min(both)} stands under for and against: leave it out of one"
    if evidence.likely and OTHER not in evidence.likely:
        yield 'likely: say how likely it is under "other"; hypotheses that are left out take that value'
    for name, value in evidence.likely.items():
        if not _LEAST <= value <= _MOST:
            yield f"likely, {name} is {value:g}: give {_LEAST} to {_MOST}, as no single report settles anything"
    for name, part in (("anyway", evidence.anyway), ("copies", evidence.copies)):
        if part is not None and not 0 <= part <= 1:
            yield f"{name} is {part:g}: give a probability between 0 and 1"


def _with_other(given: tuple[Hypothesis, ...]) -> tuple[Hypothesis, ...]:
    if any(h.id == OTHER for h in given):
        return given
    rest = 1 - math.fsum(h.prior for h in given)
    return (*given, Hypothesis(id=OTHER, says="something else", prior=round(rest, 12)))
