// Files can be dropped anywhere on the page; what is too large is told before it is sent; sending shows how far it is.
import { csrf, tell } from "./desk.js";

const form = document.querySelector("form.add");
const input = form.querySelector("input[type=file]");
const chosen = form.querySelector(".chosen");
const progress = form.querySelector("progress");
const complaint = form.querySelector(".complaint");
const each = Number(form.dataset.most);
const all = Number(form.dataset.mostAll);
const megabytes = (bytes) => `${(bytes / 1024 ** 2).toFixed(1)} MB`;

function show() {
  chosen.replaceChildren(...[...input.files].map((file) => {
    const line = document.createElement("li");
    const name = document.createElement("bdi");
    name.textContent = file.name;
    line.append(name, ` · ${megabytes(file.size)}`);
    if (file.size > each) {
      line.className = "complaint";
      line.append(` · larger than ${megabytes(each)}: it will be refused`);
    }
    return line;
  }));
  const sum = [...input.files].reduce((total, file) => total + file.size, 0);
  complain(sum > all ? `Together these are ${megabytes(sum)}; ${megabytes(all)} can be sent at once. Send them in parts.` : "");
}

function complain(words) {
  complaint.textContent = words;
  complaint.hidden = !words;
}

function dropped(event) {
  event.preventDefault();
  form.classList.remove("over");
  const files = new DataTransfer();
  for (const file of [...input.files, ...event.dataTransfer.files]) files.items.add(file);
  input.files = files.files;
  show();
  tell(`${input.files.length} chosen`);
}

input.addEventListener("change", show);
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  form.classList.add("over");
});
document.addEventListener("dragleave", (event) => event.relatedTarget ?? form.classList.remove("over"));
document.addEventListener("drop", dropped);

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const request = new XMLHttpRequest(); // fetch does not tell how far it is
  request.open("POST", form.action);
  request.setRequestHeader("accept", "application/json");
  request.setRequestHeader("x-csrf", csrf);
  request.responseType = "json";
  progress.hidden = false;
  request.upload.addEventListener("progress", ({ loaded, total }) => Object.assign(progress, { max: total, value: loaded }));
  const failed = (words) => {
    progress.hidden = true;
    complain(words);
    complaint.focus();
  };
  request.addEventListener("load", () => {
    if (request.status === 200) location.assign(`/work/${request.response.id}`);
    else failed(request.response?.error ?? `The server answered ${request.status}.`);
  });
  request.addEventListener("error", () => failed("The server does not answer: is it still running in its terminal?"));
  request.send(new FormData(form));
});
