"""Vetted claims on a terminal: each field with its status and, where it is not as in the text, the reason.

In:   Vetted, a rich Console.   Out: lines written to that console; sums.
Knows nothing of: how it was found out.
"""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from sayso.publish.wording import counted, elided, one_line
from sayso.vet import Vetted

_WIDEST, _NARROWEST = 120, 40
_STYLES = {"exact": "green", "normalised": "yellow", "unsupported": "red"}


class Summary:
    """How many claims were vetted, and how many are faithful."""

    def __init__(self) -> None:
        self.faithful = self.unfaithful = 0

    def add(self, found: Vetted) -> None:
        self.faithful += found.faithful
        self.unfaithful += not found.faithful

    def __str__(self) -> str:
        total = counted(self.faithful + self.unfaithful, "claim", "claims")
        return f"{total}: {self.faithful:,} faithful to the text, {self.unfaithful:,} not"


def render(found: Vetted, console: Console) -> None:
    """Write one claim and its fields."""
    width = max(_NARROWEST, min(console.width, _WIDEST))
    head = Text(
        "faithful  " if found.faithful else "unfaithful  ", style="bold green" if found.faithful else "bold red"
    )
    where = f"line {found.line}  " if found.line is not None else ""
    head.append(where + (one_line(found.id) + "  " if found.id else ""), style="not bold dim")
    head.append(elided(found.content, width), style="not bold default")
    _write("", head, console, width)
    for name, field in found.why.items():
        line = Text(f"{name:10} ").append(field.status, style=_STYLES[field.status])
        if field.status != "exact":
            line.append(f": {one_line(field.reason)}")
        _write("    ", line, console, width)


def _write(indent: str, text: Text, console: Console, width: int) -> None:
    first, *rest = text.wrap(console, width - len(indent) - 2) or [Text()]
    for lead, line in ((indent, first), *((indent + "  ", line) for line in rest)):
        line.rstrip()
        console.print(Text(lead).append_text(line), soft_wrap=True)
