// What every page of the desk does: tokens on what htmx sends, messages that are read out, keys for the pages.
"use strict";
const token = document.querySelector('meta[name="dateline-token"]')?.content ?? "";
document.addEventListener("htmx:config:request", (event) => { event.detail.ctx.request.headers["X-Dateline-Token"] = token; });

// A page that changed its address since it was made (filters) is kept when the language or the colours change.
for (const form of document.querySelectorAll("header form.preferences")) {
  form.addEventListener("submit", () => {
    const back = form.elements.namedItem("back");
    if (back && document.body.dataset.method === "GET") back.value = location.pathname + location.search + location.hash;
  });
}

/** Say something to a person: shown for a while, and read out by screen readers. */
function say(words) {
  const place = document.getElementById("said");
  if (!place) return;
  place.textContent = words;
  clearTimeout(say.later);
  say.later = setTimeout(() => { place.textContent = ""; }, 8000);
}
window.dateline = Object.assign(window.dateline ?? {}, { say, token });
