"""Language: other languages are a notice, English and very short texts are none."""

from __future__ import annotations

import pytest

from sayso.read.language import language_notices

FRENCH = (
    "Le ministère du port a déclaré jeudi que le pont était sûr, mais l'ingénieure de la ville a répondu que personne "
    "n'avait lu ses lettres depuis le mois de janvier. Elle a demandé une enquête."
)
GERMAN = (
    "Das Ministerium sagte am Donnerstag, die Brücke sei sicher gewesen. Die Ingenieurin der Stadt erklärte dagegen, "
    "niemand habe ihre Briefe gelesen, und sie verlangte eine unabhängige Untersuchung der Vorgänge."
)
JAPANESE = "港湾省は木曜日、橋は安全だったと発表した。市の技師は、誰も彼女の手紙を読まなかったと述べた。" * 5
ENGLISH = (
    "The harbour ministry said on Thursday that the bridge was safe, but the city engineer answered that nobody had "
    "read her letters since January. She asked for an inquiry into what had happened."
)


@pytest.mark.parametrize(("text", "name"), [(FRENCH, "French"), (GERMAN, "German"), (JAPANESE, "Japanese")])
def test_another_language_is_a_notice(text: str, name: str) -> None:
    assert f"reads like {name}" in language_notices(text)[0].message


@pytest.mark.parametrize("text", [ENGLISH, "Le pont est fermé.", "x" * 400, ENGLISH.upper()])
def test_english_and_short_texts_are_none(text: str) -> None:
    assert language_notices(text) == ()
