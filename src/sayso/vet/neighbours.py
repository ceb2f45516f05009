"""What the sentences beside a content say of it: "This is the rumour. …", "…. Those are the claims.", "…. Not true."

In:   a Page, where content and what is shown stand.   Out: the words that were dropped, each with what they do.
Knows nothing of: the content's own sentence.

Whole sentences are what a text says. So a sentence beside one has to take it up to change it, and to say whether it is
so, what it rests on or whose it is: by a word that points at it or a noun for what is told, with such a predicate; by a
bare verdict; by a question whether it is so. Short, or of the same matter, is not enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
_NEW = frozenset(("a", "an", "another", "one"))
_POINTS_ON = re.compile(r"\b(?:the following|as follows|what follows|next sentence)\b|\bbelow$")
_AHEAD = frozenset(("this", "these", "here", "following", "follows", "thus"))
_OPEN = frozenset(("might", "may", "could", "if"))
_ABOVE = frozenset(("above", "preceding", "foregoing"))
_TOLD = frozenset(("this", "that", "these", "those", "such"))
_STRUCK = frozenset(("strike", "drop", "remove", "delete", "expunge", "abandon", "redact"))
_RUNS = frozenset(("run", "go", "read"))
_SCENE = frozenset(("picture", "suppose", "imagine", "pretend", "assume", "believe"))
_STATED = frozenset(("root", "conj", "ccomp", "parataxis", "xcomp"))


def neighbours(page: Page, content: Sequence[Span], shown: Sequence[Span]) -> Iterator[Reason]:
    """What is said of a content in the sentence before it and in the one after."""
    first, last = page.sentence_at(content[0].start), page.sentence_at(content[-1].start)
    if any(sentence.overlaps(s) for s in shown for sentence in (first, last)):
        return
    reports = _reports(page, content)
    text = page.text
    if not any(c.isalnum() for c in text[first.start : content[0].start]) and first.start:
        before = page.sentence_at(first.start - 1)
        if before != first and not _meets(before, shown) and not _PARAGRAPH.search(text, before.end - 1, first.start):
            yield from _of(_ahead(page, _words(page, before, last=True), before, reports=reports))
    if not any(c.isalnum() for c in text[content[-1].end : last.end]):
        after = page.sentence_at(min(last.end + 2, len(text) - 1))
        if (
            after.start >= last.end
            and not _meets(after, shown)
            and not _PARAGRAPH.search(text, last.end - 1, after.start)
        ):
            goes_on = "”" in text[first.start : last.end + 1] or '"' in text[first.start : last.end + 1]
            if not _is_open(page, content) and not (goes_on and text[after.start] in '“"'):  # somebody speaks on
                yield from _of(_back(page, _words(page, after), after, reports=reports))


def _meets(sentence: Span, shown: Sequence[Span]) -> bool:
    return any(sentence.overlaps(s) for s in shown)


def _reports(page: Page, content: Sequence[Span]) -> bool:
    """Does a content tell what somebody said? Then it is that which somebody denies, and not that it was said."""
    syntax = page.syntax
    for token in (t for piece in content for t in syntax.within(piece)):
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


def _of(reason: Reason | None) -> Iterator[Reason]:
    if reason is not None:
        yield reason


def _words(page: Page, sentence: Span, *, last: bool = False) -> list[int]:
    """The words of the first or last sentence that a grammar finds in one."""
    syntax = page.syntax
    words = [t for t in syntax.within(sentence) if any(c.isalnum() for c in syntax.form(t))]
    nearest = words[-1 if last else 0] if words else 0
    return [t for t in words if syntax.sentence[t] == syntax.sentence[nearest]]


def _reason(page: Page, tokens: Sequence[int], why: str = _OF_IT) -> Reason:
    syntax = page.syntax
    return Reason(spans=(Span(syntax.start[tokens[0]], syntax.end[tokens[-1]]),), why=why)


# --- after it ---


def _back(page: Page, tokens: Sequence[int], sentence: Span, *, reports: bool) -> Reason | None:
    """ "Those are the allegations.", "Not a word of it is true.", "FACT: …"."""
    syntax = page.syntax
    if not tokens:
        return None
    label = _LABEL.match(page.text, sentence.start, sentence.end)
    if label:
        marked = [t for t in tokens if syntax.end[t] <= label.end("label")]
        if any(entry_of(page, t) is not None for t in marked):
            return _reason(page, marked)
        return None
    forms = [syntax.form(t).lower() for t in tokens]
    if forms[0] in ("whether", "if") and set(forms[1:2]) & POINTS and any(_is_on_truth(page, t) for t in tokens[2:6]):
        return _reason(page, tokens[:2])
    above = next((t for t in tokens if syntax.form(t).lower() in _ABOVE), None)
    if above is not None and any(syntax.rel[t].startswith("nsubj") for t in (above, syntax.head[above])):
        return _reason(page, tokens)
    if page.text[sentence.start : sentence.end].rstrip(' \n"”’)').endswith("?") and (asked := _asked(page, tokens)):
        return asked
    own = _untagged(page, tokens)
    if forms[0] == "or" and ("so" in forms or any(_is_on_truth(page, t) for t in tokens)):
        return _reason(page, tokens[:4])
    if forms[0] in ("so", "thus") and _is_inverted(page, tokens):
        return _reason(page, tokens)
    if not _has_clause(page, own):
        return _fragment(page, own)
    for token in tokens:
        if (reason := _points(page, token, reports=reports)) is not None:
            return reason
    if len(tokens) <= 2 * _SHORT and not reports and (reason := _undone(page, tokens)) is not None:
        return reason
    return None if reports else _differs(page, tokens)


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
    tag = len(tokens) == 2 and syntax.upos[tokens[0]] == "AUX"  # noqa: PLR2004 - a verb and who did
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
    first = syntax.form(tokens[0]).lower()
    says = first in NO or syntax.upos[tokens[0]] == "VERB"  # "Said no one ever."
    nouns = [t for t in tokens if syntax.upos[t] == "NOUN" and entry_of(page, t) is None]
    if says and any(syntax.form(t).lower() in NO for t in tokens) and not (first == "no" and nouns):
        return _reason(page, tokens)
    root = next((t for t in tokens if syntax.rel[t] == "root"), tokens[0])
    for token in (root,) if syntax.upos[root] == "VERB" else tokens:
        entry = entry_of(page, token)
        bare = len(tokens) <= 2 and not kinds & {"PROPN", "NUM"}  # noqa: PLR2004 - a noun and what marks it
        done = syntax.upos[token] == "VERB" and entry is not None and entry.why not in _TAKEN_BACK
        own = entry is not None and (entry.why in _FOOTING or (entry.why == _BY_SOMEBODY and bare))
        if (own and not done) or (_is_on_truth(page, token) and negated(page, token)):
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
        beside = syntax.children(token)
        if any(syntax.rel[k].startswith("acl") or syntax.form(k).lower() == "about" for k in beside):
            return None  # "one of those who were there", "not a word about it"
        token, over = head, syntax.head[head]
        none = syntax.form(token).lower() in _NONE or negated(page, token) or negated(page, over)
        if none and any(_is_on_truth(page, t) for t in (token, over, *beside, *syntax.children(head))):
            return _reason(page, (token,), "negated")
        rel, head = syntax.rel[token], over
    if rel.startswith("nsubj"):
        return _told(page, token, head, reports=reports)
    if form == "it" and any(_says(page, t) and t != head for t in range(syntax.sentence_of(token).start, token)):
        return None  # "accused the army; the ministry denies it"
    if reports or rel.partition(":")[0] not in ("obj", "ccomp"):
        return None
    entry, lemma = entry_of(page, head), syntax.lemma[head].lower()
    bids = syntax.xpos[head] == "VB" and not any(
        r.startswith(("nsubj", "aux", "mark")) for r in map(syntax.rel.__getitem__, syntax.children(head))
    )
    if bids and entry is not None and not entry.keeps and form != "it":
        return _reason(page, (head,), entry.why)
    called = [
        entry_of(page, k) for k in syntax.children(head) if k > token and syntax.rel[k] in ("obj", "xcomp", "obl")
    ]
    if any(other is not None and other.why in _TAKEN_BACK for other in called):
        return _reason(page, (head,))  # "called this a lie"
    if entry is not None and entry.why in _TAKEN_BACK and (form != "it" or entry.why in _TRUTH):
        return _reason(page, (head,), entry.why)
    unreal = negated(page, head) or syntax.xpos[head] == "VB"
    return _reason(page, (head,), "negated") if unreal and lemma in CHECKS else None


def _told(page: Page, token: int, head: int, *, reports: bool) -> Reason | None:
    """ "Those are the allegations", "this is what he wants you to think", "that has not been proved"."""
    syntax = page.syntax
    form, entry = syntax.form(token).lower(), entry_of(page, head)
    if syntax.upos[head] == "VERB" and not syntax.rel[token].endswith(":pass"):
        return (
            _reason(page, (head,), "negated") if syntax.lemma[head].lower() in CHECKS and negated(page, head) else None
        )
    if syntax.rel[head].partition(":")[0] not in _STATED:
        return None
    around = {syntax.form(k).lower() for k in (head, *syntax.children(head))}
    if form == "it" and (entry is None or entry.why not in _TAKEN_BACK or "if" in around):
        return None
    on = [t for t in syntax.sentence_of(token) if t > token]
    says = any(_says(page, t) and not any(syntax.rel[k] == "aux:pass" for k in syntax.children(t)) for t in on)
    if (around & {"what", "how"} and says) or (around & {"whether", "if"} and _is_on_truth(page, head)):
        return _reason(page, sorted((token, head)))
    if entry is not None and not _counts(page, head, entry.why, reports=reports):
        entry = None
    if entry is not None and not entry.keeps:
        return None if entry.why in _TRUTH and negated(page, head) else _reason(page, (head,), entry.why)
    checks = syntax.lemma[head].lower() in CHECKS or syntax.form(head).lower() in CHECKS
    if reports and syntax.upos[head] == "VERB":
        return None
    return _reason(page, (head,), "negated") if negated(page, head) and (checks or entry is not None) else None


def _counts(page: Page, head: int, why: str, *, reports: bool) -> bool:
    """Does what a sentence is called change it? "That was the plan", not "that is the oath they swore"."""
    syntax = page.syntax
    if reports and why == _BY_SOMEBODY:
        return False
    if why not in _TRUTH and any(syntax.rel[k] == "case" for k in syntax.children(head)):
        return False  # "it is in talks"
    the = any(syntax.form(k).lower() == "the" for k in syntax.children(head))
    return why != _PROPOSED or (the and not any(syntax.rel[k].startswith("acl") for k in syntax.children(head)))


def _shell(page: Page, noun: int) -> Reason | None:
    """ "Those claims were struck out", "the rumour was denied": a noun for what is told, and what is done to it."""
    syntax, entry = page.syntax, entry_of(page, noun)
    if entry is None or entry.why == _PROPOSED:
        return None
    dets = {syntax.form(k).lower() for k in syntax.children(noun) if syntax.upos[k] in ("DET", "PRON")}
    if any(syntax.rel[k] in ("acl", "ccomp", "acl:relcl", "nmod") for k in syntax.children(noun)):
        return None
    rel, head = syntax.rel[noun], syntax.head[noun]
    over, lemma = entry_of(page, head), syntax.lemma[head].lower()
    undone = (over is not None and over.why in _TRUTH) or (lemma in CHECKS and negated(page, head))
    passive = rel == "nsubj:pass" and lemma in _STRUCK
    if rel.startswith(("nsubj", "obj")) and ((dets & _TOLD and (undone or passive)) or ("the" in dets and undone)):
        return _reason(page, sorted((noun, head)))
    return None


def _undone(page: Page, tokens: Sequence[int]) -> Reason | None:
    """ "It turned out to be a hoax.", "The story was made up.", "No evidence was offered."."""
    syntax = page.syntax
    subject = next((t for t in tokens if syntax.rel[t].startswith("nsubj")), None)
    entry = entry_of(page, subject) if subject is not None and syntax.upos[subject] == "NOUN" else None
    told = subject is not None and (syntax.form(subject).lower() in POINTS | {"it"} or entry is not None)
    for token in tokens:
        over = entry_of(page, token)
        proof = over is not None and over.why in ("possible", "held to be so")
        if over is None or (token == subject and not proof):
            continue
        none = proof and syntax.upos[token] == "NOUN" and any(syntax.form(k).lower() in NO for k in syntax.children(token))
        whole = not any(syntax.rel[k] in ("acl", "ccomp") for k in syntax.children(token))
        is_it = syntax.rel[token] in ("root", "xcomp", "ccomp", "conj")
        if (none and whole) or (told and is_it and over.why in _TAKEN_BACK and not negated(page, token)):
            return _reason(page, (token,), "negated" if none else over.why)
    return None


def _differs(page: Page, tokens: Sequence[int]) -> Reason | None:
    """ "The mayor disagrees.", "He is mistaken.": short, of nothing but what was just told."""
    syntax = page.syntax
    for token in tokens if len(tokens) <= 2 * _SHORT else ():
        entry = entry_of(page, token)
        if entry is None or entry.why not in _TRUTH or syntax.upos[token] == "NOUN":
            continue
        whole = not any(
            syntax.rel[k] in ("obj", "ccomp", "xcomp", "obl", "advcl", "csubj") for k in syntax.children(token)
        )
        subject = next((k for k in syntax.children(token) if syntax.rel[k].startswith("nsubj")), None)
        somebody = subject is not None and syntax.upos[subject] in ("PRON", "PROPN")
        if whole and (syntax.upos[token] == "VERB" or somebody):
            return _reason(page, (token,), entry.why)
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
    if forms[0] in _AHEAD and set(forms) & {"what", "how"} and any(_says(page, t) for t in tokens):
        return _reason(page, tokens)
    called = [t for t, _ in loaded if t == root or (syntax.head[t] == root and syntax.rel[t][:3] not in ("obj", "obl"))]
    called = called if ends or asks or syntax.lemma[root].lower() in _STRUCK else []
    if len(tokens) <= 3 * _SHORT and any(syntax.upos[t] == "NOUN" or (asks and syntax.upos[t] == "ADJ") for t in called):
        return _reason(page, called[:1])
    for token, entry in loaded:
        dets = {syntax.form(k).lower() for k in syntax.children(token) if syntax.upos[k] == "DET"}
        taken = any(syntax.rel[k] in ("acl", "ccomp", "nmod", "acl:relcl") for k in syntax.children(token))
        head, rel = syntax.head[token], syntax.rel[token].partition(":")[0]
        new = rel == "obj" or (rel == "nsubj" and not any(syntax.rel[k] == "obj" for k in syntax.children(head)))
        if entry.why in _FEIGNED and syntax.upos[token] == "NOUN" and new and dets & _NEW and not taken:
            if not negated(page, head):
                return _reason(page, (token,), entry.why)
    return None
