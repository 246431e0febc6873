// A job under way: what changes in it is read out, but not every second.
"use strict";
let saidOfJob = document.getElementById("job")?.dataset.said;
document.addEventListener("htmx:after:swap", () => {
  const words = document.getElementById("job")?.dataset.said;
  if (!words || words === saidOfJob) return;
  saidOfJob = words;
  window.dateline.say(words);
});
