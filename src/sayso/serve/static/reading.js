// The reading room: the way between the text and its ledger by pointer and keys. Without it the links still work.
// Other modules add keys by `bind` of keys.js, listen to "claim" on document (detail: the id, or null), and call `select`.
import { bind } from "./keys.js";
import { rangesOf, spans } from "./places.js";
export { keys } from "./keys.js";

const text = document.querySelector(".text");
const cards = [...document.querySelectorAll(".card")];
const byId = new Map(cards.map((el) => [el.id, el]));
const byNumber = new Map(cards.map((el) => [el.dataset.n, el]));
const ROLES = ["content", "source", "cue"];
const canHighlight = "highlights" in CSS && typeof Highlight === "function";

let selected = null;
let near = null;

// --- what is marked ---

// `name` is "on" or "near". The highlights lie over the marks that the server made, and change nothing of the page.
function paint(card, name, on) {
  if (!card) return;
  card.classList.toggle(name, on);
  if (canHighlight) {
    for (const role of ROLES) {
      const ranges = on ? spans(card.dataset[role]).flatMap(([start, end]) => rangesOf(start, end)) : [];
      if (ranges.length) CSS.highlights.set(`${name}-${role}`, new Highlight(...ranges));
      else CSS.highlights.delete(`${name}-${role}`);
    }
    text.querySelector(`[data-n="${card.dataset.n}"]`)?.classList.toggle(name, on);
  } else {
    const n = card.dataset.n;
    for (const mark of text.querySelectorAll(`[data-c~="${n}"], [data-n="${n}"]`)) mark.classList.toggle(name, on);
  }
}

// Goes to a place, and again until it stays there: what comes near the screen is laid out only then, and moves the rest.
// Who moves the page meanwhile is not pulled back.
let going = 0;
for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"]) addEventListener(kind, () => (going += 1), { capture: true, passive: true });
const frame = () => new Promise((done) => requestAnimationFrame(done));

async function settle(places, go) {
  const mine = (going += 1);
  const where = () => places.map((el) => Math.round(el.getBoundingClientRect().top)).join();
  go(matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "auto");
  for (let tries = 0; tries < 9; tries += 1) {
    for (let before = ""; before !== where(); await frame(), await frame()) before = where(); // smooth scrolling takes its time
    if (mine !== going) return;
    const at = where();
    go("instant");
    if (where() === at) return;
  }
}

function reveal(el, block) {
  if (el) settle([el], (behavior) => el.scrollIntoView({ block, behavior }));
}

// The text scrolls with the page, the ledger in its own frame: two smooth scrolls would cancel each other.
function revealBeside(card, mark) {
  const ledger = card.closest(".ledger");
  settle([card, mark].filter(Boolean), (behavior) => {
    mark?.scrollIntoView({ block: "center", behavior });
    const seen = Math.max(ledger.getBoundingClientRect().top, 0); // at the end of the page its frame leaves the window
    const below = Math.min(ledger.getBoundingClientRect().bottom, innerHeight);
    const { top, bottom } = card.getBoundingClientRect();
    if (top < seen || bottom > below) ledger.scrollTop += top - seen - (below - seen) / 3;
  });
}

// --- on whose word: from the document to whoever says it, a step for each claim that lies around it ---

const breadcrumb = document.querySelector(".breadcrumb");

function showChain(card) {
  const around = [];
  for (let one = card; one && !around.includes(one); one = byId.get(one.dataset.outer)) around.unshift(one);
  const steps = around.map((one) => {
    const link = Object.assign(document.createElement("a"), { href: `#${one.id}` });
    const name = document.createElement("bdi");
    name.textContent = one.querySelector(".chain bdi").textContent;
    link.append(name, ` ${one.querySelector(".act").textContent}`);
    if (one === card) link.setAttribute("aria-current", "true");
    return link;
  });
  const first = document.createElement("bdi");
  first.textContent = breadcrumb.dataset.first;
  const list = document.createElement("ol");
  for (const part of [first, ...steps]) {
    const item = document.createElement("li");
    item.append(part);
    list.append(item);
  }
  breadcrumb.replaceChildren(...(card ? [list] : []));
  breadcrumb.hidden = !card;
}

// --- one claim is selected, or none ---

export const current = () => selected?.id ?? null;

export function select(id, { to = "both", keep = false } = {}) {
  const card = byId.get(id) ?? null;
  paint(selected, "on", false);
  selected = card;
  showChain(card);
  document.dispatchEvent(new CustomEvent("claim", { detail: card?.id ?? null }));
  if (!card) return;
  paint(card, "on", true);
  const mark = document.getElementById(`m-${card.id}`);
  if (to === "text") {
    reveal(mark, "center");
    mark?.focus({ preventScroll: true });
  } else {
    if (getComputedStyle(card.closest(".ledger")).position === "sticky") revealBeside(card, to === "both" ? mark : null);
    else reveal(card, "nearest");
    card.focus({ preventScroll: true });
  }
  if (!keep) history.replaceState(null, "", `#${to === "text" ? "m-" : ""}${card.id}`);
}

export function step(by) {
  const shown = cards.filter((card) => !card.hidden);
  if (!shown.length) return;
  const at = shown.indexOf(selected);
  const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1);
  select(shown[next].id);
}

function claimsAt(target) {
  const mark = target.closest?.(".text [data-c]");
  return (mark?.dataset.c ?? "").split(" ").map((n) => byNumber.get(n)).filter(Boolean);
}

// A claim that was asked for by the address is shown at once; later ones are gone to.
function followHash(first = false) {
  const root = document.documentElement;
  if (first) root.style.scrollBehavior = "auto";
  const id = decodeURIComponent(location.hash.slice(1));
  if (byId.has(id)) select(id, { keep: true });
  else if (id.startsWith("m-") && byId.has(id.slice(2))) select(id.slice(2), { to: "text", keep: true });
  if (first) root.style.scrollBehavior = "";
}

document.addEventListener("click", (event) => {
  if (event.target.closest("a, button, input, select, textarea, summary, label") || !getSelection().isCollapsed) return;
  const here = claimsAt(event.target);
  const card = event.target.closest(".card");
  // The text stays under the pointer: a second click there goes to the next claim that lies there.
  if (here.length) select(here[(here.indexOf(selected) + 1) % here.length].id, { to: "card" });
  else if (card) select(card.id);
});

document.addEventListener("pointerover", (event) => {
  const card = event.target.closest?.(".card") ?? claimsAt(event.target)[0] ?? null;
  if (card === near) return;
  paint(near, "near", false);
  near = card;
  paint(near, "near", true);
});

// --- keys ---

bind("j", "next claim", () => step(1));
bind("k", "previous claim", () => step(-1));
bind("Enter", "from the claim to its place in the text, and back", (event) => {
  const card = event.target.closest(".card");
  if (card && event.target === card) select(card.id, { to: "text" });
  else if (event.target.matches(".text .n")) select(byNumber.get(event.target.dataset.n).id, { to: "card" });
  else return false;
});
bind("t", "to the place of the claim in the text", () => selected && select(selected.id, { to: "text" }));
bind("Escape", "no claim", () => select(null));

addEventListener("hashchange", () => followHash());
followHash(true);
