/** Which address and body each action has. Every action is a POST. */

const AT_WINDOW = {
  call_next: ["call-next", "seen", "result"],
  call: ["call", "seen", "ticket", "reason"],
  direct: ["direct", "seen", "service", "priority"],
  start: ["start", "seen"],
  finish: ["finish", "seen", "result"],
  name_documents: ["documents", "seen", "documents", "due", "earlier", "printer"],
  refer: ["refer", "seen", "service", "to_window", "to_staff", "note", "phone"],
  recall: ["recall", "seen"],
  no_show: ["no-show", "seen"],
  hold: ["hold", "seen", "kind", "reason", "minutes"],
  resume: ["resume", "seen", "ticket"],
  transfer: ["transfer", "seen", "service", "to_window", "to_staff", "order", "returns", "note", "referred"],
  undo: ["undo", "ticket"],
  verify: ["verify", "seen", "verified"],
  services: ["services", "services"],
  pause: ["pause", "reason", "minutes"],
  reopen: ["reopen"],
  leave: ["logout"],
  hand_over: ["hand-over", "seen", "note", "to"],
  receive: ["receive"],
};
const ELSEWHERE = {
  put_back: ({ seen }) => [`tickets/${seen}/rejoin`, { last: false }],
  rejoin: ({ ticket, last }) => [`tickets/${ticket}/rejoin`, { last }],
  priority: ({ ticket, priority, reason }) => [`tickets/${ticket}/priority`, { priority, reason }],
  correct: ({ ticket, leg, result, reason }) => [`tickets/${ticket}/legs/${leg}/result`, { result, reason }],
  print_notice: ({ notice, printer }) => [`documents/${encodeURIComponent(notice)}/print`, { printer }],
  issue: ({ service, priority, then, printer }) => ["tickets", { service, priority, then, printer }],
  paper: ({ service, numbers, taken_at }) => ["paper-numbers", { service, numbers, taken_at }],
  check_in: ({ ref }) => ["check-in", { ref }],
  book: ({ service, start, phone, name, mark }) => ["appointments", { service, start, phone, name, mark }],
  move: ({ appointment, start }) => [`appointments/${appointment}/move`, { start }],
  cancel_booking: ({ appointment, reason }) => [`appointments/${appointment}/cancel`, { reason }],
  close_booking: ({ appointment }) => [`appointments/${appointment}/close`, {}],
};

/** {url, body} of an action at window `number`. `details.seen` is the ticket that the clerk decided it for. */
export function requestOf(action, details, number) {
  if (action in ELSEWHERE) {
    const [path, body] = ELSEWHERE[action](details);
    return { url: `/api/v1/${path}`, body };
  }
  const [verb, ...fields] = AT_WINDOW[action];
  const given = fields.filter((field) => details[field] !== undefined);
  const body = Object.fromEntries(given.map((field) => [field, details[field]]));
  return { url: `/api/v1/windows/${number}/${verb}`, body };
}
