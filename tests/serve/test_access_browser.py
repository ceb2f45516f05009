"""Beyond what axe sees: names that are read aloud, focus that is never lost, a phone, a keyboard alone, forced colours.

In:   the sample articles, served.   Out: failures.
Knows nothing of: what is ruled.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from sayso.case import Case
from tests.serve.browser import go, needs_chromium
from tests.serve.client import a_case
from tests.serve.test_review_browser import selected

pytestmark = needs_chromium

WIRE = Path("examples/01-wire-halyard.txt").absolute()
SECOND = Path("examples/07-denial-ordavian-bulletin.txt").absolute()
VIEWS = [
    *("/", "/documents", "/claims", "/sources", "/entities", "/entities/pairs", "/links", "/links?part=texts"),
    *("/findings", "/denials", "/denials?part=unanswered", "/timeline", "/hypotheses", "/review", "/review/people"),
    *("/add", "room", "claim", "bench", "missed"),
]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = a_case(tmp_path_factory.mktemp("access") / "talmeer.case", WIRE, SECOND)
    with Case.open(path) as opened:
        list(opened.link())
    return path


@pytest.fixture(scope="module")
def paths(case: Path, room: str) -> dict[str, str]:
    with Case.open(case) as opened:
        claim = next(c.id for c in opened.claims() if c.source and c.document.id in room)
    missed = f"/review/add/{room.rpartition('/')[2]}"
    return {"room": room, "claim": f"/claims/{claim}", "bench": f"/review/claims/{claim}", "missed": missed}


def wide(tab: Page, *, width: int = 1280, height: int = 900) -> None:
    tab.set_viewport_size({"width": width, "height": height})


@pytest.mark.parametrize("path", VIEWS)
def test_headings_go_down_one_by_one_and_every_control_has_a_name_of_its_own(
    tab: Page, paths: dict[str, str], path: str
) -> None:
    wide(tab)
    go(tab, paths.get(path, path))
    levels = tab.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))")
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    tree = tab.locator("main").aria_snapshot()
    assert re.findall(r"- (?:button|link|textbox|combobox|checkbox|searchbox|img)$", tree, re.M) == []
    taking = re.findall(r'- button "(Take the selection[^"]*)"', tree)
    assert len(set(taking)) == len(taking)


@pytest.mark.parametrize("path", VIEWS)
def test_every_part_of_a_page_is_told_apart_by_its_name(tab: Page, paths: dict[str, str], path: str) -> None:
    wide(tab)
    go(tab, paths.get(path, path))
    results = Axe().run(tab, options={"runOnly": ["landmark-unique"]})
    assert [v["id"] for v in results.response["violations"]] == [], results.generate_report()


@pytest.mark.parametrize("path", VIEWS)
def test_targets_are_24_pixels_where_they_are_not_in_a_line_of_text(
    tab: Page, paths: dict[str, str], path: str
) -> None:
    wide(tab, width=320, height=700)
    go(tab, paths.get(path, path))
    small = tab.evaluate(
        """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
            .filter((one) => one.type !== "hidden" && one.checkVisibility())
            .filter((one) => getComputedStyle(one).display !== "inline")
            .map((one) => one.matches("[type=checkbox], [type=radio]") ? one.closest("label") ?? one : one)
            .filter((one) => { const { width, height } = one.getBoundingClientRect();
                               return width > 1 && Math.min(width, height) < 23.9; })
            .map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_a_claim_is_read_by_whose_it_is_in_text_ledger_queue_and_list(tab: Page, room: str) -> None:
    wide(tab)
    go(tab, room)
    words = "the army of striking the terminal with a drone"
    expect(tab.get_by_role("link", name="claim 2: Council accuses", exact=True)).to_have_count(1)
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    expect(tab.locator(".card:focus")).to_have_accessible_name(re.compile(f"Council accuses {words}"))
    go(tab, "/claims")
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    expect(tab.locator(".card:focus")).to_have_accessible_name(f"Council accuses {words}")
    go(tab, "/review")
    tab.keyboard.press("j")
    expect(tab.locator(".item:focus")).to_have_accessible_name(re.compile(r"Claim 2 of \d+: "))


