// Words for people: the English ones here, the translated ones from the page's data-texts (JSON).

/** Return the words of an element: its data-texts over the defaults. */
export function wordsOf(element, defaults) {
  try {
    return { ...defaults, ...JSON.parse(element.dataset.texts || "{}") };
  } catch {
    return defaults;
  }
}

const language = document.documentElement.lang || "en";
const DAY = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** Write a number as the page's language does; other values as they are. */
export const written = (value) => (typeof value === "number" ? value.toLocaleString(language) : String(value));

/** Write a day, "2024-03-01", as the page's language does; other words as they are. */
export const dayWords = (day) => (/^\d{4}-\d\d-\d\d$/.test(day) ? DAY.format(new Date(`${day}T00:00:00Z`)) : day);

/** Fill {names} of a text with values. */
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? written(values[name]) : all));

/** Make an element with text and attributes; text is never read as markup. */
export function made(name, text = "", attributes = {}) {
  const element = document.createElement(name);
  if (text !== "") element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** Make an SVG element with attributes. */
export function drawn(name, attributes = {}, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== "") element.textContent = text;
  return element;
}
