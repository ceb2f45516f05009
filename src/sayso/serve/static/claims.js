// The list of claims: a filter acts when it is chosen; keys go from claim to claim.
import { bind } from "./keys.js";

const form = document.querySelector(".listing");
const filters = form.querySelector(".filters");
const cards = [...form.querySelectorAll(".card")];

form.querySelector(".apply").hidden = true;
if (matchMedia("(max-width: 58rem)").matches) filters.open = false;
form.addEventListener("change", () => form.requestSubmit());
// Fields that are empty would only make the address long.
form.addEventListener("formdata", (event) => {
  for (const [name, value] of [...event.formData]) if (!value) event.formData.delete(name);
  if (event.formData.get("sort") === "oldest") event.formData.delete("sort");
});

function step(by) {
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
