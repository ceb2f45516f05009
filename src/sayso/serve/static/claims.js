// The list of claims: a filter acts at once and in place, so that the focus stays; keys go from claim to claim.
import { bind } from "./keys.js";

const form = document.querySelector(".listing");
const PARTS = [".count", ".narrowing", ".facets", ".found", ".saved", ".told-dates"];

form.querySelector(".apply").hidden = true;
if (matchMedia("(max-width: 58rem)").matches && !form.querySelector(".complaint")) form.querySelector(".filters").open = false;

function address() {
  const fields = [...new FormData(form)].filter(([name, value]) => value && !(name === "sort" && value === "oldest"));
  return fields.length ? `/claims?${new URLSearchParams(fields)}` : "/claims";
}

let asked = 0;
async function refresh() {
  const to = address();
  const mine = (asked += 1);
  const answer = await fetch(to);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.querySelector(".listing")) return location.assign(to); // the page says what is wrong
  if (mine !== asked) return; // another was chosen meanwhile
  const { name, value, type } = document.activeElement;
  for (const part of PARTS) document.querySelector(part).replaceChildren(...page.querySelector(part).childNodes);
  for (const field of page.querySelectorAll("[name=since], [name=until]")) {
    for (const what of ["aria-invalid", "aria-describedby"]) {
      if (field.hasAttribute(what)) form.elements[field.name].setAttribute(what, field.getAttribute(what));
      else form.elements[field.name].removeAttribute(what);
    }
  }
  if (type === "checkbox") form.querySelector(`[name="${name}"][value="${CSS.escape(value)}"]`)?.focus();
  history.pushState(null, "", to);
}

form.addEventListener("change", refresh);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  refresh();
});
addEventListener("popstate", () => location.reload());

function step(by) {
  const cards = [...form.querySelectorAll(".card")];
  const at = cards.indexOf(document.activeElement.closest(".card"));
  const next = at < 0 ? (by > 0 ? 0 : cards.length - 1) : Math.min(Math.max(at + by, 0), cards.length - 1);
  cards[next]?.focus();
  cards[next]?.scrollIntoView({ block: "nearest" });
}

bind("j", "next claim", () => step(1));
bind("k", "previous claim", () => step(-1));
bind("Enter", "the claim in its text", (event) => {
  if (!event.target.classList.contains("card")) return false;
  event.target.querySelector(".trace a").click();
});
