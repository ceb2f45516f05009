// Looks at the work until it is done, and shows what came of it so far, as the server makes it.
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const working = () => ["waiting", "working"].includes(document.querySelector(".work").dataset.state);

for (let pause = 150; working(); pause = Math.min(pause * 1.5, 2000)) {
  await wait(pause);
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const now = page.querySelector(".work");
  if (!now) break; // the server was started again
  const shown = document.querySelector(".work");
  shown.dataset.state = now.dataset.state;
  // Part by part, so that the line that is read aloud stays where it is.
  shown.querySelector(".summary").replaceChildren(...now.querySelector(".summary").childNodes);
  shown.querySelector(".going").replaceChildren(...now.querySelector(".going").childNodes);
  shown.querySelector(".rows").replaceChildren(...now.querySelector(".rows").childNodes);
}
