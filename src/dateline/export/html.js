"use strict";
// Hover or focus on a claim or on marked words shows the other side; the page works as plain links without this.
for (const report of document.querySelectorAll(".report")) {
  const byClaim = new Map();
  for (const part of report.querySelectorAll("[data-c]")) {
    for (const number of part.dataset.c.split(" ")) {
      if (!byClaim.has(number)) byClaim.set(number, []);
      byClaim.get(number).push(part);
    }
  }
  const side = report.querySelector(".side");
  let lit = [];
  const light = (part) => {
    for (const other of lit) other.classList.remove("lit");
    lit = [];
    if (!part) return;
    const numbers = (part.dataset.n || part.dataset.c).split(" ");
    for (const number of numbers) {
      for (const other of byClaim.get(number) || []) {
        other.classList.add("lit");
        lit.push(other);
      }
    }
    if (!part.closest(".side")) reveal(card(numbers[0]));
  };
  const card = (number) => report.querySelector("#" + report.id + "c" + number);
  const scrolls = () => getComputedStyle(side).overflowY === "auto";
  // Scroll the column of claims alone, never the page under the reader's eyes.
  const reveal = (target) => {
    if (!target || !scrolls()) return;
    const space = side.getBoundingClientRect();
    const box = target.getBoundingClientRect();
    if (box.top < space.top + 48) side.scrollTop += box.top - space.top - 48;
    else if (box.bottom > space.bottom) side.scrollTop += Math.min(box.bottom - space.bottom + 16, box.top - space.top - 48);
  };
  const held = () => {
    const focused = document.activeElement;
    return report.contains(focused) ? focused.closest("[data-c]") : null;
  };
  report.addEventListener("mouseover", (event) => light(event.target.closest("[data-c]") || held()));
  report.addEventListener("mouseleave", () => light(held()));
  report.addEventListener("focusin", (event) => light(event.target.closest("[data-c]")));
  report.addEventListener("focusout", () => light(null));
  report.addEventListener("click", (event) => {
    const link = event.target.closest("a.trigger");
    if (!link || !scrolls()) return;
    event.preventDefault();
    const number = link.dataset.n.split(" ")[0];
    reveal(card(number));
    card(number).querySelector("a").focus({ preventScroll: true });
  });
  report.addEventListener("keydown", (event) => {
    const inside = event.target.closest(".claims, .text");
    if (event.key === "Escape") event.target.blur();
    if (!inside || event.ctrlKey || event.altKey || event.metaKey) return;
    const links = [...inside.querySelectorAll("a.to-text, a.trigger")];
    const at = links.indexOf(event.target.closest("a"));
    const moves = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: links.length - 1 };
    if (at < 0 || !(event.key in moves)) return;
    event.preventDefault();
    const next = links[Math.max(0, Math.min(links.length - 1, moves[event.key]))];
    next.focus({ preventScroll: false });
  });
}
for (const box of document.querySelectorAll("input[data-kind]")) {
  box.addEventListener("change", () => document.body.classList.toggle("no-" + box.dataset.kind, !box.checked));
}