def test_what_a_key_did_is_said_and_the_focus_is_not_lost(tab: Page, room: str) -> None:
    wide(tab)
    go(tab, room)
    tab.keyboard.press("j")
    tab.keyboard.press("o")
    expect(tab.get_by_role("status")).to_have_text("left open by Ann")
    tab.keyboard.press("u")
    expect(tab.get_by_role("status")).to_have_text("nobody has ruled on it")
    expect(tab.locator(".card.on")).to_be_focused()
    tab.keyboard.press("Shift+?")
    tab.keyboard.press("Escape")
    expect(tab.locator(".card.on")).to_be_focused()


def test_the_list_of_keys_has_every_key_of_the_page(tab: Page, paths: dict[str, str]) -> None:
    wide(tab)
    for path in ("room", "bench", "/review", "/claims", "/entities/pairs"):
        go(tab, paths.get(path, path))
        bound = tab.evaluate("async () => [...(await import('/static/keys.js')).keys.keys()]")
        tab.keyboard.press("Shift+?")
        told = tab.get_by_role("dialog").locator("kbd").all_inner_texts()
        assert set(bound) <= set(told), path
        assert len(bound) > 2
        tab.keyboard.press("Escape")


def test_the_list_of_keys_is_whole_though_it_was_opened_before_all_scripts_came(tab: Page, room: str) -> None:
    wide(tab)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    tab.route("**/static/reading.js", hold)
    tab.goto(room)
    tab.locator(".keys-button:visible").wait_for()
    tab.keyboard.press("Shift+?")
    told = tab.get_by_role("dialog")
    expect(told).not_to_contain_text("next claim")
    held[0].continue_()
    expect(told).to_contain_text("next claim")
    tab.unroute_all()
    tab.keyboard.press("Escape")


