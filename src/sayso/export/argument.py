"""The map of a file of hypotheses in Argdown: each hypothesis, and the evidence that speaks for or against it.

In:   what weighing gave.   Out: Argdown, whose tools draw it.
Knows nothing of: how anything was weighed. That evidence is somebody's claim stands in its title.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from sayso.errors import BadQuery, NotFound
from sayso.export.selection import Selection
from sayso.links import Cluster
from sayso.publish import wording
from sayso.weigh.weighed import Weighed

# What Argdown takes for its own marks, in any text.
_MARKS = re.compile(r"[\[\]<>{}*_#@|\\`=~^]")
_SLASHES = re.compile(r"//+")  # which open a comment: the rest of the line would be lost
_ROUNDING = 1e-9


def write(selection: Selection, file: BinaryIO) -> None:
    """The map. Raises BadQuery without a file of hypotheses."""
    if selection.weighed is None:
        raise BadQuery("argdown is the map of a file of hypotheses: name it with --hypotheses FILE")
    said = {row.ref: _said(selection, row.ref) for row in selection.weighed.matrix.rows}
    file.writelines(f"{line}\n".encode() for line in lines(selection.weighed, said))


def _said(selection: Selection, ref: str) -> str | None:
    """Whose words an evidence is: a claim of the case, the first of a group; None for what is not in the case."""
    table, _, claim = ref.rpartition(" on ")
    if claim.startswith("k"):
        group = next((link for link in selection.links() if isinstance(link, Cluster) and link.id == claim), None)
        claim = group.claims[0] if group else claim
    try:
        words = selection.quoted(selection.claim(claim))
    except NotFound:
        return None
    return f"what {table} shows on: {words}" if table else words


def lines(weighed: Weighed, said: Mapping[str, str | None]) -> Iterator[str]:
    """Statements are hypotheses, arguments are evidence. "+" supports: alone it would raise the hypothesis' share by
    the likelihoods of the file; "-" attacks: it would lower it. ``said``: by evidence, who says it in which words.
    """
    yield "==="
    yield f"title: {_quoted(weighed.question)}"
    yield "subTitle: Hypotheses and likelihoods are the user's; evidence is what somebody says"
    yield "==="
    yield ""
    yield f"# {plain(weighed.question)}"
    rows = sorted(weighed.matrix.rows, key=lambda row: row.evidence)
    priors = {hypothesis.id: hypothesis.prior for hypothesis in weighed.hypotheses}
    for hypothesis in weighed.hypotheses:
        yield ""
        yield f"[{plain(hypothesis.id)}]: Hypothesis: {plain(hypothesis.says)} (prior {hypothesis.prior:.3g})"
        for row in rows:
            mean = math.fsum(prior * row.likely[name] for name, prior in priors.items())
            if abs(row.likely[hypothesis.id] - mean) > _ROUNDING:
                yield f"  {'+' if row.likely[hypothesis.id] > mean else '-'} <Evidence {row.evidence}>"
    shown = {one.evidence: one for one in weighed.evidence}
    for row in rows:
        words = said[row.ref] or f"not in the case: “{shown[row.evidence].says}”"
        note = shown[row.evidence].note
        yield ""
        yield f"<Evidence {row.evidence}>: {plain(words)}{f' (the note of the user: {plain(note)})' if note else ''}"


def plain(text: str) -> str:
    """``text`` on one line without what Argdown takes for its marks.

    >>> plain("[Ann] said <no> to #5")
    '(Ann) said (no) to  5'
    >>> plain("see https://example.org/a")
    'see https:/ /example.org/a'
    """
    opened = wording.one_line(text).translate(str.maketrans("[]<>{}", "()()()"))
    return _SLASHES.sub(lambda found: " ".join(found.group()), _MARKS.sub(" ", opened))


def _quoted(text: str) -> str:
    """A scalar of YAML in double quotes."""
    return '"' + wording.one_line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
