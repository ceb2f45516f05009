from __future__ import annotations

import random
import re
from itertools import combinations
from xml.etree import ElementTree

import msgspec
import pytest

from sayso.errors import BadCase
from sayso.links import Cluster, Edge
from sayso.publish.pictures import citations, origin_graph, svg, timeline
from sayso.publish.pictures.days import Axis, Stretch, published, when
from sayso.publish.pictures.layers import layered
from sayso.records import DocumentRef, When

from .linked import HOSTILE, documents, event, links

CASE = documents()
LINKS = links(CASE)
REFS = {each.document.ref.id: each.document.ref for each in CASE}
CLAIMS = [claim for each in CASE for claim in each.claims]
EDGES = [link for link in LINKS if isinstance(link, Edge)]
CLUSTER = next(link for link in LINKS if isinstance(link, Cluster))
NS = "{http://www.w3.org/2000/svg}"

PICTURES = {
    "timeline": timeline(REFS.values(), CLAIMS),
    "origins": origin_graph(CLUSTER, REFS, EDGES),
    "citations": citations(REFS.values(), EDGES),
}


def parsed(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)  # noqa: S314 - made here


def described(picture: str) -> str:
    return parsed(picture).findtext(f"{NS}desc") or ""


def words(picture: str) -> list[str]:
    return [node.text or "" for node in parsed(picture).iter(f"{NS}text")]


def outlets(count: int) -> list[DocumentRef]:
    return [
        DocumentRef(id=f"d{n:02}", path=f"{n}.txt", outlet=f"Outlet {n:02} of a rather long name", sha256="0")
        for n in range(count)
    ]


def cites(later: str, earlier: str, *, credited: bool = True) -> Edge:
    return Edge(from_=later, to=earlier, relation="cites", credited=credited, spans=(), score=0.9, why=())


def test_ties_that_leave_other_origins_than_there_are_are_told_and_not_left_away() -> None:
    fewer = msgspec.structs.replace(CLUSTER.origins, items=CLUSTER.origins.items[:2])
    with pytest.raises(BadCase, match=rf"^{CLUSTER.id}: its ties leave 3 origins and it has 2"):
        origin_graph(msgspec.structs.replace(CLUSTER, origins=fewer), REFS, EDGES)


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_a_picture_tells_the_same_in_words(picture: str) -> None:
    root = parsed(picture)
    ids = {node.get("id"): node for node in root.iter() if node.get("id")}
    # an image hides its links from who listens to it
    assert root.get("role") == ("group" if root.findall(".//{*}a") else "img")
    assert ids[root.get("aria-labelledby", "")].text
    assert ids[root.get("aria-describedby", "")].text


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_hostile_names_are_words_and_nothing_else(picture: str) -> None:
    assert "<script" not in picture
    assert HOSTILE in described(picture)
    assert {node.tag for node in parsed(picture).iter()} <= {
        f"{NS}{tag}" for tag in ("svg", "title", "desc", "a", "g", "rect", "text", "path", "line", "circle")
    }


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_nothing_is_loaded_and_every_node_leads_into_the_page(picture: str) -> None:
    links = list(parsed(picture).iter(f"{NS}a"))
    known = {*REFS, *(claim.id for claim in CLAIMS)}
    assert links
    assert {link.get("href", "")[1:] for link in links} <= known
    assert all(link.find(f"{NS}title") is not None for link in links)
    assert not re.search(r"url\(|style=|\bon[a-z]+=", picture)


def test_every_document_is_named() -> None:
    for picture in ("timeline", "citations"):
        assert all((ref.title or ref.path) in described(PICTURES[picture]) for ref in REFS.values() if not ref.outlet)
        assert all(ref.outlet in described(PICTURES[picture]) for ref in REFS.values() if ref.outlet)
    assert all((REFS[d].outlet or HOSTILE) in described(PICTURES["origins"]) for d in CLUSTER.documents)


def test_the_order_of_what_is_given_changes_nothing() -> None:
    for seed in range(5):
        chance = random.Random(seed)  # noqa: S311 - the same each time is what is wanted
        refs, claims, edges = list(REFS.values()), list(CLAIMS), list(EDGES)
        for each in (refs, claims, edges):
            chance.shuffle(each)
        assert timeline(refs, claims) == PICTURES["timeline"]
        assert citations(refs, edges) == PICTURES["citations"]
        assert origin_graph(CLUSTER, {ref.id: ref for ref in refs}, edges) == PICTURES["origins"]


def test_control_characters_do_not_break_a_picture() -> None:
    odd = msgspec.structs.replace(CASE[0].document.ref, outlet="a\x00b\u202ec\ufffe\ud800")
    assert "⟨U+0000⟩" in described(timeline([odd], []))


def test_the_count_of_origins_is_told_as_an_interval_with_its_reasons() -> None:
    said = described(PICTURES["origins"])
    assert said.startswith("1 to 3 independent origins found in this case")
    assert "may be one origin: neither is named" in said
    assert "shares prose with Bay Wire" in said
    assert "It does not say so." in said
    assert "may be one origin" in words(PICTURES["origins"])


