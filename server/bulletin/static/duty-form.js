/** A day's roster in its form: who leads, who leads the shift, and who sits at which window. */

import { send, upload } from "/static/web/js/api.js";
import { byId, fill, h, icon, setText } from "/static/web/js/dom.js";
import { fullDay } from "/static/web/js/times.js";
import { listText, msg, t } from "/static/web/js/words.js";
import { createFormDialog } from "./form-dialog.js";

const ROLES = [
  { role: "leader", words: msg("Leader on duty"), add: msg("Add a leader on duty") },
  { role: "shift_leader", words: msg("Shift leader"), add: msg("Add a shift leader") },
  { role: "window", words: msg("Window on duty"), add: msg("Add a window on duty") },
];
const PICTURES = "image/jpeg,image/png,image/webp";
const LONGEST = 40; // characters of a name, a post or a telephone number

/** `tools` are {zone, windows, windowText(number), staff, people(), tell(words)}. Returns {open(day, {at, stands}), meanwhile(rosters), known(duties), isOpen()}. */
export function createDutyForm(tools) {
  let day = "";
  let seen = 0; // the revision of the roster that the form replaces
  let theirs = null; // the roster that stands now
  let duties = []; // in the form; `face` is whose photo it is
  let made = 0;

  const dialog = createFormDialog("day", {
    read(form, say) {
      const nameless = duties.find((duty) => duty.role !== "window" && !duty.name.trim());
      if (!nameless) return { seen, duties: sorted().map(({ role, name, post, phone, photo, window }) => ({ role, name, post, phone, photo, window })) };
      say(t("Please write the name of everybody who leads"));
      byId(`${nameless.id}-name`).focus();
      return null;
    },
    save: (details, key) => send("PUT", `/api/v1/roster/${day}`, details, key),
    done: () => tools.tell(t("The roster is saved")),
  });

  /** Windows that the configuration no longer has cannot be saved again. */
  const known = (stands) => stands.filter((duty) => duty.role !== "window" || tools.windows.includes(duty.window));

  const sorted = () => ROLES.flatMap(({ role }) => duties.filter((duty) => duty.role === role));

  function draw() {
    const section = ({ role, words, add }) =>
      h("section.duties", { data: { role } },
        h("h3.duties-title", {}, t(words)),
        duties.filter((duty) => duty.role === role).map((duty, place) => row(duty, t(words), place + 1)),
        h("button.button.small", { type: "button", onclick: () => append(role) }, t(add)));
    fill(byId("day-duties"), ROLES.map(section));
  }

  /** Those who stand in a roster, for the form; it says which of them it cannot save again. */
  function load({ revision, duties: stands }) {
    seen = revision;
    duties = known(stands).map((duty, place) => ({ ...duty, face: duty.name, id: `duty-${(made += 1)}-${place}` }));
    const gone = stands.filter((duty) => !known([duty]).length).map((duty) => tools.windowText(duty.window));
    setText(byId("day-gone-words"), t("Saving leaves out: {windows}", { windows: listText(gone) }));
    byId("day-gone").hidden = gone.length === 0;
    draw();
  }

  /** What the leader chose between two rosters of one day stands in the form. */
  function settled() {
    dialog.say("");
    byId("day-meanwhile").hidden = true;
    byId("day-yes").focus();
  }

  byId("day-theirs").addEventListener("click", () => {
    load(theirs);
    settled();
  });
  byId("day-mine").addEventListener("click", () => {
    seen = theirs.revision;
    settled();
  });

  function append(role) {
    made += 1;
    const taken = duties.map((duty) => duty.window);
    const free = tools.windows.find((number) => !taken.includes(number));
    const window = role === "window" ? free || tools.windows[0] : null;
    const duty = { id: `duty-${made}`, role, name: "", post: "", phone: "", photo: null, window };
    duties.push(duty);
    draw();
    byId(role === "window" ? `${duty.id}-window` : `${duty.id}-name`).focus();
  }

  function row(duty, title, place) {
    const fields = duty.role === "window" ? [windowField(duty), nameField(duty, "day-staff")] : leaderFields(duty);
    const whole = h("fieldset.duty", { data: { duty: duty.id } },
      h("legend.duty-legend", {}, `${title} ${place}`),
      fields,
      h("button.button.small.duty-remove", { type: "button", "aria-label": t("Remove {who}", { who: duty.name || `${title} ${place}` }), onclick: () => remove(duty) }, icon("cross", "icon-small")));
    return whole;
  }

  function remove(duty) {
    duties = duties.filter((one) => one !== duty);
    draw();
    byId("day-duties").querySelector(`[data-role=${duty.role}] > button`).focus();
  }

  const leaderFields = (duty) => [
    photoField(duty),
    nameField(duty, "day-people"),
    textField(duty, "post", t("Post")),
    textField(duty, "phone", t("Telephone")),
  ];

  function field(duty, name, words, input) {
    input.id = `${duty.id}-${name}`;
    return h(`div.duty-field.duty-${name}`, {}, h("label.field-name", { for: input.id }, words), input);
  }

  function textField(duty, name, words, more = {}) {
    const input = h("input.input", { type: "text", value: duty[name], maxlength: LONGEST, autocomplete: "off", ...more });
    input.addEventListener("input", () => {
      duty[name] = input.value;
    });
    return field(duty, name, words, input);
  }

  /** Whoever was on duty before, or works here, brings the rest along. */
  function nameField(duty, list) {
    const whole = textField(duty, "name", t("Name"), { list });
    whole.querySelector("input").addEventListener("change", () => {
      const known = (list === "day-staff" ? tools.staff : tools.people()).find((one) => one.name === duty.name.trim());
      if (!known) {
        // Nobody stands on the screens with the face of whoever was here before.
        if (duty.face && duty.face !== duty.name.trim()) duty.photo = null;
        if (duty.role !== "window") drawPhoto(duty);
        return;
      }
      duty.face = known.name;
      duty.post = known.post;
      duty.photo = known.photo;
      if (known.phone !== undefined) duty.phone = known.phone;
      if (duty.role !== "window") show(duty);
    });
    return whole;
  }

  function show(duty) {
    byId(`${duty.id}-post`).value = duty.post;
    byId(`${duty.id}-phone`).value = duty.phone;
    drawPhoto(duty);
  }

  function windowField(duty) {
    const input = h("select.input", {}, tools.windows.map((number) => h("option", { value: number, selected: number === duty.window }, t("Window {number}", { number }))));
    input.addEventListener("change", () => {
      duty.window = Number(input.value);
    });
    return field(duty, "window", t("Window"), input);
  }

  function photoField(duty) {
    const input = h("input.photo-input", { type: "file", id: `${duty.id}-photo`, accept: PICTURES });
    const words = h("span", {}, t("Photo"));
    const label = h("label.button.small.photo-button", { for: input.id }, words);
    input.addEventListener("change", async () => {
      const [file] = input.files;
      if (!file) return;
      setText(words, t("Sending…"));
      const { status, body } = await upload("/api/v1/photos", file);
      setText(words, t("Photo"));
      input.value = "";
      if (status === 201) {
        duty.photo = body.id;
        duty.face = duty.name.trim();
        dialog.say("");
        drawPhoto(duty);
      } else dialog.say(status === 0 ? t("No answer from the server") : body.error.message);
    });
    return h("div.duty-photo", {}, h("span.photo", { id: `${duty.id}-picture` }, picture(duty)), input, label);
  }

  const drawPhoto = (duty) => fill(byId(`${duty.id}-picture`), picture(duty));

  return {
    isOpen: dialog.isOpen,
    known,
    open(which, { at, stands }) {
      day = which;
      theirs = stands;
      setText(byId("day-whose"), fullDay(at, tools.zone));
      byId("day-meanwhile").hidden = true;
      fill(byId("day-people"), tools.people().map((one) => h("option", { value: one.name }, one.post)));
      fill(byId("day-staff"), tools.staff.map((one) => h("option", { value: one.name }, one.post)));
      load(stands);
      dialog.open();
    },
    /** The rosters have changed: somebody else may have saved the day that is being written. */
    meanwhile(rosters) {
      if (!dialog.isOpen()) return;
      theirs = rosters[day] || { revision: 0, duties: [] };
      byId("day-meanwhile").hidden = theirs.revision === seen;
    },
  };
}

/** The photo, or the outline of somebody without one. */
export function picture({ photo, name }) {
  return photo ? h("img.photo-image", { src: `/photos/${photo}`, alt: t("Photo of {name}", { name }) }) : icon("person", "photo-none");
}
