// The offline base map: Natural Earth, decoded to GeoJSON, and the layers that draw it.

const SCALE = 1000;
// The finer map and the borders of the first level are there from this zoom on.
export const FINE_ZOOM = 4;
export const TOWN_ZOOM = 3;
export const FONT = ["system-ui, sans-serif"];
const LAYERS = ["land", "lakes", "rivers", "borders", "first_level"];

/** Decode a line of differences (Google's encoded polyline algorithm, longitude first) to [lon, lat] pairs. */
export function decoded(text) {
  const points = [];
  let x = 0, y = 0, i = 0;
  const next = () => {
    let value = 0, shift = 0, byte;
    do { byte = text.charCodeAt(i++) - 63; value |= (byte & 31) << shift; shift += 5; } while (byte >= 32);
    return value & 1 ? ~(value >> 1) : value >> 1;
  };
  while (i < text.length) { x += next(); y += next(); points.push([x / SCALE, y / SCALE]); }
  return points;
}

const collection = (features) => ({ type: "FeatureCollection", features });
const feature = (type, coordinates, properties = {}) => ({ type: "Feature", properties, geometry: { type, coordinates } });

async function fetched(name) {
  const answer = await fetch(new URL(name, import.meta.url));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

function features(value, name) {
  const items = value[name] || [];
  if (name !== "land" && name !== "lakes") return collection(items.map((line) => feature("LineString", decoded(line))));
  return collection(items.map((rings) => feature("Polygon", rings.map(decoded))));
}

/** Names of countries in the page's language, from the browser; a name is drawn where there is room for it. */
function countries(value, language) {
  const names = new Intl.DisplayNames([language, "en"], { type: "region", fallback: "none" });
  return collection(Object.entries(value.countries).flatMap(([code, [lon, lat, room]]) => {
    let name;
    try { name = names.of(code); } catch { name = undefined; }
    // Room for some 24 pixels to each side, on a world of 512 pixels at zoom 0.
    const from = Math.log2((24 * 360) / (512 * Math.max(room, 0.02)));
    return name ? [feature("Point", [lon, lat], { name, room, from })] : [];
  }));
}

/** Fetch a base map and put it into the sources of a map; the world also carries the names of countries. */
export async function fill(map, name, language) {
  const value = await fetched(name);
  if (!map.style) return;
  if (value.countries) map.getSource("countries")?.setData(countries(value, language));
  const finer = Boolean(value.first_level);
  // The answers may come in either order: the coarser map never replaces the finer one.
  if (!finer && map.finer) return;
  map.finer = finer;
  for (const layer of LAYERS) {
    map.getSource(layer)?.setData(features(value, layer));
    // One layer a turn, so that the page stays at hand meanwhile.
    await new Promise((resume) => setTimeout(resume));
    if (!map.style || map.finer !== finer) return;
  }
}

const empty = () => collection([]);
const source = (options = {}) => ({ type: "geojson", data: empty(), maxzoom: 9, buffer: 32, ...options });

/** Return the sources of the base map, still empty; `tiles` is a raster XYZ address or "". */
export function baseSources(tiles) {
  const sources = Object.fromEntries([...LAYERS, "countries", "towns"].map((name) => [name, source()]));
  if (tiles) sources.tiles = { type: "raster", tiles: [tiles], tileSize: 256, maxzoom: 19 };
  return sources;
}

const label = (id, of, paint, layout, extra = {}) => ({
  id, type: "symbol", source: of, paint: { "text-halo-width": 1.4, ...paint },
  layout: { "text-field": ["get", "name"], "text-font": FONT, "text-max-width": 8, ...layout }, ...extra,
});

/** Return the layers under the events, in the colours `c`; with tiles only these are drawn. */
export function baseLayers(c, tiles) {
  const line = (id, colour, width, extra = {}) => ({
    id, type: "line", source: id, layout: { "line-join": "round" }, paint: { "line-color": colour, "line-width": width, ...extra },
  });
  const ground = [
    { id: "sea", type: "background", paint: { "background-color": c.sea } },
    { id: "land", type: "fill", source: "land", paint: { "fill-color": c.land } },
    { id: "lakes", type: "fill", source: "lakes", paint: { "fill-color": c.sea } },
    line("rivers", c.sea, ["interpolate", ["linear"], ["zoom"], 2, 0.6, 8, 2.2]),
    { ...line("first_level", c.border, 0.8, { "line-opacity": 0.6, "line-dasharray": [3, 2] }), minzoom: FINE_ZOOM },
    line("borders", c.border, ["interpolate", ["linear"], ["zoom"], 1, 0.7, 6, 1.6]),
  ];
  return tiles ? [ground[0], { id: "tiles", type: "raster", source: "tiles" }] : ground;
}

/** Return the names on the map, drawn under the signs of events. */
export function nameLayers(c) {
  return [
    label("town-names", "towns", { "text-color": c.soft, "text-halo-color": c.land }, {
      "text-size": ["interpolate", ["linear"], ["zoom"], 3, 11, 9, 13], "text-anchor": "top", "text-offset": [0, 0.5], "symbol-sort-key": ["get", "rank"], "text-padding": 4,
    }, { minzoom: TOWN_ZOOM }),
    label("country-names", "countries", { "text-color": c.ink, "text-halo-color": c.land }, {
      "text-size": ["interpolate", ["linear"], ["zoom"], 1, 11, 6, 15], "text-letter-spacing": 0.08, "symbol-sort-key": ["-", 0, ["get", "room"]],
    }, { maxzoom: 8, filter: ["<=", ["get", "from"], ["zoom"]] }),
  ];
}
