"""Pictures of what was weighed: every number is there in words, and nothing in them runs.

In:   an invented desk.   Out: failures.
Knows nothing of: pages.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from sayso.publish.pictures import bars, matrix, results
from sayso.weigh import Weighed
from tests.publish.linked import HOSTILE
from tests.weigh.made import Desk, weighed

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def found() -> Weighed:
    desk = Desk()
    claims = [desk.says(name) for name in ("Ann Lee", "Tom Reyk", HOSTILE, "Pia Holm")]
    evidence = [{"claim": claim, "likely": {"a": 0.6, "b": 0.3, "other": 0.1 * n}} for n, claim in enumerate(claims, 1)]
    return weighed(desk, evidence)


def words(picture: str) -> str:
    return " ".join(ET.fromstring(picture).itertext())  # noqa: S314 - our own


def described(picture: str) -> str:
    return ET.fromstring(picture).findtext(f"{SVG}desc") or ""  # noqa: S314 - our own


def test_a_bar_for_each_origin_and_hypothesis_with_its_ratio(found: Weighed) -> None:
    picture = bars(found.low, found)
    root = ET.fromstring(picture)  # noqa: S314 - our own
    drawn = [r for r in root.iter(f"{SVG}rect") if r.get("class") in ("toward", "away")]
    assert len(drawn) == len(found.low.contributions) * 2
    assert "×6.00" in words(picture)
    for contribution in found.low.contributions:
        assert " ".join(contribution.who.split()) in described(picture)


def test_the_longer_bar_is_the_larger_ratio_and_its_side_tells_for_what(found: Weighed) -> None:
    root = ET.fromstring(bars(found.low, found))  # noqa: S314 - our own
    axis = float(next(line for line in root.iter(f"{SVG}line") if line.get("class") == "axis").get("x1") or 0)
    for rect in root.iter(f"{SVG}rect"):
        x, wide = float(rect.get("x") or 0), float(rect.get("width") or 0)
        assert (x >= axis - 0.1) if rect.get("class") == "toward" else (x + wide <= axis + 0.1)


def test_results_tell_prior_and_both_ends(found: Weighed) -> None:
    assert found.low.posterior is not None
    said = described(results(found))
    assert f"prior {found.hypotheses[0].prior:.2f}" in said
    assert f"{found.low.posterior['a']:.2f} if every uncertain tie is a dependence" in said


def test_without_a_posterior_the_picture_says_that_there_is_none() -> None:
    desk = Desk()
    few = weighed(desk, [{"claim": desk.says("Ann Lee"), "for": ["a"]}])
    assert "there is no posterior" in words(results(few))
    assert "posterior none" in described(results(few))


def test_the_matrix_has_every_cell_in_words_and_names_who_says_it(found: Weighed) -> None:
    picture = matrix(found)
    root = ET.fromstring(picture)  # noqa: S314 - our own
    cells = [g for g in root.iter(f"{SVG}g") if (g.get("class") or "").startswith("cell")]
    assert len(cells) == len(found.matrix.rows) * len(found.hypotheses)
    assert "Ann Lee: “that it was so, 0”" in described(picture)
    for row in found.matrix.rows:
        assert f"Evidence {row.evidence}" in described(picture)


def test_words_of_articles_neither_run_nor_break_the_picture(found: Weighed) -> None:
    for picture in (bars(found.high, found), results(found), matrix(found)):
        root = ET.fromstring(picture)  # noqa: S314 - our own
        assert not list(root.iter(f"{SVG}script"))
        assert "<script>" not in picture