def test_relations_differ_by_dash_and_by_label() -> None:
    whole = Cluster(
        id="k2", claims=CLUSTER.claims, documents=CLUSTER.documents, score=1.0,
        origins=msgspec.structs.replace(
            CLUSTER.origins,
            items=(msgspec.structs.replace(CLUSTER.origins.items[0], documents=CLUSTER.documents),),
            ties=tuple(msgspec.structs.replace(tie, certain=True) for tie in CLUSTER.origins.ties),
        ),
    )  # fmt: skip
    picture = origin_graph(whole, REFS, EDGES)
    dashes = {
        node.get("class"): path.get("stroke-dasharray")
        for node in parsed(picture).iter(f"{NS}g")
        if (path := node.find(f"{NS}path")) is not None
    }
    assert len(set(dashes.values())) == len(dashes) == 4  # heard, shares prose, names, somehow
    assert {"shares prose with", "names"} <= set(words(picture))


def test_undated_documents_are_told_apart() -> None:
    assert "Documents without a date: " + HOSTILE in described(PICTURES["timeline"])
    assert any(said.startswith("Without a date") for said in words(PICTURES["timeline"]))


def test_an_open_end_fades() -> None:
    claim = msgspec.structs.replace(CLAIMS[0], said_at=None, events=(event("2012/..", "2012-01-01", None),))
    picture = timeline([], [claim])
    assert len({bar.get("fill-opacity") for bar in parsed(picture).iter(f"{NS}rect")}) > 3
    assert "2012/.. or after" in described(picture)


def test_a_case_without_anything_still_gives_pictures() -> None:
    assert "nothing here" in " ".join(words(timeline([], [])))
    assert "No outlet was found" in described(citations([], []))


@pytest.mark.parametrize("count", [10, 30])
def test_labels_do_not_lie_on_each_other(count: int) -> None:
    refs = outlets(count)
    edges = [cites(refs[n].id, refs[n // 3].id) for n in range(1, count)]
    edges += [cites(refs[n // 2].id, refs[n].id, credited=False) for n in range(2, count, 5)]
    dated = [msgspec.structs.replace(ref, published=f"2031-05-{1 + n % 9:02}") for n, ref in enumerate(refs)]
    for picture in (citations(refs, edges), timeline(dated, [])):
        boxes = [box(node) for node in parsed(picture).iter(f"{NS}text") if node.get("text-anchor") is None]
        for one, other in combinations(boxes, 2):
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1], (one, other)


def box(node: ElementTree.Element) -> tuple[float, float, float, float]:
    x, y, size = (float(node.get(key, "0")) for key in ("x", "y", "font-size"))
    return x, y - size * 0.75, x + svg.width(node.text or "", size), y + size * 0.2


def test_what_has_no_room_on_the_map_is_named_in_words() -> None:
    refs = outlets(60)
    picture = citations(refs, [cites(refs[n].id, refs[0].id) for n in range(1, 60)])
    assert len(list(parsed(picture).iter(f"{NS}a"))) == 40
    assert "Not drawn, for want of room: Outlet" in described(picture)
    assert all((ref.outlet or "") in described(picture) for ref in refs)


def test_arrows_are_as_thick_as_there_are_pairs() -> None:
    refs = [msgspec.structs.replace(ref, outlet=f"O{n // 3}") for n, ref in enumerate(outlets(6))]
    one = citations(refs, [cites("d03", "d00")])
    many = citations(refs, [cites("d03", "d00"), cites("d04", "d01"), cites("d05", "d02")])
    thick = [
        float(next(parsed(p).iter(f"{NS}g")).find(f"{NS}path").get("stroke-width"))  # type: ignore[union-attr,arg-type]
        for p in (one, many)
    ]
    assert thick[0] < thick[1]
    assert "O1 has things from O0: 3." in described(many)


def test_layers_run_from_left_to_right_even_where_edges_go_in_circles() -> None:
    edges = [("a", "b"), ("b", "c"), ("c", "a"), ("a", "d"), ("c", "d")]
    plan = layered(["a", "b", "c", "d"], edges)
    place = {item: n for n, row in enumerate(plan.rows) for item in row}
    assert plan.turned == {2}
    for route in plan.routes:
        steps = [place[item] for item in route]
        assert steps == list(range(steps[0], steps[0] + len(steps)))


def test_layers_untangle_what_can_be_untangled() -> None:
    plan = layered(["a", "b", "x", "y"], [("a", "y"), ("b", "x")])
    left, right = plan.rows
    assert (left.index("a") < left.index("b")) == (right.index("y") < right.index("x"))


@pytest.mark.parametrize(
    ("value", "days"), [("2031", 365), ("2031-02", 28), ("2031-12", 31), ("2031-05-14T10:00Z", 1), ("9999", 365)]
)
def test_a_date_is_as_long_as_it_is_coarse(value: str, days: int) -> None:
    found = published(value)
    assert found is not None
    assert found.end - found.start == days


@pytest.mark.parametrize("value", [None, "", "soon", "2031-13", "2031-02-30", "0000"])
def test_what_is_no_date_is_none(value: str | None) -> None:
    assert published(value) is None


def test_a_time_without_bounds_is_no_stretch() -> None:
    assert when(When(value="..", spans=())) is None


def test_long_gaps_are_shortened_and_order_is_kept() -> None:
    stretches = [Stretch(day, day + 1) for day in (0, 1, 2, 5000)]
    axis = Axis(stretches, 0.0, 100.0)
    places = [axis.at(s.start) for s in stretches]
    assert places == sorted(places)
    assert places[1] - places[0] > 4
    assert len(axis.cuts) == 1
    assert Axis(stretches[:3], 0.0, 90.0).at(1) == pytest.approx(30)
