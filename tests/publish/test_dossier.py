from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from importlib import resources
from itertools import pairwise

import pytest

from sayso.publish import dossier
from sayso.records import Ledger
from sayso.spans import Span

from .ledgers import ledger, no_hedges, said_hedges
from .sample import sample


class Outline(HTMLParser):
    """What a test asks of a file: elements with their attributes, and the text that is no script or style."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._raw = ""
        self.raw: dict[str, str] = {}
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        self._raw = tag if tag in {"script", "style"} else ""

    def handle_data(self, data: str) -> None:
        if self._raw:
            self.raw.setdefault(self._raw, data)
        else:
            self.text += data

    def of(self, tag: str, name: str = "") -> list[dict[str, str]]:
        return [a for t, a in self.elements if t == tag and (not name or name in a.get("class", "").split())]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]


def made(*ledgers: Ledger) -> str:
    return dossier.render(ledgers, said_hedges, version="1.2.3")


def test_a_paragraph_is_read_from_the_side_from_which_its_script_goes() -> None:
    page = dossier.render([sample()], said_hedges, version="1")
    paragraphs = re.findall(r'<p id="[^"]*-p[^"]*"[^>]*>|<p [^>]*data-p=[^>]*>', page)
    assert paragraphs
    assert all('dir="auto"' in one for one in paragraphs)


def test_the_same_input_gives_the_same_file() -> None:
    assert made(sample()) == made(sample())


def test_nothing_is_loaded_from_anywhere() -> None:
    outline = Outline(made(sample()))
    assert [
        tag for tag, a in outline.elements if tag in {"link", "img", "iframe", "object", "base"} or "src" in a
    ] == []
    assert all(a["href"].startswith("#") for _, a in outline.elements if "href" in a)
    assert not re.search(r"@import|url\(|fetch\(|\bimport\b", outline.raw["style"] + outline.raw["script"])


def test_the_policy_names_exactly_the_style_and_the_script() -> None:
    outline = Outline(made(sample()))
    policy = next(a["content"] for a in outline.of("meta") if a.get("http-equiv") == "Content-Security-Policy")
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(outline.raw[tag].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert not any(key.startswith("on") or key == "style" for _, a in outline.elements for key in a)


def test_every_link_has_its_target_and_every_id_stands_once() -> None:
    outline = Outline(made(sample(), ledger("Tide table.")))
    assert len(outline.ids) == len(set(outline.ids))
    assert {a["href"][1:] for _, a in outline.elements if "href" in a} <= set(outline.ids)


def test_cards_and_marks_lead_to_each_other_without_script() -> None:
    outline = Outline(made(sample()))
    links = {a["href"] for _, a in outline.elements if "href" in a}
    for claim in sample().claims:
        assert claim.id in outline.ids
        assert f"m-{claim.id}" in outline.ids
        assert {f"#{claim.id}", f"#m-{claim.id}"} <= links


def test_controls_are_hidden_until_a_script_shows_them() -> None:
    assert "hidden" in Outline(made(sample())).of("form", "controls")[0]


def test_headings_never_skip_a_level() -> None:
    levels = [
        int(tag[1]) for tag, _ in Outline(made(sample(), ledger("Tide table."))).elements if re.fullmatch("h[1-6]", tag)
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_card_says_who_on_whose_word_and_how() -> None:
    card = made(sample()).split(f'id="{sample().claims[7].id}"')[1].split("</li>\n")[0]
    text = " ".join(re.sub(r"<[^>]+>", " ", card.split("</ul>")[0] + card.split("</ul>")[-1]).split())
    assert "a duty log says , on the word of two officers , on the word of Mara Ilves , in the Sund Courier" in text
    assert "in the Sund Courier nine outgoing rounds between 02:10 and 02:25 cue shows" in text
    page = Outline(made(sample())).text
    assert "hedged: could" in page
    assert "dated 2031-06-02" in page
    assert "put as certainly not so (CT−)" in page
    assert "score 71 %" in page


HOSTILE = "</style></script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}\u202e<!--"


def test_hostile_words_are_shown_not_run() -> None:
    found = ledger(
        f"[source 1|{HOSTILE}] [cue 1|{HOSTILE}] [addressee 1|{HOSTILE}] [outlet 1|{HOSTILE}] [content 1|{HOSTILE}]",
        {1: {"name": HOSTILE}},
        title=HOSTILE,
        outlet=HOSTILE,
        author=HOSTILE,
        published=HOSTILE,
        path=HOSTILE,
    )
    markup = dossier.render([found, ledger("Tide.")], lambda _: (HOSTILE,), version="1")
    outline = Outline(markup)
    assert len(outline.of("script")) == 1
    assert outline.of("img") == []
    assert not any(key.startswith("on") for _, a in outline.elements for key in a)
    assert "\u202e" not in markup
    assert HOSTILE.replace("\u202e", "⟨U+202E⟩") in outline.text
    assert outline.raw["script"] == resources.files("sayso").joinpath("templates/dossier.js").read_text("utf-8")


def test_a_document_that_comes_twice_is_shown_once_with_both_paths() -> None:
    one = ledger("[source 1|A] [cue 1|said] [content 1|no].", path="a.txt")
    two = ledger("[source 1|A] [cue 1|said] [content 1|no].", path="b.txt")
    outline = Outline(made(one, two))
    assert len(outline.of("section", "document")) == 1
    assert "a.txt, b.txt" in outline.text


def test_several_documents_are_listed_and_can_be_chosen() -> None:
    one, two = sample(), ledger("[source 1|A] [cue 1|said] [content 1|no].", title="Second")
    outline = Outline(made(one, two))
    assert len(outline.of("section", "document")) == 2
    assert f"#{two.document.ref.id}" in [a["href"] for a in outline.of("a")]
    assert "document" in [a["data-filter"] for a in outline.of("select")]


def test_an_empty_ledger_and_an_empty_dossier_say_so() -> None:
    assert "No claims were found in this document." in made(ledger("Tide table for June."))
    assert "This dossier holds no documents." in made()


def test_notices_and_sources_close_a_document() -> None:
    text = Outline(made(sample())).text
    assert "decoded as windows-1252; the file does not say" in text
    assert re.search(r"Sources\s+Tomas Reyk\s+4 5\s", text)


def test_pages_of_a_pdf_are_marked() -> None:
    text = "One.\n\nTwo."
    found = ledger(text, pages=(Span(0, 6), Span(6, 10)))
    assert [a.get("data-page") for a in Outline(made(found)).of("p") if "data-p" in a] == ["p. 1", "p. 2"]


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6});", block))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_colour_can_be_read_on_every_ground(scheme: str) -> None:
    css = resources.files("sayso").joinpath("templates/dossier.css").read_text("utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)")[:2]
    found = colours(light) | (colours(dark.split("*, ::before")[0]) if scheme == "dark" else {})
    for text in ("ink", "soft", "source", "cue", "link"):
        for ground in ("paper", "panel", "tint1", "tint2", "tint3", "on"):
            if text == "soft" and ground in {"tint2", "tint3"}:
                continue  # remarks on the text never lie within content
            a, b = sorted((luminance(found[text]), luminance(found[ground])), reverse=True)
            assert (a + 0.05) / (b + 0.05) >= 4.5, f"{text} on {ground}"


def test_no_hedges_no_word_of_them() -> None:
    assert "hedged" not in Outline(dossier.render([sample()], no_hedges, version="1")).text
