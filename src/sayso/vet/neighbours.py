"""What the sentences beside a content say of it: "This is the rumour. …", "…. Those are the claims.", "…. Not true."

In:   a Page, where content and what is shown stand.   Out: the words that were dropped, each with what they do.
Knows nothing of: the content's own sentence.

Whole sentences are what a text says. So a sentence beside one has to take it up to change it, and to say whether it is
so, what it rests on or whose it is: by a word that points at it or a noun for what is told, with such a predicate; by a
bare verdict; by a question whether it is so. Short, or of the same matter, is not enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.records import Reason
from sayso.spans import Span
from sayso.vet.page import Page
from sayso.vet.phrases import FINITE
from sayso.vet.takeup import CHECKS, NO, POINTS, entry_of, negated

_OF_IT = "speaks of it, and is not known to leave it as it is"
_SHORT = 4  # words of a bare verdict
_PARAGRAPH = re.compile(r"\n\s*\n")
_LABEL = re.compile(r"\W*(?P<label>\w+(?: \w+){0,2}):")
_NONE = frozenset(("none", "nothing", "little", "neither"))
_FEIGNED = frozenset(("only pretended or imagined", "said by nobody in particular", "held not to be so"))
_TRUTH = frozenset(("denied", "doubted", "held not to be so"))
_TAKEN_BACK = _TRUTH | {"only pretended or imagined", "said by nobody in particular"}
_FOOTING = _TAKEN_BACK | {"possible", "held to be so"}
_BY_SOMEBODY = "said by somebody"
_PROPOSED = "wanted, planned or promised"
_POINTS_ON = re.compile(r"\b(?:the following|as follows|what follows|next sentence)\b|\bbelow$")
_AHEAD = frozenset(("this", "these", "here", "following", "follows", "thus"))
_OPEN = frozenset(("might", "may", "could", "if"))
_ABOVE = frozenset(("above", "preceding", "foregoing"))
_TOLD = frozenset(("this", "that", "these", "those", "such"))
_STRUCK = frozenset(("strike", "drop", "remove", "delete", "expunge", "abandon", "redact"))
_NEW = frozenset(("a", "an", "another", "one"))
_RUNS = frozenset(("run", "go", "read"))
_SCENE = frozenset(("picture", "suppose", "imagine", "pretend", "assume", "believe"))
_STATED = frozenset(("root", "conj", "ccomp", "parataxis", "xcomp"))


def neighbours(page: Page, content: Sequence[Span], shown: Sequence[Span]) -> list[Reason]:
    """What is said of a content in the sentence before it and in the one after."""
    first, last = page.sentence_at(content[0].start), page.sentence_at(content[-1].start)
    if any(sentence.overlaps(s) for s in shown for sentence in (first, last)):
        return []
    text, reports, found = page.text, _reports(page, content), []
    if first.start and not any(c.isalnum() for c in text[first.start : content[0].start]):
        before = page.sentence_at(first.start - 1)
        if before != first and _is_beside(page, before, first, before, shown):
            found.append(_ahead(page, _words(page, before, last=True), before, reports=reports))
    if not any(c.isalnum() for c in text[content[-1].end : last.end]) and not _is_open(page, content):
        after, own = page.sentence_at(min(last.end + 2, len(text) - 1)), text[first.start : last.end + 1]
        speaks_on = ("”" in own or '"' in own) and text[after.start] in '“"'
        if after.start >= last.end and not speaks_on and _is_beside(page, last, after, after, shown):
            found.append(_back(page, _words(page, after), after, reports=reports))
    return [reason for reason in found if reason is not None]


def _is_beside(page: Page, one: Span, other: Span, neighbour: Span, shown: Sequence[Span]) -> bool:
    """Is a neighbour of the same paragraph, and none of what is shown?"""
    apart = _PARAGRAPH.search(page.text, one.end - 1, other.start)
    return not apart and not any(neighbour.overlaps(s) for s in shown)


def _reports(page: Page, content: Sequence[Span]) -> bool:
    """Does a content tell what somebody said, or of a story? Then it is that which somebody denies, and not that it was
    said or told: "The story has been printed. The family calls it a lie."
    """
    syntax = page.syntax
    for token in (t for piece in content for t in syntax.within(piece)):
        if syntax.upos[token] == "NOUN" and syntax.rel[token].startswith("nsubj") and entry_of(page, token) is not None:
            return True
        if _says(page, token) and any(syntax.rel[k] in ("ccomp", "xcomp") for k in syntax.children(token)):
            return True
    return any(c.cue and any(s.contains(c.cue.spans[0]) for s in content) for c in page.said)


def _says(page: Page, token: int) -> bool:
    """Is it a verb that takes what is said or thought?"""
    known = page.syntax.form(token).lower() in page.knowledge.lexicon.verb_forms
    return page.syntax.upos[token] == "VERB" and (known or entry_of(page, token) is not None)


def _is_open(page: Page, content: Sequence[Span]) -> bool:
    """Does a content itself tell what may be only, or would be if something else were?"""
    syntax, tokens = page.syntax, [t for piece in content for t in page.syntax.within(piece)]
    return any(syntax.form(t).lower() in _OPEN and syntax.xpos[t] in ("MD", "IN") for t in tokens)


def _words(page: Page, sentence: Span, *, last: bool = False) -> list[int]:
    """The words of the first or last sentence that a grammar finds in one."""
    syntax = page.syntax
    words = [t for t in syntax.within(sentence) if any(c.isalnum() for c in syntax.form(t))]
    nearest = words[-1 if last else 0] if words else 0
    return [t for t in words if syntax.sentence[t] == syntax.sentence[nearest]]


def _reason(page: Page, tokens: Sequence[int], why: str = _OF_IT) -> Reason:
    syntax = page.syntax
    return Reason(spans=(Span(syntax.start[tokens[0]], syntax.end[tokens[-1]]),), why=why)


def _beside(page: Page, word: int, *relations: str) -> set[str]:
    """The words that hang from one, in lower case, by some relations or by any."""
    syntax = page.syntax
    found = (k for k in syntax.children(word) if not relations or syntax.rel[k].startswith(relations))
    return {syntax.form(k).lower() for k in found}


def _is_unchecked(page: Page, word: int) -> bool:
    """Is it a word for being so, or finding out whether something is, and negated?"""
    names = {page.syntax.form(word).lower(), page.syntax.lemma[word].lower()}
    return bool(names & CHECKS) and negated(page, word)


# --- after it ---


def _back(page: Page, tokens: Sequence[int], sentence: Span, *, reports: bool) -> Reason | None:
    """ "Those are the allegations.", "Not a word of it is true.", "FACT: …"."""
    syntax = page.syntax
    if not tokens:
        return None
    label = _LABEL.match(page.text, sentence.start, sentence.end)
    if label:
        marked = [t for t in tokens if syntax.end[t] <= label.end("label")]
        return _reason(page, marked) if any(entry_of(page, t) for t in marked) else None
    forms = [syntax.form(t).lower() for t in tokens]
    if forms[0] in ("whether", "if") and set(forms[1:2]) & POINTS and any(_is_on_truth(page, t) for t in tokens[2:6]):
        return _reason(page, tokens[:2])
    above = next((t for t in tokens if syntax.form(t).lower() in _ABOVE), None)
    if above is not None and any(syntax.rel[t].startswith("nsubj") for t in (above, syntax.head[above])):
        return _reason(page, tokens)
    if page.text[sentence.start : sentence.end].rstrip(' \n"”’)').endswith("?") and (asked := _asked(page, tokens)):
        return asked
    own = _untagged(page, tokens)
    doubts = forms[0] == "or" and any(_is_on_truth(page, t) for t in tokens)
    if doubts or (forms[0] in ("so", "thus") and _is_inverted(page, tokens)):
        return _reason(page, tokens)
    if not _has_clause(page, own):
        return _fragment(page, own)
    found = (_points(page, token, reports=reports) for token in tokens)
    reason = next((reason for reason in found if reason is not None), None)
    if reason is not None or reports or len(tokens) > 2 * _SHORT:
        return reason
    return _undone(page, tokens)


def _is_on_truth(page: Page, word: int) -> bool:
    """Is it a word on whether something is so, or on what it rests on?"""
    syntax, entry = page.syntax, entry_of(page, word)
    names = (syntax.form(word).lower(), syntax.lemma[word].lower())
    return not CHECKS.isdisjoint(names) or (entry is not None and entry.why in _FOOTING)


def _is_bare(page: Page, tokens: Sequence[int]) -> bool:
    """ "Yeah, right.", "Really?", "Allegedly.": words that the list has as saying all this by themselves."""
    words = [page.syntax.form(t).lower() for t in tokens]
    beside = page.knowledge.framing.beside(words)
    return " ".join(words) in page.knowledge.framing.bare.words or (beside is not None and beside[1] == len(words))


def _asked(page: Page, tokens: Sequence[int]) -> Reason | None:
    """ "Really?", "Is that so?", "Did they?": a question whether it is."""
    syntax = page.syntax
    other = any(syntax.xpos[t].startswith("W") or syntax.upos[t] in ("NOUN", "PROPN", "NUM") for t in tokens)
    points = any(syntax.form(t).lower() in POINTS | {"it"} and syntax.upos[t] == "PRON" for t in tokens)
    truth = any(_is_on_truth(page, t) for t in tokens) and (points or not _has_clause(page, tokens))
    tag = len(tokens) == 2 and syntax.upos[tokens[0]] == "AUX"
    return _reason(page, tokens) if len(tokens) <= 2 * _SHORT and not other and (truth or tag) else None


def _untagged(page: Page, tokens: Sequence[int]) -> list[int]:
    """A sentence without the "…, she said" that ends it."""
    syntax, text = page.syntax, page.text
    for n in range(len(tokens) - 1, 0, -1):
        if "," in text[syntax.end[tokens[n - 1]] : syntax.start[tokens[n]]]:
            tag = [t for t in tokens[n:] if syntax.upos[t] == "VERB"]
            entry = entry_of(page, tag[0]) if len(tag) == 1 else None
            return list(tokens[:n]) if entry is not None and entry.why == "said" else list(tokens)
    return list(tokens)


def _is_inverted(page: Page, tokens: Sequence[int]) -> bool:
    """ "So runs the indictment": does a verb stand before what it speaks of?"""
    syntax = page.syntax
    verb = next((t for t in tokens if syntax.xpos[t] in FINITE), None)
    if verb is None or not (_says(page, verb) or syntax.lemma[verb].lower() in _RUNS):
        return False  # "So does the cause"
    return not any(syntax.rel[t].startswith("nsubj") and t < verb for t in tokens)


def _has_clause(page: Page, tokens: Sequence[int]) -> bool:
    syntax = page.syntax
    verbs = any(syntax.xpos[t] in FINITE for t in tokens)
    return verbs and any(syntax.rel[t].startswith(("nsubj", "expl", "csubj")) for t in tokens)


def _fragment(page: Page, tokens: Sequence[int]) -> Reason | None:
    """ "Not true.", "Yeah, right.", "Evidence?": words without a verb that judge, or say what it rests on."""
    syntax = page.syntax
    if _is_bare(page, tokens):
        return _reason(page, tokens)
    if len(tokens) > 2 * _SHORT:
        return None
    kinds = {syntax.upos[t] for t in tokens}
    first, bare = syntax.form(tokens[0]).lower(), len(tokens) <= 2 and not kinds & {"PROPN", "NUM"}
    nouns = [t for t in tokens if syntax.upos[t] == "NOUN" and entry_of(page, t) is None]
    if (first in NO and not (first == "no" and nouns)) or (
        syntax.upos[tokens[0]] == "VERB" and any(syntax.form(t).lower() in NO for t in tokens)
    ):
        return _reason(page, tokens)  # "Said no one ever."
    root = next((t for t in tokens if syntax.rel[t] == "root"), tokens[0])
    other = {"NOUN", "PROPN", "NUM"}  # "Claim withdrawn." judges, "Buoy 7 withdrawn." does not
    if syntax.upos[root] == "VERB" and any(
        t < root and syntax.upos[t] in other and not entry_of(page, t) for t in tokens
    ):
        return None
    for token in (root,) if syntax.upos[root] == "VERB" else tokens:
        entry = entry_of(page, token)
        why = entry.why if entry is not None else ""
        own = why in (_TAKEN_BACK if syntax.upos[token] == "VERB" else _FOOTING) or (why == _BY_SOMEBODY and bare)
        if own or _is_unchecked(page, token):
            return _reason(page, tokens)
    return None


def _points(page: Page, token: int, *, reports: bool) -> Reason | None:
    """A word that takes a sentence up, where what it hangs from does something to it."""
    syntax = page.syntax
    form, rel, head = syntax.form(token).lower(), syntax.rel[token], syntax.head[token]
    if syntax.upos[token] == "NOUN" and rel != "compound":
        return None if reports else _shell(page, token)
    if form not in POINTS | {"it"} or syntax.upos[token] not in ("PRON", "DET") or rel in ("det", "mark", "expl"):
        return None
    if syntax.xpos[token].startswith("W") or syntax.rel[head].endswith(":relcl"):
        return None
    if rel == "nmod":
        if "about" in _beside(page, token) or _beside(page, token, "acl"):
            return None  # "one of those who were there", "not a word about it"
        near = (*syntax.children(token), *syntax.children(head))
        token, over = head, syntax.head[head]
        none = syntax.form(token).lower() in _NONE or negated(page, token) or negated(page, over)
        if none and any(_is_on_truth(page, t) for t in (token, over, *near)):
            return _reason(page, (token,), "negated")
        rel, head = syntax.rel[token], over
    if rel.startswith("nsubj"):
        return _told(page, token, head, reports=reports)
    if form == "it" and any(_says(page, t) and t != head for t in range(syntax.sentence_of(token).start, token)):
        return None  # "accused the army; the ministry denies it"
    if reports or rel.partition(":")[0] not in ("obj", "ccomp"):
        return None
    entry = entry_of(page, head)
    called = [
        entry_of(page, k) for k in syntax.children(head) if k > token and syntax.rel[k] in ("obj", "xcomp", "obl")
    ]
    if any(other is not None and other.why in _TAKEN_BACK for other in called):
        return _reason(page, (head,))  # "called this a lie"
    if entry is not None and entry.why in (_TRUTH if form == "it" else _TAKEN_BACK):
        return _reason(page, (head,), entry.why)
    unreal = syntax.xpos[head] == "VB" and syntax.lemma[head].lower() in CHECKS
    return _reason(page, (head,), "negated") if unreal or _is_unchecked(page, head) else None


def _told(page: Page, token: int, head: int, *, reports: bool) -> Reason | None:
    """ "Those are the allegations", "this is what he wants you to think", "that has not been proved"."""
    syntax = page.syntax
    form, entry = syntax.form(token).lower(), entry_of(page, head)
    unchecked = _reason(page, (head,), "negated") if _is_unchecked(page, head) else None
    if syntax.upos[head] == "VERB" and not syntax.rel[token].endswith(":pass"):
        return unchecked
    if syntax.rel[head].partition(":")[0] not in _STATED:
        return None
    around = _beside(page, head) | {syntax.form(head).lower()}
    if "always" in around or (
        form == "it" and (reports or entry is None or entry.why not in _TAKEN_BACK or "if" in around)
    ):
        return None
    on = [t for t in syntax.sentence_of(token) if t > token]
    says = any(_says(page, t) and not any(syntax.rel[k] == "aux:pass" for k in syntax.children(t)) for t in on)
    if (around & {"what", "how"} and says) or (around & {"whether", "if"} and _is_on_truth(page, head)):
        return _reason(page, sorted((token, head)))
    known = entry is not None and _counts(page, head, entry.why, reports=reports)
    if entry is not None and known and not entry.keeps:
        return None if entry.why in _TRUTH and negated(page, head) else _reason(page, (head,), entry.why)
    if reports and syntax.upos[head] == "VERB":
        return None
    return _reason(page, (head,), "negated") if known and negated(page, head) else unchecked


def _counts(page: Page, head: int, why: str, *, reports: bool) -> bool:
    """Does what a sentence is called change it? "That was the plan", not "that is the oath they swore"."""
    the = "the" in _beside(page, head)
    if reports and why == _BY_SOMEBODY and (not the or negated(page, head)):
        return False  # "that was not her view", of what she is told to hold
    if why not in _TRUTH and _beside(page, head, "case"):
        return False  # "it is in talks"
    return why != _PROPOSED or (the and not _beside(page, head, "acl"))


def _shell(page: Page, noun: int) -> Reason | None:
    """ "Those claims were struck out", "the rumour was denied": a noun for what is told, and what is done to it."""
    syntax, entry = page.syntax, entry_of(page, noun)
    rel, head = syntax.rel[noun], syntax.head[noun]
    if entry is None or entry.why == _PROPOSED or not rel.startswith(("nsubj", "obj")):
        return None
    if _beside(page, noun, "acl", "ccomp", "nmod"):
        return None
    over, dets = entry_of(page, head), _beside(page, noun)
    undone = (over is not None and over.why in _TRUTH) or _is_unchecked(page, head)
    struck = dets & _TOLD and rel == "nsubj:pass" and syntax.lemma[head].lower() in _STRUCK
    return _reason(page, sorted((noun, head))) if struck or (undone and dets & (_TOLD | {"the"})) else None


def _undone(page: Page, tokens: Sequence[int]) -> Reason | None:
    """ "It turned out to be a hoax.", "The story was made up.", "No evidence was offered.", "The mayor disagrees."."""
    syntax = page.syntax
    subject = next((t for t in tokens if syntax.rel[t].startswith("nsubj")), tokens[0])
    kind, told = syntax.upos[subject], syntax.form(subject).lower() in POINTS | {"it"}
    told = told or (kind == "NOUN" and entry_of(page, subject) is not None)
    for token in tokens:
        over, upos = entry_of(page, token), syntax.upos[token]
        if over is None:
            continue
        proof = upos == "NOUN" and over.why in ("possible", "held to be so")
        none = proof and _beside(page, token) & NO and not _beside(page, token, "acl", "ccomp")
        is_it = told and token != subject and syntax.rel[token] in _STATED and over.why in _TAKEN_BACK
        own = upos == "VERB" or (kind in ("PRON", "PROPN") and syntax.head[subject] == token)
        differs = (
            own and over.why in _TRUTH and not _beside(page, token, "obj", "obl", "ccomp", "xcomp", "advcl", "csubj")
        )
        if none or (is_it and not negated(page, token)) or (differs and upos != "NOUN"):
            return _reason(page, (token,), "negated" if none else over.why)
    return None


# --- before it ---


def _ahead(page: Page, tokens: Sequence[int], sentence: Span, *, reports: bool) -> Reason | None:
    """ "Here is what the trolls say.", "Myth number four.", "Fact or fiction?", "Picture this."."""
    syntax = page.syntax
    if not tokens:
        return None
    asks = page.text[sentence.start : sentence.end].rstrip(' \n"”’)').endswith("?")
    whole = _has_clause(page, tokens)
    entries = [(t, entry_of(page, t)) for t in tokens if syntax.rel[t] != "compound" or not whole]
    loaded = [(t, e) for t, e in entries if e is not None and not e.keeps and e.why != _PROPOSED]
    forms = [syntax.form(t).lower() for t in tokens]
    points = _POINTS_ON.search(" ".join(forms))
    if points and (set(forms) & NO or (loaded and points.end() == len(points.string))):
        return _reason(page, tokens)
    loaded = [(t, e) for t, e in loaded if e.why in _FEIGNED] if reports else loaded
    root = next((t for t in tokens if syntax.rel[t] == "root"), tokens[0])
    subjects = [k for k in syntax.children(root) if "subj" in syntax.rel[k]]
    somebody = any(syntax.upos[k] in ("NOUN", "PROPN") or syntax.form(k).lower() == "they" for k in subjects)
    if asks and forms[0] == "what" and not reports and _says(page, root) and somebody:
        return _reason(page, tokens)
    ends = {syntax.form(t).lower() for t in (*tokens[:2], *tokens[-2:]) if syntax.rel[t] != "det"} & _AHEAD
    if not whole and len(tokens) <= 2 * _SHORT:
        names = any(syntax.upos[t] == "PROPN" for t in tokens)
        told = [t for t, e in loaded if not (names and e.why == _BY_SOMEBODY)]
        scene = any(syntax.lemma[t].lower() in _SCENE for t in (root, *syntax.children(root)))  # "Let us imagine it."
        bids = syntax.xpos[root] == "VB" and not subjects and (ends or scene)
        if (told and not any(syntax.upos[t] == "VERB" for t in tokens)) or bids:
            return _reason(page, tokens)
    if forms[0] == "here" and set(forms) & {"what", "how"} and any(_says(page, t) for t in tokens):
        return _reason(page, tokens)
    opens = ends or asks or syntax.lemma[root].lower() in _STRUCK
    goes_round = not _beside(page, root, "obj") and not negated(page, root)  # "A rumour went round the town."
    for token, entry in loaded if len(tokens) <= 3 * _SHORT else ():
        new = goes_round and entry.why in _FEIGNED and token in subjects and not _beside(page, token, "nmod", "acl")
        new = new and not _NEW.isdisjoint(_beside(page, token))
        own = token == root or (syntax.head[token] == root and syntax.rel[token][:3] not in ("obj", "obl"))
        if own and (opens or new) and (syntax.upos[token] == "NOUN" or (asks and syntax.upos[token] == "ADJ")):
            return _reason(page, (token,))
    return None
