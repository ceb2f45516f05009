// Pairs that may be one: j and k lead from one to the next, y and n answer, u takes the last answer back.
import { post, tell } from "./desk.js";
import { bind } from "./keys.js";

const pairs = () => [...document.querySelectorAll(".pair-of:not(.done)")];
const answered = [];
let at = null;

function go(by) {
  const open = pairs();
  if (!open.length) return tell("No pair is open.");
  const next = open.indexOf(at) < 0 ? 0 : Math.min(Math.max(open.indexOf(at) + by, 0), open.length - 1);
  at = open[next];
  at.focus();
}

async function answer(pair, are) {
  const form = pair.querySelector("form");
  if (!form.reportValidity()) return;
  const fields = new FormData(form);
  fields.set("are", are);
  try {
    const made = await post(form.getAttribute("action"), fields);
    const open = pairs();
    const after = open[open.indexOf(pair) + 1] ?? open[open.indexOf(pair) - 1];
    pair.classList.add("done");
    answered.push({ pair, number: made.number });
    for (const field of form.elements) field.disabled = true;
    // Under this name the others are kept, too: it is asked for once.
    for (const name of fields.has("by") ? document.querySelectorAll('input[name="by"]') : []) name.value ||= fields.get("by");
    tell(`${pair.getAttribute("aria-label")}: ${are === "one" ? "one" : "two"}. u takes it back.`);
    at = after ?? null;
    (at ?? pair).focus();
  } catch (error) {
    tell(error.message);
    alertIn(pair, error.message);
  }
}

function alertIn(pair, words) {
  const place = pair.querySelector(".complaint") ?? pair.appendChild(document.createElement("p"));
  place.className = "complaint";
  place.setAttribute("role", "alert");
  place.textContent = words;
}

async function undo() {
  const last = answered.pop();
  if (!last) return tell("Nothing was answered here yet; the history below has the rest.");
  await post(`/decisions/${last.number}/undo`, { back: "/entities/pairs" });
  last.pair.classList.remove("done");
  for (const field of last.pair.querySelector("form").elements) field.disabled = false;
  at = last.pair;
  at.focus();
  tell("Taken back.");
}

document.addEventListener("submit", (event) => {
  const pair = event.target.closest(".pair-of");
  if (!pair || !event.submitter?.name) return;
  event.preventDefault();
  answer(pair, event.submitter.value);
});

// Where there is nothing to answer, the keys are nobody's.
if (document.querySelector(".pair-of")) {
  bind("j", "the next pair", () => go(1));
  bind("k", "the pair before", () => go(-1));
  bind("y", "they are one", () => at && void answer(at, "one"));
  bind("n", "they are two", () => at && void answer(at, "two"));
  bind("u", "take the last answer back", () => void undo());
}

document.addEventListener("focusin", (event) => {
  at = event.target.closest(".pair-of:not(.done)") ?? at;
});
