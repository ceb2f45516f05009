"""Subjects that the order of words tells."""

import pytest

from sayso.reader.mending import mended

# Each token: form, part of speech, tag, head, relation; heads counted from 0, a root is its own.
ASKED = """Asked VERB VBN 8 advcl
by ADP IN 2 case
Tom PROPN NNP 0 obl:agent
, PUNCT , 5 punct
a DET DT 5 det
clerk NOUN NN 2 appos
then ADV RB 8 advmod
has AUX VBZ 8 aux
said VERB VBN 8 root"""
SET_OFF = """Asked VERB VBN 7 advcl
by ADP IN 2 case
Tom PROPN NNP 0 obl:agent
, PUNCT , 5 punct
a DET DT 5 det
clerk NOUN NN 2 appos
, PUNCT , 5 punct
said VERB VBD 7 root"""
OWN_SUBJECT = """Tom PROPN NNP 4 nsubj
, PUNCT , 3 punct
a DET DT 3 det
clerk NOUN NN 0 appos
said VERB VBD 4 root"""
WHEN = """snapped VERB VBD 0 root
the DET DT 2 det
clerk NOUN NN 0 obj
when ADV WRB 5 advmod
Ann PROPN NNP 0 nsubj
walked VERB VBD 0 advcl"""
LOOKED = """As SCONJ IN 2 mark
Tom PROPN NNP 4 nmod
looked VERB VBD 5 advcl
, PUNCT , 2 punct
clerks NOUN NNS 5 nsubj
said VERB VBD 5 root"""
HELPED = """He PRON PRP 3 nsubj
can AUX MD 2 aux
credibly VERB VB 3 advcl
make VERB VB 3 root"""
INVERTED = """says VERB VBZ 0 root
Ann PROPN NNP 0 nsubj
who PRON WP 3 nsubj
walked VERB VBD 1 acl:relcl"""


def _mended(text: str) -> tuple[list[int], list[str]]:
    rows = [line.split() for line in text.splitlines()]
    head, rel = [int(r[3]) for r in rows], [r[4] for r in rows]
    mended(head, rel, [r[1] for r in rows], [r[2] for r in rows], (0, len(rows)))
    return head, rel


@pytest.mark.parametrize(("text", "noun", "verb"), [(ASKED, 5, 8), (WHEN, 4, 5), (LOOKED, 1, 2)])
def test_a_noun_right_before_its_verb_is_the_subject(text: str, noun: int, verb: int) -> None:
    head, rel = _mended(text)
    assert (head[noun], rel[noun]) == (verb, "nsubj")


@pytest.mark.parametrize("text", [SET_OFF, OWN_SUBJECT, INVERTED, HELPED])
def test_other_trees_stay(text: str) -> None:
    rows = [line.split() for line in text.splitlines()]
    assert _mended(text) == ([int(r[3]) for r in rows], [r[4] for r in rows])


def test_other_sentences_are_left_alone() -> None:
    rows = [line.split() for line in f"{WHEN}\n{WHEN}".splitlines()]
    head = [int(r[3]) + (6 if i >= 6 else 0) for i, r in enumerate(rows)]
    rel = [r[4] for r in rows]
    mended(head, rel, [r[1] for r in rows], [r[2] for r in rows], (6, 12))
    assert head[4] == 0
    assert head[10] == 11
