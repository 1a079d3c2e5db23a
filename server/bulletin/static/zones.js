/** The zones of the hall: chosen in a form, named in a list. */

import { byId, fill, h } from "/static/web/js/dom.js";
import { listText, pick, t } from "/static/web/js/words.js";

export function createZones(zones) {
  const names = new Map(zones.map((zone) => [zone.id, pick(zone, "name")]));
  const named = (zone) => names.get(zone) || t("{id} (no longer configured)", { id: zone });
  return {
    /** "everywhere", or the zones' names; one that the configuration no longer has keeps its id. */
    text: (chosen) => (chosen.length ? listText(chosen.map(named)) : t("Everywhere")),
    /** The boxes of the form `name`, with those of `chosen` ticked: also one that is gone, or it would come to mean everywhere. */
    offer(name, chosen = []) {
      const offered = [...names.keys(), ...chosen.filter((zone) => !names.has(zone))];
      byId(`${name}-zones`).hidden = offered.length === 0;
      const box = (zone) =>
        h("label.option", {},
          h("input.option-input", { type: "checkbox", name: "zones", value: zone, checked: chosen.includes(zone) }),
          h("span.option-word", {}, named(zone)));
      fill(byId(`${name}-zone-options`), offered.map(box));
    },
    read: (form) => [...form.querySelectorAll("[name=zones]:checked")].map((box) => box.value),
  };
}
