// The overview: map, timeline and list show what the same filters let pass; the address holds the filters.
const form = document.getElementById("filters");
const map = document.querySelector("dateline-map");
const timeline = document.querySelector("dateline-timeline");

/** Let map and timeline show what the list shows. */
function follow() {
  const query = document.getElementById("results")?.dataset.query ?? "";
  const asked = new URLSearchParams(query);
  if (map) map.dataset.url = `/map.json${query}`;
  if (timeline) {
    timeline.dataset.from = asked.get("from") ?? "";
    timeline.dataset.to = asked.get("to") ?? "";
    timeline.dataset.url = `/timeline.json${query}`;
  }
}

/** Set fields of the filters and ask for what passes. */
function ask(fields) {
  for (const [name, value] of Object.entries(fields)) form.elements.namedItem(name).value = value ?? "";
  form.requestSubmit();
}

if (form) {
  // What is empty filters nothing and would only lengthen the address.
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
  document.addEventListener("htmx:config:request", (event) => {
    const body = event.detail.ctx.request.body;
    if (event.detail.ctx.sourceElement !== form || !body) return;
    for (const [name, value] of [...body]) if (value === "") body.delete(name);
  });
  document.addEventListener("htmx:after:swap", follow);
  document.addEventListener("dateline-timeline:change", (event) => ask({ from: event.detail.from, to: event.detail.to }));
  document.addEventListener("dateline-map:search", (event) => {
    form.querySelector("details").open = true;
    ask({ box: event.detail.box.map((degree) => degree.toFixed(4)).join(",") });
  });
}
