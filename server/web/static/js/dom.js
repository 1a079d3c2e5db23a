/** Small helpers over the DOM: pages stay plain modules without a framework. */

/**
 * A new element: `h("p.card", {title: "…", onclick: f, data: {code: 1}}, child, …)`.
 * Attributes that are null, undefined or false are left out, `true` stands bare; children may be nodes, text or null.
 */
export function h(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag || "div");
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "data") Object.assign(element.dataset, value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(element, child);
    else element.append(child);
  }
}

/** Put `children` in place of what the element holds (Chromium 83 has no replaceChildren). */
export function fill(element, ...children) {
  element.textContent = "";
  append(element, children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** An icon of the page's sprite (templates/web/sprite.html). Always beside a word, so hidden from readers. */
export function icon(name, className = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", className ? `icon ${className}` : "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** The element with this id; a missing one is a fault of the template and says so. */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element #${id} on this page`);
  return element;
}

/** The data a page was rendered with: `<script type="application/json" id=…>`. */
export function island(id) {
  return JSON.parse(byId(id).textContent);
}

/** Set text only when it changed, so that a reader is not told the same thing twice. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
