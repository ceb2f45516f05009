"""The pages around what views show: the templates, the style sheet and scripts, the two pages of the gate.

In:   what a template is given.   Out: HTML; the files of `static` with their types.
Knows nothing of: requests, cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import metadata, resources
from typing import Any

import jinja2

from sayso.publish import linkwords, rulings
from sayso.publish.chains import own_words, speaker, standing
from sayso.publish.page import STYLES, environment, piece
from sayso.publish.saying import does, says

_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_STYLES = (
    "desk.css",
    "review.css",
    "people.css",
)  # of `static`, in this order after those of the dossier, which are not written again; all are served as the first


@cache
def _templates() -> jinja2.Environment:
    made = environment("sayso.serve")
    made.globals.update(
        version=metadata.version("sayso"),
        rulings=rulings,
        linkwords=linkwords,
        speaker=speaker,
        says=says,
        does=does,
        own_words=own_words,
        standing=standing,
    )
    return made


def render(template: str, values: Mapping[str, Any]) -> str:
    """A page. Whatever a template is given is escaped, unless it is Markup of ours."""
    return _templates().get_template(template).render(values)


def refusal(message: str) -> str:
    """The page of somebody who may not come in."""
    return render("gate.html.j2", {"title": "No entry", "message": message, "onward": None})


def welcome(path: str) -> str:
    """The page between the token and the desk."""
    return render("gate.html.j2", {"title": "Opening the desk", "message": "", "onward": path})


@cache
def static() -> Mapping[str, tuple[bytes, str]]:
    """The files that pages load: their bytes and types by name."""
    found = {}
    for file in resources.files("sayso.serve").joinpath("static").iterdir():
        if kind := _TYPES.get(file.name.rpartition(".")[2]):
            found[file.name] = (file.read_bytes(), kind)
    styles = [*(piece(name).encode() for name in STYLES), *(found.pop(name)[0] for name in _STYLES)]
    return found | {_STYLES[0]: (b"\n".join(styles), "text/css")}
