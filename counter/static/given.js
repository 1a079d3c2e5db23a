/** A number that was just given at the desk, large enough to be read across it, written down or photographed. */

import { byId, setText } from "/static/web/js/dom.js";
import { waitText } from "/static/web/js/wait-words.js";
import { pick, t } from "/static/web/js/words.js";
import { showText } from "./fields.js";
import { serviceOf } from "./names.js";
import { stoppedText } from "./printers.js";

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
      const view = tools.view();
      const service = serviceOf(view, ticket.service);
      const printed = ticket.print.state !== "none";
      const problem = printed ? stoppedText(view, view.window.printer) : "";
      another = again;
      setText(byId("given-service"), pick(service, "name"));
      setText(byId("given-number"), ticket.number);
      setText(byId("given-ahead"), t("{n} people ahead", { n: ticket.ahead }));
      showText(byId("given-wait"), waitOf(ticket));
      setText(byId("given-place"), pick(service, "place"));
      byId("given-printing").hidden = !printed || problem !== "";
      showText(byId("given-stopped"), problem && t("The printer of this window prints nothing now: {problem}", { problem }));
      byId("given-by-hand").hidden = printed && !problem;
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
