"""A case to read: Markdown by document, and the dossier as one HTML page.

In:   a Selection.   Out: text that names who says what before it says what.
Knows nothing of: how the page is made (sayso.publish).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from sayso.errors import BadQuery
from sayso.export.selection import Part, Selection
from sayso.export.tables import content, review
from sayso.links import Cluster
from sayso.publish import casefile, linkwords, wording
from sayso.publish.chains import Places, chain, own_words, passed_on
from sayso.publish.saying import says
from sayso.records import Claim

_MARKS = re.compile(r"([\\`*_\[\]<>|~&])")
_OPENING = (
    "Who says what, on whose say-so. Each line is somebody's claim as a document reports it; none is stated as a fact."
)


def markdown(selection: Selection, file: BinaryIO) -> None:
    """The documents with their claims, in CommonMark, as they come."""
    file.write(f"# Ledger\n\n{_OPENING}\n".encode())
    for part in selection.parts():
        file.writelines(f"{line}\n".encode() for line in _document(selection, part))


def html(selection: Selection, file: BinaryIO) -> None:
    """The dossier of the case. Raises BadQuery for a part of one."""
    if not selection.whole:
        raise BadQuery("the dossier is that of a whole case: leave the search out, or take markdown")
    documents = [kept.document for kept in selection.documents]
    page = casefile.render(
        documents,
        selection.linked(),
        selection.links(),
        selection.hedges,
        findings=selection.findings(),
        searches=selection.searches(),
        version=selection.version,
    )
    file.write(page.encode())


def _document(selection: Selection, part: Part) -> Iterator[str]:
    ledger = part.ledger
    ref = ledger.document.ref
    yield f"\n## {escaped(wording.title(ref))}\n"
    # "From" keeps the line from opening as a list or a heading would.
    yield f"From {escaped(' · '.join([*wording.byline(ref), ref.path, f'SHA-256 {ref.sha256}']))}"
    if ref.url and re.fullmatch(r"https?://[^\s<>]+", ref.url):
        yield f"\n<{ref.url}>"
    yield ""
    by_id = {claim.id: claim for claim in ledger.claims}
    places = Places(ledger)
    for claim in part.claims:
        yield from _claim(selection, claim, part, by_id, places)


def _claim(selection: Selection, claim: Claim, part: Part, by_id: Mapping[str, Claim], places: Places) -> Iterator[str]:
    words = wording.unquoted(content(claim))
    yield f"- **{escaped(says(claim))}:** “{escaped(words)}” ({places.name(claim.content.spans[0].start)})"
    told = [wording.FACTUALITY[claim.factuality]]
    if passed := passed_on(chain(claim, by_id)):
        told.append(wording.one_line(passed))
    if called := own_words(claim):
        told.append(f"the text calls the source “{wording.one_line(called)}”")
    if (cue := wording.telling_cue(claim)) and not wording.beside(claim):
        told.append(f"reported with “{cue}”")
    if hedges := selection.hedges(claim):
        told.append(f"hedged: {', '.join(map(wording.one_line, hedges))}")
    if claim.said_at:
        told.append(f"said {claim.said_at.value}")
    cluster = selection.cluster(claim.id)
    if cluster is not None and len(cluster.documents) > 1:
        told.append(_carried(cluster))
    if ruled := review(part, claim):
        told.append(f"reading {ruled}")
    yield f"  {escaped('; '.join(told))}"
    for other, link in selection.others(claim):
        stands = linkwords.OUTCOMES[link.relation]
        yield f"  - {stands}: {escaped(selection.quoted(other))} ({escaped(linkwords.full(other.document))})"


def _carried(cluster: Cluster) -> str:
    return f"{wording.counted(len(cluster.documents), 'document says', 'documents say')} the same, from " + (
        linkwords.interval(cluster.origins)
    )


def escaped(text: str) -> str:
    r"""Text of a document that can neither style nor link anything.

    >>> print(escaped("a *bold* [claim](x)"))
    a \*bold\* \[claim\](x)
    """
    return _MARKS.sub(r"\\\1", wording.one_line(text))
