"""Log-odds, summed over origins and not over articles.

In:   Groups of Pieces that count as one origin each, priors.   Out: a Count: contributions, posterior, linchpins.
Knows nothing of: claims, files.

The posterior of h is in proportion to prior_h times the product of p_h over origins. Whoever only passes it on adds
log(c + (1-c) p_h), c being the chance that it is passed on unchecked; all copies together never move a ratio further
than the origin itself.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Literal

import msgspec

from sayso.weigh.pieces import Group, Piece
from sayso.weigh.weighed import Contribution, Count

Logs = tuple[float, ...]
_NOTHING = 1e-9  # differences below are rounding
_SHIFT = 0.1  # what a linchpin moves a posterior by, at the least
LEAST = 3  # independent origins, below which there is no posterior
_DIGITS = 6


def count(
    groups: Sequence[Group],
    priors: Mapping[str, float],
    *,
    cap: float,
    ties: Literal["dependent", "independent"],
) -> Count:
    """What the origins add up to. The posterior is there in any case: whether it may be shown, the caller knows."""
    names = tuple(priors)
    added = [(adds(group, cap), group) for group in groups]
    added.sort(key=lambda pair: (-round(spread(pair[0][0]), _DIGITS), pair[1].pieces[0].key))
    logs = [logs for (logs, _), _ in added]
    start = tuple(math.log(p) for p in priors.values())
    whole = posterior(start, logs)
    leads = _leads(whole, names)
    contributions = []
    for place, ((own, reasons), group) in enumerate(added):
        rest = posterior(start, [*logs[:place], *logs[place + 1 :]])
        root = _most(group.pieces, cap)
        contributions.append(
            Contribution(
                origin=root.origin,
                kind=root.kind,
                who=root.who,
                evidence=tuple(sorted({p.item + 1 for p in group.pieces})),
                documents=len({c for p in group.pieces if p.first is not None for c in p.carriers}),
                also=tuple(dict.fromkeys(p.who for p in group.pieces if p.key != root.key and p.who != root.who)),
                log=_by(names, own),
                speaks=spread(own) > _NOTHING,
                reasons=reasons,
                without=_by(names, rest),
                moves=round(max(abs(a - b) for a, b in zip(whole, rest, strict=True)), _DIGITS),
                leads=_leads(rest, names),
            )
        )
    return Count(
        ties=ties,
        origins=sum(c.speaks for c in contributions),
        contributions=tuple(contributions),
        posterior=_by(names, whole),
        leads=leads,
        linchpins=tuple(c.origin for c in contributions if c.leads != leads or (c.moves or 0) >= _SHIFT),
    )


def bare(counted: Count) -> Count:
    """The count without any posterior."""
    gone = {"without": None, "moves": None, "leads": None}
    contributions = tuple(msgspec.structs.replace(c, **gone) for c in counted.contributions)
    return msgspec.structs.replace(counted, contributions=contributions, posterior=None, leads=None, linchpins=())


def posterior(start: Logs, added: Sequence[Logs]) -> Logs:
    """Probabilities out of log priors and what each origin adds."""
    sums = [math.fsum(column) for column in zip(start, *added, strict=True)]
    top = max(sums)
    weights = [math.exp(s - top) for s in sums]
    total = math.fsum(weights)
    return tuple(w / total for w in weights)


def adds(group: Group, cap: float) -> tuple[Logs, tuple[str, ...]]:
    """What the pieces of one origin add together, and why."""
    root = _most(group.pieces, cap)
    reasons = list(root.reasons)
    own = _own(root, cap)
    copies = []
    for ref in sorted({p.ref for p in group.pieces}):
        of_ref = [p for p in group.pieces if p.ref == ref]
        number = len({c for p in of_ref for c in p.carriers}) - (1 if ref == root.ref else 0)
        if number:
            most = _most(of_ref, cap)
            logs, held = _copies(most, number, _own(most, cap))
            copies.append(logs)
            if ref != root.ref:
                reasons.extend(f"{_short(ref)}: {reason}" for reason in most.reasons)
            what = "1 copy" if number == 1 else f"{number:,} copies"
            beside = "" if ref == root.ref else f"{_short(ref)} counts as "
            reasons.append(
                f"{beside}{what}, passed on unchecked with {most.copies:g}"
                + (": held back, as copies never move a ratio further than their origin" if held else "")
            )
    total = tuple(math.fsum(column) for column in zip(*copies, strict=True)) if copies else (0.0,) * len(own)
    if spread(total) > spread(own) + _NOTHING:
        total = _scaled(total, spread(own) / spread(total))
        reasons.append("all that it says beside: held back to what one origin may move")
    out = tuple(a + b for a, b in zip(own, total, strict=True))
    if root.unnamed and (spread(_logs(root.likely)) > math.log(cap) or spread(out) > math.log(cap) + _NOTHING):
        out = _capped(out, cap)
        reasons.append(f"nobody is named: no ratio moves further than {cap:g} to 1")
    reasons.extend(f"counted as one: {why}" for why in group.why)
    return out, tuple(reasons)


def spread(logs: Logs) -> float:
    """The most by which a ratio of two hypotheses is moved, as a logarithm."""
    return max(logs) - min(logs)


def _most(pieces: Sequence[Piece], cap: float) -> Piece:
    """The piece that says most: the others count as its copies."""
    return min(pieces, key=lambda p: (-round(spread(_own(p, cap)), _DIGITS), p.key))


def _own(piece: Piece, cap: float) -> Logs:
    logs = _logs(piece.likely)
    return _capped(logs, cap) if piece.unnamed else logs


def _copies(piece: Piece, number: int, own: Logs) -> tuple[Logs, bool]:
    """What ``number`` copies add, and whether they were held back: pair by pair no further than ``own``."""
    c = piece.copies
    logs = tuple(number * math.log(c + (1 - c) * p) for p in piece.likely)
    part = 1.0
    for (a, b), (u, v) in zip(combinations(logs, 2), combinations(own, 2), strict=True):
        if abs(a - b) > abs(u - v) + _NOTHING:
            part = min(part, abs(u - v) / abs(a - b))
    return _scaled(logs, part), part < 1


def _logs(likely: Sequence[float]) -> Logs:
    return tuple(math.log(p) for p in likely)


def _scaled(logs: Logs, part: float) -> Logs:
    return tuple(part * x for x in logs)


def _capped(logs: Logs, cap: float) -> Logs:
    width = spread(logs)
    return _scaled(logs, math.log(cap) / width) if width > math.log(cap) else logs


def _by(names: Sequence[str], values: Sequence[float]) -> dict[str, float]:
    return {name: round(value, _DIGITS) for name, value in zip(names, values, strict=True)}


def _leads(values: Logs, names: Sequence[str]) -> tuple[str, ...]:
    top = max(values)
    return tuple(name for name, value in zip(names, values, strict=True) if top - value < _NOTHING)


def _short(ref: str) -> str:
    line = " ".join(ref.split())
    return line if len(line) <= 40 else line[:39] + "…"
