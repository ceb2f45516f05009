"""A form that could not be kept, to be shown again as it was filled in, with what is wrong at its field.

In:   what was typed, why it is not kept.   Out: a Refused for the templates, a page with it.
Knows nothing of: which forms there are.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from sayso.errors import SaysoError
from sayso.serve.views import Ask, Shown


@dataclass(frozen=True, slots=True)
class Refused:
    """``act``: of the form; ``field``: the one that is wrong, None where it is no single one; ``words``: why, empty
    where nothing was refused.
    """

    act: str = ""
    field: str | None = None
    words: str = ""
    typed: Mapping[str, str] = dataclasses.field(default_factory=dict)
    every: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.words)

    def of(self, *acts: str) -> Refused:
        """Itself in the form of one of these acts, nothing in others."""
        return self if self.act in acts else NOTHING

    def had(self, name: str, usual: str = "", place: int | None = None) -> str:
        """What was typed into a field, or into the one at ``place`` of several; else what it holds as a rule."""
        if place is None:
            return self.typed.get(name, usual)
        return self.every[name][place] if place < len(self.every.get(name, ())) else usual

    def chose(self, name: str, value: str) -> bool:
        return value in self.every.get(name, ())


NOTHING = Refused()


def again(shown: Shown, ask: Ask, error: SaysoError, *, at: str, wrong: str | None) -> Shown:
    """The page ``at`` with the form as it was sent."""
    refused = Refused(ask.form.get("act", ""), wrong, str(error), ask.form, ask.every)
    return dataclasses.replace(shown, more={**shown.more, "refused": refused}, status=400, error=str(error), at=at)
