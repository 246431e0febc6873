// <dateline-timeline>: how many events each day, week or month, and a span chosen by mouse, touch or two sliders.

import { dayWords, drawn, filled, made, wordsOf } from "./texts.js";

const TEXTS = {
  label: "Events over time", from: "From", to: "To", all: "Whole time", span: "{from} to {to}: {count} events", failed: "The timeline could not be loaded.", none: "No dated event.",
};
const WIDTH = 1000, HEIGHT = 80;

class DatelineTimeline extends HTMLElement {
  static observedAttributes = ["data-url", "data-from", "data-to"];
  #bins = [];
  #first = 0;
  #last = 0;
  #words = TEXTS;
  #anchor = null;
  #asking = null;

  connectedCallback() {
    this.#words = wordsOf(this, TEXTS);
    this.#build();
    this.#load();
  }

  disconnectedCallback() { this.#asking?.abort(); }

  attributeChangedCallback(name, before) {
    if (!this.svg || before === null) return;
    if (name === "data-url") this.#load();
    else this.#restore();
  }

  /** Set the bins: [{start, end, count}] in order, both days inclusive. */
  set bins(bins) {
    this.#bins = bins;
    this.#restore();
  }

  #build() {
    const label = this.dataset.label || this.#words.label;
    this.svg = drawn("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": label, class: "strip" });
    const slider = (text, moved) => {
      const holder = made("label", text), input = made("input", "", { type: "range", min: "0", max: "0", step: "1" });
      holder.append(input);
      input.addEventListener("input", () => { moved(Number(input.value)); this.#draw(); });
      input.addEventListener("change", () => this.#fire());
      return [holder, input];
    };
    const [from, low] = slider(this.#words.from, (n) => { this.#first = n; this.#last = Math.max(n, this.#last); });
    const [to, high] = slider(this.#words.to, (n) => { this.#last = n; this.#first = Math.min(n, this.#first); });
    Object.assign(this, { low, high, output: made("output", "", { "aria-live": "polite" }), reset: made("button", this.#words.all, { type: "button" }) });
    this.reset.addEventListener("click", () => { this.#first = 0; this.#last = this.#bins.length - 1; this.#draw(); this.#fire(); });
    const row = made("div", "", { class: "strip-sliders" });
    row.append(from, to, this.output, this.reset);
    this.replaceChildren(this.svg, row);
    this.svg.addEventListener("pointerdown", (event) => {
      if (!this.#bins.length) return;
      this.#anchor = this.#at(event);
      this.svg.setPointerCapture(event.pointerId);
      this.#select(this.#anchor);
    });
    this.svg.addEventListener("pointermove", (event) => { if (this.#anchor !== null) this.#select(this.#at(event)); });
    this.svg.addEventListener("pointerup", () => { if (this.#anchor !== null) { this.#anchor = null; this.#fire(); } });
    this.svg.addEventListener("pointercancel", () => { this.#anchor = null; this.#restore(); });
  }

  async #load() {
    if (!this.dataset.url) return;
    this.#asking?.abort();
    this.#asking = new AbortController();
    try {
      const answer = await fetch(this.dataset.url, { signal: this.#asking.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      this.bins = (await answer.json()).bins;
    } catch (error) {
      if (error.name !== "AbortError") this.output.textContent = this.#words.failed;
    }
  }

  /** Take the chosen span from the attributes: the bins that it touches. */
  #restore() {
    const { from, to } = this.dataset, last = this.#bins.length - 1;
    const first = from ? this.#bins.findIndex((bin) => bin.end >= from) : 0;
    const end = to ? this.#bins.findLastIndex((bin) => bin.start <= to) : last;
    this.#first = first < 0 ? Math.max(last, 0) : first;
    this.#last = Math.max(end, this.#first);
    for (const input of [this.low, this.high]) { input.max = String(Math.max(last, 0)); input.disabled = last < 1; }
    this.#draw();
  }

  #at(event) {
    const edge = this.svg.getBoundingClientRect();
    return Math.max(0, Math.min(this.#bins.length - 1, Math.floor(((event.clientX - edge.left) / edge.width) * this.#bins.length)));
  }

  #select(here) {
    this.#first = Math.min(this.#anchor, here);
    this.#last = Math.max(this.#anchor, here);
    this.#draw();
  }

  #draw() {
    const bins = this.#bins, most = Math.max(1, ...bins.map((bin) => bin.count)), step = WIDTH / Math.max(1, bins.length);
    const chosen = (i) => i >= this.#first && i <= this.#last;
    const bars = bins.map((bin, i) => {
      const height = bin.count ? Math.max(2, (bin.count / most) * (HEIGHT - 4)) : 0;
      const bar = drawn("rect", { x: i * step, y: HEIGHT - height, width: Math.max(0.5, step * 0.88), height, class: chosen(i) ? "bar chosen" : "bar" });
      bar.append(drawn("title", {}, filled(this.#words.span, { from: dayWords(bin.start), to: dayWords(bin.end), count: bin.count })));
      return bar;
    });
    const whole = this.#whole();
    const brush = drawn("rect", { x: this.#first * step, y: 0, width: (this.#last - this.#first + 1) * step, height: HEIGHT, class: "brush" });
    this.svg.replaceChildren(...(bins.length && !whole ? [brush] : []), ...bars);
    this.low.value = String(this.#first);
    this.high.value = String(this.#last);
    this.reset.disabled = whole;
    if (!bins.length) { this.output.textContent = this.#words.none; return; }
    const from = dayWords(bins[this.#first].start), to = dayWords(bins[this.#last].end);
    const count = bins.reduce((sum, bin, i) => sum + (chosen(i) ? bin.count : 0), 0);
    this.low.setAttribute("aria-valuetext", from);
    this.high.setAttribute("aria-valuetext", to);
    this.output.textContent = filled(this.#words.span, { from, to, count });
  }

  #whole() { return this.#first === 0 && this.#last >= this.#bins.length - 1; }

  #fire() {
    const detail = this.#whole() ? { from: null, to: null } : { from: this.#bins[this.#first].start, to: this.#bins[this.#last].end };
    this.dispatchEvent(new CustomEvent("dateline-timeline:change", { bubbles: true, detail }));
  }
}

customElements.define("dateline-timeline", DatelineTimeline);
