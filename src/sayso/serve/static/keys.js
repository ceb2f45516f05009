// Single keys: what they do on this page, a list of them under "?", and a way to switch them off.
// What is typed into a field, or with a modifier held, is never taken.
export const keys = new Map(); // key -> function of the event; false: not handled after all
const words = new Map();
const OFF = "sayso-keys-off";
let names = null; // of the keys, while they are listed

// Adds a key to the page and to the list; `key` as KeyboardEvent.key has it.
export function bind(key, what, act) {
  keys.set(key, act);
  tellOf(key, what);
}

// A line of the list for what a module handles by itself.
export function tellOf(keys_, what) {
  words.set(keys_, what);
  fill(); // who asks right after the page has come sees those of later modules, too
}

function fill() {
  names?.replaceChildren(...[...words].map(([key, what]) => {
    const row = document.createElement("div");
    const name = document.createElement("dt");
    name.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    row.append(name, Object.assign(document.createElement("dd"), { textContent: what }));
    return row;
  }));
}

function list() {
  const dialog = document.createElement("dialog");
  dialog.className = "help";
  dialog.setAttribute("aria-label", "Keys");
  const heading = document.createElement("h2");
  heading.textContent = "Keys";
  names = document.createElement("dl");
  fill();
  const label = document.createElement("label");
  const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: !localStorage.getItem(OFF) });
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
  label.append(box, " Single keys are on");
  const form = Object.assign(document.createElement("form"), { method: "dialog" });
  form.append(Object.assign(document.createElement("button"), { textContent: "Close" }));
  const line = document.createElement("p");
  line.append(label);
  dialog.append(heading, names, line, form);
  dialog.addEventListener("close", () => {
    dialog.remove();
    names = null;
  });
  document.body.append(dialog);
  dialog.showModal();
}

bind("?", "this list", list);
const find = document.querySelector("input[type=search]");
if (find) bind("/", "search", () => find.focus());

const opener = document.querySelector(".keys-button");
if (opener) {
  opener.hidden = false;
  opener.addEventListener("click", list);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (event.target.closest("input:not([type=checkbox], [type=radio]), select, textarea") || document.querySelector("dialog[open]")) return;
  const single = event.key.length === 1;
  if (single && localStorage.getItem(OFF) && event.key !== "?") return;
  const act = keys.get(event.key);
  if (act && act(event) !== false) event.preventDefault();
});
