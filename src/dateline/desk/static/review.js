// Reviewing by keyboard, and correcting a field by selecting its words. All of it works without this script too.
"use strict";
(() => {
  const KEPT = "dateline_keys";
  const $ = (selector, inside = document) => inside.querySelector(selector);
  const sheet = $("#keys");
  const on = $("#keys-on");

  function keysOn() { try { return localStorage.getItem(KEPT) !== "off"; } catch { return true; } }
  if (on) {
    on.checked = keysOn();
    on.addEventListener("change", () => { try { localStorage.setItem(KEPT, on.checked ? "on" : "off"); } catch { /* not kept */ } });
  }
  $("#keys-show")?.addEventListener("click", () => sheet?.showModal());

  function writing(target) {
    return target instanceof Element && target.closest("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select, [contenteditable]") !== null;
  }
  function opened(id) {
    const box = document.getElementById(id);
    if (!box) return;
    box.open = true;
    box.scrollIntoView({ block: "nearest" });
    (box.querySelector("input:not([type=hidden]), button") ?? box.querySelector("summary")).focus();
  }
  const actions = {
    c: () => { const first = $(".fix summary"); if (first) { $("#correct-title").scrollIntoView({ block: "start" }); first.focus(); } },
    n: () => $("#why")?.focus(),
    m: () => opened("merge"),
    s: () => opened("split"),
    "/": () => $("#search")?.focus(),
    "?": () => sheet?.showModal(),
  };
  let sent = false;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (on && !on.checked) return;
    if (sheet?.open || writing(event.target)) return;
    // Where the keyboard writes another script, the place of the key counts.
    const pressed = /^[ -~]/.test(event.key) || !/^Key[A-Z]$/.test(event.code) ? event.key : event.code.slice(3).toLowerCase();
    const button = /^[a-z]$/.test(pressed) ? document.querySelector(`[data-key="${pressed}"]`) : null;
    if (button) {
      event.preventDefault();
      if (!sent) { sent = true; button.click(); }
    } else if (Object.hasOwn(actions, pressed)) {
      event.preventDefault();
      actions[pressed]();
    }
  });
  // Come back by the browser's own button: the page may send again.
  window.addEventListener("pageshow", () => { sent = false; });
  document.addEventListener("submit", () => { setTimeout(() => { sent = false; }, 3000); });

  // The words of the claim are brought into view within the text, not the text to the top of the page.
  const text = $("#text");
  const words = $("#claim-words");
  if (text && words) text.scrollTop = Math.max(0, words.offsetTop - text.offsetTop - text.clientHeight / 3);

  // Places in the text are counted in code points, as the server does; JavaScript counts UTF-16 units.
  const points = (string) => Array.from(string).length;
  function place(node, offset) {
    if (node.nodeType === Node.ELEMENT_NODE && !node.dataset.start) {
      const next = node.childNodes[offset];
      if (next) return place(next, 0);
      const last = node.lastElementChild?.closest("[data-start]");
      return last ? Number(last.dataset.start) + points(last.textContent) : null;
    }
    const piece = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement?.closest("[data-start]");
    if (!piece?.dataset.start) return null;
    const range = document.createRange();
    range.selectNodeContents(piece);
    range.setEnd(node, offset);
    return Number(piece.dataset.start) + points(range.toString());
  }
  function selection() {
    const chosen = document.getSelection();
    if (!text || !chosen || chosen.isCollapsed || chosen.rangeCount === 0) return null;
    const range = chosen.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    const [start, end] = [place(range.startContainer, range.startOffset), place(range.endContainer, range.endOffset)];
    const quote = range.toString();
    return start === null || end === null || end <= start || quote.length > 2000 ? null : { start, end, quote };
  }
  let chosen = null;
  function fill(form) {
    const quote = form && $("input.quote", form);
    if (!quote || !chosen) return;
    quote.value = chosen.quote.split(/\s+/).join(" ").trim();
    $('input[name="start"]', form).value = chosen.start;
    $('input[name="end"]', form).value = chosen.end;
    const named = $("input.named", form);
    if (named && $('select[name="which"]', form)?.value === "new" && !named.value) named.value = quote.value;
    const low = $('input[name="low"]', form);
    if (low && /^[\d ,.]+$/.test(quote.value)) { low.value = quote.value.replace(/[ ,.]/g, ""); $('input[name="high"]', form).value = ""; }
  }
  const openForm = () => $(".fix[open] form.fixing");
  function took() {
    const found = selection();
    if (!found) return;
    chosen = found;
    const told = $("#selected");
    if (told) told.textContent = `“${found.quote.slice(0, 200)}”`;
    fill(openForm());
  }
  text?.addEventListener("mouseup", () => setTimeout(took));
  text?.addEventListener("keyup", took);
  text?.addEventListener("touchend", () => setTimeout(took, 50));
  for (const box of document.querySelectorAll(".fix")) {
    box.addEventListener("toggle", () => {
      if (!box.open) return;
      fill($("form.fixing", box));
      const look = $('input[name="look_up"]', box);
      if (look && chosen) { look.value = chosen.quote.trim().slice(0, 120); suggest(look); } else if (look?.value) suggest(look);
    });
    // Words that were typed over stand where the server finds them.
    $("input.quote", box)?.addEventListener("input", (event) => {
      const form = event.target.form;
      form.elements.start.value = "";
      form.elements.end.value = "";
    });
  }

  // Places as they are typed; the button does the same without this script.
  let waiting = 0;
  let asked = 0;
  async function suggest(field) {
    const name = field.value.trim();
    const form = field.closest(".fix").querySelector("form.fixing");
    form.elements.place.value = name;
    const mine = ++asked;
    if (!name) return;
    const answer = await fetch(`/places.json?q=${encodeURIComponent(name)}`, { headers: { accept: "application/json" } });
    if (!answer.ok || mine !== asked) return;
    const { places } = await answer.json();
    const list = $(".choices", form);
    const none = { id: "unlisted", name: list.dataset.words, words: "" };
    list.replaceChildren(...[...places, none].map((found, number) => {
      const label = document.createElement("label");
      const radio = Object.assign(document.createElement("input"), { type: "radio", name: "choice", value: found.id, checked: number === 0 });
      const words = document.createElement("bdi");
      words.textContent = ` ${found.name} `;
      const more = Object.assign(document.createElement("span"), { className: "soft", textContent: found.words });
      label.append(radio, words, more);
      return label;
    }));
  }
  for (const field of document.querySelectorAll('input[name="look_up"]')) {
    field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => suggest(field), 200); });
    field.form.addEventListener("submit", (event) => { event.preventDefault(); suggest(field); });
  }
})();
