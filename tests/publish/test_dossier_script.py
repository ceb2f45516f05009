"""What the script of the dossier does, seen by a browser; skipped where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.publish import dossier

from .browser import CHROMIUM, Browser
from .ledgers import ledger, said_hedges
from .sample import sample

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

CLAIMS = sample().claims
TIDE = ledger("[source 1|The harbour office] [cue 1|said] [content 1|the tide is late].", title="Tide table")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest.fixture
def tab(browser: Browser, tmp_path: Path) -> Browser:
    file = tmp_path / "dossier.html"
    file.write_text(dossier.render([sample(), TIDE], said_hedges, version="1"), encoding="utf-8")
    browser.requests.clear()
    browser.size(1400, 1000)
    # Without smooth scrolling nothing moves between finding a place and clicking it.
    browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
    browser.open(file.as_uri())
    return browser


def selected(tab: Browser) -> object:
    return tab.value("document.querySelector('.card.on')?.id")


def count(tab: Browser) -> object:
    return tab.value("document.querySelector('.count').textContent")


def choose(tab: Browser, key: str, value: str) -> None:
    tab.value(
        f"(() => {{ const s = document.querySelector('[data-filter={key}]'); s.value = '{value}';"
        "s.dispatchEvent(new Event('input', {bubbles: true})) })()"
    )


def test_the_file_asks_for_nothing_and_breaks_no_policy(tab: Browser) -> None:
    assert [url for url in tab.requests if url != "about:blank"] == [tab.value("location.href")]
    assert tab.errors == []
    assert tab.value("document.querySelector('.controls').hidden") is False


def test_j_and_k_move_through_the_claims(tab: Browser) -> None:
    for key in "jjjk":
        tab.press(key)
    assert selected(tab) == CLAIMS[1].id
    assert tab.value("location.hash") == f"#{CLAIMS[1].id}"
    assert tab.value("document.activeElement.id") == CLAIMS[1].id


def test_a_selected_claim_lights_its_source_cue_and_content(tab: Browser) -> None:
    for _ in range(4):
        tab.press("j")
    lit = tab.value("[...document.querySelectorAll('.text span.on')].map((e) => e.textContent)")
    assert lit == ["Brigadier Tomas Reyk", "denied", "13 May", "any battery under his orders had fired that night"]


def test_enter_goes_from_the_claim_to_the_text(tab: Browser) -> None:
    tab.press("j")
    tab.press("Enter")
    assert tab.value("document.activeElement.id") == f"m-{CLAIMS[0].id}"


def test_a_click_selects_the_innermost_claim_and_the_next_click_the_one_around_it(tab: Browser) -> None:
    found = []
    for _ in range(4):
        tab.click(".text .d3")
        found.append(selected(tab))
    assert found == [CLAIMS[7].id, CLAIMS[6].id, CLAIMS[5].id, CLAIMS[7].id]


def test_a_click_in_the_text_leaves_it_where_it_is_and_brings_the_card_into_view(tab: Browser) -> None:
    words = f"#m-{CLAIMS[21].id} + span"
    tab.point(words)
    before = tab.value("scrollY")
    tab.click(words)
    assert selected(tab) == CLAIMS[21].id
    assert tab.value("scrollY") == before
    card = f"document.getElementById('{CLAIMS[21].id}').getBoundingClientRect()"
    assert 0 < tab.value(f"{card}.top") < tab.value(f"{card}.bottom") < 1000


def test_search_counts_and_escape_clears(tab: Browser) -> None:
    tab.press("/")
    for key in "fragments":
        tab.press(key)
    assert count(tab) == "2 of 26 claims"
    assert tab.value("[...document.querySelectorAll('.card')].filter((e) => e.checkVisibility()).length") == 2
    tab.press("Escape")
    assert count(tab) == "26 claims"


def test_filters_narrow_each_other(tab: Browser) -> None:
    choose(tab, "standing", "none")
    assert count(tab) == "3 of 26 claims"
    choose(tab, "act", "order")
    assert count(tab) == "1 of 26 claims"
    assert tab.value("document.querySelector('[data-filter=standing] [value=named]').textContent") == "named source (0)"


def test_choosing_a_document_hides_the_others(tab: Browser) -> None:
    choose(tab, "document", TIDE.document.ref.id)
    shown = "[...document.querySelectorAll('.document')].filter((e) => e.checkVisibility()).map((e) => e.id)"
    assert tab.value(shown) == [TIDE.document.ref.id]
    assert count(tab) == "1 of 26 claims"


def test_an_address_with_a_claim_opens_it(tab: Browser) -> None:
    tab.open(f"{tab.value('location.href')}#{CLAIMS[12].id}")
    assert selected(tab) == CLAIMS[12].id


@pytest.mark.parametrize(("width", "height"), [(390, 844), (768, 1024), (1400, 1000)])
def test_an_address_of_a_claim_ends_at_it_on_any_screen(
    browser: Browser, tmp_path: Path, width: int, height: int
) -> None:
    said = "the tide had been late and the ferry had waited for it at the mole " * 12
    text = "\n\n".join(f"[source {n}|Ada Quell] [cue {n}|said] [content {n}|{said}to {n}]." for n in range(1, 41))
    long, tab = ledger(text, title="Long"), browser
    file = tmp_path / "long.html"
    file.write_text(dossier.render([long], said_hedges, version="1"), encoding="utf-8")
    tab.size(width, height)
    tab.open(f"{file.as_uri()}#{long.claims[34].id}")
    seen = tab.value(
        "(async () => { const top = () => document.querySelector('.card.on').getBoundingClientRect().top;"
        "for (let before; before !== top();) { before = top(); await new Promise((done) => setTimeout(done, 300)) }"
        "return top() })()"
    )
    assert 0 <= seen < height


def test_the_list_of_keys_opens_and_single_keys_can_be_turned_off(tab: Browser) -> None:
    tab.press("?")
    assert tab.value("document.querySelector('.help').open") is True
    tab.value("document.querySelector('#single-keys').click()")
    tab.press("Escape")
    tab.press("j")
    assert tab.value("document.querySelector('.help').open") is False
    assert selected(tab) is None


def test_each_part_of_each_document_has_a_name_of_its_own(tab: Browser) -> None:
    names = tab.value(
        "[...document.querySelectorAll('section[aria-labelledby]')].map((one) => one.getAttribute('aria-labelledby')"
        ".split(' ').map((id) => document.getElementById(id).textContent).join(' '))"
    )
    assert len(names) > 4
    assert len(set(names)) == len(names)


def test_a_narrow_screen_needs_no_sideways_scrolling(tab: Browser) -> None:
    tab.size(320, 700)
    assert tab.value("document.documentElement.scrollWidth") == 320
