"""Sentences that stand under words which a claim drops, or in somebody's mouth to whom a claim does not give them.

In:   nothing.   Out: Frames by kind: marked templates (`tests.marked`) with {s} or {S} for a sentence, {who} or {Who}
      for who speaks, {other} for somebody else.
Knows nothing of: vet, where the sentences come from.

Rules were written against the first set of templates; the second, for the other half, was written after them and none
was changed for it. What a template marks is a true claim; the bare sentence is none.
"""

from __future__ import annotations

from dataclasses import dataclass

_WHO = "[source|{Who}]"
_MID = "[source|{who}]"


@dataclass(frozen=True)
class Frame:
    """``kind``: of the falsification that leaves the frame away; ``marked``: the template."""

    kind: str
    marked: str

    @property
    def is_of_two(self) -> bool:
        """Does somebody else than the speaker stand in it?"""
        return "{other}" in self.marked


_TEMPLATES: dict[str, tuple[str, ...]] = {
    "could not confirm": (
        f"{_WHO} [cue|could not confirm] [content|that {{s}}].",
        f"{_WHO} [cue|said they could not confirm] [content|that {{s}}].",
        f"{_WHO} [cue|was unable to confirm] [content|that {{s}}].",
        f"{_WHO} [cue|said] [content|it had not been established that {{s}}].",
        f"{_WHO} [cue|could not independently verify] [content|that {{s}}].",
        f"{_WHO} [cue|declined to confirm] [content|that {{s}}].",
        f"{_WHO} [cue|could neither confirm nor deny] [content|that {{s}}].",
        f"{_WHO} [cue|stopped short of saying] [content|that {{s}}].",
        "It has not been confirmed that {s}.",
        f"{_WHO} [cue|said] [content|it was too early to say that {{s}}].",
        "Whether {s} could not be verified.",
        "{S}, although {who} could not confirm this.",
    ),
    "could not rule out": (
        f"{_WHO} [cue|could not rule out] [content|that {{s}}].",
        f"{_WHO} [cue|said] [content|it could not be ruled out that {{s}}].",
        f"{_WHO} [cue|did not exclude] [content|that {{s}}].",
        f"{_WHO} [cue|refused to rule out] [content|that {{s}}].",
        "It is possible that {s}.",
        "It may be that {s}.",
        "Perhaps {s}.",
        f"{_WHO} [cue|said] [content|there was a chance that {{s}}].",
    ),
    "denied": (
        f"{_WHO} [cue|denied] [content|that {{s}}].",
        f"{_WHO} [cue|rejected claims] [content|that {{s}}].",
        f"{_WHO} [cue|said] [content|it was not true that {{s}}].",
        f"{_WHO} [cue|dismissed reports] [content|that {{s}}].",
        f"{_WHO} [cue|flatly denied] [content|that {{s}}].",
        f"{_WHO} [cue|disputed] [content|that {{s}}].",
        f"{_WHO} [cue|did not say] [content|that {{s}}].",
        f"{_WHO} [cue|has never said] [content|that {{s}}].",
        f"{_WHO} [cue|said] [content|there was no truth in reports that {{s}}].",
        f"{_WHO} [cue|contradicted reports] [content|that {{s}}].",
        f"“[content|It is nonsense that {{s}}],” {_MID} [cue|said].",
        f"{_WHO} [cue|said] [content|that it was false to claim that {{s}}].",
        "It is not the case that {s}.",
        "That {s} is untrue, {who} said.",
    ),
    "if": (
        "If {s}, the talks would be called off.",
        f"{_WHO} [cue|said] [content|the talks would end if {{s}}].",
        f"{_WHO} [cue|said] [content|that, if {{s}}, the talks would end].",
        "The talks will be called off if {s}.",
        "Unless {s}, the talks will go on.",
        "Assuming that {s}, the talks are at an end.",
        "{S} if the figures are right.",
        "If the figures are right, {s}.",
        f"{_WHO} [cue|said] [content|that if the figures were right, {{s}}].",
        f"{_WHO} [cue|warned] [content|that the talks would end should it turn out that {{s}}].",
        "Provided that {s}, the talks will end.",
        "Even if {s}, the talks will go on.",
        "In case {s}, the talks will be called off.",
        f"{_WHO} [cue|promised] [content|to resign if {{s}}].",
    ),
    "allegedly": (
        "Allegedly, {s}.",
        "{S}, allegedly.",
        "Reportedly, {s}.",
        "{S}, it is alleged.",
        "Supposedly, {s}.",
        "Apparently, {s}.",
    ),
    "is said": (
        "It is said that {s}.",
        "It is believed that {s}.",
        f"{_WHO} [cue|feared] [content|that {{s}}].",
        "There are rumours that {s}.",
        "It is rumoured that {s}.",
        f"{_WHO} [cue|suspected] [content|that {{s}}].",
        f"{_WHO} [cue|assumed] [content|that {{s}}].",
        "There were fears that {s}.",
    ),
    "no evidence": (
        "There is no evidence that {s}.",
        f"{_WHO} [cue|said] [content|there was no evidence that {{s}}].",
        "No proof has been found that {s}.",
        "Nothing shows that {s}.",
        f"{_WHO} [cue|saw no sign] [content|that {{s}}].",
        f"{_WHO} [cue|failed to show] [content|that {{s}}].",
        f"{_WHO} [cue|has yet to show] [content|that {{s}}].",
        "Nobody has shown that {s}.",
    ),
    "asked": (
        f"{_WHO} [cue|asked] [content|whether {{s}}].",
        "Is it true that {s}?",
        f"{_WHO} [cue|would not say] [content|whether {{s}}].",
        f"{_WHO} [cue|wondered] [content|if {{s}}].",
        "Could it be that {s}?",
        "It is an open question whether {s}.",
        f"“[content|Is it so that {{s}}?]” {_MID} [cue|asked].",
        f"{_WHO} [cue|declined to say] [content|whether {{s}}].",
        f"“[content|{{S}}?]” [cue|asked] {_MID}.",
        f"{_WHO} [cue|wants to know] [content|whether {{s}}].",
        "The court has to decide whether {s}.",
        f"{_WHO} [cue|is looking into] [content|whether {{s}}].",
    ),
    "of another": (
        f"“[content|{{S}}],” [cue|said] {_MID}. {{other}} did not comment.",
        f"{{other}} had asked for calm. “[content|{{S}}],” {_MID} [cue|said].",
        f"“[content|{{S}}],” {_MID} [cue|told] {{other}}.",
        f"“[content|{{S}}],” [cue|said] {_MID}, who once worked for {{other}}.",
        f"{_WHO}, a cousin of {{other}}, [cue|said]: “[content|{{S}}].”",
        f"“We regret it,” {{other}} said. “[content|{{S}}],” [cue|said] {_MID}.",
        f"“[content|{{S}}],” [cue|said] {_MID}. “We regret it,” {{other}} said.",
        f"[cue|According to] {_MID}, who met {{other}} on Monday, [content|{{s}}].",
        f"{{other}} listened. “[content|{{S}}],” [cue|said] {_MID}.",
        f"{{other}} said the talks were over; {_MID} [cue|said] [content|that {{s}}].",
        f"{_WHO} [cue|wrote] to {{other}} [content|that {{s}}].",
        f"[content|{{S}}], {_MID} [cue|said] as {{other}} left the room.",
    ),
}  # fmt: skip


