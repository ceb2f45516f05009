"""The word lists: every entry's own sentences, and the shape of the files."""

from __future__ import annotations

import re

import pytest

from sayso.case import lexicon
from sayso.errors import BadLexicon
from sayso.extract.cues import doing
from sayso.extract.sources import describe
from sayso.lexicon import Head, Marker, Noun, Pattern, Verb, _Verbs, decode
from sayso.parse import parse
from sayso.records import Document, DocumentRef
from sayso.spans import Span
from tests.marked import claims_in, spans_of, strip

LEXICON = lexicon()
CUES: list[Verb | Noun | Marker] = [*LEXICON.verbs, *LEXICON.nouns, *LEXICON.markers]


def _name(entry: Verb | Noun | Marker) -> str:
    return entry.words if isinstance(entry, Marker) else entry.lemma


# How many of the sentences the reader must read as they are marked, in percent. With the reader of one pass yes rose by
# four, and no fell by one sentence of 34.
LEAST_YES, LEAST_NO = 77, 91


@pytest.mark.parametrize("entry", CUES, ids=_name)
def test_the_cue_of_a_yes_sentence_does_what_its_entry_says(entry: Verb | Noun | Marker) -> None:
    for sentence in entry.yes:
        text, marks = strip(sentence)
        act, factuality, _ = doing(text, marks["1"]["cue"][0], LEXICON)
        assert (act, factuality) == (entry.act, entry.factuality), sentence


def test_the_reader_reads_most_yes_sentences_as_marked() -> None:
    sentences = [sentence for entry in CUES for sentence in entry.yes]
    missed = [s for s in sentences if strip(s)[1]["1"] not in map(spans_of, claims_in(strip(s)[0]))]
    assert 100 * (1 - len(missed) / len(sentences)) >= LEAST_YES, "\n".join(missed)


def test_the_reader_finds_no_claim_in_most_no_sentences() -> None:
    sentences = [(_name(entry).split()[0][:3], sentence) for entry in CUES for sentence in entry.no]
    taken = [s for cue, s in sentences if any(c.cue and cue in c.cue.text.lower() for c in claims_in(s))]
    assert 100 * (1 - len(taken) / len(sentences)) >= LEAST_NO, "\n".join(taken)


def _head_of(phrase: str) -> Head | None:
    document = Document(ref=DocumentRef(id="d", path="p", sha256="0"), text=phrase)
    source = describe(parse(document, LEXICON), (Span(0, len(phrase)),), LEXICON)
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
    raw = b'[[verb]]\nlemma = "say"\nact = "assert"\nfactuality = "CT+"\nnoun = true\nyess = ["x"]\n'
    with pytest.raises(BadLexicon, match=r"verbs\.toml: .*yess.*verb"):
        decode(raw, "verbs.toml", _Verbs)
