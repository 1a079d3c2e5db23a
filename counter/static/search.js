/** One field that finds a thing among many: as it is typed, by arrows and Enter. Chosen, its name stands in the field. */

import { byId, fill, h, icon } from "/static/web/js/dom.js";

/**
 * The field `#<name>-search` with its `#<name>-found` and `#<name>-none`. `things()` are {icon, words, second, keys, …},
 * `keys` what it is found by; `onChange(thing)` hears what is chosen, null once it is not any more.
 */
export function createSearch(name, { things, onChange }) {
  const field = byId(`${name}-search`);
  const list = byId(`${name}-found`);
  let found = [];
  let active = 0;
  let chosen = null;

  function draw() {
    found = chosen ? [] : ranked(things(), field.value);
    active = 0;
    fill(list, found.map(option));
    list.hidden = found.length === 0;
    byId(`${name}-none`).hidden = chosen !== null || found.length > 0;
    field.setAttribute("aria-expanded", String(found.length > 0));
    mark();
  }

  function option(thing, index) {
    const words = h("span.found-words", {}, thing.words, h("span.found-second", {}, thing.second));
    return h("li.found-one", { role: "option", id: `${name}-found-${index}`, data: { index } }, icon(thing.icon, "icon-small"), words);
  }

  function mark() {
    Array.from(list.children, (one, index) => one.setAttribute("aria-selected", String(index === active)));
    const shown = list.children[active];
    if (shown) {
      field.setAttribute("aria-activedescendant", shown.id);
      shown.scrollIntoView({ block: "nearest" });
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  }

  function choose(thing) {
    chosen = thing;
    if (thing) field.value = thing.words;
    draw();
    onChange(chosen);
  }

  field.addEventListener("input", () => {
    if (chosen) choose(null);
    else draw();
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || found.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      active = (active + step + found.length) % found.length;
      mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(found[active]);
    }
  });
  list.addEventListener("click", (event) => {
    const one = event.target.closest("[data-index]");
    if (one) choose(found[Number(one.dataset.index)]);
  });

  return {
    /** An empty field, with everything there is. */
    clear() {
      field.value = "";
      choose(null);
    },
    chosen: () => chosen,
    focus: () => field.focus(),
  };
}

/** Best first: what is called just so, what begins so, what has it somewhere. Nothing typed is everything. */
function ranked(things, text) {
  const query = plain(text);
  const rank = ({ words, keys }) => {
    const all = [words, ...keys].map(plain);
    if (all.includes(query)) return 0;
    if (all.some((key) => key.startsWith(query))) return 1;
    return all.some((key) => key.includes(query)) ? 2 : null;
  };
  const known = things.map((thing) => ({ thing, rank: rank(thing) })).filter((one) => one.rank !== null);
  return known.sort((one, other) => one.rank - other.rank).map((one) => one.thing);
}

/** Without gaps and the marks that an input method puts between syllables. */
function plain(text) {
  return text.toLowerCase().replace(/[\s'\u2019]/g, "");
}
