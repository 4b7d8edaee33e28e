// Only what a page can do without: the focus goes to what is wrong, and a page that waits for a job
// looks again by itself, each time a little later. Without script, links do the same.
"use strict";
const errors = document.getElementById("errors");
if (errors) {
  errors.focus({ preventScroll: true });
  errors.scrollIntoView();
}

const main = document.getElementById("main");
let pause = 1000;
async function lookAgain() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-working]");
    if (!now) return location.reload();
    document.querySelector("[data-working]").replaceChildren(...now.childNodes);
  } catch {
    pause = 10000;
  }
  pause = Math.min(pause * 1.6, 10000);
  setTimeout(lookAgain, pause);
}
if (main && main.querySelector("[data-working]")) setTimeout(lookAgain, pause);
