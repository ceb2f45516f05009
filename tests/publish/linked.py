"""A small fictional case with every kind of link: five documents on one matter, one with hostile names."""

from __future__ import annotations

from sayso.links import Cluster, Contradiction, Edge, Link, Origin, Origins, Reading, Tie, Variant
from sayso.records import Event, Ledger, Phrase, When, phrase
from sayso.spans import Span

from .ledgers import ledger

HOSTILE = '"><script>alert(1)</script>'

_WIRE = """\
[source 1|Brigadier Tomas Reyk] [cue 1|said] on [said 1|13 May] that [content 1|nine rounds were fired at the quay].

"[content 2|We have no guns that reach the quay]," [source 2|Reyk] [cue 2|added].
"""
_DAILY = """\
[source 1|Brigadier Tomas Reyk] [cue 1|said] that [content 1|nine rounds were fired at the quay].

"[content 2|We have few guns that reach the quay]," [source 2|Reyk] [cue 2|added].
"""
_COURIER = "[source 1|A woman who sells nets] [cue 1|says] that [content 1|eleven rounds were fired at the old quay].\n"
_BLOG = "They say that [content 1|rounds were fired at the quay, nine of them]. & <b>No</b> more is known.\n"
_TIDES = "[content 1|High water is at six.]\n"


def documents() -> tuple[Ledger, ...]:
    return (
        ledger(
            _WIRE,
            {1: {"name": "Tomas Reyk", "said_at": "2031-05-13"}, 2: {"name": "Tomas Reyk", "kind": "direct"}},
            outlet="Bay Wire",
            title="Nine rounds",
            published="2031-05-14",
            path="wire.txt",
        ),
        ledger(_DAILY, {1: {"name": "Tomas Reyk"}, 2: {"kind": "direct"}}, outlet="Daily", published="2031-05"),
        ledger(_COURIER, {1: {"anonymous": True}}, outlet="Sund Courier", published="2031-05-15", title="Eleven"),
        ledger(_BLOG, {1: {"kind": "authorial"}}, title=HOSTILE, path="blog.txt"),
        ledger(_TIDES, {1: {"kind": "authorial"}}, title="Tides", published="2029", path="tides.txt"),
    )


def links(case: tuple[Ledger, ...]) -> tuple[Link, ...]:
    wire, daily, courier, blog, _ = case
    ids = [each.document.ref.id for each in case]
    a, b, c, d = (each.claims[0] for each in (wire, daily, courier, blog))
    origins = Origins(
        low=1,
        high=3,
        items=(
            Origin(id="o1", kind="official", who="Tomas Reyk", documents=(ids[0], ids[1]), heard=(ids[0],)),
            Origin(id="o2", kind="unknown", who="A woman who sells nets", documents=(ids[2],), heard=(ids[2],)),
            Origin(id="o3", kind="own_reporting", who=HOSTILE, documents=(ids[3],), heard=(ids[3],)),
        ),
        ties=(
            Tie(a=a.id, b=b.id, certain=True, why="the passage is from Bay Wire"),
            Tie(a=a.id, b=c.id, certain=False, why="neither is named"),
            Tie(a=c.id, b=d.id, certain=False, why="it does not say whom it has this from"),
        ),
    )
    said, read = wire.claims[1].content, daily.claims[1].content
    return (
        Cluster(id="k1", claims=(a.id, b.id, c.id, d.id), documents=tuple(ids[:4]), origins=origins, score=0.9),
        Edge(
            from_=ids[1], to=ids[0], relation="copies_prose", credited=False,
            spans=((b.content.spans[0], a.content.spans[0]),), score=0.9, why=("7 words stand in both",),
        ),
        Edge(from_=ids[3], to=ids[0], relation="cites", credited=True, spans=(), score=0.8, why=("it names Bay Wire",)),
        Variant(
            a=ids[0],
            b=ids[1],
            spans=(said.spans[0], read.spans[0]),
            readings=(Reading(a=_word(wire, "no"), b=_word(daily, "few")),),
        ),
        Contradiction(
            a=a.id, b=c.id, relation="contradicts", reason="nine rounds against eleven rounds",
            spans=(_word(wire, "nine").spans, _word(courier, "eleven").spans),
        ),
    )  # fmt: skip


def _word(where: Ledger, word: str) -> Phrase:
    text = where.document.text
    start = text.index(f" {word} ") + 1
    return phrase(text, (Span(start, start + len(word)),))


def event(value: str, earliest: str | None, latest: str | None) -> Event:
    """Something that a claim speaks of, at a time."""
    words = phrase("fired", (Span(0, 5),))
    time = When(value=value, spans=(Span(0, 5),), earliest=earliest, latest=latest)
    return Event(type="ASSAULT", trigger=words, time=time, plover="ASSAULT")