def test_the_bench_is_worked_by_the_keyboard_alone(tab: Page, paths: dict[str, str]) -> None:
    wide(tab)
    go(tab, paths["bench"])
    for key, part in (("s", "split"), ("m", "merge"), ("e", "edit")):
        tab.keyboard.press(key)
        assert tab.evaluate(f"document.getElementById('{part}').contains(document.activeElement)"), part
        if key != "e":
            tab.keyboard.press("Escape")
    name = tab.get_by_label("Name of the source")
    name.fill("the hospital's director")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**/documents/**")
    expect(tab.locator(".card.on .how")).to_have_text("put otherwise by Ann")
    expect(tab.locator(".card.on")).to_contain_text("the hospital's director")
    tab.locator("body[data-ready]").wait_for()
    tab.keyboard.press("u")
    expect(tab.locator(".card.on .how")).to_have_text("nobody has ruled on it")


@pytest.mark.parametrize("path", ["/claims", "/review", "room"])
def test_what_a_score_is_stands_on_the_page_and_links_look_like_links(
    tab: Page, paths: dict[str, str], path: str
) -> None:
    wide(tab)
    go(tab, paths.get(path, path))
    expect(tab.get_by_text("Score: the estimated probability").first).to_be_visible()
    lines = "links => links.map((link) => getComputedStyle(link).textDecorationLine)"
    assert set(tab.locator(".card a:not(.number), .item a").evaluate_all(lines)) == {"underline"}


def test_on_a_phone_the_passage_stays_in_sight_while_words_are_taken_and_hides_no_focus(
    tab: Page, paths: dict[str, str]
) -> None:
    wide(tab, width=320, height=700)
    go(tab, f"{paths['bench']}#edit")
    for _ in range(24):
        hidden = tab.evaluate(
            """() => { const one = document.activeElement, { x, y, width, height } = one.getBoundingClientRect();
                       const there = document.elementFromPoint(x + width / 2, y + height / 2);
                       return one === document.body || (there && (one.contains(there) || there.contains(one)))
                           ? null : one.outerHTML.slice(0, 100); }"""
        )
        assert hidden is None
        expect(tab.locator(".passage")).to_be_in_viewport()
        tab.keyboard.press("Tab")


def test_words_selected_in_the_text_are_added_with_a_button_too(tab: Page, room: str) -> None:
    wide(tab, width=320, height=700)
    go(tab, room)
    offer = tab.get_by_role("button", name="Add these words as a claim")
    expect(offer).to_be_hidden()
    selected(tab, "by telephone")
    offer.click()
    tab.wait_for_url("**/review/add/**")
    tab.locator("body[data-ready]").wait_for()
    expect(tab.locator("#f-content")).to_have_value("by telephone")
    expect(tab.locator("#f-source")).to_be_focused()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (768, 1024), (1280, 900)])
def test_the_way_to_a_claim_ends_at_it_and_leads_back_to_its_place(
    tab: Page, room: str, width: int, height: int
) -> None:
    wide(tab, width=width, height=height)
    go(tab, room)
    names = tab.locator(".card").evaluate_all("cards => cards.map(card => card.id)")
    for name in (names[len(names) // 2], names[-1]):
        go(tab, "/")
        go(tab, f"{room}#{name}")
        card = tab.locator(".card.on")
        expect(card).to_have_attribute("id", name)
        expect(card).to_be_in_viewport(ratio=0.9)
        if width < 900:
            card.get_by_role("link", name="To its place in the text").click()
            expect(tab.locator(f"[id='m-{name}']")).to_be_in_viewport(ratio=1)
            tab.locator(f"[id='m-{name}']").click()
            expect(card).to_be_in_viewport(ratio=0.9)


@pytest.mark.parametrize(("width", "height"), [(640, 450), (320, 256)])
def test_nothing_is_cut_off_at_twice_and_four_times_the_size(
    tab: Page, paths: dict[str, str], width: int, height: int
) -> None:
    wide(tab, width=width, height=height)
    for path in ("/", "room", "claim", "bench", "/claims", "/review", "/sources"):
        go(tab, paths.get(path, path))
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("path", VIEWS)
def test_on_a_phone_with_twice_the_text_only_boxes_that_say_so_scroll_sideways(
    tab: Page, paths: dict[str, str], path: str
) -> None:
    wide(tab, width=390, height=844)
    go(tab, paths.get(path, path))
    boxes = """() => [...document.querySelectorAll("main *")]
        .filter((one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX))
        .filter((one) => one.scrollWidth > one.clientWidth)
        .map((one) => [one.tabIndex, one.role, Boolean(one.ariaLabel),
                       getComputedStyle(one).backgroundImage !== "none"])"""
    assert all(box == [0, "region", True, True] for box in tab.evaluate(boxes))
    told = "[...document.querySelectorAll('.drawing')].map((one) => getComputedStyle(one, '::before').content)"
    assert all("scrolls sideways" in words for words in tab.evaluate(told))
    tab.evaluate("document.documentElement.style.fontSize = '32px'")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("path", ["/claims", "/links?part=texts", "/review", "room", "claim", "bench"])
def test_on_paper_there_is_nothing_to_go_to_press_or_fill_in_around_what_is_read(
    tab: Page, paths: dict[str, str], path: str
) -> None:
    wide(tab)
    go(tab, paths.get(path, path))
    tab.emulate_media(media="print", reduced_motion="reduce")
    shown = "nav, .keys-button, .skip, .reviewer, .controls, .filters, .judge"
    assert tab.locator(shown).evaluate_all("all => all.filter((one) => one.checkVisibility()).length") == 0
    expect(tab.locator("h1")).to_be_visible()
    expect(tab.locator(".neutral").last).to_be_visible()
    tab.emulate_media(media="screen", reduced_motion="reduce")


def test_what_is_selected_shows_in_forced_colours_and_nothing_moves_where_less_motion_is_asked(
    tab: Page, room: str
) -> None:
    wide(tab)
    colours: Any = "active"
    tab.emulate_media(forced_colors=colours, reduced_motion="reduce")
    go(tab, room)
    tab.keyboard.press("j")
    assert tab.evaluate("getComputedStyle(document.querySelector('.card.on')).outlineStyle") == "solid"
    assert tab.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = "document.getAnimations().length"
    assert tab.evaluate(moving) == 0
    tab.emulate_media(forced_colors="none")
