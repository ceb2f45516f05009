"""A case as a graph: documents, claims, sources and origins, and the edges between them, in GraphML.

In:   a Selection.   Out: XML that Gephi, yEd, Cytoscape and networkx read, node by node.
Knows nothing of: layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from sayso.export.selection import Selection
from sayso.export.tables import content
from sayso.links import Cluster, Contradiction, Edge, Link
from sayso.publish import linkwords, wording
from sayso.records import Claim

Value = str | int | float | bool

# Attribute, its type in GraphML, and whether nodes or edges have it.
_KEYS: dict[str, tuple[str, str]] = {
    "kind": ("node", "string"),
    "label": ("node", "string"),
    "says": ("node", "string"),
    "words": ("node", "string"),
    "outlet": ("node", "string"),
    "published": ("node", "string"),
    "url": ("node", "string"),
    "factuality": ("node", "string"),
    "speech_act": ("node", "string"),
    "type": ("node", "string"),
    "unnamed": ("node", "boolean"),
    "low": ("node", "int"),
    "high": ("node", "int"),
    "relation": ("edge", "string"),
    "reason": ("edge", "string"),
    "credited": ("edge", "boolean"),
    "score": ("edge", "double"),
}


class Node(NamedTuple):
    id: str
    values: Mapping[str, Value | None]


class Arrow(NamedTuple):
    start: str
    end: str
    values: Mapping[str, Value | None]


def write(selection: Selection, file: BinaryIO) -> None:
    """The graph. The kinds of nodes: document, claim, source, group (claims that say the same), origin."""
    file.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for name, (on, kind) in _KEYS.items():
        file.write(f'<key id="{name}" for="{on}" attr.name="{name}" attr.type="{kind}"/>\n'.encode())
    file.write(b'<graph id="case" edgedefault="directed">\n')
    told: set[str] = set()
    for part in parts(selection):
        if isinstance(part, Arrow):
            file.write(f"<edge source={quoteattr(part.start)} target={quoteattr(part.end)}>".encode())
            file.write(f"{_data(part.values)}</edge>\n".encode())
        elif part.id not in told:
            told.add(part.id)
            file.write(f"<node id={quoteattr(part.id)}>{_data(part.values)}</node>\n".encode())
    file.write(b"</graph>\n</graphml>\n")


def _data(values: Mapping[str, Value | None]) -> str:
    return "".join(f'<data key="{key}">{_xml(value)}</data>' for key, value in values.items() if value is not None)


def _xml(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else escape(wording.one_line(str(value)))


def parts(selection: Selection) -> Iterator[Node | Arrow]:
    """Nodes, some more than once, and edges, each after the nodes at its ends."""
    for part in selection.parts():
        ref = part.ledger.document.ref
        yield Node(
            ref.id,
            {
                "kind": "document", "label": wording.title(ref), "outlet": ref.outlet, "published": ref.published,
                "url": ref.url,
            },
        )  # fmt: skip
        for claim in part.claims:
            yield from _claim(selection, claim)
        here = {claim.id for claim in part.claims}
        for claim in part.claims:
            if claim.via in here:
                yield Arrow(claim.id, str(claim.via), {"relation": "lies inside"})
    for link in selection.links():
        yield from _link(selection, link)


def _claim(selection: Selection, claim: Claim) -> Iterator[Node | Arrow]:
    words = content(claim)
    values = {
        "kind": "claim", "label": wording.elided(selection.quoted(claim), 110), "says": selection.told(claim),
        "words": words, "factuality": claim.factuality, "speech_act": claim.speech_act,
    }  # fmt: skip
    yield Node(claim.id, values)
    yield Node(claim.document.id, {"kind": "document", "label": wording.title(claim.document)})
    yield Arrow(claim.id, claim.document.id, {"relation": "stands in"})
    who = selection.who(claim)
    if who is not None:
        yield Node(who.id, {"kind": "source", "label": who.name, "type": who.type, "unnamed": who.anonymous})
        yield Arrow(who.id, claim.id, {"relation": wording.deed(claim)})


def _link(selection: Selection, link: Link) -> Iterator[Node | Arrow]:
    if isinstance(link, Cluster):
        yield from _group(selection, link)
    elif isinstance(link, Edge):
        relation = linkwords.RELATIONS[link.relation]
        reason = "; ".join(link.why)
        values: dict[str, Value | None] = {"relation": relation, "reason": reason}
        yield Arrow(link.from_, link.to, values | {"credited": link.credited, "score": link.score})
    elif isinstance(link, Contradiction):
        for end in (link.a, link.b):
            if not selection.has(end):
                yield from _claim(selection, selection.claim(end))
        yield Arrow(link.a, link.b, {"relation": linkwords.OUTCOMES[link.relation], "reason": link.reason})


def _group(selection: Selection, cluster: Cluster) -> Iterator[Node | Arrow]:
    origins = cluster.origins
    yield Node(
        cluster.id, {"kind": "group", "label": linkwords.interval(origins), "low": origins.low, "high": origins.high}
    )
    for claim in filter(selection.has, cluster.claims):
        yield Arrow(claim, cluster.id, {"relation": "says the same as the group"})
    known = {kept.document.id for kept in selection.documents}
    for origin in origins.items:
        yield Node(origin.id, {"kind": "origin", "label": linkwords.origin(origin), "type": origin.kind})
        yield Arrow(cluster.id, origin.id, {"relation": "has an origin"})
        for document in origin.documents:
            if document in known:
                heard = document in origin.heard
                yield Arrow(document, origin.id, {"relation": "had it from" if heard else "carries what came from"})
