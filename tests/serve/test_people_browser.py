"""In a browser: pages of claims, people, hypotheses are open to everybody; one key answers a pair; a number moves.

In:   the sample articles, served.   Out: failures.
Knows nothing of: what the pages say in full.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from sayso.case import Case
from tests.serve.browser import complaints, go, needs_chromium

pytestmark = needs_chromium

EXAMPLES = Path("examples").absolute()


@pytest.fixture(scope="module")
def case(talmeer: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kept") / "talmeer.case"
    path.write_bytes(talmeer.read_bytes())
    with Case.open(path) as opened_:
        toml = (EXAMPLES / "talmeer-hypotheses.toml").read_text(encoding="utf-8")
        opened_.people.keep("talmeer", toml, by="Ida Brandt", why="a start")
    return path


@pytest.fixture(scope="module")
def reviewer() -> str:
    return "Ida Brandt"


@pytest.fixture(scope="module")
def paths(case: Path) -> dict[str, str]:
    """Of one claim with everything, one source, one entity."""
    with Case.open(case) as opened_:
        entity = next(e for e in opened_.entities() if e.name == "Council")
        cluster = max(
            (c for claim in opened_.claims() if (c := opened_.cluster(claim.id))), key=lambda c: len(c.claims)
        )
    return {
        "claim": f"/claims/{cluster.claims[0]}",
        "source": f"/sources/{entity.id}",
        "entity": f"/entities/{entity.id}",
    }


NARROW = ["claim", "source", "entity", "/sources", "/entities", "/entities/pairs", "/links?part=texts", "/findings"]
NARROW += ["/denials", "/denials?part=unanswered", "/timeline"]
WIDE = ["claim", "/sources", "/hypotheses/1"]


@pytest.mark.parametrize(
    ("width", "path"),
    [*((320, path) for path in (*NARROW, "/links", "/hypotheses", "/hypotheses/1")), *((1280, path) for path in WIDE)],
)
def test_no_view_is_closed_to_anybody(tab: Page, paths: dict[str, str], width: int, path: str) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    with complaints(tab) as found:
        go(tab, paths.get(path, path))
        tab.wait_for_load_state("networkidle")
    results = Axe().run(tab, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert [v["id"] for v in results.response["violations"]] == [], results.generate_report()
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert found == []


def test_one_key_answers_a_pair_and_another_takes_it_back(tab: Page) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    go(tab, "/entities/pairs")
    tab.wait_for_load_state("networkidle")
    number = tab.locator(".pair-of").count()
    tab.keyboard.press("j")
    first = tab.locator(".pair-of").first
    expect(first).to_be_focused()
    tab.keyboard.press("n")
    expect(tab.locator(".pair-of.done")).to_have_count(1)
    expect(tab.locator(".pair-of").nth(1)).to_be_focused()
    tab.keyboard.press("u")
    expect(tab.locator(".pair-of.done")).to_have_count(0)
    expect(first).to_be_focused()
    tab.keyboard.press("y")
    expect(tab.locator(".pair-of.done")).to_have_count(1)
    tab.reload()
    assert tab.locator(".pair-of").count() < number
    expect(tab.locator(".decision").first).to_contain_text("Ida Brandt")


def test_keys_typed_into_a_field_answer_nothing(tab: Page) -> None:
    go(tab, "/entities/pairs")
    tab.wait_for_load_state("networkidle")
    field = tab.get_by_label("Why").first
    field.fill("")
    field.press_sequentially("any")
    expect(field).to_have_value("any")
    expect(tab.locator(".pair-of.done")).to_have_count(0)


def test_a_changed_number_moves_the_result_in_place(tab: Page) -> None:
    go(tab, "/hypotheses/1")
    tab.wait_for_load_state("networkidle")
    before = tab.locator("#results-desc").text_content()
    field = tab.locator('input[name="likely 7 dust"]')
    field.fill("0.2")
    field.press("Tab")
    expect(tab.locator("#results-desc")).not_to_have_text(before or "")
    expect(field).to_have_value("0.2")
    assert "/hypotheses/drafts/" in tab.url
    tab.get_by_label("Name", exact=True).fill("changed")
    tab.get_by_role("button", name="Save into the case").click()
    expect(tab.get_by_text("version 2")).to_be_visible()


def test_an_impossible_number_is_said_beside_it_and_moves_nothing(tab: Page) -> None:
    go(tab, "/hypotheses/1")
    tab.wait_for_load_state("networkidle")
    before = tab.locator("#results-desc").text_content() or ""
    field = tab.locator('input[name="prior drone"]')
    field.fill("0.9")
    field.press("Tab")
    expect(tab.locator("#told")).to_contain_text("the priors sum to")
    expect(tab.locator("#results-desc")).to_have_text(before)
    expect(field).to_have_accessible_description(re.compile("the priors sum to"))


def test_a_number_out_of_range_is_said_at_its_field_and_the_others_still_count(tab: Page) -> None:
    go(tab, "/hypotheses/1")
    drawn = tab.locator("#results-desc")
    before = drawn.text_content() or ""
    field = tab.locator('input[name="likely 1 drone"]')
    field.fill("2")
    field.press("Tab")
    told = "It can only be a number from 0.01 to 0.99. What was there before still counts."
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(told)
    expect(tab.get_by_text(told).first).to_be_visible()
    expect(tab.get_by_role("status").last).to_have_text(told)
    expect(drawn).to_have_text(before)
    other = tab.locator('input[name="likely 7 dust"]')
    other.fill("0.2")
    other.press("Tab")
    expect(drawn).not_to_have_text(before)
    after = drawn.text_content() or ""
    expect(field).to_have_value("2")
    field.fill("0.9")
    field.press("Tab")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(drawn).not_to_have_text(after)


def test_what_was_decided_reaches_the_links_from_the_page(tab: Page, paths: dict[str, str]) -> None:
    go(tab, paths["entity"])
    tab.get_by_label("The same as").fill("Maret Sollane")
    tab.get_by_role("button", name="Put together").click()
    older = tab.get_by_text("The links are older than")
    expect(older).to_be_visible()
    tab.get_by_role("button", name="Compare now").click()
    tab.locator(".work[data-state=done]").wait_for()
    tab.get_by_role("link", name="taken in: origins are counted anew").click()
    tab.wait_for_url("**/entities/*")
    expect(tab.get_by_role("heading", name="Who this is")).to_be_visible()
    expect(older).to_have_count(0)
