"""Review in a browser: by keys alone, with the mouse, without scripts, and two people at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Dialog, Locator, Page, expect

from tests.serve.browser import complaints, go, needs_chromium, served
from tests.serve.client import TOKEN, a_case

pytestmark = needs_chromium

WIRE = Path("examples/01-wire-halyard.txt").absolute()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_case(tmp_path_factory.mktemp("review") / "talmeer.case", WIRE)


def card(tab: Page, number: int) -> Locator:
    return tab.locator(f'.card[data-n="{number}"]')


def claim(tab: Page, room: str, number: int) -> str:
    go(tab, room)
    return card(tab, number).get_attribute("id") or ""


def selected(tab: Page, words: str) -> None:
    """What a reader does with the mouse: from the first to the last of these words of the passage."""
    tab.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.querySelector(".text"), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf(words);
                if (at >= 0) { getSelection().setBaseAndExtent(node, at, node, at + words.length); return; }
            }
            throw new Error("not on this page: " + words);
        }""",
        words,
    )


@pytest.mark.parametrize("width", [1280, 320])
def test_no_view_of_review_is_closed_to_anybody(tab: Page, room: str, width: int) -> None:
    name = claim(tab, room, 3)
    tab.set_viewport_size({"width": width, "height": 900})
    document = room.rpartition("/")[2]
    for path in ("/review", f"/review/claims/{name}", f"/review/add/{document}", "/review/people", room):
        with complaints(tab) as found:
            go(tab, path)
            tab.wait_for_load_state("networkidle")
        if path == room:
            tab.keyboard.press("j")
        assert found == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
        if width == 1280 or path in ("/review", f"/review/claims/{name}"):
            results = Axe().run(tab, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
            assert [v["id"] for v in results.response["violations"]] == [], results.generate_report()
    tab.set_viewport_size({"width": 1280, "height": 900})


def test_keys_rule_on_the_claim_that_is_selected_and_the_focus_stays(tab: Page, room: str) -> None:
    go(tab, room)
    tab.keyboard.press("j")
    here = card(tab, 1)
    tab.keyboard.press("a")
    expect(here.locator(".how")).to_have_text("accepted by Ann")
    expect(tab.locator("#told")).to_have_text("accepted by Ann")
    expect(here).to_be_focused()
    tab.keyboard.press("w")
    tab.keyboard.type("as the wire has it")
    tab.keyboard.press("Enter")
    expect(here).to_be_focused()
    tab.keyboard.press("r")
    expect(here.locator(".how")).to_have_text("rejected by Ann")
    tab.keyboard.press("u")
    expect(here.locator(".how")).to_have_text("accepted by Ann")
    tab.keyboard.press("u")
    expect(here.locator(".how")).to_have_text("nobody has ruled on it")
    tab.keyboard.press("u")
    expect(here.get_by_role("alert")).to_have_text("There is nothing of yours to undo on this claim.")
    tab.reload()
    expect(card(tab, 1).locator(".how")).to_have_text("nobody has ruled on it")


def test_a_button_keeps_the_focus_on_the_buttons(tab: Page, room: str) -> None:
    go(tab, room)
    tab.keyboard.press("j")
    card(tab, 1).get_by_role("button", name="Leave open").press("Enter")
    expect(card(tab, 1).locator(".how")).to_have_text("left open by Ann")
    expect(card(tab, 1).get_by_role("button", name="Leave open")).to_be_focused()


def test_the_queue_goes_to_the_next_claim_after_each_key(tab: Page) -> None:
    go(tab, "/review?state=unreviewed")
    items = tab.locator(".item")
    tab.keyboard.press("j")
    expect(items.nth(1)).to_be_focused()
    tab.keyboard.press("k")
    for number, key, told in ((0, "a", "accepted by Ann"), (1, "r", "rejected by Ann"), (2, "o", "left open by Ann")):
        expect(items.nth(number)).to_be_focused()
        tab.keyboard.press(key)
        expect(items.nth(number).locator(".how")).to_have_text(told)
    expect(items.nth(3)).to_be_focused()
    tab.keyboard.press("?")
    expect(tab.get_by_role("dialog")).to_contain_text("accept: source, cue and content are read rightly")
    tab.keyboard.press("Escape")


def test_a_slip_in_the_queue_is_taken_back_by_the_next_key(tab: Page) -> None:
    go(tab, "/review?state=unreviewed")
    items = tab.locator(".item")
    tab.keyboard.press("j")
    tab.keyboard.press("k")
    tab.keyboard.press("a")
    expect(items.nth(1)).to_be_focused()
    tab.keyboard.press("u")
    expect(items.nth(0).locator(".how")).to_have_text("nobody has ruled on it")
    expect(items.nth(0)).to_be_focused()
    tab.keyboard.press("a")
    expect(items.nth(1)).to_be_focused()
    tab.keyboard.press("j")
    tab.keyboard.press("u")
    expect(items.nth(2).get_by_role("alert")).to_contain_text("nothing of yours to undo")
    expect(items.nth(0).locator(".how")).to_have_text("accepted by Ann")
    tab.keyboard.press("k")
    tab.keyboard.press("k")
    tab.keyboard.press("u")
    expect(items.nth(0).locator(".how")).to_have_text("nobody has ruled on it")


def test_a_claim_is_edited_by_keys_alone_and_is_found_again(tab: Page, room: str) -> None:
    go(tab, room)
    for _ in range(6):
        tab.keyboard.press("j")
    tab.keyboard.press("e")
    expect(tab.get_by_label("Source who says it")).to_be_focused()
    content = tab.locator("#f-content")
    before = content.input_value()
    tab.get_by_role("button", name="Content: begin a word later").press("Enter")
    expect(content).to_have_value(before.partition(" ")[2])
    tab.get_by_role("button", name="Keep this wording").press("Enter")
    tab.wait_for_url("**/documents/**")
    new = tab.locator(".card.on")
    expect(new.locator(".how")).to_have_text("put otherwise by Ann")
    expect(new.locator(".words")).to_have_text(before.partition(" ")[2])
    expect(new).to_be_focused()


def test_words_are_taken_from_the_passage_with_the_mouse(tab: Page, room: str) -> None:
    go(tab, f"/review/claims/{claim(tab, room, 7)}")
    words = tab.locator("#f-content").input_value()
    part = " ".join(words.split()[:3])
    selected(tab, part)
    role = tab.locator('#edit .role[data-role="content"]')
    role.get_by_role("button", name="Take the selection").click()
    expect(tab.locator("#f-content")).to_have_value(part)
    tab.get_by_role("button", name="Keep this wording").click()
    expect(tab.locator(".card.on .words")).to_have_text(part)


def test_new_claims_are_made_of_what_is_selected(tab: Page, room: str) -> None:
    go(tab, room)
    tab.keyboard.press("n")
    expect(tab.locator(".review-head").get_by_role("alert")).to_contain_text("Select the words")
    selected(tab, "by telephone")
    tab.keyboard.press("n")
    expect(tab.locator("#f-content")).to_have_value("by telephone")
    tab.get_by_role("button", name="Add this claim").click()
    expect(tab.locator(".card.on .how")).to_have_text("added by Ann")
    expect(tab.locator(".card.on .words")).to_have_text("by telephone")


def test_two_who_rule_on_one_claim_at_once_both_stay(tab: Page, room: str, case: Path) -> None:
    go(tab, room)
    here = card(tab, 12)
    name = here.get_attribute("id")
    with served(case, reviewer="Ben") as at:
        assert tab.context.browser is not None
        other = tab.context.browser.new_context(base_url=at, reduced_motion="reduce").new_page()
        other.goto(f"/?token={TOKEN}")
        other.wait_for_url(f"{at}/")
        go(other, f"{room}#{name}")
        here.click()
        tab.keyboard.press("r")
        expect(here.locator(".how")).to_have_text("rejected by Ann")
        other.keyboard.press("a")
        theirs = other.locator(f'[data-review="{name}"] .how')
        expect(theirs).to_have_text("reviewers disagree: Ann rejected it and Ben accepted it")
        go(other, f"/review/claims/{name}")
        expect(other.locator(".history")).to_contain_text("Made on an earlier state: 1 judgement of another")
        other.context.close()


def test_who_has_no_name_is_led_to_the_field(case: Path, tab: Page, room: str) -> None:
    with served(case) as at:
        assert tab.context.browser is not None
        other = tab.context.browser.new_context(base_url=at, reduced_motion="reduce").new_page()
        other.goto(f"/?token={TOKEN}")
        other.wait_for_url(f"{at}/")
        go(other, room)
        other.keyboard.press("j")
        other.keyboard.press("a")
        field = other.get_by_label("Your name, for judgements")
        expect(field).to_be_focused()
        expect(other.get_by_role("alert")).to_contain_text("give your name first")
        expect(other.get_by_role("alert")).to_be_in_viewport(ratio=1)
        other.keyboard.type("Cat")
        other.keyboard.press("Enter")
        expect(other.locator(".card.on")).to_be_focused()
        other.wait_for_load_state("networkidle")  # the keys come with a module of their own
        other.keyboard.press("a")
        expect(other.locator(".card.on .how")).to_contain_text("Cat")
        other.context.close()


def test_what_was_typed_is_not_left_without_a_question_and_comes_back_with_what_is_wrong(tab: Page, room: str) -> None:
    path = f"/review/claims/{claim(tab, room, 9)}"
    go(tab, path)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    tab.on("dialog", stay)
    tab.keyboard.press("e")
    tab.get_by_role("link", name="Documents").click()
    tab.wait_for_url("**/documents")
    assert asked == []
    go(tab, path)
    tab.locator("#f-content").fill("words that nobody wrote")
    tab.get_by_role("link", name="Documents").press("Enter")
    expect(tab.locator("#f-content")).to_have_value("words that nobody wrote")
    assert asked == ["beforeunload"]
    tab.locator("#f-content").press("Control+Enter")
    expect(tab.locator("#f-content")).to_have_value("words that nobody wrote")
    expect(tab.locator("#f-content")).to_be_focused()
    expect(tab.locator("#f-content")).to_have_accessible_description(re.compile("the text has no"))
    assert tab.url.endswith(path)
    tab.locator("#f-content").fill("the")
    tab.locator("#f-content").press("Control+Enter")
    tab.wait_for_url("**/documents/**")
    assert asked == ["beforeunload"]
    tab.remove_listener("dialog", stay)


def test_without_scripts_every_act_is_a_button(case: Path, tab: Page, room: str) -> None:
    name = claim(tab, room, 15)
    assert tab.context.browser is not None
    context = tab.context.browser.new_context(
        base_url=tab.url.partition("/documents")[0],
        java_script_enabled=False,
        storage_state=tab.context.storage_state(),
    )
    page = context.new_page()
    page.goto(f"{room}#{name}")
    here = page.locator(f'[data-review="{name}"]')
    here.get_by_label("Reason").fill("read aloud")
    here.get_by_role("button", name="Accept").click()
    expect(page.locator(f'[data-review="{name}"] .how')).to_have_text("accepted by Ann")
    page.locator(f'[data-review="{name}"]').get_by_role("link", name="Edit, split, merge, history").click()
    page.locator("summary", has_text="Split").click()
    page.get_by_role("button", name="Split into these").scroll_into_view_if_needed()
    expect(page.locator(".history")).to_contain_text("read aloud")
    context.close()
