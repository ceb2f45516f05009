"""What the sentences beside a content say of it: "This is the rumour. …", "…. Those are the claims.", "…. Not true."

In:   a Page, where content and what is shown stand.   Out: the words that were dropped, each with what they do.
Knows nothing of: the content's own sentence.

Whole sentences are what a text says. So a sentence beside one has to speak of it to change it: by a word that points at
it, by a noun for what is told, by words too few to speak of anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.records import Reason
from sayso.spans import Span
from sayso.vet.page import Page
from sayso.vet.phrases import FINITE, judged
from sayso.vet.takeup import CHECKS, NO, POINTS, entry_of, negated

_OF_IT = "speaks of it, and is not known to leave it as it is"
_SHORT = 4  # words of a sentence without a verb that can hardly speak of anything but the one before
_PARAGRAPH = re.compile(r"\n\s*\n")
_LABEL = re.compile(r"\W*(?P<label>\w+(?: \w+){0,2}):")
_NONE = frozenset(("none", "nothing", "little", "neither"))
_FEIGNED = frozenset(("only pretended or imagined", "said by nobody in particular", "held not to be so"))
_TRUTH = frozenset(("denied", "doubted", "held not to be so"))
_TAKEN_BACK = _TRUTH | {"only pretended or imagined", "said by nobody in particular"}
_PROPOSED = "wanted, planned or promised"
_NEW = frozenset(("a", "an", "another", "one", "some"))
_POINTS_ON = re.compile(r"\b(?:the following|as follows|what follows|next sentence)\b|\bbelow$")
_AHEAD = frozenset(("this", "these", "here", "following", "follows", "thus"))
_OPEN = frozenset(("might", "may", "could", "if"))
_ABOVE = frozenset(("above", "preceding", "foregoing"))
_TOLD = frozenset(("this", "that", "these", "those", "such"))


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
    if forms[0] in ("whether", "if") and set(forms[1:2]) & POINTS:
        return _reason(page, tokens[:2])
    above = next((t for t in tokens if syntax.form(t).lower() in _ABOVE), None)
    if above is not None and any(syntax.rel[t].startswith("nsubj") for t in (above, syntax.head[above])):
        return _reason(page, tokens)
    if page.text[sentence.start : sentence.end].rstrip(' \n"”’)').endswith("?") and (asked := _asked(page, tokens)):
        return asked
    own = _untagged(page, tokens)
    if forms[0] == "or" or not own:
        return _reason(page, tokens[:4])
    if forms[0] in ("so", "thus") and _is_inverted(page, tokens):
        return _reason(page, tokens)
    if not _has_clause(page, own):
        return _fragment(page, own, reports=reports)
    for token in tokens:
        if (reason := _points(page, token, reports=reports)) is not None:
            return reason
    if len(tokens) <= 2 * _SHORT and not reports and (reason := _undone(page, tokens)) is not None:
        return reason
    return None if reports else _differs(page, tokens)


def _asked(page: Page, tokens: Sequence[int]) -> Reason | None:
    """ "Really?", "Is that so?": a question with nothing else to ask of."""
    syntax = page.syntax
    wh = any(syntax.xpos[t].startswith("W") for t in tokens)
    nouns = any(syntax.upos[t] in ("NOUN", "PROPN", "NUM") for t in tokens)
    points = any(syntax.form(t).lower() in POINTS and syntax.upos[t] == "PRON" for t in tokens)
    judges = any(syntax.upos[t] in ("ADJ", "ADV") and entry_of(page, t) is not None for t in tokens)
    empty = len(tokens) <= 2 * _SHORT and not nouns and not wh and (points or judges or len(tokens) <= 2)
    return _reason(page, tokens) if empty else None


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
    if verb is None or syntax.upos[verb] == "AUX" or syntax.lemma[verb].lower() in ("do", "be", "have"):
        return False  # "So does the cause"
    return not any(syntax.rel[t].startswith("nsubj") and t < verb for t in tokens)


def _has_clause(page: Page, tokens: Sequence[int]) -> bool:
    syntax = page.syntax
    verbs = any(syntax.xpos[t] in FINITE for t in tokens)
    return verbs and any(syntax.rel[t].startswith(("nsubj", "expl", "csubj")) for t in tokens)


def _fragment(page: Page, tokens: Sequence[int], *, reports: bool) -> Reason | None:
    """ "Not true.", "Yeah, right.", "Evidence?": words without a verb that judge, or that speak of nothing else."""
    syntax = page.syntax
    forms = {syntax.form(t).lower() for t in tokens}
    kinds = {syntax.upos[t] for t in tokens}
    short = len(tokens) <= _SHORT
    for token in tokens if len(tokens) <= 2 * _SHORT else ():
        entry = entry_of(page, token)
        told = entry is not None and entry.why == "said by somebody" and (not short or "PROPN" in kinds)
        done = syntax.upos[token] == "VERB" and entry is not None and entry.why not in _TAKEN_BACK
        if entry is not None and entry.why != _PROPOSED and not told and not done:
            return _reason(page, tokens)
    if short and forms & {"you", "your"}:
        return _reason(page, tokens)
    asks = any(syntax.xpos[t].startswith("W") for t in tokens)
    empty = short and not asks and not reports and not kinds & {"NOUN", "PROPN", "NUM", "X", "SYM"}
    no = forms & NO and (short or syntax.upos[tokens[0]] in ("VERB", "DET"))
    return _reason(page, tokens) if (empty and judged(page, tokens) is not None) or no or "INTJ" in kinds else None


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
        token, over = head, syntax.head[head]
        if syntax.form(token).lower() in _NONE or negated(page, token) or negated(page, over):
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
    around = {syntax.form(k).lower() for k in (head, *syntax.children(head))}
    if form == "it" and (entry is None or entry.why not in _TAKEN_BACK or "if" in around):
        return None
    if around & {"what", "how", "whether", "if"}:
        return _reason(page, sorted((token, head)))
    if entry is not None and not entry.keeps and (entry.why != _PROPOSED or "the" in around):
        return None if entry.why in _TRUTH and negated(page, head) else _reason(page, (head,), entry.why)
    checks = syntax.lemma[head].lower() in CHECKS or syntax.form(head).lower() in CHECKS
    if reports and syntax.upos[head] == "VERB":
        return None
    return _reason(page, (head,), "negated") if negated(page, head) and (checks or entry is not None) else None


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
    passive = rel == "nsubj:pass" and (over is None or not over.keeps)
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
        if over is None or (token == subject and over.why not in ("possible", "held to be so")):
            continue
        none = syntax.upos[token] == "NOUN" and any(syntax.form(k).lower() in NO for k in syntax.children(token))
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
    asks = page.text[sentence.start : sentence.end].rstrip(' \n"”’)').endswith("?")
    whole = _has_clause(page, tokens)
    entries = [(t, entry_of(page, t)) for t in tokens if syntax.rel[t] != "compound" or not whole]
    loaded = [(t, e) for t, e in entries if e is not None and not e.keeps]
    forms = [syntax.form(t).lower() for t in tokens]
    points = _POINTS_ON.search(" ".join(forms)) is not None
    if points and (loaded or set(forms) & NO):
        return _reason(page, tokens)
    loaded = [(t, e) for t, e in loaded if e.why in _FEIGNED] if reports else loaded
    says = any(_says(page, t) for t in tokens)
    if asks and forms[0] == "what" and says and not reports:
        return _reason(page, tokens)
    verbs = any(syntax.upos[t] == "VERB" for t in tokens)
    names = any(syntax.upos[t] == "PROPN" for t in tokens)
    ends = {syntax.form(t).lower() for t in (*tokens[:2], *tokens[-2:])}
    root = next((t for t in tokens if syntax.rel[t] == "root"), None)
    bare = (
        root is not None
        and syntax.xpos[root] == "VB"
        and not any("subj" in syntax.rel[k] for k in syntax.children(root))
    )
    if not whole and len(tokens) <= 2 * _SHORT:
        told = [t for t, e in loaded if e.why != _PROPOSED and not (names and e.why == "said by somebody")]
        if (told and not verbs) or (bare and (ends & _AHEAD or says or len(tokens) <= _SHORT)):
            return _reason(page, tokens)
    if loaded and (asks or ends & _AHEAD) and any(e.why != _PROPOSED for _, e in loaded if e):
        named = [t for t, e in loaded if syntax.upos[t] in ("NOUN", "ADJ") or ends & _AHEAD]
        if named and len(tokens) <= 3 * _SHORT:
            return _reason(page, named[:1])
    for token, entry in loaded:
        dets = {syntax.form(k).lower() for k in syntax.children(token) if syntax.upos[k] == "DET"}
        role = syntax.rel[token].partition(":")[0] in ("nsubj", "obj")
        taken = any(syntax.rel[k] in ("acl", "ccomp", "nmod", "acl:relcl") for k in syntax.children(token))
        if (
            entry
            and syntax.upos[token] == "NOUN"
            and entry.why in _FEIGNED
            and role
            and dets & _NEW
            and not taken
            and not negated(page, syntax.head[token])
        ):
            return _reason(page, (token,), entry.why)
    return None
