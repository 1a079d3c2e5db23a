/** The staff's panel: how this machine is, and what to do about it. It closes by itself when nobody touches it. */

import { newKey, post } from "/static/web/js/api.js";
import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { moveTo, reload } from "/static/web/js/reach.js";
import { hourMinute } from "/static/web/js/times.js";
import { msg, t } from "/static/web/js/words.js";
import { createEntry } from "./entry.js";
import { watchCorner } from "./corner.js";
import { refusalOf } from "./refusal.js";
import { conditionOf } from "./condition.js";

const QUIET = 60000; // ms without a touch
const EVERY = 5000; // ms between two looks at the machine
const JOBS = {
  printed: msg("Printed"),
  sent: msg("Sent"),
  queued: msg("In line to print"),
  checking: msg("In line to print"),
  sending: msg("Being printed"),
  await_ack: msg("Being printed"),
  paused: msg("Waiting for paper"),
  blocked: msg("Not printed"),
  dropped: msg("Not printed"),
  unknown: msg("Perhaps printed"),
};

/** `mayOpen()`: whether there is a panel, and nobody's ticket on the screen. `go(step)`: to "pin", "staff" or null,
 *  `left()` hears when
 *  any step leads out of the first two; `onRefuse()` is told of a PIN that is none. */
export function createStaff({ zone, mayOpen, go, onRefuse }) {
  let permit = null;
  let quiet = 0;
  let look = 0;
  let visit = 0; // grows when the panel is left: an answer to what was asked before opens and closes nothing

  function left() {
    visit += 1;
    permit = null;
    clearTimeout(quiet);
    clearInterval(look);
    quiet = 0;
    pin.clear();
  }

  function close() {
    go(null);
  }

  function touched() {
    clearTimeout(quiet);
    quiet = setTimeout(close, QUIET);
  }

  const pin = createEntry({
    name: "pin",
    limit: 8,
    secret: true,
    complete: (text) => text.length >= 4,
    incomplete: () => ({ main: t("The PIN has at least 4 digits"), second: "" }),
    onSubmit: unlock,
    onBack: close,
    onRefuse,
  });

  async function unlock(digits) {
    pin.clear();
    pin.wait(true);
    const asked = visit;
    const answer = await post("/api/v1/kiosk/unlock", { pin: digits });
    if (visit !== asked) return;
    pin.wait(false);
    if (answer.status !== 200) {
      pin.refuse(refusalOf(answer));
      return;
    }
    permit = answer.body.permit;
    draw(answer.body);
    go("staff");
    look = setInterval(() => ask("panel", {}), EVERY);
  }

  /** One of the panel's calls; without a permit any more the panel closes. */
  async function ask(path, more) {
    if (permit === null) return;
    const asked = visit;
    const { status, body } = await post(`/api/v1/kiosk/${path}`, { permit, ...more }, newKey());
    if (visit !== asked) return;
    if (status === 200) draw(body);
    else if (status !== 0) close();
  }

  /** A slip that shows what the printer does; how it came out stands on the panel at its next look. */
  async function test() {
    const button = byId("staff-test");
    button.setAttribute("aria-busy", "true");
    await post("/api/v1/kiosk/self-test", { permit }, newKey());
    await ask("panel", {});
    button.removeAttribute("aria-busy");
  }

  let panel = null;
  function draw(fresh) {
    panel = fresh;
    const { sign, main, second, tone } = conditionOf(panel.printer);
    byId("staff-printer").dataset.tone = tone;
    fill(byId("staff-printer"), icon(sign), h("div", {}, h("p.staff-main", {}, main), second ? h("p.second", {}, second) : null));
    const last = panel.last_ticket
      ? t("{number}, given {time}", { number: panel.last_ticket, time: hourMinute(new Date(panel.last_at), zone) })
      : t("None today");
    setText(byId("staff-last"), last);
    setText(byId("staff-jobs"), jobsText(panel.jobs));
    byId("staff-test").hidden = panel.printer.state === "none";
    byId("staff-pause").setAttribute("aria-pressed", String(panel.paused));
    setText(byId("staff-pause-words"), panel.paused ? t("Give numbers again") : t("Give no numbers"));
  }

  byId("staff-pause").addEventListener("click", () => ask("pause", { paused: !panel.paused }));
  byId("staff-test").addEventListener("click", test);
  byId("staff-reload").addEventListener("click", () => reload());
  byId("staff-exit").addEventListener("click", () => moveTo("/"));
  byId("staff-close").addEventListener("click", close);
  document.addEventListener("pointerdown", () => {
    if (quiet) touched();
  });
  watchCorner(() => {
    if (!mayOpen()) return;
    go("pin");
    touched();
  });
  return {
    left,
    render: (off) => {
      pin.render(off);
      for (const id of ["staff-test", "staff-pause", "staff-reload", "staff-exit"]) byId(id).disabled = off;
    },
  };
}

function jobsText(jobs) {
  const counts = new Map();
  for (const [state, n] of Object.entries(jobs)) counts.set(JOBS[state], (counts.get(JOBS[state]) || 0) + n);
  const parts = [...counts].map(([words, n]) => `${t(words)} ${n}`);
  return parts.length ? parts.join("  ") : t("None today");
}
