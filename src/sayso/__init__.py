"""sayso reads articles and keeps a ledger of attributed claims: who says what, on whose word, with which words."""

from sayso.case import Case, hedges, ledgers, read
from sayso.check.findings import Finding
from sayso.errors import (
    BadCase,
    BadDecision,
    BadHypotheses,
    BadLexicon,
    BadQuery,
    BadReader,
    BadTable,
    NotFound,
    SaysoError,
    Unreadable,
)
from sayso.query import Query
from sayso.records import Claim, Document, DocumentRef, Ledger, Notice, Phrase, Source, When
from sayso.spans import Span
from sayso.weigh.weighed import Weighed

__all__ = [
    "BadCase",
    "BadDecision",
    "BadHypotheses",
    "BadLexicon",
    "BadQuery",
    "BadReader",
    "BadTable",
    "Case",
    "Claim",
    "Document",
    "DocumentRef",
    "Finding",
    "Ledger",
    "NotFound",
    "Notice",
    "Phrase",
    "Query",
    "SaysoError",
    "Source",
    "Span",
    "Unreadable",
    "Weighed",
    "When",
    "hedges",
    "ledgers",
    "read",
]
