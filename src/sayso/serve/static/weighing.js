// A number that is changed goes to the server, which weighs anew; the outcome takes the place of the one before.
import { post, tell } from "./desk.js";

const form = document.querySelector(".weights");
let running = Promise.resolve();

function complain(field, words) {
  field.setCustomValidity(words);
  field.reportValidity();
  field.addEventListener("input", () => field.setCustomValidity(""), { once: true });
}

async function weigh(field) {
  try {
    const fields = new FormData(form);
    fields.set("changed", field.name);
    const draft = await post(form.getAttribute("action"), fields);
    const path = `/hypotheses/drafts/${draft.id}`;
    const page = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html");
    for (const part of ["#result", "#reasons", "#keep", ".kind-of-page", ".priors legend"]) {
      document.querySelector(part).replaceWith(page.querySelector(part));
    }
    form.setAttribute("action", `/hypotheses/${draft.id}/change`);
    field.closest("fieldset").classList.add("changed");
    history.replaceState(null, "", path);
    tell("Weighed anew.");
  } catch (error) {
    complain(field, error.message);
    tell(error.message);
  }
}

// One after the other, each on what the one before has made.
form.addEventListener("change", (event) => {
  if (event.target.name && form.checkValidity()) running = running.then(() => weigh(event.target));
});
