"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const canvas = $("map"), strip = $("strip"), tip = $("tip"), status = $("status");
  const DAY = 86400000, TAU = 2 * Math.PI, EARTH_KM = 6371;
  const day = (text) => (text ? Date.parse(text + "T00:00:00Z") / DAY : null);
  const iso = (number) => new Date(number * DAY).toISOString().slice(0, 10);

  // The events are read from the table itself, so that there is one truth on the page.
  const events = [...document.querySelectorAll("tr.event")].map((row) => {
    const d = row.dataset;
    return {
      row, type: d.type, family: d.type.split(".")[0], first: day(d.first), last: day(d.last), country: d.country || "",
      lat: d.lat === undefined ? null : +d.lat, lon: d.lon === undefined ? null : +d.lon, radius: +(d.radius || 0),
      point: d.point !== undefined, origins: +d.origins, certainty: d.certainty, title: d.title,
      words: row.textContent.toLowerCase(), shown: true,
    };
  });

  // Web Mercator on a world of width 1.
  const LIMIT = 85;
  const mx = (lon) => (lon + 180) / 360;
  const my = (lat) => {
    const s = Math.sin(Math.max(-LIMIT, Math.min(LIMIT, lat)) * Math.PI / 180);
    return 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI);
  };
  const decode = (text) => {
    const ring = [];
    let x = 0, y = 0, i = 0;
    const next = () => {
      let value = 0, shift = 0, byte;
      do { byte = text.charCodeAt(i++) - 63; value |= (byte & 31) << shift; shift += 5; } while (byte >= 32);
      return value & 1 ? ~(value >> 1) : value >> 1;
    };
    while (i < text.length) { x += next(); y += next(); ring.push(mx(x / 100), my(y / 100)); }
    return ring;
  };
  const land = Object.values(JSON.parse($("base-map").textContent)).map((rings) => {
    const area = new Path2D(), border = new Path2D();
    for (const text of rings) {
      const ring = decode(text);
      // Where a country is cut at the antimeridian no border is drawn.
      const cut = (i) => (ring[i] <= 0 || ring[i] >= 1) && ring[i] === ring[i - 2];
      for (let i = 0; i < ring.length; i += 2) {
        if (i) area.lineTo(ring[i], ring[i + 1]); else area.moveTo(ring[i], ring[i + 1]);
        if (i && !cut(i)) border.lineTo(ring[i], ring[i + 1]); else border.moveTo(ring[i], ring[i + 1]);
      }
      area.closePath();
    }
    return [area, border];
  });

  const view = { x: 0.5, y: 0.4, scale: 400 };
  let chosen = null, marks = [], from = null, to = null;
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const located = (list) => list.filter((e) => e.lat !== null);

  function fit(list) {
    const found = located(list);
    const w = canvas.clientWidth, h = canvas.clientHeight;
    if (!found.length) { view.x = 0.5; view.y = 0.42; view.scale = Math.max(w, 1); return; }
    const pad = (e) => e.radius / (EARTH_KM * TAU * Math.cos(Math.min(80, Math.abs(e.lat)) * Math.PI / 180));
    // Of two windows, one around the meridian and one around the antimeridian, the narrower is taken.
    const spread = (shift) => {
      const xs = found.map((e) => (mx(e.lon) + shift) % 1);
      return [Math.min(...xs.map((x, i) => x - pad(found[i]))), Math.max(...xs.map((x, i) => x + pad(found[i])))];
    };
    let [x0, x1] = spread(0), shift = 0;
    const [a, b] = spread(0.5);
    if (b - a < x1 - x0) { x0 = a; x1 = b; shift = 0.5; }
    const ys = found.map((e) => [my(e.lat) - pad(e), my(e.lat) + pad(e)]);
    const y0 = Math.min(...ys.map((y) => y[0])), y1 = Math.max(...ys.map((y) => y[1]));
    view.x = (x0 + x1) / 2 - shift; view.y = (y0 + y1) / 2;
    view.scale = Math.min(60000, 0.8 * Math.min(w / Math.max(x1 - x0, 0.002), h / Math.max(y1 - y0, 0.002)));
  }

  function sized(target) {
    const ratio = window.devicePixelRatio || 1, w = target.clientWidth, h = target.clientHeight;
    if (target.width !== Math.round(w * ratio) || target.height !== Math.round(h * ratio)) {
      target.width = Math.round(w * ratio); target.height = Math.round(h * ratio);
    }
    const c = target.getContext("2d");
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    return [c, w, h];
  }

  const wrap = (x) => x - Math.round(x - view.x);
  const place = (e, w, h) => [(wrap(mx(e.lon)) - view.x) * view.scale + w / 2, (my(e.lat) - view.y) * view.scale + h / 2];

  function drawMap() {
    const [c, w, h] = sized(canvas);
    view.y = Math.max(0, Math.min(1, view.y));
    view.x -= Math.floor(view.x);
    c.fillStyle = colour("sea"); c.fillRect(0, 0, w, h);
    c.save();
    c.translate(w / 2, h / 2); c.scale(view.scale, view.scale); c.translate(-view.x, -view.y);
    c.fillStyle = colour("land"); c.strokeStyle = colour("border"); c.lineWidth = 0.8 / view.scale;
    for (const turn of [-1, 0, 1]) {
      c.save(); c.translate(turn, 0);
      for (const [area, border] of land) { c.fill(area, "evenodd"); c.stroke(border); }
      c.restore();
    }
    c.restore();
    drawEvents(c, w, h);
  }

  // Events whose signs would lie on one another are drawn as one sign with their number.
  function clusters(w, h) {
    const found = [];
    for (const e of located(events)) {
      if (!e.shown) continue;
      const [x, y] = place(e, w, h);
      const near = found.find((k) => Math.hypot(k.x - x, k.y - y) < 32);
      if (near) near.events.push(e); else found.push({ x, y, events: [e] });
    }
    return found;
  }

  function drawEvents(c, w, h) {
    for (const e of located(events)) {
      if (!e.shown || e.point || !e.radius) continue;
      const [x, y] = place(e, w, h);
      const r = e.radius / (EARTH_KM * TAU * Math.cos(Math.min(84, Math.abs(e.lat)) * Math.PI / 180)) * view.scale;
      if (r < 8 || x + r < 0 || y + r < 0 || x - r > w || y - r > h) continue;
      c.beginPath(); c.arc(x, y, r, 0, TAU);
      c.globalAlpha = e === chosen ? 0.35 : 0.13; c.fillStyle = colour(e.family); c.fill();
      c.globalAlpha = 0.8; c.setLineDash([4, 3]); c.lineWidth = 1; c.strokeStyle = colour(e.family); c.stroke();
      c.setLineDash([]); c.globalAlpha = 1;
    }
    marks = clusters(w, h).filter((k) => k.x > -30 && k.y > -30 && k.x < w + 30 && k.y < h + 30);
    c.font = "600 12px system-ui, sans-serif"; c.textAlign = "center"; c.textBaseline = "middle";
    for (const k of marks) {
      const many = k.events.length > 1, families = new Set(k.events.map((e) => e.family));
      k.r = many ? Math.min(18, 8 + 2 * Math.log2(k.events.length)) : 6;
      c.beginPath(); c.arc(k.x, k.y, k.r, 0, TAU);
      const [only] = k.events;
      if (!many && !only.point && !only.radius) {
        c.fillStyle = colour("card"); c.fill();
        c.lineWidth = only === chosen ? 4 : 2.5; c.strokeStyle = colour(only.family); c.stroke();
        continue;
      }
      c.fillStyle = families.size === 1 ? colour(only.family) : colour("mixed"); c.fill();
      c.lineWidth = k.events.includes(chosen) ? 4 : 1.5;
      c.strokeStyle = k.events.includes(chosen) ? colour("ink") : colour("card"); c.stroke();
      if (many) { c.fillStyle = colour("on-sign"); c.fillText(String(k.events.length), k.x, k.y + 0.5); }
    }
  }

  // Timeline: a histogram over the days of all events; the chosen span is set by dragging or by two sliders.
  const dated = events.filter((e) => e.first !== null || e.last !== null);
  const start = Math.min(...dated.map((e) => e.first ?? e.last)), end = Math.max(...dated.map((e) => e.last ?? e.first));
  const sliders = [$("from"), $("to")];

  function drawStrip() {
    if (!dated.length) return;
    const [c, w, h] = sized(strip);
    c.clearRect(0, 0, w, h);
    const days = end - start + 1, bins = Math.max(1, Math.min(days, Math.floor(w / 7))), each = days / bins;
    const all = new Array(bins).fill(0), some = new Array(bins).fill(0);
    for (const e of dated) {
      const middle = ((e.first ?? e.last) + (e.last ?? e.first)) / 2;
      const bin = Math.min(bins - 1, Math.floor((middle - start) / each));
      all[bin] += 1; if (e.shown) some[bin] += 1;
    }
    const most = Math.max(...all), width = w / bins;
    for (let i = 0; i < bins; i++) {
      c.fillStyle = colour("line"); c.fillRect(i * width, h - h * all[i] / most, Math.max(1, width - 1), h * all[i] / most);
      c.fillStyle = colour("link"); c.fillRect(i * width, h - h * some[i] / most, Math.max(1, width - 1), h * some[i] / most);
    }
    c.fillStyle = colour("ink"); c.globalAlpha = 0.12;
    c.fillRect(0, 0, (from - start) / days * w, h); c.fillRect((to + 1 - start) / days * w, 0, w, h);
    c.globalAlpha = 1;
  }

  function narrowed() { return dated.length > 0 && (from > start || to < end); }

  function apply() {
    const type = $("f-type").value, words = $("f-words").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const country = $("f-country").value, sure = $("f-certainty").value, origins = +$("f-origins").value || 0;
    let count = 0;
    for (const e of events) {
      const first = e.first ?? e.last, last = e.last ?? e.first;
      e.shown = (!type || e.type === type || e.family === type) && (!country || e.country === country)
        && (!sure || e.certainty === sure) && e.origins >= origins && words.every((word) => e.words.includes(word))
        && (!narrowed() || (first !== null && last >= from && first <= to));
      e.row.hidden = !e.shown;
      if (e.shown) count += 1;
    }
    status.textContent = `${count.toLocaleString("en")} of ${events.length.toLocaleString("en")} events`;
    if (dated.length) $("span").textContent = from === to ? iso(from) : `${iso(from)} to ${iso(to)}`;
    drawMap(); drawStrip();
  }

  function choose(e, move) {
    if (chosen) chosen.row.classList.remove("chosen");
    chosen = e;
    if (e) {
      e.row.classList.add("chosen");
      if (move) e.row.scrollIntoView({ block: "center" });
    }
    drawMap();
  }

  function zoom(factor, x, y) {
    const w = canvas.clientWidth, h = canvas.clientHeight;
    const px = (x ?? w / 2) - w / 2, py = (y ?? h / 2) - h / 2;
    const scale = Math.max(Math.min(w, 240), Math.min(400000, view.scale * factor));
    view.x += px / view.scale - px / scale; view.y += py / view.scale - py / scale;
    view.scale = scale; drawMap();
  }
  function pan(dx, dy) { view.x -= dx / view.scale; view.y -= dy / view.scale; drawMap(); }
  function under(x, y) { return [...marks].reverse().find((k) => Math.hypot(k.x - x, k.y - y) <= k.r + 4); }
  function open(k) {
    if (!k) return;
    const [first] = k.events;
    const apart = k.events.some((e) => Math.abs(e.lat - first.lat) + Math.abs(e.lon - first.lon) > 0.0005);
    if (k.events.length > 1 && apart && view.scale < 300000) { zoom(2.5, k.x, k.y); return; }
    // At one place: every press goes on to the next event there.
    choose(k.events[(k.events.indexOf(chosen) + 1) % k.events.length], true);
  }

  const fingers = new Map();
  let moved = 0, gap = 0;
  const at = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId); fingers.set(event.pointerId, at(event)); moved = 0; gap = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const here = at(event), before = fingers.get(event.pointerId);
    if (!before) { hover(here); return; }
    fingers.set(event.pointerId, here);
    moved += Math.hypot(here[0] - before[0], here[1] - before[1]);
    if (fingers.size === 1) { pan(here[0] - before[0], here[1] - before[1]); return; }
    const [a, b] = [...fingers.values()], wide = Math.hypot(a[0] - b[0], a[1] - b[1]);
    if (gap) zoom(wide / gap, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
    gap = wide;
  });
  for (const kind of ["pointerup", "pointercancel"]) canvas.addEventListener(kind, (event) => {
    if (kind === "pointerup" && fingers.size === 1 && moved < 6) open(under(...at(event)));
    fingers.delete(event.pointerId); gap = 0;
  });
  canvas.addEventListener("pointerleave", () => { tip.hidden = true; });
  canvas.addEventListener("wheel", (event) => { event.preventDefault(); zoom(Math.exp(-event.deltaY / 400), ...at(event)); }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const act = {
      ArrowLeft: () => pan(60, 0), ArrowRight: () => pan(-60, 0), ArrowUp: () => pan(0, 60), ArrowDown: () => pan(0, -60),
      "+": () => zoom(1.5), "=": () => zoom(1.5), "-": () => zoom(1 / 1.5), 0: () => { fit(events.filter((e) => e.shown)); drawMap(); },
    }[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  function hover([x, y]) {
    const k = under(x, y);
    canvas.classList.toggle("over", Boolean(k));
    tip.hidden = !k;
    if (!k) return;
    tip.textContent = k.events.length === 1 ? k.events[0].title : `${k.events.length} events`;
    // Positions are set through the object model, which the page's policy allows; style attributes are not.
    tip.style.left = `${Math.min(x + 12, canvas.clientWidth - tip.offsetWidth - 4)}px`;
    tip.style.top = `${Math.max(4, y - 34)}px`;
  }
  $("zoom-in").addEventListener("click", () => zoom(1.6));
  $("zoom-out").addEventListener("click", () => zoom(1 / 1.6));
  $("zoom-all").addEventListener("click", () => { fit(events.filter((e) => e.shown)); drawMap(); });

  if (dated.length) {
    for (const slider of sliders) {
      slider.min = start; slider.max = end;
      slider.addEventListener("input", () => {
        if (+sliders[0].value > +sliders[1].value) { if (slider === sliders[0]) sliders[1].value = slider.value; else sliders[0].value = slider.value; }
        span(+sliders[0].value, +sliders[1].value);
      });
    }
    let drag = null;
    const dayAt = (event) => {
      const box = strip.getBoundingClientRect();
      return Math.max(start, Math.min(end, start + Math.floor((event.clientX - box.left) / box.width * (end - start + 1))));
    };
    strip.addEventListener("pointerdown", (event) => { strip.setPointerCapture(event.pointerId); drag = dayAt(event); });
    strip.addEventListener("pointermove", (event) => {
      if (drag !== null) span(Math.min(drag, dayAt(event)), Math.max(drag, dayAt(event)));
    });
    strip.addEventListener("pointerup", () => { drag = null; });
    strip.addEventListener("dblclick", () => span(start, end));
    from = start; to = end;
  } else $("time").hidden = true;
  function span(a, b) {
    [from, to] = [a, b];
    sliders[0].value = a; sliders[1].value = b;
    for (const slider of sliders) slider.setAttribute("aria-valuetext", iso(+slider.value));
    apply();
  }

  for (const e of events) {
    const button = e.row.querySelector("button.locate");
    if (!button || e.lat === null) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      view.x = mx(e.lon); view.y = my(e.lat);
      view.scale = Math.max(view.scale, Math.min(20000, 2500 * 50 / Math.max(e.radius, 10)));
      choose(e, false); canvas.scrollIntoView({ block: "nearest" }); canvas.focus({ preventScroll: true });
    });
  }
  for (const id of ["f-type", "f-words", "f-country", "f-certainty", "f-origins"]) $(id).addEventListener("input", apply);
  $("clear").addEventListener("click", () => {
    for (const id of ["f-type", "f-words", "f-country", "f-certainty", "f-origins"]) $(id).value = "";
    choose(null); if (dated.length) span(start, end); else apply();
    fit(events); drawMap();
  });
  window.addEventListener("beforeprint", () => { for (const d of document.querySelectorAll("tr.event:not([hidden]) details")) d.open = true; });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { drawMap(); drawStrip(); });
  window.addEventListener("resize", () => { drawMap(); drawStrip(); });
  for (const part of document.querySelectorAll(".scripted")) part.hidden = false;
  fit(events);
  if (dated.length) span(start, end); else apply();
})();
