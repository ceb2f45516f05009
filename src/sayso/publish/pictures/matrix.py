"""The matrix of competing hypotheses: how well each evidence fits each of them. A view for audit.

In:   a Weighed.   Out: SVG.
Knows nothing of: priors and copies, as the matrix itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from sayso.publish.pictures import svg
from sayso.publish.weighed import told
from sayso.publish.wording import counted
from sayso.weigh.weighed import Cell, Row, Weighed

WIDTH = 960.0
MOST = 60  # rows that are drawn
_NAMES = 400.0
_APART = 90.0  # the column of what tells apart
_ROW = 34.0
_HEAD = 40.0
CELLS: dict[Cell, str] = {
    "CC": "fits well",
    "C": "fits",
    "N": "says little",
    "I": "fits badly",
    "II": "hardly fits",
}


def matrix(found: Weighed, *, key: str = "matrix") -> str:
    """The whole matrix, what tells most apart first; the words of each cell are its code, not its colour."""
    names = [h.id for h in found.hypotheses]
    says = told(found)
    rows = found.matrix.rows[:MOST]
    wide = (WIDTH - _NAMES - _APART) / max(1, len(names))
    marks: list[Markup] = [
        svg.text(svg.fit(name, wide - 8), _NAMES + wide * (n + 0.5), 24, class_="name", anchor="middle", weight="600")
        for n, name in enumerate(names)
    ]
    marks.append(svg.text("tells apart", WIDTH - 8, 24, class_="more", size=svg.SMALL, anchor="end"))
    y = _HEAD
    for row in rows:
        marks += _row(row, says[row.evidence], names, y, wide)
        y += _ROW
    marks.append(svg.text("inconsistent, by weight", 8, y + 20, class_="name", weight="600"))
    for n, name in enumerate(names):
        total = f"{found.matrix.inconsistency[name]:.2f}"
        marks.append(svg.text(total, _NAMES + wide * (n + 0.5), y + 20, anchor="middle", weight="600"))
    title = f"Matrix of competing hypotheses: {counted(len(found.matrix.rows), 'evidence', 'pieces of evidence')}"
    return svg.picture(key, "matrix", title, _told(found, says), (WIDTH, y + 32), marks)


def _row(row: Row, says: str, names: list[str], y: float, wide: float) -> Iterator[Markup]:
    yield svg.element(
        "g",
        svg.element("title", svg.words(says)),
        svg.text(f"{row.evidence}", 8, y + 21, class_="more"),
        svg.text(svg.fit(says, _NAMES - 50), 34, y + 21),
    )
    for n, name in enumerate(names):
        code = row.cells[name]
        x = _NAMES + wide * n
        yield svg.element(
            "g",
            svg.element("title", svg.words(f"{code}, {CELLS[code]}: likely {row.likely[name]:.2g} if {name}")),
            svg.element(
                "rect", x=x + 2, y=y + 2, width=wide - 4, height=_ROW - 4, rx=3, fill="none", stroke="currentColor",
                stroke_width=0.4,
            ),
            svg.text(code, x + wide / 2, y + 21, anchor="middle"),
            class_=f"cell {code}",
        )  # fmt: skip
    yield svg.text(f"{row.diagnosticity:.2f}", WIDTH - 8, y + 21, class_="more", anchor="end")


def _told(found: Weighed, says: dict[int, str]) -> Iterator[str]:
    for row in found.matrix.rows:
        cells = ", ".join(f"{name} {code} ({CELLS[code]})" for name, code in row.cells.items())
        what = f"Evidence {row.evidence}, {says[row.evidence]}"
        yield f"{what}: {cells}; tells apart {row.diagnosticity:.2f}."
    sums = ", ".join(f"{name} {value:.2f}" for name, value in found.matrix.inconsistency.items())
    yield f"Inconsistent, by weight: {sums}."
    if len(found.matrix.rows) > MOST:
        yield f"The first {MOST} rows are drawn."
