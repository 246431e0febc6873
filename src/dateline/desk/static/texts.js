// Words for people: the English ones here, the translated ones from the page's data-texts (JSON).

/** Return the words of an element: its data-texts over the defaults. */
export function wordsOf(element, defaults) {
  try {
    return { ...defaults, ...JSON.parse(element.dataset.texts || "{}") };
  } catch {
    return defaults;
  }
}

/** Fill {names} of a text with values. */
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));

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
