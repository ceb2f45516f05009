// Looks at a job until it is done, then shows the page once more as the server makes it.
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const bar = document.querySelector("progress");
const summary = document.querySelector(".work .summary");

for (let pause = 150; ; pause = Math.min(pause * 1.5, 2000)) {
  await wait(pause);
  const job = await (await fetch(`${location.pathname}.json`)).json();
  if (job.state === "done" || job.state === "failed") break;
  summary.textContent = job.of ? `${job.state} · ${job.done} of ${job.of}` : job.state;
  if (job.of) bar.value = job.done;
}
location.reload();
