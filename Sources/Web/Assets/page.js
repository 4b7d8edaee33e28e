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

// 重複の確認: while the focus is inside a pair, S, D and L press its buttons, J and K go to the next and the one before.
const pairs = [...document.querySelectorAll("[data-pair]")];
for (const [place, pair] of pairs.entries()) {
  pair.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const step = { j: 1, k: -1 }[event.key];
    const target = step
      ? pairs[place + step]?.querySelector("h2")
      : pair.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    if (step) target.focus();
    else target.click();
  });
}

// 応募を順に確認する: keys of what is always in sight, wherever the focus is but in a field. They can be put aside; the
// browser remembers it.
const line = document.querySelector("[data-keys]");
if (line) {
  const keys = line.querySelector(".keys");
  const switching = line.querySelector("[data-keys-switch]");
  // Keys that are not shown do nothing: nobody could put them aside.
  const areUsed = () => localStorage.getItem("keys") !== "off" && keys.offsetParent !== null;
  const tell = () => {
    switching.textContent = localStorage.getItem("keys") === "off" ? "使う" : "使わない";
  };
  keys.hidden = false;
  tell();
  switching.addEventListener("click", () => {
    localStorage.setItem("keys", localStorage.getItem("keys") === "off" ? "on" : "off");
    tell();
  });
  document.addEventListener("keydown", (event) => {
    if (!areUsed() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
    if (event.target.closest("input, select, textarea, summary")) return;
    const target = line.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    // Whoever refuses types why: the next letter is no key any more.
    if (target.hash) document.querySelector(target.hash)?.focus();
    else target.click();
  });
}
