"""The journeys of a desk in a browser: open, search, read, go between text and ledger, add; without a mouse, too."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.serve.browser import complaints, go, needs_chromium
from tests.serve.client import a_case

pytestmark = needs_chromium

WIRE = Path("examples/01-wire-halyard.txt").absolute()
SECOND = Path("examples/07-denial-ordavian-bulletin.txt").absolute()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_case(tmp_path_factory.mktemp("desk") / "talmeer.case", WIRE, SECOND)


@pytest.mark.parametrize("path", ["/", "/documents", "/claims", "/claims?act=deny", "/add", "/nothing", "room"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_no_view_is_closed_to_anybody(tab: Page, room: str, path: str, width: int, scheme: Any) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    with complaints(tab) as found:
        go(tab, room if path == "room" else path)
        tab.wait_for_load_state("networkidle")
    results = Axe().run(tab, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert [v["id"] for v in results.response["violations"]] == [], results.generate_report()
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert [words for words in found if "404" not in words] == []


def test_keys_lead_through_the_ledger_and_into_the_text_and_back(tab: Page, room: str) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    go(tab, room)
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    card = tab.locator(".card.on")
    expect(card).to_have_attribute("data-n", "2")
    expect(card).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator(".text .n.on")).to_be_focused()
    expect(tab.locator(".text .n.on")).to_be_in_viewport()
    tab.keyboard.press("Enter")
    expect(card).to_be_focused()
    tab.keyboard.press("k")
    expect(tab.locator(".card.on")).to_have_attribute("data-n", "1")
    assert tab.evaluate("location.hash").startswith("#c")


def test_the_words_of_the_selected_claim_are_marked_by_their_roles(tab: Page, room: str) -> None:
    go(tab, room)
    tab.keyboard.press("j")
    card = tab.locator(".card.on")
    marked = tab.evaluate("[...CSS.highlights.get('on-content')].map(String).join(' ')")
    assert marked == card.locator(".words").inner_text().replace(" … ", " ")
    assert tab.evaluate("[...CSS.highlights.get('on-cue')].map(String).join()") == card.locator(".cue").inner_text()


def test_a_click_on_words_of_the_text_finds_their_claim(tab: Page, room: str) -> None:
    go(tab, room)
    tab.locator(".text .d1").first.click()
    expect(tab.locator(".card.on")).to_be_in_viewport()
    expect(tab.locator(".card.on")).to_be_focused()


def test_an_address_of_a_claim_shows_it(tab: Page, room: str) -> None:
    go(tab, room)
    last = tab.locator(".card").last.get_attribute("id")
    go(tab, "/")
    go(tab, f"{room}#{last}")
    expect(tab.locator(".card.on")).to_have_attribute("id", last or "")
    expect(tab.locator(f"[id='m-{last}']")).to_be_in_viewport()


def test_a_place_in_the_page_is_a_place_in_the_text(tab: Page, room: str) -> None:
    """Every span of every claim, there and back."""
    go(tab, room)
    wrong = tab.evaluate(
        """async () => {
          const { rangesOf, spanOf, spans } = await import("/static/places.js");
          const text = (await (await fetch(location.pathname + ".json")).json()).ledger.document.text;
          const points = [...text], wrong = [];
          for (const card of document.querySelectorAll(".card"))
            for (const [start, end] of spans(card.dataset.content)) {
              const [range] = rangesOf(start, end), selection = getSelection();
              selection.removeAllRanges(); selection.addRange(range);
              const back = spanOf(selection);
              if (String(range) !== points.slice(start, end).join("") || `${back}` !== `${[start, end]}`)
                wrong.push([start, end, String(range), back]);
            }
          getSelection().removeAllRanges();
          return wrong;
        }"""
    )
    assert wrong == []


def test_single_keys_can_be_switched_off(tab: Page, room: str) -> None:
    go(tab, room)
    tab.keyboard.press("?")
    tab.get_by_label("Single keys are on").uncheck()
    tab.keyboard.press("Escape")
    tab.keyboard.press("j")
    expect(tab.locator(".card.on")).to_have_count(0)
    tab.keyboard.press("?")
    tab.get_by_label("Single keys are on").check()
    tab.keyboard.press("Escape")


def test_a_filter_acts_when_it_is_chosen_and_keeps_the_focus(tab: Page) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    go(tab, "/claims")
    box = tab.get_by_role("checkbox", name="Ministry of Defence").first
    box.focus()
    tab.keyboard.press("Space")
    tab.wait_for_url("**/claims?source=*")
    assert set(tab.locator(".card .chain bdi:first-child").all_inner_texts()) == {"Ministry of Defence"}
    expect(tab.get_by_role("checkbox", name="Ministry of Defence").first).to_be_focused()
    tab.get_by_role("link", name="Remove: Source: Ministry of Defence").click()
    tab.wait_for_url("**/claims")


def test_a_wrong_date_is_told_at_its_field_and_the_search_stays(tab: Page) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    go(tab, "/claims?q=silo")
    number = tab.locator(".card").count()
    field = tab.get_by_label("Said since")
    field.fill("last week")
    field.press("Enter")
    expect(field).to_have_accessible_description(re.compile("'last week' is no date: write 2014"))
    expect(field).to_have_value("last week")
    expect(tab.locator("#find")).to_have_value("silo")
    expect(tab.locator(".card")).to_have_count(number)
    tab.reload()
    expect(tab.get_by_label("Said since")).to_have_accessible_description(re.compile("is no date"))
    tab.get_by_label("Said since").fill("2019")
    tab.get_by_label("Said since").press("Enter")
    expect(tab.get_by_label("Said since")).not_to_have_attribute("aria-invalid", "true")


def test_pasted_text_is_read_and_shown(tab: Page) -> None:
    go(tab, "/add")
    tab.get_by_label("Or the text of one article").fill("Ann Lee said the bridge was safe.")
    tab.get_by_label("Title").fill("The bridge")
    tab.get_by_role("button", name="Add to the case").click()
    tab.get_by_role("link", name="1 claim").click(timeout=20_000)
    expect(tab.get_by_role("heading", name="The bridge")).to_be_visible()
    expect(tab.locator(".card")).to_have_count(1)
