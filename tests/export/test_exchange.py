"""The formats of other programs, each read with its own library."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from typing import Any

import jsonschema
import pytest

from sayso.links import Cluster, Contradiction
from sayso.query import Query

from .made import ON, case, exported, selection

DENIED = "any battery under his orders had fired that night"


def lines(form: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported(form).splitlines()]


# FollowTheMoney


def test_followthemoney_takes_every_entity_as_it_is() -> None:
    ftm = pytest.importorskip("followthemoney")
    for line in lines("ftm"):
        entity = ftm.ValueEntity.from_dict(line)
        entity.schema.validate(line)
        taken = entity.to_dict()
        assert taken["properties"] == line["properties"]
        assert taken["schema"] == line["schema"]


def test_references_between_entities_lead_to_what_may_stand_there() -> None:
    ftm = pytest.importorskip("followthemoney")
    schemata = {line["id"]: ftm.model.get(line["schema"]) for line in lines("ftm")}
    assert len(schemata) == len(lines("ftm"))
    for line in lines("ftm"):
        for name, values in line["properties"].items():
            prop = schemata[line["id"]].properties[name]
            if prop.range is not None:
                assert all(schemata[value].is_a(prop.range) for value in values), (line["id"], name)


def test_statements_are_those_the_library_would_write() -> None:
    pytest.importorskip("followthemoney")
    from followthemoney.statement.serialize import CSV_COLUMNS, read_csv_statements  # noqa: PLC0415 - may be missing

    raw = exported("ftm-statements")
    rows = list(csv.DictReader(io.StringIO(raw.decode())))
    statements = list(read_csv_statements(io.BytesIO(raw)))
    assert list(rows[0]) == CSV_COLUMNS
    for row, statement in zip(rows, statements, strict=True):
        assert {k: v or "" for k, v in statement.to_csv_row().items()} == row
        assert statement.id == statement.generate_key()


def test_the_hash_of_an_entity_is_the_librarys() -> None:
    pytest.importorskip("followthemoney")
    from followthemoney import Dataset, StatementEntity  # noqa: PLC0415 - may be missing
    from followthemoney.statement.serialize import read_csv_statements  # noqa: PLC0415

    by_entity: dict[str, list[Any]] = {}
    for statement in read_csv_statements(io.BytesIO(exported("ftm-statements"))):
        by_entity.setdefault(statement.entity_id, []).append(statement)
    for statements in by_entity.values():
        dataset = Dataset.make({"name": statements[0].dataset, "title": "any"})
        again = StatementEntity.from_statements(dataset, [s for s in statements if s.prop != "id"])
        (whole,) = [s.value for s in statements if s.prop == "id"]
        assert [s.value for s in again.statements if s.prop == "id"] == [whole]


def test_allegations_stand_in_a_dataset_of_their_own_and_only_as_notes() -> None:
    rows = list(csv.DictReader(io.StringIO(exported("ftm-statements").decode())))
    assert {row["schema"] for row in rows if row["dataset"] == "sayso_claims"} == {"Note"}
    documents = [row for row in rows if row["dataset"] == "sayso_documents"]
    assert {row["schema"] for row in documents} == {"Article", "Documentation", "Person", "Organization", "PublicBody"}
    assert {row["prop"] for row in documents if row["schema"] in ("Person", "PublicBody")} == {"name", "id"}
    assert not [row for row in documents if DENIED in row["value"] or row["origin"]]


def test_a_statement_of_a_claim_names_the_claim_and_quotes_its_words() -> None:
    rows = csv.DictReader(io.StringIO(exported("ftm-statements").decode()))
    (denied,) = [row for row in rows if row["original_value"] == DENIED]
    assert denied["value"] == f"Tomas Reyk denies: “{DENIED}”"
    assert denied["origin"] == denied["entity_id"]
    assert denied["first_seen"] == ON


def test_who_is_described_and_not_named_is_no_party() -> None:
    names = {n for line in lines("ftm") for n in line["properties"].get("name", []) if line["schema"] != "Note"}
    assert "Tomas Reyk" in names
    assert not {"two officers", "residents", "a government adviser", "Reyk's deputy"} & names


# Web Annotation


def test_both_selectors_find_the_words_of_the_claim() -> None:
    for line, claim in zip(lines("webannotation"), selection().claims(), strict=True):
        text = case().ledger(claim.document.id).document.text
        for target in line["target"]:
            quote, place = target["selector"]
            assert quote["exact"] == text[place["start"] : place["end"]]
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert text[place["start"] - len(quote["prefix"]) :].startswith(around)
            assert target["state"]["sayso:sha256"] == claim.document.sha256
        content = [t["selector"][0]["exact"] for t in line["target"] if t["sayso:role"] == "content"]
        assert content == [span.of(text) for span in claim.content.spans]


# The parts of the recommendation (https://www.w3.org/TR/annotation-model/) that are asked for here.
_ANNOTATION = {
    "type": "object",
    "required": ["@context", "id", "type", "target"],
    "properties": {
        "type": {"const": "Annotation"},
        "id": {"type": "string", "pattern": r"^\w[\w+.-]*:\S+$"},
        "motivation": {"enum": ["identifying", "describing", "commenting"]},
        "body": {"type": "array", "items": {"required": ["type", "value", "purpose"]}},
        "target": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["source", "selector"],
                "properties": {
                    "selector": {
                        "type": "array",
                        "prefixItems": [
                            {"properties": {"type": {"const": "TextQuoteSelector"}}, "required": ["exact"]},
                            {"properties": {"type": {"const": "TextPositionSelector"}}, "required": ["start", "end"]},
                        ],
                    }
                },
            },
        },
    },
}


def test_annotations_have_the_form_of_the_recommendation() -> None:
    for line in lines("webannotation"):
        jsonschema.validate(line, _ANNOTATION)
        assert "http://www.w3.org/ns/anno.jsonld" in line["@context"]


# ClaimReview


def test_only_accepted_claims_are_reviewed_and_none_is_rated() -> None:
    review, _ = json.loads(exported("claimreview"))["@graph"]
    assert review["@type"] == "ClaimReview"
    assert "reviewRating" not in review
    assert review["author"] == [{"@type": "Person", "name": "Ida Moor"}]
    assert review["datePublished"] == "2031-07-02"
    assert review["itemReviewed"]["author"]["name"] == "Tomas Reyk"
    assert review["itemReviewed"]["text"] == "Tomas Reyk says: “nine rounds were fired at the quay”"


def test_a_claim_that_a_person_edited_is_reviewed_as_they_have_it() -> None:
    texts = [review["itemReviewed"]["text"] for review in json.loads(exported("claimreview"))["@graph"]]
    assert "Tomas Reyk denies: “any battery under his orders had fired”" in texts
    assert not [text for text in texts if "that night" in text]


def test_a_review_appears_where_its_group_does() -> None:
    review, _ = json.loads(exported("claimreview"))["@graph"]
    (group,) = [link for link in case().links() if isinstance(link, Cluster)]
    found = review["itemReviewed"]["appearance"]
    assert 1 < len(found) <= len(group.documents)
    assert all(each["text"] for each in found)
    assert "firstAppearance" not in review["itemReviewed"]


def test_what_says_the_contrary_is_no_appearance_though_it_is_of_the_group() -> None:
    held = case()
    (group,) = [link for link in held.links() if isinstance(link, Cluster)]
    told = [link for link in held.links() if isinstance(link, Contradiction)]
    pairs = [{link.a, link.b} for link in told if link.relation in ("contradicts", "updates")]
    own = group.claims[0]
    against = {held.claim(other).document.id for pair in pairs if own in pair for other in pair - {own}}
    review, _ = json.loads(exported("claimreview"))["@graph"]
    assert len(review["itemReviewed"]["appearance"]) == len(set(group.documents) - against)


# STIX


def test_stix_parses_the_bundle_strictly() -> None:
    stix2 = pytest.importorskip("stix2")
    bundle = stix2.parse(exported("stix").decode(), allow_custom=False)
    kinds = [each.type for each in bundle.objects]
    assert kinds.count("note") == len(list(selection().claims()))
    assert sorted(each.opinion for each in bundle.objects if each.type == "opinion") == ["agree", "disagree"]
    assert not {"indicator", "relationship", "observed-data", "threat-actor"} & set(kinds)


def test_every_reference_in_the_bundle_is_there() -> None:
    objects = json.loads(exported("stix"))["objects"]
    ids = [each["id"] for each in objects]
    assert len(set(ids)) == len(ids)
    assert {ref for each in objects for ref in each.get("object_refs", [])} <= set(ids)
    assert all("confidence" not in each for each in objects)


def test_an_opinion_is_on_the_reading() -> None:
    opinions = [each for each in json.loads(exported("stix"))["objects"] if each["type"] == "opinion"]
    assert all("not on whether the claim is so" in each["explanation"] for each in opinions)


# GraphML


def test_networkx_reads_the_graph_with_its_kinds_and_edges() -> None:
    networkx = pytest.importorskip("networkx")
    graph = networkx.parse_graphml(exported("graphml").decode(), force_multigraph=True)
    kinds = {name: data.get("kind") for name, data in graph.nodes(data=True)}
    assert set(kinds.values()) == {"document", "claim", "source", "group", "origin"}
    assert sum(kind == "claim" for kind in kinds.values()) == len(list(selection().claims()))
    relations = {data["relation"] for *_, data in graph.edges(data=True)}
    assert {"stands in", "denies", "lies inside", "shares prose with", "Do not seem to go together"} <= relations


def test_every_node_of_the_graph_stands_once_and_before_its_edges() -> None:
    told = set()
    for part in ET.fromstring(exported("graphml")).iter():  # noqa: S314 - our own
        if part.tag.endswith("node"):
            assert part.attrib["id"] not in told
            told.add(part.attrib["id"])
        elif part.tag.endswith("edge"):
            assert {part.attrib["source"], part.attrib["target"]} <= told


def test_a_claim_outside_of_a_search_comes_in_with_its_contradiction() -> None:
    networkx = pytest.importorskip("networkx")
    graph = networkx.parse_graphml(exported("graphml", selection(Query(source="reyk"))).decode(), force_multigraph=True)
    assert all("kind" in data for _, data in graph.nodes(data=True))


# PROV


def test_prov_reads_the_document_and_its_links() -> None:
    prov = pytest.importorskip("prov.model")
    document = prov.ProvDocument.deserialize(content=exported("prov").decode(), format="json")
    entities = {str(e.identifier) for e in document.get_records(prov.ProvEntity)}
    agents = {str(a.identifier) for a in document.get_records(prov.ProvAgent)}
    attributions = list(document.get_records(prov.ProvAttribution))
    with_source = [claim for claim in selection().claims() if claim.source is not None]
    assert len(attributions) == len(with_source)
    for attribution in attributions:
        claim, agent = (str(value) for _, value in attribution.formal_attributes)
        assert claim in entities
        assert agent in agents
    assert prov.ProvDocument.deserialize(content=document.serialize(format="json"), format="json") == document
