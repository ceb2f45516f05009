"""Counting merges, and a scorer that learns what tells events apart."""

from __future__ import annotations

from eval.ecb import Corpus, Mention, fit, lots_of, merges, scored


def corpus(events: int = 6) -> Corpus:
    """Each event is told in three documents; half of them fall on the same word as another event."""
    mentions, stems = [], {}
    for event in range(events):
        for copy in range(3):
            name = f"d{event}{copy}"
            words = {f"place{event}": 7.0, f"thing{event}": 7.0, "day": 2.0}
            mentions.append(
                Mention(name, name, f"e{event}", (f"strike{event // 2}",), words, frozenset((f"place{event}",)))
            )
            stems[name] = frozenset((*words, f"strike{event // 2}", f"only{name}"))
    return Corpus(mentions, stems)


def test_false_and_missed_merges_are_shares_of_pairs() -> None:
    own = corpus(2)
    assert merges(own, lots_of(own, lambda m: m.chain)) == (0, 0)
    assert merges(own, lots_of(own, lambda m: m.id)) == (0, 1)
    assert merges(own, lots_of(own, lambda _: "one")) == (9 / 15, 0)


def test_the_scorer_keeps_events_of_one_word_apart() -> None:
    own = corpus()
    lots = scored(own, fit(own), 0.5)
    assert {frozenset(lot) for lot in lots} == {frozenset(lot) for lot in lots_of(own, lambda m: m.chain)}
