"""Who says it there, with which words; and the further fields."""

from __future__ import annotations

import pytest

from tests.vet.made import page, vetted

BODIES = "We have counted nine bodies"


@pytest.mark.parametrize("source", ["Mira Dohl", "Dohl", "Mira Dohl, who runs the harbour office"])
def test_the_one_who_says_it_there_is_its_source(source: str) -> None:
    found = vetted(BODIES, source=source, cue="said")
    assert found.faithful, found.reason


def test_another_is_not_and_the_reason_names_who_is() -> None:
    found = vetted(BODIES, source="Tom Reyk")
    assert found.fields == {"content": "exact", "source": "unsupported"}
    assert "Mira Dohl" in found.reason


def test_somebody_whom_the_text_does_not_know_is_not() -> None:
    found = vetted(BODIES, source="the Coast Guard", cue="said")
    assert found.fields["source"] == "unsupported"
    assert "nowhere" in found.why["source"].reason


def test_a_name_stands_for_whom_the_text_calls_otherwise() -> None:
    text = "Pia Holm runs the mill. She said the weir was safe. The miller added that it would hold."
    assert vetted("the weir was safe", text, source="Pia Holm").fields["source"] == "normalised"


def test_a_denial_is_one_only_with_its_cue() -> None:
    content = "that he had ignored warnings"
    assert vetted(content, source="Tom Reyk", cue="denied").faithful
    without = vetted(content, source="Tom Reyk")
    assert not without.faithful
    assert "denied" in without.reason
    other = vetted(content, source="Tom Reyk", cue="said")
    assert other.fields["cue"] == "unsupported"
    assert "denied" in other.why["cue"].reason


def test_a_piece_of_a_cue_does_not_hide_the_rest() -> None:
    content = "that the crane had been overloaded"
    assert vetted(content, source="The ministry", cue="could not confirm").faithful
    assert not vetted(content, source="The ministry", cue="confirm").faithful


def test_no_source_is_not_said_where_the_text_has_one() -> None:
    assert vetted(BODIES, source=None).fields["source"] == "unsupported"
    assert vetted(BODIES, kind="authorial").fields["kind"] == "unsupported"


def test_how_sure_it_is_put() -> None:
    content = "that he had ignored warnings"
    assert vetted(content, source="Tom Reyk", cue="denied", factuality="CT-", speech_act="deny").faithful
    found = vetted(content, source="Tom Reyk", cue="denied", factuality="CT+")
    assert found.fields["factuality"] == "unsupported"


def test_when_it_was_said() -> None:
    content = "that two engineers had checked the crane"
    assert vetted(content, source="Reyk", said_at="on Monday").faithful
    assert not vetted(content, source="Reyk", said_at="on Friday").faithful
    assert not vetted(content, source="Reyk", said_at="2031-06-30").faithful


def test_the_words_of_an_event_stand_in_it() -> None:
    content = "two engineers had checked the crane"
    event = {"trigger": "checked", "actor": {"text": "two engineers"}, "recipient": {"text": "the crane"}}
    assert vetted(content, source="Reyk", events=[event]).faithful
    found = vetted(content, source="Reyk", events=[{**event, "actor": {"text": "Mira Dohl"}}])
    assert found.fields["events"] == "unsupported"
    assert "Mira Dohl" in found.reason


def test_through_whom_it_comes() -> None:
    text = "Ann Lee said that the ministry had denied that the bridge was closed."
    content = "that the bridge was closed"
    given = {"source": "the ministry", "cue": "had denied"}
    assert vetted(content, text, **given, via="Ann Lee").faithful
    assert vetted(content, text, **given, via="the mayor").fields["via"] == "unsupported"


def test_every_claim_of_sayso_itself_is_faithful() -> None:
    import msgspec  # noqa: PLC0415 - for this test only

    from sayso.vet import of_record, vet  # noqa: PLC0415 - as above

    records = msgspec.json.decode(msgspec.json.encode(page().ledger.claims))
    given = [proposal for record in records for proposal in of_record(record)]
    assert [found.reason for found in vet(page(), given) if not found.faithful] == []
    assert len(given) > 5


OTHERS = [
    ("“The dam is safe,” Ida Brandt told Tomas Reyk.", "The dam is safe", "Tomas Reyk"),
    ("Ida Brandt, a cousin of Tomas Reyk, said: “The dam is safe.”", "The dam is safe", "Tomas Reyk"),
    ("Tomas Reyk's lawyer said the dam was safe.", "the dam was safe", "Tomas Reyk"),
    ("Vera Holm said the talks were over; Ida Brandt said that the dam was safe.", "the dam was safe", "Vera Holm"),
]


@pytest.mark.parametrize(("text", "content", "source"), OTHERS)
def test_who_is_told_or_only_named_with_the_speaker_says_nothing(text: str, content: str, source: str) -> None:
    assert vetted(content, text, source=source).fields["source"] == "unsupported"


SPEAKERS = [
    ("A spokesman for the council said the dam was safe.", "the dam was safe", "the council"),
    ("The owner, Tom Reyk, said the dam was safe.", "the dam was safe", "Tom Reyk"),
    ("Ann Lee and Tom Reyk said the dam was safe.", "the dam was safe", "Tom Reyk"),
    ("“The dam is safe,” said Col. Teodan Hessik.", "The dam is safe", "Col. Hessik"),
    ("The dam is safe, according to the clerk of the county.", "The dam is safe", "the clerk of the county"),
]


@pytest.mark.parametrize(("text", "content", "source"), SPEAKERS)
def test_a_part_that_names_the_speaker_does(text: str, content: str, source: str) -> None:
    found = vetted(content, text, source=source)
    assert found.faithful, found.reason


def test_a_cue_that_the_text_does_not_have_is_not_taken_for_the_one_it_has() -> None:
    found = vetted(
        "the dam was cracked", "The clerk announced that the dam was cracked.", source="The clerk", cue="said"
    )
    assert found.fields["cue"] == "unsupported"


def test_the_reason_says_who_a_pronoun_is_read_as() -> None:
    text = "Pia Holm runs the mill. She said the weir was safe. Tom Reyk did not comment."
    assert "“She” (read as “Pia Holm”)" in vetted("the weir was safe", text, source="Tom Reyk").reason


LEFT_OUT = [
    "Everyone but Karel Osk said that the bridge is safe.",
    "All members, except Karel Osk, said that the bridge is safe.",
    "Ida Brandt, not Karel Osk, said that the bridge is safe.",
    "It was Ida Brandt, and not Karel Osk, who said that the bridge is safe.",
    "Neither Karel Osk nor Ida Brandt said that the bridge is safe.",
    "Unlike Karel Osk, Ida Brandt said that the bridge is safe.",
    "Karel Osk's successor said that the bridge is safe.",
]


@pytest.mark.parametrize("text", LEFT_OUT)
@pytest.mark.parametrize("cue", [{}, {"cue": "said"}])
def test_one_who_is_named_as_not_among_those_who_speak_is_no_source(text: str, cue: dict[str, str]) -> None:
    assert not vetted("the bridge is safe", text, source="Karel Osk", **cue).faithful
