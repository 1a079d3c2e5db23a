// A row of seven-segment digits as SVG. Plain DOM; runs on Chromium 83.

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  a: "10,4 46,4 40,11 16,11",
  b: "48,6 48,44 41,40 41,13",
  c: "48,48 48,86 41,79 41,52",
  d: "10,88 46,88 40,81 16,81",
  e: "8,48 8,86 15,79 15,52",
  f: "8,6 8,44 15,40 15,13",
  g: "12,46 17,42 39,42 44,46 39,50 17,50",
};
const LIT = ["abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcdfg"];

/** Draw `text` (digits, `_` for a blank) right-aligned into `count` cells of `place`. */
export function drawSegments(place, text, count) {
  const signs = text.slice(-count).padStart(count, "_");
  while (place.children.length < count) place.append(cell());
  [...place.children].forEach((drawn, index) => {
    const lit = LIT[Number(signs[index])] || "";
    for (const segment of drawn.children) {
      segment.setAttribute("class", lit.includes(segment.dataset.name) ? "lit" : "dark");
    }
  });
}

function cell() {
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("viewBox", "0 0 56 92");
  for (const [name, points] of Object.entries(SHAPES)) {
    const segment = document.createElementNS(SVG, "polygon");
    segment.setAttribute("points", points);
    segment.dataset.name = name;
    drawn.append(segment);
  }
  return drawn;
}
