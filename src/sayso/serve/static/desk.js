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

// Not awaited here: they import this module, which would wait for them. `data-ready` tells that keys and clicks work.
const names = document.body.dataset.script?.split(" ") ?? [];
Promise.all(names.map((name) => import(`./${name}.js`))).then(() => (document.body.dataset.ready = ""));
