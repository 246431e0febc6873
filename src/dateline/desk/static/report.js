// The page of a report: a claim and its words in the text are shown together. Works as plain links without this.
"use strict";
(() => {
  const report = document.querySelector("article.report");
  if (!report) return;
  const text = report.querySelector(".text"), side = report.querySelector("aside.claims");
  const cards = new Map(), parts = new Map();
  for (const card of side.querySelectorAll(".claim[data-c]")) cards.set(card.dataset.c, card);
  for (const part of text.querySelectorAll("[data-c], [data-n]")) {
    for (const number of `${part.dataset.n ?? ""} ${part.dataset.c ?? ""}`.trim().split(/\s+/)) {
      if (!parts.has(number)) parts.set(number, []);
      parts.get(number).push(part);
    }
  }
  let lit = [], chosen = null;
  const light = (number) => {
    for (const one of lit) one.classList.remove("lit");
    lit = number ? [...(parts.get(number) ?? []), cards.get(number)].filter(Boolean) : [];
    for (const one of lit) one.classList.add("lit");
  };
  const scrolls = () => getComputedStyle(side).overflowY === "auto";
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const behavior = () => (still.matches ? "auto" : "smooth");
  /** Scroll the column of claims alone, never the page under the reader's eyes. */
  const revealCard = (card) => {
    if (!scrolls()) return card.scrollIntoView({ block: "start", behavior: behavior() });
    const space = side.getBoundingClientRect(), box = card.getBoundingClientRect();
    if (box.top < space.top + 48 || box.bottom > space.bottom) side.scrollBy({ top: box.top - space.top - 48, behavior: behavior() });
  };
  const revealWords = (number) => {
    const trigger = (parts.get(number) ?? []).find((part) => part.matches(".trigger"));
    if (!trigger) return;
    const box = trigger.getBoundingClientRect();
    if (box.top < 60 || box.bottom > innerHeight - 60) trigger.scrollIntoView({ block: "center", behavior: behavior() });
  };
  const choose = (number) => { chosen = number; light(number); };
  const numberOf = (target) => {
    const part = target?.closest?.("[data-c], [data-n]");
    return part && report.contains(part) ? (part.dataset.n || part.dataset.c || "").split(" ")[0] || null : null;
  };
  report.addEventListener("mouseover", (event) => light(numberOf(event.target) ?? chosen));
  report.addEventListener("mouseleave", () => light(chosen));
  report.addEventListener("focusin", (event) => { const number = numberOf(event.target); if (number) light(number); });
  report.addEventListener("click", (event) => {
    const trigger = event.target.closest(".text a.trigger"), link = event.target.closest("a.to-text");
    if (trigger) {
      // A trigger of several claims leads to one after the other.
      const numbers = trigger.dataset.n.split(" "), number = numbers[(numbers.indexOf(chosen) + 1) % numbers.length];
      event.preventDefault();
      choose(number);
      revealCard(cards.get(number));
      cards.get(number).querySelector("a.to-text").focus({ preventScroll: true });
    } else if (link || (event.target.closest(".claim[data-c]") && !event.target.closest("a, q, button"))) {
      const number = numberOf(event.target);
      if (!scrolls() && !link) return;
      event.preventDefault();
      choose(number);
      revealWords(number);
    }
  });
  // Arrows lead from claim to claim, in the text or in the list, wherever the focus is.
  report.addEventListener("keydown", (event) => {
    const inside = event.target.closest("aside.claims, .text");
    if (!inside || event.ctrlKey || event.altKey || event.metaKey) return;
    const links = [...inside.querySelectorAll("a.to-text, a.trigger")], at = links.indexOf(event.target.closest("a"));
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 };
    if (at < 0 || !(event.key in moves)) return;
    event.preventDefault();
    const next = links[Math.max(0, Math.min(moves[event.key], links.length - 1))];
    next.focus({ preventScroll: inside === side && scrolls() });
    const number = numberOf(next);
    choose(number);
    if (inside === side) { revealCard(cards.get(number)); revealWords(number); } else if (scrolls()) revealCard(cards.get(number));
  });
  // Ids here are of letters, digits and "-": nothing in the address needs decoding.
  const named = document.getElementById(location.hash.slice(1));
  if (named?.matches(".claim[data-c]")) { choose(named.dataset.c); revealWords(named.dataset.c); }
  else if (named && text.contains(named) && scrolls()) {
    const number = numberOf(named) ?? numberOf(named.querySelector("[data-c]"));
    if (number && cards.has(number)) { choose(number); revealCard(cards.get(number)); }
  }
})();
