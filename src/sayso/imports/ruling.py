"""What a person marked elsewhere, as rulings on the claims of a document.

In:   a Mark, the Standings of its document.   Out: a Ruling, or in plain words why there is none.
Knows nothing of: which document a mark is of, how rulings are kept.
"""

from __future__ import annotations

from sayso.imports.marks import Mark
from sayso.imports.placing import placed
from sayso.review import Ruling, Standings, Wording


def ruling(mark: Mark, standings: Standings, *, by: str | None) -> Ruling | str:
    """Words that somebody marked as a claim: one that stands there with just these words is accepted, others are added.

    ``by``: whose marks they are where the file does not say. What is not marked as a claim is nobody's ruling.
    """
    person = mark.by or by
    if not mark.claim:
        return "is not marked as a claim: give it the tag “claim”"
    if person is None:
        return "does not say who made it: give --by NAME"
    found = placed(mark, standings.ledger.document.text)
    if isinstance(found, str):
        return found
    content = found.spans.get("content")
    if content is None:
        return "marks no words as what is said"
    same = [claim for claim in standings.reviewed().claims if claim.content.spans == content]
    given = {role: spans for role, spans in found.spans.items() if role != "content"}
    for claim in same:
        own = {"source": claim.source.spans if claim.source else (), "cue": claim.cue.spans if claim.cue else ()}
        if all(own[role] == spans for role, spans in given.items()):
            return Ruling(act="accept", by=person, why=mark.why, claims=(claim.id,))
    wording = Wording(content=content, **given)  # type: ignore[arg-type] # roles are the names of its fields
    if same:
        return Ruling(act="edit", by=person, why=mark.why, claims=(same[0].id,), wordings=(wording,))
    document = standings.ledger.document.ref.id
    return Ruling(act="add", by=person, why=mark.why, document=document, wordings=(wording,))
