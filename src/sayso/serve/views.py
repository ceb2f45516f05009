"""What a view is: a path, a function that shows, a function that does. All the other modules of this room are these.

In:   an Ask: the case, the session, what was asked.   Out: Shown (a page and the same as data) or Done (where to go).
Knows nothing of: HTTP beyond names and values; templates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sayso.case import Case
from sayso.serve.drafts import Drafts
from sayso.serve.overview import Held, Overview
from sayso.serve.sessions import Session
from sayso.serve.worker import Worker


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a form."""

    name: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. ``case`` is open for this thread; ``query`` and ``form`` have the last value of a name, `every` all.

    ``held``, ``drafts``: what the server knows from one request to the next. ``path``: what stood in the braces of the
    view's path. ``uploads``: the files of a form, by the field's name.
    """

    case: Case
    session: Session
    worker: Worker
    held: Held
    drafts: Drafts
    url: str
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    every: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    uploads: Mapping[str, tuple[Upload, ...]] = field(default_factory=dict)

    def overview(self) -> Overview:
        """The case as it is now."""
        return self.held.of(self.case)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page. ``data`` is what ``.json`` gives, and is `data` in the template; ``more`` is for the template only.

    ``script``: the modules of `static` that this page needs, without their suffix, by spaces. ``error``, ``at``: why a
    form is shown again, and the page on which it stands.
    """

    template: str
    title: str
    data: Any
    more: Mapping[str, Any] = field(default_factory=dict)
    script: str | None = None
    status: int = 200
    error: str | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """Something to look at as it is: never run, never styled."""

    text: str


@dataclass(frozen=True, slots=True)
class Bytes:
    """A file as it came: shown where it has a ``kind`` (a media type), and then in a sandbox; else only handed out."""

    raw: bytes
    name: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class Done:
    """A form was acted on: a browser goes ``to``, a script gets ``data``. ``session``: in place of the old one."""

    to: str
    data: Any = None
    session: Session | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What is seen at ``path``, and as data at ``path`` + ".json". ``nav``: its name in the bar on every page."""

    path: str
    show: Callable[[Ask], Shown | Text | Bytes]
    nav: str | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What a form that is posted to ``path`` does, or the form again, filled in. ``most``: bytes that it may have."""

    path: str
    do: Callable[[Ask], Done | Shown]
    most: int = 1024**2