_FRESH: dict[str, tuple[str, ...]] = {
    "could not confirm": (
        f"{_WHO} [cue|had no confirmation] [content|that {{s}}].",
        f"{_WHO} [cue|was not in a position to confirm] [content|that {{s}}].",
        f"{_WHO} [cue|did not want to confirm] [content|that {{s}}].",
        f"{_WHO} [cue|cautioned] [content|that it was not yet known whether {{s}}].",
        "It remains unconfirmed that {s}.",
        "{S}, but {who} has not verified this.",
    ),
    "could not rule out": (
        f"{_WHO} [cue|considered it possible] [content|that {{s}}].",
        f"{_WHO} [cue|would not exclude the possibility] [content|that {{s}}].",
        f"{_WHO} [cue|said] [content|it might be that {{s}}].",
        "It cannot be excluded that {s}.",
        "Maybe {s}.",
        "Conceivably, {s}.",
    ),
    "denied": (
        f"{_WHO} [cue|vehemently denied] [content|that {{s}}].",
        f"{_WHO} [cue|repudiated the claim] [content|that {{s}}].",
        f"{_WHO} [cue|insisted] [content|it was not so that {{s}}].",
        f"{_WHO} [cue|brushed aside suggestions] [content|that {{s}}].",
        f"{_WHO} [cue|does not believe] [content|that {{s}}].",
        f"“[content|It is simply not true that {{s}}],” {_MID} [cue|said].",
        "That {s} is false, according to {who}.",
    ),
    "if": (
        f"{_WHO} [cue|told reporters] [content|the talks would collapse unless {{s}}].",
        "Should it turn out that {s}, the talks will end.",
        "Only if {s} will the talks go on.",
        "{S}, provided the figures are right.",
        "On condition that {s}, the talks will go on.",
        "Supposing that {s}, the talks are over.",
    ),
    "allegedly": (
        "It is alleged that {s}.",
        "{S}, reportedly.",
        "{S}, it has been claimed.",
        "{S}, or so it is said.",
        "Purportedly, {s}.",
    ),
    "is said": (
        f"{_WHO} [cue|imagined] [content|that {{s}}].",
        "It is thought that {s}.",
        "Rumour has it that {s}.",
        "Some believe that {s}.",
        "There is speculation that {s}.",
    ),
    "no evidence": (
        f"{_WHO} [cue|found no evidence] [content|that {{s}}].",
        f"{_WHO} [cue|was unable to prove] [content|that {{s}}].",
        "There is nothing to suggest that {s}.",
        "Not a single document shows that {s}.",
        "Evidence that {s} has not been found.",
    ),
    "asked": (
        f"{_WHO} [cue|inquired] [content|whether {{s}}].",
        f"{_WHO} [cue|is investigating] [content|whether {{s}}].",
        f"“[content|Are we to believe that {{s}}?]” {_MID} [cue|asked].",
        "Did {who} know that {s}?",
        "It is unclear whether {s}.",
        "The question is whether {s}.",
    ),
    "of another": (
        f"“[content|{{S}}],” {_MID} [cue|assured] {{other}}.",
        f"{{other}} was not present. “[content|{{S}}],” {_MID} [cue|said].",
        f"{{other}} disagreed. {_WHO} [cue|said] [content|that {{s}}].",
        f"In a letter to {{other}}, {_MID} [cue|said] [content|that {{s}}].",
        f"“[content|{{S}}],” [cue|said] {_MID}, before {{other}} took the floor.",
        f"“We do not know,” said {{other}}. {_WHO} [cue|said] [content|that {{s}}].",
    ),
}  # fmt: skip


def frames(half: str) -> dict[str, tuple[Frame, ...]]:
    """The frames of a half ("dev" or "test") by kind."""
    templates = _TEMPLATES if half == "dev" else _FRESH
    return {kind: tuple(Frame(kind, marked) for marked in some) for kind, some in templates.items()}
