// Events on the map: exact ones as circles, vague ones as areas of their true size, and the layers that draw them.

import { FONT } from "./map_base.js";

export const FAMILIES = ["battle", "strike", "civilians", "force", "harm", "unrest", "state"];
const EARTH_KM = 6371.0088, RAD = Math.PI / 180;
// From this precision on (UCDP: larger than a first-order division) an area has no edge that a source stands for.
const SOFT_PRECISION = 5;
// An area smaller than this on the screen, in pixels, is shown as a ring of this size.
const LEAST_RADIUS = 9;

/** Return the ring of a circle on the earth, `radius` in km; longitudes run on past 180 where it lies over the antimeridian. */
export function circle(lon, lat, radius, corners = 72) {
  const angle = Math.min(radius / EARTH_KM, Math.PI / 2), sin = Math.sin(lat * RAD), cos = Math.cos(lat * RAD);
  const ring = [];
  for (let i = 0; i <= corners; i += 1) {
    const bearing = (2 * Math.PI * (i % corners)) / corners;
    const north = Math.asin(sin * Math.cos(angle) + cos * Math.sin(angle) * Math.cos(bearing));
    const east = Math.atan2(Math.sin(bearing) * Math.sin(angle) * cos, Math.cos(angle) - sin * Math.sin(north));
    ring.push([lon + east / RAD, Math.max(-85, Math.min(85, north / RAD))]);
  }
  return ring;
}

/** Return the pixels of a radius in km at a latitude and zoom (512-pixel world at zoom 0). */
const pixels = (radius, lat, zoom) => (radius / (2 * Math.PI * EARTH_KM * Math.cos(Math.min(85, Math.abs(lat)) * RAD))) * 512 * 2 ** zoom;

/** Sort the answer's features into signs (points to draw at) and areas (polygons to draw), by the zoom they are drawn at. */
export function sorted(features, zoom) {
  const signs = [], areas = [];
  // The largest first, so that a small area lies on top of a large one.
  const known = features.filter((f) => f.geometry?.type === "Point" && f.properties)
    .sort((a, b) => (b.properties.radius_km || 0) - (a.properties.radius_km || 0));
  known.forEach((f, index) => {
    const p = f.properties, [lon, lat] = f.geometry.coordinates;
    const vague = p.kind === "area" || (p.kind === "event" && p.precision > 1);
    const base = { index, family: FAMILIES.includes(p.family) ? p.family : "mixed", count: p.count || 1 };
    const place = (sign) => signs.push({ type: "Feature", geometry: f.geometry, properties: { ...base, sign } });
    if (!vague) { place(p.kind === "cluster" ? "cluster" : "event"); return; }
    if (!p.radius_km) { place("badge"); return; }
    const soft = p.precision >= SOFT_PRECISION;
    if (pixels(p.radius_km, lat, zoom) < LEAST_RADIUS) { place("ring"); return; }
    areas.push({ type: "Feature", properties: { ...base, soft }, geometry: { type: "Polygon", coordinates: [circle(lon, lat, p.radius_km)] } });
    if (base.count > 1) place("area-count");
  });
  return { known, signs, areas };
}

const by = (c, make) => ["match", ["get", "family"], ...FAMILIES.flatMap((name) => [name, make(name)]), make("mixed")];
const is = (...names) => ["in", ["get", "sign"], ["literal", names]];

/** Return the layers of areas, under the names of towns. */
export function areaLayers(c) {
  const colour = by(c, (name) => c[name]);
  return [
    { id: "area-soft", type: "fill", source: "areas", filter: ["get", "soft"], paint: { "fill-pattern": by(c, (name) => `hatch-${name}`), "fill-opacity": 0.45 } },
    { id: "area-fill", type: "fill", source: "areas", filter: ["!", ["get", "soft"]], paint: { "fill-color": colour, "fill-opacity": 0.13 } },
    { id: "area-edge", type: "line", source: "areas", filter: ["!", ["get", "soft"]], paint: { "line-color": colour, "line-width": 1.8, "line-dasharray": [3, 2] } },
  ];
}

/** Return the layers of signs, over everything else. */
export function signLayers(c) {
  const colour = by(c, (name) => c[name]);
  const text = (id, filter, field, paint, layout = {}) => ({
    id, type: "symbol", source: "signs", filter, paint,
    layout: { "text-field": field, "text-font": FONT, "text-size": 12, "text-allow-overlap": true, "text-ignore-placement": true, ...layout },
  });
  const plain = { "text-color": c.ink, "text-halo-color": c.card, "text-halo-width": 2 };
  return [
    // A ring is hollow and has no middle: nothing on the map says "here" of a place that no source gives.
    { id: "rings", type: "circle", source: "signs", filter: is("ring"), paint: {
      "circle-radius": LEAST_RADIUS, "circle-color": colour, "circle-opacity": 0.13, "circle-stroke-color": colour, "circle-stroke-width": 1.6, "circle-stroke-opacity": 0.75 } },
    { id: "clusters", type: "circle", source: "signs", filter: is("cluster"), paint: {
      "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "count"]], 1, 10, 10, 20, 40, 30], "circle-color": colour,
      "circle-stroke-color": c.card, "circle-stroke-width": 1.5 } },
    { id: "events", type: "circle", source: "signs", filter: is("event"), paint: {
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 2, 5, 10, 8], "circle-color": colour, "circle-stroke-color": c.card, "circle-stroke-width": 1.5 } },
    text("event-counts", ["all", is("cluster", "event"), [">", ["get", "count"], 1]], ["to-string", ["get", "count"]], { "text-color": c["on-sign"] }),
    text("area-counts", ["all", is("ring", "area-count"), [">", ["get", "count"], 1]], ["to-string", ["get", "count"]], plain),
    text("badges", is("badge"), ["get", "words"], { ...plain, "text-halo-color": c.lit, "text-halo-width": 3 }, { "text-max-width": 9, "text-allow-overlap": false, "text-ignore-placement": false }),
  ];
}

/** Draw the hatching of a family as an image for the map. */
export function hatch(colour) {
  const size = 16, canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d");
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.beginPath();
  for (const shift of [-size, 0, size]) { pen.moveTo(shift - 2, size + 2); pen.lineTo(shift + size + 2, -2); }
  pen.stroke();
  return pen.getImageData(0, 0, size, size);
}
