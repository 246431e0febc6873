// <dateline-map>: events on an offline map. What the server answers and which events it fires: docs/decisions/0029-desk-map.md.

import { Map as GlMap, Popup } from "./vendor/maplibre-gl.mjs";
import { baseLayers, baseSources, fill, FINE_ZOOM, nameLayers, TOWN_ZOOM } from "./map_base.js";
import { areaLayers, FAMILIES, hatch, signLayers, sorted } from "./map_events.js";
import { badge, legend, TEXTS, told } from "./map_words.js";
import { filled, made, wordsOf } from "./texts.js";

const COLOURS = ["sea", "land", "border", "ink", "soft", "card", "lit", "link", "on-sign", "mixed", ...FAMILIES];
const ASKED = ["rings", "clusters", "events", "badges", "area-fill", "area-soft"];
const WAIT_MS = 120, MOST_ZOOM = 16, MOST_FIT = 12;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const empty = { type: "FeatureCollection", features: [] };

class DatelineMap extends HTMLElement {
  static observedAttributes = ["data-url", "data-towns"];
  #map = null;
  #known = [];
  #popup = null;
  #asking = {};
  #drawn = false;
  #fine = false;
  #fitted = false;
  #timer = 0;
  #words = TEXTS;
  #repaint = () => this.#paint();
  #themes = new MutationObserver(this.#repaint);

