/** A list that is longer than its place: shown page by page. */

import { setText } from "/static/web/js/dom.js";
import { t } from "/static/web/js/words.js";

const TURN = 8000; // ms a page stays

/**
 * `size()` is how many items a page holds; `show(items)` draws one page of them; `count` is the element that says which
 * page it is. Returns {update(items), fit(), open(index)}: `fit` draws anew what a place of another size holds, `open` turns to the
 * page with that item and lets it stay its full time.
 */
export function openPager(size, count, show) {
  let items = [];
  let page = 0;
  let timer = 0;

  function draw() {
    const most = size();
    const pages = Math.max(1, Math.ceil(items.length / most));
    page %= pages;
    count.hidden = pages === 1;
    setText(count, t("Page {page} of {pages}", { page: page + 1, pages }));
    show(items.slice(page * most, (page + 1) * most));
  }

  function restart() {
    clearInterval(timer);
    timer = setInterval(() => {
      page += 1;
      draw();
    }, TURN);
  }

  restart();
  return {
    update(next) {
      items = next;
      draw();
    },
    fit: draw,
    open(index) {
      page = Math.floor(index / size());
      draw();
      restart();
    },
  };
}
