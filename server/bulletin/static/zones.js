/** The zones of the hall: chosen in a form, named in a list. */

import { byId, fill, h } from "/static/web/js/dom.js";
import { listText, pick, t } from "/static/web/js/words.js";

export function createZones(zones) {
  const names = new Map(zones.map((zone) => [zone.id, pick(zone, "name")]));
  return {
    /** "everywhere", or the zones' names; one that the configuration no longer has keeps its id. */
    text: (chosen) => (chosen.length ? listText(chosen.map((zone) => names.get(zone) || zone)) : t("Everywhere")),
    /** The boxes of the form `name`, with those of `chosen` ticked. */
    offer(name, chosen = []) {
      byId(`${name}-zones`).hidden = zones.length === 0;
      const box = (zone) =>
        h("label.option", {},
          h("input.option-input", { type: "checkbox", name: "zones", value: zone.id, checked: chosen.includes(zone.id) }),
          h("span.option-word", {}, names.get(zone.id)));
      fill(byId(`${name}-zone-options`), zones.map(box));
    },
    read: (form) => [...form.querySelectorAll("[name=zones]:checked")].map((box) => box.value),
  };
}
