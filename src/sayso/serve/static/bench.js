// The bench: words are taken from what is selected in the passage; what is chosen for a field shows in the passage.
import { bindAll, complain } from "./judge.js";
import { bind, tellOf } from "./keys.js";
import { rangesOf, spanOf, spans, wordsAt } from "./places.js";
import { tell } from "./desk.js";

const line = (words) => words.replace(/\s+/g, " ").trim();
let last = null; // pressing a button may take the selection away

document.addEventListener("selectionchange", () => {
  last = spanOf(getSelection()) ?? (document.activeElement?.closest(".takes") ? last : null);
});

function show(role) {
  if (!("highlights" in CSS)) return;
  const at = spans(role.querySelector("input[type=hidden]").value);
  CSS.highlights.set("chosen", new Highlight(...at.flatMap(([start, end]) => rangesOf(start, end))));
}

function take(role, { more }) {
  const chosen = spanOf(getSelection()) ?? last;
  if (!chosen) {
    complain(role, "Select words of the passage first.");
    return;
  }
  const before = more ? spans(role.querySelector("input[type=hidden]").value) : [];
  put(role, [...before, chosen].sort(([a], [b]) => a - b));
}

function put(role, all) {
  role.querySelector(".complaint")?.remove();
  const at = role.querySelector("input[type=hidden]");
  at.value = all.map((one) => one.join("-")).join(" ");
  const words = all.map(([start, end]) => line(wordsAt(start, end))).join(" … ");
  role.querySelector("textarea").value = words;
  const name = role.closest("form").elements.name;
  if (role.dataset.role === "source" && name && name.value === name.defaultValue) name.value = words;
  show(role);
  tell(`${role.querySelector("label").firstChild.data.trim()}: ${words}`);
}

// --- borders by the word, for who selects nothing: the first border of the first piece, the last of the last ---

const blank = (place) => /^\s*$/u.test(wordsAt(place, place + 1));

function bordered(place, by, opens) {
  for (let at = place + by, steps = 0; at >= 0 && steps < 200; at += by, steps += 1) {
    const [before, after] = [at === 0 || blank(at - 1), blank(at)];
    if (opens ? before && !after : !before && after) return at;
  }
  return place;
}

function move(role, end, by) {
  const at = role.querySelector("input[type=hidden]");
  const all = spans(at.value);
  if (!all.length) {
    complain(role, "There are no words yet whose border could be moved.");
    return;
  }
  const piece = end ? all.at(-1) : all[0];
  const moved = bordered(piece[end], by, !end);
  if (end ? moved > piece[0] : moved < piece[1]) piece[end] = moved;
  put(role, all);
}

const MOVES = [["⇤", 0, -1, "begin a word earlier"], ["↦", 0, 1, "begin a word later"], ["↤", 1, -1, "end a word earlier"], ["⇥", 1, 1, "end a word later"]];

function movers(role) {
  const label = role.querySelector("label").firstChild.data.trim();
  return MOVES.map(([sign, end, by, what]) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: sign, title: what });
    button.setAttribute("aria-label", `${label}: ${what}`);
    button.addEventListener("click", () => move(role, end, by));
    return button;
  });
}

for (const hint of document.querySelectorAll(".takes")) hint.hidden = false;
for (const role of document.querySelectorAll(".role")) {
  const borders = document.createElement("span");
  borders.append(...movers(role));
  role.querySelector(".takes").append(" ", borders);
  // Not to lose the selection to the button.
  for (const button of role.querySelectorAll(".takes button")) button.addEventListener("mousedown", (event) => event.preventDefault());
  role.querySelector(".take").addEventListener("click", () => take(role, { more: false }));
  role.querySelector(".more").addEventListener("click", () => take(role, { more: true }));
  role.addEventListener("focusin", () => show(role));
}

// "#edit", "#split", "#merge": where a key of the reading room leads, and the same keys here.
function open(part) {
  const form = document.getElementById(part);
  const fold = form?.closest("details");
  if (fold) fold.open = true;
  const field = form?.querySelector("textarea, input[type=checkbox]");
  field?.focus();
  return Boolean(field);
}

if (location.hash) open(location.hash.slice(1));
else if (new URLSearchParams(location.search).has("content")) open("edit"); // the content was selected: who says it?

const claim = document.querySelector("[data-claim]")?.dataset.claim;
if (claim) {
  bindAll(() => claim, { parts: false });
  bind("e", "edit its words and fields", () => open("edit"));
  bind("s", "split it", () => open("split"));
  bind("m", "merge it with another", () => open("merge"));
}

// In a field single keys are letters: this one keeps what the form says, and Escape leaves the field.
tellOf("Ctrl+Enter", "in a field: keep what the form says");
tellOf("Escape", "in a field: leave it, so that the keys work");
document.addEventListener("keydown", (event) => {
  const form = event.target.closest(".bench form:not(.judge, .inline)");
  if (!form || event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[name=act]"));
  } else if (event.key === "Escape" && event.target.matches("textarea, input, select")) {
    event.preventDefault();
    form.tabIndex = -1;
    form.focus({ preventScroll: true });
  }
});
