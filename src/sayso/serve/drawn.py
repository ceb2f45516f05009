"""Pictures put into pages of their own: what leads to an anchor in a dossier leads to the page of that thing here.

In:   SVG of `publish.pictures`.   Out: the same for the server's pages.
Knows nothing of: what is drawn.
"""

from __future__ import annotations

from markupsafe import Markup


def placed(picture: str) -> Markup:
    """Ids of documents begin with d, of claims with c. No words of a text hold a quotation mark: it is escaped."""
    bare = str(picture)  # Markup would escape the quotation marks that are put in here
    here = bare.replace('href="#d', 'href="/documents/d').replace('href="#c', 'href="/claims/c')
    return Markup(here)  # noqa: S704 - every word in a picture is escaped
