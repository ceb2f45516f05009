"""The word lists: every entry's own sentences, and the shape of the files."""

from __future__ import annotations

import re

import pytest

from sayso.case import lexicon
from sayso.errors import BadLexicon
from sayso.extract.sources import describe
from sayso.lexicon import Head, Marker, Noun, Pattern, Verb, _Verbs, decode
from sayso.parse import parse
from sayso.records import Document, DocumentRef
from sayso.spans import Span
from tests.marked import claims_in, show, spans_of, strip

LEXICON = lexicon()
CUES: list[Verb | Noun | Marker] = [*LEXICON.verbs, *LEXICON.nouns, *LEXICON.markers]


def _name(entry: Verb | Noun | Marker) -> str:
    return entry.words if isinstance(entry, Marker) else entry.lemma


YES = [pytest.param(entry, sentence, id=f"{_name(entry)}: {sentence}") for entry in CUES for sentence in entry.yes]
NO = [pytest.param(entry, sentence, id=f"{_name(entry)}: {sentence}") for entry in CUES for sentence in entry.no]


@pytest.mark.parametrize(("entry", "sentence"), YES)
def test_a_yes_sentence_gives_its_claim(entry: Verb | Noun | Marker, sentence: str) -> None:
    text, marks = strip(sentence)
    claims = claims_in(text)
    fitting = [c for c in claims if spans_of(c) == marks["1"]]
    assert fitting, f"{text}\nexpected {sentence}\nfound\n{show(claims)}"
    assert fitting[0].speech_act == entry.act


@pytest.mark.parametrize(("entry", "sentence"), NO)
def test_a_no_sentence_gives_no_claim_by_this_cue(entry: Verb | Noun | Marker, sentence: str) -> None:
    first = _name(entry).split()[0][:3]
    claims = [c for c in claims_in(sentence) if c.cue and first in c.cue.text.lower()]
    assert not claims, f"{sentence}\nfound\n{show(tuple(claims))}"


def _head_of(phrase: str) -> Head | None:
    document = Document(ref=DocumentRef(id="d", path="p", sha256="0"), text=phrase)
    source = describe(parse(document, LEXICON), Span(0, len(phrase)), LEXICON)
    return next((head for head in LEXICON.heads if head.type == source.type), None)


@pytest.mark.parametrize(("head", "phrase"), [(h, p) for h in LEXICON.heads for p in h.yes], ids=str)
def test_a_source_has_the_type_of_its_head(head: Head, phrase: str) -> None:
    found = _head_of(phrase)
    assert found is not None
    assert found.type == head.type


@pytest.mark.parametrize(("head", "phrase"), [(h, p) for h in LEXICON.heads for p in h.no], ids=str)
def test_a_source_of_another_head_has_another_type(head: Head, phrase: str) -> None:
    found = _head_of(phrase)
    assert found is None or found.type != head.type


@pytest.mark.parametrize("pattern", LEXICON.furniture, ids=lambda p: p.yes[0])
def test_furniture_is_told_from_prose(pattern: Pattern) -> None:
    alone = re.compile(pattern.pattern, re.IGNORECASE)
    for paragraph in pattern.yes:
        assert alone.fullmatch(paragraph), paragraph
    for paragraph in pattern.no:
        assert not LEXICON.is_furniture(paragraph), paragraph


@pytest.mark.parametrize("pattern", LEXICON.hedges, ids=lambda p: p.yes[0])
def test_hedges_are_found(pattern: Pattern) -> None:
    alone = re.compile(rf"\b(?:{pattern.pattern})\b", re.IGNORECASE)
    for words in pattern.yes:
        assert alone.search(words), words
    for words in pattern.no:
        assert not alone.search(words), words


def test_no_lemma_stands_twice() -> None:
    names = [(type(entry).__name__, _name(entry)) for entry in CUES]
    assert len(names) == len(set(names))


def test_a_mistake_in_a_word_list_is_named_with_its_place() -> None:
    raw = b'[[verb]]\nlemma = "say"\nact = "assert"\nfactuality = "CT+"\ntakes = ["clause"]\nyess = ["x"]\n'
    with pytest.raises(BadLexicon, match=r"verbs\.toml: .*yess.*verb"):
        decode(raw, "verbs.toml", _Verbs)
