/** A number that was just given at the desk, large enough to be read across it, written down or photographed. */

import { byId, setText } from "/static/web/js/dom.js";
import { waitText } from "/static/web/js/wait-words.js";
import { pick, t } from "/static/web/js/words.js";
import { showText } from "./fields.js";
import { serviceOf } from "./names.js";

/** Another number is asked for by `again()`, where `show` was told of it. */
export function createGiven(tools) {
  const dialog = byId("given-dialog");
  let another = null;
  byId("given-no").addEventListener("click", () => dialog.close());
  byId("given-again").addEventListener("click", () => {
    dialog.close();
    another();
  });
  return {
    show(ticket, { again = null } = {}) {
      const service = serviceOf(tools.view(), ticket.service);
      another = again;
      setText(byId("given-service"), pick(service, "name"));
      setText(byId("given-number"), ticket.number);
      setText(byId("given-ahead"), t("{n} people ahead", { n: ticket.ahead }));
      showText(byId("given-wait"), waitOf(ticket));
      setText(byId("given-place"), pick(service, "place"));
      byId("given-printing").hidden = ticket.print.state === "none";
      byId("given-by-hand").hidden = ticket.print.state !== "none";
      byId("given-qr").src = ticket.qr_svg_url;
      byId("given-again").hidden = again === null;
      dialog.showModal();
    },
  };
}

function waitOf({ wait, doubt }) {
  if (doubt) return t("Probably not called today");
  return wait ? t("Estimated wait: {wait}", { wait: waitText(wait) }) : "";
}
