// Rules on a claim without leaving the page: posts its form, and puts what the server then shows in the place of the
// strip. Focus stays where it was. What a key or a button does is the same.
import { post, tell } from "./desk.js";
import { bind } from "./keys.js";

export const stripOf = (id) => document.querySelector(`[data-review="${CSS.escape(id)}"]`);

let busy = false;
// The claim that was ruled on by what was pressed last: "u" takes that back, though the next claim is at hand by now.
let ruled = null;
for (const kind of ["keydown", "pointerdown"]) {
  document.addEventListener(kind, ({ key }) => { if (key !== "u") ruled = null; }, true);
}

// True if it was kept.
export async function judge(id, act) {
  const form = stripOf(id)?.querySelector("form");
  if (!form || busy) return false;
  if (act === "undo" && !form.elements.undoes) {
    complain(stripOf(id), "There is nothing of yours to undo on this claim.");
    return false;
  }
  if (!named(id)) return false;
  busy = true;
  const back = form.elements.back.value;
  const within = form.contains(document.activeElement);
  try {
    const fields = new FormData(form);
    fields.set("act", act);
    await post("/review/judge", fields);
    await refresh(id, back);
  } catch (error) {
    complain(stripOf(id), error.message);
    return false;
  } finally {
    busy = false;
  }
  const strip = stripOf(id);
  tell(strip.querySelector(".how").textContent);
  // The button that was pressed is a new one now.
  if (within) (strip.querySelector(`[value="${act}"]`) ?? strip.querySelector("button")).focus({ preventScroll: true });
  ruled = act === "undo" ? null : id;
  document.dispatchEvent(new CustomEvent("judged", { detail: { id, act } }));
  return true;
}

async function refresh(id, back) {
  const answer = await fetch(`/review/strips/${encodeURIComponent(id)}?back=${encodeURIComponent(back)}`);
  if (!answer.ok) throw new Error("It was kept, but the page could not be brought up to date: load it again.");
  const made = new DOMParser().parseFromString(await answer.text(), "text/html");
  const strip = document.adoptNode(made.querySelector("[data-review]"));
  if (!stripOf(id).querySelector("[data-bench]")) strip.querySelector("[data-bench]").remove(); // the bench is here
  stripOf(id).replaceWith(strip);
}

// Who has given no name is led to the field for it, and from there back to the claim.
function named(id) {
  const field = document.querySelector(".reviewer input[name=reviewer]");
  if (!field || field.defaultValue) return true;
  field.form.prepend(complain(field.form, "A judgement is somebody’s: give your name first, here."));
  field.form.elements.back.value = `${location.pathname}${location.search}#${id}`;
  field.focus({ preventScroll: true });
  field.form.scrollIntoView({ block: "center" });
  return false;
}

// Says what could not be done, where it was to be done.
export function complain(box, words) {
  box.querySelector(":scope > .complaint")?.remove();
  const told = Object.assign(document.createElement("p"), { className: "complaint", textContent: words });
  told.setAttribute("role", "alert");
  box.append(told);
  return told;
}

const to = (id, part) => {
  const at = new URL(stripOf(id).querySelector("[data-bench]").href);
  at.hash = part;
  location.assign(at);
};

// The keys of review. `current` gives the id of the claim that they are about, or null.
export function bindAll(current, { parts = true } = {}) {
  const on = (act) => () => {
    const id = current();
    if (!id || !stripOf(id)) return false;
    act(id);
    return true;
  };
  bind("a", "accept: source, cue and content are read rightly", on((id) => judge(id, "accept")));
  bind("r", "reject: this is no claim, or cannot be mended", on((id) => judge(id, "reject")));
  bind("o", "leave open: not sure", on((id) => judge(id, "unsure")));
  bind("u", "undo what you ruled: just now, else last on the claim", on((id) => judge(ruled ?? id, "undo")));
  bind("w", "write the reason, then one of these", on((id) => stripOf(id).querySelector("[name=why]").focus()));
  if (!parts) return;
  bind("e", "edit its words and fields", on((id) => to(id, "edit")));
  bind("s", "split it", on((id) => to(id, "split")));
  bind("m", "merge it with another", on((id) => to(id, "merge")));
}

document.documentElement.classList.add("scripted");

document.addEventListener("submit", (event) => {
  const id = event.target.closest("[data-review]")?.dataset.review;
  // Enter in the reason presses no act: what is meant is not to be guessed.
  if (!id || !event.target.matches("form.judge")) return;
  event.preventDefault();
  if (event.submitter?.matches("[name=act]") && document.activeElement?.name !== "why") judge(id, event.submitter.value);
  else complain(stripOf(id), "The reason is kept with the ruling: press a, r or o, or one of the buttons.");
});

// From the reason, Escape and Enter lead back to the claim, whose keys work then; what was written stays.
document.addEventListener("keydown", (event) => {
  if (event.target.name !== "why" || !event.target.closest(".strip") || event.isComposing) return;
  if (event.key !== "Escape" && event.key !== "Enter") return;
  event.preventDefault();
  event.stopPropagation();
  const claim = event.target.closest(".card, .item");
  if (claim) claim.focus({ preventScroll: true });
  else event.target.closest("form").querySelector("button").focus();
}, true);