  connectedCallback() {
    this.#words = wordsOf(this, TEXTS);
    this.#fitted = this.#drawn = this.#fine = false;
    this.replaceChildren();
    this.#build();
    if (!this.#supported()) { this.#miss(); return; }
    try { this.#start(); } catch { this.#miss(); }
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    for (const asking of Object.values(this.#asking)) asking.abort();
    dark.removeEventListener("change", this.#repaint);
    this.#themes.disconnect();
    this.#map?.remove();
    this.#map = null;
  }

  attributeChangedCallback(name, before) {
    if (this.#map && before !== null) this.reload();
  }

  /** Load what is shown anew. */
  reload() {
    this.#popup?.remove();
    this.#load();
  }

  /** Show a box: west, south, east, north in degrees; west may be above east (over the antimeridian). */
  fit([west, south, east, north]) {
    this.#map?.fitBounds([[west, south], [east < west ? east + 360 : east, north]], { padding: 32, maxZoom: MOST_FIT, animate: !calm.matches });
  }

  /** The box that is shown: west, south, east, north in degrees, each within its range; west above east over the antimeridian. */
  get box() {
    const bounds = this.#map.getBounds();
    return boxed(bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth());
  }

  #supported() {
    const context = document.createElement("canvas").getContext("webgl2");
    // Browsers keep few contexts at a time: this one is given back at once.
    context?.getExtension("WEBGL_lose_context")?.loseContext();
    return context !== null;
  }

  #miss() {
    this.classList.add("missing");
    const note = made("p", `${this.#words.missing} `, { class: "map-missing", role: "status" });
    if (this.dataset.list) note.append(made("a", this.#words.list, { href: this.dataset.list }));
    this.replaceChildren(note);
    this.#fire("missing", {});
  }

  #build() {
    const w = this.#words;
    this.stage = made("div", "", { class: "map-stage" });
    this.canvas = made("div", "", { class: "map-canvas" });
    this.tools = made("div", "", { class: "map-tools" });
    const button = (text, act, attributes = {}) => {
      const one = made("button", text, { type: "button", ...attributes });
      one.addEventListener("click", act);
      this.tools.append(one);
      return one;
    };
    button(w.search, () => this.#search(this.box), { class: "map-search" });
    this.drawer = button(w.draw, () => this.#draw(this.drawer.getAttribute("aria-pressed") !== "true"), { class: "map-draw", "aria-pressed": "false" });
    button("+", () => this.#map.zoomIn(), { class: "map-in", "aria-label": w.in, title: w.in });
    button("−", () => this.#map.zoomOut(), { class: "map-out", "aria-label": w.out, title: w.out });
    this.status = made("p", "", { class: "map-status", role: "status" });
    this.stage.append(this.canvas, made("div", "", { class: "map-cross", "aria-hidden": "true" }), this.tools);
    this.append(this.stage, this.status, made("p", w.keys, { class: "map-keys" }), legend(w, [...FAMILIES, "mixed"]),
      made("p", this.dataset.tiles ? this.dataset.credit || "" : w.credit, { class: "map-credit" }));
  }

  #start() {
    const w = this.#words, tiles = this.dataset.tiles || "", bounds = (this.dataset.bounds || "").split(",").map(Number);
    const given = bounds.length === 4 && bounds.every(Number.isFinite);
    const c = this.#colours();
    this.#map = new GlMap({
      container: this.canvas, attributionControl: false, maxPitch: 0, dragRotate: false, pitchWithRotate: false, rollEnabled: false, maxZoom: MOST_ZOOM,
      fadeDuration: calm.matches ? 0 : 200, cooperativeGestures: matchMedia("(pointer: coarse)").matches, renderWorldCopies: true,
      boxZoom: { boxZoomEnd: (map, from, to) => this.#search(this.#between(from, to)) },
      locale: { "Map.Title": this.dataset.label || w.map, "Popup.Close": w.close }, center: [20, 20], zoom: 1,
      style: {
        version: 8, transition: { duration: 0, delay: 0 },
        sources: { ...baseSources(tiles), areas: { type: "geojson", data: empty }, signs: { type: "geojson", data: empty } },
        layers: [...baseLayers(c, tiles), ...areaLayers(c), ...(tiles ? [] : nameLayers(c)), ...signLayers(c)],
      },
    });
    const map = this.#map;
    this.#fitted = given;
    if (given) map.jumpTo(map.cameraForBounds([[bounds[0], bounds[1]], [bounds[2] < bounds[0] ? bounds[2] + 360 : bounds[2], bounds[3]]]));
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.on("moveend", () => { clearTimeout(this.#timer); this.#timer = setTimeout(() => this.#load(), WAIT_MS); });
    map.on("click", (event) => this.#tell(event.point, 4, false));
    map.on("mousemove", (event) => { map.getCanvas().style.cursor = this.#under(event.point, 2).length ? "pointer" : ""; });
    map.getCanvas().addEventListener("keydown", (event) => this.#key(event));
    map.once("load", () => { this.#drawn = true; this.#refine(); this.#fire("ready", {}); });
    dark.addEventListener("change", this.#repaint);
    this.#themes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class"] });
    map.once("style.load", () => {
      for (const name of [...FAMILIES, "mixed"]) map.addImage(`hatch-${name}`, hatch(c[name]));
      if (!tiles) fill(map, "base_world.json", document.documentElement.lang || "en").catch(() => { this.status.textContent = this.#words.failed; });
      this.#load();
    });
  }

  // What is asked and shown

  async #get(name, address) {
    this.#asking[name]?.abort();
    const asking = (this.#asking[name] = new AbortController());
    const url = new URL(address, document.baseURI);
    url.searchParams.set("bbox", this.box.map((n) => n.toFixed(4)).join(","));
    url.searchParams.set("zoom", String(Math.max(0, Math.floor(this.#map.getZoom()))));
    const answer = await fetch(url, { signal: asking.signal, headers: { Accept: "application/geo+json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  /** Fetch the finer base map once it is of use, and after the first picture, which must not wait for it. */
  #refine() {
    if (this.#fine || !this.#drawn || this.dataset.tiles || this.#map.getZoom() < FINE_ZOOM) return;
    this.#fine = true;
    fill(this.#map, "base_fine.json", "").catch(() => { this.#fine = false; });
  }

  #load() {
    if (!this.#map) return;
    this.#refine();
    if (this.dataset.towns && !this.dataset.tiles && this.#map.getZoom() >= TOWN_ZOOM) this.#get("towns", this.dataset.towns).then((value) => this.#map?.getSource("towns")?.setData(value)).catch(() => {});
    if (this.dataset.url) {
      this.#get("events", this.dataset.url).then((value) => this.#show(value)).catch((error) => {
        if (error.name !== "AbortError") this.status.textContent = this.#words.failed;
      });
    }
  }

  #show(value) {
    if (!this.#map) return;
    if (!this.#fitted) {
      this.#fitted = true;
      if (Array.isArray(value.bbox) && value.bbox.length === 4) { this.fit(value.bbox); return; }
    }
    const { known, signs, areas } = sorted(value.features || [], this.#map.getZoom());
    for (const sign of signs) if (sign.properties.sign === "badge") sign.properties.words = badge(known[sign.properties.index].properties, this.#words);
    this.#known = known;
    this.#map.getSource("areas").setData({ type: "FeatureCollection", features: areas });
    this.#map.getSource("signs").setData({ type: "FeatureCollection", features: signs });
    let exact = 0, vague = 0;
    for (const { properties: p } of known) {
      if (p.kind === "area" || (p.kind === "event" && p.precision > 1)) vague += p.count || 1; else exact += p.count || 1;
    }
    const { shown, unplaced } = this.#words;
    this.status.textContent = filled(shown, { exact, vague }) + (value.unplaced ? ` ${filled(unplaced, value)}` : "");
    this.#fire("loaded", { shown: exact + vague });
  }

  // Colours

  #colours() {
    const style = getComputedStyle(this);
    return Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim() || "#808080"]));
  }

  #paint() {
    const map = this.#map, c = this.#colours(), tiles = this.dataset.tiles || "";
    if (!map) return;
    for (const name of [...FAMILIES, "mixed"]) map.updateImage(`hatch-${name}`, hatch(c[name]));
    for (const layer of [...baseLayers(c, tiles), ...areaLayers(c), ...(tiles ? [] : nameLayers(c)), ...signLayers(c)]) {
      for (const [name, value] of Object.entries(layer.paint || {})) map.setPaintProperty(layer.id, name, value);
    }
  }

  // What lies under a point, a cross, a box

  #under(point, reach) {
    const around = [[point.x - reach, point.y - reach], [point.x + reach, point.y + reach]];
    const found = this.#map.queryRenderedFeatures(around, { layers: ASKED });
    return [...new Set(found.map((f) => f.properties.index))].map((index) => this.#known[index]).filter(Boolean);
  }

  #tell(point, reach, always) {
    const found = this.#under(point, reach), cluster = found.find((f) => f.properties.kind === "cluster");
    this.#popup?.remove();
    if (cluster && this.#opens(cluster)) return;
    if (!found.length && !always) return;
    const single = found.length === 1 && found[0].properties.kind === "event";
    const popup = new Popup({ maxWidth: "20rem", closeOnClick: true }).setDOMContent(told(found.map((f) => f.properties), this.#words, this.dataset.event));
    this.#popup = popup.setLngLat(single ? found[0].geometry.coordinates : this.#map.unproject(point)).addTo(this.#map);
    popup.getElement().addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      popup.remove();
      this.#map.getCanvas().focus();
    });
  }

  /** Go nearer to a cluster; false where that would not take it apart, since all of it lies at one point. */
  #opens(cluster) {
    const box = cluster.properties.bbox, given = Array.isArray(box);
    const point = given && box[0] === box[2] && box[1] === box[3];
    if (point || this.#map.getZoom() >= MOST_ZOOM - 0.5) return false;
    if (given && this.#map.getZoom() < MOST_FIT - 0.5) this.fit(box);
    else this.#map.easeTo({ center: cluster.geometry.coordinates, zoom: this.#map.getZoom() + 2, animate: !calm.matches });
    return true;
  }

  #key(event) {
    if (event.key === "Enter") {
      const canvas = this.#map.getCanvas();
      this.#tell({ x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 }, 14, true);
      event.preventDefault();
    } else if (event.key === "Escape") {
      this.#popup?.remove();
      this.#draw(false);
    }
  }

  #between(from, to) {
    const a = this.#map.unproject([Math.min(from.x, to.x), Math.max(from.y, to.y)]), b = this.#map.unproject([Math.max(from.x, to.x), Math.min(from.y, to.y)]);
    return boxed(a.lng, a.lat, b.lng, b.lat);
  }

  /** Let a box be drawn with one pointer, for who has no Shift key at hand. */
  #draw(on) {
    this.drawer.setAttribute("aria-pressed", String(on));
    this.glass?.remove();
    this.glass = null;
    if (!on) return;
    const glass = (this.glass = made("div", "", { class: "map-glass" })), frame = made("div", "", { class: "map-frame" });
    this.status.textContent = this.#words.drawing;
    this.stage.append(glass);
    const at = (event) => { const edge = glass.getBoundingClientRect(); return { x: event.clientX - edge.left, y: event.clientY - edge.top }; };
    let from = null;
    glass.addEventListener("pointerdown", (event) => { from = at(event); glass.setPointerCapture(event.pointerId); glass.append(frame); event.preventDefault(); });
    glass.addEventListener("pointermove", (event) => {
      if (!from) return;
      const to = at(event);
      Object.assign(frame.style, { left: `${Math.min(from.x, to.x)}px`, top: `${Math.min(from.y, to.y)}px`, width: `${Math.abs(to.x - from.x)}px`, height: `${Math.abs(to.y - from.y)}px` });
    });
    glass.addEventListener("pointerup", (event) => {
      const to = at(event), start = from;
      this.#draw(false);
      if (start && Math.abs(to.x - start.x) > 4 && Math.abs(to.y - start.y) > 4) this.#search(this.#between(start, to));
    });
    glass.addEventListener("pointercancel", () => this.#draw(false));
  }

  #search(box) { this.#fire("search", { box: box.map((n) => Math.round(n * 10000) / 10000) }); }

  #fire(name, detail) { this.dispatchEvent(new CustomEvent(`dateline-map:${name}`, { bubbles: true, detail })); }
}

/** Bring a box into range: the whole world when it is as wide, else each longitude from -180 to 180. */
function boxed(west, south, east, north) {
  const wrapped = (lon) => ((((lon + 180) % 360) + 360) % 360) - 180;
  const [low, high] = [Math.max(-90, south), Math.min(90, north)];
  return east - west >= 360 ? [-180, low, 180, high] : [wrapped(west), low, wrapped(east), high];
}

customElements.define("dateline-map", DatelineMap);
