// The bench: words are taken from what is selected in the passage; what is chosen for a field shows in the passage.
import { bindAll, complain } from "./judge.js";
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

for (const role of document.querySelectorAll(".role")) {
  role.querySelector(".takes").hidden = false;
  role.querySelector(".takes").append(...movers(role).flatMap((button) => [" ", button]));
  // Not to lose the selection to the button.
  for (const button of role.querySelectorAll(".takes button")) button.addEventListener("mousedown", (event) => event.preventDefault());
  role.querySelector(".take").addEventListener("click", () => take(role, { more: false }));
  role.querySelector(".more").addEventListener("click", () => take(role, { more: true }));
  role.addEventListener("focusin", () => show(role));
}

// "#edit", "#split", "#merge": where a key of the reading room leads.
if (location.hash) document.getElementById(location.hash.slice(1))?.querySelector("textarea, input[type=checkbox]")?.focus();

const claim = document.querySelector("[data-claim]")?.dataset.claim;
if (claim) bindAll(() => claim, { parts: false });
