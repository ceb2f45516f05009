"""On whose word a claim stands, and where in the document.

In:   claims, a Ledger.   Out: Tellers from the innermost source outwards; "¶ 3" or "p. 2 ¶ 3".
Knows nothing of: how they are shown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from typing import Literal, NamedTuple

from sayso.records import Claim, Ledger, SpeechAct

Standing = Literal["named", "pronoun", "anonymous", "none", "author"]

_PRONOUNS = frozenset(
    ("he", "she", "they", "it", "we", "i", "you", "who", "which", "his", "her", "their", "its", "our", "my", "your")
)

# How a source passes on what somebody else says: a denial of it is not the denier's word for it.
_HOW: dict[SpeechAct, str] = {
    "deny": "in a denial by",
    "doubt": "in doubts of",
    "ask": "in a question by",
    "order": "in a demand by",
    "want": "in a wish of",
}
_TOLD = "on the word of"

_ARTICLES = frozenset(("the", "a", "an"))

NO_SOURCE = "no source"
THE_AUTHOR = "the author"


class Teller(NamedTuple):
    """One who passes a claim on. ``how``: "on the word of", "in a denial by", …; empty for who says it.

    ``words``: what the text calls them, where that does not hold the name.
    """

    name: str
    how: str = ""
    words: str = ""


def standing(claim: Claim) -> Standing:
    """Whether somebody named, an unresolved pronoun, somebody unnamed, nobody or the author says it."""
    if claim.kind == "authorial":
        return "author"
    if claim.source is None:
        return "none"
    if claim.source.name.lower() in _PRONOUNS:
        return "pronoun"
    return "anonymous" if claim.source.anonymous or claim.source.type == "people" else "named"


def speaker(claim: Claim) -> str:
    """The name to show for who says it."""
    if claim.kind == "authorial":
        return THE_AUTHOR
    return NO_SOURCE if claim.source is None else claim.source.name


def _amid(claim: Claim) -> str:
    """The same behind other words: "on the word of a clerk", not "of A clerk"."""
    name = speaker(claim)
    unnamed = claim.source is not None and claim.source.anonymous
    return name[:1].lower() + name[1:] if unnamed and name.split(" ")[0].lower() in _ARTICLES else name


def own_words(claim: Claim) -> str:
    """What the text calls the source, where that does not hold the name: who "she" or "the ministry" is, is a guess."""
    if claim.source is None or f" {_plain(claim.source.name)} " in f" {_plain(claim.source.text)} ":
        return ""
    return claim.source.text


def _plain(words: str) -> str:
    """Without articles, case and signs."""
    return " ".join(word for word in re.findall(r"\w+", words.casefold()) if word not in _ARTICLES)


def within(claim: Claim, claim_of: Callable[[str], Claim]) -> Mapping[str, Claim]:
    """The claims that a claim lies in, by their ids."""
    found: dict[str, Claim] = {}
    via = claim.via
    while via is not None and via not in found:
        found[via] = claim_of(via)
        via = found[via].via
    return found


def chain(claim: Claim, by_id: Mapping[str, Claim]) -> tuple[Teller, ...]:
    """Who says it, and how we have that from whom: the innermost source first, each name once.

    ``by_id`` are the claims of the document; a ``via`` that is not there ends the chain.
    """
    links: dict[str, Teller] = {}
    for one in _links(claim, by_id):
        name = _amid(one) if links else speaker(one)
        links.setdefault(bare(name), Teller(name, _how(one) if links else "", own_words(one)))
        # "a report in the Courier" says already where it stood.
        if one.outlet is not None and bare(one.outlet.text) not in bare(speaker(one)):
            links.setdefault(bare(one.outlet.text), Teller(one.outlet.text, "in"))
    return tuple(links.values())


def _how(outer: Claim) -> str:
    """How the source of a claim passes on what is nested in it."""
    if outer.speech_act not in _HOW and outer.factuality == "Uu":
        return "left open by"
    return _HOW.get(outer.speech_act, _TOLD)


def passed_on(links: tuple[Teller, ...]) -> str:
    """
    >>> passed_on((Teller("Reyk"), Teller("Ilves", "in a denial by"), Teller("the Courier", "in")))
    'in a denial by Ilves, in the Courier'
    """
    return ", ".join(f"{link.how} {link.name}" for link in links[1:])


def goes_on(claim: Claim, by_id: Mapping[str, Claim]) -> bool:
    """Whether the chain ends only because a claim is not in ``by_id``."""
    *_, last = _links(claim, by_id)
    return last.via is not None and last.via not in by_id


def _links(claim: Claim, by_id: Mapping[str, Claim]) -> Iterator[Claim]:
    """The claim, the one it is nested in, and so on; each once, even where they go in a circle."""
    seen: set[str] = set()
    link: Claim | None = claim
    while link is not None and link.id not in seen:
        seen.add(link.id)
        yield link
        link = by_id.get(link.via) if link.via is not None else None


def bare(name: str) -> str:
    """A name to compare by.

    >>> bare("The Courier")
    'courier'
    """
    return name.casefold().removeprefix("the ")


class Places:
    """What to call a place in a document: its paragraph, and its page where there are pages."""

    def __init__(self, ledger: Ledger) -> None:
        self.paragraphs = ledger.paragraphs
        self._starts = [paragraph.start for paragraph in self.paragraphs]
        self._pages = ledger.document.pages
        self._page_starts = [page.start for page in self._pages]

    def paragraph(self, at: int) -> int:
        """Index of the paragraph that holds the character ``at``, or of the one before it."""
        return max(0, bisect_right(self._starts, at) - 1)

    def page(self, at: int) -> int:
        """Number of the page that holds the character ``at``, from 1; 0 where there are no pages."""
        return max(1, bisect_right(self._page_starts, at)) if self._pages else 0

    def count(self, at: int) -> int:
        """Which paragraph holds the character ``at``, from 1; counted on its page where there are pages."""
        paragraph, page = self.paragraph(at), self.page(at)
        if not page or not self.paragraphs:
            return paragraph + 1
        top = self._page_starts[page - 1]
        first = self.paragraph(top)
        if self.paragraphs[first].end <= top:
            first += 1
        return max(1, paragraph - first + 1)

    def name(self, at: int) -> str:
        """ "¶ 3"; with pages "p. 2 ¶ 3"."""
        page = self.page(at)
        return f"p. {page} ¶ {self.count(at)}" if page else f"¶ {self.count(at)}"
