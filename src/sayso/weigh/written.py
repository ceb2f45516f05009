"""A file of hypotheses written anew, after something in it was changed on a page.

In:   Hypotheses.   Out: the text of a TOML file that asks the same; Hypotheses with other numbers.
Knows nothing of: comments that stood in the file: they are not kept.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from sayso.errors import BadHypotheses
from sayso.weigh.defaults import CAP, COPIES
from sayso.weigh.hypotheses import OTHER, Evidence, Hypotheses, Hypothesis, Source

_DIGITS = 12
_LEFT_OUT: dict[str, object] = {"copies": COPIES, "credibility": "medium", "relevance": "medium", "letter": "F"}
_Value = str | float | date | Mapping[str, float] | Sequence[str]


def toml(asked: Hypotheses) -> str:
    """The file. What has its usual value is left out; `hypotheses` reads the same from it."""
    blocks = [f"question = {_written(asked.question)}\n"]
    if asked.anonymous_cap != CAP:
        blocks[0] += f"anonymous_cap = {_written(asked.anonymous_cap)}\n"
    for name, given in (("hypothesis", asked.hypothesis), ("evidence", asked.evidence), ("source", asked.source)):
        blocks += [f"[[{name}]]\n" + "".join(_lines(one)) for one in given]
    return "\n".join(blocks)


def _lines(one: Hypothesis | Evidence | Source) -> Iterator[str]:
    for field in msgspec.structs.fields(one):
        value = getattr(one, field.name)
        if (
            value is not None
            and value != _LEFT_OUT.get(field.name)
            and not (isinstance(value, dict | tuple) and not value)
        ):
            yield f"{field.encode_name} = {_written(value)}\n"


def _written(value: _Value) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")  # the same rules, but for one character
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(name)} = {_written(inner)}" for name, inner in value.items()) + " }"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(_written, value)) + "]"
    return repr(float(value))


def _key(name: str) -> str:
    return name if name.isascii() else json.dumps(name, ensure_ascii=False)


def with_priors(asked: Hypotheses, priors: Mapping[str, float]) -> Hypotheses:
    """With other priors. "other" takes what they leave, whether it is given or not. Raises BadHypotheses."""
    now = {h.id: priors.get(h.id, h.prior) for h in asked.hypothesis if h.id != OTHER}
    total = math.fsum(now.values())
    if not total < 1:
        raise BadHypotheses(
            f'{asked.path}: the priors sum to {total:.4g}: lower them, so that something is left for "{OTHER}"'
        )
    rest = round(1 - total, _DIGITS)
    changed = tuple(msgspec.structs.replace(h, prior=now.get(h.id, rest)) for h in asked.hypothesis)
    return msgspec.structs.replace(asked, hypothesis=changed)


def with_likelihoods(asked: Hypotheses, place: int, likely: Mapping[str, float]) -> Hypotheses:
    """With likelihoods for the evidence at ``place`` (from 0), in place of what it gives."""
    changed = msgspec.structs.replace(asked.evidence[place], likely=dict(likely), for_=(), against=())
    return with_evidence(asked, place, changed)


def with_evidence(asked: Hypotheses, place: int, evidence: Evidence) -> Hypotheses:
    """With another evidence at ``place`` (from 0)."""
    return msgspec.structs.replace(asked, evidence=(*asked.evidence[:place], evidence, *asked.evidence[place + 1 :]))
