"""What `verify` and `recover` found, on a terminal and as JSON Lines.

In:   log Entries, what they vouch for, what was saved.   Out: lines.
Knows nothing of: how anything was compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Self

import msgspec
from rich.console import Console
from rich.text import Text

from sayso.custody import Entry, Recovered, Reread, Vouched, steps_back
from sayso.publish.wording import counted, one_line


class Verified(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="verified"):
    """The sum of a verification. ``unchanged``: how many things of each sort; ``head``: the hash of the last entry."""

    unchanged: dict[str, int]
    differences: tuple[Vouched, ...]
    head: str | None

    @classmethod
    def of(cls, vouched: Sequence[Vouched], entries: Sequence[Entry]) -> Self:
        """The sum over all that was compared."""
        return cls(
            unchanged=Counter(each.what for each in vouched if not each.difference),
            differences=tuple(each for each in vouched if each.difference),
            head=entries[-1].hash if entries else None,
        )


def lines(log: Sequence[Entry], verified: Verified) -> Iterator[bytes]:
    """The log and the sum as JSON Lines."""
    for record in (*log, verified):
        yield msgspec.json.encode(record) + b"\n"


def render(log: Sequence[Entry], verified: Verified, entries: Sequence[Entry], console: Console) -> None:
    """The same for people."""
    for entry in log:
        _print(console, one_line(_told(entry)), "dim")
    for each in verified.differences:
        _print(console, one_line(f"differs: {each.what} {each.about}: {each.difference}"), "red")
    for entry in steps_back(entries):
        told = f"entry {entry.seq} is dated {entry.at}, before one that it follows: the clock was set back"
        _print(console, told, "yellow")
    sorts = {
        "document": "documents",
        "original": "originals",
        "entry": "log entries",
        "judgement": "judgements",
        "decision": "decisions",
    }
    same = [f"{verified.unchanged[what]:,} {many}" for what, many in sorts.items() if verified.unchanged.get(what)]
    # Never "authentic": what was before it came in, no hash can tell.
    _print(console, f"unchanged since kept: {', '.join(same) or 'nothing'}")
    if verified.differences:
        _print(console, f"not as kept: {counted(len(verified.differences), 'thing', 'things')}", "bold red")
    if verified.head:
        _print(console, f"last log entry: {verified.head}")


def saved(document: Recovered) -> str:
    """One line on a document of a damaged case."""
    if document.lost:
        return f"{document.document}  lost  {one_line(document.path)}"
    state = {True: "whole", False: "in part", None: "as far as can be told"}[document.whole]
    original = "" if document.original else ", no original"
    claims = counted(document.claims, "claim", "claims")
    return f"{document.document}  {state}, {claims}{original}  {one_line(document.path)}"


def reread(document: Reread) -> str:
    """What is otherwise in a document that was read again: a line, and one for each claim that is read otherwise."""
    if document.carried:
        return f"{document.document}  carried over, its original was not kept  {one_line(document.path)}\n"
    parts = [
        f"{len(ids):,} {what}"
        for ids, what in ((document.gone, "gone"), (document.new, "new"), (document.changed, "read otherwise"))
        if ids
    ]
    lines = [f"{document.document}  {', '.join(parts) or 'the same'}  {one_line(document.path)}"]
    lines += [f"  {change.claim}  {', '.join(change.fields)}" for change in document.changed]
    return "\n".join(lines) + "\n"


def _told(entry: Entry) -> str:
    about = f" {entry.about}" if entry.about else ""
    by = f" by {entry.by}" if entry.by else ""
    detail = ", ".join(f"{key} {value}" for key, value in entry.detail.items() if value is not None)
    return f"{entry.seq}  {entry.at}  {entry.act}{about}{by}  {detail}"


def _print(console: Console, line: str, style: str = "") -> None:
    console.print(Text(line, style=style), soft_wrap=True)
