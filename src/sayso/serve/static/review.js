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

if (link) {
  bind("n", "new claim from the words that are selected", add);
  link.addEventListener("click", (event) => {
    if (!spanOf(getSelection())) return;
    event.preventDefault();
    add();
  });
}
