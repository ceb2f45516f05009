"""The log of what was done to a case: each entry carries the hash of the one before it.

In:   what was done, by whom, when.   Out: Entries of a chain; what a chain that does not hold gives away.
Knows nothing of: where entries lie, what time it is.

After the Berkeley Protocol on Digital Open Source Investigations (OHCHR and UC Berkeley, 2020): who did what to an
item, when and with which tool. A chain shows that nothing in it was altered since, if its last hash is known from
elsewhere; it does not show what happened before an item came in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec

Act = Literal[
    "made", "added", "reread", "linked", "checked", "judged", "decided", "imported", "exported", "recovered", "lost"
]
Sort = Literal["file", "entry", "original", "document", "judgement", "decision"]
_VOUCHING = ("added", "reread", "recovered", "imported")  # an entry of these holds the digest of a ledger
START = "0" * 64  # what stands before the first entry


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was done. ``at``: UTC, ISO 8601. ``by``: as they named themselves, if they did. ``about``: the id
    of a document or a claim. ``previous``, ``hash``: SHA-256 in hexadecimal digits.
    """

    seq: int
    at: str
    by: str | None = None
    act: Act
    about: str | None = None
    detail: Mapping[str, str | int | None] = {}
    previous: str
    hash: str


class Vouched(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the log vouches for, compared with what is there. ``about``: its id.

    ``difference``: how it is not as it was when it was kept; None where it is unchanged.
    """

    what: Sort
    about: str
    difference: str | None = None


class Recovered(msgspec.Struct, frozen=True, kw_only=True):
    """A document of the damaged case. ``whole``: exactly what its log vouches for; None where the log cannot tell.
    ``claims``: how many could be read; ``lost``: nothing of it could be kept.
    """

    document: str
    path: str
    claims: int
    original: bool
    whole: bool | None
    lost: bool = False


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A claim whose words stayed and that is read otherwise. ``fields``: names of the record's that differ."""

    claim: str
    fields: tuple[str, ...]


class Reread(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="reread"):
    """A document that was read again. ``gone``: claims that today's reader does not find; ``new``: those it did not
    find before; ``carried``: its original was not kept, so its old ledger was taken over as it was.

    ``judgements``: how many rulings of people came along; all do, and a ruling on what is gone waits to be looked at.
    """

    document: str
    path: str
    gone: tuple[str, ...]
    new: tuple[str, ...]
    changed: tuple[Change, ...]
    carried: bool
    judgements: int

    @property
    def same(self) -> bool:
        """Is nothing otherwise?"""
        return not (self.gone or self.new or self.changed)


def follow(
    last: Entry | None,
    act: Act,
    *,
    at: str,
    by: str | None = None,
    about: str | None = None,
    detail: Mapping[str, str | int | None] | None = None,
) -> Entry:
    """The entry that comes after ``last``, or the first."""
    entry = Entry(
        seq=last.seq + 1 if last else 1,
        at=at,
        by=by,
        act=act,
        about=about,
        detail=detail or {},
        previous=last.hash if last else START,
        hash="",
    )
    return msgspec.structs.replace(entry, hash=hash_of(entry))


def hash_of(entry: Entry) -> str:
    """SHA-256 over all fields of an entry but its own hash: JSON, keys in order, UTF-8."""
    bare = msgspec.structs.replace(entry, hash="")
    return hashlib.sha256(msgspec.json.encode(bare, order="sorted")).hexdigest()


def followed(entries: Iterable[Entry]) -> Iterator[Vouched]:
    """A chain gone through: whether each entry holds, or was altered, put in, or follows on one that is gone."""
    seq, before = 0, START
    for entry in entries:
        difference = None
        if entry.hash != hash_of(entry):
            difference = "its words are not those that its hash was made of"
        elif entry.seq != seq + 1:
            gone = f"entry {seq + 1} is" if entry.seq == seq + 2 else f"entries {seq + 1} to {entry.seq - 1} are"
            difference = f"{gone} missing before it"
        elif entry.previous != before:
            difference = "it does not follow from the entry before it"
        yield Vouched(what="entry", about=str(entry.seq), difference=difference)
        seq, before = entry.seq, entry.hash


def last_words(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The entry that vouches for each document that should be there: by id, the last that holds a digest of it."""
    out: dict[str, Entry] = {}
    for entry in entries:
        if entry.about and entry.act in _VOUCHING:
            out[entry.about] = entry
        elif entry.about and entry.act == "lost":
            out.pop(entry.about, None)
    return out


def steps_back(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Entries that are dated before the one they follow: the clock was set back, the order is that of the numbers."""
    latest = ""
    for entry in entries:
        if entry.at < latest:
            yield entry
        latest = max(latest, entry.at)


def digest(*parts: str) -> str:
    """SHA-256 of texts in order, each with its length before it, so that none can run over into the next."""
    whole = hashlib.sha256()
    for part in parts:
        raw = part.encode()
        whole.update(b"%d:" % len(raw))
        whole.update(raw)
    return whole.hexdigest()
