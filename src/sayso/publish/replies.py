"""Who denies what is said of whom: in the same text, in others, and where nobody named has a word on it.

In:   ledgers, how claims stand to each other, who is one.   Out: Said, those with a denial or with somebody named.
Knows nothing of: how it is shown; whether anything is so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from sayso.links import Contradiction
from sayso.publish.chains import bare
from sayso.publish.wording import one_line
from sayso.records import Claim, Ledger, Party, Source
from sayso.resolve.aliases.identity import is_name

Who = Callable[[str, str], str]  # a document, an entity of it -> whom that is in all documents

_DONE = ("ASSAULT", "COERCE", "THREATEN")  # types of events that whoever is named as doing them may want to answer
_AGAINST = ("contradicts", "disputes-attribution")
_NOBODY = "said by nobody"
_SAME = "denies it, in the same text"
_OTHER = "stands against it, in another text"
_NAMED = "a denial in the same text, by whom the claim names"  # of what, its words tell


class Reply(NamedTuple):
    """A denial, and how it stands to what is said: "denies it, in the same text"."""

    claim: Claim
    how: str


class Said(NamedTuple):
    """A claim, whom it names as doing something, the denials of it, and what those named say besides in its text."""

    claim: Claim
    of: tuple[str, ...]
    replies: tuple[Reply, ...]
    comments: tuple[Claim, ...]


def said(ledgers: Iterable[Ledger], against: Iterable[Contradiction], who: Who) -> tuple[Said, ...]:
    """Claims that somebody denies, or that name somebody else as doing something, in the order of the ledgers."""
    papers = tuple(ledgers)
    claims = {claim.id: claim for paper in papers for claim in paper.claims}
    others: dict[str, list[Claim]] = defaultdict(list)
    for one in against:
        if one.relation in _AGAINST and one.a in claims and one.b in claims:
            others[one.a].append(claims[one.b])
            others[one.b].append(claims[one.a])
    every = (_of(claim, paper, others, who) for paper in papers for claim in paper.claims if claim.speech_act != "deny")
    return tuple(one for one in every if one.replies or one.of)


def _of(claim: Claim, paper: Ledger, others: Mapping[str, list[Claim]], who: Who) -> Said:
    by = {one.id: one for one in paper.claims}
    mine = _speaker(claim, who)
    nobody = any(reason.why == _NOBODY for reason in claim.why)  # "neither the Front nor its allies have claimed"
    named = [] if nobody else [(names, party) for names, party in _named(claim, who) if not names & mine]
    asked = {name for names, _ in named for name in names}
    own = [one for one in paper.claims if one.id != claim.id and _speaker(one, who) & asked]
    found: dict[str, Reply] = {}
    outer = by.get(claim.via or "")
    if outer is not None and outer.speech_act == "deny":
        found[outer.id] = Reply(outer, _SAME)
    for one in paper.claims:
        if one.denied and one.denied == claim.content.spans:
            found.setdefault(one.id, Reply(one, _SAME))
    for one in own:
        if one.speech_act == "deny":
            found.setdefault(one.id, Reply(one, _NAMED))
    for one in others.get(claim.id, ()):
        if one.speech_act == "deny":
            found.setdefault(one.id, Reply(one, _OTHER))
    parties = tuple(dict.fromkeys(one_line(party.name) for _, party in named))
    return Said(claim, parties, tuple(found.values()), tuple(one for one in own if one.id not in found))


def _named(claim: Claim, who: Who) -> Iterator[tuple[frozenset[str], Party]]:
    """Whom a claim has do something, or accuses, by name."""
    for event in claim.events:
        if event.negated or event.hypothetical:
            continue
        accused = event.recipient if event.type == "ACCUSE" and claim.speech_act == "accuse" else None
        party = event.actor if event.type in _DONE else accused
        if party is not None and is_name(party.name):
            yield _known_as(claim, party, who), party


def _speaker(claim: Claim, who: Who) -> frozenset[str]:
    return _known_as(claim, claim.source, who) if claim.source else frozenset()


def _known_as(claim: Claim, one: Party | Source, who: Who) -> frozenset[str]:
    """By entity and by name: in one text somebody of the same name is the same."""
    entity = [who(claim.document.id, one.entity)] if one.entity else []
    return frozenset((*entity, f"{claim.document.id} {bare(one.name)}"))
