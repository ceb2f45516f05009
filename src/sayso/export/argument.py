"""The map of a file of hypotheses in Argdown: each hypothesis, and the evidence that speaks for or against it.

In:   what weighing gave.   Out: Argdown, whose tools draw it.
Knows nothing of: how anything was weighed. That evidence is somebody's claim stands in its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from sayso.errors import BadQuery
from sayso.export.selection import Selection
from sayso.publish import wording
from sayso.weigh.weighed import Row, Shown, Weighed

# What Argdown takes for its own marks, in any text.
_MARKS = re.compile(r"[\[\]<>{}*_#@|\\`=~^]")
_FOR, _AGAINST = ("CC", "C"), ("II", "I")


def write(selection: Selection, file: BinaryIO) -> None:
    """The map. Raises BadQuery without a file of hypotheses."""
    if selection.weighed is None:
        raise BadQuery("argdown is the map of a file of hypotheses: name it with --hypotheses FILE")
    file.writelines(f"{line}\n".encode() for line in lines(selection.weighed))


def lines(weighed: Weighed) -> Iterator[str]:
    """Statements are hypotheses, arguments are evidence; "+" supports, "-" attacks, by the likelihoods of the file."""
    yield "==="
    yield f"title: {_quoted(weighed.question)}"
    yield "subTitle: Hypotheses and likelihoods are the user's; evidence is what somebody says"
    yield "==="
    yield ""
    yield f"# {plain(weighed.question)}"
    shown = {one.evidence: one for one in weighed.evidence}
    for hypothesis in weighed.hypotheses:
        yield ""
        yield f"[{plain(hypothesis.id)}]: Hypothesis: {plain(hypothesis.says)} (prior {hypothesis.prior:.3g})"
        for row in sorted(weighed.matrix.rows, key=lambda row: row.evidence):
            cell = row.cells[hypothesis.id]
            if cell in _FOR or cell in _AGAINST:
                yield f"  {'+' if cell in _FOR else '-'} <{_title(row)}>"
    for row in sorted(weighed.matrix.rows, key=lambda row: row.evidence):
        yield ""
        yield from _evidence(row, shown[row.evidence])


def _title(row: Row) -> str:
    return f"Evidence {row.evidence}"


def _evidence(row: Row, shown: Shown) -> Iterator[str]:
    note = f" (the user's note: {plain(shown.note)})" if shown.note else ""
    yield f"<{_title(row)}>: It is said: “{plain(wording.unquoted(shown.says))}” ({plain(row.ref)}){note}"


def plain(text: str) -> str:
    """``text`` on one line without what Argdown takes for its marks.

    >>> plain("[Ann] said <no> to #5")
    '(Ann) said (no) to  5'
    """
    opened = wording.one_line(text).translate(str.maketrans("[]<>{}", "()()()"))
    return _MARKS.sub(" ", opened)


def _quoted(text: str) -> str:
    """A scalar of YAML in double quotes."""
    return '"' + wording.one_line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
