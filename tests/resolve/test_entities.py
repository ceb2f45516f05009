from __future__ import annotations

import msgspec
import pytest

from sayso.records import Claim, Kind, Source, claim_id, phrase
from sayso.resolve.coref_claims import filled
from sayso.resolve.entities import Entity, People, people
from sayso.spans import Span
from sayso.syntax import NameKind, Syntax
from tests.resolve.coref_trees import lexicon, parsed, tree, words

NAMES: dict[str, NameKind] = {"Lenna Ombry": "PER", "Ombry": "PER", "Ordavia": "LOC", "Dravin Courier": "ORG"}
INTRODUCED = "Lenna/PROPN/nsubj/3 Ombry/PROPN/flat/1 arrived/VERB/root/0"
SAID = "Ombry/PROPN/nsubj/2 said/VERB/root/0/say so/ADV/advmod/2"


def who(syntax: Syntax, *claims: Claim, identity: str = "d1") -> People:
    return people(parsed(syntax, identity), syntax, claims, words(), lexicon())


def entity(syntax: Syntax, shown: str) -> Entity:
    """The entity of the first words that read like this."""
    at = syntax.text.index(shown)
    found = who(syntax).at(Span(at, at + len(shown)))
    assert found is not None
    return found


def a_claim(syntax: Syntax, source: str, cue: str, content: str, kind: Kind = "indirect") -> Claim:
    def place(of: str) -> tuple[Span, ...]:
        at = syntax.text.rindex(of)
        return (Span(at, at + len(of)),)

    return Claim(
        id=claim_id("d1", place(content)),
        document=parsed(syntax).document.ref,
        kind=kind,
        source=Source(spans=place(source), text=source, name=source),
        cue=phrase(syntax.text, place(cue)),
        content=phrase(syntax.text, place(content)),
        found_by="test",
        score=0.5,
    )


def one(syntax: Syntax, claim: Claim) -> Claim:
    (out,) = filled(parsed(syntax), (claim,), who(syntax, claim))
    return out


def test_an_entity_has_the_fullest_of_its_names() -> None:
    found = entity(tree(INTRODUCED, SAID, names=NAMES), "Ombry said")
    assert (found.name, found.type, found.anonymous, found.description) == ("Lenna Ombry", "person", False, None)


def test_an_id_depends_on_the_document_and_the_first_mention_only() -> None:
    short = tree(INTRODUCED, names=NAMES)
    longer = tree(INTRODUCED, SAID, "Ordavia/PROPN/nsubj/2 replied/VERB/root/0", names=NAMES)
    assert who(short).entities[0].id == who(longer).entities[0].id
    assert who(short).entities[0].id != who(short, identity="d2").entities[0].id
    ids = [e.id for e in who(longer).entities]
    assert len(set(ids)) == len(ids)
    assert all(i.startswith("e") for i in ids)


def test_all_that_is_known_of_an_anonymous_source() -> None:
    syntax = tree(
        "A/DET/det/3 senior/ADJ/amod/3 official/NOUN/nsubj/15 in/ADP/case/6 the/DET/det/6 ministry/NOUN/nmod/3 "
        ",/PUNCT/punct/11 who/PRON/nsubj/11 was/AUX/aux/11 not/PART/advmod/11 authorised/VERB/acl:relcl/3 "
        "to/PART/mark/13 speak/VERB/xcomp/11 ,/PUNCT/punct/11 agreed/VERB/root/0"
    )
    found = entity(syntax, "A senior official")
    assert found.anonymous
    assert found.type == "person"
    assert found.description == "A senior official in the ministry, who was not authorised to speak"


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        ("Ordavia/PROPN/nsubj/2 rejected/VERB/root/0/reject it/PRON/obj/2", "government"),
        ("It/PRON/nsubj/2 happened/VERB/root/0 in/ADP/case/4 Ordavia/PROPN/obl/2", "unknown"),
    ],
)
def test_a_place_stands_for_a_government_only_where_it_acts(clause: str, kind: str) -> None:
    found = entity(tree(clause, names=NAMES), "Ordavia")
    assert (found.type, found.place) == (kind, True)


def test_a_pronoun_as_source_gets_its_entity() -> None:
    syntax = tree(
        "Ms./PROPN/nmod:desc/2 Lenna/PROPN/nsubj/4 Ombry/PROPN/flat/2 arrived/VERB/root/0",
        "She/PRON/nsubj/2 said/VERB/root/0/say it/PRON/nsubj/4 held/VERB/ccomp/2",
        names=NAMES,
    )
    source = one(syntax, a_claim(syntax, "She", "said", "it held")).source
    assert source is not None
    assert (source.text, source.name, source.type) == ("She", "Lenna Ombry", "person")
    assert source.entity == entity(syntax, "Lenna Ombry").id


def test_a_source_that_is_in_no_chain_stays_as_it_was() -> None:
    syntax = tree("Reportedly/ADV/advmod/3 it/PRON/nsubj/3 held/VERB/root/0")
    claim = a_claim(syntax, "Reportedly", "held", "it")
    assert one(syntax, claim).source == claim.source


def test_an_outlet_and_whom_it_was_told_to() -> None:
    syntax = tree(
        "Ombry/PROPN/nsubj/2 told/VERB/root/0/tell the/DET/det/5 Dravin/PROPN/compound/5 Courier/PROPN/nmod:poss/7 "
        "'s/PART/case/5 Ann/PROPN/obj/2 Lee/PROPN/flat/7 it/PRON/nsubj/10 held/VERB/ccomp/2",
        names={**NAMES, "Ann Lee": "PER"},
    )
    out = one(syntax, a_claim(syntax, "Ombry", "told", "it held"))
    assert out.addressee is not None
    assert out.outlet is not None
    assert (out.addressee.text, out.outlet.text) == ("the Dravin Courier's Ann Lee", "Dravin Courier")


def test_a_thing_that_is_said_is_no_addressee() -> None:
    syntax = tree("Ombry/PROPN/nsubj/2 read/VERB/root/0 the/DET/det/4 report/NOUN/obj/2", names=NAMES)
    assert one(syntax, a_claim(syntax, "Ombry", "read", "the")).addressee is None


def test_who_is_quoted_speaks_in_the_quotation() -> None:
    syntax = tree(
        "“/PUNCT/punct/3 I/PRON/nsubj/3 left/VERB/ccomp/7 ,/PUNCT/punct/3 ”/PUNCT/punct/3 Ombry/PROPN/nsubj/7 "
        "said/VERB/root/0/say",
        names=NAMES,
    )
    claim = a_claim(syntax, "Ombry", "said", "“I left,”", kind="direct")
    found = who(syntax, claim)
    assert found.at(Span(1, 2)) == found.at(Span(10, 15)) is not None
    unattributed = who(syntax)
    assert unattributed.at(Span(1, 2)) != unattributed.at(Span(10, 15))


def test_claims_keep_all_else() -> None:
    syntax = tree(INTRODUCED, SAID, names=NAMES)
    claim = a_claim(syntax, "Ombry", "said", "so")
    out = one(syntax, claim)
    assert msgspec.structs.replace(out, source=claim.source) == claim
