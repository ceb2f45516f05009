"""What vet makes of a claim, field by field.

In:   values.   Out: frozen records; a Vetted encodes to one line of JSON Lines.
Knows nothing of: how it was found out.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.spans import Span

Status = Literal["exact", "normalised", "unsupported"]


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a claim against the text. ``spans``: the words of the text that bear it out, or speak against it."""

    status: Status
    reason: str
    spans: tuple[Span, ...] = ()


class Vetted(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="vetted"):
    """Whether a claim is faithful to a text: whether the text has each of its fields. Not whether it is so.

    ``fields``: the status of each; ``why``: the reason for it and the words of the text. ``line``: where the claim
    stands in its file.
    """

    id: str | None = None
    faithful: bool
    fields: dict[str, Status]
    reason: str
    why: dict[str, Field]
    content: str
    line: int | None = None

    @property
    def place(self) -> tuple[Span, ...]:
        """Where its content stands in the text; empty where it does not."""
        return self.why["content"].spans if self.fields["content"] != "unsupported" else ()


def vetted(fields: dict[str, Field], *, identity: str | None, content: str, line: int | None) -> Vetted:
    """All fields as one result: faithful where each is supported."""
    wrong = {name: field for name, field in fields.items() if field.status == "unsupported"}
    changed = [f"{name}: {field.reason}" for name, field in fields.items() if field.status == "normalised"]
    told = [f"{name}: {field.reason}" for name, field in wrong.items()] or changed
    return Vetted(
        id=identity,
        faithful=not wrong,
        fields={name: field.status for name, field in fields.items()},
        reason="; ".join(told) or "as in the text",
        why=fields,
        content=content,
        line=line,
    )
