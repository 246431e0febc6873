// The words of the map, and what is said of an event in a popup.

import { dayWords, filled, made } from "./texts.js";

export const TEXTS = {
  map: "Map of events", search: "Search this area", draw: "Draw a box", drawing: "Draw a box on the map; Escape ends it",
  in: "Zoom in", out: "Zoom out", close: "Close", loading: "Loading the events …", failed: "The events could not be loaded. The list has them.",
  missing: "This browser cannot draw the map (it needs WebGL). Every event is in the list.", list: "Go to the list",
  shown: "Shown here: {exact} at a point, {vague} only to an area.", unplaced: "Without a place: {unplaced}.",
  within: "Somewhere within {km} km of {place}; no source gives the point.", within_nameless: "Somewhere within {km} km; no source gives the point.",
  somewhere: "{count} somewhere in {place}", events: "{count} events", more: "{count} more here", nothing: "No event here.", keys: "Arrow keys move the map, + and − zoom, Enter tells what lies under the cross.",
  legend: "Signs", exact: "at a point (a number: several)", area: "only to an area", soft: "to a region or country",
  credit: "Map: Natural Earth (public domain). Towns: GeoNames (CC BY 4.0).",
  families: { battle: "Battle", strike: "Strike", civilians: "Violence against civilians", force: "Forces", harm: "Harm", unrest: "Unrest", state: "State", mixed: "Several kinds" },
  types: {},
};

const MOST = 8;

/** Return the text on a badge: how many events are placed only to a country or the like. */
export const badge = (p, words) => filled(words.somewhere, { count: p.count || 1, place: p.place || "?" });

/** Return where the words of a feature lead: its own address on this site, or its event's page. */
function leads(p, address) {
  if (typeof p.href === "string" && /^\/(?![/\\])/.test(p.href)) return p.href;
  return p.id && address ? address.replace("{id}", encodeURIComponent(p.id)) : "";
}

function entry(p, words, address) {
  const item = made("li"), to = leads(p, address);
  const title = p.title || filled(words.events, { count: p.count || 1 });
  if (to) item.append(made("a", title, { href: to }));
  else item.append(made("strong", title));
  const kind = words.types[p.type] || words.families[p.family] || p.type || "";
  const about = [kind, dayWords(p.day), p.place].filter(Boolean).join(" · ");
  if (about) item.append(made("p", about));
  const vague = p.kind === "area" || p.precision > 1;
  if (vague && p.radius_km) {
    item.append(made("p", filled(p.place ? words.within : words.within_nameless, { km: Math.round(p.radius_km), place: p.place }), { class: "vague" }));
  } else if (vague && p.place) {
    item.append(made("p", badge(p, words), { class: "vague" }));
  }
  return item;
}

/** Return what a popup shows of the features under it: a list, nearest to exact first. */
export function told(features, words, address) {
  const box = made("div", "", { class: "map-told" });
  const list = made("ul");
  const order = [...features].sort((a, b) => (a.kind === "area") - (b.kind === "area") || (a.radius_km || 0) - (b.radius_km || 0));
  for (const p of order.slice(0, MOST)) list.append(entry(p, words, address));
  box.append(list);
  if (!order.length) box.append(made("p", words.nothing));
  if (order.length > MOST) box.append(made("p", filled(words.more, { count: order.length - MOST })));
  return box;
}

/** Return the legend of the signs. */
export function legend(words, families) {
  const details = made("details", "", { class: "map-legend" });
  details.append(made("summary", words.legend));
  const list = made("ul");
  const row = (name, text) => {
    const item = made("li");
    item.append(made("span", "", { class: `sign ${name}`, "aria-hidden": "true" }), made("span", text));
    list.append(item);
  };
  for (const name of families) row(name, words.families[name] || name);
  row("exact", words.exact);
  row("area", words.area);
  row("soft", words.soft);
  details.append(list);
  return details;
}
