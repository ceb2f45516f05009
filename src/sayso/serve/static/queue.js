// The queue by keys: j and k go from claim to claim, a, r, o rule on it and go to the next that waits.
import { bindAll } from "./judge.js";
import { bind } from "./keys.js";

const items = [...document.querySelectorAll(".item")];
let at = items.findIndex((item) => `#${item.id}` === location.hash);

function go(to, { focus = true } = {}) {
  if (!items.length) return;
  items[at]?.classList.remove("on");
  at = Math.min(Math.max(to, 0), items.length - 1);
  items[at].classList.add("on");
  if (focus) items[at].focus({ preventScroll: true });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  items[at].scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
}

const waits = (item) => ["unreviewed", "changed"].includes(item.querySelector("[data-state]").dataset.state);

bind("j", "next claim", () => go(at + 1));
bind("k", "previous claim", () => go(at - 1));
bindAll(() => items[at]?.id ?? null);

document.addEventListener("focusin", (event) => {
  const here = items.indexOf(event.target.closest?.(".item"));
  if (here >= 0 && here !== at) go(here, { focus: false });
});

document.addEventListener("click", (event) => {
  const here = items.indexOf(event.target.closest?.(".item"));
  if (here >= 0 && !event.target.closest("a, button, input, label")) go(here);
});

// After an act by key the next that waits comes, after an undo the claim itself; by button the focus stays on the buttons.
document.addEventListener("judged", ({ detail: { id, act } }) => {
  if (document.activeElement?.closest("form")) return;
  const here = items.findIndex((item) => item.id === id);
  if (act === "undo") return go(here);
  const next = items.findIndex((item, n) => n > here && waits(item));
  if (here === at) go(next >= 0 ? next : here);
});

go(Math.max(at, 0), { focus: at >= 0 });
