"""A fictional article, read once, and a way to vet claims on it."""

from __future__ import annotations

from functools import cache
from typing import Any

from sayso.case import knowledge, reader
from sayso.read import read_bytes
from sayso.records import Document
from sayso.study import studied
from sayso.vet import Page, Vetted, of_record, vet

ARTICLE = """\
Nine people were killed when a crane fell on the quay at Sollum on June 5, 2031, the harbour office said.

"We have counted nine bodies," said Mira Dohl, who runs the harbour office. "The crane was not inspected."

The ministry could not confirm that the crane had been overloaded. Tom Reyk, the owner, denied that he had ignored \
warnings. Reyk told reporters on Monday that two engineers had checked the crane.

If the union leaves the talks, the port will close. Allegedly, a guard had left the gate open. Was the old mole ever \
safe to walk? Residents said the quay was as steady as a rock.
"""


@cache
def page(text: str = ARTICLE) -> Page:
    (document,) = read_bytes(text.encode(), path="quay.txt")
    assert isinstance(document, Document)
    made = studied(document, reader(), knowledge())
    return Page(made.ledger, made.parsed, made.syntax, knowledge())


def vetted(content: Any, text: str = ARTICLE, **fields: Any) -> Vetted:
    (found,) = vet(page(text), of_record({"content": content, **fields}))
    return found
