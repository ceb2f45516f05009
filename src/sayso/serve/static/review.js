// Review in the reading room: its keys on the claim that is selected, and new claims from a selection.
import { bindAll, complain } from "./judge.js";
import { bind } from "./keys.js";
import { spanOf } from "./places.js";
import { current } from "./reading.js";

bindAll(current);

const link = document.querySelector("[data-add]");

function add() {
  const span = spanOf(getSelection());
  if (span) location.assign(`/review/add/${link.dataset.add}?content=${span.join("-")}`);
  else complain(link.closest("div"), "Select the words that are said first, or follow “Add a claim that was missed”.");
}

// A button beside what is selected, for who has no keys at hand: a touch takes the selection away, so it is kept.
function offer() {
  let last = null;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "offer", hidden: true });
  button.textContent = "Add these words as a claim";
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => location.assign(`/review/add/${link.dataset.add}?content=${last.join("-")}`));
  document.querySelector("main").append(button);
  document.addEventListener("selectionchange", () => {
    const span = spanOf(getSelection());
    if (span) last = span;
    button.hidden = !span;
  });
}

if (link) {
  offer();
  bind("n", "new claim from the words that are selected", add);
  link.addEventListener("click", (event) => {
    if (!spanOf(getSelection())) return;
    event.preventDefault();
    add();
  });
}
