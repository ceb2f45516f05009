"""sayso reads articles and keeps a ledger of attributed claims: who says what, on whose word, with which words."""

from sayso.case import Case, hedges, ledgers, read
from sayso.check.findings import Finding
from sayso.errors import (
    BadCase,
    BadDecision,
    BadEndpoint,
    BadHypotheses,
    BadImport,
    BadJudgement,
    BadLexicon,
    BadOutput,
    BadQuery,
    BadReader,
    BadTable,
    NotFound,
    SaysoError,
    Unreadable,
)
from sayso.frames import to_arrow, to_pandas
from sayso.proposed import vet
from sayso.query import Query
from sayso.records import Capture, Claim, Document, DocumentRef, Ledger, Notice, Phrase, Source, When
from sayso.review import Judgement, Ruling, Wording
from sayso.spans import Span
from sayso.vet.vetted import Vetted
from sayso.weigh.weighed import Weighed

__all__ = [
    "BadCase",
    "BadDecision",
    "BadEndpoint",
    "BadHypotheses",
    "BadImport",
    "BadJudgement",
    "BadLexicon",
    "BadOutput",
    "BadQuery",
    "BadReader",
    "BadTable",
    "Capture",
    "Case",
    "Claim",
    "Document",
    "DocumentRef",
    "Finding",
    "Judgement",
    "Ledger",
    "NotFound",
    "Notice",
    "Phrase",
    "Query",
    "Ruling",
    "SaysoError",
    "Source",
    "Span",
    "Unreadable",
    "Vetted",
    "Weighed",
    "When",
    "Wording",
    "hedges",
    "ledgers",
    "read",
    "to_arrow",
    "to_pandas",
    "vet",
]
