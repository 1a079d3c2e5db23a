/** Sections onto pages by what fits, because large type and English take more room; nothing here is ever scrolled. */

import { fill, h } from "/static/web/js/dom.js";

/**
 * `sections`: {title, items, make(items, from)}; a section stays whole if it can, and has its title on each of its pages.
 * Returns the pages, each an array of elements for `sheet`, which must be on the screen.
 */
export function paginate(sheet, sections) {
  const pages = [[]];
  const page = () => pages[pages.length - 1];
  const fits = (elements) => {
    fill(sheet, elements);
    return sheet.scrollHeight <= sheet.clientHeight;
  };
  const block = ({ title, items, make }, from, to) =>
    h("section.guide-block", {}, h("h2.guide-heading", {}, title), make(items.slice(from, to), from));

  for (const section of sections) {
    const end = section.items.length;
    let from = 0;
    while (from < end) {
      let to = end;
      if (page().length && !fits([...page(), block(section, from, to)])) pages.push([]);
      if (!page().length) while (to - from > 1 && !fits([block(section, from, to)])) to -= 1;
      page().push(block(section, from, to));
      from = to;
      if (from < end) pages.push([]);
    }
  }
  return pages;
}
