"""What a source does by saying it, and whether it is said at all."""

from __future__ import annotations

import pytest

from sayso.records import Factuality, SpeechAct
from sayso.resolve.acts import Stance, speech_act
from sayso.spans import Span
from tests.resolve.test_factuality import LEXICON, WORDS
from tests.resolve.trees import marked


def _stance(sentence: str) -> Stance:
    syntax, _, spans = marked(sentence)
    content = spans.get("content", (Span(0, len(syntax.text)),))
    cue = spans["cue"][0] if "cue" in spans else None
    return speech_act(syntax, spans.get("source", ()), cue, content, WORDS, LEXICON)


@pytest.mark.parametrize(
    ("sentence", "act", "value", "done"),
    [
        ("[source|The ministry] [cue|denied] [content|that its guards had {opened} the sluice].", "deny", "CT-", "CT+"),
        (
            "[source|The minister] [cue|did not deny] [content|that the guards had {opened} the gate].",
            "assert",
            "Uu",
            "CT-",
        ),
        ("[source|The mayor] [cue|did not say] [content|that the well was {clean}].", "assert", "Uu", "CT-"),
        ("[source|Residents] [cue|do not believe] [content|that the well was {cleaned}].", "believe", "PR-", "CT-"),
        ("[source|The judge] [cue|has not ruled out] [content|that the paper was {forged}].", "assert", "PS+", "CT-"),
        ("[source|The mayor] [cue|can claim] [content|that the flood has {ended}].", "assert", "PS+", "PS+"),
        ("[source|Few villagers] [cue|believe] [content|that the road will be {mended}].", "believe", "Uu", "CT-"),
        ("[source|I] [cue|must say] [content|that the pump {failed}].", "assert", "CT+", "CT+"),
        ("[source|Many farmers] [cue|would say] [content|that the pump {failed}].", "assert", "PS+", "PS+"),
        (
            "[source|The mayor] [cue|dismissed as false] [content|a report that the dam had {cracked}].",
            "deny",
            "CT-",
            "CT+",
        ),
    ],
)
def test_what_is_done_and_whether(sentence: str, act: SpeechAct, value: Factuality, done: Factuality) -> None:
    assert _stance(sentence)[:2] == (act, value)
    assert _stance(sentence).done == done


def test_the_author_asks_and_orders_in_his_own_words() -> None:
    assert _stance("Did the guards {open} the gate?").act == "ask"
    assert _stance("{Leave} the valley now.").act == "order"
    assert _stance("The council will {close} the bridge.").act == "assert"


def test_a_verdict_on_a_report_is_a_denial_and_shows_its_word() -> None:
    stance = _stance("[source|The mayor] [cue|called] [content|the rumour that the well was {poisoned} groundless].")
    assert (stance.act, stance.value) == ("deny", "CT-")
    assert "held not to be so" in {reason.why for reason in stance.why}


def test_what_makes_it_unsaid_is_named() -> None:
    syntax, _, _ = marked("[source|The mayor] [cue|did not say] [content|that the well was {clean}].")
    stance = _stance("[source|The mayor] [cue|did not say] [content|that the well was {clean}].")
    assert [(reason.span.of(syntax.text), reason.why) for reason in stance.why] == [("not", "negated")]
