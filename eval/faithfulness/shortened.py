"""True claims that leave away what stands beside a sentence: "In May, the dam broke", as "The dam broke."

In:   Texts with the trees that people have made of them.   Out: Trials.
Knows nothing of: vet, its lists.

What is left away opens with a word that tells when, where, how or why, and has none of a few that may put the rest in
doubt, under a condition, or in somebody's mouth. Nearly all of these are true; some are not, and no rule says which.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from eval.faithfulness.texts import Text
from eval.faithfulness.trial import Trial
from sayso.syntax import Syntax

_ROLES = frozenset(("obl", "advcl", "advmod", "parataxis", "nmod", "conj", "acl"))
_OPENS = re.compile(
    r"(?:in|on|at|after|before|during|since|while|as|when|because|although|though|from|with|by|for|despite|following"
    r"|under|over|through|throughout|until|within|near|around|between|across|along|via|due to|thanks to|and|but|so"
    r"|which|where|today|yesterday|now|then|later|again|also|finally|meanwhile|however|unfortunately|[a-z]+ing|[a-z]+ed)\b",
    re.IGNORECASE,
)
_DOUBTS = re.compile(
    r"\b(?:if|unless|whether|may|might|could|would|should|perhaps|maybe|possibly|probably|likely|not|never|no|nobody|n['’]t"
    r"|according|said|says?|sa(?:ying|id)|told|tells?|claim\w*|alleg\w*|report\w*|rumou?r\w*|believ\w*|th(?:ink|ought)\w*"
    r"|hope\w*|fear\w*|suspect\w*|suppose\w*|assum\w*|expect\w*|theor\w*|opinion\w*|view\w*|eyes?|mind\w*|princip\w*"
    r"|paper|stor(?:y|ies)|legend\w*|novel|film|movie|dream\w*|imagin\w*|case|event|hypothe\w*|scenario\w*|that|this|it)\b",
    re.IGNORECASE,
)
_LEAST = 5  # words


def shortened(text: Text, _: Sequence[Text], __: random.Random) -> Iterator[Trial]:
    """The statements of a text without one phrase or clause that a comma sets off from the start or the end."""
    tree, at = text.tree, 0
    while tree is not None and at < len(tree):
        own = tree.sentence_of(at)
        at = own.stop
        for claim in _without(tree, own):
            yield Trial("true? shortened", True, text, {"content": claim})  # noqa: FBT003 - as in the other makers


def _without(tree: Syntax, own: range) -> Iterator[str]:
    plain = tree.text[tree.start[own.start] : tree.end[own.stop - 1]]
    root = next(t for t in own if tree.head[t] == t)
    subject = any(tree.rel[k].startswith("nsubj") for k in tree.children(root))
    if not plain.endswith(".") or re.search(r"[\"“”?!:;\n]", plain) or tree.upos[root] != "VERB" or not subject:
        return
    for kid in tree.children(root):
        part = sorted(tree.subtree(kid))
        if tree.rel[kid].partition(":")[0] not in _ROLES or len(part) != part[-1] - part[0] + 1:
            continue
        words = [t for t in part if tree.form(t) != ","]
        told = tree.text[tree.start[words[0]] : tree.end[words[-1]]]
        if not _OPENS.match(told) or _DOUBTS.search(told):
            continue
        if words[0] == own.start and tree.form(words[-1] + 1) == ",":
            rest = tree.text[tree.start[words[-1] + 2] : tree.end[own.stop - 1]]
        elif words[-1] == own.stop - 2 and tree.form(words[0] - 1) == ",":
            rest = tree.text[tree.start[own.start] : tree.end[words[0] - 2]] + "."
        else:
            continue
        if len(rest.split()) >= _LEAST:
            yield rest[0].upper() + rest[1:]
