// Places in the text of a document: code points, as the ledger has them, to and from places in the page.
// A paragraph has its first code point in data-start, and in data-odd the places of characters that are shown by
// their number (eight or more characters of the page for one of the text).
const paragraphs = [...document.querySelectorAll(".text p[data-start]")].map((el) => ({
  el,
  start: Number(el.dataset.start),
  odd: new Set((el.dataset.odd ?? "").split(" ").filter(Boolean).map(Number)),
}));

// The code points of a paragraph in order: for each its text node, where it begins there and how long it is.
function* points({ el, odd }) {
  const walker = document.createTreeWalker(el, NodeFilter.SHOW_TEXT);
  let at = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let i = 0; i < node.data.length; at += 1) {
      const long = odd.has(at) ? node.data.indexOf("⟩", i) + 1 - i : node.data.codePointAt(i) > 0xffff ? 2 : 1;
      yield { at, node, from: i, to: i + long };
      i += long;
    }
  }
}

function paragraphAt(place) {
  let found = paragraphs[0];
  for (const p of paragraphs) {
    if (p.start > place) break;
    found = p;
  }
  return found;
}

// Ranges of the page for [start, end): one for each paragraph that it touches.
export function rangesOf(start, end) {
  const found = [];
  for (const p of paragraphs) {
    if (p.start >= end) break;
    const next = paragraphs[paragraphs.indexOf(p) + 1];
    if (next && next.start <= start) continue;
    let range = null;
    for (const { at, node, from, to } of points(p)) {
      const place = p.start + at;
      if (place < start) continue;
      if (place >= end) break;
      if (!range) {
        range = new Range();
        range.setStart(node, from);
        found.push(range);
      }
      range.setEnd(node, to);
    }
  }
  return found;
}

// The place of a boundary (a node of the page and an offset in it); null outside of the text.
function placeOf(node, offset) {
  const el = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.(".text p[data-start]");
  const p = paragraphs.find((one) => one.el === el);
  if (!p) return null;
  const here = new Range();
  here.setStart(node, offset);
  let last = 0;
  for (const { at, node: text, from } of points(p)) {
    if (here.comparePoint(text, from) >= 0) return p.start + at;
    last = at + 1;
  }
  return p.start + last;
}

// [start, end) of a selection in the text, without white space around it; null where there is none.
export function spanOf(selection) {
  if (!selection || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  let start = placeOf(range.startContainer, range.startOffset);
  let end = placeOf(range.endContainer, range.endOffset);
  if (start === null || end === null) return null;
  const blank = (place) => /^\s$/u.test(wordsAt(place, place + 1));
  while (start < end && blank(start)) start += 1;
  while (start < end && blank(end - 1)) end -= 1;
  return start < end ? [start, end] : null;
}

// What stands at [start, end), as the page shows it.
export function wordsAt(start, end) {
  return rangesOf(start, end).map(String).join("\n");
}

// "12-20 31-40" as [[12, 20], [31, 40]].
export const spans = (written) => (written ?? "").split(" ").filter(Boolean).map((one) => one.split("-").map(Number));

export { paragraphAt };
