// A number that is changed goes to the server, which weighs anew; the outcome takes the place of the one before.
// One that cannot be is told at its field and left out, so that what else is changed counts.
import { post, tell } from "./desk.js";

const form = document.querySelector(".weights");
let running = Promise.resolve();

function complain(field, words) {
  const id = `on-${field.name.replaceAll(" ", "-")}`;
  document.getElementById(id)?.remove();
  if (words) {
    const told = Object.assign(document.createElement("span"), { className: "complaint", id, textContent: words });
    field.parentElement.after(told);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", id);
    tell(words);
  } else {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
}

async function weigh(field) {
  try {
    const fields = new FormData(form);
    fields.set("changed", field.name);
    for (const one of form.querySelectorAll("[aria-invalid]")) fields.delete(one.name);
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
    complain(field, `${error.message.replace(/[.]?$/, ".")} What was there before still counts.`);
  }
}

// One after the other, each on what the one before has made.
form.addEventListener("change", ({ target: field }) => {
  if (!field.name) return;
  const { badInput, valid } = field.validity;
  // What the server refused may fit beside the new number.
  for (const one of field.closest("fieldset").querySelectorAll("[aria-invalid]")) if (one.validity.valid) complain(one, "");
  const range = `a number from ${field.min} to ${field.max}. What was there before still counts.`;
  complain(field, valid ? "" : badInput ? `This is no number: give ${range}` : `It can only be ${range}`);
  if (valid) running = running.then(() => weigh(field));
});
