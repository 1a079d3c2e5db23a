/** Calls to the server that change something: retried under one key, so that a lost answer never acts twice. */

import { t } from "./words.js";

const PATIENCE = 8000; // ms for one attempt
const UPLOAD = 60000; // ms for one file on a slow line
const PAUSES = [300, 700, 1500]; // ms between attempts
const AGAIN = [502, 503, 504]; // answers that say "not done, ask again"

// The server words its errors in the page's language, which an address such as /api/v1/tickets does not tell.
const HEADERS = { Accept: "application/json", "X-Language": document.documentElement.lang };

/** A new idempotency key. (`crypto.randomUUID` is missing in Chromium 83 and on plain http.) */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function attempt(url, options, patience = PATIENCE) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), patience);
  try {
    const answer = await fetch(url, { ...options, credentials: "same-origin", signal: controller.signal });
    const text = await answer.text();
    return { status: answer.status, body: parse(text, answer.status) };
  } finally {
    clearTimeout(timer);
  }
}

// A proxy may answer an error in HTML: the caller still gets the one shape it knows.
function parse(text, status) {
  if (!text) return status < 400 ? null : failure("error");
  try {
    return JSON.parse(text);
  } catch (error) {
    return failure("error");
  }
}

function failure(code) {
  return { error: { code, message: t("That did not work. Please try again.") } };
}

function pause(ms) {
  return new Promise((done) => {
    setTimeout(done, ms);
  });
}

/**
 * POST `body` as JSON under `key`; the same key is sent again until an answer arrives.
 *
 * Resolves to {status, body}; never rejects. An error's body is {error: {code, message}}, the message in the page's
 * language. Status 0 means no answer came: whether it was done is unknown, so keep the key for the next try.
 */
export function post(url, body = {}, key = newKey()) {
  return send("POST", url, body, key);
}

/** As `post`, with another method: "PUT", or "DELETE" with `body` null. */
export async function send(method, url, body, key = newKey()) {
  const options = {
    method,
    headers: { ...HEADERS, "Content-Type": "application/json", "Idempotency-Key": key },
    body: body === null ? undefined : JSON.stringify(body),
  };
  let last = { status: 0, body: failure("offline") };
  for (let turn = 0; turn <= PAUSES.length; turn += 1) {
    if (turn > 0) await pause(PAUSES[turn - 1]);
    try {
      last = await attempt(url, options);
      if (!AGAIN.includes(last.status)) return last;
    } catch (error) {
      last = { status: 0, body: failure("offline") };
    }
  }
  return last;
}

/** POST a file as it is, once. Resolves as `post` does. */
export async function upload(url, file) {
  const headers = { ...HEADERS, "Content-Type": file.type || "application/octet-stream" };
  try {
    return await attempt(url, { method: "POST", headers, body: file }, UPLOAD);
  } catch (error) {
    return { status: 0, body: failure("offline") };
  }
}

/**
 * GET JSON once. Resolves to {status, body}; status 0 when no answer came. `cache`: "no-cache" lets the browser keep the
 * answer and ask only whether it still holds.
 */
export async function get(url, { cache = "no-store" } = {}) {
  try {
    return await attempt(url, { headers: HEADERS, cache });
  } catch (error) {
    return { status: 0, body: failure("offline") };
  }
}
