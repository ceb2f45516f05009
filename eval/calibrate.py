"""How often each rule is right: `python -m eval.calibrate` writes src/sayso/data/scores.toml.

In:   the training articles of PolNeAR, GUM's discourse trees.   Out: for each rule, right and all, counted.
Knows nothing of: how a rule works.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import get_args

from eval.brat import Article, read_folder
from eval.nesting import inside
from eval.polnear import attribution, claims_of, data_folder
from eval.score import link
from sayso.extract.drafts import Rule
from sayso.records import Claim
from sayso.spans import Span

OUT = Path("src/sayso/data/scores.toml")
HEAD = """\
# How often each rule was right, counted by `python -m eval.calibrate`; a claim's score is (right + 1) / (of + 2).
# right: linked with a gold attribution of PolNeAR's training articles (eval/README.md); for "authorial": at most a
# fifth of the words lie in one; for "inside": an attribution of GUM's discourse trees, on documents that eval.nesting
# does not measure. Interviews none of whose turns the annotators marked tell nothing of turns. The reader scores its
# own claims.
"""
_AT_MOST = 0.2
_TURN = "rules:turn"


def count(article: Article, claims: list[Claim], right: Counter[str], of: Counter[str]) -> None:
    """Adds one article to the counts."""
    said = [c for c in claims if c.kind != "authorial" and c.via is None]
    hits = link([attribution(c) for c in said], article.gold)
    marked = any(said[number].found_by == _TURN for number in hits)
    for number, claim in enumerate(said):
        if claim.found_by.startswith("rules:") and (marked or claim.found_by != _TURN):  # the reader scores its own
            of[_rule(claim)] += 1
            right[_rule(claim)] += number in hits
    taken = {i for g in article.gold for s in (*g.source, *g.cue, *g.content) for i in range(s.start, s.end)}
    for claim in claims:
        if claim.kind == "authorial":
            of["authorial"] += 1
            right["authorial"] += _share(claim.content.spans, taken) <= _AT_MOST


def _share(spans: tuple[Span, ...], taken: set[int]) -> float:
    own = [i for span in spans for i in range(span.start, span.end)]
    return sum(i in taken for i in own) / len(own)


def _rule(claim: Claim) -> str:
    return claim.found_by.removeprefix("rules:")


def main() -> int:
    """Counts on train, never on dev."""
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    claims = claims_of()
    for article in read_folder(data_folder() / "polnear" / "train"):
        count(article, list(claims(article)), right, of)
    right["inside"], of["inside"] = inside(data_folder())
    lines = [f"[{rule}]\nright = {right[rule]}\nof = {of[rule]}\n" for rule in get_args(Rule)]
    OUT.write_text(HEAD + "\n" + "\n".join(lines), encoding="utf-8")
    print(OUT.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
