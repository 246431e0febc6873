// Files dragged onto any page are sent to /add, which then asks whether to add them; the form there sends with progress.
"use strict";
(() => {
  const sheet = document.getElementById("drop");
  if (!sheet) return;
  const words = sheet.dataset;
  const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  let over = 0;
  const show = (open) => { sheet.hidden = !open; };

  document.addEventListener("dragenter", (event) => { if (carriesFiles(event)) { event.preventDefault(); over += 1; show(true); } });
  document.addEventListener("dragover", (event) => { if (carriesFiles(event)) event.preventDefault(); });
  document.addEventListener("dragleave", (event) => { if (carriesFiles(event)) { over = Math.max(0, over - 1); if (!over) show(false); } });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    over = 0;
    const folders = [...event.dataTransfer.items].some((item) => item.webkitGetAsEntry?.()?.isDirectory);
    if (folders) { show(false); window.dateline.say(words.folders); return; }
    const form = new FormData();
    for (const file of event.dataTransfer.files) form.append("files", file);
    form.append("ask", "1");
    show(true);
    send(form, sheet.querySelector("progress"), sheet.querySelector("p"), () => show(false));
  });

  for (const form of document.querySelectorAll("form[data-send]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const place = form.querySelector(".sending");
      const button = form.querySelector("button");
      place.hidden = false;
      button.disabled = true;
      send(new FormData(form), place.querySelector("progress"), place.querySelector("span"), () => { place.hidden = true; button.disabled = false; });
    });
  }

  /** Send a form with files; show how far it is, then go to the page that the desk names. */
  function send(form, bar, line, done) {
    const request = new XMLHttpRequest();
    request.open("POST", "/add");
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-Dateline-Token", window.dateline.token);
    bar.hidden = false;
    line.textContent = words.sending;
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
    request.upload.addEventListener("load", () => { line.textContent = words.keeping; bar.removeAttribute("value"); });
    request.addEventListener("load", () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { /* An answer in between, of a proxy. */ }
      if (request.status === 200 && answer.see?.startsWith("/")) { location.assign(answer.see); return; }
      done();
      line.textContent = words.drop;
      window.dateline.say(answer.message ?? words.failed);
    });
    request.addEventListener("error", () => { done(); line.textContent = words.drop; window.dateline.say(words.failed); });
    request.send(form);
  }
})();
