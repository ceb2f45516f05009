"""What every page of sayso shares: its templates, its style, the hashes that its policy names.

In:   names of files in `templates`.   Out: templates, text, hashes.
Knows nothing of: what a page shows.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources

import jinja2

from sayso.publish import wording

STYLES = ("dossier.css", "casefile.css", "weighed.css")  # of every page of a case, in this order


def piece(name: str) -> str:
    """The text of one file in `templates`."""
    return resources.files("sayso").joinpath("templates", name).read_text(encoding="utf-8")


def environment(*packages: str) -> jinja2.Environment:
    """Templates that escape all they are given and know the plain words; those of ``packages`` come first."""
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=jinja2.ChoiceLoader([jinja2.PackageLoader(name) for name in (*packages, "sayso")]),
    )
    environment.filters["line"] = wording.one_line
    environment.filters["scored"] = wording.scored
    environment.globals.update(
        wording=wording, kinds=wording.KINDS, factuality=wording.FACTUALITY, counted=wording.counted
    )
    return environment


@cache
def template(name: str) -> jinja2.Template:
    """One of sayso's own templates."""
    return environment().get_template(name)


def csp_hash(content: str) -> str:
    """What a content security policy names an inline style or script by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
