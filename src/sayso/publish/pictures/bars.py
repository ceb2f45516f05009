"""What each origin adds to a question, as bars; and where the hypotheses end, from the prior to both results.

In:   a Weighed, one of its Counts.   Out: SVG.
Knows nothing of: how any number came about.

A bar to the right of the line speaks for a hypothesis rather than for "other", one to the left for "other"; its length
is the logarithm of the ratio, so that bars can be added up by eye.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from markupsafe import Markup

from sayso.publish.pictures import svg
from sayso.publish.weighed import share
from sayso.publish.wording import counted, one_line
from sayso.weigh.hypotheses import OTHER
from sayso.weigh.weighed import Contribution, Count, Weighed

WIDTH = 960.0
MOST = 40  # origins that are drawn
_NAMES = 330.0  # room for who it is
_IDS = 110.0  # and for the hypothesis
_NUMBER = 62.0  # and for the ratio behind the longest bar
_ROW, _BAR = 18.0, 11.0
_GAP = 10.0
_LEAST = math.log(2)  # what the longest bar stands for at the least, so that small things look small
TIES = {
    "dependent": "every uncertain tie is a dependence",
    "independent": "no uncertain tie is a dependence",
}


def bars(one: Count, found: Weighed, *, key: str = "bars") -> str:
    """What each origin adds under one of the two ways to count, the most telling first."""
    names = [h.id for h in found.hypotheses if h.id != OTHER]
    shown = one.contributions[:MOST]
    middle = _NAMES + _IDS + (WIDTH - _NAMES - _IDS) / 2
    half = (WIDTH - _NAMES - _IDS) / 2 - _NUMBER
    longest = max([_LEAST, *(abs(c.log[n] - c.log[OTHER]) for c in shown for n in names)])
    marks: list[Markup] = [
        svg.text(f"← for “{OTHER}”", middle - 8, 14, class_="more", size=svg.SMALL, anchor="end"),
        svg.text("for the hypothesis →", middle + 8, 14, class_="more", size=svg.SMALL),
    ]
    y = 26.0
    for contribution in shown:
        pinned = contribution.origin in one.linchpins
        marks += _who(contribution, y, pinned=pinned)
        for name in names:
            marks += _bar(name, contribution.log[name] - contribution.log[OTHER], y, middle, half / longest)
            y += _ROW
        y = max(y, y + (2 - len(names)) * _ROW) + _GAP  # the two lines of who it is
        marks.append(_rule(8, y - _GAP / 2, WIDTH - 8))
    if not shown:
        marks.append(svg.text("No evidence.", 8, y + 12, class_="more"))
        y += 24
    marks.append(svg.element("line", class_="axis", x1=middle, y1=20, x2=middle, y2=y - 4, stroke="currentColor"))
    title = f"What each origin adds if {TIES[one.ties]}: {counted(len(one.contributions), 'origin', 'origins')}"
    return svg.picture(key, "bars", title, _told(one, names), (WIDTH, y + 6), marks)


def _who(contribution: Contribution, y: float, *, pinned: bool) -> Iterator[Markup]:
    room = _NAMES - 20
    documents = (
        counted(contribution.documents, "document", "documents") if contribution.documents else "not in the case"
    )
    more = f"evidence {', '.join(map(str, contribution.evidence))} · {documents}"
    if pinned:
        more = f"linchpin · {more}"
    full = one_line(contribution.who) + (f", with {', '.join(contribution.also)}" if contribution.also else "")
    yield svg.element(
        "g",
        svg.element("title", svg.words(full)),
        svg.text(svg.fit(contribution.who, room * 0.9), 8, y + 10, class_="name", weight="600"),
        svg.text(svg.fit(more, room, svg.SMALL), 8, y + 26, class_="pin" if pinned else "more", size=svg.SMALL),
    )


def _bar(name: str, ratio: float, y: float, middle: float, scale: float) -> Iterator[Markup]:
    """One bar with its hypothesis before it and the ratio behind it."""
    end = middle + ratio * scale
    yield svg.text(svg.fit(name, _IDS - 8, svg.SMALL), _NAMES, y + 10, size=svg.SMALL)
    yield svg.element(
        "rect", class_="toward" if ratio >= 0 else "away", x=min(middle, end), y=y + 1,
        width=max(abs(end - middle), 0.1), height=_BAR, fill="currentColor",
    )  # fmt: skip
    to, anchor = (end + 5, "") if ratio >= 0 else (end - 5, "end")
    yield svg.text(f"×{math.exp(ratio):.2f}", to, y + 10, size=svg.SMALL, anchor=anchor)


def _rule(x: float, y: float, to: float) -> Markup:
    return svg.element("line", class_="rule", x1=x, y1=y, x2=to, y2=y, stroke="currentColor", stroke_width=0.3)


def _told(one: Count, names: list[str]) -> Iterator[str]:
    for c in one.contributions:
        ratios = ", ".join(f"{n} times {math.exp(c.log[n] - c.log[OTHER]):.2f}" for n in names)
        pinned = "; a linchpin" if c.origin in one.linchpins else ""
        yield f"{one_line(c.who)}, against {OTHER}: {ratios}{pinned}."
    if len(one.contributions) > MOST:
        yield f"The first {MOST} are drawn."


def results(found: Weighed, *, key: str = "results") -> str:
    """Each hypothesis from its prior to its posterior under both ways to count; priors alone where there is none."""
    left, right = 170.0, WIDTH - 80
    wide = right - left
    marks: list[Markup] = []
    for part in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = left + wide * part
        marks.append(_rule_down(x, 22, 22 + 34 * len(found.hypotheses)))
        marks.append(svg.text(f"{part:g}", x, 14, class_="more", size=svg.SMALL, anchor="middle"))
    y = 40.0
    for h in found.hypotheses:
        marks.append(
            svg.element(
                "g",
                svg.element("title", svg.words(f"{h.id}: {h.says}")),
                svg.text(svg.fit(h.id, left - 24), 8, y + 4, class_="name", weight="600"),
            )
        )
        ends = [c.posterior[h.id] for c in (found.low, found.high) if c.posterior is not None]
        marks += _result(h.prior, ends, y, lambda value: left + wide * value)
        y += 34
    marks += _legend(y, posterior=found.low.posterior is not None)
    return svg.picture(key, "results", "From the prior to the posterior", _results_told(found), (WIDTH, y + 20), marks)


def _result(prior: float, ends: list[float], y: float, place: Callable[[float], float]) -> Iterator[Markup]:
    yield svg.element("circle", class_="prior", cx=place(prior), cy=y, r=5.5, fill="none", stroke="currentColor")
    if ends:
        low, high = min(ends), max(ends)
        yield svg.element(
            "line", class_="range", x1=place(low), y1=y, x2=place(high), y2=y, stroke="currentColor", stroke_width=5
        )
        for end, shape in zip(ends, ("dependent", "independent"), strict=True):
            x = place(end)
            d = f"M{svg.number(x)} {svg.number(y - 8)}V{svg.number(y + 8)}"
            yield svg.element("path", class_=f"end {shape}", d=d, stroke="currentColor", stroke_width=3)
        yield svg.text(
            f"{low:.2f}–{high:.2f}" if f"{low:.2f}" != f"{high:.2f}" else f"{low:.2f}", place(high) + 10, y + 4
        )


def _rule_down(x: float, y: float, to: float) -> Markup:
    return svg.element("line", class_="rule", x1=x, y1=y, x2=x, y2=to, stroke="currentColor", stroke_width=0.3)


def _legend(y: float, *, posterior: bool) -> Iterator[Markup]:
    yield svg.element("circle", class_="prior", cx=16, cy=y + 2, r=5.5, fill="none", stroke="currentColor")
    said = "prior" if posterior else "prior; there is no posterior"
    yield svg.text(said, 30, y + 6, class_="more", size=svg.SMALL)
    if posterior:
        yield svg.element(
            "line", class_="range", x1=90, y1=y + 2, x2=130, y2=y + 2, stroke="currentColor", stroke_width=5
        )
        said = "posterior, from one way to count uncertain ties to the other; what lies between is no bound"
        yield svg.text(said, 140, y + 6, class_="more", size=svg.SMALL)


def _results_told(found: Weighed) -> Iterator[str]:
    for h in found.hypotheses:
        ends = [
            f"{share(c.posterior[h.id])} if {TIES[c.ties]}" for c in (found.low, found.high) if c.posterior is not None
        ]
        yield f"{one_line(h.id)}: prior {share(h.prior)}; posterior {' and '.join(ends) or 'none'}."
