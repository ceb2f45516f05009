"""What every page of sayso shares: its templates, its style, the hashes that its policy names.

In:   names of files in `templates`.   Out: templates, text, hashes.
Knows nothing of: what a page shows.
"""

from __future__ import annotations

import base64
import hashlib
from importlib import resources

import jinja2

from sayso.publish import wording


def piece(name: str) -> str:
    """The text of one file in `templates`."""
    return resources.files("sayso").joinpath("templates", name).read_text(encoding="utf-8")


def template(name: str) -> jinja2.Template:
    """A template that escapes all it is given and knows the plain words."""
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["line"] = wording.one_line
    environment.globals.update(kinds=wording.KINDS, factuality=wording.FACTUALITY, counted=wording.counted)
    return environment.from_string(piece(name))


def csp_hash(content: str) -> str:
    """What a content security policy names an inline style or script by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
