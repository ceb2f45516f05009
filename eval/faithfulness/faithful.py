"""True claims: whole sentences, the same written otherwise, what people have marked.

In:   Texts.   Out: Trials.
Knows nothing of: vet, falsifications.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from eval.brat import Attribution
from eval.faithfulness.texts import Text
from eval.faithfulness.trial import NUMBER_WORD, NUMBER_WORDS, Trial, content_of, cue_of, source_of, statements

_BESIDE = re.compile(
    r"\b(?:if|unless|whether|may|might|can|could|would|should|must|perhaps|maybe|possibly|probably|likely|unlikely|not"
    r"|never|no|nobody|nothing|none|neither|nor|without|cannot|unable|try|tries|tried|attempt\w*|imagine|suppose|let)\b"
    r"|n['’]t\b|\?|^Say\b",
    re.IGNORECASE,
)
_PLAIN_CUES = frozenset(
    ("said", "says", "told", "according to", "according to,", "added", "stated", "noted", "announced")
)


def verbatim(text: Text, _: Sequence[Text], __: random.Random) -> Iterator[Trial]:
    for sentence in text.sentences:
        yield Trial("true: verbatim", True, text, {"content": sentence.of(text.page.text)})  # noqa: FBT003 - a fact


def normalised(text: Text, _: Sequence[Text], chance: random.Random) -> Iterator[Trial]:
    for sentence in text.sentences:
        plain = sentence.of(text.page.text)
        changed = plain.translate(str.maketrans("“”’‘—–", "\"\"''--"))
        changed = re.sub(
            r"\b(can|do|does|did|is|are|was|were|has|have|had|would|could|should)n['’]t\b", r"\1 not", changed
        )
        changed = (
            changed.replace("cannot", "can not").replace("can not", "cannot") if chance.random() < 0.5 else changed
        )
        changed = NUMBER_WORD.sub(lambda m: str((*range(2, 13), 20, 30)[NUMBER_WORDS.index(m.group())]), changed)
        changed = changed.replace(" ", "  ", 1).replace(" percent", "%").removesuffix(".")
        if changed[1:2].islower() and text.page.syntax.upos[text.page.syntax.within(sentence)[0]] != "PROPN":
            changed = changed[0].lower() + changed[1:]
        yield Trial("true: normalised", True, text, {"content": changed})  # noqa: FBT003 - as above


def marked(text: Text, _: Sequence[Text], __: random.Random) -> Iterator[Trial]:
    """What people have marked: source, cue and content; and without the cue where it only says. Apart are contents
    without a verb, which name a topic, and such as have a word in their sentence, outside of what is marked, that may
    put the whole attribution under a condition ("If he says that …"): whether it does is not told by rule.
    """
    for own in statements(text):
        cue, claim = cue_of(text, own), {"content": content_of(text, own)}
        if own.source:
            claim["source"] = source_of(text, own)
        if outer := _outer(text, own):
            claim["via"] = source_of(text, outer)
        kind = "true: marked"
        if _BESIDE.search(_unmarked(text, own)):
            kind = "true? a condition may be left out"
        elif not _has_verb(text, own):
            kind = "true? a topic"
        yield Trial(kind, True, text, {**claim, "cue": cue})  # noqa: FBT003 - as above
        if own.source and cue.lower() in _PLAIN_CUES and kind == "true: marked":
            yield Trial("true: marked, no cue", True, text, claim)  # noqa: FBT003 - as above


def _unmarked(text: Text, own: Attribution) -> str:
    """The words of an attribution's sentences that none of its marks hold."""
    plain, marks = text.page.text, (*own.source, *own.cue, *own.content)
    sentences = [s for s in text.page.parsed.sentences if any(s.overlaps(mark) for mark in marks)]
    places = (at for sentence in sentences for at in range(sentence.start, sentence.end))
    return "".join(plain[at] if not any(m.start <= at < m.end for m in marks) else "\n" for at in places)


def _has_verb(text: Text, own: Attribution) -> bool:
    syntax = text.page.syntax
    return any(syntax.upos[t] in ("VERB", "AUX") for span in own.content for t in syntax.within(span))


def _outer(text: Text, own: Attribution) -> Attribution | None:
    """The attribution whose content holds one, the innermost."""
    holding = [
        o
        for o in text.gold
        if o is not own and o.source and all(any(c.contains(s) for c in o.content) for s in (*own.content, *own.cue))
    ]
    return min(holding, key=lambda o: sum(map(len, o.content)), default=None)
