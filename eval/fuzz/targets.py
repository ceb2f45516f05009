"""What is fuzzed: each target takes bytes; its seeds are what it is meant for.

In:   bytes.   Out: an answer, or an error of ours in one line; anything else is a crash.
Knows nothing of: where the bytes come from.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import msgspec
from tests.check import made
from tests.read import archives

from eval.fuzz.desk import Imports, Pages, article_ledger, exported
from sayso.case import knowledge, lexicon, reader
from sayso.check.checking import Checker
from sayso.check.tables.files import File
from sayso.check.tables.loading import load
from sayso.check.tables.mapped import mapping
from sayso.check.tables.table import Table
from sayso.check.words import check_words
from sayso.errors import SaysoError
from sayso.imports.recognise import recognise
from sayso.parse import parse
from sayso.query import terms
from sayso.read import read_bytes
from sayso.records import Document
from sayso.resolve.aliases import followthemoney, tables
from sayso.second.settings import settings
from sayso.study import studied, study
from sayso.vet import Page, Proposal, proposals
from sayso.vet import vet as vet_page
from sayso.weigh.hypotheses import hypotheses

_EXAMPLES = Path(__file__).parent.parent.parent / "examples"
_STUDIED = 600  # bytes: the whole way of a document takes a hundredth of a second for a hundred of them

_JSONL = b'{"text": "Ann Lee said no.", "id": 1, "published": "2015-06-03", "title": "A"}\n'
_SHEET = (
    b"link,archive status,text content,title,timestamp\nhttps://a.example/1,success,Ann Lee said no.,A,2020-01-01\n"
)
_CLAIM = (
    b'{"content": {"text": "the pier was open", "spans": [[0, 1]]}, "source": "Ann Lee", "cue": "said", "said_at":'
    b' "2015", "via": null, "factuality": "CT+", "events": [{"actor": "b", "quantities": ["1"]}]}\n'
)
_EXTRACTIONS = (
    b'{"text": "Ann Lee said that the pier was open.", "extractions": [{"extraction_class": "claim",'
    b' "extraction_text": "the pier was open", "char_interval": {"start_pos": 18, "end_pos": 35},'
    b' "attributes": {"source": "Ann Lee", "cue": "said"}}]}\n'
)
_MARK = (
    b'{"type": "Annotation", "user": "ida", "uri": "https://sund.example/mole", "body": {"type": "TextualBody",'
    b' "value": "x", "purpose": "tagging"}, "target": [{"source": "https://sund.example/mole", "selector":'
    b' [{"type": "TextPositionSelector", "start": 5, "end": 9}, {"type": "TextQuoteSelector", "exact": "the mole"}]}]}'
)
_MAILS = (
    b"From: Ann <a@b.example>\nDate: Mon, 1 Jan 2018 10:00:00 +0000\nSubject: =?utf-8?q?a?=\n\nHi.\n",
    (
        b"From: a@b.example\nTo: b@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html"
        b"; charset=latin-1\nContent-Transfer-Encoding: quoted-printable\n\n<p>She said=20no.</p>\n--b\nContent-Type:"
        b" application/x; name=\"a\"\nContent-Disposition: attachment; filename*=utf-8''b\n\nx\n--b--\n"
    ),
)
_PAGE = (
    b"<html><head><title>A</title><meta property='article:published_time' content='2015-06-03'></head><body><article>"
    b"<h1>Pier open</h1><p>Ann Lee said that the pier was open.<br>She left.</p><ul><li>One</li></ul><pre>a\nb</pre>"
    b"<blockquote>\xe2\x80\x9cNo,\xe2\x80\x9d she said.</blockquote><table><tr><td>x</td></tr></table></article></body>"
)
_TEXTS = (
    "---\ntitle: A\npublished: 2015-06-03\n---\nAnn Lee said on Monday that 12 left, and “we stay.”\n\nHe denied it.",
    "# A\n\nThe *ministry* [said](https://a.example) that\n> it was `open`.\n\n- One\n\n***\n\n| a | b |\n|---|---|\n",
    "Q: Was it safe?\nA: “It was,” the mayor's brother said, “two days earlier.” According to Bob Ray, 1,000 fled.",
    "\ufeffHe said: 'No ``we'' didn't.' \u2028 The U.S. general, 45, may have attacked Sund at 5:20 a.m. on 3 June.",
)
_MAPPINGS = (
    (
        b'name = "Raids"\nkind = "events"\ndirected = true\nlethal = false\ndefinition = ["R"]\n[columns]\nrow = "No"\n'
        b'date = "Day"\nplaces = ["Quay", "Town"]\nside_a = "By"\nside_b = "On"\nlow = "Dead"\nhigh = "At most"\n'
    ),
    (
        b'name = "Blacklist"\nkind = "designations"\nauthority = "Sund"\ncomplete = true\nversion = "2031"\n[columns]\n'
        b'names = ["Name", "Other"]\nlisted = "Since"\nprogramme = "Why"\n'
    ),
)
_ROWS = (
    b"No;Day;Quay;Town;By;On;Dead;At most\nR1;2031-05-06;North;Karsk;Watch;Dockers;1;3\nR2;soon;;;;;;\n",
    b"Name\tOther\tSince\tWhy\nAnn Lee\tA. Lee;Annie\t2030-01-02\tTolls\n\tx\t2030-99-01\t\n",
)
_TABLES = tuple(
    text.encode()
    for text in (
        made.GED_14, made.GED_41, made.GED_49, made.DYADIC, made.ACLED, made.ACLED_OLD, made.EU_YAML, made.EU_AMENDED,
        made.EU_XML, made.EU_CSV, made.SDN, made.ALT, made.SDN_XML, made.UN_XML, made.FTM, made.OPENSANCTIONS,
        made.CLAIM_REVIEW, made.FEED, made.TOOLS,
    )
)  # fmt: skip
_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n3 0 obj<<"
    b"/Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>/Contents 4 0 R>>"
    b"endobj\n4 0 obj<</Length 99>>stream\nBT /F 12 Tf 50 700 Td (Ann Lee said it was safe.) Tj T* [(The) -300 (pier)"
    b"] TJ ET\n/X Do\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Type/Encoding"
    b"/Differences[65/B]>>/ToUnicode 7 0 R>>endobj 6 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Length 9>>stream\n"
    b"BT /F 9 Tf (She said.) Tj ET\nendstream endobj\n7 0 obj<</Length 90>>stream\n1 begincodespacerange <00><ff> "
    b"endcodespacerange 1 beginbfrange <41><42><0041> endbfrange\nendstream endobj\n8 0 obj<</Title(A)/Author(B)"
    b"/CreationDate(D:20150603)>>endobj\ntrailer<</Size 9/Root 1 0 R/Info 8 0 R>>\nstartxref\n0\n%%EOF\n"
)
_SETTINGS = (
    b'base_url = "http://127.0.0.1:1/v1"\nmodel = "m"\nkey_env = "K"\nseconds = 5\n[price]\nasked = 1\nanswered = 2\n'
)


class Target(NamedTuple):
    """``run`` gives a list of what came of the bytes, errors of ours among them, or raises one."""

    run: Callable[[bytes], Iterable[object]]
    seeds: Sequence[bytes]


def _read(name: str, raw: bytes) -> list[object]:
    """The way of a file to a structure; its places have to lie in its text."""
    found = list(read_bytes(raw, path=name))
    for document in found:
        if isinstance(document, Document):
            parsed = parse(document, lexicon())
            length = len(document.text)
            spans = [*parsed.sentences, *(p.span for p in parsed.paragraphs), *(q.span for q in parsed.quotations)]
            told = [n.span for n in (*document.notices, *parsed.notices) if n.span]
            if any(not 0 <= span.start < span.end <= length for span in (*spans, *document.markup, *told)):
                raise AssertionError("a place beyond the text")
            msgspec.json.encode(document)
    return list(found)


def _studied(raw: bytes) -> list[object]:
    """The whole way of a text; words have to be those of their places, and all of it comes back from JSON."""
    found = list(read_bytes(raw[:_STUDIED], path="x.txt"))
    for document in found:
        if isinstance(document, Document):
            ledger = study(document, reader(), knowledge())
            for claim in ledger.claims:
                if " ".join(span.of(document.text) for span in claim.content.spans) != claim.content.text:
                    raise AssertionError("words that are not those of their place")
            if msgspec.json.decode(msgspec.json.encode(ledger), type=type(ledger)) != ledger:
                raise AssertionError("a ledger that does not come back")
    return list(found)


def _tables(raw: bytes, mappings: Sequence[bytes] = ()) -> list[object]:
    """Load a table, and ask it what the claims of an article ask."""
    kinds = {b"<": "xml", b"{": "json", b"[": "json", b"-": "yaml"}
    name = f"x.{kinds.get(raw.lstrip()[:1], 'csv')}"
    found = list(load([File(name, lambda: io.BytesIO(raw))], [mapping(m, "m.toml") for m in mappings]))
    if whole := [table for table in found if isinstance(table, Table)]:
        checker = Checker(whole, knowledge().aliases, check_words())
        for finding in checker.findings(article_ledger()):
            msgspec.json.encode(finding)
    return list(found)


@cache
def _vet_page() -> Page:
    (document,) = read_bytes(_TEXTS[0].encode(), path="x.txt")
    if not isinstance(document, Document):
        raise document
    done = studied(document, reader(), knowledge())
    return Page(done.ledger, done.parsed, done.syntax, knowledge())


def _vetted(raw: bytes) -> list[object]:
    given = list(proposals(raw, "x"))
    return [*given, *vet_page(_vet_page(), [one for one in given if isinstance(one, Proposal)])]


def _wacz() -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as package:
        package.writestr("datapackage.json", '{"profile": "data-package", "resources": []}')
        package.writestr("archive/a.warc.gz", archives.packed(archives.pages(2)))
        package.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n{"url": "https://www.pier.example/0"}')
    return raw.getvalue()


def _examples(suffix: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted(_EXAMPLES.glob(f"*{suffix}")) if path.stat().st_size < 20_000]


def every() -> dict[str, Target]:
    """All targets by name. Loads the reader and makes a small case."""
    texts = [text.encode() for text in _TEXTS]
    archive = archives.pages(2)
    warcs = [b"".join(archive), archives.packed(archive), gzip.compress(b"".join(archive), mtime=0)]
    toml = _examples(".toml")
    imports, pages = Imports(), Pages()
    return {
        "html": Target(partial(_read, "x.html"), [_PAGE, *_examples(".html")]),
        "pdf": Target(partial(_read, "x.pdf"), [_PDF, *_examples(".pdf")]),
        "mail": Target(partial(_read, "x.eml"), [*_MAILS, *_examples(".eml")]),
        "text": Target(partial(_read, "x.txt"), [*texts, *_examples("wire-halyard.txt")]),
        "markdown": Target(partial(_read, "x.md"), [*texts, *_examples("reprint-uplands-gazette.md")]),
        "jsonl": Target(partial(_read, "x.jsonl"), [_JSONL, _JSONL * 3]),
        "warc": Target(partial(_read, "x.warc"), warcs),
        "wacz": Target(partial(_read, "x.wacz"), [_wacz()]),
        "sheet": Target(partial(_read, "x.csv"), [_SHEET]),
        "no name": Target(partial(_read, "x"), [_PAGE, *_MAILS, *texts, _JSONL, *warcs]),
        "whole way": Target(_studied, texts),
        "evidence": Target(_tables, _TABLES),
        "mapped": Target(partial(_tables, mappings=_MAPPINGS), _ROWS),
        "mapping": Target(lambda raw: [mapping(raw, "x.toml")], _MAPPINGS),
        "hypotheses": Target(lambda raw: [hypotheses(raw, "x.toml")], toml),
        "second reader": Target(lambda raw: [settings(raw, "x.toml", {"K": "k"}, network=False)], [_SETTINGS]),
        "alias tables": Target(
            lambda raw: [tables.table(raw, "x.toml")], [b'[[actor]]\nid = "a"\nname = "Ann"\n', *toml]
        ),
        "entities": Target(lambda raw: [followthemoney.entities(raw, "x", {})], [made.FTM.encode()]),
        "vet": Target(_vetted, [_CLAIM, _CLAIM * 2, _EXTRACTIONS]),
        "kind of import": Target(lambda raw: [recognise(raw, "x")], [_CLAIM, _MARK, _EXTRACTIONS, _JSONL]),
        "search": Target(lambda raw: list(terms(raw.decode("utf-8", "replace"))), [b'"a b" c* d', b"NEAR(a b)"]),
        "import": Target(
            imports.file, [*exported(), _MARK, b"[" + _MARK + b"]", _EXTRACTIONS, made.FTM.encode(), _JSONL]
        ),
        "brat": Target(imports.brat, imports.annotations()),
        "page": Target(pages.asked, pages.seeds()),
    }


def outcome(found: Iterable[object]) -> bool:
    """Was something of it refused? Raises AssertionError for an error that is not one line."""
    errors = [one for one in found if isinstance(one, SaysoError)]
    for error in errors:
        one_line(error)
    return bool(errors)


def one_line(error: SaysoError) -> None:
    """What is said is said in one line."""
    if "\n" in str(error) or not str(error):
        raise AssertionError(f"an error in more than one line: {str(error)!r}")
