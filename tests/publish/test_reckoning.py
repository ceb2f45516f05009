"""What was weighed as one page: every number with its reasons, in words beside each picture, and nothing runs."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec
import pytest

from sayso.publish import casefile, reckoning, wording
from sayso.weigh import Weighed
from sayso.weigh.truth import truth
from tests.weigh.made import Desk, weighed

from .ledgers import no_hedges
from .linked import HOSTILE, documents, links
from .test_dossier import Outline


@pytest.fixture
def found() -> Weighed:
    desk = Desk()
    claims = [desk.says(name) for name in ("Ann Lee", "Tom Reyk", HOSTILE, "Pia Holm")]
    evidence = [{"claim": claim, "likely": {"a": 0.6, "b": 0.3, "other": 0.1 * n}} for n, claim in enumerate(claims, 1)]
    return weighed(desk, [{**one, "note": "Seen from the mole."} for one in evidence])


def said(markup: str) -> str:
    """Its words, those of a cell apart from those of the next."""
    return " ".join(Outline(re.sub(r"</t[hd]>|</dt>|</dd>|<br>", r" \g<0>", markup)).text.split())


def test_the_page_has_all_that_was_weighed(found: Weighed) -> None:
    page = reckoning.render(found, version="1.2.3")
    shown = said(page)
    assert found.low.posterior is not None
    for h in found.hypotheses:
        assert f"{h.id} {h.says} {h.prior:.2f}" in shown
    for one in found.low.contributions:
        assert any(reason.endswith(": given") for reason in one.reasons)
        assert ": given" not in shown
        assert all(" ".join(wording.reason(reason).split()) in shown for reason in one.reasons)
    for suggestion in found.admiralty:
        assert f"evidence {suggestion.evidence}: {suggestion.digit}, " in shown
    assert shown.count("Seen from the mole.") == 4
    assert "Linchpins" in shown
    assert "without it: " in shown
    assert found.matrix.note in shown
    for kind in ("results", "bars", "matrix"):
        assert f'class="picture {kind}"' in page


def test_two_ways_to_count_that_come_to_the_same_are_shown_once(found: Weighed) -> None:
    page = reckoning.render(found, version="1")
    assert page.count('class="picture bars"') == 1
    assert "However uncertain ties are taken" in said(page)
    apart = msgspec.structs.replace(found.high, contributions=found.high.contributions[1:])
    both = reckoning.render(msgspec.structs.replace(found, high=apart), version="1")
    assert both.count('class="picture bars"') == 2
    assert "If no uncertain tie is a dependence" in said(both)


def test_nothing_is_loaded_or_run_and_no_words_are_markup(found: Weighed) -> None:
    page = reckoning.render(msgspec.structs.replace(found, question=HOSTILE, notices=(HOSTILE,)), version="1")
    outline = Outline(page)
    assert not [t for t, a in outline.elements if t in {"link", "img", "iframe", "object", "script"} or "src" in a]
    assert not any(key.startswith("on") or key == "style" for _, a in outline.elements for key in a)
    assert outline.text.count(HOSTILE) > 3
    assert page == reckoning.render(msgspec.structs.replace(found, question=HOSTILE, notices=(HOSTILE,)), version="1")


def test_headings_go_down_step_by_step_and_cells_have_their_heads(found: Weighed) -> None:
    in_dossier = casefile.render([], documents(), links(documents()), no_hedges, weighed=[found, found], version="1")
    for page in (reckoning.render(found, version="1"), in_dossier):
        outline = Outline(page)
        levels = [int(tag[1]) for tag, _ in outline.elements if re.fullmatch(r"h\d", tag)]
        assert levels[0] == 1
        assert all(later <= former + 1 for former, later in pairwise(levels))
        assert all(a.get("scope") in {"row", "col"} for a in outline.of("th"))
        assert len(outline.ids) == len(set(outline.ids))
        assert all(a.get("aria-labelledby") for a in outline.of("svg"))


def test_without_a_posterior_the_counts_are_shown_and_why() -> None:
    desk = Desk()
    shown = said(reckoning.render(weighed(desk, [{"claim": desk.says("Ann Lee"), "for": ["a"]}]), version="1"))
    assert "No posterior: " in shown
    assert "Linchpins" not in shown


def test_values_of_slots_where_they_were_asked(found: Weighed) -> None:
    slots = {
        f"toll {n}": {who: "14" if who != "Dan" else HOSTILE for who in ("Ann", "Bo", "Cy", "Dan")} for n in range(5)
    }
    shown = said(reckoning.render(msgspec.structs.replace(found, truth=truth(slots)), version="1"))
    assert "Values that sources give, copying taken into account" in shown
    assert "toll 3" in shown
    assert HOSTILE in shown
    assert "Ann, Bo, Cy" in shown
    assert "Values that sources give" not in said(reckoning.render(found, version="1"))
