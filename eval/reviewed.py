"""Scores the reader on a desk's own judgements: `python -m eval.reviewed CASE`.

In:   a case in which people have ruled on claims.   Out: a table, every figure with its n; JSON with --json.
Knows nothing of: how rulings were made.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.brat import Attribution
from eval.score import ROLES, Scores, score
from sayso.case import Case
from sayso.errors import SaysoError
from sayso.records import Claim
from sayso.review import Standing, Standings

_SETTLED = frozenset(("accepted", "edited", "rejected"))
_Z = 1.959964  # of the normal distribution, for 95 %


@dataclass(frozen=True)
class Share:
    """``hits`` of ``n``, with Wilson's 95 % interval (Wilson 1927). It takes claims as independent of each other, which
    those of one document are not quite: with few documents it is too narrow.
    """

    hits: int
    n: int

    @property
    def interval(self) -> tuple[float, float]:
        """
        >>> tuple(round(end, 3) for end in Share(8, 10).interval)
        (0.49, 0.943)
        """
        if not self.n:
            return (0.0, 1.0)
        part, square = self.hits / self.n, _Z**2 / self.n
        middle = (part + square / 2) / (1 + square)
        half = _Z / (1 + square) * math.sqrt(part * (1 - part) / self.n + square / (4 * self.n))
        return (max(0.0, middle - half), min(1.0, middle + half))


@dataclass(frozen=True)
class Measured:
    """``kept``: claims of the machine that people accepted as they are, of those on which they settled;
    ``not_rejected``: those too that they edited. ``edited``: the machine's spans against a person's, over the ``pairs``
    of claims that became one other claim. ``whole``: machine against people over the documents in which every claim is
    settled: ``complete`` of ``documents``.
    """

    documents: int
    complete: int
    reviewers: int
    states: dict[str, int]
    kept: Share
    not_rejected: Share
    pairs: int
    edited: Scores
    whole: Scores


def measure(reviewed: Sequence[Standings]) -> Measured:
    """Counts over the documents on which there are judgements."""
    states: Counter[str] = Counter()
    people: set[str] = set()
    pairs, edited, whole, complete = 0, Scores(), Scores(), 0
    for standings in reviewed:
        people |= {judgement.by for judgement in standings.judgements}
        machine = [s for s in standings if s.machine]
        states.update(s.state for s in machine)
        for before, after in _edited(standings, machine):
            pairs += 1
            edited += score([_attribution(before)], [_attribution(after)])
        if all(s.state in _SETTLED for s in machine):
            complete += 1
            own = [_attribution(claim) for claim in standings.ledger.claims]
            whole += score(own, [_attribution(claim) for claim in standings.reviewed().claims])
    settled = sum(states[state] for state in _SETTLED)
    return Measured(
        documents=len(reviewed),
        complete=complete,
        reviewers=len(people),
        states=dict(sorted(states.items())),
        kept=Share(states["accepted"], settled),
        not_rejected=Share(settled - states["rejected"], settled),
        pairs=pairs,
        edited=edited,
        whole=whole,
    )


def _edited(standings: Standings, machine: Sequence[Standing]) -> list[tuple[Claim, Claim]]:
    """Claims that people made into one other claim, which is made of no second one."""
    became = [
        (s.machine, standings.stands(s.machine.id)) for s in machine if s.machine is not None and s.state == "edited"
    ]
    made_of = Counter(claim.id for _, now in became for claim in now)
    return [(before, now[0]) for before, now in became if len(now) == 1 and made_of[now[0].id] == 1]


def _attribution(claim: Claim) -> Attribution:
    return Attribution(
        source=claim.source.spans if claim.source else (),
        cue=claim.cue.spans if claim.cue else (),
        content=claim.content.spans,
    )


def _table(measured: Measured) -> str:
    out = [
        f"{measured.documents:,} documents, {measured.complete:,} settled throughout; {measured.reviewers:,} reviewers",
        "claims of the machine: " + ", ".join(f"{n:,} {state}" for state, n in measured.states.items()),
        "",
        "precision            %     95 %          n",
    ]
    for what, share in (("right as it was", measured.kept), ("not rejected", measured.not_rejected)):
        low, high = share.interval
        part = f"{100 * share.hits / share.n:5.1f}" if share.n else "    -"
        out.append(f"{what:<17} {part}   {100 * low:.1f} to {100 * high:.1f}   {share.n:,}")
    for title, number, scores in (
        (f"edited claims, machine against person (n = {measured.pairs:,})", measured.pairs, measured.edited),
        (f"documents settled throughout (n = {measured.complete:,})", measured.complete, measured.whole),
    ):
        if number:
            out += ["", title, "role       exact P     R    F1   characters F1"]
            for role in ROLES:
                exact, characters = scores.exact[role], scores.characters[role]
                figures = " ".join(f"{100 * x:5.1f}" for x in (exact.precision, exact.recall, exact.f1))
                out.append(f"{role:<10}   {figures}           {100 * characters.f1:5.1f}")
    if measured.complete:
        linked = measured.whole.linked
        out.append(f"linked: P {100 * linked.precision:.1f}, R {100 * linked.recall:.1f}, F1 {100 * linked.f1:.1f}")
        out.append("R counts what people added: what nobody saw is in no figure")
    return "\n".join(out)


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m eval.reviewed", description=__doc__)
    parser.add_argument("case", help="a case that was reviewed")
    parser.add_argument("--json", metavar="OUT", type=Path, help="write the figures to a file")
    given = parser.parse_args(arguments)
    try:
        with Case.open(given.case) as case:
            judged = dict.fromkeys(judgement.document for judgement in case.review.judgements())
            measured = measure([case.review.standings(document) for document in judged])
    except SaysoError as error:
        print(f"eval.reviewed: {error}", file=sys.stderr)
        return 2
    if not measured.documents:
        print(f"eval.reviewed: {given.case}: nobody has ruled on a claim yet: `sayso serve` opens it", file=sys.stderr)
        return 2
    print(_table(measured))
    if given.json:
        given.json.write_text(json.dumps(asdict(measured), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
