// What every page of the desk does: tokens on what htmx sends, messages that are read out, keys for the pages.
"use strict";
const token = document.querySelector('meta[name="dateline-token"]')?.content ?? "";
document.addEventListener("htmx:config:request", (event) => { event.detail.ctx.request.headers["X-Dateline-Token"] = token; });

/** Say something to a person: shown for a while, and read out by screen readers. */
function say(words) {
  const place = document.getElementById("said");
  if (!place) return;
  place.textContent = words;
  clearTimeout(say.later);
  say.later = setTimeout(() => { place.textContent = ""; }, 8000);
}
window.dateline = Object.assign(window.dateline ?? {}, { say, token });
