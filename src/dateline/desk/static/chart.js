// <dateline-chart>: what each origin said of a figure, over time: steps with low and high, one colour a side, denials marked.
// The table inside the element is the text of the drawing and stays.

import { dayWords, drawn, filled, made, wordsOf, written } from "./texts.js";

const TEXTS = {
  label: "{measure} by origin over time; the table below has every number", range: "range of all origins", denied: "denied", revised: "no longer stated",
  open: "or more", point: "{origin}, {day}: {value}", failed: "The figures could not be drawn; the table has them.",
};
const LEAST_WIDTH = 300, MOST_WIDTH = 960, HEIGHT = 300, LEFT = 64, RIGHT = 16, TOP = 14, BOTTOM = 34, SIDES = 6;
const DASHES = ["", "7 3", "2 3", "9 3 2 3"];
const time = (day) => Date.parse(`${day}T00:00:00Z`);

/** Return round numbers from 0 to at least `most`. */
export function ticks(most, wanted = 4) {
  const reach = Math.max(1, most), rough = reach / wanted, power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].find((n) => n * power >= rough) * power);
  return Array.from({ length: Math.ceil(reach / step) + 1 }, (_, i) => i * step);
}

/** Return the days to name on the axis: the first, the last and as many between as there is room for. */
function dayTicks(first, last, width) {
  const count = Math.max(1, Math.min(Math.floor(width / 180), Math.round((last - first) / 86400000)));
  const days = Array.from({ length: count + 1 }, (_, i) => first + ((last - first) * i) / count);
  return [...new Set(days.map((t) => new Date(t).toISOString().slice(0, 10)))];
}

/** Give each side a colour and each origin of a side a dash, in the order of their first words. */
export function looks(series) {
  const sides = [...new Set(series.map((one) => one.side ?? ""))], met = new Map();
  return series.map((one) => {
    const side = one.side ?? "", before = met.get(side) ?? 0;
    met.set(side, before + 1);
    return { colour: `side-${(sides.indexOf(side) % SIDES) + 1}`, dash: DASHES[before % DASHES.length] };
  });
}

const said = (p, words) => (p.high === null ? `${written(p.low)} ${words.open}` : p.low === p.high ? written(p.low) : `${written(p.low)}–${written(p.high)}`);

class DatelineChart extends HTMLElement {
  static observedAttributes = ["data-url"];
  #asking = null;
  #value = null;
  #width = 0;
  // Drawn anew at another width, so that its words keep their size.
  #sizes = new ResizeObserver(() => { if (this.#value && this.#room() !== this.#width) this.#draw(); });

