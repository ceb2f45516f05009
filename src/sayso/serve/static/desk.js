// Loaded by every page. A page that needs more names modules of this folder: <body data-script="reading review">.
import "./keys.js";

export const csrf = document.body.dataset.csrf;

// Says something to who listens to the page; seen only where `seen` is true.
export function tell(words) {
  const place = document.getElementById("told");
  place.textContent = "";
  requestAnimationFrame(() => { place.textContent = words; });
}

// Posts the fields as a form would; what comes back as data. Throws an Error with the server's words.
export async function post(path, fields) {
  const body = new URLSearchParams(fields);
  body.set("csrf", csrf);
  const answer = await fetch(path, { method: "POST", body, headers: { accept: "application/json" } });
  const isData = answer.headers.get("content-type")?.startsWith("application/json");
  const data = isData ? await answer.json() : { error: `The server answered ${answer.status}: load this page again.` };
  if (!answer.ok || !isData) throw new Error(data.error);
  return data;
}

// A form that was shown again has the address of its page: to load it anew does not send the form once more.
if (document.body.dataset.at) history.replaceState(null, "", document.body.dataset.at);

// What was typed and not kept is not lost without a question.
let sent = false;
const differs = (field) => field.matches("select")
  ? [...field.options].some((one) => one.selected !== one.defaultSelected) && [...field.options].some((one) => one.defaultSelected)
  : field.checked !== field.defaultChecked || field.value !== field.defaultValue;
const changed = (form) => "unkept" in form.dataset || [...form.elements].some((field) => field.matches("input, select, textarea") && differs(field));
addEventListener("submit", (event) => { sent ||= !event.defaultPrevented; });
addEventListener("pageshow", () => { sent = false; });
addEventListener("beforeunload", (event) => {
  if (!sent && [...document.querySelectorAll("form[data-asks]")].some(changed)) event.preventDefault();
});

// Not awaited here: they import this module, which would wait for them. `data-ready` tells that keys and clicks work.
const names = document.body.dataset.script?.split(" ") ?? [];
Promise.all(names.map((name) => import(`./${name}.js`))).then(() => (document.body.dataset.ready = ""));
