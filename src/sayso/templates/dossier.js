// Search, filters, and the way between the text and its ledger. Without it the links still work.
const cards = [...document.querySelectorAll(".card")].map((el) => ({
  el,
  ...el.dataset,
  home: el.closest(".document"),
  words: [...el.querySelectorAll(".chain, .cue, .words")].map((part) => part.textContent).join("\n").toLowerCase(),
}));
const byId = new Map(cards.map((card) => [card.el.id, card]));
const byNumber = new Map(cards.map((card) => [`${card.document} ${card.n}`, card]));
const controls = document.querySelector(".controls");
const find = document.querySelector("#find");
const selects = [...controls.querySelectorAll("select")];
const count = controls.querySelector(".count");
const help = document.querySelector(".help");
const singleKeys = document.querySelector("#single-keys");
const number = new Intl.NumberFormat("en");
let selected = null;
let shown = cards;

// --- search and filter ---

function passes(card, needle, except) {
  return card.words.includes(needle) && selects.every((s) => s === except || !s.value || card[s.dataset.filter] === s.value);
}

function filter() {
  const needle = find.value.trim().toLowerCase();
  shown = cards.filter((card) => passes(card, needle, null));
  const visible = new Set(shown);
  for (const card of cards) card.el.hidden = !visible.has(card);
  for (const select of selects) countOptions(select, needle);
  const chosen = selects.find((s) => s.dataset.filter === "document")?.value;
  for (const page of document.querySelectorAll(".document")) {
    page.hidden = Boolean(chosen) && page.id !== chosen;
    const none = page.querySelector(".none-found");
    if (none) none.hidden = page.querySelector(".card:not([hidden])") !== null;
  }
  const all = `${number.format(cards.length)} ${cards.length === 1 ? "claim" : "claims"}`;
  count.textContent = shown.length === cards.length ? all : `${number.format(shown.length)} of ${all}`;
}

function countOptions(select, needle) {
  const found = new Map();
  for (const card of cards) {
    if (!passes(card, needle, select)) continue;
    const value = card[select.dataset.filter];
    found.set(value, (found.get(value) ?? 0) + 1);
  }
  for (const option of select.options) {
    if (option.value) option.textContent = `${option.dataset.words} (${number.format(found.get(option.value) ?? 0)})`;
  }
}

function clear() {
  find.value = "";
  for (const select of selects) select.value = "";
  filter();
}

// --- a claim and its marks ---

const marksOf = (card) => card.home.querySelectorAll(`.text [data-c~="${card.n}"], .text [data-n="${card.n}"]`);

function paint(card, name, on) {
  if (!card) return;
  card.el.classList.toggle(name, on);
  for (const mark of marksOf(card)) mark.classList.toggle(name, on);
}

// Goes to a place, and again until it stays there: what comes near the screen is laid out only then, and moves the rest.
// Who moves the page meanwhile is not pulled back.
let going = 0;
for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"]) addEventListener(kind, () => (going += 1), { capture: true, passive: true });
const frame = () => new Promise((done) => requestAnimationFrame(done));

async function settle(places, go) {
  const mine = (going += 1);
  const where = () => places.map((el) => Math.round(el.getBoundingClientRect().top)).join();
  go(matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "auto");
  for (let tries = 0; tries < 9; tries += 1) {
    for (let before = ""; before !== where(); await frame(), await frame()) before = where(); // smooth scrolling takes its time
    if (mine !== going) return;
    const at = where();
    go("instant");
    if (where() === at) return;
  }
}

function reveal(el, block) {
  if (el) settle([el], (behavior) => el.scrollIntoView({ block, behavior }));
}

// The text scrolls with the page, the ledger in its own frame: two smooth scrolls would cancel each other.
function revealBeside({ el: card }, mark) {
  const ledger = card.closest(".ledger");
  settle([card, mark].filter(Boolean), (behavior) => {
    mark?.scrollIntoView({ block: "center", behavior });
    const seen = Math.max(ledger.getBoundingClientRect().top, 0); // at the end of the page its frame leaves the window
    const below = Math.min(ledger.getBoundingClientRect().bottom, innerHeight);
    const { top, bottom } = card.getBoundingClientRect();
    if (top < seen || bottom > below) ledger.scrollTop += top - seen - (below - seen) / 3;
  });
}

function select(card, { to = "both", keep = false } = {}) {
  paint(selected, "on", false);
  selected = card;
  if (!card) return;
  if (card.el.hidden || card.home.hidden) clear();
  paint(card, "on", true);
  const beside = getComputedStyle(card.home.querySelector(".ledger")).position === "sticky";
  const mark = document.getElementById(`m-${card.el.id}`);
  if (to === "text") reveal(mark, "center");
  else if (beside) revealBeside(card, to === "both" ? mark : null);
  else reveal(card.el, "nearest");
  if (to === "text") mark?.focus({ preventScroll: true });
  else card.el.focus({ preventScroll: true });
  if (!keep) history.replaceState(null, "", `#${to === "text" ? "m-" : ""}${card.el.id}`);
}

function claimsAt(target) {
  const mark = target.closest?.(".text [data-c]");
  const page = mark?.closest(".document");
  return (mark?.dataset.c ?? "").split(" ").map((n) => byNumber.get(`${page?.id} ${n}`)).filter(Boolean);
}

function followHash(keep = true) {
  const id = decodeURIComponent(location.hash.slice(1));
  if (byId.has(id)) select(byId.get(id), { keep });
  else if (id.startsWith("m-") && byId.has(id.slice(2))) select(byId.get(id.slice(2)), { to: "text", keep });
}

document.addEventListener("click", (event) => {
  if (event.target.closest("a, button, input, select, summary") || !getSelection().isCollapsed) return;
  const here = claimsAt(event.target);
  const card = event.target.closest(".card");
  // The text stays under the pointer: a second click there goes to the next claim that lies there.
  if (here.length) select(here[(here.indexOf(selected) + 1) % here.length], { to: "card" });
  else if (card) select(byId.get(card.id));
});

let near = [];
document.addEventListener("pointerover", (event) => {
  const card = event.target.closest?.(".card");
  const now = card ? [byId.get(card.id)] : claimsAt(event.target).slice(0, 1);
  if (now[0] === near[0]) return;
  for (const old of near) paint(old, "near", false);
  for (const one of now) paint(one, "near", true);
  near = now;
});

// --- keys ---

function step(by) {
  if (!shown.length) return;
  const at = shown.indexOf(selected);
  select(shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1)]);
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  t: () => selected && select(selected, { to: "text" }),
  "/": () => find.focus(),
  "?": () => help.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return;
  if (event.key === "Escape") {
    clear();
    select(null);
    if (document.activeElement === find) find.blur();
  } else if (event.key === "Enter" && event.target.classList.contains("card")) {
    select(byId.get(event.target.id), { to: "text" });
  } else if (singleKeys.checked && keys[event.key] && !event.target.closest("input, select, textarea")) {
    event.preventDefault();
    keys[event.key]();
  }
});

controls.addEventListener("input", filter);
controls.addEventListener("submit", (event) => event.preventDefault());
controls.querySelector(".keys").addEventListener("click", () => help.showModal());
addEventListener("hashchange", () => followHash());
controls.hidden = false;
// What sticks below the controls has to know how high they are.
new ResizeObserver(() => document.documentElement.style.setProperty("--bar", `${controls.offsetHeight}px`)).observe(controls);
filter();
followHash();