  connectedCallback() { this.#load(); this.#sizes.observe(this); }

  disconnectedCallback() { this.#asking?.abort(); this.#sizes.disconnect(); }

  attributeChangedCallback(name, before) { if (before !== null) this.#load(); }

  async #load() {
    const words = wordsOf(this, TEXTS), inside = this.querySelector('script[type="application/json"]');
    this.#asking?.abort();
    this.#asking = new AbortController();
    try {
      let value = inside && JSON.parse(inside.textContent);
      if (!value && this.dataset.url) {
        const answer = await fetch(this.dataset.url, { signal: this.#asking.signal, headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(String(answer.status));
        value = await answer.json();
      }
      this.#value = value;
      this.#draw();
    } catch (error) {
      if (error.name === "AbortError") return;
      this.querySelector(":scope > figure")?.remove();
      this.prepend(made("figure", words.failed));
    }
  }

  #room() { return Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, Math.floor(this.clientWidth))); }

  #draw() {
    this.#width = this.#room();
    this.querySelector(":scope > figure")?.remove();
    if (this.#value) this.prepend(figure(this.#value, wordsOf(this, TEXTS), this.querySelector("table"), this.#width));
  }
}

function figure(value, words, table, width) {
  const series = value.series.map((one) => ({ ...one, points: [...one.points].sort((a, b) => time(a.day) - time(b.day)) }));
  const range = value.range || [], counted = series.flatMap((one) => one.points).filter((p) => p.low !== null);
  const days = [...series.flatMap((one) => one.points), ...range].map((p) => time(p.day));
  const first = Math.min(...days), last = Math.max(...days, first + 86400000);
  const most = Math.max(1, ...counted.map((p) => p.high ?? p.low), ...range.map((p) => p.high ?? p.best ?? p.low ?? 0));
  const marks = ticks(most), top = marks.at(-1);
  // A little room at the right, so that the last step is seen.
  const x = (t) => LEFT + ((t - first) / ((last - first) * 1.04)) * (width - LEFT - RIGHT);
  const y = (n) => HEIGHT - BOTTOM - (n / top) * (HEIGHT - TOP - BOTTOM);
  const svg = drawn("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: "img", "aria-label": value.label || filled(words.label, value) });
  if (table) {
    table.id ||= `figures-${Math.random().toString(36).slice(2)}`;
    svg.setAttribute("aria-details", table.id);
  }
  axes(svg, marks, dayTicks(first, last, width), x, y, width);
  const scale = { x, y, end: width - RIGHT };
  if (range.length) band(svg, range, "range", scale);
  looks(series).forEach((look, i) => draw(svg, series[i], look, scale, words));
  const holder = made("figure");
  holder.append(svg, legend(series, range.length > 0, words));
  return holder;
}

function axes(svg, marks, days, x, y, width) {
  for (const n of marks) {
    svg.append(drawn("line", { x1: LEFT, x2: width - RIGHT, y1: y(n), y2: y(n), class: "grid" }),
      drawn("text", { x: LEFT - 8, y: y(n) + 4, "text-anchor": "end" }, written(n)));
  }
  days.forEach((day, i) => svg.append(drawn("text", { x: x(time(day)), y: HEIGHT - 12, "text-anchor": i ? (i + 1 < days.length ? "middle" : "end") : "start" }, dayWords(day))));
}

/** Return the corners of a step line: each value holds until the next is said, the last to the edge. */
export function steps(points, of, { x, y, end }) {
  return points.flatMap((p, i) => {
    const right = i + 1 < points.length ? x(time(points[i + 1].day)) : end;
    return [[x(time(p.day)), y(of(p))], [right, y(of(p))]];
  });
}

const path = (corners) => corners.map(([a, b], i) => `${i ? "L" : "M"}${a.toFixed(1)} ${b.toFixed(1)}`).join("");

function band(svg, points, name, scale) {
  const known = points.filter((p) => p.low !== null && p.low !== undefined);
  if (!known.length) return;
  const low = steps(known, (p) => p.low, scale), high = steps(known, (p) => p.high ?? p.low, scale);
  svg.append(drawn("path", { d: `${path(low)}L${path(high.reverse()).slice(1)}Z`, class: `band ${name}` }));
  const best = known.filter((p) => p.best !== null && p.best !== undefined);
  if (best.length) svg.append(drawn("path", { d: path(steps(best, (p) => p.best, scale)), class: `best ${name}` }));
}

function draw(svg, one, look, scale, words) {
  const group = drawn("g", { class: look.colour }), { x, y } = scale;
  const counted = one.points.filter((p) => p.polarity !== "negative" && p.low !== null);
  band(group, counted, "said", scale);
  for (const of of [(p) => p.low, (p) => p.high ?? p.low]) {
    if (counted.length) group.append(drawn("path", { d: path(steps(counted, of, scale)), class: "step", "stroke-dasharray": look.dash }));
  }
  for (const p of one.points) group.append(mark(p, one.origin, x(time(p.day)), y, words));
  svg.append(group);
}

function mark(p, origin, at, y, words) {
  const denied = p.polarity === "negative", high = y(p.low === null ? 0 : p.high ?? p.low);
  const sign = drawn("g", { class: denied ? "denied" : p.standing === false ? "mark revised" : "mark" });
  if (denied) sign.append(drawn("path", { d: `M${at - 5} ${high - 5}l10 10m0 -10l-10 10` }));
  else {
    sign.append(drawn("circle", { cx: at, cy: high, r: 4 }));
    // A count with no upper end ("dozens"): an arrow up, since the drawing must not close what the source leaves open.
    if (p.high === null) sign.append(drawn("path", { d: `M${at} ${high - 4}v-10m-4 5l4 -5l4 5`, class: "open" }));
  }
  const state = denied ? ` (${words.denied})` : p.standing === false ? ` (${words.revised})` : "";
  const value = p.low === null ? "" : said(p, words);
  sign.append(drawn("title", {}, filled(words.point, { origin, day: dayWords(p.day), value: `${value}${state}` }) + (p.quote ? ` “${p.quote}”` : "")));
  return sign;
}

function legend(series, ranged, words) {
  const list = made("ul", "", { class: "chart-legend" });
  const row = (name, text, make) => {
    const item = made("li"), key = drawn("svg", { viewBox: "0 0 28 12", "aria-hidden": "true", class: name });
    key.append(...make());
    item.append(key, made("span", text));
    list.append(item);
  };
  looks(series).forEach((look, i) => row(look.colour, series[i].origin + (series[i].side ? ` (${series[i].side})` : ""),
    () => [drawn("path", { d: "M0 6h28", class: "step", "stroke-dasharray": look.dash })]));
  if (series.some((one) => one.points.some((p) => p.polarity === "negative"))) row("plain", words.denied, () => [drawn("path", { d: "M9 1l10 10m0 -10l-10 10", class: "denied" })]);
  if (series.some((one) => one.points.some((p) => p.standing === false))) row("plain", words.revised, () => [drawn("circle", { cx: 14, cy: 6, r: 4, class: "mark revised" })]);
  if (ranged) row("plain", words.range, () => [drawn("rect", { width: 28, height: 12, class: "band range" })]);
  return list;
}

customElements.define("dateline-chart", DatelineChart);
